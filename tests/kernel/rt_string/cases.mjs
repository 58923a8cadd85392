// Writes random and hostile cases for the runner: node cases.mjs SEED COUNT.
// COUNT is cases per operation. The expectation is what this JavaScript engine
// computes; "!" where it throws, "?" in front where the library may pass.

let state = (Number(process.argv[2] ?? 1) >>> 0) || 1;
const count = Number(process.argv[3] ?? 1000);
const random = (n) => {
  state ^= state << 13; state >>>= 0;
  state ^= state >>> 17;
  state ^= state << 5; state >>>= 0;
  return state % n;
};
const pick = (list) => list[random(list.length)];

const alphabets = [
  [..."abcdefghij"], [..."aAbBzZ@[`{ 09_"], [..."aab"], [..."ab$&'`1<"],
  [..."\"&'<>xyz;#"], [..." \t\n\v\f\r\0\x1f\x7fa"], [..."a,b,"],
  [..."aé€😀ß"], [..."éàÿ÷×ñµÿŸ"], [..."αβγΣσςΩάΈ"], [..."приветЁёѐЉ"], [..."한국어가"],
  [..."日本語、。あ"], ["\u{10000}", "\u{1f600}", "\u{10ffff}", "\u{e000}", "\uffff", "\ud7ff", "z"],
  ["\ud83d", "\ude00", "\ud800", "\udfff", "a", "é", "\uffff", "\u{10000}"],
  [..." \u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\u0085\u180e\u200b\u200c\u00a1a"],
  [..."%2041aAfFgC3%%"], [..."javascript:\n\t\r "], [..."/?#[]@!$&'()*+,;=-._~ %\\\""],
  [..."ſıİKÅŉǰßﬁΐ"], [..."ÀÈÌàèìĀāıİĸŁłŻżſ"], [..."аАяЯѠѡҐґӀӏӁӂ"],
];
const word = () => {
  const text = longWord();
  if (random(1000) === 0) return text.repeat(1 + 8000 / (text.length + 1)).slice(0, 8000);
  return text.length > 3000 ? text.slice(0, 3000) : text;
};
const longWord = () => {
  if (random(12) === 0) return "";
  const letters = pick(alphabets);
  const length = pick([1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 40, 63, 64, 65, 100]);
  let text = "";
  const n = 1 + random(length);
  for (let i = 0; i < n; i++) text += pick(letters);
  if (random(4) === 0) text += word();
  if (random(40) === 0) text = text.repeat(1 + random(20));
  return text;
};
const piece = (text) => {
  const from = random(text.length + 1);
  return text.slice(from, from + pick([0, 1, 1, 2, 3, 8, 9, 20]));
};
const needle = (text) => (random(3) ? piece(text) : word());
const number = (near = 10) =>
  pick([
    () => random(near + 3), () => random(near + 3), () => random(near + 3), () => -random(near + 3),
    () => random(near + 3) + random(8) / 8, () => -random(near + 3) - random(8) / 8,
    () => pick([NaN, Infinity, -Infinity, 0, -0, 0.5, -0.5, 0.999, -0.999, 2 ** 31, -(2 ** 31),
      2 ** 32, 2 ** 32 + 1, -(2 ** 32), 2 ** 53, 1e300, -1e300, 5e-324, 4294967295, 65536, 2 ** 31 - 1]),
  ])();

