/** The second complex step against 64-digit second differences, operator by operator, and that a second derivative that is not F's is told apart. */
import { expect, test } from 'vitest';
import { isScalar } from '../../core/algebra/dim';
import { drawDirection, drawPoints, randomFrom } from '../../core/numeric/points';
import { accepting } from '../../core/verify/accept';
import { complexStepTwice } from '../../core/verify/complex';
import { needsOf, withAssumptions } from '../../core/verify/needs';
import { createOracle, fromPoint } from '../../core/verify/oracle';
import { verifyRequest } from '../../core/verify/verify';
import { directional, firstRequest, program } from './document';
import { subjects } from './operators';

/** D²f(X)[W, V] by both, at a drawn point. */
function both(text: string, seed = 3): { readonly stepped: number; readonly differenced: number } {
  const p = program(text);
  const { ofTerm, wrt } = firstRequest(p);
  const [x = '', y = x] = wrt;
  const { names, assumptions } = withAssumptions(p, needsOf(p, [ofTerm]));
  const { points: [point], reason } = drawPoints(p, { seed, names, count: 1, accept: accepting(p, [ofTerm], assumptions, 0.02, () => undefined) });
  if (!point) throw new Error(reason);
  const random = randomFrom(7, 'direction', 0);
  const [W, V] = [x, y].map((name) => drawDirection(point.values.get(name) ?? { rows: 1, cols: 1, data: ['1'] }, p.variables.get(name)?.words ?? new Set(), random)) as [ReturnType<typeof drawDirection>, ReturnType<typeof drawDirection>];
  const [stepped = NaN] = complexStepTwice(p, ofTerm, { name: x, along: W }, { name: y, along: V }, point.sizes, point.values, 2e-4);
  const differenced = createOracle(p, point.sizes, point.values).differentiateTwice(ofTerm, [x, y], [fromPoint(W), fromPoint(V)]).data[0]?.toNumber() ?? NaN;
  return { stepped, differenced };
}

const scalar = subjects.filter(({ text }) => isScalar(firstRequest(program(text)).ofTerm.shape));
test('there are as many as there are scalar subjects', () => { expect(scalar.length).toBeGreaterThanOrEqual(75); });
test.each(scalar.map((s) => [s.op, s.text] as const))('%s', (_, text) => {
  const { stepped, differenced } = both(text);
  const gap = (x: number): number => Math.abs(x - differenced) / Math.max(1, Math.abs(differenced));
  expect(gap(stepped)).toBeLessThan(1e-7);
  expect(gap(stepped * 1.001 + 0.001)).toBeGreaterThan(1e-5);
});
test('a mixed derivative', () => {
  const { stepped, differenced } = both("x : vector(n)\ny : vector(m)\nA : matrix(n, m)\nf = exp(x'*A*y)\nhessian(f, x, y)");
  expect(Math.abs(stepped / differenced - 1)).toBeLessThan(1e-8);
});

const TEXT = "dim n = 3\nS : matrix(n, n) posdef\nf = logdet(S)\nhessian(f, S)";
test('a Hessian is verified by it too', () => {
  const p = program(TEXT);
  const verify = (expression: string) => verifyRequest(p, firstRequest(p), directional(TEXT, 'matrix(n, n) symmetric', expression));
  const right = verify('-inv(S)*V*inv(S)');
  expect([right.verdict, right.points]).toEqual(['verified', 2]);
  expect(right.complexStep?.maxRelativeError).toBeLessThan(1e-7);
  expect(verify('-1.00001*inv(S)*V*inv(S)').verdict).toBe('refuted');
});
