// props: title:string desc:string on:boolean
export default function Hoisted({ title, desc, on }: { title?: string; desc?: string; on?: boolean }) {
  return (
    <article>
      <title>{title}</title>
      <meta name="description" content={desc} />
      {on && <meta property="og:title" content={title} />}
      <link rel="canonical" href={`/p/${desc}`} />
      <link rel="stylesheet" href="/t.css" />
      <script async src="/x.js" />
      <script>{"var a = 1 < 2 && '</script>'"}</script>
      <style>{".a > b { color: red }"}</style>
      <p>{desc}</p>
    </article>
  );
}
