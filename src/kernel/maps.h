/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The maps of the data plane. They are weak, so that each source may include
 * them and the static linker keeps one of each.
 */
#ifndef JX_MAPS_H
#define JX_MAPS_H

#include "kernel/bpf.h"
#include "kernel/control.h"
#include "kernel/frame.h"

#define JX_MAP(name, kind, entries, key_type, value_type) \
  struct {                                                \
    __uint(type, BPF_MAP_TYPE_##kind);                    \
    __uint(max_entries, entries);                         \
    __type(key, key_type);                                \
    __type(value, value_type);                            \
  } name SEC(".maps") __weak

/* One frame per CPU; user space sets the number of entries. */
JX_MAP(jx_frames, ARRAY, 1, __u32, struct jx_frame);
JX_MAP(jx_config, ARRAY, 1, __u32, struct jx_config);
JX_MAP(jx_addresses, HASH, JX_MAX_ADDRESSES, struct jx_address, __u32);
JX_MAP(jx_shapes, ARRAY, JX_GENERATIONS*(JX_MAX_SEGMENTS + 1), __u32, struct jx_shapes);
JX_MAP(jx_patterns, HASH, JX_MAX_ROUTES, struct jx_pattern_key, struct jx_pattern);
JX_MAP(jx_counts, PERCPU_ARRAY, JX_N_COUNTS, __u32, __u64);
JX_MAP(jx_route_counts, PERCPU_ARRAY, JX_MAX_ROUTES, __u32, struct jx_route_count);

/* Route programs, and the steps they end with; one array for each hook, since a
 * program only calls programs of its own type. */
JX_MAP(jx_routes_xdp, PROG_ARRAY, JX_MAX_ROUTES, __u32, __u32);
JX_MAP(jx_routes_tc, PROG_ARRAY, JX_MAX_ROUTES, __u32, __u32);
JX_MAP(jx_steps_xdp, PROG_ARRAY, JX_STEPS, __u32, __u32);
JX_MAP(jx_steps_tc, PROG_ARRAY, JX_STEPS, __u32, __u32);

/* This CPU's frame; null only if the map is too small. */
static __always_inline struct jx_frame* jx_frame_get(void) {
  __u32 cpu = bpf_get_smp_processor_id();
  return bpf_map_lookup_elem(&jx_frames, &cpu);
}

static __always_inline const struct jx_config* jx_config_get(void) {
  __u32 zero = 0;
  return bpf_map_lookup_elem(&jx_config, &zero);
}

/* Counts one packet. */
static __always_inline void jx_count(__u32 what) {
  __u64* count = bpf_map_lookup_elem(&jx_counts, &what);
  if (count) ++*count;
}

/* Counts a packet that is let go on. XDP does not: TC sees the packet too. */
static __always_inline void jx_count_pass(__u32 what) {
#ifdef JX_HOOK_TC
  jx_count(what);
#endif
}

#endif
