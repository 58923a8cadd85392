// props: n:number
function total(limit) {
  var sum, i;
  for (sum = 0, i = 0; i < limit; i++) sum += i;
  return sum;
}

export default function Loops({ n = 0 }) {
  const squares = [];
  let k;
  for (k = 1; k <= 4; k++) squares.push(k * k);
  return (
    <ul data-total={total(5)}>
      {squares.map((s) => (
        <li key={s}>{s + n}</li>
      ))}
    </ul>
  );
}
