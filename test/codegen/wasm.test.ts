/** The WASM target: its kernels against plain loops at sizes around every block's edge, and whole modules against the plain target. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { isScalar } from '../../core/algebra/dim';
import { generateModule } from '../../core/codegen/generate';
import { INSTANTIATE, WASM_KERNELS, wasmState } from '../../core/codegen/targets/wasm-kernels';
import { WASM_SOURCES } from '../../core/codegen/targets/wasm-modules';
import { kernelSources } from '../../core/numeric/kernel-sources';
import { sourcesHash } from '../../scripts/wasm.mjs';
import { argumentsOf, draw, load, prepare, random, typeErrors } from './harness';
import { programs, SIZES } from './programs';

type Kernel = (...args: (Float64Array | Int32Array | number)[]) => number | undefined;
const used = (name: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const u of (WASM_KERNELS[name] ?? kernelSources[name])?.uses ?? []) used(u, seen);
  return seen;
};
const all = new Set([...Object.keys(WASM_KERNELS), 'multiplyLower', 'multiplyLowerT', 'multiplyUpper', 'multiplyUpperT'].flatMap((n) => [...used(n)]));
const text = [wasmState(['lu']), WASM_KERNELS.reserve?.state, INSTANTIATE.text, ...[...all].filter((n) => n !== 'instantiate').map((n) => (WASM_KERNELS[n] ?? kernelSources[n])?.text)].join('\n');
const js = (code: string): string => ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText;
const wasm = new Function(`${js(text)}\nreturn { ${[...all].filter((n) => n !== 'instantiate').join(', ')} };`)() as Record<string, Kernel>;
const plain = new Function(`${js(Object.values(kernelSources).map((k) => k.text).join('\n'))}\nreturn { ${Object.keys(kernelSources).join(', ')} };`)() as Record<string, Kernel>;

const next = random(5);
const fill = (length: number): Float64Array => Float64Array.from({ length }, next);
const distance = (a: Float64Array, b: Float64Array): number => a.reduce((e, x, i) => Math.max(e, Number.isNaN(x) ? Infinity : Math.abs(x - (b[i] ?? NaN)) / Math.max(1, Math.abs(b[i] ?? 0))), 0);

const SHAPES = [[1, 1, 1], [2, 3, 1], [3, 5, 2], [4, 4, 4], [5, 7, 6], [7, 9, 11], [16, 8, 13], [33, 65, 10], [70, 600, 5], [9, 520, 6], [130, 140, 3], [5, 4, 33], [9, 7, 34], [23, 258, 35], [11, 1, 32], [1, 6, 37], [4, 3, 40], [29, 50, 64]] as const;
describe('products', () => {
  for (const form of ['', 'TN', 'NT']) {
    for (const symmetric of [false, true]) {
      test(`multiply${form}${symmetric ? 'Sym' : ''}, with and without epilogue`, () => {
        for (const [m0, k, n] of SHAPES) {
          const m = symmetric ? n : m0;
          const A = fill(m * k);
          const B = symmetric ? (form === '' ? turned(A, m, k) : A) : fill(k * n);
          const sizes = symmetric ? [n, k] : [m, k, n];
          const C = new Float64Array(m * n).fill(NaN);
          const want = new Float64Array(m * n);
          wasm[`multiply${form}${symmetric ? 'Sym' : ''}`]?.(A, B, C, ...sizes);
          plain[`multiply${form}`]?.(A, B, want, m, k, n);
          expect(distance(C, want), `${m}×${k}×${n}`).toBeLessThan(1e-13 * k);
          const D = symmetric ? turned(want, n, n).map((x, i) => x + (want[i] ?? 0)) : fill(m * n);
          plain[`multiply${form}Add`]?.(A, B, want, m, k, n, 0.5, -1.5, D);
          const inPlace = D.slice();
          wasm[`multiply${form}${symmetric ? 'Sym' : ''}Add`]?.(A, B, inPlace, ...sizes, 0.5, -1.5, inPlace);
          expect(distance(inPlace, want), `${m}×${k}×${n}, D is C`).toBeLessThan(1e-13 * k);
        }
      });
    }
  }
});
const turned = (A: Float64Array, m: number, n: number): Float64Array => A.map((_, q) => A[(q % m) * n + Math.floor(q / m)] ?? NaN);

test('products with a triangle from the left, whose other half is not read', () => {
  for (const n of [1, 3, 4, 9, 64, 65, 130]) {
    for (const q of [1, 2, 5, 33]) {
      const T = fill(n * n), B = fill(n * q);
      for (const name of ['multiplyLower', 'multiplyLowerT', 'multiplyUpper', 'multiplyUpperT']) {
        const holed = T.map((x, at) => (name.includes('Lower') ? at % n <= Math.floor(at / n) : at % n >= Math.floor(at / n)) ? x : NaN);
        const [got, want] = [new Float64Array(n * q).fill(NaN), new Float64Array(n * q)];
        wasm[name]?.(holed, B, got, n, q);
        plain[name]?.(holed, B, want, n, q);
        expect(distance(got, want), `${name} ${n} ${q}`).toBeLessThan(1e-13 * n);
      }
    }
  }
});

describe('factors and solves', () => {
  const ORDERS = [1, 2, 3, 5, 16, 17, 33, 70, 129];
  test('Cholesky', () => {
    for (const n of ORDERS) {
      const X = fill(n * n);
      const S = new Float64Array(n * n);
      plain.multiplyNTSym?.(X, X, S, n, n);
      for (let i = 0; i < n; i++) S[i * (n + 1)] = (S[i * (n + 1)] ?? 0) + n;
      const [got, want] = [new Float64Array(n * n), new Float64Array(n * n)];
      expect(wasm.cholesky?.(S, got, n)).toBe(-1);
      plain.cholesky?.(S, want, n);
      expect(distance(got, want)).toBeLessThan(1e-12);
      for (const q of [1, 2, 3, 7, 33]) for (const name of ['choleskySolve', 'solveLower', 'solveLowerT', 'solveUpper', 'solveUpperT']) {
        const T = name.includes('Upper') ? turned(want, n, n) : want;
        const B = fill(n * q);
        const [x, y] = [B.slice(), B.slice()];
        wasm[name]?.(T, x, n, q);
        plain[name]?.(T, y, n, q);
        expect(distance(x, y), `${name} ${n} ${q}`).toBeLessThan(1e-11);
      }
      if (n > 2) {
        S[(n >> 1) * (n + 1)] = -1;
        expect(wasm.cholesky?.(S, got, n)).toBe(plain.cholesky?.(S, want, n));
        S[(n >> 1) * (n + 1)] = NaN;
        expect(wasm.cholesky?.(S, got, n)).toBe(n >> 1);
      }
    }
  });
  test('LU', () => {
    for (const n of ORDERS) {
      const A = fill(n * n);
      const [got, want, p, r] = [new Float64Array(n * n), new Float64Array(n * n), new Int32Array(n), new Int32Array(n)];
      expect(wasm.lu?.(A, got, p, n)).toBe(-1);
      plain.lu?.(A, want, r, n);
      expect([...p]).toEqual([...r]);
      expect(distance(got, want)).toBeLessThan(1e-9);
      for (const q of [1, 2, 5, 34]) for (const name of ['luSolve', 'luSolveT']) {
        const B = fill(n * q);
        const [x, y] = [B.slice(), B.slice()];
        wasm[name]?.(got, p, x, n, q);
        plain[name]?.(want, r, y, n, q);
        expect(distance(x, y), `${name} ${n} ${q}`).toBeLessThan(1e-8);
      }
      if (n > 1) {
        for (let j = 0; j < n; j++) A[j] = 2 * (A[n + j] ?? 0);
        expect(wasm.lu?.(A, got, p, n)).toBe(plain.lu?.(A, want, r, n));
      }
    }
  });
});

test('memory beyond 4 GiB is a RangeError that says so', () => {
  const x = new Float64Array(4);
  expect(() => wasm.multiply?.(x, x, x, 2, 30000, 30000)).toThrow(/RangeError|do not fit into WebAssembly memory of 4 GiB/);
  const C = new Float64Array(1);
  wasm.multiply?.(x, x, C, 1, 4, 1);
  expect(C[0]).toBe(0);
});

test('where WebAssembly has no SIMD, the import says what to do', () => {
  const { text: code } = generateModule([prepare("A : matrix(n, n)\nF = A*A\njacobian(F, A)")[0]!.input], { target: 'typescript-wasm' });
  const start = (host: object): unknown => new Function('globalThis', js(code).replace(/^export /gm, ''))(host);
  expect(() => start({ WebAssembly: { validate: () => false } })).toThrow('generate it for the target typescript');
  expect(() => start({})).toThrow('needs WebAssembly with SIMD');
  expect(() => start({ WebAssembly: (globalThis as unknown as { WebAssembly: object }).WebAssembly })).not.toThrow();
});

test('the table is made of the sources that stand in assembly/', () => expect(WASM_SOURCES, 'run node scripts/wasm.mjs').toBe(sourcesHash()));

test('programs agree with the plain target, have the same public functions, and pass the type check', () => {
  const inputs = programs.flatMap(({ text: document }, index) => index % 4 !== 0 ? [] : prepare(document).map((p) => ({ ...p.input, name: `R${index}` })));
  const [one, other] = [generateModule(inputs), generateModule(inputs, { target: 'typescript-wasm' })];
  expect(other.functions).toEqual(one.functions);
  expect([...other.texts]).toEqual([...one.texts]);
  expect(typeErrors({ 'all.ts': other.text })).toEqual([]);
  const [f, g] = [load(one.text), load(other.text)];
  let compared = 0;
  for (const input of inputs) {
    const point = random(compared);
    const values = new Map(input.inputs.map((v) => { const a = draw(v.shape, v.words ?? new Set(), SIZES, point); return [v.name, isScalar(v.shape) ? a[0] ?? 0 : a] as const; }));
    for (const fn of one.functions.filter((x) => x.of === input.name && (x.kind === 'value' || x.kind === 'gradient' || x.kind === 'jacobian' || x.kind === 'hessian'))) {
      const run = (module: typeof f): Float64Array => { const r = module[fn.name]?.(...argumentsOf(fn, values, SIZES)); return typeof r === 'number' ? Float64Array.of(r) : r ?? new Float64Array(); };
      expect(distance(run(g), run(f)), `${fn.name}: ${programs[Number(input.name.slice(1))]?.title ?? ''}`).toBeLessThan(1e-9);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(60);
}, 120000);
