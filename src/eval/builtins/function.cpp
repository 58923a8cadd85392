#include <algorithm>

#include "eval/builtins/builtins.h"
#include "eval/generator.h"
#include "eval/realm_impl.h"

namespace jsxdp::eval::builtins {
namespace {

struct BoundFunction {
  Value target, this_value;
  std::vector<Value> args;
};

Value call_bound(Realm& realm, const Call& call) {
  const auto* self = static_cast<NativeFunction*>(call.callee);
  std::vector<Value> args = realm.elements(self->data2.as_object());
  const Value this_value = args.front();
  args.erase(args.begin());
  args.insert(args.end(), call.args.begin(), call.args.end());
  if (call.new_target) return realm.construct(self->data, args, call.new_target == call.callee ? nullptr : call.new_target);
  return realm.call(self->data, this_value, args);
}

Value bind(Realm& realm, const Call& call) {
  if (!realm.callable(call.this_value)) realm.throw_type_error("Bind must be called on a function");
  std::vector<Value> held(call.args.begin(), call.args.end());
  if (held.empty()) held.emplace_back();
  const double length = std::max(0.0, realm.known_number(realm.get(call.this_value, realm.key("length")), "length") -
                                          static_cast<double>(held.size() - 1));
  const Value name = realm.get(call.this_value, realm.key("name"));
  Object* bound = realm.new_native("bound " + (name.is_string() ? realm.wtf8(name.as_string()) : ""),
                                   static_cast<int>(length), call_bound, call.this_value,
                                   Value::object(realm.new_array(std::move(held))));
  static_cast<NativeFunction*>(bound)->constructor = realm.constructor(call.this_value);
  return Value::object(bound);
}

Value call_function(Realm& realm, const Call& call) {
  return realm.call(call.this_value, call.arg(0), call.args.empty() ? call.args : call.args.subspan(1));
}

Value apply(Realm& realm, const Call& call) {
  const Value list = realm.force(call.arg(1));
  const std::vector<Value> args = list.is_nullish() ? std::vector<Value>{} : array_like(realm, list);
  return realm.call(call.this_value, call.arg(0), args);
}

Value to_string(Realm& realm, const Call& call) {
  if (const auto* user = call.this_value.is_object() ? dynamic_cast<UserFunction*>(call.this_value.as_object()) : nullptr) {
    const syntax::Node* node = user->klass ? static_cast<const syntax::Node*>(user->klass) : user->code;
    if (user->file) return realm.string(user->file->text().substr(node->begin, node->end - node->begin));
  }
  if (!realm.callable(call.this_value)) realm.throw_type_error("Function.prototype.toString requires that 'this' be a Function");
  const Value name = realm.get(call.this_value, realm.key("name"));
  return realm.string("function " + realm.wtf8(realm.known_string(name, "name")) + "() { [native code] }");
}

Value has_instance(Realm& realm, const Call& call) {
  if (!realm.callable(call.this_value)) return Value::boolean(false);
  return Value::boolean(ordinary_instance_of(realm, call.this_value.as_object(), realm.force(call.arg(0))));
}

Value function_constructor(Realm& realm, const Call&) {
  realm.refuse("JX1208", "code made from text (`new Function`, `eval`) cannot be compiled");
}

}  // namespace

NativeFunction* make_constructor(Realm& realm, std::string_view name, int length, NativeFn fn, Object* prototype) {
  auto* constructor = static_cast<NativeFunction*>(realm.new_native(name, length, fn));
  constructor->constructor = true;
  Property p{};
  p.key = realm.key("prototype");
  p.value = Value::object(prototype);
  p.writable = p.enumerable = p.configurable = false;
  realm.define_own(constructor, p);
  realm.define(prototype, "constructor", Value::object(constructor));
  realm.define(realm.global(), name, Value::object(constructor));
  realm.set_intrinsic(name, prototype);
  return constructor;
}

Object* prototype_for(Realm& realm, const Call& call, std::string_view intrinsic) {
  if (!call.new_target) return realm.intrinsic(intrinsic);
  const Value prototype = realm.get(call.new_target, "prototype");
  return prototype.is_object() ? prototype.as_object() : realm.intrinsic(intrinsic);
}

size_t relative_index(double relative, size_t length) {
  const auto n = static_cast<double>(length);
  if (relative < 0) return static_cast<size_t>(std::max(0.0, n + relative));
  return static_cast<size_t>(std::min(relative, n));
}

size_t length_of(Realm& realm, Object* object) {
  if (object->object_class() == Class::kArray) return realm.elements(object).size();
  const double n = realm.to_integer(realm.known_number(realm.get(object, "length"), "the length"));
  if (n <= 0) return 0;
  if (n > 10'000'000) realm.throw_range_error("Invalid array length");
  return static_cast<size_t>(n);
}

std::vector<Value> array_like(Realm& realm, Value v) {
  v = realm.force(v);
  if (!v.is_object()) realm.throw_type_error("CreateListFromArrayLike called on non-object");
  Object* object = v.as_object();
  std::vector<Value> out;
  if (object->object_class() == Class::kArray) {
    out = realm.elements(object);
    std::ranges::replace_if(out, [](Value e) { return e.is_absent(); }, Value::undefined());
    return out;
  }
  const size_t length = length_of(realm, object);
  for (size_t i = 0; i < length; ++i) out.push_back(realm.get(object, realm.index_key(static_cast<uint32_t>(i))));
  return out;
}

void install_function(Realm& realm) {
  Object* object_prototype = realm.new_object(nullptr);
  realm.set_intrinsic("Object", object_prototype);
  realm.set_proto(realm.global(), object_prototype);
  auto* prototype = static_cast<NativeFunction*>(realm.new_native("", 0, [](Realm&, const Call&) { return Value(); }));
  realm.set_proto(prototype, object_prototype);
  realm.set_intrinsic("Function", prototype);
  make_constructor(realm, "Function", 1, function_constructor, prototype);
  realm.define_native(prototype, "call", 1, call_function);
  realm.define_native(prototype, "apply", 2, apply);
  realm.define_native(prototype, "bind", 1, bind);
  realm.define_native(prototype, "toString", 0, to_string);
  realm.define(prototype, Key(realm.well_known("hasInstance")),
               Value::object(realm.new_native("[Symbol.hasInstance]", 1, has_instance)), false);
}

}  // namespace jsxdp::eval::builtins
