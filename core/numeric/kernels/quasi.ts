// Functions of an upper quasi-triangular matrix (a real Schur form): square root, logarithm, powers.
import { expm } from './expm';
import { lu, luInverse, luSolve } from './lu';
import { multiply } from './multiply';
import { sylvesterBlock } from './sylvester';

/**
 * R * R = T, the principal square root, for an upper quasi-triangular n x n T; real eigenvalues in [-floor,
 * 0] count as 0. Throws where there is none.
 * Source: Higham 1987 (after Björck and Hammarling 1983).
 */
export function sqrtmQuasi(T: Float64Array, R: Float64Array, n: number, floor: number): void {
  const X = new Float64Array(4);
  R.fill(0, 0, n * n);
  for (let j = 0; j < n; ) {
    const q = j + 1 < n && T[(j + 1) * n + j] !== 0 ? 2 : 1;
    powerBlock(T, R, j, q, n, 0.5, floor);
    for (let end = j; end > 0; ) {
      const p = end > 1 && T[(end - 1) * n + end - 2] !== 0 ? 2 : 1;
      const i = end - p;
      let size = 0;
      for (let r = 0; r < p; r++) {
        for (let c = 0; c < q; c++) {
          let s = T[(i + r) * n + j + c]!;
          for (let k = end; k < j; k++) s -= R[(i + r) * n + k]! * R[k * n + j + c]!;
          X[r * q + c] = s;
          size = Math.max(size, Math.abs(s));
        }
      }
      if (p === 1 && q === 1 && R[i * n + i]! + R[j * n + j]! === 0) {
        if (size > floor) throw new Error('a defective eigenvalue 0 has no square root');
      } else {
        if (!sylvesterBlock(R, n, i, p, R, n, j, q, X, 0)) {
          throw new Error('a defective eigenvalue 0 has no square root');
        }
        for (let r = 0; r < p; r++) for (let c = 0; c < q; c++) R[(i + r) * n + j + c] = X[r * q + c]!;
      }
      end = i;
    }
    j += q;
  }
}

/**
 * Writes the principal power p of the q x q diagonal block of T at i (q = 2: complex eigenvalues) to the same
 * block of X, n x n. Throws for a real eigenvalue below -floor, and for one within floor of 0 where p is
 * negative.
 */
export function powerBlock(
  T: Float64Array, X: Float64Array, i: number, q: number, n: number, p: number, floor: number,
): void {
  const at = i * n + i;
  if (q === 1) {
    const t = T[at]!;
    if (t < -floor) {
      throw new Error(`the eigenvalue ${Number(t.toPrecision(6))} lies on the negative axis`);
    }
    if (t <= floor && p < 0) throw new Error('the matrix is singular, or nearly so');
    X[at] = t <= floor ? 0 : p === 0.5 ? Math.sqrt(t) : Math.pow(t, p);
    return;
  }
  const a = T[at]!, b = T[at + 1]!, c = T[at + n]!, d = T[at + n + 1]!;
  const re = (a + d) / 2;
  const half = (a - d) / 2;
  const im = Math.sqrt(Math.max(0, -(half * half + b * c)));
  const r = Math.hypot(re, im);
  if (re < 0 && im <= 1e-7 * r) {
    throw new Error(`the eigenvalue ${Number(re.toPrecision(6))} lies on the negative axis`);
  }
  const angle = p * Math.atan2(im, re);
  const size = Math.pow(r, p);
  const f = size * Math.cos(angle);
  // Rounding may leave a block with a double real eigenvalue: the limit for im = 0.
  const g = im > 0 ? (size * Math.sin(angle)) / im : (p * size) / re;
  X[at] = f + g * half;
  X[at + 1] = g * b;
  X[at + n] = g * c;
  X[at + n + 1] = f - g * half;
}

