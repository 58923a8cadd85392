// The concrete syntax tree of tree-sitter, with node types as an enum.
#pragma once

#include <tree_sitter/api.h>

#include <string_view>
#include <vector>

namespace jsxdp::syntax::cst {

#define JSXDP_CST_NODES(X)                                                                                                                \
  X(program)                                                                                                                              \
  X(comment) X(html_comment) X(hash_bang_line) X(ERROR) X(export_statement) X(export_clause) X(                                           \
      export_specifier) X(namespace_export) X(import_statement) X(import_clause) X(named_imports)                                         \
      X(namespace_import) X(import_specifier) X(import_attribute) X(import_require_clause) X(                                             \
          import_alias) X(expression_statement) X(variable_declaration) X(lexical_declaration) X(variable_declarator)                     \
          X(statement_block) X(if_statement) X(else_clause) X(switch_statement) X(switch_case) X(                                         \
              switch_default) X(switch_body) X(for_statement) X(for_in_statement) X(while_statement)                                      \
              X(do_statement) X(try_statement) X(catch_clause) X(finally_clause) X(with_statement) X(                                     \
                  break_statement) X(continue_statement) X(debugger_statement) X(return_statement)                                        \
                  X(throw_statement) X(empty_statement) X(labeled_statement) X(statement_identifier) X(                                   \
                      parenthesized_expression) X(yield_expression) X(object) X(object_pattern)                                           \
                      X(assignment_pattern) X(object_assignment_pattern) X(array) X(array_pattern) X(                                     \
                          jsx_element) X(jsx_self_closing_element) X(jsx_opening_element) X(jsx_closing_element) X(jsx_text)              \
                          X(jsx_expression) X(jsx_attribute) X(jsx_namespace_name) X(html_character_reference) X(class) X(                \
                              class_declaration) X(abstract_class_declaration) X(class_heritage) X(extends_clause) X(implements_clause)   \
                              X(class_body) X(method_definition) X(public_field_definition) X(class_static_block) X(                      \
                                  abstract_method_signature) X(method_signature) X(index_signature) X(decorator)                          \
                                  X(function_expression) X(function_declaration) X(generator_function) X(                                 \
                                      generator_function_declaration) X(arrow_function) X(function_signature)                             \
                                      X(call_expression) X(new_expression) X(await_expression) X(                                         \
                                          member_expression) X(subscript_expression) X(assignment_expression)                             \
                                          X(augmented_assignment_expression) X(spread_element) X(ternary_expression) X(                   \
                                              binary_expression) X(unary_expression) X(update_expression)                                 \
                                              X(sequence_expression) X(string) X(                                                         \
                                                  string_fragment) X(escape_sequence) X(template_string) X(template_substitution)         \
                                                  X(regex) X(regex_pattern) X(regex_flags) X(number) X(identifier) X(                     \
                                                      meta_property) X(arguments) X(pair) X(pair_pattern) X(property_identifier)          \
                                                      X(shorthand_property_identifier) X(shorthand_property_identifier_pattern) X(        \
                                                          private_property_identifier) X(computed_property_name)                          \
                                                          X(formal_parameters) X(required_parameter) X(                                   \
                                                              optional_parameter) X(rest_pattern) X(this)                                 \
                                                              X(super) X(null) X(undefined) X(                                            \
                                                                  import) X(as_expression) X(satisfies_expression) X(non_null_expression) \
                                                                  X(type_assertion) X(instantiation_expression) X(enum_declaration) X(    \
                                                                      enum_body) X(enum_assignment) X(interface_declaration)              \
                                                                      X(type_alias_declaration) X(ambient_declaration) X(                 \
                                                                          internal_module) X(module) X(nested_identifier)                 \
                                                                          X(type_arguments) X(type_annotation) X(                         \
                                                                              predefined_type) X(type_identifier)                         \
                                                                              X(nested_type_identifier) X(                                \
                                                                                  generic_type) X(union_type)                             \
                                                                                  X(intersection_type) X(                                 \
                                                                                      object_type) X(interface_body)                      \
                                                                                      X(property_signature) X(                            \
                                                                                          literal_type) X(parenthesized_type)             \
                                                                                          X(array_type) X(                                \
                                                                                              readonly_type)                              \
                                                                                              X(tuple_type) X(                            \
                                                                                                  function_type)                          \
                                                                                                  X(extends_type_clause)                  \
                                                                                                      X(template_literal_type)

enum class N : uint8_t {
  kOther,
  kTrue,
  kFalse,
#define X(name) name##_,
  JSXDP_CST_NODES(X)
#undef X
};

// One language's symbols, as N.
class Symbols {
 public:
  explicit Symbols(const TSLanguage* language);
  N of(TSNode node) const {
    const TSSymbol symbol = ts_node_symbol(node);
    return symbol < map_.size() ? map_[symbol] : N::ERROR_;
  }
  TSNode field(TSNode node, std::string_view name) const {
    return ts_node_child_by_field_name(node, name.data(), static_cast<uint32_t>(name.size()));
  }

 private:
  std::vector<N> map_;
};

}  // namespace jsxdp::syntax::cst
