// What a derivative by a variable means: second derivatives are projected in both slots, a direction that leaves the structure stands for its projection, and what is not there counts as zero.
import { expect, test } from 'vitest';
import { present } from '../../core/notation/present';
import { firstRequest, program, verdictOf } from './document';

const DECLARED = `Q : matrix(n, n) orthogonal
S : matrix(n, n) symmetric
L : matrix(n, n) lower
A, B : matrix(n, n)
x : vector(n)`;

test.each([
  "hessian(tr(Q'*A*Q*B), Q)", 'hessian(tr(A*Q), Q)', 'hessian(sum(exp(Q)), Q)', "hessian(x'*Q*A*Q*x, Q, A)", "hessian(x'*Q*A*Q*x, A, Q)", "hvp(x'*Q*A*Q*x, Q, B)", 'diff(Q*A*Q, Q, B)', 'vjp(Q*A*Q, Q, B)',
  'diff(S*S*A, S, B)', 'hvp(tr(S*A*S*A), S, B)', 'diff(L*A*L, L, B)', 'hessian(tr(S*A*S*A), S)',
])('%s is verified', (text) => {
  expect(verdictOf(`${DECLARED}\n${text}`)).toBe('verified');
}, 30_000);

test('the numerator layout prints a row, and is judged as the gradient', () => {
  expect(verdictOf("set layout = numerator\nA : matrix(n, n)\nx : vector(n)\ngrad(x'*A*x, x)")).toBe('verified');
});

test('a Hessian on the orthogonal matrices is tangent: a linear function has none', () => {
  const p = program(`${DECLARED}\nhessian(tr(A*Q), Q)`);
  const shown = present(p, firstRequest(p));
  expect('forms' in shown && shown.forms.directional?.text).toBe('zeros(n, n)');
  expect('forms' in shown && shown.notes).toContain('The gradient of tr(A*Q) does not depend on Q.');
});

test.each(["grad(x'*x, A)", 'jacobian(B*x, A)', "hessian(x'*x, x, A)"])('%s is zero, and verified to be', (text) => {
  expect(verdictOf(`${DECLARED}\n${text}`)).toBe('verified');
});
