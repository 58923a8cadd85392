// String: searching, replacing, splitting.
#include <cmath>
#include <limits>

#include "eval/builtins/builtins.h"
#include "eval/builtins/string_support.h"
#include "eval/realm_impl.h"
#include "kernel/frame.h"

namespace jsxdp::eval::builtins {
namespace {

using ir::Op;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool is_regexp(Realm& realm, Value v) {
  return v.is_object() && !realm.get(v, Key(realm.well_known("match"))).is_nullish() &&
         v.as_object()->object_class() == Class::kRegExp;
}

Value needle(Realm& realm, const Call& call, const char* method) {
  const Value v = realm.force(call.arg(0));
  if (is_regexp(realm, v))
    realm.throw_type_error(std::string("First argument to String.prototype.") + method +
                           " must not be a regular expression");
  return realm.force(realm.to_string(v));
}

bool residual_needed(Value a, Value b, Value c) {
  return a.is_unknown() || b.is_unknown() || c.is_unknown();
}

Value includes(Realm& realm, const Call& call) {
  const Value text = this_text(realm, call), what = needle(realm, call, "includes"),
              from = integer_arg(realm, call.arg(1), 0);
  if (residual_needed(text, what, from))
    return residual(realm, Op::StrIncludes, {text, what, from});
  const double start =
      std::clamp(from.as_number(), 0.0, static_cast<double>(text.as_string()->text.size()));
  return Value::boolean(
      text.as_string()->text.find(what.as_string()->text, static_cast<size_t>(start)) !=
      std::u16string::npos);
}

Value starts_with(Realm& realm, const Call& call) {
  const Value text = this_text(realm, call), what = needle(realm, call, "startsWith"),
              from = integer_arg(realm, call.arg(1), 0);
  if (residual_needed(text, what, from))
    return residual(realm, Op::StrStartsWith, {text, what, from});
  const auto &s = text.as_string()->text, &w = what.as_string()->text;
  const auto start =
      static_cast<size_t>(std::clamp(from.as_number(), 0.0, static_cast<double>(s.size())));
  return Value::boolean(s.compare(start, w.size(), w) == 0);
}

Value ends_with(Realm& realm, const Call& call) {
  const Value text = this_text(realm, call), what = needle(realm, call, "endsWith"),
              to = integer_arg(realm, call.arg(1), kInfinity);
  if (residual_needed(text, what, to)) return residual(realm, Op::StrEndsWith, {text, what, to});
  const auto &s = text.as_string()->text, &w = what.as_string()->text;
  const auto end =
      static_cast<size_t>(std::clamp(to.as_number(), 0.0, static_cast<double>(s.size())));
  return Value::boolean(end >= w.size() && s.compare(end - w.size(), w.size(), w) == 0);
}

Value index_of(Realm& realm, const Call& call) {
  const Value text = this_text(realm, call), what = realm.force(realm.to_string(call.arg(0))),
              from = integer_arg(realm, call.arg(1), 0);
  if (residual_needed(text, what, from)) return residual(realm, Op::IndexOf, {text, what, from});
  const auto& s = text.as_string()->text;
  const size_t found =
      s.find(what.as_string()->text,
             static_cast<size_t>(std::clamp(from.as_number(), 0.0, static_cast<double>(s.size()))));
  return Value::number(found == std::u16string::npos ? -1 : static_cast<double>(found));
}

Value last_index_of(Realm& realm, const Call& call) {
  const Value text = this_text(realm, call), what = realm.force(realm.to_string(call.arg(0)));
  const Value from = realm.force(realm.to_number(call.arg(1)));
  if (residual_needed(text, what, from))
    return residual(realm, Op::LastIndexOf, {text, what, from});
  const auto& s = text.as_string()->text;
  const double at = std::isnan(from.as_number()) ? kInfinity : realm.to_integer(from.as_number());
  const size_t found =
      s.rfind(what.as_string()->text,
              static_cast<size_t>(std::clamp(at, 0.0, static_cast<double>(s.size()))));
  return Value::number(found == std::u16string::npos ? -1 : static_cast<double>(found));
}

// GetSubstitution (ECMA-262 section 22.1.3.19.1) without captures.
std::u16string substitute(const std::u16string& pattern, const std::u16string& text, size_t at,
                          const std::u16string& matched) {
  std::u16string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != u'$' || i + 1 == pattern.size()) {
      out += pattern[i];
      continue;
    }
    switch (pattern[i + 1]) {
      case u'$':
        out += u'$';
        break;
      case u'&':
        out += matched;
        break;
      case u'`':
        out += text.substr(0, at);
        break;
      case u'\'':
        out += text.substr(at + matched.size());
        break;
      default:
        out += u'$';
        continue;
    }
    ++i;
  }
  return out;
}

