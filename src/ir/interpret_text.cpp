// Strings: search, cutting, replacement, encodings.
#include "ir/interpret_text.h"

#include <unicode/ustring.h>

#include <algorithm>
#include <cmath>

namespace jsxdp::ir::js {
namespace {

bool high(char16_t c) {
  return (c & 0xFC00) == 0xD800;
}
bool low(char16_t c) {
  return (c & 0xFC00) == 0xDC00;
}

// The code point at `at`, and how many units it takes; a lone half is itself.
std::pair<uint32_t, size_t> point_at(std::u16string_view s, size_t at) {
  if (high(s[at]) && at + 1 < s.size() && low(s[at + 1])) {
    return {0x10000 + ((s[at] - 0xD800U) << 10) + (s[at + 1] - 0xDC00U), 2};
  }
  return {s[at], 1};
}

void append_point(std::string& out, uint32_t c) {
  const auto byte = [&](uint32_t b) { out += static_cast<char>(b); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | c >> 6);
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | c >> 12);
    byte(0x80 | (c >> 6 & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | c >> 18);
    byte(0x80 | (c >> 12 & 0x3F));
    byte(0x80 | (c >> 6 & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
}

void append_point(std::u16string& out, uint32_t c) {
  if (c < 0x10000) {
    out += static_cast<char16_t>(c);
  } else {
    out += static_cast<char16_t>(0xD7C0 + (c >> 10));
    out += static_cast<char16_t>(0xDC00 | (c & 0x3FF));
  }
}

// GetSubstitution for a string pattern without captures.
void substitute(std::u16string& out, std::u16string_view text, size_t at, size_t matched,
                std::u16string_view replacement) {
  for (size_t i = 0; i < replacement.size(); ++i) {
    const char16_t next = i + 1 < replacement.size() ? replacement[i + 1] : u'\0';
    if (replacement[i] != u'$' || i + 1 == replacement.size()) {
      out += replacement[i];
      continue;
    }
    switch (next) {
      case u'$':
        out += u'$';
        break;
      case u'&':
        out += text.substr(at, matched);
        break;
      case u'`':
        out += text.substr(0, at);
        break;
      case u'\'':
        out += text.substr(at + matched);
        break;
      default:
        out += u'$';
        continue;
    }
    ++i;
  }
}

constexpr std::string_view kHex = "0123456789ABCDEF";

int hex_digit(char16_t c) {
  if (c >= u'0' && c <= u'9') return c - u'0';
  if (c >= u'a' && c <= u'f') return c - u'a' + 10;
  if (c >= u'A' && c <= u'F') return c - u'A' + 10;
  return -1;
}

std::u16string map_case(std::u16string_view s, bool to_upper) {
  std::u16string out(s.size() * 3 + 8, u'\0');
  UErrorCode status = U_ZERO_ERROR;
  const auto convert = to_upper ? u_strToUpper : u_strToLower;
  const int32_t length = convert(out.data(), static_cast<int32_t>(out.size()), s.data(),
                                 static_cast<int32_t>(s.size()), "", &status);
  out.resize(static_cast<size_t>(length));
  return out;
}

}  // namespace

std::u16string from_wtf8(std::string_view text) {
  std::u16string out;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<uint8_t>(text[i]);
    const size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    uint32_t c = more == 0 ? lead : lead & (0x3FU >> more);
    for (size_t k = 1; k <= more && i + k < text.size(); ++k) {
      c = c << 6 | (static_cast<uint8_t>(text[i + k]) & 0x3FU);
    }
    append_point(out, c);
    i += more + 1;
  }
  return out;
}

std::string to_utf8(std::u16string_view text, bool keep_lone) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const auto [c, units] = point_at(text, i);
    append_point(out, !keep_lone && c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
    i += units;
  }
  return out;
}

bool is_space(char16_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

std::u16string_view trim(std::u16string_view s, bool start, bool end) {
  while (start && !s.empty() && is_space(s.front())) s.remove_prefix(1);
  while (end && !s.empty() && is_space(s.back())) s.remove_suffix(1);
  return s;
}

bool is_javascript_url(std::u16string_view url) {
  while (!url.empty() && url.front() <= 0x20) url.remove_prefix(1);
  for (const char16_t wanted : std::u16string_view(u"javascript:")) {
    if (url.empty() ||
        (url.front() >= u'A' && url.front() <= u'Z' ? url.front() + 32 : url.front()) != wanted) {
      return false;
    }
    url.remove_prefix(1);
    while (!url.empty() && (url.front() == u'\r' || url.front() == u'\n' || url.front() == u'\t')) {
      url.remove_prefix(1);
    }
  }
  return true;
}

std::u16string escape_html(std::u16string_view s) {
  std::u16string out;
  for (const char16_t c : s) {
    switch (c) {
      case u'"':
        out += u"&quot;";
        break;
      case u'&':
        out += u"&amp;";
        break;
      case u'\'':
        out += u"&#x27;";
        break;
      case u'<':
        out += u"&lt;";
        break;
      case u'>':
        out += u"&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

size_t position(double at, size_t length, bool relative) {
  if (std::isnan(at)) return 0;
  at = std::trunc(at);
  if (relative && at < 0) at += static_cast<double>(length);
  if (at <= 0) return 0;
  return at >= static_cast<double>(length) ? length : static_cast<size_t>(at);
}

double index_of(std::u16string_view text, std::u16string_view wanted, double from) {
  const size_t at = text.find(wanted, position(from, text.size()));
  return at == std::u16string_view::npos ? -1 : static_cast<double>(at);
}

double last_index_of(std::u16string_view text, std::u16string_view wanted, double from) {
  const size_t start = std::isnan(from) ? text.size() : position(from, text.size());
  const size_t at = text.rfind(wanted, start);
  return at == std::u16string_view::npos ? -1 : static_cast<double>(at);
}

std::optional<std::u16string> repeat(std::u16string_view s, double count) {
  count = std::isnan(count) ? 0 : std::trunc(count);
  if (count < 0 || std::isinf(count)) return std::nullopt;
  if (count * static_cast<double>(s.size()) > 1 << 20) return std::nullopt;
  std::u16string out;
  if (s.empty()) return out;
  for (size_t i = 0; i < static_cast<size_t>(count); ++i) out += s;
  return out;
}

std::optional<std::u16string> pad(std::u16string_view s, double length, std::u16string_view filler,
                                  bool start) {
  length = std::isnan(length) ? 0 : std::trunc(length);
  if (length <= static_cast<double>(s.size()) || filler.empty()) return std::u16string(s);
  if (length > 1 << 20) return std::nullopt;
  const size_t more = static_cast<size_t>(length) - s.size();
  std::u16string fill;
  while (fill.size() < more) fill += filler;
  fill.resize(more);
  return start ? fill + std::u16string(s) : std::u16string(s) + fill;
}

std::u16string replace(std::u16string_view text, std::u16string_view wanted,
                       std::u16string_view replacement, bool all) {
  std::u16string out;
  size_t done = 0;
  size_t from = 0;
  while (from <= text.size()) {
    const size_t at = text.find(wanted, from);
    if (at == std::u16string_view::npos) break;
    out += text.substr(done, at - done);
    substitute(out, text, at, wanted.size(), replacement);
    done = at + wanted.size();
    from = at + std::max<size_t>(wanted.size(), 1);
    if (!all) break;
  }
  out += text.substr(std::min(done, text.size()));
  return out;
}

std::vector<std::u16string> split(std::u16string_view text, std::u16string_view separator,
                                  double limit) {
  const auto most = static_cast<uint32_t>(to_int32(limit));
  std::vector<std::u16string> out;
  if (most == 0) return out;
  if (separator.empty()) {
    for (size_t i = 0; i < text.size() && out.size() < most; ++i) {
      out.emplace_back(text.substr(i, 1));
    }
    return out;
  }
  size_t from = 0;
  for (;;) {
    const size_t at = text.find(separator, from);
    out.emplace_back(text.substr(from, at == std::u16string_view::npos ? at : at - from));
    if (at == std::u16string_view::npos || out.size() == most) return out;
    from = at + separator.size();
  }
}

std::vector<std::u16string> code_points(std::u16string_view text) {
  std::vector<std::u16string> out;
  for (size_t i = 0; i < text.size();) {
    const size_t units = point_at(text, i).second;
    out.emplace_back(text.substr(i, units));
    i += units;
  }
  return out;
}

std::u16string upper(std::u16string_view s) {
  return map_case(s, true);
}
std::u16string lower(std::u16string_view s) {
  return map_case(s, false);
}

std::u16string to_well_formed(std::u16string_view s) {
  return from_wtf8(to_utf8(s));
}

std::u16string json_quote(std::u16string_view s) {
  std::u16string out = u"\"";
  const auto escape = [&](uint32_t c) {
    out += u"\\u";
    for (const int shift : {12, 8, 4, 0}) {
      const auto digit = static_cast<char16_t>(kHex[c >> shift & 15]);
      out += digit >= u'A' ? static_cast<char16_t>(digit + 32) : digit;
    }
  };
  for (size_t i = 0; i < s.size();) {
    const auto [c, units] = point_at(s, i);
    switch (c) {
      case '"':
        out += u"\\\"";
        break;
      case '\\':
        out += u"\\\\";
        break;
      case '\b':
        out += u"\\b";
        break;
      case '\f':
        out += u"\\f";
        break;
      case '\n':
        out += u"\\n";
        break;
      case '\r':
        out += u"\\r";
        break;
      case '\t':
        out += u"\\t";
        break;
      default:
        if (c < 0x20 || (c >= 0xD800 && c <= 0xDFFF)) {
          escape(c);
        } else {
          append_point(out, c);
        }
    }
    i += units;
  }
  return out + u"\"";
}

std::optional<std::u16string> encode_uri(std::u16string_view s, std::string_view kept) {
  std::u16string out;
  for (size_t i = 0; i < s.size();) {
    const auto [c, units] = point_at(s, i);
    i += units;
    const bool plain =
        c < 0x80 && ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
                     (c != 0 && kept.contains(static_cast<char>(c))));
    if (plain) {
      out += static_cast<char16_t>(c);
      continue;
    }
    if (c >= 0xD800 && c <= 0xDFFF) return std::nullopt;
    std::string bytes;
    append_point(bytes, c);
    for (const char byte : bytes) {
      out += u'%';
      out += static_cast<char16_t>(kHex[static_cast<uint8_t>(byte) >> 4]);
      out += static_cast<char16_t>(kHex[static_cast<uint8_t>(byte) & 15]);
    }
  }
  return out;
}

std::optional<std::u16string> decode_uri_component(std::u16string_view s) {
  std::u16string out;
  const auto byte_at = [&](size_t i) -> int {
    if (i + 2 >= s.size() || s[i] != u'%') return -1;
    const int a = hex_digit(s[i + 1]);
    const int b = hex_digit(s[i + 2]);
    return a < 0 || b < 0 ? -1 : a * 16 + b;
  };
  for (size_t i = 0; i < s.size();) {
    if (s[i] != u'%') {
      out += s[i++];
      continue;
    }
    const int lead = byte_at(i);
    if (lead < 0) return std::nullopt;
    i += 3;
    if (lead < 0x80) {
      out += static_cast<char16_t>(lead);
      continue;
    }
    const int more = lead >= 0xF0 && lead < 0xF8   ? 3
                     : lead >= 0xE0 && lead < 0xF0 ? 2
                     : lead >= 0xC2 && lead < 0xE0 ? 1
                                                   : 0;
    if (more == 0) return std::nullopt;
    uint32_t c = static_cast<uint32_t>(lead) & (0x3FU >> more);
    for (int k = 0; k < more; ++k, i += 3) {
      const int next = byte_at(i);
      if (next < 0 || (next & 0xC0) != 0x80) return std::nullopt;
      c = c << 6 | (static_cast<uint32_t>(next) & 0x3FU);
    }
    static constexpr uint32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
    if (c < kLeast[more] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
    append_point(out, c);
  }
  return out;
}

}  // namespace jsxdp::ir::js
