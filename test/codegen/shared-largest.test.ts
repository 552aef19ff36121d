/** Where several entries are largest they share the 1 of argmax: two mirrored entries of a symmetric matrix count once, and elsewhere the result is a subgradient. */
import { expect, test } from 'vitest';
import { generate, load } from './harness';

const SYMMETRIC = 'S : matrix(n, n) symmetric\nf = max(S)\ngrad(f, S)';
const rows: readonly (readonly [string, string, number[], number[]])[] = [
  [SYMMETRIC, 'S', [1, 5, 5, 2], [0, 0.5, 0.5, 0]],
  [SYMMETRIC.replace('max', 'min'), 'S', [3, 1, 1, 2], [0, 0.5, 0.5, 0]],
  ['x : vector(n)\nf = max(x)\ngrad(f, x)', 'x', [5, 5, 2], [0.5, 0.5, 0]],
  ['x : vector(n)\nf = normInf(x)\ngrad(f, x)', 'x', [-5, 5, 2], [-0.5, 0.5, 0]],
  ['x : vector(n)\nf = normInf(ones(n, n)*x)\ngrad(f, x)', 'x', [1, 2, 4], [1, 1, 1]],
  ['x : vector(n)\nf = max(x)\ngrad(f, x)', 'x', [5, 7, 2], [0, 1, 0]],
];
test.each(rows)('%s', (text, name, value, want) => {
  const module = generate(text);
  const own = module.functions.find((f) => /^gradient/.test(f.name))!;
  const made = load(module.text)[own.name]!(...own.parameters.filter((p) => p.role !== 'out').map((p) => (p.name === name ? Float64Array.from(value) : { n: 2 })));
  expect([...(made as Float64Array)]).toEqual(want);
});
