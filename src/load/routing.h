#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/control.h"

namespace jsxdp::load {

// A route pattern and the index of its program. The pattern is a path of literal
// segments and ":name" ones; its last segment may be "*", which takes the rest.
struct Route {
  std::string pattern;
  uint32_t index = 0;
};

// The contents of the data plane's routing maps for one build.
struct Routing {
  // By number of path segments, 0 for more than JX_MAX_SEGMENTS.
  std::vector<jx_shapes> shapes;
  std::vector<std::pair<jx_pattern_key, jx_pattern>> patterns;
};

// Lays out `routes`, with priority as people expect it: from left to right, a
// literal segment beats a parameter, a parameter beats "*". `seed` is that of the
// data plane's configuration, `generation` the build. The error is a message that
// names the pattern at fault.
std::expected<Routing, std::string> plan_routing(std::span<const Route> routes, uint32_t seed,
                                                 uint32_t generation);

}  // namespace jsxdp::load
