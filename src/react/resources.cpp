// What React hoists in front of the page: titles, links, metas, scripts, styles
// and the preloads of images.
#include "react/renderer.h"

namespace jsxdp::react {

using ir::Op;

namespace {

constexpr size_t kHighPriorityImages = 10;

// How `<style>` and `</style>` are disarmed in a style's text, and likewise scripts.
std::string disarm(const std::string& text, std::string_view word, bool css) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = text.compare(i, 2, "</") == 0 ? i + 2 : text[i] == '<' ? i + 1 : std::string::npos;
    bool found = begin != std::string::npos && begin + word.size() <= text.size();
    for (size_t k = 0; found && k < word.size(); ++k) found = (text[begin + k] | 0x20) == word[k];
    if (!found) {
      out += text[i++];
      continue;
    }
    out += text.substr(i, begin - i);
    const bool lower = text[begin] == 's';
    out += css ? (lower ? "\\73 " : "\\53 ") : (lower ? "\\u0073" : "\\u0053");
    out += text.substr(begin + 1, word.size() - 1);
    i = begin + word.size();
  }
  return out;
}

}  // namespace

Value Renderer::seen(std::string_view kind, Value key) {
  Object* array = realm_.get(Value::object(resources_), realm_.key(kind)).as_object();
  const Value found = realm_.atomically([&] {
    Value any = Value::boolean(false);
    for (const Value& each : realm_.elements(array)) {
      const Value same = realm_.force(realm_.strict_equals(each, key));
      if (same.is(eval::Tag::kBool) && same.as_bool()) return same;
      if (same.is_unknown()) any = Value::unknown(realm_.pool().either(realm_.bool_expr(any), realm_.bool_expr(same)));
    }
    return any;
  });
  if (!(found.is(eval::Tag::kBool) && found.as_bool())) {
    realm_.write_as<eval::ArrayState>(*array).elements.push_back(key);
  }
  return found;
}

void Renderer::image(Object* props, const FormatContext& format) {
  if ((format.scope & (kPicture | kNoscript)) == 0) {
    cases(prop(props, "src"), [&](Value source) {
      cases(prop(props, "srcSet"), [&](Value set) {
        const auto text_like = [](Value v) { return v.is_string() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr); };
        if ((!text_like(source) && !is_nothing(source)) || (!text_like(set) && !is_nothing(set))) return;
        if (is_nothing(source) && is_nothing(set)) return;
        when(equals(prop(props, "loading"), "lazy"), [] {}, [&] {
          when(equals(prop(props, "fetchPriority"), "low"), [] {}, [&] {
            const auto data_url = [&](Value v) -> Value {
              if (!text_like(v)) return Value::boolean(false);
              if (v.is_string()) {
                const auto& s = v.as_string()->text;
                bool is = s.size() > 4 && s[4] == ':';
                for (size_t i = 0; is && i < 4; ++i) is = (s[i] | 0x20) == u"data"[i] && s[i] < 0x80;
                return Value::boolean(is);
              }
              auto& pool = realm_.pool();
              const auto at = [&](const char* what, double i) {
                return pool.op(Op::StrStartsWith, {v.as_unknown(), pool.string(what), pool.number(i)});
              };
              const ir::Expr* is = at(":", 4);
              for (int i = 3; i >= 0; --i) {
                const std::string lower(1, "data"[i]), upper(1, "DATA"[i]);
                is = pool.both(pool.either(at(lower.c_str(), i), at(upper.c_str(), i)), is);
              }
              return Value::unknown(is);
            };
            const auto preload = [&] {
              when(data_url(source), [] {}, [&] { when(data_url(set), [] {}, [&] { preload_image(props, source, set); }); });
            };
            const auto truthy_or_nothing = [&](Value v) { return is_nothing(v) ? Value::boolean(false) : realm_.to_boolean(v); };
            when(truthy_or_nothing(source), preload, [&] { when(truthy_or_nothing(set), preload); });
          });
        });
      });
    });
  }
  void_element("img", props);
}

