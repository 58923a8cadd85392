// props: a:string b:string on:boolean
type Props = { a?: string; b?: string; on?: boolean };
const Leaf = ({ a = "A", b, on = true, ...rest }: Props & Record<string, unknown>) => <i title={b} {...rest}>{a}{String(on)}{b ?? "nb"}</i>;
const Mid = (p: Props) => <Leaf {...p} data-x={p.a?.length} b={p.b || undefined} />;
export default function Optional(props: Props) {
  const { a, ...rest } = props;
  return <div><Mid {...props} /><Mid {...rest} /><Leaf a={a} /><Leaf {...rest} on={undefined} />{"a" in props ? "has" : "no"}{Object.keys(rest).length}</div>;
}
