/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Adoption: what is not answered here becomes a connection of the server, which
 * accepts it as if it had done the handshake, with this segment as first data.
 */
#ifndef JX_ADOPT_H
#define JX_ADOPT_H

#include "kernel/adopted.h"
#include "kernel/cookie.h"
#include "kernel/listener.h"
#include "kernel/tcp.h"

/* Only pointed to; complete, since BTF tells a struct from its declaration. */
struct sock {
  int opaque;
};

/* The kernel's type (net/tcp.h), matched by name. */
struct bpf_tcp_req_attrs {
  __u32 rcv_tsval;
  __u32 rcv_tsecr;
  __u16 mss;
  __u8 rcv_wscale;
  __u8 snd_wscale;
  __u8 ecn_ok;
  __u8 wscale_ok;
  __u8 sack_ok;
  __u8 tstamp_ok;
  __u8 usec_ts_ok;
  __u8 reserved[3];
};

extern int bpf_sk_assign_tcp_reqsk(struct __sk_buff* skb, struct sock* sk,
                                   struct bpf_tcp_req_attrs* attrs, int attrs__sz) __ksym;

/* Gives the segment, which stands at a proven boundary, to the listener. True:
 * let it go up; false: drop it (its sender will try again). */
static __always_inline bool jx_adopt(struct __sk_buff* skb, struct jx_wire* wire) {
  if (jx_was_adopted(wire)) {
    jx_count(JX_N_DROP_DUPLICATE);
    return false;
  }
  struct bpf_sock* listener = jx_socket_lookup(skb, wire);
  if (!listener) {
    jx_count(JX_N_DROP_ADOPT);
    return false;
  }
  int error = -1;
  if (listener->state == BPF_TCP_LISTEN) {
    struct bpf_tcp_req_attrs attrs = {
        .rcv_tsval = wire->tsval,
        .rcv_tsecr = wire->tsecr,
        .mss = jx_mss_of(JX_BITS_MSS(wire->token)),
        .rcv_wscale = JX_RECEIVE_WSCALE,
        .snd_wscale = jx_wscale_of(JX_BITS_WSCALE(wire->token)),
        .wscale_ok = 1,
        .sack_ok = 1,
        .tstamp_ok = 1,
    };
    struct sock* sock = (struct sock*)bpf_skc_to_tcp_sock(listener);
    if (sock) error = bpf_sk_assign_tcp_reqsk(skb, sock, &attrs, sizeof(attrs));
  }
  bpf_sk_release(listener);
  if (error) {
    jx_count(JX_N_DROP_ADOPT);
    return false;
  }
  jx_remember(wire);
  jx_count(JX_N_ADOPTED);
  return true;
}

#endif
