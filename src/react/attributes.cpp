// Attributes: which names are renamed, which values are boolean, numeric or URLs
// (react-dom's pushAttribute, pushStyleAttribute and their tables).
#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "eval/function.h"
#include "react/renderer.h"

namespace jsxdp::react {

using ir::Op;

namespace {

// What a property's name says of how its value is written.
enum class Kind : uint8_t {
  kString,      // not where the value is a boolean
  kStyle,
  kUrl,
  kSource,      // a URL that is dropped where it is empty
  kIgnored,
  kLowerBoolean,  // a boolean whose attribute is the lower-case name
  kXlink,
  kEnumerated,  // true and false are written
  kBoolean,
  kOverloaded,  // a boolean or a text
  kPositive,    // a number from one on
  kNumeric,
};

const std::unordered_map<std::string_view, Kind>& kinds() {
  static const std::unordered_map<std::string_view, Kind> map = [] {
    std::unordered_map<std::string_view, Kind> out;
    const auto add = [&](Kind kind, std::initializer_list<std::string_view> names) {
      for (const std::string_view n : names) out[n] = kind;
    };
    add(Kind::kString, {"className", "tabIndex", "dir", "role", "viewBox", "width", "height", "xlinkActuate", "xlinkArcrole",
                        "xlinkRole", "xlinkShow", "xlinkTitle", "xlinkType", "xmlBase", "xmlLang", "xmlSpace"});
    add(Kind::kStyle, {"style"});
    add(Kind::kSource, {"src", "href"});
    add(Kind::kUrl, {"action", "formAction"});
    add(Kind::kIgnored, {"defaultValue", "defaultChecked", "innerHTML", "suppressContentEditableWarning", "suppressHydrationWarning", "ref"});
    add(Kind::kLowerBoolean, {"autoFocus", "multiple", "muted"});
    add(Kind::kXlink, {"xlinkHref"});
    add(Kind::kEnumerated, {"contentEditable", "spellCheck", "draggable", "value", "autoReverse", "externalResourcesRequired", "focusable", "preserveAlpha"});
    add(Kind::kBoolean, {"inert", "allowFullScreen", "async", "autoPlay", "controls", "credentialless", "default", "defer", "disabled",
                         "disablePictureInPicture", "disableRemotePlayback", "formNoValidate", "hidden", "loop", "noModule", "noValidate",
                         "open", "playsInline", "readOnly", "required", "reversed", "scoped", "seamless", "itemScope"});
    add(Kind::kOverloaded, {"capture", "download"});
    add(Kind::kPositive, {"cols", "rows", "size", "span"});
    add(Kind::kNumeric, {"rowSpan", "start"});
    return out;
  }();
  return map;
}

// Attributes whose name is not the property's; all others of SVG's hyphenated ones
// are made from the camel-case name.
std::string_view renamed(std::string_view name) {
  static const std::unordered_map<std::string_view, std::string_view> map = {
      {"className", "class"}, {"tabIndex", "tabindex"}, {"acceptCharset", "accept-charset"}, {"htmlFor", "for"},
      {"httpEquiv", "http-equiv"}, {"crossOrigin", "crossorigin"}, {"xlinkActuate", "xlink:actuate"},
      {"xlinkArcrole", "xlink:arcrole"}, {"xlinkRole", "xlink:role"}, {"xlinkShow", "xlink:show"},
      {"xlinkTitle", "xlink:title"}, {"xlinkType", "xlink:type"}, {"xmlBase", "xml:base"}, {"xmlLang", "xml:lang"},
      {"xmlSpace", "xml:space"}, {"xmlnsXlink", "xmlns:xlink"}};
  const auto found = map.find(name);
  return found == map.end() ? name : found->second;
}

bool hyphenated(std::string_view name) {
  static const std::unordered_set<std::string_view> names = {
      "accentHeight", "alignmentBaseline", "arabicForm", "baselineShift", "capHeight", "clipPath", "clipRule", "colorInterpolation",
      "colorInterpolationFilters", "colorProfile", "colorRendering", "dominantBaseline", "enableBackground", "fillOpacity", "fillRule",
      "floodColor", "floodOpacity", "fontFamily", "fontSize", "fontSizeAdjust", "fontStretch", "fontStyle", "fontVariant", "fontWeight",
      "glyphName", "glyphOrientationHorizontal", "glyphOrientationVertical", "horizAdvX", "horizOriginX", "imageRendering",
      "letterSpacing", "lightingColor", "markerEnd", "markerMid", "markerStart", "maskType", "overlinePosition", "overlineThickness",
      "paintOrder", "pointerEvents", "renderingIntent", "shapeRendering", "stopColor", "stopOpacity", "strikethroughPosition",
      "strikethroughThickness", "strokeDasharray", "strokeDashoffset", "strokeLinecap", "strokeLinejoin", "strokeMiterlimit",
      "strokeOpacity", "strokeWidth", "textAnchor", "textDecoration", "textRendering", "transformOrigin", "underlinePosition",
      "underlineThickness", "unicodeBidi", "unicodeRange", "unitsPerEm", "vAlphabetic", "vHanging", "vIdeographic", "vMathematical",
      "vectorEffect", "vertAdvY", "vertOriginX", "vertOriginY", "wordSpacing", "writingMode", "xHeight"};
  return names.contains(name);
}

std::string lower_hyphen(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      out += '-';
      out += static_cast<char>(c + 32);
    } else {
      out += c;
    }
  }
  return out;
}

