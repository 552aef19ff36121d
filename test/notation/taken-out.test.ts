// What a difference's terms have in common and leaves 1 is taken out, though the text is as long without.
import { expect, test } from 'vitest';
import { best } from './best';

test.each([
  ["b, x : vector(n)\nb*x'*x - b", "(x'*x - 1)*b"],
  ["b, x : vector(n)\nf = (x'*b - 1)^2/2\ngrad(f, b)", "(b'*x - 1)*x"],
  ["x : vector(n); s : scalar\nf = s*(x'*x)^2/4 - s*x'*x/2\ngrad(f, x)", "s*(x'*x - 1)*x"],
  ['F : matrix(3, 3)\nf = (det(F) - 1)^2/2\ngrad(f, F)', 'det(F)*(det(F) - 1)*F^-T'],
  ['F : matrix(3, 3)\nf = det(F)^2/2 - det(F)\ngrad(f, F)', 'det(F)*(det(F) - 1)*F^-T'],
  // A sum stays as it is, and so do arrays.
  ['a : vector(n); s : scalar\na*s + a', 'a + s*a'],
  ['A : matrix(n, n); x : vector(n)\nA*A*x - A*x', '(A^2 - A)*x'],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });
