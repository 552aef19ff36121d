// Backward errors at hard inputs: ill-conditioned, defective, graded, repeated; and against ml-matrix.
import { EigenvalueDecomposition, Matrix, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { expm } from '../../core/numeric/kernels/expm';
import { logm, powm, powmFrechet, sqrtm } from '../../core/numeric/kernels/powm';
import { qr } from '../../core/numeric/kernels/qr';
import { schur } from '../../core/numeric/kernels/schur';
import { expDivided, logDivided, powDivided, powmSym } from '../../core/numeric/kernels/spectral';
import { adjugate, pinv, polar, svd } from '../../core/numeric/kernels/svd';
import { sylvester, sylvesterSym } from '../../core/numeric/kernels/sylvester';
import { distance, draw, naive, size, turned } from './drawn';

const EPS = 2 ** -52;
const sizes = [1, 2, 3, 4, 5, 6, 8, 11, 16, 25, 40];
const eye = (n: number): Float64Array => Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
const norm = (A: Float64Array): number => Math.sqrt(A.reduce((s, x) => s + x * x, 0));
const minus = (A: Float64Array, B: Float64Array): Float64Array => A.map((x, i) => x - B[i]!);

/** Q * diag(values) * Q' with a random orthogonal Q. */
function withEigenvalues(seed: number, values: readonly number[]): Float64Array {
  const n = values.length;
  const Q = new Float64Array(n * n);
  qr(draw(seed).matrix(n, n), Q, new Float64Array(n * n), n, n);
  const A = naive(Q.map((x, i) => x * values[i % n]!), turned(Q, n, n), n, n, n);
  return A.map((x, i) => (x + turned(A, n, n)[i]!) / 2);
}
const spread = (n: number, condition: number): number[] => Array.from({ length: n }, (_, i) => condition ** (-i / (n - 1)));

describe('square roots', () => {
  test.each([1e2, 1e10, 1e14])('of a positive definite matrix of condition %f', (condition) => {
    for (const n of [3, 8, 20]) {
      const A = withEigenvalues(n, spread(n, condition));
      const X = new Float64Array(n * n);
      sqrtm(A, X, n);
      expect(norm(minus(naive(X, X, n, n, n), A)) / norm(A)).toBeLessThan(1e-14 * Math.sqrt(n));
    }
  });
  test.each([1e2, 1e10, 1e14])('of a nonsymmetric matrix of condition %f', (condition) => {
    const n = 8;
    const d = draw(3);
    const V = d.matrix(n, n).map((x, i) => x + (i % (n + 1) === 0 ? 3 : 0));
    const Vi = new Float64Array(n * n);
    powm(V, -1, Vi, n);
    const A = naive(V.map((x, i) => x * spread(n, condition)[i % n]!), Vi, n, n, n);
    const X = new Float64Array(n * n);
    sqrtm(A, X, n);
    expect(norm(minus(naive(X, X, n, n, n), A)) / norm(A)).toBeLessThan(1e-13);
  });
  test('of a singular positive semidefinite matrix', () => {
    const n = 6;
    const F = draw(5).matrix(n, 3);
    const A = naive(F, turned(F, n, 3), n, 3, n);
    const X = new Float64Array(n * n);
    powmSym(A, 0.5, X, n);
    expect(norm(minus(naive(X, X, n, n, n), A)) / norm(A)).toBeLessThan(1e-14);
  });
  test('of random matrices with complex eigenvalues', () => {
    for (const n of sizes) {
      const A = draw(n).matrix(n, n).map((x, i) => x + (i % (n + 1) === 0 ? Math.sqrt(n) + 1 : 0));
      const X = new Float64Array(n * n);
      sqrtm(A, X, n);
      expect(norm(minus(naive(X, X, n, n, n), A)) / norm(A), `n=${n}`).toBeLessThan(1e-14 * Math.sqrt(n) * 2);
      logm(A, X, n);
      const Y = new Float64Array(n * n);
      expm(X, Y, n);
      expect(norm(minus(Y, A)) / norm(A), `n=${n}`).toBeLessThan(1e-13);
      powm(A, 1 / 3, X, n);
      expect(norm(minus(naive(X, naive(X, X, n, n, n), n, n, n), A)) / norm(A), `n=${n}`).toBeLessThan(1e-13);
    }
  });
});

describe('Sylvester', () => {
  const residual = (A: Float64Array, B: Float64Array, C: Float64Array, Y: Float64Array, m: number, n: number): number => {
    const left = naive(A, Y, m, m, n).map((x, i) => x + naive(Y, B, m, n, n)[i]!);
    return norm(minus(left, C)) / ((norm(A) + norm(B)) * norm(Y) + norm(C));
  };
  test('of general matrices of every size', () => {
    const d = draw(8);
    for (const m of [1, 2, 3, 5, 8, 13]) for (const n of [1, 2, 4, 7, 12]) {
      const A = d.matrix(m, m);
      const B = d.matrix(n, n);
      const C = d.matrix(m, n);
      const Y = new Float64Array(m * n);
      sylvester(A, B, C, Y, m, n);
      expect(residual(A, B, C, Y, m, n), `${m}×${n}`).toBeLessThan(1e-14);
    }
  });
  test('of symmetric matrices, also ill-conditioned ones and A = B', () => {
    const d = draw(9);
    for (const condition of [10, 1e7, 1e14]) {
      const A = withEigenvalues(1, spread(8, condition));
      const B = withEigenvalues(2, spread(5, condition));
      const C = d.matrix(8, 5);
      const Y = new Float64Array(40);
      sylvesterSym(A, B, C, Y, 8, 5);
      expect(residual(A, B, C, Y, 8, 5)).toBeLessThan(1e-13);
      const D = d.matrix(8, 8);
      const Z = new Float64Array(64);
      sylvester(A, A, D, Z, 8, 8);
      expect(residual(A, A, D, Z, 8, 8)).toBeLessThan(1e-13);
    }
  });
  test('refuses a singular equation', () => {
    const A = Float64Array.of(0, 1, -1, 0);
    expect(() => sylvester(A, A, eye(2), new Float64Array(4), 2, 2)).toThrow(/negative of one/);
    expect(() => sylvester(eye(2), eye(2).map((x) => -x), eye(2), new Float64Array(4), 2, 2)).toThrow(/negative of one/);
    expect(() => sylvester(Float64Array.of(1, NaN, 0, 1), eye(2), eye(2), new Float64Array(4), 2, 2)).toThrow(/NaN/);
  });
});

describe('Schur form', () => {
  const cases: readonly (readonly [string, number, Float64Array])[] = [
    ...sizes.map((n) => [`random ${n}`, n, draw(n).matrix(n, n)] as const),
    ['companion of (x-1)^6', 6, Float64Array.from([6, -15, 20, -15, 6, -1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0])],
    ['cyclic shift', 5, Float64Array.from({ length: 25 }, (_, i) => ((Math.floor(i / 5) + 1) % 5 === i % 5 ? 1 : 0))],
    ['Jordan block', 4, Float64Array.from([2, 1, 0, 0, 0, 2, 1, 0, 0, 0, 2, 1, 0, 0, 0, 2])],
    ['zero', 3, new Float64Array(9)],
    ['graded', 3, Float64Array.from([1, 1e-6, 1e-12, 1e6, 1, 1e-6, 1e12, 1e6, 1])],
    ['symmetric', 7, draw(4).symmetric(7)],
    ['skew', 4, Float64Array.from([0, 1, 2, 3, -1, 0, 4, 5, -2, -4, 0, 6, -3, -5, -6, 0])],
  ];
  test.each(cases)('%s', (_, n, A) => {
    const T = new Float64Array(n * n);
    const U = new Float64Array(n * n);
    expect(schur(A, T, U, n)).toBe(true);
    expect(distance(naive(naive(U, T, n, n, n), turned(U, n, n), n, n, n), A)).toBeLessThan(20 * n * EPS);
    expect(distance(naive(turned(U, n, n), U, n, n, n), eye(n))).toBeLessThan(20 * n * EPS);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j + 1 < i; j++) expect(T[i * n + j]).toBe(0);
      if (i > 0 && T[i * n + i - 1] !== 0) {
        const half = (T[(i - 1) * n + i - 1]! - T[i * n + i]!) / 2;
        expect(half * half + T[i * n + i - 1]! * T[(i - 1) * n + i]!).toBeLessThan(0);
        if (i + 1 < n) expect(T[(i + 1) * n + i]).toBe(0);
      }
    }
  });
  test('eigenvalues agree with ml-matrix', () => {
    const n = 12;
    const A = draw(77).matrix(n, n);
    const T = new Float64Array(n * n);
    schur(A, T, new Float64Array(n * n), n);
    const reference = new EigenvalueDecomposition(Matrix.from1DArray(n, n, A).clone());
    const products = (re: readonly number[], im: readonly number[]): number => re.reduce((s, x, i) => s + x ** 3 - 3 * x * im[i]! ** 2, 0);
    const cube = naive(T, naive(T, T, n, n, n), n, n, n);
    const trace = Array.from({ length: n }, (_, i) => cube[i * n + i]!).reduce((s, x) => s + x, 0);
    expect(trace).toBeCloseTo(products(reference.realEigenvalues, reference.imaginaryEigenvalues), 10);
  });
});

