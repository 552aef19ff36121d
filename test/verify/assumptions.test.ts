/** Each kind of assumption: points at which it holds to all digits, derivatives there verified, and equations of what moves left out. */
import { describe, expect, test } from 'vitest';
import { present } from '../../core/notation/present';
import { workspaceOf } from '../../core/notation/subject';
import { drawPoints, type DrawnPoint } from '../../core/numeric/points';
import { candidateOf } from '../../core/ide/candidate';
import type { Program } from '../../core/algebra/program';
import { accepting } from '../../core/verify/accept';
import { meeting } from '../../core/verify/meet';
import { createOracle } from '../../core/verify/oracle';
import { tenTo } from '../../core/verify/oracle-decimal';
import { largest, sub } from '../../core/verify/oracle-matrix';
import { verifyRequest } from '../../core/verify/verify';
import { firstRequest, program } from './document';

const SQUARE = 'A, B : matrix(n, n)';
/** What is declared, what is assumed, and a function by a variable that the assumption leaves alone. */
const equations: readonly (readonly [string, string, string])[] = [
  ['orthonormal columns', 'Q : matrix(m, n)\nX : matrix(m, n)', "Q'*Q == I"], ['orthonormal rows', 'Q : matrix(m, n)\nX : matrix(m, n)', "Q*Q' == I"],
  ['a projector', 'Q : matrix(n, n)\nX : matrix(n, n)', 'Q*Q == Q'], ['an orthogonal projector', 'Q : matrix(n, n) symmetric\nX : matrix(n, n)', 'Q^2 == Q'],
  ['a unit vector', 'Q, X : vector(n)', 'norm(Q) == 1'], ['its square', 'Q, X : vector(n)', "Q'*Q == 1"], ['weights', 'Q, X : vector(n)', 'sum(Q) == 1'],
  ['symmetry as an equation', 'Q, X : matrix(n, n)', "Q == Q'"], ['skewness as an equation', 'Q, X : matrix(n, n)', "Q' == -Q"],
  ['a trace', 'Q, X : matrix(n, n)', 'tr(Q) == 0'], ['a determinant', 'Q, X : matrix(n, n)', 'det(Q) == 1'], ['an involution', 'Q, X : matrix(n, n)', 'Q^2 == I'],
  ['a cubic', 'Q, X : matrix(n, n)', 'Q^3 == Q'], ['a nilpotent matrix', 'Q, X : matrix(n, n)', 'Q*Q == zeros(n, n)'], ['matrices that commute', 'Q, R, X : matrix(n, n)', 'Q*R == R*Q'],
  ['an inverse', 'Q, R, X : matrix(n, n)', 'Q*R == I'], ['orthogonal vectors', 'Q, R, X : vector(n)', "Q'*R == 0"], ['an eigenvector', 'M : matrix(n, n) symmetric\nQ, X : vector(n)\nlambda : scalar', 'M*Q == lambda*Q'],
  ['a unit diagonal', 'Q : matrix(n, n) upper\nX : matrix(n, n)', 'diag(Q) == ones(n)'], ['rows that add up', 'Q : matrix(m, n) nonnegative\nX : matrix(m, n)', 'rowsum(Q) == ones(m)'],
  ['what another makes', 'Q, z, X : vector(n)', 'Q == softmax(z)'], ['a factor', 'Q : matrix(n, n) posdef\nL : matrix(n, n) lower\nX : matrix(n, n)', "Q == L*L'"], ['scalars', 'Q, R, X : scalar', 'Q + R == 1'],
];
const DIGITS = tenTo(-45);

function drawn(p: Program): readonly DrawnPoint[] {
  const { points, reason } = drawPoints(p, { seed: 4, names: [...p.variables.keys()], count: 2, meet: meeting(p, p.assumptions), accept: accepting(p, [firstRequest(p).ofTerm], p.assumptions, 1e-4) });
  if (points.length < 2) throw new Error(reason);
  return points;
}

describe('equations that are assumed', () => {
  test.each(equations)('%s', (_, declared, equation) => {
    const p = program(`${declared}\nassume ${equation}\nf = sum(Q .* X .* X)\ngrad(f, X)`);
    for (const point of drawn(p)) {
      const oracle = createOracle(p, point.sizes, point.values);
      for (const a of p.assumptions) if (a.right) expect(largest(sub(oracle.evaluate(a.left), oracle.evaluate(a.right))).lte(DIGITS)).toBe(true);
    }
    const request = firstRequest(p);
    const candidate = candidateOf(p, request);
    expect(candidate && verifyRequest(p, request, candidate).verdict).toBe('verified');
  }, 30_000);
  test('a point where they hold stays as it is', () => {
    const p = program('A : matrix(2, 2)\nassume tr(A) == 5\nf = sum(A)\ngrad(f, A)');
    const point: DrawnPoint = { sizes: new Map(), values: new Map([['A', { rows: 2, cols: 2, data: ['2', '7', '1', '3'] }]]) };
    expect(meeting(p, p.assumptions)(point)).toBe(point);
  });
  test('where no step leads there, the draw is turned down and says so', () => {
    const p = program("x : vector(n)\nA : matrix(n, n)\nassume x'*x == -1\nf = x'*A*x\ngrad(f, A)");
    expect(() => drawn(p)).toThrow(/does not hold/);
    expect(verifyRequest(p, firstRequest(p), candidateOf(p, firstRequest(p)) ?? { program: p }).verdict).toBe('undecided');
  });
});

