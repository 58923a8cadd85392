// oracle_driver [--ir] [--export NAME] MODULE < CASES
// Compiles a module and runs its residual program in the IR interpreter. A case is
// a line of blank-separated props, NAME=VALUE: both in hexadecimal UTF-8, the value
// behind its kind: u (undefined), n (null), t, f, d (the bits of a double), s.
// Answers a line for each case: "0 BODY" in hexadecimal, or "4 REASON". Exit 3 and
// diagnostics on stderr where the module is refused.
#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <sstream>

#include "ir/interpret.h"
#include "react/compile.h"

namespace {

using jsxdp::ir::InputValue;
using Case = std::vector<std::pair<std::string, InputValue>>;

std::string from_hex(std::string_view hex) {
  std::string out;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return out;
}

std::string to_hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    out += "0123456789abcdef"[static_cast<uint8_t>(c) >> 4];
    out += "0123456789abcdef"[static_cast<uint8_t>(c) & 15];
  }
  return out;
}

InputValue parse_value(std::string_view text) {
  switch (text.empty() ? 'u' : text[0]) {
    case 'n':
      return jsxdp::ir::InputNull{};
    case 't':
      return true;
    case 'f':
      return false;
    case 'd':
      return std::bit_cast<double>(std::stoull(std::string(text.substr(1)), nullptr, 16));
    case 's':
      return from_hex(text.substr(1));
    default:
      return {};
  }
}

std::vector<Case> read_cases(std::istream& in) {
  std::vector<Case> out;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    Case& props = out.emplace_back();
    for (std::string word; words >> word;) {
      const size_t at = word.find('=');
      props.emplace_back(from_hex(word.substr(0, at)),
                         parse_value(std::string_view(word).substr(at + 1)));
    }
  }
  return out;
}

// The types of each prop over all cases.
std::vector<jsxdp::ir::Input> hints(const std::vector<Case>& cases) {
  std::vector<jsxdp::ir::Input> out;
  for (const Case& props : cases) {
    for (const auto& [name, value] : props) {
      auto at = std::ranges::find(out, name, &jsxdp::ir::Input::name);
      if (at == out.end()) at = out.insert(at, {name, 0, -1});
      at->types |= 1U << value.index();
    }
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  jsxdp::react::Options options;
  const char* path = nullptr;
  bool print_ir = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--ir") == 0) {
      print_ir = true;
    } else if (std::strcmp(argv[i], "--export") == 0 && i + 1 < argc) {
      options.export_name = argv[++i];
    } else {
      path = argv[i];
    }
  }
  if (!path) return 1;
  const std::vector<Case> cases = print_ir ? std::vector<Case>() : read_cases(std::cin);
  options.hints = hints(cases);
  const auto compiled = jsxdp::react::compile(path, options);
  if (!compiled) {
    const auto& found = compiled.error().diagnostics;
    std::fputs(jsxdp::source::render(found, jsxdp::source::Format::kPretty, false).c_str(), stderr);
    return 3;
  }
  std::fputs(
      jsxdp::source::render(compiled->warnings, jsxdp::source::Format::kPretty, false).c_str(),
      stderr);
  const jsxdp::ir::Program& program = compiled->program;
  if (print_ir) std::fputs(jsxdp::ir::print(program).c_str(), stdout);
  for (const Case& props : cases) {
    std::vector<InputValue> inputs(program.inputs.size());
    for (const auto& [name, value] : props) {
      const auto at = std::ranges::find(program.inputs, name, &jsxdp::ir::Input::name);
      if (at != program.inputs.end())
        inputs[static_cast<size_t>(at - program.inputs.begin())] = value;
    }
    const jsxdp::ir::Answer answer = jsxdp::ir::interpret(program, inputs);
    if (answer.pass != 0) {
      std::printf("4 %s\n", std::string(jsxdp::ir::reason_name(answer.pass)).c_str());
    } else {
      std::printf("0 %s\n", to_hex(answer.body).c_str());
    }
  }
  return 0;
}
