// Operators (ECMA-262 section 13), over known and unknown values and choices.
#include "eval/operators.h"

#include <cmath>

#include "eval/function.h"
#include "eval/realm_impl.h"

namespace jsxdp::eval {

int32_t to_int32(double n) {
  if (!std::isfinite(n)) return 0;
  const double m = std::fmod(std::trunc(n), 4294967296.0);
  return static_cast<int32_t>(static_cast<uint32_t>(static_cast<int64_t>(m)));
}

namespace {

bool is_str(Value v) {
  return v.is_string() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr);
}

Value unknown_number(Realm& realm, ir::Op op, Value a, Value b) {
  return Value::unknown(realm.pool().op(op, {realm.num_expr(a), realm.num_expr(b)}));
}

// Both operands apart into their alternatives, if they are choices.
Value pairwise(Realm& realm, Value a, Value b, const std::function<Value(Value, Value)>& op) {
  return realm.distribute(
      a, [&](Value x) { return realm.distribute(b, [&](Value y) { return op(x, y); }); });
}

Value negation(Realm& realm, Value v) {
  v = realm.to_boolean(v);
  if (v.is(Tag::kBool)) return Value::boolean(!v.as_bool());
  return Value::unknown(realm.pool().negate(v.as_unknown()));
}

double arithmetic_known(syntax::Op op, double x, double y) {
  using syntax::Op;
  switch (op) {
    case Op::kSub:
      return x - y;
    case Op::kMul:
      return x * y;
    case Op::kDiv:
      return x / y;
    case Op::kMod:
      return std::fmod(x, y);
    case Op::kBitAnd:
      return to_int32(x) & to_int32(y);
    case Op::kBitOr:
      return to_int32(x) | to_int32(y);
    case Op::kBitXor:
      return to_int32(x) ^ to_int32(y);
    case Op::kShl:
      return static_cast<int32_t>(static_cast<uint32_t>(to_int32(x)) << (to_int32(y) & 31));
    case Op::kShr:
      return to_int32(x) >> (to_int32(y) & 31);
    case Op::kUshr:
      return static_cast<uint32_t>(to_int32(x)) >> (to_int32(y) & 31);
    case Op::kExp:
      if (std::isnan(y) || (std::isinf(y) && std::fabs(x) == 1)) return NAN;
      return std::pow(x, y);
    default:
      return NAN;
  }
}

ir::Op ir_op(syntax::Op op) {
  using syntax::Op;
  switch (op) {
    case Op::kSub:
      return ir::Op::Sub;
    case Op::kMul:
      return ir::Op::Mul;
    case Op::kDiv:
      return ir::Op::Div;
    case Op::kMod:
      return ir::Op::Rem;
    case Op::kBitAnd:
      return ir::Op::BitAnd;
    case Op::kBitOr:
      return ir::Op::BitOr;
    case Op::kBitXor:
      return ir::Op::BitXor;
    case Op::kShl:
      return ir::Op::Shl;
    case Op::kShr:
      return ir::Op::Shr;
    case Op::kUshr:
      return ir::Op::Ushr;
    case Op::kExp:
      return ir::Op::Pow;
    default:
      return ir::Op::Add;
  }
}

}  // namespace

Value arithmetic(Realm& realm, syntax::Op op, Value a, Value b) {
  if (op == syntax::Op::kAdd) return realm.add(a, b);
  a = realm.to_numeric(a);
  b = realm.to_numeric(b);
  if (a.is_number() && b.is_number())
    return Value::number(arithmetic_known(op, a.as_number(), b.as_number()));
  if (a.is_choice() || b.is_choice()) {
    return pairwise(realm, a, b, [&](Value x, Value y) { return arithmetic(realm, op, x, y); });
  }
  if (a.is(Tag::kBigInt) || b.is(Tag::kBigInt)) {
    if (a.tag() != b.tag()) {
      realm.throw_type_error("Cannot mix BigInt and other types, use explicit conversions");
    }
    return bigint_binary(realm, op, a.as_bigint(), b.as_bigint());
  }
  return unknown_number(realm, ir_op(op), a, b);
}

