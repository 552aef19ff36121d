/** Lines of a derivation, in the order in which the rules give their terms. */
import { expect, test } from 'vitest';
import { presented } from './best';

test.each([
  ['the halves of a product side by side, dA*B first', "X : matrix(m, n)\ny : vector(m)\nlambda : scalar\nf(w) = norm(X*w - y)^2 + lambda*w'w\ngrad(f, w)", 1, "d((X*w - y)')*(X*w - y) + (X*w - y)'*d(X*w - y) + d(lambda*w'*w)"],
  ['a change itself before what is still to be differentiated', "X : matrix(m, n) fullrank\ndim m >= n\nF = X*(X'*X)^(-1/2)\njacobian(F, X)", 1, 'dX*B^-1 + X*d(B^-1)'],
  ['other terms stay where they are', "X : matrix(m, n)\ny : vector(m)\nlambda : scalar\nf(w) = norm(X*w - y)^2 + lambda*w'w\ngrad(f, w)", 3, "2*(X*w - y)'*X*dw + lambda*d(w'*w)"],
] as const)('%s', (_, text, at, line) => {
  expect(presented(text).steps[at]?.text).toBe(line);
});

test.each([
  ["x : vector(n)\nf(x)  =  x'*x +\n  sum(x)\ngrad(f, x)", "f(x) = x'*x + sum(x)"],
  ["x : vector(n)\nf = (x'*x # squares\n  + sum(x))\ngrad(f, x)", "f = sum(x) + x'*x"],
] as const)('the first line quotes the definition, but no comment in it', (text, quoted) => {
  expect(presented(text).steps[0]?.formula).toBe(quoted);
});
