// Generators: each runs on a stack of its own.
#pragma once

#include "eval/function.h"

namespace jsxdp::eval {

// generator.return(): unwinds the body, running its finally blocks.
struct GeneratorReturn {
  Value value;
};
// Makes the generator object of a call; `body` runs on its own stack when it is resumed.
Object* new_generator(Realm& realm, Object* prototype, std::function<Value()> body);
// next(), return(), throw() of a generator object.
enum class Resume : uint8_t { kNext, kReturn, kThrow };
Value resume_generator(Realm& realm, Value generator, Resume how, Value value);
// `yield` and `yield*` inside a running generator.
Value yield_value(Realm& realm, Value value);
Value yield_all(Realm& realm, Value iterable);
Value iterator_result(Realm& realm, Value value, bool done);

}  // namespace jsxdp::eval
