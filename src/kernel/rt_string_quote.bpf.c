// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Strings: JSON text, and lone surrogates.
 */
#include "rt_text.h"

/* Without a branch: each would double the paths that the verifier walks. */
JX_INLINE u8 hex_digit(u32 value) {
  return '0' + value + (((s32)(9 - value) >> 31) & 39);
}

/* Marks the lowest byte that JSON escapes: controls, quote, backslash. */
JX_INLINE u64 json_marks(u64 w) {
  u64 quote = w ^ '"' * JX_ONES;
  u64 backslash = w ^ '\\' * JX_ONES;

  return (((w - 0x20 * JX_ONES) & ~w) | ((quote - JX_ONES) & ~quote) |
          ((backslash - JX_ONES) & ~backslash)) &
         JX_HIGHS;
}

/* The letter of a short escape, or 0. */
JX_INLINE u8 short_escape(u8 c) {
  switch (c) {
    case '\b':
      return 'b';
    case '\t':
      return 't';
    case '\n':
      return 'n';
    case '\f':
      return 'f';
    case '\r':
      return 'r';
    case '"':
    case '\\':
      return c;
    default:
      return 0;
  }
}

/* "\uXXXX" as a little-endian word. */
JX_INLINE u64 unicode_escape(u32 unit) {
  return '\\' | 'u' << 8 | hex_digit(unit >> 12) << 16 | (u64)hex_digit(unit >> 8 & 15) << 24 |
         (u64)hex_digit(unit >> 4 & 15) << 32 | (u64)hex_digit(unit & 15) << 40;
}

/* Writes the escape for the character at p, which needs one, at q; its bytes. */
JX_SHARED u32 jx_put_json_escape(struct jx_frame* f, u32 p, u32 q) {
  u8 c, letter;

  if (!f) return 0;
  c = jx_load1(f, p);
  letter = short_escape(c);
  if (letter) {
    jx_store8(f, q, '\\' | letter << 8);
    return 2;
  }
  jx_store8(f, q, unicode_escape(c < 0x20 ? c : jx_decode(f, p, 3)));
  return 6;
}

int jx_json_quote(struct jx_frame* f, u32 dst, u32 a) {
  struct jx_slot* s;
  u32 p, q, start, end;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  p = s->span.off;
  end = p + s->span.len;
  start = f->mem_top;
  if (start > JX_MEM_SIZE - 8) return jx_fail(f, JX_R_MEM_FULL);
  jx_store1(f, start, '"');
  q = start + 1;
  for (; (s32)(end - p) > 0;) {
    u64 w = jx_load8(f, p), marks;
    u32 n = end - p < 8 ? end - p : 8;

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    if (q > JX_MEM_SIZE - 16) return jx_fail(f, JX_R_MEM_FULL);
    JX_CURSOR(p);
    jx_store8(f, q, w);
    /* Behind the end: letters. */
    w = (w & jx_low_bytes(n)) | ('z' * JX_ONES & ~jx_low_bytes(n));
    marks = json_marks(w);
    if (w & JX_HIGHS) marks |= jx_surrogate_marks(w, jx_load1(f, p + 8));
    if (!marks) {
      p += n;
      q += n;
      continue;
    }
    n = jx_first_byte(marks);
    p += n;
    q += n;
    q += jx_put_json_escape(f, p, q);
    p += jx_load1(f, p) == 0xed ? 3 : 1;
  }
  jx_store1(f, q, '"');
  f->mem_top = q + 1;
  return jx_set_string(f, dst, start, q + 1 - start, s->flags & JX_F_ASCII);
}

/* Where the first lone surrogate of a text is, in bytes; JX_NOT_FOUND; JX_GAVE_UP. */
JX_SHARED u32 jx_find_lone(struct jx_frame* f, u32 off, u32 len) {
  s32 left = len;
  u32 p = off;

  if (!f) return JX_GAVE_UP;
  for (; left > 0; left -= 8, p += 8) {
    u64 w = jx_load8(f, p), marks;

    if (!JX_MORE) return JX_GAVE_UP;
    JX_CURSOR(p);
    if (left < 8) w &= jx_low_bytes(left);
    if (!(w & JX_HIGHS)) continue;
    marks = jx_surrogate_marks(w, jx_load1(f, p + 8));
    if (marks) return p + jx_first_byte(marks) - off;
  }
  return JX_NOT_FOUND;
}

int jx_str_is_well_formed(struct jx_frame* f, u32 dst, u32 a) {
  struct jx_slot* s;
  u32 at;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  at = jx_find_lone(f, s->span.off, s->span.len);
  if (at == JX_GAVE_UP) return jx_fail(f, JX_R_LOOP);
  return jx_set_bool(f, dst, at == JX_NOT_FOUND);
}

int jx_to_well_formed(struct jx_frame* f, u32 dst, u32 a) {
  struct jx_slot* s;
  u32 start, p, end, at;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  at = jx_find_lone(f, s->span.off, s->span.len);
  if (at == JX_NOT_FOUND) return jx_set_string(f, dst, s->span.off, s->span.len, s->flags);
  start = p = f->mem_top;
  if (jx_put(f, start, s->span.off, s->span.len)) return 1;
  end = f->mem_top;
  for (;;) {
    at = jx_find_lone(f, p, end - p);
    if (at == JX_GAVE_UP || !JX_MORE) return jx_fail(f, JX_R_LOOP);
    if (at == JX_NOT_FOUND) break;
    p += at;
    /* U+FFFD has three bytes, too. */
    jx_store1(f, p, 0xef);
    jx_store1(f, p + 1, 0xbf);
    jx_store1(f, p + 2, 0xbd);
    p += 3;
  }
  return jx_set_string(f, dst, start, end - start, 0);
}