Value replace(Realm& realm, const Call& call, bool all) {
  const Value pattern = realm.force(call.arg(0));
  if (pattern.is_object()) {
    const Value method = realm.get(pattern, Key(realm.well_known("replace")));
    if (!method.is_nullish()) {
      if (all && is_regexp(realm, pattern)) {
        const Str* flags = realm.known_string(realm.get(pattern, realm.key("flags")), "the flags");
        if (flags->text.find(u'g') == std::u16string::npos)
          realm.throw_type_error("replaceAll must be called with a global RegExp");
      }
      return realm.call(method, pattern, {call.this_value, call.arg(1)});
    }
  }
  const Value text = this_text(realm, call), what = realm.force(realm.to_string(pattern));
  const Value with = realm.force(call.arg(1));
  const bool function = realm.callable(with);
  const Value replacement = function ? with : realm.force(realm.to_string(with));
  if (text.is_unknown() || what.is_unknown() || replacement.is_unknown()) {
    if (function)
      realm.refuse("JX1201", "replacing in a text of the request by a function is not supported",
                   "replace by a constant string");
    return residual(realm, all ? Op::ReplaceAll : Op::Replace, {text, what, replacement});
  }
  const std::u16string &s = text.as_string()->text, &w = what.as_string()->text;
  Value out = realm.string("");
  size_t end = 0;
  for (size_t at = s.find(w); at != std::u16string::npos;
       at = at + std::max<size_t>(w.size(), 1) > s.size()
                ? std::u16string::npos
                : s.find(w, at + std::max<size_t>(w.size(), 1))) {
    out = realm.add(out, realm.string(s.substr(end, at - end)));
    if (function) {
      out = realm.add(out, realm.to_string(realm.call(
                               with, {}, {what, Value::number(static_cast<double>(at)), text})));
    } else {
      out = realm.add(out, realm.string(substitute(replacement.as_string()->text, s, at, w)));
    }
    end = at + w.size();
    if (!all) break;
  }
  return realm.add(out, realm.string(s.substr(end)));
}

constexpr size_t kMaxPieces = 6;  // of a text of the request; more of them pass

// The pieces of a text of the request, from `from` on, behind those in `pieces`: one
// array for each number of separators that the text may hold.
Value split_unknown(Realm& realm, const ir::Expr* text, const Str* separator, const ir::Expr* from,
                    std::vector<Value> pieces, size_t limit) {
  auto& pool = realm.pool();
  const bool start = from->op == Op::ConstNum;
  const auto done = [&](const ir::Expr* rest) {
    std::vector<Value> all = pieces;
    all.push_back(Value::unknown(rest));
    return Value::object(realm.new_array(std::move(all)));
  };
  const ir::Expr* what = pool.string(realm.wtf8(separator));
  const ir::Expr* at = pool.op(Op::IndexOf, {text, what, from});
  return realm.fork(pool.op(Op::StrIncludes, {text, what, from}), 2, [&](uint32_t found) {
    if (found == 0)
      return done(start
                      ? text
                      : pool.op(Op::Slice, {text, from,
                                            pool.number(std::numeric_limits<double>::infinity())}));
    const ir::Expr* piece = pool.op(Op::Slice, {text, from, at});
    if (pieces.size() + 1 == limit) return done(piece);
    if (pieces.size() + 1 == kMaxPieces) realm.pass(JX_R_LIST_FULL);
    std::vector<Value> more = pieces;
    more.push_back(Value::unknown(piece));
    return split_unknown(
        realm, text, separator,
        pool.op(Op::Add, {at, pool.number(static_cast<double>(separator->text.size()))}),
        std::move(more), limit);
  });
}

