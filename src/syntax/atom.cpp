#include <deque>
#include <unordered_set>

#include "syntax/ast.h"

namespace jsxdp::syntax {
namespace {

struct Hash {
  using is_transparent = void;
  size_t operator()(std::u16string_view s) const { return std::hash<std::u16string_view>()(s); }
  size_t operator()(const std::u16string* s) const { return (*this)(std::u16string_view(*s)); }
};
struct Equal {
  using is_transparent = void;
  static std::u16string_view view(std::u16string_view s) { return s; }
  static std::u16string_view view(const std::u16string* s) { return *s; }
  bool operator()(const auto& a, const auto& b) const { return view(a) == view(b); }
};

}  // namespace

Atom atom(std::u16string_view text) {
  static std::unordered_set<const std::u16string*, Hash, Equal> table;
  static std::deque<std::u16string> storage;
  if (const auto found = table.find(text); found != table.end()) return *found;
  return *table.insert(&storage.emplace_back(text)).first;
}

Atom atom(std::string_view ascii) {
  return atom(std::u16string(ascii.begin(), ascii.end()));
}

}  // namespace jsxdp::syntax
