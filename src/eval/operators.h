// The language's operators, over any values.
#pragma once

#include "eval/realm.h"
#include "syntax/ast.h"

namespace jsxdp::eval {

int32_t to_int32(double n);
Value arithmetic(Realm& realm, syntax::Op op, Value a, Value b);
Value binary(Realm& realm, syntax::Op op, Value a, Value b);  // all but && || ??
Value unary(Realm& realm, syntax::Op op, Value v);            // all but delete
bool ordinary_instance_of(Realm& realm, Object* constructor, Value object);

// Look-ups by a string or number that only the request knows (lookup.cpp).
Value unknown_get(Realm& realm, Value base, Value unknown_key);
Value unknown_in(Realm& realm, Value unknown_key, Object* object);

}  // namespace jsxdp::eval
