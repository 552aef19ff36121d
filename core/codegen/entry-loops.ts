/** What decides how entries are looped over: one loop or two, the diagonal alone, a transpose added. */
import { D1, isOne, isScalar, mulDim, type Shape } from '../algebra/dim';
import type { Expr, Leaf } from './expr';
import { MASKS } from './maps';

/** One loop over all entries where every array is read in the same order. */
export const isFlat = (e: Expr, like: Shape): boolean => {
  if (isScalar(e.shape)) return true;
  switch (e.kind) {
    case 'leaf': return e.shape.rows.key === like.rows.key && e.shape.cols.key === like.cols.key;
    case 'ones': return true;
    case 'sum': return e.terms.every((t) => isFlat(t.arg, like));
    case 'times': return e.powers.every((p) => isFlat(p.base, like));
    case 'map': return !MASKS.has(e.fn) && e.args.every((a) => isFlat(a, like));
    default: return false;
  }
};
/** The same expression with every array as a column of all its entries. */
export const asColumn = (e: Expr): Expr => {
  const shape: Shape = { rows: mulDim(e.shape.rows, e.shape.cols), cols: D1 };
  if (isScalar(e.shape)) return e;
  switch (e.kind) {
    case 'leaf': return { ...e, shape };
    case 'sum': return { ...e, shape, terms: e.terms.map((t) => ({ coefficient: t.coefficient, arg: asColumn(t.arg) })) };
    case 'times': return { ...e, shape, powers: e.powers.map((p) => ({ base: asColumn(p.base), exponent: p.exponent })) };
    case 'map': return { ...e, shape, args: e.args.map(asColumn) };
    default: return { ...e, shape };
  }
};

/** A matrix that is 0 off its diagonal. */
export const isDiagonalMatrix = (e: Expr): boolean => e.kind === 'identity' || e.kind === 'diag' || (e.kind === 'sum' && e.terms.every((t) => isDiagonalMatrix(t.arg)));

/** alpha * (A + A'). */
export const addTransposed = (body: Expr): { readonly leaf: Leaf; readonly alpha: Expr } | undefined => {
  if (body.kind !== 'sum' || body.terms.length !== 2) return undefined;
  const [a, b] = body.terms;
  if (!a || !b || a.coefficient !== b.coefficient) return undefined;
  const [x, y] = a.arg.kind === 'leaf' ? [a.arg, b.arg] : [b.arg, a.arg];
  return x.kind === 'leaf' && y.kind === 'transpose' && y.arg === x && !isOne(x.shape.rows) && !isOne(x.shape.cols) ? { leaf: x, alpha: a.coefficient } : undefined;
};
