/** Planning is bounded by counts: what is shared is worked on once, long sums are added up in one array, and what no one could read is refused. */
import { expect, test } from 'vitest';
import { dimNumber, SCALAR, shape } from '../../core/algebra/dim';
import { MOST_PARTS, searchPlans } from '../../core/codegen/alternatives';
import { CannotGenerate } from '../../core/codegen/cannot-generate';
import { sizesBy } from '../../core/codegen/cost';
import { createExprs } from '../../core/codegen/exprs';
import { createFacts } from '../../core/codegen/facts';
import { generateModule } from '../../core/codegen/generate';
import { argumentsOf, generate, load, requested } from './harness';

/** y0 = x, and each further y made of the one before, which it reads several times. */
const nested = (depth: number, declared: string, step: (y: string) => string, asked: (y: string) => string): string =>
  [declared, 'y0 = x', ...Array.from({ length: depth }, (_, k) => `y${k + 1} = ${step(`y${k}`)}`), asked(`y${depth}`)].join('\n');
const NESTED: readonly (readonly [of: string, document: string, longest: number])[] = [
  ['cheap maps of vectors and their gradient', nested(24, 'x : vector(n)', (y) => `${y} .* ${y} + ${y}`, (y) => `f = sum(${y})\ngrad(f, x)`), 200_000],
  ['functions of vectors', nested(30, 'x : vector(n)', (y) => `tanh(${y}) + ${y}`, (y) => `f = sum(${y})\nf`), 20_000],
  ['products of matrices', nested(30, 'x : matrix(n, n)', (y) => `${y}*${y} + ${y}`, (y) => `f = tr(${y})\nf`), 40_000],
];
test.each(NESTED)('%s: the work grows with the length of the text', (_, document, longest) => {
  const module = generate(document);
  expect(module.refused).toEqual([]);
  expect(module.text.length).toBeLessThan(longest);
});

test('a derivative on orthogonal matrices is not multiplied out where that is pages long, and is the same', () => {
  const module = generateModule(requested("S : matrix(n, n) posdef\nQ : matrix(n, n) orthogonal\nN : matrix(n, n) invertible\nR : matrix(n, n)\np : vector(n) positive\nD = sym(Q)\nF = logmFrechet(S*diag(p)*S + I, sym(((R - D)*(N \\ D))^3))\njacobian(F, Q)"));
  expect(module.refused).toEqual([]);
  expect(module.functions.map((f) => f.kind)).toEqual(['value', 'jacobian', 'jvp', 'vjp']);
  for (const text of module.texts.values()) expect(text.split('\n').length).toBeLessThan(250);
  const code = load(module.text);
  const values = new Map<string, Float64Array>([['S', Float64Array.of(2, 0.5, 0.5, 1)], ['p', Float64Array.of(1, 2)], ['R', Float64Array.of(0.3, -1, 2, 0.7)], ['Q', Float64Array.of(0.6, -0.8, 0.8, 0.6)], ['N', Float64Array.of(1, 0.2, -0.4, 1.5)]]);
  const Y = Float64Array.of(0.3, -0.7, 1.1, 0.4);
  const at = (kind: string): readonly number[] => {
    const f = module.functions.find((x) => x.kind === kind)!;
    return [...code[f.name]!(...argumentsOf(f, values, new Map(), Y)) as Float64Array];
  };
  const [J, vjp] = [at('jacobian'), at('vjp')];
  const columns = [0, 2, 1, 3];
  columns.forEach((place, k) => expect(vjp[place]).toBeCloseTo(columns.reduce((sum, from, i) => sum + J[4 * i + k]! * Y[from]!, 0), 11));
});

const n = dimNumber(7);
test('a sum of many products takes a step each, and no part of it is written twice', () => {
  const ex = createExprs();
  const square = shape(n, n);
  const leaf = (name: string) => ex.leaf(name, square);
  const terms = Array.from({ length: 800 }, (_, k) => ({ coefficient: ex.number(1), arg: ex.product([leaf(`A${k}`), leaf(`B${k}`)]) }));
  const { best } = searchPlans(ex, createFacts(ex), sizesBy(() => 10), ex.sum(terms, square));
  expect(best.plan.steps).toHaveLength(800);
  const held = ex.all.reduce((count, e) => count + (e.kind === 'sum' ? e.terms.length : 0), 0);
  expect(held).toBeLessThan(800 * 100);
});
test('what is longer still is refused with its reason', () => {
  const ex = createExprs();
  const terms = Array.from({ length: MOST_PARTS }, (_, k) => ({ coefficient: ex.number(1), arg: ex.leaf(`x${k}`, SCALAR) }));
  expect(() => searchPlans(ex, createFacts(ex), sizesBy(() => 10), ex.sum(terms, SCALAR))).toThrow(CannotGenerate);
});
