// props: theme:string on:boolean
import { createContext, useContext, use } from "react";
const Theme = createContext("light");
const Count = createContext({ n: 1 });
const Show = () => <i>{useContext(Theme)}{use(Count).n}</i>;
export default function Context({ theme, on }: { theme?: string; on?: boolean }) {
  return (
    <Theme.Provider value={theme ?? "none"}>
      <Show />
      <Count value={{ n: on ? 2 : 3 }}><Show /></Count>
      <Theme value="inner"><Theme.Consumer>{(t) => <b>{t}</b>}</Theme.Consumer></Theme>
      {on ? <Theme.Provider value="cond"><Show /></Theme.Provider> : <Show />}
      <Show />
    </Theme.Provider>
  );
}
