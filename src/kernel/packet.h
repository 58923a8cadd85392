/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A packet's headers, copied out of it: the data plane works on the copy, so
 * that one code serves both hooks and the verifier needs no packet pointers.
 * Link header and IP header are copied apart, so IP is always at offset 0.
 */
#ifndef JX_PACKET_H
#define JX_PACKET_H

#include "kernel/bpf.h"
#include "kernel/frame.h"

#define JX_LINK_CAP 24 /* Ethernet and up to two VLAN tags: 22 */
#define JX_IP4_LEN 20
#define JX_IP6_LEN 40
#define JX_TCP_LEN 20
#define JX_NET_CAP 104 /* IPv6 and the longest TCP header: 100 */

enum jx_tcp_flag {
  JX_TCP_FIN = 1,
  JX_TCP_SYN = 2,
  JX_TCP_RST = 4,
  JX_TCP_PSH = 8,
  JX_TCP_ACK = 16,
  JX_TCP_URG = 32,
};

/* Who talks to whom: source (the client) and destination of what arrives. */
struct jx_flow {
  __u8 source[16]; /* IPv4: ::ffff:a.b.c.d */
  __u8 dest[16];
  __u16 source_port; /* network byte order */
  __u16 dest_port;
};

/* What is known of the packet at hand. Lies in jx_frame.wire. Numbers are in
 * host byte order. */
struct jx_wire {
  __u8 link[JX_LINK_CAP];
  __u8 net[JX_NET_CAP]; /* IP and TCP header */
  struct jx_flow flow;
  __u32 link_len;
  __u32 ip6;         /* 1: IPv6, 0: IPv4 */
  __u32 ip_len;      /* JX_IP4_LEN or JX_IP6_LEN */
  __u32 tcp_len;     /* of the header, with options */
  __u32 payload;     /* offset of the payload in the packet */
  __u32 payload_len; /* without link padding */
  __u32 seq;
  __u32 ack;
  __u32 flags;  /* enum jx_tcp_flag */
  __u32 window; /* as sent, not scaled */
  /* Options. */
  __u32 has; /* enum jx_tcp_option */
  __u32 mss;
  __u32 wscale;
  __u32 tsval;
  __u32 tsecr;
  /* What the token proves (cookie.h). */
  __u32 tag;   /* the flow's hash, which all its tokens share */
  __u32 token; /* its option bits */
  __s32 ahead; /* this segment's sequence number minus the token's */
  /* The request. */
  __u32 close;       /* the answer ends the connection */
  __u32 segments;    /* number of path segments */
  __u64 segment[16]; /* hash of each, JX_MAX_SEGMENTS */
  __u32 zero;        /* always 0, which the verifier does not know: where loops start */
  /* The reply. */
  __u32 reply_len; /* IP and TCP header of the reply, in net */
};

_Static_assert(sizeof(struct jx_wire) <= sizeof(((struct jx_frame*)0)->wire), "wire is full");

enum jx_tcp_option {
  JX_HAS_MSS = 1,
  JX_HAS_WSCALE = 2,
  JX_HAS_SACK = 4,
  JX_HAS_TIMESTAMP = 8,
};

static __always_inline struct jx_wire* jx_wire(struct jx_frame* frame) {
  return (struct jx_wire*)frame->wire;
}

/* Length of the link header in wire->link, of which `have` bytes are there; 0 if
 * what follows is not IP. Sets wire->ip6. */
static __always_inline __u32 jx_parse_link(struct jx_wire* wire, __u32 have) {
  __u32 at = 12;
  for (int tags = 0; tags < 3; tags++) {
    if (have < at + 2) return 0;
    switch (jx_get16(wire->link + at)) {
      case 0x0800:
        wire->ip6 = 0;
        return at + 2;
      case 0x86dd:
        wire->ip6 = 1;
        return at + 2;
      case 0x8100:
      case 0x88a8:
        at += 4;
        break;
      default:
        return 0;
    }
  }
  return 0;
}

/* The ones' complement sum of 16-bit words, folded. */
static __always_inline __u16 jx_fold(__u64 sum) {
  sum = (sum & 0xffffffff) + (sum >> 32);
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  return (sum & 0xffff) + (sum >> 16);
}

/* Sum of a few 32-bit words. */
static __always_inline __u64 jx_sum_words(const __u8* at, __u32 words) {
  __u64 sum = 0;
#pragma unroll
  for (__u32 i = 0; i < words; i++) sum += *(const __u32*)(at + 4 * i);
  return sum;
}

/* Sum of the pseudo header of a TCP segment (header and payload) of `len` bytes. */
static __always_inline __u64 jx_sum_pseudo(const struct jx_wire* wire, __u32 len) {
  __u64 sum = (__u64)bpf_htonl(len) + bpf_htonl(6);
  if (wire->ip6) return sum + jx_sum_words(wire->net + 8, 8);
  return sum + jx_sum_words(wire->net + 12, 2);
}

