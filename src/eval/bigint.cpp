#include "eval/bigint.h"

#include <deque>

#include "eval/realm_impl.h"

namespace jsxdp::eval {

Value make_bigint(Realm& realm, mpz_class value) {
  return Value::bigint(&realm.impl().bigints.emplace_back(BigInt{std::move(value)}));
}

const BigInt* parse_bigint(Realm& realm, std::string_view text) {
  if (text.empty()) return make_bigint(realm, 0).as_bigint();
  int base = 10;
  if (text.size() > 2 && text[0] == '0') {
    const char c = text[1];
    base = c == 'x' || c == 'X' ? 16 : c == 'o' || c == 'O' ? 8 : c == 'b' || c == 'B' ? 2 : 10;
    if (base != 10) text.remove_prefix(2);
  }
  mpz_class value;
  if (text.find_first_of(" _") != std::string_view::npos ||
      value.set_str(std::string(text), base) != 0)
    return nullptr;
  return make_bigint(realm, std::move(value)).as_bigint();
}

bool bigint_truthy(const BigInt* b) {
  return b->value != 0;
}
bool bigint_equal(const BigInt* a, const BigInt* b) {
  return a->value == b->value;
}
std::string bigint_text(const BigInt* b) {
  return b->value.get_str();
}
const BigInt* bigint_literal(Realm& realm, std::string_view text) {
  return parse_bigint(realm, text);
}

namespace {

mpz_class floor_shift(const mpz_class& a, long by) {
  mpz_class out;
  if (by >= 0) {
    mpz_mul_2exp(out.get_mpz_t(), a.get_mpz_t(), static_cast<unsigned long>(by));
  } else {
    mpz_fdiv_q_2exp(out.get_mpz_t(), a.get_mpz_t(), static_cast<unsigned long>(-by));
  }
  return out;
}

}  // namespace

Value bigint_binary(Realm& realm, syntax::Op op, const BigInt* left, const BigInt* right) {
  const mpz_class &a = left->value, &b = right->value;
  using syntax::Op;
  switch (op) {
    case Op::kAdd:
      return make_bigint(realm, a + b);
    case Op::kSub:
      return make_bigint(realm, a - b);
    case Op::kMul:
      return make_bigint(realm, a * b);
    case Op::kDiv:
    case Op::kMod:
      if (b == 0) realm.throw_range_error("Division by zero");
      return make_bigint(realm, op == Op::kDiv ? mpz_class(a / b) : mpz_class(a % b));
    case Op::kExp: {
      if (b < 0) realm.throw_range_error("Exponent must be non-negative");
      if (!b.fits_ulong_p() || b > 100000) realm.refuse("JX1501", "this power is too large");
      mpz_class out;
      mpz_pow_ui(out.get_mpz_t(), a.get_mpz_t(), b.get_ui());
      return make_bigint(realm, out);
    }
    case Op::kBitAnd:
      return make_bigint(realm, a & b);
    case Op::kBitOr:
      return make_bigint(realm, a | b);
    case Op::kBitXor:
      return make_bigint(realm, a ^ b);
    case Op::kShl:
      return make_bigint(realm, floor_shift(a, b.get_si()));
    case Op::kShr:
      return make_bigint(realm, floor_shift(a, -b.get_si()));
    default:
      realm.throw_type_error("BigInts have no unsigned right shift, use >> instead");
  }
}

int bigint_compare(const BigInt* a, const BigInt* b) {
  return cmp(a->value, b->value);
}

Value bigint_negate(Realm& realm, const BigInt* a, bool bitwise) {
  return make_bigint(realm, bitwise ? mpz_class(~a->value) : mpz_class(-a->value));
}

double bigint_number(const BigInt* a) {
  // Rounded once, to nearest even: by way of the decimal text.
  return std::strtod(a->value.get_str().c_str(), nullptr);
}

int bigint_compare_number(const BigInt* a, double b) {
  return cmp(a->value, b);
}

}  // namespace jsxdp::eval
