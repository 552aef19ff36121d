/**
 * The cheapest way to write an expression: rewritings judged by the cost of the whole plan, taken one at a time while they pay.
 * What is cheaper as a whole stays; nothing else is remembered.
 */
import type { Sizes } from './cost';
import type { Expr } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import type { Plan, PlanOptions } from './plan';
import { nanoseconds } from './plan-cost';
import { planExpression } from './planner';
import { substitute } from './rebuild';
import { rewritings } from './rewritings';
import { smallSideOf } from './small-side';

/** Plans that are weighed for one function. A count, so that results are the same everywhere. */
const MOST_PLANS = 60;
/** A rewriting pays if it saves a share of the cost that is above rounding. */
const BETTER = 1 - 1e-4;

export interface Weighed { readonly e: Expr; readonly plan: Plan }
export interface Search {
  readonly best: Weighed;
  /** Every plan that was weighed, `best` among them. */
  readonly weighed: readonly Weighed[];
}

export function searchPlans(ex: Exprs, facts: Facts, sizes: Sizes, e: Expr, options: PlanOptions = {}): Search {
  const weigh = (x: Expr): Weighed & { cost: number } => {
    const plan = planExpression(ex, facts, sizes, x, options);
    return { e: x, plan, cost: nanoseconds(plan, sizes, options) };
  };
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
  while (weighed.length < MOST_PLANS) {
    let better: (Weighed & { cost: number }) | undefined;
    for (const [from, to] of rewritings(ex, facts, best.e)) {
      if (weighed.length >= MOST_PLANS) break;
      const next = substitute(ex, best.e, from, to);
      if (tried.has(next.id)) continue;
      tried.add(next.id);
      const made = weigh(next);
      weighed.push(made);
      if (made.cost < (better?.cost ?? best.cost) * BETTER) better = made;
    }
    if (!better) break;
    best = better;
  }
  return { best, weighed };
}

export const cheapestPlan = (ex: Exprs, facts: Facts, sizes: Sizes, e: Expr, options: PlanOptions = {}): Plan => searchPlans(ex, facts, sizes, e, options).best.plan;
