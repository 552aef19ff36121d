/** Names in generated code: hostile, reserved, foreign and colliding ones are safe, and comments cannot be broken out of. */
import { expect, test } from 'vitest';
import { dimName, shape } from '../../core/algebra/dim';
import { generateModule } from '../../core/codegen/generate';
import { commentSafe, createNames, identifier } from '../../core/codegen/names';
import { newGraph } from '../../core/simplify';
import { argumentsOf, load, prepare, typeErrors } from './harness';

const HOSTILE = ['constructor', '__proto__', 'toString', 'multiply', 'scratch', 'result', 'out', 'dims', 'Math', 'Float64Array', 'class', 'await', 'i', 'j', 's', 'slots', 'expectShape', 'arguments', 'undefined', 'α', 'π_2', 'x̂', 'k__'];

test.each(HOSTILE)('a matrix called %s', (name) => {
  const g = newGraph();
  const n = dimName('n');
  const X = g.symbol(name, shape(n, n));
  const A = g.symbol('A', shape(n, n));
  const V = g.symbol('V', shape(n, n), 'direction');
  const jvp = g.add(g.mul(V, A, X), g.mul(X, A, V));
  const module = generateModule([{
    name, wrt: name, kind: 'jacobian', value: g.mul(X, A, X), jvp: { node: jvp, direction: V }, tabulate: { node: jvp, direction: V },
    inputs: [{ name, shape: X.shape }, { name: 'A', shape: A.shape }], notes: ['breaks out */ alert(1) /* of the comment'],
  }]);
  expect(module.refused).toEqual([]);
  expect(module.variables.get(module.functions[0]!.name)).toEqual([name, 'A']);
  const code = load(module.text);
  const values = new Map(module.functions[0]!.parameters.filter((p) => p.role === 'input').map((p, k) => [p.name, Float64Array.from([1 + k, 2, 3, 4])]));
  const value = module.functions.find((f) => f.kind === 'value')!;
  expect([...code[value.name]!(...argumentsOf(value, values, new Map())) as Float64Array]).toEqual(multiply3([1, 2, 3, 4], [2, 2, 3, 4]));
});
const times2 = (a: readonly number[], b: readonly number[]): number[] => [0, 1, 2, 3].map((q) => [0, 1].reduce((s, p) => s + a[(q >> 1) * 2 + p]! * b[p * 2 + (q & 1)]!, 0));
const multiply3 = (x: readonly number[], a: readonly number[]): number[] => times2(times2(x, a), x);

test('all hostile names in one file pass tsc', () => {
  const g = newGraph();
  const n = dimName('n');
  const inputs = HOSTILE.map((name) => { const X = g.symbol(name, shape(n, n)); return { name, kind: 'value' as const, value: g.mul(X, X), inputs: [{ name, shape: X.shape }] }; });
  expect(typeErrors({ 'all.ts': generateModule(inputs).text })).toEqual([]);
});

test('f and F, and dimensions named like variables of the code', () => {
  const inputs = prepare('X : matrix(out, i)\nz : vector(i)\nf = normF(X)^2\nF = X*z\ngrad(f, X)\njacobian(F, X)').map((p) => p.input);
  const module = generateModule(inputs);
  expect(new Set(module.functions.map((f) => f.name)).size).toBe(module.functions.length);
  expect(typeErrors({ 'one.ts': module.text })).toEqual([]);
});

test('identifiers and comments', () => {
  expect(['a b', '1x', 'new', 'λ', 'x\u0302', "a'; alert(1)//"].map((x) => identifier(x))).toEqual(['a_b', '_1x', 'new_', 'λ', 'x\u0302', 'a___alert_1___']);
  const names = createNames(['x']);
  expect([names.take('x'), names.take('x'), names.take('x2')]).toEqual(['x2', 'x3', 'x2_2']);
  expect(commentSafe('a */ b\n c')).toBe('a * / b  c');
});

test('wrong calls are told what is wrong', () => {
  const module = generateModule(prepare('dim m >= n\nX : matrix(m, n)\nS : matrix(n, n) posdef\ny : vector(m)\nf = logdet(S) + norm(X*inv(S)*X\'*y)^2\ngrad(f, y)').map((p) => p.input));
  const { f, gradientFByY } = load(module.text);
  const S = Float64Array.of(2, 0, 0, 2);
  const X = Float64Array.of(1, 2, 3, 4, 5, 6);
  expect(() => f!(X, S, new Float64Array(4))).toThrow('X has 6 entries, expected m x n = 4 x 2');
  expect(() => f!(X, Float64Array.of(1, 2, 2, 1), new Float64Array(3))).toThrow('S is not positive definite, or contains NaN (column 2)');
  expect(() => f!(new Float64Array(0), new Float64Array(0), new Float64Array(0))).toThrow(RangeError);
  const y = Float64Array.of(1, 2, 3);
  expect(() => gradientFByY!(X, S, y, y)).toThrow('out must not be an input, nor share memory with one');
  expect(() => gradientFByY!(X, S, y, new Float64Array(2))).toThrow('out has 2 entries, expected 3');
  const out = new Float64Array(3);
  const first = gradientFByY!(X, S, y) as Float64Array;
  expect(gradientFByY!(X, S, y, out)).toBe(out);
  expect([...out]).toEqual([...first]);
  gradientFByY!(X, S, Float64Array.of(9, 9, 9));
  expect([...first]).toEqual([...out]);
});
