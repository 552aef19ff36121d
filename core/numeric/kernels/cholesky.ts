// Cholesky: the factor, solves, inverse and log determinant of a symmetric positive definite matrix.
import { lowerGram, lowerInverse } from './lowerInverse';
import { solveLower, solveLowerT } from './triangular';
import { work } from './work';

/**
 * L * L' = A: the lower Cholesky factor of the n x n matrix A, of which only the lower half is read. L may be
 * A. Returns -1, or the column (from 0) at which A turns out not to be positive definite to working
 * precision, or NaN.
 */
export function cholesky(A: Float64Array, L: Float64Array, n: number): number {
  const noise = n * 1.2e-16;
  for (let j0 = 0; j0 < n; j0 += 4) {
    const j1 = Math.min(j0 + 4, n);
    for (let j = j0; j < j1; j++) {
      const rj = j * n;
      const a = A[rj + j]!;
      let s = a;
      for (let p = 0; p < j; p++) s -= L[rj + p]! * L[rj + p]!;
      if (!(s > noise * a) || s === Infinity) return j;
      const d = Math.sqrt(s);
      L[rj + j] = d;
      for (let i = j + 1; i < j1; i++) {
        const ri = i * n;
        let t = A[ri + j]!;
        for (let p = 0; p < j; p++) t -= L[ri + p]! * L[rj + p]!;
        L[ri + j] = t / d;
      }
    }
    if (j1 < j0 + 4) break;
    const q0 = j0 * n, q1 = q0 + n, q2 = q1 + n, q3 = q2 + n;
    const d0 = L[q0 + j0]!;
    const e1 = L[q1 + j0]!, d1 = L[q1 + j0 + 1]!;
    const e2 = L[q2 + j0]!, f2 = L[q2 + j0 + 1]!, d2 = L[q2 + j0 + 2]!;
    const e3 = L[q3 + j0]!, f3 = L[q3 + j0 + 1]!, g3 = L[q3 + j0 + 2]!, d3 = L[q3 + j0 + 3]!;
    let i = j1;
    for (; i + 1 < n; i += 2) {
      const r0 = i * n, r1 = r0 + n;
      let s00 = A[r0 + j0]!, s01 = A[r0 + j0 + 1]!, s02 = A[r0 + j0 + 2]!, s03 = A[r0 + j0 + 3]!;
      let s10 = A[r1 + j0]!, s11 = A[r1 + j0 + 1]!, s12 = A[r1 + j0 + 2]!, s13 = A[r1 + j0 + 3]!;
      for (let p = 0; p < j0; p++) {
        const x0 = L[r0 + p]!, x1 = L[r1 + p]!;
        const y0 = L[q0 + p]!, y1 = L[q1 + p]!, y2 = L[q2 + p]!, y3 = L[q3 + p]!;
        s00 -= x0 * y0; s01 -= x0 * y1; s02 -= x0 * y2; s03 -= x0 * y3;
        s10 -= x1 * y0; s11 -= x1 * y1; s12 -= x1 * y2; s13 -= x1 * y3;
      }
      s00 /= d0; s10 /= d0;
      s01 = (s01 - s00 * e1) / d1; s11 = (s11 - s10 * e1) / d1;
      s02 = (s02 - s00 * e2 - s01 * f2) / d2; s12 = (s12 - s10 * e2 - s11 * f2) / d2;
      s03 = (s03 - s00 * e3 - s01 * f3 - s02 * g3) / d3;
      s13 = (s13 - s10 * e3 - s11 * f3 - s12 * g3) / d3;
      L[r0 + j0] = s00; L[r0 + j0 + 1] = s01; L[r0 + j0 + 2] = s02; L[r0 + j0 + 3] = s03;
      L[r1 + j0] = s10; L[r1 + j0 + 1] = s11; L[r1 + j0 + 2] = s12; L[r1 + j0 + 3] = s13;
    }
    if (i < n) {
      const r = i * n;
      let s0 = A[r + j0]!, s1 = A[r + j0 + 1]!, s2 = A[r + j0 + 2]!, s3 = A[r + j0 + 3]!;
      for (let p = 0; p < j0; p++) {
        const x = L[r + p]!;
        s0 -= x * L[q0 + p]!;
        s1 -= x * L[q1 + p]!;
        s2 -= x * L[q2 + p]!;
        s3 -= x * L[q3 + p]!;
      }
      s0 /= d0;
      s1 = (s1 - s0 * e1) / d1;
      s2 = (s2 - s0 * e2 - s1 * f2) / d2;
      s3 = (s3 - s0 * e3 - s1 * f3 - s2 * g3) / d3;
      L[r + j0] = s0; L[r + j0 + 1] = s1; L[r + j0 + 2] = s2; L[r + j0 + 3] = s3;
    }
  }
  for (let i = 0; i < n; i++) for (let j = i * n + i + 1, end = i * n + n; j < end; j++) L[j] = 0;
  return -1;
}

/** Solves L * L' * X = B in place (B becomes X), where L is a Cholesky factor, n x n, and B is n x q. */
export function choleskySolve(L: Float64Array, B: Float64Array, n: number, q: number): void {
  solveLower(L, B, n, q);
  solveLowerT(L, B, n, q);
}

/** X = the inverse of L * L', exactly symmetric, where L is a Cholesky factor, n x n. X is not L. */
export function choleskyInverse(L: Float64Array, X: Float64Array, n: number): void {
  const W = work(0, n * n);
  lowerInverse(L, W, n);
  lowerGram(W, X, n);
}

/** log det of L * L', where L is a Cholesky factor, n x n. */
export function choleskyLogdet(L: Float64Array, n: number): number {
  let s = 0;
  for (let i = 0; i < n; i++) s += Math.log(L[i * n + i]!);
  return 2 * s;
}
