#include "ir/interpret.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "ir/interpret_text.h"
#include "kernel/frame.h"

namespace jsxdp::ir {
namespace {

using Text16 = std::u16string;

struct List {
  std::vector<Text16> strings;
  std::vector<double> numbers;
  bool of_numbers = false;
  size_t size() const { return of_numbers ? numbers.size() : strings.size(); }
};

using Value = std::variant<bool, double, Text16, uint32_t, List>;

struct Passes {
  uint32_t reason;
};

// The value, or the request passes for `reason`.
template <class T>
T must(std::optional<T> value, uint32_t reason) {
  if (!value) throw Passes{reason};
  return std::move(*value);
}

double minimum(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return NAN;
  if (a == 0 && b == 0) return std::signbit(a) ? a : b;
  return a < b ? a : b;
}

// Math.round: half up, exactly.
double round_half_up(double n) {
  if (!std::isfinite(n) || n == std::trunc(n)) return n;
  const double below = std::floor(n);
  const double out = n - below >= 0.5 ? below + 1 : below;
  return out == 0 && std::signbit(n) ? -0.0 : out;
}

class Machine {
 public:
  Machine(const Program& program, const std::vector<InputValue>& inputs, const RequestView& request)
      : request_(request), inputs_(inputs) {
    inputs_.resize(program.inputs.size());
  }

  // Answers whether the request is done.
  bool run(const Block& block) {
    return std::ranges::any_of(block, [&](const Stmt& s) {
      return std::visit([&](const auto& node) { return step(node); }, s.node);
    });
  }

  Answer answer;
  Text16 body;

 private:
  bool step(const ir::Text& text) {
    body += js::from_wtf8(text.bytes);
    return false;
  }
  bool step(const Emit& emit) {
    const Text16 value = str(emit.value);
    body += emit.escape == Escape::kHtml ? js::escape_html(value) : value;
    return false;
  }
  bool step(const Switch& node) {
    const size_t arm = pick(node.selector);
    return run(node.arms[std::min(arm, node.arms.size() - 1)]);
  }
  bool step(const Loop& loop) {
    const List values = list(loop.list);
    for (size_t i = 0; i < values.size(); ++i) {
      bind(loop.elem, loop.index, values, i);
      if (run(loop.body)) return true;
    }
    return false;
  }
  bool step(const ir::Pass& pass) { throw Passes{pass.reason}; }
  bool step(const Respond& respond) {
    answer.status = respond.status;
    for (const HeaderField& field : respond.headers) {
      const std::string value = js::to_utf8(str(field.value));
      const bool fine = std::ranges::all_of(value, [](char c) {
        const auto byte = static_cast<uint8_t>(c);
        return byte < 0x80 && byte != '\r' && byte != '\n' && byte != 0;
      });
      if (!fine) throw Passes{JX_R_HEADER};
      answer.headers.emplace_back(field.name, value);
    }
    if (!respond.no_body) run(respond.body);
    return true;
  }

  void bind(uint32_t elem, uint32_t index, const List& values, size_t i) {
    if (elem != kNoVar) {
      variables_[elem] = values.of_numbers ? Value(values.numbers[i]) : Value(values.strings[i]);
    }
    if (index != kNoVar) variables_[index] = static_cast<double>(i);
  }

  size_t pick(const Expr* selector) {
    const Value v = eval(selector);
    if (const bool* b = std::get_if<bool>(&v)) return *b ? 1 : 0;
    return std::get<uint32_t>(v);
  }

  bool boolean(const Expr* e) { return std::get<bool>(eval(e)); }
  double num(const Expr* e) { return std::get<double>(eval(e)); }
  Text16 str(const Expr* e) { return std::get<Text16>(eval(e)); }
  List list(const Expr* e) { return std::get<List>(eval(e)); }

  bool has_variables(const Expr* e) {
    const auto [at, fresh] = varying_.try_emplace(e, false);
    if (!fresh) return at->second;
    bool out = e->op == Op::VarNum || e->op == Op::VarStr;
    for (const Expr* arg : e->args) out = has_variables(arg) || out;
    return varying_[e] = out;
  }

