// props: caption:string n:number sort:string
const COLS = ["name", "size", "primary"] as const;
export default function Table({ caption, n = 2, sort }: { caption?: string; n?: number; sort?: string }) {
  return (
    <table className="t" cellPadding={n}>
      {caption ? <caption>{caption}</caption> : null}
      <colgroup><col span={n} /><col width="10" /></colgroup>
      <thead><tr>{COLS.map((c) => <th key={c} scope="col" aria-sort={c === sort ? "ascending" : "none"}>{c[0].toUpperCase() + c.slice(1)}</th>)}</tr></thead>
      <tbody>{[1, 2].map((r) => <tr key={r} className={r === n ? "hit" : undefined}>{COLS.map((c, i) => <td key={c} headers={c}>{r * i + n}</td>)}</tr>)}</tbody>
      <tfoot><tr><td colSpan={3}>{caption}</td></tr></tfoot>
    </table>
  );
}
