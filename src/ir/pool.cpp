// Expressions: hash-consing, and folding of what is constant.
#include <bit>
#include <cmath>
#include <unordered_set>

#include "ir/ir.h"

namespace jsxdp::ir {
namespace {

constexpr const char* kNames[] = {
#define X(name, type, args) #name,
    JSXDP_IR_OPS(X)
#undef X
};

constexpr Type kTypes[] = {
#define X(name, type, args) Type::type,
    JSXDP_IR_OPS(X)
#undef X
};

size_t mix(size_t seed, size_t value) {
  return (seed ^ value) * 0x9E3779B97F4A7C15ull + (seed >> 31);
}

struct Hash {
  size_t operator()(const Expr* e) const {
    size_t h = mix(static_cast<size_t>(e->op), e->index);
    h = mix(h, e->var);
    h = mix(h, std::bit_cast<uint64_t>(e->num));
    h = mix(h, std::hash<std::string>()(e->str));
    for (const auto& text : e->cases) h = mix(h, std::hash<std::string>()(text));
    for (const double n : e->num_cases) h = mix(h, std::bit_cast<uint64_t>(n));
    for (const Expr* arg : e->args) h = mix(h, arg->id);
    return h;
  }
};

struct Equal {
  static bool same_bits(double a, double b) {
    return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b);
  }
  bool operator()(const Expr* a, const Expr* b) const {
    if (a->op != b->op || a->index != b->index || a->var != b->var || a->var2 != b->var2 ||
        a->elem != b->elem || !same_bits(a->num, b->num) || a->str != b->str ||
        a->cases != b->cases || a->args != b->args || a->num_cases.size() != b->num_cases.size()) {
      return false;
    }
    for (size_t i = 0; i < a->num_cases.size(); ++i) {
      if (!same_bits(a->num_cases[i], b->num_cases[i])) return false;
    }
    return true;
  }
};

bool is_const_bool(const Expr* e, bool value) {
  return e->op == Op::ConstBool && (e->index != 0) == value;
}

}  // namespace

const char* name(Op op) {
  return kNames[static_cast<size_t>(op)];
}
Type type(Op op) {
  return kTypes[static_cast<size_t>(op)];
}

struct Pool::Impl {
  std::deque<Expr> storage;
  std::unordered_set<const Expr*, Hash, Equal> table;
};

Pool::Pool() : impl_(std::make_unique<Impl>()) {}
Pool::~Pool() = default;

const Expr* Pool::make(Expr prototype) {
  prototype.id = 0;
  if (const auto found = impl_->table.find(&prototype); found != impl_->table.end()) return *found;
  prototype.id = static_cast<uint32_t>(impl_->storage.size()) + 1;
  const Expr* made = &impl_->storage.emplace_back(std::move(prototype));
  impl_->table.insert(made);
  return made;
}

const Expr* Pool::boolean(bool value) {
  return make({.op = Op::ConstBool, .type = Type::kBool, .index = value});
}
const Expr* Pool::number(double value) {
  if (std::isnan(value)) value = std::bit_cast<double>(0x7FF8000000000000ull);
  return make({.op = Op::ConstNum, .type = Type::kNum, .num = value});
}
const Expr* Pool::string(std::string_view wtf8) {
  return make({.op = Op::ConstStr, .type = Type::kStr, .str = std::string(wtf8)});
}
const Expr* Pool::input_tag(uint32_t input) {
  return make({.op = Op::InputTag, .type = Type::kIndex, .index = input});
}
const Expr* Pool::input(Op op, uint32_t input) {
  return make({.op = op, .type = type(op), .index = input});
}
const Expr* Pool::named(Op op, std::string_view name) {
  return make({.op = op, .type = type(op), .str = std::string(name)});
}

const Expr* Pool::op(Op op, std::initializer_list<const Expr*> args) {
  return this->op(op, std::vector<const Expr*>(args));
}

