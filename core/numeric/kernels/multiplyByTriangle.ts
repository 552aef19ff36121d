// Products with a triangular matrix on the right, 4 x 4 entries at a time, over the part of it that is not 0.

/**
 * C = X * T, where X is m x n and T is n x n and triangular: its entry (p, j) is T[p * down + j * across], and the
 * other part is not read. C is neither of them.
 */
export function multiplyByTriangle(
  X: Float64Array, T: Float64Array, C: Float64Array, m: number, n: number,
  down: number, across: number, isLower: boolean,
): void {
  for (let j = 0; j < n; j += 4) {
    const width = Math.min(4, n - j);
    // Rows of T that hold all of these columns; the corner at the diagonal is added behind them.
    const from = isLower ? j + width : 0, to = isLower ? n : j;
    for (let i = 0; i < m; i += 4) {
      const height = Math.min(4, m - i);
      if (width < 4 || height < 4) {
        for (let r = i; r < i + height; r++) {
          for (let c = j; c < j + width; c++) {
            const end = isLower ? n : c + 1;
            let s = 0;
            for (let p = isLower ? c : 0; p < end; p++) s += X[r * n + p]! * T[p * down + c * across]!;
            C[r * n + c] = s;
          }
        }
        continue;
      }
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
      let c = x0 + j;
      C[c] = c00; C[c + 1] = c01; C[c + 2] = c02; C[c + 3] = c03;
      c += n;
      C[c] = c10; C[c + 1] = c11; C[c + 2] = c12; C[c + 3] = c13;
      c += n;
      C[c] = c20; C[c + 1] = c21; C[c + 2] = c22; C[c + 3] = c23;
      c += n;
      C[c] = c30; C[c + 1] = c31; C[c + 2] = c32; C[c + 3] = c33;
      for (let p = j; p < j + 4; p++) {
        const a0 = X[x0 + p]!, a1 = X[x1 + p]!, a2 = X[x2 + p]!, a3 = X[x3 + p]!;
        const end = isLower ? p + 1 : j + 4;
        for (let q = isLower ? j : p; q < end; q++) {
          const y = T[p * down + q * across]!;
          C[x0 + q] = C[x0 + q]! + a0 * y;
          C[x1 + q] = C[x1 + q]! + a1 * y;
          C[x2 + q] = C[x2 + q]! + a2 * y;
          C[x3 + q] = C[x3 + q]! + a3 * y;
        }
      }
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
