/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * TCP without sockets: decides what a segment asks for, and writes the headers
 * of the reply. Nothing is kept between packets; cookie.h says how.
 */
#ifndef JX_TCP_H
#define JX_TCP_H

#include "kernel/adopted.h"
#include "kernel/cookie.h"
#include "kernel/http.h"
#include "kernel/listener.h"
#include "kernel/maps.h"
#include "kernel/packet.h"

#define JX_RECEIVE_WSCALE 7
#define JX_RECEIVE_WINDOW 65535
#define JX_STAMP_LEN 12 /* the timestamp option with its padding */
#define JX_SYN_OPTIONS_LEN 20

enum jx_verdict {
  JX_V_PASS,    /* not ours: let it go on as if we were not there */
  JX_V_DROP,    /* ours, and needs nothing */
  JX_V_REPLY,   /* send the reply in wire->net: headers only */
  JX_V_REQUEST, /* of our connection, at a proven boundary, with payload */
};

/*
 * Turns the received link and IP headers into the reply's and writes its TCP
 * header, all but the checksum; options are a timestamp, in a SYN all of them.
 */
static __always_inline void jx_reply_head(struct jx_wire* wire, __u32 flags, __u32 seq, __u32 ack,
                                          __u32 token, __u32 mss) {
  __u8 *link = wire->link, *ip = wire->net;
  __u8 mac[6];
  __builtin_memcpy(mac, link, 6);
  __builtin_memcpy(link, link + 6, 6);
  __builtin_memcpy(link + 6, mac, 6);
  if (wire->ip6) {
    *(__u32*)ip = bpf_htonl(6u << 28);
    ip[6] = 6;
    ip[7] = 64;
    __builtin_memcpy(ip + 8, wire->flow.dest, 16);
    __builtin_memcpy(ip + 24, wire->flow.source, 16);
  } else {
    ip[0] = 0x45;
    ip[1] = 0;
    *(__u32*)(ip + 4) = bpf_htonl(0x4000); /* do not fragment */
    ip[8] = 64;
    ip[9] = 6;
    *(__u32*)(ip + 12) = *(const __u32*)(wire->flow.dest + 12);
    *(__u32*)(ip + 16) = *(const __u32*)(wire->flow.source + 12);
  }
  __u8* tcp = wire->ip6 ? ip + JX_IP6_LEN : ip + JX_IP4_LEN;
  __u8* option = tcp + JX_TCP_LEN;
  __u32 options_len = JX_STAMP_LEN;
  *(__u16*)tcp = wire->flow.dest_port;
  *(__u16*)(tcp + 2) = wire->flow.source_port;
  jx_put32(tcp + 4, seq);
  jx_put32(tcp + 8, ack);
  tcp[13] = flags;
  if (flags & JX_TCP_SYN) {
    options_len = JX_SYN_OPTIONS_LEN;
    jx_put16(tcp + 14, JX_RECEIVE_WINDOW);
    jx_put32(option, 0x02040000 | mss);
    jx_put32(option + 4, 0x0402080a);
    jx_put32(option + 8, token);
    jx_put32(option + 12, wire->tsval);
    jx_put32(option + 16, 0x01030300 | JX_RECEIVE_WSCALE);
  } else {
    jx_put16(tcp + 14, JX_RECEIVE_WINDOW >> JX_RECEIVE_WSCALE);
    jx_put32(option, 0x0101080a);
    jx_put32(option + 4, token);
    jx_put32(option + 8, wire->tsval);
  }
  tcp[12] = (JX_TCP_LEN + options_len) / 4 << 4;
  *(__u32*)(tcp + 16) = 0; /* checksum, urgent pointer */
  wire->reply_len = (wire->ip6 ? JX_IP6_LEN : JX_IP4_LEN) + JX_TCP_LEN + options_len;
}

