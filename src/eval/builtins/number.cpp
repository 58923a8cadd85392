// Number, Boolean and BigInt.
#include <cmath>

#include "eval/bigint.h"
#include "eval/builtins/builtins.h"
#include "eval/builtins/number_text.h"
#include "eval/builtins/string_support.h"

namespace jsxdp::eval::builtins {
namespace {

using ir::Op;
using Type = ir::Type;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kMaxSafe = 9007199254740991.0;

Object* box(Realm& realm, Class c, Object* proto, Value v) {
  auto* state = new BoxState;
  state->proto = proto;
  state->value = v;
  return realm.adopt_object(new Object(c), state);
}

Value number_constructor(Realm& realm, const Call& call) {
  Value n = Value::number(0);
  if (!call.args.empty()) {
    n = realm.to_numeric(call.args[0]);
    if (n.is(Tag::kBigInt)) n = Value::number(bigint_number(n.as_bigint()));
  }
  return call.new_target ? Value::object(box(realm, Class::kNumber, prototype_for(realm, call, "Number"), realm.known(n, "a Number object"))) : n;
}

Value boolean_constructor(Realm& realm, const Call& call) {
  const Value b = realm.to_boolean(call.arg(0));
  return call.new_target ? Value::object(box(realm, Class::kBoolean, prototype_for(realm, call, "Boolean"), realm.known(b, "a Boolean object"))) : b;
}

// The number of `this`, known or unknown.
Value this_number(Realm& realm, const Call& call) {
  const Value v = realm.force(call.this_value);
  if (v.is_number() || (v.is_unknown() && v.as_unknown()->type == Type::kNum)) return v;
  if (v.is_object() && v.as_object()->object_class() == Class::kNumber) return realm.state_as<BoxState>(*v.as_object()).value;
  realm.throw_type_error("Number.prototype method called on something that is not a number");
}

Value number_to_string(Realm& realm, const Call& call) {
  const Value n = this_number(realm, call);
  const Value radix = integer_arg(realm, call.arg(0), 10);
  if (radix.is_unknown()) realm.known(radix, "the radix");
  if (!(radix.as_number() >= 2 && radix.as_number() <= 36)) realm.throw_range_error("toString() radix must be between 2 and 36");
  if (radix.as_number() == 10) return realm.to_string(n);
  if (n.is_unknown()) return residual(realm, Op::NumToStrRadix, {n, radix});
  if (!std::isfinite(n.as_number())) return realm.to_string(n);
  return realm.string(to_radix(n.as_number(), static_cast<int>(radix.as_number())));
}

Value formatted(Realm& realm, const Call& call, Op op) {
  const Value n = this_number(realm, call);
  const Value given = realm.force(call.arg(0));
  if (op == Op::ToPrecision && given.is_undefined()) return realm.to_string(n);
  const Value digits = integer_arg(realm, given, 0);
  if (n.is_unknown() || digits.is_unknown()) {
    if (op == Op::ToExponential) realm.known(n.is_unknown() ? n : digits, "a number for toExponential");
    return residual(realm, op, {n, digits});
  }
  const double value = n.as_number(), d = digits.as_number();
  if (op != Op::ToFixed && !std::isfinite(value)) return realm.to_string(n);
  if (!(d >= (op == Op::ToPrecision ? 1 : 0) && d <= 100)) realm.throw_range_error("digits argument must be between 0 and 100");
  if (!std::isfinite(value) || (op == Op::ToFixed && std::fabs(value) >= 1e21)) return realm.to_string(n);
  const int places = static_cast<int>(d);
  if (op == Op::ToFixed) {
    std::string text = to_fixed(value, places);
    return realm.string(std::move(text));
  }
  if (op == Op::ToPrecision) return realm.string(to_precision(value, places));
  return realm.string(to_exponential(value, given.is_undefined() ? -1 : places));
}

enum class Test : uint8_t { kFinite, kInteger, kNaN, kSafe };

Value test(Realm& realm, const Call& call, Test which) {
  const Value v = realm.force(call.arg(0));
  auto& pool = realm.pool();
  if (v.is_unknown() && v.as_unknown()->type == Type::kNum) {
    const ir::Expr* n = v.as_unknown();
    const ir::Expr* size = pool.op(Op::Abs, {n});
    switch (which) {
      case Test::kNaN: return Value::unknown(pool.op(Op::NumIsNaN, {n}));
      case Test::kInteger: return Value::unknown(pool.op(Op::NumIsInteger, {n}));
      case Test::kFinite: return Value::unknown(pool.op(Op::NumLt, {size, pool.number(kInfinity)}));
      case Test::kSafe:
        return Value::unknown(pool.both(pool.op(Op::NumIsInteger, {n}), pool.op(Op::NumLe, {size, pool.number(kMaxSafe)})));
    }
  }
  if (!v.is_number()) return Value::boolean(false);
  const double n = v.as_number();
  const bool integer = std::isfinite(n) && std::trunc(n) == n;
  switch (which) {
    case Test::kNaN: return Value::boolean(std::isnan(n));
    case Test::kInteger: return Value::boolean(integer);
    case Test::kFinite: return Value::boolean(std::isfinite(n));
    case Test::kSafe: return Value::boolean(integer && std::fabs(n) <= kMaxSafe);
  }
  return {};
}

Value global_is_nan(Realm& realm, const Call& call) {
  const Value n = realm.force(realm.to_number(call.arg(0)));
  const Call as_number{{}, std::span(&n, 1), nullptr, nullptr};
  return test(realm, as_number, Test::kNaN);
}

Value global_is_finite(Realm& realm, const Call& call) {
  const Value n = realm.force(realm.to_number(call.arg(0)));
  const Call as_number{{}, std::span(&n, 1), nullptr, nullptr};
  return test(realm, as_number, Test::kFinite);
}

Value parse_float(Realm& realm, const Call& call) {
  const Value v = realm.force(realm.to_string(call.arg(0)));
  if (v.is_unknown()) return residual(realm, Op::ParseFloat, {v});
  const std::u16string_view s = trim_view(v.as_string()->text);
  // The longest prefix that is a StrDecimalLiteral.
  size_t i = 0;
  if (i < s.size() && (s[i] == '+' || s[i] == '-')) ++i;
  if (s.substr(i).starts_with(u"Infinity")) return Value::number(i > 0 && s[0] == '-' ? -kInfinity : kInfinity);
  const auto digits = [&] {
    const size_t begin = i;
    while (i < s.size() && s[i] >= '0' && s[i] <= '9') ++i;
    return i - begin;
  };
  size_t count = digits();
  if (i < s.size() && s[i] == '.') {
    ++i;
    const size_t more = digits();
    count += more;
  }
  if (count == 0) return Value::number(std::numeric_limits<double>::quiet_NaN());
  if (i < s.size() && (s[i] == 'e' || s[i] == 'E')) {
    const size_t before = i++;
    if (i < s.size() && (s[i] == '+' || s[i] == '-')) ++i;
    if (digits() == 0) i = before;
  }
  return Value::number(realm.string_to_number(s.substr(0, i)));
}

Value parse_int(Realm& realm, const Call& call) {
  const Value v = realm.force(realm.to_string(call.arg(0)));
  const Value given = realm.force(realm.to_number(call.arg(1)));
  if (v.is_unknown() || given.is_unknown()) return residual(realm, Op::ParseInt, {v, given});
  std::u16string_view s = trim_view(v.as_string()->text);
  bool negative = false;
  if (!s.empty() && (s[0] == '+' || s[0] == '-')) {
    negative = s[0] == '-';
    s.remove_prefix(1);
  }
  int radix = to_int32(given.as_number());
  const bool strip = radix == 0 || radix == 16;
  if (radix == 0) radix = 10;
  if (radix < 2 || radix > 36) return Value::number(std::numeric_limits<double>::quiet_NaN());
  if (strip && s.size() >= 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
    s.remove_prefix(2);
    radix = 16;
  }
  mpz_class value = 0;
  size_t i = 0;
  for (; i < s.size(); ++i) {
    const char16_t c = s[i];
    const int d = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
    if (d >= radix) break;
    value = value * radix + d;
  }
  if (i == 0) return Value::number(std::numeric_limits<double>::quiet_NaN());
  // Decimal text rounds correctly where GMP's conversion would truncate.
  const double n = realm.string_to_number(realm.str(value.get_str(10))->text);
  return Value::number(negative ? -n : n);
}

Value boolean_value(Realm& realm, const Call& call) {
  const Value v = realm.force(call.this_value);
  if (v.is(Tag::kBool) || (v.is_unknown() && v.as_unknown()->type == Type::kBool)) return v;
  if (v.is_object() && v.as_object()->object_class() == Class::kBoolean) return realm.state_as<BoxState>(*v.as_object()).value;
  realm.throw_type_error("not a boolean");
}

Value bigint_constructor(Realm& realm, const Call& call) {
  if (call.new_target) realm.throw_type_error("BigInt is not a constructor");
  const Value v = realm.known(realm.to_primitive(call.arg(0), false), "the argument of BigInt()");
  if (v.is(Tag::kBigInt)) return v;
  if (v.is_number()) {
    if (!std::isfinite(v.as_number()) || std::trunc(v.as_number()) != v.as_number()) {
      realm.throw_range_error("The number " + realm.wtf8(realm.str(realm.number_to_string(v.as_number()))) +
                              " cannot be converted to a BigInt because it is not an integer");
    }
    return make_bigint(realm, mpz_class(v.as_number()));
  }
  if (v.is(Tag::kBool)) return make_bigint(realm, mpz_class(v.as_bool() ? 1 : 0));
  if (v.is_string()) {
    if (const BigInt* b = parse_bigint(realm, realm.wtf8(v.as_string()))) return Value::bigint(b);
    throw Throw{Value::object(realm.new_error("SyntaxError", "Cannot convert " + realm.wtf8(v.as_string()) + " to a BigInt"))};
  }
  realm.throw_type_error("Cannot convert " + describe(v) + " to a BigInt");
}

Value this_bigint(Realm& realm, const Call& call) {
  const Value v = realm.force(call.this_value);
  if (v.is(Tag::kBigInt)) return v;
  if (v.is_object() && v.as_object()->object_class() == Class::kBigInt) return realm.state_as<BoxState>(*v.as_object()).value;
  realm.throw_type_error("not a BigInt");
}

}  // namespace

void install_number(Realm& realm) {
  Object* prototype = box(realm, Class::kNumber, realm.intrinsic("Object"), Value::number(0));
  NativeFunction* constructor = make_constructor(realm, "Number", 1, number_constructor, prototype);
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, double>>{
           {"MAX_SAFE_INTEGER", kMaxSafe},
           {"MIN_SAFE_INTEGER", -kMaxSafe},
           {"MAX_VALUE", std::numeric_limits<double>::max()},
           {"MIN_VALUE", std::numeric_limits<double>::denorm_min()},
           {"EPSILON", std::numeric_limits<double>::epsilon()},
           {"POSITIVE_INFINITY", kInfinity},
           {"NEGATIVE_INFINITY", -kInfinity},
           {"NaN", std::numeric_limits<double>::quiet_NaN()}}) {
    realm.define(constructor, name, Value::number(value));
  }
  realm.define_native(constructor, "isFinite", 1, [](Realm& r, const Call& c) { return test(r, c, Test::kFinite); });
  realm.define_native(constructor, "isInteger", 1, [](Realm& r, const Call& c) { return test(r, c, Test::kInteger); });
  realm.define_native(constructor, "isNaN", 1, [](Realm& r, const Call& c) { return test(r, c, Test::kNaN); });
  realm.define_native(constructor, "isSafeInteger", 1, [](Realm& r, const Call& c) { return test(r, c, Test::kSafe); });
  for (Object* on : {static_cast<Object*>(constructor), realm.global()}) {
    realm.define_native(on, "parseFloat", 1, parse_float);
    realm.define_native(on, "parseInt", 2, parse_int);
  }
  realm.define_native(realm.global(), "isNaN", 1, global_is_nan);
  realm.define_native(realm.global(), "isFinite", 1, global_is_finite);
  realm.define_native(prototype, "toString", 1, number_to_string);
  realm.define_native(prototype, "valueOf", 0, [](Realm& r, const Call& c) { return this_number(r, c); });
  realm.define_native(prototype, "toFixed", 1, [](Realm& r, const Call& c) { return formatted(r, c, Op::ToFixed); });
  realm.define_native(prototype, "toPrecision", 1, [](Realm& r, const Call& c) { return formatted(r, c, Op::ToPrecision); });
  realm.define_native(prototype, "toExponential", 1, [](Realm& r, const Call& c) { return formatted(r, c, Op::ToExponential); });

  Object* boolean = box(realm, Class::kBoolean, realm.intrinsic("Object"), Value::boolean(false));
  make_constructor(realm, "Boolean", 1, boolean_constructor, boolean);
  realm.define_native(boolean, "valueOf", 0, boolean_value);
  realm.define_native(boolean, "toString", 0, [](Realm& r, const Call& c) { return r.to_string(boolean_value(r, c)); });

  Object* bigint = realm.new_object();
  make_constructor(realm, "BigInt", 1, bigint_constructor, bigint);
  realm.define_native(bigint, "valueOf", 0, this_bigint);
  realm.define_native(bigint, "toString", 0, [](Realm& r, const Call& c) {
    const Value radix = integer_arg(r, c.arg(0), 10);
    return r.string(this_bigint(r, c).as_bigint()->value.get_str(static_cast<int>(r.known_number(radix, "the radix"))));
  });
  realm.define(bigint, Key(realm.well_known("toStringTag")), realm.string("BigInt"), false);
}

}  // namespace jsxdp::eval::builtins
