// Calls of user functions, and classes.
#include "eval/function.h"

#include <algorithm>

#include "eval/generator.h"
#include "eval/interpreter.h"
#include "eval/module.h"

namespace jsxdp::eval {

using syntax::Kind;
using syntax::PropertyKind;

namespace {

constexpr uint32_t kMaxDepth = 2500;

void add_property(ObjectState& state, Key key, Value value, bool writable) {
  if (state.properties.find(key)) return;
  Property p{};
  p.key = key;
  p.value = value;
  p.writable = writable;
  p.enumerable = false;
  p.configurable = !writable;
  state.properties.add(p);
}

double expected_arguments(const syntax::Function& code) {
  double n = 0;
  for (const auto* param : code.params) {
    if (param->kind == Kind::kAssignmentPattern || param->kind == Kind::kRestElement) break;
    ++n;
  }
  return n;
}

}  // namespace

void UserFunction::materialise(Realm& realm, Key key) {
  if (materialised || key.is_symbol()) return;
  const auto& name_text = key.string()->text;
  if (name_text == u"name" || name_text == u"length" || name_text == u"prototype")
    materialise_all(realm);
}

void UserFunction::materialise_all(Realm& realm) {
  if (materialised) return;
  materialised = true;
  // Made late, but as if made with the function: not an effect of the running operation.
  auto& state = static_cast<ObjectState&>(*this->state);
  const double length = code ? expected_arguments(*code) : 0;
  PropertyMap before = std::move(state.properties);
  state.properties = {};
  const auto own = [&](std::string_view name, Value v, bool writable) {
    const Key k = realm.key(name);
    if (const Property* p = before.find(k)) {
      state.properties.add(*p);
      before.remove(k);
    } else {
      add_property(state, k, v, writable);
    }
  };
  own("length", Value::number(length), false);
  own("name", name, false);
  if (!is_class && code && (is_constructor() || code->is_generator)) {
    Object* prototype = realm.new_object(code->is_generator ? realm.intrinsic("%Generator%")
                                                            : realm.intrinsic("Object"));
    if (!code->is_generator) realm.define(prototype, "constructor", Value::object(this));
    own("prototype", Value::object(prototype), true);
  }
  for (const Property& p : before.entries()) state.properties.add(p);
}

Value UserFunction::call(Realm& realm, Value this_argument, std::span<const Value> args,
                         Object* target) {
  realm.burn();
  auto& depth = realm.impl().depth;
  if (depth >= kMaxDepth) realm.throw_range_error("Maximum call stack size exceeded");
  if (is_class && !target)
    realm.throw_type_error("Class constructor cannot be invoked without 'new'");
  struct Depth {
    uint32_t& n;
    explicit Depth(uint32_t& d) : n(d) { ++n; }
    ~Depth() { --n; }
  } guard(depth);

  const bool arrow = code && code->form == syntax::Function::F::kArrow;
  const bool field = code && code->form == syntax::Function::F::kFieldInit;
  std::shared_ptr<Context> heap = std::make_shared<Context>();
  Context& context = *heap;
  context.function = this;
  context.module = module;
  context.file = file;
  context.new_target = target;
  context.scope = scope;
  if (arrow || (field && outer_context)) {
    context.this_context = outer_context.get();
  }
  if (!arrow) context.heap = code && code->uses_this ? heap : nullptr;
  if (!arrow) {
    if (target) {
      const bool derived = is_class && klass->super_class;
      if (derived) {
        context.this_value = Value::absent();
      } else {
        const Value prototype = realm.get(target, "prototype");
        Object* made = realm.new_object(prototype.is_object() ? prototype.as_object()
                                                              : realm.intrinsic("Object"));
        context.this_value = Value::object(made);
        if (is_class) initialise_fields(realm, this, made);
      }
    } else {
      context.this_value = this_argument;
      if (!module || (module->common && !code->strict)) {
        if (this_argument.is_nullish()) context.this_value = Value::object(realm.global());
      }
    }
  }
  if (!code) {  // a class without a constructor
    if (klass->super_class) {
      Object* parent = realm.proto(this);
      if (!parent) realm.throw_type_error("Super constructor is not a constructor");
      const Value made = realm.construct(Value::object(parent), args, target);
      initialise_fields(realm, this, made.as_object());
      return made;
    }
    return context.this_value;
  }

  context.scope = realm.new_scope(scope, code->scope.names.size());
  {
    auto& slots = realm.write_as<ScopeState>(*context.scope).slots;
    for (size_t i = 0; i < slots.size(); ++i) {
      if (!code->scope.lexical[i]) slots[i] = Value::undefined();
    }
    if (code->self_slot >= 0) slots[static_cast<size_t>(code->self_slot)] = Value::object(this);
    if (code->arguments_slot >= 0) {
      auto* arguments = new Object(Class::kArguments);
      auto* state = new ArrayState;
      state->proto = realm.intrinsic("Object");
      state->elements.assign(args.begin(), args.end());
      realm.adopt_object(arguments, state);
      realm.define(arguments, "length", Value::number(static_cast<double>(args.size())));
      realm.define(arguments, Key(realm.well_known("iterator")),
                   Value::object(realm.intrinsic("%ArrayValues%")), false);
      realm.write_as<ScopeState>(*context.scope).slots[static_cast<size_t>(code->arguments_slot)] =
          Value::object(arguments);
    }
  }
  const auto bind = [&realm](Context& c, const syntax::Function* fn,
                             std::span<const Value> values) {
    Interpreter interpreter(realm, c);
    if (fn->simple_params) {
      auto& slots = realm.write_as<ScopeState>(*c.scope).slots;
      for (size_t i = 0; i < fn->params.size(); ++i)
        slots[i] = i < values.size() ? values[i] : Value::undefined();
    } else {
      for (size_t i = 0; i < fn->params.size(); ++i) {
        if (fn->params[i]->kind == Kind::kRestElement) {
          std::vector<Value> rest(
              values.begin() + static_cast<ptrdiff_t>(std::min(i, values.size())), values.end());
          interpreter.assign(syntax::as<syntax::RestElement>(fn->params[i])->target,
                             Value::object(realm.new_array(std::move(rest))), true);
        } else {
          interpreter.assign(fn->params[i], i < values.size() ? values[i] : Value::undefined(),
                             true);
        }
      }
    }
    interpreter.hoist(fn->hoisted);
  };
  if (code->is_async) {
    realm.refuse("JX1207", "an async function cannot run during a render",
                 "compute this before, and pass it in as a prop");
  }
  if (code->is_generator) {
    bind(context, code, args);
    const Value prototype = realm.get(this, "prototype");
    return Value::object(new_generator(
        realm, prototype.is_object() ? prototype.as_object() : realm.intrinsic("%Generator%"),
        [&realm, heap, fn = code] {
          Interpreter interpreter(realm, *heap);
          return interpreter.finish(interpreter.run(fn->body));
        }));
  }
  const source::Span caller = realm.here;
  bind(context, code, args);
  Interpreter interpreter(realm, context);
  Value result;
  if (code->expression_body) {
    result = interpreter.expression(code->body[0]);
  } else {
    result = interpreter.finish(interpreter.run(code->body));
  }
  realm.here = caller;
  if (target) {
    result = realm.resolve(result);
    if (result.is_object()) return result;
    return interpreter.this_value();
  }
  return result;
}

void define_method(Realm& realm, Object* on, Key key, PropertyKind kind, UserFunction* fn,
                   bool enumerable) {
  Property p{};
  p.key = key;
  p.enumerable = enumerable;
  if (kind == PropertyKind::kGet || kind == PropertyKind::kSet) {
    p.accessor = true;
    if (const auto before = realm.get_own(on, key); before && before->accessor) {
      p.getter = before->getter;
      p.setter = before->setter;
    }
    (kind == PropertyKind::kGet ? p.getter : p.setter) = fn;
  } else {
    p.value = Value::object(fn);
  }
  realm.define_own(on, p);
}

// ---- classes ----

void initialise_fields(Realm& realm, UserFunction* constructor, Object* instance) {
  if (!constructor->fields) return;
  for (const auto& [property, key_value] : *constructor->fields) {
    Key key =
        key_value.is(Tag::kSymbol) ? Key(key_value.as_symbol()) : realm.key(key_value.as_string());
    if (property->kind != PropertyKind::kField) {  // private methods and accessors
      Context context{};
      context.scope = constructor->class_scope;
      context.module = constructor->module;
      context.file = constructor->file;
      Interpreter interpreter(realm, context);
      auto* fn = static_cast<UserFunction*>(
          interpreter.function(syntax::as<syntax::Function>(property->value)).as_object());
      fn->is_method = true;
      const Value prototype = realm.get(constructor, "prototype");
      fn->home = prototype.is_object() ? prototype.as_object() : nullptr;
      define_method(realm, instance, key, property->kind, fn, false);
      continue;
    }
    Value v;
    if (property->value) {
      auto context = std::make_shared<Context>();
      context->scope = constructor->class_scope;
      context->module = constructor->module;
      context->file = constructor->file;
      context->this_value = Value::object(instance);
      context->function = constructor->field_owner ? constructor->field_owner : constructor;
      context->heap = context;
      const auto* init = syntax::as<syntax::Function>(property->value);
      context->scope = realm.new_scope(constructor->class_scope, init->scope.names.size());
      Interpreter interpreter(realm, *context);
      v = interpreter.expression(init->body[0]);
    }
    realm.define(instance, key, v, true);
  }
}

Value Interpreter::klass(const syntax::Class* node) {
  Scope* outer = context_.scope;
  Object* proto_parent = realm_.intrinsic("Object");
  Object* constructor_parent = realm_.intrinsic("Function");
  if (node->super_class) {
    const Value parent = realm_.force(expression(node->super_class));
    place(node->super_class);
    if (parent.is_null()) {
      proto_parent = nullptr;
    } else {
      if (!realm_.constructor(parent))
        realm_.throw_type_error("Class extends value " + describe(parent) +
                                " is not a constructor or null");
      const Value prototype = realm_.get(parent, realm_.key("prototype"));
      proto_parent = prototype.is_object() ? prototype.as_object() : nullptr;
      constructor_parent = parent.as_object();
    }
  }
  if (node->scope.needed()) {
    context_.scope = realm_.new_scope(outer, node->scope.names.size());
    auto& slots = realm_.write_as<ScopeState>(*context_.scope).slots;
    for (size_t i = 0; i < slots.size(); ++i) {
      if (node->scope.names[i]->starts_with(u"#")) {
        slots[i] = Value::symbol(realm_.new_symbol(str(node->scope.names[i]), true));
      }
    }
  }
  Object* prototype = realm_.new_object(proto_parent);
  auto* constructor = new UserFunction;
  auto* state = new ObjectState;
  state->proto = constructor_parent;
  constructor->is_class = true;
  constructor->klass = node;
  constructor->scope = constructor->class_scope = context_.scope;
  constructor->module = context_.module;
  constructor->file = context_.file;
  constructor->home = prototype;
  for (const auto& p : node->members) {
    if (p.kind == PropertyKind::kMethod && !p.is_static && !p.computed &&
        syntax::as<syntax::Function>(p.value)->form == syntax::Function::F::kConstructor) {
      constructor->code = syntax::as<syntax::Function>(p.value);
    }
  }
  constructor->name = node->id          ? Value::string(str(node->id->name))
                      : node->name_hint ? Value::string(str(node->name_hint))
                                        : realm_.string("");
  realm_.adopt_object(constructor, state);
  constructor->materialise_all(realm_);
  realm_.define(prototype, "constructor", Value::object(constructor));
  Property p{};
  p.key = realm_.key("prototype");
  p.value = Value::object(prototype);
  p.writable = p.enumerable = p.configurable = false;
  realm_.define_own(constructor, p);
  class_members(node, constructor, prototype);
  context_.scope = outer;
  return Value::object(constructor);
}

void Interpreter::class_members(const syntax::Class* node, UserFunction* constructor,
                                Object* prototype) {
  auto fields = std::make_unique<std::vector<std::pair<const syntax::Property*, Value>>>();
  std::vector<std::pair<const syntax::Property*, Value>> statics;
  for (const auto& m : node->members) {
    Value key_value;
    if (m.is_private) {
      for (size_t i = 0; i < node->scope.names.size(); ++i) {
        if (*node->scope.names[i] == u"#" + *m.name) {
          key_value = realm_.state_as<ScopeState>(*context_.scope).slots[i];
        }
      }
    } else if (m.kind != PropertyKind::kStaticBlock) {
      const Key k = property_key(m);
      key_value = k.is_symbol() ? Value::symbol(k.symbol()) : Value::string(k.string());
    }
    if (m.kind == PropertyKind::kStaticBlock || (m.kind == PropertyKind::kField && m.is_static)) {
      statics.emplace_back(&m, key_value);
      continue;
    }
    if (m.kind == PropertyKind::kField || (m.is_private && !m.is_static)) {
      fields->emplace_back(&m, key_value);
      continue;
    }
    const auto* code = syntax::as<syntax::Function>(m.value);
    if (code == constructor->code) continue;
    auto* fn = static_cast<UserFunction*>(
        function(code, m.computed ? key_value : Value::absent()).as_object());
    fn->is_method = true;
    fn->home = m.is_static ? static_cast<Object*>(constructor) : prototype;
    const Key k = key_value.is(Tag::kSymbol) ? Key(key_value.as_symbol())
                                             : Key(realm_.intern(key_value.as_string()));
    define_method(realm_, fn->home, k, m.kind, fn, false);
  }
  if (!fields->empty()) {
    // Private methods are there before any field's initialiser runs.
    std::stable_partition(fields->begin(), fields->end(),
                          [](const auto& f) { return f.first->kind != PropertyKind::kField; });
    constructor->fields = std::move(fields);
  }
  if (node->id) {
    for (size_t i = 0; i < node->scope.names.size(); ++i) {
      if (node->scope.names[i] == node->id->name) {
        realm_.write_as<ScopeState>(*context_.scope).slots[i] = Value::object(constructor);
      }
    }
  }
  for (const auto& [m, key_value] : statics) {
    auto context = std::make_shared<Context>();
    context->scope = context_.scope;
    context->module = context_.module;
    context->file = context_.file;
    context->this_value = Value::object(constructor);
    context->heap = context;
    auto owner = new UserFunction;
    owner->home = constructor;
    owner->is_method = true;
    owner->name = realm_.string("");
    owner->materialised = true;
    realm_.adopt_object(owner, new ObjectState);
    context->function = owner;
    Interpreter interpreter(realm_, *context);
    if (m->kind == PropertyKind::kStaticBlock) {
      const auto* code = syntax::as<syntax::Function>(m->value);
      auto* fn = static_cast<UserFunction*>(interpreter.function(code).as_object());
      fn->home = constructor;
      fn->call(realm_, Value::object(constructor), {}, nullptr);
      continue;
    }
    Value v;
    if (m->value) {
      const auto* init = syntax::as<syntax::Function>(m->value);
      context->scope = realm_.new_scope(context_.scope, init->scope.names.size());
      v = interpreter.expression(init->body[0]);
    }
    const Key k = key_value.is(Tag::kSymbol) ? Key(key_value.as_symbol())
                                             : Key(realm_.intern(key_value.as_string()));
    realm_.define(constructor, k, v, true);
  }
}

}  // namespace jsxdp::eval
