// props: on:boolean text:string
import { useId } from "react";
const Field = ({ label, children }: { label?: string; children?: any }) => {
  const id = useId();
  const other = useId();
  return <div><label htmlFor={id}>{label}</label><input id={id} aria-describedby={other} />{children}</div>;
};
export default function Ids({ on, text }: { on?: boolean; text?: string }) {
  return (
    <form>
      <Field label={text} />
      {["a", "b", "c"].map((x) => <Field key={x} label={x}><Field /></Field>)}
      {on ? <Field label="on" /> : null}
      <Field><><Field /></></Field>
    </form>
  );
}
