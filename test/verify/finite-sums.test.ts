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

const PAIRS = 'X : matrix(m, n)\nY : matrix(k, n)\nW : matrix(m, k)\nD : matrix(m, m) symmetric\nM : matrix(n, n)\ns : scalar positive\n';
const over = (body: string, to = 'm'): string => `sum(sum(${body}, i = 1:m), j = 1:${to})`;
test.each([
  ['spread', over('norm(X[i, :] - X[j, :])^2'), 'X', '4*(m*I - ones(m, m))*X'],
  ['the Laplacian of a graph', over('D[i, j]*norm(X[i, :] - X[j, :])^2'), 'X', '4*(diag(rowsum(D)) - D)*X'],
  ['transport between two sets', over('W[i, j]*norm(X[i, :] - Y[j, :])^2', 'k'), 'Y', "2*(diag(rowsum(W'))*Y - W'*X)"],
  ['a form of the difference', over("(X[i, :] - X[j, :])*M*(X[i, :] - X[j, :])'"), 'M', "2*X'*(m*I - ones(m, m))*X"],
  ['kernels', over('exp(-norm(X[i, :] - Y[j, :])^2 / (2*s^2))', 'k'), 's', undefined],
  ['neighbours', over('log(1 + norm(X[i, :] - X[j, :])^2)'), 'X', undefined],
  ['stress', over('(D[i, j] - norm(X[i, :] - X[j, :])^2)^2'), 'X', undefined],
  ['the fourth power of a distance', over('W[i, j]*norm(X[i, :] - Y[j, :])^4', 'k'), 'X', undefined],
  ['rows of a product', over('D[i, j]*norm((X*M)[i, :] - (X*M)[j, :])^2'), 'X', "4*(diag(rowsum(D)) - D)*X*M*M'"],
  ['weights that are entries of a product', over('(W*Y*X\')[i, j]*norm((D*X)[i, :] - (D*X)[j, :])^2'), 'W', undefined],
  ['multiples of a row that stands', over('W[i, j]*norm(X[i, :] - s*W[i, j]*Y[1, :])^2', 'k'), 'X', undefined],
  ['functions of a row\'s entries', over('W[i, j]*norm(tanh(X[i, :]) - Y[j, :].^2)^2', 'k'), 'Y', undefined],
  ['products of rows entry by entry', over('W[i, j]*norm(X[i, :] .* exp(X[i, :]) - Y[j, :])^2', 'k'), 'X', undefined],
  ['fourth powers of entries', over('W[i, j]*sum((X[i, :] - Y[j, :]).^4)', 'k'), 'X', '4*(3*(X .* (W*Y.^2 - X .* (W*Y))) + diag(rowsum(W))*X.^3 - W*Y.^3)'],
])('pairs of rows: %s', (_, f, x, gradient) => {
  const text = `${PAIRS}f = ${f}\ngrad(f, ${x})`;
  expect(verdictOf(text)).toBe('verified');
  const p = program(text);
  const shown = present(p, firstRequest(p));
  if (gradient !== undefined) expect('forms' in shown && shown.forms.gradient?.text).toBe(gradient);
}, 30_000);

const difference = "(X[i, :] - X[j, :])'*(X[i, :] - X[j, :])";
test.each([
  ['a scatter matrix', over(`D[i, j]*${difference}`)],
  ['two sets', over("W[i, j]*(X[i, :] - Y[j, :])'*(X[i, :] - Y[j, :])", 'k')],
  ['unlike factors', over("(X[i, :] + X[j, :])'*(X[i, :] - 2*X[j, :])")],
  ['a weight that is a form of the difference', over(`(X[i, :] - X[j, :])*M*(X[i, :] - X[j, :])'*${difference}`)],
  ['squared entries', over(`(${difference}).^2`)],
  ['Kronecker products', over("(X[i, :] - X[j, :])' ⊗ (X[i, :] - X[j, :])'")],
  ['squares of the difference from a dyad', "sum(W[i, 1]*(M - X[i, :]'*X[i, :]).^2, i = 1:m)"],
  ['fourth moments', "sum((X[i, :]'*X[i, :]) ⊗ (X[i, :]'*X[i, :]), i = 1:m)"],
  ['an array between diagonals', "sum(W[i, 1]*diag(X[i, :]')*M*diag(exp(X[i, :]')), i = 1:m)"],
  ['diagonals', "sum(W[i, 1]*diag(X[i, :]')*diag(exp(X[i, :]')), i = 1:m)"],
  ['an array that stays, beside the index', "sum(M ⊗ (W[i, 1]*X[i, :]'*X[i, :]), i = 1:m)"],
])('sums of matrices: %s', (_, f) => {
  expect(verdictOf(`${PAIRS}F = ${f}\njacobian(F, X)`)).toBe('verified');
}, 60_000);

test('the Laplacian of a graph, edge by edge', () => {
  const edges = "sum(sum(D[i, j]*(e(i, m) - e(j, m))*(e(i, m) - e(j, m))', i = 1:m), j = 1:m) / 2";
  expect(verdictOf(`${PAIRS}L = ${edges}\njacobian(L, D)`)).toBe('verified');
});

test('norm(x)^2 is tested at 0, where norm(x) is not', () => {
  expect(verdictOf("x, y : vector(n)\nf = norm(y - x + x - y)^2 + x'*y\ngrad(f, y)")).toBe('verified');
});
