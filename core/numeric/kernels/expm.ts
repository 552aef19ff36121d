// The matrix exponential and its Fréchet derivative.
import { lu, luSolve } from './lu';
import { multiply } from './multiply';

/**
 * X = exp(A), the matrix exponential, n x n. Throws where it is too large for 64-bit numbers or A contains
 * NaN.
 * Source: Al-Mohy and Higham 2009, A New Scaling and Squaring Algorithm (degree 13), after a shift by the
 * mean of the diagonal.
 */
export function expm(A: Float64Array, X: Float64Array, n: number): void {
  const size = n * n;
  const B = A.slice(0, size);
  const shift = expmShift(B, n);
  const A2 = new Float64Array(size), A4 = new Float64Array(size), A6 = new Float64Array(size);
  multiply(B, B, A2, n, n, n);
  multiply(A2, A2, A4, n, n, n);
  multiply(A2, A4, A6, n, n, n);
  const s = expmSquarings(B, A4, A6, n);
  expmScale(B, A2, A4, A6, s, n);
  const P = new Float64Array(size), Q = new Float64Array(size), W = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    P[i] = A6[i]! + 16380 * A4[i]! + 40840800 * A2[i]!;
    Q[i] = 182 * A6[i]! + 960960 * A4[i]! + 1323241920 * A2[i]!;
  }
  multiply(A6, P, W, n, n, n);
  multiply(A6, Q, P, n, n, n);
  for (let i = 0; i < size; i++) {
    W[i] = W[i]! + 33522128640 * A6[i]! + 10559470521600 * A4[i]! + 1187353796428800 * A2[i]!;
    P[i] = P[i]! + 670442572800 * A6[i]! + 129060195264000 * A4[i]! + 7771770303897600 * A2[i]!;
  }
  for (let i = 0; i < size; i += n + 1) {
    W[i] = W[i]! + 32382376266240000;
    P[i] = P[i]! + 64764752532480000;
  }
  multiply(B, W, Q, n, n, n);
  for (let i = 0; i < size; i++) {
    const even = P[i]!, odd = Q[i]!;
    P[i] = even - odd;
    Q[i] = even + odd;
  }
  const pivots = new Int32Array(n);
  if (lu(P, W, pivots, n) >= 0) throw new Error('the matrix contains NaN, or is too large');
  luSolve(W, pivots, Q, n, n);
  let R = Q;
  let S = P;
  for (let k = 0; k < s; k++) {
    multiply(R, R, S, n, n, n);
    const last = R;
    R = S;
    S = last;
  }
  const factor = Math.exp(shift);
  for (let i = 0; i < size; i++) {
    const x = factor * R[i]!;
    if (!(x - x === 0)) throw new Error('the result is too large for 64-bit numbers');
    X[i] = x;
  }
}

/**
 * Subtracts the mean of the diagonal from it, where that halves the norm of A at least; returns what was
 * subtracted, or 0.
 */
export function expmShift(A: Float64Array, n: number): number {
  let mean = 0;
  for (let i = 0; i < n; i++) mean += A[i * n + i]! / n;
  let before = 0, after = 0;
  for (let j = 0; j < n; j++) {
    let s = 0;
    for (let i = 0; i < n; i++) if (i !== j) s += Math.abs(A[i * n + j]!);
    before = Math.max(before, s + Math.abs(A[j * n + j]!));
    after = Math.max(after, s + Math.abs(A[j * n + j]! - mean));
  }
  if (!(2 * after <= before) || after > 300) return 0;
  for (let i = 0; i < n; i++) A[i * n + i] = A[i * n + i]! - mean;
  return mean;
}

/**
 * The number of halvings after which the Padé approximant of degree 13 is exact to rounding, from norms of
 * powers of A.
 */
export function expmSquarings(
  A: Float64Array, A4: Float64Array, A6: Float64Array, n: number,
): number {
  const norm = normOne(A, n);
  if (!(norm < Infinity)) throw new Error('the matrix contains NaN or Infinity');
  if (norm < 1e-8) return 0;
  let s = 0;
  if (norm > 4.25) {
    const A8 = new Float64Array(n * n), A10 = new Float64Array(n * n);
    multiply(A4, A4, A8, n, n, n);
    multiply(A4, A6, A10, n, n, n);
    const d6 = Math.pow(normOne(A6, n), 1 / 6);
    const d8 = Math.pow(normOne(A8, n), 1 / 8);
    const d10 = Math.pow(normOne(A10, n), 1 / 10);
    const eta = Math.min(norm, Math.max(d6, d8), Math.max(d8, d10));
    if (eta > 4.25) s = Math.ceil(Math.log2(eta / 4.25));
  }
  let v = new Float64Array(n).fill(1);
  let w = new Float64Array(n);
  for (let k = 0; k < 27; k++) {
    w.fill(0);
    for (let i = 0; i < n; i++) {
      const x = v[i]! / norm;
      for (let j = 0; j < n; j++) w[j] = w[j]! + Math.abs(A[i * n + j]!) * x;
    }
    const last = v;
    v = w;
    w = last;
  }
  let largest = 0;
  for (let j = 0; j < n; j++) largest = Math.max(largest, v[j]!);
  if (largest === 0) return s;
  const bits = Math.log2(largest) + 26 * (Math.log2(norm) - s) - 116.4475 + 53;
  return s + Math.max(0, Math.ceil(bits / 26));
}

