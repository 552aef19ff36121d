// Products written into a block of a larger array.

/** C[at + i*stride + j] = (A * B)[i, j], where A is m x k, B is k x n, row-major. */
export function multiplyBlock(
  A: Float64Array, B: Float64Array, C: Float64Array, m: number, k: number, n: number,
  at: number, stride: number,
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
      for (let p = 0, b = j; p < k; p++, b += n) {
        const x0 = A[a0 + p]!, x1 = A[a1 + p]!, x2 = A[a2 + p]!, x3 = A[a3 + p]!;
        const y0 = B[b]!, y1 = B[b + 1]!, y2 = B[b + 2]!, y3 = B[b + 3]!;
        c00 += x0 * y0; c01 += x0 * y1; c02 += x0 * y2; c03 += x0 * y3;
        c10 += x1 * y0; c11 += x1 * y1; c12 += x1 * y2; c13 += x1 * y3;
        c20 += x2 * y0; c21 += x2 * y1; c22 += x2 * y2; c23 += x2 * y3;
        c30 += x3 * y0; c31 += x3 * y1; c32 += x3 * y2; c33 += x3 * y3;
      }
      let c = at + i * stride + j;
      C[c] = c00; C[c + 1] = c01; C[c + 2] = c02; C[c + 3] = c03;
      c += stride;
      C[c] = c10; C[c + 1] = c11; C[c + 2] = c12; C[c + 3] = c13;
      c += stride;
      C[c] = c20; C[c + 1] = c21; C[c + 2] = c22; C[c + 3] = c23;
      c += stride;
      C[c] = c30; C[c + 1] = c31; C[c + 2] = c32; C[c + 3] = c33;
    }
    for (; j < n; j++) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let p = 0; p < k; p++) {
        const y = B[p * n + j]!;
        s0 += A[a0 + p]! * y; s1 += A[a1 + p]! * y; s2 += A[a2 + p]! * y; s3 += A[a3 + p]! * y;
      }
      const c = at + i * stride + j;
      C[c] = s0;
      C[c + stride] = s1;
      C[c + 2 * stride] = s2;
      C[c + 3 * stride] = s3;
    }
  }
  for (; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let p = 0; p < k; p++) s += A[i * k + p]! * B[p * n + j]!;
      C[at + i * stride + j] = s;
    }
  }
}

/** C[at + i*stride + j] += (A * B)[i, j], where A is m x k, B is k x n, row-major. */
export function multiplyBlockAdd(
  A: Float64Array, B: Float64Array, C: Float64Array, m: number, k: number, n: number,
  at: number, stride: number,
): void {
  for (let i = 0; i < m; i++) {
    const c = at + i * stride;
    for (let p = 0; p < k; p++) {
      const x = A[i * k + p]!, b = p * n;
      for (let j = 0; j < n; j++) C[c + j] = C[c + j]! + x * B[b + j]!;
    }
  }
}