const Expr* Pool::op(Op op, std::vector<const Expr*> args) {
  switch (op) {
    case Op::Not:
      return negate(args[0]);
    case Op::And:
      return both(args[0], args[1]);
    case Op::Or:
      return either(args[0], args[1]);
    case Op::Concat:
      return concat(std::move(args));
    case Op::StrTruthy:
      if (args[0]->op == Op::ConstStr) return boolean(!args[0]->str.empty());
      break;
    case Op::StrEq:
      if (args[0] == args[1]) return boolean(true);
      if (args[0]->op == Op::ConstStr && args[1]->op == Op::ConstStr) return boolean(false);
      if (args[0]->op == Op::ConstStr) std::swap(args[0], args[1]);
      break;
    case Op::SelectBool:
      if (args.size() == 3 && args[0]->type == Type::kBool) {
        if (args[1] == args[2]) return args[1];
        if (is_const_bool(args[1], false)) return both(args[0], args[2]);
        if (is_const_bool(args[2], true)) return either(args[0], args[1]);
        if (is_const_bool(args[1], true) && is_const_bool(args[2], false)) return negate(args[0]);
      }
      [[fallthrough]];
    case Op::SelectNum:
    case Op::SelectStr:
    case Op::SelectIndex: {
      if (args[0]->op == Op::ConstBool || args[0]->op == Op::ConstIndex) {
        return args[1 + std::min<size_t>(args[0]->index, args.size() - 2)];
      }
      bool equal = true;
      for (size_t i = 2; i < args.size(); ++i) equal = equal && args[i] == args[1];
      if (equal) return args[1];
      break;
    }
    default:
      break;
  }
  Expr made{.op = op, .type = ir::type(op)};
  if (op == Op::ListOf && !args.empty()) made.elem = args[0]->type;
  if (op == Op::Range) made.elem = Type::kNum;
  if (op == Op::ListSlice || op == Op::ListReverse || op == Op::ListConcat || op == Op::ListFilter)
    made.elem = args[0]->elem;
  if (op == Op::ListMap) made.elem = args[1]->type;
  made.args = std::move(args);
  return make(std::move(made));
}

const Expr* Pool::new_volatile() {
  return make({.op = Op::VarNum, .type = Type::kNum, .index = next_volatile_++});
}

const Expr* Pool::index_is(const Expr* index, uint32_t value) {
  if (index->op == Op::ConstIndex) return boolean(index->index == value);
  return make({.op = Op::IndexIs, .type = Type::kBool, .index = value, .args = {index}});
}

const Expr* Pool::negate(const Expr* cond) {
  if (cond->op == Op::ConstBool) return boolean(!cond->index);
  if (cond->op == Op::Not) return cond->args[0];
  return make({.op = Op::Not, .type = Type::kBool, .args = {cond}});
}

const Expr* Pool::both(const Expr* a, const Expr* b) {
  if (is_const_bool(a, true) || a == b) return b;
  if (is_const_bool(b, true)) return a;
  if (is_const_bool(a, false) || is_const_bool(b, false)) return boolean(false);
  return make({.op = Op::And, .type = Type::kBool, .args = {a, b}});
}

const Expr* Pool::either(const Expr* a, const Expr* b) {
  if (is_const_bool(a, false) || a == b) return b;
  if (is_const_bool(b, false)) return a;
  if (is_const_bool(a, true) || is_const_bool(b, true)) return boolean(true);
  return make({.op = Op::Or, .type = Type::kBool, .args = {a, b}});
}

const Expr* Pool::concat(std::vector<const Expr*> parts) {
  std::vector<const Expr*> flat;
  const auto add = [&](const Expr* part) {
    if (part->op == Op::ConstStr && part->str.empty()) return;
    if (part->op == Op::ConstStr && !flat.empty() && flat.back()->op == Op::ConstStr) {
      // Two halves of a surrogate pair join: WTF-8 writes the pair as one.
      std::string joined = flat.back()->str;
      const auto& next = part->str;
      const auto byte = [](const std::string& s, size_t i) {
        return static_cast<unsigned char>(s[i]);
      };
      const size_t n = joined.size();
      if (n >= 3 && byte(joined, n - 3) == 0xED && byte(joined, n - 2) >= 0xA0 &&
          byte(joined, n - 2) < 0xB0 && next.size() >= 3 && byte(next, 0) == 0xED &&
          byte(next, 1) >= 0xB0) {
        const uint32_t high = (byte(joined, n - 2) & 0x3F) << 6 | (byte(joined, n - 1) & 0x3F);
        const uint32_t low = (byte(next, 1) & 0x3F) << 6 | (byte(next, 2) & 0x3F);
        const uint32_t point = 0x10000 + ((high - 0x800) << 10) + (low - 0xC00);
        joined.resize(n - 3);
        joined += static_cast<char>(0xF0 | point >> 18);
        joined += static_cast<char>(0x80 | (point >> 12 & 0x3F));
        joined += static_cast<char>(0x80 | (point >> 6 & 0x3F));
        joined += static_cast<char>(0x80 | (point & 0x3F));
        joined.append(next, 3);
      } else {
        joined += next;
      }
      flat.back() = string(joined);
      return;
    }
    flat.push_back(part);
  };
  for (const Expr* part : parts) {
    if (part->op == Op::Concat) {
      for (const Expr* inner : part->args) add(inner);
    } else {
      add(part);
    }
  }
  if (flat.empty()) return string("");
  if (flat.size() == 1) return flat[0];
  return make({.op = Op::Concat, .type = Type::kStr, .args = std::move(flat)});
}

}  // namespace jsxdp::ir
