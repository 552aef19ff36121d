// A row before a skew matrix is a cross product, as a column behind one is.
import { expect, test } from 'vitest';
import { best } from './best';

const DECLARED = 'p, c : vector(3)\nM : matrix(3, 3)\n';
test.each([
  ["c'*skew3(p)*M", "c'*skew3(p)*M"],
  ["p'*M*skew3(c)", "cross(M'*p, c)'"],
  ["c'*skew3(p)*skew3(c)", "-cross(cross(p, c), c)'"],
  ['skew3(p)*c', 'cross(p, c)'],
  ["M*skew3(p)", 'M*skew3(p)'],
  ['jacobian(cross(p, c)/norm(cross(p, c)), p)', "cross(p, c)*cross(cross(p, c), c)' / norm(cross(p, c))^3 - skew3(c) / norm(cross(p, c))"],
])('%s', (text, shown) => { expect(best(`${DECLARED}${text}`)).toBe(shown); });
