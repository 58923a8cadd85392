// Intl and the locale functions of known values: the engine's own, with full ICU.
#include <cmath>

#include "eval/builtins/builtins.h"
#include "eval/builtins/json.h"
#include "eval/engine.h"

namespace jsxdp::eval::builtins {
namespace {

Value json_list(Realm& realm, std::vector<Value> list) {
  while (!list.empty() && list.back().is_undefined()) list.pop_back();
  for (Value& v : list) {
    if (v.is_undefined()) v = Value::null();
  }
  return json_stringify(realm, Value::object(realm.new_array(std::move(list))), {}, {});
}

// Locales and options: an absent locale must stay absent, not become null.
std::u16string json_arguments(Realm& realm, Value locales, Value options) {
  locales = realm.known(locales, "a locale");
  if (locales.is_undefined() && !realm.force(options).is_undefined()) locales = realm.string("en-US");
  return realm.known_string(json_list(realm, {locales, realm.force(options)}), "locale options")->text;
}

// A value to format: dates, big integers and the numbers that JSON lacks are marked.
Value portable(Realm& realm, Value v) {
  v = realm.known(v, "a value that is formatted by locale");
  const auto marked = [&](const char* name, Value inner) {
    Object* o = realm.new_object();
    realm.define(o, name, inner, true);
    return Value::object(o);
  };
  if (v.is_object() && v.as_object()->object_class() == Class::kDate) return marked("date", realm.state_as<BoxState>(*v.as_object()).value);
  if (v.is(Tag::kBigInt)) return marked("bigint", realm.to_string(v));
  if (v.is_number() && (v.as_number() - v.as_number() != 0 || (v.as_number() == 0 && std::signbit(v.as_number())))) {
    return realm.string(engine_text(v.as_number()));
  }
  return v;
}

Value parse(Realm& realm, const std::u16string& json) {
  if (json.empty()) return {};
  return realm.call(realm.get(realm.get(realm.global(), "JSON"), realm.key("parse")), {}, {realm.string(json)});
}

struct IntlObject final : Object {
  IntlObject() : Object(Class::kHost) {}
  std::u16string kind, options;
};

Value construct(Realm& realm, const Call& call) {
  const auto* callee = static_cast<NativeFunction*>(call.callee);
  auto* made = new IntlObject;
  made->kind = callee->data.as_string()->text;
  auto* state = new ObjectState;
  state->proto = callee->data2.as_object();
  realm.adopt_object(made, state);
  made->options = json_arguments(realm, call.arg(0), call.arg(1));
  engine_call(realm, {u"intl", made->kind, made->options, u"resolvedOptions", u"[]"});
  return Value::object(made);
}

Value invoke(Realm& realm, IntlObject* self, const std::u16string& method, std::span<const Value> args) {
  std::vector<Value> list;
  for (const Value& v : args) list.push_back(portable(realm, v));
  if (list.empty() && self->kind == u"DateTimeFormat" && method.starts_with(u"format")) {
    realm.refuse("JX1207", "the current time differs from render to render", "pass the time in as a prop");
  }
  const auto& answer = engine_call(realm, {u"intl", self->kind, self->options, method, realm.known_string(json_list(realm, std::move(list)), "arguments")->text});
  return parse(realm, answer[1]);
}

Value method(Realm& realm, const Call& call) {
  const auto* callee = static_cast<NativeFunction*>(call.callee);
  const Value v = realm.force(call.this_value);
  auto* self = v.is_object() ? dynamic_cast<IntlObject*>(v.as_object()) : nullptr;
  if (!self) realm.throw_type_error("Intl method called on incompatible receiver");
  return invoke(realm, self, callee->data.as_string()->text, call.args);
}

Value bound_format(Realm& realm, const Call& call) {
  const auto* callee = static_cast<NativeFunction*>(call.callee);
  return invoke(realm, static_cast<IntlObject*>(callee->data.as_object()), u"format", call.args);
}

void install_kind(Realm& realm, Object* intl, const char* kind, std::initializer_list<const char*> methods) {
  Object* prototype = realm.new_object();
  Object* constructor = realm.new_native(kind, 0, construct, realm.string(kind), Value::object(prototype));
  static_cast<NativeFunction*>(constructor)->constructor = true;
  realm.define(constructor, "prototype", Value::object(prototype));
  realm.define(prototype, "constructor", Value::object(constructor));
  realm.define(intl, kind, Value::object(constructor));
  for (const char* name : methods) {
    realm.define(prototype, name, Value::object(realm.new_native(name, 1, method, realm.string(name))));
  }
  // NumberFormat's and DateTimeFormat's format is a getter of a bound function.
  if (std::string_view(kind) == "NumberFormat" || std::string_view(kind) == "DateTimeFormat") {
    realm.define_getter(prototype, realm.key("format"), [](Realm& r, const Call& c) {
      return Value::object(r.new_native("", 1, bound_format, r.force(c.this_value)));
    });
  }
}

Value number_to_locale(Realm& realm, const Call& call) {
  const Value n = realm.known(realm.to_number(call.this_value), "a number that is formatted by locale");
  return realm.string(engine_call(realm, {u"number", u"toLocaleString", engine_text(n.as_number()), json_arguments(realm, call.arg(0), call.arg(1))})[1]);
}

Value locale_compare(Realm& realm, const Call& call) {
  const Str* a = realm.known_string(realm.to_string(call.arg(0)), "a text to compare by locale");
  const Str* b = realm.known_string(realm.to_string(call.arg(1)), "a text to compare by locale");
  return Value::number(engine_number(engine_call(realm, {u"localeCompare", a->text, b->text, json_arguments(realm, call.arg(2), call.arg(3))})[1]));
}

}  // namespace

void install_intl(Realm& realm) {
  Object* intl = realm.new_object();
  realm.define(realm.global(), "Intl", Value::object(intl));
  install_kind(realm, intl, "NumberFormat", {"formatToParts", "resolvedOptions", "formatRange"});
  install_kind(realm, intl, "DateTimeFormat", {"formatToParts", "resolvedOptions", "formatRange"});
  install_kind(realm, intl, "PluralRules", {"select", "resolvedOptions"});
  install_kind(realm, intl, "RelativeTimeFormat", {"format", "formatToParts", "resolvedOptions"});
  install_kind(realm, intl, "ListFormat", {"format", "formatToParts", "resolvedOptions"});
  install_kind(realm, intl, "DisplayNames", {"of", "resolvedOptions"});
  install_kind(realm, intl, "Collator", {"compare", "resolvedOptions"});
  realm.define_native(realm.intrinsic("Number"), "toLocaleString", 0, number_to_locale);
  realm.define(realm.global(), "%localeCompare%", Value::object(realm.new_native("localeCompare", 4, locale_compare)));
  realm.define_native(realm.intrinsic("String"), "normalize", 0, [](Realm& r, const Call& c) {
    const Str* text = r.known_string(r.to_string(c.this_value), "a text to normalise");
    const Value form = r.force(c.arg(0));
    return r.string(engine_call(r, {u"normalize", form.is_undefined() ? u"NFC" : r.known_string(r.to_string(form), "the form")->text, text->text})[1]);
  });
}

}  // namespace jsxdp::eval::builtins
