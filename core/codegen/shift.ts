/**
 * exp(X) divided by its row sums, its columns' sums or the sum of all, and logarithms of such sums, without overflow: what does not change when each
 * row of exp(X) is scaled is worked out with exp(X - the largest entry of the row) instead. Softmax of each row, attention and their
 * derivatives are such, however they are written. What is divided by, or stands under a logarithm, must hold the largest entry with a positive
 * weight: it would be lost where that weight is 0 and the others' exponentials vanish beside it. (Blanchard, Higham & Higham 2021, Accurately computing the log-sum-exp and softmax functions.)
 */
import { D1, isOne, isScalar, SCALAR, shape, type Dim } from '../algebra/dim';
import { isOneQ, toNumber } from '../algebra/rational';
import { childrenOf, type Expr } from './expr';
import type { Exprs } from './exprs';
import { rebuilt } from './rebuild';
import { onceEach } from './once-each';
import type { Facts } from './facts';

/** `all`: the whole array is scaled by one number. */
type Axis = 'rows' | 'all';
type Exponential = Expr & { readonly kind: 'map' };

export function createShift(ex: Exprs, facts: Facts): (root: Expr) => Expr {
  return (root) => exponentialsIn(root).reduce((e, E) => {
    // The columns of E are the rows of its transpose.
    for (const [of, axis] of [[E, 'rows'], [ex.transpose(E), 'rows'], [E, 'all']] as const) {
      if (of.kind !== 'map' || (axis !== 'all' && (isOne(E.shape.rows) || isOne(E.shape.cols)))) continue;
      const made = shifted(ex, facts, e, of, axis);
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
  const over = (cols: Dim): Expr => ex.product([top, ex.ones(shape(D1, cols))]);
  const smaller = ex.map('exp', [ex.add(X, ex.scale(ex.number(-1), axis === 'all' ? ex.scale(top, ex.ones(E.shape)) : over(E.shape.cols)))], E.shape);
  const turned = ex.transpose(E);
  const { degree, across } = axis === 'all' ? { degree: wholeDegreesOf(E, turned), across: () => 0 } : degreesOf(ex, facts, E);
  const held = heldBy(E, turned);

  const lower = new Map<Expr, Expr>([[turned, ex.transpose(smaller)], [E, smaller]]);
  /** What a logarithm has lost by the smaller E below it. */
  const lost = (e: Expr & { kind: 'map' }): Expr | undefined => {
    const arg = e.args[0] as Expr;
    const [down, along] = [degree(arg), across(arg)];
    if (down !== 0) return ex.scale(ex.number(down), isScalar(e.shape) || isOne(e.shape.cols) ? top : over(e.shape.cols));
    return along === 0 ? undefined : ex.scale(ex.number(along), ex.transpose(isOne(e.shape.rows) ? top : over(e.shape.rows)));
  };
  /** With the smaller E everywhere; a logarithm gets back what its argument lost. */
  const within = (e: Expr): Expr => {
    const known = lower.get(e);
    if (known) return known;
    const made = held(e) ? rebuilt(ex, e, within) : e;
    const back = held(e) && e.kind === 'map' && e.fn === 'log' ? lost(e) : undefined;
    const whole = back ? ex.add(made, back) : made;
    lower.set(e, whole);
    return whole;
  };
  const memo = new Map<Expr, Expr>();
  const go = (e: Expr): Expr => {
    const known = memo.get(e);
    if (known) return known;
    const made = !held(e) ? e : degree(e) === 0 && across(e) === 0 ? within(e) : rebuilt(ex, e, go);
    memo.set(e, made);
    return made;
  };
  return go(root);
}

/** The largest entry of X, or of each row. A positive factor stands in front of it, so that the array without the factor, which is stored, can be asked. */
function largestOf(ex: Exprs, facts: Facts, X: Expr, axis: Axis): Expr {
  const [scaled, ...others] = X.kind === 'sum' ? X.terms : [];
  if (scaled && others.length === 0 && facts.sign(scaled.coefficient) === 'positive') return ex.scale(scaled.coefficient, largestOf(ex, facts, scaled.arg, axis));
  return axis === 'all' ? ex.call('maximum', [X], SCALAR) : ex.call('rowMax', [X], shape(X.shape.rows, D1));
}

/** Whether an expression holds one of these. */
function heldBy(...of: readonly Expr[]): (e: Expr) => boolean {
  const held: (e: Expr) => boolean = onceEach((e) => childrenOf(e).some(held), of.map((E) => [E, true] as const));
  return held;
}

/**
 * d where scaling row i of E by c_i scales row i of the expression by c_i^d, whatever becomes of its columns (which are the rows of its transpose); NaN
 * where nothing of the kind holds. What the columns of one factor gain and the rows of the next one lose is gone in their product.
 */
function degreesOf(ex: Exprs, facts: Facts, E: Expr): { readonly degree: (e: Expr) => number; readonly across: (e: Expr) => number } {
  const turned = ex.transpose(E);
  // A symmetric E is its transpose, and gets its rows scaled wherever it stands: then nothing is known of transposes, and no columns are scaled.
  const isSymmetric = turned === E;
  const held = heldBy(E, turned);
  const keeps = largestKept(facts, E, held);
  const degree: (e: Expr) => number = onceEach((e) => (held(e) ? of(e) : 0), [...(isSymmetric ? [] : [[turned, 0] as const]), [E, 1]]);
  const across = (e: Expr): number => (isSymmetric ? 0 : degree(ex.transpose(e)));
  const none = (parts: readonly Expr[]): number => (parts.every((p) => degree(p) === 0 && across(p) === 0) ? 0 : NaN);
  const isKept = (e: Expr): boolean => (degree(e) === 0 ? keeps(ex.transpose(e)) : keeps(e));
  /** What the rows and the columns of a product gain; a diagonal matrix scales either, as it is needed. */
  const ofProduct = (factors: readonly Expr[]): { readonly rows: number; readonly cols: number } => {
    let [rows, cols, isDiagonal] = [0, 0, true];
    for (const f of factors) {
      if (f.kind === 'diag') {
        const d = across(f.arg) === 0 ? degree(f.arg) : NaN;
        if (isDiagonal) rows += d;
        else cols += d;
        continue;
      }
      if (isDiagonal) rows += degree(f);
      else if (cols + degree(f) !== 0) return { rows: NaN, cols: NaN };
      [cols, isDiagonal] = [across(f), false];
    }
    return (isDiagonal && rows !== 0) || (isSymmetric && cols !== 0) ? { rows: NaN, cols: NaN } : { rows, cols };
  };
  const of = (e: Expr): number => {
    switch (e.kind) {
      case 'product': return ofProduct(e.factors).rows;
      case 'times': return e.powers.reduce((d, p) => d + (isScalar(p.base.shape) && !isScalar(e.shape) ? none([p.base]) : toNumber(p.exponent) < 0 && held(p.base) && !isKept(p.base) ? none([p.base]) : degree(p.base) * toNumber(p.exponent)), 0);
      case 'sum': {
        const [first, ...others] = e.terms.map((t) => degree(t.arg));
        return first !== undefined && others.every((d) => d === first) ? first + none(e.terms.map((t) => t.coefficient)) : NaN;
      }
      case 'map': {
        if (e.fn !== 'log' || none(e.args) === 0) return none(e.args);
        // What a logarithm's argument loses is added to it again, a whole number of times.
        const [arg] = e.args as readonly [Expr];
        const [down, along] = [degree(arg), across(arg)];
        return Number.isInteger(down) && Number.isInteger(along) && (down === 0 || along === 0) && isKept(arg) ? 0 : NaN;
      }
      case 'trace': { const { rows, cols } = ofProduct(e.factors); return rows + cols === 0 ? 0 : NaN; }
      case 'diagOf': return degree(e.arg) + across(e.arg);
      case 'transpose': return e.arg.kind === 'diagOf' && !Number.isNaN(degree(e.arg)) ? 0 : none(childrenOf(e.arg));
      default: return none(childrenOf(e));
    }
  };
  return { degree, across };
}

/** Whether each row of an expression is a sum of products of E's entries with positive weights, the largest among them, so that it is never 0. */
function largestKept(facts: Facts, E: Expr, held: (e: Expr) => boolean): (e: Expr) => boolean {
  const isPositive = (e: Expr): boolean => !held(e) && (e.kind === 'ones' || facts.sign(e) === 'positive');
  const isWeighted = (e: Expr): boolean =>
    e === E || (e.kind === 'times' && e.powers.some((p) => p.base === E && isOneQ(p.exponent)) && e.powers.every((p) => (p.base === E ? isOneQ(p.exponent) : isPositive(p.base) || keeps(p.base))));
  const keeps: (e: Expr) => boolean = onceEach((e) => {
    switch (e.kind) {
      case 'product': {
        const list = [...e.factors];
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