/** Divides A by 2^s, and A2, A4, A6 accordingly. */
export function expmScale(
  A: Float64Array, A2: Float64Array, A4: Float64Array, A6: Float64Array, s: number, n: number,
): void {
  if (s === 0) return;
  const f = Math.pow(2, -s);
  const f2 = f * f;
  for (let i = 0; i < n * n; i++) {
    A[i] = A[i]! * f;
    A2[i] = A2[i]! * f2;
    A4[i] = A4[i]! * f2 * f2;
    A6[i] = A6[i]! * f2 * f2 * f2;
  }
}

/** The largest column sum of absolute values of the n x n matrix A. */
export function normOne(A: Float64Array, n: number): number {
  let largest = 0;
  for (let j = 0; j < n; j++) {
    let s = 0;
    for (let i = 0; i < n; i++) s += Math.abs(A[i * n + j]!);
    if (!(s <= largest)) largest = s;
  }
  return largest;
}

/**
 * L = the derivative of expm at A in the direction E, n x n. Throws as expm does.
 * Source: Al-Mohy and Higham 2009, Computing the Fréchet Derivative of the Matrix Exponential, algorithm
 * 6.4.
 */
export function expmFrechet(A: Float64Array, E: Float64Array, L: Float64Array, n: number): void {
  const size = n * n;
  const B = A.slice(0, size), D = E.slice(0, size);
  const shift = expmShift(B, n);
  const A2 = new Float64Array(size), A4 = new Float64Array(size), A6 = new Float64Array(size);
  const M2 = new Float64Array(size), M4 = new Float64Array(size), M6 = new Float64Array(size);
  const P = new Float64Array(size), Q = new Float64Array(size), W = new Float64Array(size);
  const LP = new Float64Array(size), LQ = new Float64Array(size), Z = new Float64Array(size);
  multiply(B, B, A2, n, n, n);
  multiply(A2, A2, A4, n, n, n);
  multiply(A2, A4, A6, n, n, n);
  const s = expmSquarings(B, A4, A6, n);
  expmScale(B, A2, A4, A6, s, n);
  for (let i = 0; i < size; i++) D[i] = D[i]! * Math.pow(2, -s);
  productRule(B, D, B, D, M2, Z, n);
  productRule(A2, M2, A2, M2, M4, Z, n);
  productRule(A2, M2, A4, M4, M6, Z, n);
  for (let i = 0; i < size; i++) {
    P[i] = A6[i]! + 16380 * A4[i]! + 40840800 * A2[i]!;
    Q[i] = 182 * A6[i]! + 960960 * A4[i]! + 1323241920 * A2[i]!;
    LP[i] = M6[i]! + 16380 * M4[i]! + 40840800 * M2[i]!;
    LQ[i] = 182 * M6[i]! + 960960 * M4[i]! + 1323241920 * M2[i]!;
  }
  const U = new Float64Array(size), V = new Float64Array(size);
  const LU = new Float64Array(size), LV = new Float64Array(size);
  multiply(A6, P, U, n, n, n);
  multiply(A6, Q, V, n, n, n);
  productRule(A6, M6, P, LP, LU, Z, n);
  productRule(A6, M6, Q, LQ, LV, Z, n);
  for (let i = 0; i < size; i++) {
    U[i] = U[i]! + 33522128640 * A6[i]! + 10559470521600 * A4[i]! + 1187353796428800 * A2[i]!;
    V[i] = V[i]! + 670442572800 * A6[i]! + 129060195264000 * A4[i]! + 7771770303897600 * A2[i]!;
    LU[i] = LU[i]! + 33522128640 * M6[i]! + 10559470521600 * M4[i]! + 1187353796428800 * M2[i]!;
    LV[i] = LV[i]! + 670442572800 * M6[i]! + 129060195264000 * M4[i]! + 7771770303897600 * M2[i]!;
  }
  for (let i = 0; i < size; i += n + 1) {
    U[i] = U[i]! + 32382376266240000;
    V[i] = V[i]! + 64764752532480000;
  }
  multiply(B, U, P, n, n, n);
  productRule(B, D, U, LU, LP, Z, n);
  for (let i = 0; i < size; i++) {
    Q[i] = V[i]! + P[i]!;
    P[i] = V[i]! - P[i]!;
    LQ[i] = LV[i]! + LP[i]!;
    LP[i] = LP[i]! - LV[i]!;
  }
  const pivots = new Int32Array(n);
  if (lu(P, W, pivots, n) >= 0) throw new Error('the matrix contains NaN, or is too large');
  let R = Q;
  luSolve(W, pivots, R, n, n);
  multiply(LP, R, Z, n, n, n);
  for (let i = 0; i < size; i++) LQ[i] = LQ[i]! + Z[i]!;
  luSolve(W, pivots, LQ, n, n);
  let S = P;
  let K = LQ;
  let J = LP;
  for (let k = 0; k < s; k++) {
    productRule(R, K, R, K, J, Z, n);
    multiply(R, R, S, n, n, n);
    let last = R;
    R = S;
    S = last;
    last = K;
    K = J;
    J = last;
  }
  const factor = Math.exp(shift);
  for (let i = 0; i < size; i++) {
    const x = factor * K[i]!;
    if (!(x - x === 0)) throw new Error('the result is too large for 64-bit numbers');
    L[i] = x;
  }
}

/** C = dA * B + A * dB, all n x n; W is scratch. */
export function productRule(
  A: Float64Array, dA: Float64Array, B: Float64Array, dB: Float64Array, C: Float64Array, W: Float64Array,
  n: number,
): void {
  multiply(dA, B, C, n, n, n);
  multiply(A, dB, W, n, n, n);
  for (let i = 0; i < n * n; i++) C[i] = C[i]! + W[i]!;
}
