// Squared distances of points by their differences: products of rows would cancel where points lie far from 0 and near each other.
import { mirrorLower } from './transpose';
import { work } from './work';

/**
 * D[i, j] = |A[i, :] - B[j, :]|^2, where A is m x k, B is n x k, row-major. Where B is A, half is computed and
 * mirrored.
 */
export function squaredDistances(
  A: Float64Array, B: Float64Array, D: Float64Array, m: number, k: number, n: number,
): void {
  let i = 0;
  for (; i + 1 < m; i += 2) {
    const a0 = i * k, a1 = a0 + k;
    // As far as the diagonal, in whole tiles.
    const end = B === A ? Math.min((i + 5) & ~3, n) : n;
    let j = 0;
    for (; j + 3 < end; j += 4) {
      let d00 = 0, d01 = 0, d02 = 0, d03 = 0;
      let d10 = 0, d11 = 0, d12 = 0, d13 = 0;
      const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;
      for (let p = 0; p < k; p++) {
        const x0 = A[a0 + p]!, x1 = A[a1 + p]!;
        const y0 = B[b0 + p]!, y1 = B[b1 + p]!, y2 = B[b2 + p]!, y3 = B[b3 + p]!;
        const u0 = x0 - y0, u1 = x0 - y1, u2 = x0 - y2, u3 = x0 - y3;
        const v0 = x1 - y0, v1 = x1 - y1, v2 = x1 - y2, v3 = x1 - y3;
        d00 += u0 * u0; d01 += u1 * u1; d02 += u2 * u2; d03 += u3 * u3;
        d10 += v0 * v0; d11 += v1 * v1; d12 += v2 * v2; d13 += v3 * v3;
      }
      let d = i * n + j;
      D[d] = d00; D[d + 1] = d01; D[d + 2] = d02; D[d + 3] = d03;
      d += n;
      D[d] = d10; D[d + 1] = d11; D[d + 2] = d12; D[d + 3] = d13;
    }
    for (; j < end; j++) {
      let s0 = 0, s1 = 0;
      for (let p = 0; p < k; p++) {
        const y = B[j * k + p]!;
        const u = A[a0 + p]! - y, v = A[a1 + p]! - y;
        s0 += u * u;
        s1 += v * v;
      }
      D[i * n + j] = s0;
      D[(i + 1) * n + j] = s1;
    }
  }
  for (let j = 0; i < m && j < n; j++) {
    let s = 0;
    for (let p = 0; p < k; p++) {
      const u = A[i * k + p]! - B[j * k + p]!;
      s += u * u;
    }
    D[i * n + j] = s;
  }
  if (B === A) mirrorLower(D, n);
}

/**
 * D[i, j] = the sum of w[p] * (A[i, p] - B[j, p])^2, where A is m x k, B is n x k, row-major. Where B is
 * A, half is computed and mirrored.
 */
export function weightedSquaredDistances(
  A: Float64Array, B: Float64Array, w: Float64Array, D: Float64Array, m: number, k: number, n: number,
): void {
  for (let i = 0; i < m; i++) {
    const a = i * k, d = i * n, end = B === A ? i + 1 : n;
    let j = 0;
    for (; j + 3 < end; j += 4) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;
      for (let p = 0; p < k; p++) {
        const x = A[a + p]!, c = w[p]!;
        const u0 = x - B[b0 + p]!, u1 = x - B[b1 + p]!, u2 = x - B[b2 + p]!, u3 = x - B[b3 + p]!;
        s0 += c * u0 * u0; s1 += c * u1 * u1; s2 += c * u2 * u2; s3 += c * u3 * u3;
      }
      D[d + j] = s0; D[d + j + 1] = s1; D[d + j + 2] = s2; D[d + j + 3] = s3;
    }
    for (; j < end; j++) {
      let s = 0;
      for (let p = 0; p < k; p++) {
        const u = A[a + p]! - B[j * k + p]!;
        s += w[p]! * u * u;
      }
      D[d + j] = s;
    }
  }
  if (B === A) mirrorLower(D, n);
}

/**
 * C = A without the mean of the rows of B, and what rounding has left of that, where A is m x k, B is n x k,
 * row-major. C is neither.
 */
export function centredRows(
  A: Float64Array, B: Float64Array, C: Float64Array, m: number, k: number, n: number,
): void {
  if (k === 1) {
    let sum = 0, left = 0;
    for (let i = 0; i < n; i++) sum += B[i]!;
    const mean = sum / n;
    for (let i = 0; i < n; i++) left += B[i]! - mean;
    for (let i = 0; i < m; i++) C[i] = A[i]! - mean - left / n;
    return;
  }
  const mean = work(10, k), left = work(11, k);
  for (let i = 0; i < n; i++) for (let p = 0; p < k; p++) mean[p]! += B[i * k + p]!;
  for (let p = 0; p < k; p++) mean[p]! /= n;
  for (let i = 0; i < n; i++) for (let p = 0; p < k; p++) left[p]! += B[i * k + p]! - mean[p]!;
  for (let p = 0; p < k; p++) left[p]! /= n;
  for (let i = 0; i < m; i++) for (let p = 0; p < k; p++) C[i * k + p] = A[i * k + p]! - mean[p]! - left[p]!;
}
