#include "eval/scope.h"

#include <functional>
#include <unordered_map>

namespace jsxdp::eval {
namespace {

using namespace syntax;

// A scope as it is at run time: one per function, and one for each block that
// declares anything.
struct Frame {
  Frame* outer;
  ScopeInfo* info;
  bool function;
  std::unordered_map<Atom, int32_t> slots;
};

class Resolver {
 public:
  Resolver(Program& program, source::Diagnostics& out) : program_(program), out_(out) {}

  void run() {
    Frame module{nullptr, &program_.scope, true, {}};
    frame_ = &module;
    if (!program_.is_module) {  // the variables of a CommonJS module
      for (const char* name : {"exports", "module", "require", "__filename", "__dirname"}) {
        declare(atom(std::string_view(name)), false, false, nullptr);
      }
    }
    declare_vars(program_.body);
    declare_lexical(program_.body, program_.hoisted);
    visit_list(program_.body);
  }

 private:
  // ---- declarations ----

  int32_t declare(Atom name, bool lexical, bool constant, const Node* at) {
    const auto [found, added] =
        frame_->slots.try_emplace(name, static_cast<int32_t>(frame_->info->names.size()));
    if (added) {
      frame_->info->names.push_back(name);
      frame_->info->lexical.push_back(lexical);
      frame_->info->constant.push_back(constant);
    } else if (lexical && at) {
      source::Diagnostic d;
      d.code = "JX1007";
      d.message = "`" + std::string(name->begin(), name->end()) + "` has already been declared";
      d.primary = {program_.file.get(), at->begin, at->end};
      out_.push_back(std::move(d));
    }
    return found->second;
  }

  void names_of(const Node* pattern, const std::function<void(const Identifier*)>& each) {
    if (!pattern) return;
    switch (pattern->kind) {
      case Kind::kIdentifier:
        each(as<Identifier>(pattern));
        break;
      case Kind::kAssignmentPattern:
        names_of(as<AssignmentPattern>(pattern)->target, each);
        break;
      case Kind::kRestElement:
        names_of(as<RestElement>(pattern)->target, each);
        break;
      case Kind::kArrayPattern:
        for (const Node* e : as<ArrayPattern>(pattern)->elements) names_of(e, each);
        break;
      case Kind::kObjectPattern:
        for (const auto& p : as<ObjectPattern>(pattern)->properties) names_of(p.value, each);
        break;
      default:
        break;
    }
  }

  void declare_vars(const NodeList& body) {
    for (Node* node : body) declare_vars(node);
  }

  // `var` anywhere in the function, but not in inner functions.
  void declare_vars(Node* node) {
    if (!node) return;
    switch (node->kind) {
      case Kind::kVariable:
        if (as<Variable>(node)->var_kind == VarKind::kVar) {
          for (const auto& d : as<Variable>(node)->declarators) {
            names_of(d.target,
                     [&](const Identifier* id) { declare(id->name, false, false, nullptr); });
          }
        }
        break;
      case Kind::kExportNamed:
        declare_vars(as<ExportNamed>(node)->declaration);
        break;
      case Kind::kBlock:
        declare_vars(as<Block>(node)->body);
        break;
      case Kind::kIf:
        declare_vars(as<If>(node)->then);
        declare_vars(as<If>(node)->otherwise);
        break;
      case Kind::kFor:
        declare_vars(as<For>(node)->init);
        declare_vars(as<For>(node)->body);
        break;
      case Kind::kForIn:
      case Kind::kForOf:
        declare_vars(as<ForEach>(node)->target);
        declare_vars(as<ForEach>(node)->body);
        break;
      case Kind::kWhile:
      case Kind::kDoWhile:
        declare_vars(as<While>(node)->body);
        break;
      case Kind::kTry:
        declare_vars(as<Try>(node)->block);
        declare_vars(as<Try>(node)->handler);
        declare_vars(as<Try>(node)->finalizer);
        break;
      case Kind::kSwitch:
        for (const auto& c : as<Switch>(node)->cases) declare_vars(c.body);
        break;
      case Kind::kLabeled:
        declare_vars(as<Labeled>(node)->body);
        break;
      default:
        break;
    }
  }

