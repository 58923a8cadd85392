#include "syntax/converter.h"
#include "syntax/literal.h"

namespace jsxdp::syntax {

Identifier* Converter::binding(TSNode node) {
  auto* id = make<Identifier>(node);
  id->name = name(node);
  return id;
}

Node* Converter::pattern(TSNode node) {
  switch (kind(node)) {
    case N::identifier_:
    case N::undefined_:
    case N::shorthand_property_identifier_pattern_:
      return binding(node);
    case N::member_expression_:
    case N::subscript_expression_:
      return member(node);
    case N::non_null_expression_:
    case N::parenthesized_expression_:
    case N::as_expression_:
      return pattern(children(node)[0]);
    case N::rest_pattern_: {
      auto* rest = make<RestElement>(node);
      rest->target = pattern(children(node)[0]);
      return rest;
    }
    case N::assignment_pattern_:
    case N::object_assignment_pattern_:
    case N::assignment_expression_: {
      auto* result = make<AssignmentPattern>(node);
      result->target = pattern(field(node, "left"));
      result->value = expression(field(node, "right"));
      if (result->target->kind == Kind::kIdentifier) {
        name_anonymous(result->value, as<Identifier>(result->target)->name);
      }
      return result;
    }
    case N::array_pattern_:
    case N::array_: {
      auto* result = make<ArrayPattern>(node);
      bool element = false;
      const uint32_t count = ts_node_child_count(node);
      for (uint32_t i = 0; i < count; ++i) {
        const TSNode child = ts_node_child(node, i);
        if (ts_node_is_named(child)) {
          if (kind(child) == N::comment_) continue;
          if (kind(child) == N::spread_element_) {
            auto* rest = make<RestElement>(child);
            rest->target = pattern(children(child)[0]);
            result->elements.push_back(rest);
          } else {
            result->elements.push_back(pattern(child));
          }
          element = true;
        } else if (text(child) == ",") {
          if (!element) result->elements.push_back(nullptr);
          element = false;
        }
      }
      return result;
    }
    case N::object_pattern_:
    case N::object_: {
      auto* result = make<ObjectPattern>(node);
      for (const TSNode child : children(node)) {
        Property property;
        property.begin = ts_node_start_byte(child);
        property.end = ts_node_end_byte(child);
        switch (kind(child)) {
          case N::pair_pattern_:
          case N::pair_:
            property_key(field(child, "key"), property);
            property.value = pattern(field(child, "value"));
            break;
          case N::shorthand_property_identifier_pattern_:
          case N::shorthand_property_identifier_:
            property.name = name(child);
            property.value = binding(child);
            break;
          case N::object_assignment_pattern_:
          case N::assignment_expression_:
            property.name = name(field(child, "left"));
            property.value = pattern(child);
            break;
          case N::rest_pattern_:
          case N::spread_element_:
            property.kind = PropertyKind::kSpread;
            property.value = pattern(children(child)[0]);
            break;
          default:
            error(child, "JX1005", "this is not valid in a destructuring pattern");
            continue;
        }
        result->properties.push_back(property);
      }
      return result;
    }
    default:
      error(node, "JX1005", "this cannot be assigned to");
      return make<Simple>(node, Kind::kNull);
  }
}

void Converter::parameters(TSNode node, Function& fn) {
  for (const TSNode child : children(node)) {
    TSNode target = field(child, "pattern");
    if (null(target)) target = field(child, "name");
    if (null(target)) target = ts_node_named_child(child, 0);
    if (kind(target) == N::this_) continue;  // TypeScript's `this` parameter
    Node* converted = pattern(target);
    if (const TSNode annotation = field(child, "type"); !null(annotation))
      annotate(converted, annotation);
    if (const TSNode value = field(child, "value"); !null(value)) {
      auto* with_default = make<AssignmentPattern>(child);
      with_default->target = converted;
      with_default->value = expression(value);
      if (converted->kind == Kind::kIdentifier)
        name_anonymous(with_default->value, as<Identifier>(converted)->name);
      converted = with_default;
    }
    for (const TSNode modifier : children(child)) {
      const std::string_view type = ts_node_type(modifier);
      if (type == "accessibility_modifier") {
        error(modifier, "JX1004", "parameter properties are not supported",
              "assign the field in the constructor");
      }
    }
    fn.params.push_back(converted);
  }
}

void Converter::body(TSNode node, Function& fn) {
  const auto kids = children(node);
  directives(kids, fn.directives);
  list(kids, fn.body);
}

Function* Converter::function(TSNode node, Function::F form) {
  auto* fn = make<Function>(node);
  fn->form = form;
  fn->is_async = has_token(node, "async");
  fn->is_generator = kind(node) == N::generator_function_ ||
                     kind(node) == N::generator_function_declaration_ || has_token(node, "*");
  Function* outer = current_;
  if (form != Function::F::kArrow) current_ = fn;
  if (const TSNode id = field(node, "name"); !null(id) && form == Function::F::kNormal)
    fn->id = binding(id);
  if (const TSNode params = field(node, "parameters"); !null(params)) {
    parameters(params, *fn);
  } else if (const TSNode single = field(node, "parameter"); !null(single)) {
    fn->params.push_back(pattern(single));
  }
  const TSNode content = field(node, "body");
  if (kind(content) == N::statement_block_) {
    body(content, *fn);
  } else {
    fn->expression_body = true;
    fn->body.push_back(expression(content));
  }
  current_ = outer;
  return fn;
}

Class* Converter::klass(TSNode node) {
  auto* result = make<Class>(node);
  if (const TSNode id = field(node, "name"); !null(id)) result->id = binding(id);
  for (const TSNode child : children(node)) {
    if (kind(child) == N::decorator_) error(child, "JX1004", "decorators are not supported");
    if (kind(child) != N::class_heritage_) continue;
    for (const TSNode clause : children(child)) {
      if (kind(clause) == N::extends_clause_) {
        result->super_class = expression(field(clause, "value"));
      } else if (kind(clause) != N::implements_clause_) {
        result->super_class = expression(clause);
      }
    }
  }
  for (const TSNode member : children(field(node, "body"))) class_member(member, *result);
  return result;
}

Function* Converter::initializer(TSNode at, TSNode value) {
  auto* fn = make<Function>(at);
  fn->form = Function::F::kFieldInit;
  fn->expression_body = true;
  Function* outer = current_;
  current_ = fn;
  fn->body.push_back(expression(value));
  current_ = outer;
  return fn;
}

void Converter::class_member(TSNode node, Class& klass) {
  Property member;
  member.begin = ts_node_start_byte(node);
  member.end = ts_node_end_byte(node);
  switch (kind(node)) {
    case N::method_definition_: {
      member.is_static = has_token(node, "static");
      property_key(field(node, "name"), member);
      const bool get = has_token(node, "get"), set = has_token(node, "set");
      const bool constructor = !member.is_static && !member.computed && !member.is_private &&
                               *member.name == u"constructor";
      member.kind = get ? PropertyKind::kGet : set ? PropertyKind::kSet : PropertyKind::kMethod;
      Function* method = function(node, get           ? Function::F::kGetter
                                        : set         ? Function::F::kSetter
                                        : constructor ? Function::F::kConstructor
                                                      : Function::F::kMethod);
      method->derived = constructor && klass.super_class;
      method->name_hint = member.name;
      member.value = method;
      break;
    }
    case N::public_field_definition_: {
      if (has_token(node, "declare")) return;
      member.kind = PropertyKind::kField;
      member.is_static = has_token(node, "static");
      property_key(field(node, "name"), member);
      if (const TSNode value = field(node, "value"); !null(value)) {
        Function* init = initializer(node, value);
        name_anonymous(init->body[0], member.name);
        member.value = init;
      }
      break;
    }
    case N::class_static_block_: {
      member.kind = PropertyKind::kStaticBlock;
      member.is_static = true;
      auto* fn = make<Function>(node);
      fn->form = Function::F::kMethod;
      Function* outer = current_;
      current_ = fn;
      body(field(node, "body"), *fn);
      current_ = outer;
      member.value = fn;
      break;
    }
    case N::decorator_:
      error(node, "JX1004", "decorators are not supported");
      return;
    default:
      return;  // signatures and index signatures are types only
  }
  klass.members.push_back(member);
}

}  // namespace jsxdp::syntax
