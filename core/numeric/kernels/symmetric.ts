// Systems with a symmetric matrix that nothing says to be definite: Cholesky where it is, which most are, else LU.
import { productOfEntries } from './activation';
import { cholesky, choleskyInverse, choleskyLogdet, choleskySolve } from './cholesky';
import { lu, luDeterminant, luInverse, luLogdet, luSign, luSolve } from './lu';
import { work } from './work';

/**
 * Factors of the symmetric n x n matrix A in F: its Cholesky factor where it is positive definite, pivots[0] being
 * -1 then, else what `lu` makes of it. F is not A. Returns -1, or the column (from 0) at which A turns out to be
 * singular to working precision, or NaN.
 */
export function symmetricFactor(A: Float64Array, F: Float64Array, pivots: Int32Array, n: number): number {
  if (cholesky(A, F, n) !== -1) return lu(A, F, pivots, n);
  pivots[0] = -1;
  return -1;
}

/** Solves A * X = B in place (B becomes X) with the factors that `symmetricFactor` made of A; B is n x q. */
export function symmetricSolve(
  F: Float64Array, pivots: Int32Array, B: Float64Array, n: number, q: number,
): void {
  if (pivots[0] === -1) choleskySolve(F, B, n, q);
  else luSolve(F, pivots, B, n, q);
}

/** X = the inverse of the A that `symmetricFactor` factored, n x n. X is not F. */
export function symmetricInverse(F: Float64Array, pivots: Int32Array, X: Float64Array, n: number): void {
  if (pivots[0] === -1) choleskyInverse(F, X, n);
  else luInverse(F, pivots, X, n);
}

/** det of the A that `symmetricFactor` factored, n x n. */
export function symmetricDeterminant(F: Float64Array, pivots: Int32Array, n: number): number {
  if (pivots[0] !== -1) return luDeterminant(F, pivots, n);
  const diagonal = work(9, n);
  for (let i = 0; i < n; i++) diagonal[i] = F[i * n + i]! * F[i * n + i]!;
  return productOfEntries(diagonal, n);
}

/** log |det| of the A that `symmetricFactor` factored, n x n. */
export function symmetricLogdet(F: Float64Array, pivots: Int32Array, n: number): number {
  return pivots[0] === -1 ? choleskyLogdet(F, n) : luLogdet(F, n);
}

/** The sign (1 or -1) of det of the A that `symmetricFactor` factored, n x n. */
export function symmetricSign(F: Float64Array, pivots: Int32Array, n: number): number {
  return pivots[0] === -1 ? 1 : luSign(F, pivots, n);
}
