// props: text:string on:boolean
import { Children, cloneElement, isValidElement } from "react";
function List({ children }: { children?: any }) {
  return (
    <ul data-count={Children.count(children)}>
      {Children.map(children, (c, i) => <li key={i}>{isValidElement<any>(c) ? cloneElement(c, { className: `n${i}`, ...(c.props.title ? {} : { title: "t" }) }) : c}</li>)}
      {Children.toArray(children).length}
    </ul>
  );
}
export default function Kids({ text, on }: { text?: string; on?: boolean }) {
  return (
    <div>
      <List><b>1</b>{text}<i title="own">2</i>{null}{[<u key="u">3</u>, "s"]}</List>
      <List />
      <List>{on && <b>{text}</b>}</List>
      {cloneElement(<a href="/x">old</a>, { title: text }, "new", text)}
    </div>
  );
}
