/**
 * exp(X) divided by its row sums, its columns' sums or the sum of all, and logarithms of such sums, without overflow: what does not change when each
 * row of exp(X) is scaled is worked out with exp(X - the largest entry of the row) instead. Softmax of each row, attention and their
 * derivatives are such, however they are written. What is divided by, or stands under a logarithm, must hold the largest entry with a positive
 * weight: it would be lost where that weight is 0 and the others' exponentials vanish beside it. (Blanchard, Higham & Higham 2021, Accurately computing the log-sum-exp and softmax functions.)
 */
import { D1, isOne, isScalar, sameDim, SCALAR, shape } from '../algebra/dim';
import { isOneQ, toNumber } from '../algebra/rational';
import { childrenOf, type Expr } from './expr';
import type { Exprs } from './exprs';
import { rebuilt } from './rebuild';
import { onceEach } from './once-each';
import type { Facts } from './facts';

/** `all`: the whole array is scaled by one number. */
type Axis = 'rows' | 'cols' | 'all';
type Exponential = Expr & { readonly kind: 'map' };

export function createShift(ex: Exprs, facts: Facts): (root: Expr) => Expr {
  return (root) => exponentialsIn(root).reduce((e, E) => {
    for (const axis of ['rows', 'cols', 'all'] as const) {
      if (axis !== 'all' && (isOne(E.shape.rows) || isOne(E.shape.cols))) continue;
      const made = shifted(ex, facts, e, E, axis);
      if (made !== e) return made;
    }
    return e;
  }, root);
}

/** exp of arrays, of which sums are divided by or stand under a logarithm somewhere. */
function exponentialsIn(root: Expr): readonly Exponential[] {
  const seen = new Set<Expr>();
  const found: Exponential[] = [];
  let isDivided = false;
  const visit = (e: Expr): void => {
    if (seen.has(e)) return;
    seen.add(e);
    if (e.kind === 'map' && e.fn === 'exp' && !isScalar(e.shape)) found.push(e);
    isDivided ||= (e.kind === 'map' && e.fn === 'log') || (e.kind === 'times' && e.powers.some((p) => toNumber(p.exponent) < 0));
    childrenOf(e).forEach(visit);
  };
  visit(root);
  return isDivided ? found : [];
}

/** The root with each part that does not change when E is scaled along an axis worked out with a smaller E. */
function shifted(ex: Exprs, facts: Facts, root: Expr, E: Exponential, axis: Axis): Expr {
  const [X] = E.args;
  if (!X) return root;
  const top = largestOf(ex, facts, X, axis);
  const spread = axis === 'all' ? ex.scale(top, ex.ones(E.shape)) : axis === 'rows' ? ex.product([top, ex.ones(shape(D1, E.shape.cols))]) : ex.product([ex.ones(shape(E.shape.rows, D1)), top]);
  const smaller = ex.map('exp', [ex.add(X, ex.scale(ex.number(-1), spread))], E.shape);
  const degree = axis === 'all' ? wholeDegreesOf(E, ex.transpose(E)) : degreesOf(facts, E, axis);
  const held = axis === 'all' ? heldBy(E, ex.transpose(E)) : heldBy(E);

  const lower = new Map<Expr, Expr>([...(axis === 'all' ? [[ex.transpose(E), ex.transpose(smaller)] as const] : []), [E, smaller]]);
  /** With the smaller E everywhere; a logarithm gets back what its argument lost. */
  const within = (e: Expr): Expr => {
    const known = lower.get(e);
    if (known) return known;
    const made = held(e) ? rebuilt(ex, e, within) : e;
    const lost = e.kind === 'map' && e.fn === 'log' ? degree(e.args[0] as Expr) : 0;
    const whole = lost === 0 ? made : ex.add(made, ex.scale(ex.number(lost), isScalar(e.shape) || isOne(e.shape[axis === 'rows' ? 'cols' : 'rows']) ? top : spread));
    lower.set(e, whole);
    return whole;
  };
  const memo = new Map<Expr, Expr>();
  const go = (e: Expr): Expr => {
    const known = memo.get(e);
    if (known) return known;
    const made = !held(e) ? e : degree(e) === 0 ? within(e) : rebuilt(ex, e, go);
    memo.set(e, made);
    return made;
  };
  return go(root);
}

/** The largest entry of X, or of each row or column. A positive factor stands in front of it, so that the array without the factor, which is stored, can be asked. */
function largestOf(ex: Exprs, facts: Facts, X: Expr, axis: Axis): Expr {
  const [scaled, ...others] = X.kind === 'sum' ? X.terms : [];
  if (scaled && others.length === 0 && facts.sign(scaled.coefficient) === 'positive') return ex.scale(scaled.coefficient, largestOf(ex, facts, scaled.arg, axis));
  if (axis === 'all') return ex.call('maximum', [X], SCALAR);
  return axis === 'rows' ? ex.call('rowMax', [X], shape(X.shape.rows, D1)) : ex.transpose(ex.call('rowMax', [ex.transpose(X)], shape(X.shape.cols, D1)));
}

/** Whether an expression holds one of these. */
function heldBy(...of: readonly Expr[]): (e: Expr) => boolean {
  const held: (e: Expr) => boolean = onceEach((e) => childrenOf(e).some(held), of.map((E) => [E, true] as const));
  return held;
}

