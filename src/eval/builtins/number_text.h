// Number.prototype's text forms, of known numbers.
#pragma once

#include <string>

namespace jsxdp::eval::builtins {

// ECMA-262 sections 21.1.3.2, 3 and 5; `n` finite, digits in range.
std::string to_exponential(double n, int fraction_digits);  // -1: as many as needed
std::string to_fixed(double n, int fraction_digits);
std::string to_precision(double n, int precision);
// Number::toString(n, radix) for a radix other than ten.
std::string to_radix(double n, int radix);

}  // namespace jsxdp::eval::builtins
