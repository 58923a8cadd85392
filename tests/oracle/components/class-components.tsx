// props: text:string n:number
import { Component, PureComponent, createContext, createRef } from "react";
const Ctx = createContext("ctx");
class Base extends Component<{ text?: string; n: number }, { count: number }> {
  static defaultProps = { n: 4 };
  static contextType = Ctx;
  ref = createRef<HTMLParagraphElement>();
  state = { count: this.props.n + 1 };
  static getDerivedStateFromProps(props: any, state: any) { return props.n > 2 ? { derived: state.count * 2 } : null; }
  componentDidMount() { throw new Error("never"); }
  label = () => `${this.props.text}/${this.state.count}`;
  render() { return <p ref={this.ref} title={this.label()}>{this.context as string}{(this.state as any).derived}{this.props.children}</p>; }
}
class Derived extends Base { render() { return <section>{super.render()}</section>; } }
class Pure extends PureComponent<any> { constructor(p: any) { super(p); this.state = { a: p.text }; } UNSAFE_componentWillMount() { this.setState((s: any) => ({ b: s.a + "!" })); } render() { return <i>{(this.state as any).b}</i>; } }
export default function Classes({ text, n }: { text?: string; n?: number }) {
  return <div><Base text={text} n={n as number}>kid</Base><Derived text="d" n={2} /><Pure text={text} /></div>;
}
