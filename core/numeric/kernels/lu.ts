// LU with partial pivoting: the factors, solves, inverse, determinant.
import { productOfEntries } from './activation';
import { solveUpper, solveUpperT } from './triangular';
import { work } from './work';

/**
 * P * A = L * U by partial pivoting, both factors in LU (L has a unit diagonal, not stored), n x n. LU is not
 * A. pivots[k] is the row that was exchanged with row k. Returns -1, or the column (from 0) at which A
 * turns out to be singular to working precision, or NaN.
 */
export function lu(A: Float64Array, LU: Float64Array, pivots: Int32Array, n: number): number {
  // The sum of all sizes is a bound of the largest one, and takes no comparisons.
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0, at = 0;
  for (; at + 3 < n * n; at += 4) {
    const a0 = A[at]!, a1 = A[at + 1]!, a2 = A[at + 2]!, a3 = A[at + 3]!;
    LU[at] = a0;
    LU[at + 1] = a1;
    LU[at + 2] = a2;
    LU[at + 3] = a3;
    s0 += Math.abs(a0);
    s1 += Math.abs(a1);
    s2 += Math.abs(a2);
    s3 += Math.abs(a3);
  }
  for (; at < n * n; at++) {
    const a = A[at]!;
    LU[at] = a;
    s0 += Math.abs(a);
  }
  const scale = s0 + s1 + (s2 + s3);
  const noise = n * 1.2e-16;
  for (let k0 = 0; k0 < n; k0 += 4) {
    const k1 = Math.min(k0 + 4, n);
    for (let k = k0; k < k1; k++) {
      let pivot = k;
      let largest = Math.abs(LU[k * n + k]!);
      for (let i = k + 1; i < n; i++) {
        const size = Math.abs(LU[i * n + k]!);
        if (size > largest) {
          largest = size;
          pivot = i;
        }
      }
      pivots[k] = pivot;
      if (!(largest > noise * scale) && !(largest > noise * luScale(A, pivots, k, n))) return k;
      if (largest === Infinity) return k;
      if (pivot !== k) {
        const r = pivot * n, s = k * n;
        for (let j = 0; j < n; j++) {
          const t = LU[r + j]!;
          LU[r + j] = LU[s + j]!;
          LU[s + j] = t;
        }
      }
      const s = k * n + k, d = LU[s]!, rest = k1 - k;
      const y1 = rest > 1 ? LU[s + 1]! : 0, y2 = rest > 2 ? LU[s + 2]! : 0, y3 = rest > 3 ? LU[s + 3]! : 0;
      for (let r = s + n; r < n * n; r += n) {
        const l = LU[r]! / d;
        LU[r] = l;
        if (rest > 1) LU[r + 1] = LU[r + 1]! - l * y1;
        if (rest > 2) LU[r + 2] = LU[r + 2]! - l * y2;
        if (rest > 3) LU[r + 3] = LU[r + 3]! - l * y3;
      }
    }
    if (k1 === n) break;
    const u0 = k0 * n, u1 = u0 + n, u2 = u1 + n, u3 = u2 + n;
    const l10 = LU[u1 + k0]!, l20 = LU[u2 + k0]!, l21 = LU[u2 + k0 + 1]!;
    const l30 = LU[u3 + k0]!, l31 = LU[u3 + k0 + 1]!, l32 = LU[u3 + k0 + 2]!;
    for (let j = k1; j < n; j++) {
      const x0 = LU[u0 + j]!;
      const x1 = LU[u1 + j]! - l10 * x0;
      const x2 = LU[u2 + j]! - l20 * x0 - l21 * x1;
      LU[u1 + j] = x1;
      LU[u2 + j] = x2;
      LU[u3 + j] = LU[u3 + j]! - l30 * x0 - l31 * x1 - l32 * x2;
    }
    let i = k1;
    for (; i + 3 < n; i += 4) {
      const r0 = i * n, r1 = r0 + n, r2 = r1 + n, r3 = r2 + n;
      const a00 = LU[r0 + k0]!, a01 = LU[r0 + k0 + 1]!, a02 = LU[r0 + k0 + 2]!, a03 = LU[r0 + k0 + 3]!;
      const a10 = LU[r1 + k0]!, a11 = LU[r1 + k0 + 1]!, a12 = LU[r1 + k0 + 2]!, a13 = LU[r1 + k0 + 3]!;
      const a20 = LU[r2 + k0]!, a21 = LU[r2 + k0 + 1]!, a22 = LU[r2 + k0 + 2]!, a23 = LU[r2 + k0 + 3]!;
      const a30 = LU[r3 + k0]!, a31 = LU[r3 + k0 + 1]!, a32 = LU[r3 + k0 + 2]!, a33 = LU[r3 + k0 + 3]!;
      for (let j = k1; j < n; j++) {
        const x0 = LU[u0 + j]!, x1 = LU[u1 + j]!, x2 = LU[u2 + j]!, x3 = LU[u3 + j]!;
        LU[r0 + j] = LU[r0 + j]! - a00 * x0 - a01 * x1 - a02 * x2 - a03 * x3;
        LU[r1 + j] = LU[r1 + j]! - a10 * x0 - a11 * x1 - a12 * x2 - a13 * x3;
        LU[r2 + j] = LU[r2 + j]! - a20 * x0 - a21 * x1 - a22 * x2 - a23 * x3;
        LU[r3 + j] = LU[r3 + j]! - a30 * x0 - a31 * x1 - a32 * x2 - a33 * x3;
      }
    }
    for (; i < n; i++) {
      const r = i * n;
      const a0 = LU[r + k0]!, a1 = LU[r + k0 + 1]!, a2 = LU[r + k0 + 2]!, a3 = LU[r + k0 + 3]!;
      for (let j = k1; j < n; j++) {
        LU[r + j] = LU[r + j]! - a0 * LU[u0 + j]! - a1 * LU[u1 + j]! - a2 * LU[u2 + j]! - a3 * LU[u3 + j]!;
      }
    }
  }
  return -1;
}

