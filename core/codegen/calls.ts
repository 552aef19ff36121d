/** Calls of kernels with several results, and what calls cost. */
import { constantDim, D0, D1, dimName, isOne, sameDim, shape, type Dim, type Shape } from '../algebra/dim';
import { flopsOf } from './cost';
import type { Expr } from './expr';

/** Calls that are symmetric matrices, orthogonal matrices, or commute with the transpose. */
export const SYMMETRIC_CALLS = new Set(['sqrtmSym', 'powmSym', 'expmSym', 'logmSym']);
export const ORTHOGONAL_CALLS = new Set(['eigSym', 'rotation']);
export const COMMUTING_CALLS = new Set(['argmax', 'sqrtm', 'expm', 'logm', 'powm', 'adj', 'pinv']);
/** Calls of the rows of two matrices, that are 0 where these are the same. */
export const DISTANCES = new Set(['squaredDistances', 'weightedSquaredDistances']);
/** Sums over the blocks of their first argument, each transposed as its arguments are. */
export const BLOCK_SUMS = new Set(['blockInner', 'blockSum']);
/** X without the mean of its own columns, each of which is 0 in sum. */
export const isCentred = (e: Expr): boolean => e.kind === 'call' && e.op === 'centredRows' && e.args[0] === e.args[1];
/** An expression, or one of a sum's terms, of which each column is 0 in sum. */
export const hasCentred = (e: Expr): boolean => (e.kind === 'sum' ? e.terms.some((t) => t.arg.kind !== 'sum' && hasCentred(t.arg)) : e.kind === 'product' ? isCentred(e.factors[0] as Expr) : isCentred(e));
/** Calls that are linear in their second argument. */
export const LINEAR_IN_SECOND = new Set(['rotationFrechet', 'expmFrechet', 'logmFrechet', ...BLOCK_SUMS]);

/** The shapes of all results, in the order of `part`; undefined for a call with one. */
export function callParts(op: string, args: readonly Expr[], own: Shape): readonly Shape[] | undefined {
  const s = args[0]?.shape ?? own;
  switch (op) {
    case 'eigSym': return [s, shape(s.rows, D1)];
    case 'lu': return [s, shape(s.rows, D1)];
    case 'svd': { const r = least(s); return [shape(s.rows, r), shape(r, D1), shape(s.cols, r)]; }
    default: return undefined;
  }
}

/** What is wrong with a matrix whose eigenvalues or singular values fail a check, after its name. */
export const spectrumFault = (check: string, values: Expr | undefined): string => {
  if (check === 'nonnegativeSpectrum') return 'has a negative eigenvalue';
  if (values?.kind !== 'call' || values.op !== 'svd') return 'is not positive definite, or nearly singular';
  return sameDim((values.args[0] as Expr).shape.rows, (values.args[0] as Expr).shape.cols) ? 'is singular, or nearly so' : 'is rank deficient, or nearly so';
};

/** The smaller side, which counts the singular values: a dimension named `min(m, n)` where neither is known to be it. */
export const least = (s: Shape): Dim => {
  const [r, c] = [constantDim(s.rows), constantDim(s.cols)];
  if (r !== undefined && c !== undefined) return r < c ? s.rows : s.cols;
  return sameDim(s.rows, s.cols) || isOne(s.cols) ? s.cols : isOne(s.rows) ? s.rows : dimName(`min(${s.rows.key}, ${s.cols.key})`);
};

/** How many blocks lie below and beside each other in the first argument of a sum over blocks, and how large one is. */
export function sidesOfBlocks({ op, args, value }: { readonly op: string; readonly args: readonly Expr[]; readonly value: Expr }): readonly Dim[] {
  const [blocks, block] = op === 'blockInner' ? [value, args[1] as Expr] : [args[1] as Expr, value];
  return [blocks.shape.rows, blocks.shape.cols, block.shape.rows, block.shape.cols];
}

/** Flops of a call by the size of its first argument; rough for iterative methods. */
const CUBIC: Readonly<Record<string, number | undefined>> = {
  chol: 1 / 3, lu: 2 / 3, eigSym: 9, sqrtm: 30, expm: 20, logm: 60, powm: 60, expmFrechet: 60, logmFrechet: 180, powmFrechet: 180, sylvester: 60, adjugate: 25,
};
/** Entries that are moved and not computed. */
const COPIES = new Set(['vec', 'unvec', 'vech', 'transposeBlocks', 'commutation', 'duplication', 'diagonalisation', 'blocks', 'skew3']);
export function callFlops(e: Expr & { readonly kind: 'call' }): Dim {
  const s = e.args[0]?.shape ?? e.shape;
  if (e.op === 'tuple' || COPIES.has(e.op)) return D0;
  if (e.op === 'svd' || e.op === 'pinv') return flopsOf(14, s.rows, s.cols, s.cols);
  if (e.op === 'rowMax') return flopsOf(1, s.rows, s.cols);
  if (e.op === 'prod' || e.op === 'productOfOthers') return flopsOf(e.op === 'prod' ? 1 : 3, s.rows, s.cols);
  if (e.op === 'centredRows') return flopsOf(e.args[0] === e.args[1] ? 4 : 5, e.shape.rows, e.shape.cols);
  if (DISTANCES.has(e.op)) return flopsOf((e.args[2] ? 4 : 3) / (e.args[0] === e.args[1] ? 2 : 1), e.shape.rows, e.shape.cols, s.cols);
  if (BLOCK_SUMS.has(e.op)) return flopsOf(2, s.rows, s.cols);
  if (e.op === 'norm') return flopsOf(2, s.rows, s.cols);
  if (e.op === 'rotation' || e.op === 'rotationFrechet') return flopsOf(e.op === 'rotation' ? 60 : 450, D1);
  const by = CUBIC[e.op];
  return by === undefined ? flopsOf(1, e.shape.rows, e.shape.cols) : flopsOf(by, s.rows, s.rows, s.rows);
}
