/** Symmetric eigenvalues and singular values by Jacobi's rotations, and what is made of them. */
import { ONE, TWO, ZERO, num, type Num } from './oracle-decimal';
import { at, inner, largest, matrix, mul, OutsideDomain, requireSymmetric, transpose, type Matrix, type Watch, UNWATCHED } from './oracle-matrix';

const TINY = num('1e-63');
const SWEEPS = 60;

/** Cosine and sine of the rotation that makes [p, q; q, r] diagonal (Golub and Van Loan, 8.5.2). */
function rotation(p: Num, q: Num, r: Num): readonly [Num, Num] {
  const tau = r.minus(p).div(q.times(TWO));
  const root = ONE.plus(tau.times(tau)).sqrt();
  const t = tau.isNegative() ? ONE.neg().div(tau.neg().plus(root)) : ONE.div(tau.plus(root));
  const c = ONE.div(ONE.plus(t.times(t)).sqrt());
  return [c, t.times(c)];
}

/** Columns p and q of rows, turned by (c, s). */
function turn(rows: Num[][], p: number, q: number, c: Num, s: Num): void {
  for (const row of rows) {
    const x = row[p] ?? ZERO;
    const y = row[q] ?? ZERO;
    row[p] = c.times(x).minus(s.times(y));
    row[q] = s.times(x).plus(c.times(y));
  }
}
const rowsOf = (A: Matrix): Num[][] => Array.from({ length: A.rows }, (_, i) => A.data.slice(i * A.cols, (i + 1) * A.cols));
const identityRows = (n: number): Num[][] => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? ONE : ZERO)));

/** +1 or -1, so that the entry of largest size becomes positive: signs that do not jump between neighbouring points. */
function orientation(column: readonly Num[]): Num {
  let best = ZERO;
  for (const x of column) if (x.abs().gt(best.abs().times(1.0000001))) best = x;
  return best.isNegative() ? ONE.neg() : ONE;
}

export interface Eigen {
  /** Ascending. */
  readonly values: readonly Num[];
  /** Orthonormal columns in that order, the entry of largest size in each positive. */
  readonly vectors: Matrix;
}

/** Eigenvalues and eigenvectors of a symmetric matrix. */
export function eigen(A: Matrix, what = 'the eigenvalues'): Eigen {
  requireSymmetric(A, what);
  const n = A.rows;
  const S = rowsOf(A);
  const Q = identityRows(n);
  const threshold = largest(A).times(TINY);
  for (let sweep = 0; ; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) {
      const off = S[p]?.[q] ?? ZERO;
      if (off.abs().lte(threshold)) continue;
      rotated = true;
      const [c, s] = rotation(S[p]?.[p] ?? ZERO, off, S[q]?.[q] ?? ZERO);
      turn(S, p, q, c, s);
      const P = S[p] ?? [];
      const R = S[q] ?? [];
      for (let j = 0; j < n; j++) {
        const x = P[j] ?? ZERO;
        const y = R[j] ?? ZERO;
        P[j] = c.times(x).minus(s.times(y));
        R[j] = s.times(x).plus(c.times(y));
      }
      turn(Q, p, q, c, s);
    }
    if (!rotated) break;
    if (sweep > SWEEPS) throw new OutsideDomain(`${what} did not converge`);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => (S[a]?.[a] ?? ZERO).cmp(S[b]?.[b] ?? ZERO));
  const signs = order.map((k) => orientation(Q.map((row) => row[k] ?? ZERO)));
  return {
    values: order.map((k) => S[k]?.[k] ?? ZERO),
    vectors: matrix(n, n, (i, j) => (Q[i]?.[order[j] ?? 0] ?? ZERO).times(signs[j] ?? ONE)),
  };
}

export interface Svd {
  /** Descending, min(m, n) of them. */
  readonly values: readonly Num[];
  readonly u: Matrix;
  readonly v: Matrix;
}

