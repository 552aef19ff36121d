/**
 * Adjoints of Kronecker products without copies: d(A ⊗ B) comes back as a product of vec(B) (or vec(A)) with the blocks of Y in another
 * order, which five copies would make. Each entry is the sum of a block's entries times B's; the other one is the sum of the blocks times
 * A's entries: one pass over Y.
 */
import { isOne, mulDim, type Dim } from '../algebra/dim';
import type { Expr, Term } from './expr';
import type { Exprs } from './exprs';

/** unvec of the product as `blockInner(Y, B)` or `blockSum(Y, A)`; the expression itself where it is another. */
export function blockSums(ex: Exprs, e: Expr): Expr {
  const [arg] = e.kind === 'call' && e.op === 'unvec' ? e.args : [];
  if (!arg) return e;
  const terms = termsOf(ex, arg).map((t) => {
    const [R, v] = t.arg.kind === 'product' && t.arg.factors.length === 2 ? t.arg.factors : [];
    const other = v?.kind === 'call' && v.op === 'vec' ? v.args[0] : undefined;
    return { coefficient: t.coefficient, arg: R && other && ofBlocks(ex, R, other, e) };
  });
  return terms.every((t): t is Term => t.arg !== undefined) ? ex.sum(terms, e.shape) : e;
}
const termsOf = (ex: Exprs, e: Expr): readonly Term[] => (e.kind === 'sum' ? e.terms : [{ coefficient: ex.number(1), arg: e }]);

/** R*vec(other), R the matrix whose columns are the blocks of Y, or its transpose. */
function ofBlocks(ex: Exprs, R: Expr, other: Expr, result: Expr): Expr | undefined {
  const turned = R.kind === 'transpose';
  const [{ rows: m, cols: n }, { rows: p, cols: q }] = turned ? [result.shape, other.shape] : [other.shape, result.shape];
  if ([m, n, p, q].some(isOne)) return undefined;
  const copied = callOf(turned ? R.arg : R, 'unvec', mulDim(p, q), mulDim(m, n))?.args[0];
  const blocks = copied?.kind === 'call' && copied.op === 'vec' && copied.args[0] ? callOf(copied.args[0], 'transposeBlocks', mulDim(mulDim(m, p), q), n) : undefined;
  if (!blocks || blocks.dims.map((d) => d.key).join() !== [q, m, p].map((d) => d.key).join()) return undefined;
  const [stacked] = blocks.args[0] ? callOf(blocks.args[0], 'unvec', mulDim(mulDim(m, p), q), n)?.args ?? [] : [];
  const size = { rows: mulDim(m, p), cols: mulDim(n, q) };
  const parts = stacked && termsOf(ex, stacked).map((t) => ({ coefficient: t.coefficient, arg: t.arg.kind === 'call' && t.arg.op === 'vec' ? t.arg.args[0] : undefined }));
  if (!parts?.every((t): t is Term => t.arg !== undefined && t.arg.shape.rows.key === size.rows.key && t.arg.shape.cols.key === size.cols.key)) return undefined;
  const Y = ex.sum(parts, size);
  return ex.call(turned ? 'blockInner' : 'blockSum', [Y, other], result.shape);
}
function callOf(e: Expr, op: string, rows: Dim, cols: Dim): (Expr & { readonly kind: 'call' }) | undefined {
  return e.kind === 'call' && e.op === op && e.shape.rows.key === rows.key && e.shape.cols.key === cols.key ? e : undefined;
}
