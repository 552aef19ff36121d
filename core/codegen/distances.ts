/**
 * Squared distances of points that are written out in products, rowsum(A.^2)*ones' + ones*rowsum(B.^2)' - 2*A*B', as sums over pairs of
 * rows come out and as people write them: by differences, which lose nothing where points lie far from 0 and near each other. Products lose
 * as many digits as the squares have more than the distance, and a distance of 0 may come out below 0, whose root is no number.
 */
import { D1, isOne, shape, type Shape } from '../algebra/dim';
import { rational } from '../algebra/rational';
import type { Expr, Term } from './expr';
import type { Exprs } from './exprs';

/** The sum with each such group of three terms as one. */
export function byDifferences(ex: Exprs, e: Expr): Expr {
  if (e.kind !== 'sum' || e.terms.length < 3 || isOne(e.shape.rows) || isOne(e.shape.cols)) return e;
  for (const t of e.terms) {
    for (const { A, B, weights } of pairsIn(ex, t.arg)) {
      const by = ex.multiply(ex.number(rational(-1, 2)), t.coefficient);
      const squares = [squaresDown(ex, A, weights, e.shape), ex.transpose(squaresDown(ex, B, weights, { rows: e.shape.cols, cols: e.shape.rows }))];
      const found = squares.map((s) => e.terms.find((x) => x.arg === s && x.coefficient === by));
      if (!found.every((x) => x !== undefined)) continue;
      const one = between(ex, A, B, weights, e.shape);
      const rest: readonly Term[] = e.terms.filter((x) => x !== t && !found.includes(x));
      return byDifferences(ex, ex.sum([...rest, { coefficient: by, arg: one }], e.shape));
    }
  }
  return e;
}

interface Pair { readonly A: Expr; readonly B: Expr; readonly weights: Expr | undefined }
/** The A and B of A*B' and of A*diag(w)*B', wherever a product can be cut. */
function pairsIn(ex: Exprs, e: Expr): readonly Pair[] {
  const factors = e.kind === 'product' ? e.factors : [];
  return factors.slice(1).flatMap((f, k) => {
    const [left, right] = [factors.slice(0, k + 1), factors.slice(k + 2)];
    const plain = { A: ex.product(left), B: ex.transpose(ex.product([f, ...right])), weights: undefined };
    return f.kind === 'diag' && right.length > 0 ? [plain, { A: plain.A, B: ex.transpose(ex.product(right)), weights: f.arg }] : [plain];
  });
}

/** rowsum(A.^2)*ones', the squares with their weights. */
const squaresDown = (ex: Exprs, A: Expr, weights: Expr | undefined, s: Shape): Expr =>
  ex.product([ex.power(A, 2), weights ?? ex.ones(shape(A.shape.cols, D1)), ex.ones(shape(D1, s.cols))]);

/** Of numbers the differences are squared where they are needed. */
function between(ex: Exprs, A: Expr, B: Expr, weights: Expr | undefined, s: Shape): Expr {
  if (isOne(A.shape.cols)) {
    const difference = ex.add(ex.product([A, ex.ones(shape(D1, s.cols))]), ex.scale(ex.number(-1), ex.product([ex.ones(shape(s.rows, D1)), ex.transpose(B)])));
    return ex.power(difference, 2);
  }
  return weights ? ex.call('weightedSquaredDistances', [A, B, weights], s) : ex.call('squaredDistances', [A, B], s);
}
