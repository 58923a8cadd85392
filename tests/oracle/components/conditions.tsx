// props: n:number text:string on:boolean any:any
export default function Conditions({ n, text, on, any }: { n?: number; text?: string; on?: boolean; any?: any }) {
  let level;
  if (n === undefined) level = "none";
  else if (n > 100) level = "huge";
  else if (n >= 3) level = "some";
  else level = "few";
  switch (text) {
    case "plain": level += " plain"; break;
    default: level += " other";
    case "lg": level += " lg"; break;
    case "": return <p>empty {level}</p>;
  }
  if (on && !text) return null;
  return (
    <div>
      {n && <b>{n}</b>}{text && <i>{text}</i>}{on ? "yes" : "no"}{any ?? "nullish"}{any || "falsy"}{any && "truthy"}
      {n! > 2 && n! < 10 ? "in" : "out"}{!!text}{!text && "no text"}{text?.length}{typeof any}{level}{on === true && text === "7" ? "both" : null}
      {Number.isNaN(n) ? "NaN" : n}
    </div>
  );
}
