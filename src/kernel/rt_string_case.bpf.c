// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Strings: toUpperCase and toLowerCase. ASCII eight bytes at a time, all else by
 * table. Passed: letters newer than Unicode 15, and a capital sigma among
 * characters of which it is not known here whether they are letters.
 */
#include "case_table.h"
#include "rt_text.h"

#define UNKNOWN (~0ULL)

/* What a code point maps to: up to three code points of 21 bits
 * each; UNKNOWN if engines differ. The search has no branches, each of which
 * would double the paths that the verifier walks. */
JX_INLINE u64 map_char(const struct jx_case_run* runs, u32 c) {
  const struct jx_case_run* run;
  u32 i = 0;

  for (u32 step = JX_CASE_RUNS / 2; step; step /= 2) {
    s64 beyond = (s64)c - runs[(i + step) & (JX_CASE_RUNS - 1)].first;

    i += step & ~(u32)(beyond >> 63);
  }
  run = &runs[i & (JX_CASE_RUNS - 1)];
  if (c > (run->last & 0x1fffff)) return c;
  if ((run->last & JX_CASE_STRIDE) && ((c - run->first) & 1)) return c;
  if (run->last & JX_CASE_UNSURE) return UNKNOWN;
  return run->last & JX_CASE_SEQUENCE ? run->value : c + run->value;
}

JX_SHARED u64 jx_upper_char(u32 c) {
  return map_char(jx_upper_runs, c);
}

/* Without the capital sigma, whose small letter depends on its neighbours. */
JX_SHARED u64 jx_lower_char(u32 c) {
  return map_char(jx_lower_runs, c);
}

/* What a neighbour of a capital sigma is for the final sigma rule. */
enum neighbour { LETTER, NO_LETTER, UNSURE };

/* The neighbour whose character starts at off. */
JX_INLINE u32 neighbour_at(struct jx_frame* f, u32 off) {
  u32 n = jx_char_bytes(jx_load1(f, off));
  u32 c = jx_decode(f, off, n);

  if (c < 0x80) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return LETTER;
    /* Ignored by the rule, which then looks further. */
    if (c == '\'' || c == '.' || c == ':' || c == '^' || c == '`') return UNSURE;
    return NO_LETTER;
  }
  if (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7 && c != 0x1bb && (c < 0x1c0 || c > 0x1c3))
    return LETTER;
  if ((c >= 0x391 && c <= 0x3a1) || (c >= 0x3a3 && c <= 0x3ce) || c == 0x386) return LETTER;
  return c >= 0x400 && c <= 0x481 ? LETTER : UNSURE;
}

/* The small letter of the capital sigma at p in [start, end): final if a letter
 * is before it and none behind it. */
JX_SHARED u64 jx_lower_sigma(struct jx_frame* f, u32 start, u32 end, u32 p) {
  u32 before = NO_LETTER, behind = NO_LETTER, q;

  if (!f) return UNKNOWN;
  if (p != start) {
    q = p - 1;
    for (int i = 0; i < 3 && (jx_load1(f, q) & 0xc0) == 0x80; i++) q--;
    before = neighbour_at(f, q);
  }
  if (p + 2 < end) behind = neighbour_at(f, p + 2);
  if (before == NO_LETTER || behind == LETTER) return 0x3c3;
  return before == LETTER && behind == NO_LETTER ? 0x3c2 : UNKNOWN;
}

/* 0x20 at the bytes of an ASCII word that lie in first..first + 25. */
JX_INLINE u64 letters(u64 w, u8 first) {
  u64 from = w + (0x80 - first) * JX_ONES;
  u64 beyond = w + (0x80 - first - 26) * JX_ONES;

  return (from & ~beyond & JX_HIGHS) >> 2;
}

/* Writes what a character maps to at q; returns its bytes. */
JX_SHARED u32 jx_put_mapped(struct jx_frame* f, u32 q, u64 mapped) {
  u32 n, bytes = 0;
  u64 word;

  if (!f) return 0;
  for (int i = 0; i < 3; i++) {
    n = jx_encode(mapped & 0x1fffff, &word);
    jx_store8(f, q + bytes, word);
    bytes += n;
    mapped >>= 21;
    if (!mapped) break;
  }
  return bytes;
}

JX_SHARED int jx_map_case(struct jx_frame* f, u32 dst, u32 a, u32 upper) {
  struct jx_slot* s;
  u32 p, q, begin, start, end, changed = 0, ascii = 1;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  p = begin = s->span.off;
  end = p + s->span.len;
  q = start = f->mem_top;
  for (; (s32)(end - p) > 0;) {
    u64 w = jx_load8(f, p), mapped;
    u32 n = end - p < 8 ? end - p : 8;

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    if (q > JX_MEM_SIZE - 16) return jx_fail(f, JX_R_MEM_FULL);
    JX_CURSOR(p);
    w &= jx_low_bytes(n);
    if (!(w & JX_HIGHS)) {
      u64 flips = letters(w, upper ? 'a' : 'A');

      changed |= !!flips;
      jx_store8(f, q, w ^ flips);
      p += n;
      q += n;
      continue;
    }
    n = jx_char_bytes(w);
    w = jx_decode(f, p, n);
    if (upper)
      mapped = jx_upper_char(w);
    else if (w == 0x3a3)
      mapped = jx_lower_sigma(f, begin, end, p);
    else
      mapped = jx_lower_char(w);
    if (mapped == UNKNOWN) return jx_fail(f, JX_R_NON_ASCII);
    changed |= mapped != w;
    p += n;
    /* What ASCII maps to is ASCII; of the others, only a few become so. */
    ascii &= mapped < 0x80;
    q += jx_put_mapped(f, q, mapped);
  }
  if (!changed) return jx_set_string(f, dst, begin, end - begin, s->flags);
  f->mem_top = q;
  return jx_set_string(f, dst, start, q - start, ascii ? JX_F_ASCII : 0);
}

int jx_upper(struct jx_frame* f, u32 dst, u32 a) {
  if (!f) return 1;
  return jx_map_case(f, dst, a, 1);
}

int jx_lower(struct jx_frame* f, u32 dst, u32 a) {
  if (!f) return 1;
  return jx_map_case(f, dst, a, 0);
}
