/**
 * Other ways to write an expression, judged by the cost of the whole plan: a sum multiplied out over its neighbours
 * ((A - H'*H)*x), a common factor taken out (A*B + A*C). What is cheaper as a whole stays; nothing else is remembered.
 */
import { isOne, isScalar, mulDim } from '../algebra/dim';
import { flopsOf, RATES, type Sizes } from './cost';
import { childrenOf, type Expr, type Term } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import { transcendental } from './maps';
import type { Plan, Step } from './plan';
import { planExpression, type PlanOptions } from './planner';

/** Plans that are weighed for one function, and how large an expression may be for that. Counts, so that results are the same everywhere. */
const MOST_PLANS = 40, MOST_NODES = 300;
/** What one turn in the caller's loops stands for when plans with `varies` are compared. */
const TURNS = 1e4;

export function cheapestPlan(ex: Exprs, facts: Facts, sizes: Sizes, e: Expr, options: PlanOptions = {}): Plan {
  const planOf = (x: Expr): Plan => planExpression(ex, facts, sizes, x, options);
  let best = planOf(e);
  let current = e;
  let cost = nanoseconds(best, sizes, options);
  let budget = MOST_PLANS;
  const tried = new Set<number>([e.id]);
  while (budget > 0) {
    const found = rewritings(ex, current);
    let better: { plan: Plan; cost: number; e: Expr } | undefined;
    for (const [from, to] of found) {
      if (budget <= 0) break;
      const next = substitute(ex, current, from, to);
      if (tried.has(next.id)) continue;
      tried.add(next.id);
      budget--;
      const plan = planOf(next);
      const c = nanoseconds(plan, sizes, options);
      if (c < (better?.cost ?? cost) * 0.995) better = { plan, cost: c, e: next };
    }
    if (!better) break;
    best = better.plan;
    cost = better.cost;
    current = better.e;
  }
  return best;
}

/** Pairs of a node and what it equals. */
function rewritings(ex: Exprs, root: Expr): readonly (readonly [Expr, Expr])[] {
  const seen = new Set<number>();
  const out: (readonly [Expr, Expr])[] = [];
  const visit = (e: Expr): void => {
    if (seen.has(e.id) || seen.size > MOST_NODES) return;
    seen.add(e.id);
    seen.add(ex.transpose(e).id);
    for (const c of childrenOf(e)) visit(c);
    if (e.kind === 'product') out.push(...distributed(ex, e));
    if (e.kind === 'sum') out.push(...factored(ex, e));
  };
  visit(root);
  return out;
}

/** L*(P + Q)*R as L*P*R + L*Q*R, where the sum holds a product or a transpose would be saved. */
function distributed(ex: Exprs, e: Expr & { kind: 'product' }): readonly (readonly [Expr, Expr])[] {
  return e.factors.flatMap((f, k) => {
    if (f.kind !== 'sum' || f.terms.length < 2 || !f.terms.some((t) => t.arg.kind === 'product')) return [];
    const terms = f.terms.map((t) => ({ coefficient: t.coefficient, arg: ex.product([...e.factors.slice(0, k), t.arg, ...e.factors.slice(k + 1)], e.shape.rows) }));
    return [[e, ex.sum(terms, e.shape)] as const];
  });
}

/** a*L*P + b*L*Q + … as L*(a*P + b*Q) + …, and the same for a factor on the right. */
function factored(ex: Exprs, e: Expr & { kind: 'sum' }): readonly (readonly [Expr, Expr])[] {
  const out: (readonly [Expr, Expr])[] = [];
  for (const side of ['left', 'right'] as const) {
    const groups = new Map<number, Term[]>();
    for (const t of e.terms) {
      if (t.arg.kind !== 'product') continue;
      const key = (side === 'left' ? t.arg.factors[0] : t.arg.factors[t.arg.factors.length - 1]) as Expr;
      if (isOne(key.shape.rows) && isOne(key.shape.cols)) continue;
      groups.set(key.id, [...(groups.get(key.id) ?? []), t]);
    }
    for (const group of groups.values()) {
      if (group.length < 2) continue;
      const rests = group.map((t) => {
        const fs = t.arg.kind === 'product' ? t.arg.factors : [];
        return { coefficient: t.coefficient, arg: ex.product(side === 'left' ? fs.slice(1) : fs.slice(0, -1)) };
      });
      const [first] = group;
      const [rest] = rests;
      if (!first || first.arg.kind !== 'product' || !rest) continue;
      const common = (side === 'left' ? first.arg.factors[0] : first.arg.factors[first.arg.factors.length - 1]) as Expr;
      const inner = ex.sum(rests, rest.arg.shape);
      const product = ex.product(side === 'left' ? [common, inner] : [inner, common], e.shape.rows);
      const others = e.terms.filter((t) => !group.includes(t));
      out.push([e, ex.sum([...others, { coefficient: ex.number(1), arg: product }], e.shape)]);
    }
  }
  return out;
}

