// props: title:string stars:number sale:boolean
type Props = { title?: string; stars?: number; sale?: boolean };

export default function Card({ title = "Untitled", stars = 0, sale }: Props) {
  return (
    <article className={sale ? "card card--sale" : "card"} data-stars={stars} aria-hidden={sale}>
      <h2 title={title}>{title}</h2>
      {stars > 4 && <b>top</b>}
      <p>
        {stars} of {5} {sale ? "on sale" : null}
      </p>
    </article>
  );
}
