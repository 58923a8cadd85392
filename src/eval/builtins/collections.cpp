// Map, Set, WeakMap, WeakSet and WeakRef.
#include "eval/builtins/builtins.h"

namespace jsxdp::eval::builtins {
namespace {

const char* class_name(Class c) {
  switch (c) {
    case Class::kMap: return "Map";
    case Class::kSet: return "Set";
    case Class::kWeakMap: return "WeakMap";
    default: return "WeakSet";
  }
}

bool keyed(Class c) { return c == Class::kMap || c == Class::kWeakMap; }

Object* self(Realm& realm, const Call& call, Class c) {
  const Value v = realm.force(call.this_value);
  if (!v.is_object() || v.as_object()->object_class() != c) {
    realm.throw_type_error(std::string("Method ") + class_name(c) + ".prototype called on incompatible receiver " + describe(v));
  }
  return v.as_object();
}

// A key that only the request knows could equal any: look-ups compare with each.
Value known_key(Realm& realm, Value v) {
  v = realm.force(v);
  if (v.is_unknown()) realm.known(v, "the key of a collection");
  return v.is_number() && v.as_number() == 0 ? Value::number(0) : v;
}

size_t find(Realm& realm, const CollectionState& s, Value key) {
  for (size_t i = 0; i < s.entries.size(); ++i) {
    const Value k = s.entries[i].first;
    if (!k.is_absent() && realm.same_value_zero(k, key)) return i;
  }
  return SIZE_MAX;
}

void put(Realm& realm, Object* object, Value key, Value value) {
  const size_t at = find(realm, realm.state_as<CollectionState>(*object), key);
  auto& s = realm.write_as<CollectionState>(*object);
  if (at != SIZE_MAX) {
    s.entries[at].second = value;
  } else {
    s.entries.emplace_back(key, value);
    ++s.size;
  }
}

template <Class C>
Value constructor(Realm& realm, const Call& call) {
  if (!call.new_target) realm.throw_type_error(std::string("Constructor ") + class_name(C) + " requires 'new'");
  auto* state = new CollectionState;
  state->proto = prototype_for(realm, call, class_name(C));
  Object* out = realm.adopt_object(new Object(C), state);
  const Value from = realm.force(call.arg(0));
  if (from.is_nullish()) return Value::object(out);
  realm.iterate(from, [&](Value entry) {
    if (keyed(C)) {
      entry = realm.force(entry);
      if (!entry.is_object()) realm.throw_type_error("Iterator value " + describe(entry) + " is not an entry object");
      put(realm, out, known_key(realm, realm.get(entry, realm.index_key(0))), realm.get(entry, realm.index_key(1)));
    } else {
      const Value k = known_key(realm, entry);
      put(realm, out, k, k);
    }
    return true;
  });
  return Value::object(out);
}

template <Class C>
Value set(Realm& realm, const Call& call) {
  Object* object = self(realm, call, C);
  const Value key = known_key(realm, call.arg(0));
  if ((C == Class::kWeakMap || C == Class::kWeakSet) && !key.is_object() && !key.is(Tag::kSymbol)) {
    realm.throw_type_error("Invalid value used as weak map key");
  }
  put(realm, object, key, keyed(C) ? call.arg(1) : key);
  return call.this_value;
}

// get and has: a key of the request is compared with every key of its type.
template <Class C>
Value look_up(Realm& realm, const Call& call, bool value_wanted) {
  Object* object = self(realm, call, C);
  const Value key = realm.force(call.arg(0));
  const auto& s = realm.state_as<CollectionState>(*object);
  const Value missing = value_wanted ? Value::undefined() : Value::boolean(false);
  const auto found = [&](size_t at) { return value_wanted ? s.entries[at].second : Value::boolean(true); };
  if (!key.is_unknown()) {
    const size_t at = find(realm, s, key);
    return at == SIZE_MAX ? missing : found(at);
  }
  const ir::Type type = key.as_unknown()->type;
  ir::Expr expr{};
  expr.op = type == ir::Type::kStr ? ir::Op::StrCase : ir::Op::NumCase;
  expr.type = ir::Type::kIndex;
  expr.args = {key.as_unknown()};
  std::vector<Value> alts;
  for (size_t i = 0; i < s.entries.size(); ++i) {
    const Value k = realm.force(s.entries[i].first);
    if (type == ir::Type::kStr && k.is_string()) {
      expr.cases.push_back(realm.wtf8(k.as_string()));
    } else if (type == ir::Type::kNum && k.is_number()) {
      if (k.as_number() != k.as_number()) realm.known(key, "the key of a collection that holds NaN");
      expr.num_cases.push_back(k.as_number());
    } else if (type == ir::Type::kBool && k.is(Tag::kBool)) {
      realm.known(key, "the key of a collection");
    } else if (k.is_unknown()) {
      realm.known(k, "a key of the collection");
    } else {
      continue;
    }
    alts.push_back(found(i));
  }
  if (alts.empty()) return missing;
  alts.push_back(missing);
  return realm.make_choice(realm.pool().make(expr), std::move(alts));
}

template <Class C>
Value remove(Realm& realm, const Call& call) {
  Object* object = self(realm, call, C);
  const Value key = known_key(realm, call.arg(0));
  const size_t at = find(realm, realm.state_as<CollectionState>(*object), key);
  if (at == SIZE_MAX) return Value::boolean(false);
  auto& s = realm.write_as<CollectionState>(*object);
  s.entries[at] = {Value::absent(), Value::undefined()};
  --s.size;
  return Value::boolean(true);
}

template <Class C>
Value clear(Realm& realm, const Call& call) {
  auto& s = realm.write_as<CollectionState>(*self(realm, call, C));
  for (auto& entry : s.entries) entry = {Value::absent(), Value::undefined()};
  s.size = 0;
  return {};
}

template <Class C>
Value for_each(Realm& realm, const Call& call) {
  Object* object = self(realm, call, C);
  for (size_t i = 0; i < realm.state_as<CollectionState>(*object).entries.size(); ++i) {
    const auto [key, value] = realm.state_as<CollectionState>(*object).entries[i];
    if (!key.is_absent()) realm.call(call.arg(0), call.arg(1), {value, key, call.this_value});
  }
  return {};
}

enum class Kind : uint8_t { kKeys, kValues, kEntries };

template <Class C>
Value iterator(Realm& realm, const Call& call, Kind kind) {
  Object* object = self(realm, call, C);
  return Value::object(make_list_iterator(
      realm, C == Class::kMap ? "%MapIterator%" : "%SetIterator%", [object, kind](Realm& r, double& at) -> std::optional<Value> {
        const auto& entries = r.state_as<CollectionState>(*object).entries;
        for (auto i = static_cast<size_t>(at); i < entries.size(); ++i) {
          const auto [key, value] = entries[i];
          if (key.is_absent()) continue;
          at = static_cast<double>(i + 1);
          if (kind == Kind::kKeys) return key;
          if (kind == Kind::kValues) return value;
          return Value::object(r.new_array({key, value}));
        }
        at = static_cast<double>(entries.size());
        return std::nullopt;
      }));
}

template <Class C>
Object* install(Realm& realm) {
  auto* proto_state = new ObjectState;
  proto_state->proto = realm.intrinsic("Object");
  Object* prototype = realm.adopt_object(new Object(Class::kObject), proto_state);
  make_constructor(realm, class_name(C), 0, constructor<C>, prototype);
  realm.define(prototype, Key(realm.well_known("toStringTag")), realm.string(class_name(C)), false);
  realm.define_native(prototype, keyed(C) ? "set" : "add", keyed(C) ? 2 : 1, set<C>);
  if (keyed(C)) realm.define_native(prototype, "get", 1, [](Realm& r, const Call& c) { return look_up<C>(r, c, true); });
  realm.define_native(prototype, "has", 1, [](Realm& r, const Call& c) { return look_up<C>(r, c, false); });
  realm.define_native(prototype, "delete", 1, remove<C>);
  if (C == Class::kWeakMap || C == Class::kWeakSet) return prototype;
  realm.define_native(prototype, "clear", 0, clear<C>);
  realm.define_native(prototype, "forEach", 1, for_each<C>);
  realm.define_getter(prototype, realm.key("size"), [](Realm& r, const Call& c) {
    return Value::number(static_cast<double>(r.state_as<CollectionState>(*self(r, c, C)).size));
  });
  const auto iterator_function = [&](const char* name, NativeFn fn) {
    realm.define_native(prototype, name, 0, fn);
    return realm.get(prototype, name);
  };
  iterator_function("keys", [](Realm& r, const Call& c) { return iterator<C>(r, c, Kind::kKeys); });
  const Value values = iterator_function("values", [](Realm& r, const Call& c) { return iterator<C>(r, c, Kind::kValues); });
  const Value entries = iterator_function("entries", [](Realm& r, const Call& c) { return iterator<C>(r, c, Kind::kEntries); });
  realm.define(prototype, Key(realm.well_known("iterator")), C == Class::kMap ? entries : values, false);
  return prototype;
}

Value weak_ref(Realm& realm, const Call& call) {
  auto* state = new BoxState;
  state->proto = prototype_for(realm, call, "WeakRef");
  state->value = call.arg(0);
  return Value::object(realm.adopt_object(new Object(Class::kHost), state));
}

}  // namespace

void install_collections(Realm& realm) {
  install<Class::kMap>(realm);
  install<Class::kSet>(realm);
  install<Class::kWeakMap>(realm);
  install<Class::kWeakSet>(realm);
  Object* reference = realm.new_object();
  make_constructor(realm, "WeakRef", 1, weak_ref, reference);
  realm.define_native(reference, "deref", 0, [](Realm& r, const Call& c) { return r.state_as<BoxState>(*r.to_object(c.this_value)).value; });
}

}  // namespace jsxdp::eval::builtins