const encodeText = (text) => {
  const bytes = [];
  for (const c of text) {
    const p = c.codePointAt(0);
    if (p < 0x80) bytes.push(p);
    else if (p < 0x800) bytes.push(0xc0 | (p >> 6), 0x80 | (p & 63));
    else if (p < 0x10000) bytes.push(0xe0 | (p >> 12), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63));
    else bytes.push(0xf0 | (p >> 18), 0x80 | ((p >> 12) & 63), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63));
  }
  return Buffer.from(bytes).toString("hex");
};
const encode = (value) => {
  if (typeof value === "string") return "s" + encodeText(value);
  if (typeof value === "boolean") return value ? "b1" : "b0";
  if (Array.isArray(value)) return "l" + value.map(encode).join(",");
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(value);
  return "n" + bits.toString("hex");
};
const ascii = (...args) => args.flat().every((a) => typeof a !== "string" || /^[\0-\x7f]*$/.test(a));
const lines = [];
// May the function pass on these arguments? Never, unless said.
const emit = (op, args, compute, mayPass = false) => {
  let expected;
  try {
    expected = (mayPass ? "?" : "") + encode(compute(...args));
  } catch {
    expected = "!";
  }
  lines.push([op, ...args.map(encode), expected].join("\t"));
};
const each = (op, makeArgs, compute, mayPass = () => false) => {
  for (let i = 0; i < count; i++) {
    const args = makeArgs();
    emit(op, args, compute, mayPass(...args));
  }
};

