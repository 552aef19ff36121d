// Products with a triangular matrix on the right, 4 x 4 entries at a time, over the part of it that is not 0.

/**
 * C = X * T, where X is m x n and T is n x n and triangular: its entry (p, j) is T[p * down + j * across], and the
 * other part is not read. C is neither of them.
 */
export function multiplyByTriangle(
  X: Float64Array, T: Float64Array, C: Float64Array, m: number, n: number,
  down: number, across: number, isLower: boolean,
): void {
  const wide = n < 6 ? 0 : n & ~3, tall = m & ~3;
  for (let j = 0; j < wide; j += 4) {
    // Rows of T that hold all of these columns; those of the corner at the diagonal come last.
    const from = isLower ? j + 4 : 0, to = isLower ? n : j;
    for (let i = 0; i < tall; i += 4) {
      const x0 = i * n, x1 = x0 + n, x2 = x1 + n, x3 = x2 + n;
      let c00 = 0, c01 = 0, c02 = 0, c03 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0;
      let c20 = 0, c21 = 0, c22 = 0, c23 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0;
      for (let p = from, t = from * down + j * across; p < to; p++, t += down) {
        const a0 = X[x0 + p]!, a1 = X[x1 + p]!, a2 = X[x2 + p]!, a3 = X[x3 + p]!;
        const y0 = T[t]!, y1 = T[t + across]!, y2 = T[t + 2 * across]!, y3 = T[t + 3 * across]!;
        c00 += a0 * y0; c01 += a0 * y1; c02 += a0 * y2; c03 += a0 * y3;
        c10 += a1 * y0; c11 += a1 * y1; c12 += a1 * y2; c13 += a1 * y3;
        c20 += a2 * y0; c21 += a2 * y1; c22 += a2 * y2; c23 += a2 * y3;
        c30 += a3 * y0; c31 += a3 * y1; c32 += a3 * y2; c33 += a3 * y3;
      }
      for (let q = 0, t = j * (down + across); q < 4; q++, t += down) {
        const p = j + q, a0 = X[x0 + p]!, a1 = X[x1 + p]!, a2 = X[x2 + p]!, a3 = X[x3 + p]!;
        if (isLower || q === 0) {
          const y = T[t]!;
          c00 += a0 * y; c10 += a1 * y; c20 += a2 * y; c30 += a3 * y;
        }
        if (isLower ? q > 0 : q < 2) {
          const y = T[t + across]!;
          c01 += a0 * y; c11 += a1 * y; c21 += a2 * y; c31 += a3 * y;
        }
        if (isLower ? q > 1 : q < 3) {
          const y = T[t + 2 * across]!;
          c02 += a0 * y; c12 += a1 * y; c22 += a2 * y; c32 += a3 * y;
        }
        if (!isLower || q === 3) {
          const y = T[t + 3 * across]!;
          c03 += a0 * y; c13 += a1 * y; c23 += a2 * y; c33 += a3 * y;
        }
      }
      let c = x0 + j;
      C[c] = c00; C[c + 1] = c01; C[c + 2] = c02; C[c + 3] = c03;
      c += n;
      C[c] = c10; C[c + 1] = c11; C[c + 2] = c12; C[c + 3] = c13;
      c += n;
      C[c] = c20; C[c + 1] = c21; C[c + 2] = c22; C[c + 3] = c23;
      c += n;
      C[c] = c30; C[c + 1] = c31; C[c + 2] = c32; C[c + 3] = c33;
    }
  }
  // The columns and rows that are left: four rows of one column at a time, then one entry.
  for (let j = 0; j < n; j++) {
    const from = isLower ? j : 0, to = isLower ? n : j + 1;
    let i = j < wide ? tall : 0;
    for (; i < tall; i += 4) {
      const x0 = i * n, x1 = x0 + n, x2 = x1 + n, x3 = x2 + n;
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let p = from, t = from * down + j * across; p < to; p++, t += down) {
        const y = T[t]!;
        s0 += X[x0 + p]! * y; s1 += X[x1 + p]! * y; s2 += X[x2 + p]! * y; s3 += X[x3 + p]! * y;
      }
      C[x0 + j] = s0; C[x1 + j] = s1; C[x2 + j] = s2; C[x3 + j] = s3;
    }
    for (; i < m; i++) {
      let s = 0;
      for (let p = from, t = from * down + j * across; p < to; p++, t += down) s += X[i * n + p]! * T[t]!;
      C[i * n + j] = s;
    }
  }
}

/** C = X * L, where L is n x n lower triangular (its upper part is not read), X is m x n. C is neither. */
export function multiplyByLower(
  X: Float64Array, L: Float64Array, C: Float64Array, m: number, n: number,
): void {
  multiplyByTriangle(X, L, C, m, n, n, 1, true);
}

/** C = X * L', where L is n x n lower triangular (its upper part is not read), X is m x n. C is neither. */
export function multiplyByLowerT(
  X: Float64Array, L: Float64Array, C: Float64Array, m: number, n: number,
): void {
  multiplyByTriangle(X, L, C, m, n, 1, n, false);
}

/** C = X * U, where U is n x n upper triangular (its lower part is not read), X is m x n. C is neither. */
export function multiplyByUpper(
  X: Float64Array, U: Float64Array, C: Float64Array, m: number, n: number,
): void {
  multiplyByTriangle(X, U, C, m, n, n, 1, false);
}

/** C = X * U', where U is n x n upper triangular (its lower part is not read), X is m x n. C is neither. */
export function multiplyByUpperT(
  X: Float64Array, U: Float64Array, C: Float64Array, m: number, n: number,
): void {
  multiplyByTriangle(X, U, C, m, n, 1, n, true);
}
