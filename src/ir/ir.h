// The residual render program: what is left of a component once everything that
// does not depend on the request has been computed. The evaluator writes it, the
// passes shrink it, ebpf/ turns it into instructions, the IR interpreter runs it
// as a test oracle.
//
// Expressions are pure and hash-consed: equal expressions are one object, so a
// pointer comparison is an equality test. Evaluating one either gives exactly
// the JavaScript result or passes the request to user space.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "source/source.h"

namespace jsxdp::ir {

enum class Type : uint8_t {
  kBool,
  kNum,    // IEEE 754 double
  kStr,    // JavaScript string, WTF-8 at run time
  kIndex,  // small unsigned integer, result of a case distinction
  kList,   // list of kStr or kNum elements (Expr::elem)
};

// X(name, result type, argument types; b n s i l, * = any number of the last)
// JavaScript semantics throughout; indexes into strings count UTF-16 units.
#define JSXDP_IR_OPS(X)                                                              \
  /* leaves */                                                                       \
  X(ConstBool, kBool, "") /* index: 0 or 1 */                                        \
  X(ConstNum, kNum, "")   /* num */                                                  \
  X(ConstStr, kStr, "")   /* str (WTF-8) */                                          \
  X(InputTag, kIndex, "") /* index: input; value: its enum jx_tag */                 \
  X(InputBool, kBool, "") /* index: input; only under InputTag == JX_BOOLEAN */      \
  X(InputNum, kNum, "")   /* likewise JX_NUMBER */                                   \
  X(InputStr, kStr, "")   /* likewise JX_STRING */                                   \
  X(VarNum, kNum, "")     /* index: loop variable id */                              \
  X(VarStr, kStr, "")                                                                \
  X(HasHeader, kBool, "") /* str: lower-case field name */                           \
  X(Header, kStr, "")     /* Headers.get: values joined with ", "; "" if absent */   \
  X(HasCookie, kBool, "") /* str: cookie name */                                     \
  X(Cookie, kStr, "")     /* decoded value; "" if absent */                          \
  X(Url, kStr, "")        /* "http://" host target */                                \
  X(Method, kStr, "")     /* "GET" or "HEAD" */                                      \
  /* case distinctions */                                                            \
  X(StrCase, kIndex, "s")    /* cases: position of the string, or cases.size() */    \
  X(NumCase, kIndex, "n")    /* num_cases, by ===: position, or size() */            \
  X(IndexIs, kBool, "i")     /* index: argument == index */                          \
  X(SelectBool, kBool, "*b") /* first argument (kBool or kIndex) picks: for kBool */ \
  X(SelectNum, kNum, "*n")   /*   args = cond, if_false, if_true; for kIndex */      \
  X(SelectStr, kStr, "*s")   /*   args = index, value 0, value 1, ... */             \
  X(SelectIndex, kIndex, "*i")                                                       \
  X(ConstIndex, kIndex, "") /* index */                                              \
  /* booleans */                                                                     \
  X(Not, kBool, "b")                                                                 \
  X(And, kBool, "bb") /* strict: both are pure; may skip the second */               \
  X(Or, kBool, "bb")                                                                 \
  /* comparisons */                                                                  \
  X(NumEq, kBool, "nn") /* === */                                                    \
  X(NumLt, kBool, "nn")                                                              \
  X(NumLe, kBool, "nn")                                                              \
  X(NumSame, kBool, "nn") /* Object.is */                                            \
  X(NumTruthy, kBool, "n")                                                           \
  X(NumIsNaN, kBool, "n")                                                            \
  X(NumIsInteger, kBool, "n") /* Number.isInteger */                                 \
  X(StrEq, kBool, "ss")                                                              \
  X(StrLt, kBool, "ss") /* by UTF-16 code units */                                   \
  X(StrTruthy, kBool, "s")                                                           \
  X(StrIncludes, kBool, "ssn") /* haystack, needle, position */                      \
  X(StrStartsWith, kBool, "ssn")                                                     \
  X(StrEndsWith, kBool, "ssn") /* end position (Infinity: length) */                 \
  X(IsJsUrl, kBool, "s")       /* react-dom's javascript: URL test, on the text */   \
  X(StrIsWellFormed, kBool, "s")                                                     \
  /* numbers */                                                                      \
  X(Add, kNum, "nn")                                                                 \
  X(Sub, kNum, "nn")                                                                 \
  X(Mul, kNum, "nn")                                                                 \
  X(Div, kNum, "nn")                                                                 \
  X(Rem, kNum, "nn")                                                                 \
  X(Pow, kNum, "nn") /* exact small integer powers; else passes */                   \
  X(Neg, kNum, "n")                                                                  \
  X(Floor, kNum, "n")                                                                \
  X(Ceil, kNum, "n")                                                                 \
  X(Round, kNum, "n") /* Math.round */                                               \
  X(Trunc, kNum, "n")                                                                \
  X(Abs, kNum, "n")                                                                  \
  X(Sign, kNum, "n")                                                                 \
  X(Sqrt, kNum, "n")                                                                 \
  X(Fround, kNum, "n")                                                               \
  X(Min, kNum, "nn")                                                                 \
  X(Max, kNum, "nn")                                                                 \
  X(BitAnd, kNum, "nn")                                                              \
  X(BitOr, kNum, "nn")                                                               \
  X(BitXor, kNum, "nn")                                                              \
  X(BitNot, kNum, "n")                                                               \
  X(Shl, kNum, "nn")                                                                 \
  X(Shr, kNum, "nn")                                                                 \
  X(Ushr, kNum, "nn")                                                                \
  X(Imul, kNum, "nn")                                                                \
  X(Clz32, kNum, "n")                                                                \
  X(ToNumber, kNum, "s") /* Number(text) */                                          \
  X(ParseFloat, kNum, "s")                                                           \
  X(ParseInt, kNum, "sn") /* text, radix (0: default) */                             \
  X(BoolToNum, kNum, "b")                                                            \
  X(StrLength, kNum, "s")                                                            \
  X(IndexOf, kNum, "ssn")     /* haystack, needle, position; -1 */                   \
  X(LastIndexOf, kNum, "ssn") /* position (NaN: from the end) */                     \
  X(CharCodeAt, kNum, "sn")   /* NaN outside */                                      \
  X(CodePointAt, kNum, "sn")  /* NaN outside: test the bound first */                \
  X(ListLength, kNum, "l")                                                           \
  X(StrCompare, kNum, "ss") /* -1, 0, 1 by UTF-16 code units */                      \
  /* strings */                                                                      \
  X(Concat, kStr, "*s")                                                              \
  X(NumToStr, kStr, "n")       /* String(number) */                                  \
  X(NumToStrRadix, kStr, "nn") /* integers in radix 2 to 36; else passes */          \
  X(ToFixed, kStr, "nn")                                                             \
  X(ToPrecision, kStr, "nn")                                                         \
  X(ToExponential, kStr, "nn")                                                       \
  X(Slice, kStr, "snn") /* start, end (Infinity: length) */                          \
  X(Substring, kStr, "snn")                                                          \
  X(Substr, kStr, "snn")                                                             \
  X(CharAt, kStr, "sn") /* "" outside */                                             \
  X(FromCharCode, kStr, "n")                                                         \
  X(FromCodePoint, kStr, "n") /* passes where JavaScript throws */                   \
  X(Trim, kStr, "s")                                                                 \
  X(TrimStart, kStr, "s")                                                            \
  X(TrimEnd, kStr, "s")                                                              \
  X(Upper, kStr, "s")                                                                \
  X(Lower, kStr, "s")                                                                \
  X(PadStart, kStr, "sns")                                                           \
  X(PadEnd, kStr, "sns")                                                             \
  X(Repeat, kStr, "sn")   /* passes where JavaScript throws */                       \
  X(Replace, kStr, "sss") /* text, search string, replacement with $ patterns */     \
  X(ReplaceAll, kStr, "sss")                                                         \
  X(EncodeURIComponent, kStr, "s") /* passes where JavaScript throws */              \
  X(EncodeURI, kStr, "s")                                                            \
  X(DecodeURIComponent, kStr, "s")                                                   \
  X(JsonQuote, kStr, "s") /* JSON.stringify of a string */                           \
  X(ToWellFormed, kStr, "s")                                                         \
  X(HtmlEscape, kStr, "s") /* react-dom's escapeTextForBrowser, as a string */       \
  X(Join, kStr, "ls")                                                                \
  X(ListAtStr, kStr, "ln") /* element; passes outside: test the bound first */       \
  X(ListAtNum, kNum, "ln")                                                           \
  X(ListIncludesStr, kBool, "ls")                                                    \
  X(ListIncludesNum, kBool, "ln") /* SameValueZero */                                \
  X(ListIndexOfStr, kNum, "ls")                                                      \
  /* lists; bounded by kMaxListLength at run time, beyond it the request passes */   \
  X(Split, kList, "ssn")    /* text, separator, limit (4294967295: none) */          \
  X(CodePoints, kList, "s") /* [...text] */                                          \
  X(Range, kList, "n")      /* Array.from({length: n}, (_, i) => i) */               \
  X(ListSlice, kList, "lnn")                                                         \
  X(ListReverse, kList, "l")                                                         \
  X(ListConcat, kList, "ll")                                                         \
  X(ListFilter, kList, "lb") /* var = element, var2 = index; keeps where args[1] */  \
  X(ListMap, kList, "l*")    /* var, var2 as above; args[1]: kStr or kNum */         \
  X(ListOf, kList, "*")      /* list of the arguments */

enum class Op : uint8_t {
#define X(name, type, args) name,
  JSXDP_IR_OPS(X)
#undef X
};

const char* name(Op op);
Type type(Op op);

constexpr uint32_t kMaxListLength = 1024;
constexpr uint32_t kNoVar = UINT32_MAX;
// VarNum from here on: a number that differs from render to render (a clock, chance).
// What depends on one becomes a Pass before the program is done.
constexpr uint32_t kVolatile = 1U << 31;

struct Expr {
  Op op;
  Type type;
  Type elem = Type::kStr;  // of a kList
  uint32_t index = 0;      // input, variable, constant, ...: see the table above
  uint32_t var = kNoVar;   // ListFilter, ListMap: variable of the element ...
  uint32_t var2 = kNoVar;  // ... and of its index
  double num = 0;
  std::string str = {};                 // WTF-8
  std::vector<std::string> cases = {};  // StrCase
  std::vector<double> num_cases = {};   // NumCase
  std::vector<const Expr*> args = {};
  uint32_t id = 0;  // creation order; arguments have smaller ones
};

// Makes expressions; owns them. Folds what is constant: make() of an operation
// on constants gives a constant where the C++ side computes it exactly.
class Pool {
 public:
  Pool();
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Hash-consing constructor of every expression. `id` is ignored.
  const Expr* make(Expr prototype);

