/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What every BPF source of the data plane needs from the compiler.
 */
#ifndef JX_BPF_H
#define JX_BPF_H

// clang-format off: libbpf's headers build on the kernel's
#include <linux/bpf.h>
#include <linux/types.h>
#include <stdbool.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
// clang-format on

/* Hides where a value comes from, so that the compiler keeps the bounds check
 * that follows and the verifier sees it on the same register. */
#define jx_opaque(value) asm volatile("" : "+r"(value))

/* True while a loop may go on: the kernel bounds such loops at run time, so the
 * verifier need not unroll them (`may_goto`, kernel >= 6.9). */
#define jx_may_loop                                   \
  ({                                                  \
    __label__ stop, on;                               \
    bool more = true;                                 \
    asm volatile goto("may_goto %l[stop]" :: ::stop); \
    goto on;                                          \
  stop:                                               \
    more = false;                                     \
  on:;                                                \
    more;                                             \
  })

/* A function that the verifier checks once, by itself, whoever calls it; weak,
 * since each source that includes it has it. */
#define JX_GLOBAL __weak __noinline

/* Bytes in network order, at any alignment. */
static __always_inline __u16 jx_get16(const __u8* at) {
  return bpf_ntohs(*(const __u16*)at);
}
static __always_inline __u32 jx_get32(const __u8* at) {
  return bpf_ntohl(*(const __u32*)at);
}
static __always_inline void jx_put16(__u8* at, __u16 value) {
  *(__u16*)at = bpf_htons(value);
}
static __always_inline void jx_put32(__u8* at, __u32 value) {
  *(__u32*)at = bpf_htonl(value);
}

#endif
