// What depends on the clock or on chance is handed to user space.
#include "ir/ir.h"
#include "kernel/frame.h"

namespace jsxdp::ir {
namespace {

class Finder {
 public:
  bool depends(const Expr* e) {
    const auto [at, fresh] = known_.try_emplace(e, false);
    if (!fresh) return at->second;
    bool out = e->op == Op::VarNum && e->index >= kVolatile;
    for (const Expr* arg : e->args) out = out || depends(arg);
    return known_[e] = out;
  }

  bool depends(const Stmt& stmt) {
    if (const auto* emit = std::get_if<Emit>(&stmt.node)) return depends(emit->value);
    if (const auto* node = std::get_if<Switch>(&stmt.node)) return depends(node->selector);
    if (const auto* loop = std::get_if<Loop>(&stmt.node)) return depends(loop->list);
    return false;
  }

  // Answers where a statement of the block itself was replaced.
  std::optional<source::Span> run(Block& block) {
    for (Stmt& stmt : block) {
      if (depends(stmt)) {
        const source::Span span = stmt.span;
        stmt.node = Pass{JX_R_PROGRAM};
        return span;
      }
      if (auto* node = std::get_if<Switch>(&stmt.node)) {
        for (Block& arm : node->arms) run(arm);
      }
      if (auto* loop = std::get_if<Loop>(&stmt.node)) run(loop->body);
      if (auto* respond = std::get_if<Respond>(&stmt.node)) {
        for (const HeaderField& field : respond->headers) {
          if (depends(field.value)) return stmt.span;
        }
        if (const auto found = run(respond->body)) return found;
      }
    }
    return std::nullopt;
  }

 private:
  std::unordered_map<const Expr*, bool> known_;
};

}  // namespace

std::optional<source::Span> pass_volatile(Program& program) {
  return Finder().run(program.body);
}

}  // namespace jsxdp::ir
