// What the string methods share.
#pragma once

#include "eval/realm.h"

namespace jsxdp::eval::builtins {

// `this` as a string, known or unknown.
Value this_text(Realm& realm, const Call& call);
// ToIntegerOrInfinity of an argument, known or unknown.
Value integer_arg(Realm& realm, Value v, double fallback);
// An operation of strings and numbers at run time.
Value residual(Realm& realm, ir::Op op, std::initializer_list<Value> args);
// toUpperCase and toLowerCase with Unicode's full mappings.
std::u16string map_case(const std::u16string& text, bool upper);

}  // namespace jsxdp::eval::builtins
