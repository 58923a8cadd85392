#pragma once

#include "eval/builtins/builtins.h"

namespace jsxdp::eval::builtins {

Value json_parse(Realm& realm, const Call& call);

// JSON.stringify of any value; a string, known or unknown, or undefined.
Value json_stringify(Realm& realm, Value value, Value replacer, Value space);

}  // namespace jsxdp::eval::builtins
