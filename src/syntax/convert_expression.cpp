#include <unordered_map>

#include "syntax/converter.h"
#include "syntax/literal.h"

namespace jsxdp::syntax {
namespace {

const std::unordered_map<std::string_view, Op> kBinary = {
    {"+", Op::kAdd},        {"-", Op::kSub},
    {"*", Op::kMul},        {"/", Op::kDiv},
    {"%", Op::kMod},        {"**", Op::kExp},
    {"&", Op::kBitAnd},     {"|", Op::kBitOr},
    {"^", Op::kBitXor},     {"<<", Op::kShl},
    {">>", Op::kShr},       {">>>", Op::kUshr},
    {"==", Op::kEq},        {"!=", Op::kNe},
    {"===", Op::kStrictEq}, {"!==", Op::kStrictNe},
    {"<", Op::kLt},         {"<=", Op::kLe},
    {">", Op::kGt},         {">=", Op::kGe},
    {"in", Op::kIn},        {"instanceof", Op::kInstanceof},
    {"&&", Op::kAnd},       {"||", Op::kOr},
    {"??", Op::kNullish}};

const std::unordered_map<std::string_view, Op> kUnary = {
    {"!", Op::kNot},         {"~", Op::kBitNot},  {"+", Op::kPlus},       {"-", Op::kMinus},
    {"typeof", Op::kTypeof}, {"void", Op::kVoid}, {"delete", Op::kDelete}};

}  // namespace

Node* Converter::inner(TSNode node) {
  const auto kids = children(node);
  return kids.empty() ? make<Simple>(node, Kind::kEmpty) : expression(kids[0]);
}

Node* Converter::expression(TSNode node) {
  switch (kind(node)) {
    case N::identifier_:
    case N::undefined_: {
      auto* id = make<Identifier>(node);
      id->name = name(node);
      if (current_ && *id->name == u"arguments") current_->uses_arguments = true;
      return id;
    }
    case N::number_: {
      const std::string_view digits = text(node);
      if (digits.ends_with('n')) {
        auto* big = make<BigInt>(node);
        for (const char c : digits.substr(0, digits.size() - 1)) {
          if (c != '_') big->digits += c;
        }
        return big;
      }
      auto* number = make<Number>(node);
      number->value = number_value(digits);
      return number;
    }
    case N::string_:
      return string(node);
    case N::kTrue:
    case N::kFalse: {
      auto* value = make<Boolean>(node);
      value->value = kind(node) == N::kTrue;
      return value;
    }
    case N::null_:
      return make<Simple>(node, Kind::kNull);
    case N::this_:
      if (current_) current_->uses_this = true;
      return make<Simple>(node, Kind::kThis);
    case N::super_:
      if (current_) current_->uses_this = true;
      return make<Simple>(node, Kind::kSuper);
    case N::regex_: {
      auto* regexp = make<RegExp>(node);
      regexp->pattern = utf16(text(field(node, "pattern")));
      if (const TSNode flags = field(node, "flags"); !null(flags))
        regexp->flags = utf16(text(flags));
      return regexp;
    }
    case N::template_string_:
      return template_string(node);
    case N::array_:
      return array(node);
    case N::object_:
      return object(node);
    case N::function_expression_:
    case N::generator_function_:
      return function(node, Function::F::kNormal);
    case N::arrow_function_:
      return function(node, Function::F::kArrow);
    case N::class_:
      return klass(node);
    case N::unary_expression_:
      return unary(node);
    case N::update_expression_: {
      auto* update = make<Update>(node);
      const TSNode op = field(node, "operator");
      update->increment = text(op) == "++";
      update->prefix = ts_node_start_byte(op) == ts_node_start_byte(node);
      update->target = expression(field(node, "argument"));
      return update;
    }
    case N::binary_expression_:
      return binary(node);
    case N::assignment_expression_:
    case N::augmented_assignment_expression_:
      return assignment(node);
    case N::ternary_expression_: {
      auto* conditional = make<Conditional>(node);
      conditional->test = expression(field(node, "condition"));
      conditional->then = expression(field(node, "consequence"));
      conditional->otherwise = expression(field(node, "alternative"));
      return conditional;
    }
    case N::call_expression_:
    case N::member_expression_:
    case N::subscript_expression_:
    case N::non_null_expression_: {
      if (!in_chain(node)) return chained(node);
      auto* chain = make<OptionalChain>(node);
      chain->expression = chained(node);
      return chain;
    }
    case N::new_expression_: {
      auto* result = make<New>(node);
      result->callee = expression(field(node, "constructor"));
      if (const TSNode args = field(node, "arguments"); !null(args))
        arguments(args, result->arguments);
      return result;
    }
    case N::parenthesized_expression_:
      return inner(node);
    case N::sequence_expression_: {
      // Nested to the right in the concrete tree: flatten.
      auto* sequence = make<Sequence>(node);
      for (const TSNode child : children(node)) {
        Node* part = expression(child);
        if (kind(child) == N::sequence_expression_) {
          for (Node* each : as<Sequence>(part)->expressions) sequence->expressions.push_back(each);
        } else {
          sequence->expressions.push_back(part);
        }
      }
      return sequence;
    }
    case N::spread_element_: {
      auto* spread = make<Spread>(node);
      spread->argument = inner(node);
      return spread;
    }
    case N::yield_expression_: {
      auto* yield = make<Yield>(node);
      yield->delegate = has_token(node, "*");
      if (const auto kids = children(node); !kids.empty()) yield->argument = expression(kids[0]);
      return yield;
    }
    case N::await_expression_: {
      auto* await = make<Await>(node);
      await->argument = inner(node);
      return await;
    }
    case N::meta_property_:
      return make<Simple>(node,
                          text(node).starts_with("new") ? Kind::kNewTarget : Kind::kImportMeta);
    case N::as_expression_:
    case N::satisfies_expression_:
    case N::instantiation_expression_:
      return inner(node);
    case N::type_assertion_:
      return expression(children(node).back());
    case N::jsx_element_:
    case N::jsx_self_closing_element_:
      return jsx(node);
    case N::jsx_expression_:
      return inner(node);
    case N::private_property_identifier_:
      break;
    default:
      break;
  }
  error(node, "JX1004", "this syntax is not supported: " + std::string(ts_node_type(node)));
  return make<Simple>(node, Kind::kNull);
}

Node* Converter::string(TSNode node) {
  auto* value = make<String>(node);
  const std::string_view quoted = text(node);
  const auto cooked = cook(quoted.substr(1, quoted.size() - 2), false);
  if (!cooked) error(node, "JX1003", "invalid escape sequence in a string");
  value->value = atom(cooked.value_or(u""));
  return value;
}

Template* Converter::template_string(TSNode node) {
  auto* result = make<Template>(node);
  const std::string_view file = program_.file->text();
  uint32_t begin = ts_node_start_byte(node) + 1;
  const auto quasi = [&](uint32_t end) {
    const std::string_view raw = file.substr(begin, end - begin);
    const auto cooked = cook(raw, true);
    std::string lines;
    for (size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] == '\r') {
        lines += '\n';
        if (i + 1 < raw.size() && raw[i + 1] == '\n') ++i;
      } else {
        lines += raw[i];
      }
    }
    result->quasis.push_back(
        {cooked.has_value(), cooked ? atom(*cooked) : nullptr, atom(utf16(lines))});
  };
  for (const TSNode child : children(node)) {
    if (kind(child) != N::template_substitution_) continue;
    quasi(ts_node_start_byte(child));
    result->expressions.push_back(inner(child));
    begin = ts_node_end_byte(child);
  }
  quasi(ts_node_end_byte(node) - 1);
  return result;
}

