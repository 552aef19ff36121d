// The thin singular value decomposition, and what is made of it.
import { largestSign } from './eigSym';
import { luDeterminant, lu } from './lu';
import { multiply } from './multiply';
import { multiplyNT } from './multiplyNT';
import { qr, reflect, reflector } from './qr';
import { transpose } from './transpose';

/**
 * A = U * diag(s) * V', A m x n, with k = min(m, n): U m x k and V n x k with orthonormal columns, s descending;
 * in each column of V the entry of largest size is positive. Returns false where it does not converge (A
 * contains NaN or Infinity).
 * Source: Golub and Reinsch 1970, after a QR factorization of a tall matrix (Chan 1982).
 */
export function svd(
  A: Float64Array, U: Float64Array, s: Float64Array, V: Float64Array, m: number, n: number,
): boolean {
  for (let i = 0; i < m * n; i++) if (!(A[i]! - A[i]! === 0)) return false;
  if (m < n) {
    const T = new Float64Array(m * n);
    transpose(A, T, m, n);
    if (!svd(T, V, s, U, n, m)) return false;
    return signColumns(U, V, m, n, m);
  }
  if (5 * m > 8 * n && n > 1) {
    const Q = new Float64Array(m * n);
    const R = new Float64Array(n * n);
    const W = new Float64Array(n * n);
    qr(A, Q, R, m, n);
    if (!svd(R, W, s, V, n, n)) return false;
    multiply(Q, W, U, m, n, n);
    return signColumns(U, V, m, n, n);
  }
  const e = new Float64Array(n);
  const Ut = new Float64Array(n * m);
  const Vt = new Float64Array(n * n);
  bidiagonalise(A, Ut, s, e, Vt, m, n);
  if (!bidiagonalQR(s, e, Ut, Vt, m, n)) return false;
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let j = i;
    for (; j > 0 && s[order[j - 1]!]! < s[i]!; j--) order[j] = order[j - 1]!;
    order[j] = i;
  }
  const sorted = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const from = order[j]!;
    sorted[j] = s[from]!;
    for (let i = 0; i < m; i++) U[i * n + j] = Ut[from * m + i]!;
    for (let i = 0; i < n; i++) V[i * n + j] = Vt[from * n + i]!;
  }
  for (let j = 0; j < n; j++) s[j] = sorted[j]!;
  return signColumns(U, V, m, n, n);
}

/**
 * Makes the largest entry of each of the k columns of V positive, and changes U's column too. Returns true.
 */
export function signColumns(U: Float64Array, V: Float64Array, m: number, n: number, k: number): boolean {
  const column = new Float64Array(n);
  for (let j = 0; j < k; j++) {
    for (let i = 0; i < n; i++) column[i] = V[i * k + j]!;
    if (largestSign(column, 0, n) > 0) continue;
    for (let i = 0; i < m; i++) U[i * k + j] = -U[i * k + j]!;
    for (let i = 0; i < n; i++) V[i * k + j] = -V[i * k + j]!;
  }
  return true;
}

/**
 * A = U * B * V' for m >= n: B is upper bidiagonal with diagonal s and superdiagonal e[0..n-2]; Ut = U'
 * (n x m), Vt = V' (n x n).
 */
export function bidiagonalise(
  A: Float64Array, Ut: Float64Array, s: Float64Array, e: Float64Array, Vt: Float64Array,
  m: number, n: number,
): void {
  const W = new Float64Array(n * m);
  const P = new Float64Array(n * n);
  const h = new Float64Array(n);
  const g = new Float64Array(n);
  const work = new Float64Array(m);
  transpose(A, W, m, n);
  for (let k = 0; k < n; k++) {
    const row = k * m + k;
    const x0 = W[row]!;
    const d = reflector(W, row, m - k);
    s[k] = d;
    h[k] = d === 0 ? 0 : (d - x0) / d;
    e[k] = 0;
    for (let j = k + 1; j < n; j++) reflect(W, row, h[k]!, W, j * m + k, m - k);
    if (k === n - 1) break;
    const right = k * n + k + 1;
    for (let j = k + 1; j < n; j++) P[k * n + j] = W[j * m + k]!;
    const y0 = P[right]!;
    const f = reflector(P, right, n - k - 1);
    e[k] = f;
    g[k] = f === 0 ? 0 : (f - y0) / f;
    if (g[k] === 0) continue;
    work.fill(0);
    for (let j = k + 1; j < n; j++) {
      const p = P[k * n + j]!;
      for (let i = k + 1; i < m; i++) work[i] = work[i]! + p * W[j * m + i]!;
    }
    for (let j = k + 1; j < n; j++) {
      const p = P[k * n + j]! * g[k]!;
      for (let i = k + 1; i < m; i++) W[j * m + i] = W[j * m + i]! - p * work[i]!;
    }
  }
  Ut.fill(0, 0, n * m);
  Vt.fill(0, 0, n * n);
  for (let k = n - 1; k >= 0; k--) {
    Ut[k * m + k] = 1;
    Vt[k * n + k] = 1;
    for (let j = k; j < n; j++) reflect(W, k * m + k, h[k]!, Ut, j * m + k, m - k);
    for (let j = k + 1; j < n; j++) reflect(P, k * n + k + 1, g[k]!, Vt, j * n + k + 1, n - k - 1);
  }
}

