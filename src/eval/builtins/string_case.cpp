// Case mapping by ICU: the same tables as the engines use.
#include <unicode/ustring.h>

#include "eval/builtins/string_support.h"

namespace jsxdp::eval::builtins {

std::u16string map_case(const std::u16string& text, bool upper) {
  UErrorCode error = U_ZERO_ERROR;
  std::u16string out(text.size() * 3 + 8, u'\0');
  const auto map = upper ? u_strToUpper : u_strToLower;
  const int32_t n = map(out.data(), static_cast<int32_t>(out.size()), text.data(), static_cast<int32_t>(text.size()), "", &error);
  out.resize(static_cast<size_t>(n));
  return out;
}

}  // namespace jsxdp::eval::builtins