Node* Converter::array(TSNode node) {
  auto* result = make<Array>(node);
  // Holes show only in the commas.
  bool element = false;
  const uint32_t count = ts_node_child_count(node);
  for (uint32_t i = 0; i < count; ++i) {
    const TSNode child = ts_node_child(node, i);
    if (ts_node_is_named(child)) {
      if (kind(child) == N::comment_) continue;
      result->elements.push_back(expression(child));
      element = true;
    } else if (text(child) == ",") {
      if (!element) result->elements.push_back(nullptr);
      element = false;
    }
  }
  return result;
}

void Converter::property_key(TSNode key, Property& property) {
  switch (kind(key)) {
    case N::computed_property_name_:
      property.computed = true;
      property.key = inner(key);
      return;
    case N::string_:
      property.name = as<String>(string(key))->value;
      return;
    case N::number_:
      property.computed = true;  // the evaluator turns it into a key
      property.key = expression(key);
      return;
    case N::private_property_identifier_:
      property.is_private = true;
      property.name = name(key);
      return;
    default:
      property.name = name(key);
  }
}

void Converter::name_anonymous(Node* value, Atom name) {
  if (!value || !name) return;
  if (value->kind == Kind::kFunction && !as<Function>(value)->id)
    as<Function>(value)->name_hint = name;
  if (value->kind == Kind::kClass && !as<Class>(value)->id) as<Class>(value)->name_hint = name;
}

