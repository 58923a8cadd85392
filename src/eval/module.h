// Evaluated modules. Internal to eval/.
#pragma once

#include <string>
#include <vector>

#include "eval/function.h"
#include "syntax/ast.h"

namespace jsxdp::eval {

struct Module {
  enum class S : uint8_t { kNew, kLinking, kEvaluating, kDone } status = S::kNew;
  std::string path;
  syntax::Program* program = nullptr;
  Scope* scope = nullptr;
  Value default_export = Value::absent();
  Object* namespace_object = nullptr;
  // CommonJS, JSON and native modules: what `module.exports` is.
  bool common = false;
  Object* exports_holder = nullptr;  // the `module` object
  // Exports by name: a slot of a scope, or the default expression, or another
  // module's export.
  struct Export {
    std::u16string name;
    int32_t slot = -1;
    bool is_default_value = false;
    Module* from = nullptr;
    std::u16string imported;  // "*": the namespace
  };
  std::vector<Export> exports;
  std::vector<Module*> star_exports;
  // What imports stand for: by slot of the module's scope.
  struct Binding {
    Module* from = nullptr;
    std::u16string imported;
  };
  std::vector<Binding> bindings;  // by slot; from null: an own variable
};

// The value of an export; nothing if there is none. Follows re-exports.
std::optional<Value> export_value(Realm& realm, Module& module, const std::u16string& name);

}  // namespace jsxdp::eval
