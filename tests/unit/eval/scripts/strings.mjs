const out = [];
const t = (f) => { try { return f(); } catch (e) { return e.name; } };
const texts = ["", "a", "Hello, World", "😀é", "\ud800x", "ß ﬁ İ Σας", "  pad\u00a0\ufeff", "a-b-c", "$&", "aaa"];
for (const s of texts) {
  out.push([s.length, s.slice(1, -1), s.substring(3, 1), s.substr(-2, 1), s.at(-1), s.charAt(0), s.charCodeAt(0), s.codePointAt(0), s[1], s[-1]]);
  out.push([s.trim(), s.trimStart(), s.trimEnd(), s.toUpperCase(), s.toLowerCase(), s.padStart(5, "ab"), s.padEnd(4), s.padStart(9, "")]);
  out.push([t(() => s.repeat(2)), t(() => s.repeat(-1)), s.split(""), s.split("-"), s.split("a", 2), [...s], s.concat(1, null)]);
  out.push([s.indexOf("a"), s.lastIndexOf("a"), s.includes("b"), s.startsWith("H"), s.endsWith("c"), s.replace("a", "[$&$`$']"), s.replaceAll("a", () => "$&"), s.replaceAll("", "-")]);
  out.push([t(() => encodeURIComponent(s)), t(() => encodeURI(s)), JSON.stringify(s), s.isWellFormed?.call(s) ?? null].slice(0, 3));
}
out.push(["abc".localeCompare("abd"), ["b", "a", "C"].sort(), ["b", "a", "C"].sort((a, b) => a.localeCompare(b)), [10, 9, 1].sort(), ["😀", "～"].sort()]);
out.push([decodeURIComponent("%E2%82%AC+%20"), t(() => decodeURIComponent("%C0%80")), t(() => decodeURIComponent("%")), decodeURI("%3B%20")]);
out.push(["a1b22".replace(/\d+/g, (m, at) => `<${m}@${at}>`), "x-y_z".split(/[-_]/), "aBc".match(/b/i), "a,b;c".split(/([,;])/), "2020-01".replace(/(\d+)-(\d+)/, "$2/$1"), /^a/.test("abc"), "aXbX".search(/X/), [..."a1b2".matchAll(/[a-z](\d)/g)].map((m) => m[1])]);
const sticky = /a/g; out.push([sticky.exec("aba").index, sticky.lastIndex, sticky.exec("aba").index, sticky.exec("aba"), String(/a\/b/gi), "x".replace(/(?<n>x)/, "[$<n>]")]);
out.push([`a${1}b${null}`, String.raw`\n${1}`, ((s, ...v) => s.raw.join("|") + v)`x${1}\ty`]);
out.push([String(Symbol("x")), String([1, [2, null]]), String({}), String(null), `${[]}`, [] + {}, [1] == 1, "b" > "a", "10" < "9", "10" < 9]);
out.push([String.fromCharCode(65, 0x1F600), String.fromCodePoint(0x1F600), escapeless("é")]);
function escapeless(s) { return s.normalize("NFD").length; }
export default out;
