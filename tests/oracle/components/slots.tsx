// props: title:string footer:string on:boolean
import type { ReactNode } from "react";
function Panel({ header, children, footer, as: As = "section" }: { header?: ReactNode; children?: ReactNode; footer?: ReactNode; as?: any }) {
  return <As>{header && <header>{header}</header>}{children}{footer ? <footer>{footer}</footer> : <hr />}</As>;
}
const Render = ({ children }: { children: (x: string) => ReactNode }) => <>{children("called")}</>;
export default function Slots({ title, footer, on }: { title?: string; footer?: string; on?: boolean }) {
  return (
    <Panel header={title} footer={footer} as={on ? "aside" : undefined}>
      <Panel as={Panel} header={<b>{title}</b>} />
      <Render>{(x) => <p>{x}{footer}</p>}</Render>
      {on ? [<i key="1">1</i>, " ", <i key="2">2</i>] : "off"}
    </Panel>
  );
}
