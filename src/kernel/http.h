/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The HTTP request parser: RFC 9112 read strictly. It accepts a complete head
 * of GET or HEAD without a body that every parser reads alike; whatever could be
 * read in two ways is the server's, which then is the only one to read it.
 */
#ifndef JX_HTTP_H
#define JX_HTTP_H

#include "kernel/bpf.h"
#include "kernel/control.h"
#include "kernel/frame.h"
#include "kernel/packet.h"

#define JX_REQ_MASK (JX_REQ_CAP - 1)

/* Classes of bytes. */
#define JX_B_PATH 1  /* stands for itself in a path: no browser encodes it */
#define JX_B_QUERY 2 /* the same in a query */
#define JX_B_NAME 4  /* of a field name: tchar, RFC 9110 5.6.2 */
#define JX_B_HOST 8  /* of a host with port, RFC 3986 3.2.2 without oddities */

#define JX_ALNUM (JX_B_PATH | JX_B_QUERY | JX_B_NAME | JX_B_HOST)
static const __u8 jx_byte_class[256] = {
    ['0' ... '9'] = JX_ALNUM,
    ['A' ... 'Z'] = JX_ALNUM,
    ['a' ... 'z'] = JX_ALNUM,
    ['-'] = JX_ALNUM,
    ['.'] = JX_ALNUM,
    ['_'] = JX_ALNUM,
    ['~'] = JX_B_PATH | JX_B_QUERY | JX_B_NAME,
    ['!'] = JX_B_PATH | JX_B_QUERY | JX_B_NAME,
    ['$'] = JX_B_PATH | JX_B_QUERY | JX_B_NAME,
    ['%'] = JX_B_PATH | JX_B_QUERY | JX_B_NAME,
    ['&'] = JX_B_PATH | JX_B_QUERY | JX_B_NAME,
    ['*'] = JX_B_PATH | JX_B_QUERY | JX_B_NAME,
    ['+'] = JX_B_PATH | JX_B_QUERY | JX_B_NAME,
    ['\''] = JX_B_PATH | JX_B_QUERY | JX_B_NAME,
    ['('] = JX_B_PATH | JX_B_QUERY,
    [')'] = JX_B_PATH | JX_B_QUERY,
    [','] = JX_B_PATH | JX_B_QUERY,
    [';'] = JX_B_PATH | JX_B_QUERY,
    ['='] = JX_B_PATH | JX_B_QUERY,
    ['@'] = JX_B_PATH | JX_B_QUERY,
    [':'] = JX_B_PATH | JX_B_QUERY | JX_B_HOST,
    ['['] = JX_B_PATH | JX_B_QUERY | JX_B_HOST,
    [']'] = JX_B_PATH | JX_B_QUERY | JX_B_HOST,
    ['|'] = JX_B_PATH | JX_B_QUERY | JX_B_NAME,
    ['/'] = JX_B_PATH | JX_B_QUERY,
    ['?'] = JX_B_QUERY,
    ['{'] = JX_B_QUERY,
    ['}'] = JX_B_QUERY,
    ['`'] = JX_B_QUERY | JX_B_NAME,
    ['^'] = JX_B_QUERY | JX_B_NAME,
    ['#'] = JX_B_NAME,
};

/* Eight bytes of the request at any offset; those behind its end are zero. */
static __always_inline __u64 jx_req8(const struct jx_frame* frame, __u32 at) {
  return *(const __u64*)(frame->mem + (at & JX_REQ_MASK));
}
static __always_inline __u8 jx_req1(const struct jx_frame* frame, __u32 at) {
  return frame->mem[at & JX_REQ_MASK];
}

/* The offset `by` bytes further on. Offsets never reach the mask; with it, what
 * the verifier knows of them is the same in each turn of a loop. */
static __always_inline __u32 jx_req_next(__u32 at, __u32 by) {
  return (at + by) & JX_REQ_MASK;
}

/* Eight bytes of text as a number, as jx_req8 reads them. */
#define JX_TEXT8(text) (*(const __u64*)(text))

static __always_inline __u64 jx_bytes_below(__u64 word, __u8 limit) {
  return (word - 0x0101010101010101ULL * limit) & ~word & 0x8080808080808080ULL;
}
static __always_inline __u64 jx_bytes_equal(__u64 word, __u8 byte) {
  return jx_bytes_below(word ^ (0x0101010101010101ULL * byte), 1);
}
/* Index of the lowest byte whose top bit is set in `bits`, which is not 0. */
static __always_inline __u32 jx_first_byte(__u64 bits) {
  return ((bits & -bits) >> 7) * 0x0001020304050607ULL >> 56;
}