std::string lower(std::string_view name) {
  std::string out(name);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool unitless(std::string_view name) {
  static const std::unordered_set<std::string_view> names = {
      "animationIterationCount", "aspectRatio", "borderImageOutset", "borderImageSlice", "borderImageWidth", "boxFlex", "boxFlexGroup",
      "boxOrdinalGroup", "columnCount", "columns", "flex", "flexGrow", "flexPositive", "flexShrink", "flexNegative", "flexOrder",
      "gridArea", "gridRow", "gridRowEnd", "gridRowSpan", "gridRowStart", "gridColumn", "gridColumnEnd", "gridColumnSpan",
      "gridColumnStart", "fontWeight", "lineClamp", "lineHeight", "opacity", "order", "orphans", "scale", "tabSize", "widows", "zIndex",
      "zoom", "fillOpacity", "floodOpacity", "stopOpacity", "strokeDasharray", "strokeDashoffset", "strokeMiterlimit", "strokeOpacity",
      "strokeWidth", "MozAnimationIterationCount", "MozBoxFlex", "MozBoxFlexGroup", "MozLineClamp", "msAnimationIterationCount",
      "msFlex", "msZoom", "msFlexGrow", "msFlexNegative", "msFlexOrder", "msFlexPositive", "msFlexShrink", "msGridColumn",
      "msGridColumnSpan", "msGridRow", "msGridRowSpan", "WebkitAnimationIterationCount", "WebkitBoxFlex", "WebKitBoxFlexGroup",
      "WebkitBoxOrdinalGroup", "WebkitColumnCount", "WebkitColumns", "WebkitFlex", "WebkitFlexGrow", "WebkitFlexPositive",
      "WebkitFlexShrink", "WebkitLineClamp"};
  return names.contains(name);
}

constexpr std::string_view kBlockedUrl =
    "javascript:throw new Error(&#x27;React has blocked a javascript: URL as a security precaution.&#x27;)";

// The code points of an attribute's name, first and following (VALID_ATTRIBUTE_NAME_REGEX).
bool name_start(uint32_t c) {
  static constexpr std::array<std::pair<uint32_t, uint32_t>, 11> kRanges = {{{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D},
      {0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}}};
  if (c == ':' || c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return true;
  return std::ranges::any_of(kRanges, [&](auto r) { return c >= r.first && c <= r.second; });
}

bool name_rest(uint32_t c) {
  return name_start(c) || c == '-' || c == '.' || (c >= '0' && c <= '9') || c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
         (c >= 0x203F && c <= 0x2040);
}

}  // namespace

bool attribute_name_safe(std::string_view name) {
  for (size_t i = 0; i < name.size();) {
    const auto lead = static_cast<uint8_t>(name[i]);
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    uint32_t c = more ? lead & (0x3FU >> more) : lead;
    for (int k = 1; k <= more && i + static_cast<size_t>(k) < name.size(); ++k) c = (c << 6) | (static_cast<uint8_t>(name[i + static_cast<size_t>(k)]) & 0x3F);
    if (more == 3 || !(i == 0 ? name_start(c) : name_rest(c))) return false;
    i += static_cast<size_t>(more) + 1;
  }
  return !name.empty();
}

std::string escape_html(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (const char c : utf8) {
    switch (c) {
      case '"': out += "&quot;"; break;
      case '&': out += "&amp;"; break;
      case '\'': out += "&#x27;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += c;
    }
  }
  return out;
}

bool is_javascript_url(std::u16string_view url) {
  size_t i = 0;
  while (i < url.size() && url[i] <= 0x20) ++i;
  constexpr std::string_view kScheme = "javascript";
  for (size_t k = 0; k < kScheme.size(); ++k, ++i) {
    while (k > 0 && i < url.size() && (url[i] == '\r' || url[i] == '\n' || url[i] == '\t')) ++i;
    if (i >= url.size() || (url[i] | 0x20) != kScheme[k] || url[i] > 0x7F) return false;
  }
  while (i < url.size() && (url[i] == '\r' || url[i] == '\n' || url[i] == '\t')) ++i;
  return i < url.size() && url[i] == ':';
}

void Renderer::plain(std::string_view name, Value value) {
  text(" " + std::string(name) + "=\"");
  escaped(value);
  text("\"");
}

void Renderer::string_attribute(std::string_view name, Value value) {
  cases(value, [&](Value v) {
    const bool boolean = v.is(eval::Tag::kBool) || (v.is_unknown() && v.as_unknown()->type == ir::Type::kBool);
    if (is_nothing(v) || boolean || is_function(v) || v.is(eval::Tag::kSymbol)) return;
    plain(name, v);
  });
}

void Renderer::boolean_attribute(std::string_view name, Value value) {
  cases(value, [&](Value v) {
    if (is_nothing(v) || is_function(v) || v.is(eval::Tag::kSymbol)) return;
    when(v, [&] { text(" " + std::string(name) + "=\"\""); });
  });
}

void Renderer::url_attribute(std::string_view name, Value value) {
  cases(value, [&](Value v) {
    const bool boolean = v.is(eval::Tag::kBool) || (v.is_unknown() && v.as_unknown()->type == ir::Type::kBool);
    if (is_nothing(v) || boolean || is_function(v) || v.is(eval::Tag::kSymbol)) return;
    cases(realm_.to_string(v), [&](Value url) {
      text(" " + std::string(name) + "=\"");
      if (url.is_string()) {
        if (is_javascript_url(url.as_string()->text)) {
          text(kBlockedUrl);
        } else {
          escaped(url);
        }
      } else if (url.as_unknown()->op == Op::NumToStr) {
        escaped(url);
      } else {
        when(Value::unknown(realm_.pool().op(Op::IsJsUrl, {url.as_unknown()})), [&] { text(kBlockedUrl); }, [&] { escaped(url); });
      }
      text("\"");
    });
  });
}

void Renderer::attribute(const std::string& name, Value value) {
  const auto found = kinds().find(name);
  const std::string shown = found == kinds().end() && hyphenated(name) ? lower_hyphen(name) : std::string(renamed(name));
  if (found == kinds().end()) {
    if (name.size() > 2 && (name[0] | 32) == 'o' && (name[1] | 32) == 'n') return;
    if (!attribute_name_safe(shown)) return;
    const std::string prefix = lower(shown).substr(0, 5);
    const bool keeps_booleans = prefix == "data-" || prefix == "aria-";
    cases(value, [&](Value v) {
      const bool boolean = v.is(eval::Tag::kBool) || (v.is_unknown() && v.as_unknown()->type == ir::Type::kBool);
      if (is_nothing(v) || is_function(v) || v.is(eval::Tag::kSymbol) || (boolean && !keeps_booleans)) return;
      plain(shown, v);
    });
    return;
  }
  switch (found->second) {
    case Kind::kString: string_attribute(shown, value); return;
    case Kind::kStyle:
      cases(value, [&](Value v) {
        if (!is_nothing(v)) style_attribute(v);
      });
      return;
    case Kind::kIgnored: return;
    case Kind::kUrl: url_attribute(name, value); return;
    case Kind::kXlink: url_attribute("xlink:href", value); return;
    case Kind::kSource:
      cases(value, [&](Value v) {
        const bool text_like = v.is_string() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr);
        if (text_like) {
          when(v, [&] { url_attribute(name, v); });
        } else {
          url_attribute(name, v);
        }
      });
      return;
    case Kind::kLowerBoolean: boolean_attribute(lower(name), value); return;
    case Kind::kBoolean: boolean_attribute(name, value); return;
    case Kind::kEnumerated:
      cases(value, [&](Value v) {
        if (!is_nothing(v) && !is_function(v) && !v.is(eval::Tag::kSymbol)) plain(name, v);
      });
      return;
    case Kind::kOverloaded:
      cases(value, [&](Value v) {
        if (is_nothing(v) || is_function(v) || v.is(eval::Tag::kSymbol)) return;
        if (v.is(eval::Tag::kBool) || (v.is_unknown() && v.as_unknown()->type == ir::Type::kBool)) {
          boolean_attribute(name, v);
        } else {
          plain(name, v);
        }
      });
      return;
    case Kind::kPositive:
    case Kind::kNumeric:
      cases(value, [&](Value v) {
        if (is_nothing(v) || is_function(v) || v.is(eval::Tag::kSymbol)) return;
        cases(realm_.to_number(v), [&](Value n) {
          const ir::Expr* number = realm_.num_expr(n);
          auto& pool = realm_.pool();
          const ir::Expr* shown_if = found->second == Kind::kPositive ? pool.op(Op::NumLe, {pool.number(1), number})
                                                                     : pool.negate(pool.op(Op::NumIsNaN, {number}));
          const Value condition = shown_if->op == Op::ConstBool ? Value::boolean(shown_if->index != 0) : Value::unknown(shown_if);
          when(condition, [&] { plain(name, v); });
        });
      });
      return;
  }
}

