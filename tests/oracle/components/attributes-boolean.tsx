// props: on:boolean text:string n:number
export default function Booleans({ on, text, n }: { on?: boolean; text?: string; n?: number }) {
  return (
    <form noValidate={on} autoComplete={text}>
      <input disabled={on} readOnly={on} required={on} multiple={on} autoFocus={on} checked={on} type="checkbox" />
      <input hidden={on} inert={on} formNoValidate={on} defaultChecked={on} value={text} />
      <video controls={on} loop={on} muted={on} playsInline={on} autoPlay={on} disablePictureInPicture={on} />
      <a download={on} href="/f">a</a>
      <a download={text} href="/f">b</a>
      <details open={n as unknown as boolean}>d</details>
      <ol reversed={text as unknown as boolean} start={n} />
      <div itemScope={on} contentEditable={on} draggable={on} spellCheck={on} />
      <button type="submit" disabled={!on}>go</button>
    </form>
  );
}
