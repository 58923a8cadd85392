// props: a:string
enum Color { Red = "red", Blue = "blue" }
enum Num { A, B = 5, C }
abstract class Shape { protected readonly name: string; constructor(name: string) { this.name = name; } abstract area(): number; describe(): string { return `${this.name}:${this.area()}`; } }
class Square extends Shape { declare side: number; area() { return 4; } }
const value = { a: 1 } satisfies Record<string, number>;
function over(x: string): string; function over(x: number): number; function over(x: any) { return x; }
export default function Types<T extends string>({ a }: { a?: T }) {
  const list = <const U,>(x: U) => [x] as U[];
  return <p data-c={Color.Red}>{Num.C}{Num[0]}{new Square("sq").describe()}{value!.a}{over("o")}{list(a)}{(a as string)?.length}</p>;
}
