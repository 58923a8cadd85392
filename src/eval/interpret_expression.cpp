#include <algorithm>
#include <cmath>

#include "eval/generator.h"
#include "eval/interpreter.h"
#include "eval/module.h"

namespace jsxdp::eval {

using namespace syntax;
using eval::Value;

const Str* Interpreter::str(Atom atom) {
  const Str*& entry = realm_.impl().syntax_atoms[atom];
  if (!entry) entry = realm_.intern(std::u16string_view(*atom));
  return entry;
}

Context& Interpreter::this_context() {
  return context_.this_context ? *context_.this_context : context_;
}

Value Interpreter::this_value() {
  const Value v = this_context().this_value;
  if (v.is_absent()) {
    const Value reference = realm_.string("Must call super constructor before accessing 'this'");
    (void)reference;
    throw eval::Throw{
        Value::object(realm_.new_error("ReferenceError",
                                       "Must call super constructor in derived class before "
                                       "accessing 'this' or returning from derived constructor"))};
  }
  return v;
}

Value Interpreter::read(const Identifier* id) {
  if (id->hops < 0) {
    const Key name = key(id->name);
    if (const auto found = realm_.get_own(realm_.global(), name))
      return realm_.get(realm_.global(), name);
    if (*id->name == u"undefined") return Value::undefined();
    place(id);
    throw eval::Throw{Value::object(
        realm_.new_error("ReferenceError", realm_.wtf8(name.string()) + " is not defined"))};
  }
  Scope* scope = context_.scope;
  for (int32_t i = 0; i < id->hops; ++i) scope = scope->parent;
  const Value v = realm_.state_as<ScopeState>(*scope).slots[static_cast<size_t>(id->slot)];
  if (v.is_absent()) {
    // An import, or a variable before its declaration ran.
    if (Module* m = context_.module; m && scope == m->scope &&
                                     static_cast<size_t>(id->slot) < m->bindings.size() &&
                                     m->bindings[static_cast<size_t>(id->slot)].from) {
      const auto& binding = m->bindings[static_cast<size_t>(id->slot)];
      const auto value = export_value(realm_, *binding.from, binding.imported);
      if (value) return *value;
      return Value::undefined();
    }
    place(id);
    throw eval::Throw{Value::object(realm_.new_error(
        "ReferenceError",
        "Cannot access '" + realm_.wtf8(str(id->name)) + "' before initialization"))};
  }
  if (v.is_choice() || v.is_unknown()) return realm_.resolve(v);
  return v;
}

Value Interpreter::function(const Function* node, Value name) {
  auto* fn = new UserFunction;
  auto* state = new ObjectState;
  state->proto = realm_.intrinsic(node->is_generator ? "%GeneratorFunction%" : "Function");
  fn->code = node;
  fn->file = context_.file;
  fn->scope = context_.scope;
  fn->module = context_.module;
  if (node->form == Function::F::kArrow) {
    Context& owner = this_context();
    fn->this_value = owner.this_value;
    fn->home = owner.function ? owner.function->home : nullptr;
    fn->new_target = owner.new_target;
    fn->outer_context = owner.heap;
  }
  if (!name.is_absent()) {
    fn->name = name;
  } else if (node->id) {
    fn->name = Value::string(str(node->id->name));
  } else if (node->name_hint) {
    fn->name = Value::string(str(node->name_hint));
  } else {
    fn->name = realm_.string("");
  }
  return Value::object(realm_.adopt_object(fn, state));
}

void Interpreter::name_function(Value v, Value name) {
  if (!v.is_object()) return;
  if (auto* fn = dynamic_cast<UserFunction*>(v.as_object())) {
    if (fn->name.is_string() && fn->name.as_string()->text.empty() && !fn->materialised)
      fn->name = name;
  }
}

Value Interpreter::expression(const Node* node) {
  switch (node->kind) {
    case Kind::kIdentifier:
      return read(as<Identifier>(node));
    case Kind::kNumber:
      return Value::number(as<Number>(node)->value);
    case Kind::kString:
      return Value::string(str(as<String>(node)->value));
    case Kind::kBoolean:
      return Value::boolean(as<Boolean>(node)->value);
    case Kind::kNull:
      return Value::null();
    case Kind::kJSXText:
      return Value::string(str(as<JSXText>(node)->value));
    case Kind::kEmpty:
      return Value::undefined();
    case Kind::kBigInt:
      return Value::bigint(bigint_literal(realm_, as<syntax::BigInt>(node)->digits));
    case Kind::kRegExp: {
      const auto* r = as<syntax::RegExp>(node);
      place(node);
      return realm_.construct(realm_.get(realm_.global(), "RegExp"),
                              std::vector{realm_.string(r->pattern), realm_.string(r->flags)});
    }
    case Kind::kTemplate:
      return templated(as<Template>(node));
    case Kind::kTaggedTemplate:
      return tagged(as<TaggedTemplate>(node));
    case Kind::kArray:
      return array(as<syntax::Array>(node));
    case Kind::kObject:
      return object(as<syntax::Object>(node));
    case Kind::kFunction:
      return function(as<Function>(node));
    case Kind::kClass:
      return klass(as<syntax::Class>(node));
    case Kind::kThis:
      return this_value();
    case Kind::kUnary: {
      const auto* u = as<Unary>(node);
      if (u->op == Op::kDelete) return remove(u->operand);
      if (u->op == Op::kTypeof && u->operand->kind == Kind::kIdentifier &&
          as<Identifier>(u->operand)->hops < 0 &&
          !realm_.get_own(realm_.global(), key(as<Identifier>(u->operand)->name))) {
        return realm_.string("undefined");
      }
      const Value v = expression(u->operand);
      place(node);
      return unary(realm_, u->op, v);
    }
    case Kind::kUpdate:
      return update(as<Update>(node));
    case Kind::kBinary: {
      const auto* b = as<Binary>(node);
      const Value left = expression(b->left);
      const Value right = expression(b->right);
      if (left.is_number() && right.is_number()) {
        const double x = left.as_number(), y = right.as_number();
        switch (b->op) {
          case Op::kAdd:
            return Value::number(x + y);
          case Op::kSub:
            return Value::number(x - y);
          case Op::kMul:
            return Value::number(x * y);
          case Op::kLt:
            return Value::boolean(x < y);
          case Op::kStrictEq:
            return Value::boolean(x == y);
          default:
            break;
        }
      }
      place(node);
      return binary(realm_, b->op, left, right);
    }
    case Kind::kLogical:
      return logical(as<Logical>(node));
    case Kind::kConditional:
      return conditional(as<Conditional>(node));
    case Kind::kAssign:
      return assignment(as<Assign>(node));
    case Kind::kSequence: {
      Value v;
      for (const Node* each : as<Sequence>(node)->expressions) v = expression(each);
      return v;
    }
    case Kind::kCall:
    case Kind::kMember: {
      bool stopped = false;
      return chain(node, nullptr, stopped);
    }
    case Kind::kOptionalChain: {
      bool stopped = false;
      return chain(as<OptionalChain>(node)->expression, nullptr, stopped);
    }
    case Kind::kNew: {
      const auto* n = as<New>(node);
      const Value callee = expression(n->callee);
      const std::vector<Value> args = arguments(n->arguments);
      place(node);
      return realm_.construct(callee, args);
    }
    case Kind::kJSXElement:
      return jsx(as<JSXElement>(node));
    case Kind::kNewTarget: {
      Object* target = this_context().new_target;
      return target ? Value::object(target) : Value::undefined();
    }
    case Kind::kPrivateIn: {
      const auto* p = as<PrivateIn>(node);
      const Value right = realm_.force(expression(p->right));
      if (!right.is_object())
        realm_.throw_type_error(
            "Cannot use 'in' operator to search for a private field in a primitive");
      return Value::boolean(realm_.has_own(right.as_object(), private_key(p->reference)));
    }
    case Kind::kYield: {
      const auto* y = as<Yield>(node);
      const Value v = y->argument ? expression(y->argument) : Value::undefined();
      place(node);
      return y->delegate ? yield_all(realm_, v) : yield_value(realm_, v);
    }
    case Kind::kAwait:
      place(node);
      realm_.refuse("JX1207", "`await` cannot wait during a render",
                    "compute this before, and pass it in as a prop");
    case Kind::kImportMeta: {
      Object* meta = realm_.new_object(nullptr);
      realm_.set(
          meta, "url",
          realm_.string("file://" + (context_.file ? context_.file->path() : std::string())));
      realm_.set(meta, "env", Value::object(realm_.new_object()));
      return Value::object(meta);
    }
    case Kind::kImportCall:
      place(node);
      realm_.refuse("JX1207", "`import()` loads code while rendering, which the kernel cannot",
                    "use an import declaration");
    default:
      break;
  }
  place(node);
  realm_.refuse("JX1209", "this expression is not supported here");
}

Value Interpreter::templated(const Template* node) {
  Value out = Value::string(str(node->quasis[0].cooked));
  for (size_t i = 0; i < node->expressions.size(); ++i) {
    const Value v = expression(node->expressions[i]);
    place(node->expressions[i]);
    if (v.is(Tag::kSymbol)) realm_.throw_type_error("Cannot convert a Symbol value to a string");
    out = realm_.add(out, realm_.to_string(v));
    if (!node->quasis[i + 1].cooked->empty())
      out = realm_.add(out, Value::string(str(node->quasis[i + 1].cooked)));
  }
  return out;
}

Value Interpreter::tagged(const TaggedTemplate* node) {
  Value this_argument;
  bool stopped = false;
  const Value tag = chain(node->tag, &this_argument, stopped);
  Value& strings = realm_.impl().templates[node];
  if (strings.is_undefined()) {
    std::vector<Value> cooked, raw;
    for (const auto& q : node->quasi->quasis) {
      cooked.push_back(q.valid ? Value::string(str(q.cooked)) : Value::undefined());
      raw.push_back(Value::string(str(q.raw)));
    }
    strings = Value::object(realm_.new_array(std::move(cooked)));
    realm_.define(strings.as_object(), "raw", Value::object(realm_.new_array(std::move(raw))));
  }
  std::vector<Value> args{strings};
  for (const Node* e : node->quasi->expressions) args.push_back(expression(e));
  place(node);
  return realm_.call(tag, this_argument, args);
}

std::vector<Value> Interpreter::arguments(const NodeList& list) {
  std::vector<Value> out;
  out.reserve(list.size());
  for (const Node* node : list) {
    if (node->kind != Kind::kSpread) {
      out.push_back(expression(node));
      continue;
    }
    const Value from = realm_.resolve(expression(as<Spread>(node)->argument));
    place(node);
    for (const Value& v : realm_.list_from(from)) out.push_back(v);
  }
  return out;
}

Value Interpreter::array(const syntax::Array* node) {
  std::vector<Value> out;
  bool conditional = false;
  for (const Node* element : node->elements) {
    if (!element) {
      out.push_back(Value::absent());
    } else if (element->kind == Kind::kSpread) {
      const Value from = realm_.resolve(expression(as<Spread>(element)->argument));
      place(element);
      if (node->elements.size() == 1 && from.is_object() &&
          from.as_object()->object_class() == Class::kList)
        return from;
      if (from.is_object() && from.as_object()->object_class() == Class::kArray) {
        // Conditional elements are copied as they are.
        const auto& s = realm_.state_as<ArrayState>(*from.as_object());
        if (s.conditional) {
          conditional = true;
          out.insert(out.end(), s.elements.begin(), s.elements.end());
          continue;
        }
      }
      const Value list = realm_.atomically(
          [&] { return Value::object(realm_.new_array(realm_.list_from(from))); });
      if (list.is_choice()) {
        // The lists' lengths may differ: build the whole array in each case.
        const Choice* choice = list.as_choice();
        return realm_.fork(choice->selector, static_cast<uint32_t>(choice->alts.size()),
                           [&](uint32_t) { return array(node); });
      }
      const auto& values = realm_.elements(list.as_object());
      out.insert(out.end(), values.begin(), values.end());
    } else {
      out.push_back(expression(element));
    }
  }
  Object* made = realm_.new_array(std::move(out));
  if (conditional) realm_.write_as<ArrayState>(*made).conditional = true;
  return Value::object(made);
}

Key Interpreter::property_key(const syntax::Property& p) {
  if (p.is_private) return private_key(p.key);
  if (!p.computed) return key(p.name);
  return realm_.to_property_key(realm_.to_primitive(expression(p.key), true));
}

namespace {

// `v`, and `other` where it is absent.
Value or_else(Realm& realm, Value v, Value other) {
  if (v.is_absent()) return other;
  if (!v.is_choice()) return v;
  std::vector<Value> alts;
  for (const Value& a : v.as_choice()->alts) alts.push_back(or_else(realm, a, other));
  return realm.make_choice(v.as_choice()->selector, std::move(alts));
}

}  // namespace

void Interpreter::copy_properties(Value from, Object* to, const std::vector<Key>& except) {
  if (from.is_nullish() || from.is(Tag::kBool) || from.is_number() || from.is(Tag::kSymbol)) return;
  if (from.is_unknown()) {
    if (from.as_unknown()->type != ir::Type::kStr) return;
    realm_.refuse("JX1201", "spreading a string of the request into an object is not supported");
  }
  Object* source = realm_.to_object(from);
  // Properties that are there in some cases only are copied as they are.
  if (source->object_class() == Class::kObject) {
    const auto& s = realm_.state_as<ObjectState>(*source);
    bool plain = true, maybe = false;
    for (const auto& p : s.properties.entries()) {
      plain = plain && !p.accessor && p.enumerable && !realm_.array_index(p.key);
      const Value v = realm_.resolve(p.value);
      maybe = maybe || (v.is_choice() && may_be_absent(v));
    }
    if (plain && maybe) {
      const auto entries = s.properties.entries();
      for (const auto& p : entries) {
        if (std::ranges::find(except, p.key) != except.end()) continue;
        const Value v = realm_.resolve(p.value);
        if (v.is_absent()) continue;
        const bool partial = may_be_absent(v);
        const Property* before = realm_.state_as<ObjectState>(*to).properties.find(p.key);
        if (partial && before) {
          realm_.define(to, p.key, or_else(realm_, v, before->value), true);
        } else {
          realm_.define(to, p.key, v, true);
        }
      }
      return;
    }
  }
  for (const Key& k : realm_.own_keys(source)) {
    if (std::ranges::find(except, k) != except.end()) continue;
    const auto own = realm_.get_own(source, k);
    if (own && own->enumerable) realm_.define(to, k, realm_.get(source, k), true);
  }
}

namespace {

// Defines an enumerable property, in each case by itself where the object's shape
// depends on the request.
void define_each(Realm& realm, Object* object, Key key, Value value) {
  try {
    realm.define(object, key, value, true);
  } catch (const NeedFork& need) {
    realm.fork(need.selector, need.count, [&](uint32_t) {
      define_each(realm, object, key, value);
      return Value::undefined();
    });
  }
}

}  // namespace

Value Interpreter::object(const syntax::Object* node) {
  Object* out = realm_.new_object();
  for (const auto& p : node->properties) {
    if (p.kind == PropertyKind::kSpread) {
      const Value from = realm_.resolve(expression(p.value));
      realm_.here = {context_.file, p.begin, p.end};
      // Spreading a choice gives an object whose own properties differ by case:
      // the copy runs in each, and the heaps merge.
      const std::function<void(Value)> copy = [&](Value v) {
        v = realm_.resolve(v);
        if (v.is_choice()) {
          const Choice* choice = v.as_choice();
          realm_.fork(choice->selector, static_cast<uint32_t>(choice->alts.size()),
                      [&](uint32_t i) {
                        copy(choice->alts[std::min<size_t>(i, choice->alts.size() - 1)]);
                        return Value::undefined();
                      });
          return;
        }
        try {
          copy_properties(v, out, {});
        } catch (const NeedFork& need) {
          realm_.fork(need.selector, need.count, [&](uint32_t) {
            copy(v);
            return Value::undefined();
          });
        }
      };
      copy(from);
      continue;
    }
    if (!p.computed && p.name && *p.name == u"__proto__" && p.kind == PropertyKind::kInit &&
        !p.shorthand) {
      const Value proto = realm_.force(expression(p.value));
      if (proto.is_object()) realm_.set_proto(out, proto.as_object());
      if (proto.is_null()) realm_.set_proto(out, nullptr);
      continue;
    }
    if (p.computed) {
      const Value raw = realm_.resolve(realm_.to_primitive(expression(p.key), true));
      if (raw.is_choice()) {
        const Value v = expression(p.value);
        realm_.distribute(raw, [&](Value k) {
          define_each(realm_, out, realm_.to_property_key(k), v);
          return Value::undefined();
        });
        continue;
      }
      realm_.here = {context_.file, p.begin, p.end};
      const Key k = realm_.to_property_key(raw);
      const Value name = k.is_symbol() ? realm_.string("") : Value::string(k.string());
      if (p.kind == PropertyKind::kInit) {
        const Value v = expression(p.value);
        if (p.value->kind == Kind::kFunction || p.value->kind == Kind::kClass)
          name_function(v, name);
        define_each(realm_, out, k, v);
        continue;
      }
      const Value fn = function(as<Function>(p.value), name);
      auto* user = static_cast<UserFunction*>(fn.as_object());
      user->home = out;
      user->is_method = true;
      define_method(realm_, out, k, p.kind, user, true);
      continue;
    }
    const Key k = key(p.name);
    if (p.kind == PropertyKind::kInit) {
      define_each(realm_, out, k, expression(p.value));
      continue;
    }
    const Value fn = function(as<Function>(p.value));
    auto* user = static_cast<UserFunction*>(fn.as_object());
    user->home = out;
    user->is_method = true;
    define_method(realm_, out, k, p.kind, user, true);
  }
  return Value::object(out);
}

// ---- members and calls ----

Key Interpreter::private_key(const Node* reference) {
  const Value symbol = read(as<Identifier>(reference));
  return Key(symbol.as_symbol());
}

Value Interpreter::member_of(const Member* node, Value base) {
  if (node->is_private) {
    base = realm_.force(base);
    const Key k = private_key(node->index);
    const auto found = base.is_object() ? realm_.get_own(base.as_object(), k) : std::nullopt;
    if (!found)
      realm_.throw_type_error(
          "Cannot read private member from an object whose class did not declare it");
    return realm_.get(base.as_object(), k);
  }
  if (!node->index) {
    place(node);
    return realm_.get(base, key(node->name));
  }
  const Value index = realm_.resolve(expression(node->index));
  place(node);
  return element(realm_, base, index);
}

Value element(Realm& realm, Value base, Value index) {
  base = realm.resolve(base);
  index = realm.resolve(index);
  if (base.is_choice())
    return realm.distribute(base, [&](Value b) { return element(realm, b, index); });
  if (index.is_choice())
    return realm.distribute(index, [&](Value i) { return element(realm, base, i); });
  if (index.is_object()) return element(realm, base, realm.to_primitive(index, true));
  if (index.is_unknown()) return realm.atomically([&] { return unknown_get(realm, base, index); });
  if (index.is_number() && base.is_object() && base.as_object()->object_class() == Class::kArray) {
    const double n = index.as_number();
    return realm.atomically([&] {
      const auto& list = realm.elements(base.as_object());
      if (n >= 0 && n < static_cast<double>(list.size()) && n == std::trunc(n)) {
        const Value v = list[static_cast<size_t>(n)];
        if (!v.is_absent()) return v;
      }
      return realm.get(base.as_object(), realm.to_property_key(index));
    });
  }
  return realm.get(base, realm.to_property_key(index));
}

// A chain's value; `stopped`: a `?.` met null or undefined.
Value Interpreter::chain(const Node* node, Value* this_out, bool& stopped) {
  if (node->kind == Kind::kMember) {
    const auto* m = as<Member>(node);
    if (m->object->kind == Kind::kSuper) {
      Context& owner = this_context();
      const Value this_argument = this_value();
      Object* home = owner.function ? owner.function->home : nullptr;
      if (context_.function && context_.function->home) home = context_.function->home;
      const Key k = m->index ? realm_.to_property_key(expression(m->index)) : key(m->name);
      if (this_out) *this_out = this_argument;
      Object* parent = home ? realm_.proto(home) : nullptr;
      return parent ? realm_.get(parent, k, this_argument) : Value::undefined();
    }
    const Value base = chain(m->object, nullptr, stopped);
    if (stopped) return Value::undefined();
    const auto proceed = [&](Value b) -> Value {
      if (this_out) *this_out = b;
      return member_of(m, b);
    };
    if (m->optional) {
      const Value resolved = realm_.resolve(base);
      if (resolved.is_choice()) {
        bool nullish = false;
        for (const Value& a : resolved.as_choice()->alts)
          nullish = nullish || realm_.resolve(a).is_nullish() || a.is_choice();
        if (nullish) {
          // What follows the `?.` is skipped in some cases: the rest of the chain is
          // evaluated on the alternatives that have it.
          if (this_out) *this_out = resolved;
          return realm_.distribute(resolved, [&](Value b) {
            return b.is_nullish() ? Value::undefined() : member_of(m, b);
          });
        }
      }
      if (resolved.is_nullish()) {
        stopped = true;
        return Value::undefined();
      }
    }
    return proceed(base);
  }
  if (node->kind == Kind::kCall) {
    const auto* c = as<syntax::Call>(node);
    if (c->callee->kind == Kind::kSuper) {
      Context& owner = this_context();
      const std::vector<Value> args = arguments(c->arguments);
      Object* parent = realm_.proto(owner.function);
      if (!parent) realm_.throw_type_error("Super constructor is not a constructor");
      const Value made = realm_.construct(Value::object(parent), args, owner.new_target);
      if (!owner.this_value.is_absent()) {
        throw eval::Throw{Value::object(
            realm_.new_error("ReferenceError", "Super constructor may only be called once"))};
      }
      owner.this_value = made;
      initialise_fields(realm_, owner.function, made.as_object());
      return made;
    }
    Value this_argument;
    const Value callee = chain(c->callee, &this_argument, stopped);
    if (stopped) return Value::undefined();
    if (c->optional) {
      const Value resolved = realm_.resolve(callee);
      if (resolved.is_nullish()) {
        stopped = true;
        return Value::undefined();
      }
      if (resolved.is_choice()) {
        return realm_.distribute(resolved, [&](Value f) {
          return f.is_nullish() ? Value::undefined() : call(c, f, this_argument);
        });
      }
    }
    return call(c, callee, this_argument);
  }
  if (node->kind == Kind::kOptionalChain) {
    bool inner = false;
    return chain(as<OptionalChain>(node)->expression, this_out, inner);
  }
  return expression(node);
}

Value Interpreter::call(const syntax::Call* node, Value callee, Value this_argument) {
  std::vector<Value> args;
  try {
    args = arguments(node->arguments);
  } catch (const NeedFork& need) {
    return realm_.fork(need.selector, need.count,
                       [&](uint32_t) { return call(node, callee, this_argument); });
  }
  place(node);
  callee = realm_.resolve(callee);
  if (!callee.is_choice() && !realm_.callable(callee)) {
    const std::string_view source = context_.file ? context_.file->text() : std::string_view();
    const std::string text(source.substr(
        node->callee->begin, std::min<uint32_t>(node->callee->end - node->callee->begin, 60)));
    realm_.throw_type_error(text + " is not a function");
  }
  if (this_argument.is_choice() && callee.is_choice()) {
    // A method of one of several objects: each with its own.
    return realm_.distribute(
        this_argument, [&](Value self) { return realm_.call(realm_.resolve(callee), self, args); });
  }
  const source::Span here = realm_.here;
  const Value result = realm_.call(callee, this_argument, args);
  realm_.here = here;
  return result;
}

// ---- branches ----

Value Interpreter::logical(const Logical* node) {
  const Value left = expression(node->left);
  return logical(node->op, left, [&] { return expression(node->right); });
}

Value Interpreter::logical(Op op, Value left, const std::function<Value()>& right) {
  left = realm_.resolve(left);
  if (op == Op::kNullish) {
    if (!left.is_choice()) return left.is_nullish() ? right() : left;
    return realm_.distribute(left, [&](Value v) { return v.is_nullish() ? right() : v; });
  }
  const Branch b = branch(left);
  if (b.known) return b.value == (op == Op::kAnd) ? right() : left;
  const uint32_t taken = op == Op::kAnd ? 1 : 0;
  return realm_.fork(b.selector, 2, [&](uint32_t i) {
    return i == taken ? right() : realm_.resolve(falsy_part(realm_, left, i));
  });
}

// Under the assumption of its truthiness, what a value still can be.
Value falsy_part(Realm& realm, Value v, uint32_t truthy) {
  v = realm.resolve(v);
  if (v.is_choice()) {
    std::vector<Value> alts;
    for (const Value& a : v.as_choice()->alts) alts.push_back(falsy_part(realm, a, truthy));
    return realm.make_choice(v.as_choice()->selector, std::move(alts));
  }
  if (!truthy && v.is_unknown()) {
    if (v.as_unknown()->type == ir::Type::kStr) return realm.string("");
    if (v.as_unknown()->type == ir::Type::kBool) return Value::boolean(false);
  }
  return v;
}

Value Interpreter::conditional(const Conditional* node) {
  const Branch b = branch(expression(node->test));
  if (b.known) return expression(b.value ? node->then : node->otherwise);
  place(node->test);
  return realm_.fork(b.selector, 2,
                     [&](uint32_t i) { return expression(i ? node->then : node->otherwise); });
}

// ---- assignment ----

void Interpreter::store(const Node* target, Value base, Value index, Value value) {
  const auto* m = as<Member>(target);
  place(target);
  base = realm_.resolve(base);
  if (base.is_choice()) {
    realm_.distribute(base, [&](Value b) {
      store(target, b, index, value);
      return Value::undefined();
    });
    return;
  }
  if (m->is_private) {
    const Key k = private_key(m->index);
    const auto found = base.is_object() ? realm_.get_own(base.as_object(), k) : std::nullopt;
    if (!found)
      realm_.throw_type_error(
          "Cannot write private member to an object whose class did not declare it");
    realm_.set(base.as_object(), k, value);
    return;
  }
  if (m->index && index.is_choice()) {
    realm_.distribute(index, [&](Value i) {
      store(target, base, i, value);
      return Value::undefined();
    });
    return;
  }
  const Key k = m->index ? realm_.to_property_key(index) : key(m->name);
  if (base.is_nullish()) {
    realm_.throw_type_error("Cannot set properties of " + describe(base) + " (setting '" +
                            (k.is_symbol() ? "symbol" : realm_.wtf8(k.string())) + "')");
  }
  if (!base.is_object()) {
    if (base.is_unknown()) realm_.throw_type_error("Cannot create property on a primitive");
    return;
  }
  realm_.atomically([&] {
    realm_.set(base.as_object(), k, value);
    return Value::undefined();
  });
}

Value Interpreter::assignment(const Assign* node) {
  if (node->target->kind == Kind::kIdentifier) {
    const auto* id = as<Identifier>(node->target);
    if (node->op == Op::kAssign) {
      const Value v = expression(node->value);
      write(id, v, false);
      return v;
    }
    const Value old = read(id);
    if (node->op == Op::kAnd || node->op == Op::kOr || node->op == Op::kNullish) {
      const Value v = logical(node->op, old, [&] { return expression(node->value); });
      write(id, v, false);
      return v;
    }
    const Value right = expression(node->value);
    place(node);
    const Value v = arithmetic(realm_, node->op, old, right);
    write(id, v, false);
    return v;
  }
  if (node->target->kind == Kind::kMember) {
    const auto* m = as<Member>(node->target);
    if (m->object->kind == Kind::kSuper) {
      const Value v = expression(node->value);
      realm_.set(this_value().as_object(), key(m->name), v);
      return v;
    }
    const Value base = expression(m->object);
    const Value index = m->index && !m->is_private
                            ? realm_.resolve(realm_.to_primitive(expression(m->index), true))
                            : Value::undefined();
    if (node->op == Op::kAssign) {
      const Value v = expression(node->value);
      store(m, base, index, v);
      return v;
    }
    const Value old = m->is_private ? member_of(m, base)
                      : m->index    ? element(realm_, base, index)
                                    : realm_.get(base, key(m->name));
    const bool short_circuit =
        node->op == Op::kAnd || node->op == Op::kOr || node->op == Op::kNullish;
    if (short_circuit) {
      bool assigned = false;
      const Value v = logical(node->op, old, [&] {
        assigned = true;
        return expression(node->value);
      });
      if (assigned) store(m, base, index, v);
      return v;
    }
    const Value right = expression(node->value);
    place(node);
    const Value v = arithmetic(realm_, node->op, old, right);
    store(m, base, index, v);
    return v;
  }
  const Value v = expression(node->value);
  place(node);
  assign(node->target, v, false);
  return v;
}

Value Interpreter::update(const Update* node) {
  const Value one = Value::number(1);
  const Op op = node->increment ? Op::kAdd : Op::kSub;
  const auto step = [&](Value old, Value& updated) {
    const Value n = realm_.to_numeric(old);
    updated = n.is(Tag::kBigInt)
                  ? bigint_binary(realm_, op, n.as_bigint(), bigint_literal(realm_, "1"))
                  : arithmetic(realm_, op, n, one);
    return node->prefix ? updated : n;
  };
  Value updated;
  if (node->target->kind == Kind::kIdentifier) {
    const auto* id = as<Identifier>(node->target);
    const Value result = step(read(id), updated);
    write(id, updated, false);
    return result;
  }
  const auto* m = as<Member>(node->target);
  const Value base = expression(m->object);
  const Value index =
      m->index && !m->is_private ? realm_.resolve(expression(m->index)) : Value::undefined();
  const Value old = m->is_private ? member_of(m, base)
                    : m->index    ? element(realm_, base, index)
                                  : realm_.get(base, key(m->name));
  const Value result = step(old, updated);
  store(m, base, index, updated);
  return result;
}

Value Interpreter::remove(const Node* node) {
  if (node->kind == Kind::kOptionalChain) node = as<OptionalChain>(node)->expression;
  if (node->kind != Kind::kMember) {
    if (node->kind != Kind::kIdentifier) expression(node);
    return Value::boolean(true);
  }
  const auto* m = as<Member>(node);
  const Value base = realm_.resolve(expression(m->object));
  if (base.is_nullish() && m->optional) return Value::boolean(true);
  const Value index = m->index ? realm_.resolve(expression(m->index)) : Value::undefined();
  place(node);
  return realm_.distribute(base, [&](Value b) {
    return realm_.atomically([&] {
      Object* object = realm_.to_object(b);
      const Key k = m->index ? realm_.to_property_key(index) : key(m->name);
      if (!realm_.remove(object, k)) {
        realm_.throw_type_error("Cannot delete property '" +
                                (k.is_symbol() ? "symbol" : realm_.wtf8(k.string())) + "'");
      }
      return Value::boolean(true);
    });
  });
}

// ---- JSX ----

JsxHook& jsx_hook() {
  static JsxHook hook = nullptr;
  return hook;
}

Value Interpreter::jsx(const JSXElement* node) {
  Value type;
  if (node->type) {
    type = node->type->kind == Kind::kString ? Value::string(str(as<String>(node->type)->value))
                                             : expression(node->type);
  } else {
    type = Value::symbol(realm_.symbol_for("react.fragment"));
  }
  Object* props = realm_.new_object();
  Value key_value = Value::absent();
  bool spread = false, key_after_spread = false;
  for (const auto& a : node->attributes) {
    realm_.here = {context_.file, a.begin, a.end};
    if (!a.name) {
      spread = true;
      const Value from = realm_.resolve(expression(a.value));
      const std::function<void(Value)> copy = [&](Value v) {
        v = realm_.resolve(v);
        if (v.is_choice()) {
          const Choice* choice = v.as_choice();
          realm_.fork(choice->selector, static_cast<uint32_t>(choice->alts.size()),
                      [&](uint32_t i) {
                        copy(choice->alts[std::min<size_t>(i, choice->alts.size() - 1)]);
                        return Value::undefined();
                      });
          return;
        }
        try {
          copy_properties(v, props, {});
        } catch (const NeedFork& need) {
          realm_.fork(need.selector, need.count, [&](uint32_t) {
            copy(v);
            return Value::undefined();
          });
        }
      };
      copy(from);
      continue;
    }
    const Value v = a.value ? expression(a.value) : Value::boolean(true);
    if (*a.name == u"key") {
      key_value = v;
      key_after_spread = spread;
      continue;
    }
    define_each(realm_, props, key(a.name), v);
  }
  if (!node->children.empty()) {
    std::vector<Value> children;
    for (const Node* child : node->children) {
      if (child->kind == Kind::kSpread) {
        for (const Value& v : realm_.list_from(expression(as<Spread>(child)->argument)))
          children.push_back(v);
      } else {
        children.push_back(expression(child));
      }
    }
    const Value value = children.size() == 1 && node->children.size() == 1
                            ? children[0]
                            : Value::object(realm_.new_array(std::move(children)));
    define_each(realm_, props, realm_.key("children"), value);
  }
  place(node);
  if (!jsx_hook()) realm_.refuse("JX1301", "JSX cannot be evaluated here");
  return jsx_hook()(realm_, type, props, key_value, key_after_spread);
}

}  // namespace jsxdp::eval
