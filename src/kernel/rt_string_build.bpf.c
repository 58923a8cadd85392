// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Strings: those made of pieces of others. They are built at mem_top with
 * jx_put; the result's slot is written last, since it may be an argument's.
 */
#include "rt_text.h"

/* Appends a text so many times, in doubling steps. A text that starts with half
 * a pair could join with what comes before: passed. */
JX_SHARED int jx_put_times(struct jx_frame* f, u32 start, u32 off, u32 len, u32 times) {
  u64 total = (u64)len * times;
  u32 base, done, left;

  if (!f) return 1;
  if (!total) return 0;
  if (total > JX_MEM_SIZE) return jx_fail(f, JX_R_MEM_FULL);
  if (jx_halves(f, off, len) & JX_STARTS_LOW) return jx_fail(f, JX_R_NON_ASCII);
  base = f->mem_top;
  if (jx_put(f, start, off, len)) return 1;
  left = (u32)total - len + jx_opaque_zero(f);
  done = len + jx_opaque_zero(f);
  for (; left;) {
    u32 n = done < left ? done : left;

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    if (jx_put(f, start, base, n)) return 1;
    done += n;
    left -= n;
    JX_CURSOR(left);
  }
  return 0;
}

/* Ends the building of a text in mem[start, mem_top). */
JX_INLINE int built(struct jx_frame* f, u32 dst, u32 start, u32 flags) {
  return jx_set_string(f, dst, start, f->mem_top - start, flags & JX_F_ASCII);
}

int jx_repeat(struct jx_frame* f, u32 dst, u32 a, u32 n) {
  struct jx_slot* s;
  u32 start, flags;
  s64 times;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  times = jx_clamp_integer(jx_slot_at(f, n)->bits);
  if (times < 0 || jx_slot_at(f, n)->bits == JX_INFINITY_BITS) return jx_fail(f, JX_R_THROWS);
  if (times == 1) return jx_set_string(f, dst, s->span.off, s->span.len, s->flags);
  flags = s->flags;
  start = f->mem_top;
  if (jx_put_times(f, start, s->span.off, s->span.len, times)) return 1;
  return built(f, dst, start, flags);
}

/* padStart and padEnd: units of padding, and the text itself on either side. */
JX_SHARED int jx_pad(struct jx_frame* f, u32 dst, u32 a, u32 padding, u32 filler_at_start) {
  u32 filler = filler_at_start >> 1, at_start = filler_at_start & 1;
  struct jx_slot *s, *fill;
  u32 start, times;
  u64 rest = 0;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  fill = jx_slot_at(f, filler);
  start = f->mem_top;
  if (!at_start && jx_put(f, start, s->span.off, s->span.len)) return 1;
  times = jx_slot_units(f, fill);
  if (padding % times)
    rest = fill->flags & JX_F_ASCII
               ? padding % times
               : jx_unit_at(f, fill->span.off, fill->span.len, padding % times);
  times = padding / times;
  if (jx_put_times(f, start, fill->span.off, fill->span.len, times)) return 1;
  if (jx_put(f, start, fill->span.off, (u32)rest)) return 1;
  if ((rest & JX_MID_PAIR) && jx_put_half(f, start, fill->span.off + (u32)rest, 0)) return 1;
  if (at_start && jx_put(f, start, s->span.off, s->span.len)) return 1;
  return built(f, dst, start, s->flags & fill->flags);
}

JX_INLINE int pad(struct jx_frame* f, u32 dst, u32 a, u32 n, u32 filler, u32 at_start) {
  struct jx_slot* s;
  s64 units, target;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  units = jx_slot_units(f, s);
  target = jx_clamp_integer(jx_slot_at(f, n)->bits);
  if (target <= units || !jx_slot_at(f, filler)->span.len)
    return jx_set_string(f, dst, s->span.off, s->span.len, s->flags);
  if (target > JX_MEM_SIZE) return jx_fail(f, JX_R_MEM_FULL);
  return jx_pad(f, dst, a, target - units, (filler & (JX_MAX_SLOTS - 1)) << 1 | at_start);
}

int jx_pad_start(struct jx_frame* f, u32 dst, u32 a, u32 n, u32 filler) {
  return pad(f, dst, a, n, filler, 1);
}

int jx_pad_end(struct jx_frame* f, u32 dst, u32 a, u32 n, u32 filler) {
  return pad(f, dst, a, n, filler, 0);
}

/*
 * Appends the replacement in slot c for the match of `match` (byte offset in the
 * text of slot a, and length << 32), its $ patterns expanded (GetSubstitution
 * without captures).
 */
