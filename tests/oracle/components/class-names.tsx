// props: variant:string size:string active:boolean n:number
function cx(...args: any[]): string {
  return args.flatMap((a) => (!a ? [] : typeof a === "string" || typeof a === "number" ? [a] : Array.isArray(a) ? [cx(...a)] : Object.keys(a).filter((k) => a[k]))).filter(Boolean).join(" ");
}
const sizes: Record<string, string> = { sm: "btn-sm", lg: "btn-lg" };
export default function Names({ variant = "primary", size, active, n = 0 }: { variant?: string; size?: string; active?: boolean; n?: number }) {
  return (
    <button className={cx("btn", `btn-${variant}`, active && "active", { big: n > 3, zero: n === 0 }, [size && sizes[size]])}>
      <i className={["icon", active ? "on" : "off", size].filter(Boolean).join(" ")} />
      <b className={`a ${active ? "b" : ""} ${n > 1 ? "many" : "one"}`.trim()} />
    </button>
  );
}