Node* Converter::object(TSNode node) {
  auto* result = make<Object>(node);
  for (const TSNode child : children(node)) {
    Property property;
    property.begin = ts_node_start_byte(child);
    property.end = ts_node_end_byte(child);
    switch (kind(child)) {
      case N::pair_:
        property_key(field(child, "key"), property);
        property.value = expression(field(child, "value"));
        name_anonymous(property.value, property.name);
        break;
      case N::shorthand_property_identifier_: {
        auto* id = make<Identifier>(child);
        id->name = property.name = name(child);
        if (current_ && *id->name == u"arguments") current_->uses_arguments = true;
        property.shorthand = true;
        property.value = id;
        break;
      }
      case N::spread_element_:
        property.kind = PropertyKind::kSpread;
        property.value = inner(child);
        break;
      case N::method_definition_: {
        property_key(field(child, "name"), property);
        const bool get = has_token(child, "get"), set = has_token(child, "set");
        property.kind = get ? PropertyKind::kGet : set ? PropertyKind::kSet : PropertyKind::kMethod;
        Function* method = function(child, get   ? Function::F::kGetter
                                           : set ? Function::F::kSetter
                                                 : Function::F::kMethod);
        method->id = nullptr;
        method->name_hint = property.name;
        property.value = method;
        break;
      }
      default:
        // `{ a = 1 }` is a pattern that stands where an expression was expected;
        // assignment() converts those itself.
        error(child, "JX1004", "this is only valid in a destructuring pattern");
        continue;
    }
    result->properties.push_back(property);
  }
  return result;
}

Node* Converter::binary(TSNode node) {
  const TSNode left = field(node, "left");
  const std::string_view op = text(field(node, "operator"));
  if (kind(left) == N::private_property_identifier_) {
    auto* result = make<PrivateIn>(node);
    result->name = name(left);
    result->right = expression(field(node, "right"));
    return result;
  }
  const Op code = kBinary.at(op);
  if (code == Op::kAnd || code == Op::kOr || code == Op::kNullish) {
    auto* logical = make<Logical>(node);
    logical->op = code;
    logical->left = expression(left);
    logical->right = expression(field(node, "right"));
    return logical;
  }
  auto* result = make<Binary>(node);
  result->op = code;
  result->left = expression(left);
  result->right = expression(field(node, "right"));
  return result;
}

Node* Converter::unary(TSNode node) {
  auto* result = make<Unary>(node);
  result->op = kUnary.at(text(field(node, "operator")));
  result->operand = expression(field(node, "argument"));
  return result;
}

