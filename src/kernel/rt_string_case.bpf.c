// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Strings: toUpperCase and toLowerCase. ASCII eight bytes at a time; the usual
 * Latin, Greek, Cyrillic and Armenian letters and the scripts without case by
 * rule; text with any other character is passed.
 */
#include "rt_text.h"

/* What a character maps to: up to three code points of 21 bits each. */
#define MAPPED2(a, b) ((u64)(a) | (u64)(b) << 21)
#define MAPPED3(a, b, c) (MAPPED2(a, b) | (u64)(c) << 42)
#define UNKNOWN (~0ULL)

/* Whether case mapping leaves a code point from U+0250 on as it is, in every
 * version of Unicode so far: scripts without case, symbols, lone surrogates. */
JX_INLINE int is_caseless(u32 c) {
  return (c >= 0x29f && c <= 0x36f && c != 0x345) || (c >= 0x590 && c <= 0x109f) ||
         (c >= 0x1100 && c <= 0x139f) || (c >= 0x1400 && c <= 0x1c7f) ||
         (c >= 0x1ffd && c <= 0x2125) || (c >= 0x2185 && c <= 0x24b5) ||
         (c >= 0x24ea && c <= 0x2bff) || (c >= 0x2d2e && c <= 0xa63f) ||
         (c >= 0xabc0 && c <= 0xfaff) || (c >= 0xfb18 && c <= 0xff20) ||
         (c >= 0xff5b && c <= 0x103ff) || (c >= 0x17000 && c <= 0x1e8ff) || c >= 0x1e944;
}

/* Blocks where an even letter is the capital of the next one. */
JX_INLINE int even_is_upper(u32 c) {
  return (c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) || (c >= 0x14a && c <= 0x177) ||
         (c >= 0x1a0 && c <= 0x1a5) || (c >= 0x1de && c <= 0x1ef) || (c >= 0x1f8 && c <= 0x21f) ||
         (c >= 0x222 && c <= 0x233) || (c >= 0x460 && c <= 0x481) || (c >= 0x48a && c <= 0x4bf) ||
         (c >= 0x4d0 && c <= 0x52f) || (c >= 0x1e00 && c <= 0x1e95) || (c >= 0x1ea0 && c <= 0x1eff);
}

/* Blocks where an odd letter is. */
JX_INLINE int odd_is_upper(u32 c) {
  return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e) || c == 0x1af || c == 0x1b0 ||
         (c >= 0x1cd && c <= 0x1dc) || (c >= 0x4c1 && c <= 0x4ce);
}

JX_SHARED u64 jx_upper_char(u32 c) {
  if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 0x20 : c;
  if (even_is_upper(c) && c != 0x220) return c == 0x221 ? UNKNOWN : c & ~1u;
  if (odd_is_upper(c)) return c - !(c & 1);
  if (c < 0x100) {
    if (c == 0xb5) return 0x39c;
    if (c == 0xdf) return MAPPED2('S', 'S');
    if (c == 0xff) return 0x178;
    return c >= 0xe0 && c != 0xf7 ? c - 0x20 : c;
  }
  if (c == 0x131) return 'I';
  if (c == 0x17f) return 'S';
  if (c == 0x149) return MAPPED2(0x2bc, 'N');
  if (c == 0x130 || c == 0x138 || c == 0x178) return c;
  if (c >= 0x386 && c <= 0x3ab && c != 0x390) return c;
  if (c == 0x3ac) return 0x386;
  if (c >= 0x3ad && c <= 0x3af) return c - 0x25;
  if (c == 0x3c2) return 0x3a3;
  if (c >= 0x3b1 && c <= 0x3cb) return c - 0x20;
  if (c == 0x3cc) return 0x38c;
  if (c == 0x3cd || c == 0x3ce) return c - 0x3f;
  if (c >= 0x400 && c <= 0x42f) return c;
  if (c >= 0x430 && c <= 0x44f) return c - 0x20;
  if (c >= 0x450 && c <= 0x45f) return c - 0x50;
  if (c >= 0x482 && c <= 0x489) return c;
  if (c == 0x4c0) return c;
  if (c == 0x4cf) return 0x4c0;
  if (c >= 0x531 && c <= 0x556) return c;
  if (c >= 0x561 && c <= 0x586) return c - 0x30;
  if (c == 0xfb00) return MAPPED2('F', 'F');
  if (c == 0xfb01) return MAPPED2('F', 'I');
  if (c == 0xfb02) return MAPPED2('F', 'L');
  if (c == 0xfb03) return MAPPED3('F', 'F', 'I');
  if (c == 0xfb04) return MAPPED3('F', 'F', 'L');
  if (c == 0xfb05 || c == 0xfb06) return MAPPED2('S', 'T');
  if (c >= 0xff21 && c <= 0xff3a) return c;
  if (c >= 0xff41 && c <= 0xff5a) return c - 0x20;
  if (c >= 0x10400 && c <= 0x10427) return c;
  if (c >= 0x10428 && c <= 0x1044f) return c - 0x28;
  return is_caseless(c) ? c : UNKNOWN;
}

/* Without the capital sigma, whose small letter depends on its neighbours. */
JX_SHARED u64 jx_lower_char(u32 c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
  if (even_is_upper(c) && c != 0x220 && c != 0x221) return c | 1;
  if (odd_is_upper(c)) return c + (c & 1);
  if (c < 0x100) return c >= 0xc0 && c <= 0xde && c != 0xd7 ? c + 0x20 : c;
  if (c == 0x130) return MAPPED2('i', 0x307);
  if (c == 0x178) return 0xff;
  if (c == 0x131 || c == 0x138 || c == 0x149 || c == 0x17f) return c;
  if (c == 0x386) return 0x3ac;
  if (c == 0x387) return c;
  if (c >= 0x388 && c <= 0x38a) return c + 0x25;
  if (c == 0x38c) return 0x3cc;
  if (c == 0x38e || c == 0x38f) return c + 0x3f;
  if (c >= 0x391 && c <= 0x3ab && c != 0x3a2 && c != 0x3a3) return c + 0x20;
  if (c >= 0x3ac && c <= 0x3ce) return c;
  if (c >= 0x400 && c <= 0x40f) return c + 0x50;
  if (c >= 0x410 && c <= 0x42f) return c + 0x20;
  if (c >= 0x430 && c <= 0x45f) return c;
  if (c >= 0x482 && c <= 0x489) return c;
  if (c == 0x4c0) return 0x4cf;
  if (c == 0x4cf) return c;
  if (c >= 0x531 && c <= 0x556) return c + 0x30;
  if (c >= 0x561 && c <= 0x587) return c;
  if (c == 0x1e9e) return 0xdf;
  if (c >= 0xfb00 && c <= 0xfb06) return c;
  if (c >= 0xff21 && c <= 0xff3a) return c + 0x20;
  if (c >= 0xff41 && c <= 0xff5a) return c;
  if (c >= 0x10400 && c <= 0x10427) return c + 0x28;
  if (c >= 0x10428 && c <= 0x1044f) return c;
  return is_caseless(c) ? c : UNKNOWN;
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
    for (int i = 0; i < 3; i++) {
      ascii &= (mapped & 0x1fffff) < 0x80;
      n = jx_encode(mapped & 0x1fffff, &w);
      jx_store8(f, q, w);
      q += n;
      mapped >>= 21;
      if (!mapped) break;
    }
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
