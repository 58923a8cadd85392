#include "react/compile.h"

#include "eval/evaluate.h"
#include "eval/function.h"
#include "eval/realm_impl.h"
#include "react/props.h"
#include "react/renderer.h"
#include "react/runtime.h"

namespace jsxdp::react {

namespace {

// Everything that diagnostics and programs point into.
struct Session {
  std::shared_ptr<ir::Pool> pool = std::make_shared<ir::Pool>();
  modules::Graph graph{modules::disk()};
  eval::Realm realm{pool};
  eval::Evaluator evaluator{realm, graph};
};

std::optional<std::string> string_export(eval::Realm& realm, eval::Object* module, const char* name) {
  const eval::Value v = realm.get(module, name);
  if (!v.is_string()) return std::nullopt;
  return realm.wtf8(v.as_string());
}

// `export const headers`: names and values, constant.
void add_headers(eval::Realm& realm, eval::Object* module, ir::Respond& respond) {
  bool typed = false;
  const eval::Value headers = realm.get(module, "headers");
  if (headers.is_object()) {
    for (const eval::Key& k : realm.own_keys(headers.as_object())) {
      if (k.is_symbol()) continue;
      std::string name = realm.wtf8(k.string());
      for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      typed = typed || name == "content-type";
      const eval::Value value = realm.known(realm.get(headers, k), "a header's value");
      respond.headers.push_back({name, realm.str_expr(realm.to_string(value))});
    }
  }
  if (!typed) respond.headers.insert(respond.headers.begin(), {"content-type", realm.pool().string("text/html; charset=utf-8")});
}

}  // namespace

std::expected<Compiled, Refusal> compile(const std::string& path, const Options& options) {
  auto session = std::make_shared<Session>();
  eval::Realm& realm = session->realm;
  eval::install_builtins(realm);
  install_runtime(realm, session->evaluator, session->graph);
  const auto refused = [&](source::Diagnostics d) { return std::unexpected(Refusal{std::move(d), session}); };

  const auto react = session->evaluator.evaluate("jsxdp:react.cjs");
  if (!react) return refused(react.error());
  const auto module = session->evaluator.evaluate(path);
  if (!module) return refused(module.error());

  Compiled out;
  out.keep = session;
  out.program.pool = session->pool;
  ir::Respond respond;
  const auto result = session->evaluator.run([&] {
    const eval::Value component = realm.get(*module, options.export_name);
    if (!component.is_object()) {
      const auto loaded = session->graph.load(path);
      if (loaded) realm.here = {(*loaded)->file.get(), 0, 0};
      realm.refuse("JX1300", "this module exports no component as `" + options.export_name + "`",
                   options.export_name == "default" ? "write `export default function Card(props) { ... }`, or name another with --export"
                                                    : "see what the module exports");
    }
    out.program.route = string_export(realm, *module, "route").value_or("");
    const auto shape = props_of(realm, session->graph, component, options.hints);
    eval::Object* props = make_props(realm, shape, out.program.inputs);
    Renderer renderer(realm, *react);
    respond.body = renderer.render(make_element(realm, component, props, eval::Value::null()));
    add_headers(realm, *module, respond);
    return eval::Value();
  });
  if (!result) return refused(result.error());
  out.program.body.push_back({std::move(respond), {}});
  out.program.name = "render_0";
  out.warnings = realm.impl().warnings;
  ir::optimise(out.program);
  if (const auto at = ir::pass_volatile(out.program)) {
    source::Diagnostic diagnostic;
    diagnostic.code = "JX1207";
    diagnostic.message = "this depends on the current time or on chance, and differs from render to render";
    diagnostic.primary = *at;
    diagnostic.help = "pass the value in as a prop";
    return refused({std::move(diagnostic)});
  }
  ir::optimise(out.program);
  return out;
}

}  // namespace jsxdp::react
