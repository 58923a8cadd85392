// Host elements: react-dom's pushStartInstance, by tag.
#include <algorithm>
#include <unordered_set>

#include "react/renderer.h"

namespace jsxdp::react {

using ir::Op;

namespace {

bool is_void(std::string_view tag) {
  static const std::unordered_set<std::string_view> tags = {"base", "area", "br", "col", "embed", "hr", "keygen", "param", "source", "track", "wbr"};
  return tags.contains(tag);
}

// Hyphenated tags that SVG and MathML define are not custom elements.
bool is_standard_hyphenated(std::string_view tag) {
  static const std::unordered_set<std::string_view> tags = {"annotation-xml", "color-profile", "font-face", "font-face-src",
                                                            "font-face-uri", "font-face-format", "font-face-name", "missing-glyph"};
  return tags.contains(tag);
}

constexpr std::string_view kActionUrl = "javascript:throw new Error(&#x27;React form unexpectedly submitted.&#x27;)";

// What React adds to a page with a function as a form's action, so that a submit
// before hydration is not lost.
constexpr std::string_view kReplayScript =
    R"JS(addEventListener("submit",function(a){if(!a.defaultPrevented){var b=a.target,d=a.submitter,c=b.action,e=d;if(d){var f=d.getAttribute("formAction");null!=f&&(c=f,e=null)}"javascript:throw new Error('React form unexpectedly submitted.')"===c&&(a.preventDefault(),a=new FormData(b,e),c=b.ownerDocument||b,(c.$$reactFormReplay=c.$$reactFormReplay||[]).push(b,d,a))}});)JS";

// getChildFormatContext.
FormatContext child_format(const FormatContext& parent, const std::string& tag, Value select_value) {
  FormatContext out;
  out.scope = parent.scope;
  out.mode = Mode::kHtmlContent;
  if (tag == "noscript") {
    out.scope |= kNoscript;
  } else if (tag == "select") {
    out.selected = select_value;
  } else if (tag == "svg") {
    out.mode = Mode::kSvg;
  } else if (tag == "picture") {
    out.scope |= kPicture;
  } else if (tag == "math") {
    out.mode = Mode::kMathMl;
  } else if (tag == "foreignObject") {
    out.mode = Mode::kHtmlContent;
  } else if (tag == "table") {
    out.mode = Mode::kTable;
  } else if (tag == "thead" || tag == "tbody" || tag == "tfoot") {
    out.mode = Mode::kTableBody;
  } else if (tag == "colgroup") {
    out.mode = Mode::kColgroup;
  } else if (tag == "tr") {
    out.mode = Mode::kRow;
  } else if (tag == "head" && parent.mode < Mode::kHtmlContent) {
    out.mode = Mode::kHead;
  } else if (tag == "html" && parent.mode == Mode::kRoot) {
    out.mode = Mode::kHtml;
  } else if (parent.mode < Mode::kTable && parent.mode >= Mode::kHtmlContent) {
    out = parent;
  }
  return out;
}

}  // namespace

bool valid_tag(std::string_view tag) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !tag.empty() && letter(tag[0]) && std::ranges::all_of(tag, [&](char c) {
    return letter(c) || c == ':' || c == '_' || c == '.' || c == '-' || (c >= '0' && c <= '9');
  });
}

void Renderer::open(const std::string& tag) {
  if (!valid_tag(tag)) error("Invalid tag: " + tag);
  text("<" + tag);
}

void Renderer::close(const std::string& tag) { text("</" + tag + ">"); }

