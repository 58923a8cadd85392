// What a realm holds. Internal to eval/.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "eval/bigint.h"
#include "eval/realm.h"
#include "syntax/ast.h"

namespace jsxdp::eval {

// What an arm of a fork changed: cells with their state at its end.
struct Delta {
  std::vector<std::pair<Cell*, State*>> cells;
};

struct Saved {
  Cell* cell;
  State* state;
  uint32_t mark;
};

struct Level {
  uint32_t mark;
  std::vector<Saved> trail;
  size_t assumptions;  // how many held when it was opened
};

struct Assumption {
  const ir::Expr* selector;
  uint32_t value;
};

struct StrHash {
  using is_transparent = void;
  size_t operator()(std::u16string_view s) const { return std::hash<std::u16string_view>()(s); }
};

struct Realm::Impl {
  std::unordered_map<std::u16string_view, const Str*> atoms;
  std::unordered_map<const void*, const Str*> syntax_atoms;
  std::deque<Str> strings;
  std::deque<Symbol> symbols;
  std::deque<BigInt> bigints;
  std::deque<Choice> choices;
  std::unordered_map<std::string, const Symbol*> registered, well_known;
  std::unordered_map<std::string, Object*> intrinsics;
  std::vector<Object*> objects;
  std::vector<Scope*> scopes;
  std::vector<State*> states;
  std::vector<const Str*> small_indexes;

  std::vector<Level> levels;
  std::vector<Assumption> assumptions;
  std::deque<OutputNode> output_nodes;
  std::deque<Output> outputs;
  uint32_t last_mark = 0;
  uint64_t serial = 0;
  uint64_t operation_serial = 0;  // cells older than this are not the running operation's own
  uint64_t effects = 0;
  uint64_t fuel = 0;
  uint32_t depth = 0;
  std::vector<source::Diagnostic> warnings;
  std::vector<const Object*> joining;  // arrays whose join() runs: cycles give ""
  std::unordered_map<const void*, Value> templates;  // strings objects of tagged templates
  std::deque<std::vector<Value>> scratch_elements;   // views of conditional arrays
};

// ---- forks.cpp ----
void open_level(Realm& realm);
Delta close_level(Realm& realm);  // rolls back
void apply(Realm& realm, const Delta& delta);
// Merges what the arms changed; arms[i] null: that arm passes.
void merge(Realm& realm, const ir::Expr* selector, const std::vector<const Delta*>& arms);
void assume(Realm& realm, const ir::Expr* selector, uint32_t value);
void emit_guard(Realm& realm, const ir::Expr* selector, uint32_t value, uint32_t reason,
                source::Span span);
// The statements of `version` that are not in `current`, merged into it.
State* merge_outputs(Realm& realm, const ir::Expr* selector, const OutputState& current,
                     const std::vector<const OutputState*>& versions);
bool feasible(Realm& realm, const ir::Expr* selector, uint32_t value);

// The arms of one fork, run one after the other; what Realm::fork and the
// interpreter's statements share.
class ForkArms {
 public:
  ForkArms(Realm& realm, const ir::Expr* selector);
  // Runs one arm on a heap of its own; nothing if it cannot happen or passes.
  std::optional<Delta> run(uint32_t value, const std::function<void()>& arm);
  // After the last arm: emits the guards of those that pass. Throws if none lives.
  void settle(bool any_lives);

 private:
  struct Passing {
    uint32_t value;
    uint32_t reason;
    source::Span span;
  };
  Realm& realm_;
  const ir::Expr* selector_;
  source::Span place_;
  size_t trace_;
  std::vector<Passing> passing_;
  std::vector<source::Diagnostic> refused_;
};
constexpr uint64_t kFuel = 200'000'000;

}  // namespace jsxdp::eval
