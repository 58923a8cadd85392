// JSON.stringify (ECMA-262 section 25.5.2). The text is built with Realm::add,
// so that parts which only the request knows stay in it.
#include "eval/builtins/json.h"

#include <algorithm>
#include <cmath>

namespace jsxdp::eval::builtins {
namespace {

std::u16string quote(const std::u16string& s) {
  static constexpr char16_t kHex[] = u"0123456789abcdef";
  std::u16string out = u"\"";
  const auto escape = [&](char16_t c) {
    out += u"\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += kHex[(c >> shift) & 15];
  };
  for (size_t i = 0; i < s.size(); ++i) {
    const char16_t c = s[i];
    switch (c) {
      case '"': out += u"\\\""; continue;
      case '\\': out += u"\\\\"; continue;
      case '\b': out += u"\\b"; continue;
      case '\f': out += u"\\f"; continue;
      case '\n': out += u"\\n"; continue;
      case '\r': out += u"\\r"; continue;
      case '\t': out += u"\\t"; continue;
      default: break;
    }
    if (c < 0x20) {
      escape(c);
    } else if (c >= 0xD800 && c <= 0xDFFF) {
      if (c < 0xDC00 && i + 1 < s.size() && s[i + 1] >= 0xDC00 && s[i + 1] <= 0xDFFF) {
        out += c;
        out += s[++i];
      } else {
        escape(c);
      }
    } else {
      out += c;
    }
  }
  return out + u'"';
}

class Writer {
 public:
  Writer(Realm& realm, Value replacer, std::u16string gap) : realm_(realm), replacer_(replacer), gap_(std::move(gap)) {}

  void only(std::vector<Key> keys) {
    keys_ = std::move(keys);
    listed_ = true;
  }

  // SerializeJSONProperty; kAbsent for what is left out.
  Value property(Value holder, Key key, Value v) {
    v = realm_.resolve(v);
    if (v.is_choice()) {
      return realm_.distribute(v, [&](Value each) { return property(holder, key, each); });
    }
    if (v.is_object() || v.is(Tag::kBigInt)) {
      const Value to_json = realm_.get(v, realm_.key("toJSON"));
      if (realm_.callable(to_json)) v = realm_.force(realm_.call(to_json, v, {Value::string(key.string())}));
    }
    if (realm_.callable(replacer_)) v = realm_.force(realm_.call(replacer_, holder, {Value::string(key.string()), v}));
    if (v.is_object()) {
      switch (v.as_object()->object_class()) {
        case Class::kNumber: v = realm_.to_number(v); break;
        case Class::kString: v = realm_.to_string(v); break;
        case Class::kBoolean:
        case Class::kBigInt: v = realm_.state_as<BoxState>(*v.as_object()).value; break;
        default: break;
      }
    }
    return scalar_or_object(v);
  }

 private:
  Value scalar_or_object(Value v) {
    auto& pool = realm_.pool();
    switch (v.tag()) {
      case Tag::kNull: return realm_.string("null");
      case Tag::kBool: return realm_.string(v.as_bool() ? "true" : "false");
      case Tag::kString: return realm_.string(quote(v.as_string()->text));
      case Tag::kNumber: return std::isfinite(v.as_number()) ? realm_.to_string(v) : realm_.string("null");
      case Tag::kBigInt: realm_.throw_type_error("Do not know how to serialize a BigInt");
      case Tag::kUnknown: {
        const ir::Expr* e = v.as_unknown();
        if (e->type == ir::Type::kStr) return Value::unknown(pool.op(ir::Op::JsonQuote, {e}));
        if (e->type == ir::Type::kBool) return realm_.to_string(v);
        const ir::Expr* finite = pool.op(ir::Op::NumLt, {pool.op(ir::Op::Abs, {e}), pool.number(INFINITY)});
        return Value::unknown(pool.op(ir::Op::SelectStr, {finite, pool.string("null"), pool.op(ir::Op::NumToStr, {e})}));
      }
      case Tag::kObject: break;
      default: return Value::absent();
    }
    if (realm_.callable(v)) return Value::absent();
    Object* object = v.as_object();
    if (std::ranges::find(stack_, object) != stack_.end()) realm_.throw_type_error("Converting circular structure to JSON");
    stack_.push_back(object);
    const std::u16string outer = indent_;
    indent_ += gap_;
    const Value out = object->object_class() == Class::kArray ? array(object) : members(object);
    indent_ = outer;
    stack_.pop_back();
    return out;
  }