/** The same expression with `to` for `from`, and their transposes. */
export function substitute(ex: Exprs, root: Expr, from: Expr, to: Expr): Expr {
  const memo = new Map<number, Expr>([[ex.transpose(from).id, ex.transpose(to)], [from.id, to]]);
  const go = (e: Expr): Expr => {
    const known = memo.get(e.id);
    if (known) return known;
    const made = rebuild(e);
    memo.set(e.id, made);
    return made;
  };
  const rebuild = (e: Expr): Expr => {
    switch (e.kind) {
      case 'leaf': case 'number': case 'literal': case 'size': case 'identity': case 'ones': case 'zeros': case 'range': return e;
      case 'unit': return ex.unit(go(e.index), e.shape.rows);
      case 'transpose': return ex.transpose(go(e.arg));
      case 'product': return ex.product(e.factors.map(go), e.shape.rows);
      case 'sum': return ex.sum(e.terms.map((t) => ({ coefficient: go(t.coefficient), arg: go(t.arg) })), e.shape);
      case 'times': return ex.times(e.powers.map((p) => ({ base: go(p.base), exponent: p.exponent })), e.shape);
      case 'map': return ex.map(e.fn, e.args.map(go), e.shape);
      case 'inverse': return ex.inverse(go(e.arg));
      case 'diag': return ex.diag(go(e.arg));
      case 'diagOf': return ex.diagOf(go(e.arg));
      case 'total': return ex.total(go(e.arg));
      case 'trace': return ex.trace(ex.product(e.factors.map(go)));
      case 'call': return ex.call(e.op, e.args.map(go), e.shape, e.dims, e.part);
    }
  };
  return go(root);
}

function nanoseconds(plan: Plan, sizes: Sizes, options: PlanOptions): number {
  const turns = (s: Step): number => (options.varies?.(s.value) ? TURNS : 1);
  const entries = options.lazyResult && !isScalar(plan.result.shape) ? TURNS * RATES.entry * weight(plan.result) * sizes.of(mulDim(plan.result.shape.rows, plan.result.shape.cols)) : 0;
  return plan.steps.reduce((sum, s) => sum + turns(s) * (RATES.call + stepCost(s, sizes)), entries);
}
/** Operations an entry, roughly. */
const weight = (e: Expr): number => {
  switch (e.kind) {
    case 'sum': return e.terms.reduce((n, t) => n + weight(t.arg), 0);
    case 'product': return Math.max(1, e.factors.length - 1);
    case 'times': return e.powers.reduce((n, p) => n + weight(p.base), 0);
    case 'map': return 8;
    default: return 1;
  }
};
function stepCost(s: Step, sizes: Sizes): number {
  const flops = sizes.of(s.flops);
  switch (s.kind) {
    case 'product': return flops * (isOne(s.out.shape.rows) || isOne(s.out.shape.cols) ? RATES.vector : s.symmetric ? RATES.symmetric : RATES.multiply);
    case 'loop': case 'reduce': return sizes.of(mulDim(s.body.shape.rows, s.body.shape.cols)) * (s.kind === 'loop' && s.diagonal ? 0.01 : transcendental(s.body) ? RATES.map : RATES.entry * Math.max(1, weight(s.body) / 2));
    case 'scalar': return sizes.of(flopsOf(1, s.flops)) * RATES.vector;
    case 'solve': return flops * (isOne(s.right.shape.cols) ? RATES.solveOne : RATES.solveMany);
    case 'kernel': return flops * (s.op === 'chol' ? RATES.cholesky : s.op === 'lu' ? RATES.lu : RATES.eigen);
  }
}
