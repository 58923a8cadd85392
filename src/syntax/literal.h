// The values of literal tokens: strings, templates, numbers, JSX text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jsxdp::syntax {

// UTF-8 to UTF-16; an ill-formed byte becomes U+FFFD.
std::u16string utf16(std::string_view utf8);

// The value of the inside of a string literal or template chunk, escapes
// replaced (ECMA-262 section 12.9.4). Nothing: an escape is invalid.
std::optional<std::u16string> cook(std::string_view inside, bool is_template);

// The value of a numeric literal, separators and all prefixes included.
double number_value(std::string_view text);

// An identifier's name, with \u escapes replaced.
std::u16string identifier_name(std::string_view text);

// JSX text: HTML entities replaced.
std::u16string decode_entities(std::string_view text);

// JSX children text by the white-space rule: lines are trimmed, empty ones
// vanish, the rest is joined by one blank; then entities. Empty: no child.
std::optional<std::u16string> jsx_text(std::string_view raw);

}  // namespace jsxdp::syntax
