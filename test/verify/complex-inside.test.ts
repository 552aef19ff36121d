/** Complex steps through derivatives that stand inside a function, each kind of them, against nested 64-digit differences. */
import { expect, test } from 'vitest';
import { drawDirection, drawPoints, randomFrom } from '../../core/numeric/points';
import { accepting } from '../../core/verify/accept';
import { complexStep } from '../../core/verify/complex';
import { needsOf, withAssumptions } from '../../core/verify/needs';
import { createOracle, fromPoint } from '../../core/verify/oracle';
import { OutsideDomain } from '../../core/verify/oracle-matrix';
import { firstDifference, firstStep, secondDifference, secondStep } from '../../core/verify/oracle-differences';
import { num, tenTo } from '../../core/verify/oracle-decimal';
import { firstRequest, program } from './document';

function both(text: string): { readonly stepped: readonly number[]; readonly differenced: readonly number[]; readonly digits: number } {
  const p = program(text);
  const { ofTerm, wrt: [x = ''] } = firstRequest(p);
  const { names, assumptions } = withAssumptions(p, needsOf(p, [ofTerm]));
  const { points: [point], reason } = drawPoints(p, { seed: 5, names, count: 1, accept: accepting(p, [ofTerm], assumptions, 0.02, () => undefined) });
  if (!point) throw new Error(reason);
  const V = drawDirection(point.values.get(x) ?? { rows: 1, cols: 1, data: ['1'] }, p.variables.get(x)?.words ?? new Set(), randomFrom(7, 'direction', 0));
  const oracle = createOracle(p, point.sizes, point.values);
  return {
    stepped: complexStep(p, ofTerm, x, point.sizes, point.values, V),
    differenced: oracle.differentiate(ofTerm, x, fromPoint(V)).data.map((d) => d.toNumber()), digits: oracle.digits(ofTerm),
  };
}
const gap = (a: readonly number[], b: readonly number[]): number => Math.max(...a.map((v, i) => Math.abs(v - (b[i] ?? NaN)))) / Math.max(...b.map(Math.abs), 1e-3);

const HEAD = 'dim n = 2\nA, B : matrix(n, n)\nS : matrix(n, n) symmetric\nP : matrix(n, n) posdef\nx, v : vector(n)\ns : scalar positive';
test.each([
  ['grad of a scalar by a vector', 'grad(tr(A*grad(sum(exp(A*x)), x)*v\'), x)'],
  ['grad by a posdef matrix', 'grad(tr(S*grad(tr(inv(P)*A), P)), P)'],
  ['grad of an array by a scalar', 'jacobian(grad(expm(s*A), s)*x, s)'],
  ['grad of a grad', 'grad(grad(grad(log(1 + s^2), s), s), s)'],
  ['jacobian', 'grad(tr(A*jacobian(tanh(A*x), x)), x)'],
  ['hessian by a vector', 'grad(tr(A*hessian(logsumexp(A*x), x)), x)'],
  ['hessian by a scalar', 'grad(hessian(logdet(P + s*s*P*P), s), s)'],
  ['mixed hessian', 'grad(tr(A*hessian(exp(x\'*A*v), x, v)), v)'],
  ['hvp', 'grad(tr(S*hvp(logdet(P), P, S)), P)'],
  ['hvp whose direction moves', 'grad(x\'*hvp(sum(exp(A*x)), x, x .* x), x)'],
  ['diff', 'grad(tr(S*diff(sqrtm(P), P, S)), P)'],
  ['vjp', 'grad(v\'*vjp(tanh(A*x), x, v), x)'],
])('%s', (_, request) => {
  const { stepped, differenced, digits } = both(`${HEAD}\n${request}`);
  expect(gap(stepped, differenced)).toBeLessThan(1e-7);
  // It would notice a thousandth.
  expect(gap(stepped.map((y) => y * 1.001), differenced)).toBeGreaterThan(1e-5);
  expect(firstStep(digits).digits).toBeGreaterThanOrEqual(27);
});

test('what it cannot follow is said', () => {
  expect(() => both('dim n = 3\nQ : matrix(n, n) orthogonal\nA : matrix(n, n)\ngrad(tr(A*grad(tr(A*Q*A*Q), Q)), Q)')).toThrow(OutsideDomain);
  expect(() => both(`${HEAD}\ngrad(grad(grad(grad(grad(log(1 + s^2), s), s), s), s), s)`)).toThrow(/evaluations/);
});

test('differences of high order have the order that they say', () => {
  const f = (t: ReturnType<typeof num>) => ({ rows: 1, cols: 1, data: [t.plus(1).exp()] });
  const error = (found: ReturnType<typeof num> | undefined): number => Math.abs(found?.div(num(1).exp()).minus(1).toNumber() ?? NaN);
  const rate = (difference: (h: ReturnType<typeof num>) => ReturnType<typeof num> | undefined): number => Math.log10(error(difference(tenTo(-2))) / error(difference(tenTo(-3))));
  expect(rate((h) => firstDifference(f, h).data[0])).toBeCloseTo(2, 1);
  expect(rate((h) => firstDifference(f, h, true).data[0])).toBeCloseTo(6, 1);
  expect(rate((h) => secondDifference(f, h).data[0])).toBeCloseTo(4, 1);
  expect(rate((h) => secondDifference(f, h, undefined, true).data[0])).toBeCloseTo(8, 1);
  expect([firstStep(41).digits, secondStep(41).digits]).toEqual([34, 31]);
});
