// props: value:string n:number
export default function Select({ value, n }: { value?: string; n?: number }) {
  return (
    <div>
      <select value={value} onChange={() => {}}>
        <option value="primary">Primary</option>
        <option>plain</option>
        <option value="">None</option>
        <optgroup label="more">
          <option value={7}>seven</option>
          <option value={value}>own</option>
        </optgroup>
      </select>
      <select defaultValue={n}>{[0, 1, 2, 3].map((x) => <option key={x}>{x}</option>)}</select>
      <select multiple defaultValue={["a", "7"]}>
        <option>a</option>
        <option value="b">b</option>
        <option value={n}>n</option>
      </select>
      <select value={value} disabled><option>a {value}</option></select>
    </div>
  );
}
