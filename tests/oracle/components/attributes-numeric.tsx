// props: n:number text:string
export default function Numeric({ n, text }: { n?: number; text?: string }) {
  return (
    <table>
      <tbody>
        <tr>
          <td rowSpan={n} colSpan={n} tabIndex={n} data-n={n} aria-valuenow={n}>
            <textarea rows={n} cols={n} defaultValue={text} />
            <input size={n} maxLength={n} min={n} max={n} step={n} value={n} />
            <progress value={n} max={10} />
            <meter value={n} low={n} />
            <img alt="" width={n} height={n} loading="lazy" src={text} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}
