/**
 * What no kernel may do: a wrong number without a word. At singular, rank-deficient, ill-conditioned, tiny and huge inputs and
 * at NaN and Infinity each gives an error, or its value within the bound that is stated here, beside 60-digit values.
 */
import { describe, expect, test } from 'vitest';
import { cholesky, choleskySolve } from '../../core/numeric/kernels/cholesky';
import { determinant, inverse, inversePosdef, logdet, logdetPosdef } from '../../core/numeric/kernels/determinant';
import { eigSym } from '../../core/numeric/kernels/eigSym';
import { expm, expmFrechet } from '../../core/numeric/kernels/expm';
import { lu, luSolve } from '../../core/numeric/kernels/lu';
import { logm, logmFrechet, powm, powmFrechet, sqrtm } from '../../core/numeric/kernels/powm';
import { qr } from '../../core/numeric/kernels/qr';
import { adjugate, pinv, polar, singularValues } from '../../core/numeric/kernels/svd';
import { sylvester } from '../../core/numeric/kernels/sylvester';
import { E, faultCases, inputs } from './fault-values';
import { naive, turned } from './drawn';

const N = 3, EPS = 2 ** -52;
const direction = Float64Array.from(E);
type Kernel = (A: Float64Array) => Float64Array | undefined;
/** What writes a matrix; `false` or a column from 0 on says that it does not exist. */
const writes = (f: (A: Float64Array, X: Float64Array) => number | boolean | void, size = N * N): Kernel => (A) => {
  const X = new Float64Array(size);
  const said = f(A, X);
  return said === false || (typeof said === 'number' && said >= 0) ? undefined : X;
};
const solved = (f: (A: Float64Array, b: Float64Array) => number): Kernel => (A) => { const x = Float64Array.of(1, 2, 3); return f(A, x) >= 0 ? undefined : x; };
const KERNELS: Readonly<Record<string, Kernel>> = {
  inverse: writes((A, X) => inverse(A, X, N)), inversePosdef: writes((A, X) => inversePosdef(A, X, N)),
  luSolve: solved((A, x) => { const LU = new Float64Array(9), p = new Int32Array(3), c = lu(A, LU, p, N); if (c < 0) luSolve(LU, p, x, N, 1); return c; }),
  choleskySolve: solved((A, x) => { const L = new Float64Array(9), c = cholesky(A, L, N); if (c < 0) choleskySolve(L, x, N, 1); return c; }),
  determinant: (A) => Float64Array.of(determinant(A, N)), logdet: (A) => Float64Array.of(logdet(A, N)), logdetPosdef: (A) => Float64Array.of(logdetPosdef(A, N)),
  cholesky: writes((A, L) => { const c = cholesky(A, L, N); L[1] = L[2] = L[5] = 0; return c; }),
  eigSym: (A) => { const w = new Float64Array(N); return eigSym(A, w, new Float64Array(9), N) ? w : undefined; },
  singularValues: writes((A, s) => singularValues(A, s, N, N), N), pinv: writes((A, X) => pinv(A, X, N, N)), polar: writes((A, X) => polar(A, X, N, N)), adjugate: writes((A, X) => adjugate(A, X, N)),
  sqrtm: writes((A, X) => sqrtm(A, X, N)), logm: writes((A, X) => logm(A, X, N)), powm: writes((A, X) => powm(A, 1 / 3, X, N)), expm: writes((A, X) => expm(A, X, N)),
  expmFrechet: writes((A, X) => expmFrechet(A, direction, X, N)), logmFrechet: writes((A, X) => logmFrechet(A, direction, X, N)), powmFrechet: writes((A, X) => powmFrechet(A, 1 / 3, direction, X, N)),
  sylvester: writes((A, X) => sylvester(A, A, direction, X, N, N)),
  qr: writes((A, Q) => { const R = new Float64Array(9); qr(A, Q, R, N, N); const back = naive(Q, R, N, N, N); Q.set(back.map((x, i) => x - A[i]!)); }),
};
/** The value, or undefined where the kernel said that there is none: an error, a failure, or an entry that is no number. */
function at(name: string, A: readonly number[]): Float64Array | undefined {
  try { return KERNELS[name]!(Float64Array.from(A)); } catch (error) { if (error instanceof Error) return undefined; throw error; }
}
const finite = (X: Float64Array): boolean => X.every((x) => Number.isFinite(x));
const largest = (X: Iterable<number>): number => Math.max(...[...X].map(Math.abs));

/** Normwise relative errors in units of rounding, times the condition 1e14 to this power: what perturbing the input by one rounding does. */
const SENSITIVITY: Readonly<Record<string, number>> = {
  inverse: 1, inversePosdef: 1, luSolve: 1, choleskySolve: 1, determinant: 1, logdet: 1, logdetPosdef: 1, cholesky: 0.5, eigSym: 0, singularValues: 0, pinv: 1, polar: 1, adjugate: 1,
  sqrtm: 0.5, logm: 1, powm: 2 / 3, expm: 0, expmFrechet: 0, sylvester: 1,
};
const ROUNDINGS = 10;

