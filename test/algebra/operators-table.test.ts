/** The operator table: every row is complete, its example resolves, its shape rule works, and no function of the parser lacks a row. */
import { expect, test } from 'vitest';
import { dimName, D1, shape, shapeText } from '../../core/algebra/dim';
import { operator, operators, shapeOf, spelled } from '../../core/algebra/operators';
import { BUILTIN_FUNCTIONS } from '../../core/syntax/words';
import { errors } from './resolve-reading';

const [m, n, k] = [dimName('m'), dimName('n'), dimName('k')];
const [square, tall, vector, row] = [shape(n, n), shape(m, n), shape(n, D1), shape(D1, n)];

test.each(operators.map((o) => [o.name, o] as const))('%s', (name, o) => {
  expect(operator(name)).toBe(o);
  expect(o.spellings.length).toBeGreaterThan(0);
  expect(o.documentation).toMatch(/\.$/);
  expect(o.latex).not.toBe('');
  expect(o.signatures.length).toBeGreaterThan(0);
  expect(o.signature).toContain('→');
  expect(o.arity.min).toBeLessThanOrEqual(o.arity.max);
  expect(o.linearIn.every((i) => i < o.parameters.length)).toBe(true);
});

const DECLARED = 'A, B, C, S, V : matrix(n, n); X, F : matrix(m, n); x, y, z, p, w : vector(n); a, b : vector(3); v : vector(m*n); t : scalar';
test.each(operators.filter((o) => o.family !== 'calculus').map((o) => [o.example] as const))('the example %s resolves', (example) => {
  expect(errors(`${DECLARED}\ng = ${example}`).map((e) => e.message)).toEqual([]);
});

test('every function that the parser calls has a row', () => {
  expect([...BUILTIN_FUNCTIONS].filter((f) => !spelled(f))).toEqual([]);
});

test('no two rows have a name or a called spelling in common', () => {
  const names = operators.map((o) => o.name);
  expect(new Set(names).size).toBe(names.length);
  const letters = operators.flatMap((o) => o.spellings).filter((s) => /^\w/.test(s));
  expect(new Set(letters).size).toBe(letters.length);
  expect(operators.flatMap((o) => o.elsewhere).filter((e) => letters.includes(e))).toEqual([]);
});

test.each([
  ['mul', [tall, square], [], 'm×n'], ['mul', [shape(D1, D1), tall], [], 'm×n'], ['add', [tall, shape(D1, D1)], [], 'm×n'], ['kron', [tall, square], [], 'm*n×n^2'],
  ['diag', [vector], [], 'n×n'], ['diag', [row], [], 'n×n'], ['diag', [square], [], 'n×1'], ['unvec', [shape(dimName('q'), D1)], [m, n], undefined], ['commutation', [], [m, n], 'm*n×m*n'],
  ['vech', [square], [], '((n^2 + n)/2)×1'], ['svdvals', [tall], [], 'n×1'], ['svdvals', [square], [], 'n×1'], ['ones', [], [n], 'n×1'], ['ones', [], [m, n], 'm×n'], ['inv', [tall], [], undefined],
  ['nothing', [tall], [], undefined], ['max', [tall], [], 'scalar'], ['max', [tall, tall], [], 'm×n'], ['basis', [shape(D1, D1)], [k], 'k×1'], ['powmKron', [square, shape(D1, D1)], [], 'n^2×n^2'],
] as const)('%s of these shapes', (name, args, dims, expected) => {
  const s = shapeOf(name, args, dims);
  expect(s && shapeText(s)).toBe(expected);
});

test('facts settle the smaller of two sizes', () => {
  const wide = shapeOf('svdvals', [tall], [], [{ left: n, op: '>=', right: m, range: { start: 0, end: 0 } }]);
  expect(wide && shapeText(wide)).toBe('m×1');
});
