#include "eval/builtins/builtins.h"

namespace jsxdp::eval::builtins {
namespace {

// Error and its subclasses share one constructor; the callee's name says which.
Value error_constructor(Realm& realm, const Call& call) {
  const auto* self = static_cast<NativeFunction*>(call.callee);
  const std::string type = realm.wtf8(self->data.as_string());
  const bool aggregate = type == "AggregateError";
  auto* state = new ObjectState;
  state->proto = prototype_for(realm, call, type);
  Object* error = realm.adopt_object(new Object(Class::kError), state);
  const Value message = realm.force(call.arg(aggregate ? 1 : 0));
  std::string text = type;
  if (!message.is_undefined()) {
    const Value shown = realm.to_string(message);
    realm.define(error, "message", shown);
    if (shown.is_string()) text += ": " + realm.wtf8(shown.as_string());
  }
  realm.define(error, "stack", realm.string(text));
  const Value options = realm.force(call.arg(aggregate ? 2 : 1));
  if (options.is_object() && realm.has(options.as_object(), realm.key("cause"))) {
    realm.define(error, "cause", realm.get(options, realm.key("cause")));
  }
  if (aggregate) realm.define(error, "errors", Value::object(realm.new_array(realm.list_from(call.arg(0)))));
  return Value::object(error);
}

Value error_to_string(Realm& realm, const Call& call) {
  const Value self = realm.force(call.this_value);
  if (!self.is_object()) realm.throw_type_error("Error.prototype.toString requires that 'this' be an Object");
  const auto part = [&](const char* name, const char* fallback) {
    const Value v = realm.force(realm.get(self, realm.key(name)));
    return v.is_undefined() ? realm.string(fallback) : realm.to_string(v);
  };
  const Value name = realm.force(part("name", "Error")), message = realm.force(part("message", ""));
  if (name.is_string() && name.as_string()->text.empty()) return message;
  if (message.is_string() && message.as_string()->text.empty()) return name;
  return realm.add(realm.add(name, realm.string(": ")), message);
}

}  // namespace

void install_error(Realm& realm) {
  Object* base_prototype = nullptr;
  Object* base = nullptr;
  for (const char* name : {"Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError",
                           "AggregateError"}) {
    Object* prototype = realm.new_object(base_prototype ? base_prototype : realm.intrinsic("Object"));
    NativeFunction* constructor =
        make_constructor(realm, name, std::string_view(name) == "AggregateError" ? 2 : 1, error_constructor, prototype);
    constructor->data = realm.string(name);
    realm.define(prototype, "name", realm.string(name));
    realm.define(prototype, "message", realm.string(""));
    if (!base) {
      base = constructor;
      base_prototype = prototype;
      realm.define_native(prototype, "toString", 0, error_to_string);
      realm.define_native(constructor, "captureStackTrace", 2, [](Realm&, const Call&) { return Value(); });
    } else {
      realm.set_proto(constructor, base);
    }
  }
}

}  // namespace jsxdp::eval::builtins