Value split(Realm& realm, const Call& call) {
  const Value separator = realm.force(call.arg(0));
  if (separator.is_object()) {
    const Value method = realm.get(separator, Key(realm.well_known("split")));
    if (!method.is_nullish()) return realm.call(method, separator, {call.this_value, call.arg(1)});
  }
  const Value subject = realm.force(this_text(realm, call));
  const Value given = realm.force(call.arg(1));
  const uint32_t limit =
      given.is_undefined()
          ? UINT32_MAX
          : static_cast<uint32_t>(to_int32(realm.known_number(given, "the limit")));
  std::vector<Value> out;
  if (limit == 0) return Value::object(realm.new_array({}));
  if (separator.is_undefined()) return Value::object(realm.new_array({subject}));
  const Str* divider = realm.known_string(realm.to_string(separator), "the separator");
  // Not at blanks: those lists are class names, whose pieces class helpers look up and
  // hash one by one, which multiplies the cases beyond reason.
  if (subject.is_unknown() && !divider->text.empty() && divider->text != u" ") {
    return split_unknown(realm, subject.as_unknown(), divider, realm.pool().number(0), {}, limit);
  }
  const Value text = realm.known(subject, "the text to split");
  const std::u16string &s = text.as_string()->text, &w = divider->text;
  if (w.empty()) {
    for (const char16_t c : s) out.push_back(realm.string(std::u16string(1, c)));
  } else {
    size_t begin = 0;
    for (size_t at = s.find(w); at != std::u16string::npos; at = s.find(w, begin)) {
      out.push_back(realm.string(s.substr(begin, at - begin)));
      begin = at + w.size();
    }
    out.push_back(realm.string(s.substr(begin)));
  }
  if (out.size() > limit) out.resize(limit);
  return Value::object(realm.new_array(std::move(out)));
}

// match, matchAll, search: regular expressions do the work.
Value by_regexp(Realm& realm, const Call& call, const char* symbol, const char* flags) {
  const Value pattern = realm.force(call.arg(0));
  const Key method_key(realm.well_known(symbol));
  if (pattern.is_object()) {
    const Value method = realm.get(pattern, method_key);
    if (!method.is_nullish()) return realm.call(method, pattern, {call.this_value});
  }
  const Value text = this_text(realm, call);
  const Value regexp = realm.construct(
      realm.get(realm.global(), "RegExp"),
      std::vector{pattern.is_undefined() ? Value::undefined() : pattern, realm.string(flags)});
  return realm.call(realm.get(regexp, method_key), regexp, {text});
}

Value locale_compare(Realm& realm, const Call& call) {
  const Value a = this_text(realm, call), b = realm.force(realm.to_string(call.arg(0)));
  if (a.is_unknown() || b.is_unknown())
    realm.known(a.is_unknown() ? a : b, "a text to compare by locale");
  const Value compare = realm.get(realm.global(), "%localeCompare%");
  return realm.call(compare, {}, {a, b});
}

}  // namespace

void install_string_search(Realm& realm) {
  Object* prototype = realm.intrinsic("String");
  const auto fn = [&](const char* name, int length, NativeFn f) {
    realm.define_native(prototype, name, length, f);
  };
  fn("includes", 1, includes);
  fn("startsWith", 1, starts_with);
  fn("endsWith", 1, ends_with);
  fn("indexOf", 1, index_of);
  fn("lastIndexOf", 1, last_index_of);
  fn("replace", 2, [](Realm& r, const Call& c) { return replace(r, c, false); });
  fn("replaceAll", 2, [](Realm& r, const Call& c) { return replace(r, c, true); });
  fn("split", 2, split);
  fn("match", 1, [](Realm& r, const Call& c) { return by_regexp(r, c, "match", ""); });
  fn("matchAll", 1, [](Realm& r, const Call& c) { return by_regexp(r, c, "matchAll", "g"); });
  fn("search", 1, [](Realm& r, const Call& c) { return by_regexp(r, c, "search", ""); });
  fn("localeCompare", 1, locale_compare);
}

}  // namespace jsxdp::eval::builtins