/** The thin singular value decomposition by one-sided Jacobi; in `v` the entry of largest size of each column is positive. */
export function svd(A: Matrix): Svd {
  if (A.rows < A.cols) {
    const { values, u, v } = svd(transpose(A));
    const signs = values.map((_, k) => orientation(Array.from({ length: u.rows }, (_, i) => at(u, i, k))));
    const signed = (M: Matrix): Matrix => matrix(M.rows, M.cols, (i, j) => at(M, i, j).times(signs[j] ?? ONE));
    return { values, u: signed(v), v: signed(u) };
  }
  const n = A.cols;
  const W = rowsOf(A);
  const V = identityRows(n);
  const dot = (p: number, q: number): Num => W.reduce((s, row) => s.plus((row[p] ?? ZERO).times(row[q] ?? ZERO)), ZERO);
  const size = inner(A, A);
  for (let sweep = 0; ; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) {
      const off = dot(p, q);
      const a = dot(p, p);
      const b = dot(q, q);
      if (off.abs().lte(a.times(b).sqrt().times(TINY)) || off.abs().lte(size.times(TINY).times(TINY))) continue;
      rotated = true;
      const [c, s] = rotation(a, off, b);
      turn(W, p, q, c, s);
      turn(V, p, q, c, s);
    }
    if (!rotated) break;
    if (sweep > SWEEPS) break;
  }
  const lengths = Array.from({ length: n }, (_, k) => dot(k, k).sqrt());
  const order = Array.from({ length: n }, (_, k) => k).sort((a, b) => (lengths[b] ?? ZERO).cmp(lengths[a] ?? ZERO));
  const signs = order.map((k) => orientation(V.map((row) => row[k] ?? ZERO)));
  return {
    values: order.map((k) => lengths[k] ?? ZERO),
    u: matrix(A.rows, n, (i, j) => {
      const k = order[j] ?? 0;
      const length = lengths[k] ?? ZERO;
      return length.isZero() ? ZERO : (W[i]?.[k] ?? ZERO).div(length).times(signs[j] ?? ONE);
    }),
    v: matrix(n, n, (i, j) => (V[i]?.[order[j] ?? 0] ?? ZERO).times(signs[j] ?? ONE)),
  };
}

/** Singular values below this share of the largest count as zero. */
const RANK = num('1e-40');

export function pinv(A: Matrix, watch: Watch = UNWATCHED): Matrix {
  const { values, u, v } = svd(A);
  const top = values[0] ?? ZERO;
  const kept = values.map((s) => s.gt(top.times(RANK)));
  values.forEach((s, k) => kept[k] && watch.near(s.div(top).toNumber(), 'a matrix whose pseudoinverse is taken is near one of lower rank'));
  const scaled = matrix(v.rows, values.length, (i, j) => (kept[j] ? at(v, i, j).div(values[j] ?? ONE) : ZERO));
  return mul(scaled, transpose(u));
}

/** The factor with orthonormal columns of X = U·H. @throws OutsideDomain where X lacks full column rank. */
export function polar(X: Matrix, watch: Watch = UNWATCHED): Matrix {
  if (X.rows < X.cols) throw new OutsideDomain('the polar factor of a matrix without full column rank');
  const { values, u, v } = svd(X);
  const top = values[0] ?? ZERO;
  const least = values[values.length - 1] ?? ZERO;
  if (top.isZero() || least.lte(top.times(RANK))) throw new OutsideDomain('the polar factor of a matrix without full column rank');
  watch.near(least.div(top).toNumber(), 'a matrix whose polar factor is taken is nearly rank deficient');
  return mul(u, transpose(v));
}

/**
 * Reports the least relative distance between neighbours: eigenvalues that meet have no derivative.
 * @param all the whole spectrum, beside which values may be rounding alone: then they meet
 */
export function watchGaps(values: readonly Num[], watch: Watch, what: string, all = values): void {
  const largest = (list: readonly Num[]): Num => list.reduce((m, x) => (x.abs().gt(m) ? x.abs() : m), ZERO);
  const size = largest(values);
  if (size.lte(largest(all).times(RANK))) return watch.near(values.length > 1 ? 0 : 1, what);
  for (let k = 1; k < values.length; k++) watch.near((values[k] ?? ZERO).minus(values[k - 1] ?? ZERO).abs().div(size).toNumber(), what);
}
export const columnOf = (A: Matrix, k: number): Matrix => matrix(A.rows, 1, (i) => at(A, i, k));
