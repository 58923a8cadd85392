// What the test program and its runner share: one call of a library function.
#ifndef JX_TEST_DRIVER_H
#define JX_TEST_DRIVER_H

#include "kernel/frame.h"
#include "ops.h"

enum {
#define X(name, function) kOp##name,
  RT_STRING_OPS(X, X, X)
#undef X
  // With plain numbers for arguments: a room or index, b an index.
  kOpListNew,
  kOpListNewLike,
  kOpListPush,
  kOpListLoad,
  // Functions on the output: slot a; FixLone: a is where to start.
  kOpEmitRaw,
  kOpEmitHtml,
  kOpFixLone,
  kOps,
};

struct jx_call {
  __u32 op;
  __u32 dst, a, b, c;
  __s32 result;  // what the function returned
};

#endif
