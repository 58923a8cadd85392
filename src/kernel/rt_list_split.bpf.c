// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Lists made of a text: split, and its code points. The elements share its
 * bytes, except for halves of pairs that are taken apart.
 */
#include "rt_list.h"

/* Appends a piece of text to the list of n elements that grows at mem_top. */
JX_INLINE int push_piece(struct jx_frame* f, u32 list, u32 n, u32 off, u32 len, u32 flags) {
  if (n >= JX_MAX_LIST) return jx_fail(f, JX_R_LIST_FULL);
  if (list + n * 16 > JX_MEM_SIZE - 16) return jx_fail(f, JX_R_MEM_FULL);
  jx_set_element(f, list, n, off, len, flags);
  return 0;
}

/* Ends such a list. */
JX_INLINE int list_done(struct jx_frame* f, u32 dst, u32 list, u32 n) {
  f->mem_top = list + n * 16;
  return jx_set_list(f, dst, list, n);
}

/* split(""): at most limit units of the text. */
JX_SHARED int jx_split_units(struct jx_frame* f, u32 dst, u32 a, u32 limit) {
  struct jx_slot* text;
  u32 units, list, p, i;

  if (!f) return 1;
  text = jx_slot_at(f, a);
  p = text->span.off;
  units = jx_slot_units(f, text);
  if (units > limit) units = limit;
  list = jx_list_room(f, units);
  if (!list) return 1;
  units += jx_opaque_zero(f);
  for (i = jx_opaque_zero(f); i < units; i++) {
    u32 n = jx_char_bytes(jx_load1(f, p));

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    JX_CURSOR(i);
    if (n == 4) {
      u32 half = f->mem_top;

      if (jx_put_half(f, half, p, 0)) return 1;
      jx_set_element(f, list, i, half, 3, 0);
      i++;
      if (i >= units) break;
      half = f->mem_top;
      if (jx_put_half(f, half, p, 1)) return 1;
      jx_set_element(f, list, i, half, 3, 0);
    } else {
      jx_set_element(f, list, i, p, n, n == 1 ? JX_F_ASCII : 0);
    }
    p += n;
  }
  return jx_set_list(f, dst, list, units);
}

int jx_split(struct jx_frame* f, u32 dst, u32 a, u32 b, u32 max) {
  struct jx_slot *text, *separator;
  u32 limit, list, n, from, at;

  if (!f) return 1;
  text = jx_slot_at(f, a);
  separator = jx_slot_at(f, b);
  limit = jx_to_uint32(jx_slot_at(f, max)->bits);
  if (!separator->span.len) return jx_split_units(f, dst, a, limit);
  if (jx_splits_pairs(f, a, b)) return jx_fail(f, JX_R_NON_ASCII);
  list = (f->mem_top + 15) & ~15u;
  from = jx_opaque_zero(f);
  for (n = jx_opaque_zero(f); n < limit; n++) {
    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    JX_CURSOR(n);
    JX_CURSOR(from);
    at = jx_find_slot(f, text, from, separator);
    if (at == JX_GAVE_UP) return jx_fail(f, JX_R_LOOP);
    if (at == JX_NOT_FOUND) {
      if (push_piece(f, list, n, text->span.off + from, text->span.len - from, text->flags))
        return 1;
      n++;
      break;
    }
    if (push_piece(f, list, n, text->span.off + from, at - from, text->flags)) return 1;
    from = at + separator->span.len;
  }
  return list_done(f, dst, list, n);
}

/* [...text] */
int jx_code_points(struct jx_frame* f, u32 dst, u32 a) {
  struct jx_slot* text;
  u32 list, n, p, end;

  if (!f) return 1;
  text = jx_slot_at(f, a);
  p = text->span.off;
  end = p + text->span.len;
  list = (f->mem_top + 15) & ~15u;
  for (n = jx_opaque_zero(f); (s32)(end - p) > 0; n++) {
    u32 bytes = jx_char_bytes(jx_load1(f, p));

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    JX_CURSOR(n);
    if (push_piece(f, list, n, p, bytes, bytes == 1 ? JX_F_ASCII : 0)) return 1;
    p += bytes;
  }
  return list_done(f, dst, list, n);
}
