/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Memory of adoptions. A late duplicate of a request whose connection the server
 * had and closed must not open a second one: a POST would run twice.
 */
#ifndef JX_ADOPTED_H
#define JX_ADOPTED_H

#include "kernel/maps.h"
#include "kernel/packet.h"

/* As long as a segment may live in the network, with a margin. */
#define JX_ADOPTED_NS (300ULL * 1000000000)

struct jx_adoption {
  __u64 when;      /* bpf_ktime_get_ns */
  __u32 tsval;     /* of the adopted segment */
  __u32 confirmed; /* the kernel was seen to own the connection */
};
JX_MAP(jx_adopted, LRU_HASH, 65536, struct jx_flow, struct jx_adoption);

/* A new connection of the same addresses and ports begins. */
static __always_inline void jx_forget(const struct jx_wire* wire) {
  if (bpf_map_lookup_elem(&jx_adopted, &wire->flow)) bpf_map_delete_elem(&jx_adopted, &wire->flow);
}

/* The kernel owns this connection: if it was adopted, then with success. */
static __always_inline void jx_confirm(const struct jx_wire* wire) {
  struct jx_adoption* adoption = bpf_map_lookup_elem(&jx_adopted, &wire->flow);
  if (!adoption) return;
  adoption->confirmed = 1;
  adoption->when = bpf_ktime_get_ns();
}

/* True if the segment belongs to a connection that was adopted before. */
static __always_inline bool jx_was_adopted(const struct jx_wire* wire) {
  const struct jx_adoption* adoption = bpf_map_lookup_elem(&jx_adopted, &wire->flow);
  return adoption && bpf_ktime_get_ns() - adoption->when < JX_ADOPTED_NS &&
         (adoption->confirmed || adoption->tsval == wire->tsval);
}

static __always_inline void jx_remember(const struct jx_wire* wire) {
  struct jx_adoption adoption = {.when = bpf_ktime_get_ns(), .tsval = wire->tsval};
  bpf_map_update_elem(&jx_adopted, &wire->flow, &adoption, BPF_ANY);
}

#endif
