// Arbitrary-precision integers, on GMP.
#pragma once

#include <gmpxx.h>

#include "eval/realm.h"

namespace jsxdp::eval {

struct BigInt {
  mpz_class value;
};

// Parses StringIntegerLiteral text (decimal or 0x, 0o, 0b); null if it is none.
const BigInt* parse_bigint(Realm& realm, std::string_view text);
Value make_bigint(Realm& realm, mpz_class value);

}  // namespace jsxdp::eval
