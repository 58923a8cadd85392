// props: id:string title:string
type Props = { id?: string; title?: string };

export default function Root(props: Props) {
  return (
    <a {...props} id="own">
      <b title="before" {...props} />
      {Object.entries(props).map(([k, v]) => `${k}=${v};`)}
    </a>
  );
}
