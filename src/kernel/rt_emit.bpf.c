// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Output: strings appended to the response, raw or escaped for HTML, and the
 * repair of lone surrogates when the page is complete.
 */
#include "rt_text.h"

/* 0x80 at the lowest byte of a word that HTML escapes (above it there may be
 * false marks). 0x26 and 0x27 differ in bit 0, 0x3c and 0x3e in bit 1. */
JX_INLINE u64 html_marks(u64 w) {
  u64 quote = w ^ 0x22 * JX_ONES;
  u64 ampersand = (w | JX_ONES) ^ 0x27 * JX_ONES;
  u64 angle = (w | 2 * JX_ONES) ^ 0x3e * JX_ONES;

  return (((quote - JX_ONES) & ~quote) | ((ampersand - JX_ONES) & ~ampersand) |
          ((angle - JX_ONES) & ~angle)) &
         JX_HIGHS;
}

/* The entity of a character as a little-endian word, and its length. */
JX_INLINE u32 html_entity(u8 c, u64* word) {
  if (c == '"') {
    *word = 0x3b746f757126; /* &quot; */
    return 6;
  }
  if (c == '\'') {
    *word = 0x3b3732782326; /* &#x27; */
    return 6;
  }
  if (c == '&') {
    *word = 0x3b706d6126; /* &amp; */
    return 5;
  }
  *word = c == '<' ? 0x3b746c26 : 0x3b746726; /* &lt; &gt; */
  return 4;
}

#define FULL ((u32) - 1)
#define ENDED ((u32) - 2)

/*
 * Escapes mem[p, end) into base from q on, not beyond cap: 8 bytes at a time,
 * one entity at a time. Returns the new q, FULL if the buffer is, or ENDED if
 * the loop was. *lone collects the signs of lone surrogates.
 */
JX_INLINE u32 escape_html(struct jx_frame* f, u8* base, u32 mask, u32 q, u32 cap, u32 p, u32 end,
                          u64* lone) {
  for (; (s32)(end - p) > 0;) {
    u32 n = end - p;
    u64 w = jx_load8(f, p);
    u64 marks;

    if (!JX_MORE) return ENDED;
    if (q > cap) return FULL;
    *(u64*)(base + (q & mask)) = w;
    if (n < 8) w &= jx_low_bytes(n);
    if (w & JX_HIGHS) *lone |= jx_surrogate_marks(w, jx_load1(f, p + 8));
    marks = html_marks(w);
    if (!marks) {
      if (n >= 16) {
        /* Plain text comes in long pieces. */
        w = jx_load8(f, p + 8);
        *(u64*)(base + ((q + 8) & mask)) = w;
        n = (w & JX_HIGHS) || html_marks(w) ? 8 : 16;
      } else if (n > 8) {
        n = 8;
      }
      p += n;
      q += n;
      continue;
    }
    n = jx_first_byte(marks);
    p += n;
    q += n;
    n = html_entity(jx_load1(f, p), &w);
    *(u64*)(base + (q & mask)) = w;
    q += n;
    p++;
  }
  return q <= cap ? q : FULL;
}

/* Appends string slot a to the output as it is. */
int jx_emit_raw(struct jx_frame* f, u32 a) {
  struct jx_slot* s;
  u32 off, len, q;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  off = s->span.off;
  len = s->span.len;
  q = f->out_len;
  if (q > JX_OUT_CAP || len > JX_OUT_CAP || q + len > JX_OUT_CAP) return jx_fail(f, JX_R_OUT_FULL);
  f->out_len = q + len;
  if (!jx_copy(f, f->out, JX_OUT_MASK, q, off, len)) return jx_fail(f, JX_R_LOOP);
  if (s->flags & JX_F_ASCII) return 0;
  for (; (s32)len > 0; len -= 8, off += 8) {
    u64 w = jx_load8(f, off);

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    if ((s32)len < 8) w &= jx_low_bytes(len);
    if ((w & JX_HIGHS) && jx_surrogate_marks(w, jx_load1(f, off + 8))) f->lone = 1;
  }
  return 0;
}

/* Appends string slot a to the output, escaped as react-dom escapes text. */
int jx_emit_html(struct jx_frame* f, u32 a) {
  struct jx_slot* s;
  u64 lone = 0;
  u32 q;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  q = escape_html(f, f->out, JX_OUT_MASK, f->out_len, JX_OUT_CAP, s->span.off,
                  s->span.off + s->span.len, &lone);
  if (q >= ENDED) return jx_fail(f, q == ENDED ? JX_R_LOOP : JX_R_OUT_FULL);
  if (lone) f->lone = 1;
  f->out_len = q;
  return 0;
}

/* HtmlEscape: the same as a string. */
int jx_html_escape(struct jx_frame* f, u32 dst, u32 a) {
  struct jx_slot* s;
  u64 lone = 0;
  u32 start, q;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  start = f->mem_top;
  q = escape_html(f, f->mem, JX_MEM_MASK, start, JX_MEM_SIZE - 16, s->span.off,
                  s->span.off + s->span.len, &lone);
  if (q >= ENDED) return jx_fail(f, q == ENDED ? JX_R_LOOP : JX_R_MEM_FULL);
  f->mem_top = q;
  return jx_set_string(f, dst, start, q - start, s->flags & JX_F_ASCII);
}

/*
 * Repairs lone surrogates in out[from, out_len): two halves that stand next to
 * each other join, any other becomes U+FFFD. Sets out_len and clears lone.
 */
int jx_fix_lone(struct jx_frame* f, u32 from) {
  u32 p, q, end;

  if (!f) return 1;
  end = f->out_len;
  p = q = from;
  for (; (s32)(end - p) > 0;) {
    u64 w = *(u64*)(f->out + (p & JX_OUT_MASK));
    u64* to;

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    if (!jx_surrogate_marks(w, f->out[(p + 8) & JX_OUT_MASK])) {
      u32 n = end - p < 8 ? end - p : 8;

      to = (u64*)(f->out + (q & JX_OUT_MASK));
      /* Never a byte behind q + n that is still to be read: q <= p. */
      *to = w;
      p += n;
      q += n;
      continue;
    }
    if ((u8)w == 0xed && (w >> 8 & 0xff) >= 0xa0) {
      u64 next = w >> 24;
      u32 high = (w >> 8 & 0x0f) << 6 | (w >> 16 & 0x3f);

      if (jx_is_high_half(w, w >> 8) && jx_is_low_half(next, next >> 8) && end - p >= 6) {
        u32 low = (next >> 8 & 0x0f) << 6 | (next >> 16 & 0x3f);

        jx_encode(0x10000 + (high << 10) + low, &w);
        for (int i = 0; i < 4; i++) f->out[(q + i) & JX_OUT_MASK] = w >> (8 * i);
        p += 6;
        q += 4;
      } else {
        f->out[q & JX_OUT_MASK] = 0xef;
        f->out[(q + 1) & JX_OUT_MASK] = 0xbf;
        f->out[(q + 2) & JX_OUT_MASK] = 0xbd;
        p += 3;
        q += 3;
      }
      continue;
    }
    f->out[q & JX_OUT_MASK] = w;
    p++;
    q++;
  }
  f->out_len = q;
  f->lone = 0;
  return 0;
}
