// Runs a residual program in user space, with exact JavaScript semantics: the
// oracle that the emitted eBPF and React itself are compared with in tests. It
// shares no code with the evaluator's folding nor with the run-time library, so
// that a mistake has to be made twice to go unnoticed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ir/ir.h"

namespace jsxdp::ir {

struct InputNull {
  bool operator==(const InputNull&) const = default;
};
// What a prop is given: undefined, null, a boolean, a number, a WTF-8 string.
using InputValue = std::variant<std::monostate, InputNull, bool, double, std::string>;

// The parts of a request that programs can read.
struct RequestView {
  std::string method = "GET";
  std::string url = "http://localhost/";
  std::vector<std::pair<std::string, std::string>> headers;  // lower-case names; repeated: in order
  std::vector<std::pair<std::string, std::string>> cookies;  // decoded
};

struct Answer {
  uint32_t pass = 0;  // enum jx_reason; JX_OK: answered, and the rest holds
  uint32_t status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  // UTF-8: halves of surrogate pairs are joined or replaced
};

// `inputs[i]` fills program.inputs[i]; missing ones are undefined. A value of a
// type that the input does not allow passes (JX_R_INPUT).
Answer interpret(const Program& program, const std::vector<InputValue>& inputs,
                 const RequestView& request = {});

// "JX_R_THROWS" and so on without the prefix, in lower case.
std::string_view reason_name(uint32_t reason);

}  // namespace jsxdp::ir
