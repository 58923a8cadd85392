#include <algorithm>

#include "eval/builtins/builtins.h"
#include "eval/realm_impl.h"

namespace jsxdp::eval::builtins {
namespace {

std::vector<Key> enumerable_keys(Realm& realm, Object* object) {
  std::vector<Key> out;
  for (const Key& k : realm.own_keys(object)) {
    if (k.is_symbol()) continue;
    const auto own = realm.get_own(object, k);
    if (own && own->enumerable) out.push_back(k);
  }
  return out;
}

Value pair(Realm& realm, Value a, Value b) { return Value::object(realm.new_array({a, b})); }

Value object_constructor(Realm& realm, const Call& call) {
  if (call.new_target && call.new_target != call.callee) {
    return Value::object(realm.new_object(prototype_for(realm, call, "Object")));
  }
  const Value v = realm.force(call.arg(0));
  if (v.is_nullish()) return Value::object(realm.new_object());
  return Value::object(realm.to_object(v));
}

Value keys(Realm& realm, const Call& call) {
  Object* object = realm.to_object(call.arg(0));
  std::vector<Value> out;
  for (const Key& k : enumerable_keys(realm, object)) out.push_back(Value::string(k.string()));
  return Value::object(realm.new_array(std::move(out)));
}

Value values(Realm& realm, const Call& call) {
  Object* object = realm.to_object(call.arg(0));
  std::vector<Value> out;
  for (const Key& k : enumerable_keys(realm, object)) out.push_back(realm.get(object, k));
  return Value::object(realm.new_array(std::move(out)));
}

Value entries(Realm& realm, const Call& call) {
  Object* object = realm.to_object(call.arg(0));
  std::vector<Value> out;
  for (const Key& k : enumerable_keys(realm, object)) out.push_back(pair(realm, Value::string(k.string()), realm.get(object, k)));
  return Value::object(realm.new_array(std::move(out)));
}

Value assign(Realm& realm, const Call& call) {
  Object* target = realm.to_object(call.arg(0));
  for (size_t i = 1; i < call.args.size(); ++i) {
    const Value source = call.args[i];
    // Each source on its own: what depends on the request in one does not undo others.
    const std::function<void(Value)> copy = [&](Value v) {
      v = realm.resolve(v);
      if (v.is_choice()) {
        realm.distribute(v, [&](Value each) {
          copy(each);
          return Value::undefined();
        });
        return;
      }
      if (v.is_nullish() || v.is_unknown()) {
        if (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr) realm.known(v, "this source of Object.assign");
        return;
      }
      Object* from = realm.to_object(v);
      std::vector<std::pair<Key, Value>> all;
      try {
        for (const Key& k : realm.own_keys(from)) {
          const auto own = realm.get_own(from, k);
          if (own && own->enumerable) all.emplace_back(k, realm.get(from, k));
        }
      } catch (const NeedFork& need) {
        realm.fork(need.selector, need.count, [&](uint32_t) {
          copy(v);
          return Value::undefined();
        });
        return;
      }
      for (const auto& [k, each] : all) realm.set(target, k, each);
    };
    copy(source);
  }
  return Value::object(target);
}

Value create(Realm& realm, const Call& call) {
  const Value proto = realm.force(call.arg(0));
  if (!proto.is_object() && !proto.is_null()) realm.throw_type_error("Object prototype may only be an Object or null");
  Object* made = realm.new_object(proto.is_object() ? proto.as_object() : nullptr);
  if (!call.arg(1).is_undefined()) {
    const Value define = realm.get(realm.get(realm.global(), "Object"), realm.key("defineProperties"));
    realm.call(define, {}, {Value::object(made), call.arg(1)});
  }
  return Value::object(made);
}

Property descriptor(Realm& realm, Object* object, Key key, Value v, bool& partial) {
  const Value d = realm.force(v);
  if (!d.is_object()) realm.throw_type_error("Property description must be an object");
  Object* o = d.as_object();
  Property p{};
  const auto before = realm.get_own(object, key);
  p.writable = p.enumerable = p.configurable = false;
  if (before) p = *before;
  p.key = key;
  const auto flag = [&](const char* name, bool& out) {
    if (realm.has(o, realm.key(name))) out = realm.truthy(realm.get(o, name));
  };
  flag("enumerable", p.enumerable);
  flag("configurable", p.configurable);
  flag("writable", p.writable);
  const bool get = realm.has(o, realm.key("get")), set = realm.has(o, realm.key("set"));
  if (get || set) {
    p.accessor = true;
    p.value = Value::undefined();
    const auto accessor = [&](const char* name, Object*& out) {
      const Value f = realm.force(realm.get(o, name));
      if (!f.is_undefined() && !realm.callable(f)) realm.throw_type_error("Getter must be a function");
      out = f.is_object() ? f.as_object() : nullptr;
    };
    if (get) accessor("get", p.getter);
    if (set) accessor("set", p.setter);
  }
  if (realm.has(o, realm.key("value"))) {
    if (get || set) realm.throw_type_error("Invalid property descriptor. Cannot both specify accessors and a value");
    p.accessor = false;
    p.getter = p.setter = nullptr;
    p.value = realm.get(o, "value");
  }
  partial = false;
  return p;
}

Value define_property(Realm& realm, const Call& call) {
  const Value target = realm.force(call.arg(0));
  if (!target.is_object()) realm.throw_type_error("Object.defineProperty called on non-object");
  bool partial = false;
  const Key key = realm.to_property_key(call.arg(1));
  const Property p = descriptor(realm, target.as_object(), key, call.arg(2), partial);
  if (!realm.define_own(target.as_object(), p)) {
    realm.throw_type_error("Cannot redefine property: " + (key.is_symbol() ? "symbol" : realm.wtf8(key.string())));
  }
  return target;
}

Value define_properties(Realm& realm, const Call& call) {
  const Value target = realm.force(call.arg(0));
  if (!target.is_object()) realm.throw_type_error("Object.defineProperties called on non-object");
  Object* all = realm.to_object(call.arg(1));
  for (const Key& k : realm.own_keys(all)) {
    const auto own = realm.get_own(all, k);
    if (!own || !own->enumerable) continue;
    bool partial = false;
    realm.define_own(target.as_object(), descriptor(realm, target.as_object(), k, realm.get(all, k), partial));
  }
  return target;
}

Value from_descriptor(Realm& realm, const Property& p) {
  Object* out = realm.new_object();
  if (p.accessor) {
    realm.define(out, "get", p.getter ? Value::object(p.getter) : Value::undefined(), true);
    realm.define(out, "set", p.setter ? Value::object(p.setter) : Value::undefined(), true);
  } else {
    realm.define(out, "value", p.value, true);
    realm.define(out, "writable", Value::boolean(p.writable), true);
  }
  realm.define(out, "enumerable", Value::boolean(p.enumerable), true);
  realm.define(out, "configurable", Value::boolean(p.configurable), true);
  return Value::object(out);
}

Value get_own_descriptor(Realm& realm, const Call& call) {
  Object* object = realm.to_object(call.arg(0));
  const auto own = realm.get_own(object, realm.to_property_key(call.arg(1)));
  return own ? from_descriptor(realm, *own) : Value::undefined();
}

Value get_own_descriptors(Realm& realm, const Call& call) {
  Object* object = realm.to_object(call.arg(0));
  Object* out = realm.new_object();
  for (const Key& k : realm.own_keys(object)) realm.define(out, k, from_descriptor(realm, *realm.get_own(object, k)), true);
  return Value::object(out);
}

Value own_names(Realm& realm, const Call& call, bool symbols) {
  Object* object = realm.to_object(call.arg(0));
  std::vector<Value> out;
  for (const Key& k : realm.own_keys(object)) {
    if (k.is_symbol() != symbols) continue;
    out.push_back(k.is_symbol() ? Value::symbol(k.symbol()) : Value::string(k.string()));
  }
  return Value::object(realm.new_array(std::move(out)));
}

Value get_prototype(Realm& realm, const Call& call) {
  Object* proto = realm.proto(realm.to_object(call.arg(0)));
  return proto ? Value::object(proto) : Value::null();
}

Value set_prototype(Realm& realm, const Call& call) {
  const Value target = realm.force(call.arg(0)), proto = realm.force(call.arg(1));
  if (!proto.is_object() && !proto.is_null()) realm.throw_type_error("Object prototype may only be an Object or null");
  if (target.is_object()) realm.set_proto(target.as_object(), proto.is_object() ? proto.as_object() : nullptr);
  return target;
}

Value integrity(Realm& realm, Value v, bool freeze, bool seal) {
  v = realm.force(v);
  if (!v.is_object()) return v;
  Object* object = v.as_object();
  if (auto* fn = dynamic_cast<UserFunction*>(object)) fn->materialise_all(realm);
  auto& s = realm.write_as<ObjectState>(*object);
  s.extensible = false;
  if (seal || freeze) {
    for (Property& p : s.properties.entries()) {
      p.configurable = false;
      if (freeze && !p.accessor) p.writable = false;
    }
  }
  if (freeze && object->object_class() == Class::kArray) realm.write_as<ArrayState>(*object).frozen = true;
  return v;
}

Value is_frozen(Realm& realm, const Call& call) {
  const Value v = realm.force(call.arg(0));
  if (!v.is_object()) return Value::boolean(true);
  const auto& s = realm.state_as<ObjectState>(*v.as_object());
  if (s.extensible) return Value::boolean(false);
  if (v.as_object()->object_class() == Class::kArray) return Value::boolean(realm.state_as<ArrayState>(*v.as_object()).frozen);
  return Value::boolean(std::ranges::none_of(s.properties.entries(), [](const Property& p) {
    return p.configurable || (!p.accessor && p.writable);
  }));
}

Value is_extensible(Realm& realm, const Call& call) {
  const Value v = realm.force(call.arg(0));
  return Value::boolean(v.is_object() && realm.state_as<ObjectState>(*v.as_object()).extensible);
}

Value from_entries(Realm& realm, const Call& call) {
  Object* out = realm.new_object();
  realm.iterate(call.arg(0), [&](Value entry) {
    realm.define(out, realm.to_property_key(realm.get(entry, realm.index_key(0))), realm.get(entry, realm.index_key(1)), true);
    return true;
  });
  return Value::object(out);
}

Value group_by(Realm& realm, const Call& call) {
  Object* out = realm.new_object(nullptr);
  double i = 0;
  realm.iterate(call.arg(0), [&](Value v) {
    const Key k = realm.to_property_key(realm.call(call.arg(1), {}, {v, Value::number(i++)}));
    Value list = realm.get(out, k);
    if (!list.is_object()) {
      list = Value::object(realm.new_array({}));
      realm.define(out, k, list, true);
    }
    realm.write_as<ArrayState>(*list.as_object()).elements.push_back(v);
    return true;
  });
  return Value::object(out);
}

Value is(Realm& realm, const Call& call) {
  const Value a = realm.force(call.arg(0)), b = realm.force(call.arg(1));
  const auto numeric = [](Value v) { return v.is_number() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kNum); };
  if ((a.is_unknown() || b.is_unknown()) && numeric(a) && numeric(b)) {
    return Value::unknown(realm.pool().op(ir::Op::NumSame, {realm.num_expr(a), realm.num_expr(b)}));
  }
  if (a.is_unknown() || b.is_unknown()) return realm.strict_equals(a, b);
  return Value::boolean(realm.same_value(a, b));
}

// A look-up in a known object by a name of the request is a property access.
Value has_own_key(Realm& realm, Value object, Value key) {
  const Value k = realm.force(key);
  Object* o = realm.to_object(object);
  if (k.is_unknown() && k.as_unknown()->type == ir::Type::kStr) {
    const ir::Expr* found = realm.pool().boolean(false);
    for (const Key& own : realm.own_keys(o)) {
      if (own.is_symbol()) continue;
      found = realm.pool().either(found, realm.pool().op(ir::Op::StrEq, {k.as_unknown(), realm.pool().string(realm.wtf8(own.string()))}));
    }
    return found->op == ir::Op::ConstBool ? Value::boolean(found->index != 0) : Value::unknown(found);
  }
  return Value::boolean(realm.has_own(o, realm.to_property_key(k)));
}

Value proto_to_string(Realm& realm, const Call& call) {
  const Value v = realm.force(call.this_value);
  if (v.is_undefined()) return realm.string("[object Undefined]");
  if (v.is_null()) return realm.string("[object Null]");
  if (v.is_unknown()) {
    const ir::Type t = v.as_unknown()->type;
    return realm.string(t == ir::Type::kStr ? "[object String]" : t == ir::Type::kNum ? "[object Number]" : "[object Boolean]");
  }
  Object* object = realm.to_object(v);
  const Value tag = realm.get(object, Key(realm.well_known("toStringTag")));
  std::u16string name = u"Object";
  switch (object->object_class()) {
    case Class::kArray: name = u"Array"; break;
    case Class::kFunction: name = u"Function"; break;
    case Class::kError: name = u"Error"; break;
    case Class::kBoolean: name = u"Boolean"; break;
    case Class::kNumber: name = u"Number"; break;
    case Class::kString: name = u"String"; break;
    case Class::kDate: name = u"Date"; break;
    case Class::kRegExp: name = u"RegExp"; break;
    case Class::kArguments: name = u"Arguments"; break;
    default: break;
  }
  if (tag.is_string()) name = tag.as_string()->text;
  return realm.string(u"[object " + name + u"]");
}

}  // namespace

