// The products C = A * B': plain, with C = alpha*… + beta*D, and their symmetric halves. Written by scripts/products.mjs.
import { mirrorLower } from './transpose';

/** C = A * B', where A is m x k, B is n x k, row-major. */
export function multiplyNT(
  A: Float64Array, B: Float64Array, C: Float64Array, m: number, k: number, n: number,
): void {
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const a0 = i * k, a1 = a0 + k, a2 = a1 + k, a3 = a2 + k;
    let j = 0;
    for (; j + 3 < n; j += 4) {
      let c00 = 0, c01 = 0, c02 = 0, c03 = 0;
      let c10 = 0, c11 = 0, c12 = 0, c13 = 0;
      let c20 = 0, c21 = 0, c22 = 0, c23 = 0;
      let c30 = 0, c31 = 0, c32 = 0, c33 = 0;
      const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;
      for (let p = 0; p < k; p++) {
        const x0 = A[a0 + p]!, x1 = A[a1 + p]!, x2 = A[a2 + p]!, x3 = A[a3 + p]!;
        const y0 = B[b0 + p]!, y1 = B[b1 + p]!, y2 = B[b2 + p]!, y3 = B[b3 + p]!;
        c00 += x0 * y0; c01 += x0 * y1; c02 += x0 * y2; c03 += x0 * y3;
        c10 += x1 * y0; c11 += x1 * y1; c12 += x1 * y2; c13 += x1 * y3;
        c20 += x2 * y0; c21 += x2 * y1; c22 += x2 * y2; c23 += x2 * y3;
        c30 += x3 * y0; c31 += x3 * y1; c32 += x3 * y2; c33 += x3 * y3;
      }
      let c = i * n + j;
      C[c] = c00; C[c + 1] = c01; C[c + 2] = c02; C[c + 3] = c03;
      c += n;
      C[c] = c10; C[c + 1] = c11; C[c + 2] = c12; C[c + 3] = c13;
      c += n;
      C[c] = c20; C[c + 1] = c21; C[c + 2] = c22; C[c + 3] = c23;
      c += n;
      C[c] = c30; C[c + 1] = c31; C[c + 2] = c32; C[c + 3] = c33;
    }
    for (; j < n; j++) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let p = 0; p < k; p++) {
        const y = B[j * k + p]!;
        s0 += A[a0 + p]! * y;
        s1 += A[a1 + p]! * y;
        s2 += A[a2 + p]! * y;
        s3 += A[a3 + p]! * y;
      }
      const c = i * n + j;
      C[c] = s0;
      C[c + n] = s1;
      C[c + 2 * n] = s2;
      C[c + 3 * n] = s3;
    }
  }
  for (; i < m; i++) {
    const a0 = i * k;
    let j = 0;
    for (; j + 3 < n; j += 4) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;
      for (let p = 0; p < k; p++) {
        const x = A[a0 + p]!;
        s0 += x * B[b0 + p]!;
        s1 += x * B[b1 + p]!;
        s2 += x * B[b2 + p]!;
        s3 += x * B[b3 + p]!;
      }
      const c = i * n + j;
      C[c] = s0;
      C[c + 1] = s1;
      C[c + 2] = s2;
      C[c + 3] = s3;
    }
    for (; j < n; j++) {
      let s = 0;
      for (let p = 0; p < k; p++) s += A[a0 + p]! * B[j * k + p]!;
      C[i * n + j] = s;
    }
  }
}

