#include "react/runtime.h"

#include "eval/interpreter.h"
#include "kernel/frame.h"
#include "react/prelude.h"

namespace jsxdp::react {

using eval::Call;
using eval::Object;
using eval::Realm;
using eval::Value;

namespace {

std::string argument(Realm& realm, Value v) { return v.is_string() ? realm.wtf8(v.as_string()) : ""; }

Value jsx_function(Realm& realm, const Call& call) {
  const Value config = realm.force(call.arg(1));
  if (!config.is_object()) realm.throw_type_error("Cannot read properties of " + eval::describe(config));
  Object* props = config.as_object();
  Value key = call.args.size() > 2 && !realm.force(call.arg(2)).is_undefined() ? realm.to_string(call.arg(2)) : Value::null();
  const eval::Key name = realm.key("key");
  if (realm.has(props, name)) {
    const Value given = realm.get(config, name);
    if (!given.is_undefined()) key = realm.to_string(given);
    Object* rest = realm.new_object();
    for (const eval::Key& k : realm.own_keys(props)) {
      if (k == name) continue;
      realm.define(rest, k, realm.get(config, k), true);
    }
    props = rest;
  }
  return make_element(realm, call.arg(0), props, key);
}

Value evaluate_jsx(Realm& realm, Value type, Object* props, Value key, bool key_after_spread) {
  (void)key_after_spread;
  if (!key.is_absent()) {
    const Value text = realm.distribute(key, [&](Value v) { return v.is_undefined() ? Value::null() : realm.to_string(v); });
    return make_element(realm, type, props, text);
  }
  return make_element(realm, type, props, Value::null());
}

Object* compiler_module(Realm& realm) {
  Object* module = realm.new_object();
  realm.define_native(module, "jsx", 3, jsx_function);
  realm.define_native(module, "refuse", 2, [](Realm& r, const Call& c) -> Value {
    r.refuse("JX1305", argument(r, c.arg(0)), argument(r, c.arg(1)));
  });
  realm.define_native(module, "pass", 0, [](Realm& r, const Call&) -> Value { r.pass(JX_R_PROGRAM); });
  return module;
}

}  // namespace

Value make_element(Realm& realm, Value type, Object* props, Value key) {
  Object* element = realm.new_object();
  const Value ref = realm.has(props, realm.key("ref")) ? realm.get(Value::object(props), realm.key("ref")) : Value();
  realm.define(element, "$$typeof", Value::symbol(realm.symbol_for("react.transitional.element")), true);
  realm.define(element, "type", type, true);
  realm.define(element, "key", key, true);
  realm.define(element, "ref", realm.distribute(ref, [](Value v) { return v.is_undefined() || v.is_absent() ? Value::null() : v; }), true);
  realm.define(element, "props", Value::object(props), true);
  return Value::object(element);
}

void install_runtime(Realm& realm, eval::Evaluator& evaluator, modules::Graph& graph) {
  (void)realm;
  eval::jsx_hook() = evaluate_jsx;
  evaluator.provide("jsxdp:compiler", compiler_module);
  graph.provide("react", kReactSource);
  graph.provide("react/jsx-runtime", kJsxRuntimeSource);
  graph.provide("react/jsx-dev-runtime", kJsxRuntimeSource);
  graph.provide("react-dom", kReactDomSource);
  graph.provide("jsxdp", kJsxdpSource);
}

}  // namespace jsxdp::react
