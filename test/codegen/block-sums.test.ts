/** Adjoints of Kronecker products: one pass over the array that comes back, for every shape and spelling; entry by entry against their definition. */
import { expect, test } from 'vitest';
import { blockInner, blockSum } from '../../core/numeric/kernels/arrangement';
import { generate, load, random } from './harness';

const [M, N, P, Q] = [3, 4, 5, 2];
const next = random(5);
const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, () => 2 * next() - 1);
const [Y, A, B] = [numbers(M * P * N * Q), numbers(M * N), numbers(P * Q)];
const entry = (i: number, k: number, j: number, l: number): number => Y[(i * P + k) * N * Q + j * Q + l]!;
const inner = (i: number, j: number): number => { let s = 0; for (let k = 0; k < P; k++) for (let l = 0; l < Q; l++) s += entry(i, k, j, l) * B[k * Q + l]!; return s; };
const sum = (k: number, l: number): number => { let s = 0; for (let i = 0; i < M; i++) for (let j = 0; j < N; j++) s += entry(i, k, j, l) * A[i * N + j]!; return s; };
const close = (got: Float64Array, want: (row: number, col: number) => number, cols: number, times = 1): void => got.forEach((g, at) => expect(g).toBeCloseTo(times * want(Math.floor(at / cols), at % cols), 13));

test('the kernels, entry by entry', () => {
  const [C, D] = [new Float64Array(M * N).fill(NaN), new Float64Array(P * Q).fill(NaN)];
  blockInner(Y, B, C, M, N, P, Q);
  blockSum(Y, A, D, M, N, P, Q);
  close(C, inner, N);
  close(D, sum, Q);
});

const HEAD = 'A : matrix(m, n); B : matrix(p, q); Y : matrix(m*p, n*q); T : matrix(m*p, n*q)\n';
const call = (text: string, kind: string, values: Readonly<Record<string, unknown>>): { readonly code: string; readonly made: Float64Array } => {
  const module = generate(`${HEAD}${text}`);
  const f = module.functions.find((x) => x.kind === kind)!;
  const made = load(module.text)[f.name]!(...f.parameters.filter((p) => p.role !== 'out').map((p) => values[p.name] ?? { m: M, n: N, p: P, q: Q }));
  const whole = module.texts.get(f.name)!;
  return { code: whole.slice(whole.indexOf('export function')), made: made as Float64Array };
};
test.each([['A', 'blockInner'], ['B', 'blockSum']])('no copy and no product: by %s', (by, kernel) => {
  const [want, cols] = by === 'A' ? [inner, N] : [sum, Q];
  for (const [text, kind, times] of [[`F = A ⊗ B\njacobian(F, ${by})`, 'vjp', 1], [`f = tr(Y'*(A ⊗ B))\ngrad(f, ${by})`, 'gradient', 1], [`f = 2*sum(Y .* (A ⊗ B))\ngrad(f, ${by})`, 'gradient', 2]] as const) {
    const { code, made } = call(text, kind, { A, B, Y, Ybar: Y });
    expect(code.match(/\b(?:transpose|transposeBlocks|matVec|matVecT|blockInner|blockSum)\(/g)).toEqual([`${kernel}(`]);
    close(made, want, cols, times);
  }
  const turned = call(`F = (A ⊗ B)'\njacobian(F, ${by})`, 'vjp', { A, B, Ybar: Float64Array.from({ length: Y.length }, (_, at) => Y[(at % (M * P)) * N * Q + Math.floor(at / (M * P))]!) });
  close(turned.made, want, cols);
});
