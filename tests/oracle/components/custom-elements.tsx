// props: text:string on:boolean n:number
declare module "react" { namespace JSX { interface IntrinsicElements { "my-card": any; "x-y": any } } }
export default function Custom({ text, on, n }: { text?: string; on?: boolean; n?: number }) {
  return (
    <my-card className={text} class="c" htmlFor="f" onClick={() => {}} heading={text} open={on} count={n} obj={{ a: 1 }} fn={() => 1} style={{ top: n }} dangerouslySetInnerHTML={undefined}>
      <x-y some-prop={text} camelCase={n} nothing={null} key="k" />{text}
      <slot name={text} />
    </my-card>
  );
}
