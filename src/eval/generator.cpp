#include "eval/generator.h"

#include <sys/mman.h>
#include <ucontext.h>

#include <exception>

#include "eval/realm_impl.h"

namespace jsxdp::eval {
namespace {

constexpr size_t kStack = 1 << 20;

struct Generator final : Object {
  Generator() : Object(Class::kIterator) {}
  ~Generator() override {
    if (stack) munmap(stack, kStack);
  }
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;

  std::function<Value()> body;
  ucontext_t own{}, caller{};
  void* stack = nullptr;
  enum class S : uint8_t { kStart, kSuspended, kRunning, kDone } status = S::kStart;
  Resume how = Resume::kNext;
  Value sent, yielded;
  std::exception_ptr error;
  size_t levels = 0;  // forks open when it was made
  uint32_t level_mark = 0;
};

thread_local Generator* running = nullptr;
thread_local Generator* starting = nullptr;

void trampoline() {
  Generator* self = starting;
  try {
    if (self->how == Resume::kThrow) throw Throw{self->sent};
    if (self->how == Resume::kReturn) throw GeneratorReturn{self->sent};
    self->yielded = self->body();
  } catch (const GeneratorReturn& signal) {
    self->yielded = signal.value;
  } catch (...) {
    self->error = std::current_exception();
  }
  self->status = Generator::S::kDone;
  swapcontext(&self->own, &self->caller);
}

}  // namespace

Value iterator_result(Realm& realm, Value value, bool done) {
  Object* out = realm.new_object();
  realm.define(out, "value", value, true);
  realm.define(out, "done", Value::boolean(done), true);
  return Value::object(out);
}

Object* new_generator(Realm& realm, Object* prototype, std::function<Value()> body) {
  auto* generator = new Generator;
  auto* state = new ObjectState;
  state->proto = prototype;
  generator->body = std::move(body);
  const auto& levels = realm.impl().levels;
  generator->levels = levels.size();
  generator->level_mark = levels.empty() ? 0 : levels.back().mark;
  return realm.adopt_object(generator, state);
}

Value resume_generator(Realm& realm, Value value, Resume how, Value sent) {
  auto* g = value.is_object() ? dynamic_cast<Generator*>(value.as_object()) : nullptr;
  if (!g) realm.throw_type_error("next method called on incompatible receiver");
  if (g->status == Generator::S::kRunning) realm.throw_type_error("Generator is already running");
  if (g->status == Generator::S::kDone ||
      (g->status == Generator::S::kStart && how == Resume::kReturn)) {
    g->status = Generator::S::kDone;
    if (how == Resume::kThrow) throw Throw{sent};
    return iterator_result(realm, how == Resume::kReturn ? sent : Value::undefined(), true);
  }
  const auto& levels = realm.impl().levels;
  const uint32_t mark = levels.empty() ? 0 : levels.back().mark;
  if (levels.size() != g->levels || mark != g->level_mark) {
    realm.refuse("JX1205",
                 "a generator that was started before runs on under a condition of the request",
                 "collect its values into an array first");
  }
  g->how = how;
  g->sent = sent;
  Generator* outer = running;
  const bool start = g->status == Generator::S::kStart;
  g->status = Generator::S::kRunning;
  running = g;
  if (start) {
    g->stack = mmap(nullptr, kStack, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    getcontext(&g->own);
    g->own.uc_stack.ss_sp = g->stack;
    g->own.uc_stack.ss_size = kStack;
    g->own.uc_link = nullptr;
    makecontext(&g->own, trampoline, 0);
    starting = g;
  }
  swapcontext(&g->caller, &g->own);
  running = outer;
  if (g->error) std::rethrow_exception(std::exchange(g->error, nullptr));
  const bool done = g->status == Generator::S::kDone;
  return iterator_result(realm, g->yielded, done);
}

Value yield_value(Realm& realm, Value value) {
  Generator* g = running;
  if (!g) realm.refuse("JX1209", "`yield` outside a generator");
  const auto& levels = realm.impl().levels;
  const uint32_t mark = levels.empty() ? 0 : levels.back().mark;
  if (levels.size() != g->levels || mark != g->level_mark) {
    realm.refuse("JX1205", "`yield` under a condition of the request is not supported",
                 "return an array instead");
  }
  g->yielded = value;
  g->status = Generator::S::kSuspended;
  swapcontext(&g->own, &g->caller);
  if (g->how == Resume::kThrow) throw Throw{g->sent};
  if (g->how == Resume::kReturn) throw GeneratorReturn{g->sent};
  return g->sent;
}

Value yield_all(Realm& realm, Value iterable) {
  const Value method = realm.get(iterable, Key(realm.well_known("iterator")));
  const Value iterator = realm.call(method, iterable, {});
  const Value next = realm.get(iterator, realm.key("next"));
  Value sent;
  for (;;) {
    const Value result = realm.call(next, iterator, {sent});
    if (realm.truthy(realm.get(result, realm.key("done"))))
      return realm.get(result, realm.key("value"));
    sent = yield_value(realm, realm.get(result, realm.key("value")));
  }
}

}  // namespace jsxdp::eval