  // let, const, class, function, import of one block.
  void declare_lexical(const NodeList& body, std::vector<Function*>& hoisted) {
    for (Node* node : body) {
      if (node->kind == Kind::kExportNamed && as<ExportNamed>(node)->declaration)
        node = as<ExportNamed>(node)->declaration;
      if (node->kind == Kind::kExportDefault) node = as<ExportDefault>(node)->declaration;
      while (node->kind == Kind::kLabeled) node = as<Labeled>(node)->body;
      switch (node->kind) {
        case Kind::kVariable: {
          const auto* v = as<Variable>(node);
          if (v->var_kind == VarKind::kVar) break;
          for (const auto& d : v->declarators) {
            names_of(d.target, [&](const Identifier* id) {
              declare(id->name, true, v->var_kind == VarKind::kConst, id);
            });
          }
          break;
        }
        case Kind::kFunctionDeclaration: {
          Function* fn = as<FunctionDeclaration>(node)->function;
          if (fn->id) {
            const int32_t slot = declare(fn->id->name, false, false, nullptr);
            fn->id->hops = 0;
            fn->id->slot = slot;
          }
          hoisted.push_back(fn);
          break;
        }
        case Kind::kClassDeclaration: {
          const Class* c = as<ClassDeclaration>(node)->klass;
          if (c->id) declare(c->id->name, true, false, c->id);
          break;
        }
        case Kind::kEnum:
          declare(as<Enum>(node)->id->name, false, false, nullptr);
          break;
        case Kind::kImport:
          for (const auto& s : as<Import>(node)->specifiers)
            declare(s.local->name, true, true, s.local);
          break;
        default:
          break;
      }
    }
  }

  // ---- uses ----

  void use(Identifier* id) {
    int32_t hops = 0;
    for (Frame* f = frame_; f; f = f->outer) {
      if (const auto found = f->slots.find(id->name); found != f->slots.end()) {
        id->hops = hops;
        id->slot = found->second;
        id->constant = f->info->constant[static_cast<size_t>(found->second)];
        return;
      }
      if (f->info->needed() || f->function) ++hops;
    }
    id->hops = -1;
  }

  template <class Body>
  void in_scope(ScopeInfo& info, bool function, const Body& declare_all,
                const std::function<void()>& visit) {
    Frame frame{frame_, &info, function, {}};
    frame_ = &frame;
    declare_all();
    visit();
    frame_ = frame.outer;
  }

  void visit_list(const NodeList& list) {
    for (Node* node : list) visit(node);
  }

  void visit_properties(std::vector<Property>& properties) {
    for (Property& p : properties) {
      visit(p.key);
      visit(p.value);
    }
  }

  void visit_function(Function* fn) {
    // A named function expression sees its own name, in its own scope's slot
    // unless a parameter or variable takes it.
    in_scope(
        fn->scope, true,
        [&] {
          fn->simple_params = true;
          for (size_t i = 0; i < fn->params.size(); ++i) {
            if (fn->params[i]->kind != Kind::kIdentifier ||
                frame_->slots.contains(as<Identifier>(fn->params[i])->name)) {
              fn->simple_params = false;
            }
            names_of(fn->params[i],
                     [&](const Identifier* id) { declare(id->name, false, false, nullptr); });
          }
          if (!fn->expression_body) {
            declare_vars(fn->body);
            declare_lexical(fn->body, fn->hoisted);
          }
          if (fn->form != Function::F::kArrow && fn->uses_arguments &&
              !frame_->slots.contains(atom("arguments"))) {
            fn->arguments_slot = declare(atom("arguments"), false, false, nullptr);
          }
          if (fn->id && fn->id->hops == -2 && !frame_->slots.contains(fn->id->name)) {
            fn->self_slot = declare(fn->id->name, false, false, nullptr);
          }
        },
        [&] {
          visit_list(fn->params);
          visit_list(fn->body);
        });
    fn->resolved = true;
  }

