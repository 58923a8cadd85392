// The scope pass: where each identifier's value lives.
#pragma once

#include "source/source.h"
#include "syntax/ast.h"

namespace jsxdp::eval {

// Resolves the identifiers of a whole file (once): hops outward and slot. Module
// scopes are scopes like any other; what is nowhere declared is a global
// (hops -1). Early errors (redeclarations) come back as diagnostics.
source::Diagnostics resolve_scopes(syntax::Program& program);

}  // namespace jsxdp::eval
