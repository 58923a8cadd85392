// Array: construction, and the methods that take no callback.
#include <algorithm>
#include <cmath>

#include "eval/builtins/builtins.h"
#include "eval/realm_impl.h"

namespace jsxdp::eval::builtins {
namespace {

ArrayState& own_array(Realm& realm, Value v) {
  v = realm.force(v);
  if (!v.is_object() || v.as_object()->object_class() != Class::kArray) {
    realm.refuse("JX1209", "this array method is only supported on arrays");
  }
  realm.elements(v.as_object());  // forks on conditional arrays
  auto& s = realm.write_as<ArrayState>(*v.as_object());
  if (s.frozen || !s.extensible) realm.throw_type_error("Cannot add property, object is not extensible");
  return s;
}

bool is_array(Value v) { return v.is_object() && v.as_object()->object_class() == Class::kArray; }

Value make(Realm& realm, std::vector<Value> elements) { return Value::object(realm.new_array(std::move(elements))); }

Value array_constructor(Realm& realm, const Call& call) {
  std::vector<Value> out;
  const Value first = realm.force(call.arg(0));
  if (call.args.size() == 1 && (first.is_number() || first.is_unknown())) {
    const double n = realm.known_number(first, "the array's length");
    if (n < 0 || n != static_cast<double>(static_cast<uint32_t>(n))) realm.throw_range_error("Invalid array length");
    realm.burn(static_cast<uint32_t>(n));
    out.assign(static_cast<size_t>(n), Value::absent());
  } else {
    out.assign(call.args.begin(), call.args.end());
  }
  Object* made = realm.new_array(std::move(out));
  if (call.new_target && call.new_target != call.callee) realm.set_proto(made, prototype_for(realm, call, "Array"));
  return Value::object(made);
}

Value from(Realm& realm, const Call& call) {
  const Value source = realm.force(call.arg(0));
  const Value mapper = call.arg(1);
  std::vector<Value> items;
  if (source.is_nullish()) realm.throw_type_error("undefined is not iterable");
  if (!realm.get(source, Key(realm.well_known("iterator"))).is_nullish()) {
    items = realm.list_from(source);
  } else {
    items = array_like(realm, Value::object(realm.to_object(source)));
  }
  if (!mapper.is_undefined()) {
    for (size_t i = 0; i < items.size(); ++i) items[i] = realm.call(mapper, call.arg(2), {items[i], Value::number(static_cast<double>(i))});
  }
  return make(realm, std::move(items));
}

Value push(Realm& realm, const Call& call) {
  const Value self = realm.force(call.this_value);
  if (is_array(self)) {
    // Appending works on conditional arrays as they are.
    const auto& before = realm.state_as<ArrayState>(*self.as_object());
    if (before.frozen || !before.extensible) realm.throw_type_error("Cannot add property, object is not extensible");
    auto& s = realm.write_as<ArrayState>(*self.as_object());
    s.elements.insert(s.elements.end(), call.args.begin(), call.args.end());
    return s.conditional ? Value::undefined() : Value::number(static_cast<double>(s.elements.size()));
  }
  Object* object = realm.to_object(self);
  size_t length = length_of(realm, object);
  for (const Value& v : call.args) realm.set(object, realm.index_key(static_cast<uint32_t>(length++)), v);
  realm.set(object, "length", Value::number(static_cast<double>(length)));
  return Value::number(static_cast<double>(length));
}

Value pop(Realm& realm, const Call& call) {
  auto& s = own_array(realm, call.this_value);
  if (s.elements.empty()) return Value::undefined();
  const Value v = s.elements.back();
  s.elements.pop_back();
  return v.is_absent() ? Value::undefined() : v;
}

Value shift(Realm& realm, const Call& call) {
  auto& s = own_array(realm, call.this_value);
  if (s.elements.empty()) return Value::undefined();
  const Value v = s.elements.front();
  s.elements.erase(s.elements.begin());
  return v.is_absent() ? Value::undefined() : v;
}

Value unshift(Realm& realm, const Call& call) {
  auto& s = own_array(realm, call.this_value);
  s.elements.insert(s.elements.begin(), call.args.begin(), call.args.end());
  return Value::number(static_cast<double>(s.elements.size()));
}

double index_arg(Realm& realm, Value v, double fallback) {
  v = realm.force(v);
  return v.is_undefined() ? fallback : realm.to_integer(realm.known_number(v, "this index"));
}

Value slice(Realm& realm, const Call& call) {
  const std::vector<Value> all = array_like(realm, call.this_value);
  const size_t begin = relative_index(index_arg(realm, call.arg(0), 0), all.size());
  const size_t end = relative_index(index_arg(realm, call.arg(1), static_cast<double>(all.size())), all.size());
  if (begin >= end) return make(realm, {});
  return make(realm, {all.begin() + static_cast<ptrdiff_t>(begin), all.begin() + static_cast<ptrdiff_t>(end)});
}

Value splice_into(Realm& realm, std::vector<Value>& all, const Call& call) {
  const size_t begin = relative_index(index_arg(realm, call.arg(0), 0), all.size());
  const double rest = static_cast<double>(all.size() - begin);
  double count = call.args.empty() ? 0 : call.args.size() == 1 ? rest : index_arg(realm, call.arg(1), 0);
  count = std::clamp(count, 0.0, rest);
  const auto at = all.begin() + static_cast<ptrdiff_t>(begin);
  std::vector<Value> removed(at, at + static_cast<ptrdiff_t>(count));
  all.erase(at, at + static_cast<ptrdiff_t>(count));
  if (call.args.size() > 2) all.insert(all.begin() + static_cast<ptrdiff_t>(begin), call.args.begin() + 2, call.args.end());
  return make(realm, std::move(removed));
}

Value splice(Realm& realm, const Call& call) {
  for (size_t i = 0; i < 2; ++i) index_arg(realm, call.arg(i), 0);
  auto& s = own_array(realm, call.this_value);
  std::vector<Value> all = s.elements;
  const Value removed = splice_into(realm, all, call);
  realm.write_as<ArrayState>(*call.this_value.as_object()).elements = std::move(all);
  return removed;
}

Value concat(Realm& realm, const Call& call) {
  std::vector<Value> out;
  bool conditional = false;
  const auto add = [&](Value v) {
    v = realm.force(v);
    if (!is_array(v)) {
      out.push_back(v);
      return;
    }
    const auto& s = realm.state_as<ArrayState>(*v.as_object());
    conditional = conditional || s.conditional;
    out.insert(out.end(), s.elements.begin(), s.elements.end());
  };
  add(call.this_value);
  for (const Value& v : call.args) add(v);
  Object* made = realm.new_array(std::move(out));
  if (conditional) realm.write_as<ArrayState>(*made).conditional = true;
  return Value::object(made);
}

// One element's text in join: undefined and null are empty.
Value join_text(Realm& realm, Value v) {
  v = realm.resolve(v);
  if (v.is_choice()) {
    std::vector<Value> alts;
    for (const Value& a : v.as_choice()->alts) alts.push_back(a.is_absent() ? a : join_text(realm, a));
    return realm.make_choice(v.as_choice()->selector, std::move(alts));
  }
  if (v.is_nullish() || v.is_absent()) return realm.string("");
  return realm.to_string(v);
}

// Whether a conditional element is there: a known bool or a kBool expression.
Value presence(Realm& realm, Value v) {
  v = realm.resolve(v);
  if (!v.is_choice()) return Value::boolean(!v.is_absent());
  std::vector<Value> alts;
  for (const Value& a : v.as_choice()->alts) alts.push_back(presence(realm, a));
  return realm.make_choice(v.as_choice()->selector, std::move(alts));
}

Value join(Realm& realm, const Call& call) {
  const Value self = realm.force(call.this_value);
  Value separator = realm.force(call.arg(0));
  separator = separator.is_undefined() ? realm.string(",") : realm.to_string(separator);
  if (self.is_object()) {
    for (const Object* open : realm.impl().joining) {
      if (open == self.as_object()) return realm.string("");  // a cycle
    }
  }
  struct Open {
    std::vector<const Object*>& list;
    Open(std::vector<const Object*>& l, const Object* o) : list(l) { list.push_back(o); }
    ~Open() { list.pop_back(); }
  } open(realm.impl().joining, self.is_object() ? self.as_object() : nullptr);
  if (is_array(self) && realm.state_as<ArrayState>(*self.as_object()).conditional) {
    const std::vector<Value> items = realm.state_as<ArrayState>(*self.as_object()).elements;
    Value out = realm.string("");
    Value any = Value::boolean(false);  // whether an element stands before
    for (const Value& item : items) {
      const Value here = presence(realm, item);
      const auto piece = [&](Value present_item) {
        const Value text = join_text(realm, present_item);
        if (any.is(Tag::kBool)) return any.as_bool() ? realm.add(separator, text) : text;
        return realm.make_choice(any.as_unknown(), {text, realm.add(separator, text)});
      };
      const Value added = realm.distribute(realm.resolve(item), [&](Value v) { return v.is_absent() ? realm.string("") : piece(v); });
      out = realm.add(out, added);
      if (here.is(Tag::kBool)) {
        if (here.as_bool()) any = here;
      } else if (any.is_unknown()) {
        any = Value::unknown(realm.pool().either(any.as_unknown(), here.as_unknown()));
      } else if (!any.as_bool()) {
        any = here;
      }
    }
    return out;
  }
  Value out = realm.string("");
  bool first = true;
  for (const Value& v : array_like(realm, Value::object(realm.to_object(self)))) {
    if (!first) out = realm.add(out, separator);
    first = false;
    out = realm.add(out, join_text(realm, v));
  }
  return out;
}

Value reversed(std::vector<Value> all, Realm& realm) {
  std::ranges::reverse(all);
  return make(realm, std::move(all));
}

Value reverse(Realm& realm, const Call& call) {
  auto& s = own_array(realm, call.this_value);
  std::ranges::reverse(s.elements);
  return call.this_value;
}

Value index_of(Realm& realm, const Call& call, bool last) {
  const std::vector<Value> all = array_like(realm, call.this_value);
  const double fallback = last ? static_cast<double>(all.size()) - 1 : 0;
  const double start = index_arg(realm, call.args.size() > 1 ? call.arg(1) : Value::undefined(), fallback);
  const auto test = [&](size_t i) { return realm.resolve(realm.strict_equals(all[i], call.arg(0))); };
  Value result = Value::number(-1);
  // From the last candidate to the first: each undecided test chooses between itself
  // and what follows.
  std::vector<size_t> order;
  if (last) {
    const double from = start < 0 ? start + static_cast<double>(all.size()) : std::min(start, static_cast<double>(all.size()) - 1);
    for (double i = from; i >= 0; --i) order.push_back(static_cast<size_t>(i));
  } else {
    for (size_t i = relative_index(start, all.size()); i < all.size(); ++i) order.push_back(i);
  }
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    const Value hit = test(*i);
    const Value at = Value::number(static_cast<double>(*i));
    if (hit.is_unknown()) {
      result = realm.make_choice(hit.as_unknown(), {result, at});
    } else if (hit.as_bool()) {
      result = at;
    }
  }
  return result;
}

Value includes(Realm& realm, const Call& call) {
  const std::vector<Value> all = array_like(realm, call.this_value);
  const Value wanted = realm.resolve(call.arg(0));
  Value out = Value::boolean(false);
  for (size_t i = relative_index(index_arg(realm, call.arg(1), 0), all.size()); i < all.size(); ++i) {
    const Value v = realm.resolve(all[i]);
    Value hit;
    if (v.is_known() && wanted.is_known()) {
      hit = Value::boolean(realm.same_value_zero(v, wanted));
    } else {
      hit = realm.strict_equals(v, wanted);
      const auto numeric = [](Value x) { return x.is_number() || (x.is_unknown() && x.as_unknown()->type == ir::Type::kNum); };
      if (numeric(v) && numeric(wanted)) {  // SameValueZero: NaN is NaN
        auto& pool = realm.pool();
        const ir::Expr *a = realm.num_expr(v), *b = realm.num_expr(wanted);
        hit = Value::unknown(pool.either(pool.op(ir::Op::NumEq, {a, b}),
                                         pool.both(pool.op(ir::Op::NumIsNaN, {a}), pool.op(ir::Op::NumIsNaN, {b}))));
      }
    }
    hit = realm.resolve(hit);
    if (hit.is(Tag::kBool)) {
      if (hit.as_bool()) return hit;
    } else {
      out = out.is_unknown() ? Value::unknown(realm.pool().either(out.as_unknown(), hit.as_unknown())) : hit;
    }
  }
  return out;
}

Value at(Realm& realm, const Call& call) {
  const Value index = realm.force(call.arg(0));
  const std::vector<Value> all = array_like(realm, call.this_value);
  if (index.is_unknown()) realm.known(index, "this index");
  const double n = realm.to_integer(realm.known_number(index, "this index"));
  const double i = n < 0 ? n + static_cast<double>(all.size()) : n;
  return i >= 0 && i < static_cast<double>(all.size()) ? all[static_cast<size_t>(i)] : Value::undefined();
}

Value fill(Realm& realm, const Call& call) {
  auto& s = own_array(realm, call.this_value);
  const size_t begin = relative_index(index_arg(realm, call.arg(1), 0), s.elements.size());
  const size_t end = relative_index(index_arg(realm, call.arg(2), static_cast<double>(s.elements.size())), s.elements.size());
  for (size_t i = begin; i < end; ++i) s.elements[i] = call.arg(0);
  return call.this_value;
}

void flatten(Realm& realm, Value v, double depth, std::vector<Value>& out) {
  v = realm.force(v);
  if (!is_array(v) || depth < 0) {
    out.push_back(v);
    return;
  }
  for (const Value& each : realm.elements(v.as_object())) {
    if (!each.is_absent()) {
      if (depth < 1) {
        out.push_back(each);
      } else {
        flatten(realm, each, depth - 1, out);
      }
    }
  }
}

Value flat(Realm& realm, const Call& call) {
  std::vector<Value> out;
  const double depth = index_arg(realm, call.arg(0), 1);
  for (const Value& v : array_like(realm, call.this_value)) {
    if (depth >= 1) {
      flatten(realm, v, depth - 1, out);
    } else {
      out.push_back(v);
    }
  }
  return make(realm, std::move(out));
}

Value with(Realm& realm, const Call& call) {
  std::vector<Value> all = array_like(realm, call.this_value);
  const double n = index_arg(realm, call.arg(0), 0);
  const double i = n < 0 ? n + static_cast<double>(all.size()) : n;
  if (i < 0 || i >= static_cast<double>(all.size())) realm.throw_range_error("Invalid index : " + std::to_string(static_cast<int>(n)));
  all[static_cast<size_t>(i)] = call.arg(1);
  return make(realm, std::move(all));
}

}  // namespace

