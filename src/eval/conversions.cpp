// Conversions (ECMA-262 section 7.1), and values as IR expressions.
#include <charconv>
#include <cmath>

#include "eval/function.h"
#include "eval/realm_impl.h"

namespace jsxdp::eval {
namespace {

bool is_space(char16_t c) {
  return (c >= 9 && c <= 13) || c == 0x20 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

std::string ascii(std::u16string_view s) {
  std::string out;
  for (const char16_t c : s) out += c < 0x80 ? static_cast<char>(c) : '\xFF';
  return out;
}

}  // namespace

std::u16string_view trim_view(std::u16string_view s) {
  while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
  return s;
}

std::string describe(Value v) {
  switch (v.tag()) {
    case Tag::kUndefined:
      return "undefined";
    case Tag::kNull:
      return "null";
    case Tag::kBool:
      return v.as_bool() ? "true" : "false";
    case Tag::kNumber:
      return "a number";
    case Tag::kString: {
      const std::string text = ascii(v.as_string()->text.substr(0, 40));
      return "\"" + text + "\"";
    }
    case Tag::kSymbol:
      return "a symbol";
    case Tag::kBigInt:
      return "a bigint";
    case Tag::kObject:
      return v.as_object()->callable() ? "a function" : "an object";
    default:
      return "a value of the request";
  }
}

double Realm::string_to_number(std::u16string_view text) {
  const std::string s = ascii(trim_view(text));
  if (s.empty()) return 0;
  const auto radix = [&](int base) -> double {
    if (s.size() < 3) return NAN;
    double value = 0;
    for (size_t i = 2; i < s.size(); ++i) {
      const char c = s[i];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : 99;
      if (digit >= base) return NAN;
      value = value * base + digit;
    }
    if (value < 9007199254740992.0) return value;
    // Beyond 2^53 each step may have rounded: let the library round once.
    if (base == 16) return std::strtod(("0x" + s.substr(2) + "p0").c_str(), nullptr);
    std::string hex;
    std::string bits;
    for (size_t i = 2; i < s.size(); ++i) {
      if (base == 2) bits += s[i];
      if (base == 8) {
        for (int b = 2; b >= 0; --b) bits += static_cast<char>('0' + ((s[i] - '0') >> b & 1));
      }
    }
    bits.insert(0, (4 - bits.size() % 4) % 4, '0');
    for (size_t i = 0; i < bits.size(); i += 4)
      hex += "0123456789abcdef"[std::stoi(bits.substr(i, 4), nullptr, 2)];
    return std::strtod(("0x" + hex + "p0").c_str(), nullptr);
  };
  if (s.size() > 1 && s[0] == '0') {
    switch (s[1]) {
      case 'x':
      case 'X':
        return radix(16);
      case 'o':
      case 'O':
        return radix(8);
      case 'b':
      case 'B':
        return radix(2);
      default:
        break;
    }
  }
  size_t i = s[0] == '+' || s[0] == '-' ? 1 : 0;
  const double sign = s[0] == '-' ? -1 : 1;
  if (s.substr(i) == "Infinity") return sign * INFINITY;
  // The grammar of a decimal literal, then the library's exact rounding.
  size_t digits = 0;
  size_t at = i;
  while (at < s.size() && std::isdigit(static_cast<unsigned char>(s[at]))) ++at, ++digits;
  if (at < s.size() && s[at] == '.') {
    ++at;
    while (at < s.size() && std::isdigit(static_cast<unsigned char>(s[at]))) ++at, ++digits;
  }
  if (!digits) return NAN;
  if (at < s.size() && (s[at] == 'e' || s[at] == 'E')) {
    ++at;
    if (at < s.size() && (s[at] == '+' || s[at] == '-')) ++at;
    const size_t exponent = at;
    while (at < s.size() && std::isdigit(static_cast<unsigned char>(s[at]))) ++at;
    if (at == exponent) return NAN;
  }
  if (at != s.size()) return NAN;
  return sign * std::strtod(s.c_str() + i, nullptr);
}

std::u16string Realm::number_to_string(double n) {
  if (std::isnan(n)) return u"NaN";
  if (n == 0) return u"0";
  if (std::isinf(n)) return n < 0 ? u"-Infinity" : u"Infinity";
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, std::fabs(n), std::chars_format::scientific)
          .ptr;
  std::string digits;
  int exponent = 0;
  for (const char* p = buffer; p < end; ++p) {
    if (*p == 'e') {
      exponent = std::atoi(p + 1);
      break;
    }
    if (*p != '.') digits += *p;
  }
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  const int k = static_cast<int>(digits.size()), point = exponent + 1;
  std::string out = n < 0 ? "-" : "";
  if (k <= point && point <= 21) {
    out += digits + std::string(point - k, '0');
  } else if (0 < point && point <= 21) {
    out += digits.substr(0, point) + "." + digits.substr(point);
  } else if (-6 < point && point <= 0) {
    out += "0." + std::string(-point, '0') + digits;
  } else {
    out += digits.substr(0, 1);
    if (k > 1) out += "." + digits.substr(1);
    out += std::string("e") + (exponent < 0 ? "-" : "+") + std::to_string(std::abs(exponent));
  }
  return {out.begin(), out.end()};
}

Value Realm::force(Value v) {
  v = resolve(v);
  if (v.is_choice())
    throw NeedFork{v.as_choice()->selector, static_cast<uint32_t>(v.as_choice()->alts.size())};
  return v;
}

Value Realm::known(Value v, std::string_view what) {
  v = force(v);
  if (v.is_unknown()) {
    if (v.as_unknown()->type == ir::Type::kBool) throw NeedFork{v.as_unknown(), 2};
    refuse(
        "JX1201",
        std::string(what) +
            " depends on the request, and this operation needs it when the component is compiled");
  }
  return v;
}

const ir::Expr* Realm::truthy_expr(Value v) {
  const ir::Expr* e = v.as_unknown();
  if (e->type == ir::Type::kBool) return e;
  return pool_->op(e->type == ir::Type::kNum ? ir::Op::NumTruthy : ir::Op::StrTruthy, {e});
}

Value Realm::to_boolean(Value v) {
  v = resolve(v);
  switch (v.tag()) {
    case Tag::kUndefined:
    case Tag::kNull:
    case Tag::kAbsent:
      return Value::boolean(false);
    case Tag::kBool:
      return v;
    case Tag::kNumber:
      return Value::boolean(v.as_number() == v.as_number() && v.as_number() != 0);
    case Tag::kString:
      return Value::boolean(!v.as_string()->text.empty());
    case Tag::kBigInt:
      return Value::boolean(bigint_truthy(v.as_bigint()));
    case Tag::kSymbol:
    case Tag::kObject:
      return Value::boolean(true);
    case Tag::kUnknown: {
      const ir::Expr* e = truthy_expr(v);
      if (const auto value = decided(e)) return Value::boolean(*value != 0);
      return Value::unknown(e);
    }
    case Tag::kChoice: {
      std::vector<Value> alts;
      for (const Value& alt : v.as_choice()->alts) alts.push_back(to_boolean(alt));
      return make_choice(v.as_choice()->selector, std::move(alts));
    }
  }
  return Value::boolean(false);
}

bool Realm::truthy(Value v) {
  const Value b = resolve(to_boolean(v));
  if (b.is_unknown()) throw NeedFork{b.as_unknown(), 2};
  return b.as_bool();
}

Value Realm::to_primitive(Value v, bool prefer_string, bool numeric) {
  v = resolve(v);
  if (v.is_choice()) {
    return distribute(v, [&](Value a) { return to_primitive(a, prefer_string, numeric); });
  }
  if (!v.is_object()) return v;
  const Value exotic = get(v, Key(well_known("toPrimitive")));
  if (!exotic.is_nullish()) {
    return call(exotic, v, {string(prefer_string ? "string"
                                  : numeric     ? "number"
                                                : "default")});
  }
  for (const char* name :
       {prefer_string ? "toString" : "valueOf", prefer_string ? "valueOf" : "toString"}) {
    const Value method = get(v, key(name));
    if (!callable(method)) continue;
    const Value result = call(method, v, {});
    if (!result.is_object()) return result;
  }
  throw_type_error("Cannot convert object to primitive value");
}

Value Realm::to_string(Value v) {
  v = resolve(v);
  switch (v.tag()) {
    case Tag::kString:
      return v;
    case Tag::kUndefined:
    case Tag::kAbsent:
      return string("undefined");
    case Tag::kNull:
      return string("null");
    case Tag::kBool:
      return string(v.as_bool() ? "true" : "false");
    case Tag::kNumber:
      return string(number_to_string(v.as_number()));
    case Tag::kSymbol:
      throw_type_error("Cannot convert a Symbol value to a string");
    case Tag::kBigInt:
      return string(bigint_text(v.as_bigint()));
    case Tag::kObject:
      return to_string(to_primitive(v, true));
    case Tag::kUnknown: {
      const ir::Expr* e = v.as_unknown();
      if (e->type == ir::Type::kStr) return v;
      if (e->type == ir::Type::kNum) return Value::unknown(pool_->op(ir::Op::NumToStr, {e}));
      return make_choice(e, {string("false"), string("true")});
    }
    case Tag::kChoice:
      return distribute(v, [&](Value a) { return to_string(a); });
  }
  return string("");
}

Value Realm::to_number(Value v) {
  v = resolve(v);
  switch (v.tag()) {
    case Tag::kNumber:
      return v;
    case Tag::kUndefined:
    case Tag::kAbsent:
      return Value::number(NAN);
    case Tag::kNull:
      return Value::number(0);
    case Tag::kBool:
      return Value::number(v.as_bool());
    case Tag::kString:
      return Value::number(string_to_number(v.as_string()->text));
    case Tag::kSymbol:
      throw_type_error("Cannot convert a Symbol value to a number");
    case Tag::kBigInt:
      throw_type_error("Cannot convert a BigInt value to a number");
    case Tag::kObject:
      return to_number(to_primitive(v, false, true));
    case Tag::kUnknown: {
      const ir::Expr* e = v.as_unknown();
      if (e->type == ir::Type::kNum) return v;
      return Value::unknown(
          pool_->op(e->type == ir::Type::kStr ? ir::Op::ToNumber : ir::Op::BoolToNum, {e}));
    }
    case Tag::kChoice:
      return distribute(v, [&](Value a) { return to_number(a); });
  }
  return Value::number(NAN);
}

Value Realm::to_numeric(Value v) {
  v = to_primitive(v, false, true);
  if (v.is(Tag::kBigInt)) return v;
  if (v.is_choice()) return distribute(v, [&](Value a) { return to_numeric(a); });
  return to_number(v);
}

const Str* Realm::known_string(Value v, std::string_view what) {
  return known(to_string(force(v)), what).as_string();
}

double Realm::known_number(Value v, std::string_view what) {
  return known(to_number(force(v)), what).as_number();
}

Object* Realm::to_object(Value v) {
  v = known(v, "this value");
  if (v.is_object()) return v.as_object();
  if (v.is_nullish()) throw_type_error("Cannot convert undefined or null to object");
  const Class c = v.is(Tag::kBool)     ? Class::kBoolean
                  : v.is(Tag::kNumber) ? Class::kNumber
                  : v.is(Tag::kString) ? Class::kString
                  : v.is(Tag::kSymbol) ? Class::kSymbol
                                       : Class::kBigInt;
  auto* state = new BoxState;
  state->value = v;
  state->proto = intrinsic(c == Class::kBoolean  ? "Boolean"
                           : c == Class::kNumber ? "Number"
                           : c == Class::kString ? "String"
                           : c == Class::kSymbol ? "Symbol"
                                                 : "BigInt");
  return adopt_object(new Object(c), state);
}

Key Realm::to_property_key(Value v) {
  v = known(v, "this property name");
  if (v.is_object()) v = known(to_primitive(v, true), "this property name");
  if (v.is(Tag::kSymbol)) return Key(v.as_symbol());
  if (v.is_number()) {
    const double n = v.as_number();
    if (n >= 0 && n < 4096 && n == static_cast<double>(static_cast<uint32_t>(n)) &&
        !std::signbit(n)) {
      return index_key(static_cast<uint32_t>(n));
    }
  }
  return Key(intern(known_string(v, "this property name")));
}

Key Realm::key(Value known_property_key) {
  return to_property_key(known_property_key);
}

double Realm::to_integer(double n) {
  if (std::isnan(n)) return 0;
  return std::trunc(n) + 0.0;
}

Value Realm::type_of(Value v) {
  v = resolve(v);
  switch (v.tag()) {
    case Tag::kUndefined:
    case Tag::kAbsent:
      return string("undefined");
    case Tag::kNull:
      return string("object");
    case Tag::kBool:
      return string("boolean");
    case Tag::kNumber:
      return string("number");
    case Tag::kString:
      return string("string");
    case Tag::kSymbol:
      return string("symbol");
    case Tag::kBigInt:
      return string("bigint");
    case Tag::kObject:
      return string(callable(v) ? "function" : "object");
    case Tag::kUnknown: {
      const ir::Type type = v.as_unknown()->type;
      return string(type == ir::Type::kStr   ? "string"
                    : type == ir::Type::kNum ? "number"
                                             : "boolean");
    }
    case Tag::kChoice: {
      std::vector<Value> alts;
      for (const Value& alt : v.as_choice()->alts) alts.push_back(type_of(alt));
      return make_choice(v.as_choice()->selector, std::move(alts));
    }
  }
  return string("undefined");
}

bool Realm::same_value_zero(Value a, Value b) {
  if (a.is_number() && b.is_number() && a.as_number() == 0 && b.as_number() == 0) return true;
  return same_value(a, b);
}

bool Realm::same_value(Value a, Value b) {
  a = known(a, "this value");
  b = known(b, "this value");
  if (a.tag() != b.tag()) return false;
  if (a.is_number()) {
    const double x = a.as_number(), y = b.as_number();
    if (std::isnan(x) || std::isnan(y)) return std::isnan(x) && std::isnan(y);
    return x == y && std::signbit(x) == std::signbit(y);
  }
  return strict_equals_known(a, b);
}

bool Realm::strict_equals_known(Value a, Value b) {
  if (a.tag() != b.tag()) return false;
  switch (a.tag()) {
    case Tag::kUndefined:
    case Tag::kNull:
    case Tag::kAbsent:
      return true;
    case Tag::kBool:
      return a.as_bool() == b.as_bool();
    case Tag::kNumber:
      return a.as_number() == b.as_number();
    case Tag::kString:
      return a.as_string() == b.as_string() || a.as_string()->text == b.as_string()->text;
    case Tag::kSymbol:
      return a.as_symbol() == b.as_symbol();
    case Tag::kBigInt:
      return bigint_equal(a.as_bigint(), b.as_bigint());
    case Tag::kObject:
      return a.as_object() == b.as_object();
    default:
      return false;
  }
}

// ---- IR views ----

std::string Realm::wtf8(const Str* s) {
  std::string out;
  const auto& text = s->text;
  for (size_t i = 0; i < text.size(); ++i) {
    uint32_t c = text[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < text.size() && text[i + 1] >= 0xDC00 &&
        text[i + 1] < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - 0xDC00);
    }
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 63));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | c >> 12);
      out += static_cast<char>(0x80 | (c >> 6 & 63));
      out += static_cast<char>(0x80 | (c & 63));
    } else {
      out += static_cast<char>(0xF0 | c >> 18);
      out += static_cast<char>(0x80 | (c >> 12 & 63));
      out += static_cast<char>(0x80 | (c >> 6 & 63));
      out += static_cast<char>(0x80 | (c & 63));
    }
  }
  return out;
}

