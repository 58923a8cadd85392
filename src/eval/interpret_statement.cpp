#include <algorithm>

#include "eval/generator.h"
#include "eval/interpreter.h"
#include "eval/module.h"
#include "kernel/frame.h"

namespace jsxdp::eval {
namespace {

using namespace syntax;

constexpr uint32_t kMaxUnrolled = 64;

bool same_kind(const Completion& a, const Completion& b) {
  return a.type == b.type && a.label == b.label;
}

class ScopeGuard {
 public:
  ScopeGuard(Realm& realm, Context& context, const ScopeInfo& info)
      : context_(context), saved_(context.scope) {
    if (info.needed()) {
      context.scope = realm.new_scope(saved_, info.names.size());
      auto& slots = realm.write_as<ScopeState>(*context.scope).slots;
      for (size_t i = 0; i < slots.size(); ++i) {
        if (!info.lexical[i]) slots[i] = Value::undefined();
      }
    }
  }
  ~ScopeGuard() { context_.scope = saved_; }
  ScopeGuard(const ScopeGuard&) = delete;
  ScopeGuard& operator=(const ScopeGuard&) = delete;

 private:
  Context& context_;
  Scope* saved_;
};

}  // namespace

Completion Interpreter::join(const ir::Expr* selector, uint32_t count,
                             std::vector<Mixed::Arm> arms) {
  const bool alike = std::ranges::all_of(arms, [&](const Mixed::Arm& a) {
    return same_kind(a.completion, arms[0].completion) &&
           a.completion.type != Completion::T::kMixed;
  });
  if (!alike) {
    Completion out;
    out.type = Completion::T::kMixed;
    out.mixed = std::make_shared<Mixed>(Mixed{selector, std::move(arms), count});
    return out;
  }
  Completion out = arms[0].completion;
  if (arms.size() == 1) {
    apply(realm_, arms[0].delta);
    assume(realm_, selector, arms[0].value);
    return out;
  }
  std::vector<const Delta*> deltas(count, nullptr);
  std::vector<Value> values(count, arms[0].completion.value);
  for (const Mixed::Arm& arm : arms) {
    deltas[arm.value] = &arm.delta;
    values[arm.value] = arm.completion.value;
  }
  merge(realm_, selector, deltas);
  out.value = realm_.make_choice(selector, std::move(values));
  return out;
}

Completion Interpreter::fork(const ir::Expr* selector, uint32_t count,
                             const std::function<Completion(uint32_t)>& arm) {
  if (selector->type == ir::Type::kBool) count = 2;
  if (const auto value = realm_.decided(selector)) return arm(std::min(*value, count - 1));
  std::vector<Mixed::Arm> arms;
  ForkArms forked(realm_, selector);
  for (uint32_t i = 0; i < count; ++i) {
    Completion completion;
    if (auto delta = forked.run(i, [&] { completion = arm(i); })) {
      arms.push_back({i, std::move(*delta), std::move(completion)});
    }
  }
  forked.settle(!arms.empty());
  return join(selector, count, std::move(arms));
}

Completion Interpreter::each_arm(const Completion& completion,
                                 const std::function<Completion(const Completion&)>& next) {
  const std::shared_ptr<Mixed> mixed = completion.mixed;
  std::vector<Mixed::Arm> arms;
  ForkArms forked(realm_, mixed->selector);
  for (const Mixed::Arm& arm : mixed->arms) {
    Completion result;
    auto delta = forked.run(arm.value, [&] {
      apply(realm_, arm.delta);
      result = arm.completion.type == Completion::T::kMixed ? each_arm(arm.completion, next)
                                                            : next(arm.completion);
    });
    if (delta) arms.push_back({arm.value, std::move(*delta), std::move(result)});
  }
  forked.settle(!arms.empty());
  return join(mixed->selector, mixed->count, std::move(arms));
}

Value Interpreter::finish(Completion completion) {
  if (completion.type == Completion::T::kMixed) {
    completion = each_arm(completion, [](const Completion& arm) {
      Completion out;
      out.type = Completion::T::kReturn;
      out.value = arm.type == Completion::T::kReturn ? arm.value : Value::undefined();
      return out;
    });
  }
  return completion.type == Completion::T::kReturn ? completion.value : Value::undefined();
}

Interpreter::Branch Interpreter::branch(Value v) {
  const Value b = realm_.resolve(realm_.to_boolean(v));
  if (b.is_unknown()) return {false, false, b.as_unknown()};
  return {true, b.as_bool(), nullptr};
}

void Interpreter::hoist(const std::vector<Function*>& functions) {
  for (Function* fn : functions) {
    const Value made = function(fn);
    if (fn->id) write(fn->id, made, true);
  }
}

Completion Interpreter::run(const NodeList& body, size_t from) {
  for (size_t i = from; i < body.size(); ++i) {
    Completion completion = statement(body[i]);
    if (completion.normal()) continue;
    if (completion.type != Completion::T::kMixed) return completion;
    Scope* scope = context_.scope;
    return each_arm(completion, [&, i](const Completion& arm) {
      context_.scope = scope;
      return arm.normal() ? run(body, i + 1) : arm;
    });
  }
  return {};
}

Completion Interpreter::block(const NodeList& body, const ScopeInfo& info,
                              const std::vector<Function*>& hoisted) {
  const ScopeGuard guard(realm_, context_, info);
  hoist(hoisted);
  return run(body);
}

Completion Interpreter::statement(const Node* node) {
  realm_.burn();
  switch (node->kind) {
    case Kind::kExpression:
      expression(as<Expression>(node)->expression);
      return {};
    case Kind::kVariable:
      variable(as<Variable>(node));
      return {};
    case Kind::kFunctionDeclaration:
    case Kind::kImport:
    case Kind::kExportAll:
    case Kind::kEmpty:
      return {};
    case Kind::kClassDeclaration: {
      const syntax::Class* c = as<ClassDeclaration>(node)->klass;
      const Value made = klass(c);
      if (c->id) write(c->id, made, true);
      return {};
    }
    case Kind::kExportNamed: {
      const auto* e = as<ExportNamed>(node);
      return e->declaration ? statement(e->declaration) : Completion{};
    }
    case Kind::kExportDefault: {
      const Node* d = as<ExportDefault>(node)->declaration;
      if (d->kind == Kind::kFunctionDeclaration) {
        const Function* fn = as<FunctionDeclaration>(d)->function;
        if (!fn->id) context_.module->default_export = function(fn);
      } else if (d->kind == Kind::kClassDeclaration) {
        const syntax::Class* c = as<ClassDeclaration>(d)->klass;
        const Value made = klass(c);
        if (c->id) write(c->id, made, true);
        context_.module->default_export = made;
      } else if (d->kind == Kind::kEnum) {
        return statement(d);
      } else {
        context_.module->default_export = expression(d);
      }
      return {};
    }
    case Kind::kExportAssignment:
      realm_.set(context_.module->exports_holder, "exports",
                 expression(as<ExportAssignment>(node)->expression));
      return {};
    case Kind::kEnum:
      enumeration(as<Enum>(node));
      return {};
    case Kind::kBlock:
      return block(as<Block>(node)->body, as<Block>(node)->scope, as<Block>(node)->hoisted);
    case Kind::kIf: {
      const auto* s = as<If>(node);
      const Branch b = branch(expression(s->test));
      const auto run_arm = [&](bool taken) -> Completion {
        const Node* arm = taken ? s->then : s->otherwise;
        return arm ? statement(arm) : Completion{};
      };
      if (b.known) return run_arm(b.value);
      place(s->test);
      return fork(b.selector, 2, [&](uint32_t i) { return run_arm(i == 1); });
    }
    case Kind::kReturn: {
      Completion out;
      out.type = Completion::T::kReturn;
      if (const Node* argument = as<Return>(node)->argument) out.value = expression(argument);
      return out;
    }
    case Kind::kThrow: {
      const Value v = expression(as<syntax::Throw>(node)->argument);
      place(node);
      throw eval::Throw{v};
    }
    case Kind::kBreak:
    case Kind::kContinue: {
      Completion out;
      out.type = node->kind == Kind::kBreak ? Completion::T::kBreak : Completion::T::kContinue;
      out.label = as<Jump>(node)->label;
      return out;
    }
    default:
      return labelled(node, nullptr);
  }
}

Completion Interpreter::labelled(const Node* node, Atom label) {
  switch (node->kind) {
    case Kind::kFor:
      return for_loop(as<For>(node), label);
    case Kind::kForIn:
    case Kind::kForOf:
      return for_each(as<ForEach>(node), label);
    case Kind::kWhile:
      return while_turn(as<While>(node), label, true, 0);
    case Kind::kDoWhile:
      return while_turn(as<While>(node), label, false, 0);
    case Kind::kSwitch:
      return switch_statement(as<Switch>(node), label);
    case Kind::kTry:
      return try_statement(as<Try>(node));
    case Kind::kLabeled: {
      const auto* l = as<Labeled>(node);
      Completion c = labelled(l->body, l->label);
      const auto leave = [&](const Completion& arm) {
        return arm.type == Completion::T::kBreak && arm.label == l->label ? Completion{} : arm;
      };
      return c.type == Completion::T::kMixed ? each_arm(c, leave) : leave(c);
    }
    default:
      return statement(node);
  }
}

// ---- loops ----
// A turn that ends differently in different arms goes on in each of them, by
// recursion; the arms meet again behind the loop.

namespace {

enum class Next : uint8_t { kTurn, kLeave, kOut };

Next next_of(const Completion& c, Atom label) {
  if (c.normal()) return Next::kTurn;
  if (c.type == Completion::T::kContinue && (!c.label || c.label == label)) return Next::kTurn;
  if (c.type == Completion::T::kBreak && !c.label) return Next::kLeave;
  return Next::kOut;
}

}  // namespace

Completion Interpreter::for_loop(const For* node, Atom label) {
  const ScopeGuard guard(realm_, context_, node->scope);
  if (node->init) {
    if (node->init->kind == Kind::kVariable) {
      variable(as<Variable>(node->init));
    } else {
      expression(node->init);
    }
  }
  return for_turn(node, label, 0);
}

Completion Interpreter::for_turn(const For* node, Atom label, uint32_t unrolled) {
  Scope* outer = context_.scope;
  for (;;) {
    realm_.burn();
    context_.scope = outer;
    if (node->test) {
      const Branch b = branch(expression(node->test));
      if (b.known && !b.value) return {};
      if (!b.known) {
        if (unrolled == kMaxUnrolled) realm_.pass(JX_R_LOOP);
        return fork(b.selector, 2, [&](uint32_t i) -> Completion {
          context_.scope = outer;
          if (i == 0) return {};
          assume(realm_, b.selector, 1);
          return for_turn(node, label, unrolled + 1);
        });
      }
    }
    Completion c = statement(node->body);
    const auto advance = [&] {
      if (node->scope.needed()) {  // a fresh copy of the head's variables for closures
        Scope* fresh = realm_.new_scope(context_.scope->parent, 0);
        realm_.write_as<ScopeState>(*fresh).slots =
            realm_.state_as<ScopeState>(*context_.scope).slots;
        context_.scope = fresh;
      }
      if (node->update) expression(node->update);
    };
    if (c.type == Completion::T::kMixed) {
      return each_arm(c, [&](const Completion& arm) -> Completion {
        context_.scope = outer;
        switch (next_of(arm, label)) {
          case Next::kTurn:
            advance();
            return for_turn(node, label, unrolled);
          case Next::kLeave:
            return {};
          case Next::kOut:
            return arm;
        }
        return arm;
      });
    }
    const Next next = next_of(c, label);
    if (next == Next::kLeave) return {};
    if (next == Next::kOut) return c;
    advance();
    outer = context_.scope;
  }
}

Completion Interpreter::while_turn(const While* node, Atom label, bool test, uint32_t unrolled) {
  for (;; test = true) {
    realm_.burn();
    if (test) {
      const Branch b = branch(expression(node->test));
      if (b.known && !b.value) return {};
      if (!b.known) {
        if (unrolled == kMaxUnrolled) realm_.pass(JX_R_LOOP);
        return fork(b.selector, 2, [&](uint32_t i) -> Completion {
          return i == 0 ? Completion{} : while_turn(node, label, false, unrolled + 1);
        });
      }
    }
    Completion c = statement(node->body);
    if (c.type == Completion::T::kMixed) {
      return each_arm(c, [&](const Completion& arm) -> Completion {
        switch (next_of(arm, label)) {
          case Next::kTurn:
            return while_turn(node, label, true, unrolled);
          case Next::kLeave:
            return {};
          case Next::kOut:
            return arm;
        }
        return arm;
      });
    }
    const Next next = next_of(c, label);
    if (next == Next::kLeave) return {};
    if (next == Next::kOut) return c;
  }
}

Completion Interpreter::for_each(const ForEach* node, Atom label) {
  if (node->is_await) realm_.refuse("JX1207", "`for await` cannot run during a render");
  const Value subject = realm_.resolve(expression(node->subject));
  place(node->subject);
  if (subject.is_choice()) {
    const Choice* choice = subject.as_choice();
    Scope* scope = context_.scope;
    return fork(choice->selector, static_cast<uint32_t>(choice->alts.size()), [&](uint32_t) {
      context_.scope = scope;
      return for_each(node, label);
    });
  }
  std::vector<Value> values;
  try {
    if (node->kind == Kind::kForIn) {
      if (!subject.is_nullish()) {
        std::vector<Key> seen;
        for (Object* o = realm_.to_object(subject); o; o = realm_.proto(o)) {
          for (const Key& k : realm_.own_keys(o)) {
            if (k.is_symbol() || std::ranges::find(seen, k) != seen.end()) continue;
            seen.push_back(k);
            if (realm_.get_own(o, k)->enumerable) values.push_back(Value::string(k.string()));
          }
        }
      }
    } else if (subject.is_object() && subject.as_object()->object_class() == Class::kArray) {
      values = realm_.list_from(subject);
    } else {
      // The body may run between the iterator's steps, and may leave early.
      Completion out;
      Scope* scope = context_.scope;
      realm_.iterate(subject, [&](Value v) {
        context_.scope = scope;
        out = for_each_turn(node, label, {v}, 0);
        if (out.type == Completion::T::kMixed) {
          realm_.refuse("JX1205", "leaving this loop depends on the request",
                        "iterate over an array");
        }
        const bool left = out.type == Completion::T::kBreak && out.label == nullptr;
        if (left) out = {};
        return out.normal() && !left;
      });
      return out;
    }
  } catch (const NeedFork& need) {
    Scope* scope = context_.scope;
    return fork(need.selector, need.count, [&](uint32_t) {
      context_.scope = scope;
      return for_each(node, label);
    });
  }
  Completion c = for_each_turn(node, label, values, 0);
  if (c.type == Completion::T::kBreak && !c.label) return {};
  return c;
}

Completion Interpreter::for_each_turn(const ForEach* node, Atom label,
                                      const std::vector<Value>& values, size_t at) {
  for (size_t i = at; i < values.size(); ++i) {
    realm_.burn();
    Completion c;
    {
      const ScopeGuard guard(realm_, context_, node->scope);
      if (node->target->kind == Kind::kVariable) {
        assign(as<Variable>(node->target)->declarators[0].target, values[i], true);
      } else {
        assign(node->target, values[i], false);
      }
      c = statement(node->body);
    }
    if (c.type == Completion::T::kMixed) {
      Scope* scope = context_.scope;
      const bool single = values.size() == 1;
      return each_arm(c, [&, i](const Completion& arm) -> Completion {
        context_.scope = scope;
        switch (next_of(arm, label)) {
          case Next::kTurn:
            return for_each_turn(node, label, values, i + 1);
          case Next::kLeave:
            return single ? arm : Completion{};
          case Next::kOut:
            return arm;
        }
        return arm;
      });
    }
    const Next next = next_of(c, label);
    if (next != Next::kTurn) return c;
  }
  return {};
}

Completion Interpreter::switch_statement(const Switch* node, Atom label) {
  const Value subject = expression(node->subject);
  const ScopeGuard guard(realm_, context_, node->scope);
  hoist(node->hoisted);
  const auto leave = [](const Completion& c) {
    return c.type == Completion::T::kBreak && !c.label ? Completion{} : c;
  };
  (void)label;
  // Runs the bodies from case `at` on.
  const std::function<Completion(size_t)> from = [&](size_t at) -> Completion {
    Scope* scope = context_.scope;
    for (size_t i = at; i < node->cases.size(); ++i) {
      Completion c = run(node->cases[i].body);
      if (c.normal()) continue;
      if (c.type != Completion::T::kMixed) return leave(c);
      return each_arm(c, [&, i, scope](const Completion& arm) {
        context_.scope = scope;
        return arm.normal() ? from(i + 1) : leave(arm);
      });
    }
    return {};
  };
  size_t fallback = node->cases.size();
  const std::function<Completion(size_t)> test = [&](size_t at) -> Completion {
    Scope* scope = context_.scope;
    for (size_t i = at; i < node->cases.size(); ++i) {
      if (!node->cases[i].test) {
        fallback = i;
        continue;
      }
      const Branch b = branch(realm_.strict_equals(subject, expression(node->cases[i].test)));
      if (b.known && !b.value) continue;
      if (b.known) return from(i);
      return fork(b.selector, 2, [&, i, scope](uint32_t taken) {
        context_.scope = scope;
        return taken ? from(i) : test(i + 1);
      });
    }
    for (size_t i = 0; i < node->cases.size(); ++i) {
      if (!node->cases[i].test) fallback = i;
    }
    return from(fallback);
  };
  return test(0);
}

Completion Interpreter::try_statement(const Try* node) {
  Scope* scope = context_.scope;
  const auto finalise = [&](const Completion& c) -> Completion {
    context_.scope = scope;
    if (!node->finalizer) return c;
    Completion last = statement(node->finalizer);
    return last.normal() ? c : last;
  };
  Completion c;
  try {
    try {
      c = statement(node->block);
    } catch (const eval::Throw& thrown) {
      if (!node->handler) throw;
      context_.scope = scope;
      const ScopeGuard guard(realm_, context_, node->scope);
      if (node->param) assign(node->param, thrown.value, true);
      c = statement(node->handler);
    }
  } catch (const eval::Throw&) {
    if (const Completion last = finalise({}); !last.normal()) return last;
    throw;
  } catch (const GeneratorReturn&) {
    if (const Completion last = finalise({}); !last.normal()) return last;
    throw;
  }
  return c.type == Completion::T::kMixed ? each_arm(c, finalise) : finalise(c);
}

void Interpreter::variable(const Variable* node) {
  for (const auto& d : node->declarators) {
    if (!d.init) {
      if (node->var_kind != VarKind::kVar) assign(d.target, Value::undefined(), true);
      continue;
    }
    const Value v = expression(d.init);
    assign(d.target, v, true);
  }
}

void Interpreter::enumeration(const Enum* node) {
  Object* object = realm_.new_object();
  const ScopeGuard guard(realm_, context_, node->scope);
  Value next = Value::number(0);
  for (size_t i = 0; i < node->members.size(); ++i) {
    const auto& member = node->members[i];
    const Value v = member.init ? realm_.known(expression(member.init), "an enum's value") : next;
    realm_.set(object, key(member.name), v);
    if (v.is_number()) {
      realm_.set(object, realm_.to_property_key(v), Value::string(str(member.name)));
      next = Value::number(v.as_number() + 1);
    }
    realm_.write_as<ScopeState>(*context_.scope).slots[i] = v;
  }
  Identifier id = *node->id;
  if (node->scope.needed()) ++id.hops;
  write(&id, Value::object(object), true);
}

}  // namespace jsxdp::eval
