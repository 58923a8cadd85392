// props: value:string on:boolean any:any
export default function Inputs({ value, on, any }: { value?: string; on?: boolean; any?: any }) {
  return (
    <p>
      <input type="text" name={value} value={value} defaultValue="d" onChange={() => {}} />
      <input defaultValue={value} type={value} />
      <input checked={on} defaultChecked={!on} type="radio" readOnly />
      <input value={any} onChange={() => {}} />
      <input {...{ checked: any, value: null as any }} />
      <button type="button" name="b" value={value}>{any}</button>
    </p>
  );
}
