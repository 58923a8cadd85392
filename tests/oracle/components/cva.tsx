// props: intent:string size:string disabled:boolean
function cva(base: string, config: any) {
  return (props: any) => {
    const classes = [base];
    for (const key of Object.keys(config.variants)) {
      const value = props[key] ?? config.defaultVariants[key];
      const table = config.variants[key];
      const hit = Object.keys(table).find((k) => k === String(value));
      if (hit !== undefined) classes.push(table[hit]);
    }
    for (const c of config.compoundVariants) {
      const { class: cls, ...rest } = c;
      if (Object.entries(rest).every(([k, v]) => (props[k] ?? config.defaultVariants[k]) === v)) classes.push(cls);
    }
    return classes.join(" ");
  };
}
const button = cva("btn", { variants: { intent: { primary: "p", plain: "q" }, size: { sm: "s", lg: "l" }, disabled: { true: "dis", false: "" } }, defaultVariants: { intent: "primary", size: "sm", disabled: false }, compoundVariants: [{ intent: "primary", size: "lg", class: "pl" }] });
export default function Cva({ intent, size, disabled }: { intent?: string; size?: string; disabled?: boolean }) {
  return <button className={button({ intent, size, disabled })} disabled={disabled}>{intent}</button>;
}
