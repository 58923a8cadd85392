// props: a:string b:string on:boolean
export default function Sep({ a, b, on }: { a?: string; b?: string; on?: boolean }) {
  return <p>{a}{b}{on && a}{[a, b]}{[[a], [b]]}<>{a}{b}</>{on ? a : b}{`${a}${b}`}{a} {b}</p>;
}
