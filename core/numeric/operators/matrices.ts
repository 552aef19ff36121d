// Rows of the numeric operator table: products, solves and functions of matrices.
import { array, isScalar, isSymmetric, scalar, value, type NumericArray } from '../array';
import { NumericError, show } from '../error';
import { cholesky, choleskyLogdet } from '../kernels/cholesky';
import { lu, luDeterminant, luLogdet, luSign } from '../kernels/lu';
import { matrixPower } from '../powers';
import { inverse, leftSolve, matrixProduct, rightSolve } from '../products';
import { symmetricEigen } from '../spectral';
import { map, realPower } from './elementwise';
import type { Rows } from './row';

function square(name: string, a: NumericArray | undefined): NumericArray {
  if (!a || a.rows !== a.cols) throw new NumericError(name, a ? `a ${a.rows}×${a.cols} matrix is not square` : 'needs a matrix');
  return a;
}

/** x^p of scalars, else the principal power of a square matrix. */
export const power = (a: NumericArray, p: number): NumericArray => (isScalar(a) ? map(a, (x) => realPower(x, p)) : matrixPower(a, p));

function factors(a: NumericArray): { readonly LU: Float64Array; readonly pivots: Int32Array; readonly failed: number } {
  const LU = new Float64Array(a.rows * a.rows);
  const pivots = new Int32Array(a.rows);
  return { LU, pivots, failed: lu(a.data, LU, pivots, a.rows) };
}

export function chol(a: NumericArray): NumericArray {
  if (!isSymmetric(a)) throw new NumericError('chol', 'the matrix is not symmetric');
  const L = array(a.rows, a.rows);
  const failed = cholesky(a.data, L.data, a.rows);
  if (failed >= 0) throw new NumericError('chol', `the matrix is not positive definite (pivot ${failed + 1})`);
  return L;
}

function logdet(a: NumericArray): number {
  if (isSymmetric(a)) {
    const L = new Float64Array(a.rows * a.rows);
    if (cholesky(a.data, L, a.rows) < 0) return choleskyLogdet(L, a.rows);
  }
  const { LU, pivots, failed } = factors(a);
  if (failed >= 0) throw new NumericError('logdet', `the matrix is singular, or nearly so (pivot ${failed + 1})`);
  if (luSign(LU, pivots, a.rows) < 0) throw new NumericError('logdet', `the determinant ${show(luDeterminant(LU, pivots, a.rows))} is negative`);
  return luLogdet(LU, a.rows);
}

export const matrices: Rows = {
  mul: ([a, b]) => matrixProduct(a!, b!),
  inv: ([a]) => inverse(square('inv', a)),
  leftDivide: ([a, b]) => leftSolve(square('\\', a), b!),
  rightDivide: ([a, b]) => rightSolve(a!, square('/', b)),
  power: ([a, p]) => power(a!, value(p!)),
  sqrtm: ([a]) => power(square('sqrtm', a), 0.5),
  invsqrtm: ([a]) => power(square('invsqrtm', a), -0.5),
  chol: ([a]) => chol(square('chol', a)),
  det: ([a]) => {
    const { LU, pivots, failed } = factors(square('det', a));
    return scalar(failed >= 0 ? 0 : luDeterminant(LU, pivots, a!.rows));
  },
  logdet: ([a]) => scalar(logdet(square('logdet', a))),
  eigvals: ([a]) => array(a!.rows, 1, symmetricEigen(square('eigvals', a), 'eigvals').values),
  eigvecs: ([a]) => symmetricEigen(square('eigvecs', a), 'eigvecs').vectors,
  eigmax: ([a]) => scalar(symmetricEigen(square('eigmax', a), 'eigmax').values[a!.rows - 1] ?? NaN),
  eigmin: ([a]) => scalar(symmetricEigen(square('eigmin', a), 'eigmin').values[0] ?? NaN),
};
