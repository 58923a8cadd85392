// props: title:string lang:string id:string
type Props = { title?: string; lang?: string; id?: string };

function Inner(props: Props & { className?: string }) {
  const merged = { ...props, title: "fixed" };
  const assigned: Record<string, unknown> = Object.assign({}, props);
  assigned.title = "late";
  const { id, ...rest } = props;
  return (
    <p {...props} className="c">
      <b {...merged}>{Object.keys(merged).join()}</b>
      <i {...assigned}>{JSON.stringify(assigned)}</i>
      <u id={id ?? "none"} {...rest} lang="en" />
    </p>
  );
}

export default function Spread({ title, lang, id }: Props) {
  const props: Props = {};
  if (title !== undefined) props.title = title;
  if (lang) props.lang = lang;
  if (id) props.id = id;
  return <Inner {...props} />;
}
