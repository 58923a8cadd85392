// props: text:string on:boolean
const noop = () => {};
export default function Odd({ text, on }: { text?: string; on?: boolean }) {
  const odd: Record<string, unknown> = { "data-a": text, onclick: "x", onFoo: text, "bad name": 1, "2x": 2, "a\"b": 3, UPPER: text, "xml:lang": text, foo: on, bar: noop, baz: Symbol.iterator, suppressHydrationWarning: true };
  return (
    <label htmlFor={text} onClick={noop} accessKey={text} {...odd}>
      <meter {...{ "aria-x": noop, "data-y": Symbol.iterator, nonce: text, is: undefined }} />
    </label>
  );
}
