/** Squared distances and covariances: what does not change when all points are moved is computed so that it does not, to the last bits. */
import { expect, test } from 'vitest';
import { centredRows, squaredDistances, weightedSquaredDistances } from '../../core/numeric/kernels/distances';
import { generate, load, random } from './harness';
import { planOf } from './plan-of';

const [M, N, K] = [7, 3, 5];
/** Multiples of 2^-20, which stay what they are when 10^6 is added. */
const points = (rows: number, seed: number): Float64Array => {
  const next = random(seed);
  return Float64Array.from({ length: rows * N }, () => Math.round(next() * 2 ** 20) / 2 ** 20);
};
const X = points(M, 3), Z = points(K, 4);
const moved = (a: Float64Array): Float64Array => a.map((x, at) => x + 1e6 * (1 + (at % N)));
const relative = (a: ArrayLike<number> | number, b: ArrayLike<number> | number): number => {
  const [p, q] = [a, b].map((x) => (typeof x === 'number' ? [x] : Array.from(x))) as [number[], number[]];
  return Math.max(...p.map((x, i) => Math.abs(x - q[i]!))) / Math.max(...q.map(Math.abs));
};

const HEAD = `X : matrix(m, n)\nZ : matrix(k, n)\nw : vector(n) positive\ns : scalar positive\n`;
const inputs = { w: Float64Array.of(0.5, 2, 1), s: 0.7, dims: { m: M, n: N, k: K } };
test.each([
  ['sums over pairs', 'f = sum(i = 1:m, sum(j = 1:m, exp(-norm(X[i, :] - X[j, :])^2 / s)))'],
  ['two sets', 'f = sum(i = 1:m, sum(j = 1:k, log(1 + norm(X[i, :] - Z[j, :])^2)))'],
  ['distances themselves', 'f = sum(i = 1:m, sum(j = 1:k, norm(X[i, :] - Z[j, :])))'],
  ['a scale for each column', "f = sum(i = 1:m, sum(j = 1:m, exp(-(X[i, :] - X[j, :])*diag(w)*(X[i, :] - X[j, :])')))"],
  ['as people write them', "D = rowsum(X.^2)*ones(k)' + ones(m)*rowsum(Z.^2)' - 2*X*Z'\nf = sum(exp(-D/(2*s^2)))"],
  ['a covariance', "f = logdet(X'*(I(m) - ones(m)*ones(m)'/m)*X)"],
])('%s: moved points have the same value', (_, text) => {
  const module = generate(`${HEAD}${text}\nf`);
  const f = module.functions[0]!;
  const value = (x: Float64Array, z: Float64Array): number | Float64Array => load(module.text)[f.name]!(...f.parameters.map((p) => ({ ...inputs, X: x, Z: z })[p.name as 'X']));
  expect(relative(value(moved(X), moved(Z)), value(X, Z))).toBeLessThan(1e-13);
});

test('entry by entry, for every number of points', () => {
  for (let m = 1; m < 10; m++) {
    for (let n = 1; n < 10; n++) {
      const [A, B] = [points(m, m), points(n, 20 + n)];
      const own = new Float64Array(m * m).fill(NaN), both = new Float64Array(m * n).fill(NaN);
      squaredDistances(A, A, own, m, N, m);
      squaredDistances(A, B, both, m, N, n);
      const want = (P: Float64Array, i: number, Q: Float64Array, j: number, w = [1, 1, 1]): number => [0, 1, 2].reduce((s, k) => s + w[k]! * (P[i * N + k]! - Q[j * N + k]!) ** 2, 0);
      own.forEach((d, at) => expect(d).toBeCloseTo(want(A, Math.floor(at / m), A, at % m), 13));
      both.forEach((d, at) => expect(d).toBeCloseTo(want(A, Math.floor(at / n), B, at % n), 13));
      const weights = [0.5, -2, 3];
      weightedSquaredDistances(A, A, Float64Array.from(weights), own.fill(NaN), m, N, m);
      weightedSquaredDistances(A, B, Float64Array.from(weights), both.fill(NaN), m, N, n);
      own.forEach((d, at) => expect(d).toBeCloseTo(want(A, Math.floor(at / m), A, at % m, weights), 13));
      both.forEach((d, at) => expect(d).toBeCloseTo(want(A, Math.floor(at / n), B, at % n, weights), 13));
    }
  }
});

test('without the mean of other rows, to the last bits', () => {
  for (const k of [1, N]) {
    const [m, n] = [M * N / k, K * N / k];
    const made = new Float64Array(m * k).fill(NaN);
    centredRows(X, Z, made, m, k, n);
    const mean = (p: number): number => Array.from({ length: n }, (_, i) => Z[i * k + p]!).reduce((a, b) => a + b) / n;
    made.forEach((x, at) => expect(x).toBeCloseTo(X[at]! - mean(at % k), 14));
    const far = new Float64Array(m * k);
    centredRows(X.map((x) => x + 1e6), Z.map((z) => z + 1e6), far, m, k, n);
    expect(relative(far, made)).toBeLessThan(1e-15);
  }
});

