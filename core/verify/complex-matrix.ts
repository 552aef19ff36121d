/** Dense matrices of complex float64 numbers, and the plainest algorithms on them. Transposes are never conjugated: that is not analytic. */
import { C0, C1, complex, minusC, negC, overC, plusC, scaleC, sizeC, sqrtC, timesC, type Complex } from './complex-numbers';
import { OutsideDomain } from './oracle-matrix';

/** Row-major. A scalar is 1×1. */
export interface ComplexMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly Complex[];
}

export const tabulateC = (rows: number, cols: number, entry: (i: number, j: number) => Complex): ComplexMatrix =>
  ({ rows, cols, data: Array.from({ length: rows * cols }, (_, k) => entry(Math.floor(k / cols), k % cols)) });
export const entryC = (A: ComplexMatrix, i: number, j: number): Complex => {
  const x = A.data[i * A.cols + j];
  if (x === undefined || j >= A.cols) throw new OutsideDomain(`entry [${i + 1}, ${j + 1}] of a ${A.rows}×${A.cols} array`);
  return x;
};
export const scalarC = (x: Complex): ComplexMatrix => ({ rows: 1, cols: 1, data: [x] });
export const columnC = (data: readonly Complex[]): ComplexMatrix => ({ rows: data.length, cols: 1, data });
export const isScalarC = (A: ComplexMatrix): boolean => A.rows === 1 && A.cols === 1;
export const numberC = (A: ComplexMatrix): Complex => {
  if (!isScalarC(A)) throw new OutsideDomain(`a scalar is needed, not a ${A.rows}×${A.cols} array`);
  return entryC(A, 0, 0);
};
export const identityC = (n: number): ComplexMatrix => tabulateC(n, n, (i, j) => (i === j ? C1 : C0));
export const zerosC = (m: number, n: number): ComplexMatrix => tabulateC(m, n, () => C0);
export const mapC = (A: ComplexMatrix, f: (x: Complex) => Complex): ComplexMatrix => ({ ...A, data: A.data.map(f) });
export const transposeC = (A: ComplexMatrix): ComplexMatrix => tabulateC(A.cols, A.rows, (i, j) => entryC(A, j, i));
export const stretchC = (A: ComplexMatrix, by: number): ComplexMatrix => mapC(A, (x) => scaleC(x, by));

/** Entry by entry; a scalar goes with every entry of the other. */
export function zipC(A: ComplexMatrix, B: ComplexMatrix, f: (a: Complex, b: Complex) => Complex): ComplexMatrix {
  if (A.rows === B.rows && A.cols === B.cols) return tabulateC(A.rows, A.cols, (i, j) => f(entryC(A, i, j), entryC(B, i, j)));
  if (isScalarC(A)) return mapC(B, (b) => f(entryC(A, 0, 0), b));
  if (isScalarC(B)) return mapC(A, (a) => f(a, entryC(B, 0, 0)));
  throw new OutsideDomain(`sizes ${A.rows}×${A.cols} and ${B.rows}×${B.cols} do not fit`);
}
export const addC = (A: ComplexMatrix, B: ComplexMatrix): ComplexMatrix => zipC(A, B, plusC);
export const subC = (A: ComplexMatrix, B: ComplexMatrix): ComplexMatrix => zipC(A, B, minusC);

/** The matrix product, or a scalar times an array. */
export function mulC(A: ComplexMatrix, B: ComplexMatrix): ComplexMatrix {
  if (A.cols !== B.rows) {
    if (isScalarC(A) || isScalarC(B)) return zipC(A, B, timesC);
    throw new OutsideDomain(`sizes ${A.rows}×${A.cols} and ${B.rows}×${B.cols} do not fit`);
  }
  return tabulateC(A.rows, B.cols, (i, j) => {
    let s = C0;
    for (let k = 0; k < A.cols; k++) s = plusC(s, timesC(entryC(A, i, k), entryC(B, k, j)));
    return s;
  });
}
export const sumC = (xs: readonly Complex[]): Complex => xs.reduce(plusC, C0);
/** Σ A_ij B_ij, without conjugation. */
export const innerC = (A: ComplexMatrix, B: ComplexMatrix): Complex => sumC(zipC(A, B, timesC).data);
export const traceC = (A: ComplexMatrix): Complex => sumC(Array.from({ length: A.rows }, (_, i) => entryC(A, i, i)));
export const largestC = (A: ComplexMatrix): number => A.data.reduce((m, x) => Math.max(m, sizeC(x)), 0);
export const vecC = (A: ComplexMatrix): ComplexMatrix => tabulateC(A.rows * A.cols, 1, (k) => entryC(A, k % A.rows, Math.floor(k / A.rows)));
export const unvecC = (v: ComplexMatrix, m: number, n: number): ComplexMatrix => tabulateC(m, n, (i, j) => entryC(v, j * m + i, 0));
export const kronC = (A: ComplexMatrix, B: ComplexMatrix): ComplexMatrix =>
  tabulateC(A.rows * B.rows, A.cols * B.cols, (i, j) =>
    timesC(entryC(A, Math.floor(i / B.rows), Math.floor(j / B.cols)), entryC(B, i % B.rows, j % B.cols)));