Node* Converter::assignment(TSNode node) {
  auto* result = make<Assign>(node);
  const TSNode left = field(node, "left");
  result->op = Op::kAssign;
  if (kind(node) == N::augmented_assignment_expression_) {
    const std::string_view op = text(field(node, "operator"));
    result->op = kBinary.at(op.substr(0, op.size() - 1));
    result->target = expression(left);
  } else {
    result->target = pattern(left);
  }
  result->value = expression(field(node, "right"));
  if (result->target->kind == Kind::kIdentifier) {
    name_anonymous(result->value, as<Identifier>(result->target)->name);
  }
  const Kind target = result->target->kind;
  if (target != Kind::kIdentifier && target != Kind::kMember && target != Kind::kArrayPattern &&
      target != Kind::kObjectPattern) {
    error(left, "JX1005", "this cannot be assigned to");
  }
  return result;
}

void Converter::arguments(TSNode node, NodeList& out) {
  for (const TSNode child : children(node)) out.push_back(expression(child));
}

// Whether a `?.` stands in this chain of members and calls (not through parentheses).
bool Converter::in_chain(TSNode node) const {
  for (;;) {
    switch (kind(node)) {
      case N::member_expression_:
      case N::subscript_expression_:
        if (!null(field(node, "optional_chain"))) return true;
        node = field(node, "object");
        break;
      case N::call_expression_:
        if (has_token(node, "?.")) return true;
        node = field(node, "function");
        break;
      case N::non_null_expression_:
        node = ts_node_named_child(node, 0);
        break;
      default:
        return false;
    }
  }
}

Node* Converter::chained(TSNode node) {
  switch (kind(node)) {
    case N::call_expression_:
      return call(node);
    case N::member_expression_:
    case N::subscript_expression_:
      return member(node);
    case N::non_null_expression_:
      return chained(children(node)[0]);
    default:
      return expression(node);
  }
}

Node* Converter::call(TSNode node) {
  const TSNode args = field(node, "arguments");
  const TSNode callee = field(node, "function");
  if (kind(args) == N::template_string_) {
    auto* tagged = make<TaggedTemplate>(node);
    tagged->tag = chained(callee);
    tagged->quasi = template_string(args);
    return tagged;
  }
  if (kind(callee) == N::import_) {
    auto* result = make<ImportCall>(node);
    const auto kids = children(args);
    result->source = kids.empty() ? make<Simple>(args, Kind::kNull) : expression(kids[0]);
    return result;
  }
  auto* result = make<Call>(node);
  result->callee = chained(callee);
  result->optional = has_token(node, "?.");
  arguments(args, result->arguments);
  return result;
}

Node* Converter::member(TSNode node) {
  auto* result = make<Member>(node);
  result->object = chained(field(node, "object"));
  result->optional = !null(field(node, "optional_chain"));
  if (kind(node) == N::subscript_expression_) {
    result->index = expression(field(node, "index"));
    if (result->index->kind == Kind::kString) {
      result->name = as<String>(result->index)->value;
      result->index = nullptr;
    }
  } else {
    const TSNode property = field(node, "property");
    result->name = name(property);
    result->is_private = kind(property) == N::private_property_identifier_;
  }
  return result;
}

// ---- JSX ----

Node* Converter::jsx_name(TSNode node) {
  const std::string_view whole = text(node);
  if (kind(node) == N::jsx_namespace_name_ ||
      (kind(node) == N::identifier_ && (std::islower(static_cast<unsigned char>(whole[0])) ||
                                        whole.find('-') != std::string_view::npos))) {
    auto* host = make<String>(node);
    std::string joined;
    for (const char c : whole) {
      if (!std::isspace(static_cast<unsigned char>(c))) joined += c;
    }
    host->value = atom(utf16(joined));
    return host;
  }
  if (kind(node) == N::nested_identifier_ || kind(node) == N::member_expression_) {
    auto* member = make<Member>(node);
    const auto kids = children(node);
    TSNode object = field(node, "object"), property = field(node, "property");
    if (null(object)) object = kids.front();
    if (null(property)) property = kids.back();
    if (kind(object) == N::identifier_ || kind(object) == N::this_) {
      member->object = expression(object);
    } else {
      member->object = jsx_name(object);
    }
    member->name = name(property);
    return member;
  }
  return expression(node);
}

