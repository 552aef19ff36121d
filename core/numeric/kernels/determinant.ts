// Inverse, determinant and its logarithm in one call.
import { cholesky, choleskyInverse, choleskyLogdet } from './cholesky';
import { lu, luDeterminant, luInverse, luLogdet, luSign } from './lu';

/**
 * X = the inverse of A, n x n. Returns -1, or the pivot (from 0) at which A turns out to be singular, or NaN.
 */
export function inverse(A: Float64Array, X: Float64Array, n: number): number {
  const LU = new Float64Array(n * n);
  const pivots = new Int32Array(n);
  const failed = lu(A, LU, pivots, n);
  if (failed < 0) luInverse(LU, pivots, X, n);
  return failed;
}

/**
 * X = the inverse of a positive definite A, n x n. Returns -1, or the pivot (from 0) at which A turns out not
 * to be.
 */
export function inversePosdef(A: Float64Array, X: Float64Array, n: number): number {
  const L = new Float64Array(n * n);
  const failed = cholesky(A, L, n);
  if (failed < 0) choleskyInverse(L, X, n);
  return failed;
}

/** det A, n x n; 0 where A is singular to working precision. Throws for NaN. */
export function determinant(A: Float64Array, n: number): number {
  const LU = new Float64Array(n * n);
  const pivots = new Int32Array(n);
  if (lu(A, LU, pivots, n) < 0) return luDeterminant(LU, pivots, n);
  for (let i = 0; i < n * n; i++) {
    if (!(A[i]! - A[i]! === 0)) throw new Error('the matrix contains NaN or Infinity');
  }
  return 0;
}

/** log det A, n x n. Throws where the determinant is not positive. */
export function logdet(A: Float64Array, n: number): number {
  const LU = new Float64Array(n * n);
  const pivots = new Int32Array(n);
  const failed = lu(A, LU, pivots, n);
  if (failed >= 0) throw new Error(`the matrix is singular, or contains NaN (pivot ${failed + 1})`);
  if (luSign(LU, pivots, n) < 0) throw new Error('the determinant is negative');
  return luLogdet(LU, n);
}

/** log det A for a positive definite A, n x n. Throws where it is not. */
export function logdetPosdef(A: Float64Array, n: number): number {
  const L = new Float64Array(n * n);
  const failed = cholesky(A, L, n);
  if (failed >= 0) throw new Error(`the matrix is not positive definite, or contains NaN (pivot ${failed + 1})`);
  return choleskyLogdet(L, n);
}
