// JSON.parse (ECMA-262 section 25.5.1), over UTF-16 text.
#include "eval/builtins/json.h"

namespace jsxdp::eval::builtins {
namespace {

class Parser {
 public:
  Parser(Realm& realm, const std::u16string& text) : realm_(realm), text_(text) {}

  Value parse() {
    const Value v = value(0);
    space();
    if (at_ < text_.size()) fail();
    return v;
  }

 private:
  [[noreturn]] void fail() {
    std::string message = "Unexpected end of JSON input";
    if (at_ < text_.size()) {
      message = "Unexpected token '" + realm_.wtf8(realm_.str(text_.substr(at_, 1))) + "' in JSON at position " + std::to_string(at_);
    }
    throw Throw{Value::object(realm_.new_error("SyntaxError", message))};
  }
  void space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
  }
  char16_t peek() const { return at_ < text_.size() ? text_[at_] : u'\0'; }
  void expect(char16_t c) {
    if (peek() != c) fail();
    ++at_;
  }
  bool word(std::u16string_view w) {
    if (text_.compare(at_, w.size(), w) != 0) return false;
    at_ += w.size();
    return true;
  }

  Value value(int depth) {
    if (depth > 2000) realm_.throw_range_error("Maximum call stack size exceeded");
    space();
    switch (peek()) {
      case u'{': return object(depth);
      case u'[': return array(depth);
      case u'"': return realm_.string(string());
      case u't':
        if (word(u"true")) return Value::boolean(true);
        fail();
      case u'f':
        if (word(u"false")) return Value::boolean(false);
        fail();
      case u'n':
        if (word(u"null")) return Value::null();
        fail();
      default: return number();
    }
  }

  Value number() {
    const size_t begin = at_;
    if (peek() == '-') ++at_;
    if (peek() == '0') {
      ++at_;
    } else if (digits() == 0) {
      fail();
    }
    if (peek() == '.') {
      ++at_;
      if (digits() == 0) fail();
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (digits() == 0) fail();
    }
    return Value::number(realm_.string_to_number(std::u16string_view(text_).substr(begin, at_ - begin)));
  }
  size_t digits() {
    const size_t begin = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ - begin;
  }

  std::u16string string() {
    expect(u'"');
    std::u16string out;
    for (;;) {
      if (at_ >= text_.size() || text_[at_] < 0x20) fail();
      const char16_t c = text_[at_++];
      if (c == '"') return out;
      if (c != '\\') {
        out += c;
        continue;
      }
      const char16_t e = peek();
      ++at_;
      switch (e) {
        case 'b': out += u'\b'; break;
        case 'f': out += u'\f'; break;
        case 'n': out += u'\n'; break;
        case 'r': out += u'\r'; break;
        case 't': out += u'\t'; break;
        case '"':
        case '\\':
        case '/': out += e; break;
        case 'u': out += unit(); break;
        default: --at_; fail();
      }
    }
  }
  char16_t unit() {
    uint32_t n = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char16_t c = peek();
      if (c >= '0' && c <= '9') {
        n = n * 16 + (c - '0');
      } else if ((c | 32) >= 'a' && (c | 32) <= 'f') {
        n = n * 16 + ((c | 32) - 'a' + 10);
      } else {
        fail();
      }
    }
    return static_cast<char16_t>(n);
  }

  Value array(int depth) {
    expect(u'[');
    std::vector<Value> out;
    space();
    if (peek() != ']') {
      for (;;) {
        out.push_back(value(depth + 1));
        space();
        if (peek() != ',') break;
        ++at_;
      }
    }
    expect(u']');
    return Value::object(realm_.new_array(std::move(out)));
  }

  Value object(int depth) {
    expect(u'{');
    Object* out = realm_.new_object();
    space();
    if (peek() != '}') {
      for (;;) {
        space();
        const Key key = realm_.key(realm_.str(string()));
        space();
        expect(u':');
        realm_.define(out, key, value(depth + 1), true);
        space();
        if (peek() != ',') break;
        ++at_;
      }
    }
    expect(u'}');
    return Value::object(out);
  }

  Realm& realm_;
  const std::u16string& text_;
  size_t at_ = 0;
};

Value revive(Realm& realm, Value holder, Key key, Value reviver) {
  const Value v = realm.get(holder, key);
  if (v.is_object()) {
    for (const Key& k : realm.own_keys(v.as_object())) {
      if (k.is_symbol()) continue;
      const auto own = realm.get_own(v.as_object(), k);
      if (!own || !own->enumerable) continue;
      const Value next = revive(realm, v, k, reviver);
      if (next.is_undefined()) {
        realm.remove(v.as_object(), k);
      } else {
        realm.define(v.as_object(), k, next, true);
      }
    }
  }
  return realm.call(reviver, holder, {Value::string(key.string()), v});
}

}  // namespace

Value json_parse(Realm& realm, const Call& call) {
  const Str* text = realm.known_string(realm.to_string(call.arg(0)), "the text to parse as JSON");
  const Value v = Parser(realm, text->text).parse();
  const Value reviver = realm.force(call.arg(1));
  if (!realm.callable(reviver)) return v;
  Object* root = realm.new_object();
  realm.define(root, "", v, true);
  return revive(realm, Value::object(root), realm.key(""), reviver);
}

}  // namespace jsxdp::eval::builtins
