/**
 * Primary functions of complex matrices (Higham 2008): scaling and squaring of a Taylor series, the product form of the
 * Denman–Beavers iteration (Section 6.3), inverse scaling and squaring of a Gregory series. The imaginary part, some thirty orders smaller,
 * rides along: each iteration ends one round after the real part has settled.
 */
import { C0, powC } from './complex-numbers';
import { addC, entryC, identityC, inverseC, isScalarC, largestC, mapC, mulC, requireSquareC, stretchC, subC, tabulateC, type ComplexMatrix } from './complex-matrix';
import { OutsideDomain } from './oracle-matrix';

const norm = (A: ComplexMatrix): number => largestC(A) * A.rows;
const TERMS = 24;

export function exponentialC(A: ComplexMatrix): ComplexMatrix {
  const n = requireSquareC(A, 'a matrix function');
  const squarings = Math.max(0, Math.ceil(Math.log2(Math.max(norm(A), 1e-300) / 0.5)));
  if (squarings > 60) throw new OutsideDomain('the exponential of so large a matrix overflows');
  const B = stretchC(A, 2 ** -squarings);
  // Horner's scheme.
  let E = identityC(n);
  for (let k = TERMS; k >= 1; k--) E = addC(identityC(n), stretchC(mulC(B, E), 1 / k));
  for (let k = 0; k < squarings; k++) E = mulC(E, E);
  return E;
}

const MOST_ROUNDS = 60;

/** The principal square root and its inverse, by the product form of the Denman–Beavers iteration. @throws OutsideDomain where there is none */
function rootsC(A: ComplexMatrix): { readonly root: ComplexMatrix; readonly inverse: ComplexMatrix } {
  const n = requireSquareC(A, 'a matrix function');
  const I = identityC(n);
  let [M, X, Y] = [A, A, I];
  let settled = 0;
  for (let round = 0; round < MOST_ROUNDS && settled < 2; round++) {
    const N = inverseC(M);
    X = stretchC(mulC(X, addC(I, N)), 0.5);
    Y = stretchC(mulC(Y, addC(I, N)), 0.5);
    M = stretchC(addC(I, stretchC(addC(M, N), 0.5)), 0.5);
    if (largestC(subC(M, I)) < 1e-13) settled++;
  }
  if (settled < 2) throw new OutsideDomain('a root of a matrix with eigenvalues on or near the negative axis');
  return { root: X, inverse: Y };
}
export const rootC = (A: ComplexMatrix): ComplexMatrix => rootsC(A).root;
export const inverseRootC = (A: ComplexMatrix): ComplexMatrix => rootsC(A).inverse;

export function logarithmC(A: ComplexMatrix): ComplexMatrix {
  const n = requireSquareC(A, 'a matrix function');
  const I = identityC(n);
  let B = A;
  let roots = 0;
  for (; norm(subC(B, I)) > 0.2 && roots < MOST_ROUNDS; roots++) B = rootC(B);
  const Z = mulC(subC(B, I), inverseC(addC(B, I)));
  const square = mulC(Z, Z);
  let S = stretchC(I, 1 / (2 * TERMS + 1));
  for (let k = TERMS - 1; k >= 0; k--) S = addC(stretchC(I, 1 / (2 * k + 1)), mulC(square, S));
  return stretchC(mulC(Z, S), 2 ** (roots + 1));
}

/** Aᵖ for a real p: whole powers by squaring, halves by a root, others through the logarithm. */
export function matrixPowerC(A: ComplexMatrix, p: number): ComplexMatrix {
  if (isScalarC(A)) return mapC(A, (x) => powC(x, p));
  const n = requireSquareC(A, 'a matrix power');
  if (p < 0) return Number.isInteger(2 * p) ? inverseC(matrixPowerC(A, -p)) : matrixPowerC(inverseC(A), -p);
  const whole = Math.floor(p);
  let result = identityC(n);
  let square = A;
  for (let k = whole; k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) result = mulC(result, square);
    square = mulC(square, square);
  }
  if (p === whole) return result;
  return mulC(result, p - whole === 0.5 ? rootC(A) : exponentialC(stretchC(logarithmC(A), p - whole)));
}

/** L_f(A, E), the upper right block of f([A E; 0 A]) (Higham 2008, Theorem 3.6), f being any of the functions above. */
export function frechetC(f: (A: ComplexMatrix) => ComplexMatrix, A: ComplexMatrix, E: ComplexMatrix): ComplexMatrix {
  const n = requireSquareC(A, 'a matrix function');
  const block = tabulateC(2 * n, 2 * n, (i, j) => (i < n ? (j < n ? entryC(A, i, j) : entryC(E, i, j - n)) : j < n ? C0 : entryC(A, i - n, j - n)));
  const value = f(block);
  return tabulateC(n, n, (i, j) => entryC(value, i, n + j));
}