  Value eval(const Expr* e) {
    if (has_variables(e)) return compute(e);
    if (const auto done = memo_.find(e); done != memo_.end()) return done->second;
    Value v = compute(e);
    memo_.emplace(e, v);
    return v;
  }

  template <class T>
  T input(const Expr* e) {
    const T* v = std::get_if<T>(&inputs_[e->index]);
    if (!v) throw Passes{JX_R_INPUT};
    return *v;
  }

  static std::string named(const std::vector<std::pair<std::string, std::string>>& fields,
                           const std::string& name, bool joined) {
    std::string out;
    bool first = true;
    for (const auto& [key, value] : fields) {
      if (key != name || (!first && !joined)) continue;
      out += (first ? "" : ", ") + value;
      first = false;
    }
    return out;
  }
  static bool has(const std::vector<std::pair<std::string, std::string>>& fields,
                  const std::string& name) {
    return std::ranges::any_of(fields, [&](const auto& f) { return f.first == name; });
  }

  Value compute(const Expr* e) {
    switch (e->type) {
      case Type::kBool:
        return compute_bool(e);
      case Type::kNum:
        return compute_num(e);
      case Type::kStr:
        return compute_str(e);
      case Type::kIndex:
        return compute_index(e);
      case Type::kList:
        return compute_list(e);
    }
    throw Passes{JX_R_PROGRAM};
  }

  Value select(const Expr* e) {
    const size_t arm = pick(e->args[0]);
    return eval(e->args[1 + std::min(arm, e->args.size() - 2)]);
  }

  uint32_t compute_index(const Expr* e) {
    switch (e->op) {
      case Op::ConstIndex:
        return e->index;
      case Op::InputTag:
        return tag(inputs_[e->index]);
      case Op::SelectIndex:
        return std::get<uint32_t>(select(e));
      case Op::StrCase: {
        const auto& found = std::ranges::find(e->cases, str(e->args[0]), js::from_wtf8);
        return static_cast<uint32_t>(found - e->cases.begin());
      }
      case Op::NumCase: {
        const auto& found = std::ranges::find(e->num_cases, num(e->args[0]));
        return static_cast<uint32_t>(found - e->num_cases.begin());
      }
      default:
        throw Passes{JX_R_PROGRAM};
    }
  }

  static uint32_t tag(const InputValue& v) {
    static constexpr std::array<uint32_t, 5> kTags = {JX_UNDEFINED, JX_NULL, JX_BOOLEAN, JX_NUMBER,
                                                      JX_STRING};
    return kTags[v.index()];
  }

