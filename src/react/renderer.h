// The server renderer over symbolic values: react-dom's Fizz for static markup
// (react-dom/cjs/react-dom-server-legacy.node.production.js), writing residual
// statements where React writes chunks. Internal to react/.
//
// Output is a part of the evaluator's heap (eval/heap.h, Output), so whatever
// depends on the request is simply rendered under Realm::fork, once for each
// alternative, and merges to a Switch.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "eval/realm.h"

namespace jsxdp::react {

using eval::Object;
using eval::Output;
using eval::Realm;
using eval::Value;

// React's insertion modes, as far as they matter.
enum class Mode : uint8_t { kRoot, kHtml, kHtmlContent, kHead, kSvg, kMathMl, kTable, kTableBody, kRow, kColgroup };

enum TagScope : uint32_t { kNoscript = 1, kPicture = 2, kFallback = 4 };

struct FormatContext {
  Mode mode = Mode::kRoot;
  Value selected = Value::null();  // value of the select element around
  uint32_t scope = 0;
};

// Where useId() stands (pushTreeContext); not `known` behind children whose number
// depends on the request.
struct TreeContext {
  uint32_t id = 1;
  std::string overflow;
  bool known = true;
};

class Renderer {
 public:
  explicit Renderer(Realm& realm, Object* react);

  // Renders a node as the root; answers all of the page's statements in order.
  ir::Block render(Value node);

 private:
  struct Element {
    Value type;
    Object* props;
  };

  // ---- tree.cpp ----
  void node(Value node, const FormatContext& format, const TreeContext& tree);
  void object_node(Object* object, const FormatContext& format, const TreeContext& tree);
  void children_array(Object* array, const FormatContext& format, const TreeContext& tree);
  void element(Value type, Object* props, const FormatContext& format, const TreeContext& tree);
  void component(Value type, Object* props, Value second, const FormatContext& format, const TreeContext& tree);
  void class_component(Value type, Object* props, const FormatContext& format, const TreeContext& tree);
  void provider(Object* context, Object* props, const FormatContext& format, const TreeContext& tree);
  void exotic(Object* type, Object* props, const FormatContext& format, const TreeContext& tree);

  // ---- host.cpp ----
  void host(const std::string& tag, Object* props, const FormatContext& format, const TreeContext& tree);
  void generic(const std::string& tag, Object* props, const FormatContext& format, const TreeContext& tree);
  void void_element(const std::string& tag, Object* props);
  void custom_element(const std::string& tag, Object* props, const FormatContext& format, const TreeContext& tree);
  void singleton(const std::string& tag, Output& to, Object* props, const FormatContext& format, const TreeContext& tree);
  void content(Value children, Value html, const std::string& tag, const FormatContext& format, const TreeContext& tree);
  void inner_html(Value html, Value children);
  void option(Object* props, const FormatContext& format, const TreeContext& tree);
  void textarea(Object* props);
  void input(Object* props);
  void form(Object* props, const FormatContext& format, const TreeContext& tree);
  void button(Object* props, const FormatContext& format, const TreeContext& tree);
  void preformatted(const std::string& tag, Object* props, const FormatContext& format, const TreeContext& tree);
  void form_action(Value action, Value encoding, Value method, Value target, Value name);
  void replay_runtime();
  void open(const std::string& tag);
  void close(const std::string& tag);

  // ---- resources.cpp ----
  void title(Object* props, const FormatContext& format);
  void title_impl(Object* props);
  void link(Object* props, const FormatContext& format);
  void script(Object* props, const FormatContext& format);
  void script_impl(Object* props);
  void style(Object* props, const FormatContext& format);
  void style_content(Object* props, bool with_attributes);
  void meta(Object* props, const FormatContext& format);
  void image(Object* props, const FormatContext& format);
  void preload_image(Object* props, Value source, Value source_set);
  // Whether a resource of that kind and key was there before (a bool, known or
  // not); notes it.
  Value seen(std::string_view kind, Value key);
  void in(Output& to, const std::function<void()>& write);

  // ---- attributes.cpp ----
  void attribute(const std::string& name, Value value);
  void custom_attribute(const std::string& name, Value value);
  void string_attribute(std::string_view name, Value value);
  void boolean_attribute(std::string_view name, Value value);
  void url_attribute(std::string_view name, Value value);
  void style_attribute(Value style);
  void style_value(const std::string& name, Value value);
  void plain(std::string_view name, Value value);

  // ---- output.cpp ----
  void text(std::string_view utf8);
  void raw(Value string);
  void escaped(Value string_number_or_boolean);
  // Calls `each` with what `v` can be: known values, or unknowns of one type.
  void cases(Value v, const std::function<void(Value)>& each);
  // `then` where a condition (a bool, known or not) holds, else `otherwise`.
  void when(Value condition, const std::function<void()>& then, const std::function<void()>& otherwise = {});
  // The own enumerable properties in order; what is absent or null for some
  // requests is left out in these. The values may be choices.
  void each_prop(Object* props, const std::function<void(const std::string&, Value)>& each);
  Value prop(Object* props, std::string_view name);
  // Runs `body` where the shape of `object` is decided: once for each shape.
  void settled(Object* object, const std::function<void()>& body);
  Value equals(Value a, std::string_view text);  // a === text
  bool is_nothing(Value v) const { return v.is_nullish() || v.is_absent(); }
  bool is_function(Value v) { return v.is_object() && realm_.callable(v); }
  [[noreturn]] void error(const std::string& message);

  Realm& realm_;
  Value with_hooks_, render_class_, option_text_;
  Object* resources_;  // what was seen: lists by kind, in the heap
  Output* out_;
  struct Preamble {
    Output *html, *head, *charset, *viewport, *images, *styles, *scripts, *bulk, *hoistable, *head_children, *body, *bootstrap;
  } pre_;
  Object* flags_;  // in the heap: has_html, has_head, has_body, replay
  std::vector<std::string> precedences_;
};

// Lists for attributes.cpp's users.
bool attribute_name_safe(std::string_view name);
std::string escape_html(std::string_view utf8);
bool valid_tag(std::string_view tag);
bool is_javascript_url(std::u16string_view url);

}  // namespace jsxdp::react
