/** Kernels for sizes of at most 4, written out: the same numbers and the same verdicts as the kernels for any size. */
import { describe, expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { SMALL_KERNELS, smallCall } from '../../core/codegen/small-kernels';
import { kernelSources } from '../../core/numeric/kernel-sources';
import { stripTypes } from '../../core/numeric/strip-types';
import { load, prepare, random } from './harness';

type Kernel = (...args: unknown[]) => unknown;
const known = new Map<string, Kernel>();
function whole(name: string): Kernel {
  const old = known.get(name);
  if (old) return old;
  const texts = new Map<string, string>();
  const add = (n: string): void => {
    const source = kernelSources[n];
    if (!source || texts.has(n)) return;
    texts.set(n, source.text);
    source.uses.forEach(add);
  };
  add(name);
  const made = new Function(`${stripTypes([...texts.values()].join('\n'))}\nreturn ${name};`)() as Kernel;
  known.set(name, made);
  return made;
}
const small = (name: string, args: readonly string[]): { readonly run: Kernel; readonly text: string; readonly args: readonly string[] } => {
  const call = smallCall(name, args);
  if (!call) throw new Error(`${name}(${args.join(', ')}) has no kernel of its own`);
  const text = [...call.sources.values()].map((s) => s.text).join('\n');
  return { run: new Function(`${stripTypes(text)}\nreturn ${call.name};`)() as Kernel, text, args: call.args };
};
/** Arrays are large enough for every use, sizes are numbers, and what stays is filled alike. */
function both(name: string, sizes: readonly number[], make: (at: number) => Float64Array | Int32Array, finite = true): void {
  const { arrays, sizes: count } = SMALL_KERNELS[name]!;
  const names = Array.from({ length: arrays }, (_, k) => `a${k}`);
  const more = name.endsWith('Add') ? ['1.5', '-0.25', 'D'] : [];
  const made = small(name, [...names, ...sizes.slice(0, count).map(String), ...more]);
  const given = (): Map<string, unknown> => new Map<string, unknown>([...names.map((n, k) => [n, make(k)] as const), ['D', make(9)]]);
  const value = (point: Map<string, unknown>) => (t: string): unknown => point.get(t) ?? Number(t);
  const [p, q] = [given(), given()];
  const got = made.run(...made.args.map(value(p)));
  const want = whole(name)(...[...names, ...sizes.slice(0, count).map(String), ...more].map(value(q)));
  // Which column is named does not matter where an entry is NaN or infinite.
  if (finite) expect(got, name).toEqual(want);
  else expect(Number(got) >= 0).toBe(Number(want) >= 0);
  const length = Math.max(...sizes) ** 2;
  if (want === undefined || want === -1) for (const n of names) (p.get(n) as Float64Array).slice(0, length).forEach((x, i) => expect(Math.abs(x - ((q.get(n) as Float64Array)[i] ?? NaN)), `${made.args.join()} ${name}${sizes.join('x')}: ${n}[${i}]`).toBeLessThan(1e-13));
}

const products = Object.keys(SMALL_KERNELS).filter((n) => n.startsWith('multiply') || n.startsWith('matVec'));
const factors = (n: number, A: Float64Array, kernel: string): { readonly F: Float64Array; readonly pivots: Int32Array } => {
  const [F, pivots] = [new Float64Array(16), new Int32Array(4)];
  if (kernel === 'lu') whole('lu')(A, F, pivots, n); else whole('cholesky')(A, F, n);
  return { F, pivots };
};
const definite = (n: number, next: () => number): Float64Array => {
  const G = Array.from({ length: n * n }, next);
  return Float64Array.from({ length: 16 }, (_, e) => (e < n * n ? Array.from({ length: n }, (_q, p) => (G[Math.floor(e / n) * n + p] ?? 0) * (G[(e % n) * n + p] ?? 0)).reduce((s, x) => s + x, e % (n + 1) === 0 ? 0.1 : 0) : 0));
};

describe('the same as for any size', () => {
  test('products of every shape', () => {
    const next = random(5);
    for (const name of products) {
      for (let m = 1; m <= 4; m++) for (let k = 1; k <= 4; k++) for (let n = 1; n <= 4; n++) {
        const data = Array.from({ length: 10 }, () => Float64Array.from({ length: 16 }, next));
        both(name, [m, k, n], (at) => data[at]!.slice());
      }
    }
  });
  test.each(['lu', 'cholesky'])('%s', (name) => {
    const next = random(7);
    for (let n = 1; n <= 4; n++) for (let turn = 0; turn < 50; turn++) {
      // Every fifth is singular or indefinite, every seventh tiny, some hold NaN or Infinity.
      const A = name === 'lu' ? Float64Array.from({ length: 16 }, next) : definite(n, next);
      if (turn % 5 === 1) for (let j = 0; j < n; j++) A[(n - 1) * n + j] = n > 1 ? 2 * A[j]! : 0;
      if (turn % 7 === 2) A.forEach((x, i) => { A[i] = x * 1e-300; });
      if (turn % 11 === 3) A[n * n - 1] = turn % 2 === 0 ? NaN : Infinity;
      const { arrays } = SMALL_KERNELS[name]!;
      both(name, [n], (at) => (at === 0 ? A.slice() : at === 2 && arrays === 3 ? new Int32Array(4) : new Float64Array(16)), A.every(Number.isFinite));
    }
  });
  test.each(['luSolve', 'luSolveT', 'luInverse', 'luDeterminant', 'choleskySolve', 'choleskyInverse', 'solveLower', 'solveLowerT', 'solveUpper', 'solveUpperT'])('%s', (name) => {
    const next = random(9);
    for (let n = 1; n <= 4; n++) for (const q of [1, 2, 5]) for (let turn = 0; turn < 20; turn++) {
      const A = name.startsWith('lu') ? Float64Array.from({ length: 16 }, next) : definite(n, next);
      const { F, pivots } = factors(n, A, name.startsWith('lu') ? 'lu' : 'cholesky');
      if (name.startsWith('solveUpper')) for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) { F[j * n + i] = F[i * n + j]!; }
      const B = Float64Array.from({ length: 20 }, next);
      const scaled = Math.max(...F.slice(0, n * n).map((x, i) => (i % (n + 1) === 0 ? 1 / Math.abs(x) : 0)));
      if (scaled > 50) continue;
      both(name, [n, q], (at) => (at === 0 ? F.slice() : name.startsWith('lu') && at === 1 ? pivots.slice() : B.slice()));
    }
  });
});

