// Arranging entries: stacking, Kronecker products, masks, blocks, running sums, constant matrices.
import { transpose } from './transpose';

/** v = vec(A): the columns of A (m x n), stacked. v is not A. */
export function vec(A: Float64Array, v: Float64Array, m: number, n: number): void {
  transpose(A, v, m, n);
}

/** A = unvec(v): the m x n matrix whose stacked columns are v. A is not v. */
export function unvec(v: Float64Array, A: Float64Array, m: number, n: number): void {
  transpose(v, A, n, m);
}

/** v = vech(A): the lower triangle of A (n x n) with its diagonal, columns stacked. */
export function vech(A: Float64Array, v: Float64Array, n: number): void {
  for (let j = 0, at = 0; j < n; j++) for (let i = j; i < n; i++, at++) v[at] = A[i * n + j]!;
}

/** C = A ⊗ B, (m*p) x (n*q), for A m x n and B p x q. */
export function kron(
  A: Float64Array, B: Float64Array, C: Float64Array, m: number, n: number, p: number, q: number,
): void {
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < p; k++) {
      for (let j = 0; j < n; j++) {
        const a = A[i * n + j]!;
        const c = ((i * p + k) * n + j) * q;
        for (let l = 0; l < q; l++) C[c + l] = a * B[k * q + l]!;
      }
    }
  }
}

/**
 * Puts block (i, j) of the m x n blocks in A (row by row, `size` entries each) at place (j, i) in B. B is not A.
 */
export function transposeBlocks(A: Float64Array, B: Float64Array, m: number, n: number, size: number): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const a = (i * n + j) * size, b = (j * m + i) * size;
      for (let k = 0; k < size; k++) B[b + k] = A[a + k]!;
    }
  }
}

/** C[i, j] = the sum of block (i, j) of Y times B, entry by entry. Y is m x n blocks of p x q; C is neither. */
export function blockInner(
  Y: Float64Array, B: Float64Array, C: Float64Array, m: number, n: number, p: number, q: number,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let k = 0; k < p; k++) {
        const y = ((i * p + k) * n + j) * q;
        for (let l = 0; l < q; l++) s += Y[y + l]! * B[k * q + l]!;
      }
      C[i * n + j] = s;
    }
  }
}

/** C = the sum over i and j of A[i, j] times block (i, j) of Y. Y is m x n blocks of p x q; C is neither. */
export function blockSum(
  Y: Float64Array, A: Float64Array, C: Float64Array, m: number, n: number, p: number, q: number,
): void {
  C.fill(0, 0, p * q);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < p; k++) {
      for (let j = 0; j < n; j++) {
        const a = A[i * n + j]!;
        const y = ((i * p + k) * n + j) * q;
        for (let l = 0; l < q; l++) C[k * q + l] = C[k * q + l]! + a * Y[y + l]!;
      }
    }
  }
}

/** C = A ⊗ I + I ⊗ B, (m*n) x (m*n), for A m x m and B n x n. */
export function kronsum(A: Float64Array, B: Float64Array, C: Float64Array, m: number, n: number): void {
  const size = m * n;
  C.fill(0, 0, size * size);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      const a = A[i * m + j]!;
      for (let k = 0; k < n; k++) C[(i * n + k) * size + j * n + k] = a;
    }
    for (let k = 0; k < n; k++) {
      const c = (i * n + k) * size + i * n;
      for (let l = 0; l < n; l++) C[c + l] = C[c + l]! + B[k * n + l]!;
    }
  }
}

/**
 * Copies the p x q matrix B into C (with `cols` columns) so that its first entry lands at row i, column j,
 * from 0.
 */
export function setBlock(
  B: Float64Array, C: Float64Array, p: number, q: number, cols: number, i: number, j: number,
): void {
  for (let r = 0; r < p; r++) {
    const c = (i + r) * cols + j;
    for (let l = 0; l < q; l++) C[c + l] = B[r * q + l]!;
  }
}

/** B = the p x q block of A (with `cols` columns) whose first entry is at row i, column j, from 0. */
export function getBlock(
  A: Float64Array, B: Float64Array, p: number, q: number, cols: number, i: number, j: number,
): void {
  for (let r = 0; r < p; r++) {
    const a = (i + r) * cols + j;
    for (let l = 0; l < q; l++) B[r * q + l] = A[a + l]!;
  }
}

/** B = the lower triangle of A (m x n) with its diagonal. B may be A. */
export function tril(A: Float64Array, B: Float64Array, m: number, n: number): void {
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++, at++) B[at] = j <= i ? A[at]! : 0;
}

/** B = the upper triangle of A (m x n) with its diagonal. B may be A. */
export function triu(A: Float64Array, B: Float64Array, m: number, n: number): void {
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++, at++) B[at] = j >= i ? A[at]! : 0;
}

