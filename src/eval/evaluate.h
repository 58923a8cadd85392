// The evaluator's door: runs modules, and functions from them.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>

#include "eval/realm.h"
#include "modules/graph.h"
#include "source/source.h"

namespace jsxdp::eval {

// Makes the exports object of a module that we provide ("react", "jsxdp", ...).
using NativeModule = std::function<Object*(Realm&)>;

// Installs every ECMAScript built-in (eval/builtins/).
void install_builtins(Realm& realm);

class Evaluator {
 public:
  Evaluator(Realm& realm, modules::Graph& graph);
  ~Evaluator();

  void provide(std::string specifier, NativeModule module);

  // Evaluates the module file and what it imports, once; answers its namespace object.
  std::expected<Object*, source::Diagnostics> evaluate(const std::string& path);

  // Runs `body` (calls into user code, renders, ...) and answers its value, or why
  // it was refused; a JavaScript exception becomes a diagnostic. What it changes in
  // the modules' heap is undone afterwards, so that no render sees another's.
  std::expected<Value, source::Diagnostics> run(const std::function<Value()>& body);

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace jsxdp::eval
