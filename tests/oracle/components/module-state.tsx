// props: a:string on:boolean
let counter = 0;
const cache = new Map<string, string>();
const once = (() => { let v: string | undefined; return (s: string) => (v ??= s + "!"); })();
export default function State({ a, on }: { a?: string; on?: boolean }) {
  let local = 0;
  const bump = () => ++local;
  bump();
  if (on) bump();
  const acc: string[] = [];
  const add = (s?: string) => { if (s) acc.push(s); return acc.length; };
  add("first"); add(a); if (on) add("on");
  return <p>{local}{bump()}{acc.join("|")}{add("late")}{acc.length}</p>;
}
void counter; void cache; void once;
