#include "syntax/converter.h"
#include "syntax/literal.h"

namespace jsxdp::syntax {

std::string_view Converter::text(TSNode node) const {
  const uint32_t begin = ts_node_start_byte(node);
  return program_.file->text().substr(begin, ts_node_end_byte(node) - begin);
}

Atom Converter::name(TSNode node) const {
  std::string_view whole = text(node);
  if (kind(node) == N::string_)
    return atom(cook(whole.substr(1, whole.size() - 2), false).value_or(u""));
  if (whole.starts_with('#')) whole.remove_prefix(1);
  return atom(identifier_name(whole));
}

std::vector<TSNode> Converter::children(TSNode node) const {
  std::vector<TSNode> out;
  const uint32_t count = ts_node_named_child_count(node);
  out.reserve(count);
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do {
      const TSNode child = ts_tree_cursor_current_node(&cursor);
      if (!ts_node_is_named(child)) continue;
      const N what = kind(child);
      if (what != N::comment_ && what != N::html_comment_) out.push_back(child);
    } while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
  return out;
}

bool Converter::has_token(TSNode node, std::string_view token) const {
  const uint32_t count = ts_node_child_count(node);
  for (uint32_t i = 0; i < count; ++i) {
    const TSNode child = ts_node_child(node, i);
    if (!ts_node_is_named(child) && token == ts_node_type(child)) return true;
    if (ts_node_is_named(child) && token == "?." && kind(child) == N::kOther &&
        text(child) == token)
      return true;
  }
  return false;
}

void Converter::error(TSNode at, std::string code, std::string message, std::string help) {
  source::Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  diagnostic.primary = {program_.file.get(), ts_node_start_byte(at), ts_node_end_byte(at)};
  diagnostics_.push_back(std::move(diagnostic));
}

void Converter::convert(TSNode root) {
  const auto body = children(root);
  directives(body, program_.directives);
  list(body, program_.body);
}

void Converter::directives(const std::vector<TSNode>& body, std::vector<Atom>& out) {
  for (const TSNode statement : body) {
    if (kind(statement) == N::hash_bang_line_) continue;
    if (kind(statement) != N::expression_statement_) return;
    const auto kids = children(statement);
    if (kids.size() != 1 || kind(kids[0]) != N::string_) return;
    out.push_back(as<String>(string(kids[0]))->value);
  }
}

void Converter::list(const std::vector<TSNode>& nodes, NodeList& out) {
  for (const TSNode node : nodes) {
    if (Node* converted = statement(node)) out.push_back(converted);
  }
}

void Converter::statements(TSNode parent, NodeList& out) {
  list(children(parent), out);
}

Block* Converter::block(TSNode node) {
  auto* result = make<Block>(node);
  statements(node, result->body);
  return result;
}

Node* Converter::statement(TSNode node) {
  switch (kind(node)) {
    case N::hash_bang_line_:
    case N::empty_statement_:
    case N::debugger_statement_:
    case N::function_signature_:
    case N::ambient_declaration_:
      return nullptr;
    case N::interface_declaration_:
    case N::type_alias_declaration_:
      type_declaration(node);
      return nullptr;
    case N::import_statement_:
      return import(node);
    case N::export_statement_:
      return export_statement(node);
    case N::expression_statement_: {
      const auto kids = children(node);
      if (kids.empty()) return nullptr;
      if (kind(kids[0]) == N::internal_module_) {
        error(node, "JX1004", "namespaces are not supported",
              "use a module of its own, or an object");
        return nullptr;
      }
      auto* result = make<Expression>(node);
      result->expression = expression(kids[0]);
      return result;
    }
    case N::variable_declaration_:
    case N::lexical_declaration_:
      return variable(node);
    case N::function_declaration_:
    case N::generator_function_declaration_: {
      auto* result = make<FunctionDeclaration>(node);
      result->function = function(node, Function::F::kNormal);
      return result;
    }
    case N::class_declaration_:
    case N::abstract_class_declaration_: {
      auto* result = make<ClassDeclaration>(node);
      result->klass = klass(node);
      return result;
    }
    case N::enum_declaration_:
      return enumeration(node);
    case N::statement_block_:
      return block(node);
    case N::if_statement_: {
      auto* result = make<If>(node);
      result->test = inner(field(node, "condition"));
      result->then = statement(field(node, "consequence"));
      if (const TSNode alternative = field(node, "alternative"); !null(alternative)) {
        result->otherwise = statement(children(alternative)[0]);
      }
      return result;
    }
    case N::for_statement_:
      return for_loop(node);
    case N::for_in_statement_:
      return for_each(node);
    case N::while_statement_:
    case N::do_statement_: {
      auto* result =
          make<While>(node, kind(node) == N::while_statement_ ? Kind::kWhile : Kind::kDoWhile);
      result->test = inner(field(node, "condition"));
      result->body = statement(field(node, "body"));
      return result;
    }
    case N::return_statement_: {
      auto* result = make<Return>(node);
      if (const auto kids = children(node); !kids.empty()) result->argument = expression(kids[0]);
      return result;
    }
    case N::throw_statement_: {
      auto* result = make<Throw>(node);
      result->argument = inner(node);
      return result;
    }
    case N::break_statement_:
    case N::continue_statement_: {
      auto* result =
          make<Jump>(node, kind(node) == N::break_statement_ ? Kind::kBreak : Kind::kContinue);
      if (const TSNode label = field(node, "label"); !null(label)) result->label = name(label);
      return result;
    }
    case N::labeled_statement_: {
      auto* result = make<Labeled>(node);
      result->label = name(field(node, "label"));
      result->body = statement(field(node, "body"));
      return result;
    }
    case N::try_statement_:
      return try_statement(node);
    case N::switch_statement_:
      return switch_statement(node);
    case N::with_statement_:
      error(node, "JX1004", "`with` is not allowed in modules");
      return nullptr;
    default:
      error(node, "JX1004", "this syntax is not supported: " + std::string(ts_node_type(node)));
      return nullptr;
  }
}

Node* Converter::variable(TSNode node) {
  auto* result = make<Variable>(node);
  // The source's own word: `let` may have been parsed as `var` (see parser.cpp).
  result->var_kind = has_token(node, "const")        ? VarKind::kConst
                     : text(node).starts_with("let") ? VarKind::kLet
                                                     : VarKind::kVar;
  for (const TSNode child : children(node)) {
    if (kind(child) != N::variable_declarator_) continue;
    Variable::Declarator declarator{};
    declarator.begin = ts_node_start_byte(child);
    declarator.end = ts_node_end_byte(child);
    declarator.target = pattern(field(child, "name"));
    if (const TSNode value = field(child, "value"); !null(value))
      declarator.init = expression(value);
    if (declarator.target->kind == Kind::kIdentifier) {
      name_anonymous(declarator.init, as<Identifier>(declarator.target)->name);
    }
    if (const TSNode annotation = field(child, "type"); !null(annotation)) {
      annotate(declarator.target, annotation);
      Type* annotated = program_.annotations.back().second;
      if (declarator.init && declarator.init->kind == Kind::kFunction) {
        as<Function>(declarator.init)->props_from_declarator = annotated;
      }
    }
    result->declarators.push_back(declarator);
  }
  return result;
}

Node* Converter::for_loop(TSNode node) {
  auto* result = make<For>(node);
  const TSNode init = field(node, "initializer");
  if (kind(init) == N::variable_declaration_ || kind(init) == N::lexical_declaration_) {
    result->init = variable(init);
  } else if (!null(init) && kind(init) != N::empty_statement_ && ts_node_is_named(init)) {
    result->init = kind(init) == N::expression_statement_ ? inner(init) : expression(init);
  }
  const TSNode test = field(node, "condition");
  if (!null(test) && kind(test) == N::expression_statement_) result->test = inner(test);
  if (!null(test) && kind(test) != N::expression_statement_ && kind(test) != N::empty_statement_ &&
      ts_node_is_named(test)) {
    result->test = expression(test);
  }
  if (const TSNode update = field(node, "increment"); !null(update))
    result->update = expression(update);
  result->body = statement(field(node, "body"));
  return result;
}

Node* Converter::for_each(TSNode node) {
  auto* result =
      make<ForEach>(node, text(field(node, "operator")) == "of" ? Kind::kForOf : Kind::kForIn);
  result->is_await = has_token(node, "await");
  const TSNode left = field(node, "left"), declared = field(node, "kind");
  Node* target = pattern(left);
  if (!null(declared)) {
    auto* variable = make<Variable>(left);
    variable->var_kind = text(declared) == "const" ? VarKind::kConst
                         : text(declared) == "let" ? VarKind::kLet
                                                   : VarKind::kVar;
    variable->declarators.push_back({target, nullptr, target->begin, target->end});
    target = variable;
  }
  result->target = target;
  result->subject = expression(field(node, "right"));
  result->body = statement(field(node, "body"));
  return result;
}

Node* Converter::try_statement(TSNode node) {
  auto* result = make<Try>(node);
  result->block = block(field(node, "body"));
  if (const TSNode handler = field(node, "handler"); !null(handler)) {
    if (const TSNode param = field(handler, "parameter"); !null(param))
      result->param = pattern(param);
    result->handler = block(field(handler, "body"));
  }
  if (const TSNode last = field(node, "finalizer"); !null(last))
    result->finalizer = block(field(last, "body"));
  return result;
}

Node* Converter::switch_statement(TSNode node) {
  auto* result = make<Switch>(node);
  result->subject = inner(field(node, "value"));
  for (const TSNode child : children(field(node, "body"))) {
    Switch::Case branch{};
    const bool tested = kind(child) == N::switch_case_;
    const auto kids = children(child);
    if (tested) branch.test = expression(field(child, "value"));
    for (size_t i = tested ? 1 : 0; i < kids.size(); ++i) {
      if (Node* converted = statement(kids[i])) branch.body.push_back(converted);
    }
    result->cases.push_back(std::move(branch));
  }
  return result;
}

Node* Converter::enumeration(TSNode node) {
  auto* result = make<Enum>(node);
  result->id = binding(field(node, "name"));
  for (const TSNode child : children(field(node, "body"))) {
    if (kind(child) == N::enum_assignment_) {
      result->members.push_back({name(field(child, "name")), expression(field(child, "value"))});
    } else {
      result->members.push_back({name(child), nullptr});
    }
  }
  return result;
}

Node* Converter::import(TSNode node) {
  program_.is_module = true;
  const TSNode source = field(node, "source");
  if (has_token(node, "type") || has_token(node, "typeof")) {
    return nullptr;
  }
  auto* result = make<Import>(node);
  if (null(source)) {
    error(node, "JX1004", "`import x = require()` is not supported", "use an import declaration");
    return nullptr;
  }
  result->source = name(source);
  for (const TSNode clause : children(node)) {
    if (kind(clause) != N::import_clause_) continue;
    for (const TSNode part : children(clause)) {
      switch (kind(part)) {
        case N::identifier_:
          result->specifiers.push_back({atom("default"), binding(part)});
          break;
        case N::namespace_import_:
          result->specifiers.push_back({nullptr, binding(children(part)[0])});
          break;
        case N::named_imports_:
          for (const TSNode specifier : children(part)) {
            if (has_token(specifier, "type") || has_token(specifier, "typeof")) continue;
            const TSNode imported = field(specifier, "name"), alias = field(specifier, "alias");
            result->specifiers.push_back({name(imported), binding(null(alias) ? imported : alias)});
          }
          break;
        default:
          break;
      }
    }
  }
  return result;
}

Node* Converter::export_statement(TSNode node) {
  program_.is_module = true;
  const TSNode declaration = field(node, "declaration"), value = field(node, "value");
  const TSNode source = field(node, "source");
  if (has_token(node, "default")) {
    auto* result = make<ExportDefault>(node);
    if (!null(declaration)) {
      result->declaration = statement(declaration);
      if (!result->declaration) return nullptr;  // an interface
      if (result->declaration->kind == Kind::kFunctionDeclaration) {
        Function* fn = as<FunctionDeclaration>(result->declaration)->function;
        if (!fn->id) fn->name_hint = atom("default");
      }
      if (result->declaration->kind == Kind::kClassDeclaration) {
        Class* klass = as<ClassDeclaration>(result->declaration)->klass;
        if (!klass->id) klass->name_hint = atom("default");
      }
    } else {
      result->declaration = expression(value);
      name_anonymous(result->declaration, atom("default"));
    }
    return result;
  }
  if (has_token(node, "=")) {
    auto* result = make<ExportAssignment>(node);
    result->expression = inner(node);
    return result;
  }
  if (!null(declaration)) {
    Node* inner_declaration = statement(declaration);
    if (!inner_declaration) return nullptr;
    auto* result = make<ExportNamed>(node);
    result->declaration = inner_declaration;
    return result;
  }
  if (has_token(node, "type")) return nullptr;
  for (const TSNode child : children(node)) {
    if (kind(child) == N::export_clause_) {
      auto* result = make<ExportNamed>(node);
      if (!null(source)) result->source = name(source);
      for (const TSNode specifier : children(child)) {
        if (has_token(specifier, "type")) continue;
        const TSNode local = field(specifier, "name"), alias = field(specifier, "alias");
        ExportNamed::Specifier each{name(local), name(null(alias) ? local : alias)};
        if (null(source)) {
          each.reference = make<Identifier>(local);
          each.reference->name = each.local;
        }
        result->specifiers.push_back(each);
      }
      return result;
    }
    if (kind(child) == N::namespace_export_) {
      auto* result = make<ExportAll>(node);
      result->exported = name(children(child)[0]);
      result->source = name(source);
      return result;
    }
  }
  if (!null(source)) {
    auto* result = make<ExportAll>(node);
    result->source = name(source);
    return result;
  }
  return nullptr;
}

}  // namespace jsxdp::syntax
