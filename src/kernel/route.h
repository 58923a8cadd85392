/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Which route program answers a path. control.h says how patterns are stored.
 */
#ifndef JX_ROUTE_H
#define JX_ROUTE_H

#include "kernel/http.h"
#include "kernel/maps.h"

/*
 * Compares the path with a pattern and notes the captures: ":name" stands for a
 * segment that is not empty, a trailing "*" for all that is left.
 */
JX_GLOBAL int jx_route_match(struct jx_frame* frame, const struct jx_pattern* pattern) {
  if (!frame || !pattern) return 0;
  struct jx_request* req = &frame->req;
  __u32 at = req->path.off, end = at + req->path.len;
  __u32 i = jx_wire(frame)->zero, captures = i;
  bool start = false; /* at the start of a segment */
  while (jx_may_loop) {
    if (i >= pattern->len || i >= JX_PATTERN_CAP) {
      req->captures = captures;
      return at == end;
    }
    __u8 byte = pattern->text[i];
    if (start && (byte == ':' || (byte == '*' && i + 1 == pattern->len))) {
      __u32 from = at;
      while (jx_may_loop) {
        if (at >= end || (byte == ':' && jx_req1(frame, at) == '/')) break;
        at = jx_req_next(at, 1);
      }
      if (byte == ':' && at == from) return 0;
      if (captures >= JX_MAX_CAPTURES) return 0;
      req->capture[captures & (JX_MAX_CAPTURES - 1)] = (struct jx_span){from, at - from};
      captures = (captures + 1) & 31;
      while (jx_may_loop) {
        if (i >= pattern->len || i >= JX_PATTERN_CAP || pattern->text[i] == '/') break;
        i = (i + 1) & 255;
      }
      start = false;
      continue;
    }
    if (at >= end || jx_req1(frame, at) != byte) return 0;
    start = byte == '/';
    i = (i + 1) & 255;
    at = jx_req_next(at, 1);
  }
  return 0;
}

/* The hash of the path's segments that are literal in a shape. */
JX_GLOBAL __u64 jx_route_hash(struct jx_frame* frame, __u32 literals) {
  if (!frame) return 0;
  struct jx_wire* wire = jx_wire(frame);
  __u64 hash = JX_HASH_START;
  for (__u32 i = 0; i < JX_MAX_SEGMENTS; i++)
    if (literals & 1u << i) hash = JX_HASH_SEGMENT(hash, wire->segment[i], i);
  return hash;
}

/* The number of the route program for the parsed request, of the build
 * frame->generation; -1: none. Sets req->capture. */
JX_GLOBAL int jx_route_find(struct jx_frame* frame) {
  if (!frame) return -1;
  struct jx_wire* wire = jx_wire(frame);
  __u32 segments = wire->segments;
  if (segments > JX_MAX_SEGMENTS) segments = 0; /* the wildcards that such a path may have */
  __u32 index = frame->generation * (JX_MAX_SEGMENTS + 1) + segments;
  const struct jx_shapes* shapes = bpf_map_lookup_elem(&jx_shapes, &index);
  if (!shapes) return -1;
  __u32 i = jx_wire(frame)->zero;
  while (jx_may_loop) {
    if (i >= shapes->count || i >= JX_MAX_SHAPES) break;
    struct jx_pattern_key key = {.shape = shapes->shape[i & (JX_MAX_SHAPES - 1)],
                                 .generation = frame->generation};
    key.hash = jx_route_hash(frame, key.shape.literals);
    const struct jx_pattern* pattern = bpf_map_lookup_elem(&jx_patterns, &key);
    if (pattern && jx_route_match(frame, pattern)) return pattern->route;
    i = (i + 1) & 31;
  }
  return -1;
}

#endif
