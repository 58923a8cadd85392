// Iterators of arrays, strings, maps and sets, and the prototypes of generators.
#include "eval/builtins/builtins.h"
#include "eval/generator.h"
#include "eval/realm_impl.h"

namespace jsxdp::eval::builtins {
namespace {

// The position lives in the heap, so that a fork may roll it back.
struct ListIterator final : Object {
  ListIterator() : Object(Class::kIterator) {}
  IteratorStep step;
};

Value next(Realm& realm, const Call& call) {
  auto* self = call.this_value.is_object() ? dynamic_cast<ListIterator*>(call.this_value.as_object()) : nullptr;
  if (!self) realm.throw_type_error("next method called on incompatible receiver");
  const Value at = realm.resolve(realm.state_as<BoxState>(*self).value);
  if (at.is_undefined()) return iterator_result(realm, Value::undefined(), true);
  double position = realm.known_number(at, "an iterator's position");
  const std::optional<Value> value = self->step(realm, position);
  realm.write_as<BoxState>(*self).value = value ? Value::number(position) : Value::undefined();
  return iterator_result(realm, value.value_or(Value::undefined()), !value);
}

enum class Kind : uint8_t { kKeys, kValues, kEntries };

Value array_iterator(Realm& realm, const Call& call, Kind kind) {
  Object* object = realm.to_object(call.this_value);
  return Value::object(make_list_iterator(realm, "%ArrayIterator%", [object, kind](Realm& r, double& at) -> std::optional<Value> {
    if (at >= static_cast<double>(length_of(r, object))) return std::nullopt;
    const Value index = Value::number(at);
    at += 1;
    if (kind == Kind::kKeys) return index;
    const Value v = r.get(object, r.index_key(static_cast<uint32_t>(index.as_number())));
    return kind == Kind::kValues ? v : Value::object(r.new_array({index, v}));
  }));
}

Value string_iterator(Realm& realm, const Call& call) {
  const Value v = realm.force(call.this_value);
  if (v.is_nullish()) realm.throw_type_error("String.prototype[Symbol.iterator] called on null or undefined");
  const Str* text = realm.known_string(realm.to_string(v), "the text to iterate over");
  return Value::object(make_list_iterator(realm, "%StringIterator%", [text](Realm& r, double& at) -> std::optional<Value> {
    const auto i = static_cast<size_t>(at);
    const std::u16string& s = text->text;
    if (i >= s.size()) return std::nullopt;
    const bool pair = s[i] >= 0xD800 && s[i] < 0xDC00 && i + 1 < s.size() && s[i + 1] >= 0xDC00 && s[i + 1] < 0xE000;
    at += pair ? 2 : 1;
    return r.string(s.substr(i, pair ? 2 : 1));
  }));
}

void install_kind(Realm& realm, const char* intrinsic, const char* tag) {
  Object* prototype = realm.new_object(realm.intrinsic("%Iterator%"));
  realm.set_intrinsic(intrinsic, prototype);
  realm.define_native(prototype, "next", 0, next);
  realm.define(prototype, Key(realm.well_known("toStringTag")), realm.string(tag), false);
}

}  // namespace

Object* make_list_iterator(Realm& realm, std::string_view kind, IteratorStep step) {
  auto* iterator = new ListIterator;
  iterator->step = std::move(step);
  auto* state = new BoxState;
  state->proto = realm.intrinsic(kind);
  state->value = Value::number(0);
  return realm.adopt_object(iterator, state);
}

void install_iterators(Realm& realm) {
  const Key iterator(realm.well_known("iterator")), tag(realm.well_known("toStringTag"));
  Object* base = realm.new_object();
  realm.set_intrinsic("%Iterator%", base);
  realm.define(base, iterator,
               Value::object(realm.new_native("[Symbol.iterator]", 0, [](Realm&, const Call& c) { return c.this_value; })), false);
  install_kind(realm, "%ArrayIterator%", "Array Iterator");
  install_kind(realm, "%StringIterator%", "String Iterator");
  install_kind(realm, "%MapIterator%", "Map Iterator");
  install_kind(realm, "%SetIterator%", "Set Iterator");
  install_kind(realm, "%RegExpStringIterator%", "RegExp String Iterator");

  Object* array = realm.intrinsic("Array");
  realm.define_native(array, "keys", 0, [](Realm& r, const Call& c) { return array_iterator(r, c, Kind::kKeys); });
  realm.define_native(array, "entries", 0, [](Realm& r, const Call& c) { return array_iterator(r, c, Kind::kEntries); });
  Object* values = realm.new_native("values", 0, [](Realm& r, const Call& c) { return array_iterator(r, c, Kind::kValues); });
  realm.set_intrinsic("%ArrayValues%", values);
  realm.define(array, "values", Value::object(values));
  realm.define(array, iterator, Value::object(values), false);
  realm.define(realm.intrinsic("String"), iterator, Value::object(realm.new_native("[Symbol.iterator]", 0, string_iterator)), false);

  Object* function = realm.new_object(realm.intrinsic("Function"));
  Object* generator = realm.new_object(base);
  realm.set_intrinsic("%GeneratorFunction%", function);
  realm.set_intrinsic("%Generator%", generator);
  realm.define(function, "prototype", Value::object(generator));
  realm.define(function, tag, realm.string("GeneratorFunction"), false);
  realm.define(generator, "constructor", Value::object(function));
  realm.define(generator, tag, realm.string("Generator"), false);
  realm.define_native(generator, "next", 1, [](Realm& r, const Call& c) { return resume_generator(r, c.this_value, Resume::kNext, c.arg(0)); });
  realm.define_native(generator, "return", 1, [](Realm& r, const Call& c) { return resume_generator(r, c.this_value, Resume::kReturn, c.arg(0)); });
  realm.define_native(generator, "throw", 1, [](Realm& r, const Call& c) { return resume_generator(r, c.this_value, Resume::kThrow, c.arg(0)); });
}

}  // namespace jsxdp::eval::builtins
