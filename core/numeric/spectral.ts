// Decompositions of arrays, with the errors that evaluation reports.
import { array, isSymmetric, type NumericArray } from './array';
import { NumericError } from './error';
import { eigSym } from './kernels/eigSym';

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

/** Q * diag(f(w)) * Q', exactly symmetric. */
export function symmetricFunction(eigen: SymmetricEigen, f: (w: number) => number): NumericArray {
  const Q = eigen.vectors;
  const n = Q.rows;
  const out = array(n, n);
  const fw = eigen.values.map(f);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let s = 0;
      for (let k = 0; k < n; k++) s += Q.data[i * n + k]! * fw[k]! * Q.data[j * n + k]!;
      out.data[i * n + j] = s;
      out.data[j * n + i] = s;
    }
  }
  return out;
}