  void visit_class(Class* c) {
    visit(c->super_class);
    in_scope(
        c->scope, false,
        [&] {
          if (c->id) declare(c->id->name, true, true, nullptr);
          for (const Property& p : c->members) {
            if (p.is_private) declare(private_name(p.name), true, true, nullptr);
          }
        },
        [&] { visit_properties(c->members); });
  }

 public:
  static Atom private_name(Atom name) { return atom(u"#" + *name); }

 private:
  void visit(Node* node) {
    if (!node) return;
    switch (node->kind) {
      case Kind::kIdentifier:
        use(as<Identifier>(node));
        break;
      case Kind::kTemplate:
        visit_list(as<Template>(node)->expressions);
        break;
      case Kind::kTaggedTemplate:
        visit(as<TaggedTemplate>(node)->tag);
        visit(as<TaggedTemplate>(node)->quasi);
        break;
      case Kind::kArray:
        visit_list(as<Array>(node)->elements);
        break;
      case Kind::kObject:
        visit_properties(as<Object>(node)->properties);
        break;
      case Kind::kFunction:
        visit_function(as<Function>(node));
        break;
      case Kind::kClass:
        visit_class(as<Class>(node));
        break;
      case Kind::kUnary:
        visit(as<Unary>(node)->operand);
        break;
      case Kind::kUpdate:
        visit(as<Update>(node)->target);
        break;
      case Kind::kBinary:
        visit(as<Binary>(node)->left);
        visit(as<Binary>(node)->right);
        break;
      case Kind::kLogical:
        visit(as<Logical>(node)->left);
        visit(as<Logical>(node)->right);
        break;
      case Kind::kAssign:
        visit(as<Assign>(node)->target);
        visit(as<Assign>(node)->value);
        break;
      case Kind::kConditional:
        visit(as<Conditional>(node)->test);
        visit(as<Conditional>(node)->then);
        visit(as<Conditional>(node)->otherwise);
        break;
      case Kind::kCall:
        visit(as<Call>(node)->callee);
        visit_list(as<Call>(node)->arguments);
        break;
      case Kind::kNew:
        visit(as<New>(node)->callee);
        visit_list(as<New>(node)->arguments);
        break;
      case Kind::kMember: {
        auto* m = as<Member>(node);
        visit(m->object);
        visit(m->index);
        if (m->is_private) m->index = private_reference(m->name, m);
        break;
      }
      case Kind::kPrivateIn: {
        auto* p = as<PrivateIn>(node);
        p->reference = private_reference(p->name, p);
        visit(p->right);
        break;
      }
      case Kind::kOptionalChain:
        visit(as<OptionalChain>(node)->expression);
        break;
      case Kind::kSequence:
        visit_list(as<Sequence>(node)->expressions);
        break;
      case Kind::kSpread:
        visit(as<Spread>(node)->argument);
        break;
      case Kind::kYield:
        visit(as<Yield>(node)->argument);
        break;
      case Kind::kAwait:
        visit(as<Await>(node)->argument);
        break;
      case Kind::kImportCall:
        visit(as<ImportCall>(node)->source);
        break;
      case Kind::kJSXElement: {
        auto* e = as<JSXElement>(node);
        visit(e->type);
        for (auto& a : e->attributes) visit(a.value);
        visit_list(e->children);
        break;
      }
      case Kind::kArrayPattern:
        visit_list(as<ArrayPattern>(node)->elements);
        break;
      case Kind::kObjectPattern:
        visit_properties(as<ObjectPattern>(node)->properties);
        break;
      case Kind::kAssignmentPattern:
        visit(as<AssignmentPattern>(node)->target);
        visit(as<AssignmentPattern>(node)->value);
        break;
      case Kind::kRestElement:
        visit(as<RestElement>(node)->target);
        break;
      case Kind::kVariable:
        for (auto& d : as<Variable>(node)->declarators) {
          visit(d.target);
          visit(d.init);
        }
        break;
      case Kind::kFunctionDeclaration:
        visit_function(as<FunctionDeclaration>(node)->function);
        break;
      case Kind::kClassDeclaration:
        if (Class* c = as<ClassDeclaration>(node)->klass; c->id) use(c->id);
        visit_class(as<ClassDeclaration>(node)->klass);
        break;
      case Kind::kExpression:
        visit(as<Expression>(node)->expression);
        break;
      case Kind::kBlock: {
        auto* b = as<Block>(node);
        in_scope(
            b->scope, false, [&] { declare_lexical(b->body, b->hoisted); },
            [&] { visit_list(b->body); });
        break;
      }
      case Kind::kIf:
        visit(as<If>(node)->test);
        visit(as<If>(node)->then);
        visit(as<If>(node)->otherwise);
        break;
      case Kind::kFor: {
        auto* f = as<For>(node);
        in_scope(
            f->scope, false,
            [&] {
              std::vector<Function*> none;
              if (f->init) declare_lexical({f->init}, none);
            },
            [&] {
              visit(f->init);
              visit(f->test);
              visit(f->update);
              visit(f->body);
            });
        break;
      }
      case Kind::kForIn:
      case Kind::kForOf: {
        auto* f = as<ForEach>(node);
        visit(f->subject);
        in_scope(
            f->scope, false,
            [&] {
              std::vector<Function*> none;
              declare_lexical({f->target}, none);
            },
            [&] {
              visit(f->target);
              visit(f->body);
            });
        break;
      }
      case Kind::kWhile:
      case Kind::kDoWhile:
        visit(as<While>(node)->test);
        visit(as<While>(node)->body);
        break;
      case Kind::kReturn:
        visit(as<Return>(node)->argument);
        break;
      case Kind::kThrow:
        visit(as<Throw>(node)->argument);
        break;
      case Kind::kTry: {
        auto* t = as<Try>(node);
        visit(t->block);
        if (t->handler) {
          in_scope(
              t->scope, false,
              [&] {
                names_of(t->param,
                         [&](const Identifier* id) { declare(id->name, false, false, nullptr); });
              },
              [&] {
                visit(t->param);
                visit(t->handler);
              });
        }
        visit(t->finalizer);
        break;
      }
      case Kind::kSwitch: {
        auto* s = as<Switch>(node);
        visit(s->subject);
        in_scope(
            s->scope, false,
            [&] {
              for (auto& c : s->cases) declare_lexical(c.body, s->hoisted);
            },
            [&] {
              for (auto& c : s->cases) {
                visit(c.test);
                visit_list(c.body);
              }
            });
        break;
      }
      case Kind::kLabeled:
        visit(as<Labeled>(node)->body);
        break;
      case Kind::kEnum: {
        auto* e = as<Enum>(node);
        use(e->id);
        in_scope(
            e->scope, false,
            [&] {
              for (auto& m : e->members) declare(m.name, false, false, nullptr);
            },
            [&] {
              for (auto& m : e->members) visit(m.init);
            });
        break;
      }
      case Kind::kImport:
        for (auto& s : as<Import>(node)->specifiers) use(s.local);
        break;
      case Kind::kExportNamed:
        visit(as<ExportNamed>(node)->declaration);
        for (auto& s : as<ExportNamed>(node)->specifiers) {
          if (s.reference) use(s.reference);
        }
        break;
      case Kind::kExportDefault:
        visit(as<ExportDefault>(node)->declaration);
        break;
      case Kind::kExportAssignment:
        visit(as<ExportAssignment>(node)->expression);
        break;
      default:
        break;
    }
  }

  Identifier* private_reference(Atom name, const Node* at) {
    auto* id = program_.make<Identifier>();
    id->begin = at->begin;
    id->end = at->end;
    id->name = private_name(name);
    use(id);
    if (id->hops < 0) {
      source::Diagnostic d;
      d.code = "JX1008";
      d.message = "private name `#" + std::string(name->begin(), name->end()) +
                  "` is not declared in an enclosing class";
      d.primary = {program_.file.get(), at->begin, at->end};
      out_.push_back(std::move(d));
    }
    return id;
  }

  Program& program_;
  source::Diagnostics& out_;
  Frame* frame_ = nullptr;
};

}  // namespace

source::Diagnostics resolve_scopes(syntax::Program& program) {
  source::Diagnostics out;
  if (program.resolved) return out;
  Resolver(program, out).run();
  program.resolved = true;
  return out;
}

}  // namespace jsxdp::eval