  bool compute_bool(const Expr* e) {
    const auto& a = e->args;
    switch (e->op) {
      case Op::ConstBool:
        return e->index != 0;
      case Op::InputBool:
        return input<bool>(e);
      case Op::HasHeader:
        return has(request_.headers, e->str);
      case Op::HasCookie:
        return has(request_.cookies, e->str);
      case Op::IndexIs:
        return pick(a[0]) == e->index;
      case Op::SelectBool:
        return std::get<bool>(select(e));
      case Op::Not:
        return !boolean(a[0]);
      case Op::And:
        return boolean(a[0]) && boolean(a[1]);
      case Op::Or:
        return boolean(a[0]) || boolean(a[1]);
      case Op::NumEq:
        return num(a[0]) == num(a[1]);
      case Op::NumLt:
        return num(a[0]) < num(a[1]);
      case Op::NumLe:
        return num(a[0]) <= num(a[1]);
      case Op::NumSame: {
        const double x = num(a[0]);
        const double y = num(a[1]);
        if (std::isnan(x) || std::isnan(y)) return std::isnan(x) && std::isnan(y);
        return std::bit_cast<uint64_t>(x) == std::bit_cast<uint64_t>(y);
      }
      case Op::NumTruthy: {
        const double x = num(a[0]);
        return x != 0 && !std::isnan(x);
      }
      case Op::NumIsNaN:
        return std::isnan(num(a[0]));
      case Op::NumIsInteger: {
        const double x = num(a[0]);
        return std::isfinite(x) && x == std::trunc(x);
      }
      case Op::StrEq:
        return str(a[0]) == str(a[1]);
      case Op::StrLt:
        return str(a[0]) < str(a[1]);
      case Op::StrTruthy:
        return !str(a[0]).empty();
      case Op::StrIncludes:
        return js::index_of(str(a[0]), str(a[1]), num(a[2])) >= 0;
      case Op::StrStartsWith: {
        const Text16 text = str(a[0]);
        return std::u16string_view(text)
            .substr(js::position(num(a[2]), text.size()))
            .starts_with(str(a[1]));
      }
      case Op::StrEndsWith: {
        const Text16 text = str(a[0]);
        return std::u16string_view(text)
            .substr(0, js::position(num(a[2]), text.size()))
            .ends_with(str(a[1]));
      }
      case Op::IsJsUrl:
        return js::is_javascript_url(str(a[0]));
      case Op::StrIsWellFormed: {
        const Text16 text = str(a[0]);
        return js::to_well_formed(text) == text;
      }
      case Op::ListIncludesStr: {
        const List values = list(a[0]);
        return std::ranges::find(values.strings, str(a[1])) != values.strings.end();
      }
      case Op::ListIncludesNum: {
        const double wanted = num(a[1]);
        return std::ranges::any_of(list(a[0]).numbers, [&](double n) {
          return n == wanted || (std::isnan(n) && std::isnan(wanted));
        });
      }
      default:
        throw Passes{JX_R_PROGRAM};
    }
  }

  double compute_num(const Expr* e) {
    const auto& a = e->args;
    const auto i32 = [&](size_t i) { return js::to_int32(num(a[i])); };
    const auto u32 = [&](size_t i) { return static_cast<uint32_t>(js::to_int32(num(a[i]))); };
    switch (e->op) {
      case Op::ConstNum:
        return e->num;
      case Op::InputNum:
        return input<double>(e);
      case Op::VarNum:
        return std::get<double>(variables_.at(e->index));
      case Op::SelectNum:
        return std::get<double>(select(e));
      case Op::Add:
        return num(a[0]) + num(a[1]);
      case Op::Sub:
        return num(a[0]) - num(a[1]);
      case Op::Mul:
        return num(a[0]) * num(a[1]);
      case Op::Div:
        return num(a[0]) / num(a[1]);
      case Op::Rem:
        return std::fmod(num(a[0]), num(a[1]));
      case Op::Pow:
        return must(js::power(num(a[0]), num(a[1])), JX_R_NUMBER);
      case Op::Neg:
        return -num(a[0]);
      case Op::Floor:
        return std::floor(num(a[0]));
      case Op::Ceil:
        return std::ceil(num(a[0]));
      case Op::Round:
        return round_half_up(num(a[0]));
      case Op::Trunc:
        return std::trunc(num(a[0]));
      case Op::Abs:
        return std::fabs(num(a[0]));
      case Op::Sign: {
        const double x = num(a[0]);
        return x > 0 ? 1 : x < 0 ? -1 : x;
      }
      case Op::Sqrt:
        return std::sqrt(num(a[0]));
      case Op::Fround:
        return static_cast<double>(static_cast<float>(num(a[0])));
      case Op::Min:
        return minimum(num(a[0]), num(a[1]));
      case Op::Max:
        return -minimum(-num(a[0]), -num(a[1]));
      case Op::BitAnd:
        return i32(0) & i32(1);
      case Op::BitOr:
        return i32(0) | i32(1);
      case Op::BitXor:
        return i32(0) ^ i32(1);
      case Op::BitNot:
        return ~i32(0);
      case Op::Shl:
        return static_cast<int32_t>(u32(0) << (u32(1) & 31));
      case Op::Shr:
        return i32(0) >> (u32(1) & 31);
      case Op::Ushr:
        return u32(0) >> (u32(1) & 31);
      case Op::Imul:
        return static_cast<int32_t>(u32(0) * u32(1));
      case Op::Clz32:
        return std::countl_zero(u32(0));
      case Op::ToNumber:
        return js::to_number(str(a[0]));
      case Op::ParseFloat:
        return js::parse_float(str(a[0]));
      case Op::ParseInt:
        return must(js::parse_int(str(a[0]), num(a[1])), JX_R_NUMBER);
      case Op::BoolToNum:
        return boolean(a[0]) ? 1 : 0;
      case Op::StrLength:
        return static_cast<double>(str(a[0]).size());
      case Op::IndexOf:
        return js::index_of(str(a[0]), str(a[1]), num(a[2]));
      case Op::LastIndexOf:
        return js::last_index_of(str(a[0]), str(a[1]), num(a[2]));
      case Op::CharCodeAt:
      case Op::CodePointAt: {
        const Text16 text = str(a[0]);
        const double at = std::isnan(num(a[1])) ? 0 : std::trunc(num(a[1]));
        if (at < 0 || at >= static_cast<double>(text.size())) return NAN;
        const auto i = static_cast<size_t>(at);
        if (e->op == Op::CodePointAt && (text[i] & 0xFC00) == 0xD800 && i + 1 < text.size() &&
            (text[i + 1] & 0xFC00) == 0xDC00) {
          return 0x10000 + ((text[i] - 0xD800) << 10) + (text[i + 1] - 0xDC00);
        }
        return text[i];
      }
      case Op::ListLength:
        return static_cast<double>(list(a[0]).size());
      case Op::StrCompare: {
        const int order = str(a[0]).compare(str(a[1]));
        return order < 0 ? -1 : order > 0 ? 1 : 0;
      }
      case Op::ListAtNum: {
        const List values = list(a[0]);
        return values.numbers[element(values, num(a[1]))];
      }
      case Op::ListIndexOfStr: {
        const List values = list(a[0]);
        const auto found = std::ranges::find(values.strings, str(a[1]));
        return found == values.strings.end() ? -1
                                             : static_cast<double>(found - values.strings.begin());
      }
      default:
        throw Passes{JX_R_PROGRAM};
    }
  }

