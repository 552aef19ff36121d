// Products with a triangular matrix on the left, 4 x 4 entries at a time, over the part of it that is not 0.

/**
 * C = T * B, where T is n x n and triangular: its entry (i, p) is T[i * down + p * across], and the other part
 * is not read. B is n x q, C is neither of them.
 */
export function multiplyTriangle(
  T: Float64Array, B: Float64Array, C: Float64Array, n: number, q: number,
  down: number, across: number, isLower: boolean,
): void {
  const tall = n < 6 ? 0 : n & ~3, wide = q & ~3;
  for (let i = 0; i < tall; i += 4) {
    // Columns of T that hold all of these rows; those of the corner at the diagonal come last.
    const from = isLower ? 0 : i + 4, to = isLower ? i : n;
    for (let j = 0; j < wide; j += 4) {
      let c00 = 0, c01 = 0, c02 = 0, c03 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0;
      let c20 = 0, c21 = 0, c22 = 0, c23 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0;
      for (let p = from, t = i * down + from * across, b = from * q + j; p < to; p++, t += across, b += q) {
        const y0 = B[b]!, y1 = B[b + 1]!, y2 = B[b + 2]!, y3 = B[b + 3]!;
        const a0 = T[t]!, a1 = T[t + down]!, a2 = T[t + 2 * down]!, a3 = T[t + 3 * down]!;
        c00 += a0 * y0; c01 += a0 * y1; c02 += a0 * y2; c03 += a0 * y3;
        c10 += a1 * y0; c11 += a1 * y1; c12 += a1 * y2; c13 += a1 * y3;
        c20 += a2 * y0; c21 += a2 * y1; c22 += a2 * y2; c23 += a2 * y3;
        c30 += a3 * y0; c31 += a3 * y1; c32 += a3 * y2; c33 += a3 * y3;
      }
      for (let r = 0, t = i * (down + across), b = i * q + j; r < 4; r++, t += across, b += q) {
        const y0 = B[b]!, y1 = B[b + 1]!, y2 = B[b + 2]!, y3 = B[b + 3]!;
        if (!isLower || r === 0) {
          const a = T[t]!;
          c00 += a * y0; c01 += a * y1; c02 += a * y2; c03 += a * y3;
        }
        if (isLower ? r < 2 : r > 0) {
          const a = T[t + down]!;
          c10 += a * y0; c11 += a * y1; c12 += a * y2; c13 += a * y3;
        }
        if (isLower ? r < 3 : r > 1) {
          const a = T[t + 2 * down]!;
          c20 += a * y0; c21 += a * y1; c22 += a * y2; c23 += a * y3;
        }
        if (isLower || r === 3) {
          const a = T[t + 3 * down]!;
          c30 += a * y0; c31 += a * y1; c32 += a * y2; c33 += a * y3;
        }
      }
      let c = i * q + j;
      C[c] = c00; C[c + 1] = c01; C[c + 2] = c02; C[c + 3] = c03;
      c += q;
      C[c] = c10; C[c + 1] = c11; C[c + 2] = c12; C[c + 3] = c13;
      c += q;
      C[c] = c20; C[c + 1] = c21; C[c + 2] = c22; C[c + 3] = c23;
      c += q;
      C[c] = c30; C[c + 1] = c31; C[c + 2] = c32; C[c + 3] = c33;
    }
  }
  // The rows and columns that are left: four columns of one row at a time, then one entry.
  for (let i = 0; i < n; i++) {
    const from = isLower ? 0 : i, to = isLower ? i + 1 : n;
    let j = i < tall ? wide : 0;
    for (; j < wide; j += 4) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let p = from, t = i * down + from * across, b = from * q + j; p < to; p++, t += across, b += q) {
        const a = T[t]!;
        s0 += a * B[b]!; s1 += a * B[b + 1]!; s2 += a * B[b + 2]!; s3 += a * B[b + 3]!;
      }
      const c = i * q + j;
      C[c] = s0; C[c + 1] = s1; C[c + 2] = s2; C[c + 3] = s3;
    }
    for (; j < q; j++) {
      let s = 0;
      for (let p = from, t = i * down + from * across; p < to; p++, t += across) s += T[t]! * B[p * q + j]!;
      C[i * q + j] = s;
    }
  }
}

/** C = L * B, where L is n x n lower triangular (its upper part is not read), B is n x q. C is neither. */
export function multiplyLower(
  L: Float64Array, B: Float64Array, C: Float64Array, n: number, q: number,
): void {
  multiplyTriangle(L, B, C, n, q, n, 1, true);
}

/** C = L' * B, where L is n x n lower triangular (its upper part is not read), B is n x q. C is neither. */
export function multiplyLowerT(
  L: Float64Array, B: Float64Array, C: Float64Array, n: number, q: number,
): void {
  multiplyTriangle(L, B, C, n, q, 1, n, false);
}

/** C = U * B, where U is n x n upper triangular (its lower part is not read), B is n x q. C is neither. */
export function multiplyUpper(
  U: Float64Array, B: Float64Array, C: Float64Array, n: number, q: number,
): void {
  multiplyTriangle(U, B, C, n, q, n, 1, false);
}

/** C = U' * B, where U is n x n upper triangular (its lower part is not read), B is n x q. C is neither. */
export function multiplyUpperT(
  U: Float64Array, B: Float64Array, C: Float64Array, n: number, q: number,
): void {
  multiplyTriangle(U, B, C, n, q, 1, n, true);
}
