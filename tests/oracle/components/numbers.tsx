// props: n:number m:number s:string
// may: pass
export default function Numbers({ n = 0, m = 1, s = "" }: { n?: number; m?: number; s?: string }) {
  return (
    <dl>
      <dd>{n + m} {n - m} {n * m} {n / m} {n % m} {-n} {+s} {Number(s)} {parseInt(s, 10)} {parseFloat(s)}</dd>
      <dd>{Math.round(n)} {Math.floor(n)} {Math.ceil(m)} {Math.abs(n)} {Math.min(n, m)} {Math.max(n, m, 3)} {Math.trunc(m)} {Math.sign(n)} {Math.sqrt(m)}</dd>
      <dd>{n.toFixed(2)} {String(m)} {n | 0} {n & 3} {n ^ m} {n << 2} {n >> 1} {m >>> 1} {~n}</dd>
      <dd>{n > m ? "gt" : "le"} {n === m ? "eq" : "ne"} {Object.is(n, -0) ? "-0" : "ok"} {1 / n} {Number.isInteger(n) ? "int" : "no"} {isNaN(m) ? "nan" : "num"} {n == (s as any) ? "loose" : "not"}</dd>
      <dd>{n.toString()} {`${m}`} {n + s} {Math.round(n * 100) / 100} {Math.min(Math.max(n, 0), 5)} {Number.isFinite(n) && n > 0 ? (n / 100).toFixed(1) + "%" : "-"}</dd>
    </dl>
  );
}