Value Realm::add(Value a, Value b) {
  a = to_primitive(a, false);
  b = to_primitive(b, false);
  if (a.is_number() && b.is_number()) return Value::number(a.as_number() + b.as_number());
  if (a.is_string() && b.is_string()) return string(a.as_string()->text + b.as_string()->text);
  if (a.is_choice() || b.is_choice()) {
    return pairwise(*this, a, b, [&](Value x, Value y) { return add(x, y); });
  }
  if (is_str(a) || is_str(b)) {
    a = to_string(a);
    b = to_string(b);
    if (a.is_choice() || b.is_choice()) {
      return pairwise(*this, a, b, [&](Value x, Value y) { return add(x, y); });
    }
    if (a.is_string() && b.is_string()) return string(a.as_string()->text + b.as_string()->text);
    const ir::Expr* joined = pool_->concat({str_expr(a), str_expr(b)});
    return Value::unknown(joined);
  }
  if (a.is(Tag::kBigInt) && b.is(Tag::kBigInt)) {
    return bigint_binary(*this, syntax::Op::kAdd, a.as_bigint(), b.as_bigint());
  }
  if (a.is(Tag::kBigInt) || b.is(Tag::kBigInt)) {
    throw_type_error("Cannot mix BigInt and other types, use explicit conversions");
  }
  a = to_number(a);
  b = to_number(b);
  if (a.is_number() && b.is_number()) return Value::number(a.as_number() + b.as_number());
  return unknown_number(*this, ir::Op::Add, a, b);
}

Value Realm::compare(Value a, Value b, bool left_first, bool less_equal) {
  if (left_first) {
    a = to_primitive(a, false, true);
    b = to_primitive(b, false, true);
  } else {
    b = to_primitive(b, false, true);
    a = to_primitive(a, false, true);
  }
  if (a.is_choice() || b.is_choice()) {
    return pairwise(*this, a, b,
                    [&](Value x, Value y) { return compare(x, y, left_first, less_equal); });
  }
  if (is_str(a) && is_str(b)) {
    if (a.is_string() && b.is_string()) {
      return Value::boolean(less_equal ? a.as_string()->text <= b.as_string()->text
                                       : a.as_string()->text < b.as_string()->text);
    }
    const ir::Expr *x = str_expr(a), *y = str_expr(b);
    if (less_equal) return Value::unknown(pool_->negate(pool_->op(ir::Op::StrLt, {y, x})));
    return Value::unknown(pool_->op(ir::Op::StrLt, {x, y}));
  }
  if (a.is(Tag::kBigInt) || b.is(Tag::kBigInt)) {
    if (a.is_string() || b.is_string()) {
      const Value text = a.is_string() ? a : b;
      const BigInt* parsed = bigint_literal(*this, wtf8(text.as_string()));
      if (!parsed) return Value::boolean(false);
      (a.is_string() ? a : b) = Value::bigint(parsed);
    }
    a = a.is(Tag::kBigInt) ? a : known(to_number(a), "this number");
    b = b.is(Tag::kBigInt) ? b : known(to_number(b), "this number");
    int order = 0;
    if (a.is(Tag::kBigInt) && b.is(Tag::kBigInt)) {
      order = bigint_compare(a.as_bigint(), b.as_bigint());
    } else {
      const double n = a.is_number() ? a.as_number() : b.as_number();
      if (std::isnan(n)) return Value::boolean(false);
      order = a.is_number() ? -bigint_compare_number(b.as_bigint(), n)
                            : bigint_compare_number(a.as_bigint(), n);
    }
    return Value::boolean(less_equal ? order <= 0 : order < 0);
  }
  a = to_number(a);
  b = to_number(b);
  if (a.is_number() && b.is_number()) {
    return Value::boolean(less_equal ? a.as_number() <= b.as_number()
                                     : a.as_number() < b.as_number());
  }
  return Value::unknown(
      pool_->op(less_equal ? ir::Op::NumLe : ir::Op::NumLt, {num_expr(a), num_expr(b)}));
}

Value Realm::strict_equals(Value a, Value b) {
  a = resolve(a);
  b = resolve(b);
  if (a.is_choice() || b.is_choice()) {
    return pairwise(*this, a, b, [&](Value x, Value y) { return strict_equals(x, y); });
  }
  if (a.is_known() && b.is_known()) return Value::boolean(strict_equals_known(a, b));
  const auto type_of_operand = [](Value v) -> std::optional<ir::Type> {
    if (v.is_unknown()) return v.as_unknown()->type;
    if (v.is_string()) return ir::Type::kStr;
    if (v.is_number()) return ir::Type::kNum;
    if (v.is(Tag::kBool)) return ir::Type::kBool;
    return std::nullopt;
  };
  const auto type = type_of_operand(a);
  if (!type || type != type_of_operand(b)) return Value::boolean(false);
  const ir::Expr* result = nullptr;
  if (*type == ir::Type::kStr) {
    result = pool_->op(ir::Op::StrEq, {str_expr(a), str_expr(b)});
  } else if (*type == ir::Type::kNum) {
    result = pool_->op(ir::Op::NumEq, {num_expr(a), num_expr(b)});
  } else {
    const ir::Expr *x = bool_expr(a), *y = bool_expr(b);
    result = pool_->op(ir::Op::SelectBool, {x, pool_->negate(y), y});
  }
  if (const auto value = decided(result)) return Value::boolean(*value != 0);
  return Value::unknown(result);
}

