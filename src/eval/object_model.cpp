// The object model: properties, calls, iteration (ECMA-262 sections 7.3, 7.4, 10.1, 10.4).
#include <algorithm>

#include "eval/function.h"
#include "eval/realm_impl.h"

namespace jsxdp::eval {

const std::vector<Value>& Realm::elements(Object* array) {
  const auto& s = state_as<ArrayState>(*array);
  if (!s.conditional) return s.elements;
  // Presence that the assumptions decide is made plain; what stays open forks.
  std::vector<Value> present;
  for (const Value& element : s.elements) {
    const Value v = resolve(element);
    if (v.is_absent()) continue;
    if (v.is_choice()) {
      const Choice* choice = v.as_choice();
      const bool maybe =
          std::ranges::any_of(choice->alts, [](Value a) { return a.is_absent() || a.is_choice(); });
      if (maybe) throw NeedFork{choice->selector, static_cast<uint32_t>(choice->alts.size())};
    }
    present.push_back(v);
  }
  auto& scratch = impl_->scratch_elements.emplace_back(std::move(present));
  return scratch;
}

Object* Realm::proto(Object* object) {
  if (object->object_class() == Class::kProxy) return proto(proxy_target(object));
  return state_as<ObjectState>(*object).proto;
}

void Realm::set_proto(Object* object, Object* proto) {
  write_as<ObjectState>(*object).proto = proto;
}

std::optional<Property> Realm::get_own(Object* object, Key key) {
  const Class c = object->object_class();
  if (c == Class::kProxy) return proxy_own(*this, object, key);
  if (c == Class::kArray || c == Class::kArguments) {
    if (const auto index = array_index(key)) {
      const auto& list = elements(object);
      if (*index >= list.size() || list[*index].is_absent()) return std::nullopt;
      Property property{};
      property.key = key;
      property.value = list[*index];
      return property;
    }
    if (c == Class::kArray && key == this->key("length")) {
      Property property{};
      property.key = key;
      property.value = Value::number(static_cast<double>(elements(object).size()));
      property.enumerable = property.configurable = false;
      return property;
    }
  }
  if (c == Class::kString) {
    const Value text = state_as<BoxState>(*object).value;
    if (text.is_string()) {
      const auto& units = text.as_string()->text;
      Property property{};
      property.key = key;
      property.writable = property.configurable = false;
      if (const auto index = array_index(key); index && *index < units.size()) {
        property.value = string(std::u16string(1, units[*index]));
        return property;
      }
      if (key == this->key("length")) {
        property.value = Value::number(static_cast<double>(units.size()));
        property.enumerable = false;
        return property;
      }
    }
  }
  if (c == Class::kNamespace) {
    if (const auto binding = namespace_get(*this, object, key)) {
      Property property{};
      property.key = key;
      property.value = *binding;
      property.configurable = false;
      return property;
    }
  }
  if (auto* user = dynamic_cast<UserFunction*>(object)) user->materialise(*this, key);
  const Property* found = state_as<ObjectState>(*object).properties.find(key);
  if (!found) return std::nullopt;
  Property property = *found;
  property.value = resolve(property.value);
  if (property.value.is_absent()) return std::nullopt;
  if (property.value.is_choice()) {
    const Choice* choice = property.value.as_choice();
    if (may_be_absent(property.value)) {
      throw NeedFork{choice->selector, static_cast<uint32_t>(choice->alts.size())};
    }
  }
  return property;
}

Value Realm::get(Object* object, Key key, Value receiver) {
  for (Object* o = object; o; o = proto(o)) {
    if (o->object_class() == Class::kProxy) return proxy_get(*this, o, key, receiver);
    const auto found = get_own(o, key);
    if (!found) continue;
    if (!found->accessor) return found->value;
    if (!found->getter) return Value::undefined();
    return call(Value::object(found->getter), receiver, {});
  }
  return Value::undefined();
}

Value Realm::get(Value base, Key key) {
  base = resolve(base);
  switch (base.tag()) {
    case Tag::kObject: {
      Object* object = base.as_object();
      // The common case without an exception: a plain own data property.
      if (object->object_class() == Class::kObject) {
        if (const auto* s = dynamic_cast<const ObjectState*>(object->state)) {
          const Property* found = s->properties.find(key);
          if (found && !found->accessor && !found->value.is_choice()) return found->value;
        }
      }
      return atomically([&] { return get(object, key, base); });
    }
    case Tag::kChoice:
      return distribute(base, [&](Value v) { return get(v, key); });
    case Tag::kUndefined:
    case Tag::kNull: {
      const std::string name = key.is_symbol() ? "a symbol" : wtf8(key.string());
      throw_type_error("Cannot read properties of " +
                       std::string(base.is_null() ? "null" : "undefined") + " (reading '" + name +
                       "')");
    }
    case Tag::kString: {
      const auto& units = base.as_string()->text;
      if (key == this->key("length")) return Value::number(static_cast<double>(units.size()));
      if (const auto index = array_index(key)) {
        return *index < units.size() ? string(std::u16string(1, units[*index]))
                                     : Value::undefined();
      }
      return get(intrinsic("String"), key, base);
    }
    case Tag::kUnknown: {
      const ir::Expr* e = base.as_unknown();
      if (e->type == ir::Type::kStr) {
        if (key == this->key("length")) return Value::unknown(pool_->op(ir::Op::StrLength, {e}));
        if (const auto index = array_index(key)) {
          const ir::Expr* at = pool_->number(*index);
          const ir::Expr* inside =
              pool_->op(ir::Op::NumLt, {at, pool_->op(ir::Op::StrLength, {e})});
          return make_choice(
              inside, {Value::undefined(), Value::unknown(pool_->op(ir::Op::CharAt, {e, at}))});
        }
        return get(intrinsic("String"), key, base);
      }
      return get(intrinsic(e->type == ir::Type::kNum ? "Number" : "Boolean"), key, base);
    }
    case Tag::kNumber:
      return get(intrinsic("Number"), key, base);
    case Tag::kBool:
      return get(intrinsic("Boolean"), key, base);
    case Tag::kSymbol:
      return get(intrinsic("Symbol"), key, base);
    case Tag::kBigInt:
      return get(intrinsic("BigInt"), key, base);
    case Tag::kAbsent:
      break;
  }
  return Value::undefined();
}

bool Realm::has_own(Object* object, Key key) {
  if (object->object_class() == Class::kProxy) return proxy_has(*this, object, key);
  return get_own(object, key).has_value();
}

bool Realm::has(Object* object, Key key) {
  for (Object* o = object; o; o = proto(o)) {
    if (o->object_class() == Class::kProxy) return proxy_has(*this, o, key);
    if (get_own(o, key)) return true;
  }
  return false;
}

bool Realm::define_own(Object* object, const Property& property) {
  if (object->object_class() == Class::kArray || object->object_class() == Class::kArguments) {
    if (const auto index = array_index(property.key); index && !property.accessor) {
      elements(object);
      auto& s = write_as<ArrayState>(*object);
      if (!s.extensible) {
        if (*index >= s.elements.size() || s.elements[*index].is_absent() || s.frozen) return false;
      }
      if (*index >= s.elements.size()) {
        if (*index > 50'000'000) throw_range_error("Invalid array length");
        s.elements.resize(*index + 1, Value::absent());
      }
      s.elements[*index] = property.value;
      return true;
    }
    if (object->object_class() == Class::kArray && property.key == key("length")) {
      const double length = to_number(property.value).as_number();
      elements(object);
      auto& s = write_as<ArrayState>(*object);
      if (s.frozen) return false;
      if (length < 0 || length != static_cast<double>(static_cast<uint32_t>(length))) {
        throw_range_error("Invalid array length");
      }
      s.elements.resize(static_cast<size_t>(length), Value::absent());
      return true;
    }
  }
  if (auto* user = dynamic_cast<UserFunction*>(object)) user->materialise(*this, property.key);
  auto& s = write_as<ObjectState>(*object);
  if (Property* found = s.properties.find(property.key)) {
    if (!found->configurable && !found->value.is_absent()) {
      if (property.accessor || property.configurable || found->accessor) {
        if (!(found->accessor && property.accessor && found->getter == property.getter))
          return false;
      }
      if (!found->writable && !same_value(found->value, property.value)) return false;
    }
    // Where it is absent, the new property comes last: its place depends on the request.
    const Value before = resolve(found->value);
    if (before.is_choice() && may_be_absent(before) && found != &s.properties.entries().back() &&
        !may_be_absent(property.value)) {
      const Choice* choice = before.as_choice();
      throw NeedFork{choice->selector, static_cast<uint32_t>(choice->alts.size())};
    }
    const Key same = found->key;
    if (before.is_absent()) {
      s.properties.remove(same);
      s.properties.add(property);
      return true;
    }
    *found = property;
    found->key = same;
    return true;
  }
  if (!s.extensible) return false;
  s.properties.add(property);
  return true;
}

void Realm::define(Object* object, Key key, Value value, bool enumerable) {
  Property property{};
  property.key = key;
  property.value = value;
  property.enumerable = enumerable;
  define_own(object, property);
}

void Realm::define(Object* object, std::string_view name, Value value, bool enumerable) {
  define(object, key(name), value, enumerable);
}

void Realm::define_native(Object* object, std::string_view name, int length, NativeFn fn) {
  define(object, name, Value::object(new_native(name, length, fn)));
}

void Realm::define_getter(Object* object, Key key, NativeFn fn) {
  Property property{};
  property.key = key;
  property.accessor = true;
  property.enumerable = false;
  property.getter = new_native("get", 0, fn);
  define_own(object, property);
}

void Realm::set(Object* object, Key key, Value value, Value receiver) {
  if (object->object_class() == Class::kProxy) {
    proxy_set(*this, object, key, value, receiver);
    return;
  }
  // Arrays: plain elements without a walk up the prototypes.
  if (object->object_class() == Class::kArray && receiver.is_object() &&
      receiver.as_object() == object) {
    if (array_index(key) || key == this->key("length")) {
      Property property{};
      property.key = key;
      property.value = value;
      if (!define_own(object, property))
        throw_type_error("Cannot assign to read only property of array");
      return;
    }
  }
  for (Object* o = object; o; o = proto(o)) {
    if (o->object_class() == Class::kNamespace)
      throw_type_error("Cannot assign to a module's export");
    if (o->object_class() == Class::kProxy && o != object) break;
    const auto found = get_own(o, key);
    if (!found) continue;
    if (found->accessor) {
      if (!found->setter) {
        throw_type_error("Cannot set property " +
                         (key.is_symbol() ? "symbol" : wtf8(key.string())) +
                         " which has only a getter");
      }
      call(Value::object(found->setter), receiver, {value});
      return;
    }
    if (!found->writable) {
      throw_type_error("Cannot assign to read only property '" +
                       (key.is_symbol() ? "symbol" : wtf8(key.string())) + "'");
    }
    if (receiver.is_object() && o == receiver.as_object()) {
      Property property = *found;
      property.value = value;
      define_own(o, property);
      return;
    }
    break;
  }
  if (!receiver.is_object()) throw_type_error("Cannot create property on a primitive");
  Property property{};
  property.key = key;
  property.value = value;
  if (!define_own(receiver.as_object(), property))
    throw_type_error("Cannot add property, object is not extensible");
}

bool Realm::remove(Object* object, Key key) {
  if (object->object_class() == Class::kProxy) return proxy_delete(*this, object, key);
  if (object->object_class() == Class::kArray) {
    if (const auto index = array_index(key)) {
      if (*index < elements(object).size()) {
        auto& s = write_as<ArrayState>(*object);
        if (s.frozen) return false;
        s.elements[*index] = Value::absent();
      }
      return true;
    }
  }
  if (auto* user = dynamic_cast<UserFunction*>(object)) user->materialise(*this, key);
  const auto found = get_own(object, key);
  if (!found) return true;
  if (!found->configurable) return false;
  write_as<ObjectState>(*object).properties.remove(key);
  return true;
}

std::vector<Key> Realm::own_keys(Object* object) {
  if (object->object_class() == Class::kProxy) return proxy_keys(*this, object);
  std::vector<Key> out;
  if (object->object_class() == Class::kNamespace) return namespace_keys(*this, object);
  if (object->object_class() == Class::kArray || object->object_class() == Class::kArguments) {
    const auto& list = elements(object);
    for (uint32_t i = 0; i < list.size(); ++i) {
      if (!list[i].is_absent()) out.push_back(index_key(i));
    }
    if (object->object_class() == Class::kArray) out.push_back(key("length"));
  }
  if (object->object_class() == Class::kString) {
    const Value text = known(state_as<BoxState>(*object).value, "this string");
    for (uint32_t i = 0; i < text.as_string()->text.size(); ++i) out.push_back(index_key(i));
    out.push_back(key("length"));
  }
  if (auto* user = dynamic_cast<UserFunction*>(object)) user->materialise_all(*this);
  const auto& properties = state_as<ObjectState>(*object).properties.entries();
  std::vector<std::pair<uint32_t, Key>> indexes;
  std::vector<Key> strings, symbols;
  for (const Property& p : properties) {
    const Value v = resolve(p.value);
    if (v.is_absent()) continue;
    if (v.is_choice()) {
      const Choice* choice = v.as_choice();
      if (may_be_absent(v)) {
        throw NeedFork{choice->selector, static_cast<uint32_t>(choice->alts.size())};
      }
    }
    if (p.key.is_symbol()) {
      if (!p.key.symbol()->is_private) symbols.push_back(p.key);
    } else if (const auto index = array_index(p.key)) {
      indexes.emplace_back(*index, p.key);
    } else {
      strings.push_back(p.key);
    }
  }
  std::ranges::sort(indexes, {}, &std::pair<uint32_t, Key>::first);
  for (const auto& [index, k] : indexes) out.push_back(k);
  out.insert(out.end(), strings.begin(), strings.end());
  out.insert(out.end(), symbols.begin(), symbols.end());
  return out;
}

// ---- calls ----

bool Realm::callable(Value v) {
  return v.is_object() && v.as_object()->callable();
}

bool Realm::constructor(Value v) {
  if (!v.is_object()) return false;
  if (const auto* user = dynamic_cast<const UserFunction*>(v.as_object()))
    return user->is_constructor();
  if (const auto* native = dynamic_cast<const NativeFunction*>(v.as_object()))
    return native->constructor;
  return v.as_object()->proxy_callable;
}

Value Realm::call(Value callee, Value this_value, std::span<const Value> args) {
  callee = resolve(callee);
  if (callee.is_choice()) {
    return distribute(callee, [&](Value v) { return call(v, this_value, args); });
  }
  if (!callable(callee)) throw_type_error(describe(callee) + " is not a function");
  Object* object = callee.as_object();
  if (auto* user = dynamic_cast<UserFunction*>(object))
    return user->call(*this, this_value, args, nullptr);
  if (auto* native = dynamic_cast<NativeFunction*>(object)) {
    burn();
    const Call info{this_value, args, nullptr, object};
    return atomically([&] { return native->fn(*this, info); });
  }
  return proxy_call(*this, object, this_value, args);
}

Value Realm::construct(Value callee, std::span<const Value> args, Object* new_target) {
  callee = resolve(callee);
  if (callee.is_choice()) {
    return distribute(callee, [&](Value v) { return construct(v, args, new_target); });
  }
  if (!constructor(callee)) throw_type_error(describe(callee) + " is not a constructor");
  Object* object = callee.as_object();
  if (!new_target) new_target = object;
  if (auto* user = dynamic_cast<UserFunction*>(object))
    return user->call(*this, Value::absent(), args, new_target);
  if (auto* native = dynamic_cast<NativeFunction*>(object)) {
    burn();
    const Call info{Value::undefined(), args, new_target, object};
    return atomically([&] { return native->fn(*this, info); });
  }
  return proxy_construct(*this, object, args, new_target);
}

// ---- iteration ----

void Realm::iterate(Value iterable, const std::function<bool(Value)>& each) {
  iterable = force(iterable);
  if (iterable.is_object() && iterable.as_object()->object_class() == Class::kArray &&
      get(iterable, Key(well_known("iterator"))).is_object() &&
      get(iterable, Key(well_known("iterator"))).as_object() == intrinsic("%ArrayValues%")) {
    Object* array = iterable.as_object();
    for (size_t i = 0; i < elements(array).size(); ++i) {
      const Value v = elements(array)[i];
      if (!each(v.is_absent() ? Value::undefined() : v)) return;
    }
    return;
  }
  if (iterable.is_string()) {
    const std::u16string text = iterable.as_string()->text;
    for (size_t i = 0; i < text.size();) {
      const bool pair = text[i] >= 0xD800 && text[i] < 0xDC00 && i + 1 < text.size() &&
                        text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000;
      if (!each(string(text.substr(i, pair ? 2 : 1)))) return;
      i += pair ? 2 : 1;
    }
    return;
  }
  if (iterable.is_unknown())
    refuse("JX1206", "iterating over a value that only the request knows is not supported here");
  if (iterable.is_object() && iterable.as_object()->object_class() == Class::kList) {
    refuse("JX1206", "a list whose length only the request knows cannot be iterated over here",
           "use .map(), or place it as children");
  }
  const Value method =
      iterable.is_nullish() ? Value::undefined() : get(iterable, Key(well_known("iterator")));
  if (!callable(method)) throw_type_error(describe(iterable) + " is not iterable");
  const Value iterator = call(method, iterable, {});
  const Value next = get(iterator, key("next"));
  const auto close = [&] {
    const Value stop = get(iterator, key("return"));
    if (callable(stop)) call(stop, iterator, {});
  };
  for (;;) {
    burn();
    const Value result = call(next, iterator, {});
    if (!result.is_object()) throw_type_error("Iterator result is not an object");
    if (truthy(get(result, key("done")))) return;
    const Value value = get(result, key("value"));
    bool more = false;
    try {
      more = each(value);
    } catch (const Throw&) {
      try {
        close();
      } catch (const Throw&) {  // the first error wins
      }
      throw;
    }
    if (!more) {
      close();
      return;
    }
  }
}

std::vector<Value> Realm::list_from(Value iterable) {
  std::vector<Value> out;
  iterate(iterable, [&](Value v) {
    out.push_back(v);
    return true;
  });
  return out;
}

}  // namespace jsxdp::eval
