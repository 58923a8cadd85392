/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Who would have been given the packet: never answer more than the server would.
 */
#ifndef JX_LISTENER_H
#define JX_LISTENER_H

#include "kernel/maps.h"
#include "kernel/packet.h"

enum jx_owner {
  JX_OWNER_NONE,     /* no socket */
  JX_OWNER_LISTENER, /* a server that waits for connections */
  JX_OWNER_SOCKET,   /* a connection (or its remains) that the kernel owns */
};

/* The socket that the kernel would give the packet to, or null; to be released.
 * `ctx` is the program's context, of either hook. */
static __always_inline struct bpf_sock* jx_socket_lookup(void* ctx, const struct jx_wire* wire) {
  struct bpf_sock_tuple tuple = {};
  if (wire->ip6) {
    __builtin_memcpy(tuple.ipv6.saddr, wire->flow.source, 16);
    __builtin_memcpy(tuple.ipv6.daddr, wire->flow.dest, 16);
    tuple.ipv6.sport = wire->flow.source_port;
    tuple.ipv6.dport = wire->flow.dest_port;
    return bpf_skc_lookup_tcp(ctx, &tuple, sizeof(tuple.ipv6), BPF_F_CURRENT_NETNS, 0);
  }
  tuple.ipv4.saddr = *(const __u32*)(wire->flow.source + 12);
  tuple.ipv4.daddr = *(const __u32*)(wire->flow.dest + 12);
  tuple.ipv4.sport = wire->flow.source_port;
  tuple.ipv4.dport = wire->flow.dest_port;
  return bpf_skc_lookup_tcp(ctx, &tuple, sizeof(tuple.ipv4), BPF_F_CURRENT_NETNS, 0);
}

static __always_inline enum jx_owner jx_owner_of(void* ctx, const struct jx_wire* wire) {
  struct bpf_sock* socket = jx_socket_lookup(ctx, wire);
  if (!socket) return JX_OWNER_NONE;
  enum jx_owner owner = socket->state == BPF_TCP_LISTEN ? JX_OWNER_LISTENER : JX_OWNER_SOCKET;
  bpf_sk_release(socket);
  return owner;
}

/*
 * True if a handshake may be answered as far as addresses go: the destination is
 * this host's (so the packet does not merely pass through), the source can be
 * answered, and loopback addresses stay on the loopback interface.
 */
static __always_inline bool jx_address_ours(const struct jx_wire* wire, __u32 ifindex) {
  const __u8 *source = wire->flow.source, *dest = wire->flow.dest;
  struct jx_address key = {};
  __builtin_memcpy(key.bytes, dest, 16);
  if (wire->link[0] & 1) return false; /* sent to a group of hosts */
  if (wire->ip6) {
    if (source[0] == 0xff || dest[0] == 0xff) return false;
    __u64 low = *(const __u64*)(source + 8);
    if (!*(const __u64*)source && (low == 0 || (low == bpf_cpu_to_be64(1) && ifindex != 1)))
      return false;
    low = *(const __u64*)(dest + 8);
    if (!*(const __u64*)dest && low == bpf_cpu_to_be64(1)) return ifindex == 1;
    if (dest[0] == 0xfe && (dest[1] & 0xc0) == 0x80) key.ifindex = ifindex;
  } else {
    if (source[12] == 0 || source[12] >= 224) return false;
    if (source[12] == 127 && ifindex != 1) return false;
    if (dest[12] == 127) return ifindex == 1;
  }
  return bpf_map_lookup_elem(&jx_addresses, &key) != NULL;
}

#endif
