/** Which steps of a plan stand within the loops over the columns of a Jacobian. */
import { childrenOf, type Expr } from './expr';
import { readsOf } from './memory';
import type { Step } from './plan';

/** The steps whose results change with one of these. */
export function varyingSteps(steps: readonly Step[], indices: readonly Expr[]): ReadonlySet<Step> {
  const inner = new Set<Step>();
  const changing = new Set<Expr>();
  const known = new Map<Expr, boolean>(indices.map((x) => [x, true]));
  const holds = (e: Expr): boolean => {
    const made = known.get(e) ?? childrenOf(e).some(holds);
    known.set(e, made);
    return made;
  };
  const bodies = (s: Step): readonly Expr[] => {
    switch (s.kind) {
      case 'product': return [s.a, s.b, s.alpha, s.beta];
      case 'loop': case 'reduce': case 'scalar': return [s.body];
      case 'solve': return [s.right, s.alpha];
      case 'kernel': return s.args;
    }
  };
  for (const s of steps) {
    if (![...readsOf(s)].some((r) => changing.has(r)) && !bodies(s).some(holds)) continue;
    inner.add(s);
    changing.add(s.out);
    if (s.kind === 'kernel') for (const o of s.outs) changing.add(o);
  }
  return inner;
}
