// props: url:string id:string
// may: pass
export default function Urls({ url, id }: { url?: string; id?: string }) {
  return (
    <nav>
      <a href={url}>1</a>
      <a href={`/items/${id}`}>2</a>
      <a href={"java" + url}>3</a>
      <a href={`${url}:${id}`}>4</a>
      <a href={`/q?s=${encodeURIComponent(url ?? "none")}`}>5</a>
      <form action={url}><button formAction={url}>x</button></form>
      <iframe src={url} title="f" />
      <object data={url} />
      <svg><use xlinkHref={url} href={url} /></svg>
    </nav>
  );
}
