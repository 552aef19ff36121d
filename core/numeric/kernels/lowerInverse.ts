// The inverse of a triangular matrix, and W'W for one, which is what is left of an inverse once Cholesky is done.
import { mirrorLower } from './transpose';

/** X = the inverse of the n x n lower triangular L, lower triangular with zeros above. X is not L. */
export function lowerInverse(L: Float64Array, X: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const xi = i * n;
    for (let j = 0; j < n; j++) X[xi + j] = 0;
    let p = 0;
    for (; p + 3 < i; p += 4) {
      const l0 = L[xi + p]!, l1 = L[xi + p + 1]!, l2 = L[xi + p + 2]!, l3 = L[xi + p + 3]!;
      const x0 = p * n, x1 = x0 + n, x2 = x1 + n, x3 = x2 + n;
      for (let j = 0; j <= p; j++) {
        X[xi + j] = X[xi + j]! - l0 * X[x0 + j]! - l1 * X[x1 + j]! - l2 * X[x2 + j]! - l3 * X[x3 + j]!;
      }
      X[xi + p + 1] = 0 - l1 * X[x1 + p + 1]! - l2 * X[x2 + p + 1]! - l3 * X[x3 + p + 1]!;
      X[xi + p + 2] = 0 - l2 * X[x2 + p + 2]! - l3 * X[x3 + p + 2]!;
      X[xi + p + 3] = 0 - l3 * X[x3 + p + 3]!;
    }
    for (; p < i; p++) {
      const l = L[xi + p]!;
      const xp = p * n;
      for (let j = 0; j <= p; j++) X[xi + j] = X[xi + j]! - l * X[xp + j]!;
    }
    const d = L[xi + i]!;
    for (let j = 0; j < i; j++) X[xi + j] = X[xi + j]! / d;
    X[xi + i] = 1 / d;
  }
}

/** X = W' * W, exactly symmetric, where W is n x n lower triangular with zeros above. X is not W. */
export function lowerGram(W: Float64Array, X: Float64Array, n: number): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    for (let j = 0; j <= i; j += 4) {
      let c00 = 0, c01 = 0, c02 = 0, c03 = 0;
      let c10 = 0, c11 = 0, c12 = 0, c13 = 0;
      let c20 = 0, c21 = 0, c22 = 0, c23 = 0;
      let c30 = 0, c31 = 0, c32 = 0, c33 = 0;
      for (let p = i, a = i * n + i, b = i * n + j; p < n; p++, a += n, b += n) {
        const x0 = W[a]!, x1 = W[a + 1]!, x2 = W[a + 2]!, x3 = W[a + 3]!;
        const y0 = W[b]!, y1 = W[b + 1]!, y2 = W[b + 2]!, y3 = W[b + 3]!;
        c00 += x0 * y0; c01 += x0 * y1; c02 += x0 * y2; c03 += x0 * y3;
        c10 += x1 * y0; c11 += x1 * y1; c12 += x1 * y2; c13 += x1 * y3;
        c20 += x2 * y0; c21 += x2 * y1; c22 += x2 * y2; c23 += x2 * y3;
        c30 += x3 * y0; c31 += x3 * y1; c32 += x3 * y2; c33 += x3 * y3;
      }
      let c = i * n + j;
      X[c] = c00; X[c + 1] = c01; X[c + 2] = c02; X[c + 3] = c03;
      c += n;
      X[c] = c10; X[c + 1] = c11; X[c + 2] = c12; X[c + 3] = c13;
      c += n;
      X[c] = c20; X[c + 1] = c21; X[c + 2] = c22; X[c + 3] = c23;
      c += n;
      X[c] = c30; X[c + 1] = c31; X[c + 2] = c32; X[c + 3] = c33;
    }
  }
  for (; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let s = 0;
      for (let p = i; p < n; p++) s += W[p * n + i]! * W[p * n + j]!;
      X[i * n + j] = s;
    }
  }
  mirrorLower(X, n);
}
