// props: a:string
// refused: JX1304
export default function P({ a }: { a?: string }) {
  return <p>{a}<link rel="stylesheet" href="/s.css" precedence="default" /></p>;
}
