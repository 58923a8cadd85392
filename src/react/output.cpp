// How the renderer writes, and how it goes through values that the request decides.
#include <algorithm>
#include <utility>

#include "react/renderer.h"

namespace jsxdp::react {

using ir::Op;

void Renderer::text(std::string_view utf8) {
  if (!utf8.empty()) realm_.append(*out_, {ir::Text{std::string(utf8)}, realm_.here});
}

void Renderer::raw(Value v) {
  cases(realm_.to_string(v), [&](Value s) {
    if (s.is_string()) {
      text(realm_.wtf8(s.as_string()));
    } else {
      realm_.append(*out_, {ir::Emit{s.as_unknown(), ir::Escape::kNone}, realm_.here});
    }
  });
}

void Renderer::escaped(Value v) {
  v = realm_.resolve(v);
  // Numbers and booleans hold nothing to escape.
  if (v.is_unknown() && v.as_unknown()->type != ir::Type::kStr) return raw(v);
  cases(realm_.to_string(v), [&](Value s) {
    if (s.is_string()) {
      text(escape_html(realm_.wtf8(s.as_string())));
    } else if (s.as_unknown()->op == Op::NumToStr) {
      realm_.append(*out_, {ir::Emit{s.as_unknown(), ir::Escape::kNone}, realm_.here});
    } else {
      realm_.append(*out_, {ir::Emit{s.as_unknown(), ir::Escape::kHtml}, realm_.here});
    }
  });
}

void Renderer::cases(Value v, const std::function<void(Value)>& each) {
  realm_.distribute(v, [&](Value alternative) {
    each(alternative);
    return Value::undefined();
  });
}

void Renderer::when(Value condition, const std::function<void()>& then, const std::function<void()>& otherwise) {
  cases(realm_.to_boolean(condition), [&](Value b) {
    if (b.is_unknown()) {
      realm_.fork(b.as_unknown(), 2, [&](uint32_t holds) {
        if (holds) {
          then();
        } else if (otherwise) {
          otherwise();
        }
        return Value::undefined();
      });
    } else if (b.as_bool()) {
      then();
    } else if (otherwise) {
      otherwise();
    }
  });
}

void Renderer::settled(Object* object, const std::function<void()>& body) {
  try {
    realm_.state(*object);
  } catch (const eval::NeedFork& need) {
    realm_.fork(need.selector, need.count, [&](uint32_t) {
      settled(object, body);
      return Value::undefined();
    });
    return;
  }
  body();
}

void Renderer::each_prop(Object* props, const std::function<void(const std::string&, Value)>& each) {
  if (props->object_class() == eval::Class::kProxy || props->object_class() == eval::Class::kArray) {
    for (const eval::Key& k : realm_.own_keys(props)) {
      if (k.is_symbol()) continue;
      const auto own = realm_.get_own(props, k);
      if (own && own->enumerable) each(realm_.wtf8(k.string()), realm_.get(Value::object(props), k));
    }
    return;
  }
  // Integer-like names come first, then the others in order of creation.
  std::vector<std::pair<uint32_t, eval::Property>> indexed;
  std::vector<eval::Property> named;
  for (const eval::Property& p : realm_.state_as<eval::ObjectState>(*props).properties.entries()) {
    if (p.key.is_symbol() || !p.enumerable) continue;
    if (const auto index = realm_.array_index(p.key)) {
      indexed.emplace_back(*index, p);
    } else {
      named.push_back(p);
    }
  }
  std::ranges::sort(indexed, {}, &std::pair<uint32_t, eval::Property>::first);
  std::vector<eval::Property> all;
  for (auto& [index, p] : indexed) all.push_back(std::move(p));
  all.insert(all.end(), named.begin(), named.end());
  for (const eval::Property& p : all) {
    each(realm_.wtf8(p.key.string()), p.accessor ? realm_.get(Value::object(props), p.key) : p.value);
  }
}

Value Renderer::prop(Object* props, std::string_view name) { return realm_.get(Value::object(props), realm_.key(name)); }

Value Renderer::equals(Value a, std::string_view wanted) { return realm_.strict_equals(a, realm_.string(wanted)); }

void Renderer::error(const std::string& message) { throw eval::Throw{Value::object(realm_.new_error("Error", message))}; }

void Renderer::in(Output& to, const std::function<void()>& write) {
  Output* before = std::exchange(out_, &to);
  try {
    write();
  } catch (...) {
    out_ = before;
    throw;
  }
  out_ = before;
}

}  // namespace jsxdp::react