test('formulas with written sizes call them, and no kernel for other sizes comes along', () => {
  const inputs = prepare("A, B : matrix(3, 3)\nS : matrix(4, 4) posdef\nW : matrix(4, 2)\nx : vector(3)\nF = inv(A)*B*x\nd = det(A)\nG = inv(S)*W\njacobian(F, A)\ngrad(d, A)\njacobian(G, S)").map((p) => p.input);
  for (const target of ['typescript', 'javascript', 'typescript-wasm'] as const) {
    const { text } = generateModule(inputs, { target });
    expect(text).toMatch(/function lu3\(/);
    expect(text).toMatch(/function choleskySolve4\(/);
    expect(text).not.toMatch(/function (?:lu|cholesky|luSolve|multiply|product|matVec)\(/);
    expect(text).not.toMatch(/WebAssembly/);
  }
  const code = load(generateModule(inputs).text);
  expect((code.F as (...a: Float64Array[]) => Float64Array)(Float64Array.of(0, 2, 0, 1, 0, 0, 0, 0, 4), Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), Float64Array.of(3, 4, 8))).toEqual(Float64Array.of(4, 1.5, 2));
  expect(() => (code.F as (...a: Float64Array[]) => Float64Array)(new Float64Array(9), new Float64Array(9), new Float64Array(3))).toThrow('A is singular');
});
