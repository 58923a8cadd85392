/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The connection's memory, which the client keeps for us: the SYN cookie (our
 * initial sequence number) and the token (the TSval of all that we send).
 *
 * A token is (tag + next sequence number of the client) << 8 | option bits. The
 * client must echo it in TSecr, so a segment proves that its flow completed a
 * handshake with us, where its data starts relative to what we last
 * acknowledged, and what was negotiated. Token values only grow within a
 * connection, as TSval must (RFC 7323).
 */
#ifndef JX_COOKIE_H
#define JX_COOKIE_H

#include "kernel/control.h"
#include "kernel/packet.h"

/* How far from the token's sequence number a segment may be and still be called
 * one of our flow. */
#define JX_TOKEN_NEAR 16384

/* Option bits: generation (2), MSS class (3), window scale class (3). */
#define JX_BITS_GENERATION(bits) ((bits) >> 6 & 3)
#define JX_BITS_MSS(bits) ((bits) >> 3 & 7)
#define JX_BITS_WSCALE(bits) ((bits) & 7)

#define JX_ROTATE(x, by) ((x) << (by) | (x) >> (64 - (by)))
#define JX_SIP_ROUND        \
  do {                      \
    v0 += v1;               \
    v1 = JX_ROTATE(v1, 13); \
    v1 ^= v0;               \
    v0 = JX_ROTATE(v0, 32); \
    v2 += v3;               \
    v3 = JX_ROTATE(v3, 16); \
    v3 ^= v2;               \
    v0 += v3;               \
    v3 = JX_ROTATE(v3, 21); \
    v3 ^= v0;               \
    v2 += v1;               \
    v1 = JX_ROTATE(v1, 17); \
    v1 ^= v2;               \
    v2 = JX_ROTATE(v2, 32); \
  } while (0)
#define JX_SIP_WORD(word) \
  do {                    \
    __u64 w = (word);     \
    v3 ^= w;              \
    JX_SIP_ROUND;         \
    v0 ^= w;              \
  } while (0)

/* SipHash-1-3 of the flow and one number more. */
static __always_inline __u64 jx_flow_hash(const struct jx_wire* wire, __u64 key0, __u64 key1,
                                          __u64 more) {
  __u64 v0 = key0 ^ 0x736f6d6570736575ULL, v1 = key1 ^ 0x646f72616e646f6dULL;
  __u64 v2 = key0 ^ 0x6c7967656e657261ULL, v3 = key1 ^ 0x7465646279746573ULL;
  const struct jx_flow* flow = &wire->flow;
  if (wire->ip6) {
    JX_SIP_WORD(*(const __u64*)flow->source);
    JX_SIP_WORD(*(const __u64*)(flow->source + 8));
    JX_SIP_WORD(*(const __u64*)flow->dest);
    JX_SIP_WORD(*(const __u64*)(flow->dest + 8));
  } else {
    JX_SIP_WORD((__u64) * (const __u32*)(flow->source + 12) << 32 |
                *(const __u32*)(flow->dest + 12));
  }
  JX_SIP_WORD(*(const __u32*)&flow->source_port | more << 32);
  v2 ^= 0xff;
  JX_SIP_ROUND;
  JX_SIP_ROUND;
  JX_SIP_ROUND;
  return v0 ^ v1 ^ v2 ^ v3;
}

/* The payload of a segment with each MSS class, before options: the largest
 * usual values that a class stands for. */
static __always_inline __u32 jx_mss_of(__u32 class) {
  switch (class & 7) {
    case 7:
      return 65480;
    case 6:
      return 8940;
    case 5:
      return 1460;
    case 4:
      return 1440;
    case 3:
      return 1400;
    case 2:
      return 1340;
    case 1:
      return 1220;
  }
  return 536;
}

/* The largest class that a client with this MSS takes. */
static __always_inline __u32 jx_mss_class(__u32 mss) {
  return mss >= 65480  ? 7
         : mss >= 8940 ? 6
         : mss >= 1460 ? 5
         : mss >= 1440 ? 4
         : mss >= 1400 ? 3
         : mss >= 1340 ? 2
         : mss >= 1220 ? 1
                       : 0;
}

/* Window scales 0, 3, 5, 6, 7, 8, 10, 12; one in between counts as the next
 * smaller, which makes the client's window look smaller than it is. */
static __always_inline __u32 jx_wscale_of(__u32 class) {
  return 0xca876530u >> (class & 7) * 4 & 15;
}
static __always_inline __u32 jx_wscale_class(__u32 scale) {
  return scale >= 12   ? 7
         : scale >= 10 ? 6
         : scale >= 8  ? 5
         : scale >= 7  ? 4
         : scale >= 6  ? 3
         : scale >= 5  ? 2
         : scale >= 3  ? 1
                       : 0;
}

static __always_inline __u32 jx_token(__u32 tag, __u32 seq, __u32 bits) {
  return (tag + seq) << 8 | (bits & 0xff);
}

/* Checks the token that the packet echoes, against the current key and the one
 * before. True: it is a token of this flow; wire->{tag,token,ahead} say more. */
static __always_inline bool jx_token_check(struct jx_wire* wire, const struct jx_config* config) {
#pragma unroll
  for (int i = 0; i < 2; i++) {
    __u32 tag = jx_flow_hash(wire, config->key[2 * i], config->key[2 * i + 1], 0);
    /* 24 bits, sign-extended. */
    __s32 ahead = (__s32)((wire->seq + tag - (wire->tsecr >> 8)) << 8) >> 8;
    if (ahead >= -JX_TOKEN_NEAR && ahead <= JX_TOKEN_NEAR) {
      wire->tag = tag;
      wire->token = wire->tsecr & 0xff;
      wire->ahead = ahead;
      return true;
    }
  }
  return false;
}

#endif