void install_object(Realm& realm) {
  Object* prototype = realm.intrinsic("Object");
  Object* constructor = make_constructor(realm, "Object", 1, object_constructor, prototype);
  const auto fn = [&](const char* name, int length, NativeFn f) { realm.define_native(constructor, name, length, f); };
  fn("keys", 1, keys);
  fn("values", 1, values);
  fn("entries", 1, entries);
  fn("assign", 2, assign);
  fn("create", 2, create);
  fn("defineProperty", 3, define_property);
  fn("defineProperties", 2, define_properties);
  fn("getOwnPropertyDescriptor", 2, get_own_descriptor);
  fn("getOwnPropertyDescriptors", 1, get_own_descriptors);
  fn("getOwnPropertyNames", 1, [](Realm& r, const Call& c) { return own_names(r, c, false); });
  fn("getOwnPropertySymbols", 1, [](Realm& r, const Call& c) { return own_names(r, c, true); });
  fn("getPrototypeOf", 1, get_prototype);
  fn("setPrototypeOf", 2, set_prototype);
  fn("freeze", 1, [](Realm& r, const Call& c) { return integrity(r, c.arg(0), true, true); });
  fn("seal", 1, [](Realm& r, const Call& c) { return integrity(r, c.arg(0), false, true); });
  fn("preventExtensions", 1, [](Realm& r, const Call& c) { return integrity(r, c.arg(0), false, false); });
  fn("isFrozen", 1, is_frozen);
  fn("isSealed", 1, is_frozen);
  fn("isExtensible", 1, is_extensible);
  fn("fromEntries", 1, from_entries);
  fn("is", 2, is);
  fn("hasOwn", 2, [](Realm& r, const Call& c) { return has_own_key(r, c.arg(0), c.arg(1)); });
  realm.define_native(constructor, "groupBy", 2, group_by);
  realm.define_native(prototype, "hasOwnProperty", 1, [](Realm& r, const Call& c) { return has_own_key(r, c.this_value, c.arg(0)); });
  realm.define_native(prototype, "propertyIsEnumerable", 1, [](Realm& r, const Call& c) {
    const auto own = r.get_own(r.to_object(c.this_value), r.to_property_key(c.arg(0)));
    return Value::boolean(own && own->enumerable);
  });
  realm.define_native(prototype, "isPrototypeOf", 1, [](Realm& r, const Call& c) {
    const Value v = r.force(c.arg(0));
    if (!v.is_object()) return Value::boolean(false);
    Object* self = r.to_object(c.this_value);
    for (Object* o = r.proto(v.as_object()); o; o = r.proto(o)) {
      if (o == self) return Value::boolean(true);
    }
    return Value::boolean(false);
  });
  realm.define_native(prototype, "toString", 0, proto_to_string);
  realm.define_native(prototype, "toLocaleString", 0, [](Realm& r, const Call& c) {
    return r.call(r.get(c.this_value, r.key("toString")), c.this_value, {});
  });
  realm.define_native(prototype, "valueOf", 0, [](Realm& r, const Call& c) {
    const Value v = r.force(c.this_value);
    return v.is_unknown() ? v : Value::object(r.to_object(v));
  });
  Property p{};
  p.key = realm.key("__proto__");
  p.accessor = true;
  p.enumerable = false;
  p.getter = realm.new_native("get __proto__", 0, [](Realm& r, const Call& c) {
    Object* proto = r.proto(r.to_object(c.this_value));
    return proto ? Value::object(proto) : Value::null();
  });
  p.setter = realm.new_native("set __proto__", 1, [](Realm& r, const Call& c) {
    const Value target = r.force(c.this_value), proto = r.force(c.arg(0));
    if (target.is_object() && proto.is_object()) r.set_proto(target.as_object(), proto.as_object());
    if (target.is_object() && proto.is_null()) r.set_proto(target.as_object(), nullptr);
    return Value::undefined();
  });
  realm.define_own(prototype, p);
}

}  // namespace jsxdp::eval::builtins