// Custom elements take properties as they are (pushStartInstance's last case).
void Renderer::custom_attribute(const std::string& name, Value value) {
  if (name == "style") return attribute(name, value);
  if (name == "suppressContentEditableWarning" || name == "suppressHydrationWarning" || name == "ref") return;
  if (!attribute_name_safe(name)) return;
  const std::string shown = name == "className" ? "class" : name;
  cases(value, [&](Value v) {
    if (is_nothing(v) || v.is_object() || v.is(eval::Tag::kSymbol)) return;
    if (v.is(eval::Tag::kBool) || (v.is_unknown() && v.as_unknown()->type == ir::Type::kBool)) {
      boolean_attribute(shown, v);
    } else {
      plain(shown, v);
    }
  });
}

void Renderer::style_attribute(Value style) {
  if (!style.is_object() || is_function(style)) {
    error("The `style` prop expects a mapping from style properties to values, not a string. For example, style={{marginRight: spacing + 'em'}} when using JSX.");
  }
  Object* object = style.as_object();
  settled(object, [&] {
    // Whether a declaration was written before: in the heap, since requests may differ.
    Object* written = realm_.new_object();
    const eval::Key any = realm_.key("any");
    realm_.define(written, any, Value::boolean(false), true);
    each_prop(object, [&](const std::string& name, Value value) {
      cases(value, [&](Value v) {
        const bool boolean = v.is(eval::Tag::kBool) || (v.is_unknown() && v.as_unknown()->type == ir::Type::kBool);
        if (is_nothing(v) || boolean) return;
        const auto declare = [&] {
          const bool custom = name.starts_with("--");
          std::string shown = custom ? name : lower_hyphen(name);
          if (!custom && shown.starts_with("ms-")) shown.insert(0, "-");
          shown = escape_html(shown);
          when(realm_.get(Value::object(written), any), [&] { text(";"); }, [&] { text(" style=\""); });
          realm_.set(written, any, Value::boolean(true));
          text(shown + ":");
          style_value(name, v);
        };
        const bool text_like = v.is_string() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kStr);
        if (text_like) {
          when(v, declare);
        } else {
          declare();
        }
      });
    });
    when(realm_.get(Value::object(written), any), [&] { text("\""); });
  });
}

void Renderer::style_value(const std::string& name, Value v) {
  auto& pool = realm_.pool();
  const bool number = v.is_number() || (v.is_unknown() && v.as_unknown()->type == ir::Type::kNum);
  if (number && !name.starts_with("--")) {
    raw(v);
    if (unitless(name)) return;
    const ir::Expr* zero = pool.op(Op::NumEq, {realm_.num_expr(v), pool.number(0)});
    when(zero->op == Op::ConstBool ? Value::boolean(zero->index != 0) : Value::unknown(zero), [] {}, [&] { text("px"); });
    return;
  }
  cases(realm_.to_string(v), [&](Value s) {
    if (s.is_unknown()) {
      escaped(Value::unknown(pool.op(Op::Trim, {s.as_unknown()})));
    } else {
      escaped(realm_.string(std::u16string(eval::trim_view(s.as_string()->text))));
    }
  });
}

}  // namespace jsxdp::react