const one = () => [word()];
const sn = () => { const s = word(); return [s, number(s.length)]; };
const snn = () => { const s = word(); return [s, number(s.length), number(s.length)]; };
const two = () => {
  const s = word();
  return pick([() => [s, s], () => [s, word()], () => [s, s + word()], () => [s, piece(s)],
    () => [s + word(), s + word()]])();
};
const html = (s) =>
  s.replace(/["&'<>]/g, (c) => ({ '"': "&quot;", "&": "&amp;", "'": "&#x27;", "<": "&lt;", ">": "&gt;" })[c]);

each("StrTruthy", one, (s) => !!s);
each("StrLength", one, (s) => s.length);
each("StrEq", two, (a, b) => a === b);
each("StrLt", two, (a, b) => a < b);
each("StrCompare", two, (a, b) => (a < b ? -1 : a > b ? 1 : 0));
each("Concat2", two, (a, b) => a + b);
each("CharAt", sn, (s, i) => s.charAt(i));
each("CharCodeAt", sn, (s, i) => s.charCodeAt(i));
each("CodePointAt", sn, (s, i) => s.codePointAt(i) ?? NaN);
const code = () => [pick([number(128), number(0x11000), number(0x120000), -number(0x20000), number(2 ** 34)])];
each("FromCharCode", code, (n) => String.fromCharCode(n));
each("FromCodePoint", code, (n) => String.fromCodePoint(n));
each("Slice", snn, (s, a, b) => s.slice(a, b));
each("Substring", snn, (s, a, b) => s.substring(a, b));
each("Substr", snn, (s, a, b) => s.substr(a, b));
each("Trim", one, (s) => s.trim());
each("TrimStart", one, (s) => s.trimStart());
each("TrimEnd", one, (s) => s.trimEnd());
each("HtmlEscape", one, html);
const edgy = (needle) => /^[\ud800-\udfff]|[\ud800-\udfff]$/.test(needle);
const search = () => {
  const s = word(), n = needle(s);
  return [s, n, random(2) ? 0 : number(s.length)];
};
// A needle with half a pair at an end may pass on text beyond ASCII.
const mayPass = (s, n) => !ascii(s) && edgy(n);
each("StrIncludes", search, (s, n, at) => s.includes(n, at), mayPass);
each("StrStartsWith", () => {
  const [s, n, at] = search();
  return pick([() => [s, n, at], () => [s, s.slice(0, random(20)), 0], () => [s, s.slice(at), at]])();
}, (s, n, at) => s.startsWith(n, at), mayPass);
each("StrEndsWith", () => {
  const [s, n, at] = search();
  return pick([() => [s, n, at], () => [s, s.slice(-random(20)), Infinity], () => [s, s.slice(0, at), at]])();
}, (s, n, at) => s.endsWith(n, at), mayPass);
each("IndexOf", search, (s, n, at) => s.indexOf(n, at), mayPass);
each("LastIndexOf", search, (s, n, at) => s.lastIndexOf(n, at), mayPass);
// Quadratic time for a simple search: must end soon, by passing if need be.
for (const n of ["a".repeat(3000) + "b", "b" + "a".repeat(3000), "a".repeat(1500) + "b" + "a".repeat(1500)])
  for (const op of ["indexOf", "lastIndexOf"])
    emit(op[0].toUpperCase() + op.slice(1), ["a".repeat(8000), n, Infinity * (op === "indexOf" ? -1 : 1)], (s, x, at) => s[op](x, at), true);
const blocked = /^[\u0000-\u001F ]*j[\r\n\t]*a[\r\n\t]*v[\r\n\t]*a[\r\n\t]*s[\r\n\t]*c[\r\n\t]*r[\r\n\t]*i[\r\n\t]*p[\r\n\t]*t[\r\n\t]*:/i;
each("IsJsUrl", () => {
  let url = "";
  for (const c of "javascript:") {
    url += random(60) ? pick([c, c, c.toUpperCase()]) : pick(["", "x", "ſ", "\x1a"]);
    if (!random(8)) url += pick(["\n", "\t\r", "\r"]);
    if (!random(80)) url += pick([" ", "\x0b", "\u00a0", "\0"]);
  }
  return [pick(["", " ", "\0\x1f \n", "\x01", random(4) ? "" : "\u00a0"]) + url + word()];
}, (s) => blocked.test(s));
each("StrIsWellFormed", one, (s) => s.isWellFormed());
each("ToWellFormed", one, (s) => s.toWellFormed());
// Case mapping passes where no rule is known, never for ASCII.
each("Upper", one, (s) => s.toUpperCase(), (s) => !ascii(s));
each("Lower", one, (s) => s.toLowerCase(), (s) => !ascii(s));
for (let c = 0x80; c < 0x110000; c++) {
  if (c > 0x20000 && c < 0x10fff0) continue;
  const s = String.fromCodePoint(c);
  emit("Upper", [s], (x) => x.toUpperCase(), true);
  emit("Lower", [s], (x) => x.toLowerCase(), true);
}
for (const left of ["", "a", " ", "Σ", "é", "я", ".", "\u0301", "字", "1"])
  for (const right of ["", "b", "-", "Σ", "Ω", "Я", "'", "\u0301", "字", "\u{1d400}"])
    emit("Lower", [left + "Σ" + right], (x) => x.toLowerCase(), true);
const pad = () => {
  const s = word();
  return [s, number(s.length + 20), pick([" ", "0", "ab", "", "-=-", word(), word()])];
};
const padPasses = (s, n, filler) => n > 30000 || /^[\udc00-\udfff]/.test(filler);
each("PadStart", pad, (s, n, filler) => s.padStart(n, filler), padPasses);
each("PadEnd", pad, (s, n, filler) => s.padEnd(n, filler), padPasses);
each("Repeat", () => [word(), number(12)], (s, n) => (n > 2 ** 20 && n < Infinity && s ? "?" : s.repeat(n)),
  (s, n) => n * s.length > 30000 || /^[\udc00-\udfff]/.test(s));
const replacement = () => {
  let text = pick(["", "", word()]);
  for (let i = random(6); i > 0; i--) text += pick(["$$", "$&", "$`", "$'", "$1", "$0", "$", "$<a>", "x", "é", "\ude00", "\ud83d", "$$&"]);
  return text;
};
const replacing = () => {
  const s = word();
  return [s, needle(s), replacement()];
};
each("Replace", replacing, (s, n, r) => s.replace(n, r), mayPass);
each("ReplaceAll", replacing, (s, n, r) => s.replaceAll(n, r),
  (s, n, r) => mayPass(s, n) || (!n && r.includes("$") && /[\ud800-\udbff][\udc00-\udfff]/.test(s)) || s.replaceAll(n, r).length > 30000);
each("EncodeURIComponent", one, (s) => encodeURIComponent(s));
each("EncodeURI", one, (s) => encodeURI(s));
const percent = () => {
  let text = random(3) ? "" : word();
  for (let i = random(6); i > 0; i--) {
    text += pick([() => encodeURIComponent(word().toWellFormed()), () => "%" + random(256).toString(16).padStart(2, "0"),
      () => pick(["%e0%a0%80", "%ed%9f%bf", "%ED%A0%80", "%f4%8f%bf%bf", "%f4%90%80%80", "%f0%90%80%80", "%f0%8f%bf%bf",
        "%e0%9f%bf", "%c1%bf", "%c2%80", "%c2", "%e2%82", "%e2%82%ac", "+", "%", "%2", "%g0", "%c2a", "%80", "%f8%88%80%80%80"])])();
  }
  return [text];
};
each("DecodeURIComponent", percent, (s) => decodeURIComponent(s));
each("DecodeURIComponent", () => [encodeURIComponent(word().toWellFormed())], (s) => decodeURIComponent(s));
each("JsonQuote", one, (s) => JSON.stringify(s));
// Lists: at most 1,024 elements, beyond which the library may pass.
const limit = () => pick([4294967295, 4294967295, 4294967295, random(5), number(10)]);
const splitting = () => {
  const s = word();
  return [s, random(4) ? needle(s) : pick(["", ",", s]), limit()];
};
each("Split", splitting, (s, n, max) => s.split(n, max),
  (s, n, max) => mayPass(s, n) || s.split(n, max).length > 1000);
each("CodePoints", one, (s) => [...s], (s) => [...s].length > 1024);
each("Range", () => [number(40)], (n) => (n > 1024 ? "?" : Array.from({ length: n }, (_, i) => i)), (n) => n > 1024);
const strings = () => Array.from({ length: random(4) ? random(6) : random(60) }, () => (random(3) ? pick(["", "a", "b", "é", "\ud83d", "\ude00"]) : word().slice(0, 40)));
const numbers = () => Array.from({ length: random(20) }, () => number(5));
const list = () => pick([strings, numbers])();
each("ListSlice", () => { const l = list(); return [l, number(l.length), number(l.length)]; }, (l, a, b) => l.slice(a, b));
each("ListReverse", () => [list()], (l) => [...l].reverse());
each("ListConcat", () => [list(), list()], (a, b) => a.concat(b));
each("Join", () => [strings(), pick(["", ",", ", ", "\ude00", word().slice(0, 20)])], (l, by) => l.join(by));
each("ListLength", () => [list()], (l) => l.length);
const at = (l) => { const i = number(l.length); return [l, i]; };
const inside = (l, i) => { if (l[i] === undefined) throw 0; return l[i]; };
each("ListAtStr", () => at(strings()), inside);
each("ListAtNum", () => at(numbers()), inside);
each("ListIncludesStr", () => { const l = strings(); return [l, l.length && random(2) ? pick(l) : word()]; }, (l, s) => l.includes(s));
each("ListIndexOfStr", () => { const l = strings(); return [l, l.length && random(2) ? pick(l) : word()]; }, (l, s) => l.indexOf(s));
each("ListIncludesNum", () => { const l = numbers(); return [l, l.length && random(2) ? pick(l) : number()]; }, (l, n) => l.includes(n));
each("ListNew", () => [list()], (l) => l);
each("ListNewLike", () => [list()], (l) => l);
each("EmitRaw", one, (s) => s);
each("EmitHtml", one, html);
each("FixLone", one, (s) => s.toWellFormed());
// Halves that were written apart join again.
for (let i = 0; i < count; i++) {
  const parts = [word(), word(), word(), word()].map((s) => s + pick(["\ud83d", ""]));
  const raw = parts.map((s) => encodeText(s)).join("");
  lines.push(["FixLone", "s" + raw, encode(parts.join("").toWellFormed())].join("\t"));
}

process.stdout.write(lines.join("\n") + "\n");
