#include <limits>

// Date of known values, in UTC; the engine computes, the time value lives in the heap.
#include "eval/builtins/builtins.h"
#include "eval/builtins/json.h"
#include "eval/engine.h"

namespace jsxdp::eval::builtins {
namespace {

// Arguments as JSON, for the engine; the numbers that JSON lacks become null.
std::u16string arguments(Realm& realm, std::span<const Value> args) {
  std::vector<Value> list;
  for (const Value& v : args) {
    Value each = realm.known(v, "an argument of a date");
    if (each.is_object() && each.as_object()->object_class() == Class::kDate) each = realm.state_as<BoxState>(*each.as_object()).value;
    list.push_back(each);
  }
  while (!list.empty() && list.back().is_undefined()) list.pop_back();
  return realm.known_string(json_stringify(realm, Value::object(realm.new_array(std::move(list))), {}, {}), "arguments")->text;
}

Object* self(Realm& realm, const Call& call) {
  const Value v = realm.force(call.this_value);
  if (!v.is_object() || v.as_object()->object_class() != Class::kDate) realm.throw_type_error("this is not a Date object.");
  return v.as_object();
}

double time_of(Realm& realm, Object* date) {
  const Value time = realm.force(realm.state_as<BoxState>(*date).value);
  if (time.is_unknown()) realm.refuse("JX1207", "the current time differs from render to render", "pass the time in as a prop");
  return time.as_number();
}

// The current time: what reaches the page makes the request pass; see ir::pass_volatile.
Value now(Realm& realm) { return Value::unknown(realm.pool().new_volatile()); }

Value constructor(Realm& realm, const Call& call) {
  if (!call.new_target) realm.refuse("JX1207", "the current time differs from render to render", "pass the time in as a prop");
  if (call.args.empty()) {
    auto* state = new BoxState;
    state->proto = prototype_for(realm, call, "Date");
    state->value = now(realm);
    return Value::object(realm.adopt_object(new Object(Class::kDate), state));
  }
  const Value first = realm.force(call.args[0]);
  if (first.is_unknown()) realm.known(first, "the time of a Date");
  auto* state = new BoxState;
  state->proto = prototype_for(realm, call, "Date");
  Object* out = realm.adopt_object(new Object(Class::kDate), state);
  std::vector<Value> args(call.args.begin(), call.args.end());
  if (args.size() == 1) {
    if (!(first.is_object() && first.as_object()->object_class() == Class::kDate)) args[0] = realm.known(realm.to_primitive(first, false), "the time of a Date");
    if (args[0].is_undefined()) args[0] = Value::number(std::numeric_limits<double>::quiet_NaN());
    if (args[0].is_number() && args[0].as_number() != args[0].as_number()) args[0] = realm.string("NaN");
  } else {
    for (Value& v : args) {
      v = realm.force(realm.to_number(v));
      if (v.is_number() && v.as_number() != v.as_number()) {  // one NaN makes all NaN
        args = {realm.string("NaN")};
        break;
      }
    }
  }
  // The state is the new object's own; nothing older changes.
  realm.write_as<BoxState>(*out).value = Value::number(engine_number(engine_call(realm, {u"newDate", arguments(realm, args)})[1]));
  return Value::object(out);
}

Value method(Realm& realm, const Call& call) {
  const auto* callee = static_cast<NativeFunction*>(call.callee);
  Object* date = self(realm, call);
  const auto& answer = engine_call(realm, {u"date", callee->data.as_string()->text, engine_text(time_of(realm, date)), arguments(realm, call.args)});
  const double after = engine_number(answer[2]);
  if (after != time_of(realm, date) && !(after != after)) realm.write_as<BoxState>(*date).value = Value::number(after);
  const std::u16string text = answer[1].substr(1);
  return answer[1][0] == u'n' ? Value::number(engine_number(text)) : realm.string(text);
}

Value statics(Realm& realm, const Call& call) {
  const auto* callee = static_cast<NativeFunction*>(call.callee);
  return Value::number(engine_number(engine_call(realm, {u"dateStatic", callee->data.as_string()->text, arguments(realm, call.args)})[1]));
}

}  // namespace

void install_date(Realm& realm) {
  Object* prototype = realm.new_object();
  NativeFunction* date = make_constructor(realm, "Date", 7, constructor, prototype);
  realm.define_native(date, "now", 0, [](Realm& r, const Call&) { return now(r); });
  for (const char* name : {"UTC", "parse"}) {
    realm.define(date, name, Value::object(realm.new_native(name, 1, statics, realm.string(name))));
  }
  std::vector<std::string> names = {"toISOString", "toUTCString", "toGMTString", "toDateString", "toTimeString", "toString",
                                    "toLocaleString", "toLocaleDateString", "toLocaleTimeString", "getTimezoneOffset", "getYear", "setTime"};
  for (const char* part : {"FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds", "Day"}) {
    for (const char* zone : {"", "UTC"}) {
      names.push_back(std::string("get") + zone + part);
      if (std::string_view(part) != "Day") names.push_back(std::string("set") + zone + part);
    }
  }
  for (const std::string& name : names) {
    realm.define(prototype, name, Value::object(realm.new_native(name, 0, method, realm.string(name))));
  }
  for (const char* name : {"getTime", "valueOf"}) {
    realm.define_native(prototype, name, 0, [](Realm& r, const Call& c) { return r.state_as<BoxState>(*self(r, c)).value; });
  }
  realm.define_native(prototype, "toJSON", 1, [](Realm& r, const Call& c) {
    const double t = time_of(r, self(r, c));
    return t != t ? Value::null() : r.call(r.get(c.this_value, r.key("toISOString")), c.this_value, {});
  });
  realm.define(prototype, Key(realm.well_known("toPrimitive")), Value::object(realm.new_native("[Symbol.toPrimitive]", 1, [](Realm& r, const Call& c) {
                 const Str* hint = r.known_string(c.arg(0), "the hint");
                 return hint->text == u"number" ? r.state_as<BoxState>(*self(r, c)).value
                                                : r.call(r.get(c.this_value, r.key("toString")), c.this_value, {});
               })),
               false);
}

}  // namespace jsxdp::eval::builtins
