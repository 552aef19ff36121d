/** What a whole plan takes, in nanoseconds at given sizes. */
import { isOne, isScalar, mulDim } from '../algebra/dim';
import { flopsOf, RATES, type Sizes } from './cost';
import type { Expr } from './expr';
import { transcendental } from './maps';
import type { Plan, PlanOptions, Step } from './plan';
import { onceEach } from './once-each';

/** What one turn in the caller's loops stands for when plans with `varies` are compared. */
const TURNS = 1e4;

export function nanoseconds(plan: Plan, sizes: Sizes, options: PlanOptions = {}): number {
  const turns = (s: Step): number => (options.varies?.(s.value) ? TURNS : 1);
  const entries = options.lazyResult && !isScalar(plan.result.shape) ? TURNS * RATES.entry * weight(plan.result) * sizes.of(mulDim(plan.result.shape.rows, plan.result.shape.cols)) : 0;
  return plan.steps.reduce((sum, s) => sum + turns(s) * (RATES.call + stepCost(s, sizes)), entries);
}
/** Operations an entry, roughly. */
const weight: (e: Expr) => number = onceEach((e) => {
  switch (e.kind) {
    case 'sum': return e.terms.reduce((n, t) => n + weight(t.arg), 0);
    case 'product': return Math.max(1, e.factors.length - 1);
    case 'times': return e.powers.reduce((n, p) => n + weight(p.base), 0);
    case 'map': return 8;
    default: return 1;
  }
});
function stepCost(s: Step, sizes: Sizes): number {
  const flops = sizes.of(s.flops);
  switch (s.kind) {
    case 'product': return flops * (isOne(s.out.shape.rows) || isOne(s.out.shape.cols) ? RATES.vector : s.symmetric ? RATES.symmetric : RATES.multiply);
    case 'loop': case 'reduce': return sizes.of(mulDim(s.body.shape.rows, s.body.shape.cols)) * (s.kind === 'loop' && s.diagonal ? 0.01 : transcendental(s.body) ? RATES.map : RATES.entry * Math.max(1, weight(s.body) / 2));
    case 'scalar': return sizes.of(flopsOf(1, s.flops)) * RATES.vector;
    case 'solve': return flops * (isOne(s.right.shape.cols) ? RATES.solveOne : RATES.solveMany);
    case 'kernel': return flops * (s.op === 'chol' ? RATES.cholesky : s.op === 'lu' ? RATES.lu : s.op.endsWith('Inverse') ? RATES.inverse : RATES.eigen);
  }
}
