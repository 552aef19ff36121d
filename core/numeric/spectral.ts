// Decompositions of arrays and functions of matrices, with the errors that evaluation reports.
import { array, isScalar, isSymmetric, value, type NumericArray } from './array';
import { NumericError, show } from './error';
import { eigSym } from './kernels/eigSym';
import { expm, expmFrechet } from './kernels/expm';
import { logm, logmFrechet, powm, powmFrechet } from './kernels/powm';
import { expmFrechetSym, expmSym, logmFrechetSym, logmSym, powmFrechetSym, powmSym } from './kernels/spectral';
import { singularValues, svd } from './kernels/svd';
import { sylvester, sylvesterSym } from './kernels/sylvester';
import { inverse } from './products';

/** Runs a kernel; what it throws becomes a NumericError of this operator. */
export function attempt<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof NumericError) throw error;
    throw new NumericError(name, error instanceof Error ? error.message : String(error));
  }
}

/** @throws NumericError where the array is not a square matrix. */
export function square(name: string, a: NumericArray | undefined): NumericArray {
  if (!a || a.rows !== a.cols) throw new NumericError(name, a ? `a ${a.rows}×${a.cols} matrix is not square` : 'needs a matrix');
  return a;
}

/** An n×n result that a kernel fills. */
const filled = (name: string, n: number, run: (out: Float64Array) => void): NumericArray => {
  const out = array(n, n);
  attempt(name, () => run(out.data));
  return out;
};

export interface SymmetricEigen { readonly values: Float64Array; readonly vectors: NumericArray }

/** Eigenvalues ascending and eigenvectors of a matrix that is symmetric to rounding. @throws NumericError for any other. */
export function symmetricEigen(a: NumericArray, name: string): SymmetricEigen {
  if (!isSymmetric(a)) throw new NumericError(name, 'the matrix is not symmetric');
  const n = a.rows;
  const values = new Float64Array(n);
  const vectors = array(n, n);
  if (!eigSym(a.data, values, vectors.data, n)) throw new NumericError(name, 'the eigenvalues did not converge');
  return { values, vectors };
}

export interface Singular { readonly u: NumericArray; readonly values: NumericArray; readonly v: NumericArray }

/** The thin singular value decomposition, values descending. */
export function singular(a: NumericArray, name: string): Singular {
  const k = Math.min(a.rows, a.cols);
  const out = { u: array(a.rows, k), values: array(k, 1), v: array(a.cols, k) };
  if (!svd(a.data, out.u.data, out.values.data, out.v.data, a.rows, a.cols)) throw new NumericError(name, 'the singular values did not converge');
  return out;
}

export function singularOf(a: NumericArray, name: string): Float64Array {
  const s = new Float64Array(Math.min(a.rows, a.cols));
  if (!singularValues(a.data, s, a.rows, a.cols)) throw new NumericError(name, 'the singular values did not converge');
  return s;
}

/** The principal power a^p of a square matrix. @throws NumericError where it does not exist. */
export function matrixPower(a: NumericArray, p: number, name = '^'): NumericArray {
  const n = square(name, a).rows;
  if (Number.isInteger(p) && Math.abs(p) > 4096) throw new NumericError(name, `the exponent ${show(p)} is too large`);
  if (Number.isInteger(p) && p < 0) return p === -1 ? inverse(a, name) : matrixPower(inverse(a, name), -p, name);
  return filled(name, n, (out) => {
    if (isSymmetric(a) && !Number.isInteger(p)) powmSym(a.data, p, out, n);
    else powm(a.data, p, out, n);
  });
}

export const exponential = (a: NumericArray): NumericArray =>
  filled('expm', square('expm', a).rows, (out) => (isSymmetric(a) ? expmSym : expm)(a.data, out, a.rows));

export const logarithm = (a: NumericArray): NumericArray =>
  filled('logm', square('logm', a).rows, (out) => (isSymmetric(a) ? logmSym : logm)(a.data, out, a.rows));

/** Calls `run` with the derivative's kernel: the one for symmetric matrices where `a` is symmetric to rounding. */
type Derivative = (a: NumericArray, e: NumericArray) => NumericArray;

function alike(name: string, a: NumericArray, e: NumericArray): number {
  const n = square(name, a).rows;
  if (e.rows !== n || e.cols !== n) throw new NumericError(name, `a direction of ${e.rows}×${e.cols} for a matrix of ${n}×${n}`);
  return n;
}

export const exponentialDerivative: Derivative = (a, e) =>
  filled('expmFrechet', alike('expmFrechet', a, e), (out) => (isSymmetric(a) ? expmFrechetSym : expmFrechet)(a.data, e.data, out, a.rows));

export const logarithmDerivative: Derivative = (a, e) =>
  filled('logmFrechet', alike('logmFrechet', a, e), (out) => (isSymmetric(a) ? logmFrechetSym : logmFrechet)(a.data, e.data, out, a.rows));

export const powerDerivative = (a: NumericArray, p: number, e: NumericArray): NumericArray =>
  filled('powmFrechet', alike('powmFrechet', a, e), (out) => {
    if (isSymmetric(a) && !Number.isInteger(p)) powmFrechetSym(a.data, p, e.data, out, a.rows);
    else powmFrechet(a.data, p, e.data, out, a.rows);
  });

/** The n²×n² matrix of a derivative: its columns are the stacked derivatives in the directions of the entries, columns first. */
export function derivativeMatrix(a: NumericArray, derivative: (e: NumericArray) => NumericArray): NumericArray {
  const n = a.rows;
  const out = array(n * n, n * n);
  for (let at = 0; at < n * n; at++) {
    const e = array(n, n);
    e.data[at] = 1;
    const L = derivative(e).data;
    const column = (at % n) * n + Math.floor(at / n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out.data[(j * n + i) * n * n + column] = L[i * n + j]!;
  }
  return out;
}

/** The Y with A*Y + Y*B = C. */
export function sylvesterSolve(a: NumericArray, b: NumericArray, c: NumericArray): NumericArray {
  const m = square('sylvester', a).rows;
  const n = square('sylvester', b).rows;
  if (c.rows !== m || c.cols !== n) throw new NumericError('sylvester', `a right side of ${c.rows}×${c.cols} for matrices of ${m}×${m} and ${n}×${n}`);
  if (isScalar(a) && isScalar(b)) {
    if (value(a) + value(b) === 0) throw new NumericError('sylvester', 'A + B is 0');
    return array(1, 1, Float64Array.of(value(c) / (value(a) + value(b))));
  }
  const out = array(m, n);
  attempt('sylvester', () => (isSymmetric(a) && isSymmetric(b) ? sylvesterSym : sylvester)(a.data, b.data, c.data, out.data, m, n));
  return out;
}
