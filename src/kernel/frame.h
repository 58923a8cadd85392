/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The frame: everything one request needs while it is in the kernel.
 *
 * One frame exists per CPU (an entry of the ARRAY map `jx_frames`, indexed by
 * CPU number: a per-CPU map cannot hold values over 32 KiB). Programs that use
 * it run with bottom halves off, so nothing else touches it meanwhile.
 *
 * This header is the contract between
 *  - the data plane (kernel/), which fills `req` and, after the route has run,
 *    puts `out` on the wire,
 *  - route programs (emitted by ebpf/), which read `req` and `in`, compute in
 *    `slot` and `mem`, and write head and body into `out`,
 *  - the run-time library (kernel/rt_*.bpf.c), which route programs call,
 *  - user space (load/, cli/), which shares these types.
 *
 * It is plain C, included by BPF C and by C++.
 */
#ifndef JX_FRAME_H
#define JX_FRAME_H

#ifndef __bpf__
#include <linux/types.h>
#endif

#define JX_REQ_CAP 8192    /* bytes of a request head we look at */
#define JX_MEM_SIZE 131072 /* linear memory: request copy, then heap; a power of two */
#define JX_MEM_PAD 64      /* so that 8-byte accesses at the end stay inside */
#define JX_HEAD_CAP 4096   /* bytes of a response head */
#define JX_BODY_CAP 65536  /* bytes of a response body */
#define JX_OUT_CAP (JX_HEAD_CAP + JX_BODY_CAP)
#define JX_OUT_SIZE 131072 /* a power of two, so that an index can be masked */
#define JX_OUT_PAD 64
#define JX_MAX_CAPTURES 16 /* parameters of one route pattern */
#define JX_MAX_INPUTS 64   /* props of one component that the request fills */
#define JX_MAX_SLOTS 2048  /* values alive in one route program; a power of two */

/* A span of bytes in jx_frame.mem. Strings are WTF-8: UTF-8 that may also hold
 * lone surrogates (encoded in three bytes), as JavaScript's strings may. */
struct jx_span {
  __u32 off;
  __u32 len;
};

enum jx_tag {
  JX_UNDEFINED = 0,
  JX_NULL = 1,
  JX_BOOLEAN = 2, /* bits: 0 or 1 */
  JX_NUMBER = 3,  /* bits: an IEEE 754 double */
  JX_STRING = 4,  /* span */
  JX_LIST = 5,    /* span.off: a multiple of 16 in mem; span.len: number of jx_slot there */
};

enum jx_slot_flag {
  JX_F_ASCII = 1, /* every byte of the string is known to be below 0x80 */
};

/* One JavaScript value at run time. */
struct jx_slot {
  union {
    struct jx_span span;
    __u64 bits;
  };
  __u32 tag;   /* enum jx_tag */
  __u32 flags; /* enum jx_slot_flag */
};

enum jx_method {
  JX_GET = 0,
  JX_HEAD = 1,
};

/* The request head, parsed. Spans lie in mem[0, JX_REQ_CAP). */
struct jx_request {
  __u32 method;                            /* enum jx_method */
  __u32 minor;                             /* HTTP/1.minor */
  struct jx_span target;                   /* origin-form: path and query, as sent */
  struct jx_span path;                     /* up to '?', still percent-encoded */
  struct jx_span query;                    /* behind '?', still encoded; len 0 if none */
  struct jx_span headers;                  /* field lines, each with its CRLF; not the empty line */
  struct jx_span host;                     /* value of Host */
  __u32 captures;                          /* number of path parameters */
  struct jx_span capture[JX_MAX_CAPTURES]; /* in pattern order, still percent-encoded */
};

/* Why a request went to user space. Shown by name; counted per route. */
enum jx_reason {
  JX_OK = 0,
  JX_R_PROGRAM,     /* the component itself said pass() */
  JX_R_THROWS,      /* React would have thrown here */
  JX_R_INPUT,       /* a prop could not be coerced to its declared type, or had another */
  JX_R_ENCODING,    /* percent-encoding or UTF-8 that decoding rejects */
  JX_R_NON_ASCII,   /* a string function met text that it only knows in ASCII */
  JX_R_NUMBER,      /* a number left what is computed exactly */
  JX_R_OUT_FULL,    /* the page outgrew the buffer */
  JX_R_MEM_FULL,    /* strings outgrew the linear memory */
  JX_R_LIST_FULL,   /* a list outgrew its bound */
  JX_R_LOOP,        /* a loop ran longer than its bound */
  JX_R_ROW_MISSING, /* a table had no such row */
  JX_R_HEADER,      /* a computed header held CR, LF, NUL or non-ASCII */
  JX_R_FRAME,       /* the frame could not be found (never seen) */
  JX_R_METHOD,      /* the route does not answer this method */
  JX_R_ROUTE_MAX,   /* end of the reasons that a route program gives */
};

enum jx_resp_flag {
  JX_RESP_STORE = 1,   /* bytes may change between retransmissions: keep them (tables) */
  JX_RESP_NO_BODY = 2, /* 204 or 304: no body, no Content-Length hole */
};

/* The response. A route program writes the whole head, then the body, into
 * out[0, out_len), leaving holes that the data plane fills in. Offsets are into
 * out; 0 says that there is no such hole. */
struct jx_response {
  __u32 status;
  __u32 flags;         /* enum jx_resp_flag */
  __u32 head_len;      /* the body starts here */
  __u32 length_at;     /* 5 bytes for the decimal Content-Length, right-aligned, blank-filled */
  __u32 date_at;       /* 29 bytes for an IMF-fixdate */
  __u32 connection_at; /* 10 bytes: "keep-alive", or "close" and five blanks */
};

struct jx_frame {
  /* Registers of the route program. Kept in front: their offsets fit the
   * 16-bit displacement of an eBPF load. */
  __u32 out_len;    /* bytes written to out */
  __u32 mem_top;    /* heap bump pointer; starts at JX_REQ_CAP */
  __u32 reason;     /* enum jx_reason of the last failed step */
  __u32 lone;       /* out may hold lone surrogates (WTF-8): fix up at the end */
  __u32 route;      /* route number, set by the data plane */
  __u32 generation; /* build number, set by the data plane */
  __u64 inputs;     /* bit i: in[i] was put there by `render --props`; else from req */
  struct jx_request req;
  struct jx_response resp;
  /* Private to the data plane from one of its programs to the next. */
  __u64 wire[64];
  struct jx_slot in[JX_MAX_INPUTS];
  struct jx_slot slot[JX_MAX_SLOTS];
  __u8 mem[JX_MEM_SIZE + JX_MEM_PAD];
  __u8 out[JX_OUT_SIZE + JX_OUT_PAD];
};

/* Steps of the data plane that a route program tail-calls when it is done
 * (prog arrays `jx_steps_xdp`, `jx_steps_tc`). */
enum jx_step {
  JX_STEP_ANSWER = 0, /* out is complete */
  JX_STEP_PASS = 1,   /* reason says why not */
  JX_STEP_OWN = 2,    /* from here on the data plane's own */
  JX_STEPS = 16,
};

#endif