  static size_t element(const List& values, double at) {
    if (!(at >= 0 && at < static_cast<double>(values.size())) || at != std::trunc(at))
      throw Passes{JX_R_PROGRAM};
    return static_cast<size_t>(at);
  }

  static constexpr std::string_view kComponentMarks = "-_.!~*'()";
  static constexpr std::string_view kUriMarks = "-_.!~*'();/?:@&=+$,#";

  Text16 compute_str(const Expr* e) {
    const auto& a = e->args;
    switch (e->op) {
      case Op::ConstStr:
        return js::from_wtf8(e->str);
      case Op::InputStr:
        return js::from_wtf8(input<std::string>(e));
      case Op::VarStr:
        return std::get<Text16>(variables_.at(e->index));
      case Op::Header:
        return js::from_wtf8(named(request_.headers, e->str, true));
      case Op::Cookie:
        return js::from_wtf8(named(request_.cookies, e->str, false));
      case Op::Url:
        return js::from_wtf8(request_.url);
      case Op::Method:
        return js::from_wtf8(request_.method);
      case Op::SelectStr:
        return std::get<Text16>(select(e));
      case Op::Concat: {
        Text16 out;
        for (const Expr* part : a) out += str(part);
        return out;
      }
      case Op::NumToStr:
        return js::number_text(num(a[0]));
      case Op::NumToStrRadix:
        return must(js::number_radix(num(a[0]), num(a[1])), JX_R_NUMBER);
      case Op::ToFixed:
        return must(js::to_fixed(num(a[0]), num(a[1])), JX_R_THROWS);
      case Op::ToPrecision:
        return must(js::to_precision(num(a[0]), num(a[1])), JX_R_THROWS);
      case Op::ToExponential:
        return must(js::to_exponential(num(a[0]), num(a[1])), JX_R_THROWS);
      case Op::Slice: {
        const Text16 text = str(a[0]);
        const size_t begin = js::position(num(a[1]), text.size(), true);
        const size_t end = js::position(num(a[2]), text.size(), true);
        return begin < end ? text.substr(begin, end - begin) : Text16();
      }
      case Op::Substring: {
        const Text16 text = str(a[0]);
        const size_t x = js::position(num(a[1]), text.size());
        const size_t y = js::position(num(a[2]), text.size());
        return text.substr(std::min(x, y), std::max(x, y) - std::min(x, y));
      }
      case Op::Substr: {
        const Text16 text = str(a[0]);
        const size_t begin = js::position(num(a[1]), text.size(), true);
        return text.substr(begin, js::position(num(a[2]), text.size() - begin));
      }
      case Op::CharAt: {
        const Text16 text = str(a[0]);
        const double at = std::isnan(num(a[1])) ? 0 : std::trunc(num(a[1]));
        return at >= 0 && at < static_cast<double>(text.size())
                   ? text.substr(static_cast<size_t>(at), 1)
                   : Text16();
      }
      case Op::FromCharCode:
        return Text16(1, static_cast<char16_t>(js::to_int32(num(a[0]))));
      case Op::FromCodePoint: {
        const double c = num(a[0]);
        if (!(c >= 0 && c <= 0x10FFFF) || c != std::trunc(c)) throw Passes{JX_R_THROWS};
        if (c < 0x10000) return Text16(1, static_cast<char16_t>(c));
        const auto point = static_cast<uint32_t>(c);
        return {static_cast<char16_t>(0xD7C0 + (point >> 10)),
                static_cast<char16_t>(0xDC00 | (point & 0x3FF))};
      }
      case Op::Trim:
        return Text16(js::trim(str(a[0]), true, true));
      case Op::TrimStart:
        return Text16(js::trim(str(a[0]), true, false));
      case Op::TrimEnd:
        return Text16(js::trim(str(a[0]), false, true));
      case Op::Upper:
        return js::upper(str(a[0]));
      case Op::Lower:
        return js::lower(str(a[0]));
      case Op::PadStart:
        return must(js::pad(str(a[0]), num(a[1]), str(a[2]), true), JX_R_MEM_FULL);
      case Op::PadEnd:
        return must(js::pad(str(a[0]), num(a[1]), str(a[2]), false), JX_R_MEM_FULL);
      case Op::Repeat:
        return must(js::repeat(str(a[0]), num(a[1])), JX_R_THROWS);
      case Op::Replace:
        return js::replace(str(a[0]), str(a[1]), str(a[2]), false);
      case Op::ReplaceAll:
        return js::replace(str(a[0]), str(a[1]), str(a[2]), true);
      case Op::EncodeURIComponent:
        return must(js::encode_uri(str(a[0]), kComponentMarks), JX_R_THROWS);
      case Op::EncodeURI:
        return must(js::encode_uri(str(a[0]), kUriMarks), JX_R_THROWS);
      case Op::DecodeURIComponent:
        return must(js::decode_uri_component(str(a[0])), JX_R_THROWS);
      case Op::JsonQuote:
        return js::json_quote(str(a[0]));
      case Op::ToWellFormed:
        return js::to_well_formed(str(a[0]));
      case Op::HtmlEscape:
        return js::escape_html(str(a[0]));
      case Op::Join: {
        const List values = list(a[0]);
        const Text16 separator = str(a[1]);
        Text16 out;
        for (size_t i = 0; i < values.size(); ++i) {
          if (i > 0) out += separator;
          out += values.of_numbers ? js::number_text(values.numbers[i]) : values.strings[i];
        }
        return out;
      }
      case Op::ListAtStr: {
        const List values = list(a[0]);
        return values.strings[element(values, num(a[1]))];
      }
      default:
        throw Passes{JX_R_PROGRAM};
    }
  }

