// props: open:string depth:number
type Node = { name: string; kids?: Node[] };
const DATA: Node = { name: "root", kids: [{ name: "plain", kids: [{ name: "leaf <1>" }] }, { name: "lg" }, { name: "", kids: [] }] };
function Tree({ node, open, depth }: { node: Node; open?: string; depth: number }) {
  return <li className={node.name === open ? "open" : undefined} data-depth={depth}>{node.name || "?"}{node.kids && node.kids.length > 0 && <ul>{node.kids.map((k, i) => <Tree key={i} node={k} open={open} depth={depth + 1} />)}</ul>}</li>;
}
export default function Root({ open, depth = 0 }: { open?: string; depth?: number }) {
  return <ul><Tree node={DATA} open={open} depth={depth} /></ul>;
}
