// The compiler's front: a module file in, a residual program out.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "ir/ir.h"
#include "source/source.h"

namespace jsxdp::react {

struct Options {
  std::string export_name = "default";
  // Props that the program will be given, and their types: what `render --props`
  // knows beyond the component's own types.
  std::vector<ir::Input> hints;
};

struct Compiled {
  ir::Program program;
  source::Diagnostics warnings;  // arms that pass, and why
  std::shared_ptr<void> keep;    // what spans and warnings point into
};

// Compiles one module. Diagnostics hold their files through `keep_on_error`.
struct Refusal {
  source::Diagnostics diagnostics;
  std::shared_ptr<void> keep;
};
std::expected<Compiled, Refusal> compile(const std::string& path, const Options& options);

}  // namespace jsxdp::react
