#include "eval/builtins/builtins.h"
#include "eval/evaluate.h"

namespace jsxdp::eval {

void install_builtins(Realm& realm) {
  using namespace builtins;
  install_function(realm);
  install_object(realm);
  install_error(realm);
  install_symbol(realm);
  install_array(realm);
  install_array_iteration(realm);
  install_string(realm);
  install_string_search(realm);
  install_iterators(realm);
  install_number(realm);
  install_math(realm);
  install_collections(realm);
  install_json(realm);
  install_globals(realm);
  install_reflect(realm);
  install_regexp(realm);
  install_date(realm);
  install_intl(realm);
  install_promise(realm);
}

}  // namespace jsxdp::eval
