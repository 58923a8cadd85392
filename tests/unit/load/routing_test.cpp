#include "load/routing.h"

#include <gtest/gtest.h>

namespace jsxdp::load {
namespace {

std::expected<Routing, std::string> plan(std::vector<std::string> patterns) {
  std::vector<Route> routes;
  for (uint32_t i = 0; i < patterns.size(); i++) routes.push_back({patterns[i], i});
  return plan_routing(routes, 7, 0);
}

// The shapes for paths of `segments` segments, "l" literal, "p" parameter, "w" wildcard.
std::vector<std::string> shapes(const Routing& routing, uint32_t segments) {
  std::vector<std::string> out;
  const jx_shapes& list = routing.shapes[segments];
  for (uint32_t i = 0; i < list.count; i++) {
    std::string text;
    for (uint32_t s = 0; s < list.shape[i].segments; s++)
      text += list.shape[i].literals & 1u << s ? 'l' : 'p';
    out.push_back(text + (list.shape[i].wildcard ? "w" : ""));
  }
  return out;
}

TEST(Routing, LiteralsBeatParametersFromLeftToRight) {
  const auto routing = plan({"/:a/b", "/a/*", "/a/:b", "/a/b", "/:a/:b", "/*"});
  ASSERT_TRUE(routing) << routing.error();
  EXPECT_EQ(shapes(*routing, 2), (std::vector<std::string>{"ll", "lp", "lw", "pl", "pp", "w"}));
  EXPECT_EQ(shapes(*routing, 1), (std::vector<std::string>{"w"}));
  EXPECT_EQ(shapes(*routing, 3), (std::vector<std::string>{"lw", "w"}));
}

TEST(Routing, RoutesOfOneShapeShareIt) {
  std::vector<std::string> patterns;
  for (int i = 0; i < 10000; i++) patterns.push_back("/item" + std::to_string(i) + "/:id");
  const auto routing = plan(patterns);
  ASSERT_TRUE(routing) << routing.error();
  EXPECT_EQ(routing->patterns.size(), 10000u);
  EXPECT_EQ(shapes(*routing, 2), (std::vector<std::string>{"lp"}));
}

TEST(Routing, RefusesWhatIsAmbiguousOrUnknown) {
  for (const auto& [patterns, what] :
       {std::pair<std::vector<std::string>, std::string>{{"card"}, "starts with"},
        {{"/a/:x", "/a/:y"}, "match the same paths"},
        {{"/:"}, "needs a name"},
        {{"/a*"}, "are patterns"},
        {{"/*/a"}, "are patterns"},
        {{"/:x?"}, "whole segment"},
        {{"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"}, "segments"},
        {{"/" + std::string(300, 'x')}, "longer"}}) {
    const auto routing = plan(patterns);
    ASSERT_FALSE(routing) << patterns[0];
    EXPECT_NE(routing.error().find(what), std::string::npos) << routing.error();
  }
}

}  // namespace
}  // namespace jsxdp::load
