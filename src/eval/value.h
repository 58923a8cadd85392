// The values of the partial evaluator. A value is known (any JavaScript value),
// unknown (a residual IR expression of type bool, number or string), or a choice
// between values under a residual selector.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/ir.h"

namespace jsxdp::eval {

class Object;
struct Choice;

// An immutable JavaScript string: UTF-16 code units, perhaps ill-formed.
// Allocated in the realm's arena, never freed before the realm is.
struct Str {
  std::u16string text;
  mutable const Str* atom =
      nullptr;  // the interned twin once it was asked for (own address if interned)
};

struct Symbol {
  const Str* description;   // null: none
  bool registered = false;  // Symbol.for
  bool is_private = false;  // a class's #name
};

struct BigInt;  // arbitrary precision; see bigint.h

enum class Tag : uint8_t {
  kUndefined,
  kNull,
  kBool,
  kNumber,
  kString,
  kSymbol,
  kBigInt,
  kObject,
  kUnknown,  // ir::Expr of type kBool, kNum or kStr
  kChoice,
  kAbsent,  // internal, never seen by the program: array hole; absent property or element
};

class Value {
 public:
  constexpr Value() = default;  // undefined
  static constexpr Value undefined() { return {}; }
  static constexpr Value null() { return Value(Tag::kNull); }
  static constexpr Value absent() { return Value(Tag::kAbsent); }
  static constexpr Value boolean(bool b) {
    Value v(Tag::kBool);
    v.bool_ = b;
    return v;
  }
  static constexpr Value number(double n) {
    Value v(Tag::kNumber);
    v.number_ = n;
    return v;
  }
  static constexpr Value string(const Str* s) {
    Value v(Tag::kString);
    v.string_ = s;
    return v;
  }
  static constexpr Value symbol(const Symbol* s) {
    Value v(Tag::kSymbol);
    v.symbol_ = s;
    return v;
  }
  static constexpr Value bigint(const BigInt* b) {
    Value v(Tag::kBigInt);
    v.bigint_ = b;
    return v;
  }
  static constexpr Value object(Object* o) {
    Value v(Tag::kObject);
    v.object_ = o;
    return v;
  }
  static constexpr Value unknown(const ir::Expr* e) {
    Value v(Tag::kUnknown);
    v.unknown_ = e;
    return v;
  }
  static constexpr Value choice(const Choice* c) {
    Value v(Tag::kChoice);
    v.choice_ = c;
    return v;
  }

  constexpr Tag tag() const { return tag_; }
  constexpr bool is(Tag t) const { return tag_ == t; }
  constexpr bool is_undefined() const { return tag_ == Tag::kUndefined; }
  constexpr bool is_null() const { return tag_ == Tag::kNull; }
  constexpr bool is_nullish() const { return tag_ <= Tag::kNull; }
  constexpr bool is_object() const { return tag_ == Tag::kObject; }
  constexpr bool is_string() const { return tag_ == Tag::kString; }
  constexpr bool is_number() const { return tag_ == Tag::kNumber; }
  constexpr bool is_unknown() const { return tag_ == Tag::kUnknown; }
  constexpr bool is_choice() const { return tag_ == Tag::kChoice; }
  constexpr bool is_absent() const { return tag_ == Tag::kAbsent; }
  constexpr bool is_known() const { return tag_ < Tag::kUnknown; }

  constexpr bool as_bool() const { return bool_; }
  constexpr double as_number() const { return number_; }
  constexpr const Str* as_string() const { return string_; }
  constexpr const Symbol* as_symbol() const { return symbol_; }
  constexpr const BigInt* as_bigint() const { return bigint_; }
  constexpr Object* as_object() const { return object_; }
  constexpr const ir::Expr* as_unknown() const { return unknown_; }
  constexpr const Choice* as_choice() const { return choice_; }

 private:
  constexpr explicit Value(Tag t) : tag_(t) {}
  Tag tag_ = Tag::kUndefined;
  union {
    bool bool_;
    double number_;
    const Str* string_;
    const Symbol* symbol_;
    const BigInt* bigint_;
    Object* object_;
    const ir::Expr* unknown_;
    const Choice* choice_;
    uint64_t bits_ = 0;
  };
};

// Alternatives under a residual selector. kBool selector: alts[0] where it is
// false, alts[1] where true; kIndex selector: by value, the last one for whatever
// is beyond. Alternatives may be choices themselves, on other selectors.
struct Choice {
  const ir::Expr* selector;
  std::vector<Value> alts;
};

// Whether one of the value's alternatives is kAbsent.
bool may_be_absent(Value v);

// A property key: an interned string, or a symbol. Array indexes are interned
// strings here as well; arrays have a fast path of their own.
class Key {
 public:
  constexpr Key() = default;
  constexpr explicit Key(const Str* interned) : string_(interned) {}
  constexpr explicit Key(const Symbol* symbol) : symbol_(symbol) {}
  constexpr bool is_symbol() const { return symbol_ != nullptr; }
  constexpr const Str* string() const { return string_; }
  constexpr const Symbol* symbol() const { return symbol_; }
  constexpr bool operator==(const Key&) const = default;

 private:
  const Str* string_ = nullptr;
  const Symbol* symbol_ = nullptr;
};

struct KeyHash {
  size_t operator()(const Key& k) const {
    return k.is_symbol() ? std::hash<const void*>()(k.symbol())
                         : std::hash<const void*>()(k.string());
  }
};

}  // namespace jsxdp::eval