void Renderer::host(const std::string& tag, Object* props, const FormatContext& format, const TreeContext& tree) {
  settled(props, [&] {
    if (tag == "title") return title(props, format);
    if (tag == "link") return link(props, format);
    if (tag == "script") return script(props, format);
    if (tag == "style") return style(props, format);
    if (tag == "meta") return meta(props, format);
    if (tag == "img") return image(props, format);
    if (tag == "input") return input(props);
    if (is_void(tag)) return void_element(tag, props);
    if (tag == "option") return option(props, format, tree);
    if (tag == "textarea") return textarea(props);
    if (tag == "form") return form(props, format, tree);
    if (tag == "button") return button(props, format, tree);
    if (tag == "pre" || tag == "listing") return preformatted(tag, props, format, tree);
    if (tag == "menuitem") {
      open(tag);
      each_prop(props, [&](const std::string& name, Value v) {
        if (name == "children" || name == "dangerouslySetInnerHTML") error("menuitems cannot have `children` nor `dangerouslySetInnerHTML`.");
        attribute(name, v);
      });
      text(">");
      return close(tag);
    }
    if (tag == "head" && format.mode < Mode::kHtmlContent) return singleton(tag, *pre_.head, props, format, tree);
    if (tag == "body" && format.mode < Mode::kHtmlContent) return singleton(tag, *pre_.body, props, format, tree);
    if (tag == "html" && format.mode == Mode::kRoot) return singleton(tag, *pre_.html, props, format, tree);
    if (tag.find('-') != std::string::npos && !is_standard_hyphenated(tag)) return custom_element(tag, props, format, tree);
    generic(tag, props, format, tree);
  });
}

void Renderer::content(Value children, Value html, const std::string& tag, const FormatContext& format, const TreeContext& tree) {
  inner_html(html, children);
  node(children, format, tree);
  close(tag);
}

void Renderer::inner_html(Value html, Value children) {
  cases(html, [&](Value v) {
    if (is_nothing(v)) return;
    cases(children, [&](Value c) {
      if (!is_nothing(c)) error("Can only set one of `children` or `props.dangerouslySetInnerHTML`.");
    });
    if (!v.is_object() || !realm_.has(v.as_object(), realm_.key("__html"))) {
      error("`props.dangerouslySetInnerHTML` must be in the form `{__html: ...}`. Please visit https://react.dev/link/dangerously-set-inner-html for more information.");
    }
    cases(realm_.get(v, realm_.key("__html")), [&](Value inner) {
      if (!is_nothing(inner)) raw(inner);
    });
  });
}

void Renderer::generic(const std::string& tag, Object* props, const FormatContext& format, const TreeContext& tree) {
  open(tag);
  Value children, html, value = Value::null(), default_value = Value::null();
  each_prop(props, [&](const std::string& name, Value v) {
    if (name == "children") {
      children = v;
    } else if (name == "dangerouslySetInnerHTML") {
      html = v;
    } else if (tag == "select" && (name == "value" || name == "defaultValue")) {
      (name == "value" ? value : default_value) = v;
    } else if (tag == "a" && name == "href") {
      // An empty link is kept, unlike an empty source.
      cases(v, [&](Value url) { url_attribute("href", url); });
    } else if (tag == "object" && name == "data") {
      cases(v, [&](Value url) {
        if (is_nothing(url)) return;
        cases(realm_.to_string(url), [&](Value s) {
          when(s, [&] { url_attribute("data", s); });
        });
      });
    } else {
      attribute(name, v);
    }
  });
  text(">");
  if (tag != "select") {
    content(children, html, tag, child_format(format, tag, Value::null()), tree);
    return;
  }
  inner_html(html, children);
  const Value selected = realm_.distribute(value, [&](Value v) { return is_nothing(v) ? default_value : v; });
  node(children, child_format(format, tag, selected), tree);
  close(tag);
}

void Renderer::void_element(const std::string& tag, Object* props) {
  open(tag);
  each_prop(props, [&](const std::string& name, Value v) {
    if (name == "children" || name == "dangerouslySetInnerHTML") {
      cases(v, [&](Value given) {
        if (!is_nothing(given)) error(tag + " is a self-closing tag and must neither have `children` nor use `dangerouslySetInnerHTML`.");
      });
      return;
    }
    attribute(name, v);
  });
  text("/>");
}

