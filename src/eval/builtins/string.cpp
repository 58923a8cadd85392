// String: construction, and the methods that take the text apart.
#include <algorithm>
#include <cmath>

#include "eval/builtins/builtins.h"
#include "eval/builtins/string_support.h"
#include "eval/realm_impl.h"

namespace jsxdp::eval::builtins {
namespace {

using ir::Op;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Value string_constructor(Realm& realm, const Call& call) {
  Value text = realm.string("");
  if (!call.args.empty()) {
    const Value v = realm.force(call.arg(0));
    if (v.is(Tag::kSymbol) && !call.new_target) {
      const auto* d = v.as_symbol()->description;
      return realm.string(u"Symbol(" + (d ? d->text : u"") + u")");
    }
    text = realm.to_string(v);
  }
  if (!call.new_target) return text;
  Object* boxed = realm.to_object(text);
  realm.set_proto(boxed, prototype_for(realm, call, "String"));
  return Value::object(boxed);
}

Value this_string_value(Realm& realm, const Call& call) {
  const Value v = realm.force(call.this_value);
  if (v.is_object() && v.as_object()->object_class() == Class::kString) return realm.state_as<BoxState>(*v.as_object()).value;
  if (v.is_string() || v.is_unknown()) return v;
  realm.throw_type_error("String.prototype.valueOf requires that 'this' be a String");
}

// slice, substring, substr: residual forms take Infinity for "to the end".
Value cut(Realm& realm, const Call& call, Op op) {
  const Value text = this_text(realm, call);
  const Value begin = integer_arg(realm, call.arg(0), 0);
  const Value end = integer_arg(realm, call.arg(1), kInfinity);
  if (text.is_unknown() || begin.is_unknown() || end.is_unknown()) {
    return residual(realm, op, {text, begin, end});
  }
  const auto& s = text.as_string()->text;
  const auto n = static_cast<double>(s.size());
  double a = begin.as_number(), b = end.as_number();
  if (op == Op::Slice) {
    a = a < 0 ? std::max(0.0, n + a) : std::min(a, n);
    b = b < 0 ? std::max(0.0, n + b) : std::min(b, n);
  } else if (op == Op::Substring) {
    a = std::clamp(a, 0.0, n);
    b = std::clamp(b, 0.0, n);
    if (a > b) std::swap(a, b);
  } else {
    a = a < 0 ? std::max(0.0, n + a) : std::min(a, n);
    b = std::min(a + std::clamp(b, 0.0, n), n);
  }
  if (a >= b) return realm.string("");
  return realm.string(s.substr(static_cast<size_t>(a), static_cast<size_t>(b - a)));
}

// Where the index is inside, else `outside`.
Value unit_at(Realm& realm, Value text, Value index, Value outside, Op op) {
  if (text.is_unknown() || index.is_unknown()) {
    auto& pool = realm.pool();
    const ir::Expr *s = realm.str_expr(text), *i = realm.num_expr(index);
    const ir::Expr* inside = pool.both(pool.op(Op::NumLe, {pool.number(0), i}), pool.op(Op::NumLt, {i, pool.op(Op::StrLength, {s})}));
    return realm.make_choice(inside, {outside, Value::unknown(pool.op(op, {s, i}))});
  }
  const auto& s = text.as_string()->text;
  const double i = index.as_number();
  if (!(i >= 0 && i < static_cast<double>(s.size()))) return outside;
  const auto at = static_cast<size_t>(i);
  if (op == Op::CharAt) return realm.string(std::u16string(1, s[at]));
  if (op == Op::CharCodeAt) return Value::number(s[at]);
  if (s[at] >= 0xD800 && s[at] < 0xDC00 && at + 1 < s.size() && s[at + 1] >= 0xDC00 && s[at + 1] < 0xE000) {
    return Value::number(0x10000 + ((s[at] - 0xD800) << 10) + (s[at + 1] - 0xDC00));
  }
  return Value::number(s[at]);
}

Value char_at(Realm& realm, const Call& call) {
  return unit_at(realm, this_text(realm, call), integer_arg(realm, call.arg(0), 0), realm.string(""), Op::CharAt);
}
Value char_code_at(Realm& realm, const Call& call) {
  return unit_at(realm, this_text(realm, call), integer_arg(realm, call.arg(0), 0), Value::number(NAN), Op::CharCodeAt);
}
Value code_point_at(Realm& realm, const Call& call) {
  return unit_at(realm, this_text(realm, call), integer_arg(realm, call.arg(0), 0), Value::undefined(), Op::CodePointAt);
}

Value at(Realm& realm, const Call& call) {
  const Value text = this_text(realm, call);
  Value index = integer_arg(realm, call.arg(0), 0);
  if (index.is_number() && index.as_number() < 0) {
    const Value length = realm.get(text, realm.key("length"));
    index = realm.add(length, index);
  } else if (index.is_unknown()) {
    auto& pool = realm.pool();
    const ir::Expr* i = index.as_unknown();
    const ir::Expr* length = realm.num_expr(realm.get(text, realm.key("length")));
    index = Value::unknown(pool.op(Op::SelectNum, {pool.op(Op::NumLt, {i, pool.number(0)}), i, pool.op(Op::Add, {i, length})}));
  }
  return unit_at(realm, text, index, Value::undefined(), Op::CharAt);
}

Value trimmed(Realm& realm, const Call& call, Op op) {
  const Value text = this_text(realm, call);
  if (text.is_unknown()) return residual(realm, op, {text});
  std::u16string_view s = text.as_string()->text;
  const std::u16string_view both = trim_view(s);
  if (op == Op::Trim) return realm.string(std::u16string(both));
  if (both.empty()) return realm.string("");
  const size_t begin = static_cast<size_t>(both.data() - s.data());
  if (op == Op::TrimStart) return realm.string(std::u16string(s.substr(begin)));
  return realm.string(std::u16string(s.substr(0, begin + both.size())));
}

Value padded(Realm& realm, const Call& call, Op op) {
  const Value text = this_text(realm, call);
  const Value width = integer_arg(realm, call.arg(0), 0);
  const Value given = realm.force(call.arg(1));
  const Value filler = given.is_undefined() ? realm.string(" ") : realm.force(realm.to_string(given));
  if (text.is_unknown() || width.is_unknown() || filler.is_unknown()) return residual(realm, op, {text, width, filler});
  const auto &s = text.as_string()->text, &f = filler.as_string()->text;
  if (width.as_number() <= static_cast<double>(s.size()) || f.empty()) return text;
  if (width.as_number() > 536870888) realm.throw_range_error("Invalid string length");
  std::u16string pad;
  const size_t missing = static_cast<size_t>(width.as_number()) - s.size();
  realm.burn(static_cast<uint32_t>(missing));
  while (pad.size() < missing) pad += f;
  pad.resize(missing);
  return realm.string(op == Op::PadStart ? pad + s : s + pad);
}

Value repeat(Realm& realm, const Call& call) {
  const Value text = this_text(realm, call);
  const Value count = integer_arg(realm, call.arg(0), 0);
  if (text.is_unknown() || count.is_unknown()) {
    if (count.is_number() && !(count.as_number() >= 0 && std::isfinite(count.as_number()))) realm.throw_range_error("Invalid count value");
    return residual(realm, Op::Repeat, {text, count});
  }
  const double n = count.as_number();
  const auto& s = text.as_string()->text;
  if (n < 0 || std::isinf(n)) realm.throw_range_error("Invalid count value: " + std::to_string(n));
  if (n * static_cast<double>(s.size()) > 16'000'000) realm.throw_range_error("Invalid string length");
  std::u16string out;
  for (double i = 0; i < n; ++i) out += s;
  return realm.string(std::move(out));
}

Value from_codes(Realm& realm, const Call& call, bool points) {
  Value out = realm.string("");
  for (const Value& v : call.args) {
    const Value n = realm.force(realm.to_number(v));
    if (n.is_unknown()) {
      out = realm.add(out, residual(realm, points ? Op::FromCodePoint : Op::FromCharCode, {n}));
      continue;
    }
    if (!points) {
      out = realm.add(out, realm.string(std::u16string(1, static_cast<char16_t>(to_int32(n.as_number())))));
      continue;
    }
    const double p = n.as_number();
    if (!(p >= 0 && p <= 0x10FFFF && p == std::trunc(p))) realm.throw_range_error("Invalid code point " + realm.wtf8(realm.str(realm.number_to_string(p))));
    const auto c = static_cast<uint32_t>(p);
    std::u16string text;
    if (c >= 0x10000) {
      text += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
      text += static_cast<char16_t>(0xDC00 + (c & 0x3FF));
    } else {
      text += static_cast<char16_t>(c);
    }
    out = realm.add(out, realm.string(std::move(text)));
  }
  return out;
}

Value raw(Realm& realm, const Call& call) {
  const std::vector<Value> parts = array_like(realm, realm.get(realm.force(call.arg(0)), realm.key("raw")));
  Value out = realm.string("");
  for (size_t i = 0; i < parts.size(); ++i) {
    out = realm.add(out, realm.to_string(parts[i]));
    if (i + 1 < parts.size() && i + 1 < call.args.size()) out = realm.add(out, realm.to_string(call.args[i + 1]));
  }
  return out;
}

Value changed_case(Realm& realm, const Call& call, bool upper) {
  const Value text = this_text(realm, call);
  if (text.is_unknown()) return residual(realm, upper ? Op::Upper : Op::Lower, {text});
  return realm.string(map_case(text.as_string()->text, upper));
}

Value concat(Realm& realm, const Call& call) {
  Value out = this_text(realm, call);
  for (const Value& v : call.args) out = realm.add(out, realm.to_string(v));
  return out;
}

Value is_well_formed(Realm& realm, const Call& call) {
  const Value text = this_text(realm, call);
  if (text.is_unknown()) return residual(realm, Op::StrIsWellFormed, {text});
  const auto& s = text.as_string()->text;
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] < 0xD800 || s[i] > 0xDFFF) continue;
    if (s[i] > 0xDBFF || i + 1 >= s.size() || s[i + 1] < 0xDC00 || s[i + 1] > 0xDFFF) return Value::boolean(false);
    ++i;
  }
  return Value::boolean(true);
}

}  // namespace

