// The named character references that JSX knows: those of XHTML 1.0 (the HTML 4
// sets Latin-1, symbols and special, and &apos;).
#pragma once

#include <cstdint>
#include <string_view>

namespace jsxdp::syntax {

// The entity's code point (all lie in the basic plane); 0: there is none of that name.
uint16_t entity_code(std::string_view name);

}  // namespace jsxdp::syntax
