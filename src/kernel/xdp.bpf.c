// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The XDP hook: answers what fits one segment by sending the packet back. What
 * it cannot do it passes on, and the TC hook (tc.bpf.c) does it from the start.
 */
#include "kernel/plane.h"

char _license[] SEC("license") = "GPL";

/* Grows or shrinks the packet and replaces it by the reply in wire->link and
 * wire->net, followed by out[0, len). */
static __always_inline int jx_xdp_send(struct xdp_md* ctx, struct jx_frame* frame, __u32 len) {
  struct jx_wire* wire = jx_wire(frame);
  __u32 link_len = wire->link_len, reply_len = wire->reply_len;
  if (link_len < 14 || link_len > JX_LINK_CAP || reply_len < 1 || reply_len > JX_NET_CAP)
    return XDP_PASS;
  int grow = link_len + reply_len + len - bpf_xdp_get_buff_len(ctx);
  /* Frames of local senders have no room behind, but some in front; it does not
   * matter which, since all bytes are replaced. */
  if (grow && bpf_xdp_adjust_tail(ctx, grow) && bpf_xdp_adjust_head(ctx, -grow)) return XDP_PASS;
  if (bpf_xdp_store_bytes(ctx, 0, wire->link, link_len) ||
      bpf_xdp_store_bytes(ctx, link_len, wire->net, reply_len))
    goto failed;
  if (len) {
    jx_opaque(len);
    if (len < 1 || len > JX_OUT_CAP) goto failed;
    if (bpf_xdp_store_bytes(ctx, link_len + reply_len, frame->out, len)) goto failed;
  }
  return XDP_TX;
failed:
  jx_count(JX_N_SEND_FAILED);
  return XDP_DROP;
}

SEC("xdp")
int jx_xdp(struct xdp_md* ctx) {
  struct jx_frame* frame = jx_frame_get();
  const struct jx_config* config = jx_config_get();
  if (!frame || !config) return XDP_PASS;
  struct jx_wire* wire = jx_wire(frame);
  __u32 len = bpf_xdp_get_buff_len(ctx);
  if (len < 54 || bpf_xdp_load_bytes(ctx, 0, wire->link, 22)) return XDP_PASS;
  __u32 link_len = jx_parse_link(wire, 22);
  if (!link_len) return XDP_PASS;
  wire->link_len = link_len;
  __u32 have = len - link_len;
  if (have > JX_NET_CAP) have = JX_NET_CAP;
  if (bpf_xdp_load_bytes(ctx, link_len, wire->net, have) ||
      !jx_parse_net(wire, have, len - link_len) || !jx_port_ours(wire, config))
    return XDP_PASS;
  switch (jx_segment(ctx, frame, config, ctx->ingress_ifindex)) {
    case JX_V_PASS:
      return XDP_PASS;
    case JX_V_DROP:
      return XDP_DROP;
    case JX_V_REPLY:
      jx_reply_seal(wire, 0, 0, false);
      return jx_xdp_send(ctx, frame, 0);
    case JX_V_REQUEST:
      break;
  }
  len = wire->payload_len;
  jx_opaque(len);
  if (len < 1 || len > JX_REQ_CAP - 8 || bpf_xdp_load_bytes(ctx, wire->payload, frame->mem, len))
    return XDP_PASS;
  *(__u64*)(frame->mem + len) = 0;
  int route = jx_request_route(frame, config, len);
  if (route >= 0) bpf_tail_call(ctx, &jx_routes_xdp, route);
  return XDP_PASS;
}

/* JX_STEP_ANSWER */
SEC("xdp")
int jx_xdp_answer(struct xdp_md* ctx) {
  struct jx_frame* frame = jx_frame_get();
  const struct jx_config* config = jx_config_get();
  if (!frame || !config) return XDP_PASS;
  struct jx_wire* wire = jx_wire(frame);
  __u32 total = jx_response_finish(frame, config);
  jx_opaque(total);
  if (total < 1 || total > 4096 || frame->resp.flags & JX_RESP_STORE ||
      total > jx_segment_max(wire, jx_mtu(ctx)) || total > jx_window(wire))
    return XDP_PASS;
  __u32 flags = JX_TCP_ACK | JX_TCP_PSH | (wire->close ? JX_TCP_FIN : 0);
  __u32 next = wire->seq + wire->payload_len + (wire->flags & JX_TCP_FIN);
  jx_answer_head(frame, config, flags, wire->ack, next);
  jx_reply_seal(wire, total, jx_sum_out(frame, wire->zero, total), false);
  int verdict = jx_xdp_send(ctx, frame, total);
  if (verdict == XDP_TX) {
    jx_count(JX_N_ANSWERED);
    jx_count(JX_N_ANSWERED_XDP);
    jx_count_route(frame, true);
  }
  return verdict;
}

/* JX_STEP_PASS: the TC hook counts the reason and sees to the connection. */
SEC("xdp")
int jx_xdp_pass(struct xdp_md* ctx) {
  return XDP_PASS;
}