/**
 * X = log T, the principal logarithm, for an upper quasi-triangular n x n T without eigenvalues on the closed
 * negative axis (real ones up to floor count as 0). Throws where there is none.
 * Source: Cheng, Higham, Kenney and Laub 2001; Al-Mohy and Higham 2012.
 */
export function logmQuasi(T: Float64Array, X: Float64Array, n: number, floor: number): void {
  const size = n * n;
  let R = T.slice(0, size);
  let W = new Float64Array(size);
  for (let i = 0; i < n; ) {
    const q = i + 1 < n && T[(i + 1) * n + i] !== 0 ? 2 : 1;
    rootBlock(T, W, i, q, n, 1, floor);
    i += q;
  }
  let roots = 0;
  for (; roots < 120; roots++) {
    let norm = 0;
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let i = 0; i < n; i++) s += Math.abs(i === j ? R[i * n + j]! - 1 : R[i * n + j]!);
      norm = Math.max(norm, s);
    }
    if (norm <= 0.25) break;
    if (!(norm < Infinity)) throw new Error('the matrix contains NaN or Infinity');
    sqrtmQuasi(R, W, n, 0);
    const last = R;
    R = W;
    W = last;
  }
  const scale = Math.pow(2, roots);
  for (let i = 0; i < n; ) {
    const q = i + 1 < n && T[(i + 1) * n + i] !== 0 ? 2 : 1;
    rootBlock(T, R, i, q, n, 1 / scale, floor);
    i += q;
  }
  logmPade(R, X, n, scale);
  for (let i = 0; i < n; ) {
    const q = i + 1 < n && T[(i + 1) * n + i] !== 0 ? 2 : 1;
    logBlock(T, X, i, q, n);
    for (let r = i + q; r < n; r++) for (let c = i; c < i + q; c++) X[r * n + c] = 0;
    i += q;
  }
}

/**
 * X = scale * log(I + R), n x n, for an R of norm up to 0.25, by the Padé approximant of degree 7 in partial
 * fractions.
 */
export function logmPade(R: Float64Array, X: Float64Array, n: number, scale: number): void {
  const size = n * n;
  const nodes = [0.025446043828620738, 0.12923440720030278, 0.29707742431130142, 0.5];
  const weights = [0.064742483084434846, 0.13985269574463833, 0.19091502525255947, 0.20897959183673469];
  const M = new Float64Array(size), LU = new Float64Array(size), W = new Float64Array(size);
  const pivots = new Int32Array(n);
  X.fill(0, 0, size);
  for (let k = 0; k < 7; k++) {
    const node = k < 4 ? nodes[k]! : 1 - nodes[6 - k]!;
    const weight = scale * (k < 4 ? weights[k]! : weights[6 - k]!);
    for (let i = 0; i < size; i++) M[i] = node * R[i]!;
    for (let i = 0; i < n; i++) M[i * n + i] = M[i * n + i]! + 1;
    if (lu(M, LU, pivots, n) >= 0) throw new Error('the matrix contains NaN or Infinity');
    for (let i = 0; i < size; i++) W[i] = R[i]!;
    luSolve(LU, pivots, W, n, n);
    for (let i = 0; i < size; i++) X[i] = X[i]! + weight * W[i]!;
  }
}

/** Writes the principal logarithm of the q x q diagonal block of T at i to the same block of X, n x n. */
export function logBlock(T: Float64Array, X: Float64Array, i: number, q: number, n: number): void {
  const at = i * n + i;
  if (q === 1) {
    X[at] = Math.log(T[at]!);
    return;
  }
  const a = T[at]!, b = T[at + 1]!, c = T[at + n]!, d = T[at + n + 1]!;
  const half = (a - d) / 2;
  const im = Math.sqrt(Math.max(0, -(half * half + b * c)));
  const re = (a + d) / 2;
  const f = Math.log(Math.hypot(re, im));
  const g = im > 0 ? Math.atan2(im, re) / im : 1 / re;
  X[at] = f + g * half;
  X[at + 1] = g * b;
  X[at + n] = g * c;
  X[at + n + 1] = f - g * half;
}

