// The passes over statements: text is merged, equal heads and tails of arms are
// hoisted, arms that are all equal vanish.
#include <algorithm>

#include "ir/ir.h"

namespace jsxdp::ir {
namespace {

bool equal(const Block& a, const Block& b);

bool equal(const Stmt& a, const Stmt& b) {
  if (a.node.index() != b.node.index()) return false;
  if (const auto* text = std::get_if<Text>(&a.node))
    return text->bytes == std::get<Text>(b.node).bytes;
  if (const auto* emit = std::get_if<Emit>(&a.node)) {
    const auto& other = std::get<Emit>(b.node);
    return emit->value == other.value && emit->escape == other.escape;
  }
  if (const auto* node = std::get_if<Switch>(&a.node)) {
    const auto& other = std::get<Switch>(b.node);
    return node->selector == other.selector &&
           std::ranges::equal(node->arms, other.arms,
                              [](const Block& x, const Block& y) { return equal(x, y); });
  }
  if (const auto* pass = std::get_if<Pass>(&a.node))
    return pass->reason == std::get<Pass>(b.node).reason;
  if (const auto* loop = std::get_if<Loop>(&a.node)) {
    const auto& other = std::get<Loop>(b.node);
    return loop->list == other.list && loop->elem == other.elem && loop->index == other.index &&
           equal(loop->body, other.body);
  }
  return false;
}

bool equal(const Block& a, const Block& b) {
  return std::ranges::equal(a, b, [](const Stmt& x, const Stmt& y) { return equal(x, y); });
}

void merge_text(Block& block) {
  Block out;
  for (Stmt& stmt : block) {
    if (const auto* text = std::get_if<Text>(&stmt.node)) {
      if (text->bytes.empty()) continue;
      if (!out.empty()) {
        if (auto* before = std::get_if<Text>(&out.back().node)) {
          before->bytes += text->bytes;
          continue;
        }
      }
    }
    out.push_back(std::move(stmt));
  }
  block = std::move(out);
}

bool passes(const Block& block) {
  return block.size() == 1 && std::holds_alternative<Pass>(block[0].node);
}

// Splits what all arms begin (or end) with: whole statements, or a part of a text.
void hoist_heads(Switch& node, Block& out) {
  for (;;) {
    // An arm that only passes may run anything first: nothing was sent yet.
    const Stmt* first = nullptr;
    bool same = true;
    for (const Block& arm : node.arms) {
      if (passes(arm)) continue;
      if (arm.empty() || std::holds_alternative<Respond>(arm[0].node)) return;
      if (!first) first = &arm[0];
      same = same && equal(*first, arm[0]);
    }
    if (!first) return;
    if (same) {
      out.push_back(*first);
      for (Block& arm : node.arms) {
        if (!passes(arm)) arm.erase(arm.begin());
      }
      continue;
    }
    size_t common = SIZE_MAX;
    const std::string* head = nullptr;
    for (const Block& arm : node.arms) {
      if (passes(arm)) continue;
      const auto* text = std::get_if<Text>(&arm[0].node);
      if (!text) return;
      if (!head) {
        head = &text->bytes;
        common = head->size();
      }
      const auto [a, b] = std::ranges::mismatch(*head, text->bytes);
      common = std::min<size_t>(common, a - head->begin());
    }
    if (common == 0 || common == SIZE_MAX) return;
    out.push_back({Text{head->substr(0, common)}, first->span});
    for (Block& arm : node.arms) {
      if (!passes(arm)) std::get<Text>(arm[0].node).bytes.erase(0, common);
    }
    for (Block& arm : node.arms) merge_text(arm);
    return;
  }
}

void hoist_tails(Switch& node, Block& out) {
  Block tail;
  for (;;) {
    const Stmt* last = nullptr;
    bool same = true;
    for (const Block& arm : node.arms) {
      if (passes(arm)) continue;
      if (arm.empty() || std::holds_alternative<Respond>(arm.back().node)) {
        same = false;
        break;
      }
      if (!last) last = &arm.back();
      same = same && equal(*last, arm.back());
    }
    if (!last || !same) break;
    tail.insert(tail.begin(), *last);
    for (Block& arm : node.arms) {
      if (!passes(arm)) arm.pop_back();
    }
  }
  out.insert(out.end(), tail.begin(), tail.end());
}

void run(Block& block) {
  Block out;
  merge_text(block);
  for (Stmt& stmt : block) {
    if (auto* respond = std::get_if<Respond>(&stmt.node)) run(respond->body);
    if (auto* loop = std::get_if<Loop>(&stmt.node)) run(loop->body);
    if (auto* node = std::get_if<Switch>(&stmt.node)) {
      for (Block& arm : node->arms) run(arm);
      if (node->selector->op == Op::ConstBool || node->selector->op == Op::ConstIndex) {
        Block arm =
            std::move(node->arms[std::min<size_t>(node->selector->index, node->arms.size() - 1)]);
        for (Stmt& each : arm) out.push_back(std::move(each));
        continue;
      }
      hoist_heads(*node, out);
      Block tail;
      hoist_tails(*node, tail);
      const bool empty =
          std::ranges::all_of(node->arms, [](const Block& arm) { return arm.empty(); });
      if (!empty) out.push_back(std::move(stmt));
      for (Stmt& each : tail) out.push_back(std::move(each));
      continue;
    }
    const bool ends = std::holds_alternative<Pass>(stmt.node);
    out.push_back(std::move(stmt));
    if (ends) break;  // nothing runs behind a pass
  }
  merge_text(out);
  block = std::move(out);
}

}  // namespace

void optimise(Program& program) {
  run(program.body);
}

}  // namespace jsxdp::ir
