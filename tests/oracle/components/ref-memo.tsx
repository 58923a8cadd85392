// props: text:string on:boolean
import { forwardRef, memo } from "react";
const Input = forwardRef<HTMLInputElement, { label?: string; size?: string }>(function Input({ label, ...rest }, ref) {
  return <label>{label}<input ref={ref} {...rest} /></label>;
});
const Memo = memo(({ a }: { a?: string }) => <b>{a}</b>, () => true);
const MemoRef = memo(forwardRef((p: any, r: any) => <u data-r={String(r)}>{p.a}</u>));
export default function Refs({ text, on }: { text?: string; on?: boolean }) {
  return <div><Input label={text} name={text} disabled={on} /><Memo a={text} /><MemoRef a={on ? text : "off"} /></div>;
}