Value this_text(Realm& realm, const Call& call) {
  const Value v = realm.force(call.this_value);
  if (v.is_nullish()) realm.throw_type_error("String.prototype method called on null or undefined");
  return realm.force(realm.to_string(v));
}

Value integer_arg(Realm& realm, Value v, double fallback) {
  v = realm.force(v);
  if (v.is_undefined()) return Value::number(fallback);
  v = realm.force(realm.to_number(v));
  if (v.is_unknown()) {
    // ToIntegerOrInfinity: NaN is 0.
    auto& pool = realm.pool();
    const ir::Expr* n = v.as_unknown();
    return Value::unknown(pool.op(Op::SelectNum, {pool.op(Op::NumIsNaN, {n}), pool.op(Op::Trunc, {n}), pool.number(0)}));
  }
  return Value::number(realm.to_integer(v.as_number()));
}

Value residual(Realm& realm, Op op, std::initializer_list<Value> args) {
  std::vector<const ir::Expr*> out;
  for (const Value& v : args) {
    const bool text = v.is_string() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr);
    out.push_back(text ? realm.str_expr(v) : realm.num_expr(v));
  }
  return Value::unknown(realm.pool().op(op, std::move(out)));
}

void install_string(Realm& realm) {
  auto* boxed = new Object(Class::kString);
  auto* state = new BoxState;
  state->proto = realm.intrinsic("Object");
  state->value = realm.string("");
  Object* prototype = realm.adopt_object(boxed, state);
  NativeFunction* constructor = make_constructor(realm, "String", 1, string_constructor, prototype);
  realm.define_native(constructor, "fromCharCode", 1, [](Realm& r, const Call& c) { return from_codes(r, c, false); });
  realm.define_native(constructor, "fromCodePoint", 1, [](Realm& r, const Call& c) { return from_codes(r, c, true); });
  realm.define_native(constructor, "raw", 1, raw);
  const auto fn = [&](const char* name, int length, NativeFn f) { realm.define_native(prototype, name, length, f); };
  fn("toString", 0, this_string_value);
  fn("valueOf", 0, this_string_value);
  fn("slice", 2, [](Realm& r, const Call& c) { return cut(r, c, Op::Slice); });
  fn("substring", 2, [](Realm& r, const Call& c) { return cut(r, c, Op::Substring); });
  fn("substr", 2, [](Realm& r, const Call& c) { return cut(r, c, Op::Substr); });
  fn("charAt", 1, char_at);
  fn("charCodeAt", 1, char_code_at);
  fn("codePointAt", 1, code_point_at);
  fn("at", 1, at);
  fn("trim", 0, [](Realm& r, const Call& c) { return trimmed(r, c, Op::Trim); });
  for (const char* name : {"trimStart", "trimLeft"}) fn(name, 0, [](Realm& r, const Call& c) { return trimmed(r, c, Op::TrimStart); });
  for (const char* name : {"trimEnd", "trimRight"}) fn(name, 0, [](Realm& r, const Call& c) { return trimmed(r, c, Op::TrimEnd); });
  fn("padStart", 2, [](Realm& r, const Call& c) { return padded(r, c, Op::PadStart); });
  fn("padEnd", 2, [](Realm& r, const Call& c) { return padded(r, c, Op::PadEnd); });
  fn("repeat", 1, repeat);
  for (const char* name : {"toUpperCase", "toLocaleUpperCase"}) fn(name, 0, [](Realm& r, const Call& c) { return changed_case(r, c, true); });
  for (const char* name : {"toLowerCase", "toLocaleLowerCase"}) fn(name, 0, [](Realm& r, const Call& c) { return changed_case(r, c, false); });
  fn("concat", 1, concat);
  fn("isWellFormed", 0, is_well_formed);
}

}  // namespace jsxdp::eval::builtins