describe('singular values', () => {
  test('of random matrices, against ml-matrix', () => {
    const d = draw(21);
    for (const m of [1, 2, 3, 5, 9, 20, 40]) for (const n of [1, 2, 3, 5, 9, 20]) {
      const A = d.matrix(m, n);
      const k = Math.min(m, n);
      const U = new Float64Array(m * k);
      const s = new Float64Array(k);
      const V = new Float64Array(n * k);
      expect(svd(A, U, s, V, m, n)).toBe(true);
      expect(distance(naive(U.map((u, i) => u * s[i % k]!), turned(V, n, k), m, k, n), A), `${m}×${n}`).toBeLessThan(2e-14);
      expect(distance(naive(turned(U, m, k), U, k, m, k), eye(k))).toBeLessThan(2e-14);
      expect(distance(naive(turned(V, n, k), V, k, n, k), eye(k))).toBeLessThan(2e-14);
      expect(distance(s, new SingularValueDecomposition(Matrix.from1DArray(m, n, A), { autoTranspose: true }).diagonal)).toBeLessThan(1e-14);
      for (let j = 0; j < k; j++) {
        const column = Array.from({ length: n }, (_, i) => V[i * k + j]!);
        expect(column.find((v) => Math.abs(v) > 0.9999999 * size(column))).toBeGreaterThan(0);
      }
    }
  });
  test.each([
    ['zero', 3, 2, new Float64Array(6)],
    ['rank one', 3, 3, Float64Array.from([1, 2, 3, 2, 4, 6, 3, 6, 9])],
    ['zero column', 3, 3, Float64Array.from([1, 0, 2, 3, 0, 4, 5, 0, 7])],
    ['zero on the diagonal', 4, 4, Float64Array.from([1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1])],
    ['huge', 2, 2, Float64Array.from([1e180, 2e180, 3e180, 4e180])],
    ['tiny', 2, 2, Float64Array.from([1e-180, 2e-180, 3e-180, 4e-180])],
    ['condition 1e14', 8, 8, withEigenvalues(6, spread(8, 1e14))],
  ])('%s', (_, m, n, A) => {
    const U = new Float64Array(m * n);
    const s = new Float64Array(n);
    const V = new Float64Array(n * n);
    expect(svd(A, U, s, V, m, n)).toBe(true);
    const scale = size(A) || 1;
    expect(distance(naive(U.map((u, i) => (u * s[i % n]!) / scale), turned(V, n, n), m, n, n), A.map((x) => x / scale))).toBeLessThan(1e-14);
    expect(distance(naive(turned(U, m, n), U, n, m, n), eye(n))).toBeLessThan(1e-14);
    expect(distance(naive(turned(V, n, n), V, n, n, n), eye(n))).toBeLessThan(1e-14);
  });
  test('refuses NaN', () => expect(svd(Float64Array.of(1, NaN), new Float64Array(2), new Float64Array(1), new Float64Array(1), 2, 1)).toBe(false));
  test('pseudo-inverse, polar factor, adjugate', () => {
    const d = draw(31);
    for (const [m, n] of [[5, 3], [3, 5], [4, 4]] as const) {
      const A = d.matrix(m, n);
      const P = new Float64Array(m * n);
      pinv(A, P, m, n);
      expect(distance(naive(A, naive(P, A, n, m, n), m, n, n), A)).toBeLessThan(1e-13);
      expect(distance(naive(P, naive(A, P, m, n, m), n, m, m), P)).toBeLessThan(1e-13);
    }
    const A = d.matrix(7, 4);
    const F = new Float64Array(28);
    polar(A, F, 7, 4);
    expect(distance(naive(turned(F, 7, 4), F, 4, 7, 4), eye(4))).toBeLessThan(1e-14);
    const H = naive(turned(F, 7, 4), A, 4, 7, 4);
    expect(distance(H, turned(H, 4, 4))).toBeLessThan(1e-14);
    const C = d.matrix(5, 5);
    const adj = new Float64Array(25);
    adjugate(C, adj, 5);
    const product = naive(C, adj, 5, 5, 5);
    expect(distance(product, eye(5).map((x) => x * product[0]!))).toBeLessThan(1e-13);
  });
});

