/** expm(skew3(w)) and its derivatives by Rodrigues' formula, beside sums of 120 digits of the exponential's own series. */
import { describe, expect, test } from 'vitest';
import { generate, load } from './harness';

/** Numbers with 400 bits behind the point. */
const BITS = 400n;
type Matrix = readonly (readonly bigint[])[];
const exact = (x: number): bigint => {
  const exponent = x === 0 ? 0 : Math.floor(Math.log2(Math.abs(x))) - 52;
  const whole = BigInt(x / 2 ** exponent), by = BITS + BigInt(exponent);
  return by >= 0n ? whole << by : whole >> -by;
};
const rounded = (x: bigint): number => Number(x) / 2 ** Number(BITS);
const times = (A: Matrix, B: Matrix): Matrix => A.map((row) => row.map((_, j) => row.reduce((sum, a, k) => sum + a * (B[k]?.[j] ?? 0n), 0n) >> BITS));
/** The exponential by its series. */
function exponential(A: Matrix): Matrix {
  let term: Matrix = A.map((row, i) => row.map((_, j) => (i === j ? 1n << BITS : 0n)));
  let sum = term;
  for (let k = 1n; k < 260n; k++) {
    term = times(term, A).map((row) => row.map((x) => x / k));
    sum = sum.map((row, i) => row.map((x, j) => x + (term[i]?.[j] ?? 0n)));
  }
  return sum;
}
const skew = ([x = 0, y = 0, z = 0]: readonly number[]): readonly (readonly number[])[] => [[0, -z, y], [z, 0, -x], [-y, x, 0]];
/** The exponential of skew3(w), and its derivative along E: a block of the exponential of [K E; 0 K] (Higham 2008, section 3.2). */
function wanted(w: readonly number[], E: readonly (readonly number[])[]): { readonly R: readonly number[]; readonly L: readonly number[] } {
  const K = skew(w);
  const block: Matrix = Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => exact((i < 3 ? (j < 3 ? K[i]?.[j] : E[i]?.[j - 3]) : K[i - 3]?.[j - 3]) ?? 0)));
  const made = exponential(block);
  const part = (from: number): readonly number[] => made.slice(0, 3).flatMap((row) => row.slice(from, from + 3).map(rounded));
  return { R: part(0), L: part(3) };
}

const module = generate('w : vector(3)\nF = expm(skew3(w))\njacobian(F, w)');
const code = load(module.text);
const run = (kind: string, ...args: readonly Float64Array[]): readonly number[] => [...code[module.functions.find((f) => f.kind === kind)?.name ?? '']!(...args) as Float64Array];
const AXIS = [0.36, -0.48, 0.8], ALONG = [0.7, 0.2, -1.3], Y = [0.3, -1.2, 0.8, 0.5, 0.1, -0.7, 1.4, -0.2, 0.6];
const ANGLES = [0, 1e-30, 1e-9, 1e-4, 0.1, 0.999, 1.001, Math.PI, 6.5, 40];

test('no general exponential is called', () => {
  expect(module.refused).toEqual([]);
  expect(module.text).not.toMatch(/function expm|solve/);
});
describe.each(ANGLES)('angle %d', (angle) => {
  const w = AXIS.map((x) => x * angle);
  const given = Float64Array.from(w);
  const units = [0, 1, 2].map((k) => [0, 1, 2].map((i) => (i === k ? 1 : 0)));
  const along = units.map((e) => wanted(w, skew(e)).L);
  const close = (got: readonly number[], want: readonly number[]): void => {
    const size = Math.max(...want.map(Math.abs));
    want.forEach((x, i) => {
      expect(Math.abs(got[i]! - x) / size, `entry ${i}`).toBeLessThan(5e-15);
      // Near 0 each entry has its own digits; further out they cancel in the exact values too.
      if (angle > 0 && angle < 1) expect(Math.abs(got[i]! - x), `entry ${i}`).toBeLessThanOrEqual(1e-13 * Math.abs(x));
    });
  };
  test('the value', () => close(run('value', given), wanted(w, skew(ALONG)).R));
  test('along a direction', () => close(run('jvp', given, Float64Array.from(ALONG)), wanted(w, skew(ALONG)).L));
  test('the Jacobian', () => close([0, 1, 2].flatMap((k) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => run('jacobian', given)[(i % 3) * 9 + Math.floor(i / 3) * 3 + k]!)), along.flat()));
  test('the adjoint', () => {
    const got = run('vjp', given, Float64Array.from(Y));
    along.forEach((L, k) => expect(got[k]).toBeCloseTo(L.reduce((sum, x, i) => sum + x * Y[i]!, 0), 13));
  });
});
test('an angle beyond the squares of numbers is one still', () => {
  const R = run('value', Float64Array.of(1e200, 0, 0));
  expect(R.every(Number.isFinite)).toBe(true);
  expect(R[4]! ** 2 + R[5]! ** 2).toBeCloseTo(1, 14);
});
