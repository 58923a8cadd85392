// props: src:string n:number on:boolean
export default function Media({ src, n, on }: { src?: string; n?: number; on?: boolean }) {
  return (
    <div>
      <video src={src} poster={src} width={n} controls preload="none" crossOrigin={on ? "anonymous" : undefined}><track kind="captions" src={src} srcLang="en" default={on} /></video>
      <audio src={src} muted={on} /><iframe src={src} srcDoc={src} allow="fullscreen" allowFullScreen={on} sandbox="allow-scripts" loading="lazy" title="t" />
      <map name="m"><area shape="rect" coords="0,0,1,1" href={src} alt="" /></map><canvas width={n} height={n}>{src}</canvas>
      <time dateTime={src}>{src}</time><data value={n}>{n}</data><blockquote cite={src}>q</blockquote><ins dateTime={src} /><bdo dir="rtl">b</bdo><ruby>漢<rt>k</rt></ruby>
    </div>
  );
}