/** B = the lower triangle of A (n x n) with its diagonal halved. B may be A. */
export function phi(A: Float64Array, B: Float64Array, n: number): void {
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < n; j++, at++) B[at] = j < i ? A[at]! : j === i ? A[at]! / 2 : 0;
  }
}

/** B = (A - A') / 2, n x n. B may be A. */
export function skewpart(A: Float64Array, B: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const s = (A[i * n + j]! - A[j * n + i]!) / 2;
      B[i * n + j] = s;
      B[j * n + i] = -s;
    }
  }
}

/** D = the n x n diagonal matrix with diagonal x. */
export function diagonalMatrix(x: Float64Array, D: Float64Array, n: number): void {
  D.fill(0, 0, n * n);
  for (let i = 0; i < n; i++) D[i * n + i] = x[i]!;
}

/** x = the diagonal of A, n x n. */
export function diagonalOf(A: Float64Array, x: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) x[i] = A[i * n + i]!;
}

/** The trace of A, n x n. */
export function trace(A: Float64Array, n: number): number {
  let s = 0;
  for (let i = 0; i < n; i++) s += A[i * n + i]!;
  return s;
}

/** y = the sum of each row of A, m x n; y has m entries. */
export function rowSums(A: Float64Array, y: Float64Array, m: number, n: number): void {
  for (let i = 0, at = 0; i < m; i++) {
    let s = 0;
    for (let j = 0; j < n; j++, at++) s += A[at]!;
    y[i] = s;
  }
}

/** y = the sum of each column of A, m x n; y has n entries. */
export function colSums(A: Float64Array, y: Float64Array, m: number, n: number): void {
  y.fill(0, 0, n);
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++, at++) y[j] = y[j]! + A[at]!;
}

/** y = the largest entry of each row of A, m x n, to be subtracted: 0 where it is no number. y has m entries. */
export function rowMax(A: Float64Array, y: Float64Array, m: number, n: number): void {
  for (let i = 0, at = 0; i < m; i++) {
    let largest = -Infinity;
    for (let j = 0; j < n; j++, at++) if (!(A[at]! <= largest)) largest = A[at]!;
    y[i] = Math.abs(largest) < Infinity ? largest : 0;
  }
}

/** y = the largest entry of each column of A, m x n, to be subtracted: 0 where it is no number; n entries. */
export function colMax(A: Float64Array, y: Float64Array, m: number, n: number): void {
  y.fill(-Infinity, 0, n);
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++, at++) if (!(A[at]! <= y[j]!)) y[j] = A[at]!;
  for (let j = 0; j < n; j++) if (!(Math.abs(y[j]!) < Infinity)) y[j] = 0;
}

/** B = the running sums down each column of A, m x n; along it where A is a row. B may be A. */
export function cumsum(A: Float64Array, B: Float64Array, m: number, n: number): void {
  const stride = m === 1 ? 1 : n;
  for (let i = 0; i < m * n; i++) B[i] = i < stride ? A[i]! : A[i]! + B[i - stride]!;
}

/** y = the cross product of a and b, three entries each. y is neither. */
export function cross(a: Float64Array, b: Float64Array, y: Float64Array): void {
  y[0] = a[1]! * b[2]! - a[2]! * b[1]!;
  y[1] = a[2]! * b[0]! - a[0]! * b[2]!;
  y[2] = a[0]! * b[1]! - a[1]! * b[0]!;
}

/** S = the skew 3 x 3 matrix with S * b the cross product of a and b. */
export function skew3(a: Float64Array, S: Float64Array): void {
  S[0] = 0; S[1] = -a[2]!; S[2] = a[1]!;
  S[3] = a[2]!; S[4] = 0; S[5] = -a[0]!;
  S[6] = -a[1]!; S[7] = a[0]!; S[8] = 0;
}

/** K = the commutation matrix, (m*n) x (m*n): K * vec(A) = vec(A') for A m x n. */
export function commutation(K: Float64Array, m: number, n: number): void {
  const size = m * n;
  K.fill(0, 0, size * size);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) K[(i * n + j) * size + j * m + i] = 1;
}

/** D = the duplication matrix, n² x n(n+1)/2: D * vech(S) = vec(S) for symmetric S. */
export function duplication(D: Float64Array, n: number): void {
  const cols = (n * (n + 1)) / 2;
  D.fill(0, 0, n * n * cols);
  for (let j = 0, at = 0; j < n; j++) {
    for (let i = j; i < n; i++, at++) {
      D[(j * n + i) * cols + at] = 1;
      D[(i * n + j) * cols + at] = 1;
    }
  }
}

/** D = the n² x n matrix with D * x = vec(diag(x)). */
export function diagonalisation(D: Float64Array, n: number): void {
  D.fill(0, 0, n * n * n);
  for (let i = 0; i < n; i++) D[(i * n + i) * n + i] = 1;
}
