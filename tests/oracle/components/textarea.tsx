// props: value:string n:number
export default function Textareas({ value, n }: { value?: string; n?: number }) {
  return (
    <div>
      <textarea value={value} readOnly />
      <textarea defaultValue={value} name="t" />
      <textarea value={n} readOnly />
      <pre>{value}</pre>
      <pre>{n}</pre>
      <pre>{"\n"}{value}</pre>
      <pre>{value}{n}</pre>
      <listing>{value}</listing>
    </div>
  );
}
declare global { namespace JSX { interface IntrinsicElements { listing: any } } }
