// Turns tree-sitter's concrete tree into ours. Internal to the syntax stage.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syntax/ast.h"
#include "syntax/cst.h"

namespace jsxdp::syntax {

class Converter {
 public:
  Converter(Program& program, const cst::Symbols& symbols, source::Diagnostics& diagnostics)
      : program_(program), symbols_(symbols), diagnostics_(diagnostics) {}

  void convert(TSNode root);

 private:
  using N = cst::N;

  // ---- shared ----
  N kind(TSNode node) const { return symbols_.of(node); }
  TSNode field(TSNode node, std::string_view name) const { return symbols_.field(node, name); }
  static bool null(TSNode node) { return ts_node_is_null(node); }
  std::string_view text(TSNode node) const;
  Atom name(TSNode node) const;
  // Named children without comments.
  std::vector<TSNode> children(TSNode node) const;
  bool has_token(TSNode node, std::string_view token) const;
  template <class T, class... Args>
  T* make(TSNode at, Args&&... args) {
    T* node = program_.make<T>(std::forward<Args>(args)...);
    node->begin = ts_node_start_byte(at);
    node->end = ts_node_end_byte(at);
    return node;
  }
  void error(TSNode at, std::string code, std::string message, std::string help = {});

  // ---- statements (convert_statement.cpp) ----
  Node* statement(TSNode node);  // null: erased
  void statements(TSNode parent, NodeList& out);
  void list(const std::vector<TSNode>& nodes, NodeList& out);
  Block* block(TSNode node);
  Node* variable(TSNode node);
  Node* for_each(TSNode node);
  Node* for_loop(TSNode node);
  Node* try_statement(TSNode node);
  Node* switch_statement(TSNode node);
  Node* enumeration(TSNode node);
  Node* import(TSNode node);
  Node* export_statement(TSNode node);
  void directives(const std::vector<TSNode>& body, std::vector<Atom>& out);

  // ---- expressions (convert_expression.cpp) ----
  Node* expression(TSNode node);
  Node* inner(TSNode parenthesized);
  Node* object(TSNode node);
  Node* array(TSNode node);
  Node* binary(TSNode node);
  Node* unary(TSNode node);
  Node* call(TSNode node);
  Node* member(TSNode node);
  Node* chained(TSNode node);  // without the OptionalChain wrapper
  bool in_chain(TSNode node) const;
  Template* template_string(TSNode node);
  Node* string(TSNode node);
  Node* assignment(TSNode node);
  void arguments(TSNode node, NodeList& out);
  void property_key(TSNode key, Property& property);
  Node* jsx(TSNode node);
  Node* jsx_name(TSNode node);
  void jsx_attributes(TSNode opening, JSXElement& element);
  void jsx_children(TSNode node, TSNode open, TSNode close, JSXElement& element);
  void name_anonymous(Node* value, Atom name);

  // ---- functions and classes (convert_function.cpp) ----
  Function* function(TSNode node, Function::F form);
  void parameters(TSNode node, Function& function);
  void body(TSNode node, Function& function);
  Class* klass(TSNode node);
  void class_member(TSNode node, Class& klass);
  Function* initializer(TSNode at, TSNode value);

  // ---- patterns (convert_function.cpp) ----
  Node* pattern(TSNode node);
  Identifier* binding(TSNode node);

  // ---- types (convert_type.cpp) ----
  Type* type(TSNode node);
  void members(TSNode body, Type& type);
  void annotate(const Node* pattern, TSNode annotation);
  void type_declaration(TSNode node);

  Program& program_;
  const cst::Symbols& symbols_;
  source::Diagnostics& diagnostics_;
  Function* current_ = nullptr;  // innermost non-arrow function, for uses_this
};

}  // namespace jsxdp::syntax