/** (x_i, y_i) becomes (c x_i + t y_i, c y_i - t x_i) for the n entries of rows i and j of M. */
export function rotateRows(M: Float64Array, i: number, j: number, n: number, c: number, t: number): void {
  const a = i * n, b = j * n;
  for (let k = 0; k < n; k++) {
    const x = M[a + k]!, y = M[b + k]!;
    M[a + k] = c * x + t * y;
    M[b + k] = c * y - t * x;
  }
}

/**
 * Diagonalises the bidiagonal matrix (diagonal s, superdiagonal e) by implicit QR steps, applying the
 * rotations to the rows of Ut (n x m) and Vt (n x n). s becomes the singular values, unsorted, >= 0. Returns
 * false where it does not converge.
 */
export function bidiagonalQR(
  s: Float64Array, e: Float64Array, Ut: Float64Array, Vt: Float64Array, m: number, n: number,
): boolean {
  const eps = 2.220446049250313e-16;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(s[i]!), Math.abs(e[i]!));
  const tiny = largest * 1e-40;
  for (let p = n - 1, steps = 0; p >= 0; ) {
    let k = p;
    for (; k > 0; k--) {
      const size = Math.abs(e[k - 1]!);
      if (size <= eps * (Math.abs(s[k - 1]!) + Math.abs(s[k]!)) || size <= tiny) {
        e[k - 1] = 0;
        break;
      }
    }
    if (k === p) {
      if (s[p]! < 0) {
        s[p] = -s[p]!;
        for (let i = 0; i < n; i++) Vt[p * n + i] = -Vt[p * n + i]!;
      }
      p--;
      steps = 0;
      continue;
    }
    if (steps++ === 100) return false;
    let zero = p;
    for (; zero >= k; zero--) {
      const beside = (zero < p ? Math.abs(e[zero]!) : 0) + (zero > k ? Math.abs(e[zero - 1]!) : 0);
      if (Math.abs(s[zero]!) <= Math.max(tiny, 1e-3 * eps * beside)) break;
    }
    if (zero === p) {
      s[p] = 0;
      let f = e[p - 1]!;
      e[p - 1] = 0;
      for (let j = p - 1; j >= k; j--) {
        const r = Math.hypot(s[j]!, f);
        const c = s[j]! / r, t = f / r;
        s[j] = r;
        if (j > k) {
          f = -t * e[j - 1]!;
          e[j - 1] = c * e[j - 1]!;
        }
        rotateRows(Vt, j, p, n, c, t);
      }
      continue;
    }
    if (zero >= k) {
      s[zero] = 0;
      let f = e[zero]!;
      e[zero] = 0;
      for (let j = zero + 1; j <= p; j++) {
        const r = Math.hypot(s[j]!, f);
        const c = s[j]! / r, t = f / r;
        s[j] = r;
        if (j < p) {
          f = -t * e[j]!;
          e[j] = c * e[j]!;
        }
        rotateRows(Ut, j, zero, m, c, t);
      }
      continue;
    }
    const end = Math.max(Math.abs(s[p]!), Math.abs(s[p - 1]!), Math.abs(e[p - 1]!));
    const scale = Math.max(end, Math.abs(s[k]!), Math.abs(e[k]!));
    const sp = s[p]! / scale, sq = s[p - 1]! / scale, eq = e[p - 1]! / scale;
    const sk = s[k]! / scale, ek = e[k]! / scale;
    const b = ((sq + sp) * (sq - sp) + eq * eq) / 2;
    const c2 = sp * eq * (sp * eq);
    let shift = 0;
    if (b !== 0 || c2 !== 0) {
      const root = Math.sqrt(b * b + c2);
      shift = c2 / (b + (b < 0 ? -root : root));
    }
    let f = (sk + sp) * (sk - sp) + shift;
    let g = sk * ek;
    for (let j = k; j < p; j++) {
      let r = Math.hypot(f, g);
      let c = r === 0 ? 1 : f / r, t = r === 0 ? 0 : g / r;
      if (j > k) e[j - 1] = r;
      f = c * s[j]! + t * e[j]!;
      e[j] = c * e[j]! - t * s[j]!;
      g = t * s[j + 1]!;
      s[j + 1] = c * s[j + 1]!;
      rotateRows(Vt, j, j + 1, n, c, t);
      r = Math.hypot(f, g);
      c = r === 0 ? 1 : f / r;
      t = r === 0 ? 0 : g / r;
      s[j] = r;
      f = c * e[j]! + t * s[j + 1]!;
      s[j + 1] = c * s[j + 1]! - t * e[j]!;
      if (j < p - 1) {
        g = t * e[j + 1]!;
        e[j + 1] = c * e[j + 1]!;
      }
      rotateRows(Ut, j, j + 1, m, c, t);
    }
    e[p - 1] = f;
  }
  return true;
}

