// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The TC ingress hook: answers what XDP did not, since here a packet can grow,
 * and hands to the server what nobody answers.
 */
#define JX_HOOK_TC

#include "kernel/adopt.h"
#include "kernel/plane.h"

char _license[] SEC("license") = "GPL";

#define JX_TC_PASS (-1) /* TC_ACT_UNSPEC: on to the next filter */
#define JX_TC_DROP 2    /* TC_ACT_SHOT */
#define JX_TC_CAP 15000 /* bytes that an skb can surely grow to here */

/* The one field that we need of the kernel's struct sk_buff. */
struct sk_buff {
  __u8 ip_summed : 2;
} __attribute__((preserve_access_index));
extern void* bpf_cast_to_kern_ctx(void* ctx) __ksym;

/* True if the packet's TCP checksum is still to be computed by a device, as in
 * packets of local senders. It stays so when the packet is rewritten. */
static __always_inline bool jx_skb_partial(struct __sk_buff* skb) {
  struct sk_buff* kernel = bpf_cast_to_kern_ctx(skb);
  return BPF_CORE_READ_BITFIELD(kernel, ip_summed) == 3; /* CHECKSUM_PARTIAL */
}

/* As jx_xdp_send. */
static __always_inline int jx_tc_send(struct __sk_buff* skb, struct jx_frame* frame, __u32 len) {
  struct jx_wire* wire = jx_wire(frame);
  __u32 link_len = wire->link_len, reply_len = wire->reply_len;
  if (link_len < 14 || link_len > JX_LINK_CAP || reply_len < 1 || reply_len > JX_NET_CAP)
    goto failed;
  if (bpf_skb_change_tail(skb, link_len + reply_len + len, 0) ||
      bpf_skb_store_bytes(skb, 0, wire->link, link_len, BPF_F_RECOMPUTE_CSUM) ||
      bpf_skb_store_bytes(skb, link_len, wire->net, reply_len,
                          BPF_F_RECOMPUTE_CSUM | BPF_F_INVALIDATE_HASH))
    goto failed;
  if (len) {
    jx_opaque(len);
    if (len < 1 || len > JX_OUT_CAP) goto failed;
    if (bpf_skb_store_bytes(skb, link_len + reply_len, frame->out, len, BPF_F_RECOMPUTE_CSUM))
      goto failed;
  }
  return bpf_redirect(skb->ifindex, 0);
failed:
  jx_count(JX_N_SEND_FAILED);
  return JX_TC_DROP;
}

SEC("tc")
int jx_tc(struct __sk_buff* skb) {
  struct jx_frame* frame = jx_frame_get();
  const struct jx_config* config = jx_config_get();
  if (!frame || !config) return JX_TC_PASS;
  struct jx_wire* wire = jx_wire(frame);
  __u32 len = skb->len;
  if (len < 54 || bpf_skb_load_bytes(skb, 0, wire->link, 22)) return JX_TC_PASS;
  __u32 link_len = jx_parse_link(wire, 22);
  if (!link_len) return JX_TC_PASS;
  wire->link_len = link_len;
  __u32 have = len - link_len;
  if (have > JX_NET_CAP) have = JX_NET_CAP;
  if (bpf_skb_load_bytes(skb, link_len, wire->net, have) ||
      !jx_parse_net(wire, have, len - link_len) || !jx_port_ours(wire, config) ||
      skb->pkt_type != 0 /* PACKET_HOST */)
    return JX_TC_PASS;
  switch (jx_segment(skb, frame, config, skb->ifindex)) {
    case JX_V_PASS:
      return JX_TC_PASS;
    case JX_V_DROP:
      return JX_TC_DROP;
    case JX_V_REPLY:
      jx_reply_seal(wire, 0, 0, jx_skb_partial(skb));
      return jx_tc_send(skb, frame, 0);
    case JX_V_REQUEST:
      break;
  }
  len = wire->payload_len;
  jx_opaque(len);
  if (len < 1 || len > JX_REQ_CAP - 8 || bpf_skb_load_bytes(skb, wire->payload, frame->mem, len)) {
    jx_count(JX_N_PASS_HTTP);
    return jx_adopt(skb, wire) ? JX_TC_PASS : JX_TC_DROP;
  }
  *(__u64*)(frame->mem + len) = 0;
  int route = jx_request_route(frame, config, len);
  if (route >= 0) bpf_tail_call(skb, &jx_routes_tc, route);
  return jx_adopt(skb, wire) ? JX_TC_PASS : JX_TC_DROP;
}

/* JX_STEP_ANSWER */
SEC("tc")
int jx_tc_answer(struct __sk_buff* skb) {
  struct jx_frame* frame = jx_frame_get();
  const struct jx_config* config = jx_config_get();
  if (!frame || !config) return JX_TC_DROP;
  struct jx_wire* wire = jx_wire(frame);
  __u32 total = jx_response_finish(frame, config);
  jx_opaque(total);
  if (total < 1 || total > JX_TC_CAP || total > jx_segment_max(wire, jx_mtu(skb)) ||
      total > jx_window(wire)) {
    jx_count(JX_N_PASS_SIZE);
    return jx_adopt(skb, wire) ? JX_TC_PASS : JX_TC_DROP;
  }
  __u32 flags = JX_TCP_ACK | JX_TCP_PSH | (wire->close ? JX_TCP_FIN : 0);
  __u32 next = wire->seq + wire->payload_len + (wire->flags & JX_TCP_FIN);
  jx_answer_head(frame, config, flags, wire->ack, next);
  jx_reply_seal(wire, total, jx_sum_out(frame, wire->zero, total), jx_skb_partial(skb));
  jx_count(JX_N_ANSWERED);
  jx_count_route(frame, true);
  return jx_tc_send(skb, frame, total);
}

/* JX_STEP_PASS */
SEC("tc")
int jx_tc_pass(struct __sk_buff* skb) {
  struct jx_frame* frame = jx_frame_get();
  if (!frame) return JX_TC_DROP;
  jx_count(JX_N_PASS_PROGRAM);
  jx_count_route(frame, false);
  return jx_adopt(skb, jx_wire(frame)) ? JX_TC_PASS : JX_TC_DROP;
}
