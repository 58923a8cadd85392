#include "syntax/literal.h"

#include <charconv>
#include <cmath>
#include <vector>

#include "syntax/entities.h"

namespace jsxdp::syntax {
namespace {

void append(std::u16string& out, uint32_t code_point) {
  if (code_point >= 0x10000) {
    out += static_cast<char16_t>(0xD800 + ((code_point - 0x10000) >> 10));
    out += static_cast<char16_t>(0xDC00 + (code_point & 0x3FF));
  } else {
    out += static_cast<char16_t>(code_point);
  }
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Reads `count` hex digits at `at`; -1 if there are not as many.
int64_t hex_digits(std::string_view s, size_t at, size_t count) {
  if (at + count > s.size()) return -1;
  int64_t value = 0;
  for (size_t i = 0; i < count; ++i) {
    const int digit = hex(s[at + i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// \u at s[at] (behind the u): appends the code point and moves `at` behind it.
bool unicode_escape(std::string_view s, size_t& at, std::u16string& out) {
  if (at < s.size() && s[at] == '{') {
    int64_t value = 0;
    size_t i = at + 1;
    for (; i < s.size() && s[i] != '}'; ++i) {
      const int digit = hex(s[i]);
      if (digit < 0) return false;
      value = value * 16 + digit;
      if (value > 0x10FFFF) return false;
    }
    if (i >= s.size() || i == at + 1) return false;
    append(out, static_cast<uint32_t>(value));
    at = i + 1;
    return true;
  }
  const int64_t value = hex_digits(s, at, 4);
  if (value < 0) return false;
  out += static_cast<char16_t>(value);
  at += 4;
  return true;
}

}  // namespace

std::u16string utf16(std::string_view s) {
  std::u16string out;
  out.reserve(s.size());
  for (size_t i = 0; i < s.size();) {
    const auto byte = static_cast<unsigned char>(s[i]);
    if (byte < 0x80) {
      out += static_cast<char16_t>(byte);
      ++i;
      continue;
    }
    const int length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0;
    uint32_t value = length == 4 ? byte & 7 : length == 3 ? byte & 15 : byte & 31;
    bool valid = length != 0 && byte < 0xF5 && i + length <= s.size();
    for (int k = 1; valid && k < length; ++k) {
      const auto next = static_cast<unsigned char>(s[i + k]);
      valid = (next & 0xC0) == 0x80;
      value = value << 6 | (next & 63);
    }
    if (!valid || (length == 3 && value < 0x800) ||
        (length == 4 && (value < 0x10000 || value > 0x10FFFF)) ||
        (value >= 0xD800 && value < 0xE000)) {
      out += u'\xFFFD';
      ++i;
      continue;
    }
    append(out, value);
    i += length;
  }
  return out;
}

std::optional<std::u16string> cook(std::string_view s, bool is_template) {
  if (s.find('\\') == std::string_view::npos &&
      !(is_template && s.find('\r') != std::string_view::npos)) {
    return utf16(s);
  }
  std::u16string out;
  size_t plain = 0;
  size_t i = 0;
  const auto flush = [&] { out += utf16(s.substr(plain, i - plain)); };
  while (i < s.size()) {
    if (is_template && s[i] == '\r') {
      flush();
      out += u'\n';
      i += i + 1 < s.size() && s[i + 1] == '\n' ? 2 : 1;
      plain = i;
      continue;
    }
    if (s[i] != '\\') {
      ++i;
      continue;
    }
    flush();
    if (++i >= s.size()) return std::nullopt;
    const char c = s[i++];
    switch (c) {
      case 'n':
        out += u'\n';
        break;
      case 't':
        out += u'\t';
        break;
      case 'r':
        out += u'\r';
        break;
      case 'b':
        out += u'\b';
        break;
      case 'f':
        out += u'\f';
        break;
      case 'v':
        out += u'\v';
        break;
      case '\r':
        if (i < s.size() && s[i] == '\n') ++i;
        break;
      case '\n':
        break;
      case 'x': {
        const int64_t value = hex_digits(s, i, 2);
        if (value < 0) return std::nullopt;
        out += static_cast<char16_t>(value);
        i += 2;
        break;
      }
      case 'u':
        if (!unicode_escape(s, i, out)) return std::nullopt;
        break;
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7': {
        const bool next_digit = i < s.size() && s[i] >= '0' && s[i] <= '9';
        if (is_template && (c != '0' || next_digit)) return std::nullopt;
        int value = c - '0';
        for (int k = 0;
             k < 2 && i < s.size() && s[i] >= '0' && s[i] <= '7' && value * 8 + s[i] - '0' < 256;
             ++k) {
          value = value * 8 + (s[i++] - '0');
        }
        out += static_cast<char16_t>(value);
        break;
      }
      case '\xE2':  // a line or paragraph separator continues the line
        if (i + 1 < s.size() && s[i] == '\x80' && (s[i + 1] == '\xA8' || s[i + 1] == '\xA9')) {
          i += 2;
          break;
        }
        [[fallthrough]];
      default:
        if (is_template && c >= '8' && c <= '9') return std::nullopt;
        --i;
        plain = i++;
        continue;
    }
    plain = i;
  }
  flush();
  return out;
}

double number_value(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != '_') digits += c;
  }
  const auto radix = [&](size_t from, int base) {
    double value = 0;
    std::string_view rest = std::string_view(digits).substr(from);
    // Exact also beyond 2^53: long literals in a power-of-two base round like the
    // hexadecimal floating form.
    if (base == 16) {
      const std::string hexfloat = "0x" + std::string(rest) + "p0";
      return std::strtod(hexfloat.c_str(), nullptr);
    }
    for (const char c : rest) value = value * base + (c - '0');
    return value;
  };
  if (digits.size() > 1 && digits[0] == '0') {
    switch (digits[1]) {
      case 'x':
      case 'X':
        return radix(2, 16);
      case 'o':
      case 'O':
        return radix(2, 8);
      case 'b':
      case 'B':
        return radix(2, 2);
      default:
        if (digits.find_first_not_of("01234567") == std::string::npos) return radix(1, 8);
    }
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::result_out_of_range) value = std::strtod(digits.c_str(), nullptr);
  return value;
}

std::u16string identifier_name(std::string_view text) {
  if (text.find('\\') == std::string_view::npos) return utf16(text);
  std::u16string out;
  for (size_t i = 0; i < text.size();) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'u') {
      i += 2;
      if (!unicode_escape(text, i, out)) break;
    } else {
      size_t next = i + 1;
      while (next < text.size() && text[next] != '\\') ++next;
      out += utf16(text.substr(i, next - i));
      i = next;
    }
  }
  return out;
}

std::u16string decode_entities(std::string_view text) {
  std::u16string out;
  size_t plain = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '&') continue;
    const size_t semicolon = text.substr(i, 12).find(';');
    if (semicolon == std::string_view::npos) continue;
    const std::string_view name = text.substr(i + 1, semicolon - 1);
    uint32_t value = 0;
    bool found = false;
    if (name.size() > 1 && name[0] == '#') {
      const bool is_hex = name[1] == 'x';
      const std::string_view digits = name.substr(is_hex ? 2 : 1);
      const auto [end, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10);
      found = error == std::errc() && end == digits.data() + digits.size() && !digits.empty() &&
              value <= 0x10FFFF;
    } else if (const uint16_t entity = entity_code(name)) {
      value = entity;
      found = true;
    }
    if (!found) continue;
    out += utf16(text.substr(plain, i - plain));
    append(out, value);
    i += semicolon;
    plain = i + 1;
  }
  return out + utf16(text.substr(plain));
}

std::optional<std::u16string> jsx_text(std::string_view raw) {
  std::vector<std::string_view> lines;
  size_t begin = 0;
  for (size_t i = 0; i <= raw.size(); ++i) {
    if (i == raw.size() || raw[i] == '\n' || raw[i] == '\r') {
      lines.push_back(raw.substr(begin, i - begin));
      if (i + 1 < raw.size() && raw[i] == '\r' && raw[i + 1] == '\n') ++i;
      begin = i + 1;
    }
  }
  std::u16string out;
  bool any = false;
  for (size_t n = 0; n < lines.size(); ++n) {
    std::string_view line = lines[n];
    if (n > 0) line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (n + 1 < lines.size()) {
      const size_t last = line.find_last_not_of(" \t");
      line = line.substr(0, last == std::string_view::npos ? 0 : last + 1);
    }
    if (line.empty()) continue;
    if (any) out += u' ';
    out += decode_entities(line);
    any = true;
  }
  if (!any) return std::nullopt;
  return out;
}

}  // namespace jsxdp::syntax
