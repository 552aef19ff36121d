/** Sums over an index with deltas in them: what is picked, and where a range would have to be known. */
import { describe, expect, test } from 'vitest';
import { candidateOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import { verifyRequest } from '../../core/verify/verify';
import { firstRequest, program } from '../verify/document';

const DECLARED = 'X : matrix(n, n)\nx : vector(n)\ny : vector(3)\n';
const shown = (text: string): string | undefined => {
  const p = program(`${DECLARED}${text}`);
  const made = present(p, firstRequest(p));
  return 'forms' in made ? made.forms[made.best]?.text : made.refused.message;
};

test.each([
  ['sum(sum(delta(i, j)*X[i, j]*x[i], j = 1:n), i = 1:n)', "diag(X)'*x"], ['grad(sum(sum(delta(i, j)*X[i, j]*x[i], j = 1:n), i = 1:n), X)', 'diag(x)'],
  ['sum(sum(delta(j, i)*x[i]*x[j], j = 2:n), i = 2:n)', 'norm(x[2:n])^2'], ['sum(delta(i, 2)*y[i], i = 1:3)', 'y[2]'], ['grad(sum(delta(i, 1)*x[i]^2, i = 1:n), x)', '2*(x .* e(1))'],
])('%s', (text, expected) => {
  expect(shown(text)).toBe(expected);
  const p = program(`${DECLARED}${text}`);
  const candidate = candidateOf(p, firstRequest(p));
  expect(candidate && verifyRequest(p, firstRequest(p), candidate).verdict).toBe('verified');
});

describe('an index that may lie outside the range', () => {
  test.each(['sum(delta(i, 2)*x[i], i = 1:n)', 'sum(sum(delta(i, j)*x[j], j = 1:n), i = 1:3)'])('%s is refused', (text) => expect(shown(text)).toContain('may lie outside the range'));
});