/** C = alpha * A * B' + beta * D, where A is m x k, B is n x k, row-major. D may be C. */
export function multiplyNTAdd(
  A: Float64Array, B: Float64Array, C: Float64Array, m: number, k: number, n: number,
  alpha: number, beta: number, D: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const a0 = i * k, a1 = a0 + k, a2 = a1 + k, a3 = a2 + k;
    let j = 0;
    for (; j + 3 < n; j += 4) {
      let c00 = 0, c01 = 0, c02 = 0, c03 = 0;
      let c10 = 0, c11 = 0, c12 = 0, c13 = 0;
      let c20 = 0, c21 = 0, c22 = 0, c23 = 0;
      let c30 = 0, c31 = 0, c32 = 0, c33 = 0;
      const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;
      for (let p = 0; p < k; p++) {
        const x0 = A[a0 + p]!, x1 = A[a1 + p]!, x2 = A[a2 + p]!, x3 = A[a3 + p]!;
        const y0 = B[b0 + p]!, y1 = B[b1 + p]!, y2 = B[b2 + p]!, y3 = B[b3 + p]!;
        c00 += x0 * y0; c01 += x0 * y1; c02 += x0 * y2; c03 += x0 * y3;
        c10 += x1 * y0; c11 += x1 * y1; c12 += x1 * y2; c13 += x1 * y3;
        c20 += x2 * y0; c21 += x2 * y1; c22 += x2 * y2; c23 += x2 * y3;
        c30 += x3 * y0; c31 += x3 * y1; c32 += x3 * y2; c33 += x3 * y3;
      }
      let c = i * n + j;
      C[c] = alpha * c00 + beta * D[c]!;
      C[c + 1] = alpha * c01 + beta * D[c + 1]!;
      C[c + 2] = alpha * c02 + beta * D[c + 2]!;
      C[c + 3] = alpha * c03 + beta * D[c + 3]!;
      c += n;
      C[c] = alpha * c10 + beta * D[c]!;
      C[c + 1] = alpha * c11 + beta * D[c + 1]!;
      C[c + 2] = alpha * c12 + beta * D[c + 2]!;
      C[c + 3] = alpha * c13 + beta * D[c + 3]!;
      c += n;
      C[c] = alpha * c20 + beta * D[c]!;
      C[c + 1] = alpha * c21 + beta * D[c + 1]!;
      C[c + 2] = alpha * c22 + beta * D[c + 2]!;
      C[c + 3] = alpha * c23 + beta * D[c + 3]!;
      c += n;
      C[c] = alpha * c30 + beta * D[c]!;
      C[c + 1] = alpha * c31 + beta * D[c + 1]!;
      C[c + 2] = alpha * c32 + beta * D[c + 2]!;
      C[c + 3] = alpha * c33 + beta * D[c + 3]!;
    }
    for (; j < n; j++) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let p = 0; p < k; p++) {
        const y = B[j * k + p]!;
        s0 += A[a0 + p]! * y;
        s1 += A[a1 + p]! * y;
        s2 += A[a2 + p]! * y;
        s3 += A[a3 + p]! * y;
      }
      const c = i * n + j;
      C[c] = alpha * s0 + beta * D[c]!;
      C[c + n] = alpha * s1 + beta * D[c + n]!;
      C[c + 2 * n] = alpha * s2 + beta * D[c + 2 * n]!;
      C[c + 3 * n] = alpha * s3 + beta * D[c + 3 * n]!;
    }
  }
  for (; i < m; i++) {
    const a0 = i * k;
    let j = 0;
    for (; j + 3 < n; j += 4) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;
      for (let p = 0; p < k; p++) {
        const x = A[a0 + p]!;
        s0 += x * B[b0 + p]!;
        s1 += x * B[b1 + p]!;
        s2 += x * B[b2 + p]!;
        s3 += x * B[b3 + p]!;
      }
      const c = i * n + j;
      C[c] = alpha * s0 + beta * D[c]!;
      C[c + 1] = alpha * s1 + beta * D[c + 1]!;
      C[c + 2] = alpha * s2 + beta * D[c + 2]!;
      C[c + 3] = alpha * s3 + beta * D[c + 3]!;
    }
    for (; j < n; j++) {
      let s = 0;
      for (let p = 0; p < k; p++) s += A[a0 + p]! * B[j * k + p]!;
      C[i * n + j] = alpha * s + beta * D[i * n + j]!;
    }
  }
}

/**
 * C = A * B', known to be symmetric: half is computed and mirrored.
 * A is n x k, B is n x k, row-major.
 */
export function multiplyNTSym(
  A: Float64Array, B: Float64Array, C: Float64Array, n: number, k: number,
): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const a0 = i * k, a1 = a0 + k, a2 = a1 + k, a3 = a2 + k;
    for (let j = 0; j <= i; j += 4) {
      let c00 = 0, c01 = 0, c02 = 0, c03 = 0;
      let c10 = 0, c11 = 0, c12 = 0, c13 = 0;
      let c20 = 0, c21 = 0, c22 = 0, c23 = 0;
      let c30 = 0, c31 = 0, c32 = 0, c33 = 0;
      const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;
      for (let p = 0; p < k; p++) {
        const x0 = A[a0 + p]!, x1 = A[a1 + p]!, x2 = A[a2 + p]!, x3 = A[a3 + p]!;
        const y0 = B[b0 + p]!, y1 = B[b1 + p]!, y2 = B[b2 + p]!, y3 = B[b3 + p]!;
        c00 += x0 * y0; c01 += x0 * y1; c02 += x0 * y2; c03 += x0 * y3;
        c10 += x1 * y0; c11 += x1 * y1; c12 += x1 * y2; c13 += x1 * y3;
        c20 += x2 * y0; c21 += x2 * y1; c22 += x2 * y2; c23 += x2 * y3;
        c30 += x3 * y0; c31 += x3 * y1; c32 += x3 * y2; c33 += x3 * y3;
      }
      let c = i * n + j;
      C[c] = c00; C[c + 1] = c01; C[c + 2] = c02; C[c + 3] = c03;
      c += n;
      C[c] = c10; C[c + 1] = c11; C[c + 2] = c12; C[c + 3] = c13;
      c += n;
      C[c] = c20; C[c + 1] = c21; C[c + 2] = c22; C[c + 3] = c23;
      c += n;
      C[c] = c30; C[c + 1] = c31; C[c + 2] = c32; C[c + 3] = c33;
    }
  }
  for (; i < n; i++) {
    const a0 = i * k;
    let j = 0;
    for (; j + 3 <= i; j += 4) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;
      for (let p = 0; p < k; p++) {
        const x = A[a0 + p]!;
        s0 += x * B[b0 + p]!;
        s1 += x * B[b1 + p]!;
        s2 += x * B[b2 + p]!;
        s3 += x * B[b3 + p]!;
      }
      const c = i * n + j;
      C[c] = s0;
      C[c + 1] = s1;
      C[c + 2] = s2;
      C[c + 3] = s3;
    }
    for (; j <= i; j++) {
      let s = 0;
      for (let p = 0; p < k; p++) s += A[a0 + p]! * B[j * k + p]!;
      C[i * n + j] = s;
    }
  }
  mirrorLower(C, n);
}

