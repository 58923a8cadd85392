// The evaluator against Node.js on known values: every script of scripts/ exports
// a list of [label, value] by default; the JSON of both must be equal.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <sstream>

#include "eval/evaluate.h"

namespace jsxdp::eval {
namespace {

std::string run_node(const std::string& path) {
  const std::string command =
      "node --input-type=module -e 'import l from \"" + path + "\"; for (const e of l) console.log(JSON.stringify(e))' 2>&1";
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  pclose(pipe);
  return out;
}

std::string run_evaluator(const std::string& path) {
  Realm realm(std::make_shared<ir::Pool>());
  install_builtins(realm);
  modules::Graph graph(modules::disk());
  Evaluator evaluator(realm, graph);
  const auto module = evaluator.evaluate(path);
  if (!module) return source::render(module.error(), source::Format::kPretty, false);
  std::string out;
  const auto value = evaluator.run([&] {
    const Value stringify = realm.get(realm.get(realm.global(), "JSON"), realm.key("stringify"));
    for (const Value& each : realm.list_from(realm.get(*module, "default"))) {
      const Value line = realm.call(stringify, {}, {each});
      out += (line.is_string() ? realm.wtf8(line.as_string()) : "?") + "\n";
    }
    return Value();
  });
  if (!value) return out + source::render(value.error(), source::Format::kPretty, false);
  return out;
}

class Script : public testing::TestWithParam<std::string> {};

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

TEST_P(Script, GivesWhatNodeGives) {
  const auto ours = lines(run_evaluator(GetParam())), theirs = lines(run_node(GetParam()));
  EXPECT_EQ(ours.size(), theirs.size());
  for (size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i) EXPECT_EQ(ours[i], theirs[i]) << "line " << i;
}

std::vector<std::string> scripts() {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(JSXDP_SCRIPTS)) {
    if (entry.path().extension() == ".mjs") out.push_back(entry.path().string());
  }
  std::ranges::sort(out);
  return out;
}

INSTANTIATE_TEST_SUITE_P(Scripts, Script, testing::ValuesIn(scripts()),
                         [](const auto& info) { return std::filesystem::path(info.param).stem().string(); });

}  // namespace
}  // namespace jsxdp::eval
