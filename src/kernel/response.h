/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Completes what a route program wrote: the holes in the head.
 */
#ifndef JX_RESPONSE_H
#define JX_RESPONSE_H

#include "kernel/maps.h"
#include "kernel/packet.h"

/* The Date field of the current second, one for each CPU. */
struct jx_date {
  __u64 second;
  __u8 text[32];
};
JX_MAP(jx_dates, PERCPU_ARRAY, 1, __u32, struct jx_date);

static __always_inline void jx_put_digits(__u8* at, __u32 value, int digits) {
#pragma unroll
  for (int i = digits - 1; i >= 0; i--) {
    at[i] = '0' + value % 10;
    value /= 10;
  }
}

/* Writes the IMF-fixdate (RFC 9110 5.6.7) of a time in seconds since 1970. */
static __always_inline void jx_format_date(__u8* text, __u64 second) {
  static const char days[32 + 2] = "ThuFriSatSunMonTueWed";
  static const char months[64 + 2] = "MarAprMayJunJulAugSepOctNovDecJanFeb";
  __u32 day = second / 86400, rest = second % 86400, weekday = day % 7 * 3;
  /* The civil date of a day number, in years that begin with March. */
  __u32 shifted = day + 719468;
  __u32 era = shifted / 146097, of_era = shifted % 146097;
  __u32 year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  __u32 of_year = of_era - (365 * year + year / 4 - year / 100);
  __u32 month = (5 * of_year + 2) / 153;
  __u32 of_month = of_year - (153 * month + 2) / 5 + 1;
  year += era * 400 + (month >= 10);
  month = month % 12 * 3;
  jx_opaque(weekday);
  jx_opaque(month);
  weekday &= 31;
  month &= 63;
#pragma unroll
  for (int i = 0; i < 3; i++) {
    text[i] = days[weekday + i];
    text[8 + i] = months[month + i];
  }
  text[3] = ',';
  text[4] = text[7] = text[11] = text[16] = ' ';
  jx_put_digits(text + 5, of_month, 2);
  jx_put_digits(text + 12, year, 4);
  jx_put_digits(text + 17, rest / 3600, 2);
  text[19] = text[22] = ':';
  jx_put_digits(text + 20, rest / 60 % 60, 2);
  jx_put_digits(text + 23, rest % 60, 2);
  text[25] = ' ';
  text[26] = 'G';
  text[27] = 'M';
  text[28] = 'T';
}

/* This CPU's Date text of now. */
static __always_inline const __u8* jx_date_now(const struct jx_config* config) {
  __u32 zero = 0;
  struct jx_date* date = bpf_map_lookup_elem(&jx_dates, &zero);
  if (!date) return NULL;
  __u64 second = (bpf_ktime_get_tai_ns() + config->wall) / 1000000000;
  if (second != date->second) {
    jx_format_date(date->text, second);
    date->second = second;
  }
  return date->text;
}

/*
 * Fills the holes. Returns the number of bytes of `out` to send (a HEAD request
 * gets the head alone), or 0 if the route program left the frame inconsistent.
 */
JX_GLOBAL __u32 jx_response_finish(struct jx_frame* frame, const struct jx_config* config) {
  if (!frame || !config) return 0;
  const struct jx_response* resp = &frame->resp;
  __u32 total = frame->out_len, head = resp->head_len;
  if (head < 16 || head > JX_HEAD_CAP || total < head || total > JX_OUT_CAP) return 0;
  __u32 at = resp->length_at;
  if (at) {
    if (at > JX_HEAD_CAP) return 0;
    __u32 value = total - head;
#pragma unroll
    for (int i = 4; i >= 0; i--) {
      frame->out[at + i] = value || i == 4 ? '0' + value % 10 : ' ';
      value /= 10;
    }
  }
  at = resp->date_at;
  if (at) {
    const __u8* date = jx_date_now(config);
    if (at > JX_HEAD_CAP || !date) return 0;
    __builtin_memcpy(frame->out + at, date, 29);
  }
  at = resp->connection_at;
  if (at) {
    if (at > JX_HEAD_CAP) return 0;
    __builtin_memcpy(frame->out + at, jx_wire(frame)->close ? "close     " : "keep-alive", 10);
  }
  if (frame->req.method == JX_HEAD || resp->flags & JX_RESP_NO_BODY) total = head;
  *(__u64*)(frame->out + (total & (JX_OUT_SIZE - 1))) = 0;
  return total;
}

/* The sum (packet.h) of out[at, at + len); `at` is a multiple of 4 and zeros
 * follow the last byte, unless `len` is a multiple of 4. */
JX_GLOBAL __u64 jx_sum_out(struct jx_frame* frame, __u32 at, __u32 len) {
  if (!frame) return 0;
  __u64 sum = 0;
  __u32 end = at + ((len + 3) & ~3u);
  while (jx_may_loop) {
    if (at >= end || at > JX_OUT_SIZE - 512) break;
    __u32 part = end - at;
    if (part > 512) part = 512;
    part &= 0x3fc;
    sum += (__u32)bpf_csum_diff(NULL, 0, (void*)(frame->out + at), part, 0);
    at += part;
  }
  return sum;
}

/* The same for the request mem[0, len), zeros behind it. */
JX_GLOBAL __u64 jx_sum_mem(struct jx_frame* frame, __u32 len) {
  if (!frame) return 0;
  __u64 sum = 0;
  __u32 at = jx_wire(frame)->zero, end = (len + 3) & ~3u;
  while (jx_may_loop) {
    if (at >= end || at > JX_MEM_SIZE - 512) break;
    __u32 part = end - at;
    if (part > 512) part = 512;
    part &= 0x3fc;
    sum += (__u32)bpf_csum_diff(NULL, 0, (void*)(frame->mem + at), part, 0);
    at += part;
  }
  return sum;
}

#endif
