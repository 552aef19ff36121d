/** Dense matrices of 64-digit numbers and the plainest algorithms on them. */
import { HALF, ONE, ZERO, num, type Num } from './oracle-decimal';

/** Row-major. A scalar is 1×1. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly Num[];
}

/** The function has no value here: a singular matrix, the log of a negative number. `what` says it to a person. */
export class OutsideDomain extends Error {}

/** Collects how near the point lies to where the function, or its derivative, stops existing. */
export interface Watch {
  /** `margin` is a relative distance: 1 far away, 0 on the singular set. */
  near(margin: number, what: string): void;
}
export const UNWATCHED: Watch = { near: () => undefined };

/** The commutation matrix of 24×24 has 331 776; A ⊗ A ⊗ A ⊗ A ⊗ A of 9×9 would be gigabytes. */
const MAX_ENTRIES = 400_000;

/** @throws OutsideDomain where there would be too many entries */
export const matrix = (rows: number, cols: number, entry: (i: number, j: number) => Num): Matrix => {
  if (rows * cols > MAX_ENTRIES) throw new OutsideDomain(`an array of ${rows}×${cols} is too large for 64-digit arithmetic: give smaller sizes, \`dim n = 2\``);
  const data: Num[] = [];
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) data.push(entry(i, j));
  return { rows, cols, data };
};
export const at = (A: Matrix, i: number, j: number): Num => {
  const x = A.data[i * A.cols + j];
  if (x === undefined || j >= A.cols) throw new OutsideDomain(`entry [${i + 1}, ${j + 1}] of a ${A.rows}×${A.cols} array`);
  return x;
};
export const scalar = (x: Num): Matrix => ({ rows: 1, cols: 1, data: [x] });
export const column = (data: readonly Num[]): Matrix => ({ rows: data.length, cols: 1, data });
export const isScalarSize = (A: Matrix): boolean => A.rows === 1 && A.cols === 1;
/** The number of a 1×1 array. */
export const numberOf = (A: Matrix): Num => {
  if (!isScalarSize(A)) throw new OutsideDomain(`a scalar is needed, not a ${A.rows}×${A.cols} array`);
  return at(A, 0, 0);
};
export const identity = (n: number): Matrix => matrix(n, n, (i, j) => (i === j ? ONE : ZERO));
export const zeros = (m: number, n: number): Matrix => matrix(m, n, () => ZERO);
export const unit = (m: number, n: number, k: number, l: number): Matrix => matrix(m, n, (i, j) => (i === k && j === l ? ONE : ZERO));
export const map = (A: Matrix, f: (x: Num) => Num): Matrix => ({ ...A, data: A.data.map(f) });
export const transpose = (A: Matrix): Matrix => matrix(A.cols, A.rows, (i, j) => at(A, j, i));
export const scale = (A: Matrix, by: Num): Matrix => map(A, (x) => x.times(by));
export const neg = (A: Matrix): Matrix => map(A, (x) => x.neg());

/** Entry by entry; a scalar goes with every entry of the other. */
export function zip(A: Matrix, B: Matrix, f: (a: Num, b: Num) => Num): Matrix {
  if (A.rows === B.rows && A.cols === B.cols) return matrix(A.rows, A.cols, (i, j) => f(at(A, i, j), at(B, i, j)));
  if (isScalarSize(A)) return map(B, (b) => f(at(A, 0, 0), b));
  if (isScalarSize(B)) return map(A, (a) => f(a, at(B, 0, 0)));
  throw new OutsideDomain(`sizes ${A.rows}×${A.cols} and ${B.rows}×${B.cols} do not fit`);
}
export const add = (A: Matrix, B: Matrix): Matrix => zip(A, B, (a, b) => a.plus(b));
export const sub = (A: Matrix, B: Matrix): Matrix => zip(A, B, (a, b) => a.minus(b));
export const times = (A: Matrix, B: Matrix): Matrix => zip(A, B, (a, b) => a.times(b));

