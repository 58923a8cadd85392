// props: a:string on:boolean
// may: pass
function* parts(a: string) { yield a; yield* ["x", "y"]; return 1; }
const iterable = { *[Symbol.iterator]() { yield "i1"; yield <b key="b">i2</b>; } };
class Stack<T> { #items: T[] = []; push(...x: T[]) { this.#items.push(...x); return this; } get top() { return this.#items.at(-1); } static of<T>(...x: T[]) { return new Stack<T>().push(...x); } }
export default function Gen({ a = "d", on }: { a?: string; on?: boolean }) {
  const [first, ...rest] = parts(a);
  const { x: { y = 5 } = {} as any, ...others } = { z: a, w: on };
  const fn = ({ p, q: [r] = ["dflt"] }: any = {}, ...more: any[]) => `${p}${r}${more.length}`;
  return <div>{iterable as any}{first}{rest}{Stack.of(1, 2, a).top}{y}{Object.values(others).map(String)}{fn({ p: a }, 1, 2)}{fn()}{[...new Set([a, "x", a])].length}{((...xs: any[]) => xs.length)(...[1, 2], ..."ab")}</div>;
}
