/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Text in linear memory, for the string and list functions of the library.
 *
 * Strings are canonical WTF-8: well-formed UTF-8 in which a lone surrogate may
 * stand as a sequence of three bytes (ED A0..BF xx); two halves that meet are
 * always one sequence of four. So equal strings have equal bytes, and whatever
 * joins strings must join halves (jx_put does).
 *
 * An offset counts bytes in jx_frame.mem, a unit counts UTF-16 code units.
 */
#ifndef JX_RT_TEXT_H
#define JX_RT_TEXT_H

#include "rt.h"

#define JX_ONES 0x0101010101010101ULL
#define JX_HIGHS 0x8080808080808080ULL

/* Lists hold no more elements at run time (kMaxListLength of ir/ir.h). */
#define JX_MAX_LIST 1024

#define JX_NOT_FOUND ((u32) - 1)
#define JX_GAVE_UP ((u32) - 2)

/* Set beside the offset by jx_unit_at: the unit is the second of a pair. */
#define JX_MID_PAIR (1ULL << 32)

/* What jx_halves finds at the ends of a string. */
#define JX_STARTS_LOW 1
#define JX_ENDS_HIGH 2

/* Whether every byte of mem[off, off + len) is below 0x80. */
JX_SHARED int jx_ascii(struct jx_frame* f, u32 off, u32 len);
/* Number of UTF-16 units of a text. */
JX_SHARED u32 jx_units(struct jx_frame* f, u32 off, u32 len);
/* Byte offset, relative to off, of the character that holds a unit; len if the
 * text has no such unit. With JX_MID_PAIR if it is the character's second. */
JX_SHARED u64 jx_unit_at(struct jx_frame* f, u32 off, u32 len, u32 unit);
/* Whether the bytes of two texts of one length are the same. */
JX_SHARED int jx_same(struct jx_frame* f, u32 a, u32 b, u32 len);
/* First offset >= from, relative to off, where the bytes of needle are found;
 * JX_NOT_FOUND, or JX_GAVE_UP after too many attempts. from_len: from | len << 32,
 * needle: off | len << 32. */
JX_SHARED u32 jx_find(struct jx_frame* f, u32 off, u64 from_len, u64 needle);
/* Last such offset <= from. */
JX_SHARED u32 jx_find_last(struct jx_frame* f, u32 off, u64 from_len, u64 needle);
/* JX_STARTS_LOW if the text starts with a lone low surrogate, JX_ENDS_HIGH. */
JX_SHARED int jx_halves(struct jx_frame* f, u32 off, u32 len);
/* Appends a text to the one being built in mem[start, mem_top). 0, or the reason
 * is set. Joins two halves that meet. */
JX_SHARED int jx_put(struct jx_frame* f, u32 start, u32 off, u32 len);
/* Appends one half of the pair whose character is at off, likewise. */
JX_SHARED int jx_put_half(struct jx_frame* f, u32 start, u32 off, u32 low);
/* Whether a search for needle by bytes would be wrong: halves at its ends could
 * match halves of pairs in the text. */
JX_SHARED int jx_splits_pairs(struct jx_frame* f, u32 text, u32 needle);
/* Sets slot dst to units [from, to) of string slot a; from <= to. */
JX_SHARED int jx_piece(struct jx_frame* f, u32 dst, u32 a, u32 from, u32 to);

JX_INLINE u64 jx_pair(u32 low, u32 high) {
  return low | (u64)high << 32;
}

/* The lowest n bytes of a word, n in 1..8. */
JX_INLINE u64 jx_low_bytes(u32 n) {
  return ~0ULL >> ((64 - n * 8) & 63);
}

/* 0x80 at the lowest zero byte of x (above it there may be false ones). */
JX_INLINE u64 jx_zero_byte(u64 x) {
  return (x - JX_ONES) & ~x & JX_HIGHS;
}