void install_array(Realm& realm) {
  Object* prototype = realm.new_array({});
  realm.set_proto(prototype, realm.intrinsic("Object"));
  NativeFunction* constructor = make_constructor(realm, "Array", 1, array_constructor, prototype);
  realm.define_native(constructor, "isArray", 1, [](Realm& r, const Call& c) { return Value::boolean(is_array(r.force(c.arg(0)))); });
  realm.define_native(constructor, "of", 0, [](Realm& r, const Call& c) { return make(r, {c.args.begin(), c.args.end()}); });
  realm.define_native(constructor, "from", 1, from);
  const auto fn = [&](const char* name, int length, NativeFn f) { realm.define_native(prototype, name, length, f); };
  fn("push", 1, push);
  fn("pop", 0, pop);
  fn("shift", 0, shift);
  fn("unshift", 1, unshift);
  fn("slice", 2, slice);
  fn("splice", 2, splice);
  fn("toSpliced", 2, [](Realm& r, const Call& c) {
    std::vector<Value> all = array_like(r, c.this_value);
    splice_into(r, all, c);
    return make(r, std::move(all));
  });
  fn("concat", 1, concat);
  fn("join", 1, join);
  fn("toString", 0, [](Realm& r, const Call& c) { return join(r, Call{c.this_value, {}, nullptr, c.callee}); });
  fn("toLocaleString", 0, [](Realm& r, const Call& c) { return join(r, Call{c.this_value, {}, nullptr, c.callee}); });
  fn("reverse", 0, reverse);
  fn("toReversed", 0, [](Realm& r, const Call& c) { return reversed(array_like(r, c.this_value), r); });
  fn("indexOf", 1, [](Realm& r, const Call& c) { return index_of(r, c, false); });
  fn("lastIndexOf", 1, [](Realm& r, const Call& c) { return index_of(r, c, true); });
  fn("includes", 1, includes);
  fn("at", 1, at);
  fn("fill", 1, fill);
  fn("flat", 0, flat);
  fn("with", 2, with);
}

}  // namespace jsxdp::eval::builtins
