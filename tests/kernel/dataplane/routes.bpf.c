// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Route programs for the tests of the data plane, in BPF C: what the compiler
 * emits for real routes, as far as the data plane can tell.
 */
#include "kernel/maps.h"

char _license[] SEC("license") = "GPL";

/* Appends eight bytes at a time: `text` is padded with zeros. */
static __always_inline __u32 put(struct jx_frame* frame, __u32 at, const char* text, __u32 len) {
  for (__u32 i = 0; i < len; i++) frame->out[(at + i) & (JX_OUT_SIZE - 1)] = text[i];
  return at + len;
}

#define PUT(frame, at, text) put(frame, at, text, sizeof(text) - 1)

/* Head with all the holes; returns its length. */
JX_GLOBAL __u32 test_head(struct jx_frame* frame) {
  if (!frame) return 0;
  __u32 at = PUT(frame, 0, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nDate: ");
  frame->resp.date_at = at;
  at = PUT(frame, at, "                             \r\nConnection: ");
  frame->resp.connection_at = at;
  at = PUT(frame, at, "          \r\nContent-Length: ");
  frame->resp.length_at = at;
  at = PUT(frame, at, "     \r\n\r\n");
  frame->resp.status = 200;
  frame->resp.head_len = at;
  return at;
}

/* "/hello/:name": the name as it was sent, between two tags. */
JX_GLOBAL int test_hello(struct jx_frame* frame) {
  if (!frame) return 1;
  __u32 at = test_head(frame);
  at = PUT(frame, at, "<h1>Hello ");
  struct jx_span name = frame->req.capture[0];
  __u32 i = frame->lone;
  while (jx_may_loop) {
    if (i >= name.len || i > 2000) break;
    frame->out[(at + i) & (JX_OUT_SIZE - 1)] = frame->mem[(name.off + i) & (JX_MEM_SIZE - 1)];
    i = (i + 1) & 4095;
  }
  at = PUT(frame, (at + i) & (JX_OUT_SIZE - 1), "</h1>");
  frame->out_len = at;
  return 0;
}

/* "/size/:bytes": as many bytes, which say where they are. */
JX_GLOBAL int test_size(struct jx_frame* frame) {
  if (!frame) return 1;
  __u32 at = test_head(frame), bytes = frame->lone, i = bytes;
  struct jx_span digits = frame->req.capture[0];
  while (jx_may_loop) {
    if (i >= digits.len || i > 5) break;
    bytes = (bytes * 10 + (frame->mem[(digits.off + i) & (JX_MEM_SIZE - 1)] & 15)) & 0xfffff;
    i = (i + 1) & 7;
  }
  if (bytes > JX_BODY_CAP) return 1;
  i = frame->lone;
  while (jx_may_loop) {
    if (i >= bytes) break;
    /* A line of 16 bytes: its number in hexadecimal. */
    __u32 digit = (i >> 4) >> ((7 - (i & 7)) * 4) & 15;
    __u8 byte = (i & 15) == 15 ? '\n' : (i & 8) ? '.' : digit < 10 ? '0' + digit : 'a' + digit - 10;
    frame->out[(at + i) & (JX_OUT_SIZE - 1)] = byte;
    i = (i + 1) & (JX_OUT_SIZE - 1);
  }
  frame->out_len = at + bytes;
  return 0;
}

__u32 renders;

/* "/fresh/:bytes": never the same twice, as a row of a table may change. */
JX_GLOBAL int test_fresh(struct jx_frame* frame) {
  if (!frame || test_size(frame)) return 1;
  __u32 letter = 'A' + __sync_fetch_and_add(&renders, 1) % 26, at = frame->resp.head_len, i = at;
  while (jx_may_loop) {
    if (i >= frame->out_len) break;
    if (frame->out[i & (JX_OUT_SIZE - 1)] == '.') frame->out[i & (JX_OUT_SIZE - 1)] = letter;
    i = (i + 1) & (JX_OUT_SIZE - 1);
  }
  frame->resp.flags = JX_RESP_STORE;
  return 0;
}

/* "/pass": the component says pass(). */
static __always_inline int test_pass(struct jx_frame* frame) {
  frame->reason = JX_R_PROGRAM;
  return 1;
}

#define ROUTE(name)                                                                        \
  SEC("xdp") int name##_xdp(struct xdp_md* ctx) {                                          \
    struct jx_frame* frame = jx_frame_get();                                               \
    if (!frame) return XDP_PASS;                                                           \
    bpf_tail_call(ctx, &jx_steps_xdp, test_##name(frame) ? JX_STEP_PASS : JX_STEP_ANSWER); \
    return XDP_PASS;                                                                       \
  }                                                                                        \
  SEC("tc") int name##_tc(struct __sk_buff* skb) {                                         \
    struct jx_frame* frame = jx_frame_get();                                               \
    if (!frame) return 0;                                                                  \
    bpf_tail_call(skb, &jx_steps_tc, test_##name(frame) ? JX_STEP_PASS : JX_STEP_ANSWER);  \
    return 0;                                                                              \
  }

ROUTE(hello)
ROUTE(size)
ROUTE(fresh)
ROUTE(pass)
