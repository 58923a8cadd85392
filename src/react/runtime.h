// The modules that a component finds: react, react/jsx-runtime, react-dom, jsxdp.
// Internal to react/.
#pragma once

#include "eval/evaluate.h"

namespace jsxdp::react {

// Makes the modules known to the evaluator, and lets it evaluate JSX.
void install_runtime(eval::Realm& realm, eval::Evaluator& evaluator, modules::Graph& graph);

// A React element, as react/jsx-runtime makes it.
eval::Value make_element(eval::Realm& realm, eval::Value type, eval::Object* props, eval::Value key);

}  // namespace jsxdp::react
