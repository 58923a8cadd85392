// Writes case_table.h: what toUpperCase and toLowerCase do to each code point.
//   node case_table.mjs > case_table.h
// Characters that got a mapping after Unicode 15 are marked: engines differ.

const newer = [
  [0x19b, 0x19b], [0x264, 0x264], [0x1c89, 0x1c8a], [0xa7cb, 0xa7dc],
  [0x10d40, 0x10d8f], [0x16ea0, 0x16ed3],
];

// Runs [first, last, stride, value, kind] of one kind of mapping. At most
// `entries` of them, the first one at 0.
const runs = (map) => {
  const list = [[0, 0, 1, 0n, "PLAIN"]];
  for (let c = 1; c < 0x110000; c++) {
    if (c === 0xd800) c = 0xe000;
    let kind = "PLAIN", value;
    const to = [...map(String.fromCodePoint(c))].map((x) => x.codePointAt(0));
    if (newer.some(([first, last]) => c >= first && c <= last)) {
      kind = "UNSURE";
      value = 0n;
    } else if (to.length === 1) {
      value = BigInt(to[0] - c);
      if (!value) continue;
    } else {
      kind = "SEQUENCE";
      value = to.reduce((sum, x, i) => sum | (BigInt(x) << BigInt(21 * i)), 0n);
    }
    const last = list.at(-1);
    if (last[4] === kind && last[3] === value && kind !== "SEQUENCE") {
      const gap = c - last[1];
      if (gap === 1 && last[2] === 1) { last[1] = c; continue; }
      if (gap === 2 && (last[2] === 2 || last[0] === last[1])) { last[1] = c; last[2] = 2; continue; }
    }
    list.push([c, c, 1, value, kind]);
  }
  return list;
};

const entries = 512;
const table = (name, list) => {
  if (list.length > entries) throw new Error(`${name}: ${list.length} runs`);
  const cells = list.map(([first, last, stride, value, kind]) => {
    const flags = { PLAIN: 0, SEQUENCE: 0x40000000, UNSURE: 0x20000000 }[kind] + (stride === 2 ? 0x80000000 : 0);
    const hex = (n) => "0x" + n.toString(16);
    return `{${hex(first)}, ${hex(last + flags)}, ${kind === "SEQUENCE" ? hex(value) : value}}`;
  });
  const lines = [];
  for (const cell of cells) {
    const joined = lines.length ? `${lines.at(-1)} ${cell},` : "";
    if (lines.length && joined.length <= 100) lines[lines.length - 1] = joined;
    else lines.push(`  ${cell},`);
  }
  // Behind the last run: nothing.
  return `static const struct jx_case_run ${name}[JX_CASE_RUNS] = {\n${lines.join("\n")}\n` +
    `  [${list.length} ... JX_CASE_RUNS - 1] = {0xffffffff, 0, 0},\n};\n`;
};

process.stdout.write(`/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Case mapping of every code point. Written by case_table.mjs.
 */
#ifndef JX_CASE_TABLE_H
#define JX_CASE_TABLE_H

#include "rt.h"

/* clang-format off */
#define JX_CASE_RUNS ${entries}

/* In \`last\`: every other code point of the run; value is the code points that
 * it maps to, of 21 bits each; what it maps to depends on the engine's age. */
#define JX_CASE_STRIDE 0x80000000
#define JX_CASE_SEQUENCE 0x40000000
#define JX_CASE_UNSURE 0x20000000

/* Code points that map alike, else by the difference \`value\`. In order. */
struct jx_case_run {
  u32 first;
  u32 last;
  s64 value;
};

${table("jx_upper_runs", runs((s) => s.toUpperCase()))}
${table("jx_lower_runs", runs((s) => s.toLowerCase()))}
/* clang-format on */

#endif
`);
