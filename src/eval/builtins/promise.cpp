// Promise, as far as a synchronous render can tell: objects of that kind exist,
// and what waits for them never runs, since a render has ended by then.
#include "eval/builtins/builtins.h"

namespace jsxdp::eval::builtins {
namespace {

Object* pending(Realm& realm, Object* proto) {
  auto* state = new ObjectState;
  state->proto = proto;
  return realm.adopt_object(new Object(Class::kPromise), state);
}

Value constructor(Realm& realm, const Call& call) {
  if (!call.new_target) realm.throw_type_error("Promise constructor cannot be invoked without 'new'");
  if (!realm.callable(realm.force(call.arg(0)))) realm.throw_type_error("Promise resolver is not a function");
  Object* out = pending(realm, prototype_for(realm, call, "Promise"));
  const auto settle = [](Realm&, const Call&) { return Value(); };
  try {
    realm.call(call.arg(0), {}, {Value::object(realm.new_native("resolve", 1, settle)), Value::object(realm.new_native("reject", 1, settle))});
  } catch (const Throw&) {  // rejects, which nobody can see
  }
  return Value::object(out);
}

Value chained(Realm& realm, const Call&) { return Value::object(pending(realm, realm.intrinsic("Promise"))); }

}  // namespace

void install_promise(Realm& realm) {
  Object* prototype = realm.new_object();
  NativeFunction* promise = make_constructor(realm, "Promise", 1, constructor, prototype);
  realm.define(prototype, Key(realm.well_known("toStringTag")), realm.string("Promise"), false);
  for (const char* name : {"then", "catch", "finally"}) realm.define_native(prototype, name, 1, chained);
  for (const char* name : {"resolve", "reject", "all", "race", "allSettled", "any"}) realm.define_native(promise, name, 1, chained);
}

}  // namespace jsxdp::eval::builtins