describe('words that are assumed', () => {
  test.each([['invertible', SQUARE, 'tr(B*inv(A))'], ['posdef', SQUARE, 'logdet(A)'], ['symmetric', SQUARE, 'tr(A*B*A)'], ['fullrank', 'A, B : matrix(m, n)', "logdet(A'*A)"], ['positive', 'A, B : vector(n)', "B'*log(A)"], ['orthogonal', SQUARE, 'tr(A*B)']])('%s', (word, declared, f) => {
    const p = program(`${declared}\nassume ${word}(A)\nf = ${f}\ngrad(f, A)`);
    const request = firstRequest(p);
    const candidate = candidateOf(p, request);
    expect(candidate && verifyRequest(p, request, candidate).verdict).toBe('verified');
  }, 30_000);
});

describe('an equation of what is differentiated by', () => {
  const text = "Q, A : matrix(m, n)\nassume Q'*Q == I\nf = tr(Q'*Q*Q'*Q) + tr(A'*Q)\ng = tr(A'*A*Q'*Q)\n";
  test('is not used in its derivative, and a note says so', () => {
    const p = program(`${text}grad(f, Q)`);
    const shown = present(p, firstRequest(p));
    if ('refused' in shown) throw new Error(shown.refused.message);
    expect(shown.forms.gradient?.text).toBe("4*Q*Q'*Q + A");
    expect(shown.notes.join(' ')).toContain("`assume Q'*Q == I` is not used: Q moves");
  });
  test('is used where another variable moves, in the same file too', () => {
    const p = program(`${text}grad(f, Q)\ngrad(g, A)`);
    const [, second] = p.requests;
    const shown = second && present(p, second);
    expect(shown && 'forms' in shown && shown.forms.gradient?.text).toBe('2*A');
  });
  test('brings no variable into numbers and code that the formula does not have', () => {
    const p = program("A : matrix(n, n) symmetric\nB : matrix(n, n)\nx : vector(n)\nlambda : scalar\nassume A*x == lambda*x\nf = x'*A*B*x\ngrad(f, B)");
    const request = firstRequest(p);
    const shown = present(p, request);
    expect('forms' in shown && shown.forms.gradient?.text).toBe("lambda*x*x'");
    const w = workspaceOf(p, request);
    expect(w.g.depends(w.node(request.ofTerm), w.variable('lambda'))).toBe(false);
    expect(w.g.depends(w.node(request.ofTerm), w.variable('A'))).toBe(true);
  });
  test('brings in no inverse by another name either', () => {
    const p = program("A, B : matrix(n, n)\nx, y : vector(n)\nassume A*B == I\nf = y'*inv(A)*x\ngrad(f, x)");
    const w = workspaceOf(p, firstRequest(p));
    expect(w.g.depends(w.node(firstRequest(p).ofTerm), w.variable('B'))).toBe(false);
  });
});

test.each([
  ['meets the equation', "Q, A : matrix(2, 2)\nassume Q'*Q == I\nf = tr(A'*A*Q'*Q*A)\ngrad(f, A)"],
  ['has the structure', "Q : matrix(2, 2) orthogonal\nA : matrix(2, 2)\nf = tr(A'*A*Q'*Q*A)\ngrad(f, A)"],
  ['has the structure, by the structured one', "Q : matrix(2, 2) orthogonal\nA : matrix(2, 2)\nf = tr(A*Q*Q'*Q)\ngrad(f, Q)"],
])("a person's point, given to 16 digits, is taken as the nearest one that %s to all", (_, text) => {
  const p = program(text);
  const request = firstRequest(p);
  const candidate = candidateOf(p, request);
  const s = String(Math.SQRT1_2);
  const point: DrawnPoint = { sizes: new Map(), values: new Map([['Q', { rows: 2, cols: 2, data: [s, `-${s}`, s, s] }], ['A', { rows: 2, cols: 2, data: ['1', '2', '3', '5'] }]]) };
  expect(candidate && verifyRequest(p, request, candidate, { point }).verdict).toBe('verified');
});