void Renderer::custom_element(const std::string& tag, Object* props, const FormatContext& format, const TreeContext& tree) {
  open(tag);
  Value children, html;
  each_prop(props, [&](const std::string& name, Value v) {
    if (name == "children") {
      children = v;
    } else if (name == "dangerouslySetInnerHTML") {
      html = v;
    } else {
      custom_attribute(name, v);
    }
  });
  text(">");
  content(children, html, tag, child_format(format, tag, Value::null()), tree);
}

// html, head and body at the top of a document: their tags are written around
// whatever is hoisted.
void Renderer::singleton(const std::string& tag, Output& to, Object* props, const FormatContext& format, const TreeContext& tree) {
  const eval::Key flag = realm_.key(tag);
  when(realm_.get(Value::object(flags_), flag), [&] { error("The `<" + tag + ">` tag may only be rendered once."); });
  realm_.set(flags_, flag, Value::boolean(true));
  Value children, html;
  in(to, [&] {
    open(tag);
    each_prop(props, [&](const std::string& name, Value v) {
      if (name == "children") {
        children = v;
      } else if (name == "dangerouslySetInnerHTML") {
        html = v;
      } else {
        attribute(name, v);
      }
    });
    text(">");
    inner_html(html, children);
  });
  const FormatContext inside = child_format(format, tag, Value::null());
  if (tag == "head") {
    in(*pre_.head_children, [&] { node(children, inside, tree); });
  } else {
    node(children, inside, tree);
  }
}

void Renderer::option(Object* props, const FormatContext& format, const TreeContext& tree) {
  open("option");
  Value children, html, value = Value::null(), selected = Value::null();
  each_prop(props, [&](const std::string& name, Value v) {
    if (name == "children") {
      children = v;
    } else if (name == "dangerouslySetInnerHTML") {
      html = v;
    } else if (name == "selected") {
      selected = v;
    } else {
      if (name == "value") value = v;
      attribute(name, v);
    }
  });
  cases(format.selected, [&](Value wanted) {
    if (is_nothing(wanted)) {
      when(realm_.distribute(selected, [](Value v) { return v.is_absent() ? Value::undefined() : v; }), [&] { text(" selected=\"\""); });
      return;
    }
    const Value own = realm_.distribute(value, [&](Value v) {
      return is_nothing(v) ? realm_.call(option_text_, {}, {children}) : realm_.to_string(v);
    });
    Value match = Value::boolean(false);
    const bool many = wanted.is_object() && wanted.as_object()->object_class() == eval::Class::kArray;
    if (!many) {
      match = realm_.strict_equals(realm_.to_string(wanted), own);
    } else {
      match = realm_.atomically([&] {
        Value any = Value::boolean(false);
        for (const Value& each : realm_.elements(wanted.as_object())) {
          const Value same = realm_.force(realm_.strict_equals(realm_.to_string(each), own));
          if (same.is_unknown() || any.is_unknown()) {
            const ir::Expr* either = realm_.pool().either(realm_.bool_expr(any), realm_.bool_expr(same));
            any = either->op == Op::ConstBool ? Value::boolean(either->index != 0) : Value::unknown(either);
          } else {
            any = Value::boolean(any.as_bool() || same.as_bool());
          }
        }
        return any;
      });
    }
    when(match, [&] { text(" selected=\"\""); });
  });
  text(">");
  content(children, html, "option", child_format(format, "option", Value::null()), tree);
}

