#include "load/routing.h"

#include <algorithm>
#include <cstring>

#include "load/message.h"

namespace jsxdp::load {
namespace {

struct Parsed {
  jx_shape shape{};
  uint64_t hash = JX_HASH_START;
  // One letter a segment, in the order of priority: literal, parameter, wildcard.
  std::string priority;
};

std::expected<Parsed, std::string> parse(const std::string& pattern, uint32_t seed) {
  const auto fault = [&](std::string_view what) {
    return std::unexpected(message("route \"", pattern, "\": ", what));
  };
  if (!pattern.starts_with('/')) return fault("a route starts with \"/\"");
  if (pattern.size() > JX_PATTERN_CAP)
    return fault(message("longer than ", JX_PATTERN_CAP, " bytes"));
  Parsed parsed;
  uint32_t captures = 0;
  size_t begin = 1;
  for (;;) {
    const size_t end = std::min(pattern.find('/', begin), pattern.size());
    const std::string_view segment = std::string_view(pattern).substr(begin, end - begin);
    const uint32_t index = parsed.shape.segments;
    if (segment == "*" && end == pattern.size()) {
      parsed.shape.wildcard = 1;
      parsed.priority += 'w';
      captures++;
    } else {
      if (index == JX_MAX_SEGMENTS)
        return fault(message("more than ", JX_MAX_SEGMENTS, " segments"));
      if (segment.starts_with(':')) {
        if (segment.size() == 1) return fault("a parameter needs a name");
        if (segment.find_first_of(":*?+(){}\\", 1) != segment.npos)
          return fault("a parameter is a whole segment, \":name\"");
        parsed.priority += 'p';
        captures++;
      } else {
        if (segment.find_first_of(":*?+(){}\\") != segment.npos)
          return fault("only \":name\" segments and a last \"*\" are patterns");
        uint64_t hash = JX_HASH_START ^ seed;
        for (const char byte : segment) hash = JX_HASH_BYTE(hash, byte);
        parsed.hash = JX_HASH_SEGMENT(parsed.hash, hash, index);
        parsed.shape.literals |= 1u << index;
        parsed.priority += 'l';
      }
      parsed.shape.segments++;
    }
    if (captures > 16) return fault("more than 16 parameters");
    if (end == pattern.size()) return parsed;
    begin = end + 1;
  }
}

// The key without padding surprises: all bytes count in the kernel's hash map.
jx_pattern_key key_of(const Parsed& parsed, uint32_t generation) {
  jx_pattern_key key;
  std::memset(&key, 0, sizeof key);
  key.hash = parsed.hash;
  key.shape = parsed.shape;
  key.generation = generation;
  return key;
}

}  // namespace

std::expected<Routing, std::string> plan_routing(std::span<const Route> routes, uint32_t seed,
                                                 uint32_t generation) {
  Routing routing;
  routing.shapes.resize(JX_MAX_SEGMENTS + 1);
  std::map<std::string, jx_shape> shapes;  // by priority
  std::map<std::pair<std::string, uint64_t>, std::string> seen;
  for (const Route& route : routes) {
    const auto parsed = parse(route.pattern, seed);
    if (!parsed) return std::unexpected(parsed.error());
    const auto [other, fresh] =
        seen.emplace(std::pair(parsed->priority, parsed->hash), route.pattern);
    if (!fresh)
      return std::unexpected(message("routes \"", other->second, "\" and \"", route.pattern,
                                     "\" match the same paths"));
    shapes.emplace(parsed->priority, parsed->shape);
    jx_pattern value{};
    value.route = route.index;
    value.len = route.pattern.size();
    std::memcpy(value.text, route.pattern.data(), route.pattern.size());
    routing.patterns.emplace_back(key_of(*parsed, generation), value);
  }
  for (const auto& [priority, shape] : shapes) {
    for (uint32_t segments = 0; segments <= JX_MAX_SEGMENTS; segments++) {
      const bool fits =
          shape.wildcard ? segments == 0 || segments > shape.segments : segments == shape.segments;
      if (!fits) continue;
      jx_shapes& list = routing.shapes[segments];
      if (list.count == JX_MAX_SHAPES)
        return std::unexpected(message("routes of ", segments,
                                       " segments mix literals and parameters in more than ",
                                       JX_MAX_SHAPES, " ways"));
      list.shape[list.count++] = shape;
    }
  }
  return routing;
}

}  // namespace jsxdp::load