/*
 * Parses the IP header and the fixed part of the TCP header in wire->net, of
 * which `have` bytes are there, of a packet with `ip_total` bytes from the IP
 * header on (with link padding). False: not a plain TCP segment, so not ours
 * (IP options, extension headers, fragments, broken lengths and checksums).
 */
static __always_inline bool jx_parse_net(struct jx_wire* wire, __u32 have, __u32 ip_total) {
  const __u8* ip = wire->net;
  __u32 total;
  struct jx_flow* flow = &wire->flow;
  if (wire->ip6) {
    if (have < JX_IP6_LEN + JX_TCP_LEN) return false;
    if (ip[0] >> 4 != 6 || ip[6] != 6) return false;
    total = JX_IP6_LEN + jx_get16(ip + 4);
    __builtin_memcpy(flow->source, ip + 8, 32);
    wire->ip_len = JX_IP6_LEN;
  } else {
    if (have < JX_IP4_LEN + JX_TCP_LEN) return false;
    if (ip[0] != 0x45 || ip[9] != 6 || jx_get16(ip + 6) & 0x3fff) return false;
    if (jx_fold(jx_sum_words(ip, 5)) != 0xffff) return false;
    total = jx_get16(ip + 2);
    *(__u64*)flow->source = 0;
    *(__u64*)flow->dest = 0;
    *(__u32*)(flow->source + 8) = *(__u32*)(flow->dest + 8) = bpf_htonl(0xffff);
    *(__u32*)(flow->source + 12) = *(const __u32*)(ip + 12);
    *(__u32*)(flow->dest + 12) = *(const __u32*)(ip + 16);
    wire->ip_len = JX_IP4_LEN;
  }
  const __u8* tcp = wire->ip6 ? ip + JX_IP6_LEN : ip + JX_IP4_LEN;
  wire->tcp_len = (tcp[12] >> 4) * 4;
  if (wire->tcp_len < JX_TCP_LEN || total < wire->ip_len + wire->tcp_len || total > ip_total ||
      have < wire->ip_len + wire->tcp_len)
    return false;
  *(__u32*)&flow->source_port = *(const __u32*)tcp;
  wire->payload = wire->link_len + wire->ip_len + wire->tcp_len;
  wire->payload_len = total - wire->ip_len - wire->tcp_len;
  wire->seq = jx_get32(tcp + 4);
  wire->ack = jx_get32(tcp + 8);
  wire->flags = tcp[13] & 0x3f;
  wire->window = jx_get16(tcp + 14);
  return true;
}

/* Reads the TCP options, of which wire->net holds all. False: malformed. */
JX_GLOBAL int jx_parse_options(struct jx_frame* frame) {
  if (!frame) return 0;
  struct jx_wire* wire = jx_wire(frame);
  __u32 at = wire->ip_len + JX_TCP_LEN, end = wire->ip_len + wire->tcp_len;
  wire->has = 0;
  /* What nearly every segment has: two no-ops and a timestamp. */
  if (at == JX_IP4_LEN + JX_TCP_LEN && end == at + 12 &&
      *(__u32*)(wire->net + JX_IP4_LEN + JX_TCP_LEN) == bpf_htonl(0x0101080a)) {
    wire->has = JX_HAS_TIMESTAMP;
    wire->tsval = jx_get32(wire->net + JX_IP4_LEN + JX_TCP_LEN + 4);
    wire->tsecr = jx_get32(wire->net + JX_IP4_LEN + JX_TCP_LEN + 8);
    return 1;
  }
  while (jx_may_loop) {
    if (at >= end || at >= JX_NET_CAP) break;
    const __u8* option = wire->net + at;
    if (option[0] == 0) break;
    if (option[0] == 1) {
      at = (at + 1) & 127;
      continue;
    }
    if (at + 2 > end || at + 2 > JX_NET_CAP) return 0;
    __u32 len = option[1];
    if (len < 2 || at + len > end) return 0;
    if (option[0] == 2 && len == 4 && at + 4 <= JX_NET_CAP) {
      wire->has |= JX_HAS_MSS;
      wire->mss = jx_get16(option + 2);
    } else if (option[0] == 3 && len == 3 && at + 3 <= JX_NET_CAP) {
      wire->has |= JX_HAS_WSCALE;
      wire->wscale = option[2] < 14 ? option[2] : 14;
    } else if (option[0] == 4 && len == 2) {
      wire->has |= JX_HAS_SACK;
    } else if (option[0] == 8 && len == 10 && at + 10 <= JX_NET_CAP) {
      wire->has |= JX_HAS_TIMESTAMP;
      wire->tsval = jx_get32(option + 2);
      wire->tsecr = jx_get32(option + 6);
    }
    at = (at + len) & 127;
  }
  return 1;
}

#endif
