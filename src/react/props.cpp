#include "react/props.h"

#include <algorithm>
#include <optional>

#include "eval/function.h"
#include "kernel/frame.h"

namespace jsxdp::react {

using eval::Realm;
using eval::Value;
using syntax::Type;

namespace {

constexpr uint32_t kAnything = ir::kMayUndefined | ir::kMayNull | ir::kMayBool | ir::kMayNum | ir::kMayStr;

std::string utf8(syntax::Atom atom) {
  std::string out;
  for (const char16_t c : *atom) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      out += static_cast<char>(0xE0 | (c >> 12));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return out;
}

class Types {
 public:
  Types(modules::Graph& graph, const syntax::Program& program) : graph_(graph), program_(program) {}

  // The members of an object type, in order; later ones of one name widen it.
  void members(const Type* type, std::vector<PropShape>& out, int depth = 0) {
    if (!type || depth > 16) return;
    switch (type->k) {
      case Type::K::kObject:
        for (const Type* base : type->extends) members(base, out, depth + 1);
        for (const Type::Member& m : type->members) {
          const uint32_t types = m.type ? primitive(m.type, depth + 1) : kAnything;
          add(out, {utf8(m.name), types | ir::kMayUndefined, types});
        }
        return;
      case Type::K::kIntersection:
      case Type::K::kUnion:
        for (const Type* part : type->parts) members(part, out, depth + 1);
        return;
      case Type::K::kReference: {
        if (type->name == "Readonly" || type->name == "Partial" || type->name == "Required" || type->name == "PropsWithChildren" ||
            type->name == "React.PropsWithChildren") {
          if (!type->parts.empty()) members(type->parts[0], out, depth + 1);
          if (type->name.ends_with("PropsWithChildren")) add(out, {"children", kAnything, ir::kMayStr});
          return;
        }
        if ((type->name == "Omit" || type->name == "Pick") && type->parts.size() == 2) {
          std::vector<PropShape> all;
          members(type->parts[0], all, depth + 1);
          std::vector<std::string> names;
          literals(type->parts[1], names);
          for (PropShape& p : all) {
            if ((std::ranges::find(names, p.name) != names.end()) == (type->name == "Pick")) add(out, std::move(p));
          }
          return;
        }
        if (const Type* named = declaration(type->name)) members(named, out, depth + 1);
        return;
      }
      default:
        return;
    }
  }

 private:
  static void add(std::vector<PropShape>& out, PropShape shape) {
    const auto same = std::ranges::find(out, shape.name, &PropShape::name);
    if (same == out.end()) {
      out.push_back(std::move(shape));
    } else {
      same->types |= shape.types;
      same->declared |= shape.declared;
    }
  }

  static void literals(const Type* type, std::vector<std::string>& out) {
    if (type->k == Type::K::kUnion) {
      for (const Type* part : type->parts) literals(part, out);
    } else {
      out.push_back(type->literal);
    }
  }

  const Type* declaration(const std::string& name) {
    for (const auto& d : program_.types) {
      if (utf8(d.name) == name) return d.type;
    }
    return nullptr;
  }

  uint32_t primitive(const Type* type, int depth) {
    if (depth > 16) return 0;
    switch (type->k) {
      case Type::K::kString: return ir::kMayStr;
      case Type::K::kNumber: return ir::kMayNum;
      case Type::K::kBoolean: return ir::kMayBool;
      case Type::K::kNull: return ir::kMayNull;
      case Type::K::kUndefined: return ir::kMayUndefined;
      case Type::K::kAny: return kAnything;
      case Type::K::kUnion: {
        uint32_t out = 0;
        for (const Type* part : type->parts) out |= primitive(part, depth + 1);
        return out;
      }
      case Type::K::kReference:
        if (type->name == "ReactNode" || type->name == "React.ReactNode" || type->name == "ReactChild") return kAnything;
        if (const Type* named = declaration(type->name)) return primitive(named, depth + 1);
        return 0;
      case Type::K::kIntersection:  // `string & {}`
        return type->parts.empty() ? 0 : primitive(type->parts[0], depth + 1);
      default: return 0;
    }
  }

