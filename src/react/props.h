// What the props of a root component may be: from its TypeScript types, its
// parameter's pattern, and the values it is going to be rendered with. Internal
// to react/.
#pragma once

#include <string>
#include <vector>

#include "eval/realm.h"
#include "modules/graph.h"
#include "syntax/ast.h"

namespace jsxdp::react {

struct PropShape {
  std::string name;
  uint32_t types;     // ir::TypeBit; always with kMayUndefined
  uint32_t declared;  // what a request's text is coerced to; 0: nothing is
};

// The props that `component` (a function, or what memo and forwardRef make of one)
// declares: those of `hints` first and in their order, with the types of both.
std::vector<PropShape> props_of(eval::Realm& realm, modules::Graph& graph, eval::Value component, const std::vector<ir::Input>& hints);

// Inputs for them, and the props object over these.
eval::Object* make_props(eval::Realm& realm, const std::vector<PropShape>& shape, std::vector<ir::Input>& inputs);

}  // namespace jsxdp::react