void Renderer::textarea(Object* props) {
  open("textarea");
  Value children, value = Value::null(), default_value = Value::null();
  each_prop(props, [&](const std::string& name, Value v) {
    if (name == "children") {
      children = v;
    } else if (name == "value") {
      value = v;
    } else if (name == "defaultValue") {
      default_value = v;
    } else if (name == "dangerouslySetInnerHTML") {
      cases(v, [&](Value given) {
        if (!is_nothing(given)) error("`dangerouslySetInnerHTML` does not make sense on <textarea>.");
      });
    } else {
      attribute(name, v);
    }
  });
  text(">");
  const Value shown = realm_.distribute(value, [&](Value v) { return is_nothing(v) ? default_value : v; });
  const auto write = [&](Value v, bool only_strings_double) {
    const bool text_like = v.is_string() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr);
    if (text_like || !only_strings_double) {
      cases(realm_.to_string(v), [&](Value s) {
        // The parser drops a leading line feed, so it is written twice.
        if (s.is_string()) {
          if (s.as_string()->text.starts_with(u'\n')) text("\n");
        } else {
          when(Value::unknown(realm_.pool().op(Op::StrStartsWith, {s.as_unknown(), realm_.pool().string("\n"), realm_.pool().number(0)})),
               [&] { text("\n"); });
        }
        escaped(s);
      });
    } else {
      escaped(v);
    }
  };
  cases(children, [&](Value c) {
    if (is_nothing(c)) {
      cases(shown, [&](Value v) {
        if (!is_nothing(v)) write(v, true);
      });
      return;
    }
    cases(shown, [&](Value v) {
      if (!is_nothing(v)) error("If you supply `defaultValue` on a <textarea>, do not pass children.");
    });
    if (c.is_object() && c.as_object()->object_class() == eval::Class::kArray && realm_.known_number(realm_.get(c, realm_.key("length")), "children") > 1) {
      error("<textarea> can only have at most one child.");
    }
    write(c, false);
  });
  close("textarea");
}

void Renderer::form_action(Value action, Value encoding, Value method, Value target, Value name) {
  cases(action, [&](Value a) {
    if (is_function(a)) {
      if (!is_nothing(realm_.force(realm_.get(a, realm_.key("$$FORM_ACTION"))))) {
        realm_.refuse("JX1303", "server actions need a server", "post to a route of the server instead");
      }
      text(" formAction=\"" + std::string(kActionUrl) + "\"");
      replay_runtime();
      return;
    }
    attribute("name", name);
    attribute("formAction", a);
    attribute("formEncType", encoding);
    attribute("formMethod", method);
    attribute("formTarget", target);
  });
}

void Renderer::replay_runtime() {
  const eval::Key key = realm_.key("replay");
  when(realm_.get(Value::object(flags_), key), [] {}, [&] {
    realm_.set(flags_, key, Value::boolean(true));
    const Value document = realm_.get(Value::object(flags_), realm_.key("html"));
    const Value head = realm_.get(Value::object(flags_), realm_.key("head"));
    in(*pre_.bootstrap, [&] {
      text("<script");
      when(document, [&] { text(" id=\"_R_\""); }, [&] { when(head, [&] { text(" id=\"_R_\""); }); });
      text(">" + std::string(kReplayScript) + "</script>");
    });
  });
}

void Renderer::input(Object* props) {
  open("input");
  Value name = Value::null(), action = Value::null(), encoding = Value::null(), method = Value::null(), target = Value::null(),
        value = Value::null(), default_value = Value::null(), checked = Value::null(), default_checked = Value::null();
  each_prop(props, [&](const std::string& prop_name, Value v) {
    if (prop_name == "name") {
      name = v;
    } else if (prop_name == "formAction") {
      action = v;
    } else if (prop_name == "formEncType") {
      encoding = v;
    } else if (prop_name == "formMethod") {
      method = v;
    } else if (prop_name == "formTarget") {
      target = v;
    } else if (prop_name == "value") {
      value = v;
    } else if (prop_name == "defaultValue") {
      default_value = v;
    } else if (prop_name == "checked") {
      checked = v;
    } else if (prop_name == "defaultChecked") {
      default_checked = v;
    } else if (prop_name == "children" || prop_name == "dangerouslySetInnerHTML") {
      cases(v, [&](Value given) {
        if (!is_nothing(given)) error("input is a self-closing tag and must neither have `children` nor use `dangerouslySetInnerHTML`.");
      });
    } else {
      attribute(prop_name, v);
    }
  });
  form_action(action, encoding, method, target, name);
  cases(checked, [&](Value v) { boolean_attribute("checked", is_nothing(v) ? default_checked : v); });
  cases(value, [&](Value v) { attribute("value", is_nothing(v) ? default_value : v); });
  text("/>");
}

