// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Lists: access, searching, pieces, joining, and making one slot by slot.
 */
#include "rt_list.h"

int jx_list_length(struct jx_frame* f, u32 dst, u32 l) {
  if (!f) return 1;
  return jx_set_number(f, dst, jx_double_of(jx_slot_at(f, l)->span.len));
}

/* Copies element i of list l to slot dst; 1 if there is none. For loops. */
int jx_list_load(struct jx_frame* f, u32 dst, u32 l, u32 i) {
  struct jx_slot* list;

  if (!f) return 1;
  list = jx_slot_at(f, l);
  if (i >= list->span.len) return jx_fail(f, JX_R_LOOP);
  *jx_slot_at(f, dst) = *jx_element(f, list->span.off, i);
  return 0;
}

/* The element that a double asks for, if it is of a type. */
JX_INLINE int list_at(struct jx_frame* f, u32 dst, u32 l, u32 n, u32 tag) {
  struct jx_slot *list, *e;
  u64 bits;
  s64 i;

  if (!f) return 1;
  list = jx_slot_at(f, l);
  bits = jx_slot_at(f, n)->bits;
  i = jx_clamp_integer(bits);
  if (i < 0 || i >= list->span.len || (bits << 1 && jx_double_of(i) != bits))
    return jx_fail(f, JX_R_PROGRAM);
  e = jx_element(f, list->span.off, i);
  if (e->tag != tag) return jx_fail(f, JX_R_PROGRAM);
  *jx_slot_at(f, dst) = *e;
  return 0;
}

int jx_list_at_str(struct jx_frame* f, u32 dst, u32 l, u32 n) {
  return list_at(f, dst, l, n, JX_STRING);
}

int jx_list_at_num(struct jx_frame* f, u32 dst, u32 l, u32 n) {
  return list_at(f, dst, l, n, JX_NUMBER);
}

/* The first element that is the text of slot a: its index, JX_NOT_FOUND, or
 * JX_GAVE_UP. */
JX_SHARED u32 jx_list_find_str(struct jx_frame* f, u32 l, u32 a) {
  struct jx_slot *list, *s;
  u32 i;

  if (!f) return JX_GAVE_UP;
  list = jx_slot_at(f, l);
  s = jx_slot_at(f, a);
  for (i = jx_opaque_zero(f); i < list->span.len; i++) {
    struct jx_slot* e = jx_element(f, list->span.off, i);

    if (!JX_MORE) return JX_GAVE_UP;
    JX_CURSOR(i);
    if (e->tag == JX_STRING && e->span.len == s->span.len &&
        jx_same(f, e->span.off, s->span.off, s->span.len))
      return i;
  }
  return JX_NOT_FOUND;
}

int jx_list_includes_str(struct jx_frame* f, u32 dst, u32 l, u32 a) {
  u32 i;

  if (!f) return 1;
  i = jx_list_find_str(f, l, a);
  if (i == JX_GAVE_UP) return jx_fail(f, JX_R_LOOP);
  return jx_set_bool(f, dst, i != JX_NOT_FOUND);
}

int jx_list_index_of_str(struct jx_frame* f, u32 dst, u32 l, u32 a) {
  u32 i;

  if (!f) return 1;
  i = jx_list_find_str(f, l, a);
  if (i == JX_GAVE_UP) return jx_fail(f, JX_R_LOOP);
  return jx_set_number(f, dst, i == JX_NOT_FOUND ? JX_MINUS_ONE_BITS : jx_double_of(i));
}

/* A double with one form for all NaNs and one for both zeros: SameValueZero is
 * then equality of bits. */
JX_INLINE u64 one_form(u64 bits) {
  if (!(bits << 1)) return 0;
  return (bits & ~JX_SIGN_BIT) > JX_INFINITY_BITS ? JX_NAN_BITS : bits;
}

int jx_list_includes_num(struct jx_frame* f, u32 dst, u32 l, u32 n) {
  struct jx_slot* list;
  u32 i, found = 0;
  u64 bits;

  if (!f) return 1;
  list = jx_slot_at(f, l);
  bits = one_form(jx_slot_at(f, n)->bits);
  for (i = jx_opaque_zero(f); i < list->span.len; i++) {
    struct jx_slot* e = jx_element(f, list->span.off, i);

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    JX_CURSOR(i);
    if (e->tag == JX_NUMBER && one_form(e->bits) == bits) {
      found = 1;
      break;
    }
  }
  return jx_set_bool(f, dst, found);
}

