/** Derivatives through block matrices come out by the blocks, not by slices of what was put together. */
import { expect, test } from 'vitest';
import { best } from './best';

test.each([
  ['A : matrix(m, n)\nB : matrix(m, k)\n[A, B][:, 1:n]', 'A'],
  ['A : matrix(m, n)\nB : matrix(m, k)\n[A, B][:, n+1:n+k]', 'B'],
  ['A : matrix(m, n)\nB : matrix(k, n)\n[A; B][m+1:m+k, :]', 'B'],
  ["A : matrix(m, n)\nB : matrix(m, k)\n([A, B]')[1:n, :]", "A'"],
  ['A, B, C : matrix(n, n)\n[A, B, C][:, n+1:3*n]', '[B, C]'],
  ['A, B : matrix(n, n)\n[A, B; B, A][n+1:2*n, 1:n]', 'B'],
  ['A : matrix(m, n)\nB : matrix(m, k)\n[A, B][:, 2:n]', '[A, B][:, 2:n]'],
  ['A : matrix(m, n)\nB : matrix(m, k)\nf = sum([A, B].^2)\ngrad(f, B)', '2*B'],
  ['A : matrix(m, n)\nB : matrix(k, n)\nf = normF([A; B])^2\ngrad(f, A)', '2*A'],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });
