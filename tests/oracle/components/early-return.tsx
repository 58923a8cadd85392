// props: status:string n:number
// may: pass
function Badge({ status, n }: { status?: string; n?: number }) {
  if (!status) return <i>none</i>;
  for (const known of ["primary", "lg", "7"]) {
    if (known === status) return <b>{known}</b>;
  }
  if (n === 0 || n == null) return undefined;
  try {
    if (n < 0) throw new Error("negative " + status);
    return <u>{status.slice(0, 5)}…</u>;
  } catch (e) {
    return <s>{(e as Error).message}</s>;
  }
}
export default function Early(props: { status?: string; n?: number }) {
  return <p><Badge {...props} /><Badge status={props.status} n={1} /></p>;
}