/* An index that counts from the end if negative, within a list. */
JX_INLINE u32 relative(struct jx_frame* f, u32 n, u32 len) {
  s64 i = jx_clamp_integer(jx_slot_at(f, n)->bits);

  if (i < 0) i += len;
  return i < 0 ? 0 : i > len ? len : i;
}

int jx_list_slice(struct jx_frame* f, u32 dst, u32 l, u32 start, u32 end) {
  struct jx_slot* list;
  u32 from, to;

  if (!f) return 1;
  list = jx_slot_at(f, l);
  from = relative(f, start, list->span.len);
  to = relative(f, end, list->span.len);
  return jx_set_list(f, dst, list->span.off + from * 16, to > from ? to - from : 0);
}

int jx_list_reverse(struct jx_frame* f, u32 dst, u32 l) {
  struct jx_slot* list;
  u32 off, from, n, i;

  if (!f) return 1;
  list = jx_slot_at(f, l);
  n = list->span.len;
  from = list->span.off;
  off = jx_list_room(f, n);
  if (!off) return 1;
  n += jx_opaque_zero(f);
  for (i = jx_opaque_zero(f); i < n; i++) {
    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    JX_CURSOR(i);
    *jx_element(f, off, i) = *jx_element(f, from, n - 1 - i);
  }
  return jx_set_list(f, dst, off, n);
}

int jx_list_concat(struct jx_frame* f, u32 dst, u32 a, u32 b) {
  struct jx_slot *x, *y;
  u32 off, n;

  if (!f) return 1;
  x = jx_slot_at(f, a);
  y = jx_slot_at(f, b);
  n = x->span.len + y->span.len;
  off = jx_list_room(f, n);
  if (!off) return 1;
  if (!jx_copy_elements(f, off, x->span.off, x->span.len) ||
      !jx_copy_elements(f, off + x->span.len * 16, y->span.off, y->span.len))
    return jx_fail(f, JX_R_LOOP);
  return jx_set_list(f, dst, off, n);
}

/* Elements must be strings. */
int jx_join(struct jx_frame* f, u32 dst, u32 l, u32 separator) {
  struct jx_slot *list, *s;
  u32 start, i, flags = JX_F_ASCII;

  if (!f) return 1;
  list = jx_slot_at(f, l);
  s = jx_slot_at(f, separator);
  start = f->mem_top;
  for (i = jx_opaque_zero(f); i < list->span.len; i++) {
    struct jx_slot* e = jx_element(f, list->span.off, i);

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    JX_CURSOR(i);
    if (e->tag != JX_STRING) return jx_fail(f, JX_R_NUMBER);
    flags &= e->flags;
    if (i) {
      flags &= s->flags;
      if (jx_put(f, start, s->span.off, s->span.len)) return 1;
    }
    if (jx_put(f, start, e->span.off, e->span.len)) return 1;
  }
  return jx_set_string(f, dst, start, f->mem_top - start, flags);
}

/* Array.from({length: n}, (_, i) => i) */
int jx_range(struct jx_frame* f, u32 dst, u32 n) {
  u32 off, len, i;
  s64 count;

  if (!f) return 1;
  count = jx_clamp_integer(jx_slot_at(f, n)->bits);
  len = count < 0 ? 0 : count;
  off = jx_list_room(f, len);
  if (!off) return 1;
  len += jx_opaque_zero(f);
  for (i = jx_opaque_zero(f); i < len; i++) {
    struct jx_slot* e = jx_element(f, off, i);

    if (!JX_MORE) return jx_fail(f, JX_R_LOOP);
    JX_CURSOR(i);
    e->bits = jx_double_of(i);
    e->tag = JX_NUMBER;
    e->flags = 0;
  }
  return jx_set_list(f, dst, off, len);
}

/* Makes slot dst an empty list with room for n elements, for jx_list_push. */
int jx_list_new(struct jx_frame* f, u32 dst, u32 n) {
  u32 off;

  if (!f) return 1;
  off = jx_list_room(f, n);
  return off ? jx_set_list(f, dst, off, 0) : 1;
}

/* The same with as much room as list l has elements. */
int jx_list_new_like(struct jx_frame* f, u32 dst, u32 l) {
  u32 off;

  if (!f) return 1;
  off = jx_list_room(f, jx_slot_at(f, l)->span.len);
  return off ? jx_set_list(f, dst, off, 0) : 1;
}

/* Appends slot a to a list that has room left; the caller sees to that. */
int jx_list_push(struct jx_frame* f, u32 l, u32 a) {
  struct jx_slot* list;

  if (!f) return 1;
  list = jx_slot_at(f, l);
  *jx_element(f, list->span.off, list->span.len) = *jx_slot_at(f, a);
  list->span.len++;
  return 0;
}
