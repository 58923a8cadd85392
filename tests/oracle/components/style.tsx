// props: n:number text:string on:boolean
export default function Style({ n, text, on }: { n?: number; text?: string; on?: boolean }) {
  return (
    <div style={{ width: n, height: 10, opacity: n, color: text, zIndex: 0, margin: 0, "--gap": n, "--name": text, WebkitLineClamp: n, msTransform: text, backgroundImage: text && `url("${text}")` }}>
      <p style={{ display: on ? "none" : undefined, lineHeight: 1.5, flexGrow: n, fontSize: on ? 12 : "1em" }} />
      <b style={on ? { color: "red" } : undefined}>b</b>
      <i style={{}}>i</i>
      <u style={{ color: null as unknown as string, padding: "" }}>u</u>
      <s style={{ ...(on && { top: 1 }), left: n }}>s</s>
    </div>
  );
}
