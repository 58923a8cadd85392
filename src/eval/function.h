// User functions, and the doors of what the object model meets but others own.
#pragma once

#include "eval/realm.h"
#include "syntax/ast.h"

namespace jsxdp::eval {

struct Module;
struct Context;

// A closure. Its name, length and prototype properties are made on first use.
struct UserFunction final : Object {
  UserFunction() : Object(Class::kFunction) {}
  const syntax::Function* code = nullptr;
  const source::File* file = nullptr;
  Scope* scope = nullptr;
  std::shared_ptr<Context> outer_context;  // of arrows: whose `this` they share
  Value this_value;
  Object* home = nullptr;  // for super
  Object* new_target = nullptr;
  Module* module = nullptr;
  // Class constructors.
  const syntax::Class* klass = nullptr;
  std::unique_ptr<std::vector<std::pair<const syntax::Property*, Value>>>
      fields;  // with computed keys
  UserFunction* field_owner = nullptr;
  Scope* class_scope = nullptr;
  bool is_class = false;
  bool is_method = false;
  Value name;
  bool materialised = false;

  bool is_constructor() const {
    return is_class || (code->form == syntax::Function::F::kNormal && !code->is_async &&
                        !code->is_generator && !is_method);
  }
  void materialise(Realm& realm, Key key);
  void materialise_all(Realm& realm);
  // new_target: null for a call; `this_value` absent for construct.
  Value call(Realm& realm, Value this_value, std::span<const Value> args, Object* new_target);
};

// A value in the user's terms, for messages.
std::string describe(Value v);
// Without the white space that String.prototype.trim removes.
std::u16string_view trim_view(std::u16string_view s);

// BigInt arithmetic (bigint.cpp).
bool bigint_truthy(const BigInt* b);
bool bigint_equal(const BigInt* a, const BigInt* b);
std::string bigint_text(const BigInt* b);
const BigInt* bigint_literal(Realm& realm, std::string_view text);
Value bigint_binary(Realm& realm, syntax::Op op, const BigInt* a, const BigInt* b);
int bigint_compare(const BigInt* a, const BigInt* b);
int bigint_compare_number(const BigInt* a, double b);  // b is not NaN
Value bigint_negate(Realm& realm, const BigInt* a, bool bitwise);
double bigint_number(const BigInt* a);

// Module namespaces (evaluate.cpp).
std::optional<Value> namespace_get(Realm& realm, Object* object, Key key);
std::vector<Key> namespace_keys(Realm& realm, Object* object);

// Proxies (builtins/reflect.cpp).
std::optional<Property> proxy_own(Realm& realm, Object* proxy, Key key);
Object* proxy_target(Object* proxy);
Value proxy_get(Realm& realm, Object* proxy, Key key, Value receiver);
void proxy_set(Realm& realm, Object* proxy, Key key, Value value, Value receiver);
bool proxy_has(Realm& realm, Object* proxy, Key key);
bool proxy_delete(Realm& realm, Object* proxy, Key key);
std::vector<Key> proxy_keys(Realm& realm, Object* proxy);
Value proxy_call(Realm& realm, Object* proxy, Value this_value, std::span<const Value> args);
Value proxy_construct(Realm& realm, Object* proxy, std::span<const Value> args, Object* new_target);

}  // namespace jsxdp::eval
