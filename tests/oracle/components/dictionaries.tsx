// props: kind:string level:number
const ICONS = { info: "ℹ", warn: "⚠", error: "✖", primary: "★" } as Record<string, string>;
const TAGS = { 1: "h1", 2: "h2", 3: "h3" } as Record<number, any>;
const MAP = new Map([["info", { color: "blue" }], ["primary", { color: "red" }]]);
export default function Dict({ kind = "info", level = 1 }: { kind?: string; level?: number }) {
  const Tag = TAGS[level] ?? "p";
  const style = MAP.get(kind);
  return (
    <Tag style={style} data-known={Object.hasOwn(ICONS, kind)} data-in={["info", "lg"].includes(kind)}>
      {Object.hasOwn(ICONS, kind) ? ICONS[kind] : "?"}
      {{ a: "x", lg: <b>large</b> }[kind === "lg" ? "lg" : "a"]}
      {new Set(["info", "7"]).has(kind) ? "set" : "not"}
    </Tag>
  );
}