/*
 * Completes the reply of jx_reply_head for `len` bytes of payload with the sum
 * `sum`: lengths and checksums. With `partial` the TCP checksum is left to the
 * device, as in a packet of a local sender (CHECKSUM_PARTIAL).
 */
static __always_inline void jx_reply_seal(struct jx_wire* wire, __u32 len, __u64 sum,
                                          bool partial) {
  __u8* ip = wire->net;
  __u32 total = wire->reply_len + len, tcp_total;
  bool syn =
      wire->reply_len == (wire->ip6 ? JX_IP6_LEN : JX_IP4_LEN) + JX_TCP_LEN + JX_SYN_OPTIONS_LEN;
  if (wire->ip6) {
    __u8* tcp = ip + JX_IP6_LEN;
    tcp_total = total - JX_IP6_LEN;
    jx_put16(ip + 4, tcp_total);
    *(__u16*)(tcp + 16) = 0;
    sum = partial ? 0 : sum + jx_sum_words(tcp, 8) + (syn ? jx_sum_words(tcp + 32, 2) : 0);
    sum = jx_fold(sum + jx_sum_pseudo(wire, tcp_total));
    *(__u16*)(tcp + 16) = partial ? sum : ~sum;
  } else {
    __u8* tcp = ip + JX_IP4_LEN;
    tcp_total = total - JX_IP4_LEN;
    jx_put16(ip + 2, total);
    *(__u16*)(ip + 10) = 0;
    *(__u16*)(ip + 10) = ~jx_fold(jx_sum_words(ip, 5));
    *(__u16*)(tcp + 16) = 0;
    sum = partial ? 0 : sum + jx_sum_words(tcp, 8) + (syn ? jx_sum_words(tcp + 32, 2) : 0);
    sum = jx_fold(sum + jx_sum_pseudo(wire, tcp_total));
    *(__u16*)(tcp + 16) = partial ? sum : ~sum;
  }
}

/* The bytes of payload that fit a segment to this client, a multiple of 4. */
static __always_inline __u32 jx_segment_max(const struct jx_wire* wire, __u32 mtu) {
  __u32 room = mtu - wire->ip_len - JX_TCP_LEN, mss = jx_mss_of(JX_BITS_MSS(wire->token));
  return ((mss < room ? mss : room) - JX_STAMP_LEN) & ~3u;
}

/* The client's receive window in bytes. */
static __always_inline __u32 jx_window(const struct jx_wire* wire) {
  return wire->window << jx_wscale_of(JX_BITS_WSCALE(wire->token));
}

/* The MTU of the interface that the packet came in by: what IP may send. */
static __always_inline __u32 jx_mtu(void* ctx) {
  __u32 mtu = 0;
  bpf_check_mtu(ctx, 0, &mtu, 0, 0);
  return mtu < 576 ? 576 : mtu > 65535 ? 65535 : mtu;
}

/* A handshake: answered with a cookie and a token if the client has the options
 * that we need and a server would have accepted it. */
static __always_inline enum jx_verdict jx_handshake(void* ctx, struct jx_wire* wire,
                                                    const struct jx_config* config, __u32 ifindex) {
  const __u32 need = JX_HAS_MSS | JX_HAS_WSCALE | JX_HAS_SACK | JX_HAS_TIMESTAMP;
  __u32 least = wire->ip6 ? 1220 : 536;
  if (wire->payload_len || (wire->has & need) != need || wire->mss < least ||
      !jx_address_ours(wire, ifindex))
    goto pass;
  switch (jx_owner_of(ctx, wire)) {
    case JX_OWNER_LISTENER:
      break;
    case JX_OWNER_NONE:
      if (config->flags & JX_C_STANDALONE) break;
      goto pass;
    default:
      goto pass;
  }
  __u32 bits =
      config->generation << 6 | jx_mss_class(wire->mss) << 3 | jx_wscale_class(wire->wscale);
  __u32 tag = jx_flow_hash(wire, config->key[0], config->key[1], 0);
  __u32 cookie = jx_flow_hash(wire, config->key[0], config->key[1], wire->seq) >> 32;
  __u32 mss = jx_mtu(ctx) - wire->ip_len - JX_TCP_LEN;
  jx_forget(wire);
  jx_reply_head(wire, JX_TCP_SYN | JX_TCP_ACK, cookie, wire->seq + 1,
                jx_token(tag, wire->seq + 1, bits), mss);
  jx_count(JX_N_SYN);
  return JX_V_REPLY;
pass:
  jx_count_pass(JX_N_PASS_SYN);
  return JX_V_PASS;
}

