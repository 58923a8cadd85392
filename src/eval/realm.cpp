#include "eval/realm.h"

#include "eval/realm_impl.h"
#include "syntax/literal.h"

namespace jsxdp::eval {

Property* PropertyMap::find(Key key) {
  if (entries_.size() > 8) {
    const auto found = index_.find(key);
    return found == index_.end() ? nullptr : &entries_[found->second];
  }
  for (Property& property : entries_) {
    if (property.key == key) return &property;
  }
  return nullptr;
}

const Property* PropertyMap::find(Key key) const {
  return const_cast<PropertyMap*>(this)->find(key);
}

Property& PropertyMap::add(Property property) {
  entries_.push_back(std::move(property));
  if (entries_.size() == 9) {
    index_.clear();
    for (uint32_t i = 0; i < 9; ++i) index_[entries_[i].key] = i;
  } else if (entries_.size() > 9) {
    index_[entries_.back().key] = static_cast<uint32_t>(entries_.size() - 1);
  }
  return entries_.back();
}

bool PropertyMap::remove(Key key) {
  for (size_t i = 0; i < entries_.size(); ++i) {
    if (!(entries_[i].key == key)) continue;
    entries_.erase(entries_.begin() + static_cast<ptrdiff_t>(i));
    index_.clear();
    if (entries_.size() > 8) {
      for (uint32_t k = 0; k < entries_.size(); ++k) index_[entries_[k].key] = k;
    }
    return true;
  }
  return false;
}

Realm::Realm(std::shared_ptr<ir::Pool> pool)
    : pool_(std::move(pool)), impl_(std::make_unique<Impl>()) {
  impl_->fuel = kFuel;
  global_ = new_object(nullptr);
}

Realm::~Realm() {
  for (Object* object : impl_->objects) delete object;
  for (Scope* scope : impl_->scopes) delete scope;
  for (State* state : impl_->states) delete state;
}

// ---- strings, symbols, keys ----

const Str* Realm::str(std::u16string text) {
  impl_->strings.push_back({std::move(text), nullptr});
  return &impl_->strings.back();
}

const Str* Realm::str(std::string_view utf8) {
  return str(syntax::utf16(utf8));
}

const Str* Realm::intern(const Str* s) {
  if (s->atom) return s->atom;
  const auto [found, added] = impl_->atoms.try_emplace(s->text, s);
  s->atom = found->second;
  return s->atom;
}

const Str* Realm::intern(std::u16string_view text) {
  if (const auto found = impl_->atoms.find(text); found != impl_->atoms.end()) return found->second;
  return intern(str(std::u16string(text)));
}

Key Realm::key(std::string_view ascii) {
  return Key(intern(std::u16string_view(std::u16string(ascii.begin(), ascii.end()))));
}

Key Realm::index_key(uint32_t index) {
  auto& small = impl_->small_indexes;
  if (index < small.size()) return Key(small[index]);
  const std::string text = std::to_string(index);
  const Str* interned = intern(std::u16string_view(std::u16string(text.begin(), text.end())));
  if (index == small.size() && index < 4096) small.push_back(interned);
  return Key(interned);
}

std::optional<uint32_t> Realm::array_index(Key key) const {
  if (key.is_symbol()) return std::nullopt;
  const std::u16string& text = key.string()->text;
  if (text.empty() || text.size() > 10 || (text[0] == u'0' && text.size() > 1)) return std::nullopt;
  uint64_t value = 0;
  for (const char16_t c : text) {
    if (c < u'0' || c > u'9') return std::nullopt;
    value = value * 10 + (c - u'0');
  }
  if (value >= 0xFFFFFFFFull) return std::nullopt;
  return static_cast<uint32_t>(value);
}

const Symbol* Realm::new_symbol(const Str* description, bool is_private) {
  impl_->symbols.push_back({description, false, is_private});
  return &impl_->symbols.back();
}

const Symbol* Realm::symbol_for(std::string_view name) {
  const Symbol*& entry = impl_->registered[std::string(name)];
  if (!entry) {
    impl_->symbols.push_back({str(name), true, false});
    entry = &impl_->symbols.back();
  }
  return entry;
}

const Symbol* Realm::well_known(std::string_view name) {
  const Symbol*& entry = impl_->well_known[std::string(name)];
  if (!entry) entry = new_symbol(str("Symbol." + std::string(name)));
  return entry;
}

// ---- allocation ----

namespace {

template <class T>
T* adopt(Realm& realm, T* object, State* state) {
  Realm::Impl& impl = realm.impl();
  object->state = state;
  object->serial = ++impl.serial;
  object->mark = impl.levels.empty() ? 0 : impl.levels.back().mark;
  impl.states.push_back(state);
  return object;
}

}  // namespace

Object* Realm::adopt_object(Object* object, ObjectState* state) {
  impl_->objects.push_back(object);
  return adopt(*this, object, state);
}

Object* Realm::new_object(Object* proto) {
  auto* state = new ObjectState;
  state->proto = proto;
  return adopt_object(new Object(Class::kObject), state);
}

Object* Realm::new_object() {
  return new_object(intrinsic("Object"));
}

Object* Realm::new_array(std::vector<Value> elements) {
  auto* state = new ArrayState;
  state->proto = intrinsic("Array");
  state->elements = std::move(elements);
  return adopt_object(new Object(Class::kArray), state);
}

Object* Realm::new_native(std::string_view name, int length, NativeFn fn, Value data, Value data2) {
  auto* function = new NativeFunction;
  function->fn = fn;
  function->data = data;
  function->data2 = data2;
  auto* state = new ObjectState;
  state->proto = intrinsic("Function");
  adopt_object(function, state);
  const auto add = [&](std::string_view key_name, Value value) {
    Property property{};
    property.key = key(key_name);
    property.value = value;
    property.writable = property.enumerable = false;
    state->properties.add(property);
  };
  add("length", Value::number(length));
  add("name", string(name));
  return function;
}

Object* Realm::new_error(std::string_view type, std::string_view message) {
  auto* state = new ObjectState;
  state->proto = intrinsic(type);
  Object* error = adopt_object(new Object(Class::kError), state);
  define(error, "stack", string(std::string(type) + ": " + std::string(message)));
  define(error, "message", string(message));
  return error;
}

Scope* Realm::new_scope(Scope* parent, size_t slots) {
  auto* scope = new Scope;
  auto* state = new ScopeState;
  state->slots.assign(slots, Value::absent());
  impl_->scopes.push_back(scope);
  adopt(*this, scope, state);
  scope->parent = parent;
  return scope;
}

Object* Realm::intrinsic(std::string_view name) {
  const auto found = impl_->intrinsics.find(std::string(name));
  return found == impl_->intrinsics.end() ? nullptr : found->second;
}

void Realm::set_intrinsic(std::string_view name, Object* object) {
  impl_->intrinsics[std::string(name)] = object;
}

// ---- errors ----

void Realm::throw_type_error(std::string_view message) {
  throw Throw{Value::object(new_error("TypeError", message))};
}
void Realm::throw_range_error(std::string_view message) {
  throw Throw{Value::object(new_error("RangeError", message))};
}

void Realm::refuse(std::string_view code, std::string message, std::string help) {
  source::Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  diagnostic.primary = here;
  diagnostic.trace.assign(component_trace.rbegin(), component_trace.rend());
  throw Refused{std::move(diagnostic)};
}

void Realm::pass(uint32_t reason) {
  throw ArmPasses{reason, here};
}

void Realm::warn(source::Diagnostic diagnostic) {
  diagnostic.severity = source::Severity::kWarning;
  impl_->warnings.push_back(std::move(diagnostic));
}

void Realm::burn(uint32_t amount) {
  if (impl_->fuel < amount) {
    refuse("JX1501", "evaluating this takes too long",
           "is there a loop without end? it runs when the component is compiled");
  }
  impl_->fuel -= amount;
}

}  // namespace jsxdp::eval