test('one kernel for the distances, none for what they are written in; a covariance costs a pass and half a product', () => {
  const code = generate(`${HEAD}f = sum(i = 1:m, sum(j = 1:m, exp(-norm(X[i, :] - X[j, :])^2 / s)))\nf`).text;
  expect(code.match(/squaredDistances\(X, X, /g)).toHaveLength(1);
  expect(code).not.toMatch(/multiply/);
  expect(planOf("X : matrix(m, n)\nX'*(I(m) - ones(m, m)/m)*X").kernels).toBe('multiplyTNSym');
  expect(planOf("X : matrix(m, n)\nX'*(I(m) - ones(m, m)/m)*X/(m - 1)").kernels).toBe('multiplyTNSym loop');
});

/** Every function of a module, at points and at moved ones. */
test.each([
  ['sums over pairs', 'f = sum(i = 1:m, sum(j = 1:m, exp(-norm(X[i, :] - X[j, :])^2 / s)))\nhessian(f, X)'],
  ['a stress', 'f = sum(i = 1:m, sum(j = 1:m, (norm(X[i, :] - X[j, :])^2 - S[i, j])^2))\nhessian(f, X)'],
  ['two sets', 'f = sum(i = 1:m, sum(j = 1:k, a[j]*norm(X[i, :] - Z[j, :])))\ngrad(f, X)\ngrad(f, Z)'],
  ['a scale for each column', "f = sum(i = 1:m, sum(j = 1:m, exp(-(X[i, :] - X[j, :])*diag(w)*(X[i, :] - X[j, :])')))\ngrad(f, w)"],
  ['weights alone', 'f = sum(i = 1:m, sum(j = 1:m, S[i, j]*norm(X[i, :] - X[j, :])^2))\nf'],
  ['the gradient by what stands in it but once', 'f = sum(i = 1:m, sum(j = 1:m, S[i, j]*norm(X[i, :] - X[j, :])^2))\ngrad(f, X)'],
  ['a covariance', "f = logdet(X'*(I(m) - ones(m, m)/m)*X)\ngrad(f, X)"],
  ['a correlation', "f = (x - mean(x)*ones(m))'*(y - mean(y)*ones(m))/(norm(x - mean(x)*ones(m))*norm(y - mean(y)*ones(m)))\ngrad(f, x)"],
])('%s: derivatives at moved points are the same', (_, text) => {
  const module = generate(`${HEAD}S : matrix(m, m) symmetric\na : vector(k)\nx, y : vector(m)\n${text}`);
  const program = load(module.text);
  const next = random(11);
  const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, () => Math.round(next() * 2 ** 20) / 2 ** 20);
  const [x, y, a, V] = [numbers(M), numbers(M), numbers(K), numbers(M * N)];
  const S = Float64Array.from({ length: M * M }, (_u, at) => 2 + Math.cos(Math.floor(at / M) + (at % M)));
  const sizes = { X: M * N, Z: K * N, w: N, x: M } as const;
  for (const f of [...module.functions, ...module.together]) {
    const shared = { ...inputs, S, a, y, Ybar: 0.3, V: V.subarray(0, sizes[(f.wrt ?? 'X') as 'X']) };
    const parts = (values: object): readonly (number | Float64Array)[] => {
      const made = program[f.name]!(...f.parameters.filter((p) => p.role !== 'out').map((p) => ({ ...shared, ...values })[p.name as 'S']));
      return typeof made === 'number' || made instanceof Float64Array ? [made] : Object.values(made as Record<string, number | Float64Array>);
    };
    const [there, here] = [parts({ X: moved(X), Z: moved(Z), x: x.map((v) => v + 1e6), y: y.map((v) => v - 1e6) }), parts({ X, Z, x })];
    there.forEach((p, k) => expect(relative(p, here[k]!), f.name).toBeLessThan(1e-13));
  }
});

test('points about the mean stand in what loses digits without, and nowhere else', () => {
  const code = (text: string): string => generate(`${HEAD}${text}`).text;
  expect(code('f = sum(i = 1:m, sum(j = 1:m, exp(-norm(X[i, :] - X[j, :])^2 / s)))\nf')).not.toMatch(/centredRows/);
  expect(code('f = norm(X[1, :] - X[2, :])^2\ngrad(f, X)')).not.toMatch(/centredRows/);
  expect(code('f = norm(X*w)^2\ngrad(f, X)')).not.toMatch(/centredRows/);
  expect(code('Y : matrix(m, n)\nf = sum(log(rowsum(exp((X - Y)*diag(w)))))\ngrad(f, X)')).not.toMatch(/centredRows/);
  expect(code('f = sum((w - mean(w)*ones(n)) .^ 2)\ngrad(f, w)')).not.toMatch(/centredRows/);
  expect(code('f = sum(i = 1:m, sum(j = 1:m, exp(-norm(X[i, :] - X[j, :])^2 / s))) + normF(X)^2\ngrad(f, X)')).toMatch(/centredRows\(X, X, Xc, m, n, m\); \/\/ X - ones\(m\)\*colsum\(X\)\/m\n/);
});