/** The matrix product, or a scalar times an array. */
export function mul(A: Matrix, B: Matrix): Matrix {
  if (A.cols !== B.rows) {
    if (isScalarSize(A) || isScalarSize(B)) return times(A, B);
    throw new OutsideDomain(`sizes ${A.rows}×${A.cols} and ${B.rows}×${B.cols} do not fit`);
  }
  return matrix(A.rows, B.cols, (i, j) => {
    let s = ZERO;
    for (let k = 0; k < A.cols; k++) {
      const a = at(A, i, k);
      const b = at(B, k, j);
      if (!a.isZero() && !b.isZero()) s = s.plus(a.times(b));
    }
    return s;
  });
}
export const product = (...factors: readonly [Matrix, ...Matrix[]]): Matrix => factors.reduce(mul);
/** ⟨A, B⟩, the sum of the products of entries. */
export const inner = (A: Matrix, B: Matrix): Num => times(A, B).data.reduce((s, x) => s.plus(x), ZERO);
export const normF = (A: Matrix): Num => inner(A, A).sqrt();
export const largest = (A: Matrix): Num => A.data.reduce((m, x) => (x.abs().gt(m) ? x.abs() : m), ZERO);
export const trace = (A: Matrix): Num => {
  let s = ZERO;
  for (let i = 0; i < A.rows; i++) s = s.plus(at(A, i, i));
  return s;
};
export const vec = (A: Matrix): Matrix => matrix(A.rows * A.cols, 1, (k) => at(A, k % A.rows, Math.floor(k / A.rows)));
export const unvec = (v: Matrix, m: number, n: number): Matrix => matrix(m, n, (i, j) => at(v, j * m + i, 0));
export const kron = (A: Matrix, B: Matrix): Matrix =>
  matrix(A.rows * B.rows, A.cols * B.cols, (i, j) =>
    at(A, Math.floor(i / B.rows), Math.floor(j / B.cols)).times(at(B, i % B.rows, j % B.cols)));
export const symmetricPart = (A: Matrix): Matrix => scale(add(A, transpose(A)), HALF);
export const skewPart = (A: Matrix): Matrix => scale(sub(A, transpose(A)), HALF);

export function requireSquare(A: Matrix, what: string): number {
  if (A.rows !== A.cols) throw new OutsideDomain(`${what} of a ${A.rows}×${A.cols} matrix`);
  return A.rows;
}

/** Singular to working precision below this share of the largest entry. */
const NOTHING = num('1e-55');

/** Gaussian elimination of A with partial pivoting, applied to B as well; the sign counts row exchanges. */
function eliminate(A: Matrix, B: Matrix): { readonly U: Num[][]; readonly C: Num[][]; readonly sign: number; readonly pivots: Num[] } {
  const n = A.rows;
  const U = Array.from({ length: n }, (_, i) => A.data.slice(i * n, i * n + n));
  const C = Array.from({ length: n }, (_, i) => B.data.slice(i * B.cols, (i + 1) * B.cols));
  let sign = 1;
  const pivots: Num[] = [];
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if ((U[i]?.[k] ?? ZERO).abs().gt((U[p]?.[k] ?? ZERO).abs())) p = i;
    if (p !== k) {
      [U[k], U[p]] = [U[p] ?? [], U[k] ?? []];
      [C[k], C[p]] = [C[p] ?? [], C[k] ?? []];
      sign = -sign;
    }
    const row = U[k] ?? [];
    const right = C[k] ?? [];
    const pivot = row[k] ?? ZERO;
    pivots.push(pivot);
    if (pivot.isZero()) continue;
    for (let i = k + 1; i < n; i++) {
      const lower = U[i] ?? [];
      const f = (lower[k] ?? ZERO).div(pivot);
      if (f.isZero()) continue;
      for (let j = k; j < n; j++) lower[j] = (lower[j] ?? ZERO).minus(f.times(row[j] ?? ZERO));
      const other = C[i] ?? [];
      for (let j = 0; j < other.length; j++) other[j] = (other[j] ?? ZERO).minus(f.times(right[j] ?? ZERO));
    }
  }
  return { U, C, sign, pivots };
}

