/** Diagonal matrices beside what is worked out entry by entry: diag(u)*E is (u*ones') .* E, so that one loop does both. */
import { D1, isOne, shape } from '../algebra/dim';
import type { Expr } from './expr';
import type { Exprs } from './exprs';

/** The factors of a product with each diagonal matrix taken into a neighbour that is worked out entry by entry. */
export function scaledEntries(ex: Exprs, factors: readonly Expr[]): readonly Expr[] {
  const out: Expr[] = [];
  for (const f of factors) {
    const before = out.at(-1);
    const joined = before?.kind === 'diag' && isEntrywise(f) ? rowsScaled(ex, before.arg, f)
      : f.kind === 'diag' && before && isEntrywise(before) ? columnsScaled(ex, before, f.arg) : undefined;
    if (joined) out.pop();
    out.push(joined ?? f);
  }
  return out;
}

/** A factor of an elementwise product: the rows and columns of products in it are scaled after they are made, so that others can share them. */
export function scaledProducts(ex: Exprs, e: Expr): Expr {
  if (e.kind === 'sum') return ex.sum(e.terms.map((t) => ({ coefficient: t.coefficient, arg: scaledProducts(ex, t.arg) })), e.shape);
  if (e.kind !== 'product' || e.factors.length < 3) return e;
  const [first, last] = [e.factors[0], e.factors.at(-1)];
  if (first?.kind === 'diag') return rowsScaled(ex, first.arg, scaledProducts(ex, ex.product(e.factors.slice(1))));
  return last?.kind === 'diag' ? columnsScaled(ex, ex.product(e.factors.slice(0, -1)), last.arg) : e;
}

const isEntrywise = (e: Expr): boolean => (e.kind === 'times' || e.kind === 'map') && !isOne(e.shape.rows) && !isOne(e.shape.cols);
const rowsScaled = (ex: Exprs, u: Expr, e: Expr): Expr => ex.multiply(ex.product([u, ex.ones(shape(D1, e.shape.cols))]), e);
const columnsScaled = (ex: Exprs, e: Expr, v: Expr): Expr => ex.multiply(e, ex.product([ex.ones(shape(e.shape.rows, D1)), ex.transpose(v)]));
