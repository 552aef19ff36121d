// Householder QR.
import { transpose } from './transpose';

/**
 * A = Q * R with Q'Q = I (m x n) and R upper triangular (n x n) with a diagonal >= 0, for an m x n matrix A with
 * m >= n.
 * Source: Golub and Van Loan 2013, algorithm 5.2.1.
 */
export function qr(A: Float64Array, Q: Float64Array, R: Float64Array, m: number, n: number): void {
  const W = new Float64Array(m * n);
  const h = new Float64Array(n);
  transpose(A, W, m, n);
  R.fill(0, 0, n * n);
  for (let k = 0; k < n; k++) {
    const row = k * m + k;
    const x0 = W[row]!;
    const d = reflector(W, row, m - k);
    h[k] = d === 0 ? 0 : (d - x0) / d;
    for (let j = k + 1; j < n; j++) {
      reflect(W, row, h[k]!, W, j * m + k, m - k);
      R[k * n + j] = W[j * m + k]!;
    }
    R[k * n + k] = d;
  }
  const T = new Float64Array(m * n);
  for (let k = n - 1; k >= 0; k--) {
    T[k * m + k] = 1;
    for (let j = k; j < n; j++) reflect(W, k * m + k, h[k]!, T, j * m + k, m - k);
  }
  for (let k = 0; k < n; k++) {
    if (R[k * n + k]! >= 0) continue;
    for (let j = k; j < n; j++) R[k * n + j] = -R[k * n + j]!;
    for (let i = 0; i < m; i++) T[k * m + i] = -T[k * m + i]!;
  }
  transpose(T, Q, n, m);
}

/**
 * Turns the n entries x of W from `start` into a Householder vector v with v[0] = 1 and (I - t * v * v') *
 * x = d * e1, where t = (d - x[0]) / d. Returns d; where x is already a multiple of e1, d is x[0] and t is
 * 0.
 */
export function reflector(W: Float64Array, start: number, n: number): number {
  const x0 = W[start]!;
  W[start] = 1;
  let largest = 0;
  for (let i = 1; i < n; i++) largest = Math.max(largest, Math.abs(W[start + i]!));
  if (largest === 0) return x0;
  largest = Math.max(largest, Math.abs(x0));
  let s = (x0 / largest) * (x0 / largest);
  for (let i = 1; i < n; i++) s += (W[start + i]! / largest) * (W[start + i]! / largest);
  const d = x0 > 0 ? -largest * Math.sqrt(s) : largest * Math.sqrt(s);
  for (let i = 1; i < n; i++) W[start + i] = W[start + i]! / (x0 - d);
  return d;
}

/** x = x - t * v * (v'x) for the n entries of X from `at`, where v stands in W from `start`. */
export function reflect(
  W: Float64Array, start: number, t: number, X: Float64Array, at: number, n: number,
): void {
  if (t === 0) return;
  let s = 0;
  for (let i = 0; i < n; i++) s += W[start + i]! * X[at + i]!;
  s *= t;
  for (let i = 0; i < n; i++) X[at + i] = X[at + i]! - s * W[start + i]!;
}