/* The end of the run of visible ASCII and blanks that starts at `at`, or `len`. */
JX_GLOBAL __u32 jx_http_text_end(struct jx_frame* frame, __u32 at, __u32 len) {
  if (!frame) return 0;
  while (jx_may_loop) {
    if (at >= len) break;
    __u64 word = jx_req8(frame, at);
    /* Below 0x20, or DEL, or above: exact for the lowest such byte. */
    __u64 odd =
        jx_bytes_below(word, 0x20) | jx_bytes_equal(word, 0x7f) | (word & 0x8080808080808080ULL);
    if (odd) return at + jx_first_byte(odd);
    at = jx_req_next(at, 8);
  }
  return len;
}

/* The end of the field name that starts at `at`. */
JX_GLOBAL __u32 jx_http_name_end(struct jx_frame* frame, __u32 at, __u32 len) {
  if (!frame) return 0;
  while (jx_may_loop) {
    if (at >= len || !(jx_byte_class[jx_req1(frame, at)] & JX_B_NAME)) break;
    at = jx_req_next(at, 1);
  }
  return at;
}

/*
 * The path that starts at `at` with a slash: returns its end, and stores the
 * hash of each segment in wire->segment; 0 if a URL parser would not leave it as
 * it is (dot segments, bytes that browsers encode) or the target is no path.
 */
JX_GLOBAL __u32 jx_http_path(struct jx_frame* frame, __u32 at, __u32 len, __u32 seed) {
  if (!frame) return 0;
  struct jx_wire* wire = jx_wire(frame);
  __u64 hash = JX_HASH_START ^ seed;
  /* Of the segment so far: empty, one dot, two dots, something else. */
  __u32 dots = 0, segments = wire->zero;
  /* "//host" could be read as an authority. */
  if (jx_req1(frame, at) != '/' || jx_req1(frame, at + 1) == '/') return 0;
  at = jx_req_next(at, 1);
  while (jx_may_loop) {
    if (at >= len) return 0;
    __u8 byte = jx_req1(frame, at);
    if (byte == '/' || byte == '?' || byte == ' ') {
      if (dots == 1 || dots == 2) return 0;
      if (segments < JX_MAX_SEGMENTS) wire->segment[segments & (JX_MAX_SEGMENTS - 1)] = hash;
      segments = (segments + 1) & 0xffff;
      if (byte != '/') {
        wire->segments = segments;
        return at;
      }
      hash = JX_HASH_START ^ seed;
      dots = 0;
      at = jx_req_next(at, 1);
      continue;
    }
    if (!(jx_byte_class[byte] & JX_B_PATH)) return 0;
    hash = JX_HASH_BYTE(hash, byte);
    at = jx_req_next(at, 1);
    bool encoded =
        byte == '%' && jx_req1(frame, at) == '2' && (jx_req1(frame, at + 1) | 0x20) == 'e';
    if (encoded) {
      hash = JX_HASH_BYTE(hash, '2');
      hash = JX_HASH_BYTE(hash, jx_req1(frame, at + 1));
      at = jx_req_next(at, 2);
    }
    dots = (encoded || byte == '.') && dots < 3 ? dots + 1 : 3;
  }
  return 0;
}

/* The end of the query that starts at `at` (behind its '?'); 0: odd bytes. */
JX_GLOBAL __u32 jx_http_query(struct jx_frame* frame, __u32 at, __u32 len) {
  if (!frame) return 0;
  while (jx_may_loop) {
    if (at >= len) return 0;
    __u8 byte = jx_req1(frame, at);
    if (byte == ' ') return at;
    if (!(jx_byte_class[byte] & JX_B_QUERY)) return 0;
    at = jx_req_next(at, 1);
  }
  return 0;
}

/* Every byte of [at, end) belongs to a host. */
JX_GLOBAL int jx_http_host(struct jx_frame* frame, __u32 at, __u32 end) {
  if (!frame || at >= end) return 0;
  while (jx_may_loop) {
    if (at >= end) return 1;
    if (!(jx_byte_class[jx_req1(frame, at)] & JX_B_HOST)) return 0;
    at = jx_req_next(at, 1);
  }
  return 0;
}

enum jx_http_seen {
  JX_SEEN_HOST = 1,
  JX_SEEN_CONNECTION = 2,
  JX_SEEN_CLOSE = 4,
  JX_SEEN_KEEP = 8,
};

/*
 * One field line: name [name, colon), value [value, end) without blanks around
 * it. Returns `seen` with what it adds, or -1 if the request is the server's.
 */
