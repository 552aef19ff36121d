/**
 * The cheapest way to write an expression: rewritings judged by the cost of the whole plan, taken one at a time while they pay.
 * What is cheaper as a whole stays; nothing else is remembered.
 */
import { isOne } from '../algebra/dim';
import { CannotGenerate } from './cannot-generate';
import type { Sizes } from './cost';
import { childrenOf, type Expr } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import type { Plan, PlanOptions } from './plan';
import { nanoseconds } from './plan-cost';
import { planExpression } from './planner';
import { substitute } from './rebuild';
import { rewritings } from './rewritings';
import { smallSideOf } from './small-side';
import { segmentsIn } from './weigh';

/** Plans that are weighed for one function. A count, so that results are the same everywhere. */
const MOST_PLANS = 60;
/** Steps of all of them together: a plan that is long is compared with few others. */
const MOST_STEPS = 6000;
/** A rewriting pays if it saves a share of the cost that is above rounding. */
const BETTER = 1 - 1e-4;

export interface Weighed { readonly e: Expr; readonly plan: Plan }
export interface Search {
  readonly best: Weighed;
  /** Every plan that was weighed, `best` among them. */
  readonly weighed: readonly Weighed[];
}

/** Whether a sum holds a product that a longer one is made of. */
function hasSegments(ex: Exprs, root: Expr): boolean {
  const isSegment = segmentsIn(ex, root);
  const seen = new Set<Expr>();
  const holds = (e: Expr): boolean => {
    if (seen.has(e)) return false;
    seen.add(e);
    return (e.kind === 'sum' && e.terms.length > 1 && !isOne(e.shape.cols) && !isOne(e.shape.rows) && e.terms.some((t) => t.arg.kind === 'product' && isSegment(t.arg))) || childrenOf(e).some(holds);
  };
  return holds(root);
}

/** Parts of an expression, each as often as another one is made of it: beyond these nobody would read the code. */
export const MOST_PARTS = 10_000;
function expectPlannable(root: Expr): void {
  const seen = new Set<Expr>();
  const stack = [root];
  let parts = 0;
  while (stack.length > 0) {
    const e = stack.pop() as Expr;
    if (seen.has(e)) continue;
    seen.add(e);
    const below = childrenOf(e);
    parts += below.length;
    if (parts > MOST_PARTS) throw new CannotGenerate(`its formula has more than ${MOST_PARTS} parts; names for what is differentiated in steps give shorter code`);
    stack.push(...below);
  }
}

export function searchPlans(ex: Exprs, facts: Facts, sizes: Sizes, e: Expr, options: PlanOptions = {}): Search {
  const planned = (x: Expr, how: PlanOptions): Weighed & { cost: number } => {
    const plan = planExpression(ex, facts, sizes, x, how);
    return { e: x, plan, cost: nanoseconds(plan, sizes, how) };
  };
  const weigh = (x: Expr): Weighed & { cost: number } => {
    const made = planned(x, options);
    // Where a sum takes in what another product is made of, that is worked out again.
    const kept = hasSegments(ex, x) ? planned(x, { ...options, keepsSegments: true }) : made;
    return kept.cost < made.cost * BETTER ? kept : made;
  };
  expectPlannable(e);
  let best = weigh(e);
  const weighed: Weighed[] = [best];
  const tried = new Set<number>([e.id]);
  const small = smallSideOf(ex, facts, e);
  if (small !== e) {
    const made = weigh(small);
    tried.add(small.id);
    weighed.push(made);
    if (made.cost < best.cost * BETTER) best = made;
  }
  let steps = weighed.reduce((sum, w) => sum + w.plan.steps.length, 0);
  const isSpent = (): boolean => weighed.length >= MOST_PLANS || steps >= MOST_STEPS;
  while (!isSpent()) {
    let better: (Weighed & { cost: number }) | undefined;
    for (const [from, to] of rewritings(ex, facts, best.e)) {
      if (isSpent()) break;
      const next = substitute(ex, best.e, from, to);
      if (tried.has(next.id)) continue;
      tried.add(next.id);
      const made = weigh(next);
      weighed.push(made);
      steps += made.plan.steps.length;
      if (made.cost < (better?.cost ?? best.cost) * BETTER) better = made;
    }
    if (!better) break;
    best = better;
  }
  return { best, weighed };
}

export const cheapestPlan = (ex: Exprs, facts: Facts, sizes: Sizes, e: Expr, options: PlanOptions = {}): Plan => searchPlans(ex, facts, sizes, e, options).best.plan;
