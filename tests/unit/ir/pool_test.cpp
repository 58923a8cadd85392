#include <gtest/gtest.h>

#include "ir/ir.h"

namespace jsxdp::ir {
namespace {

TEST(Pool, EqualExpressionsAreOneObject) {
  Pool pool;
  const Expr* a = pool.op(Op::StrEq, {pool.input(Op::InputStr, 0), pool.string("x")});
  const Expr* b = pool.op(Op::StrEq, {pool.string("x"), pool.input(Op::InputStr, 0)});
  EXPECT_EQ(a, b);
  EXPECT_NE(pool.number(0.0), pool.number(-0.0));
}

TEST(Pool, ConcatFlattensAndJoinsHalvesOfAPair) {
  Pool pool;
  const Expr* joined = pool.concat({pool.string("a\xED\xA0\xBD"), pool.string("\xED\xB8\x80")});
  EXPECT_EQ(joined, pool.string("a\xF0\x9F\x98\x80"));
}

TEST(Optimise, HoistsWhatArmsShare) {
  auto pool = std::make_shared<Pool>();
  Program program;
  program.pool = pool;
  program.name = "p";
  Block yes{{Text{"<b class=on>"}, {}}, {Emit{pool->input(Op::InputStr, 0), Escape::kHtml}, {}}};
  Block no{{Text{"<b class=off>"}, {}}, {Emit{pool->input(Op::InputStr, 0), Escape::kHtml}, {}}};
  program.body = {{Switch{pool->op(Op::StrTruthy, {pool->input(Op::InputStr, 0)}), {no, yes}}, {}}};
  optimise(program);
  EXPECT_EQ(print(program),
            "program p\n"
            "  text \"<b class=o\"\n"
            "  switch StrTruthy(InputStr(0))\n"
            "  false:\n"
            "    text \"ff>\"\n"
            "  true:\n"
            "    text \"n>\"\n"
            "  html InputStr(0)\n");
}

}  // namespace
}  // namespace jsxdp::ir
