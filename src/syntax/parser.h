// The door of the syntax stage: text in, tree or diagnostics out.
#pragma once

#include <expected>
#include <memory>

#include "source/source.h"
#include "syntax/ast.h"

namespace jsxdp::syntax {

// Parses a .ts or .mts or .cts file as TypeScript, any other as TypeScript with
// JSX (of which JavaScript is a part). A file with any syntax error is refused,
// with a diagnostic (JX10xx) for each place. Diagnostics point into `file`: keep it.
std::expected<std::unique_ptr<Program>, source::Diagnostics> parse(
    std::shared_ptr<source::File> file);

}  // namespace jsxdp::syntax
