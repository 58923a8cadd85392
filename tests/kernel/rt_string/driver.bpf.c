// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Calls one function of the run-time library on the frame, both of which the
 * runner has filled in through the mapped maps. */
// clang-format off: the types come before the helpers that use them
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
// clang-format on

#include "driver.h"

#include "kernel/rt.h"

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(map_flags, BPF_F_MMAPABLE);
  __uint(max_entries, 1);
  __type(key, u32);
  __type(value, struct jx_frame);
} jx_frames SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(map_flags, BPF_F_MMAPABLE);
  __uint(max_entries, 1);
  __type(key, u32);
  __type(value, struct jx_call);
} jx_calls SEC(".maps");

#define X1(name, function) int function(struct jx_frame* f, u32 dst, u32 a);
#define X2(name, function) int function(struct jx_frame* f, u32 dst, u32 a, u32 b);
#define X3(name, function) int function(struct jx_frame* f, u32 dst, u32 a, u32 b, u32 c);
RT_STRING_OPS(X1, X2, X3)
#undef X1
#undef X2
#undef X3
int jx_list_new(struct jx_frame* f, u32 dst, u32 n);
int jx_list_new_like(struct jx_frame* f, u32 dst, u32 l);
int jx_list_push(struct jx_frame* f, u32 l, u32 a);
int jx_list_load(struct jx_frame* f, u32 dst, u32 l, u32 i);
int jx_emit_raw(struct jx_frame* f, u32 a);
int jx_emit_html(struct jx_frame* f, u32 a);
int jx_fix_lone(struct jx_frame* f, u32 from);

SEC("xdp")
int call(struct xdp_md* ctx) {
  u32 zero = 0;
  struct jx_frame* f = bpf_map_lookup_elem(&jx_frames, &zero);
  struct jx_call* call = bpf_map_lookup_elem(&jx_calls, &zero);

  if (!f || !call) return 1;
  switch (call->op) {
#define X1(name, function)                          \
  case kOp##name:                                   \
    call->result = function(f, call->dst, call->a); \
    break;
#define X2(name, function)                                   \
  case kOp##name:                                            \
    call->result = function(f, call->dst, call->a, call->b); \
    break;
#define X3(name, function)                                            \
  case kOp##name:                                                     \
    call->result = function(f, call->dst, call->a, call->b, call->c); \
    break;
    RT_STRING_OPS(X1, X2, X3)
    case kOpListNew:
      call->result = jx_list_new(f, call->dst, call->a);
      break;
    case kOpListNewLike:
      call->result = jx_list_new_like(f, call->dst, call->a);
      break;
    case kOpListPush:
      call->result = jx_list_push(f, call->dst, call->a);
      break;
    case kOpListLoad:
      call->result = jx_list_load(f, call->dst, call->a, call->b);
      break;
    case kOpEmitRaw:
      call->result = jx_emit_raw(f, call->a);
      break;
    case kOpEmitHtml:
      call->result = jx_emit_html(f, call->a);
      break;
    case kOpFixLone:
      call->result = jx_fix_lone(f, call->a);
      break;
    default:
      return 1;
  }
  return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
