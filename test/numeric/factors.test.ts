// Cholesky, LU, triangular solves and the symmetric eigendecomposition, by their identities and against ml-matrix.
import { EigenvalueDecomposition, Matrix, determinant, inverse } from 'ml-matrix';
import { expect, test } from 'vitest';
import { cholesky, choleskyInverse, choleskyLogdet, choleskySolve } from '../../core/numeric/kernels/cholesky';
import { eigSym } from '../../core/numeric/kernels/eigSym';
import { lu, luDeterminant, luInverse, luLogdet, luSign, luSolve, luSolveT } from '../../core/numeric/kernels/lu';
import { lowerGram, lowerInverse } from '../../core/numeric/kernels/lowerInverse';
import { multiplyByLower, multiplyByLowerT, multiplyByUpper, multiplyByUpperT } from '../../core/numeric/kernels/multiplyByTriangle';
import { multiplyLower, multiplyLowerT, multiplyUpper, multiplyUpperT } from '../../core/numeric/kernels/multiplyTriangle';
import { solveLower, solveLowerT, solveUpper, solveUpperT } from '../../core/numeric/kernels/triangular';
import { distance, draw, naive, turned } from './drawn';

const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 17, 31];
const EPS = 2 ** -52;
const eye = (n: number): Float64Array => Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
const library = (A: Float64Array, n: number): Matrix => Matrix.from1DArray(n, A.length / n, A).clone();
const residual = (A: Float64Array, X: Float64Array, B: Float64Array, n: number, q: number): number => distance(naive(A, X, n, n, q), B);

test('Cholesky: factor, in place, solve, inverse, log determinant', () => {
  const d = draw(1);
  for (const n of sizes) {
    const A = d.posdef(n);
    const L = new Float64Array(n * n).fill(NaN);
    expect(cholesky(A, L, n)).toBe(-1);
    expect(distance(naive(L, turned(L, n, n), n, n, n), A)).toBeLessThan(20 * EPS);
    const inPlace = A.slice();
    expect(cholesky(inPlace, inPlace, n)).toBe(-1);
    expect(inPlace).toEqual(L);
    for (const q of [1, 2, 3, 4, 5, 9]) {
      const B = d.matrix(n, q);
      const X = B.slice();
      choleskySolve(L, X, n, q);
      expect(residual(A, X, B, n, q), `n=${n} q=${q}`).toBeLessThan(1e-13);
    }
    const X = new Float64Array(n * n);
    choleskyInverse(L, X, n);
    expect(distance(X, turned(X, n, n))).toBe(0);
    expect(distance(X, inverse(library(A, n)).to1DArray())).toBeLessThan(1e-13);
    expect(Math.abs(choleskyLogdet(L, n) - Math.log(determinant(library(A, n))))).toBeLessThan(1e-12);
  }
});

test.each([
  ['negative', [1, 2, 2, 1], 1],
  ['zero', [0, 0, 0, 0], 0],
  ['singular to rounding', [0.1, 0.3, 0.3, 0.9], 1],
  ['NaN', [1, NaN, NaN, 1], 1],
  ['infinite', [Infinity, 0, 0, 1], 0],
])('Cholesky refuses a %s matrix', (_, entries, pivot) => {
  expect(cholesky(Float64Array.from(entries), new Float64Array(4), 2)).toBe(pivot);
});

test('Cholesky and LU accept bad scaling', () => {
  const A = Float64Array.from([1e-200, 0, 0, 1e200]);
  expect(cholesky(A, new Float64Array(4), 2)).toBe(-1);
  expect(lu(A, new Float64Array(4), new Int32Array(2), 2)).toBe(-1);
  expect(lu(Float64Array.from([1, 1, 1e-20, 2e-20]), new Float64Array(4), new Int32Array(2), 2)).toBe(-1);
  expect(lu(Float64Array.from([1, 1e-20, 1, 2e-20]), new Float64Array(4), new Int32Array(2), 2)).toBe(-1);
});

test('LU: solve, transposed solve, inverse, determinant', () => {
  const d = draw(2);
  for (const n of sizes) {
    const A = d.matrix(n, n);
    const LU = new Float64Array(n * n);
    const pivots = new Int32Array(n);
    expect(lu(A, LU, pivots, n)).toBe(-1);
    for (const q of [1, 2, 3, 4, 5]) {
      const B = d.matrix(n, q);
      const X = B.slice();
      luSolve(LU, pivots, X, n, q);
      expect(residual(A, X, B, n, q), `n=${n} q=${q}`).toBeLessThan(1e-12);
      const Y = B.slice();
      luSolveT(LU, pivots, Y, n, q);
      expect(residual(turned(A, n, n), Y, B, n, q), `n=${n} q=${q}`).toBeLessThan(1e-12);
    }
    const X = new Float64Array(n * n);
    luInverse(LU, pivots, X, n);
    expect(distance(naive(A, X, n, n, n), eye(n))).toBeLessThan(1e-12);
    const det = determinant(library(A, n));
    expect(Math.abs(luDeterminant(LU, pivots, n) / det - 1)).toBeLessThan(1e-12);
    expect(luSign(LU, pivots, n)).toBe(Math.sign(det));
    expect(Math.abs(luLogdet(LU, n) - Math.log(Math.abs(det)))).toBeLessThan(1e-12);
  }
});

