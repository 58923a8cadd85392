// Numbers to text and back.
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "ir/interpret_text.h"

namespace jsxdp::ir::js {
namespace {

std::u16string widen(std::string_view ascii) {
  return {ascii.begin(), ascii.end()};
}

// The decimal digits of a positive finite number in full, and the place of the
// point behind the first `point` of them.
struct Decimal {
  std::string digits;
  int point = 0;
};

Decimal exact(double n) {
  char text[1600];
  const int length = std::snprintf(text, sizeof text, "%.1074f", n);
  Decimal out;
  for (const char c : std::string_view(text, static_cast<size_t>(length))) {
    if (c == '.') {
      out.point = static_cast<int>(out.digits.size());
    } else {
      out.digits += c;
    }
  }
  const size_t zeros = out.digits.find_first_not_of('0');
  out.digits.erase(0, zeros);
  out.point -= static_cast<int>(zeros);
  return out;
}

// Rounds to `keep` digits (a half up); may carry into a new first digit.
void round_to(Decimal& d, int keep) {
  if (keep < 0) {
    d = {"", d.point};
    return;
  }
  const auto at = static_cast<size_t>(keep);
  if (at >= d.digits.size()) {
    d.digits.append(at - d.digits.size(), '0');
    return;
  }
  const bool up = d.digits[at] >= '5';
  d.digits.resize(at);
  if (!up) return;
  for (size_t i = at; i-- > 0;) {
    if (d.digits[i] != '9') {
      ++d.digits[i];
      return;
    }
    d.digits[i] = '0';
  }
  d.digits.insert(0, "1");
  ++d.point;
}

std::string exponent_text(int e) {
  return (e < 0 ? "e-" : "e+") + std::to_string(std::abs(e));
}

std::string with_point(const std::string& digits) {
  return digits.size() == 1 ? digits : digits.substr(0, 1) + "." + digits.substr(1);
}

// Length of the longest StrDecimalLiteral that `s` begins with; 0: none.
size_t decimal_length(std::string_view s) {
  size_t i = !s.empty() && (s[0] == '+' || s[0] == '-') ? 1 : 0;
  if (s.substr(i).starts_with("Infinity")) return i + 8;
  const auto digits = [&] {
    const size_t begin = i;
    while (i < s.size() && s[i] >= '0' && s[i] <= '9') ++i;
    return i - begin;
  };
  size_t count = digits();
  if (i < s.size() && s[i] == '.') {
    ++i;
    const size_t behind = digits();
    if (count + behind == 0) return 0;
    count += behind;
  }
  if (count == 0) return 0;
  if (i < s.size() && (s[i] == 'e' || s[i] == 'E')) {
    const size_t before = i++;
    if (i < s.size() && (s[i] == '+' || s[i] == '-')) ++i;
    if (digits() == 0) i = before;
  }
  return i;
}

double decimal_value(std::string text) {
  if (text.ends_with("Infinity")) return text[0] == '-' ? -INFINITY : INFINITY;
  return std::strtod(text.c_str(), nullptr);
}

std::string ascii(std::u16string_view s) {
  std::string out;
  for (const char16_t c : s) out += c < 0x80 && c != 0 ? static_cast<char>(c) : '\x01';
  return out;
}

int digit(char16_t c) {
  if (c >= u'0' && c <= u'9') return c - u'0';
  if (c >= u'a' && c <= u'z') return c - u'a' + 10;
  if (c >= u'A' && c <= u'Z') return c - u'A' + 10;
  return 99;
}

// Digits of a power of two as radix, correctly rounded.
double binary_value(std::u16string_view digits, int bits) {
  std::string text;
  for (const char16_t c : digits) {
    for (int b = bits - 1; b >= 0; --b) text += (digit(c) >> b & 1) != 0 ? '1' : '0';
  }
  while (text.size() % 4 != 0) text.insert(0, "0");
  std::string hex = "0x";
  for (size_t i = 0; i < text.size(); i += 4) {
    hex += "0123456789abcdef"[std::strtoul(text.substr(i, 4).c_str(), nullptr, 2)];
  }
  return std::strtod(hex.c_str(), nullptr);
}

}  // namespace

std::u16string number_text(double n) {
  if (std::isnan(n)) return u"NaN";
  if (n == 0) return u"0";
  const std::string sign = n < 0 ? "-" : "";
  n = std::fabs(n);
  if (std::isinf(n)) return widen(sign + "Infinity");
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, n, std::chars_format::scientific).ptr;
  const std::string_view all(text, static_cast<size_t>(end - text));
  const size_t e_at = all.find('e');
  std::string digits(all.substr(0, e_at));
  std::erase(digits, '.');
  const int e = std::atoi(std::string(all.substr(e_at + 1)).c_str()) + 1;  // 0.digits * 10^e
  const int k = static_cast<int>(digits.size());
  std::string out;
  if (k <= e && e <= 21) {
    out = digits + std::string(static_cast<size_t>(e - k), '0');
  } else if (0 < e && e <= 21) {
    out = digits.substr(0, static_cast<size_t>(e)) + "." + digits.substr(static_cast<size_t>(e));
  } else if (-6 < e && e <= 0) {
    out = "0." + std::string(static_cast<size_t>(-e), '0') + digits;
  } else {
    out = with_point(digits) + exponent_text(e - 1);
  }
  return widen(sign + out);
}

std::optional<std::u16string> number_radix(double n, double radix) {
  radix = std::isnan(radix) ? 0 : std::trunc(radix);
  if (radix < 2 || radix > 36) return std::nullopt;
  if (radix == 10 || std::isnan(n) || std::isinf(n)) return number_text(n);
  if (n != std::trunc(n) || std::fabs(n) > 9007199254740991.0) return std::nullopt;
  auto rest = static_cast<uint64_t>(std::fabs(n));
  std::string out;
  do {
    out.insert(out.begin(),
               "0123456789abcdefghijklmnopqrstuvwxyz"[rest % static_cast<uint64_t>(radix)]);
    rest /= static_cast<uint64_t>(radix);
  } while (rest > 0);
  return widen((n < 0 ? "-" : "") + out);
}

std::optional<std::u16string> to_fixed(double n, double digits) {
  digits = std::isnan(digits) ? 0 : std::trunc(digits);
  if (!(digits >= 0 && digits <= 100)) return std::nullopt;
  if (!std::isfinite(n) || std::fabs(n) >= 1e21) return number_text(n);
  const int f = static_cast<int>(digits);
  const std::string sign = n < 0 ? "-" : "";
  Decimal d;
  if (n != 0) {
    d = exact(std::fabs(n));
    round_to(d, d.point + f);
  }
  // `digits` are now all digits down to the last wanted place.
  std::string all = d.digits;
  const auto wanted = static_cast<size_t>(f + 1);
  if (all.size() < wanted) all.insert(0, wanted - all.size(), '0');
  const size_t whole = all.size() - static_cast<size_t>(f);
  return widen(sign + all.substr(0, whole) + (f > 0 ? "." + all.substr(whole) : ""));
}

std::optional<std::u16string> to_exponential(double n, double digits) {
  digits = std::isnan(digits) ? 0 : std::trunc(digits);
  if (!std::isfinite(n)) return number_text(n);
  if (!(digits >= 0 && digits <= 100)) return std::nullopt;
  Decimal d{std::string(static_cast<size_t>(digits) + 1, '0'), 1};
  if (n != 0) {
    d = exact(std::fabs(n));
    round_to(d, static_cast<int>(digits) + 1);
    d.digits.resize(static_cast<size_t>(digits) + 1);
  }
  return widen((n < 0 ? "-" : "") + with_point(d.digits) + exponent_text(d.point - 1));
}

