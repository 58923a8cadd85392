/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What user space tells the data plane, and what it reads back: the types of
 * the maps that both share. Plain C, included by BPF C and by C++.
 */
#ifndef JX_CONTROL_H
#define JX_CONTROL_H

#ifndef __bpf__
#include <linux/types.h>
#endif

#define JX_MAX_ROUTES 16384  /* route programs of all builds together */
#define JX_MAX_SEGMENTS 16   /* segments of a path that is matched */
#define JX_MAX_SHAPES 32     /* shapes tried for one number of segments; a power of two */
#define JX_PATTERN_CAP 240   /* bytes of a route pattern */
#define JX_GENERATIONS 4     /* builds that a token can tell apart */
#define JX_MAX_ADDRESSES 256 /* addresses of this host that are answered on */

enum jx_config_flag {
  JX_C_STANDALONE = 1, /* no server need listen; what is not answered gets a 404 */
};

/* The one entry of the map `jx_config`. */
struct jx_config {
  __u16 port; /* the TCP port, host byte order */
  __u16 reserved;
  __u32 flags;      /* enum jx_config_flag */
  __u32 generation; /* the current build, below JX_GENERATIONS */
  __u32 seed;       /* of the path hash */
  __s64 wall;       /* CLOCK_REALTIME - CLOCK_TAI, in nanoseconds */
  __u64 key[4];     /* two SipHash keys: the current one, then the one before */
};

/* Key of the map `jx_addresses`: an address of this host (an IPv4 address is
 * mapped, ::ffff:a.b.c.d). A link-local one belongs to its interface. */
struct jx_address {
  __u8 bytes[16];
  __u32 ifindex; /* 0 except for link-local addresses */
};

/*
 * Routing. The shape of a pattern says how many segments it has, which of them
 * are literal, and whether it ends with a wildcard. Patterns of one shape are
 * found with a single lookup: the hash of the literal segments, whatever the
 * number of routes. The shapes that paths of n segments can have are tried in
 * order of priority; the pattern's text decides, so a collision does no harm.
 */
struct jx_shape {
  __u16 segments; /* without the wildcard */
  __u16 literals; /* bit i: segment i is literal */
  __u32 wildcard; /* 1: a trailing "*" takes the rest */
};

/* Value of the ARRAY map `jx_shapes`; the key is generation *
 * (JX_MAX_SEGMENTS + 1) + number of segments. */
struct jx_shapes {
  __u32 count;
  __u32 reserved;
  struct jx_shape shape[JX_MAX_SHAPES]; /* highest priority first */
};

/* Key of the HASH map `jx_patterns`. */
struct jx_pattern_key {
  __u64 hash; /* of the literal segments, jx_path_hash_* */
  struct jx_shape shape;
  __u32 generation;
  __u32 reserved;
};

/* Value of `jx_patterns`. */
struct jx_pattern {
  __u32 route; /* index of the program in `jx_routes_xdp` and `jx_routes_tc` */
  __u32 len;
  __u8 text[JX_PATTERN_CAP + 16]; /* "/card/:id", zero-filled */
};

/* The hash of a path: per segment FNV-1a, then the literal ones together. */
#define JX_HASH_START 0xcbf29ce484222325ULL
#define JX_HASH_PRIME 0x100000001b3ULL

/* The hash of one byte more. */
#define JX_HASH_BYTE(hash, byte) (((hash) ^ (__u8)(byte)) * JX_HASH_PRIME)

/* The hash of a literal segment more, the index'th of its path. */
#define JX_HASH_SEGMENT(hash, segment, index) \
  ((((hash) ^ (segment) ^ ((__u64)(index) << 56)) * JX_HASH_PRIME) ^ ((segment) >> 29))

/* What happened to packets. Index of the PERCPU_ARRAY `jx_counts`. */
enum jx_count {
  JX_N_SYN,            /* handshakes answered */
  JX_N_ANSWERED,       /* requests answered */
  JX_N_ANSWERED_XDP,   /* of these: by XDP */
  JX_N_AGAIN,          /* requests answered once more from the response store */
  JX_N_FIN,            /* connections closed */
  JX_N_ACK,            /* acknowledgements that need nothing */
  JX_N_PROBE,          /* keep-alive probes answered */
  JX_N_RESET,          /* resets of our connections */
  JX_N_NOT_FOUND,      /* 404 sent in standalone mode */
  JX_N_ADOPTED,        /* connections handed to the server */
  JX_N_PASS_SYN,       /* handshakes left to the kernel: no listener, address, or option */
  JX_N_PASS_SOCKET,    /* packets of connections that the kernel owns */
  JX_N_PASS_TOKEN,     /* packets whose token is not ours */
  JX_N_PASS_HTTP,      /* requests that the parser leaves to the server */
  JX_N_PASS_ROUTE,     /* requests that no route matches */
  JX_N_PASS_PROGRAM,   /* requests that the route program passed (see its reasons) */
  JX_N_PASS_SIZE,      /* answers that did not fit the client's window or the packet */
  JX_N_DROP_ORDER,     /* segments ahead of what the flow has proven */
  JX_N_DROP_DUPLICATE, /* late duplicates of an adopted request */
  JX_N_DROP_ADOPT,     /* adoption refused by the kernel: no listener, queue full */
  JX_N_DROP_STORE,     /* answers that the response store no longer has */
  JX_N_SEND_FAILED,    /* the packet could not be rewritten */
  JX_N_COUNTS
};

/* Value of the PERCPU_ARRAY `jx_route_counts`, by route. */
struct jx_route_count {
  __u64 answered;
  __u64 passed[16]; /* by enum jx_reason */
};

#endif
