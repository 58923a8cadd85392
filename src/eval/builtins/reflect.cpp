// Reflect and Proxy (ECMA-262 sections 28.1, 28.2 and 10.5), over known values.
#include <algorithm>

#include "eval/builtins/builtins.h"

namespace jsxdp::eval {
namespace {

struct ProxyObject final : Object {
  ProxyObject() : Object(Class::kProxy) {}
  Object* target = nullptr;
  Object* handler = nullptr;
};

ProxyObject* as_proxy(Object* object) { return static_cast<ProxyObject*>(object); }

Value trap(Realm& realm, ProxyObject* proxy, const char* name) {
  if (!proxy->handler) realm.throw_type_error(std::string("Cannot perform '") + name + "' on a proxy that has been revoked");
  return realm.force(realm.get(proxy->handler, name));
}

Value key_value(Key key) { return key.is_symbol() ? Value::symbol(key.symbol()) : Value::string(key.string()); }

}  // namespace

Value proxy_get(Realm& realm, Object* object, Key key, Value receiver) {
  auto* p = as_proxy(object);
  const Value t = trap(realm, p, "get");
  if (t.is_nullish()) return realm.get(p->target, key, receiver);
  return realm.call(t, Value::object(p->handler), {Value::object(p->target), key_value(key), receiver});
}

void proxy_set(Realm& realm, Object* object, Key key, Value value, Value receiver) {
  auto* p = as_proxy(object);
  const Value t = trap(realm, p, "set");
  if (t.is_nullish()) return realm.set(p->target, key, value, receiver.is_object() && receiver.as_object() == object ? Value::object(p->target) : receiver);
  if (!realm.truthy(realm.call(t, Value::object(p->handler), {Value::object(p->target), key_value(key), value, receiver}))) {
    realm.throw_type_error("'set' on proxy: trap returned falsish");
  }
}

bool proxy_has(Realm& realm, Object* object, Key key) {
  auto* p = as_proxy(object);
  const Value t = trap(realm, p, "has");
  if (t.is_nullish()) return realm.has(p->target, key);
  return realm.truthy(realm.call(t, Value::object(p->handler), {Value::object(p->target), key_value(key)}));
}

bool proxy_delete(Realm& realm, Object* object, Key key) {
  auto* p = as_proxy(object);
  const Value t = trap(realm, p, "deleteProperty");
  if (t.is_nullish()) return realm.remove(p->target, key);
  return realm.truthy(realm.call(t, Value::object(p->handler), {Value::object(p->target), key_value(key)}));
}

std::vector<Key> proxy_keys(Realm& realm, Object* object) {
  auto* p = as_proxy(object);
  const Value t = trap(realm, p, "ownKeys");
  if (t.is_nullish()) return realm.own_keys(p->target);
  std::vector<Key> out;
  for (const Value& v : builtins::array_like(realm, realm.call(t, Value::object(p->handler), {Value::object(p->target)}))) {
    out.push_back(realm.to_property_key(v));
  }
  return out;
}

Value proxy_call(Realm& realm, Object* object, Value this_value, std::span<const Value> args) {
  auto* p = as_proxy(object);
  const Value t = trap(realm, p, "apply");
  if (t.is_nullish()) return realm.call(Value::object(p->target), this_value, args);
  return realm.call(t, Value::object(p->handler),
                    {Value::object(p->target), this_value, Value::object(realm.new_array({args.begin(), args.end()}))});
}

Value proxy_construct(Realm& realm, Object* object, std::span<const Value> args, Object* new_target) {
  auto* p = as_proxy(object);
  const Value t = trap(realm, p, "construct");
  if (t.is_nullish()) return realm.construct(Value::object(p->target), args, new_target == object ? nullptr : new_target);
  return realm.call(t, Value::object(p->handler),
                    {Value::object(p->target), Value::object(realm.new_array({args.begin(), args.end()})),
                     Value::object(new_target ? new_target : object)});
}

std::optional<Property> proxy_own(Realm& realm, Object* object, Key key) {
  auto* p = as_proxy(object);
  const Value t = trap(realm, p, "getOwnPropertyDescriptor");
  if (t.is_nullish()) return realm.get_own(p->target, key);
  const Value d = realm.force(realm.call(t, Value::object(p->handler), {Value::object(p->target), key_value(key)}));
  if (!d.is_object()) return std::nullopt;
  Property out{};
  out.key = key;
  out.value = realm.get(d, realm.key("value"));
  out.enumerable = realm.truthy(realm.get(d, realm.key("enumerable")));
  out.configurable = realm.truthy(realm.get(d, realm.key("configurable")));
  out.writable = realm.truthy(realm.get(d, realm.key("writable")));
  return out;
}

Object* proxy_target(Object* object) { return as_proxy(object)->target; }

namespace builtins {
namespace {

Value new_proxy(Realm& realm, const Call& call) {
  if (!call.new_target) realm.throw_type_error("Constructor Proxy requires 'new'");
  const Value target = realm.force(call.arg(0)), handler = realm.force(call.arg(1));
  if (!target.is_object() || !handler.is_object()) realm.throw_type_error("Cannot create proxy with a non-object as target or handler");
  auto* proxy = new ProxyObject;
  proxy->target = target.as_object();
  proxy->handler = handler.as_object();
  proxy->proxy_callable = realm.callable(target);
  return Value::object(realm.adopt_object(proxy, new ObjectState));
}

Object* target_of(Realm& realm, const Call& call) {
  const Value v = realm.force(call.arg(0));
  if (!v.is_object()) realm.throw_type_error("Reflect function called on non-object");
  return v.as_object();
}

// Reflect functions that are Object's, by name.
Value object_function(Realm& realm, const char* name, const Call& call) {
  return realm.call(realm.get(realm.get(realm.global(), "Object"), realm.key(name)), {}, call.args);
}

}  // namespace

void install_reflect(Realm& realm) {
  Object* reflect = realm.new_object();
  realm.define(realm.global(), "Reflect", Value::object(reflect));
  realm.define(reflect, Key(realm.well_known("toStringTag")), realm.string("Reflect"), false);
  const auto fn = [&](const char* name, int length, NativeFn f) { realm.define_native(reflect, name, length, f); };
  fn("get", 2, [](Realm& r, const Call& c) {
    Object* o = target_of(r, c);
    return r.get(o, r.to_property_key(c.arg(1)), c.args.size() > 2 ? c.args[2] : c.args[0]);
  });
  fn("set", 3, [](Realm& r, const Call& c) {
    Object* o = target_of(r, c);
    try {
      r.set(o, r.to_property_key(c.arg(1)), c.arg(2), c.args.size() > 3 ? c.args[3] : Value::object(o));
    } catch (const Throw&) {  // a failed assignment
      return Value::boolean(false);
    }
    return Value::boolean(true);
  });
  fn("has", 2, [](Realm& r, const Call& c) { return Value::boolean(r.has(target_of(r, c), r.to_property_key(c.arg(1)))); });
  fn("deleteProperty", 2, [](Realm& r, const Call& c) { return Value::boolean(r.remove(target_of(r, c), r.to_property_key(c.arg(1)))); });
  fn("ownKeys", 1, [](Realm& r, const Call& c) {
    std::vector<Value> out;
    for (const Key& k : r.own_keys(target_of(r, c))) out.push_back(key_value(k));
    return Value::object(r.new_array(std::move(out)));
  });
  fn("apply", 3, [](Realm& r, const Call& c) { return r.call(c.arg(0), c.arg(1), array_like(r, c.arg(2))); });
  fn("construct", 2, [](Realm& r, const Call& c) {
    const Value target = r.force(c.arg(2));
    return r.construct(c.arg(0), array_like(r, c.arg(1)), target.is_object() ? target.as_object() : nullptr);
  });
  fn("defineProperty", 3, [](Realm& r, const Call& c) {
    try {
      object_function(r, "defineProperty", c);
    } catch (const Throw&) {
      return Value::boolean(false);
    }
    return Value::boolean(true);
  });
  fn("getPrototypeOf", 1, [](Realm& r, const Call& c) { return object_function(r, "getPrototypeOf", c); });
  fn("setPrototypeOf", 2, [](Realm& r, const Call& c) {
    object_function(r, "setPrototypeOf", c);
    return Value::boolean(true);
  });
  fn("getOwnPropertyDescriptor", 2, [](Realm& r, const Call& c) { return object_function(r, "getOwnPropertyDescriptor", c); });
  fn("isExtensible", 1, [](Realm& r, const Call& c) { return object_function(r, "isExtensible", c); });
  fn("preventExtensions", 1, [](Realm& r, const Call& c) {
    object_function(r, "preventExtensions", c);
    return Value::boolean(true);
  });

  Object* constructor = realm.new_native("Proxy", 2, new_proxy);
  static_cast<NativeFunction*>(constructor)->constructor = true;
  realm.define(realm.global(), "Proxy", Value::object(constructor));
}

}  // namespace builtins
}  // namespace jsxdp::eval
