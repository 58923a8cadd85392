// props: page:number total:number base:string
export default function Pagination({ page = 1, total = 5, base = "/list" }: { page?: number; total?: number; base?: string }) {
  const pages = [1, 2, 3, 4, 5].filter((p) => p <= total);
  const link = (p: number) => `${base}?page=${p}`;
  return (
    <nav aria-label="Pagination">
      {page > 1 ? <a rel="prev" href={link(page - 1)}>«</a> : <span>«</span>}
      <ol>{pages.map((p) => <li key={p}>{p === page ? <b aria-current="page">{p}</b> : <a href={link(p)}>{p}</a>}</li>)}</ol>
      {page < total && <a rel="next" href={link(page + 1)}>»</a>}
      <small>{`Page ${page} of ${total}`}{pages.length === 0 && " (empty)"}</small>
    </nav>
  );
}