namespace {

const ir::Expr* select(Realm& realm, Value v, ir::Op op,
                       const std::function<const ir::Expr*(Value)>& leaf) {
  std::vector<const ir::Expr*> args{v.as_choice()->selector};
  for (const Value& alt : v.as_choice()->alts) args.push_back(leaf(alt));
  return realm.pool().op(op, std::move(args));
}

}  // namespace

const ir::Expr* Realm::str_expr(Value v) {
  v = resolve(v);
  if (v.is_string()) return pool_->string(wtf8(v.as_string()));
  if (v.is_choice())
    return select(*this, v, ir::Op::SelectStr, [&](Value a) { return str_expr(a); });
  if (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr) return v.as_unknown();
  refuse("JX1201", "a string is needed here, not " + describe(v));
}

const ir::Expr* Realm::num_expr(Value v) {
  v = resolve(v);
  if (v.is_number()) return pool_->number(v.as_number());
  if (v.is_choice())
    return select(*this, v, ir::Op::SelectNum, [&](Value a) { return num_expr(a); });
  if (v.is_unknown() && v.as_unknown()->type == ir::Type::kNum) return v.as_unknown();
  refuse("JX1201", "a number is needed here, not " + describe(v));
}

const ir::Expr* Realm::bool_expr(Value v) {
  v = resolve(v);
  if (v.is(Tag::kBool)) return pool_->boolean(v.as_bool());
  if (v.is_choice())
    return select(*this, v, ir::Op::SelectBool, [&](Value a) { return bool_expr(a); });
  if (v.is_unknown() && v.as_unknown()->type == ir::Type::kBool) return v.as_unknown();
  refuse("JX1201", "a boolean is needed here, not " + describe(v));
}

}  // namespace jsxdp::eval
