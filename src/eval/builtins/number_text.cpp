#include "eval/builtins/number_text.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace jsxdp::eval::builtins {
namespace {

// The exact decimal digits of n >= 0 and the place of the decimal point in them.
struct Decimal {
  std::string digits;
  int point;
};

Decimal exact(double n) {
  char buffer[1200];
  std::snprintf(buffer, sizeof buffer, "%.1080e", n);
  const std::string text = buffer;
  const size_t e = text.find('e');
  return {text.substr(0, 1) + text.substr(2, e - 2), std::atoi(text.c_str() + e + 1) + 1};
}

// Rounds to `keep` digits, halves up.
void round(Decimal& d, int keep) {
  if (keep < 0) {
    d = {"0", 1};
    return;
  }
  const auto n = static_cast<size_t>(keep);
  if (n >= d.digits.size()) {
    d.digits.append(n - d.digits.size(), '0');
    return;
  }
  const bool up = d.digits[n] >= '5';
  d.digits.resize(n);
  if (!up) return;
  size_t i = n;
  while (i > 0 && d.digits[i - 1] == '9') d.digits[--i] = '0';
  if (i > 0) {
    ++d.digits[i - 1];
  } else {
    d.digits.insert(d.digits.begin(), '1');
    ++d.point;
  }
}

std::string with_exponent(const std::string& digits, int exponent) {
  std::string out = digits.substr(0, 1);
  if (digits.size() > 1) out += "." + digits.substr(1);
  return out + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

}  // namespace

std::string to_fixed(double n, int fraction_digits) {
  const std::string sign = n < 0 ? "-" : "";
  Decimal d = exact(std::fabs(n));
  round(d, d.point + fraction_digits);
  std::string digits = d.digits;
  // Digits in front of the point.
  int point = d.point;
  if (digits.empty() || digits == "0") {
    digits = std::string(static_cast<size_t>(fraction_digits) + 1, '0');
    point = 1;
  }
  if (point <= 0) {
    digits.insert(0, static_cast<size_t>(1 - point), '0');
    point = 1;
  }
  digits.resize(static_cast<size_t>(point + fraction_digits), '0');
  std::string out = sign + digits.substr(0, static_cast<size_t>(point));
  if (fraction_digits > 0) out += "." + digits.substr(static_cast<size_t>(point));
  return out;
}

std::string to_precision(double n, int precision) {
  const std::string sign = n < 0 ? "-" : "";
  Decimal d = n == 0 ? Decimal{std::string(static_cast<size_t>(precision), '0'), 1} : exact(std::fabs(n));
  round(d, precision);
  d.digits.resize(static_cast<size_t>(precision), '0');
  const int e = d.point - 1;
  if (e < -6 || e >= precision) return sign + with_exponent(d.digits, e);
  if (e == precision - 1) return sign + d.digits;
  if (e >= 0) return sign + d.digits.substr(0, static_cast<size_t>(e) + 1) + "." + d.digits.substr(static_cast<size_t>(e) + 1);
  return sign + "0." + std::string(static_cast<size_t>(-(e + 1)), '0') + d.digits;
}

std::string to_exponential(double n, int fraction_digits) {
  const std::string sign = n < 0 ? "-" : "";
  if (fraction_digits < 0) {
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(n), std::chars_format::scientific).ptr;
    const std::string text(buffer, end);
    const size_t e = text.find('e');
    std::string digits = text.substr(0, 1) + (e > 1 ? text.substr(2, e - 2) : "");
    return sign + with_exponent(digits, std::atoi(text.c_str() + e + 1));
  }
  Decimal d = n == 0 ? Decimal{"0", 1} : exact(std::fabs(n));
  round(d, fraction_digits + 1);
  d.digits.resize(static_cast<size_t>(fraction_digits) + 1, '0');
  return sign + with_exponent(d.digits, d.point - 1);
}

// The shortest digits that tell n from its neighbours, as V8 makes them
// (src/numbers/conversions.cc, DoubleToRadixCString).
std::string to_radix(double n, int radix) {
  static constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  const bool negative = n < 0;
  const double value = std::fabs(n);
  double integer = std::floor(value), fraction = value - integer;
  double delta = std::max(0.5 * (std::nextafter(value, INFINITY) - value), std::nextafter(0.0, 1.0));
  std::string behind, front;
  if (fraction >= delta) {
    do {
      fraction *= radix;
      delta *= radix;
      const int digit = static_cast<int>(fraction);
      behind += kDigits[digit];
      fraction -= digit;
      if ((fraction > 0.5 || (fraction == 0.5 && (digit & 1))) && fraction + delta > 1) {
        for (;;) {  // round up, with carry
          if (behind.empty()) {
            integer += 1;
            break;
          }
          const char c = behind.back();
          behind.pop_back();
          const int last = c > '9' ? c - 'a' + 10 : c - '0';
          if (last + 1 < radix) {
            behind += kDigits[last + 1];
            break;
          }
        }
        break;
      }
    } while (fraction >= delta);
  }
  while (integer / radix >= 9007199254740992.0) {  // digits that a double does not hold
    front += '0';
    integer /= radix;
  }
  do {
    const double rest = std::fmod(integer, radix);
    front += kDigits[static_cast<int>(rest)];
    integer = (integer - rest) / radix;
  } while (integer > 0);
  std::string out = negative ? "-" : "";
  out.append(front.rbegin(), front.rend());
  if (!behind.empty()) out += "." + behind;
  return out;
}

}  // namespace jsxdp::eval::builtins