void Renderer::preload_image(Object* props, Value source, Value set) {
  const Value sizes = realm_.distribute(prop(props, "sizes"), [](Value v) {
    const bool text_like = v.is_string() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr);
    return text_like ? v : Value::undefined();
  });
  const auto go = [&](bool by_set) {
    Value key = source;
    if (by_set) {
      const Value suffix = realm_.distribute(sizes, [&](Value v) { return v.is_undefined() ? realm_.string("") : v; });
      key = realm_.add(realm_.add(set, realm_.string("\n")), suffix);
    }
    when(seen("images", key), [] {}, [&] {
      Object* list = realm_.get(Value::object(resources_), realm_.key("images")).as_object();
      const auto& state = realm_.state_as<eval::ArrayState>(*list);
      const Value high = equals(prop(props, "fetchPriority"), "high");
      if (state.elements.size() > kHighPriorityImages && state.conditional) {
        realm_.refuse("JX1304", "how many images this page preloads depends on the request, around React's limit of ten",
                      "set loading=\"lazy\" on images below the fold");
      }
      const bool bulk = state.elements.size() > kHighPriorityImages;
      const auto write = [&](Output& to) {
        in(to, [&] {
          text("<link rel=\"preload\" as=\"image\"");
          if (!by_set) attribute("href", source);
          if (by_set) {
            attribute("imageSrcSet", set);
            attribute("imageSizes", sizes);
          }
          cases(prop(props, "crossOrigin"), [&](Value v) {
            if (v.is_string()) {
              text(v.as_string()->text == u"use-credentials" ? " crossorigin=\"use-credentials\"" : " crossorigin=\"\"");
            } else if (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr) {
              when(equals(v, "use-credentials"), [&] { text(" crossorigin=\"use-credentials\""); }, [&] { text(" crossorigin=\"\""); });
            }
          });
          for (const char* name : {"integrity", "type", "fetchPriority", "referrerPolicy"}) attribute(name, prop(props, name));
          text("/>");
        });
      };
      if (!bulk) {
        write(*pre_.images);
      } else {
        when(high, [&] { write(*pre_.images); }, [&] { write(*pre_.bulk); });
      }
    });
  };
  if (is_nothing(set)) {
    go(false);
  } else {
    when(set, [&] { go(true); }, [&] { go(false); });
  }
}

void Renderer::title(Object* props, const FormatContext& format) {
  cases(prop(props, "itemProp"), [&](Value item) {
    if (format.mode == Mode::kSvg || (format.scope & kNoscript) || !is_nothing(item)) {
      title_impl(props);
    } else {
      in(*pre_.hoistable, [&] { title_impl(props); });
    }
  });
}

void Renderer::title_impl(Object* props) {
  text("<title");
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
  cases(children, [&](Value c) {
    if (c.is_object() && c.as_object()->object_class() == eval::Class::kArray) {
      Object* array = c.as_object();
      const size_t length = static_cast<size_t>(realm_.known_number(realm_.get(c, realm_.key("length")), "the number of children"));
      c = length < 2 ? realm_.get(Value::object(array), realm_.index_key(0)) : Value::null();
    }
    cases(c, [&](Value child) {
      if (!is_nothing(child) && !is_function(child) && !child.is(eval::Tag::kSymbol)) escaped(child);
    });
  });
  inner_html(html, children);
  text("</title>");
}

void Renderer::meta(Object* props, const FormatContext& format) {
  cases(prop(props, "itemProp"), [&](Value item) {
    if (format.mode == Mode::kSvg || (format.scope & kNoscript) || !is_nothing(item)) {
      void_element("meta", props);
      return;
    }
    cases(prop(props, "charSet"), [&](Value charset) {
      const bool text_like = charset.is_string() || (charset.is_unknown() && charset.as_unknown()->type == ir::Type::kStr);
      if (text_like) return in(*pre_.charset, [&] { void_element("meta", props); });
      when(equals(prop(props, "name"), "viewport"), [&] { in(*pre_.viewport, [&] { void_element("meta", props); }); },
           [&] { in(*pre_.hoistable, [&] { void_element("meta", props); }); });
    });
  });
}

void Renderer::link(Object* props, const FormatContext& format) {
  const auto text_like = [](Value v) { return v.is_string() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr); };
  const auto here = [&] { void_element("link", props); };
  cases(prop(props, "itemProp"), [&](Value item) {
    cases(prop(props, "rel"), [&](Value rel) {
      cases(prop(props, "href"), [&](Value href) {
        if (format.mode == Mode::kSvg || (format.scope & kNoscript) || !is_nothing(item) || !text_like(rel) || !text_like(href)) return here();
        const Value handler = realm_.distribute(prop(props, "onLoad"), [&](Value load) {
          return realm_.distribute(realm_.to_boolean(load.is_absent() ? Value() : load), [&](Value b) {
            return b.is(eval::Tag::kBool) && !b.as_bool() ? realm_.to_boolean(prop(props, "onError")) : b;
          });
        });
        when(href, [&] {
          when(equals(rel, "stylesheet"), [&] {
            cases(prop(props, "precedence"), [&](Value precedence) {
              if (!text_like(precedence)) return here();
              cases(prop(props, "disabled"), [&](Value disabled) {
                if (!is_nothing(disabled)) return here();
                when(handler, here, [&] {
                  realm_.refuse("JX1304", "a stylesheet with `precedence` is hoisted by React, which is not supported",
                                "remove `precedence`");
                });
              });
            });
          }, [&] { when(handler, here, [&] { in(*pre_.hoistable, here); }); });
        }, here);
      });
    });
  });
}

