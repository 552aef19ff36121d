// Names of sums, found among more terms.
import { expect, test } from 'vitest';
import { best } from './best';

test.each([
  ['X : matrix(m, n); w : vector(n); b, y : vector(m)\nh = X*w + b\nf = norm(h - y)^2\ngrad(f, w)', "2*X'*(h - y)"],
  ['W : matrix(m, m); a, b, y : vector(m)\no = W*a + b\nf = norm(o - y)^2/2\ngrad(f, a)', "W'*(o - y)"],
  ['a, b, c, x : scalar\nq = a*x^2 + b*x\nf = (q + c)^2\n∂f/∂x', '2*(c + q)*(2*a*x + b)'],
  ['x, y : vector(n); A : matrix(n, n)\nh = A*x - y\n2*y - 2*A*x + x', 'x - 2*h'],
  ['x, y : vector(n); A : matrix(n, n)\nh = (A*x - y)/2\nA*x - y + x', '2*h + x'],
  ["F : matrix(3, 3); m, l : scalar\nE = (F'*F - I)/2\nf = m*tr(E'*E) + l/2*tr(E)^2\ngrad(f, F)", 'F*(2*m*E + l*tr(E)*I)'],
  ["X, A : matrix(n, n)\nS = X*A + A\nf = tr(S)^3\ngrad(f, X)", "3*tr(S)^2*A'"],
  // Not all of it is there, or not in the same measure.
  ['x, y : vector(n); A : matrix(n, n)\nh = A*x - y\nA*x + x', 'A*x + x'],
  ['x, y : vector(n); A : matrix(n, n)\nh = A*x - y\nA*x - 2*y + x', 'A*x + x - 2*y'],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });
