// props: s:string t:string
// may: pass
export default function Halves({ s = "", t = "" }: { s?: string; t?: string }) {
  const high = "\uD83D", low = "\uDE00";
  return <p title={s + low}>{high}{low}|{s}{low}|{high + t}|{`${high}${low}`}|{"\uD83D\uDE00".slice(0, 1)}{"\uDE00"}|{s}{t}</p>;
}