/**
 * Writes (block of T)^s - I for a small s > 0 to the q x q diagonal block of X at i, without cancellation.
 * Throws as powerBlock does.
 */
export function rootBlock(
  T: Float64Array, X: Float64Array, i: number, q: number, n: number, s: number, floor: number,
): void {
  const at = i * n + i;
  if (q === 1) {
    const t = T[at]!;
    if (t < -floor) {
      throw new Error(`the eigenvalue ${Number(t.toPrecision(6))} lies on the negative axis`);
    }
    if (t <= floor) throw new Error('the matrix is singular, or nearly so');
    X[at] = Math.expm1(s * Math.log(t));
    return;
  }
  const a = T[at]!, b = T[at + 1]!, c = T[at + n]!, d = T[at + n + 1]!;
  const half = (a - d) / 2;
  const im = Math.sqrt(Math.max(0, -(half * half + b * c)));
  const re = (a + d) / 2;
  const r = Math.hypot(re, im);
  if (re < 0 && im <= 1e-7 * r) {
    throw new Error(`the eigenvalue ${Number(re.toPrecision(6))} lies on the negative axis`);
  }
  const grow = Math.expm1(s * Math.log(r));
  const angle = s * Math.atan2(im, re);
  const sine = Math.sin(angle / 2);
  const f = grow * Math.cos(angle) - 2 * sine * sine;
  const g = im > 0 ? ((grow + 1) * Math.sin(angle)) / im : (s * (grow + 1)) / re;
  X[at] = f + g * half;
  X[at + 1] = g * b;
  X[at + n] = g * c;
  X[at + n + 1] = f - g * half;
}

/**
 * X = T^p for an upper quasi-triangular n x n T: whole powers by squaring, halves by a square root, others as
 * exp(p log T). Throws where the principal power does not exist; real eigenvalues within floor of 0 count
 * as 0.
 */
export function powmQuasi(T: Float64Array, p: number, X: Float64Array, n: number, floor: number): void {
  const size = n * n;
  if (Math.floor(p) === p) {
    wholePower(T, p, X, n);
    return;
  }
  const W = new Float64Array(size);
  if (Math.floor(2 * p) === 2 * p && Math.abs(p) < 8) {
    sqrtmQuasi(T, W, n, floor);
    wholePower(W, 2 * p, X, n);
  } else {
    logmQuasi(T, W, n, floor);
    for (let i = 0; i < size; i++) W[i] = p * W[i]!;
    expm(W, X, n);
  }
  for (let i = 0; i < n; ) {
    const q = i + 1 < n && T[(i + 1) * n + i] !== 0 ? 2 : 1;
    powerBlock(T, X, i, q, n, p, floor);
    for (let r = i + q; r < n; r++) for (let c = i; c < i + q; c++) X[r * n + c] = 0;
    i += q;
  }
}

/**
 * X = A^p for a whole p, n x n, by repeated squaring. X is not A. Throws for a negative p and a singular A.
 */
export function wholePower(A: Float64Array, p: number, X: Float64Array, n: number): void {
  const size = n * n;
  let S = A.slice(0, size);
  if (p < 0) {
    const LU = new Float64Array(size);
    const pivots = new Int32Array(n);
    if (lu(A, LU, pivots, n) >= 0) throw new Error('the matrix is singular, or nearly so');
    luInverse(LU, pivots, S, n);
  }
  let W = new Float64Array(size);
  let R = new Float64Array(size);
  for (let i = 0; i < n; i++) R[i * n + i] = 1;
  for (let e = Math.abs(p); e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) {
      multiply(R, S, W, n, n, n);
      const last = R;
      R = W;
      W = last;
    }
    if (e > 1) {
      multiply(S, S, W, n, n, n);
      const last = S;
      S = W;
      W = last;
    }
  }
  for (let i = 0; i < size; i++) X[i] = R[i]!;
}
