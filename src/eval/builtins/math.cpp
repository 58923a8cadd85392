#include <bit>
#include <cmath>

#include "eval/builtins/builtins.h"

namespace jsxdp::eval::builtins {
namespace {

using ir::Op;

// A function of one number: `exact` computes it for a known one, `op` for the request's.
template <Op op>
Value residual_or(Realm& realm, const Call& call, double (*exact)(double)) {
  const Value n = realm.force(realm.to_number(call.arg(0)));
  if (n.is_unknown()) return Value::unknown(realm.pool().op(op, {n.as_unknown()}));
  return Value::number(exact(n.as_number()));
}

// Functions whose last bits are the engine's own have no residual form.
Value known_only(Realm& realm, const Call& call, double (*exact)(double), const char* name) {
  return Value::number(exact(realm.known_number(call.arg(0), std::string("the argument of Math.") + name)));
}

double round_half_up(double n) {
  if (!std::isfinite(n) || std::abs(n) >= 4503599627370496.0) return n;
  const double floor = std::floor(n);
  const double rounded = n - floor >= 0.5 ? floor + 1 : floor;
  return rounded == 0 ? std::copysign(0.0, n) : rounded;
}

double sign(double n) { return n > 0 ? 1 : n < 0 ? -1 : n; }

Value extreme(Realm& realm, const Call& call, bool max) {
  std::vector<Value> numbers;
  for (const Value& v : call.args) numbers.push_back(realm.force(realm.to_number(v)));
  Value out = Value::number(max ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity());
  for (const Value& v : numbers) {
    if (out.is_unknown() || v.is_unknown()) {
      out = Value::unknown(realm.pool().op(max ? Op::Max : Op::Min, {realm.num_expr(out), realm.num_expr(v)}));
      continue;
    }
    const double a = out.as_number(), b = v.as_number();
    double r = max ? (a > b ? a : b) : (a < b ? a : b);
    if (std::isnan(a) || std::isnan(b)) r = std::numeric_limits<double>::quiet_NaN();
    if (a == 0 && b == 0) r = max ? (std::signbit(a) ? b : a) : (std::signbit(a) ? a : b);
    out = Value::number(r);
  }
  return out;
}

Value hypot(Realm& realm, const Call& call) {
  double out = 0;
  bool infinite = false;
  for (const Value& v : call.args) {
    const double n = realm.known_number(v, "the arguments of Math.hypot");
    infinite |= std::isinf(n);
    out = std::hypot(out, n);
  }
  return Value::number(infinite ? std::numeric_limits<double>::infinity() : out);
}

Value imul(Realm& realm, const Call& call) {
  const Value a = realm.force(realm.to_number(call.arg(0))), b = realm.force(realm.to_number(call.arg(1)));
  if (a.is_unknown() || b.is_unknown()) return Value::unknown(realm.pool().op(Op::Imul, {realm.num_expr(a), realm.num_expr(b)}));
  return Value::number(static_cast<int32_t>(static_cast<uint32_t>(to_int32(a.as_number())) * static_cast<uint32_t>(to_int32(b.as_number()))));
}

// What reaches the page makes the request pass; see ir::pass_volatile.
Value random(Realm& realm, const Call&) { return Value::unknown(realm.pool().new_volatile()); }

}  // namespace

void install_math(Realm& realm) {
  Object* math = realm.new_object();
  realm.define(realm.global(), "Math", Value::object(math));
  realm.define(math, Key(realm.well_known("toStringTag")), realm.string("Math"), false);
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, double>>{{"PI", M_PI},
                                                                                        {"E", M_E},
                                                                                        {"LN2", M_LN2},
                                                                                        {"LN10", M_LN10},
                                                                                        {"LOG2E", M_LOG2E},
                                                                                        {"LOG10E", M_LOG10E},
                                                                                        {"SQRT2", M_SQRT2},
                                                                                        {"SQRT1_2", M_SQRT1_2}}) {
    realm.define(math, name, Value::number(value));
  }
#define JX_EXACT(name, op, function) \
  realm.define_native(math, name, 1, [](Realm& r, const Call& c) { return residual_or<Op::op>(r, c, function); })
  JX_EXACT("floor", Floor, [](double n) { return std::floor(n); });
  JX_EXACT("ceil", Ceil, [](double n) { return std::ceil(n); });
  JX_EXACT("trunc", Trunc, [](double n) { return std::trunc(n); });
  JX_EXACT("round", Round, round_half_up);
  JX_EXACT("abs", Abs, [](double n) { return std::fabs(n); });
  JX_EXACT("sign", Sign, sign);
  JX_EXACT("sqrt", Sqrt, [](double n) { return std::sqrt(n); });
  JX_EXACT("fround", Fround, [](double n) { return static_cast<double>(static_cast<float>(n)); });
  JX_EXACT("clz32", Clz32, [](double n) { return static_cast<double>(std::countl_zero(static_cast<uint32_t>(to_int32(n)))); });
#undef JX_EXACT
#define JX_KNOWN(name) \
  realm.define_native(math, #name, 1, [](Realm& r, const Call& c) { return known_only(r, c, [](double n) { return std::name(n); }, #name); })
  JX_KNOWN(sin);
  JX_KNOWN(cos);
  JX_KNOWN(tan);
  JX_KNOWN(asin);
  JX_KNOWN(acos);
  JX_KNOWN(atan);
  JX_KNOWN(sinh);
  JX_KNOWN(cosh);
  JX_KNOWN(tanh);
  JX_KNOWN(asinh);
  JX_KNOWN(acosh);
  JX_KNOWN(atanh);
  JX_KNOWN(exp);
  JX_KNOWN(expm1);
  JX_KNOWN(log);
  JX_KNOWN(log2);
  JX_KNOWN(log10);
  JX_KNOWN(log1p);
  JX_KNOWN(cbrt);
#undef JX_KNOWN
  realm.define_native(math, "atan2", 2, [](Realm& r, const Call& c) {
    return Value::number(std::atan2(r.known_number(c.arg(0), "the arguments of Math.atan2"), r.known_number(c.arg(1), "the arguments of Math.atan2")));
  });
  realm.define_native(math, "pow", 2, [](Realm& r, const Call& c) { return arithmetic(r, syntax::Op::kExp, r.to_number(c.arg(0)), r.to_number(c.arg(1))); });
  realm.define_native(math, "max", 2, [](Realm& r, const Call& c) { return extreme(r, c, true); });
  realm.define_native(math, "min", 2, [](Realm& r, const Call& c) { return extreme(r, c, false); });
  realm.define_native(math, "hypot", 2, hypot);
  realm.define_native(math, "imul", 2, imul);
  realm.define_native(math, "random", 0, random);
}

}  // namespace jsxdp::eval::builtins
