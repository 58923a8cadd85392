// Modules: linking, evaluation, live bindings (ECMA-262 section 16.2, and
// CommonJS as Node.js does it).
#include "eval/evaluate.h"

#include <algorithm>
#include <map>

#include "eval/interpreter.h"
#include "eval/module.h"
#include "eval/scope.h"
#include "syntax/literal.h"

namespace jsxdp::eval {

using syntax::as;

struct Evaluator::Impl {
  Realm& realm;
  modules::Graph& graph;
  std::map<std::string, std::unique_ptr<Module>> modules;
  std::map<std::string, NativeModule> natives;

  Module* native(const std::string& specifier);
  Module* find(const std::string& specifier, const Module& from, bool require, source::Span at);
  Module* load(const std::string& path, source::Span at);
  void link(Module& module);
  void evaluate(Module& module);
  void evaluate_common(Module& module);
  Object* namespace_of(Module& module);
};

namespace {

struct NamespaceObject final : Object {
  NamespaceObject() : Object(Class::kNamespace) {}
  Module* module = nullptr;
};

// `require` of one module.
struct RequireState {
  Evaluator::Impl* impl;
  Module* module;
};

std::unordered_map<const Realm*, Evaluator::Impl*>& evaluators() {
  static std::unordered_map<const Realm*, Evaluator::Impl*> map;
  return map;
}

Value exports_of(Realm& realm, Module& module) {
  return realm.get(module.exports_holder, "exports");
}

}  // namespace

std::optional<Value> export_value(Realm& realm, Module& module, const std::u16string& name) {
  Evaluator::Impl* impl = evaluators().at(&realm);
  if (module.status == Module::S::kNew || module.status == Module::S::kLinking)
    impl->evaluate(module);
  if (name == u"*") return Value::object(impl->namespace_of(module));
  if (module.common) {
    const Value exports = exports_of(realm, module);
    if (!exports.is_object()) return name == u"default" ? std::optional(exports) : std::nullopt;
    const Key k = realm.key(realm.str(name));
    if (name == u"default") {
      // As bundlers and Babel's interop do it: a transpiled ES module says so.
      const bool transpiled = realm.truthy(realm.get(exports, realm.key("__esModule")));
      if (transpiled && realm.has(exports.as_object(), k)) return realm.get(exports, k);
      return exports;
    }
    if (!realm.has(exports.as_object(), k)) return std::nullopt;
    return realm.get(exports, k);
  }
  for (const Module::Export& e : module.exports) {
    if (e.name != name) continue;
    if (e.from) return export_value(realm, *e.from, e.imported);
    if (e.is_default_value) {
      if (module.default_export.is_absent()) {
        throw Throw{Value::object(
            realm.new_error("ReferenceError", "Cannot access 'default' before initialization"))};
      }
      return module.default_export;
    }
    const auto slot = static_cast<size_t>(e.slot);
    if (slot < module.bindings.size() && module.bindings[slot].from) {
      return export_value(realm, *module.bindings[slot].from, module.bindings[slot].imported);
    }
    const Value v = realm.state_as<ScopeState>(*module.scope).slots[slot];
    if (v.is_absent()) {
      throw Throw{Value::object(
          realm.new_error("ReferenceError", "Cannot access an export before initialization"))};
    }
    return v;
  }
  if (name == u"default") return std::nullopt;
  for (Module* star : module.star_exports) {
    if (auto found = export_value(realm, *star, name)) return found;
  }
  return std::nullopt;
}

std::optional<Value> namespace_get(Realm& realm, Object* object, Key key) {
  if (key.is_symbol()) {
    if (key.symbol() == realm.well_known("toStringTag")) return realm.string("Module");
    return std::nullopt;
  }
  return export_value(realm, *static_cast<NamespaceObject*>(object)->module, key.string()->text);
}

namespace {

void collect_names(Realm& realm, Module& module, std::vector<std::u16string>& names,
                   std::vector<Module*>& seen) {
  if (std::ranges::find(seen, &module) != seen.end()) return;
  seen.push_back(&module);
  if (module.common) {
    const Value exports = exports_of(realm, module);
    if (!exports.is_object()) return;
    for (const Key& k : realm.own_keys(exports.as_object())) {
      if (!k.is_symbol()) names.push_back(k.string()->text);
    }
    return;
  }
  for (const auto& e : module.exports) names.push_back(e.name);
  for (Module* star : module.star_exports) {
    std::vector<std::u16string> inner;
    collect_names(realm, *star, inner, seen);
    for (auto& name : inner) {
      if (name != u"default") names.push_back(std::move(name));
    }
  }
}

}  // namespace

std::vector<Key> namespace_keys(Realm& realm, Object* object) {
  Module& module = *static_cast<NamespaceObject*>(object)->module;
  std::vector<std::u16string> names;
  std::vector<Module*> seen;
  collect_names(realm, module, names, seen);
  if (module.common && std::ranges::find(names, u"default") == names.end())
    names.push_back(u"default");
  std::ranges::sort(names);
  const auto [first, last] = std::ranges::unique(names);
  names.erase(first, last);
  std::vector<Key> out;
  for (const auto& name : names) out.push_back(realm.key(realm.str(name)));
  return out;
}

Object* Evaluator::Impl::namespace_of(Module& module) {
  if (!module.namespace_object) {
    auto* object = new NamespaceObject;
    object->module = &module;
    auto* state = new ObjectState;
    state->extensible = false;
    module.namespace_object = realm.adopt_object(object, state);
  }
  return module.namespace_object;
}

Module* Evaluator::Impl::native(const std::string& specifier) {
  const auto found = natives.find(specifier);
  if (found == natives.end()) return nullptr;
  auto& module = modules["native:" + specifier];
  if (!module) {
    module = std::make_unique<Module>();
    module->path = specifier;
    module->common = true;
    module->status = Module::S::kDone;
    module->exports_holder = realm.new_object();
    realm.set(module->exports_holder, "exports", Value::object(found->second(realm)));
  }
  return module.get();
}

Module* Evaluator::Impl::find(const std::string& specifier, const Module& from, bool require,
                              source::Span at) {
  realm.here = at;
  if (Module* provided = native(specifier)) return provided;
  auto path = graph.resolve(specifier, from.path, require);
  if (!path && !specifier.starts_with("node:")) {
    // A module of Node.js by its bare name, where no package has it.
    if (auto own = graph.resolve("node:" + specifier, from.path, require)) path = std::move(own);
  }
  if (!path) {
    source::Diagnostic diagnostic = path.error();
    if (specifier.starts_with("node:")) {
      diagnostic.code = "JX1103";
      diagnostic.message =
          "`" + specifier + "` is a module of Node.js, which does not exist in the kernel";
    }
    diagnostic.primary = at;
    throw Refused{std::move(diagnostic)};
  }
  return load(*path, at);
}

Module* Evaluator::Impl::load(const std::string& path, source::Span at) {
  auto& module = modules[path];
  if (module) return module.get();
  auto loaded = graph.load(path);
  if (!loaded) {
    source::Diagnostic first = loaded.error().front();
    for (size_t i = 1; i < loaded.error().size(); ++i)
      realm.impl().warnings.push_back(loaded.error()[i]);
    throw Refused{std::move(first)};
  }
  module = std::make_unique<Module>();
  module->path = path;
  switch ((*loaded)->kind) {
    case modules::Kind::kEsm:
    case modules::Kind::kCommonJs:
      module->program = (*loaded)->program.get();
      module->common = (*loaded)->kind == modules::Kind::kCommonJs;
      break;
    case modules::Kind::kJson: {
      module->common = true;
      module->exports_holder = realm.new_object();
      const Value json = realm.get(realm.global(), "JSON");
      const Value text = realm.string((*loaded)->file->text());
      realm.set(module->exports_holder, "exports",
                realm.call(realm.get(json, realm.key("parse")), json, {text}));
      module->status = Module::S::kDone;
      break;
    }
    case modules::Kind::kStyle:
      module->common = true;
      module->exports_holder = realm.new_object();
      realm.set(module->exports_holder, "exports", Value::object(realm.new_object()));
      module->status = Module::S::kDone;
      break;
    case modules::Kind::kAsset: {
      modules.erase(path);
      source::Diagnostic diagnostic;
      diagnostic.code = "JX1104";
      diagnostic.message = "only a bundler knows what importing `" + path + "` gives";
      diagnostic.help = "write the URL or class name as a string";
      diagnostic.primary = at;
      throw Refused{std::move(diagnostic)};
    }
  }
  return module.get();
}

void Evaluator::Impl::link(Module& module) {
  if (module.status != Module::S::kNew) return;
  module.status = Module::S::kLinking;
  syntax::Program& program = *module.program;
  source::Diagnostics early = resolve_scopes(program);
  if (!early.empty()) throw Refused{early.front()};
  if (module.common) return;
  const auto file = program.file.get();
  const auto names = [&](const std::u16string* name) {
    const auto& all = program.scope.names;
    return static_cast<int32_t>(std::ranges::find(all, name) - all.begin());
  };
  module.bindings.resize(program.scope.names.size());
  const auto text = [](syntax::Atom name) { return std::string(name->begin(), name->end()); };
  const auto export_declared = [&](const syntax::Node* declaration) {
    const std::function<void(const syntax::Node*)> each = [&](const syntax::Node* p) {
      if (!p) return;
      switch (p->kind) {
        case syntax::Kind::kIdentifier: {
          const auto name = as<syntax::Identifier>(p)->name;
          module.exports.push_back({*name, names(name), false, nullptr, {}});
          break;
        }
        case syntax::Kind::kAssignmentPattern:
          each(as<syntax::AssignmentPattern>(p)->target);
          break;
        case syntax::Kind::kRestElement:
          each(as<syntax::RestElement>(p)->target);
          break;
        case syntax::Kind::kArrayPattern:
          for (const auto* e : as<syntax::ArrayPattern>(p)->elements) each(e);
          break;
        case syntax::Kind::kObjectPattern:
          for (const auto& q : as<syntax::ObjectPattern>(p)->properties) each(q.value);
          break;
        default:
          break;
      }
    };
    switch (declaration->kind) {
      case syntax::Kind::kVariable:
        for (const auto& d : as<syntax::Variable>(declaration)->declarators) each(d.target);
        break;
      case syntax::Kind::kFunctionDeclaration:
        each(as<syntax::FunctionDeclaration>(declaration)->function->id);
        break;
      case syntax::Kind::kClassDeclaration:
        each(as<syntax::ClassDeclaration>(declaration)->klass->id);
        break;
      case syntax::Kind::kEnum:
        each(as<syntax::Enum>(declaration)->id);
        break;
      default:
        break;
    }
  };
  for (const syntax::Node* node : program.body) {
    const source::Span at{file, node->begin, node->end};
    switch (node->kind) {
      case syntax::Kind::kImport: {
        const auto* i = as<syntax::Import>(node);
        Module* from = find(text(i->source), module, false, at);
        for (const auto& s : i->specifiers) {
          module.bindings[static_cast<size_t>(s.local->slot)] = {from,
                                                                 s.imported ? *s.imported : u"*"};
        }
        break;
      }
      case syntax::Kind::kExportAll: {
        const auto* e = as<syntax::ExportAll>(node);
        Module* from = find(text(e->source), module, false, at);
        if (e->exported) {
          module.exports.push_back({*e->exported, -1, false, from, u"*"});
        } else {
          module.star_exports.push_back(from);
        }
        break;
      }
      case syntax::Kind::kExportNamed: {
        const auto* e = as<syntax::ExportNamed>(node);
        if (e->declaration) export_declared(e->declaration);
        Module* from = e->source ? find(text(e->source), module, false, at) : nullptr;
        for (const auto& s : e->specifiers) {
          if (from) {
            module.exports.push_back({*s.exported, -1, false, from, *s.local});
          } else if (s.reference && s.reference->hops == 0) {
            module.exports.push_back({*s.exported, s.reference->slot, false, nullptr, {}});
          }
        }
        break;
      }
      case syntax::Kind::kExportDefault: {
        const syntax::Node* d = as<syntax::ExportDefault>(node)->declaration;
        int32_t slot = -1;
        if (d->kind == syntax::Kind::kFunctionDeclaration &&
            as<syntax::FunctionDeclaration>(d)->function->id) {
          slot = as<syntax::FunctionDeclaration>(d)->function->id->slot;
        } else if (d->kind == syntax::Kind::kClassDeclaration &&
                   as<syntax::ClassDeclaration>(d)->klass->id) {
          slot = names(as<syntax::ClassDeclaration>(d)->klass->id->name);
        } else if (d->kind == syntax::Kind::kEnum) {
          slot = names(as<syntax::Enum>(d)->id->name);
        }
        module.exports.push_back({u"default", slot, slot < 0, nullptr, {}});
        break;
      }
      default:
        break;
    }
  }
}

void Evaluator::Impl::evaluate(Module& module) {
  if (module.status == Module::S::kEvaluating || module.status == Module::S::kDone) return;
  const source::Span here = realm.here;
  link(module);
  if (module.common) {
    evaluate_common(module);
    realm.here = here;
    return;
  }
  module.status = Module::S::kEvaluating;
  syntax::Program& program = *module.program;
  module.scope = realm.new_scope(nullptr, program.scope.names.size());
  {
    auto& slots = realm.write_as<ScopeState>(*module.scope).slots;
    for (size_t i = 0; i < slots.size(); ++i) {
      if (!program.scope.lexical[i]) slots[i] = Value::undefined();
    }
  }
  Context context{};
  context.scope = module.scope;
  context.module = &module;
  context.file = program.file.get();
  Interpreter interpreter(realm, context);
  interpreter.hoist(program.hoisted);
  // Modules without side effects are evaluated when something of theirs is used.
  for (const auto& binding : module.bindings) {
    if (binding.from && !graph.pure(binding.from->path)) evaluate(*binding.from);
  }
  for (const auto& e : module.exports) {
    if (e.from && !graph.pure(e.from->path)) evaluate(*e.from);
  }
  for (Module* star : module.star_exports) {
    if (!graph.pure(star->path)) {
      evaluate(*star);
    } else {
      link(*star);
    }
  }
  for (const syntax::Node* node : program.body) {
    if (node->kind == syntax::Kind::kImport && as<syntax::Import>(node)->specifiers.empty()) {
      const auto source = as<syntax::Import>(node)->source;
      evaluate(*find(std::string(source->begin(), source->end()), module, false, realm.here));
    }
  }
  interpreter.run(program.body);
  module.status = Module::S::kDone;
  realm.here = here;
}

namespace {

Value require_native(Realm& realm, const Call& call) {
  auto* impl = evaluators().at(&realm);
  const Str* path = realm.known_string(
      realm.get(static_cast<NativeFunction*>(call.callee)->data, realm.key("path")), "the path");
  Module from;
  from.path = realm.wtf8(path);
  const std::string specifier = realm.wtf8(realm.known_string(call.arg(0), "the module's name"));
  const source::Span here = realm.here;
  Module* module = impl->find(specifier, from, true, here);
  impl->evaluate(*module);
  realm.here = here;
  if (module->common) return exports_of(realm, *module);
  // An ES module, required: its namespace, marked as transpilers expect.
  Object* copy = realm.new_object();
  for (const Key& k : namespace_keys(realm, impl->namespace_of(*module))) {
    realm.define(copy, k, *export_value(realm, *module, k.string()->text), true);
  }
  realm.define(copy, "__esModule", Value::boolean(true));
  return Value::object(copy);
}

}  // namespace

void Evaluator::Impl::evaluate_common(Module& module) {
  module.status = Module::S::kEvaluating;
  syntax::Program& program = *module.program;
  Object* holder = module.exports_holder = realm.new_object();
  Object* exports = realm.new_object();
  realm.set(holder, "exports", Value::object(exports));
  realm.set(holder, "id", realm.string(module.path));
  Object* info = realm.new_object();
  realm.set(info, "path", realm.string(module.path));
  Object* require = realm.new_native("require", 1, require_native, Value::object(info));
  // The module's five variables, in a scope around its own.
  module.scope = realm.new_scope(nullptr, program.scope.names.size());
  auto& slots = realm.write_as<ScopeState>(*module.scope).slots;
  for (size_t i = 0; i < slots.size(); ++i) {
    const std::u16string& name = *program.scope.names[i];
    if (!program.scope.lexical[i]) slots[i] = Value::undefined();
    if (name == u"exports") slots[i] = Value::object(exports);
    if (name == u"module") slots[i] = Value::object(holder);
    if (name == u"require") slots[i] = Value::object(require);
    if (name == u"__filename") slots[i] = realm.string(module.path);
    if (name == u"__dirname")
      slots[i] = realm.string(std::filesystem::path(module.path).parent_path().string());
  }
  auto context = std::make_shared<Context>();
  context->scope = module.scope;
  context->module = &module;
  context->file = program.file.get();
  context->this_value = Value::object(exports);
  context->heap = context;
  Interpreter interpreter(realm, *context);
  interpreter.hoist(program.hoisted);
  interpreter.run(program.body);
  module.status = Module::S::kDone;
}

Evaluator::Evaluator(Realm& realm, modules::Graph& graph) : impl_(new Impl{realm, graph, {}, {}}) {
  evaluators()[&realm] = impl_.get();
}

Evaluator::~Evaluator() {
  evaluators().erase(&impl_->realm);
}

void Evaluator::provide(std::string specifier, NativeModule module) {
  impl_->natives[std::move(specifier)] = std::move(module);
}

namespace {

source::Diagnostic uncaught(Realm& realm, Value error) {
  source::Diagnostic diagnostic;
  diagnostic.code = "JX1202";
  std::string text = describe(error);
  try {
    if (error.is_object()) {
      const Value name = realm.get(error, realm.key("name")),
                  message = realm.get(error, realm.key("message"));
      text = realm.wtf8(realm.known_string(name, "name")) + ": " +
             realm.wtf8(realm.known_string(message, "message"));
    }
  } catch (...) {  // the error object itself throws, or depends on the request
    text = "an error";
  }
  diagnostic.message = "this throws, whatever the request is: " + text;
  diagnostic.primary = realm.here;
  diagnostic.trace.assign(realm.component_trace.rbegin(), realm.component_trace.rend());
  return diagnostic;
}

template <class F>
auto guarded(Realm& realm, const F& body) -> std::expected<decltype(body()), source::Diagnostics> {
  try {
    return body();
  } catch (const Throw& thrown) {
    return std::unexpected(source::Diagnostics{uncaught(realm, thrown.value)});
  } catch (const Refused& refused) {
    source::Diagnostics all{refused.diagnostic};
    if (refused.diagnostic.code.starts_with("JX10")) {
      for (const auto& d : realm.impl().warnings) {
        if (d.severity == source::Severity::kError) all.push_back(d);
      }
    }
    return std::unexpected(std::move(all));
  } catch (const NeedFork&) {
    source::Diagnostic diagnostic;
    diagnostic.code = "JX1204";
    diagnostic.message = "this depends on the request in a way that is not supported here";
    diagnostic.primary = realm.here;
    return std::unexpected(source::Diagnostics{std::move(diagnostic)});
  } catch (const ArmPasses& passes) {
    source::Diagnostic diagnostic;
    diagnostic.code = "JX1203";
    diagnostic.message = "every request would be passed to the server here";
    diagnostic.primary = passes.span;
    return std::unexpected(source::Diagnostics{std::move(diagnostic)});
  }
}

}  // namespace

std::expected<Object*, source::Diagnostics> Evaluator::evaluate(const std::string& path) {
  Realm& realm = impl_->realm;
  realm.impl().fuel = kFuel;
  return guarded(realm, [&] {
    Module* module = impl_->load(path, {});
    impl_->evaluate(*module);
    return impl_->namespace_of(*module);
  });
}

std::expected<Value, source::Diagnostics> Evaluator::run(const std::function<Value()>& body) {
  Realm& realm = impl_->realm;
  Realm::Impl& impl = realm.impl();
  impl.fuel = kFuel;
  const size_t levels = impl.levels.size();
  const size_t assumptions = impl.assumptions.size();
  const uint64_t operation = impl.operation_serial;
  open_level(realm);
  auto result = guarded(realm, body);
  while (impl.levels.size() > levels) close_level(realm);
  impl.assumptions.resize(assumptions);
  impl.operation_serial = operation;
  impl.depth = 0;
  realm.component_trace.clear();
  return result;
}

}  // namespace jsxdp::eval