  modules::Graph& graph_;
  const syntax::Program& program_;
};

// The function that renders: what memo and forwardRef wrap.
eval::UserFunction* rendered_by(Realm& realm, Value component) {
  for (int i = 0; i < 8 && component.is_object(); ++i) {
    if (auto* fn = dynamic_cast<eval::UserFunction*>(component.as_object())) return fn;
    const Value render = realm.get(component, realm.key("render"));
    component = render.is_object() ? render : realm.get(component, realm.key("type"));
  }
  return nullptr;
}

// `props.name` in the source of a function whose parameter has no known shape.
void mentioned(const eval::UserFunction& fn, const std::string& parameter, std::vector<PropShape>& out) {
  const std::string source(fn.file->text().substr(fn.code->begin, fn.code->end - fn.code->begin));
  const auto word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'; };
  for (size_t at = source.find(parameter + "."); at != std::string::npos; at = source.find(parameter + ".", at + 1)) {
    if (at > 0 && (word(source[at - 1]) || source[at - 1] == '.')) continue;
    size_t end = at + parameter.size() + 1;
    const size_t begin = end;
    while (end < source.size() && word(source[end])) ++end;
    const std::string name = source.substr(begin, end - begin);
    if (!name.empty() && std::ranges::find(out, name, &PropShape::name) == out.end()) out.push_back({name, kAnything, ir::kMayStr});
  }
}

}  // namespace

std::vector<PropShape> props_of(Realm& realm, modules::Graph& graph, Value component, const std::vector<ir::Input>& hints) {
  std::vector<PropShape> out;
  const eval::UserFunction* fn = rendered_by(realm, component);
  if (fn && fn->code && fn->file && !fn->code->params.empty()) {
    const auto loaded = graph.load(std::string(fn->file->path()));
    const syntax::Node* pattern = fn->code->params[0];
    const Type* type = fn->code->props_from_declarator;
    const syntax::Program* program = loaded ? (*loaded)->program.get() : nullptr;
    if (!type && program) type = program->annotation(pattern);
    if (pattern->kind == syntax::Kind::kAssignmentPattern) pattern = syntax::as<syntax::AssignmentPattern>(pattern)->target;
    if (!type && program) type = program->annotation(pattern);
    if (program) Types(graph, *program).members(type, out);
    const bool shapeless = out.empty();
    if (pattern->kind == syntax::Kind::kObjectPattern) {
      for (const syntax::Property& p : syntax::as<syntax::ObjectPattern>(pattern)->properties) {
        if (!p.name || p.kind == syntax::PropertyKind::kSpread) continue;
        const std::string name = utf8(p.name);
        if (std::ranges::find(out, name, &PropShape::name) == out.end()) out.push_back({name, kAnything, ir::kMayStr});
      }
    } else if (shapeless && pattern->kind == syntax::Kind::kIdentifier) {
      mentioned(*fn, utf8(syntax::as<syntax::Identifier>(pattern)->name), out);
    }
  }
  // The order of the values given is that of the props object's keys.
  std::vector<PropShape> ordered;
  for (const ir::Input& hint : hints) {
    PropShape shape{hint.name, hint.types | ir::kMayUndefined, 0};
    const auto same = std::ranges::find(out, hint.name, &PropShape::name);
    if (same != out.end()) {
      shape.types |= same->types;
      shape.declared = same->declared;
      out.erase(same);
    }
    ordered.push_back(std::move(shape));
  }
  ordered.insert(ordered.end(), out.begin(), out.end());
  return ordered;
}

eval::Object* make_props(Realm& realm, const std::vector<PropShape>& shape, std::vector<ir::Input>& inputs) {
  auto& pool = realm.pool();
  eval::Object* props = realm.new_object();
  for (const PropShape& p : shape) {
    const auto number = static_cast<uint32_t>(inputs.size());
    if (number >= JX_MAX_INPUTS) {
      realm.refuse("JX1504", "a component of more than " + std::to_string(JX_MAX_INPUTS) + " props that requests fill is too big");
    }
    inputs.push_back({p.name, p.types, -1});
    const ir::Expr* tag = pool.input_tag(number);
    // Of the types, the first stands for all that the others are not. JX_UNDEFINED is
    // told apart first: there the property does not exist.
    std::optional<Value> v;
    const auto may = [&](ir::TypeBit bit, uint32_t jx_tag, Value alternative) {
      if (p.types & bit) v = v ? realm.make_choice(pool.index_is(tag, jx_tag), {*v, alternative}) : alternative;
    };
    may(ir::kMayStr, JX_STRING, Value::unknown(pool.input(ir::Op::InputStr, number)));
    may(ir::kMayNum, JX_NUMBER, Value::unknown(pool.input(ir::Op::InputNum, number)));
    may(ir::kMayBool, JX_BOOLEAN, Value::unknown(pool.input(ir::Op::InputBool, number)));
    may(ir::kMayNull, JX_NULL, Value::null());
    Value given = Value::absent();
    if (v) given = realm.make_choice(pool.index_is(tag, JX_UNDEFINED), {*v, given});
    realm.define(props, realm.key(realm.str(p.name)), given, true);
  }
  return props;
}

}  // namespace jsxdp::react
