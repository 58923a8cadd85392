// props: current:number word:string
const ITEMS = [{ id: 1, name: "One" }, { id: 2, name: "Two & <three>" }, { id: 3, name: "'Q'" }];
export default function Loops({ current = 1, word }: { current?: number; word?: string }) {
  const rows = [];
  for (let i = 0; i < 3; i++) { if (i === 1 && word === "") continue; rows.push(<tr key={i}><td>{i * current}</td></tr>); }
  const table: Record<string, number> = {};
  for (const { id, name } of ITEMS) table[name] = id;
  let s = ""; let k = 0;
  while (k < 4) { s += k % 2 ? "-" : word ?? "."; k++; }
  do { k--; } while (k > 2);
  return (
    <div>
      <ul>{ITEMS.map((it, i) => <li key={it.id} aria-current={it.id === current ? "page" : undefined} className={i % 2 ? "odd" : "even"}>{it.name}{i < ITEMS.length - 1 && ", "}</li>)}</ul>
      <table><tbody>{rows}</tbody></table>
      {Object.entries(table).map(([n, id]) => <p key={n}>{n}:{id}</p>)}
      {Array.from({ length: 5 }, (_, i) => <i key={i} className={i < current ? "full" : "empty"} />)}
      {[...Array(3).keys()].reverse().join()}{s}{k}
      {ITEMS.filter((x) => x.id > current).map((x) => x.name).join("; ")}
      {ITEMS.find((x) => x.id === current)?.name}{ITEMS.some((x) => x.name === word) ? "some" : "none"}
      {[3, 1, 2].sort((a, b) => a - b).reduce((a, b) => a + b * current, 0)}
    </div>
  );
}
