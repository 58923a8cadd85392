// props: start:number label:string
import { useCallback, useDeferredValue, useEffect, useId, useLayoutEffect, useMemo, useReducer, useRef, useState, useSyncExternalStore, useTransition, useImperativeHandle, useInsertionEffect, useActionState, useOptimistic, useDebugValue } from "react";
function useCounter(start: number) {
  const [n, setN] = useState(() => start * 2);
  const [state, dispatch] = useReducer((s: number, a: number) => s + a, n, (x) => x + 1);
  useEffect(() => { throw new Error("never"); });
  useLayoutEffect(() => setN(99));
  useInsertionEffect(() => {});
  useDebugValue(n);
  return [n, state, dispatch] as const;
}
export default function Hooks({ start = 1, label = "l" }: { start?: number; label?: string }) {
  const [n, s] = useCounter(start);
  const id = useId();
  const ref = useRef<number>(s);
  const memo = useMemo(() => `${label}-${n}`, [label, n]);
  const cb = useCallback(() => memo, [memo]);
  const [pending] = useTransition();
  const store = useSyncExternalStore(() => () => {}, () => "client", () => "server");
  const [action] = useActionState(async (p: number) => p, n);
  const [opt] = useOptimistic(label);
  useImperativeHandle(null, () => ({}));
  return <p id={id} data-pending={pending}>{n}|{s}|{ref.current}|{cb()}|{useDeferredValue(label)}|{store}|{action}|{opt}</p>;
}