  // Which elements of `values` remain: those at `from` up to `to`.
  static List cut(const List& values, size_t from, size_t to) {
    List out;
    out.of_numbers = values.of_numbers;
    for (size_t i = from; i < to; ++i) append(out, values, i);
    return out;
  }
  static void append(List& to, const List& from, size_t i) {
    if (from.of_numbers) {
      to.numbers.push_back(from.numbers[i]);
    } else {
      to.strings.push_back(from.strings[i]);
    }
  }
  void append(List& to, const Expr* e) {
    if (to.of_numbers) {
      to.numbers.push_back(num(e));
    } else {
      to.strings.push_back(str(e));
    }
  }

  List compute_list(const Expr* e) {
    List out = make_list(e);
    if (out.size() > kMaxListLength) throw Passes{JX_R_LIST_FULL};
    return out;
  }

  List make_list(const Expr* e) {
    const auto& a = e->args;
    List out;
    out.of_numbers = e->elem == Type::kNum;
    switch (e->op) {
      case Op::Split:
        out.strings = js::split(str(a[0]), str(a[1]), num(a[2]));
        return out;
      case Op::CodePoints:
        out.strings = js::code_points(str(a[0]));
        return out;
      case Op::Range: {
        const double length = num(a[0]);
        const size_t count = js::position(length, kMaxListLength + 1);
        for (size_t i = 0; i < count; ++i) out.numbers.push_back(static_cast<double>(i));
        return out;
      }
      case Op::ListSlice: {
        const List values = list(a[0]);
        return cut(values, js::position(num(a[1]), values.size(), true),
                   js::position(num(a[2]), values.size(), true));
      }
      case Op::ListReverse: {
        out = list(a[0]);
        std::ranges::reverse(out.numbers);
        std::ranges::reverse(out.strings);
        return out;
      }
      case Op::ListConcat: {
        out = list(a[0]);
        const List more = list(a[1]);
        for (size_t i = 0; i < more.size(); ++i) append(out, more, i);
        return out;
      }
      case Op::ListFilter:
      case Op::ListMap: {
        const List values = list(a[0]);
        for (size_t i = 0; i < values.size(); ++i) {
          bind(e->var, e->var2, values, i);
          if (e->op == Op::ListMap) {
            append(out, a[1]);
          } else if (boolean(a[1])) {
            append(out, values, i);
          }
        }
        return out;
      }
      case Op::ListOf:
        for (const Expr* element : a) append(out, element);
        return out;
      default:
        throw Passes{JX_R_PROGRAM};
    }
  }

