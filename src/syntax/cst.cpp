#include "syntax/cst.h"

#include <unordered_map>

namespace jsxdp::syntax::cst {

Symbols::Symbols(const TSLanguage* language) {
  static const std::unordered_map<std::string_view, N> names = {{"true", N::kTrue},
                                                                {"false", N::kFalse},
#define X(name) {#name, N::name##_},
                                                                JSXDP_CST_NODES(X)
#undef X
  };
  const uint32_t count = ts_language_symbol_count(language);
  map_.resize(count, N::kOther);
  for (uint32_t i = 0; i < count; ++i) {
    if (ts_language_symbol_type(language, static_cast<TSSymbol>(i)) != TSSymbolTypeRegular)
      continue;
    const auto found = names.find(ts_language_symbol_name(language, static_cast<TSSymbol>(i)));
    if (found != names.end()) map_[i] = found->second;
  }
}

}  // namespace jsxdp::syntax::cst