/** The largest entry in A's row that is row `pivots[k]` after k exchanges, and in column k: the smaller one. */
export function luScale(A: Float64Array, pivots: Int32Array, k: number, n: number): number {
  let row = pivots[k]!;
  for (let t = k - 1; t >= 0; t--) {
    if (row === pivots[t]!) row = t;
    else if (row === t) row = pivots[t]!;
  }
  let inRow = 0, inColumn = 0;
  for (let j = 0; j < n; j++) {
    const a = Math.abs(A[row * n + j]!), b = Math.abs(A[j * n + k]!);
    if (a > inRow) inRow = a;
    if (b > inColumn) inColumn = b;
  }
  return Math.min(inRow, inColumn);
}

/**
 * Solves L * X = B in place, where L is unit lower triangular in the lower part of LU, n x n, and B is n x q.
 */
export function solveUnitLower(LU: Float64Array, B: Float64Array, n: number, q: number): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const l0 = i * n, l1 = l0 + n, l2 = l1 + n, l3 = l2 + n;
    const b0 = i * q, b1 = b0 + q, b2 = b1 + q, b3 = b2 + q;
    const e1 = LU[l1 + i]!, e2 = LU[l2 + i]!, f2 = LU[l2 + i + 1]!;
    const e3 = LU[l3 + i]!, f3 = LU[l3 + i + 1]!, g3 = LU[l3 + i + 2]!;
    let j = 0;
    for (; j + 1 < q; j += 2) {
      let s00 = B[b0 + j]!, s01 = B[b0 + j + 1]!;
      let s10 = B[b1 + j]!, s11 = B[b1 + j + 1]!;
      let s20 = B[b2 + j]!, s21 = B[b2 + j + 1]!;
      let s30 = B[b3 + j]!, s31 = B[b3 + j + 1]!;
      for (let p = 0, b = j; p < i; p++, b += q) {
        const y0 = B[b]!, y1 = B[b + 1]!;
        const x0 = LU[l0 + p]!, x1 = LU[l1 + p]!, x2 = LU[l2 + p]!, x3 = LU[l3 + p]!;
        s00 -= x0 * y0; s01 -= x0 * y1;
        s10 -= x1 * y0; s11 -= x1 * y1;
        s20 -= x2 * y0; s21 -= x2 * y1;
        s30 -= x3 * y0; s31 -= x3 * y1;
      }
      s10 -= e1 * s00; s11 -= e1 * s01;
      s20 -= e2 * s00 + f2 * s10; s21 -= e2 * s01 + f2 * s11;
      s30 -= e3 * s00 + f3 * s10 + g3 * s20; s31 -= e3 * s01 + f3 * s11 + g3 * s21;
      B[b0 + j] = s00; B[b0 + j + 1] = s01;
      B[b1 + j] = s10; B[b1 + j + 1] = s11;
      B[b2 + j] = s20; B[b2 + j + 1] = s21;
      B[b3 + j] = s30; B[b3 + j + 1] = s31;
    }
    if (j < q) {
      let s0 = B[b0 + j]!, s1 = B[b1 + j]!, s2 = B[b2 + j]!, s3 = B[b3 + j]!;
      for (let p = 0, b = j; p < i; p++, b += q) {
        const y = B[b]!;
        s0 -= LU[l0 + p]! * y;
        s1 -= LU[l1 + p]! * y;
        s2 -= LU[l2 + p]! * y;
        s3 -= LU[l3 + p]! * y;
      }
      s1 -= e1 * s0;
      s2 -= e2 * s0 + f2 * s1;
      s3 -= e3 * s0 + f3 * s1 + g3 * s2;
      B[b0 + j] = s0;
      B[b1 + j] = s1;
      B[b2 + j] = s2;
      B[b3 + j] = s3;
    }
  }
  for (; i < n; i++) {
    for (let j = 0; j < q; j++) {
      let s = B[i * q + j]!;
      for (let p = 0; p < i; p++) s -= LU[i * n + p]! * B[p * q + j]!;
      B[i * q + j] = s;
    }
  }
}

