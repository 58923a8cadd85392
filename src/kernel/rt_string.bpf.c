// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Strings: comparison, length, single characters, concatenation.
 */
#include "rt_text.h"

int jx_str_truthy(struct jx_frame* f, u32 dst, u32 a) {
  if (!f) return 1;
  return jx_set_bool(f, dst, jx_slot_at(f, a)->span.len != 0);
}

int jx_str_length(struct jx_frame* f, u32 dst, u32 a) {
  if (!f) return 1;
  return jx_set_number(f, dst, jx_double_of(jx_slot_units(f, jx_slot_at(f, a))));
}

int jx_str_eq(struct jx_frame* f, u32 dst, u32 a, u32 b) {
  struct jx_slot *x, *y;

  if (!f) return 1;
  x = jx_slot_at(f, a);
  y = jx_slot_at(f, b);
  return jx_set_bool(
      f, dst, x->span.len == y->span.len && jx_same(f, x->span.off, y->span.off, x->span.len));
}

/* The first UTF-16 unit of the character at off. */
JX_INLINE u32 first_unit(struct jx_frame* f, u32 off) {
  u32 n = jx_char_bytes(jx_load1(f, off));
  u32 c = jx_decode(f, off, n);

  return n == 4 ? 0xd800 + ((c - 0x10000) >> 10) : c;
}

/*
 * -1, 0 or 1: the order of two strings by UTF-16 units, which is that of their
 * bytes except among the characters from U+D800 on. 2: the loop was ended.
 */
JX_SHARED int jx_order(struct jx_frame* f, u32 a, u32 b) {
  struct jx_slot *x, *y;
  u32 p, q, left, right;
  u64 diff = 0;
  s32 rest;
  u8 c, d;

  if (!f) return 2;
  x = jx_slot_at(f, a);
  y = jx_slot_at(f, b);
  p = x->span.off;
  q = y->span.off;
  rest = x->span.len < y->span.len ? x->span.len : y->span.len;
  for (; rest > 0; rest -= 8, p += 8, q += 8) {
    if (!JX_MORE) return 2;
    JX_CURSOR(p);
    JX_CURSOR(q);
    JX_CURSOR(rest);
    diff = jx_load8(f, p) ^ jx_load8(f, q);
    if (rest < 8) diff &= jx_low_bytes(rest);
    if (diff) break;
  }
  if (!diff) return x->span.len < y->span.len ? -1 : x->span.len > y->span.len;
  p += jx_first_byte(diff);
  q += jx_first_byte(diff);
  c = jx_load1(f, p);
  d = jx_load1(f, q);
  if (c < 0xed || d < 0xed) return c < d ? -1 : 1;
  /* Both start a character, for up to here all was the same. */
  left = first_unit(f, p);
  right = first_unit(f, q);
  if (left != right) return left < right ? -1 : 1;
  if ((c >= 0xf0) == (d >= 0xf0)) return c < d ? -1 : 1;
  /* The same high half, once lone and once in a pair: what comes behind the
   * lone one is no low half, so only U+E000 and above is greater. */
  if (c >= 0xf0)
    return q + 3 < y->span.off + y->span.len &&
                   (jx_load1(f, q + 3) == 0xee || jx_load1(f, q + 3) == 0xef)
               ? -1
               : 1;
  return p + 3 < x->span.off + x->span.len &&
                 (jx_load1(f, p + 3) == 0xee || jx_load1(f, p + 3) == 0xef)
             ? 1
             : -1;
}

int jx_str_lt(struct jx_frame* f, u32 dst, u32 a, u32 b) {
  int order;

  if (!f) return 1;
  order = jx_order(f, a, b);
  if (order == 2) return jx_fail(f, JX_R_LOOP);
  return jx_set_bool(f, dst, order < 0);
}

int jx_str_compare(struct jx_frame* f, u32 dst, u32 a, u32 b) {
  int order;

  if (!f) return 1;
  order = jx_order(f, a, b);
  if (order == 2) return jx_fail(f, JX_R_LOOP);
  return jx_set_number(f, dst, !order ? 0 : 0x3ff0000000000000 | (order < 0 ? JX_SIGN_BIT : 0));
}

