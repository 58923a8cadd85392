// props: tags:string name:string
// may: pass
export default function Tags({ tags = "a,b", name = "" }: { tags?: string; name?: string }) {
  const initials = name.split(" of ").map((part) => part[0]).join("").toUpperCase();
  return (
    <ul title={initials} data-n={tags.split(",").length} data-first={tags.split(",")[0]} data-one={tags.split(",", 1).join()}>
      {tags.split(",").map((t, i) => <li key={i}>{t.trim() || "-"}</li>)}
      {tags.split(", ").filter(Boolean).join(" / ")}
      {name.split("/").pop()}{name.split("t").reverse().join("|")}
    </ul>
  );
}
