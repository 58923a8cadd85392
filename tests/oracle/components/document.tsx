// props: title:string lang:string n:number
export default function Document({ title = "Home", lang = "en", n }: { title?: string; lang?: string; n?: number }) {
  return (
    <html lang={lang} data-n={n}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{`${title} – Site`}</title>
        <link rel="icon" href="/favicon.ico" />
        <link rel="preload" as="font" href="/f.woff2" crossOrigin="" />
      </head>
      <body className={title}>
        <main><h1>{title}</h1><img src="/hero.png" alt={title} /></main>
        <script src="/app.js" defer />
      </body>
    </html>
  );
}
