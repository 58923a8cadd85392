// The door to a whole JavaScript engine: Node.js, which is on every build machine
// of a React team. It only ever sees known values: regular expressions, dates,
// Intl. It is started when it is first needed and ends with the process.
#pragma once

#include <string>
#include <vector>

#include "eval/realm.h"

namespace jsxdp::eval {

// Calls one of the engine's functions (see engine.cpp) with texts; answers texts,
// or throws what the engine threw. Results are cached. Refuses (JX2010) if there
// is no Node.js.
const std::vector<std::u16string>& engine_call(Realm& realm, std::vector<std::u16string> request);

// The name and exponent-free text of a number, for a request.
std::u16string engine_text(double n);
double engine_number(const std::u16string& text);

}  // namespace jsxdp::eval
