// props: html:string on:boolean n:number
export default function Inner({ html, on, n }: { html?: string; on?: boolean; n?: number }) {
  return (
    <div>
      <p dangerouslySetInnerHTML={{ __html: html ?? "" }} />
      <p dangerouslySetInnerHTML={on ? { __html: `<b>${n}</b>` } : undefined} />
      <p dangerouslySetInnerHTML={{ __html: n as unknown as string }} />
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: JSON.stringify({ html, on, n }) }} />
      <style dangerouslySetInnerHTML={{ __html: ".a{}" }} />
    </div>
  );
}
