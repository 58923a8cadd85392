// One function a global: each installs its constructor, prototype and functions.
// Internal to eval/.
#pragma once

#include "eval/function.h"
#include "eval/operators.h"
#include "eval/realm.h"

namespace jsxdp::eval::builtins {

void install_function(Realm& realm);  // first: Object and Function prototypes
void install_object(Realm& realm);
void install_error(Realm& realm);
void install_array(Realm& realm);
void install_array_iteration(Realm& realm);
void install_string(Realm& realm);
void install_string_search(Realm& realm);
void install_number(Realm& realm);
void install_math(Realm& realm);
void install_symbol(Realm& realm);
void install_collections(Realm& realm);
void install_json(Realm& realm);
void install_iterators(Realm& realm);
void install_globals(Realm& realm);
void install_reflect(Realm& realm);
void install_regexp(Realm& realm);
void install_date(Realm& realm);
void install_intl(Realm& realm);
void install_promise(Realm& realm);

// ---- what they share ----

// A constructor with its prototype, as a global of that name.
NativeFunction* make_constructor(Realm& realm, std::string_view name, int length, NativeFn fn, Object* prototype);
// The prototype for `new`: new_target's, else the intrinsic's.
Object* prototype_for(Realm& realm, const Call& call, std::string_view intrinsic);
// One step of a built-in iterator: the value at `position`, which it moves on; nothing at the end.
using IteratorStep = std::function<std::optional<Value>(Realm&, double& position)>;
// An iterator object; `intrinsic` names its prototype ("%ArrayIterator%", ...).
Object* make_list_iterator(Realm& realm, std::string_view intrinsic, IteratorStep step);
// A relative index as slice() takes it.
size_t relative_index(double relative, size_t length);
// The elements of an array-like.
std::vector<Value> array_like(Realm& realm, Value v);
size_t length_of(Realm& realm, Object* object);

}  // namespace jsxdp::eval::builtins
