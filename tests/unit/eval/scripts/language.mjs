const out = [];
const log = (...a) => out.push(a);
class A { #p = 1; static s = 5; x = 2; constructor(y) { this.y = y; } get p() { return this.#p; } set p(v) { this.#p = v; } m() { return "A" + this.x; } static make() { return new this(7); } static { this.t = 9; } }
class B extends A { constructor() { super(3); this.z = 4; } m() { return super.m() + "B"; } toString() { return "b!"; } }
const b = new B(); b.p = 10;
log(b.m(), b.p, b.y, b.z, `${b}`, A.make().y, A.t, A.s, B.s, b instanceof A, Object.keys(b), B.name, A.length);
function* gen(n) { let i = 0; try { while (i < n) { const got = yield i++; if (got) i += got; } } finally { log("closed"); } return "end"; }
const g = gen(5); log(g.next(), g.next(2), g.next(), g.next());
for (const v of gen(10)) { if (v > 1) break; log("v", v); }
log([...gen(3)], Array.from(gen(2), (x) => x * 2), Math.max(...gen(4)));
const { a, b: [c, ...rest], d = a + 1, ...others } = { a: 1, b: [2, 3, 4], e: 5, f: 6 };
log(a, c, rest, d, others);
label: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue label; if (i === 2) break label; log(i, j); } }
const fns = []; for (let i = 0; i < 3; i++) fns.push(() => i); log(fns.map((f) => f()));
var hoisted = typeof later; function later() {} log(hoisted);
try { null.x; } catch (e) { log(e.name, e instanceof TypeError); } finally { log("fin"); }
function f(x, y = x + 1, ...z) { return [x, y, z, arguments.length, f.length]; } log(f(1), f(1, 2, 3, 4));
switch (3) { case 1: log("one"); default: log("dflt"); case 2: log("two"); break; case 4: log("four"); }
log(typeof undefined_thing, typeof null, typeof (() => 1), void 0, null ?? 1, 0 || 2, "" && 3, undefined?.x.y.z, null?.[1], (() => {})?.());
let q = null; q ??= 5; q ||= 6; q &&= 7; log(q);
const o = { get x() { return this._x ?? "none"; }, set x(v) { this._x = v; }, ["k" + 1]: 1, __proto__: { inherited: 1 }, m() { return super.toString === Object.prototype.toString; } };
o.x = 4; log(o.x, o, o.inherited, o.m(), "inherited" in o, Object.hasOwn(o, "inherited"));
for (const k in { 2: 1, b: 1, 1: 1, a: 1, __proto__: { z: 1 } }) log(k);
log([1, , 3].length, 1 in [1, , 3], [1, , 3].map((x) => x * 2), [..."ab"].entries().next(), [3, 1, 2].toString(), [1, 2, 3].at(-1));
log([1, 2, 3, 4].reduce((s, x) => s + x), [[1, [2]], 3].flat(Infinity), [1, 2].flatMap((x) => [x, x]), [1, 2, 3].indexOf(2), [NaN].includes(NaN), [NaN].indexOf(NaN), [5, 1, 10].sort(), [1, 2, 3].fill(0, 1), [1, 2, 3].findLast((x) => x < 3), [3, 2, 1].toSorted?.() ?? 0, Array.isArray([]), Array.of(7), [1, 2, 3].splice(1, 1), [1, 2, 3].join("-"), [null, undefined, 1].join());
log(new Map([[1, "a"], ["x", 2]]).size, [...new Map([[1, 2]])], [...new Set([1, 1, NaN, NaN, 0, -0])].length, new Map([[NaN, 1]]).get(NaN), [...new Set("hello")].join(""));
const wm = new WeakMap(); const key = {}; wm.set(key, 1); log(wm.get(key), wm.has({}), wm.get({}));
log(JSON.stringify({ a: [1, { b: undefined, c: () => 1, d: null }], e: new Date(0), f: NaN, g: "\u2028\ud800" }), JSON.stringify([undefined]), JSON.stringify({ a: 1, b: [2] }, null, 2), JSON.parse('{"a":[1,2,{"b":-0}]}', (k, v) => (typeof v === "number" ? v + 1 : v)), JSON.stringify({ b: 1, a: 2 }, ["a"]));
log(Object.entries({ a: 1 }), Object.fromEntries([["x", 1]]), Object.assign({}, { a: 1 }, null, "hi"), Object.freeze([1]), Object.getOwnPropertyNames("ab"), { ...[1, 2], ...null, ..."x" });
const sym = Symbol.for("s"); log(Symbol.keyFor(sym), sym.description, { [sym]: 1 }[sym], Object.getOwnPropertySymbols({ [sym]: 1 }).length);
const p = new Proxy({ a: 1 }, { get: (t, k) => (k in t ? t[k] : "no " + String(k)), has: () => true }); log(p.a, p.zzz, "q" in p);
log(Reflect.ownKeys({ b: 1, [Symbol.iterator]: 2, 1: 3 }).length, Reflect.has({ x: 1 }, "x"), Reflect.construct(A, [4]).y);
log(new Date(0).toISOString(), new Date("2020-02-30T00:00:00Z").getTime(), new Date(2020, 1, 1).getMonth(), new Date(1e12).toLocaleDateString("en-US"), (1234567.891).toLocaleString(), new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" }).format(12.5));
log(Object.prototype.toString.call([]), Object.prototype.toString.call(null), Object.prototype.toString.call(() => 1), Object.prototype.toString.call(new Date(0)), String(function foo(a) { return a; }), (() => 1).name, (function () {}).name);
log(((x) => { if (x) return 1; return 2; })(0), (() => ({ a: 1 }))(), (function () { return this === undefined; })(), [1, 2, 3].map((x) => x ** 2), (a => b => a + b)(1)(2));
const bound = function (a, b) { return [this.v, a, b]; }.bind({ v: 1 }, 2); log(bound(3), bound.name, bound.length);
log(isNaN("x"), [..."aab"].filter((x, i, s) => s.indexOf(x) === i), "abc"["length"], delete { a: 1 }.a, (1, 2), new (class { constructor() { return { r: 1 }; } })(), !!"0", +"", -"5", +[], +{}, [] == false, null == undefined, null == 0);
log(Array.from({ length: 3 }, (_, i) => i), Array.from("ab"), new Array(3).length, new Array(3, 4), Array.from({ length: 2.9 }).length, Array.from(new Map([[1, 2]]).values()));
var getterCalls = 0; const lazy = { get v() { getterCalls++; Object.defineProperty(this, "v", { value: 42 }); return 42; } }; log(lazy.v, lazy.v, getterCalls);
do { var once = 1; } while (false); log(once);
log([3, 1, 2].sort((a, b) => b - a), ["x", "y"].keys().next().value, [..."xy"].reverse(), Object.is(-0, 0), [1, 2, 3].lastIndexOf(3), [[1, 2], [3]].map(([x, y = 9]) => x + y), new Error("m").message, String(new RangeError("r")), new Error("x", { cause: 1 }).cause);
export default out;
