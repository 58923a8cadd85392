// Type annotations, as far as they tell what a prop may be.
#include "syntax/converter.h"
#include "syntax/literal.h"

namespace jsxdp::syntax {

void Converter::annotate(const Node* pattern, TSNode annotation) {
  const auto kids = children(annotation);
  program_.annotations.emplace_back(pattern, kids.empty() ? program_.make_type() : type(kids[0]));
}

Type* Converter::type(TSNode node) {
  Type* result = program_.make_type();
  using K = Type::K;
  switch (kind(node)) {
    case N::predefined_type_: {
      const std::string_view word = text(node);
      result->k = word == "string"                     ? K::kString
                  : word == "number"                   ? K::kNumber
                  : word == "boolean"                  ? K::kBoolean
                  : word == "any" || word == "unknown" ? K::kAny
                                                       : K::kOther;
      break;
    }
    case N::literal_type_: {
      const auto kids = children(node);
      const N what = kids.empty() ? N::kOther : kind(kids[0]);
      result->k = what == N::string_                      ? K::kString
                  : what == N::kTrue || what == N::kFalse ? K::kBoolean
                  : what == N::null_                      ? K::kNull
                  : what == N::undefined_                 ? K::kUndefined
                                                          : K::kNumber;
      if (what == N::string_) {
        const std::string_view quoted = text(kids[0]);
        result->literal = quoted.substr(1, quoted.size() - 2);
      }
      break;
    }
    case N::template_literal_type_:
      result->k = K::kString;
      break;
    case N::union_type_:
    case N::intersection_type_:
      result->k = kind(node) == N::union_type_ ? K::kUnion : K::kIntersection;
      for (const TSNode part : children(node)) result->parts.push_back(type(part));
      break;
    case N::parenthesized_type_:
    case N::readonly_type_: {
      const auto kids = children(node);
      return kids.empty() ? result : type(kids[0]);
    }
    case N::array_type_:
    case N::tuple_type_:
      result->k = K::kArray;
      break;
    case N::object_type_:
    case N::interface_body_:
      result->k = K::kObject;
      members(node, *result);
      break;
    case N::type_identifier_:
    case N::nested_type_identifier_:
    case N::identifier_:
      result->k = K::kReference;
      result->name = text(node);
      break;
    case N::generic_type_:
      result->k = K::kReference;
      result->name = text(field(node, "name"));
      for (const TSNode argument : children(field(node, "type_arguments"))) {
        result->parts.push_back(type(argument));
      }
      break;
    default:
      break;
  }
  return result;
}

void Converter::members(TSNode body, Type& result) {
  for (const TSNode member : children(body)) {
    const std::string_view what = ts_node_type(member);
    if (what != "property_signature" && what != "method_signature") continue;
    const TSNode key = field(member, "name");
    if (kind(key) == N::computed_property_name_) continue;
    Type* declared = nullptr;
    if (const TSNode annotation = field(member, "type"); !null(annotation)) {
      if (const auto kids = children(annotation); !kids.empty()) declared = type(kids[0]);
    }
    if (what == "method_signature") declared = program_.make_type();
    result.members.push_back({name(key), has_token(member, "?"), declared});
  }
}

void Converter::type_declaration(TSNode node) {
  const Atom declared = name(field(node, "name"));
  if (kind(node) == N::type_alias_declaration_) {
    program_.types.push_back({declared, type(field(node, "value"))});
    return;
  }
  Type* result = type(field(node, "body"));
  for (const TSNode child : children(node)) {
    if (kind(child) != N::extends_type_clause_) continue;
    for (const TSNode base : children(child)) result->extends.push_back(type(base));
  }
  program_.types.push_back({declared, result});
}

}  // namespace jsxdp::syntax
