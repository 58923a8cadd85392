// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Strings: percent-encoding, by the rules of ECMA-262.
 */
#include "rt_text.h"

/* Characters that stay as they are, by code: bits 0..63 and 64..127. */
#define COMPONENT_LOW 0x03ff678200000000ULL
#define COMPONENT_HIGH 0x47fffffe87fffffeULL
#define URI_LOW 0xafffffda00000000ULL
#define URI_HIGH 0x47fffffe87ffffffULL

/* Without a branch: each would double the paths that the verifier walks. */
JX_INLINE u8 hex_digit(u32 value) {
  return '0' + value + (((s32)(9 - value) >> 31) & 7);
}

/* The value of a hexadecimal digit, or more than 15. */
JX_INLINE u32 hex_value(u8 c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 255;
}

/* Encodes all but the characters in the sets. JavaScript throws for half a pair. */
JX_SHARED int jx_percent_encode(struct jx_frame* f, u32 dst, u32 a, u64 low, u64 high) {
  struct jx_slot* s;
  u32 p, q, start, end;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  p = s->span.off;
  end = p + s->span.len;
  q = start = f->mem_top;
  for (; (s32)(end - p) > 0; p++) {
    u8 c = jx_load1(f, p);

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    if (q > JX_MEM_SIZE - 8) return jx_fail(f, JX_R_MEM_FULL);
    JX_CURSOR(p);
    if (c < 0x80 && ((c < 64 ? low : high) >> (c & 63)) & 1) {
      jx_store1(f, q, c);
      q++;
      continue;
    }
    if (c == 0xed && jx_load1(f, p + 1) >= 0xa0) return jx_fail(f, JX_R_THROWS);
    jx_store8(f, q, '%' | hex_digit(c >> 4) << 8 | hex_digit(c & 15) << 16);
    q += 3;
  }
  if (q - start == s->span.len) return jx_set_string(f, dst, s->span.off, s->span.len, JX_F_ASCII);
  f->mem_top = q;
  return jx_set_string(f, dst, start, q - start, JX_F_ASCII);
}

int jx_encode_uri_component(struct jx_frame* f, u32 dst, u32 a) {
  if (!f) return 1;
  return jx_percent_encode(f, dst, a, COMPONENT_LOW, COMPONENT_HIGH);
}

int jx_encode_uri(struct jx_frame* f, u32 dst, u32 a) {
  if (!f) return 1;
  return jx_percent_encode(f, dst, a, URI_LOW, URI_HIGH);
}

/* The byte that "%XX" at p stands for, or more than 255. */
JX_SHARED u32 jx_percent_byte(struct jx_frame* f, u32 p, u32 end) {
  u32 high, low;

  if (!f) return 256;
  if ((s32)(end - p) < 3 || jx_load1(f, p) != '%') return 256;
  high = hex_value(jx_load1(f, p + 1));
  low = hex_value(jx_load1(f, p + 2));
  return high > 15 || low > 15 ? 256 : high << 4 | low;
}

/* JavaScript throws unless the encoded bytes are UTF-8, each character encoded
 * whole. */
int jx_decode_uri_component(struct jx_frame* f, u32 dst, u32 a) {
  struct jx_slot* s;
  u32 p, q, start, end, ascii = 1;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  p = s->span.off;
  end = p + s->span.len;
  q = start = f->mem_top;
  for (; (s32)(end - p) > 0;) {
    u8 c = jx_load1(f, p);
    u32 byte, next, c1, tails;

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    if (q > JX_MEM_SIZE - 8) return jx_fail(f, JX_R_MEM_FULL);
    JX_CURSOR(p);
    JX_CURSOR(q);
    if (c != '%') {
      ascii &= c < 0x80;
      jx_store1(f, q, c);
      p++;
      q++;
      continue;
    }
    byte = jx_percent_byte(f, p, end);
    if (byte > 255) return jx_fail(f, JX_R_THROWS);
    p += 3;
    jx_store1(f, q, byte);
    q++;
    if (byte < 0x80) continue;
    ascii = 0;
    if (byte < 0xc2 || byte > 0xf4) return jx_fail(f, JX_R_THROWS);
    c1 = jx_percent_byte(f, p, end);
    /* Neither overlong, nor a surrogate, nor beyond U+10FFFF. */
    if ((byte == 0xe0 && c1 < 0xa0) || (byte == 0xed && c1 > 0x9f) || (byte == 0xf0 && c1 < 0x90) ||
        (byte == 0xf4 && c1 > 0x8f))
      return jx_fail(f, JX_R_THROWS);
    tails = jx_char_bytes(byte) - 1;
    for (int i = 0; i < 3; i++) {
      if (i == (int)tails) break;
      next = jx_percent_byte(f, p, end);
      if (next > 255 || (next & 0xc0) != 0x80) return jx_fail(f, JX_R_THROWS);
      jx_store1(f, q, next);
      p += 3;
      q++;
    }
  }
  if (q - start == s->span.len) return jx_set_string(f, dst, s->span.off, s->span.len, s->flags);
  f->mem_top = q;
  return jx_set_string(f, dst, start, q - start, ascii ? JX_F_ASCII : 0);
}
