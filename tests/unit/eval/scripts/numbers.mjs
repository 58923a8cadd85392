const out = [];
const t = (f) => { try { return String(f()); } catch (e) { return e.name; } };
const numbers = [0, -0, 1, -1, 0.1, 1.005, 2.5, -2.5, 1e21, 1e-7, 123456789.125, 5e-324, 1.7976931348623157e308, NaN, Infinity, -Infinity, 4294967296.5, 0.49999999999999994, 255, -255.5, 1e300];
for (const n of numbers) {
  for (const d of [0, 1, 2, 10, 20]) out.push(["fixed", t(() => n.toFixed(d))]);
  for (const d of [1, 2, 5, 21]) out.push(["precision", t(() => n.toPrecision(d))]);
  for (const d of [0, 3, undefined]) out.push(["exponential", t(() => n.toExponential(d))]);
  for (const r of [2, 3, 16, 36]) out.push(["radix", t(() => n.toString(r))]);
  out.push(["round", String(n), Math.round(n), Math.floor(n), Math.ceil(n), Math.trunc(n), Math.sign(n), Math.abs(n), n | 0, n >>> 0, ~n, n << 3, Object.is(Math.round(n), -0)]);
  for (const m of numbers) out.push([n + m, n - m, n * m, n / m, n % m, n < m, n <= m, n == m, Math.max(n, m), Math.min(n, m), n & m, n ^ m]);
}
for (const s of ["", " ", "12", "0x1F", "-0x1F", "1e3", ".5", "5.", "+5", "1_000", "Infinity", "inf", "1n", "0b101", "0o17", "\u2028 7 \ufeff", "12px", "3.14abc", "-", "e5", "0x"]) {
  out.push([s, String(Number(s)), parseInt(s), parseFloat(s), parseInt(s, 16), parseInt(s, 10), parseInt(s, 2)]);
}
out.push(["map", ["1", "2", "3"].map(parseInt)]);
out.push([1 ** Infinity, NaN ** 0, 2 ** 10, 2 ** -1, (-2) ** 3, 0 ** 0, 7 ** 0.5]);
out.push([Number.isInteger(5), Number.isSafeInteger(2 ** 53), Number.EPSILON, (25).toString(2), Number("12") + 1]);
out.push([String(10n ** 30n), (5n * 3n).toString(), String(BigInt("123") + 1n), 5n > 3, 2n == 2, typeof 1n]);
export default out;
