// The walk over React's tree: nodes, components, context (react-dom's retryNode,
// renderElement, renderChildrenArray).
#include <bit>

#include "eval/function.h"
#include "react/renderer.h"

namespace jsxdp::react {

namespace {

std::string base32(uint32_t n) {
  static constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuv";
  std::string out;
  do {
    out.insert(out.begin(), kDigits[n & 31]);
    n >>= 5;
  } while (n > 0);
  return out;
}

// getTreeId: the id without its leading bit.
std::string tree_id(const TreeContext& tree) {
  const auto length = static_cast<uint32_t>(std::bit_width(tree.id)) - 1;
  return base32(tree.id & ~(1U << length)) + tree.overflow;
}

TreeContext push_tree(const TreeContext& base, uint32_t total, uint32_t index) {
  if (!base.known) return base;
  auto length_before = static_cast<uint32_t>(std::bit_width(base.id)) - 1;
  uint32_t id = base.id & ~(1U << length_before);
  const uint32_t slot = index + 1;
  const uint32_t length = static_cast<uint32_t>(std::bit_width(total)) + length_before;
  if (length > 30) {
    // React keeps at most 30 bits; what does not fit goes to the text.
    const uint32_t overflowing = length_before - (length_before % 5);
    const std::string text = base32(id & ((1U << overflowing) - 1));
    id >>= overflowing;
    length_before -= overflowing;
    return {(1U << (static_cast<uint32_t>(std::bit_width(total)) + length_before)) | (slot << length_before) | id, text + base.overflow, true};
  }
  return {(1U << length) | (slot << length_before) | id, base.overflow, true};
}

}  // namespace

Renderer::Renderer(Realm& realm, Object* react) : realm_(realm) {
  const Value internals = realm.get(react, "__jsxdp");
  with_hooks_ = realm.get(internals, realm.key("withHooks"));
  render_class_ = realm.get(internals, realm.key("renderClass"));
  option_text_ = realm.get(internals, realm.key("optionText"));
  resources_ = realm.new_object();
  for (const char* kind : {"images", "modules", "scripts", "styles"}) {
    realm.define(resources_, kind, Value::object(realm.new_array({})), true);
  }
  flags_ = realm.new_object();
  for (const char* flag : {"html", "head", "body", "replay"}) realm.define(flags_, flag, Value::boolean(false), true);
  out_ = realm.new_output();
  for (Output** output : {&pre_.html, &pre_.head, &pre_.charset, &pre_.viewport, &pre_.images, &pre_.styles, &pre_.scripts, &pre_.bulk,
                          &pre_.hoistable, &pre_.head_children, &pre_.body, &pre_.bootstrap}) {
    *output = realm.new_output();
  }
}

ir::Block Renderer::render(Value root) {
  Output* main = out_;
  Output* guards = realm_.guard_output ? realm_.guard_output : main;
  realm_.guard_output = guards;
  node(root, {}, {});
  // The order in which React flushes (flushCompletedQueues).
  Output* ends = realm_.new_output();
  Output* head_start = realm_.new_output();
  Output* head_end = realm_.new_output();
  const Value html = realm_.get(flags_, "html"), head = realm_.get(flags_, "head"), body = realm_.get(flags_, "body");
  in(*head_start, [&] { when(html, [&] { when(head, [] {}, [&] { text("<head>"); }); }); });
  in(*head_end, [&] { when(html, [&] { text("</head>"); }, [&] { when(head, [&] { text("</head>"); }); }); });
  in(*ends, [&] {
    when(body, [&] { text("</body>"); });
    when(html, [&] { text("</html>"); });
  });
  if (!precedences_.empty()) {
    // One precedence: the sheets become one style element.
    Output* start = realm_.new_output();
    Object* list = realm_.get(Value::object(resources_), realm_.key("styles")).as_object();
    in(*start, [&] {
      text("<style data-precedence=\"" + escape_html(precedences_.front()) + "\" data-href=\"");
      bool first = true;
      for (const Value& href : realm_.elements(list)) {
        if (!first) text(" ");
        first = false;
        escaped(href);
      }
      text("\">");
    });
    in(*pre_.styles, [&] { text("</style>"); });
    ir::Block styles = realm_.contents(*start);
    for (ir::Stmt& s : realm_.contents(*pre_.styles)) styles.push_back(std::move(s));
    pre_.styles = realm_.new_output();
    for (ir::Stmt& s : styles) realm_.append(*pre_.styles, std::move(s));
  }
  ir::Block out;
  for (Output* part : {pre_.html, pre_.head, head_start, pre_.charset, pre_.viewport, pre_.images, pre_.styles, pre_.scripts, pre_.bulk,
                       pre_.hoistable, pre_.head_children, head_end, pre_.body, main, pre_.bootstrap, ends}) {
    for (ir::Stmt& s : realm_.contents(*part)) out.push_back(std::move(s));
  }
  return out;
}

void Renderer::node(Value v, const FormatContext& format, const TreeContext& tree) {
  cases(v, [&](Value each) {
    switch (each.tag()) {
      case eval::Tag::kString:
      case eval::Tag::kNumber:
      case eval::Tag::kBigInt:
        escaped(each);
        return;
      case eval::Tag::kUnknown:
        if (each.as_unknown()->type != ir::Type::kBool) escaped(each);
        return;
      case eval::Tag::kObject:
        object_node(each.as_object(), format, tree);
        return;
      default:
        return;
    }
  });
}

void Renderer::object_node(Object* object, const FormatContext& format, const TreeContext& tree) {
  if (realm_.callable(Value::object(object))) return;  // React renders nothing
  if (object->object_class() == eval::Class::kArray) {
    settled(object, [&] { children_array(object, format, tree); });
    return;
  }
  const Value self = Value::object(object);
  const Value kind = realm_.get(self, realm_.key("$$typeof"));
  const auto is = [&](const char* name) { return kind.is(eval::Tag::kSymbol) && kind.as_symbol() == realm_.symbol_for(name); };
  if (is("react.transitional.element")) {
    const Value props = realm_.get(self, realm_.key("props"));
    cases(realm_.get(self, realm_.key("type")), [&](Value type) {
      cases(props, [&](Value p) { element(type, p.as_object(), format, tree); });
    });
    return;
  }
  if (is("react.element")) {
    error("A React Element from an older version of React was rendered. This is not supported.");
  }
  if (is("react.portal")) {
    error("Portals are not currently supported by the server renderer. Render them conditionally so that they only appear on the client render.");
  }
  if (is("react.lazy")) {
    node(realm_.call(realm_.get(self, realm_.key("_init")), self, {realm_.get(self, realm_.key("_payload"))}), format, tree);
    return;
  }
  if (is("react.context")) {
    node(realm_.get(self, realm_.key("_currentValue2")), format, tree);
    return;
  }
  if (object->object_class() == eval::Class::kPromise) {
    realm_.refuse("JX1305", "a promise among the children suspends", "await the data first, and pass it in as a prop");
  }
  const Value iterator = realm_.get(self, eval::Key(realm_.well_known("iterator")));
  if (!iterator.is_nullish() && realm_.callable(iterator)) {
    Object* array = realm_.new_array(realm_.list_from(self));
    children_array(array, format, tree);
    return;
  }
  const Value keys = realm_.call(realm_.get(realm_.get(realm_.global(), "Object"), realm_.key("keys")), {}, {self});
  error("Objects are not valid as a React child (found: object with keys {" +
        realm_.wtf8(realm_.known_string(realm_.call(realm_.get(keys, realm_.key("join")), keys, {realm_.string(", ")}), "keys")) +
        "}). If you meant to render a collection of children, use an array instead.");
}

void Renderer::children_array(Object* array, const FormatContext& format, const TreeContext& tree) {
  const auto& state = realm_.state_as<eval::ArrayState>(*array);
  const std::vector<Value> children = state.elements;
  TreeContext unknown = tree;
  unknown.known = false;
  const auto total = static_cast<uint32_t>(children.size());
  const bool conditional = state.conditional;
  for (uint32_t i = 0; i < total; ++i) {
    node(children[i], format, conditional ? unknown : push_tree(tree, total, i));
  }
}

void Renderer::element(Value type, Object* props, const FormatContext& format, const TreeContext& tree) {
  if (type.is_string()) return host(realm_.wtf8(type.as_string()), props, format, tree);
  if (type.is_unknown()) {
    realm_.refuse("JX1302", "which element this is depends on the request", "choose between known tags: `tags[name] ?? \"div\"`");
  }
  if (type.is_object() && realm_.callable(type)) {
    const Value prototype = realm_.get(type, realm_.key("prototype"));
    const bool is_class = prototype.is_object() && realm_.truthy(realm_.get(prototype, realm_.key("isReactComponent")));
    return is_class ? class_component(type, props, format, tree) : component(type, props, Value(), format, tree);
  }
  if (type.is(eval::Tag::kSymbol)) {
    const auto is = [&](const char* name) { return type.as_symbol() == realm_.symbol_for(name); };
    for (const char* name : {"react.fragment", "react.strict_mode", "react.profiler", "react.legacy_hidden", "react.suspense", "react.suspense_list"}) {
      if (is(name)) return node(prop(props, "children"), format, tree);
    }
    if (is("react.activity")) {
      when(equals(prop(props, "mode"), "hidden"), [] {}, [&] { node(prop(props, "children"), format, tree); });
      return;
    }
    if (is("react.view_transition")) realm_.refuse("JX1306", "ViewTransition is not supported", "use it on the client");
  }
  if (type.is_object()) return exotic(type.as_object(), props, format, tree);
  const std::string kind = type.is_nullish() ? (type.is_null() ? "null" : "undefined") : realm_.wtf8(realm_.known_string(realm_.type_of(type), "a type"));
  error("Element type is invalid: expected a string (for built-in components) or a class/function (for composite components) but got: " + kind + ".");
}

void Renderer::exotic(Object* type, Object* props, const FormatContext& format, const TreeContext& tree) {
  const Value self = Value::object(type);
  const Value kind = realm_.get(self, realm_.key("$$typeof"));
  const auto is = [&](const char* name) { return kind.is(eval::Tag::kSymbol) && kind.as_symbol() == realm_.symbol_for(name); };
  if (is("react.forward_ref")) {
    Object* without = props;
    Value ref = Value::null();
    if (realm_.has(props, realm_.key("ref"))) {
      ref = realm_.distribute(prop(props, "ref"), [](Value v) { return v.is_undefined() || v.is_absent() ? Value::null() : v; });
      without = realm_.new_object();
      for (const eval::Key& k : realm_.own_keys(props)) {
        if (k == realm_.key("ref")) continue;
        realm_.define(without, k, realm_.get(Value::object(props), k), true);
      }
    }
    return component(realm_.get(self, realm_.key("render")), without, ref, format, tree);
  }
  if (is("react.memo")) return element(realm_.get(self, realm_.key("type")), props, format, tree);
  if (is("react.context")) return provider(type, props, format, tree);
  if (is("react.consumer")) {
    const Value context = realm_.get(self, realm_.key("_context"));
    return node(realm_.call(prop(props, "children"), {}, {realm_.get(context, realm_.key("_currentValue2"))}), format, tree);
  }
  if (is("react.lazy")) {
    return element(realm_.call(realm_.get(self, realm_.key("_init")), self, {realm_.get(self, realm_.key("_payload"))}), props, format, tree);
  }
  error("Element type is invalid: expected a string (for built-in components) or a class/function (for composite components) but got: object.");
}

void Renderer::component(Value type, Object* props, Value second, const FormatContext& format, const TreeContext& tree) {
  const Value name = realm_.get(type, realm_.key("name"));
  realm_.component_trace.push_back({realm_.here, name.is_string() ? realm_.wtf8(name.as_string()) : ""});
  const Value position = tree.known ? realm_.string(tree_id(tree)) : Value::null();
  const Value result = realm_.call(with_hooks_, {}, {type, Value::object(props), second, position});
  const Value children = realm_.get(result, realm_.index_key(0)), used = realm_.resolve(realm_.get(result, realm_.index_key(1)));
  TreeContext inner = tree;
  if (used.is(eval::Tag::kBool)) {
    if (used.as_bool()) inner = push_tree(tree, 1, 0);
  } else {
    inner.known = false;
  }
  node(children, format, inner);
  realm_.component_trace.pop_back();
}

void Renderer::class_component(Value type, Object* props, const FormatContext& format, const TreeContext& tree) {
  const Value name = realm_.get(type, realm_.key("name"));
  realm_.component_trace.push_back({realm_.here, name.is_string() ? realm_.wtf8(name.as_string()) : ""});
  node(realm_.call(render_class_, {}, {type, Value::object(props)}), format, tree);
  realm_.component_trace.pop_back();
}

void Renderer::provider(Object* context, Object* props, const FormatContext& format, const TreeContext& tree) {
  const eval::Key slot = realm_.key("_currentValue2");
  const Value before = realm_.get(Value::object(context), slot);
  realm_.set(context, slot, prop(props, "value"));
  node(prop(props, "children"), format, tree);
  realm_.set(context, slot, before);
}

}  // namespace jsxdp::react
