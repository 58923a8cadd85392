#pragma once

#include <sstream>
#include <string>

namespace jsxdp::load {

// The parts, printed one after the other.
template <typename... Parts>
std::string message(const Parts&... parts) {
  std::ostringstream out;
  (out << ... << parts);
  return std::move(out).str();
}

}  // namespace jsxdp::load
