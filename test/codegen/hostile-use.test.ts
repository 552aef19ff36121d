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

/** What is read late in some, early in others. */
const OVER = [
  'A, B : matrix(n, n); x : vector(n)\ny = A*B*x\njacobian(y, x)\nA*A*B*x',
  "A : matrix(n, n); x, y : vector(n)\nf = x'*inv(A)*y\ngrad(f, A)\nhessian(f, x)",
  "X : matrix(m, n); y : vector(m); w : vector(n)\nf = sum(softplus(-y .* (X*w)))\nhessian(f, w)",
  "t : scalar positive; x : vector(n)\nF = (t*x*x' + I)^(1/2)\njacobian(F, x)",
  "Q, K, V, G : matrix(n, d)\nP = exp(Q*K')\nO = P*V ./ (rowsum(P)*ones(1, d))\nf = sum(G .* O)\ngrad(f, Q)",
];
/** Entries that make a square array regular. */
const valuesFor = (rows: number, cols: number, seed: number): Float64Array => Float64Array.from({ length: rows * cols }, (_, k) => (Math.floor(k / cols) === k % cols ? 2 : 0) + Math.sin(1 + 3 * k + 5 * seed));

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
  test.each(OVER)('a result over an input, at every shift: refused, or right: %s', (text) => {
    const module = generateModule(prepare(text).map((p) => p.input), { target });
    const run = load(module.text) as unknown as Readonly<Record<string, (...args: unknown[]) => Float64Array>>;
    const counts = { refused: 0, right: 0 };
    for (const f of module.functions.filter((x) => x.returns.type === 'Float64Array')) {
      const given = f.parameters.filter((p) => p.role !== 'out');
      const sizes = { n: 3, d: 2, m: 3 };
      const entries = (key: string): number => (key === '1' ? 1 : sizes[key as 'n']);
      const drawn = given.map((p, at) => (p.role === 'dims' ? sizes : p.type === 'number' ? 0.5 : valuesFor(entries(p.shape[0]!) , entries(p.shape[1]!), at)));
      const wanted = run[f.name]!(...drawn);
      given.forEach((p, at) => {
        const own = drawn[at];
        if (!(own instanceof Float64Array)) return;
        for (const shift of [0, 1, -1, own.length - 1, 1 - wanted.length]) {
          const memory = new Float64Array(own.length + 2 * wanted.length);
          const input = memory.subarray(wanted.length, wanted.length + own.length);
          input.set(own);
          const out = memory.subarray(wanted.length + shift, 2 * wanted.length + shift);
          try {
            const made = run[f.name]!(...drawn.map((x, k) => (k === at ? input : x)), out);
            made.forEach((x, k) => expect(x, `${f.name}, ${p.name} ${shift}`).toBeCloseTo(wanted[k]!, 12));
            counts.right++;
          } catch (error) {
            if (!/share memory/.test(String(error))) throw error;
            expect([...input], 'an input of a refused call').toEqual([...own]);
            counts.refused++;
          }
        }
        if (own.length === wanted.length) expect(() => run[f.name]!(...drawn, own)).toThrow('out must not be an input');
      });
    }
    expect(counts.refused).toBeGreaterThan(0);
    expect(counts.right).toBeGreaterThan(0);
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