int jx_concat2(struct jx_frame* f, u32 dst, u32 a, u32 b) {
  struct jx_slot *x, *y;
  u32 off, start, flags;

  if (!f) return 1;
  x = jx_slot_at(f, a);
  y = jx_slot_at(f, b);
  if (!y->span.len) return jx_set_string(f, dst, x->span.off, x->span.len, x->flags);
  if (!x->span.len) return jx_set_string(f, dst, y->span.off, y->span.len, y->flags);
  flags = x->flags & y->flags & JX_F_ASCII;
  start = x->span.off;
  off = y->span.off;
  /* The last string made grows where it is, unless its last bytes change. */
  if (start + x->span.len != f->mem_top || jx_is_low_half(jx_load1(f, off), jx_load1(f, off + 1))) {
    start = f->mem_top;
    if (jx_put(f, start, x->span.off, x->span.len)) return 1;
  }
  if (jx_put(f, start, off, y->span.len)) return 1;
  return jx_set_string(f, dst, start, f->mem_top - start, flags);
}

/* The unit index that a double slot asks for, or -1 if it is before or behind
 * the string. */
JX_INLINE s64 unit_index(struct jx_frame* f, struct jx_slot* s, u32 n) {
  s64 i = jx_clamp_integer(jx_slot_at(f, n)->bits);

  return i >= s->span.len ? -1 : i;
}

int jx_char_at(struct jx_frame* f, u32 dst, u32 a, u32 n) {
  struct jx_slot* s;
  s64 i;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  i = unit_index(f, s, n);
  if (i < 0) return jx_set_string(f, dst, s->span.off, 0, JX_F_ASCII);
  return jx_piece(f, dst, a, i, i + 1);
}

/* The code unit (or, if whole, the code point) at a unit index as a number. */
JX_INLINE int code_at(struct jx_frame* f, u32 dst, u32 a, u32 n, int whole) {
  struct jx_slot* s;
  u64 at;
  u32 c, off, bytes;
  s64 i;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  i = unit_index(f, s, n);
  if (i < 0) return jx_set_number(f, dst, JX_NAN_BITS);
  at = s->flags & JX_F_ASCII ? (u64)i : jx_unit_at(f, s->span.off, s->span.len, i);
  if ((u32)at >= s->span.len) return jx_set_number(f, dst, JX_NAN_BITS);
  off = s->span.off + (u32)at;
  bytes = jx_char_bytes(jx_load1(f, off));
  c = jx_decode(f, off, bytes);
  if (at & JX_MID_PAIR)
    c = 0xdc00 | (c & 0x3ff);
  else if (bytes == 4 && !whole)
    c = 0xd800 + ((c - 0x10000) >> 10);
  return jx_set_number(f, dst, jx_double_of(c));
}

int jx_char_code_at(struct jx_frame* f, u32 dst, u32 a, u32 n) {
  return code_at(f, dst, a, n, 0);
}

int jx_code_point_at(struct jx_frame* f, u32 dst, u32 a, u32 n) {
  return code_at(f, dst, a, n, 1);
}

/* A string of one code point or lone surrogate. */
JX_INLINE int one_char(struct jx_frame* f, u32 dst, u32 c) {
  u32 top = f->mem_top;
  u32 bytes;
  u64 word;

  if (top > JX_MEM_SIZE - 8) return jx_fail(f, JX_R_MEM_FULL);
  bytes = jx_encode(c, &word);
  jx_store8(f, top, word);
  f->mem_top = top + bytes;
  return jx_set_string(f, dst, top, bytes, c < 0x80 ? JX_F_ASCII : 0);
}

int jx_from_char_code(struct jx_frame* f, u32 dst, u32 n) {
  if (!f) return 1;
  return one_char(f, dst, jx_to_uint32(jx_slot_at(f, n)->bits) & 0xffff);
}

int jx_from_code_point(struct jx_frame* f, u32 dst, u32 n) {
  u64 bits;
  s64 c;

  if (!f) return 1;
  bits = jx_slot_at(f, n)->bits;
  c = jx_clamp_integer(bits);
  /* JavaScript throws unless it is an integer in range; -0 is 0. */
  if (c < 0 || c > 0x10ffff || (bits << 1 && jx_double_of(c) != bits))
    return jx_fail(f, JX_R_THROWS);
  return one_char(f, dst, c);
}
