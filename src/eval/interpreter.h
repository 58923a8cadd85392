// The tree-walking interpreter. Internal to eval/.
#pragma once

#include <memory>

#include "eval/function.h"
#include "eval/operators.h"
#include "eval/realm_impl.h"
#include "syntax/ast.h"

namespace jsxdp::eval {

struct Mixed;

// How a statement ended.
struct Completion {
  enum class T : uint8_t { kNormal, kReturn, kBreak, kContinue, kMixed } type = T::kNormal;
  Value value;                   // kReturn
  syntax::Atom label = nullptr;  // kBreak, kContinue
  std::shared_ptr<Mixed> mixed;  // kMixed
  bool normal() const { return type == T::kNormal; }
};

// The arms of a fork ended in different ways: each with its heap.
struct Mixed {
  const ir::Expr* selector;
  struct Arm {
    uint32_t value;
    Delta delta;
    Completion completion;
  };
  std::vector<Arm> arms;  // those that live
  uint32_t count;
};

// Where code runs: its scope, `this`, and so on.
struct Context {
  Scope* scope;
  Value this_value;  // kAbsent: before super()
  UserFunction* function = nullptr;
  Object* new_target = nullptr;
  Module* module = nullptr;
  const source::File* file = nullptr;
  Context* this_context = nullptr;  // arrows: the context that owns `this`
  std::shared_ptr<Context> heap;    // this context, where arrows may outlive it
};

// Makes elements; the React stage installs it.
using JsxHook = Value (*)(Realm&, Value type, Object* props, Value key, bool spread_key);

class Interpreter {
 public:
  Interpreter(Realm& realm, Context& context) : realm_(realm), context_(context) {}

  // ---- statements (interpret_statement.cpp) ----
  Completion run(const syntax::NodeList& body, size_t from = 0);
  Completion statement(const syntax::Node* node);
  void hoist(const std::vector<syntax::Function*>& functions);
  // Merges all that still differs; what did not return gives undefined.
  Value finish(Completion completion);

  // ---- expressions (interpret_expression.cpp) ----
  Value expression(const syntax::Node* node);
  Value function(const syntax::Function* node, Value name = Value::absent());
  Value klass(const syntax::Class* node);

  // ---- patterns (interpret_pattern.cpp) ----
  void assign(const syntax::Node* target, Value value, bool initialise);
  void write(const syntax::Identifier* id, Value value, bool initialise);
  Value read(const syntax::Identifier* id);

 private:
  friend struct jsxdp::eval::UserFunction;
  using Rest = std::function<Completion()>;

  // Runs arm(i) for each alternative, and `rest` behind those that end normally
  // if others do not.
  Completion fork(const ir::Expr* selector, uint32_t count,
                  const std::function<Completion(uint32_t)>& arm);
  Completion join(const ir::Expr* selector, uint32_t count, std::vector<Mixed::Arm> arms);
  // Goes on with each arm of a mixed completion, in its heap.
  Completion each_arm(const Completion& mixed,
                      const std::function<Completion(const Completion&)>& next);
  // The branch a value takes: a known bool, or a kBool selector.
  struct Branch {
    bool known;
    bool value;
    const ir::Expr* selector;
  };
  Branch branch(Value v);

  Completion block(const syntax::NodeList& body, const syntax::ScopeInfo& info,
                   const std::vector<syntax::Function*>& hoisted);
  Completion for_loop(const syntax::For* node, syntax::Atom label);
  Completion for_turn(const syntax::For* node, syntax::Atom label, uint32_t unrolled);
  Completion while_turn(const syntax::While* node, syntax::Atom label, bool test,
                        uint32_t unrolled);
  Completion for_each(const syntax::ForEach* node, syntax::Atom label);
  Completion for_each_turn(const syntax::ForEach* node, syntax::Atom label,
                           const std::vector<Value>& values, size_t at);
  Completion switch_statement(const syntax::Switch* node, syntax::Atom label);
  Completion try_statement(const syntax::Try* node);
  Completion labelled(const syntax::Node* node, syntax::Atom label);
  void variable(const syntax::Variable* node);
  void enumeration(const syntax::Enum* node);

  Value member(const syntax::Member* node, Value* base_out);
  Value member_of(const syntax::Member* node, Value base);
  Value chain(const syntax::Node* node, Value* this_out, bool& stopped);
  Value call(const syntax::Call* node, Value callee, Value this_value);
  std::vector<Value> arguments(const syntax::NodeList& list);
  Value object(const syntax::Object* node);
  Value array(const syntax::Array* node);
  Value logical(const syntax::Logical* node);
  Value logical(syntax::Op op, Value left, const std::function<Value()>& right);
  Value conditional(const syntax::Conditional* node);
  Value assignment(const syntax::Assign* node);
  Value update(const syntax::Update* node);
  Value remove(const syntax::Node* node);
  Value templated(const syntax::Template* node);
  Value tagged(const syntax::TaggedTemplate* node);
  Value jsx(const syntax::JSXElement* node);
  void copy_properties(Value from, Object* to, const std::vector<Key>& except);
  Key property_key(const syntax::Property& p);
  void store(const syntax::Node* target, Value base, Value key, Value value);
  Value this_value();
  Context& this_context();
  const Str* str(syntax::Atom atom);
  Key key(syntax::Atom atom) { return Key(str(atom)); }
  Key private_key(const syntax::Node* reference);
  void place(const syntax::Node* node) { realm_.here = {context_.file, node->begin, node->end}; }
  void class_members(const syntax::Class* node, UserFunction* constructor, Object* prototype);
  void name_function(Value v, Value name);
  void array_pattern(const syntax::ArrayPattern* node, Value value, bool initialise);
  void object_pattern(const syntax::ObjectPattern* node, Value value, bool initialise);

  Realm& realm_;
  Context& context_;
};

// base[index], with whatever is a choice or unknown.
Value element(Realm& realm, Value base, Value index);
// What `v` still can be where its truthiness is assumed.
Value falsy_part(Realm& realm, Value v, uint32_t truthy);
void define_method(Realm& realm, Object* on, Key key, syntax::PropertyKind kind, UserFunction* fn,
                   bool enumerable);
void initialise_fields(Realm& realm, UserFunction* constructor, Object* instance);
JsxHook& jsx_hook();

}  // namespace jsxdp::eval