void Renderer::script(Object* props, const FormatContext& format) {
  const auto here = [&] { script_impl(props); };
  const auto text_like = [](Value v) { return v.is_string() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr); };
  cases(prop(props, "itemProp"), [&](Value item) {
    cases(prop(props, "src"), [&](Value source) {
      cases(prop(props, "async"), [&](Value async) {
        if (!text_like(source) || is_nothing(async) || is_function(async) || async.is(eval::Tag::kSymbol) || format.mode == Mode::kSvg ||
            (format.scope & kNoscript) || !is_nothing(item)) {
          return here();
        }
        when(source, [&] {
          when(async, [&] {
            when(prop(props, "onLoad"), here, [&] {
              when(prop(props, "onError"), here, [&] {
                when(equals(prop(props, "type"), "module"),
                     [&] { when(seen("modules", source), [] {}, [&] { in(*pre_.scripts, here); }); },
                     [&] { when(seen("scripts", source), [] {}, [&] { in(*pre_.scripts, here); }); });
              });
            });
          }, here);
        }, here);
      });
    });
  });
}

void Renderer::script_impl(Object* props) {
  text("<script");
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
  inner_html(html, children);
  cases(children, [&](Value c) {
    if (c.is_string()) {
      text(disarm(realm_.wtf8(c.as_string()), "script", false));
    } else if (c.is_unknown() && c.as_unknown()->type == ir::Type::kStr) {
      realm_.known(c, "the text of a script");
    }
  });
  text("</script>");
}

void Renderer::style(Object* props, const FormatContext& format) {
  const auto text_like = [](Value v) { return v.is_string() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr); };
  cases(prop(props, "itemProp"), [&](Value item) {
    cases(prop(props, "precedence"), [&](Value precedence) {
      cases(prop(props, "href"), [&](Value href) {
        const bool plain_style = format.mode == Mode::kSvg || (format.scope & kNoscript) || !is_nothing(item) || !text_like(precedence) ||
                                 !text_like(href) || (href.is_string() && href.as_string()->text.empty());
        if (plain_style) return style_content(props, true);
        if (realm_.under_condition() || !href.is_string() || !precedence.is_string()) {
          realm_.refuse("JX1304", "a style with `precedence` that depends on the request is not supported", "remove `precedence`");
        }
        const std::string name = realm_.wtf8(precedence.as_string());
        if (!precedences_.empty() && precedences_.back() != name) {
          realm_.refuse("JX1304", "styles of several precedences are not supported", "use one precedence");
        }
        when(seen("styles", href), [] {}, [&] {
          precedences_.push_back(name);
          in(*pre_.styles, [&] { style_content(props, false); });
        });
      });
    });
  });
}

void Renderer::style_content(Object* props, bool with_attributes) {
  if (with_attributes) text("<style");
  Value children, html;
  each_prop(props, [&](const std::string& name, Value v) {
    if (name == "children") {
      children = v;
    } else if (name == "dangerouslySetInnerHTML") {
      html = v;
    } else if (with_attributes) {
      attribute(name, v);
    }
  });
  if (with_attributes) text(">");
  cases(children, [&](Value c) {
    if (c.is_object() && c.as_object()->object_class() == eval::Class::kArray) {
      const double length = realm_.known_number(realm_.get(c, realm_.key("length")), "the number of children");
      c = length < 2 ? realm_.force(realm_.get(c, realm_.index_key(0))) : Value::null();
    }
    if (is_nothing(c) || is_function(c) || c.is(eval::Tag::kSymbol)) return;
    const Value css = realm_.known(realm_.to_string(c), "the text of a style element");
    text(disarm(realm_.wtf8(css.as_string()), "style", true));
  });
  inner_html(html, children);
  if (with_attributes) text("</style>");
}

}  // namespace jsxdp::react
