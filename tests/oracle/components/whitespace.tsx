// props: a:string
export default function White({ a }: { a?: string }) {
  return (
    <div>

      <b>x</b> <i>y</i>
      {a}
      {/* comment */}
      text   with	tab
      {" lead"}{"trail "}
      <br/>
      end&#x27;s &copy; &#169; &hellip;
    </div>
  );
}
