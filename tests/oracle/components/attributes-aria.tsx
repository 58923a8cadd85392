// props: on:boolean text:string any:any
export default function Aria({ on, text, any }: { on?: boolean; text?: string; any?: any }) {
  return (
    <div aria-hidden={on} aria-label={text} aria-current={any} data-on={on} data-text={text} data-any={any} role={text} title={any} id={any} lang={text} dir="ltr" translate={any} className={any}>
      {any}
    </div>
  );
}