  const Expr* boolean(bool value);
  const Expr* number(double value);
  const Expr* string(std::string_view wtf8);
  const Expr* op(Op op, std::initializer_list<const Expr*> args);
  const Expr* op(Op op, std::vector<const Expr*> args);
  const Expr* input_tag(uint32_t input);
  const Expr* input(Op op, uint32_t input);
  const Expr* named(Op op, std::string_view name);  // Header, Cookie, ...
  const Expr* index_is(const Expr* index, uint32_t value);
  const Expr* negate(const Expr* cond);
  const Expr* both(const Expr* a, const Expr* b);
  const Expr* either(const Expr* a, const Expr* b);
  const Expr* concat(std::vector<const Expr*> parts);  // flattens, merges constants
  uint32_t new_var() { return next_var_++; }
  const Expr* new_volatile();  // another one each time

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  uint32_t next_var_ = 0;
  uint32_t next_volatile_ = kVolatile;
};

// ---- statements ----

struct Stmt;
using Block = std::vector<Stmt>;

enum class Escape : uint8_t {
  kNone,  // raw
  kHtml,  // react-dom's escapeTextForBrowser: " & ' < >
};

struct Text {  // constant bytes (WTF-8; lone halves are joined or replaced at the end)
  std::string bytes;
};
struct Emit {  // value: kStr
  const Expr* value;
  Escape escape;
};
struct Switch {  // selector kBool: arms[0] if false, arms[1] if true; kIndex: by value
  const Expr* selector;
  std::vector<Block> arms;  // a kIndex beyond the last arm takes the last
};
struct Loop {  // over a list; `elem` and `index` are variable ids, kNoVar if unused
  const Expr* list;
  uint32_t elem;
  uint32_t index;
  Block body;
};
struct Pass {
  uint32_t reason;  // enum jx_reason (kernel/frame.h)
};

struct HeaderField {
  std::string name;
  const Expr* value;  // kStr; CR, LF, NUL or non-ASCII at run time: the request passes
};

// One whole response. Statements before it only decide (Switch, Pass).
struct Respond {
  uint32_t status = 200;
  std::vector<HeaderField> headers;  // without Content-Length, Date, Connection
  Block body;
  bool no_body = false;  // 204, 304
  // Response bodies known at compile time may have pre-compressed forms, chosen
  // by Accept-Encoding; empty: none.
  std::string gzip;
  std::string brotli;
};

struct Stmt {
  std::variant<Text, Emit, Switch, Loop, Pass, Respond> node;
  source::Span span;  // the JSX or expression it came from
};

// ---- the program ----

enum TypeBit : uint32_t {  // what an input may be; bit = 1 << enum jx_tag
  kMayUndefined = 1u << 0,
  kMayNull = 1u << 1,
  kMayBool = 1u << 2,
  kMayNum = 1u << 3,
  kMayStr = 1u << 4,
};

// A prop of the root component. From a request: the path parameter of its name,
// else the first query parameter of its name, else undefined. Text is coerced to
// the one of string, number, boolean that `types` allows (string wins).
struct Input {
  std::string name;
  uint32_t types = kMayUndefined | kMayStr;
  int capture = -1;  // number of the path parameter, -1: query
};

struct Program {
  std::string name;   // function name in the object: render_<n>
  std::string route;  // "" if the module has none
  std::vector<Input> inputs;
  Block body;  // ends every path in Respond or Pass
  std::shared_ptr<Pool> pool;
  std::vector<std::shared_ptr<source::File>> files;  // keeps spans alive
};

// Text form, for golden tests and --emit=ir.
std::string print(const Program& program);
std::string print(const Expr* expr);

// Puts a Pass in place of each statement that depends on a volatile number. Answers
// where a request cannot avoid one; the program is not fit to run then.
std::optional<source::Span> pass_volatile(Program& program);

// All passes, in order (ir/passes/): merges static text, drops dead arms, hoists
// common heads and tails of arms, folds.
void optimise(Program& program);

}  // namespace jsxdp::ir
