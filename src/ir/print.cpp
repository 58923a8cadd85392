// The program as text, for golden tests and --emit=ir.
#include <charconv>
#include <cmath>
#include <sstream>

#include "ir/ir.h"

namespace jsxdp::ir {
namespace {

std::string quoted(std::string_view bytes) {
  std::string out = "\"";
  for (const char c : bytes) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string number(double n) {
  char buffer[32];
  if (std::isnan(n)) return "NaN";
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, n).ptr;
  return {buffer, end};
}

void indent(std::ostream& out, int depth) {
  out << std::string(static_cast<size_t>(depth) * 2, ' ');
}

void write(std::ostream& out, const Block& block, int depth);

struct Writer {
  std::ostream& out;
  int depth;

  void operator()(const Text& text) { out << "text " << quoted(text.bytes) << '\n'; }
  void operator()(const Emit& emit) {
    out << (emit.escape == Escape::kHtml ? "html " : "raw ") << print(emit.value) << '\n';
  }
  void operator()(const Switch& node) {
    out << "switch " << print(node.selector) << '\n';
    for (size_t i = 0; i < node.arms.size(); ++i) {
      indent(out, depth);
      if (node.selector->type == Type::kBool) {
        out << (i ? "true:\n" : "false:\n");
      } else {
        out << i << (i + 1 == node.arms.size() ? " and beyond:\n" : ":\n");
      }
      write(out, node.arms[i], depth + 1);
    }
  }
  void operator()(const Loop& loop) {
    out << "loop " << print(loop.list);
    if (loop.elem != kNoVar) out << " as v" << loop.elem;
    if (loop.index != kNoVar) out << " index v" << loop.index;
    out << '\n';
    write(out, loop.body, depth + 1);
  }
  void operator()(const Pass& pass) { out << "pass " << pass.reason << '\n'; }
  void operator()(const Respond& respond) {
    out << "respond " << respond.status << '\n';
    for (const auto& field : respond.headers) {
      indent(out, depth + 1);
      out << "header " << quoted(field.name) << ' ' << print(field.value) << '\n';
    }
    write(out, respond.body, depth + 1);
  }
};

void write(std::ostream& out, const Block& block, int depth) {
  for (const Stmt& stmt : block) {
    indent(out, depth);
    std::visit(Writer{out, depth}, stmt.node);
  }
}

}  // namespace

std::string print(const Expr* e) {
  switch (e->op) {
    case Op::ConstBool:
      return e->index ? "true" : "false";
    case Op::ConstNum:
      return number(e->num);
    case Op::ConstStr:
      return quoted(e->str);
    case Op::ConstIndex:
      return "#" + std::to_string(e->index);
    case Op::VarNum:
    case Op::VarStr:
      return "v" + std::to_string(e->index);
    default:
      break;
  }
  std::string out = name(e->op);
  switch (e->op) {
    case Op::InputTag:
    case Op::InputBool:
    case Op::InputNum:
    case Op::InputStr:
      return out + "(" + std::to_string(e->index) + ")";
    case Op::HasHeader:
    case Op::Header:
    case Op::HasCookie:
    case Op::Cookie:
      return out + "(" + quoted(e->str) + ")";
    default:
      break;
  }
  out += '(';
  for (size_t i = 0; i < e->args.size(); ++i) out += (i ? ", " : "") + print(e->args[i]);
  if (e->op == Op::IndexIs) out += ", " + std::to_string(e->index);
  for (const auto& text : e->cases) out += ", " + quoted(text);
  for (const double n : e->num_cases) out += ", " + number(n);
  if (e->var != kNoVar) out += "; v" + std::to_string(e->var);
  if (e->var2 != kNoVar) out += ", v" + std::to_string(e->var2);
  return out + ")";
}

std::string print(const Program& program) {
  std::ostringstream out;
  out << "program " << program.name;
  if (!program.route.empty()) out << " route " << quoted(program.route);
  out << '\n';
  for (size_t i = 0; i < program.inputs.size(); ++i) {
    const Input& input = program.inputs[i];
    out << "  input " << i << ' ' << input.name << ':';
    static constexpr const char* names[] = {"undefined", "null", "boolean", "number", "string"};
    for (int tag = 0; tag < 5; ++tag) {
      if (input.types >> tag & 1) out << ' ' << names[tag];
    }
    if (input.capture >= 0) out << " from capture " << input.capture;
    out << '\n';
  }
  write(out, program.body, 1);
  return out.str();
}

}  // namespace jsxdp::ir