void Converter::jsx_attributes(TSNode opening, JSXElement& element) {
  for (const TSNode child : children(opening)) {
    JSXAttribute attribute;
    attribute.begin = ts_node_start_byte(child);
    attribute.end = ts_node_end_byte(child);
    if (kind(child) == N::jsx_expression_) {
      const auto kids = children(child);
      if (kids.empty()) continue;
      attribute.value = kind(kids[0]) == N::spread_element_ ? inner(kids[0]) : expression(kids[0]);
      element.attributes.push_back(attribute);
      continue;
    }
    if (kind(child) != N::jsx_attribute_) continue;
    const auto parts = children(child);
    std::string attribute_name;
    for (const char c : text(parts[0])) {
      if (!std::isspace(static_cast<unsigned char>(c))) attribute_name += c;
    }
    attribute.name = atom(utf16(attribute_name));
    if (parts.size() > 1) {
      if (kind(parts[1]) == N::string_) {
        auto* value = make<String>(parts[1]);
        const std::string_view quoted = text(parts[1]);
        value->value = atom(decode_entities(quoted.substr(1, quoted.size() - 2)));
        attribute.value = value;
      } else {
        attribute.value = expression(parts[1]);
        if (attribute.value->kind == Kind::kEmpty) {
          error(parts[1], "JX1004", "an attribute's value must not be empty");
        }
      }
    }
    element.attributes.push_back(attribute);
  }
}

void Converter::jsx_children(TSNode node, TSNode open, TSNode close, JSXElement& element) {
  const std::string_view file = program_.file->text();
  uint32_t text_begin = ts_node_end_byte(open);
  const auto flush = [&](uint32_t end) {
    if (const auto cooked = jsx_text(file.substr(text_begin, end - text_begin))) {
      auto* piece = program_.make<JSXText>();
      piece->begin = text_begin;
      piece->end = end;
      piece->value = atom(*cooked);
      element.children.push_back(piece);
    }
  };
  const uint32_t count = ts_node_named_child_count(node);
  for (uint32_t i = 0; i < count; ++i) {
    const TSNode child = ts_node_named_child(node, i);
    if (ts_node_eq(child, open) || ts_node_eq(child, close)) continue;
    const N what = kind(child);
    if (what != N::jsx_expression_ && what != N::jsx_element_ &&
        what != N::jsx_self_closing_element_)
      continue;
    flush(ts_node_start_byte(child));
    text_begin = ts_node_end_byte(child);
    Node* value = expression(child);
    if (value->kind != Kind::kEmpty) element.children.push_back(value);
  }
  flush(ts_node_start_byte(close));
}

Node* Converter::jsx(TSNode node) {
  auto* element = make<JSXElement>(node);
  if (kind(node) == N::jsx_self_closing_element_) {
    element->type = jsx_name(field(node, "name"));
    jsx_attributes(node, *element);
    return element;
  }
  const TSNode open = field(node, "open_tag"), close = field(node, "close_tag");
  const TSNode open_name = field(open, "name"), close_name = field(close, "name");
  if (!null(open_name)) element->type = jsx_name(open_name);
  const std::string_view opened = null(open_name) ? "" : text(open_name);
  const std::string_view closed = null(close_name) ? "" : text(close_name);
  if (opened != closed) {
    error(close, "JX1006",
          "<" + std::string(opened) + "> is closed by </" + std::string(closed) + ">");
  }
  jsx_attributes(open, *element);
  // The name itself is a named child of the opening tag, never an attribute kind.
  jsx_children(node, open, close, *element);
  return element;
}

}  // namespace jsxdp::syntax