/* Number of the lowest byte of a word, which is not zero, that is not zero. */
JX_INLINE u32 jx_first_byte(u64 x) {
  return (((((x & -x) - 1) >> 7) & JX_ONES) * JX_ONES) >> 56;
}

/* Units that begin in a word of WTF-8. */
JX_INLINE u32 jx_word_units(u64 w) {
  u64 tails = (w >> 7) & (~w >> 6) & JX_ONES;
  u64 pairs = (w >> 7) & (w >> 6) & (w >> 5) & (w >> 4) & JX_ONES;

  return ((JX_ONES - tails + pairs) * JX_ONES) >> 56;
}

/* 0x80 at each byte 0xED of a word that is followed by 0xA0 or more: the start of
 * a surrogate. `next` is the byte behind the word. */
JX_INLINE u64 jx_surrogate_marks(u64 w, u64 next) {
  u64 x = w ^ 0xed * JX_ONES;
  u64 zero = ~(((x & ~JX_HIGHS) + ~JX_HIGHS) | x | ~JX_HIGHS);

  /* A continuation byte is 0xA0 or more if its bit 5 is set. */
  return zero & ((w >> 8 | next << 56) << 2);
}

/* Whether the bytes at off are a lone high (low) surrogate's. */
JX_INLINE int jx_is_high_half(u8 b0, u8 b1) {
  return b0 == 0xed && b1 >= 0xa0 && b1 < 0xb0;
}

JX_INLINE int jx_is_low_half(u8 b0, u8 b1) {
  return b0 == 0xed && b1 >= 0xb0;
}

/* Whether a string slot is ASCII: known, or found out. */
JX_INLINE int jx_slot_ascii(struct jx_frame* f, struct jx_slot* s) {
  return (s->flags & JX_F_ASCII) || jx_ascii(f, s->span.off, s->span.len);
}

/* Number of UTF-16 units of a string slot. */
JX_INLINE u32 jx_slot_units(struct jx_frame* f, struct jx_slot* s) {
  return s->flags & JX_F_ASCII ? s->span.len : jx_units(f, s->span.off, s->span.len);
}

/* jx_find for string slots, from byte `from` on. */
JX_INLINE u32 jx_find_slot(struct jx_frame* f, struct jx_slot* text, u32 from,
                           struct jx_slot* needle) {
  return jx_find(f, text->span.off, jx_pair(from, text->span.len),
                 jx_pair(needle->span.off, needle->span.len));
}

/* Bytes of the character that starts with a byte. */
JX_INLINE u32 jx_char_bytes(u8 lead) {
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* The code point at off, whose character has n bytes. */
JX_INLINE u32 jx_decode(struct jx_frame* f, u32 off, u32 n) {
  u32 b0 = jx_load1(f, off);
  u32 b1 = jx_load1(f, off + 1) & 0x3f;
  u32 b2 = jx_load1(f, off + 2) & 0x3f;
  u32 b3 = jx_load1(f, off + 3) & 0x3f;

  if (n == 1) return b0;
  if (n == 2) return (b0 & 0x1f) << 6 | b1;
  if (n == 3) return (b0 & 0x0f) << 12 | b1 << 6 | b2;
  return (b0 & 0x07) << 18 | b1 << 12 | b2 << 6 | b3;
}

/* Number of bytes of a code point, and its bytes as a little-endian word. */
JX_INLINE u32 jx_encode(u32 c, u64* word) {
  if (c < 0x80) {
    *word = c;
    return 1;
  }
  if (c < 0x800) {
    *word = 0x80c0 | c >> 6 | (c & 0x3f) << 8;
    return 2;
  }
  if (c < 0x10000) {
    *word = 0x8080e0 | c >> 12 | (c >> 6 & 0x3f) << 8 | (c & 0x3f) << 16;
    return 3;
  }
  *word =
      0x808080f0 | c >> 18 | (c >> 12 & 0x3f) << 8 | (c >> 6 & 0x3f) << 16 | (u64)(c & 0x3f) << 24;
  return 4;
}

#endif
