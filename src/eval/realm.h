// The realm: allocation, the object model, conversions, forks. This is the door
// that built-ins (eval/builtins), the React stage and the interpreter share.
//
// Conversions come in two kinds. known_*() want a known value: a choice makes the
// running operation fork, an unknown is refused. to_*() may answer an unknown.
// So a built-in that forgets a case refuses, and never miscomputes.
//
// Inside the evaluator four C++ exceptions travel (see below); none crosses the
// stage's door.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eval/heap.h"
#include "eval/value.h"
#include "ir/ir.h"
#include "source/source.h"

namespace jsxdp::eval {

// A JavaScript exception.
struct Throw {
  Value value;
};
// The module is refused (or, in an arm that only some requests reach, that arm
// passes, with a warning).
struct Refused {
  source::Diagnostic diagnostic;
};
// The running operation needs to know which alternative holds. Caught by
// Realm::atomically, which runs the operation once for each.
struct NeedFork {
  const ir::Expr* selector;
  uint32_t count;
};
// This arm hands the request to user space.
struct ArmPasses {
  uint32_t reason;  // enum jx_reason
  source::Span span;
};

struct Call {
  Value this_value;
  std::span<const Value> args;
  Object* new_target = nullptr;  // set by `new`
  Object* callee = nullptr;
  Value arg(size_t i) const { return i < args.size() ? args[i] : Value(); }
};

// A native must not change a cell older than the call before it has forced all
// that it needs: NeedFork runs it again from the start.
using NativeFn = Value (*)(Realm&, const Call&);

struct NativeFunction final : Object {
  NativeFunction() : Object(Class::kFunction) {}
  NativeFn fn = nullptr;
  bool constructor = false;
  Value data;  // closure of the native, if it has one
  Value data2;
};

class Realm {
 public:
  explicit Realm(std::shared_ptr<ir::Pool> pool);
  ~Realm();
  Realm(const Realm&) = delete;
  Realm& operator=(const Realm&) = delete;

  ir::Pool& pool() { return *pool_; }

  // ---- strings, symbols, keys ----
  const Str* str(std::u16string text);
  const Str* str(std::string_view utf8);  // ASCII or UTF-8
  const Str* intern(const Str* s);
  const Str* intern(std::u16string_view text);
  Value string(std::u16string text) { return Value::string(str(std::move(text))); }
  Value string(std::string_view utf8) { return Value::string(str(utf8)); }
  Key key(std::string_view ascii);
  Key key(const Str* s) { return Key(intern(s)); }
  Key key(Value known_property_key);  // after to_property_key
  Key index_key(uint32_t index);
  std::optional<uint32_t> array_index(Key key) const;
  const Symbol* new_symbol(const Str* description, bool is_private = false);
  const Symbol* symbol_for(std::string_view name);  // Symbol.for
  const Symbol* well_known(std::string_view name);  // "iterator", "toPrimitive", ...

  // ---- allocation ----
  // Takes ownership of both.
  Object* adopt_object(Object* object, ObjectState* state);
  Object* new_object();  // {} with Object.prototype
  Object* new_object(Object* proto);
  Object* new_array(std::vector<Value> elements);
  Object* new_native(std::string_view name, int length, NativeFn fn, Value data = {},
                     Value data2 = {});
  Object* new_error(std::string_view type, std::string_view message);
  Scope* new_scope(Scope* parent, size_t slots);
  // Prototype object of an intrinsic: "Object", "Function", "Array", "Error", "Map", ...
  Object* intrinsic(std::string_view name);
  void set_intrinsic(std::string_view name, Object* object);
  Object* global() { return global_; }

  // ---- states ----
  // Reading. Resolves a ChoiceState by what is assumed, else throws NeedFork.
  const State& state(const Cell& cell);
  // Writing: as above, and saves the old state for the open fork.
  State& write(Cell& cell);
  template <class S>
  const S& state_as(const Cell& c) {
    return static_cast<const S&>(state(c));
  }
  template <class S>
  S& write_as(Cell& c) {
    return static_cast<S&>(write(c));
  }
  // Elements of an array, each present or a hole. Forks on a conditional array.
  const std::vector<Value>& elements(Object* array);

  // ---- the object model (ECMA-262 section 7.3, 10.1); all accept known objects only ----
  Value get(Value base,
            Key key);  // any base: primitives, unknown strings; distributes over choices
  Value get(Object* object, Key key, Value receiver);
  Value get(Object* object, Key key) { return get(object, key, Value::object(object)); }
  Value get(Object* object, std::string_view name) { return get(object, key(name)); }
  void set(Object* object, Key key, Value value, Value receiver);
  void set(Object* object, Key key, Value value) { set(object, key, value, Value::object(object)); }
  void set(Object* object, std::string_view name, Value v) { set(object, key(name), v); }
  bool has(Object* object, Key key);
  bool has_own(Object* object, Key key);
  std::optional<Property> get_own(Object* object, Key key);
  bool define_own(Object* object, const Property& property);  // false: rejected
  void define(Object* object, std::string_view name, Value value, bool enumerable = false);
  void define(Object* object, Key key, Value value, bool enumerable);
  void define_native(Object* object, std::string_view name, int length, NativeFn fn);
  void define_getter(Object* object, Key key, NativeFn fn);
  bool remove(Object* object, Key key);
  std::vector<Key> own_keys(Object* object);  // integer keys, strings, symbols
  Object* proto(Object* object);
  void set_proto(Object* object, Object* proto);

