// The evaluator's heap. Whatever can change is a Cell, and what changes in it is
// its State. While a fork is open, the first write to a cell saves its state on
// the fork's trail, so that each arm runs on a version of the heap of its own
// and the versions are merged where control meets again.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "eval/value.h"

namespace jsxdp::eval {

class Realm;

// The mutable part of a cell. States of one cell are all of one dynamic type.
struct State {
  virtual ~State() = default;
  virtual State* clone() const = 0;
};

// A cell's state after a merge of arms that left it in shapes too different to
// merge member by member: one of several states, under a selector. Realm::state()
// resolves it, or makes the running operation fork.
struct ChoiceState final : State {
  const ir::Expr* selector = nullptr;
  std::vector<State*> alts;
  State* clone() const override { return new ChoiceState(*this); }
};

struct Cell {
  State* state = nullptr;  // owned by the realm, which frees all at its end
  uint32_t mark = 0;       // fork level at which `state` was last saved or the cell created
  uint64_t serial = 0;     // creation order
};

// ---- scopes ----

struct ScopeState final : State {
  std::vector<Value> slots;  // kAbsent: in its temporal dead zone
  State* clone() const override { return new ScopeState(*this); }
};

struct Scope : Cell {
  Scope* parent = nullptr;
};

// ---- output ----

// Statements written so far: a list that shares its beginning with older versions.
struct OutputNode {
  ir::Stmt stmt;
  const OutputNode* before;  // null: the first
  uint32_t length;           // of the list that ends here
};

struct OutputState final : State {
  const OutputNode* last = nullptr;
  State* clone() const override { return new OutputState(*this); }
};

struct Output : Cell {};

// ---- objects ----

struct Property {
  Key key;
  Value value;  // data property; kAbsent alternatives of a choice: not there in that case
  Object* getter = nullptr;  // accessor property
  Object* setter = nullptr;
  bool accessor = false;
  bool writable = true;
  bool enumerable = true;
  bool configurable = true;
};

// Own properties in order of creation (enumeration puts integer keys first).
class PropertyMap {
 public:
  Property* find(Key key);
  const Property* find(Key key) const;
  Property& add(Property property);  // the key must be new
  bool remove(Key key);
  const std::vector<Property>& entries() const { return entries_; }
  std::vector<Property>& entries() { return entries_; }

 private:
  std::vector<Property> entries_;
  std::unordered_map<Key, uint32_t, KeyHash> index_;  // kept once there are more than eight
};

enum class Class : uint8_t {
  kObject,
  kArray,
  kFunction,  // user, native, bound
  kError,
  kBoolean,  // boxed primitives
  kNumber,
  kString,
  kSymbol,
  kBigInt,
  kDate,
  kRegExp,
  kMap,
  kSet,
  kWeakMap,
  kWeakSet,
  kArguments,
  kIterator,  // built-in iterators and generators
  kPromise,
  kProxy,
  kTypedArray,
  kArrayBuffer,
  kNamespace,  // module namespace object
  kList,       // residual list: an array whose length only the request knows
  kHost,       // request, table and other objects of ours
};

struct ObjectState : State {
  Object* proto = nullptr;
  bool extensible = true;
  PropertyMap properties;
  State* clone() const override { return new ObjectState(*this); }
};

// Elements in order; kAbsent is a hole. A *conditional* array also has elements
// that are choices with a kAbsent alternative: in that case the element does not
// exist at all, and those behind it move up. Operations that do not know of this
// use Realm::elements(), which forks until presence is decided.
struct ArrayState final : ObjectState {
  std::vector<Value> elements;
  bool conditional = false;
  bool frozen = false;
  State* clone() const override { return new ArrayState(*this); }
};

// Insertion-ordered; for kMap, kSet (values unused), kWeakMap, kWeakSet. Deleted
// entries stay as kAbsent keys, so that live iterators keep their place.
struct CollectionState final : ObjectState {
  std::vector<std::pair<Value, Value>> entries;
  size_t size = 0;
  State* clone() const override { return new CollectionState(*this); }
};

// kBoolean, kNumber, kString, kSymbol, kBigInt (value), kDate (time value in
// `value`), and others with one internal value.
struct BoxState final : ObjectState {
  Value value;
  State* clone() const override { return new BoxState(*this); }
};

class Object : public Cell {
 public:
  explicit Object(Class c) : class_(c) {}
  virtual ~Object() = default;
  Class object_class() const { return class_; }
  bool callable() const { return class_ == Class::kFunction || proxy_callable; }
  bool proxy_callable = false;

 private:
  Class class_;
};

}  // namespace jsxdp::eval
