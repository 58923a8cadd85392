// The global object: URI functions, process, console, timers. There is no window
// and no document; what differs from render to render is refused where it is used.
#include "eval/builtins/builtins.h"
#include "eval/builtins/string_support.h"
#include "eval/realm_impl.h"

namespace jsxdp::eval::builtins {
namespace {

using ir::Op;

constexpr std::u16string_view kUnreserved = u"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";
constexpr std::u16string_view kReserved = u";/?:@&=+$,#";

[[noreturn]] void malformed(Realm& realm) { throw Throw{Value::object(realm.new_error("URIError", "URI malformed"))}; }

Value encode(Realm& realm, const Call& call, bool component) {
  const Value v = realm.force(realm.to_string(call.arg(0)));
  if (v.is_unknown()) return residual(realm, component ? Op::EncodeURIComponent : Op::EncodeURI, {v});
  static constexpr char16_t kHex[] = u"0123456789ABCDEF";
  std::u16string out;
  const std::u16string& s = v.as_string()->text;
  for (size_t i = 0; i < s.size(); ++i) {
    if (kUnreserved.find(s[i]) != std::u16string_view::npos || (!component && kReserved.find(s[i]) != std::u16string_view::npos)) {
      out += s[i];
      continue;
    }
    const bool high = s[i] >= 0xD800 && s[i] <= 0xDBFF;
    if ((s[i] >= 0xDC00 && s[i] <= 0xDFFF) || (high && (i + 1 >= s.size() || s[i + 1] < 0xDC00 || s[i + 1] > 0xDFFF))) malformed(realm);
    for (const char c : realm.wtf8(realm.str(s.substr(i, high ? 2 : 1)))) {
      out += u'%';
      out += kHex[static_cast<uint8_t>(c) >> 4];
      out += kHex[c & 15];
    }
    if (high) ++i;
  }
  return realm.string(std::move(out));
}

int hex(char16_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if ((c | 32) >= 'a' && (c | 32) <= 'f') return (c | 32) - 'a' + 10;
  return -1;
}

Value decode(Realm& realm, const Call& call, bool component) {
  const Value v = realm.force(realm.to_string(call.arg(0)));
  if (v.is_unknown()) {
    if (!component) realm.known(v, "the text of decodeURI");
    return residual(realm, Op::DecodeURIComponent, {v});
  }
  const std::u16string& s = v.as_string()->text;
  std::u16string out;
  const auto octet = [&](size_t at) {
    if (at + 2 >= s.size() || s[at] != '%' || hex(s[at + 1]) < 0 || hex(s[at + 2]) < 0) malformed(realm);
    return static_cast<uint32_t>(hex(s[at + 1]) * 16 + hex(s[at + 2]));
  };
  for (size_t i = 0; i < s.size();) {
    if (s[i] != '%') {
      out += s[i++];
      continue;
    }
    const uint32_t lead = octet(i);
    const size_t begin = i;
    i += 3;
    if (lead < 0x80) {
      if (!component && kReserved.find(static_cast<char16_t>(lead)) != std::u16string_view::npos) {
        out += s.substr(begin, 3);
      } else {
        out += static_cast<char16_t>(lead);
      }
      continue;
    }
    const int more = lead >= 0xF0 && lead < 0xF8 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xC0 && lead < 0xE0 ? 1 : -1;
    if (more < 0) malformed(realm);
    uint32_t c = lead & (0x3F >> more);
    for (int k = 0; k < more; ++k, i += 3) {
      const uint32_t b = octet(i);
      if ((b & 0xC0) != 0x80) malformed(realm);
      c = (c << 6) | (b & 0x3F);
    }
    static constexpr uint32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
    if (c < kLeast[more] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) malformed(realm);
    if (c >= 0x10000) {
      out += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
      out += static_cast<char16_t>(0xDC00 + (c & 0x3FF));
    } else {
      out += static_cast<char16_t>(c);
    }
  }
  return realm.string(std::move(out));
}

Value nothing(Realm&, const Call&) { return {}; }

Value structured_clone(Realm& realm, const Call& call) {
  const std::function<Value(Value)> copy = [&](Value v) -> Value {
    v = realm.resolve(v);
    if (!v.is_object()) return v;
    Object* object = v.as_object();
    if (object->object_class() == Class::kArray) {
      std::vector<Value> out;
      for (const Value& each : realm.elements(object)) out.push_back(copy(each));
      return Value::object(realm.new_array(std::move(out)));
    }
    if (object->object_class() != Class::kObject) realm.refuse("JX1201", "structuredClone of this kind of object is not supported");
    Object* out = realm.new_object();
    for (const Key& k : realm.own_keys(object)) {
      const auto own = realm.get_own(object, k);
      if (own && own->enumerable) realm.define(out, k, copy(realm.get(object, k)), true);
    }
    return Value::object(out);
  };
  return copy(call.arg(0));
}

}  // namespace

void install_globals(Realm& realm) {
  Object* global = realm.global();
  const auto fixed = [&](const char* name, Value v) {
    Property p{};
    p.key = realm.key(name);
    p.value = v;
    p.writable = p.enumerable = p.configurable = false;
    realm.define_own(global, p);
  };
  fixed("undefined", {});
  fixed("NaN", Value::number(std::numeric_limits<double>::quiet_NaN()));
  fixed("Infinity", Value::number(std::numeric_limits<double>::infinity()));
  realm.define(global, "globalThis", Value::object(global));
  realm.define(global, "global", Value::object(global));
  realm.define(global, Key(realm.well_known("toStringTag")), realm.string("global"), false);

  realm.define_native(global, "encodeURIComponent", 1, [](Realm& r, const Call& c) { return encode(r, c, true); });
  realm.define_native(global, "encodeURI", 1, [](Realm& r, const Call& c) { return encode(r, c, false); });
  realm.define_native(global, "decodeURIComponent", 1, [](Realm& r, const Call& c) { return decode(r, c, true); });
  realm.define_native(global, "decodeURI", 1, [](Realm& r, const Call& c) { return decode(r, c, false); });
  realm.define_native(global, "structuredClone", 1, structured_clone);
  // Callbacks that would run later never do: a render has ended by then.
  for (const char* name : {"setTimeout", "setInterval", "setImmediate", "queueMicrotask", "clearTimeout", "clearInterval", "clearImmediate"}) {
    realm.define_native(global, name, 1, nothing);
  }

  Object* process = realm.new_object();
  Object* env = realm.new_object();
  realm.define(env, "NODE_ENV", realm.string("production"), true);
  realm.define(process, "env", Value::object(env), true);
  realm.define(process, "platform", realm.string("linux"), true);
  realm.define(process, "version", realm.string("v20.0.0"), true);
  Object* versions = realm.new_object();
  realm.define(versions, "node", realm.string("20.0.0"), true);
  realm.define(process, "versions", Value::object(versions), true);
  realm.define(process, "argv", Value::object(realm.new_array({})), true);
  realm.define_native(process, "cwd", 0, [](Realm& r, const Call&) { return r.string("/"); });
  realm.define_native(process, "on", 2, nothing);
  realm.define_native(process, "emitWarning", 1, nothing);
  realm.define_native(process, "nextTick", 1, nothing);
  realm.define(process, Key(realm.well_known("toStringTag")), realm.string("process"), false);
  realm.define(global, "process", Value::object(process));

  Object* console = realm.new_object();
  for (const char* name : {"log", "info", "warn", "error", "debug", "trace", "assert", "group", "groupEnd", "groupCollapsed", "table", "time", "timeEnd", "count", "dir"}) {
    realm.define_native(console, name, 0, nothing);
  }
  realm.define(global, "console", Value::object(console));
}

}  // namespace jsxdp::eval::builtins
