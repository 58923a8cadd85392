#include "eval/interpreter.h"
#include "eval/module.h"

namespace jsxdp::eval {

using namespace syntax;
using eval::Value;

void Interpreter::write(const Identifier* id, Value value, bool initialise) {
  if (id->hops < 0) {
    const Key name = key(id->name);
    if (!realm_.get_own(realm_.global(), name) && context_.module && !context_.module->common) {
      throw eval::Throw{Value::object(
          realm_.new_error("ReferenceError", realm_.wtf8(name.string()) + " is not defined"))};
    }
    realm_.set(realm_.global(), name, value);
    return;
  }
  Scope* scope = context_.scope;
  for (int32_t i = 0; i < id->hops; ++i) scope = scope->parent;
  const auto slot = static_cast<size_t>(id->slot);
  if (!initialise) {
    const Value old = realm_.state_as<ScopeState>(*scope).slots[slot];
    if (old.is_absent()) {
      if (Module* m = context_.module;
          m && scope == m->scope && slot < m->bindings.size() && m->bindings[slot].from) {
        realm_.throw_type_error("Assignment to constant variable.");
      }
      throw eval::Throw{Value::object(realm_.new_error(
          "ReferenceError",
          "Cannot access '" + realm_.wtf8(str(id->name)) + "' before initialization"))};
    }
    if (id->constant) realm_.throw_type_error("Assignment to constant variable.");
  }
  realm_.write_as<ScopeState>(*scope).slots[slot] = value;
}

void Interpreter::assign(const Node* target, Value value, bool initialise) {
  switch (target->kind) {
    case Kind::kIdentifier:
      write(as<Identifier>(target), value, initialise);
      return;
    case Kind::kMember: {
      const auto* m = as<Member>(target);
      const Value base = expression(m->object);
      const Value index =
          m->index && !m->is_private ? realm_.resolve(expression(m->index)) : Value::undefined();
      store(m, base, index, value);
      return;
    }
    case Kind::kAssignmentPattern: {
      const auto* p = as<AssignmentPattern>(target);
      value = realm_.resolve(value);
      if (value.is_undefined()) {
        value = expression(p->value);
      } else if (value.is_choice()) {
        value = realm_.distribute(
            value, [&](Value v) { return v.is_undefined() ? expression(p->value) : v; });
      }
      assign(p->target, value, initialise);
      return;
    }
    case Kind::kArrayPattern:
      array_pattern(as<ArrayPattern>(target), value, initialise);
      return;
    case Kind::kObjectPattern:
      object_pattern(as<ObjectPattern>(target), value, initialise);
      return;
    default:
      realm_.refuse("JX1209", "this cannot be assigned to");
  }
}

void Interpreter::array_pattern(const ArrayPattern* node, Value value, bool initialise) {
  place(node);
  value = realm_.resolve(value);
  // As an array (or a choice of arrays): only as many steps as the pattern needs.
  const bool rest = !node->elements.empty() && node->elements.back() &&
                    node->elements.back()->kind == Kind::kRestElement;
  const size_t wanted = node->elements.size();
  const Value list = realm_.distribute(value, [&](Value v) {
    return realm_.atomically([&] {
      std::vector<Value> out;
      if (wanted == 0) return Value::object(realm_.new_array({}));
      realm_.iterate(v, [&](Value each) {
        out.push_back(each);
        return rest || out.size() < wanted;
      });
      return Value::object(realm_.new_array(std::move(out)));
    });
  });
  for (size_t i = 0; i < node->elements.size(); ++i) {
    const Node* element_node = node->elements[i];
    if (!element_node) continue;
    if (element_node->kind == Kind::kRestElement) {
      const Value tail = realm_.distribute(list, [&](Value v) {
        const std::vector<Value> all = realm_.elements(v.as_object());
        return Value::object(realm_.new_array(
            {all.begin() + static_cast<ptrdiff_t>(std::min(i, all.size())), all.end()}));
      });
      assign(as<RestElement>(element_node)->target, tail, initialise);
      return;
    }
    assign(element_node, element(realm_, list, Value::number(static_cast<double>(i))), initialise);
  }
}

void Interpreter::object_pattern(const ObjectPattern* node, Value value, bool initialise) {
  place(node);
  value = realm_.resolve(value);
  if (value.is_nullish()) {
    realm_.throw_type_error("Cannot destructure '" + describe(value) + "' as it is " +
                            describe(value) + ".");
  }
  if (value.is_choice()) {
    // Where it is null or undefined, JavaScript throws: that case passes.
    value = realm_.distribute(value, [&](Value v) {
      if (v.is_nullish()) realm_.throw_type_error("Cannot destructure null or undefined");
      return v;
    });
  }
  std::vector<Key> seen;
  for (const auto& p : node->properties) {
    if (p.kind == PropertyKind::kSpread) {
      const Value rest = realm_.distribute(value, [&](Value v) {
        return realm_.atomically([&] {
          Object* out = realm_.new_object();
          copy_properties(v, out, seen);
          return Value::object(out);
        });
      });
      assign(p.value, rest, initialise);
      return;
    }
    if (p.computed) {
      const Value index = realm_.resolve(realm_.to_primitive(expression(p.key), true));
      if (index.is_known()) seen.push_back(realm_.to_property_key(index));
      assign(p.value, element(realm_, value, index), initialise);
      continue;
    }
    const Key k = key(p.name);
    seen.push_back(k);
    assign(p.value, realm_.get(value, k), initialise);
  }
}

}  // namespace jsxdp::eval