/**
 * The singular values of A, m x n, descending in s (min(m, n) entries). Returns false where A contains NaN or
 * Infinity.
 */
export function singularValues(A: Float64Array, s: Float64Array, m: number, n: number): boolean {
  const k = Math.min(m, n);
  return svd(A, new Float64Array(m * k), s, new Float64Array(n * k), m, n);
}

/**
 * X = the pseudo-inverse (n x m) of A, m x n; singular values within rounding of 0 count as 0. Throws where A
 * has NaN or Infinity.
 */
export function pinv(A: Float64Array, X: Float64Array, m: number, n: number): void {
  const k = Math.min(m, n);
  const U = new Float64Array(m * k), s = new Float64Array(k), V = new Float64Array(n * k);
  if (!svd(A, U, s, V, m, n)) throw new Error('the matrix contains NaN or Infinity');
  const floor = Math.max(m, n) * 2.220446049250313e-16 * (s[0] ?? 0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) V[i * k + j] = s[j]! > floor ? V[i * k + j]! / s[j]! : 0;
  }
  multiplyNT(V, U, X, n, k, m);
}

/**
 * X = A * (A'A)^(-1/2), m x n: the factor with orthonormal columns. Throws where A has not full column rank.
 */
export function polar(A: Float64Array, X: Float64Array, m: number, n: number): void {
  if (m < n) throw new Error('a matrix with fewer rows than columns has not full column rank');
  const U = new Float64Array(m * n), s = new Float64Array(n), V = new Float64Array(n * n);
  if (!svd(A, U, s, V, m, n)) throw new Error('the matrix contains NaN or Infinity');
  if (!(s[n - 1]! > m * 2.220446049250313e-16 * s[0]!)) {
    throw new Error('the matrix has not full column rank');
  }
  multiplyNT(U, V, X, m, n, n);
}

/** X = the adjugate of A, n x n, also of a singular A. Throws where A contains NaN or Infinity. */
export function adjugate(A: Float64Array, X: Float64Array, n: number): void {
  const U = new Float64Array(n * n), s = new Float64Array(n), V = new Float64Array(n * n);
  if (!svd(A, U, s, V, n, n)) throw new Error('the matrix contains NaN or Infinity');
  const F = new Float64Array(n * n);
  const pivots = new Int32Array(n);
  let sign = 1;
  if (lu(U, F, pivots, n) < 0) sign *= Math.sign(luDeterminant(F, pivots, n));
  if (lu(V, F, pivots, n) < 0) sign *= Math.sign(luDeterminant(F, pivots, n));
  for (let j = 0; j < n; j++) {
    let product = sign;
    for (let k = 0; k < n; k++) if (k !== j) product *= s[k]!;
    for (let i = 0; i < n; i++) V[i * n + j] = V[i * n + j]! * product;
  }
  multiplyNT(V, U, X, n, n, n);
}
