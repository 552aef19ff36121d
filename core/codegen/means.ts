/**
 * I - ones*ones'/m takes the mean of each column away: X'*(I - ones*ones'/m)*X, the covariance, is P'*P of P = X - ones*mean', which costs a
 * pass over X where the matrix would cost a product, and loses nothing where the mean is large.
 */
import { D1, isOne, shape } from '../algebra/dim';
import type { Expr } from './expr';
import type { Exprs } from './exprs';

/** The factors of a product with each such matrix taken into its neighbours. */
export function withoutMeans(ex: Exprs, factors: readonly Expr[]): readonly Expr[] {
  const at = factors.findIndex((f) => scaleOf(ex, f) !== undefined);
  const by = factors[at] && scaleOf(ex, factors[at]);
  const [left, right] = [factors[at - 1], factors[at + 1]];
  if (!by || factors.length < 2) return factors;
  const before = factors.slice(0, Math.max(at - 1, 0));
  const after = factors.slice(at + 2);
  // The matrix is its own square, so that both sides may have it: neither loses anything then.
  const sides = [...(left ? [ex.transpose(withoutMean(ex, ex.transpose(left)))] : []), ...(right ? [withoutMean(ex, right)] : [])];
  return withoutMeans(ex, [by, ...before, ...sides, ...after]);
}

/** X without the mean of its columns, an array of its own: it is not multiplied out. */
function withoutMean(ex: Exprs, X: Expr): Expr {
  return ex.call('centredRows', [X, X], X.shape);
}

/** The c of c*(I - ones*ones'/m). */
function scaleOf(ex: Exprs, f: Expr): Expr | undefined {
  const [a, b] = f.kind === 'sum' && f.terms.length === 2 ? f.terms : [];
  const [I, all] = a?.arg.kind === 'identity' ? [a, b] : [b, a];
  if (I?.arg.kind !== 'identity' || all?.arg.kind !== 'ones') return undefined;
  return all.coefficient === ex.multiply(ex.number(-1), I.coefficient, ex.power(ex.size(f.shape.rows), -1)) ? I.coefficient : undefined;
}

/** The rows of X without the mean of the rows of Y, as it is computed. */
export function meanTakenAway(ex: Exprs, X: Expr, Y: Expr): Expr {
  const m = Y.shape.rows;
  const mean = isOne(Y.shape.cols) ? ex.total(Y) : ex.product([ex.ones(shape(D1, m)), Y]);
  return ex.add(X, ex.scale(ex.multiply(ex.number(-1), ex.power(ex.size(m), -1)), ex.product([ex.ones(shape(X.shape.rows, D1)), mean])));
}
