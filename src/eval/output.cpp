// Residual output as a part of the heap.
#include <algorithm>

#include "eval/realm_impl.h"

namespace jsxdp::eval {
namespace {

const OutputNode* extend(Realm& realm, const OutputNode* last, ir::Stmt stmt) {
  auto& nodes = realm.impl().output_nodes;
  nodes.push_back({std::move(stmt), last, last ? last->length + 1 : 1});
  return &nodes.back();
}

// What `version` holds behind the beginning that it shares with `current`, in order.
std::vector<const OutputNode*> added(const OutputNode* version, const OutputNode* current) {
  std::vector<const OutputNode*> out;
  const auto length = [](const OutputNode* n) { return n ? n->length : 0; };
  while (version != current) {
    if (length(version) >= length(current)) {
      out.push_back(version);
      version = version->before;
    } else {
      current = current->before;
    }
  }
  std::ranges::reverse(out);
  return out;
}

}  // namespace

State* merge_outputs(Realm& realm, const ir::Expr* selector, const OutputState& current,
                     const std::vector<const OutputState*>& versions) {
  auto* merged = new OutputState(current);
  realm.impl().states.push_back(merged);
  if (!selector) {
    for (const OutputNode* node : added(versions[0]->last, current.last))
      merged->last = extend(realm, merged->last, node->stmt);
    return merged;
  }
  ir::Switch branch{selector, {}};
  source::Span span = realm.here;
  bool any = false;
  for (const OutputState* version : versions) {
    ir::Block& arm = branch.arms.emplace_back();
    for (const OutputNode* node : added(version->last, current.last)) arm.push_back(node->stmt);
    any = any || !arm.empty();
  }
  if (any) merged->last = extend(realm, merged->last, {std::move(branch), span});
  return merged;
}

Output* Realm::new_output() {
  Output& output = impl_->outputs.emplace_back();
  auto* state = new OutputState;
  impl_->states.push_back(state);
  output.state = state;
  output.mark = impl_->levels.empty() ? 0 : impl_->levels.back().mark;
  output.serial = UINT64_MAX;  // writing to it is not a side effect that could not be repeated
  return &output;
}

void Realm::append(Output& output, ir::Stmt stmt) {
  auto& state = static_cast<OutputState&>(write(output));
  state.last = extend(*this, state.last, std::move(stmt));
}

ir::Block Realm::contents(Output& output) {
  ir::Block out;
  for (const OutputNode* node : added(static_cast<const OutputState&>(*output.state).last, nullptr))
    out.push_back(node->stmt);
  return out;
}

}  // namespace jsxdp::eval