JX_SHARED int jx_put_replacement(struct jx_frame* f, u32 start, u32 a, u32 c, u64 match) {
  struct jx_slot *text, *with;
  u32 p, end, kept;

  if (!f) return 1;
  text = jx_slot_at(f, a);
  with = jx_slot_at(f, c);
  p = kept = with->span.off;
  end = p + with->span.len;
  for (; (s32)(end - p) > 0;) {
    u64 marks = jx_zero_byte(jx_load8(f, p) ^ '$' * JX_ONES);
    u32 off = text->span.off, len = 0;
    u8 kind;

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    if (!marks) {
      p += 8;
      continue;
    }
    p += jx_first_byte(marks);
    if ((s32)(end - p) <= 1) break;
    kind = jx_load1(f, p + 1);
    if (kind == '$') {
      /* The first of the two stays. */
      off = p;
      len = 1;
    } else if (kind == '&') {
      off += (u32)match;
      len = match >> 32;
    } else if (kind == '`') {
      len = (u32)match;
    } else if (kind == '\'') {
      off += (u32)match + (u32)(match >> 32);
      len = text->span.off + text->span.len - off;
    } else {
      p++;
      continue;
    }
    if (jx_put(f, start, kept, p - kept) || jx_put(f, start, off, len)) return 1;
    p += 2;
    kept = p;
  }
  return jx_put(f, start, kept, end - kept);
}

int jx_replace(struct jx_frame* f, u32 dst, u32 a, u32 b, u32 c) {
  struct jx_slot *text, *search;
  u32 at, start, end;

  if (!f) return 1;
  text = jx_slot_at(f, a);
  search = jx_slot_at(f, b);
  if (jx_splits_pairs(f, a, b)) return jx_fail(f, JX_R_NON_ASCII);
  at = jx_find_slot(f, text, 0, search);
  if (at == JX_GAVE_UP) return jx_fail(f, JX_R_LOOP);
  if (at == JX_NOT_FOUND) return jx_set_string(f, dst, text->span.off, text->span.len, text->flags);
  start = f->mem_top;
  end = at + search->span.len;
  if (jx_put(f, start, text->span.off, at) ||
      jx_put_replacement(f, start, a, c, jx_pair(at, search->span.len)) ||
      jx_put(f, start, text->span.off + end, text->span.len - end))
    return 1;
  return built(f, dst, start, text->flags & jx_slot_at(f, c)->flags);
}

/* Whether a text has a '$'. */
JX_SHARED int jx_has_dollar(struct jx_frame* f, u32 off, u32 len) {
  s32 left = len;

  if (!f) return 1;
  for (; left > 0; left -= 8, off += 8) {
    u64 w = jx_load8(f, off);

    if (!JX_MORE) return 1;
    JX_CURSOR(off);
    if (left < 8) w &= jx_low_bytes(left);
    if (jx_zero_byte(w ^ '$' * JX_ONES)) return 1;
  }
  return 0;
}

/* replaceAll of the empty string: the replacement around every unit. */
JX_SHARED int jx_intersperse(struct jx_frame* f, u32 dst, u32 a, u32 c) {
  struct jx_slot* text;
  u32 start, at, len;

  if (!f) return 1;
  text = jx_slot_at(f, a);
  len = text->span.len;
  start = f->mem_top;
  at = jx_opaque_zero(f);
  if (jx_put_replacement(f, start, a, c, 0)) return 1;
  for (; at < len;) {
    u32 n = jx_char_bytes(jx_load1(f, text->span.off + at));

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    JX_CURSOR(at);
    if (n == 4) {
      struct jx_slot* with = jx_slot_at(f, c);

      /* The halves of a pair part, and join again if nothing comes between. */
      if (jx_has_dollar(f, with->span.off, with->span.len)) return jx_fail(f, JX_R_NON_ASCII);
      if (jx_put_half(f, start, text->span.off + at, 0) ||
          jx_put_replacement(f, start, a, c, jx_pair(at, 0)) ||
          jx_put_half(f, start, text->span.off + at, 1))
        return 1;
    } else if (jx_put(f, start, text->span.off + at, n)) {
      return 1;
    }
    at += n;
    if (jx_put_replacement(f, start, a, c, jx_pair(at, 0))) return 1;
  }
  return built(f, dst, start, text->flags & jx_slot_at(f, c)->flags);
}

int jx_replace_all(struct jx_frame* f, u32 dst, u32 a, u32 b, u32 c) {
  struct jx_slot *text, *search;
  u32 from, start;

  if (!f) return 1;
  text = jx_slot_at(f, a);
  search = jx_slot_at(f, b);
  if (!search->span.len) return jx_intersperse(f, dst, a, c);
  if (jx_splits_pairs(f, a, b)) return jx_fail(f, JX_R_NON_ASCII);
  start = f->mem_top;
  from = jx_opaque_zero(f);
  for (;;) {
    u32 at = jx_find_slot(f, text, from, search);

    if (at == JX_GAVE_UP || !JX_MORE) return jx_fail(f, JX_R_LOOP);
    JX_CURSOR(from);
    if (at == JX_NOT_FOUND) break;
    if (jx_put(f, start, text->span.off + from, at - from) ||
        jx_put_replacement(f, start, a, c, jx_pair(at, search->span.len)))
      return 1;
    from = at + search->span.len;
  }
  if (!from) return jx_set_string(f, dst, text->span.off, text->span.len, text->flags);
  if (jx_put(f, start, text->span.off + from, text->span.len - from)) return 1;
  return built(f, dst, start, text->flags & jx_slot_at(f, c)->flags);
}
