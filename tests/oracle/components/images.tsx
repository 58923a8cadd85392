// props: src:string alt:string lazy:boolean
export default function Images({ src, alt, lazy }: { src?: string; alt?: string; lazy?: boolean }) {
  return (
    <figure>
      <img src={src} alt={alt} />
      <img src="/a.png" srcSet="/a.png 1x, /a2.png 2x" sizes="100vw" alt="" />
      <img src="/b.png" loading={lazy ? "lazy" : "eager"} alt="" fetchPriority="high" />
      <picture><source srcSet={src} /><img src="/c.png" alt={alt} /></picture>
      <img src="/a.png" srcSet="/a.png 1x, /a2.png 2x" sizes="100vw" alt="again" />
      <img src="data:image/png;base64,xx" alt="" decoding="async" crossOrigin="anonymous" referrerPolicy="no-referrer" />
      <noscript><img src="/n.png" alt="" /></noscript>
    </figure>
  );
}