describe('values of 60 digits', () => {
  test.each(faultCases)('$kernel, $input', ({ kernel, input, want }) => {
    const made = at(kernel, inputs[input]!);
    if (want === undefined || want.some((x) => !Number.isFinite(x))) { expect(made === undefined || !finite(made)).toBe(true); return; }
    if (made === undefined || !finite(made)) throw new Error('refused, though the value exists');
    // The spacing of numbers below 1e-308 is a thousand times as wide, for its size, as elsewhere.
    const condition = input === 'condition 1e14' ? 1e14 ** (SENSITIVITY[kernel] ?? 0) : input === 'scale 1e-310' ? 1e3 : 1;
    const error = largest(made.map((x, i) => x - want[i]!)) / (largest(want) || 1);
    expect(error).toBeLessThanOrEqual(ROUNDINGS * EPS * condition);
  });
});

const RANK_ONE = [1, 2, 3, 2, 4, 6, 3, 6, 9], RANK_TWO = [2, 1, 1, 1, 1, 0, 1, 0, 1], ZERO = Array<number>(9).fill(0);
const INDEFINITE = [1, 2, 0, 2, 1, 0, 0, 0, 1], ROTATION = [-1, 0, 0, 0, -1, 0, 0, 0, 1];
const NEED_INVERSE = ['inverse', 'inversePosdef', 'luSolve', 'choleskySolve', 'logdet', 'logdetPosdef', 'cholesky', 'polar', 'logm', 'logmFrechet', 'powmFrechet', 'sylvester'];
describe('where there is no value', () => {
  test.each(NEED_INVERSE)('%s of a singular matrix', (kernel) => {
    for (const A of [RANK_ONE, RANK_TWO, ZERO]) for (const scale of [1, 1e-300, 1e290]) { const made = at(kernel, A.map((x) => x * scale)); expect({ A, scale, silent: made !== undefined && finite(made) }).toEqual({ A, scale, silent: false }); }
  });
  test.each(['inversePosdef', 'choleskySolve', 'logdetPosdef', 'cholesky'])('%s of an indefinite matrix', (kernel) => expect(at(kernel, INDEFINITE)).toBeUndefined());
  test.each(['logm', 'logdet', 'sqrtm', 'powm'])('%s of a matrix with a negative eigenvalue', (kernel) => expect(at(kernel, INDEFINITE)).toBeUndefined());
  test('log det of a matrix with two negative eigenvalues exists', () => expect(at('logdet', ROTATION)?.[0]).toBe(0));
  test.each(Object.keys(KERNELS))('%s of NaN and of Infinity', (kernel) => {
    for (const bad of [NaN, Infinity, -Infinity]) for (let p = 0; p < 9; p++) {
      const A = [...inputs['ordinary']!];
      A[p] = bad;
      // Of a symmetric matrix the lower half is read.
      const upper = p % 3 > Math.floor(p / 3) && ['inversePosdef', 'choleskySolve', 'logdetPosdef', 'cholesky', 'eigSym'].includes(kernel);
      if (upper) continue;
      const made = at(kernel, A);
      expect({ bad, p, silent: made !== undefined && finite(made) }).toEqual({ bad, p, silent: false });
    }
  });
});
describe('what exists at singular matrices', () => {
  test('determinant and adjugate', () => {
    expect(at('determinant', RANK_TWO)?.[0]).toBe(0);
    const adj = at('adjugate', RANK_TWO)!;
    [1, -1, -1, -1, 1, 1, -1, 1, 1].forEach((x, i) => expect(adj[i]).toBeCloseTo(x, 13));
    expect(largest(at('adjugate', RANK_ONE)!)).toBeLessThan(1e-13);
  });
  test('the pseudo-inverse and the square root of a matrix of rank one', () => {
    at('pinv', RANK_ONE)!.forEach((x, i) => expect(x).toBeCloseTo(RANK_ONE[i]! / 196, 15));
    at('sqrtm', RANK_ONE)!.forEach((x, i) => expect(x).toBeCloseTo(RANK_ONE[i]! / Math.sqrt(14), 14));
  });
  test('eigenvalues and singular values within rounding of the norm', () => {
    for (const kernel of ['eigSym', 'singularValues']) { const w = [...at(kernel, RANK_ONE)!].sort((a, b) => b - a); expect(Math.abs(w[0]! - 14)).toBeLessThan(14 * 8 * EPS); expect(largest(w.slice(1))).toBeLessThan(14 * 8 * EPS); }
  });
  test('a pseudo-inverse does not depend on the scale', () => {
    const one = at('pinv', RANK_TWO)!, small = at('pinv', RANK_TWO.map((x) => x * 1e-150))!;
    small.forEach((x, i) => expect(x * 1e-150).toBeCloseTo(one[i]!, 13));
    expect(turned(one, 3, 3)).toBeDefined();
  });
});