export function requireSquareC(A: ComplexMatrix, what: string): number {
  if (A.rows !== A.cols) throw new OutsideDomain(`${what} of a ${A.rows}×${A.cols} matrix`);
  return A.rows;
}

/** Singular to working precision below this share of the largest entry. */
const NOTHING = 1e-14;

/** Gaussian elimination of A with partial pivoting, applied to B as well; the sign counts row exchanges. */
function eliminate(A: ComplexMatrix, B: ComplexMatrix): { readonly U: Complex[][]; readonly C: Complex[][]; readonly sign: number } {
  const n = A.rows;
  const U = Array.from({ length: n }, (_, i) => A.data.slice(i * n, i * n + n));
  const C = Array.from({ length: n }, (_, i) => B.data.slice(i * B.cols, (i + 1) * B.cols));
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if (sizeC(U[i]![k]!) > sizeC(U[p]![k]!)) p = i;
    if (p !== k) {
      [U[k], U[p]] = [U[p]!, U[k]!];
      [C[k], C[p]] = [C[p]!, C[k]!];
      sign = -sign;
    }
    const pivot = U[k]![k]!;
    if (sizeC(pivot) === 0) continue;
    for (let i = k + 1; i < n; i++) {
      const f = overC(U[i]![k]!, pivot);
      U[i] = U[i]!.map((x, j) => (j < k ? x : minusC(x, timesC(f, U[k]![j]!))));
      C[i] = C[i]!.map((x, j) => minusC(x, timesC(f, C[k]![j]!)));
    }
  }
  return { U, C, sign };
}

/** A \ B. @throws OutsideDomain for an A that is singular to working precision. */
export function solveC(A: ComplexMatrix, B: ComplexMatrix): ComplexMatrix {
  const n = requireSquareC(A, 'the inverse');
  const { U, C } = eliminate(A, B);
  const least = U.reduce((m, row, k) => Math.min(m, sizeC(row[k]!)), Infinity);
  if (!(least > NOTHING * largestC(A))) throw new OutsideDomain('a matrix that is inverted is nearly singular');
  for (let k = n - 1; k >= 0; k--) {
    for (let j = 0; j < B.cols; j++) {
      let s = C[k]![j]!;
      for (let i = k + 1; i < n; i++) s = minusC(s, timesC(U[k]![i]!, C[i]![j]!));
      C[k]![j] = overC(s, U[k]![k]!);
    }
  }
  return { rows: n, cols: B.cols, data: C.flat() };
}
export const inverseC = (A: ComplexMatrix): ComplexMatrix => solveC(A, identityC(requireSquareC(A, 'the inverse')));

export function detC(A: ComplexMatrix): Complex {
  requireSquareC(A, 'the determinant');
  const { U, sign } = eliminate(A, zerosC(A.rows, 0));
  return U.reduce((p, row, k) => timesC(p, row[k]!), complex(sign));
}
/** The adjugate by cofactors, which a singular matrix has too. */
export function adjugateC(A: ComplexMatrix): ComplexMatrix {
  const n = requireSquareC(A, 'the adjugate');
  const minor = (r: number, c: number): ComplexMatrix => tabulateC(n - 1, n - 1, (i, j) => entryC(A, i < r ? i : i + 1, j < c ? j : j + 1));
  return tabulateC(n, n, (i, j) => ((i + j) % 2 === 0 ? detC(minor(j, i)) : negC(detC(minor(j, i)))));
}

/** The lower L with L·Lᵀ = A, not conjugated. @throws OutsideDomain where the real part is not positive definite. */
export function choleskyC(A: ComplexMatrix): ComplexMatrix {
  const n = requireSquareC(A, 'the Cholesky factor');
  const L = Array.from({ length: n }, () => new Array<Complex>(n).fill(C0));
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let s = entryC(A, i, j);
      for (let k = 0; k < j; k++) s = minusC(s, timesC(L[i]![k]!, L[j]![k]!));
      if (i === j && s.re <= 0) throw new OutsideDomain('the Cholesky factor of a matrix that is not positive definite');
      L[i]![j] = i === j ? sqrtC(s) : overC(s, L[j]![j]!);
    }
  }
  return { rows: n, cols: n, data: L.flat() };
}

/** Y with A·Y + Y·B = C, from its Kronecker system. */
export function sylvesterC(A: ComplexMatrix, B: ComplexMatrix, C: ComplexMatrix): ComplexMatrix {
  const system = addC(kronC(identityC(B.rows), A), kronC(transposeC(B), identityC(A.rows)));
  return unvecC(solveC(system, vecC(C)), A.rows, B.rows);
}