static __always_inline int jx_http_field(struct jx_frame* frame, int seen, __u32 name, __u32 colon,
                                         __u32 value, __u32 end) {
  const __u64 lower = 0x2020202020202020ULL;
  __u64 word = jx_req8(frame, name) | lower;
  switch (colon - name) {
    case 4:
      if ((__u32)word != (__u32)JX_TEXT8("host    ")) break;
      if (seen & JX_SEEN_HOST || !jx_http_host(frame, value, end)) return -1;
      frame->req.host.off = value;
      frame->req.host.len = end - value;
      return seen | JX_SEEN_HOST;
    case 6:
      if (word << 16 == JX_TEXT8("expect  ") << 16) return -1;
      break;
    case 7:
      if (word << 8 == JX_TEXT8("upgrade ") << 8) return -1;
      break;
    case 10:
      if (word != JX_TEXT8("connecti") ||
          (__u16)(jx_req8(frame, name + 8) | lower) != (__u16)JX_TEXT8("on      "))
        break;
      if (seen & JX_SEEN_CONNECTION) return -1;
      word = jx_req8(frame, value) | lower;
      if (end - value == 5 && word << 24 == JX_TEXT8("close   ") << 24)
        return seen | JX_SEEN_CONNECTION | JX_SEEN_CLOSE;
      if (end - value == 10 && word == JX_TEXT8("keep-ali") &&
          (__u16)(jx_req8(frame, value + 8) | lower) == (__u16)JX_TEXT8("ve      "))
        return seen | JX_SEEN_CONNECTION | JX_SEEN_KEEP;
      return -1;
    case 14:
      if (word == JX_TEXT8("content-") &&
          (jx_req8(frame, name + 8) | lower) << 16 == JX_TEXT8("length  ") << 16)
        return -1;
      break;
    case 17:
      if (word == JX_TEXT8("transfer") &&
          (jx_req8(frame, name + 8) | lower) == JX_TEXT8("-encodin"))
        return -1;
      break;
  }
  return seen;
}

/*
 * Parses the request head mem[0, len) into frame->req; it must end exactly at
 * len, with zeros behind. Returns 1 and sets wire->close, or 0: the server's.
 */
JX_GLOBAL int jx_http_parse(struct jx_frame* frame, __u32 len, __u32 seed) {
  if (!frame || len < 18 || len > JX_REQ_CAP - 8) return 0;
  struct jx_request* req = &frame->req;
  __u64 word = jx_req8(frame, 0);
  __u32 at;
  if ((__u32)word == (__u32)JX_TEXT8("GET     ")) {
    req->method = JX_GET;
    at = 4;
  } else if (word << 24 == JX_TEXT8("HEAD    ") << 24) {
    req->method = JX_HEAD;
    at = 5;
  } else {
    return 0;
  }
  req->target.off = req->path.off = at;
  __u32 end = jx_http_path(frame, at, len, seed);
  if (!end) return 0;
  req->path.len = end - at;
  req->query.off = end;
  req->query.len = 0;
  if (jx_req1(frame, end) == '?') {
    req->query.off = end + 1;
    end = jx_http_query(frame, end + 1, len);
    if (!end) return 0;
    req->query.len = end - req->query.off;
  }
  req->target.len = end - at;
  word = jx_req8(frame, end + 1);
  if (word == JX_TEXT8("HTTP/1.1"))
    req->minor = 1;
  else if (word == JX_TEXT8("HTTP/1.0"))
    req->minor = 0;
  else
    return 0;
  at = end + 11;
  if (jx_req1(frame, end + 9) != '\r' || jx_req1(frame, end + 10) != '\n') return 0;

  int seen = 0;
  req->headers.off = at;
  while (jx_may_loop) {
    if (at >= len) return 0;
    if (jx_req1(frame, at) == '\r') {
      if (jx_req1(frame, at + 1) != '\n' || at + 2 != len) return 0;
      req->headers.len = at - req->headers.off;
      if (req->minor && !(seen & JX_SEEN_HOST)) return 0;
      if (!(seen & JX_SEEN_HOST)) req->host.off = req->host.len = 0;
      jx_wire(frame)->close = (seen & JX_SEEN_CLOSE) || (!req->minor && !(seen & JX_SEEN_KEEP));
      return 1;
    }
    __u32 colon = jx_http_name_end(frame, at, len);
    if (colon == at || jx_req1(frame, colon) != ':') return 0;
    __u32 stop = jx_http_text_end(frame, colon, len);
    if (jx_req1(frame, stop) != '\r' || jx_req1(frame, stop + 1) != '\n') return 0;
    __u32 value = colon + 1, last = stop;
    while (jx_may_loop) {
      if (jx_req1(frame, value) != ' ' || value >= stop) break;
      value = jx_req_next(value, 1);
    }
    while (jx_may_loop) {
      if (last <= value || jx_req1(frame, last - 1) != ' ') break;
      last = jx_req_next(last, -1);
    }
    seen = jx_http_field(frame, seen, at, colon, value, last);
    if (seen < 0) return 0;
    at = jx_req_next(stop, 2);
  }
  return 0;
}

#endif
