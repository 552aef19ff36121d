/** What is asked of an expression again and again is worked out once: expressions share their parts, and a walk would meet each as often as it stands. */
import type { Expr } from './expr';

/** @param known what is settled beforehand */
export function onceEach<T>(make: (e: Expr) => T, known: Iterable<readonly [Expr, T]> = []): (e: Expr) => T {
  const made = new WeakMap<Expr, { readonly value: T }>();
  for (const [e, value] of known) made.set(e, { value });
  return (e) => {
    const old = made.get(e);
    if (old) return old.value;
    const value = make(e);
    made.set(e, { value });
    return value;
  };
}
