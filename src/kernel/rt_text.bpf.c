// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Text in linear memory: counting, comparing, searching, joining. What the
 * string functions are made of.
 *
 * Loops that go through a text eight bytes at a time end within 16 Ki steps; the
 * kernel ends none before 64 Ki, so what such a loop returns then is immaterial.
 */
#include "rt_text.h"

int jx_ascii(struct jx_frame* f, u32 off, u32 len) {
  s32 left = len;

  if (!f) return 0;
  for (; left > 8; left -= 8, off += 8) {
    if (!JX_MORE) return 0;
    JX_CURSOR(off);
    if (jx_load8(f, off) & JX_HIGHS) return 0;
  }
  return left <= 0 || !(jx_load8(f, off) & jx_low_bytes(left) & JX_HIGHS);
}

u32 jx_units(struct jx_frame* f, u32 off, u32 len) {
  s32 left = len;
  u32 units = 0;

  if (!f) return 0;
  for (; left > 8; left -= 8, off += 8) {
    if (!JX_MORE) return 0;
    JX_CURSOR(off);
    units += jx_word_units(jx_load8(f, off));
  }
  if (left > 0) {
    u64 keep = jx_low_bytes(left);

    /* Behind the end: continuation bytes, which begin no unit. */
    units += jx_word_units((jx_load8(f, off) & keep) | (JX_HIGHS & ~keep));
  }
  return units;
}

u64 jx_unit_at(struct jx_frame* f, u32 off, u32 len, u32 unit) {
  u32 end = off + len;
  u32 p = off;

  if (!f) return 0;
  for (; (s32)(end - p) >= 8; p += 8) {
    u32 n = jx_word_units(jx_load8(f, p));

    if (n > unit || !JX_MORE) break;
    unit -= n;
  }
  for (; (s32)(end - p) > 0; p++) {
    u8 b = jx_load1(f, p);

    if (!JX_MORE) break;
    if ((b & 0xc0) == 0x80) continue;
    if (!unit) return p - off;
    if (b >= 0xf0) {
      if (unit == 1) return (p - off) | JX_MID_PAIR;
      unit--;
    }
    unit--;
  }
  return len;
}

int jx_same(struct jx_frame* f, u32 a, u32 b, u32 len) {
  s32 left = len;

  if (!f) return 0;
  for (; left > 8; left -= 8, a += 8, b += 8) {
    if (!JX_MORE) return 0;
    JX_CURSOR(a);
    JX_CURSOR(b);
    if (jx_load8(f, a) != jx_load8(f, b)) return 0;
  }
  return left <= 0 || !((jx_load8(f, a) ^ jx_load8(f, b)) & jx_low_bytes(left));
}

/* Attempts of one search: what keeps a hostile text from quadratic time. */
#define SEARCH_BUDGET 65536

u32 jx_find(struct jx_frame* f, u32 off, u64 from_len, u64 needle) {
  u32 p = off + (u32)from_len;
  u32 needle_off = (u32)needle, needle_len = needle >> 32;
  /* The first place behind the last one where the needle fits. */
  u32 end = off + (u32)(from_len >> 32) - needle_len + 1;
  u32 head = needle_len < 8 ? needle_len : 8;
  u32 budget = SEARCH_BUDGET;
  u64 first, keep, splat;

  if (!f) return JX_GAVE_UP;
  if ((s32)(end - p) <= 0) return JX_NOT_FOUND;
  if (!needle_len) return p - off;
  keep = jx_low_bytes(head);
  first = jx_load8(f, needle_off) & keep;
  splat = (first & 0xff) * JX_ONES;
  for (; (s32)(end - p) > 0;) {
    u64 w = jx_load8(f, p);
    u64 marks = jx_zero_byte(w ^ splat);

    if (!JX_MORE) return JX_GAVE_UP;
    if (!marks) {
      p += 8;
      continue;
    }
    p += jx_first_byte(marks);
    if ((s32)(end - p) <= 0) break;
    if ((jx_load8(f, p) & keep) == first) {
      u32 rest = needle_len - head;

      if (!rest) return p - off;
      if (budget < rest / 8 + 4) return JX_GAVE_UP;
      budget -= rest / 8 + 4;
      if (jx_same(f, p + 8, needle_off + 8, rest)) return p - off;
    }
    p++;
  }
  return JX_NOT_FOUND;
}

