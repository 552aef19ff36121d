/** The complex step against the 64-digit oracle: every operator of the language, and that a derivative that is not F's is told apart. */
import { describe, expect, test } from 'vitest';
import { drawDirection, drawPoints, randomFrom } from '../../core/numeric/points';
import { accepting } from '../../core/verify/accept';
import { complexStep } from '../../core/verify/complex';
import { COMPLEX_OPERATORS } from '../../core/verify/complex-operators';
import { needsOf, withAssumptions } from '../../core/verify/needs';
import { createOracle, fromPoint } from '../../core/verify/oracle';
import { OPERATORS } from '../../core/verify/oracle-operators';
import { firstRequest, program } from './document';
import { subjects, type Subject } from './operators';

/** Largest difference between complex step and 64-digit differences over the derivative's size, at a drawn point. */
function gap({ text }: Subject, twist: (x: number) => number = (x) => x, seed = 3): number {
  const p = program(text);
  const request = firstRequest(p);
  const x = request.wrt[0] ?? '';
  const { names, assumptions } = withAssumptions(p, needsOf(p, [request.ofTerm]));
  const { points: [point], reason } = drawPoints(p, { seed, names, count: 1, accept: accepting(p, [request.ofTerm], assumptions, 0.02, () => undefined) });
  if (!point) throw new Error(reason);
  const V = drawDirection(point.values.get(x) ?? { rows: 1, cols: 1, data: ['1'] }, p.variables.get(x)?.words ?? new Set(), randomFrom(7, 'direction', 0));
  const found = complexStep(p, request.ofTerm, x, point.sizes, point.values, V).map(twist);
  const right = createOracle(p, point.sizes, point.values).differentiate(request.ofTerm, x, fromPoint(V)).data.map((d) => d.toNumber());
  expect(found.length).toBe(right.length);
  const size = Math.max(...right.map(Math.abs));
  // Flat here: a maximum or minimum that chose the constant everywhere.
  if (size === 0) return gap({ op: '', text }, twist, seed + 1);
  return Math.max(...right.map((d, i) => Math.abs(d - (found[i] ?? NaN)))) / size;
}

test('every operator that the oracle knows has a row', () => {
  expect([...OPERATORS.keys()].filter((name) => !COMPLEX_OPERATORS.has(name))).toEqual([]);
});

describe('along a direction, float64 digits for', () => {
  test.each(subjects.map((s) => [s.op, s] as const))('%s', (_, s) => {
    expect(gap(s)).toBeLessThan(1e-11);
    expect(gap(s, (d) => d * 1.001)).toBeGreaterThan(1e-4);
  });
  const more: readonly Subject[] = [
    { op: 'entries, blocks and a finite sum', text: "A, B : matrix(n, n)\nf = sum(sin([A, B; B, A]*[A; B])) + sum(A[k, 1]^2*A[1, k], k = 1:n)\ngrad(f, A)" },
    { op: 'a variable exponent', text: 'x : scalar positive\nA : matrix(n, n) posdef\nf = x^x + tr(A^(1/3)) + tr((x*A)^(5/2)) + tr((x*A)^(-1.2))\ngrad(f, x)' },
    { op: 'a base on both sides of 0', text: 'x, c : vector(n)\nf = c\'*(x.^3 ./ (1 + x.^2)) + c\'*(x.^(-2))\ngrad(f, x)' },
    { op: 'gamma left of 0', text: 'x : scalar positive\nf = gamma(-0.4 - x/(1 + x)/10)\ngrad(f, x)' },
    { op: 'vectors of singular values', text: "X, B : matrix(m, n)\ndim n >= m\nf = tr(B'*svdu(X)*svdu(X)'*B) + sum(svdv1(X)) + sum(svdu1(X))\ngrad(f, X)" },
    { op: 'a definition that stands twice', text: 'X : matrix(n, n)\nY = X*X\nf = tr(Y*expm(Y/9))\ngrad(f, X)' },
    { op: 'expmKron, logmKron and powmKron', text: "A : matrix(n, n) posdef\nf = sum(expmKron(A/4)) + sum(logmKron(A)) + sum(powmKron(A, 1/2))\ngrad(f, A)" },
    { op: 'an orthogonal variable', text: "Q, A : matrix(n, n)\nassume Q'*Q == I\nf = tr(A*Q*A*Q')\ngrad(f, Q)" },
  ];
  test.each(more.map((s) => [s.op, s] as const))('%s', (_, s) => { expect(gap(s)).toBeLessThan(1e-11); });
});
