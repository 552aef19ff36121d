// Rows of the numeric operator table: products, solves and functions of matrices.
import { array, isScalar, isSymmetric, scalar, value, type NumericArray } from '../array';
import { NumericError, show } from '../error';
import { cholesky } from '../kernels/cholesky';
import { determinant, logdet, logdetPosdef } from '../kernels/determinant';
import { adjugate, pinv, polar } from '../kernels/svd';
import { inverse, leftSolve, matrixProduct, rightSolve } from '../products';
import {
  attempt, derivativeMatrix, exponential, exponentialDerivative, logarithm, logarithmDerivative, matrixPower, powerDerivative, singular,
  singularOf, square, sylvesterSolve, symmetricEigen,
} from '../spectral';
import { map, realPower } from './elementwise';
import type { Rows } from './row';

/** x^p of scalars, else the principal power of a square matrix. */
export const power = (a: NumericArray, p: number, name = '^'): NumericArray =>
  isScalar(a) ? map(a, (x) => realPower(x, p)) : matrixPower(a, p, name);

function chol(a: NumericArray): NumericArray {
  if (!isSymmetric(a)) throw new NumericError('chol', 'the matrix is not symmetric');
  const L = array(a.rows, a.rows);
  const failed = cholesky(a.data, L.data, a.rows);
  if (failed >= 0) throw new NumericError('chol', `the matrix is not positive definite (pivot ${failed + 1})`);
  return L;
}

function logdetOf(a: NumericArray): number {
  if (isSymmetric(a)) {
    try {
      return logdetPosdef(a.data, a.rows);
    } catch {
      // Symmetric and indefinite: its determinant may be positive all the same.
    }
  }
  return attempt('logdet', () => logdet(a.data, a.rows));
}

const firstColumn = (a: NumericArray): NumericArray => array(a.rows, 1, Float64Array.from({ length: a.rows }, (_, i) => a.data[i * a.cols] ?? NaN));

const same = (a: NumericArray, name: string, run: (A: Float64Array, X: Float64Array) => void, rows = a.rows, cols = a.cols): NumericArray => {
  const X = array(rows, cols);
  attempt(name, () => run(a.data, X.data));
  return X;
};

function cond(a: NumericArray): number {
  const s = singularOf(a, 'cond');
  const least = s.at(-1) ?? 0;
  if (!(least > 0)) throw new NumericError('cond', 'the matrix has not full rank');
  return s[0]! / least;
}

const ends = (name: string, at: (w: Float64Array) => number | undefined) => ([a]: readonly NumericArray[]): NumericArray =>
  scalar(at(symmetricEigen(square(name, a), name).values) ?? NaN);

export const matrices: Rows = {
  mul: ([a, b]) => matrixProduct(a!, b!),
  inv: ([a]) => inverse(square('inv', a)),
  leftDivide: ([a, b]) => leftSolve(square('\\', a), b!),
  rightDivide: ([a, b]) => rightSolve(a!, square('/', b)),
  power: ([a, p]) => {
    if (!isScalar(p!)) throw new NumericError('^', `the exponent is ${p!.rows}×${p!.cols}, not a scalar`);
    return power(a!, value(p!));
  },
  sqrtm: ([a]) => power(square('sqrtm', a), 0.5, 'sqrtm'),
  invsqrtm: ([a]) => power(square('invsqrtm', a), -0.5, 'invsqrtm'),
  expm: ([a]) => exponential(a!),
  logm: ([a]) => logarithm(a!),
  chol: ([a]) => chol(square('chol', a)),
  pinv: ([a]) => same(a!, 'pinv', (A, X) => pinv(A, X, a!.rows, a!.cols), a!.cols, a!.rows),
  polar: ([a]) => same(a!, 'polar', (A, X) => polar(A, X, a!.rows, a!.cols)),
  adj: ([a]) => same(square('adj', a), 'adj', (A, X) => adjugate(A, X, a!.rows)),
  det: ([a]) => scalar(attempt('det', () => determinant(square('det', a).data, a!.rows))),
  logdet: ([a]) => scalar(logdetOf(square('logdet', a))),
  eigvals: ([a]) => array(a!.rows, 1, symmetricEigen(square('eigvals', a), 'eigvals').values),
  eigvecs: ([a]) => symmetricEigen(square('eigvecs', a), 'eigvecs').vectors,
  eigmax: ends('eigmax', (w) => w.at(-1)),
  eigmin: ends('eigmin', (w) => w[0]),
  svdvals: ([a]) => array(Math.min(a!.rows, a!.cols), 1, singularOf(a!, 'svdvals')),
  svdu: ([a]) => singular(a!, 'svdu').u,
  svdv: ([a]) => singular(a!, 'svdv').v,
  svdu1: ([a]) => firstColumn(singular(a!, 'svdu1').u),
  svdv1: ([a]) => firstColumn(singular(a!, 'svdv1').v),
  norm2: ([a]) => scalar(singularOf(a!, 'norm2')[0] ?? 0),
  normNuc: ([a]) => scalar(singularOf(a!, 'normNuc').reduce((s, x) => s + x, 0)),
  cond: ([a]) => scalar(cond(a!)),
  sylvester: ([a, b, c]) => sylvesterSolve(a!, b!, c!),
  expmFrechet: ([a, e]) => exponentialDerivative(a!, e!),
  logmFrechet: ([a, e]) => logarithmDerivative(a!, e!),
  powmFrechet: ([a, p, e]) => powerDerivative(a!, exponent(p!), e!),
  expmKron: ([a]) => derivativeMatrix(square('expmKron', a), (e) => exponentialDerivative(a!, e)),
  logmKron: ([a]) => derivativeMatrix(square('logmKron', a), (e) => logarithmDerivative(a!, e)),
  powmKron: ([a, p]) => derivativeMatrix(square('powmKron', a), (e) => powerDerivative(a!, exponent(p!), e)),
};

function exponent(p: NumericArray): number {
  const x = value(p);
  if (!isScalar(p) || !Number.isFinite(x)) throw new NumericError('powmFrechet', `${show(x)} is not an exponent`);
  return x;
}
