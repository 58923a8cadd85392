#include "syntax/parser.h"

#include <gtest/gtest.h>

#include "syntax/literal.h"

namespace jsxdp::syntax {
namespace {

std::expected<std::unique_ptr<Program>, source::Diagnostics> parse_text(std::string text) {
  // Diagnostics point into the file: it outlives them.
  static std::vector<std::shared_ptr<source::File>> files;
  files.push_back(std::make_shared<source::File>("test.tsx", std::move(text)));
  return parse(files.back());
}

TEST(Parser, RefusesABrokenFileAtTheRightPlace) {
  const auto result = parse_text("const a = 1;\nconst b = <p>{a</p>;\n");
  ASSERT_FALSE(result.has_value());
  ASSERT_FALSE(result.error().empty());
  const auto& first = result.error().front();
  EXPECT_EQ(first.primary.file->position(first.primary.begin).line, 2u);
}

TEST(Parser, MismatchedTagsAreAnError) {
  const auto result = parse_text("const a = <p>x</b>;");
  ASSERT_FALSE(result.has_value());
}

TEST(Parser, KeepsDirectivesTypesAndJsx) {
  const auto result = parse_text(
      "'use kernel';\n"
      "type P = { id: string; n?: number };\n"
      "export default function Card({ id, n = 1 }: P) { return <a.b x={1} {...id}>t&amp;u{' '}\n  v</a.b>; }\n");
  ASSERT_TRUE(result.has_value());
  const Program& program = **result;
  ASSERT_EQ(program.directives.size(), 1u);
  EXPECT_EQ(*program.directives[0], u"use kernel");
  ASSERT_EQ(program.types.size(), 1u);
  EXPECT_EQ(program.types[0].type->members.size(), 2u);
  EXPECT_TRUE(program.types[0].type->members[1].optional);
  const auto* exported = as<ExportDefault>(program.body[1]);
  const Function* fn = as<FunctionDeclaration>(exported->declaration)->function;
  const auto* element = as<JSXElement>(as<Return>(fn->body[0])->argument);
  EXPECT_EQ(element->attributes.size(), 2u);
  ASSERT_EQ(element->children.size(), 3u);
  EXPECT_EQ(*as<JSXText>(element->children[0])->value, u"t&u");
  EXPECT_EQ(*as<JSXText>(element->children[2])->value, u"v");
}

TEST(Literal, CooksEscapesAndNumbers) {
  EXPECT_EQ(cook(R"(a\n\x41\u{1F600}\
b)", false),
            u"a\nA\U0001F600b");
  EXPECT_FALSE(cook(R"(\u12)", false).has_value());
  EXPECT_EQ(number_value("0x1F"), 31);
  EXPECT_EQ(number_value("1_000.5e1"), 10005);
  EXPECT_EQ(number_value("0b101"), 5);
  EXPECT_EQ(jsx_text("  a\n   b  \n "), u"  a b");
  EXPECT_FALSE(jsx_text("\n   \n").has_value());
  EXPECT_EQ(decode_entities("&copy;&#x41;&nope;&"), u"\u00a9A&nope;&");
}

}  // namespace
}  // namespace jsxdp::syntax
