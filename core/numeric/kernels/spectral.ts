// Functions of a symmetric matrix and their derivatives, by eigendecomposition and divided differences.
import { eigSym } from './eigSym';
import { multiply } from './multiply';
import { multiplyNT, multiplyNTSym } from './multiplyNT';
import { multiplyTN } from './multiplyTN';

/** X = Q * diag(f) * Q', exactly symmetric, n x n. */
export function spectralCombine(Q: Float64Array, f: Float64Array, X: Float64Array, n: number): void {
  const W = new Float64Array(n * n);
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < n; j++, at++) W[at] = Q[at]! * f[j]!;
  multiplyNTSym(W, Q, X, n, n);
}

/**
 * eigSym that throws, with the eigenvalues' rounding level: 0 for a diagonal matrix, whose eigenvalues are
 * exact.
 */
export function eigenFloor(A: Float64Array, w: Float64Array, Q: Float64Array, n: number): number {
  if (!eigSym(A, w, Q, n)) throw new Error('the matrix contains NaN or Infinity');
  let off = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) off = Math.max(off, Math.abs(A[i * n + j]!));
  return off === 0 ? 0 : n * 4.5e-16 * Math.max(Math.abs(w[0]!), Math.abs(w[n - 1]!));
}

/**
 * w becomes its entries' power p; within floor of 0 they count as 0 for a fractional p. Throws where the
 * principal power does not exist: an eigenvalue below -floor and a fractional p, or within floor of 0 and a
 * negative p.
 */
export function powEigenvalues(w: Float64Array, p: number, n: number, floor: number): void {
  const whole = Math.floor(p) === p;
  for (let i = 0; i < n; i++) {
    let x = w[i]!;
    if (!whole && x < -floor) throw new Error(`the eigenvalue ${Number(x.toPrecision(6))} is negative`);
    if (p < 0 && Math.abs(x) <= floor) throw new Error('the matrix is singular, or nearly so');
    if (!whole && x <= floor) x = 0;
    w[i] = p === 0.5 ? Math.sqrt(x) : p === -0.5 ? 1 / Math.sqrt(x) : Math.pow(x, p);
  }
}

/**
 * X = A^p, the principal power of a symmetric n x n A (its lower half is read). Throws as powEigenvalues
 * does.
 */
export function powmSym(A: Float64Array, p: number, X: Float64Array, n: number): void {
  const w = new Float64Array(n), Q = new Float64Array(n * n);
  const floor = eigenFloor(A, w, Q, n);
  powEigenvalues(w, p, n, floor);
  spectralCombine(Q, w, X, n);
}

/**
 * X = exp(A) for a symmetric n x n A (its lower half is read). Throws where it is too large for 64-bit
 * numbers.
 */
export function expmSym(A: Float64Array, X: Float64Array, n: number): void {
  const w = new Float64Array(n), Q = new Float64Array(n * n);
  eigenFloor(A, w, Q, n);
  if (w[n - 1]! > 709.7) throw new Error('the result is too large for 64-bit numbers');
  for (let i = 0; i < n; i++) w[i] = Math.exp(w[i]!);
  spectralCombine(Q, w, X, n);
}

/**
 * X = log(A), the principal logarithm of a symmetric n x n A (its lower half is read). Throws where A is not
 * positive definite.
 */
export function logmSym(A: Float64Array, X: Float64Array, n: number): void {
  const w = new Float64Array(n), Q = new Float64Array(n * n);
  const floor = eigenFloor(A, w, Q, n);
  if (!(w[0]! > floor)) throw new Error(`the eigenvalue ${Number(w[0]!.toPrecision(6))} is not positive`);
  for (let i = 0; i < n; i++) w[i] = Math.log(w[i]!);
  spectralCombine(Q, w, X, n);
}

/**
 * v = the eigenvalues w, ascending, with those within rounding of 0 as 0. Returns false where one is below
 * that: the matrix is not positive semidefinite.
 */
export function nonnegativeSpectrum(w: Float64Array, v: Float64Array, n: number): boolean {
  const floor = n * 4.5e-16 * Math.max(Math.abs(w[0]!), Math.abs(w[n - 1]!));
  if (!(w[0]! >= -floor)) return false;
  for (let i = 0; i < n; i++) v[i] = w[i]! <= floor ? 0 : w[i]!;
  return true;
}

/** v = the eigenvalues or singular values w, in order. Returns false where one is not above rounding. */
export function positiveSpectrum(w: Float64Array, v: Float64Array, n: number): boolean {
  if (!(Math.min(w[0]!, w[n - 1]!) > n * 4.5e-16 * Math.max(w[0]!, w[n - 1]!))) return false;
  for (let i = 0; i < n; i++) v[i] = w[i]!;
  return true;
}

