// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Strings: searching. A needle is found by its bytes, which in WTF-8 match only
 * where characters start; positions are converted from and to UTF-16 units.
 */
#include "rt_text.h"

/* Clamps the position in slot n into a text: units from its start. */
JX_INLINE u32 position(struct jx_frame* f, u32 n) {
  s64 at = jx_clamp_integer(jx_slot_at(f, n)->bits);

  return at < 0 ? 0 : at;
}

/* The byte of a string slot where a unit is; as jx_unit_at. */
JX_INLINE u64 byte_of(struct jx_frame* f, struct jx_slot* s, u32 unit) {
  if (!unit) return 0;
  if (s->flags & JX_F_ASCII) return unit < s->span.len ? unit : s->span.len;
  return jx_unit_at(f, s->span.off, s->span.len, unit);
}

/* Where slot b is in slot a from the position in slot n on, in bytes, or
 * JX_NOT_FOUND; b is not empty. JX_GAVE_UP: the reason is set. */
JX_SHARED u32 jx_search(struct jx_frame* f, u32 a, u32 b, u32 n) {
  struct jx_slot* text;
  u64 from;
  u32 at;

  if (!f) return JX_GAVE_UP;
  if (jx_splits_pairs(f, a, b)) {
    f->reason = JX_R_NON_ASCII;
    return JX_GAVE_UP;
  }
  text = jx_slot_at(f, a);
  from = byte_of(f, text, position(f, n));
  /* No match starts in the middle of a pair. */
  if (from & JX_MID_PAIR) from += 4;
  at = jx_find_slot(f, text, from, jx_slot_at(f, b));
  if (at == JX_GAVE_UP) f->reason = JX_R_LOOP;
  return at;
}

int jx_str_includes(struct jx_frame* f, u32 dst, u32 a, u32 b, u32 n) {
  u32 at;

  if (!f) return 1;
  if (!jx_slot_at(f, b)->span.len) return jx_set_bool(f, dst, 1);
  at = jx_search(f, a, b, n);
  if (at == JX_GAVE_UP) return 1;
  return jx_set_bool(f, dst, at != JX_NOT_FOUND);
}

int jx_index_of(struct jx_frame* f, u32 dst, u32 a, u32 b, u32 n) {
  struct jx_slot* text;
  u32 at;

  if (!f) return 1;
  text = jx_slot_at(f, a);
  if (!jx_slot_at(f, b)->span.len) {
    u32 from = position(f, n), units = jx_slot_units(f, text);

    return jx_set_number(f, dst, jx_double_of(from < units ? from : units));
  }
  at = jx_search(f, a, b, n);
  if (at == JX_GAVE_UP) return 1;
  if (at == JX_NOT_FOUND) return jx_set_number(f, dst, JX_MINUS_ONE_BITS);
  if (!(text->flags & JX_F_ASCII)) at = jx_units(f, text->span.off, at);
  return jx_set_number(f, dst, jx_double_of(at));
}

int jx_last_index_of(struct jx_frame* f, u32 dst, u32 a, u32 b, u32 n) {
  struct jx_slot *text, *needle;
  u32 at, from;
  u64 bits;

  if (!f) return 1;
  text = jx_slot_at(f, a);
  needle = jx_slot_at(f, b);
  bits = jx_slot_at(f, n)->bits;
  from = (bits & ~JX_SIGN_BIT) > JX_INFINITY_BITS ? 0x7fffffff : position(f, n);
  if (!needle->span.len) {
    u32 units = jx_slot_units(f, text);

    return jx_set_number(f, dst, jx_double_of(from < units ? from : units));
  }
  if (jx_splits_pairs(f, a, b)) return jx_fail(f, JX_R_NON_ASCII);
  /* In the middle of a pair: the last match may start where the pair does. */
  at = byte_of(f, text, from);
  at = jx_find_last(f, text->span.off, jx_pair(at, text->span.len),
                    jx_pair(needle->span.off, needle->span.len));
  if (at == JX_GAVE_UP) return jx_fail(f, JX_R_LOOP);
  if (at == JX_NOT_FOUND) return jx_set_number(f, dst, JX_MINUS_ONE_BITS);
  if (!(text->flags & JX_F_ASCII)) at = jx_units(f, text->span.off, at);
  return jx_set_number(f, dst, jx_double_of(at));
}

int jx_str_starts_with(struct jx_frame* f, u32 dst, u32 a, u32 b, u32 n) {
  struct jx_slot *text, *needle;
  u64 at;

  if (!f) return 1;
  text = jx_slot_at(f, a);
  needle = jx_slot_at(f, b);
  if (!needle->span.len) return jx_set_bool(f, dst, 1);
  if (jx_splits_pairs(f, a, b)) return jx_fail(f, JX_R_NON_ASCII);
  at = byte_of(f, text, position(f, n));
  if ((at & JX_MID_PAIR) || needle->span.len > text->span.len - (u32)at)
    return jx_set_bool(f, dst, 0);
  return jx_set_bool(f, dst,
                     jx_same(f, text->span.off + (u32)at, needle->span.off, needle->span.len));
}

int jx_str_ends_with(struct jx_frame* f, u32 dst, u32 a, u32 b, u32 n) {
  struct jx_slot *text, *needle;
  u64 at;

  if (!f) return 1;
  text = jx_slot_at(f, a);
  needle = jx_slot_at(f, b);
  if (!needle->span.len) return jx_set_bool(f, dst, 1);
  if (jx_splits_pairs(f, a, b)) return jx_fail(f, JX_R_NON_ASCII);
  at = byte_of(f, text, position(f, n));
  if ((at & JX_MID_PAIR) || needle->span.len > (u32)at) return jx_set_bool(f, dst, 0);
  return jx_set_bool(
      f, dst,
      jx_same(f, text->span.off + (u32)at - needle->span.len, needle->span.off, needle->span.len));
}

/* "javascri" and "pt:" as little-endian words. */
#define SCHEME_HEAD 0x697263736176616aULL
#define SCHEME_TAIL 0x3a7470ULL

/*
 * Whether react-dom would block a URL: "javascript:" in any case behind control
 * characters and blanks, with tabs and line ends between its characters.
 */
int jx_is_js_url(struct jx_frame* f, u32 dst, u32 a) {
  struct jx_slot* s;
  u32 p, end, k = 0;

  if (!f) return 1;
  s = jx_slot_at(f, a);
  p = s->span.off;
  end = p + s->span.len;
  for (; (s32)(end - p) > 0; p++) {
    u8 c = jx_load1(f, p);

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    JX_CURSOR(p);
    if (k ? c == '\t' || c == '\n' || c == '\r' : c <= ' ') continue;
    if (k == 10) return jx_set_bool(f, dst, c == ':');
    if ((c | 0x20) != (((k < 8 ? SCHEME_HEAD : SCHEME_TAIL) >> ((k & 7) * 8)) & 0xff)) break;
    k++;
  }
  return jx_set_bool(f, dst, 0);
}
