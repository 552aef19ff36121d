// Inverses that cancel inside a sum: what becomes of the product is its value, a mutated twin is noticed, and what does not cancel stays.
import { describe, expect, test } from 'vitest';
import { cancelledTail } from '../../core/simplify/cancel';
import { gap, mutated, open } from './tails';

const DECLARED = `
dim m >= n
X, Y : matrix(m, n) fullrank
V, v : matrix(m, m) invertible
B : matrix(m, n) fullrank
S : matrix(m, m) posdef
C : matrix(n, n) invertible
y, z, w : vector(m)
b : vector(n)
a : vector(m) positive
lambda : scalar positive`;

const cases: readonly (readonly [string, string])[] = [
  ["X'*(y - X*inv(X'*X)*X'*y)", 'zeros(n)'],
  ["(y' - y'*X*inv(X'*X)*X')*X", 'zeros(1, n)'],
  ["(y - X*inv(X'*X)*X'*y)'*X*b", '0'],
  ["(I - X*inv(X'*X)*X')*X*C", 'zeros(m, n)'],
  ["C'*X'*(I - X*inv(X'*X)*X')", 'zeros(n, m)'],
  ["X'*(2*y - X*inv(X'*X)*X'*y)", "X'*y"],
  ["B'*v'*(v*(z - B*inv(B'*v'*v*B)*B'*v'*(v*z - w)) - w)", 'zeros(n)'],
  ["X'*S*(y - X*inv(X'*S*X)*X'*S*y)", 'zeros(n)'],
  ["X'*inv(S)*(y - X*inv(X'*inv(S)*X)*X'*inv(S)*y)", 'zeros(n)'],
  ["X'*(a .* (y - X*inv(X'*diag(a)*X)*X'*(a .* y)))", 'zeros(n)'],
  ["X'*(a .* (X*inv(X'*diag(a)*X)*b))", 'b'],
  ["V*(y - inv(V)*z)", 'V*y - z'],
  ["(y' - z'*inv(V))*V", "(V'*y - z)'"],
  ["(X'*X + lambda*I)*(b - inv(X'*X + lambda*I)*X'*y)", "(X'*X + lambda*I)*b - X'*y"],
  ["Y'*X*(b - inv(Y'*X)*Y'*y)", "Y'*X*b - Y'*y"],
];

describe('an inverse cancels', () => {
  test.each(cases)('%s = %s', (text, shown) => {
    const made = open(DECLARED, text, cancelledTail);
    expect(gap(made.values, made.want)).toBeLessThan(1e-8);
    expect(made.text).toBe(shown);
    const twin = open(DECLARED, text, mutated(cancelledTail));
    expect(gap(twin.values, made.want)).toBeGreaterThan(1e-3);
  });
});

describe('what only looks like it stays as it is', () => {
  test.each([
    "X'*(y - X*inv(X'*X + I)*X'*y)", "Y'*(y - X*inv(X'*X)*X'*y)", "X'*(y - Y*inv(X'*X)*X'*y)", "X'*S*(y - X*inv(X'*X)*X'*y)", "X'*(y + S*X*inv(X'*X)*X'*y)", "X'*(a .* (y - X*inv(X'*X)*X'*y))",
    "V'*(y - inv(V)*z)", "X'*(a.^2 .* (y - X*inv(X'*diag(a)*X)*X'*(a .* y)))",
  ])('%s', (text) => {
    let cancels = 0;
    const made = open(DECLARED, text, (g, factors, next) => {
      const tail = cancelledTail(g, factors, next);
      if (tail) cancels++;
      return tail;
    });
    expect(cancels).toBe(0);
    expect(gap(made.values, made.want)).toBeLessThan(1e-8);
  });
});
