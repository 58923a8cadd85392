#include "eval/builtins/builtins.h"

namespace jsxdp::eval::builtins {
namespace {

const Symbol* this_symbol(Realm& realm, const Call& call) {
  const Value v = realm.force(call.this_value);
  if (v.is(Tag::kSymbol)) return v.as_symbol();
  if (v.is_object() && v.as_object()->object_class() == Class::kSymbol) {
    return realm.state_as<BoxState>(*v.as_object()).value.as_symbol();
  }
  realm.throw_type_error("not a symbol");
}

Value symbol_constructor(Realm& realm, const Call& call) {
  if (call.new_target) realm.throw_type_error("Symbol is not a constructor");
  const Value description = realm.force(call.arg(0));
  return Value::symbol(
      realm.new_symbol(description.is_undefined() ? nullptr : realm.known_string(realm.to_string(description), "a symbol's description")));
}

}  // namespace

void install_symbol(Realm& realm) {
  Object* prototype = realm.new_object();
  NativeFunction* constructor = make_constructor(realm, "Symbol", 0, symbol_constructor, prototype);
  for (const char* name : {"iterator", "asyncIterator", "hasInstance", "isConcatSpreadable", "match", "matchAll", "replace",
                           "search", "species", "split", "toPrimitive", "toStringTag", "unscopables"}) {
    Property p{};
    p.key = realm.key(name);
    p.value = Value::symbol(realm.well_known(name));
    p.writable = p.enumerable = p.configurable = false;
    realm.define_own(constructor, p);
  }
  realm.define_native(constructor, "for", 1, [](Realm& r, const Call& c) {
    return Value::symbol(r.symbol_for(r.wtf8(r.known_string(r.to_string(c.arg(0)), "a symbol's key"))));
  });
  realm.define_native(constructor, "keyFor", 1, [](Realm& r, const Call& c) {
    const Value v = r.force(c.arg(0));
    if (!v.is(Tag::kSymbol)) r.throw_type_error("not a symbol");
    return v.as_symbol()->registered ? Value::string(v.as_symbol()->description) : Value::undefined();
  });
  realm.define_native(prototype, "toString", 0, [](Realm& r, const Call& c) {
    const Symbol* s = this_symbol(r, c);
    return r.string(u"Symbol(" + (s->description ? s->description->text : u"") + u")");
  });
  realm.define_native(prototype, "valueOf", 0, [](Realm& r, const Call& c) { return Value::symbol(this_symbol(r, c)); });
  realm.define_getter(prototype, realm.key("description"), [](Realm& r, const Call& c) {
    const Symbol* s = this_symbol(r, c);
    return s->description ? Value::string(s->description) : Value::undefined();
  });
  realm.define(prototype, Key(realm.well_known("toStringTag")), realm.string("Symbol"), false);
  realm.define(prototype, Key(realm.well_known("toPrimitive")),
               Value::object(realm.new_native("[Symbol.toPrimitive]", 1,
                                              [](Realm& r, const Call& c) { return Value::symbol(this_symbol(r, c)); })),
               false);
}

}  // namespace jsxdp::eval::builtins