  // ---- calls ----
  Value call(Value callee, Value this_value, std::span<const Value> args);
  Value call(Value callee, Value this_value, std::initializer_list<Value> args) {
    return call(callee, this_value, std::span<const Value>(args.begin(), args.size()));
  }
  Value construct(Value callee, std::span<const Value> args, Object* new_target = nullptr);
  bool callable(Value v);  // v known
  bool constructor(Value v);

  // ---- iteration: calls `each` until it answers false ----
  void iterate(Value iterable, const std::function<bool(Value)>& each);
  std::vector<Value> list_from(Value iterable);

  // ---- conversions; Throw as JavaScript does ----
  Value force(Value v);  // resolves; NeedFork on an undecided choice; may be unknown
  Value known(
      Value v,
      std::string_view what);  // as force, and refuses an unknown ("`what` depends on the request")
  bool truthy(Value v);        // NeedFork on unknown
  const ir::Expr* truthy_expr(Value unknown);  // kBool expression of an unknown
  // `numeric`: the hint is "number", not "default".
  Value to_primitive(Value v, bool prefer_string, bool numeric = false);
  const Str* known_string(Value v, std::string_view what);
  double known_number(Value v, std::string_view what);
  Value to_string(Value v);      // known string or unknown kStr; distributes over choices
  Value to_number(Value v);      // known number or unknown kNum; distributes
  Value to_numeric(Value v);     // number, bigint or unknown kNum
  Value to_boolean(Value v);     // known or unknown kBool
  Object* to_object(Value v);    // known
  Key to_property_key(Value v);  // known
  double to_integer(double n);   // ToIntegerOrInfinity
  Value type_of(Value v);        // string; distributes
  bool strict_equals_known(Value a, Value b);
  bool same_value(Value a, Value b);
  bool same_value_zero(Value a, Value b);
  std::u16string number_to_string(double n);
  double string_to_number(std::u16string_view text);

  // ---- IR views ----
  const ir::Expr* str_expr(
      Value string);  // known string or unknown kStr; a same-typed choice becomes a Select
  const ir::Expr* num_expr(Value number);
  const ir::Expr* bool_expr(Value boolean);
  std::string wtf8(const Str* s);

  // ---- operators (interpreter and built-ins share them); distribute over choices ----
  Value add(Value a, Value b);
  Value compare(Value a, Value b, bool left_first, bool less_equal);  // a < b, a <= b
  Value strict_equals(Value a, Value b);
  Value loose_equals(Value a, Value b);

  // ---- forks ----
  // Which alternative the assumptions already decide.
  std::optional<uint32_t> decided(const ir::Expr* selector);
  Value resolve(Value v);  // peels decided choices
  // Runs arm(i) for each undecided alternative, each on a heap of its own, merges
  // heaps and results. An arm that throws or is refused passes in that case.
  Value fork(const ir::Expr* selector, uint32_t count, const std::function<Value(uint32_t)>& arm);
  // Runs an operation that may throw NeedFork; see NativeFn for its duty.
  Value atomically(const std::function<Value()>& operation);
  Value distribute(Value v,
                   const std::function<Value(Value)>& operation);  // over one value's alternatives
  Value make_choice(const ir::Expr* selector, std::vector<Value> alts);  // merges equal ones
  bool under_condition() const;  // some requests do not get here
  // Residual output, a part of the heap: each arm writes to its own version, and a
  // merge makes a Switch of what they added. Guards (a request that takes an arm
  // that passes) are written to the output that `guard_output` names; without one
  // they are refused.
  Output* new_output();
  void append(Output& output, ir::Stmt stmt);
  ir::Block contents(Output& output);
  Output* guard_output = nullptr;

  // ---- errors ----
  [[noreturn]] void throw_type_error(std::string_view message);
  [[noreturn]] void throw_range_error(std::string_view message);
  [[noreturn]] void refuse(std::string_view code, std::string message, std::string help = {});
  [[noreturn]] void pass(uint32_t reason);
  void warn(source::Diagnostic diagnostic);

  // The place being evaluated, for diagnostics: kept by the interpreter.
  source::Span here;
  std::vector<source::Label>
      component_trace;  // chain of components, outermost first; kept by the React stage

  // Spends evaluation fuel; refuses JX1501 when it runs out.
  void burn(uint32_t amount = 1);

  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::shared_ptr<ir::Pool> pool_;
  std::unique_ptr<Impl> impl_;
  Object* global_ = nullptr;
};

}  // namespace jsxdp::eval