  const RequestView& request_;
  std::vector<InputValue> inputs_;
  std::unordered_map<uint32_t, Value> variables_;
  std::unordered_map<const Expr*, Value> memo_;
  std::unordered_map<const Expr*, bool> varying_;
};

Answer passed(uint32_t reason) {
  Answer out;
  out.pass = reason;
  return out;
}

}  // namespace

Answer interpret(const Program& program, const std::vector<InputValue>& inputs,
                 const RequestView& request) {
  static constexpr std::array<uint32_t, 5> kBits = {kMayUndefined, kMayNull, kMayBool, kMayNum,
                                                    kMayStr};
  for (size_t i = 0; i < inputs.size() && i < program.inputs.size(); ++i) {
    if ((program.inputs[i].types & kBits[inputs[i].index()]) == 0) return passed(JX_R_INPUT);
  }
  Machine machine(program, inputs, request);
  try {
    if (!machine.run(program.body)) return passed(JX_R_PROGRAM);
  } catch (const Passes& passes) {
    return passed(passes.reason);
  }
  machine.answer.body = js::to_utf8(machine.body);
  return std::move(machine.answer);
}

std::string_view reason_name(uint32_t reason) {
  static constexpr std::array<std::string_view, JX_R_ROUTE_MAX> kNames = {
      "ok",        "program",     "throws",   "input",    "encoding",
      "non_ascii", "number",      "out_full", "mem_full", "list_full",
      "loop",      "row_missing", "header",   "frame",    "method"};
  return reason < kNames.size() ? kNames[reason] : "unknown";
}

}  // namespace jsxdp::ir