u32 jx_find_last(struct jx_frame* f, u32 off, u64 from_len, u64 needle) {
  u32 needle_off = (u32)needle, needle_len = needle >> 32;
  u32 len = from_len >> 32, from = (u32)from_len;
  u32 head = needle_len < 8 ? needle_len : 8;
  u32 budget = SEARCH_BUDGET;
  u64 first, keep;
  u32 p;

  if (!f) return JX_GAVE_UP;
  if (needle_len > len) return JX_NOT_FOUND;
  p = off + (from < len - needle_len ? from : len - needle_len);
  if (!needle_len) return p - off;
  keep = jx_low_bytes(head);
  first = jx_load8(f, needle_off) & keep;
  for (; (s32)(p - off) >= 0; p--) {
    if (!JX_MORE) return JX_GAVE_UP;
    if ((jx_load8(f, p) & keep) == first) {
      u32 rest = needle_len - head;

      if (!rest) return p - off;
      if (budget < rest / 8 + 4) return JX_GAVE_UP;
      budget -= rest / 8 + 4;
      if (jx_same(f, p + 8, needle_off + 8, rest)) return p - off;
    }
  }
  return JX_NOT_FOUND;
}

int jx_halves(struct jx_frame* f, u32 off, u32 len) {
  u32 end = off + len;
  int halves = 0;

  if (!f || len < 3) return 0;
  if (jx_is_low_half(jx_load1(f, off), jx_load1(f, off + 1))) halves |= JX_STARTS_LOW;
  if (jx_is_high_half(jx_load1(f, end - 3), jx_load1(f, end - 2))) halves |= JX_ENDS_HIGH;
  return halves;
}

int jx_splits_pairs(struct jx_frame* f, u32 text, u32 needle) {
  struct jx_slot* n;

  if (!f) return 1;
  n = jx_slot_at(f, needle);
  if ((n->flags & JX_F_ASCII) || !jx_halves(f, n->span.off, n->span.len)) return 0;
  return !jx_slot_ascii(f, jx_slot_at(f, text));
}

int jx_put(struct jx_frame* f, u32 start, u32 off, u32 len) {
  u32 q;

  if (!f) return 1;
  q = f->mem_top;
  if (len > JX_MEM_SIZE || q > JX_MEM_SIZE || q + len > JX_MEM_SIZE)
    return jx_fail(f, JX_R_MEM_FULL);
  if (len >= 3 && (s32)(q - start) >= 3 && jx_is_low_half(jx_load1(f, off), jx_load1(f, off + 1)) &&
      jx_is_high_half(jx_load1(f, q - 3), jx_load1(f, q - 2))) {
    u32 high = jx_decode(f, q - 3, 3), low = jx_decode(f, off, 3);
    u64 word;

    jx_encode(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), &word);
    for (int i = 0; i < 4; i++) jx_store1(f, q - 3 + i, word >> (8 * i));
    q += 1;
    off += 3;
    len -= 3;
  }
  if (!jx_copy(f, f->mem, JX_MEM_MASK, q, off, len)) return jx_fail(f, JX_R_LOOP);
  f->mem_top = q + len;
  return 0;
}

int jx_put_half(struct jx_frame* f, u32 start, u32 off, u32 low) {
  u32 c, scratch;
  u64 word;

  if (!f) return 1;
  scratch = f->mem_top;
  if (scratch > JX_MEM_SIZE - 16) return jx_fail(f, JX_R_MEM_FULL);
  scratch += 8;
  c = jx_decode(f, off, 4) - 0x10000;
  jx_encode(low ? 0xdc00 | (c & 0x3ff) : 0xd800 | (c >> 10 & 0x3ff), &word);
  jx_store8(f, scratch, word);
  return jx_put(f, start, scratch, 3);
}

int jx_piece(struct jx_frame* f, u32 dst, u32 a, u32 from, u32 to) {
  struct jx_slot* s;
  u32 off, len, start, first, last;
  u64 x, y;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  off = s->span.off;
  len = s->span.len;
  if (s->flags & JX_F_ASCII) return jx_set_string(f, dst, off + from, to - from, JX_F_ASCII);
  x = jx_unit_at(f, off, len, from);
  y = jx_unit_at(f, off, len, to);
  first = (u32)x;
  last = (u32)y;
  if (!((x | y) & JX_MID_PAIR) || from == to)
    return jx_set_string(f, dst, off + first, from == to ? 0 : last - first, 0);

  /* A half of a pair at either end: a new text. */
  start = f->mem_top;
  if (x & JX_MID_PAIR) {
    if (jx_put_half(f, start, off + first, 1)) return 1;
    first += 4;
  }
  if (jx_put(f, start, off + first, last - first)) return 1;
  if ((y & JX_MID_PAIR) && jx_put_half(f, start, off + last, 0)) return 1;
  return jx_set_string(f, dst, start, f->mem_top - start, 0);
}