Value Realm::loose_equals(Value a, Value b) {
  a = resolve(a);
  b = resolve(b);
  if (a.is_choice() || b.is_choice()) {
    return pairwise(*this, a, b, [&](Value x, Value y) { return loose_equals(x, y); });
  }
  if (a.is_nullish() || b.is_nullish()) return Value::boolean(a.is_nullish() && b.is_nullish());
  if (a.is_object() && b.is_object()) return Value::boolean(a.as_object() == b.as_object());
  if (a.is_object()) return loose_equals(to_primitive(a, false), b);
  if (b.is_object()) return loose_equals(a, to_primitive(b, false));
  if (is_str(a) && is_str(b)) return strict_equals(a, b);
  if (a.is(Tag::kSymbol) || b.is(Tag::kSymbol)) return strict_equals(a, b);
  if (a.is(Tag::kBigInt) || b.is(Tag::kBigInt)) {
    if (a.tag() == b.tag()) return strict_equals(a, b);
    const Value big = a.is(Tag::kBigInt) ? a : b;
    const double n = known_number(a.is(Tag::kBigInt) ? b : a, "this number");
    return Value::boolean(!std::isnan(n) && bigint_compare_number(big.as_bigint(), n) == 0);
  }
  const auto boolean = [](Value v) {
    return v.is(Tag::kBool) || (v.is_unknown() && v.as_unknown()->type == ir::Type::kBool);
  };
  if (boolean(a) && boolean(b)) return strict_equals(a, b);
  return strict_equals(to_number(a), to_number(b));
}

Value binary(Realm& realm, syntax::Op op, Value a, Value b) {
  using syntax::Op;
  switch (op) {
    case Op::kStrictEq:
      return realm.strict_equals(a, b);
    case Op::kStrictNe:
      return negation(realm, realm.strict_equals(a, b));
    case Op::kEq:
      return realm.loose_equals(a, b);
    case Op::kNe:
      return negation(realm, realm.loose_equals(a, b));
    case Op::kLt:
      return realm.compare(a, b, true, false);
    case Op::kGt:
      return realm.compare(b, a, false, false);
    case Op::kLe:
      return realm.compare(a, b, true, true);
    case Op::kGe:
      return realm.compare(b, a, false, true);
    case Op::kIn:
      return realm.atomically([&] {
        const Value object = realm.force(b);
        if (!object.is_object())
          realm.throw_type_error("Cannot use 'in' operator on " + describe(object));
        const Value key = realm.force(a);
        if (key.is_unknown()) return unknown_in(realm, key, object.as_object());
        return Value::boolean(realm.has(object.as_object(), realm.to_property_key(key)));
      });
    case Op::kInstanceof:
      return realm.atomically([&] {
        const Value target = realm.force(b);
        const Value object = realm.force(a);
        if (!target.is_object())
          realm.throw_type_error("Right-hand side of 'instanceof' is not callable");
        const Value custom = realm.get(target, Key(realm.well_known("hasInstance")));
        if (realm.callable(custom)) return realm.to_boolean(realm.call(custom, target, {object}));
        if (!realm.callable(target))
          realm.throw_type_error("Right-hand side of 'instanceof' is not callable");
        return Value::boolean(ordinary_instance_of(realm, target.as_object(), object));
      });
    default:
      return arithmetic(realm, op, a, b);
  }
}

bool ordinary_instance_of(Realm& realm, Object* constructor, Value object) {
  if (!object.is_object()) return false;
  const Value prototype = realm.get(constructor, "prototype");
  if (!prototype.is_object())
    realm.throw_type_error("Function has non-object prototype in instanceof check");
  for (Object* o = realm.proto(object.as_object()); o; o = realm.proto(o)) {
    if (o == prototype.as_object()) return true;
  }
  return false;
}

Value unary(Realm& realm, syntax::Op op, Value v) {
  using syntax::Op;
  switch (op) {
    case Op::kNot:
      return negation(realm, v);
    case Op::kPlus:
      return realm.to_number(v);
    case Op::kVoid:
      return Value::undefined();
    case Op::kTypeof:
      return realm.type_of(v);
    default:
      break;
  }
  v = realm.to_numeric(v);
  return realm.distribute(v, [&](Value n) {
    if (n.is(Tag::kBigInt)) return bigint_negate(realm, n.as_bigint(), op == Op::kBitNot);
    if (n.is_unknown()) {
      return Value::unknown(
          realm.pool().op(op == Op::kMinus ? ir::Op::Neg : ir::Op::BitNot, {n.as_unknown()}));
    }
    return Value::number(op == Op::kMinus ? -n.as_number() : ~to_int32(n.as_number()));
  });
}

}  // namespace jsxdp::eval
