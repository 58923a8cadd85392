// props: text:string
export default function Voids({ text }: { text?: string }) {
  return (
    <div>
      <br /><hr className={text} /><wbr /><input /><area alt={text} /><base href="/x" /><col span={2} /><embed src={text} /><source src={text} /><track src={text} />
      <img alt={text} />
    </div>
  );
}