/** d where scaling each row (column) of E by c_i scales that row (column) of the expression by c_i^d; NaN where nothing of the kind holds. */
function degreesOf(facts: Facts, E: Expr, axis: 'rows' | 'cols'): (e: Expr) => number {
  const held = heldBy(E);
  const keeps = largestKept(facts, E, axis, held);
  const degree: (e: Expr) => number = onceEach((e) => (held(e) ? of(e) : 0), [[E, 1]]);
  const none = (parts: readonly Expr[]): number => (parts.every((p) => degree(p) === 0) ? 0 : NaN);
  const isAlong = (e: Expr): boolean => sameDim(e.shape[axis], E.shape[axis]);
  /** Of the factors that carry the axis: diagonal matrices at its end, and the first that is none. */
  const ofProduct = (factors: readonly Expr[]): number => {
    const list = axis === 'rows' ? factors : [...factors].reverse();
    const last = list.findIndex((f) => f.kind !== 'diag');
    const carrying = last < 0 ? list : list.slice(0, last + 1);
    if (!carrying.every(isAlong) && carrying.some((f) => degree(f) !== 0)) return NaN;
    return carrying.reduce((d, f) => d + degree(f), 0) + none(list.slice(carrying.length));
  };
  const of = (e: Expr): number => {
    switch (e.kind) {
      case 'product': return ofProduct(e.factors);
      case 'times': return e.powers.reduce((d, p) => d + (isScalar(p.base.shape) && !isScalar(e.shape) ? none([p.base]) : toNumber(p.exponent) < 0 && held(p.base) && !keeps(p.base) ? none([p.base]) : degree(p.base) * toNumber(p.exponent)), 0);
      case 'sum': {
        const [first, ...others] = e.terms.map((t) => degree(t.arg));
        return first !== undefined && others.every((d) => d === first) ? first + none(e.terms.map((t) => t.coefficient)) : NaN;
      }
      // What a logarithm's argument loses is added to it again, a whole number of times.
      case 'map': return e.fn === 'log' && Number.isInteger(degree(e.args[0] as Expr)) && keeps(e.args[0] as Expr) ? 0 : none(e.args);
      case 'diag': return isOne(e.arg.shape.cols) ? degree(e.arg) : NaN;
      case 'diagOf': return axis === 'rows' ? degree(e.arg) : none([e.arg]);
      default: return none(childrenOf(e));
    }
  };
  return degree;
}

/** Whether each row (column) of an expression is a sum of products of E's entries with positive weights, the largest among them, so that it is never 0. */
function largestKept(facts: Facts, E: Expr, axis: 'rows' | 'cols', held: (e: Expr) => boolean): (e: Expr) => boolean {
  const isPositive = (e: Expr): boolean => !held(e) && (e.kind === 'ones' || facts.sign(e) === 'positive');
  const isWeighted = (e: Expr): boolean =>
    e === E || (e.kind === 'times' && e.powers.some((p) => p.base === E && isOneQ(p.exponent)) && e.powers.every((p) => (p.base === E ? isOneQ(p.exponent) : isPositive(p.base) || keeps(p.base))));
  const keeps: (e: Expr) => boolean = onceEach((e) => {
    switch (e.kind) {
      case 'product': {
        const list = [...(axis === 'rows' ? e.factors : [...e.factors].reverse())];
        while (list[0]?.kind === 'diag' && (isPositive(list[0].arg) || keeps(list[0].arg))) list.shift();
        const [first, ...rest] = list;
        return first !== undefined && (keeps(first) || (isWeighted(first) && rest.length > 0)) && rest.every(isPositive);
      }
      case 'times': return e.powers.some((p) => keeps(p.base)) && e.powers.every((p) => keeps(p.base) || isPositive(p.base));
      case 'sum': return e.terms.every((t) => isPositive(t.coefficient) && keeps(t.arg));
      case 'diagOf': case 'diag': return keeps(e.arg);
      default: return false;
    }
  });
  return keeps;
}

/**
 * d where scaling all of E and its transpose by c scales the expression by c^d; NaN where nothing of the kind holds. What is divided by, or stands under a
 * logarithm, must be the sum of all of E: the largest entry keeps that from being 0, another sum it need not hold.
 */
function wholeDegreesOf(E: Expr, turned: Expr): (e: Expr) => number {
  const held = heldBy(E, turned);
  const degree: (e: Expr) => number = onceEach((e) => (held(e) ? of(e) : 0), [[E, 1], [turned, 1]]);
  const isWhole = (e: Expr): boolean => e.kind === 'total' && (e.arg === E || e.arg === turned);
  const all = (parts: readonly Expr[]): number => parts.reduce((d, p) => d + degree(p), 0);
  const of = (e: Expr): number => {
    switch (e.kind) {
      case 'product': case 'trace': return all(e.factors);
      case 'times': return e.powers.reduce((d, p) => d + (toNumber(p.exponent) > 0 || !held(p.base) || isWhole(p.base) ? degree(p.base) * toNumber(p.exponent) : NaN), 0);
      case 'sum': {
        const [first = NaN, ...others] = e.terms.map((t) => degree(t.arg) + degree(t.coefficient));
        return others.every((d) => d === first) ? first : NaN;
      }
      case 'map': return e.fn === 'log' && e.args.every(isWhole) ? 0 : NaN;
      case 'total': case 'diag': case 'diagOf': case 'transpose': return degree(e.arg);
      default: return NaN;
    }
  };
  return degree;
}
