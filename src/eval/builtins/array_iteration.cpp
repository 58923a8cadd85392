// Array: the methods that take a callback, and sorting.
#include <algorithm>

#include "eval/builtins/builtins.h"
#include "eval/realm_impl.h"

namespace jsxdp::eval::builtins {
namespace {

Value number(size_t i) { return Value::number(static_cast<double>(i)); }

// The elements as they are: holes and, for methods that know of them, elements
// that are there in some cases only.
std::vector<Value> raw_elements(Realm& realm, Value self, bool& conditional) {
  self = realm.force(self);
  if (self.is_object() && self.as_object()->object_class() == Class::kArray) {
    const auto& s = realm.state_as<ArrayState>(*self.as_object());
    conditional = s.conditional;
    return s.elements;
  }
  conditional = false;
  return array_like(realm, Value::object(realm.to_object(self)));
}

void check_callback(Realm& realm, Value f) {
  f = realm.force(f);
  if (!realm.callable(f)) realm.throw_type_error(describe(f) + " is not a function");
}

Value finish(Realm& realm, std::vector<Value> elements, bool conditional) {
  Object* made = realm.new_array(std::move(elements));
  if (conditional) realm.write_as<ArrayState>(*made).conditional = true;
  return Value::object(made);
}

Value map(Realm& realm, const Call& call) {
  check_callback(realm, call.arg(0));
  bool conditional = false;
  const std::vector<Value> all = raw_elements(realm, call.this_value, conditional);
  if (conditional && realm.known_number(realm.get(call.arg(0), realm.key("length")), "length") > 1) {
    // The callback takes the index, which depends on what stands before.
    return map(realm, Call{finish(realm, realm.elements(call.this_value.as_object()), false), call.args, nullptr, call.callee});
  }
  std::vector<Value> out;
  for (size_t i = 0; i < all.size(); ++i) {
    const Value v = realm.resolve(all[i]);
    if (v.is_absent()) {
      out.push_back(v);
      continue;
    }
    if (!conditional || !v.is_choice()) {
      out.push_back(realm.call(call.arg(0), call.arg(1), {v, number(i), call.this_value}));
      continue;
    }
    out.push_back(realm.distribute(v, [&](Value each) {
      return each.is_absent() ? each : realm.call(call.arg(0), call.arg(1), {each, number(i), call.this_value});
    }));
  }
  return finish(realm, std::move(out), conditional);
}

Value filter(Realm& realm, const Call& call) {
  check_callback(realm, call.arg(0));
  bool conditional = false;
  const std::vector<Value> all = raw_elements(realm, call.this_value, conditional);
  std::vector<Value> out;
  bool maybe = false;
  const auto keep = [&](Value v, size_t i) -> Value {
    if (v.is_absent()) return v;
    const Value verdict = realm.resolve(realm.to_boolean(realm.call(call.arg(0), call.arg(1), {v, number(i), call.this_value})));
    if (verdict.is_unknown()) return realm.make_choice(verdict.as_unknown(), {Value::absent(), v});
    return verdict.as_bool() ? v : Value::absent();
  };
  for (size_t i = 0; i < all.size(); ++i) {
    const Value v = realm.resolve(all[i]);
    // Alternatives one by one, so that `[cond && "a"].filter(Boolean)` keeps "a" known.
    const std::function<Value(Value)> each = [&](Value x) -> Value {
      x = realm.resolve(x);
      if (!x.is_choice()) return keep(x, i);
      return realm.fork(x.as_choice()->selector, static_cast<uint32_t>(x.as_choice()->alts.size()),
                        [&](uint32_t k) { return each(x.as_choice()->alts[std::min<size_t>(k, x.as_choice()->alts.size() - 1)]); });
    };
    const Value kept = each(v);
    if (kept.is_absent()) continue;
    const std::function<bool(Value)> has_absent = [&](Value x) {
      return x.is_absent() || (x.is_choice() && std::ranges::any_of(x.as_choice()->alts, has_absent));
    };
    maybe = maybe || has_absent(kept);
    out.push_back(kept);
  }
  return finish(realm, std::move(out), maybe);
}

Value for_each(Realm& realm, const Call& call) {
  check_callback(realm, call.arg(0));
  const std::vector<Value> all = realm.force(call.this_value).is_object() && realm.force(call.this_value).as_object()->object_class() == Class::kArray
                                     ? realm.elements(realm.force(call.this_value).as_object())
                                     : array_like(realm, Value::object(realm.to_object(call.this_value)));
  for (size_t i = 0; i < all.size(); ++i) {
    if (!all[i].is_absent()) realm.call(call.arg(0), call.arg(1), {all[i], number(i), call.this_value});
  }
  return Value::undefined();
}

std::vector<Value> plain_elements(Realm& realm, const Call& call) {
  const Value self = realm.force(call.this_value);
  if (self.is_object() && self.as_object()->object_class() == Class::kArray) return realm.elements(self.as_object());
  return array_like(realm, Value::object(realm.to_object(self)));
}

// some, every: the verdicts joined; callbacks behind an undecided one run under
// its condition, as JavaScript would run them.
Value quantifier(Realm& realm, const Call& call, const std::vector<Value>& all, size_t at, bool some) {
  for (size_t i = at; i < all.size(); ++i) {
    if (all[i].is_absent()) continue;
    const Value verdict = realm.resolve(realm.to_boolean(realm.call(call.arg(0), call.arg(1), {all[i], number(i), call.this_value})));
    if (verdict.is_unknown()) {
      return realm.fork(verdict.as_unknown(), 2, [&](uint32_t v) {
        return (v == 1) == some ? Value::boolean(some) : quantifier(realm, call, all, i + 1, some);
      });
    }
    if (verdict.as_bool() == some) return Value::boolean(some);
  }
  return Value::boolean(!some);
}

Value find(Realm& realm, const Call& call, const std::vector<Value>& all, const std::vector<size_t>& order, size_t at, bool index) {
  for (size_t k = at; k < order.size(); ++k) {
    const size_t i = order[k];
    const Value v = all[i].is_absent() ? Value::undefined() : all[i];
    const Value verdict = realm.resolve(realm.to_boolean(realm.call(call.arg(0), call.arg(1), {v, number(i), call.this_value})));
    const Value hit = index ? number(i) : v;
    if (verdict.is_unknown()) {
      return realm.fork(verdict.as_unknown(), 2, [&](uint32_t taken) {
        return taken ? hit : find(realm, call, all, order, k + 1, index);
      });
    }
    if (verdict.as_bool()) return hit;
  }
  return index ? Value::number(-1) : Value::undefined();
}

Value find_any(Realm& realm, const Call& call, bool index, bool last) {
  check_callback(realm, call.arg(0));
  const std::vector<Value> all = plain_elements(realm, call);
  std::vector<size_t> order;
  for (size_t i = 0; i < all.size(); ++i) order.push_back(last ? all.size() - 1 - i : i);
  return find(realm, call, all, order, 0, index);
}

Value reduce(Realm& realm, const Call& call, bool right) {
  check_callback(realm, call.arg(0));
  const std::vector<Value> all = plain_elements(realm, call);
  std::vector<size_t> order;
  for (size_t i = 0; i < all.size(); ++i) {
    const size_t k = right ? all.size() - 1 - i : i;
    if (!all[k].is_absent()) order.push_back(k);
  }
  size_t at = 0;
  Value out = call.arg(1);
  if (call.args.size() < 2) {
    if (order.empty()) realm.throw_type_error("Reduce of empty array with no initial value");
    out = all[order[at++]];
  }
  for (; at < order.size(); ++at) out = realm.call(call.arg(0), {}, {out, all[order[at]], number(order[at]), call.this_value});
  return out;
}

Value flat_map(Realm& realm, const Call& call) {
  check_callback(realm, call.arg(0));
  std::vector<Value> out;
  const std::vector<Value> all = plain_elements(realm, call);
  for (size_t i = 0; i < all.size(); ++i) {
    const Value v = realm.force(realm.call(call.arg(0), call.arg(1), {all[i], number(i), call.this_value}));
    if (v.is_object() && v.as_object()->object_class() == Class::kArray) {
      for (const Value& each : realm.elements(v.as_object())) out.push_back(each);
    } else {
      out.push_back(v);
    }
  }
  return finish(realm, std::move(out), false);
}

// Merge sort: stable, and calls the comparator only on pairs that it needs. The
// order of calls differs from an engine's, which a pure comparator cannot see.
std::vector<Value> sorted(Realm& realm, std::vector<Value> all, Value comparator) {
  std::vector<Value> defined;
  size_t undefined = 0, holes = 0;
  for (const Value& v : all) {
    const Value each = realm.force(v);
    if (each.is_absent()) {
      ++holes;
    } else if (each.is_undefined()) {
      ++undefined;
    } else {
      defined.push_back(each);
    }
  }
  if (comparator.is_undefined()) {
    std::vector<std::pair<const Str*, Value>> keyed;
    for (const Value& v : defined) keyed.emplace_back(realm.known_string(v, "a value to sort by"), v);
    std::ranges::stable_sort(keyed, [](const auto& a, const auto& b) { return a.first->text < b.first->text; });
    for (size_t i = 0; i < keyed.size(); ++i) defined[i] = keyed[i].second;
  } else {
    const auto less = [&](Value a, Value b) {
      return realm.known_number(realm.call(comparator, {}, {a, b}), "the order of these values") < 0;
    };
    // By hand: a comparator that is no order must not upset the library's sort.
    const std::function<void(size_t, size_t)> sort = [&](size_t from, size_t to) {
      if (to - from < 2) return;
      const size_t middle = (from + to) / 2;
      sort(from, middle);
      sort(middle, to);
      std::vector<Value> merged;
      size_t i = from, k = middle;
      while (i < middle && k < to) merged.push_back(less(defined[k], defined[i]) ? defined[k++] : defined[i++]);
      while (i < middle) merged.push_back(defined[i++]);
      while (k < to) merged.push_back(defined[k++]);
      std::ranges::copy(merged, defined.begin() + static_cast<ptrdiff_t>(from));
    };
    sort(0, defined.size());
  }
  defined.insert(defined.end(), undefined, Value::undefined());
  defined.insert(defined.end(), holes, Value::absent());
  return defined;
}

Value sort(Realm& realm, const Call& call) {
  const Value self = realm.force(call.this_value);
  if (!self.is_object() || self.as_object()->object_class() != Class::kArray) realm.refuse("JX1209", "sort is only supported on arrays");
  std::vector<Value> out = sorted(realm, realm.elements(self.as_object()), realm.force(call.arg(0)));
  auto& s = realm.write_as<ArrayState>(*self.as_object());
  if (s.frozen) realm.throw_type_error("Cannot assign to read only property '0' of object '[object Array]'");
  s.elements = std::move(out);
  return self;
}

}  // namespace

void install_array_iteration(Realm& realm) {
  Object* prototype = realm.intrinsic("Array");
  const auto fn = [&](const char* name, int length, NativeFn f) { realm.define_native(prototype, name, length, f); };
  fn("map", 1, map);
  fn("filter", 1, filter);
  fn("forEach", 1, for_each);
  fn("some", 1, [](Realm& r, const Call& c) {
    check_callback(r, c.arg(0));
    return quantifier(r, c, plain_elements(r, c), 0, true);
  });
  fn("every", 1, [](Realm& r, const Call& c) {
    check_callback(r, c.arg(0));
    return quantifier(r, c, plain_elements(r, c), 0, false);
  });
  fn("find", 1, [](Realm& r, const Call& c) { return find_any(r, c, false, false); });
  fn("findIndex", 1, [](Realm& r, const Call& c) { return find_any(r, c, true, false); });
  fn("findLast", 1, [](Realm& r, const Call& c) { return find_any(r, c, false, true); });
  fn("findLastIndex", 1, [](Realm& r, const Call& c) { return find_any(r, c, true, true); });
  fn("reduce", 1, [](Realm& r, const Call& c) { return reduce(r, c, false); });
  fn("reduceRight", 1, [](Realm& r, const Call& c) { return reduce(r, c, true); });
  fn("flatMap", 1, flat_map);
  fn("sort", 1, sort);
  fn("toSorted", 1, [](Realm& r, const Call& c) { return finish(r, sorted(r, plain_elements(r, c), r.force(c.arg(0))), false); });
}

}  // namespace jsxdp::eval::builtins
