/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * From a request to its route program: the part of both hooks that starts when
 * the payload of a segment has been copied into the frame.
 */
#ifndef JX_PLANE_H
#define JX_PLANE_H

#include "kernel/http.h"
#include "kernel/response.h"
#include "kernel/route.h"
#include "kernel/tcp.h"

/* The frame and all that is known of the packet, for the steps behind. */
static __always_inline bool jx_port_ours(const struct jx_wire* wire,
                                         const struct jx_config* config) {
  return wire->flow.dest_port == bpf_htons(config->port);
}

/*
 * Parses the request mem[0, len) (zeros behind it) and finds its route: the
 * number of the route program, ready to run, or -1: the request is the server's,
 * and the reason was counted.
 */
static __always_inline int jx_request_route(struct jx_frame* frame, const struct jx_config* config,
                                            __u32 len) {
  struct jx_wire* wire = jx_wire(frame);
  if (!jx_request_intact(frame, jx_sum_mem(frame, len)) ||
      !jx_http_parse(frame, len, config->seed)) {
    jx_count_pass(JX_N_PASS_HTTP);
    return -1;
  }
  if (wire->flags & JX_TCP_FIN) wire->close = 1;
  frame->generation = JX_BITS_GENERATION(wire->token);
  int route = jx_route_find(frame);
  if (route < 0) {
    jx_count_pass(JX_N_PASS_ROUTE);
    return -1;
  }
  frame->route = route;
  frame->out_len = 0;
  frame->mem_top = JX_REQ_CAP;
  frame->reason = JX_OK;
  frame->lone = 0;
  frame->inputs = 0;
  __builtin_memset(&frame->resp, 0, sizeof(frame->resp));
  return route;
}

/* Writes the TCP and IP headers of the answer's segment out[at, at + len). */
static __always_inline void jx_answer_head(struct jx_frame* frame, const struct jx_config* config,
                                           __u32 flags, __u32 seq, __u32 ack) {
  struct jx_wire* wire = jx_wire(frame);
  __u32 bits = (wire->token & 0x3f) | config->generation << 6;
  jx_reply_head(wire, flags, seq, ack, jx_token(wire->tag, ack, bits), 0);
}

/* Counts an answer of the frame's route. */
static __always_inline void jx_count_route(const struct jx_frame* frame, bool answered) {
  __u32 route = frame->route;
  struct jx_route_count* count = bpf_map_lookup_elem(&jx_route_counts, &route);
  if (!count) return;
  if (answered)
    count->answered++;
  else
    count->passed[frame->reason & 15]++;
}

#endif