/*
 * What the parsed packet asks for. `ctx` is the program's context, of either
 * hook; the packet came in by interface `ifindex`.
 */
static __always_inline enum jx_verdict jx_segment(void* ctx, struct jx_frame* frame,
                                                  const struct jx_config* config, __u32 ifindex) {
  struct jx_wire* wire = jx_wire(frame);
  const __u32 odd = JX_TCP_URG | JX_TCP_RST;
  if (wire->flags & odd || !jx_parse_options(frame)) return JX_V_PASS;
  if (wire->flags & JX_TCP_SYN) {
    if (wire->flags & (JX_TCP_ACK | JX_TCP_FIN)) return JX_V_PASS;
    return jx_handshake(ctx, wire, config, ifindex);
  }
  if (!(wire->flags & JX_TCP_ACK) || !(wire->has & JX_HAS_TIMESTAMP) ||
      !jx_token_check(wire, config)) {
    jx_count_pass(JX_N_PASS_TOKEN);
    return JX_V_PASS;
  }
  enum jx_owner owner = jx_owner_of(ctx, wire);
  if (owner == JX_OWNER_SOCKET || (owner == JX_OWNER_NONE && !(config->flags & JX_C_STANDALONE))) {
    if (owner == JX_OWNER_SOCKET) jx_confirm(wire);
    jx_count_pass(JX_N_PASS_SOCKET);
    return JX_V_PASS;
  }
  __u32 tag = wire->tag;
  if (wire->ahead == -1 && wire->payload_len <= 1 && !(wire->flags & JX_TCP_FIN)) {
    jx_reply_head(wire, JX_TCP_ACK, wire->ack, wire->seq + 1,
                  jx_token(tag, wire->seq + 1, wire->token), 0);
    jx_count(JX_N_PROBE);
    return JX_V_REPLY;
  }
  if (wire->ahead) {
    jx_count(wire->payload_len ? JX_N_DROP_ORDER : JX_N_ACK);
    return JX_V_DROP;
  }
  if (wire->payload_len) return JX_V_REQUEST;
  if (wire->flags & JX_TCP_FIN) {
    jx_reply_head(wire, JX_TCP_FIN | JX_TCP_ACK, wire->ack, wire->seq + 1,
                  jx_token(tag, wire->seq + 1, wire->token), 0);
    jx_count(JX_N_FIN);
    return JX_V_REPLY;
  }
  jx_count(JX_N_ACK);
  return JX_V_DROP;
}

/* The request's checksum is right, or left to the device by a local sender. */
static __always_inline bool jx_request_intact(struct jx_frame* frame, __u64 sum) {
  struct jx_wire* wire = jx_wire(frame);
  __u8* tcp = wire->ip6 ? wire->net + JX_IP6_LEN : wire->net + JX_IP4_LEN;
  __u64 pseudo = jx_sum_pseudo(wire, wire->tcp_len + wire->payload_len);
  if (*(__u16*)(tcp + 16) == jx_fold(pseudo)) return true;
  sum += pseudo + jx_sum_words(tcp, 5);
#pragma unroll
  for (__u32 at = 20; at < 60; at += 4)
    if (at < wire->tcp_len) sum += *(const __u32*)(tcp + at);
  return jx_fold(sum) == 0xffff;
}

#endif
