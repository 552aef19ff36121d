/**
 * exp(X) divided by its row sums, or its columns' sums, and logarithms of such sums, without overflow: what does not change when each
 * row of exp(X) is scaled is worked out with exp(X - the largest entry of the row) instead. Softmax of each row, attention and their
 * derivatives are such, however they are written. (Blanchard, Higham & Higham 2021, Accurately computing the log-sum-exp and softmax functions.)
 */
import { D1, isOne, isScalar, sameDim, shape } from '../algebra/dim';
import { toNumber } from '../algebra/rational';
import { childrenOf, type Expr } from './expr';
import type { Exprs } from './exprs';
import { rebuilt } from './rebuild';

type Axis = 'rows' | 'cols';
type Exponential = Expr & { readonly kind: 'map' };

export function createShift(ex: Exprs): (root: Expr) => Expr {
  return (root) => exponentialsIn(root).reduce((e, E) => {
    const rows = shifted(ex, e, E, 'rows');
    return rows === e ? shifted(ex, e, E, 'cols') : rows;
  }, root);
}

/** exp of matrices, of which sums are divided by or stand under a logarithm somewhere. */
function exponentialsIn(root: Expr): readonly Exponential[] {
  const seen = new Set<Expr>();
  const found: Exponential[] = [];
  let isDivided = false;
  const visit = (e: Expr): void => {
    if (seen.has(e)) return;
    seen.add(e);
    if (e.kind === 'map' && e.fn === 'exp' && !isOne(e.shape.rows) && !isOne(e.shape.cols)) found.push(e);
    isDivided ||= (e.kind === 'map' && e.fn === 'log') || (e.kind === 'times' && e.powers.some((p) => toNumber(p.exponent) < 0 && !isScalar(p.base.shape)));
    childrenOf(e).forEach(visit);
  };
  visit(root);
  return isDivided ? found : [];
}

/** The root with each part that does not change when E is scaled along an axis worked out with a smaller E. */
function shifted(ex: Exprs, root: Expr, E: Exponential, axis: Axis): Expr {
  const [X] = E.args;
  if (!X) return root;
  const top = axis === 'rows' ? ex.call('rowMax', [X], shape(E.shape.rows, D1)) : ex.transpose(ex.call('rowMax', [ex.transpose(X)], shape(E.shape.cols, D1)));
  const spread = axis === 'rows' ? ex.product([top, ex.ones(shape(D1, E.shape.cols))]) : ex.product([ex.ones(shape(E.shape.rows, D1)), top]);
  const smaller = ex.map('exp', [ex.add(X, ex.scale(ex.number(-1), spread))], E.shape);
  const degree = degreesOf(E, axis);
  const held = heldBy(E);

  const lower = new Map<Expr, Expr>([[E, smaller]]);
  /** With the smaller E everywhere; a logarithm gets back what its argument lost. */
  const within = (e: Expr): Expr => {
    const known = lower.get(e);
    if (known) return known;
    const made = held(e) ? rebuilt(ex, e, within) : e;
    const lost = e.kind === 'map' && e.fn === 'log' ? degree(e.args[0] as Expr) : 0;
    const whole = lost === 0 ? made : ex.add(made, ex.scale(ex.number(lost), isOne(e.shape[axis === 'rows' ? 'cols' : 'rows']) ? top : spread));
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

/** Whether an expression holds E. */
function heldBy(E: Expr): (e: Expr) => boolean {
  const memo = new Map<Expr, boolean>([[E, true]]);
  const held = (e: Expr): boolean => {
    const known = memo.get(e);
    if (known !== undefined) return known;
    const made = childrenOf(e).some(held);
    memo.set(e, made);
    return made;
  };
  return held;
}

/** d where scaling each row (column) of E by c_i scales that row (column) of the expression by c_i^d; NaN where nothing of the kind holds. */
function degreesOf(E: Expr, axis: Axis): (e: Expr) => number {
  const held = heldBy(E);
  const memo = new Map<Expr, number>([[E, 1]]);
  const degree = (e: Expr): number => {
    const known = memo.get(e);
    if (known !== undefined) return known;
    const made = held(e) ? of(e) : 0;
    memo.set(e, made);
    return made;
  };
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
      case 'times': return e.powers.reduce((d, p) => d + (isScalar(p.base.shape) && !isScalar(e.shape) ? none([p.base]) : degree(p.base) * toNumber(p.exponent)), 0);
      case 'sum': {
        const [first, ...others] = e.terms.map((t) => degree(t.arg));
        return first !== undefined && others.every((d) => d === first) ? first + none(e.terms.map((t) => t.coefficient)) : NaN;
      }
      // What a logarithm's argument loses is added to it again, a whole number of times.
      case 'map': return e.fn === 'log' && Number.isInteger(degree(e.args[0] as Expr)) ? 0 : none(e.args);
      case 'diag': return isOne(e.arg.shape.cols) ? degree(e.arg) : NaN;
      case 'diagOf': return axis === 'rows' ? degree(e.arg) : none([e.arg]);
      default: return none(childrenOf(e));
    }
  };
  return degree;
}
