// props: s:string n:number on:boolean
// may: pass
export default function Json({ s, n, on }: { s?: string; n?: number; on?: boolean }) {
  return <pre data-json={JSON.stringify({ s, n, on, list: [s, n, null], nested: { s } })}>{JSON.stringify([s, n, on], null, 2)}{JSON.stringify(s)}{JSON.stringify({ a: undefined })}</pre>;
}
