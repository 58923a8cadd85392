// props: a:string n:number any:any
export default function Texts({ a, n, any }: { a?: string; n?: number; any?: any }) {
  return (
    <p>
      {a}{n} text&nbsp;&amp;{"&amp;"} {a} &lt;{any}&gt; {"quote ' \" end"}
      {" "}{0}{-0}{""}{null}{true}{NaN}{1e21}{10n}{[a, n]}
      multi
      line {`t${a}`}   spaces
    </p>
  );
}
