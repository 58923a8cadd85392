// props: kind:string title:string closable:boolean count:number
const styles = { info: { background: "#eef", color: "navy" }, primary: { background: "#efe" } } as Record<string, React.CSSProperties>;
const Badge = ({ n, max = 99 }: { n: number; max?: number }) => (n <= 0 ? null : <sup className="badge">{n > max ? `${max}+` : n}</sup>);
export default function Alert({ kind = "info", title, closable = false, count = 0 }: { kind?: string; title?: string; closable?: boolean; count?: number }) {
  const own = Object.prototype.hasOwnProperty.call(styles, kind);
  return (
    <div role="alert" className={`alert alert-${kind}${closable ? " alert-dismissible" : ""}`} style={{ padding: 8, ...(own ? styles[kind] : {}) }}>
      {title ? <strong>{title}</strong> : "Notice"}<Badge n={count} />{closable && <button type="button" aria-label="Close">×</button>}
    </div>
  );
}
