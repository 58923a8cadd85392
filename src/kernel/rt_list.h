/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Lists in linear memory: span.len slots of 16 bytes from span.off on, a
 * multiple of 16. Lists never change once made, so pieces share them; the one
 * being made stands at mem_top or in memory reserved for it.
 */
#ifndef JX_RT_LIST_H
#define JX_RT_LIST_H

#include "rt_text.h"

_Static_assert(sizeof(struct jx_slot) == 16, "lists are made of 16-byte slots");

/* Element i of the list at off. */
JX_INLINE struct jx_slot* jx_element(struct jx_frame* f, u32 off, u32 i) {
  return (struct jx_slot*)(f->mem + ((off + i * 16) & (JX_MEM_MASK & ~15u)));
}

/* Where a list with room for n elements starts; it takes up memory from there.
 * 0, with the reason set, if there is no room. */
JX_INLINE u32 jx_list_room(struct jx_frame* f, u32 n) {
  u32 off = (f->mem_top + 15) & ~15u;

  if (n > JX_MAX_LIST) {
    f->reason = JX_R_LIST_FULL;
    return 0;
  }
  if (off > JX_MEM_SIZE - 16 * JX_MAX_LIST && off + n * 16 > JX_MEM_SIZE) {
    f->reason = JX_R_MEM_FULL;
    return 0;
  }
  f->mem_top = off + n * 16;
  return off;
}

JX_INLINE void jx_set_element(struct jx_frame* f, u32 list, u32 i, u32 off, u32 len, u32 flags) {
  struct jx_slot* e = jx_element(f, list, i);

  e->span.off = off;
  e->span.len = len;
  e->tag = JX_STRING;
  e->flags = flags;
}

/* Copies n elements. False if the kernel ended the loop. */
JX_INLINE int jx_copy_elements(struct jx_frame* f, u32 to, u32 from, u32 n) {
  return jx_copy(f, f->mem, JX_MEM_MASK, to, from, n * 16);
}

#endif
