// The Sylvester equation A*Y + Y*B = C.
import { eigSym } from './eigSym';
import { multiply } from './multiply';
import { multiplyNT } from './multiplyNT';
import { multiplyTN } from './multiplyTN';
import { dividedBy, scaleBy, schur, sizeBeyond } from './schur';

/**
 * Y with A * Y + Y * B = C; A is m x m, B n x n, C and Y m x n. Throws where an eigenvalue of A is the negative
 * of one of B, to working precision.
 * Source: Bartels and Stewart 1972; by eigendecompositions where A and B are exactly symmetric.
 */
export function sylvester(
  A: Float64Array, B: Float64Array, C: Float64Array, Y: Float64Array, m: number, n: number,
): void {
  if (isSymmetric(A, m) && isSymmetric(B, n)) {
    sylvesterSym(A, B, C, Y, m, n);
    return;
  }
  const s = Math.max(sizeBeyond(A, m * m), sizeBeyond(B, n * n));
  const T = new Float64Array(m * m), U = new Float64Array(m * m);
  let S = T, V = U;
  if (!schur(dividedBy(A, s, m * m), T, U, m)) throw new Error('the first matrix contains NaN or Infinity');
  if (B !== A) {
    S = new Float64Array(n * n);
    V = new Float64Array(n * n);
    if (!schur(dividedBy(B, s, n * n), S, V, n)) throw new Error('the second matrix contains NaN or Infinity');
  }
  const W = new Float64Array(m * n);
  multiplyTN(U, C, W, m, m, n);
  multiply(W, V, Y, m, n, n);
  if (!sylvesterQuasi(T, S, Y, m, n)) {
    throw new Error('an eigenvalue of the first matrix is the negative of one of the second');
  }
  multiply(U, Y, W, m, m, n);
  multiplyNT(W, V, Y, m, n, n);
  scaleBy(Y, 1 / s, m * n);
}

/**
 * `sylvester` for symmetric A and B (their lower halves are read), by their eigendecompositions. Throws as
 * it does.
 */
export function sylvesterSym(
  A: Float64Array, B: Float64Array, C: Float64Array, Y: Float64Array, m: number, n: number,
): void {
  const a = new Float64Array(m), P = new Float64Array(m * m);
  let b = a, Q = P;
  if (!eigSym(A, a, P, m)) throw new Error('the first matrix contains NaN or Infinity');
  if (B !== A) {
    b = new Float64Array(n);
    Q = new Float64Array(n * n);
    if (!eigSym(B, b, Q, n)) throw new Error('the second matrix contains NaN or Infinity');
  }
  sylvesterEigen(a, P, b, Q, C, Y, m, n);
}

/** `sylvester` for A = P * diag(a) * P' and B = Q * diag(b) * Q', both symmetric. Throws as it does. */
export function sylvesterEigen(
  a: Float64Array, P: Float64Array, b: Float64Array, Q: Float64Array, C: Float64Array, Y: Float64Array,
  m: number, n: number,
): void {
  const W = new Float64Array(m * n);
  multiplyTN(P, C, W, m, m, n);
  multiply(W, Q, Y, m, n, n);
  let largest = 0;
  for (let i = 0; i < m; i++) largest = Math.max(largest, Math.abs(a[i]!));
  for (let j = 0; j < n; j++) largest = Math.max(largest, Math.abs(b[j]!));
  const floor = 2.220446049250313e-16 * largest;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const d = a[i]! + b[j]!;
      if (!(Math.abs(d) > floor)) {
        throw new Error('an eigenvalue of the first matrix is the negative of one of the second');
      }
      Y[i * n + j] = Y[i * n + j]! / d;
    }
  }
  multiply(P, Y, W, m, m, n);
  multiplyNT(W, Q, Y, m, n, n);
}

/**
 * X_ij = 1 / (a_i + b_j), m x n, for eigenvalues a (m) and b (n). Returns false where a sum is 0 to working
 * precision, or NaN.
 */
export function reciprocalSums(a: Float64Array, b: Float64Array, X: Float64Array, m: number, n: number): boolean {
  let largest = 0;
  for (let i = 0; i < m; i++) largest = Math.max(largest, Math.abs(a[i]!));
  for (let j = 0; j < n; j++) largest = Math.max(largest, Math.abs(b[j]!));
  const floor = (m + n) * 1.2e-16 * largest;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const d = a[i]! + b[j]!;
      if (!(Math.abs(d) > floor)) return false;
      X[i * n + j] = 1 / d;
    }
  }
  return true;
}

