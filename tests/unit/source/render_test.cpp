#include <gtest/gtest.h>

#include "source/source.h"

namespace jsxdp::source {
namespace {

TEST(File, CountsColumnsInUtf16Units) {
  const File file("a.tsx", "ab\ncd\xF0\x9F\x98\x80x\n");
  const auto at = file.position(9);
  EXPECT_EQ(at.line, 2u);
  EXPECT_EQ(at.column, 5u);
  EXPECT_EQ(file.line(2), "cd\xF0\x9F\x98\x80x");
}

TEST(Render, ShowsPlaceFrameAndHelp) {
  const File file("card.tsx", "const a = 1;\nconst b = <p>{now}</p>;\n");
  Diagnostic d;
  d.code = "JX1201";
  d.message = "`now` depends on the time";
  d.primary = {&file, 27, 30};
  d.help = "take it as a prop";
  const std::string text = render({d}, Format::kPretty, false);
  EXPECT_EQ(text,
            "error[JX1201]: `now` depends on the time\n"
            "  at card.tsx:2:15\n"
            "   1 | const a = 1;\n"
            " > 2 | const b = <p>{now}</p>;\n"
            "     |               ^^^\n"
            "   3 | \n"
            "  help: take it as a prop\n\n");
}

TEST(Render, JsonHoldsTheSpan) {
  const File file("x.tsx", "abc");
  Diagnostic d;
  d.code = "JX1001";
  d.primary = {&file, 1, 2};
  const std::string text = render({d}, Format::kJson, false);
  EXPECT_NE(text.find("\"column\": 2"), std::string::npos);
  EXPECT_NE(text.find("\"endColumn\": 3"), std::string::npos);
}

}  // namespace
}  // namespace jsxdp::source
