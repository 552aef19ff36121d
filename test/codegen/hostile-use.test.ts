/** Calls that types forbid or nobody foresees: other arrays, numbers as texts, memory that overlaps, sizes of 1: a clear error or the right result. */
import { describe, expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { load, prepare, type Program } from './harness';

const TEXT = `X : matrix(m, n); W : matrix(n, k); Y : matrix(m, k); S : matrix(n, n) posdef; x, y : vector(n); t : scalar positive
f = normF(X*W - Y)^2 + t*normF(W)^2
grad(f, W)
q = x'*inv(S)*x + t*(x'*y)
grad(q, x)
J = S*x*t + y
jacobian(J, x)
`;
const inputs = prepare(TEXT).map((p) => p.input);
const X = [1, 2, 3, 4, 5, 6], W = [1, -1, 2, 0.5], Y = [1, 0, 2, 1, 0, 3], dims = { m: 3, n: 2, k: 2 };
const S = [2, 0.5, 0.5, 1], x = [1, 2], y = [0.5, -1];
const F = (a: readonly number[]): Float64Array => Float64Array.from(a);

describe.each(['typescript', 'javascript', 'typescript-wasm'] as const)('%s', (target) => {
  const code: Program = load(generateModule(inputs, { target }).text);
  const grad = (...args: unknown[]): Float64Array => code['gradientFByW']!(...args) as Float64Array;
  const want = grad(F(X), F(W), F(Y), 0.5, dims);
  test.each([['a plain array', X], ['single precision', Float32Array.from(X)], ['integers', Int32Array.from(X)], ['rows', [[1, 2], [3, 4], [5, 6]]], ['a view of bytes', new DataView(new ArrayBuffer(48))]])('%s is named', (_, bad) => {
    expect(() => grad(bad, F(W), F(Y), 0.5, dims)).toThrow('X must be a Float64Array');
  });
  test('a number as a text, and none at all', () => {
    expect(() => grad(F(X), F(W), F(Y), '0.5', dims)).toThrow('t must be a number');
    expect(() => grad(F(X), F(W), F(Y), undefined, dims)).toThrow('t must be a number');
    expect(() => grad(F(X), F(W), F(Y), 0.5)).toThrow(TypeError);
  });
  test('the wrong result array, or one over an input', () => {
    expect(() => grad(F(X), F(W), F(Y), 0.5, dims, new Float32Array(4))).toThrow('out must be a Float64Array');
    expect(() => grad(F(X), F(W), F(Y), 0.5, dims, new Float64Array(5))).toThrow('out has 5 entries, expected 4');
    const memory = new Float64Array(12);
    memory.set(X);
    memory.set(W, 6);
    const [a, w] = [memory.subarray(0, 6), memory.subarray(6, 10)];
    expect(() => grad(a, w, F(Y), 0.5, dims, w)).toThrow('share memory');
    expect(() => grad(a, w, F(Y), 0.5, dims, memory.subarray(8, 12))).toThrow('share memory');
    expect(() => grad(a, w, F(Y), 0.5, dims, memory.subarray(2, 6))).toThrow('share memory');
    // Beside each other in one buffer is not over each other.
    const apart = new Float64Array(14);
    apart.set(X);
    expect([...grad(apart.subarray(0, 6), F(W), F(Y), 0.5, dims, apart.subarray(6, 10))]).toEqual([...want]);
  });
  test('a result array full of NaN, larger calls before, frozen sizes, shared and resizable memory', () => {
    grad(new Float64Array(2000).fill(1), new Float64Array(2000).fill(1), new Float64Array(10000).fill(1), 1, { m: 100, n: 20, k: 100 });
    expect([...grad(F(X), F(W), F(Y), 0.5, Object.freeze({ ...dims }), new Float64Array(4).fill(NaN))]).toEqual([...want]);
    const shared = new Float64Array(new SharedArrayBuffer(48));
    shared.set(X);
    expect([...grad(shared, F(W), F(Y), 0.5, dims)]).toEqual([...want]);
  });
  test('one array for two inputs, and all sizes equal', () => {
    const v = F(x);
    expect(code['q']!(F(S), v, v, 2)).toBe(code['q']!(F(S), F(x), F(x), 2));
    const A = F([1, 2, 3, 4]);
    expect([...grad(A, A, A, 1, { m: 2, n: 2, k: 2 })]).toEqual([...grad(F([1, 2, 3, 4]), F([1, 2, 3, 4]), F([1, 2, 3, 4]), 1, { m: 2, n: 2, k: 2 })]);
  });
  test('sizes of 1', () => {
    expect([...grad(F([3]), F([2]), F([1]), 0.5, { m: 1, n: 1, k: 1 })]).toEqual([2 * 3 * (3 * 2 - 1) + 2 * 0.5 * 2]);
    expect(code['q']!(F([4]), F([3]), F([2]), 0.5)).toBe(9 / 4 + 3);
    expect([...(code['jacobianJByX']!(F([3]), F([4]), F([2]), 0.5) as Float64Array)]).toEqual([1.5]);
  });
  test('sizes of 0, sizes that do not fit, sizes that are no whole numbers', () => {
    expect(() => grad(F([]), F([]), F([]), 1, { m: 0, n: 0, k: 0 })).toThrow('dims.m is 0, expected a whole number of at least 1');
    expect(() => code['q']!(F([]), F([]), F([]), 1)).toThrow(RangeError);
    expect(() => grad(F(X), F(W), F(Y), 1, { m: 2, n: 2, k: 2 })).toThrow('X has 6 entries, expected m x n = 2 x 2');
    for (const m of [2.5, NaN, Infinity, -3, '3']) expect(() => grad(F(X), F(W), F(Y), 1, { ...dims, m })).toThrow('dims.m is');
    expect(() => code['q']!(F([1, 2, 3]), F(x), F(y), 1)).toThrow('S has 3 entries, expected n x n = 2 x 2');
    expect(() => code['q']!(F(S), F(x), F([1]), 1)).toThrow('y has 1 entries, expected n = 2');
  });
});