/** A \ B. @throws OutsideDomain for a singular A. */
export function solve(A: Matrix, B: Matrix, watch: Watch = UNWATCHED): Matrix {
  const n = requireSquare(A, 'the inverse');
  const { U, C, pivots } = eliminate(A, B);
  const size = largest(A);
  const least = pivots.reduce((m, p) => (p.abs().lt(m) ? p.abs() : m), size);
  if (n > 0 && (size.isZero() || least.div(size).lt(NOTHING))) throw new OutsideDomain('a singular matrix is inverted');
  watch.near(n === 0 ? 1 : least.div(size).toNumber(), 'a matrix that is inverted is nearly singular');
  for (let k = n - 1; k >= 0; k--) {
    const row = U[k] ?? [];
    const right = C[k] ?? [];
    for (let j = 0; j < B.cols; j++) {
      let s = right[j] ?? ZERO;
      for (let i = k + 1; i < n; i++) s = s.minus((row[i] ?? ZERO).times(C[i]?.[j] ?? ZERO));
      right[j] = s.div(row[k] ?? ZERO);
    }
  }
  return { rows: n, cols: B.cols, data: C.flat() };
}
export const inverse = (A: Matrix, watch: Watch = UNWATCHED): Matrix => solve(A, identity(requireSquare(A, 'the inverse')), watch);

export function det(A: Matrix): Num {
  requireSquare(A, 'the determinant');
  const { pivots, sign } = eliminate(A, zeros(A.rows, 0));
  return pivots.reduce((p, x) => p.times(x), num(sign));
}
/** The adjugate by cofactors, which a singular matrix has too. */
export function adjugate(A: Matrix): Matrix {
  const n = requireSquare(A, 'the adjugate');
  const minor = (r: number, c: number): Matrix => matrix(n - 1, n - 1, (i, j) => at(A, i < r ? i : i + 1, j < c ? j : j + 1));
  return matrix(n, n, (i, j) => ((i + j) % 2 === 0 ? det(minor(j, i)) : det(minor(j, i)).neg()));
}

const UNSYMMETRIC = num('1e-40');
export function requireSymmetric(A: Matrix, what: string): void {
  requireSquare(A, what);
  if (largest(sub(A, transpose(A))).gt(largest(A).times(UNSYMMETRIC))) throw new OutsideDomain(`${what} of a matrix that is not symmetric`);
}

/** The lower factor L with L·Lᵀ = A. @throws OutsideDomain where A is not positive definite. */
export function cholesky(A: Matrix, watch: Watch = UNWATCHED): Matrix {
  requireSymmetric(A, 'the Cholesky factor');
  const n = A.rows;
  const size = largest(A);
  const L: Num[][] = Array.from({ length: n }, () => Array.from({ length: n }, () => ZERO));
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let s = at(A, i, j);
      for (let k = 0; k < j; k++) s = s.minus((L[i]?.[k] ?? ZERO).times(L[j]?.[k] ?? ZERO));
      const row = L[i] ?? [];
      if (i === j) {
        if (s.lte(size.times(NOTHING))) throw new OutsideDomain('the Cholesky factor of a matrix that is not positive definite');
        watch.near(s.div(size).toNumber(), 'a matrix whose Cholesky factor is taken is nearly singular');
        row[j] = s.sqrt();
      } else row[j] = s.div(L[j]?.[j] ?? ONE);
    }
  }
  return { rows: n, cols: n, data: L.flat() };
}

/** Y with A·Y + Y·B = C, from its Kronecker system. */
export function sylvester(A: Matrix, B: Matrix, C: Matrix, watch: Watch = UNWATCHED): Matrix {
  const system = add(kron(identity(B.rows), A), kron(transpose(B), identity(A.rows)));
  return unvec(solve(system, vec(C), watch), A.rows, B.rows);
}
