// Special functions against 40-digit values.
import { describe, expect, test } from 'vitest';
import { entropy, logsumexp, norm, sigmoid, softmax, softplus } from '../../core/numeric/kernels/activation';
import { erf, erfc, inverseMills, logNormcdf, normcdf } from '../../core/numeric/kernels/erf';
import { digamma, gamma, lgamma, polygamma, trigamma } from '../../core/numeric/kernels/gamma';
import { specialValues } from './special-values';

const functions: Readonly<Record<string, (x: number) => number>> = {
  erf, erfc, normcdf, logNormcdf, inverseMills, gamma, lgamma, digamma,
  polygamma1: trigamma, polygamma2: (x) => polygamma(2, x), polygamma3: (x) => polygamma(3, x),
  polygamma5: (x) => polygamma(5, x), polygamma10: (x) => polygamma(10, x),
};

/** exp(-x²/2) magnifies the rounding of x² in the far tail, and functions near their zeros are exact absolutely. */
const allowed = (name: string, x: number, want: number): number =>
  1e-14 * (name === 'normcdf' && x < -8 ? x * x : 1) * (/gamma/.test(name) && name !== 'gamma' ? Math.max(1, Math.abs(want)) : Math.abs(want) || 1e-3);

describe.each(Object.keys(specialValues))('%s', (name) => {
  test.each(specialValues[name]!.map(([x, want]) => ({ x, want })))('at $x', ({ x, want }) => {
    expect(Math.abs(functions[name]!(x) - want)).toBeLessThanOrEqual(allowed(name, x, want));
  });
});

test.each([
  [gamma, 0], [gamma, -3], [lgamma, -1], [digamma, 0], [trigamma, -2],
])('%s has a pole', (f, x) => expect(f(x)).toBeNaN());

test('stable forms', () => {
  expect(sigmoid(-800)).toBe(0);
  // exp(x) to its last bit where 1 + exp(-x) is out of range, and all digits on both sides of that.
  for (const x of [-699.5, -700, -700.5, -709.9, -740]) expect(Math.abs(sigmoid(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
  expect(sigmoid(NaN)).toBeNaN();
  expect(sigmoid(800)).toBe(1);
  expect(sigmoid(-40)).toBeCloseTo(4.248354255291589e-18, 32);
  expect(softplus(800)).toBe(800);
  expect(softplus(-40) / 4.248354255291589e-18).toBeCloseTo(1, 14);
  expect(logsumexp(Float64Array.of(1000, 1000), 2)).toBeCloseTo(1000 + Math.LN2, 12);
  const y = new Float64Array(2);
  softmax(Float64Array.of(1000, 1001), y, 2);
  expect(y[0]! + y[1]!).toBeCloseTo(1, 15);
  expect(y[0]! / y[1]!).toBeCloseTo(Math.exp(-1), 15);
  expect(entropy(Float64Array.of(0, 0.5, 0.5), 3)).toBeCloseTo(Math.LN2, 15);
  expect(norm(Float64Array.of(3e200, 4e200), 2) / 5e200).toBeCloseTo(1, 15);
  expect(norm(Float64Array.of(3e-200, 4e-200), 2) / 5e-200).toBeCloseTo(1, 15);
  expect(norm(Float64Array.of(0, 0), 2)).toBe(0);
});
