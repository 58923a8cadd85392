// Look-ups by a key that only the request knows. What is found depends on the
// key's text alone, so the result is a choice with one alternative for each
// property of the object and of its prototypes, and one for none of them.
#include <cmath>
#include <set>

#include "eval/operators.h"
#include "eval/realm_impl.h"

namespace jsxdp::eval {
namespace {

using ir::Op;

constexpr size_t kMaxCases = 4096;

// The string keys of an object and its prototypes, nearest first, each once.
std::vector<Key> reachable_keys(Realm& realm, Object* object) {
  std::vector<Key> out;
  std::set<const Str*> seen;
  for (Object* o = object; o; o = realm.proto(o)) {
    if (o->object_class() == Class::kProxy) {
      realm.refuse("JX1210", "a Proxy is asked for a property whose name only the request knows",
                   "use a plain object as the dictionary");
    }
    for (const Key& k : realm.own_keys(o)) {
      if (!k.is_symbol() && seen.insert(k.string()).second) out.push_back(k);
    }
  }
  if (out.size() > kMaxCases) {
    realm.refuse("JX1502",
                 "a dictionary of " + std::to_string(out.size()) +
                     " entries is too big to look up in the kernel",
                 "keep it below " + std::to_string(kMaxCases) + " entries, or use a table");
  }
  return out;
}

// Which of `keys` a string is: the position, or keys.size().
const ir::Expr* string_case(Realm& realm, const ir::Expr* text, const std::vector<Key>& keys) {
  ir::Expr expr{};
  expr.op = Op::StrCase;
  expr.type = ir::Type::kIndex;
  expr.args = {text};
  for (const Key& k : keys) expr.cases.push_back(realm.wtf8(k.string()));
  return realm.pool().make(std::move(expr));
}

Value by_string(Realm& realm, Object* object, Value base, const ir::Expr* text) {
  const std::vector<Key> keys = reachable_keys(realm, object);
  std::vector<Value> alts;
  for (const Key& k : keys) alts.push_back(realm.get(object, k, base));
  alts.emplace_back();
  if (keys.empty()) return {};
  return realm.make_choice(string_case(realm, text, keys), std::move(alts));
}

// Only keys that are the text of a number can be found by a number.
Value by_number(Realm& realm, Object* object, Value base, const ir::Expr* number) {
  ir::Expr expr{};
  expr.op = Op::NumCase;
  expr.type = ir::Type::kIndex;
  expr.args = {number};
  std::vector<Value> alts;
  for (const Key& k : reachable_keys(realm, object)) {
    const double n = realm.string_to_number(k.string()->text);
    if (realm.number_to_string(n) != k.string()->text) continue;
    if (std::isnan(n))
      realm.refuse(
          "JX1210",
          "this dictionary has a property named NaN, and its key is a number of the request");
    expr.num_cases.push_back(n);
    alts.push_back(realm.get(object, k, base));
  }
  if (alts.empty()) return {};
  alts.emplace_back();
  return realm.make_choice(realm.pool().make(std::move(expr)), std::move(alts));
}

// text[n]: a character where n is an index, else undefined.
Value character(Realm& realm, Value text, const ir::Expr* n) {
  auto& pool = realm.pool();
  const ir::Expr* s = realm.str_expr(text);
  const ir::Expr* inside =
      pool.both(pool.op(Op::NumIsInteger, {n}),
                pool.both(pool.op(Op::NumLe, {pool.number(0), n}),
                          pool.op(Op::NumLt, {n, pool.op(Op::StrLength, {s})})));
  return realm.make_choice(inside,
                           {Value::undefined(), Value::unknown(pool.op(Op::CharAt, {s, n}))});
}

}  // namespace

Value unknown_get(Realm& realm, Value base, Value key) {
  base = realm.force(base);
  const ir::Expr* k = key.as_unknown();
  if (base.is_nullish()) {
    realm.throw_type_error(std::string("Cannot read properties of ") +
                           (base.is_null() ? "null" : "undefined"));
  }
  if (k->type == ir::Type::kBool) {
    return realm.make_choice(
        k, {realm.get(base, realm.key("false")), realm.get(base, realm.key("true"))});
  }
  const bool text =
      base.is_string() || (base.is_unknown() && base.as_unknown()->type == ir::Type::kStr);
  if (text && k->type == ir::Type::kNum) return character(realm, base, k);
  if (base.is_unknown()) {
    realm.refuse("JX1210", "both the text and the property's name depend on the request here",
                 "use charAt() or slice()");
  }
  Object* object = realm.to_object(base);
  return k->type == ir::Type::kNum ? by_number(realm, object, base, k)
                                   : by_string(realm, object, base, k);
}

Value unknown_in(Realm& realm, Value key, Object* object) {
  const ir::Expr* k = key.as_unknown();
  if (k->type == ir::Type::kBool) {
    return realm.make_choice(k, {Value::boolean(realm.has(object, realm.key("false"))),
                                 Value::boolean(realm.has(object, realm.key("true")))});
  }
  if (k->type == ir::Type::kNum) k = realm.pool().op(Op::NumToStr, {k});
  const std::vector<Key> keys = reachable_keys(realm, object);
  if (keys.empty()) return Value::boolean(false);
  auto& pool = realm.pool();
  return Value::unknown(
      pool.negate(pool.index_is(string_case(realm, k, keys), static_cast<uint32_t>(keys.size()))));
}

}  // namespace jsxdp::eval
