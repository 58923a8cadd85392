// Forks: what holds in each arm, heap versions, and how they merge.
#include <algorithm>
#include <cmath>

#include "eval/realm_impl.h"
#include "kernel/frame.h"

namespace jsxdp::eval {
namespace {

constexpr size_t kMaxAlternatives = 4096;  // leaves of one value
constexpr size_t kMaxTexts =
    12;  // alternatives of a string or number before it becomes a selection

uint32_t alternatives(const ir::Expr* selector, size_t count) {
  return selector->type == ir::Type::kBool ? 2 : static_cast<uint32_t>(count);
}

// Does "selector == value" contradict "assumed"?
bool contradicts(const Assumption& assumed, const ir::Expr* selector, uint32_t value);

// Whether the boolean expression is decided by one assumption; -1: it is not.
int implied(const Assumption& a, const ir::Expr* e) {
  if (e->op == ir::Op::ConstBool) return static_cast<int>(e->index);
  if (a.selector == e) return static_cast<int>(a.value);
  if (e->op == ir::Op::Not) {
    const int inner = implied(a, e->args[0]);
    return inner < 0 ? -1 : 1 - inner;
  }
  if (e->op == ir::Op::And || e->op == ir::Op::Or) {
    const int absorbing = e->op == ir::Op::Or;
    const int left = implied(a, e->args[0]), right = implied(a, e->args[1]);
    if (left == absorbing || right == absorbing) return absorbing;
    if (left >= 0 && right >= 0) return 1 - absorbing;
    return -1;
  }
  if (e->op == ir::Op::IndexIs) {
    if (a.selector == e->args[0]) return a.value == e->index;
    if (a.selector->op == ir::Op::IndexIs && a.selector->args[0] == e->args[0] && a.value == 1) {
      return a.selector->index == e->index;
    }
  }
  if (a.value == 1 && a.selector->op == ir::Op::StrEq && e->op == ir::Op::StrEq &&
      a.selector->args[0] == e->args[0] && a.selector->args[1]->op == ir::Op::ConstStr &&
      e->args[1]->op == ir::Op::ConstStr) {
    return a.selector->args[1] == e->args[1];
  }
  return -1;
}

bool contradicts(const Assumption& a, const ir::Expr* selector, uint32_t value) {
  if (a.selector == selector) return a.value != value;
  if (selector->type == ir::Type::kBool) {
    const int known = implied(a, selector);
    if (known >= 0 && known != static_cast<int>(value)) return true;
  }
  // And what the new fact would say of the assumed one.
  if (a.selector->type == ir::Type::kBool) {
    const int known = implied({selector, value}, a.selector);
    if (known >= 0 && known != static_cast<int>(a.value)) return true;
    const ir::Expr* s = a.selector;
    if (s->op == ir::Op::Not) return contradicts({s->args[0], 1 - a.value}, selector, value);
    if ((s->op == ir::Op::And && a.value == 1) || (s->op == ir::Op::Or && a.value == 0)) {
      return contradicts({s->args[0], a.value}, selector, value) ||
             contradicts({s->args[1], a.value}, selector, value);
    }
    if (s->op == ir::Op::SelectBool && s->args[0] == selector) {
      const ir::Expr* picked = s->args[1 + std::min<size_t>(value, s->args.size() - 2)];
      if (picked->op == ir::Op::ConstBool && picked->index != a.value) return true;
    }
  }
  return false;
}

bool same_value_bits(Value a, Value b) {
  if (a.tag() != b.tag()) return false;
  switch (a.tag()) {
    case Tag::kUndefined:
    case Tag::kNull:
    case Tag::kAbsent:
      return true;
    case Tag::kBool:
      return a.as_bool() == b.as_bool();
    case Tag::kNumber: {
      const double x = a.as_number(), y = b.as_number();
      return (x == y && std::signbit(x) == std::signbit(y)) || (x != x && y != y);
    }
    case Tag::kString:
      return a.as_string() == b.as_string() || a.as_string()->text == b.as_string()->text;
    case Tag::kSymbol:
      return a.as_symbol() == b.as_symbol();
    case Tag::kBigInt:
      return a.as_bigint() == b.as_bigint();
    case Tag::kObject:
      return a.as_object() == b.as_object();
    case Tag::kUnknown:
      return a.as_unknown() == b.as_unknown();
    case Tag::kChoice: {
      const Choice *x = a.as_choice(), *y = b.as_choice();
      if (x == y) return true;
      return x->selector == y->selector && x->alts.size() == y->alts.size() &&
             std::ranges::equal(x->alts, y->alts, same_value_bits);
    }
  }
  return false;
}

size_t leaves(Value v) {
  if (!v.is_choice()) return 1;
  size_t count = 0;
  for (const Value& alt : v.as_choice()->alts) count += leaves(alt);
  return count;
}

bool all_of_type(Value v, Tag tag, ir::Type type) {
  if (v.is_choice()) {
    return std::ranges::all_of(v.as_choice()->alts,
                               [&](Value a) { return all_of_type(a, tag, type); });
  }
  return v.is(tag) || (v.is_unknown() && v.as_unknown()->type == type);
}

// ---- merging states ----

bool same_property(const Property& a, const Property& b) {
  return a.key == b.key && a.accessor == b.accessor && a.getter == b.getter &&
         a.setter == b.setter && a.writable == b.writable && a.enumerable == b.enumerable &&
         a.configurable == b.configurable;
}

bool same_shape(const ObjectState& a, const ObjectState& b) {
  return a.proto == b.proto && a.extensible == b.extensible &&
         std::ranges::equal(a.properties.entries(), b.properties.entries(), same_property);
}

void merge_properties(Realm& realm, const ir::Expr* selector,
                      const std::vector<const ObjectState*>& states, ObjectState& out) {
  for (size_t p = 0; p < out.properties.entries().size(); ++p) {
    std::vector<Value> values;
    for (const ObjectState* s : states) values.push_back(s->properties.entries()[p].value);
    out.properties.entries()[p].value = realm.make_choice(selector, std::move(values));
  }
}

template <class S>
std::vector<const S*> cast_all(const std::vector<State*>& states) {
  std::vector<const S*> out;
  for (State* s : states) out.push_back(dynamic_cast<const S*>(s));
  return out;
}

// Conditional arrays: where arms differ by what they appended.
bool merge_arrays(Realm& realm, const ir::Expr* selector,
                  const std::vector<const ArrayState*>& states, ArrayState& out) {
  size_t shortest = SIZE_MAX, longest = 0;
  for (const ArrayState* s : states) {
    shortest = std::min(shortest, s->elements.size());
    longest = std::max(longest, s->elements.size());
  }
  out.elements.clear();
  for (size_t i = 0; i < longest; ++i) {
    std::vector<Value> values;
    for (const ArrayState* s : states) {
      if (i < s->elements.size() && s->elements[i].is_absent())
        return false;  // a hole is not an absent element
      values.push_back(i < s->elements.size() ? s->elements[i] : Value::absent());
    }
    out.elements.push_back(realm.make_choice(selector, std::move(values)));
  }
  for (const ArrayState* s : states) out.conditional = out.conditional || s->conditional;
  out.conditional = out.conditional || shortest != longest;
  return true;
}

State* merge_states(Realm& realm, const ir::Expr* selector, const std::vector<State*>& states) {
  const bool all_same = std::ranges::all_of(states, [&](State* s) { return s == states[0]; });
  if (all_same) return states[0];
  Realm::Impl& impl = realm.impl();
  const auto keep = [&](State* made) {
    impl.states.push_back(made);
    return made;
  };
  if (const auto scopes = cast_all<ScopeState>(states);
      std::ranges::none_of(scopes, [](auto* s) { return !s; })) {
    auto* merged = new ScopeState(*scopes[0]);
    for (size_t i = 0; i < merged->slots.size(); ++i) {
      std::vector<Value> values;
      for (const ScopeState* s : scopes) values.push_back(s->slots[i]);
      merged->slots[i] = realm.make_choice(selector, std::move(values));
    }
    return keep(merged);
  }
  const auto objects = cast_all<ObjectState>(states);
  const bool plain = std::ranges::all_of(objects, [&](auto* s) {
    return s && typeid(*s) == typeid(*objects[0]) && same_shape(*s, *objects[0]);
  });
  if (plain && typeid(*objects[0]) == typeid(ObjectState)) {
    auto* merged = new ObjectState(*objects[0]);
    merge_properties(realm, selector, objects, *merged);
    return keep(merged);
  }
  if (plain && typeid(*objects[0]) == typeid(ArrayState)) {
    auto* merged = new ArrayState(static_cast<const ArrayState&>(*objects[0]));
    if (merge_arrays(realm, selector, cast_all<ArrayState>(states), *merged)) {
      merge_properties(realm, selector, objects, *merged);
      return keep(merged);
    }
    delete merged;
  }
  if (plain && typeid(*objects[0]) == typeid(BoxState)) {
    auto* merged = new BoxState(static_cast<const BoxState&>(*objects[0]));
    std::vector<Value> values;
    for (const auto* s : cast_all<BoxState>(states)) values.push_back(s->value);
    merged->value = realm.make_choice(selector, std::move(values));
    merge_properties(realm, selector, objects, *merged);
    return keep(merged);
  }
  auto* choice = new ChoiceState;
  choice->selector = selector;
  choice->alts = states;
  return keep(choice);
}

}  // namespace

bool may_be_absent(Value v) {
  if (!v.is_choice()) return v.is_absent();
  return std::ranges::any_of(v.as_choice()->alts, may_be_absent);
}

bool feasible(Realm& realm, const ir::Expr* selector, uint32_t value) {
  for (const Assumption& a : realm.impl().assumptions) {
    if (contradicts(a, selector, value)) return false;
  }
  return true;
}

std::optional<uint32_t> Realm::decided(const ir::Expr* selector) {
  if (selector->op == ir::Op::ConstBool || selector->op == ir::Op::ConstIndex)
    return selector->index;
  for (const Assumption& a : impl_->assumptions) {
    if (a.selector == selector) return a.value;
    if (selector->type == ir::Type::kBool) {
      if (const int known = implied(a, selector); known >= 0) return static_cast<uint32_t>(known);
    }
  }
  if (selector->type == ir::Type::kBool) {
    if (!feasible(*this, selector, 0)) return 1;
    if (!feasible(*this, selector, 1)) return 0;
  }
  return std::nullopt;
}

Value Realm::resolve(Value v) {
  while (v.is_choice()) {
    const Choice* choice = v.as_choice();
    if (const auto value = decided(choice->selector)) {
      v = choice->alts[std::min<size_t>(*value, choice->alts.size() - 1)];
      continue;
    }
    if (choice->selector->type == ir::Type::kBool || impl_->assumptions.empty()) return v;
    // A case distinction: perhaps all that is still possible is one alternative.
    std::optional<Value> only;
    bool several = false;
    for (uint32_t i = 0; i < choice->alts.size(); ++i) {
      if (!feasible(*this, choice->selector, i)) continue;
      if (only && !same_value_bits(*only, choice->alts[i])) several = true;
      if (!only) only = choice->alts[i];
    }
    if (several || !only) return v;
    v = *only;
  }
  if (v.is_unknown() && v.as_unknown()->type == ir::Type::kBool) {
    if (const auto value = decided(v.as_unknown())) return Value::boolean(*value != 0);
  }
  return v;
}

Value Realm::make_choice(const ir::Expr* selector, std::vector<Value> alts) {
  if (selector->op == ir::Op::ConstBool || selector->op == ir::Op::ConstIndex) {
    return alts[std::min<size_t>(selector->index, alts.size() - 1)];
  }
  const bool all_same =
      std::ranges::all_of(alts, [&](Value v) { return same_value_bits(v, alts[0]); });
  if (all_same) return alts[0];
  // An alternative that is a choice on the same selector: only its own part counts.
  for (size_t i = 0; i < alts.size(); ++i) {
    while (alts[i].is_choice() && alts[i].as_choice()->selector == selector) {
      const auto& inner = alts[i].as_choice()->alts;
      alts[i] = inner[std::min(i, inner.size() - 1)];
    }
  }
  size_t total = 0;
  for (const Value& v : alts) total += leaves(v);
  const auto every = [&](Tag tag, ir::Type type) {
    return std::ranges::all_of(alts, [&](Value v) { return all_of_type(v, tag, type); });
  };
  if (every(Tag::kBool, ir::Type::kBool)) {
    std::vector<const ir::Expr*> args{selector};
    for (const Value& v : alts) args.push_back(bool_expr(v));
    const ir::Expr* e = pool_->op(ir::Op::SelectBool, std::move(args));
    return e->op == ir::Op::ConstBool ? Value::boolean(e->index != 0) : Value::unknown(e);
  }
  if (total > kMaxTexts && every(Tag::kString, ir::Type::kStr)) {
    std::vector<const ir::Expr*> args{selector};
    for (const Value& v : alts) args.push_back(str_expr(v));
    return Value::unknown(pool_->op(ir::Op::SelectStr, std::move(args)));
  }
  if (total > kMaxTexts && every(Tag::kNumber, ir::Type::kNum)) {
    std::vector<const ir::Expr*> args{selector};
    for (const Value& v : alts) args.push_back(num_expr(v));
    return Value::unknown(pool_->op(ir::Op::SelectNum, std::move(args)));
  }
  if (total > kMaxAlternatives) {
    refuse("JX1503", "this value has too many alternatives that depend on the request",
           "compute it in fewer steps, or pass it in as a prop");
  }
  impl_->choices.push_back({selector, std::move(alts)});
  return Value::choice(&impl_->choices.back());
}

// ---- states ----

const State& Realm::state(const Cell& cell) {
  State* s = cell.state;
  while (auto* choice = dynamic_cast<ChoiceState*>(s)) {
    const auto value = decided(choice->selector);
    if (!value)
      throw NeedFork{choice->selector, alternatives(choice->selector, choice->alts.size())};
    s = choice->alts[std::min<size_t>(*value, choice->alts.size() - 1)];
  }
  return *s;
}

State& Realm::write(Cell& cell) {
  Impl& impl = *impl_;
  if (cell.serial <= impl.operation_serial) ++impl.effects;
  const State& current = state(cell);
  const uint32_t mark = impl.levels.empty() ? 0 : impl.levels.back().mark;
  if (cell.mark < mark || &current != cell.state) {
    if (cell.mark < mark) impl.levels.back().trail.push_back({&cell, cell.state, cell.mark});
    cell.state = current.clone();
    cell.mark = mark;
    impl.states.push_back(cell.state);
  }
  return *cell.state;
}

void open_level(Realm& realm) {
  Realm::Impl& impl = realm.impl();
  impl.levels.push_back({++impl.last_mark, {}, impl.assumptions.size()});
}

Delta close_level(Realm& realm) {
  Realm::Impl& impl = realm.impl();
  Level level = std::move(impl.levels.back());
  impl.levels.pop_back();
  impl.assumptions.resize(level.assumptions);
  Delta delta;
  for (auto saved = level.trail.rbegin(); saved != level.trail.rend(); ++saved) {
    delta.cells.emplace_back(saved->cell, saved->cell->state);
    saved->cell->state = saved->state;
    saved->cell->mark = saved->mark;
  }
  return delta;
}

namespace {

void set_state(Realm& realm, Cell& cell, State* state) {
  Realm::Impl& impl = realm.impl();
  if (cell.serial <= impl.operation_serial) ++impl.effects;
  const uint32_t mark = impl.levels.empty() ? 0 : impl.levels.back().mark;
  if (cell.mark < mark) {
    impl.levels.back().trail.push_back({&cell, cell.state, cell.mark});
    cell.mark = mark;
  }
  cell.state = state;
}

}  // namespace

void apply(Realm& realm, const Delta& delta) {
  for (const auto& [cell, state] : delta.cells) {
    const auto* output = dynamic_cast<const OutputState*>(state);
    State* next = output ? merge_outputs(realm, nullptr,
                                         static_cast<const OutputState&>(*cell->state), {output})
                         : state;
    set_state(realm, *cell, next);
  }
}

void merge(Realm& realm, const ir::Expr* selector, const std::vector<const Delta*>& arms) {
  std::vector<Cell*> order;
  std::unordered_map<Cell*, std::vector<State*>> states;
  for (size_t i = 0; i < arms.size(); ++i) {
    if (!arms[i]) continue;
    for (const auto& [cell, state] : arms[i]->cells) {
      auto [entry, added] = states.try_emplace(cell);
      if (added) {
        order.push_back(cell);
        entry->second.assign(arms.size(), cell->state);
      }
      entry->second[i] = state;
    }
  }
  size_t live = 0;
  while (live < arms.size() && !arms[live]) ++live;
  std::ranges::sort(order, {}, &Cell::serial);
  for (Cell* cell : order) {
    auto& versions = states[cell];
    if (const auto* current = dynamic_cast<const OutputState*>(cell->state)) {
      std::vector<const OutputState*> outputs;
      for (size_t i = 0; i < arms.size(); ++i)
        outputs.push_back(arms[i] ? static_cast<const OutputState*>(versions[i]) : current);
      set_state(realm, *cell, merge_outputs(realm, selector, *current, outputs));
      continue;
    }
    for (size_t i = 0; i < arms.size(); ++i) {
      if (!arms[i]) versions[i] = versions[live];  // never reached: any will do
    }
    set_state(realm, *cell, merge_states(realm, selector, versions));
  }
}

void assume(Realm& realm, const ir::Expr* selector, uint32_t value) {
  Realm::Impl& impl = realm.impl();
  impl.assumptions.push_back({selector, value});
}

void emit_guard(Realm& realm, const ir::Expr* selector, uint32_t value, uint32_t reason,
                source::Span span) {
  if (!realm.guard_output) {
    realm.refuse("JX1204", "this depends on the request while the module is loaded");
  }
  ir::Switch pass{selector,
                  std::vector<ir::Block>(selector->type == ir::Type::kBool ? 2 : value + 2)};
  pass.arms[value].push_back({ir::Pass{reason}, span});
  realm.append(*realm.guard_output, {std::move(pass), span});
}

bool Realm::under_condition() const {
  return !impl_->assumptions.empty();
}

ForkArms::ForkArms(Realm& realm, const ir::Expr* selector)
    : realm_(realm),
      selector_(selector),
      place_(realm.here),
      trace_(realm.component_trace.size()) {}

std::optional<Delta> ForkArms::run(uint32_t value, const std::function<void()>& arm) {
  if (!feasible(realm_, selector_, value)) return std::nullopt;
  Realm::Impl& impl = realm_.impl();
  const uint64_t operation = impl.operation_serial;
  const size_t levels = impl.levels.size();
  const uint32_t depth = impl.depth;
  open_level(realm_);
  assume(realm_, selector_, value);
  const auto unwind = [&] {
    impl.operation_serial = operation;
    impl.depth = depth;
    realm_.component_trace.resize(trace_);
    while (impl.levels.size() > levels) close_level(realm_);
  };
  try {
    arm();
    realm_.here = place_;
    return close_level(realm_);
  } catch (const Throw&) {
    passing_.push_back({value, JX_R_THROWS, realm_.here});
    unwind();
  } catch (const ArmPasses& p) {
    passing_.push_back({value, p.reason, p.span});
    unwind();
  } catch (const Refused& r) {
    refused_.push_back(r.diagnostic);
    passing_.push_back({value, JX_R_PROGRAM, realm_.here});
    unwind();
  } catch (...) {
    unwind();
    throw;
  }
  realm_.here = place_;
  return std::nullopt;
}

void ForkArms::settle(bool any_lives) {
  if (!any_lives) {
    if (!refused_.empty()) throw Refused{refused_.front()};
    if (passing_.empty()) throw ArmPasses{JX_R_THROWS, realm_.here};
    throw ArmPasses{passing_.front().reason, passing_.front().span};
  }
  for (source::Diagnostic& diagnostic : refused_) realm_.warn(std::move(diagnostic));
  for (const Passing& p : passing_) emit_guard(realm_, selector_, p.value, p.reason, p.span);
}

Value Realm::fork(const ir::Expr* selector, uint32_t count,
                  const std::function<Value(uint32_t)>& arm) {
  count = alternatives(selector, count);
  if (const auto value = decided(selector)) return arm(std::min(*value, count - 1));
  ForkArms forked(*this, selector);
  std::vector<std::optional<Delta>> deltas(count);
  std::vector<Value> values(count);
  std::optional<uint32_t> live;
  size_t live_count = 0;
  for (uint32_t i = 0; i < count; ++i) {
    deltas[i] = forked.run(i, [&] { values[i] = arm(i); });
    if (!deltas[i]) continue;
    live = i;
    ++live_count;
  }
  forked.settle(live.has_value());
  if (live_count == 1) {
    apply(*this, *deltas[*live]);
    assume(*this, selector, *live);  // whatever else would hold has passed
    return values[*live];
  }
  std::vector<const Delta*> arms(count, nullptr);
  for (uint32_t i = 0; i < count; ++i) {
    if (deltas[i]) {
      arms[i] = &*deltas[i];
    } else {
      values[i] = values[*live];
    }
  }
  merge(*this, selector, arms);
  return make_choice(selector, std::move(values));
}

Value Realm::atomically(const std::function<Value()>& operation) {
  const uint64_t outer_serial = impl_->operation_serial;
  const uint64_t effects = impl_->effects;
  impl_->operation_serial = impl_->serial;
  try {
    const Value result = operation();
    impl_->operation_serial = outer_serial;
    return result;
  } catch (const NeedFork& need) {
    impl_->operation_serial = outer_serial;
    if (impl_->effects != effects) {
      refuse("JX1205", "this operation depends on the request in the middle of its side effects",
             "compute what depends on props before it");
    }
    return fork(need.selector, need.count, [&](uint32_t) { return atomically(operation); });
  } catch (...) {
    impl_->operation_serial = outer_serial;
    throw;
  }
}

Value Realm::distribute(Value v, const std::function<Value(Value)>& operation) {
  v = resolve(v);
  if (!v.is_choice()) return operation(v);
  const Choice* choice = v.as_choice();
  return fork(choice->selector, static_cast<uint32_t>(choice->alts.size()), [&](uint32_t i) {
    return distribute(choice->alts[std::min<size_t>(i, choice->alts.size() - 1)], operation);
  });
}

}  // namespace jsxdp::eval