  Value text(const std::u16string& s) { return realm_.string(s); }
  // In front of each item but the first; and the brackets' line ends.
  std::u16string separator() const { return gap_.empty() ? u"," : u",\n" + indent_; }
  std::u16string open(char16_t bracket) const { return std::u16string(1, bracket) + (gap_.empty() ? u"" : u"\n" + indent_); }
  std::u16string close(char16_t bracket) const {
    return (gap_.empty() ? u"" : u"\n" + indent_.substr(0, indent_.size() - gap_.size())) + std::u16string(1, bracket);
  }

  Value array(Object* object) {
    const size_t length = realm_.elements(object).size();
    if (length == 0) return text(u"[]");
    Value out = text(open(u'['));
    for (size_t i = 0; i < length; ++i) {
      if (i > 0) out = realm_.add(out, text(separator()));
      const Key key = realm_.index_key(static_cast<uint32_t>(i));
      const Value item = property(Value::object(object), key, realm_.get(object, key));
      out = realm_.add(out, realm_.distribute(item, [&](Value v) { return v.is_absent() ? text(u"null") : v; }));
    }
    return realm_.add(out, text(close(u']')));
  }

  Value members(Object* object) {
    std::vector<Key> keys;
    if (listed_) {
      keys = keys_;
    } else {
      for (const Key& k : realm_.own_keys(object)) {
        if (k.is_symbol()) continue;
        const auto own = realm_.get_own(object, k);
        if (own && own->enumerable) keys.push_back(k);
      }
    }
    // Whether a comma is needed depends on which members are there: `out` is
    // empty so long as none is certain.
    Value out = Value::absent();
    for (const Key& k : keys) {
      const Value item = property(Value::object(object), k, realm_.get(object, k));
      const std::u16string name = quote(k.string()->text) + (gap_.empty() ? u":" : u": ");
      out = realm_.distribute(item, [&](Value v) -> Value {
        if (v.is_absent()) return out;
        return realm_.distribute(out, [&](Value before) {
          const Value member = realm_.add(text(name), v);
          return before.is_absent() ? member : realm_.add(realm_.add(before, text(separator())), member);
        });
      });
    }
    return realm_.distribute(out, [&](Value body) {
      if (body.is_absent()) return text(u"{}");
      return realm_.add(realm_.add(text(open(u'{')), body), text(close(u'}')));
    });
  }

  Realm& realm_;
  Value replacer_;
  std::u16string gap_, indent_;
  std::vector<Key> keys_;
  bool listed_ = false;
  std::vector<Object*> stack_;
};

}  // namespace

Value json_stringify(Realm& realm, Value value, Value replacer, Value space) {
  replacer = realm.force(replacer);
  space = realm.known(space, "the indentation of JSON.stringify");
  if (space.is_object()) space = realm.known(realm.to_primitive(space, false), "the indentation");
  std::u16string gap;
  if (space.is_number()) {
    gap = std::u16string(static_cast<size_t>(std::clamp(realm.to_integer(space.as_number()), 0.0, 10.0)), u' ');
  } else if (space.is_string()) {
    gap = space.as_string()->text.substr(0, 10);
  }
  Writer writer(realm, replacer, gap);
  if (replacer.is_object() && replacer.as_object()->object_class() == Class::kArray) {
    std::vector<Key> keys;
    for (const Value& v : realm.elements(replacer.as_object())) {
      if (!v.is_string() && !v.is_number()) continue;
      const Key k = realm.to_property_key(v);
      if (std::ranges::find(keys, k) == keys.end()) keys.push_back(k);
    }
    writer.only(std::move(keys));
  }
  Object* holder = realm.new_object();
  realm.define(holder, "", value, true);
  const Value out = writer.property(Value::object(holder), realm.key(""), value);
  return realm.distribute(out, [](Value v) { return v.is_absent() ? Value::undefined() : v; });
}

void install_json(Realm& realm) {
  Object* json = realm.new_object();
  realm.define(realm.global(), "JSON", Value::object(json));
  realm.define(json, Key(realm.well_known("toStringTag")), realm.string("JSON"), false);
  realm.define_native(json, "parse", 2, json_parse);
  realm.define_native(json, "stringify", 3, [](Realm& r, const Call& c) { return json_stringify(r, c.arg(0), c.arg(1), c.arg(2)); });
}

}  // namespace jsxdp::eval::builtins
