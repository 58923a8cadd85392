/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What every file of the run-time library shares: access to the frame that the
 * verifier accepts, bounded loops, results, and doubles as bits.
 *
 * A library function is a global BPF function, verified on its own:
 *   int jx_<op>(struct jx_frame *f, u32 dst, u32 a, u32 b, u32 c)
 * with as many slot numbers as the operation has arguments. It returns 0 if
 * f->slot[dst] holds exactly JavaScript's result, else 1 and f->reason says why.
 *
 * Offsets and lengths come out of the frame, so the verifier knows nothing of
 * them: each access masks its offset with a power of two. Cursors of loops must
 * start from a value read out of the frame (or from jx_opaque_zero): from a
 * known constant the verifier would walk every iteration.
 */
#ifndef JX_RT_H
#define JX_RT_H

#include <linux/types.h>

#include "frame.h"

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s32 s32;
typedef __s64 s64;

/* A function of the library that others of the same file call: verified once. */
#define JX_SHARED __attribute__((noinline))

#define JX_INLINE static inline __attribute__((always_inline))

#define JX_MEM_MASK (JX_MEM_SIZE - 1)
#define JX_OUT_MASK (JX_OUT_SIZE - 1)

#define JX_NAN_BITS 0x7ff8000000000000ULL
#define JX_INFINITY_BITS 0x7ff0000000000000ULL
#define JX_MINUS_ONE_BITS 0xbff0000000000000ULL
#define JX_FRACTION_MASK ((1ULL << 52) - 1)
#define JX_SIGN_BIT (1ULL << 63)

/* True while the loop may go on. The verifier takes the loop's end for granted;
 * when the kernel ends it, the function has to give up with JX_R_LOOP. */
#define JX_MORE                                          \
  ({                                                     \
    __label__ over, done;                                \
    int more = 1;                                        \
    asm volatile goto("may_goto %l[over]" : : : : over); \
    goto done;                                           \
  over:                                                  \
    more = 0;                                            \
  done:;                                                 \
    more;                                                \
  })

/* Keeps a cursor of a loop as it is: else the compiler may count from a constant
 * and add that to the cursor's start. */
#define JX_CURSOR(x) asm volatile("" : "+r"(x))

/* Says that the request is to be passed: the value of a library function. */
JX_INLINE int jx_fail(struct jx_frame* f, u32 reason) {
  f->reason = reason;
  return 1;
}

JX_INLINE struct jx_slot* jx_slot_at(struct jx_frame* f, u32 n) {
  return &f->slot[n & (JX_MAX_SLOTS - 1)];
}

/* Zero, without the verifier or the compiler knowing: what is added to it has no
 * known bounds any more, so that a loop over it is walked once or twice. */
JX_INLINE u32 jx_opaque_zero(struct jx_frame* f) {
  u32 x = *(volatile u32*)&f->mem_top;
  u32 y = *(volatile u32*)&f->mem_top;

  return x - y;
}

/* Bytes of linear memory. Any offset is safe; eight bytes at the last offset
 * reach into the padding. */
JX_INLINE u8 jx_load1(struct jx_frame* f, u32 off) {
  return f->mem[off & JX_MEM_MASK];
}

JX_INLINE u64 jx_load8(struct jx_frame* f, u32 off) {
  return *(u64*)(f->mem + (off & JX_MEM_MASK));
}

JX_INLINE void jx_store1(struct jx_frame* f, u32 off, u8 byte) {
  f->mem[off & JX_MEM_MASK] = byte;
}

JX_INLINE void jx_store8(struct jx_frame* f, u32 off, u64 word) {
  *(u64*)(f->mem + (off & JX_MEM_MASK)) = word;
}

/* Copies len bytes of linear memory to base[to & mask], 32 at a time: up to 31
 * bytes behind the copy are overwritten (both buffers are padded by 64). False
 * if the kernel ended the loop. */
JX_INLINE int jx_copy(struct jx_frame* f, u8* base, u32 mask, u32 to, u32 off, u32 len) {
  u32 zero = jx_opaque_zero(f);
  s32 left = len + zero;

  to += zero;
  off += zero;
  for (; left > 0; left -= 32, to += 32, off += 32) {
    u64* d = (u64*)(base + (to & mask));
    u64* s = (u64*)(f->mem + (off & JX_MEM_MASK));

    if (!JX_MORE) return 0;
    d[0] = s[0];
    d[1] = s[1];
    d[2] = s[2];
    d[3] = s[3];
  }
  return 1;
}

/* Results. */
JX_INLINE int jx_set_bits(struct jx_frame* f, u32 dst, u32 tag, u64 bits) {
  struct jx_slot* d = jx_slot_at(f, dst);

  d->bits = bits;
  d->tag = tag;
  d->flags = 0;
  return 0;
}

JX_INLINE int jx_set_bool(struct jx_frame* f, u32 dst, int value) {
  return jx_set_bits(f, dst, JX_BOOLEAN, !!value);
}

JX_INLINE int jx_set_number(struct jx_frame* f, u32 dst, u64 bits) {
  return jx_set_bits(f, dst, JX_NUMBER, bits);
}

JX_INLINE int jx_set_string(struct jx_frame* f, u32 dst, u32 off, u32 len, u32 flags) {
  struct jx_slot* d = jx_slot_at(f, dst);

  d->span.off = off;
  d->span.len = len;
  d->tag = JX_STRING;
  d->flags = flags;
  return 0;
}

JX_INLINE int jx_set_list(struct jx_frame* f, u32 dst, u32 off, u32 len) {
  struct jx_slot* d = jx_slot_at(f, dst);

  d->span.off = off;
  d->span.len = len;
  d->tag = JX_LIST;
  d->flags = 0;
  return 0;
}

/* ToIntegerOrInfinity of a double, clamped to +-(2^31 - 1); 0 for NaN. */
JX_INLINE s64 jx_clamp_integer(u64 bits) {
  u32 exponent = (bits >> 52) & 0x7ff;
  s64 n;

  if (exponent < 1023) return 0;
  if (exponent >= 1023 + 31) {
    if (exponent == 0x7ff && (bits & JX_FRACTION_MASK)) return 0;
    n = 0x7fffffff;
  } else {
    n = ((bits & JX_FRACTION_MASK) | (1ULL << 52)) >> (1075 - exponent);
  }
  return (s64)bits < 0 ? -n : n;
}

/* ToUint32 of a double (ToUint16: its low half). */
JX_INLINE u32 jx_to_uint32(u64 bits) {
  u32 exponent = (bits >> 52) & 0x7ff;
  u64 n = (bits & JX_FRACTION_MASK) | (1ULL << 52);

  if (exponent < 1023 || exponent > 1075 + 31) return 0;
  if (exponent <= 1075)
    n >>= (1075 - exponent) & 63;
  else
    n <<= (exponent - 1075) & 31;
  return (s64)bits < 0 ? -(u32)n : (u32)n;
}

/* The double that equals an unsigned integer. */
JX_INLINE u64 jx_double_of(u32 n) {
  u64 m = n;
  u64 exponent = 1023 + 31;

  if (!n) return 0;
  if (!(m >> 16)) {
    m <<= 16;
    exponent -= 16;
  }
  if (!(m >> 24)) {
    m <<= 8;
    exponent -= 8;
  }
  if (!(m >> 28)) {
    m <<= 4;
    exponent -= 4;
  }
  if (!(m >> 30)) {
    m <<= 2;
    exponent -= 2;
  }
  if (!(m >> 31)) {
    m <<= 1;
    exponent -= 1;
  }
  return (exponent << 52) | ((m << 21) & JX_FRACTION_MASK);
}

#endif
