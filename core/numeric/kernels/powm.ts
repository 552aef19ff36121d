// Principal powers and the logarithm of a general square matrix, and their Fréchet derivatives.
import { normOne } from './expm';
import { multiply } from './multiply';
import { multiplyNT } from './multiplyNT';
import { multiplyTN } from './multiplyTN';
import { logmPade, logmQuasi, powmQuasi, sqrtmQuasi, wholePower } from './quasi';
import { dividedBy, scaleBy, schur, sizeBeyond } from './schur';
import { logmFrechetSym, logmSym, powmFrechetSym, powmSym } from './spectral';
import { isSymmetric } from './sylvester';

/**
 * A = U * T * U' as by schur; returns the rounding level of T's eigenvalues: 0 where A is triangular.
 * Throws for NaN.
 */
export function schurFloor(A: Float64Array, T: Float64Array, U: Float64Array, n: number): number {
  if (!schur(A, T, U, n)) throw new Error('the matrix contains NaN or Infinity');
  let below = 0, largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const a = Math.abs(A[i * n + j]!);
      largest = Math.max(largest, a);
      if (j < i) below = Math.max(below, a);
    }
  }
  return below === 0 ? 0 : n * 4.5e-16 * largest;
}

/** X = U * F * U', n x n. */
export function similar(U: Float64Array, F: Float64Array, X: Float64Array, n: number): void {
  const W = new Float64Array(n * n);
  multiply(U, F, W, n, n, n);
  multiplyNT(W, U, X, n, n, n);
}

/**
 * X = A^p, the principal power, n x n. X is not A. Throws where it does not exist: an eigenvalue on the
 * negative axis and a fractional p, or a singular A and a negative p.
 */
export function powm(A: Float64Array, p: number, X: Float64Array, n: number): void {
  if (Math.floor(p) === p) {
    wholePower(A, p, X, n);
  } else if (isSymmetric(A, n)) {
    powmSym(A, p, X, n);
  } else {
    const T = new Float64Array(n * n), U = new Float64Array(n * n), F = new Float64Array(n * n);
    const s = sizeBeyond(A, n * n);
    const floor = schurFloor(dividedBy(A, s, n * n), T, U, n);
    powmQuasi(T, p, F, n, floor);
    similar(U, F, X, n);
    scaleBy(X, Math.pow(s, p), n * n);
  }
}

/**
 * X * X = A, the principal square root, n x n. Throws where there is none (an eigenvalue on the negative
 * axis).
 */
export function sqrtm(A: Float64Array, X: Float64Array, n: number): void {
  if (isSymmetric(A, n)) {
    powmSym(A, 0.5, X, n);
    return;
  }
  const T = new Float64Array(n * n), U = new Float64Array(n * n), F = new Float64Array(n * n);
  const s = sizeBeyond(A, n * n);
  const floor = schurFloor(dividedBy(A, s, n * n), T, U, n);
  sqrtmQuasi(T, F, n, floor);
  similar(U, F, X, n);
  scaleBy(X, Math.sqrt(s), n * n);
}

/** X = log(A), the principal logarithm, n x n. Throws for an eigenvalue on the closed negative axis. */
export function logm(A: Float64Array, X: Float64Array, n: number): void {
  if (isSymmetric(A, n)) {
    logmSym(A, X, n);
    return;
  }
  const T = A.slice(0, n * n), U = new Float64Array(n * n), F = new Float64Array(n * n);
  for (let i = 0; i < n; i++) T[i * n + i] = T[i * n + i]! - 1;
  if (normOne(T, n) <= 0.25) {
    logmPade(T, X, n, 1);
    return;
  }
  const s = sizeBeyond(A, n * n);
  const floor = schurFloor(dividedBy(A, s, n * n), T, U, n);
  logmQuasi(T, F, n, floor);
  similar(U, F, X, n);
  for (let i = 0; s !== 1 && i < n; i++) X[i * (n + 1)] = X[i * (n + 1)]! + Math.log(s);
}

/**
 * B = [T, U'EU * scale; 0, T], 2n x 2n, whose functions hold the derivatives in direction E above the
 * diagonal (Mathias 1996). Returns scale, which brings E to the size of T.
 */
export function frechetBlock(
  T: Float64Array, U: Float64Array, E: Float64Array, B: Float64Array, n: number,
): number {
  const W = new Float64Array(n * n), Z = new Float64Array(n * n);
  multiplyTN(U, E, W, n, n, n);
  multiply(W, U, Z, n, n, n);
  let t = 0, e = 0;
  for (let i = 0; i < n * n; i++) {
    t = Math.max(t, Math.abs(T[i]!));
    e = Math.max(e, Math.abs(Z[i]!));
  }
  const scale = t > 0 && e > 0 ? t / e : 1;
  B.fill(0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      B[i * 2 * n + j] = T[i * n + j]!;
      B[i * 2 * n + n + j] = scale * Z[i * n + j]!;
      B[(n + i) * 2 * n + n + j] = T[i * n + j]!;
    }
  }
  return scale;
}

/** L = U * (the upper right block of F, 2n x 2n) * U' / scale, n x n. */
export function frechetPart(
  F: Float64Array, U: Float64Array, scale: number, L: Float64Array, n: number,
): void {
  const W = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) W[i * n + j] = F[i * 2 * n + n + j]! / scale;
  similar(U, W, L, n);
}

/** L = the derivative of logm at A in direction E, n x n. Throws as logm does. */
export function logmFrechet(A: Float64Array, E: Float64Array, L: Float64Array, n: number): void {
  if (isSymmetric(A, n)) {
    logmFrechetSym(A, E, L, n);
    return;
  }
  const T = new Float64Array(n * n), U = new Float64Array(n * n);
  const s = sizeBeyond(A, n * n);
  const floor = schurFloor(dividedBy(A, s, n * n), T, U, n);
  const B = new Float64Array(4 * n * n), F = new Float64Array(4 * n * n);
  const scale = frechetBlock(T, U, E, B, n);
  logmQuasi(B, F, 2 * n, floor);
  frechetPart(F, U, scale, L, n);
  scaleBy(L, 1 / s, n * n);
}

/**
 * L = the derivative of the principal power A^p at A in direction E, n x n. Throws as powm does, and for a
 * singular A and p < 1.
 */
export function powmFrechet(
  A: Float64Array, p: number, E: Float64Array, L: Float64Array, n: number,
): void {
  if (Math.floor(p) !== p && isSymmetric(A, n)) {
    powmFrechetSym(A, p, E, L, n);
    return;
  }
  const T = new Float64Array(n * n), U = new Float64Array(n * n);
  const B = new Float64Array(4 * n * n), F = new Float64Array(4 * n * n);
  let floor = 0, s = 1;
  if (Math.floor(p) === p) {
    T.set(A.subarray(0, n * n));
    for (let i = 0; i < n; i++) U[i * n + i] = 1;
  } else {
    s = sizeBeyond(A, n * n);
    floor = schurFloor(dividedBy(A, s, n * n), T, U, n);
    for (let i = 0; p < 1 && i < n; i++) {
      const paired = (i > 0 && T[i * n + i - 1] !== 0) || (i + 1 < n && T[(i + 1) * n + i] !== 0);
      if (!paired && Math.abs(T[i * n + i]!) <= floor) {
        throw new Error('the matrix is singular, or nearly so');
      }
    }
  }
  const scale = frechetBlock(T, U, E, B, n);
  powmQuasi(B, p, F, 2 * n, floor);
  frechetPart(F, U, scale, L, n);
  scaleBy(L, Math.pow(s, p - 1), n * n);
}
