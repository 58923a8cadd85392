// props: text:string on:boolean
import { Fragment, StrictMode, Suspense, Profiler } from "react";
export default function Fragments({ text, on }: { text?: string; on?: boolean }) {
  return (
    <>
      {text}
      <Fragment key="k">{on && <b>{text}</b>}{on}</Fragment>
      <StrictMode><i>{text}{text}</i></StrictMode>
      <Suspense fallback="wait">{text}</Suspense>
      <Profiler id="p" onRender={() => {}}>{[text, null, undefined, false, [text, ["deep"]]]}</Profiler>
    </>
  );
}
