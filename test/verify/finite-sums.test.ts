/** Finite sums whose terms take neighbours by their index: the derivative of each is verified. */
import { expect, test } from 'vitest';
import { present } from '../../core/notation/present';
import { firstRequest, program, verdictOf } from './document';

const sums: readonly (readonly [string, string])[] = [
  ['squares of differences', 'x : vector(n)\nf = sum((x[i+1] - x[i])^2, i = 1:n-1)\ngrad(f, x)'],
  ['its Hessian', 'x : vector(n)\nf = sum((x[i+1] - x[i])^2, i = 1:n-1)\nhessian(f, x)'],
  ['second differences', 'x : vector(n)\nf = sum(exp(x[i+1] - 2*x[i] + x[i-1]), i = 2:n-1)\ndim n >= 3\ngrad(f, x)'],
  ['a subdiagonal', 'x : vector(n)\nA : matrix(n, n)\nf = sum(x[i]*x[i+2]*A[i+1, i], i = 2:n-2)\ndim n >= 4\ngrad(f, A)'],
  ['columns and rows side by side', 'x : vector(n)\nA : matrix(n, n)\nF = sum(x[i]*A[:, i+1]*A[i, :], i = 1:n-1)\njacobian(F, A)'],
  ['a diagonal that is no square', 'y : vector(m)\nB : matrix(m, n)\nf = sum(y[k]*B[k, k], k = 1:m)\ndim n >= m\ngrad(f, B)'],
  ['a column weighted by an entry', 'A : matrix(n, n)\nB : matrix(m, n)\nF = sum(A[i, i+1]*B[:, i], i = 1:n-1)\njacobian(F, A)'],
  ['a shift that is a dimension', 'x : vector(2*n)\nf = sum(x[i]^2*x[i+n], i = 1:n)\ngrad(f, x)'],
];
test.each(sums)('%s', (_, text) => {
  expect(verdictOf(text)).toBe('verified');
}, 30_000);

test('an index from behind is refused with a reason', () => {
  const p = program('x : vector(n)\nf = sum(x[n + 1 - i]*x[i], i = 1:n)\ngrad(f, x)');
  const shown = present(p, firstRequest(p));
  expect('refused' in shown && shown.refused.message).toContain('a finite sum');
});
