// Powers of square matrices: whole ones by repeated squaring, fractional ones principal.
import { identity, isSymmetric, type NumericArray } from './array';
import { NumericError, show } from './error';
import { realPower } from './operators/elementwise';
import { inverse, matrixProduct } from './products';
import { symmetricEigen, symmetricFunction } from './spectral';

function wholePower(a: NumericArray, k: number): NumericArray {
  let square = k < 0 ? inverse(a) : a;
  let result: NumericArray | undefined;
  for (let e = Math.abs(k); e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = result ? matrixProduct(result, square) : square;
    if (e > 1) square = matrixProduct(square, square);
  }
  return result ?? identity(a.rows);
}

/** The principal power a^p of a square matrix. @throws NumericError where it does not exist. */
export function matrixPower(a: NumericArray, p: number): NumericArray {
  if (a.rows !== a.cols) throw new NumericError('^', `a ${a.rows}×${a.cols} matrix is not square`);
  if (Number.isInteger(p)) return wholePower(a, p);
  if (!isSymmetric(a)) throw new NumericError('^', `no power ${show(p)} of a general matrix`);
  return symmetricPower(a, p);
}

/** Eigenvalues of this size against the largest one are rounding. */
const noise = (w: Float64Array): number => w.length * 4.5e-16 * w.reduce((s, x) => Math.max(s, Math.abs(x)), 0);

function symmetricPower(a: NumericArray, p: number): NumericArray {
  const eigen = symmetricEigen(a, '^');
  const zero = noise(eigen.values);
  for (const w of eigen.values) {
    if (w < -zero) throw new NumericError('^', `the eigenvalue ${show(w)} is negative, so there is no principal power ${show(p)}`);
    if (w <= zero && p < 0) throw new NumericError('^', `the matrix is singular, so there is no power ${show(p)}`);
  }
  return symmetricFunction(eigen, (w) => realPower(Math.max(w, 0), p));
}