/** Solves A * X = B in place (B becomes X) with the factors that `lu` made of A, n x n; B is n x q. */
export function luSolve(
  LU: Float64Array, pivots: Int32Array, B: Float64Array, n: number, q: number,
): void {
  for (let k = 0; k < n; k++) {
    const r = pivots[k]! * q, s = k * q;
    if (r === s) continue;
    for (let j = 0; j < q; j++) {
      const t = B[r + j]!;
      B[r + j] = B[s + j]!;
      B[s + j] = t;
    }
  }
  solveUnitLower(LU, B, n, q);
  solveUpper(LU, B, n, q);
}

/**
 * Solves L' * X = B in place, where L is unit lower triangular in the lower part of LU, n x n, and B is n x q.
 */
export function solveUnitLowerT(LU: Float64Array, B: Float64Array, n: number, q: number): void {
  let end = n;
  for (; end % 4 !== 0; end--) {
    const i = end - 1;
    for (let j = 0; j < q; j++) {
      let s = B[i * q + j]!;
      for (let p = i + 1; p < n; p++) s -= LU[p * n + i]! * B[p * q + j]!;
      B[i * q + j] = s;
    }
  }
  for (let i = end - 4; i >= 0; i -= 4) {
    const l1 = (i + 1) * n + i, l2 = l1 + n, l3 = l2 + n;
    const b0 = i * q, b1 = b0 + q, b2 = b1 + q, b3 = b2 + q;
    const e1 = LU[l1]!, e2 = LU[l2]!, f2 = LU[l2 + 1]!;
    const e3 = LU[l3]!, f3 = LU[l3 + 1]!, g3 = LU[l3 + 2]!;
    for (let j = 0; j < q; j++) {
      let s0 = B[b0 + j]!, s1 = B[b1 + j]!, s2 = B[b2 + j]!, s3 = B[b3 + j]!;
      for (let p = i + 4, l = p * n + i, b = p * q + j; p < n; p++, l += n, b += q) {
        const y = B[b]!;
        s0 -= LU[l]! * y;
        s1 -= LU[l + 1]! * y;
        s2 -= LU[l + 2]! * y;
        s3 -= LU[l + 3]! * y;
      }
      s2 -= g3 * s3;
      s1 -= f2 * s2 + f3 * s3;
      s0 -= e1 * s1 + e2 * s2 + e3 * s3;
      B[b0 + j] = s0;
      B[b1 + j] = s1;
      B[b2 + j] = s2;
      B[b3 + j] = s3;
    }
  }
}

/** Solves A' * X = B in place (B becomes X) with the factors that `lu` made of A, n x n; B is n x q. */
export function luSolveT(
  LU: Float64Array, pivots: Int32Array, B: Float64Array, n: number, q: number,
): void {
  solveUpperT(LU, B, n, q);
  solveUnitLowerT(LU, B, n, q);
  for (let k = n - 1; k >= 0; k--) {
    const r = pivots[k]! * q, s = k * q;
    if (r === s) continue;
    for (let j = 0; j < q; j++) {
      const t = B[r + j]!;
      B[r + j] = B[s + j]!;
      B[s + j] = t;
    }
  }
}

/** X = the inverse of the A that `lu` factored, n x n. X is not LU. */
export function luInverse(LU: Float64Array, pivots: Int32Array, X: Float64Array, n: number): void {
  X.fill(0, 0, n * n);
  for (let i = 0; i < n; i++) X[i * n + i] = 1;
  luSolve(LU, pivots, X, n, n);
}

/** det of the A that `lu` factored, n x n. */
export function luDeterminant(LU: Float64Array, pivots: Int32Array, n: number): number {
  const diagonal = work(8, n);
  for (let i = 0; i < n; i++) diagonal[i] = pivots[i] === i ? LU[i * n + i]! : -LU[i * n + i]!;
  return productOfEntries(diagonal, n);
}

/** log |det| of the A that `lu` factored, n x n. */
export function luLogdet(LU: Float64Array, n: number): number {
  let s = 0;
  for (let i = 0; i < n; i++) s += Math.log(Math.abs(LU[i * n + i]!));
  return s;
}

/** The sign (1 or -1) of det of the A that `lu` factored, n x n. */
export function luSign(LU: Float64Array, pivots: Int32Array, n: number): number {
  let sign = 1;
  for (let i = 0; i < n; i++) {
    if (pivots[i] !== i) sign = -sign;
    if (LU[i * n + i]! < 0) sign = -sign;
  }
  return sign;
}
