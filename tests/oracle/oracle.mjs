// usage: node oracle.mjs --driver PATH [--verbose] [FILTER...]
// Compares every component of components/ with renderToStaticMarkup, byte for byte,
// over many combinations of props. A component's first line says what these are:
//   // props: title:string stars:number on:boolean any:any
// and, where it applies, a second line says that the compiler may hand a request
// over (`// may: pass`), or refuses the module (`// refused: JX1305`). Without
// that, a request may be passed only where React throws.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

process.env.NODE_ENV = "production";
const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const esbuild = require("esbuild");
const React = require("react");
const { renderToStaticMarkup } = require("react-dom/server");

const args = process.argv.slice(2);
const option = (name) => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
};
const flag = (name) => {
  const at = args.indexOf(name);
  return at >= 0 && args.splice(at, 1).length > 0;
};
const driver = option("--driver");
const folder = option("--components") ?? path.join(here, "components");
const verbose = flag("--verbose");

const STRINGS = [
  "", "plain", "two words", "<b>\"bold\" & 'brave'</b>", "</script><script>alert(1)</script>", "Grüße, 😀 日本語", "0", "7", " 3.5 ",
  "true", "javascript:alert(1)", " java\tscript:x", "https://example.org/?a=1&b=<2>", "\nfirst line", "a,b,,c", "primary", "lg",
  "constructor", "__proto__", "\u{1F600}".charAt(0), "tab\tand\u0000nul", "\u00a0 padded \ufeff", "x".repeat(1024), "ǆ İ ß ﬁ ΟΔΟΣ",
];
const NUMBERS = [0, -0, 1, 2, 3, 5, 7.5, -1, 100, 0.1 + 0.2, 1e21, 1e-7, NaN, Infinity, -Infinity, 2 ** 31, 1.005, -2.5];
const POOLS = { string: STRINGS, number: NUMBERS, boolean: [true, false], any: ["", "text & more", 0, -0, 3, NaN, true, false, null] };
const USUAL = { string: "plain", number: 3, boolean: true, any: "text" };

// A fixed sequence, so that a failure can be repeated.
let seed = 12345;
const random = (n) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >>> 8) % n;
};

function combinations(props) {
  const out = [{}, Object.fromEntries(props.map(([name, type]) => [name, USUAL[type]]))];
  for (const [name, type] of props) {
    for (const value of POOLS[type]) {
      out.push({ [name]: value });
      const full = Object.fromEntries(props.map(([other, t]) => [other, USUAL[t]]));
      out.push({ ...full, [name]: value });
    }
  }
  for (let i = 0; i < 60 && props.length > 1; ++i) {
    const one = {};
    for (const [name, type] of props) {
      if (random(5) > 0) one[name] = POOLS[type][random(POOLS[type].length)];
    }
    out.push(one);
  }
  return out;
}

// WTF-8 in hexadecimal.
function hex(text) {
  let out = "";
  for (const point of text) {
    const c = point.codePointAt(0);
    const lone = c >= 0xd800 && c <= 0xdfff;
    const bytes = lone ? [0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63)] : [...Buffer.from(point)];
    out += Buffer.from(bytes).toString("hex");
  }
  return out;
}

function encode(props) {
  const one = ([name, v]) => {
    const bits = Buffer.alloc(8);
    if (typeof v === "number") bits.writeDoubleBE(v);
    const value = v === undefined ? "u" : v === null ? "n" : v === true ? "t" : v === false ? "f" : typeof v === "number" ? `d${bits.toString("hex")}` : `s${hex(v)}`;
    return `${hex(name)}=${value}`;
  };
  return Object.entries(props).map(one).join(" ");
}

async function load(file) {
  const out = path.join(scratch, `${path.basename(file)}.cjs`);
  await esbuild.build({
    entryPoints: [file], outfile: out, bundle: true, platform: "node", format: "cjs", jsx: "automatic", external: ["react", "react-dom", "react/*"],
    define: { "process.env.NODE_ENV": '"production"' }, logLevel: "error", nodePaths: [path.join(here, "../../node_modules")],
  });
  // The bundle lies elsewhere: React is the one that was loaded here.
  const module = { exports: {} };
  new Function("module", "exports", "require", fs.readFileSync(out, "utf8"))(module, module.exports, require);
  return module.exports.default;
}

function show(props) {
  return JSON.stringify(props, (_, v) => (typeof v === "number" && (!Number.isFinite(v) || Object.is(v, -0)) ? `number ${Object.is(v, -0) ? "-0" : v}` : v)).slice(0, 300);
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "jsxdp-oracle-"));
const total = { components: 0, renders: 0, passed: 0, failures: 0 };
const shown = new Map();
const fail = (file, text) => {
  total.failures++;
  shown.set(file, (shown.get(file) ?? 0) + 1);
  if (shown.get(file) <= 2 || verbose) console.log(`FAIL ${path.basename(file)}: ${text}`);
};

try {
  console.error = () => {};
  const files = fs.readdirSync(folder).filter((f) => /\.(tsx|jsx)$/.test(f) && (args.length === 0 || args.some((a) => f.includes(a))));
  for (const name of files) {
    const file = path.join(folder, name);
    const [first, second = ""] = fs.readFileSync(file, "utf8").split("\n");
    if (!first.startsWith("// props:")) continue; // a module that others import
    total.components++;
    const props = first.slice(9).trim().split(/\s+/).filter(Boolean).map((p) => p.split(":"));
    const cases = combinations(props);
    const run = spawnSync(driver, [file], { input: cases.map((c) => `${encode(c)}\n`).join(""), encoding: "utf8", timeout: 60000, maxBuffer: 1 << 28 });
    const refused = /refused: (JX\d+)/.exec(second);
    if (refused) {
      if (run.status !== 3 || !run.stderr.includes(refused[1])) fail(file, `not refused with ${refused[1]}`);
      continue;
    }
    const lines = run.stdout.split("\n").slice(0, -1);
    if (run.status !== 0 || lines.length !== cases.length) {
      fail(file, `driver: ${run.signal ?? `exit ${run.status}`}\n${run.stderr.slice(0, 1500)}`);
      continue;
    }
    const Component = await load(file);
    cases.forEach((props, i) => {
      total.renders++;
      let want;
      try {
        want = Buffer.from(renderToStaticMarkup(React.createElement(Component, props))).toString("hex");
      } catch (error) {
        want = error;
      }
      const [code, got = ""] = lines[i].split(" ");
      if (code === "4") {
        total.passed++;
        if (!(want instanceof Error) && !second.includes("may: pass")) fail(file, `${show(props)} passes (${got}), React writes\n  ${Buffer.from(want, "hex")}`);
      } else if (want instanceof Error) {
        fail(file, `${show(props)}: React throws ${want.message}, got\n  ${Buffer.from(got, "hex")}`);
      } else if (want !== got) {
        fail(file, `${show(props)}\n  want ${Buffer.from(want, "hex").toString().slice(0, 1500)}\n  got  ${Buffer.from(got, "hex").toString().slice(0, 1500)}`);
      }
    });
  }
} finally {
  fs.rmSync(scratch, { recursive: true });
}
console.log(`${total.components} components, ${total.renders} renders, ${total.passed} passed on, ${total.failures} failures`);
process.exit(total.failures > 0 || total.components === 0 ? 1 : 0);
