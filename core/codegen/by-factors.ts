/** Products by what was asked for, a step a factor: the search for an order asks for the same parts again and again. */
import type { Expr } from './expr';

interface Asked { value?: Expr; readonly longer: Map<number, Asked> }

export function byFactors(make: (factors: readonly Expr[]) => Expr): (factors: readonly Expr[]) => Expr {
  const root: Asked = { longer: new Map() };
  return (factors) => {
    let at = root;
    for (const f of factors) {
      let next = at.longer.get(f.id);
      if (!next) at.longer.set(f.id, next = { longer: new Map() });
      at = next;
    }
    return at.value ??= make(factors);
  };
}