void Renderer::button(Object* props, const FormatContext& format, const TreeContext& tree) {
  open("button");
  Value children, html, name = Value::null(), action = Value::null(), encoding = Value::null(), method = Value::null(), target = Value::null();
  each_prop(props, [&](const std::string& prop_name, Value v) {
    if (prop_name == "children") {
      children = v;
    } else if (prop_name == "dangerouslySetInnerHTML") {
      html = v;
    } else if (prop_name == "name") {
      name = v;
    } else if (prop_name == "formAction") {
      action = v;
    } else if (prop_name == "formEncType") {
      encoding = v;
    } else if (prop_name == "formMethod") {
      method = v;
    } else if (prop_name == "formTarget") {
      target = v;
    } else {
      attribute(prop_name, v);
    }
  });
  form_action(action, encoding, method, target, name);
  text(">");
  content(children, html, "button", child_format(format, "button", Value::null()), tree);
}

void Renderer::form(Object* props, const FormatContext& format, const TreeContext& tree) {
  open("form");
  Value children, html, action = Value::null(), encoding = Value::null(), method = Value::null(), target = Value::null();
  each_prop(props, [&](const std::string& name, Value v) {
    if (name == "children") {
      children = v;
    } else if (name == "dangerouslySetInnerHTML") {
      html = v;
    } else if (name == "action") {
      action = v;
    } else if (name == "encType") {
      encoding = v;
    } else if (name == "method") {
      method = v;
    } else if (name == "target") {
      target = v;
    } else {
      attribute(name, v);
    }
  });
  cases(action, [&](Value a) {
    if (is_function(a)) {
      if (!is_nothing(realm_.force(realm_.get(a, realm_.key("$$FORM_ACTION"))))) {
        realm_.refuse("JX1303", "server actions need a server", "post to a route of the server instead");
      }
      text(" action=\"" + std::string(kActionUrl) + "\"");
      replay_runtime();
      return;
    }
    attribute("action", a);
    attribute("encType", encoding);
    attribute("method", method);
    attribute("target", target);
  });
  text(">");
  content(children, html, "form", child_format(format, "form", Value::null()), tree);
}

void Renderer::preformatted(const std::string& tag, Object* props, const FormatContext& format, const TreeContext& tree) {
  open(tag);
  Value children, html;
  each_prop(props, [&](const std::string& name, Value v) {
    if (name == "children") {
      children = v;
    } else if (name == "dangerouslySetInnerHTML") {
      html = v;
    } else {
      attribute(name, v);
    }
  });
  text(">");
  const auto double_line_feed = [&](Value s) {
    if (s.is_string()) {
      if (s.as_string()->text.starts_with(u'\n')) text("\n");
    } else if (s.is_unknown() && s.as_unknown()->type == ir::Type::kStr) {
      when(Value::unknown(realm_.pool().op(Op::StrStartsWith, {s.as_unknown(), realm_.pool().string("\n"), realm_.pool().number(0)})),
           [&] { text("\n"); });
    }
  };
  cases(html, [&](Value v) {
    if (!is_nothing(v) && v.is_object()) cases(realm_.get(v, realm_.key("__html")), double_line_feed);
  });
  inner_html(html, children);
  cases(children, double_line_feed);
  node(children, child_format(format, tag, Value::null()), tree);
  close(tag);
}

}  // namespace jsxdp::react
