// props: s:string t:string n:number
// may: pass
export default function Strings({ s = "", t = "", n = 0 }: { s?: string; t?: string; n?: number }) {
  return (
    <dl>
      <dd>{s.toUpperCase()}{t.toLowerCase()}{s.trim()}|{s.length}{s[0]}{s.at(-1)}{s.charAt(n)}</dd>
      <dd>{s.slice(0, 3)}{s.slice(-2)}{s.substring(n, 2)}{s.padStart(8, "ab")}{t.padEnd(n, ".")}{s.replace("a", "[$&]")}{s.replaceAll(",", ";")}</dd>
      <dd>{s.includes(t) ? "inc" : "no"}{s.startsWith("p") ? "p" : ""}{s.endsWith(t) ? "e" : ""}{s.indexOf(t)}{s.lastIndexOf("a")}</dd>
      <dd>{s + t}{`${s}${n}`}{s < t ? "<" : ">="}{s === t ? "=" : "!"}{s.localeCompare === undefined}{s.concat(t, String(n))}</dd>
      <dd>{encodeURIComponent(s)}{JSON.stringify(s)}{s.codePointAt(0)}{s.charCodeAt(1)}{String.fromCharCode(65 + 1)}</dd>
    </dl>
  );
}
