// JavaScript's string and number functions over UTF-16, as the IR's operations
// need them. Internal to ir/interpret.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jsxdp::ir::js {

std::u16string from_wtf8(std::string_view text);
// Lone halves become U+FFFD, or three bytes each where `keep_lone`.
std::string to_utf8(std::u16string_view text, bool keep_lone = false);

bool is_space(char16_t c);  // WhiteSpace and LineTerminator
std::u16string_view trim(std::u16string_view s, bool start, bool end);
bool is_javascript_url(std::u16string_view url);
std::u16string escape_html(std::u16string_view s);

// ToIntegerOrInfinity, clamped to [0, length]; `relative`: negative ones count from the end.
size_t position(double at, size_t length, bool relative = false);
double index_of(std::u16string_view text, std::u16string_view wanted, double from);
double last_index_of(std::u16string_view text, std::u16string_view wanted, double from);
std::optional<std::u16string> repeat(std::u16string_view s, double count);
std::optional<std::u16string> pad(std::u16string_view s, double length, std::u16string_view filler,
                                  bool start);
std::u16string replace(std::u16string_view text, std::u16string_view wanted,
                       std::u16string_view replacement, bool all);
std::vector<std::u16string> split(std::u16string_view text, std::u16string_view separator,
                                  double limit);
std::vector<std::u16string> code_points(std::u16string_view text);
std::u16string upper(std::u16string_view s);
std::u16string lower(std::u16string_view s);
std::u16string to_well_formed(std::u16string_view s);
std::u16string json_quote(std::u16string_view s);
// Nothing where JavaScript throws. `kept`: the unescaped characters besides letters and digits.
std::optional<std::u16string> encode_uri(std::u16string_view s, std::string_view kept);
std::optional<std::u16string> decode_uri_component(std::u16string_view s);

std::u16string number_text(double n);
// Nothing outside what is certain, or where JavaScript throws.
std::optional<std::u16string> number_radix(double n, double radix);
std::optional<std::u16string> to_fixed(double n, double digits);
std::optional<std::u16string> to_precision(double n, double digits);
std::optional<std::u16string> to_exponential(double n, double digits);
double to_number(std::u16string_view text);
double parse_float(std::u16string_view text);
std::optional<double> parse_int(std::u16string_view text, double radix);
int32_t to_int32(double n);
std::optional<double> power(double base, double exponent);

}  // namespace jsxdp::ir::js
