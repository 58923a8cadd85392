// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Strings: pieces by index, and trimming.
 */
#include "rt_text.h"

JX_INLINE s64 clamp(s64 n, s64 high) {
  return n < 0 ? 0 : n > high ? high : n;
}

/* An index that counts from the end if negative. */
JX_INLINE s64 relative(s64 n, s64 units) {
  return clamp(n < 0 ? n + units : n, units);
}

int jx_slice(struct jx_frame* f, u32 dst, u32 a, u32 start, u32 end) {
  s64 units, from, to;

  if (!f) return 1;
  units = jx_slot_units(f, jx_slot_at(f, a));
  from = relative(jx_clamp_integer(jx_slot_at(f, start)->bits), units);
  to = relative(jx_clamp_integer(jx_slot_at(f, end)->bits), units);
  return jx_piece(f, dst, a, from, to < from ? from : to);
}

int jx_substring(struct jx_frame* f, u32 dst, u32 a, u32 start, u32 end) {
  s64 units, from, to;

  if (!f) return 1;
  units = jx_slot_units(f, jx_slot_at(f, a));
  from = clamp(jx_clamp_integer(jx_slot_at(f, start)->bits), units);
  to = clamp(jx_clamp_integer(jx_slot_at(f, end)->bits), units);
  return from < to ? jx_piece(f, dst, a, from, to) : jx_piece(f, dst, a, to, from);
}

int jx_substr(struct jx_frame* f, u32 dst, u32 a, u32 start, u32 length) {
  s64 units, from, to;

  if (!f) return 1;
  units = jx_slot_units(f, jx_slot_at(f, a));
  from = relative(jx_clamp_integer(jx_slot_at(f, start)->bits), units);
  to = clamp(from + clamp(jx_clamp_integer(jx_slot_at(f, length)->bits), units), units);
  return jx_piece(f, dst, a, from, to);
}

/* Bytes of the white space character (WhiteSpace or LineTerminator) whose bytes
 * are b0, b1, b2; 0 if they are none. Pieces of other characters never match. */
JX_INLINE u32 space_bytes(u8 b0, u8 b1, u8 b2) {
  if (b0 == ' ' || (b0 >= 9 && b0 <= 13)) return 1;
  if (b0 == 0xc2) return b1 == 0xa0 ? 2 : 0;
  if (b0 == 0xe1) return b1 == 0x9a && b2 == 0x80 ? 3 : 0;
  if (b0 == 0xe2) {
    if (b1 == 0x80) return b2 <= 0x8a || b2 == 0xa8 || b2 == 0xa9 || b2 == 0xaf ? 3 : 0;
    return b1 == 0x81 && b2 == 0x9f ? 3 : 0;
  }
  if (b0 == 0xe3) return b1 == 0x80 && b2 == 0x80 ? 3 : 0;
  return b0 == 0xef && b1 == 0xbb && b2 == 0xbf ? 3 : 0;
}

#define TRIM_START 1
#define TRIM_END 2

JX_SHARED int jx_trim_ends(struct jx_frame* f, u32 dst, u32 a, u32 ends) {
  struct jx_slot* s;
  u32 p, end;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  p = s->span.off;
  end = p + s->span.len;
  for (; (ends & TRIM_START) && (s32)(end - p) > 0;) {
    u32 n = space_bytes(jx_load1(f, p), jx_load1(f, p + 1), jx_load1(f, p + 2));

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    if (!n) break;
    p += n;
  }
  for (; (ends & TRIM_END) && (s32)(end - p) > 0;) {
    u8 last = jx_load1(f, end - 1);
    u32 n = 0;

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    if (last < 0x80)
      n = space_bytes(last, 0, 0);
    else if (end - p >= 2 && jx_load1(f, end - 2) == 0xc2)
      n = space_bytes(0xc2, last, 0);
    else if (end - p >= 3 && jx_load1(f, end - 3) >= 0xe1)
      n = space_bytes(jx_load1(f, end - 3), jx_load1(f, end - 2), last);
    if (!n) break;
    end -= n;
  }
  return jx_set_string(f, dst, p, end - p, s->flags);
}

int jx_trim(struct jx_frame* f, u32 dst, u32 a) {
  if (!f) return 1;
  return jx_trim_ends(f, dst, a, TRIM_START | TRIM_END);
}

int jx_trim_start(struct jx_frame* f, u32 dst, u32 a) {
  if (!f) return 1;
  return jx_trim_ends(f, dst, a, TRIM_START);
}

int jx_trim_end(struct jx_frame* f, u32 dst, u32 a) {
  if (!f) return 1;
  return jx_trim_ends(f, dst, a, TRIM_END);
}
