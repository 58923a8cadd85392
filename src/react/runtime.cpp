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

std::string argument(Realm& realm, Value v) {
  return v.is_string() ? realm.wtf8(v.as_string()) : "";
}

// Takes `key` out of the props, where a spread may have put it.
Value take_key(Realm& realm, Object*& props, Value key) {
  const eval::Key name = realm.key("key");
  if (!realm.has_own(props, name)) return key;
  const Value given = realm.get(Value::object(props), name);
  Object* rest = realm.new_object();
  for (const eval::Key& k : realm.own_keys(props)) {
    if (k != name) realm.define(rest, k, realm.get(Value::object(props), k), true);
  }
  props = rest;
  return key.is_null() && !given.is_undefined() ? realm.to_string(given) : key;
}

Value jsx_function(Realm& realm, const Call& call) {
  const Value config = realm.force(call.arg(1));
  if (!config.is_object())
    realm.throw_type_error("Cannot read properties of " + eval::describe(config));
  Object* props = config.as_object();
  Value key = call.args.size() > 2 && !realm.force(call.arg(2)).is_undefined()
                  ? realm.to_string(call.arg(2))
                  : Value::null();
  key = take_key(realm, props, key);
  return make_element(realm, call.arg(0), props, key);
}

Value evaluate_jsx(Realm& realm, Value type, Object* props, Value key, bool) {
  const Value text = key.is_absent() ? Value::null() : realm.distribute(key, [&](Value v) {
    return v.is_undefined() ? Value::null() : realm.to_string(v);
  });
  return realm.atomically([&] {
    Object* without = props;
    const Value taken = take_key(realm, without, text);
    return make_element(realm, type, without, taken);
  });
}

Object* compiler_module(Realm& realm) {
  Object* module = realm.new_object();
  realm.define_native(module, "jsx", 3, jsx_function);
  realm.define_native(module, "refuse", 2, [](Realm& r, const Call& c) -> Value {
    const std::string code = argument(r, c.arg(2));
    r.refuse(code.empty() ? "JX1305" : code, argument(r, c.arg(0)), argument(r, c.arg(1)));
  });
  realm.define_native(module, "pass", 0,
                      [](Realm& r, const Call&) -> Value { r.pass(JX_R_PROGRAM); });
  return module;
}

}  // namespace

Value make_element(Realm& realm, Value type, Object* props, Value key) {
  Object* element = realm.new_object();
  const Value ref = realm.has(props, realm.key("ref"))
                        ? realm.get(Value::object(props), realm.key("ref"))
                        : Value();
  realm.define(element, "$$typeof", Value::symbol(realm.symbol_for("react.transitional.element")),
               true);
  realm.define(element, "type", type, true);
  realm.define(element, "key", key, true);
  realm.define(
      element, "ref",
      realm.distribute(
          ref, [](Value v) { return v.is_undefined() || v.is_absent() ? Value::null() : v; }),
      true);
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
  for (const char* name : {"client", "profiling", "server", "server.browser", "server.node", "server.edge", "static", "test-utils"}) {
    graph.provide(std::string("react-dom/") + name, kReactDomClientSource);
  }
  graph.provide("jsxdp", kJsxdpSource);
  for (const char* name : {"assert", "async_hooks", "buffer", "child_process", "crypto", "events", "fs", "fs/promises", "http", "https",
                           "module", "net", "os", "path", "perf_hooks", "process", "querystring", "stream", "stream/web", "string_decoder",
                           "timers", "tls", "tty", "url", "util", "v8", "vm", "worker_threads", "zlib"}) {
    graph.provide(std::string("node:") + name, kNodeSource);
  }
}

}  // namespace jsxdp::react