/** Whether the n x n matrix A is exactly symmetric. */
export function isSymmetric(A: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (A[i * n + j] !== A[j * n + i]) return false;
  return true;
}

/**
 * Solves T * X + X * S = C in place (C becomes X) for upper quasi-triangular T (m x m) and S (n x n). Returns
 * false where it is singular to working precision.
 */
export function sylvesterQuasi(
  T: Float64Array, S: Float64Array, C: Float64Array, m: number, n: number,
): boolean {
  let largest = 0;
  for (let i = 0; i < m * m; i++) largest = Math.max(largest, Math.abs(T[i]!));
  for (let i = 0; i < n * n; i++) largest = Math.max(largest, Math.abs(S[i]!));
  const floor = 2.220446049250313e-16 * largest;
  const X = new Float64Array(4);
  for (let j = 0; j < n; ) {
    const q = j + 1 < n && S[(j + 1) * n + j] !== 0 ? 2 : 1;
    for (let end = m; end > 0; ) {
      const p = end > 1 && T[(end - 1) * m + end - 2] !== 0 ? 2 : 1;
      const i = end - p;
      for (let r = 0; r < p; r++) {
        for (let c = 0; c < q; c++) {
          let s = C[(i + r) * n + j + c]!;
          for (let k = end; k < m; k++) s -= T[(i + r) * m + k]! * C[k * n + j + c]!;
          for (let k = 0; k < j; k++) s -= C[(i + r) * n + k]! * S[k * n + j + c]!;
          X[r * q + c] = s;
        }
      }
      if (!sylvesterBlock(T, m, i, p, S, n, j, q, X, floor)) return false;
      for (let r = 0; r < p; r++) for (let c = 0; c < q; c++) C[(i + r) * n + j + c] = X[r * q + c]!;
      end = i;
    }
    j += q;
  }
  return true;
}

/**
 * Solves K * X + X * L = X in place for the p x p block K of T (m x m) at i and the q x q block L of S (n x n) at
 * j, p and q at most 2. Returns false where a pivot is not larger than `floor`.
 */
export function sylvesterBlock(
  T: Float64Array, m: number, i: number, p: number, S: Float64Array, n: number, j: number, q: number,
  X: Float64Array, floor: number,
): boolean {
  if (p === 1 && q === 1) {
    const d = T[i * m + i]! + S[j * n + j]!;
    if (!(Math.abs(d) > floor)) return false;
    X[0] = X[0]! / d;
    return true;
  }
  const k = p * q;
  const M = new Float64Array(k * k);
  for (let r = 0; r < p; r++) {
    for (let c = 0; c < q; c++) {
      const row = (r * q + c) * k;
      for (let t = 0; t < p; t++) M[row + t * q + c] = M[row + t * q + c]! + T[(i + r) * m + i + t]!;
      for (let t = 0; t < q; t++) M[row + r * q + t] = M[row + r * q + t]! + S[(j + t) * n + j + c]!;
    }
  }
  for (let c = 0; c < k; c++) {
    let pivot = c;
    for (let r = c + 1; r < k; r++) if (Math.abs(M[r * k + c]!) > Math.abs(M[pivot * k + c]!)) pivot = r;
    if (!(Math.abs(M[pivot * k + c]!) > floor)) return false;
    for (let t = 0; t < k; t++) {
      const x = M[pivot * k + t]!;
      M[pivot * k + t] = M[c * k + t]!;
      M[c * k + t] = x;
    }
    const x = X[pivot]!;
    X[pivot] = X[c]!;
    X[c] = x;
    for (let r = c + 1; r < k; r++) {
      const l = M[r * k + c]! / M[c * k + c]!;
      for (let t = c; t < k; t++) M[r * k + t] = M[r * k + t]! - l * M[c * k + t]!;
      X[r] = X[r]! - l * X[c]!;
    }
  }
  for (let r = k - 1; r >= 0; r--) {
    let s = X[r]!;
    for (let t = r + 1; t < k; t++) s -= M[r * k + t]! * X[t]!;
    X[r] = s / M[r * k + r]!;
  }
  return true;
}