std::optional<std::u16string> to_precision(double n, double digits) {
  digits = std::isnan(digits) ? 0 : std::trunc(digits);
  if (!std::isfinite(n)) return number_text(n);
  if (!(digits >= 1 && digits <= 100)) return std::nullopt;
  const int p = static_cast<int>(digits);
  Decimal d{std::string(static_cast<size_t>(p), '0'), 1};
  if (n != 0) {
    d = exact(std::fabs(n));
    round_to(d, p);
    d.digits.resize(static_cast<size_t>(p));
  }
  const int e = d.point - 1;
  const std::string sign = n < 0 ? "-" : "";
  if (e < -6 || e >= p) return widen(sign + with_point(d.digits) + exponent_text(e));
  if (e == p - 1) return widen(sign + d.digits);
  if (e >= 0) {
    const auto whole = static_cast<size_t>(e + 1);
    return widen(sign + d.digits.substr(0, whole) + "." + d.digits.substr(whole));
  }
  return widen(sign + "0." + std::string(static_cast<size_t>(-(e + 1)), '0') + d.digits);
}

double to_number(std::u16string_view text) {
  text = trim(text, true, true);
  if (text.empty()) return 0;
  if (text.size() > 2 && text[0] == u'0') {
    const int bits = (text[1] | 32) == u'x'   ? 4
                     : (text[1] | 32) == u'o' ? 3
                     : (text[1] | 32) == u'b' ? 1
                                              : 0;
    if (bits != 0 && text[1] < 0x80) {
      for (const char16_t c : text.substr(2)) {
        if (digit(c) >= 1 << bits) return NAN;
      }
      return binary_value(text.substr(2), bits);
    }
  }
  const std::string all = ascii(text);
  return decimal_length(all) == all.size() ? decimal_value(all) : NAN;
}

double parse_float(std::u16string_view text) {
  const std::string all = ascii(trim(text, true, false));
  const size_t length = decimal_length(all);
  return length == 0 ? NAN : decimal_value(all.substr(0, length));
}

std::optional<double> parse_int(std::u16string_view text, double radix_value) {
  text = trim(text, true, false);
  double sign = 1;
  if (!text.empty() && (text[0] == u'-' || text[0] == u'+')) {
    if (text[0] == u'-') sign = -1;
    text.remove_prefix(1);
  }
  int radix = to_int32(radix_value);
  if (radix != 0 && (radix < 2 || radix > 36)) return NAN;
  if ((radix == 0 || radix == 16) && text.size() >= 2 && text[0] == u'0' &&
      (text[1] == u'x' || text[1] == u'X')) {
    text.remove_prefix(2);
    radix = 16;
  }
  if (radix == 0) radix = 10;
  size_t end = 0;
  while (end < text.size() && digit(text[end]) < radix) ++end;
  if (end == 0) return NAN;
  text = text.substr(0, end);
  if (radix == 10) return sign * std::strtod(ascii(text).c_str(), nullptr);
  for (int bits = 1; bits <= 5; ++bits) {
    if (radix == 1 << bits) return sign * binary_value(text, bits);
  }
  double value = 0;
  for (const char16_t c : text) value = value * radix + digit(c);
  if (value > 9007199254740991.0) return std::nullopt;
  return sign * value;
}

int32_t to_int32(double n) {
  if (!std::isfinite(n)) return 0;
  const double wrapped = std::fmod(std::trunc(n), 4294967296.0);
  return static_cast<int32_t>(static_cast<uint32_t>(static_cast<int64_t>(wrapped)));
}

std::optional<double> power(double base, double exponent) {
  if (std::isnan(exponent)) return NAN;
  if (exponent == 0) return 1;
  if (exponent != std::trunc(exponent) || base != std::trunc(base) || exponent < 0 || exponent > 64)
    return std::nullopt;
  double out = 1;
  for (int i = 0; i < static_cast<int>(exponent); ++i) {
    out *= base;
    if (!(std::fabs(out) <= 9007199254740992.0)) return std::nullopt;
  }
  return out;
}

}  // namespace jsxdp::ir::js