/**
 * C = alpha * A * B' + beta * D, known to be symmetric: half is computed and mirrored.
 * A is n x k, B is n x k, row-major. D is symmetric and may be C.
 */
export function multiplyNTSymAdd(
  A: Float64Array, B: Float64Array, C: Float64Array, n: number, k: number,
  alpha: number, beta: number, D: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const a0 = i * k, a1 = a0 + k, a2 = a1 + k, a3 = a2 + k;
    for (let j = 0; j <= i; j += 4) {
      let c00 = 0, c01 = 0, c02 = 0, c03 = 0;
      let c10 = 0, c11 = 0, c12 = 0, c13 = 0;
      let c20 = 0, c21 = 0, c22 = 0, c23 = 0;
      let c30 = 0, c31 = 0, c32 = 0, c33 = 0;
      const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;
      for (let p = 0; p < k; p++) {
        const x0 = A[a0 + p]!, x1 = A[a1 + p]!, x2 = A[a2 + p]!, x3 = A[a3 + p]!;
        const y0 = B[b0 + p]!, y1 = B[b1 + p]!, y2 = B[b2 + p]!, y3 = B[b3 + p]!;
        c00 += x0 * y0; c01 += x0 * y1; c02 += x0 * y2; c03 += x0 * y3;
        c10 += x1 * y0; c11 += x1 * y1; c12 += x1 * y2; c13 += x1 * y3;
        c20 += x2 * y0; c21 += x2 * y1; c22 += x2 * y2; c23 += x2 * y3;
        c30 += x3 * y0; c31 += x3 * y1; c32 += x3 * y2; c33 += x3 * y3;
      }
      let c = i * n + j;
      C[c] = alpha * c00 + beta * D[c]!;
      C[c + 1] = alpha * c01 + beta * D[c + 1]!;
      C[c + 2] = alpha * c02 + beta * D[c + 2]!;
      C[c + 3] = alpha * c03 + beta * D[c + 3]!;
      c += n;
      C[c] = alpha * c10 + beta * D[c]!;
      C[c + 1] = alpha * c11 + beta * D[c + 1]!;
      C[c + 2] = alpha * c12 + beta * D[c + 2]!;
      C[c + 3] = alpha * c13 + beta * D[c + 3]!;
      c += n;
      C[c] = alpha * c20 + beta * D[c]!;
      C[c + 1] = alpha * c21 + beta * D[c + 1]!;
      C[c + 2] = alpha * c22 + beta * D[c + 2]!;
      C[c + 3] = alpha * c23 + beta * D[c + 3]!;
      c += n;
      C[c] = alpha * c30 + beta * D[c]!;
      C[c + 1] = alpha * c31 + beta * D[c + 1]!;
      C[c + 2] = alpha * c32 + beta * D[c + 2]!;
      C[c + 3] = alpha * c33 + beta * D[c + 3]!;
    }
  }
  for (; i < n; i++) {
    const a0 = i * k;
    let j = 0;
    for (; j + 3 <= i; j += 4) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;
      for (let p = 0; p < k; p++) {
        const x = A[a0 + p]!;
        s0 += x * B[b0 + p]!;
        s1 += x * B[b1 + p]!;
        s2 += x * B[b2 + p]!;
        s3 += x * B[b3 + p]!;
      }
      const c = i * n + j;
      C[c] = alpha * s0 + beta * D[c]!;
      C[c + 1] = alpha * s1 + beta * D[c + 1]!;
      C[c + 2] = alpha * s2 + beta * D[c + 2]!;
      C[c + 3] = alpha * s3 + beta * D[c + 3]!;
    }
    for (; j <= i; j++) {
      let s = 0;
      for (let p = 0; p < k; p++) s += A[a0 + p]! * B[j * k + p]!;
      C[i * n + j] = alpha * s + beta * D[i * n + j]!;
    }
  }
  mirrorLower(C, n);
}