test('QR: orthonormal, triangular with a diagonal >= 0, against ml-matrix', () => {
  const d = draw(41);
  for (const n of [1, 2, 3, 6, 10]) for (const m of [n, n + 1, n + 7]) {
    const A = d.matrix(m, n);
    const Q = new Float64Array(m * n);
    const R = new Float64Array(n * n);
    qr(A, Q, R, m, n);
    expect(distance(naive(Q, R, m, n, n), A)).toBeLessThan(1e-14);
    expect(distance(naive(turned(Q, m, n), Q, n, m, n), eye(n))).toBeLessThan(1e-14);
    const reference = new QrDecomposition(Matrix.from1DArray(m, n, A)).upperTriangularMatrix.to1DArray();
    expect(distance(R.map(Math.abs), reference.map(Math.abs))).toBeLessThan(1e-13);
    for (let i = 0; i < n; i++) expect(R[i * n + i]).toBeGreaterThanOrEqual(0);
  }
});

test('divided differences are stable where the arguments meet', () => {
  for (const [a, b] of [[2, 2 + 1e-9], [2, 2 * (1 + 1e-15)], [5, 1e-3], [1e-8, 3], [7, 7]] as const) {
    const h = b - a;
    const series = (d1: number, d2: number, d3: number): number => d1 + (h / 2) * d2 + (h * h / 6) * d3;
    const close = Math.abs(h) < 1e-6;
    const at = (f: (x: number) => number): number => (f(a) - f(b)) / (a - b);
    expect(logDivided(a, b) / (close ? series(1 / a, -1 / a ** 2, 2 / a ** 3) : at(Math.log))).toBeCloseTo(1, 13);
    expect(expDivided(a, b) / (close ? series(Math.exp(a), Math.exp(a), Math.exp(a)) : at(Math.exp))).toBeCloseTo(1, 13);
    for (const p of [0.5, -0.5, 1 / 3, 2.7, -1, 3]) {
      const want = close ? series(p * a ** (p - 1), p * (p - 1) * a ** (p - 2), p * (p - 1) * (p - 2) * a ** (p - 3)) : at((x) => x ** p);
      expect(powDivided(a, b, p) / want, `${a} ${b} ^${p}`).toBeCloseTo(1, 12);
      expect(powDivided(b, a, p)).toBeCloseTo(powDivided(a, b, p), 10);
    }
  }
});

test('derivatives of whole powers need no invertibility; fractional ones do', () => {
  const A = Float64Array.of(1, 2, 2, 4);
  const E = Float64Array.of(1, 0, 3, -1);
  const L = new Float64Array(4);
  powmFrechet(A, 2, E, L, 2);
  expect(distance(L, naive(A, E, 2, 2, 2).map((x, i) => x + naive(E, A, 2, 2, 2)[i]!))).toBeLessThan(1e-15);
  expect(() => powmFrechet(A, 0.5, E, L, 2)).toThrow(/singular/);
  expect(() => powmFrechet(Float64Array.of(1, 2, 3, 6), 0.5, E, L, 2)).toThrow(/singular/);
});