test.each([
  ['zero', [0, 0, 0, 0]],
  ['exactly singular', [1, 2, 2, 4]],
  ['singular to rounding', [0.1, 0.2, 0.3, 0.6]],
  ['NaN', [1, 2, NaN, 4]],
])('LU refuses a %s matrix', (_, entries) => {
  expect(lu(Float64Array.from(entries), new Float64Array(4), new Int32Array(2), 2)).toBeGreaterThanOrEqual(0);
});

test('triangular solves and products', () => {
  const d = draw(3);
  for (const n of sizes) for (const q of [1, 2, 3, 5, 8]) {
    const full = d.matrix(n, n);
    for (let i = 0; i < n; i++) full[i * n + i] = 2 + d.next();
    const L = full.map((x, at) => (at % n <= Math.floor(at / n) ? x : 0));
    const U = full.map((x, at) => (at % n >= Math.floor(at / n) ? x : 0));
    const B = d.matrix(n, q);
    const cases = [
      [solveLower, L], [solveLowerT, turned(L, n, n)], [solveUpper, U], [solveUpperT, turned(U, n, n)],
    ] as const;
    for (const [solve, T] of cases) {
      const X = B.slice();
      solve(full, X, n, q);
      const scale = Math.max(1, ...X.map(Math.abs));
      const r = naive(T, X, n, n, q).map((x, i) => x - B[i]!);
      expect(Math.max(...r.map(Math.abs)) / scale, `${solve.name} n=${n} q=${q}`).toBeLessThan(1e-14);
    }
    const C = new Float64Array(n * q);
    for (const [from, T] of [[multiplyLower, L], [multiplyLowerT, turned(L, n, n)], [multiplyUpper, U], [multiplyUpperT, turned(U, n, n)]] as const) {
      from(full, B, C.fill(NaN), n, q);
      expect(distance(C, naive(T, B, n, n, q)), `${from.name} n=${n} q=${q}`).toBeLessThan(1e-14);
    }
    const Y = d.matrix(q, n), D = new Float64Array(q * n);
    for (const [by, T] of [[multiplyByLower, L], [multiplyByLowerT, turned(L, n, n)], [multiplyByUpper, U], [multiplyByUpperT, turned(U, n, n)]] as const) {
      by(Y, full, D.fill(NaN), q, n);
      expect(distance(D, naive(Y, T, q, n, n)), `${by.name} n=${n} q=${q}`).toBeLessThan(1e-14);
    }
    const W = new Float64Array(n * n);
    lowerInverse(full, W, n);
    expect(distance(naive(W, L, n, n, n), eye(n))).toBeLessThan(1e-9);
  }
});

const checkEigen = (A: Float64Array, n: number): Float64Array => {
  const w = new Float64Array(n);
  const V = new Float64Array(n * n);
  expect(eigSym(A, w, V, n)).toBe(true);
  const VW = V.map((v, at) => v * w[at % n]!);
  expect(distance(naive(VW, turned(V, n, n), n, n, n), A)).toBeLessThan(30 * EPS * Math.max(1, Math.sqrt(n)));
  expect(distance(naive(turned(V, n, n), V, n, n, n), eye(n))).toBeLessThan(30 * EPS * Math.max(1, Math.sqrt(n)));
  for (let j = 1; j < n; j++) expect(w[j]).toBeGreaterThanOrEqual(w[j - 1]!);
  for (let j = 0; j < n; j++) {
    const column = Array.from({ length: n }, (_, i) => V[i * n + j]!);
    const largest = Math.max(...column.map(Math.abs));
    expect(column.find((v) => Math.abs(v) > largest * (1 - 1e-7))).toBeGreaterThan(0);
  }
  return w;
};

test('symmetric eigendecomposition of random matrices, against ml-matrix', () => {
  const d = draw(4);
  for (const n of sizes) {
    const A = d.symmetric(n);
    const w = checkEigen(A, n);
    const reference = new EigenvalueDecomposition(library(A, n), { assumeSymmetric: true }).realEigenvalues.sort((a, b) => a - b);
    expect(distance(w, reference)).toBeLessThan(1e-13);
  }
});

test.each([
  ['zero', [0, 0, 0, 0, 0, 0, 0, 0, 0], 3],
  ['identity', [1, 0, 0, 0, 1, 0, 0, 0, 1], 3],
  ['diagonal, unsorted', [3, 0, 0, 0, -1, 0, 0, 0, 2], 3],
  ['rank one', [1, 1, 1, 1, 1, 1, 1, 1, 1], 3],
  ['graded', [1, 1e-8, 0, 1e-8, 1e-16, 1e-20, 0, 1e-20, 1e-30], 3],
  ['tiny', [2e-300, 1e-300, 1e-300, 2e-300], 2],
  ['large', [2e150, 1e150, 1e150, 2e150], 2],
  ['tied signs', [2, 1, 1, 2], 2],
])('symmetric eigendecomposition of a %s matrix', (_, entries, n) => {
  checkEigen(Float64Array.from(entries), n);
});

test('eigSym refuses NaN', () => {
  expect(eigSym(Float64Array.from([1, 0, NaN, 1]), new Float64Array(2), new Float64Array(4), 2)).toBe(false);
});

test.each(sizes)('W\'W of a triangular W, %i x %i', (n) => {
  const W = draw(n).matrix(n, n);
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) W[i * n + j] = 0;
  const X = new Float64Array(n * n).fill(NaN);
  lowerGram(W, X, n);
  expect(distance(X, naive(turned(W, n, n), W, n, n, n))).toBeLessThan(n * EPS);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) expect(X[i * n + j]).toBe(X[j * n + i]);
});
