// All product kernels against the definition, at every size around the tile.
import { describe, expect, test } from 'vitest';
import * as nn from '../../core/numeric/kernels/multiply';
import * as nt from '../../core/numeric/kernels/multiplyNT';
import * as tn from '../../core/numeric/kernels/multiplyTN';
import { addTranspose, transpose } from '../../core/numeric/kernels/transpose';
import { dot, matVec, matVecAdd, matVecT, matVecTAdd, outer, outerAdd } from '../../core/numeric/kernels/vector';
import { distance, draw, naive, turned } from './drawn';

const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 13];
const TOLERANCE = 2e-14;

const forms = [
  { name: 'NN', plain: nn.multiply, add: nn.multiplyAdd, sym: nn.multiplySym, symAdd: nn.multiplySymAdd, a: false, b: false },
  { name: 'TN', plain: tn.multiplyTN, add: tn.multiplyTNAdd, sym: tn.multiplyTNSym, symAdd: tn.multiplyTNSymAdd, a: true, b: false },
  { name: 'NT', plain: nt.multiplyNT, add: nt.multiplyNTAdd, sym: nt.multiplyNTSym, symAdd: nt.multiplyNTSymAdd, a: false, b: true },
];

describe.each(forms)('product $name', ({ plain, add, sym, symAdd, a, b }) => {
  test('equals the definition, and does not read C', () => {
    const d = draw(1);
    for (const m of sizes) for (const k of sizes) for (const n of sizes) {
      const A = d.matrix(m, k);
      const B = d.matrix(k, n);
      const want = naive(A, B, m, k, n);
      const C = new Float64Array(m * n).fill(NaN);
      plain(a ? turned(A, m, k) : A, b ? turned(B, k, n) : B, C, m, k, n);
      expect(distance(C, want), `${m}×${k}×${n}`).toBeLessThan(TOLERANCE);
    }
  });
  test('with alpha and beta, also where D is C', () => {
    const d = draw(2);
    for (const m of sizes) for (const n of sizes) {
      const k = 6;
      const A = d.matrix(m, k);
      const B = d.matrix(k, n);
      const D = d.matrix(m, n);
      const want = naive(A, B, m, k, n).map((x, i) => 2 * x - 0.5 * D[i]!);
      const C = D.slice();
      add(a ? turned(A, m, k) : A, b ? turned(B, k, n) : B, C, m, k, n, 2, -0.5, C);
      expect(distance(C, want), `${m}×${n}`).toBeLessThan(TOLERANCE);
    }
  });
  test('symmetric half', () => {
    const d = draw(3);
    for (const n of [...sizes, 33]) for (const k of sizes) {
      const M = d.matrix(n, k);
      const S = d.symmetric(k);
      const B = turned(naive(M, S, n, k, k), n, k);
      const want = naive(M, B, n, k, n);
      const C = new Float64Array(n * n).fill(NaN);
      sym(a ? turned(M, n, k) : M, b ? turned(B, k, n) : B, C, n, k);
      expect(distance(C, want), `${n}×${k}`).toBeLessThan(TOLERANCE);
      expect(distance(C, turned(C, n, n))).toBe(0);
      const D = d.symmetric(n);
      const E = D.slice();
      symAdd(a ? turned(M, n, k) : M, b ? turned(B, k, n) : B, E, n, k, 3, 0.25, E);
      expect(distance(E, want.map((x, i) => 3 * x + 0.25 * D[i]!)), `${n}×${k}`).toBeLessThan(TOLERANCE);
    }
  });
});

test('products with vectors', () => {
  const d = draw(4);
  for (const m of sizes) for (const n of sizes) {
    const A = d.matrix(m, n);
    const x = d.matrix(n, 1);
    const y = d.matrix(m, 1);
    const out = new Float64Array(m).fill(NaN);
    matVec(A, x, out, m, n);
    expect(distance(out, naive(A, x, m, n, 1))).toBeLessThan(TOLERANCE);
    const ox = new Float64Array(n).fill(NaN);
    matVecT(A, y, ox, m, n);
    expect(distance(ox, naive(y, A, 1, m, n))).toBeLessThan(TOLERANCE);
    const z = y.slice();
    matVecAdd(A, x, z, m, n, 2, -1, z);
    expect(distance(z, naive(A, x, m, n, 1).map((v, i) => 2 * v - y[i]!))).toBeLessThan(TOLERANCE);
    const w = x.slice();
    matVecTAdd(A, y, w, m, n, 2, -1, w);
    expect(distance(w, naive(y, A, 1, m, n).map((v, i) => 2 * v - x[i]!))).toBeLessThan(TOLERANCE);
    const C = new Float64Array(m * n);
    outer(y, x, C, m, n, 2);
    expect(distance(C, naive(y, x, m, 1, n).map((v) => 2 * v))).toBeLessThan(TOLERANCE);
    outerAdd(y, x, C, m, n, -2, 1, C);
    expect(distance(C, new Float64Array(m * n))).toBeLessThan(TOLERANCE);
    expect(Math.abs(dot(x, x, n) - naive(x, x, 1, n, 1)[0]!)).toBeLessThan(1e-14);
  }
});

test('transposes', () => {
  const d = draw(5);
  for (const m of [1, 3, 15, 16, 17, 40]) for (const n of [1, 2, 16, 33]) {
    const A = d.matrix(m, n);
    const B = new Float64Array(m * n);
    transpose(A, B, m, n);
    expect(distance(B, turned(A, m, n))).toBe(0);
  }
  for (const n of [1, 2, 15, 16, 17, 33]) {
    const A = d.matrix(n, n);
    const want = A.map((x, i) => 0.5 * (x + turned(A, n, n)[i]!));
    addTranspose(A, A, n, 0.5);
    expect(distance(A, want)).toBe(0);
  }
});