/** (a^p - b^p) / (a - b) without cancellation, p a^(p-1) for a = b; a, b >= 0, or any where p is whole. */
export function powDivided(a: number, b: number, p: number): number {
  if (p === 0.5) return 1 / (Math.sqrt(a) + Math.sqrt(b));
  if (p === -0.5) return -1 / (a * Math.sqrt(b) + b * Math.sqrt(a));
  if (a === b) return p * Math.pow(a, p - 1);
  if (Math.floor(p) === p && Math.abs(p) <= 64) {
    const k = Math.abs(p);
    let s = 0;
    for (let i = 0; i < k; i++) s += Math.pow(a, i) * Math.pow(b, k - 1 - i);
    return p > 0 ? s : -s / Math.pow(a, k) / Math.pow(b, k);
  }
  const apart = Math.abs(a) > 2 * Math.abs(b) || Math.abs(b) > 2 * Math.abs(a);
  if (a * b < 0 || apart) return (Math.pow(a, p) - Math.pow(b, p)) / (a - b);
  const t = Math.log1p((a - b) / b);
  return (Math.pow(b, p) * Math.expm1(p * t)) / (a - b);
}

/** (exp(a) - exp(b)) / (a - b) without cancellation, exp(a) for a = b. */
export function expDivided(a: number, b: number): number {
  if (a === b) return Math.exp(a);
  const h = (a - b) / 2;
  if (Math.abs(h) > 300) return (Math.exp(a) - Math.exp(b)) / (a - b);
  return (Math.exp((a + b) / 2) * Math.sinh(h)) / h;
}

/** (log a - log b) / (a - b) without cancellation, 1/a for a = b; a, b > 0. */
export function logDivided(a: number, b: number): number {
  if (a === b) return 1 / a;
  if (a > 2 * b || b > 2 * a) return (Math.log(a) - Math.log(b)) / (a - b);
  return Math.log1p((a - b) / b) / (a - b);
}

/**
 * L = Q * (D ∘ (Q' * E * Q)) * Q', n x n: the derivative in direction E, where D holds the divided
 * differences (Daleckii and Krein 1965).
 */
export function spectralFrechet(
  Q: Float64Array, D: Float64Array, E: Float64Array, L: Float64Array, n: number,
): void {
  const W = new Float64Array(n * n), Z = new Float64Array(n * n);
  multiplyTN(Q, E, W, n, n, n);
  multiply(W, Q, Z, n, n, n);
  for (let i = 0; i < n * n; i++) Z[i] = Z[i]! * D[i]!;
  multiply(Q, Z, W, n, n, n);
  multiplyNT(W, Q, L, n, n, n);
}

/**
 * w and Q become eigenvalues and eigenvectors of the symmetric n x n A, D the divided differences of x^p at
 * them. Throws where the power does not exist or is not differentiable.
 */
export function powDifferences(
  A: Float64Array, p: number, w: Float64Array, Q: Float64Array, D: Float64Array, n: number,
): void {
  const floor = eigenFloor(A, w, Q, n);
  const whole = Math.floor(p) === p;
  for (let i = 0; i < n; i++) {
    if (!whole && w[i]! < -floor) {
      throw new Error(`the eigenvalue ${Number(w[i]!.toPrecision(6))} is negative`);
    }
    if (p < 1 && p !== 0 && Math.abs(w[i]!) <= floor) {
      throw new Error('the matrix is singular, or nearly so');
    }
  }
  for (let i = 0; i < n; i++) {
    if (!whole && w[i]! < 0) w[i] = 0;
    for (let j = 0; j <= i; j++) {
      const d = powDivided(w[i]!, w[j]!, p);
      D[i * n + j] = d;
      D[j * n + i] = d;
    }
  }
}

/**
 * L = the derivative of the principal power A^p of a symmetric n x n A in direction E. Throws as
 * powDifferences does.
 */
export function powmFrechetSym(
  A: Float64Array, p: number, E: Float64Array, L: Float64Array, n: number,
): void {
  const w = new Float64Array(n), Q = new Float64Array(n * n), D = new Float64Array(n * n);
  powDifferences(A, p, w, Q, D, n);
  spectralFrechet(Q, D, E, L, n);
}

/**
 * L = the derivative of expm at a symmetric n x n A in direction E. Throws where it is too large for 64-bit
 * numbers.
 */
export function expmFrechetSym(A: Float64Array, E: Float64Array, L: Float64Array, n: number): void {
  const w = new Float64Array(n), Q = new Float64Array(n * n), D = new Float64Array(n * n);
  eigenFloor(A, w, Q, n);
  if (w[n - 1]! > 709.7) throw new Error('the result is too large for 64-bit numbers');
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) D[i * n + j] = expDivided(w[i]!, w[j]!);
  spectralFrechet(Q, D, E, L, n);
}

/**
 * L = the derivative of logm at a symmetric positive definite n x n A in direction E. Throws where A is not
 * positive definite.
 */
export function logmFrechetSym(A: Float64Array, E: Float64Array, L: Float64Array, n: number): void {
  const w = new Float64Array(n), Q = new Float64Array(n * n), D = new Float64Array(n * n);
  const floor = eigenFloor(A, w, Q, n);
  if (!(w[0]! > floor)) throw new Error(`the eigenvalue ${Number(w[0]!.toPrecision(6))} is not positive`);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) D[i * n + j] = logDivided(w[i]!, w[j]!);
  spectralFrechet(Q, D, E, L, n);
}
