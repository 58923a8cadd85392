// RegExp (ECMA-262 section 22.2), over known texts. The engine matches; what its
// results are used for is written here, so that user code may be called between.
#include <algorithm>

#include "eval/builtins/builtins.h"
#include "eval/builtins/string_support.h"
#include "eval/engine.h"

namespace jsxdp::eval::builtins {
namespace {

struct RegExpObject final : Object {
  RegExpObject() : Object(Class::kRegExp) {}
  const Str* source = nullptr;
  const Str* flags = nullptr;
  bool has(char16_t flag) const { return flags->text.find(flag) != std::u16string::npos; }
};

RegExpObject* self(Realm& realm, Value v) {
  v = realm.force(v);
  auto* r = v.is_object() ? dynamic_cast<RegExpObject*>(v.as_object()) : nullptr;
  if (!r) realm.throw_type_error("RegExp.prototype method called on incompatible receiver " + describe(v));
  return r;
}

Value constructor(Realm& realm, const Call& call) {
  const Value pattern = realm.force(call.arg(0)), flags = realm.force(call.arg(1));
  auto* from = pattern.is_object() ? dynamic_cast<RegExpObject*>(pattern.as_object()) : nullptr;
  if (from && !call.new_target && flags.is_undefined()) return pattern;
  const Str* source = from ? from->source : pattern.is_undefined() ? realm.str("") : realm.known_string(realm.to_string(pattern), "a regular expression");
  const Str* wanted = !flags.is_undefined() ? realm.known_string(realm.to_string(flags), "a regular expression's flags") : from ? from->flags : realm.str("");
  const auto& compiled = engine_call(realm, {u"compile", source->text, wanted->text});
  auto* made = new RegExpObject;
  made->source = source;
  made->flags = realm.str(compiled[1]);
  auto* state = new ObjectState;
  state->proto = prototype_for(realm, call, "RegExp");
  realm.adopt_object(made, state);
  Property last{};
  last.key = realm.key("lastIndex");
  last.value = Value::number(0);
  last.enumerable = last.configurable = false;
  realm.define_own(made, last);
  return Value::object(made);
}

struct Match {
  size_t index, end;
  std::vector<Value> groups;  // [0]: the whole match
  std::vector<std::pair<std::u16string, Value>> named;
};

std::optional<Match> match_at(Realm& realm, RegExpObject* r, const std::u16string& text, double last_index) {
  const auto& answer = engine_call(realm, {u"exec", r->source->text, r->flags->text, engine_text(last_index), text});
  if (answer.size() < 4) return std::nullopt;
  const auto value = [&](const std::u16string& s) { return s[0] == u'u' ? Value::undefined() : realm.string(s.substr(1)); };
  Match m{};
  m.index = static_cast<size_t>(engine_number(answer[1]));
  const auto count = static_cast<size_t>(engine_number(answer[3]));
  for (size_t i = 0; i < count; ++i) m.groups.push_back(value(answer[4 + i]));
  for (size_t i = 4 + count; i + 1 < answer.size(); i += 2) m.named.emplace_back(answer[i], value(answer[i + 1]));
  m.end = m.index + m.groups[0].as_string()->text.size();
  return m;
}

// RegExpBuiltinExec: honours and moves lastIndex.
std::optional<Match> exec(Realm& realm, RegExpObject* r, const std::u16string& text) {
  const bool moves = r->has(u'g') || r->has(u'y');
  const double at = moves ? realm.to_integer(realm.known_number(realm.get(r, "lastIndex"), "lastIndex")) : 0;
  if (at > static_cast<double>(text.size())) {
    realm.set(r, "lastIndex", Value::number(0));
    return std::nullopt;
  }
  auto m = match_at(realm, r, text, at);
  if (moves) realm.set(r, "lastIndex", Value::number(m ? static_cast<double>(m->end) : 0));
  return m;
}

Value groups_object(Realm& realm, const Match& m) {
  if (m.named.empty()) return {};
  Object* groups = realm.new_object(nullptr);
  for (const auto& [name, v] : m.named) realm.define(groups, realm.key(realm.str(name)), v, true);
  return Value::object(groups);
}

Value match_array(Realm& realm, const std::optional<Match>& m, const Str* text) {
  if (!m) return Value::null();
  Object* out = realm.new_array(m->groups);
  realm.define(out, "index", Value::number(static_cast<double>(m->index)), true);
  realm.define(out, "input", Value::string(text), true);
  realm.define(out, "groups", groups_object(realm, *m), true);
  return Value::object(out);
}

const Str* subject(Realm& realm, Value v) { return realm.known_string(realm.to_string(v), "a text that a regular expression is matched with"); }

size_t step(const std::u16string& s, size_t at, bool unicode) {
  if (!unicode || at + 1 >= s.size()) return at + 1;
  const bool pair = s[at] >= 0xD800 && s[at] < 0xDC00 && s[at + 1] >= 0xDC00 && s[at + 1] < 0xE000;
  return at + (pair ? 2 : 1);
}

// Every match from lastIndex on (global), or the first.
std::vector<Match> matches(Realm& realm, RegExpObject* r, const Str* text) {
  std::vector<Match> out;
  if (!r->has(u'g')) {
    if (auto m = exec(realm, r, text->text)) out.push_back(std::move(*m));
    return out;
  }
  for (size_t at = 0; at <= text->text.size();) {
    auto m = match_at(realm, r, text->text, static_cast<double>(at));
    if (!m) break;
    at = m->end == m->index ? step(text->text, m->end, r->has(u'u') || r->has(u'v')) : m->end;
    out.push_back(std::move(*m));
  }
  realm.set(r, "lastIndex", Value::number(0));
  return out;
}

Value replace(Realm& realm, const Call& call) {
  RegExpObject* r = self(realm, call.this_value);
  const Str* text = subject(realm, call.arg(0));
  const Value with = realm.force(call.arg(1));
  if (!realm.callable(with)) {
    const Str* replacement = realm.known_string(realm.to_string(with), "the replacement for a regular expression's match");
    const double last = r->has(u'y') ? realm.known_number(realm.get(r, "lastIndex"), "lastIndex") : 0;
    const auto& answer = engine_call(realm, {u"replace", r->source->text, r->flags->text, engine_text(last), text->text, replacement->text});
    if (r->has(u'g') || r->has(u'y')) realm.set(r, "lastIndex", Value::number(engine_number(answer[2])));
    return realm.string(answer[1]);
  }
  Value out = realm.string("");
  size_t end = 0;
  for (const Match& m : matches(realm, r, text)) {
    out = realm.add(out, realm.string(text->text.substr(end, m.index - end)));
    std::vector<Value> args = m.groups;
    args.push_back(Value::number(static_cast<double>(m.index)));
    args.push_back(Value::string(text));
    if (!m.named.empty()) args.push_back(groups_object(realm, m));
    out = realm.add(out, realm.to_string(realm.call(with, {}, args)));
    end = m.end;
  }
  return realm.add(out, realm.string(text->text.substr(end)));
}

Value match(Realm& realm, const Call& call) {
  RegExpObject* r = self(realm, call.this_value);
  const Str* text = subject(realm, call.arg(0));
  if (!r->has(u'g')) return match_array(realm, exec(realm, r, text->text), text);
  std::vector<Value> out;
  for (const Match& m : matches(realm, r, text)) out.push_back(m.groups[0]);
  return out.empty() ? Value::null() : Value::object(realm.new_array(std::move(out)));
}

Value match_all(Realm& realm, const Call& call) {
  RegExpObject* r = self(realm, call.this_value);
  const Str* text = subject(realm, call.arg(0));
  if (!r->has(u'g')) realm.throw_type_error("String.prototype.matchAll called with a non-global RegExp argument");
  std::vector<Value> all;
  for (const Match& m : matches(realm, r, text)) all.push_back(match_array(realm, m, text));
  return Value::object(make_list_iterator(realm, "%RegExpStringIterator%", [all](Realm&, double& at) -> std::optional<Value> {
    if (at >= static_cast<double>(all.size())) return std::nullopt;
    return all[static_cast<size_t>(at++)];
  }));
}

Value search(Realm& realm, const Call& call) {
  const auto m = match_at(realm, self(realm, call.this_value), subject(realm, call.arg(0))->text, 0);
  return Value::number(m ? static_cast<double>(m->index) : -1);
}

Value split(Realm& realm, const Call& call) {
  RegExpObject* r = self(realm, call.this_value);
  const Str* text = subject(realm, call.arg(0));
  const Value limit = realm.force(call.arg(1));
  const auto& answer = engine_call(realm, {u"split", r->source->text, r->flags->text,
                                           limit.is_undefined() ? u"" : engine_text(realm.known_number(limit, "the limit")), text->text});
  std::vector<Value> out;
  for (size_t i = 1; i < answer.size(); ++i) out.push_back(answer[i][0] == u'u' ? Value::undefined() : realm.string(answer[i].substr(1)));
  return Value::object(realm.new_array(std::move(out)));
}

std::u16string escaped_source(const std::u16string& source) {
  if (source.empty()) return u"(?:)";
  std::u16string out;
  bool in_class = false;
  for (size_t i = 0; i < source.size(); ++i) {
    const char16_t c = source[i];
    if (c == '\\' && i + 1 < source.size()) {
      out += c;
      out += source[++i];
    } else if (c == '/' && !in_class) {
      out += u"\\/";
    } else if (c == '\n') {
      out += u"\\n";
    } else {
      if (c == '[') in_class = true;
      if (c == ']') in_class = false;
      out += c;
    }
  }
  return out;
}

}  // namespace

void install_regexp(Realm& realm) {
  Object* prototype = realm.new_object();
  make_constructor(realm, "RegExp", 2, constructor, prototype);
  realm.define_native(prototype, "exec", 1, [](Realm& r, const Call& c) {
    RegExpObject* object = self(r, c.this_value);
    const Str* text = subject(r, c.arg(0));
    return match_array(r, exec(r, object, text->text), text);
  });
  realm.define_native(prototype, "test", 1, [](Realm& r, const Call& c) {
    RegExpObject* object = self(r, c.this_value);
    return Value::boolean(exec(r, object, subject(r, c.arg(0))->text).has_value());
  });
  realm.define_native(prototype, "toString", 0, [](Realm& r, const Call& c) {
    RegExpObject* object = self(r, c.this_value);
    return r.string(u"/" + escaped_source(object->source->text) + u"/" + object->flags->text);
  });
  const auto method = [&](const char* name, int length, NativeFn fn) {
    realm.define(prototype, Key(realm.well_known(name)), Value::object(realm.new_native(std::string("[Symbol.") + name + "]", length, fn)), false);
  };
  method("replace", 2, replace);
  method("match", 1, match);
  method("matchAll", 1, match_all);
  method("search", 1, search);
  method("split", 2, split);
  realm.define_getter(prototype, realm.key("source"), [](Realm& r, const Call& c) { return r.string(escaped_source(self(r, c.this_value)->source->text)); });
  realm.define_getter(prototype, realm.key("flags"), [](Realm& r, const Call& c) { return Value::string(self(r, c.this_value)->flags); });
#define JX_FLAG(name, flag) \
  realm.define_getter(prototype, realm.key(name), [](Realm& r, const Call& c) { return Value::boolean(self(r, c.this_value)->has(flag)); })
  JX_FLAG("global", u'g');
  JX_FLAG("ignoreCase", u'i');
  JX_FLAG("multiline", u'm');
  JX_FLAG("sticky", u'y');
  JX_FLAG("unicode", u'u');
  JX_FLAG("dotAll", u's');
  JX_FLAG("hasIndices", u'd');
#undef JX_FLAG
}

}  // namespace jsxdp::eval::builtins
