// Fractions over one line where something cancels, as in the derivatives of quotients and of logarithms; each is verified.
import { expect, test } from 'vitest';
import { candidateOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import { verifyRequest } from '../../core/verify/verify';
import { firstRequest, program } from '../verify/document';

const DECLARED = 'A : matrix(n, n)\nu, v : vector(n)\nx : scalar\ng, r, K : scalar positive\n';

test.each([
  ['hessian(log(1 + x^2/g), x)', '2*(g - x^2) / (g + x^2)^2'],
  ['hessian(sum(log(1 + u.^2/g)), u)', '2*diag((g - u.^2) ./ (g + u.^2).^2)'],
  ['hessian(1/(1 + x^2), x)', '2*(3*x^2 - 1) / (1 + x^2)^3'],
  ['grad(x/(x + K + x^2/r), x)', 'r*(K*r - x^2) / (K*r + x*(r + x))^2'],
  ['grad(x*(1 - x)/(1 + x)^2, x)', '(1 - 3*x) / (1 + x)^3'],
  ['grad((1 - x)/(1 + x), x)', '-2 / (1 + x)^2'],
  // The two signs of a sum beside each other: each keeps its own.
  ['(1 - x)/(1 + x)', '(1 - x) / (1 + x)'],
  // Nothing cancels: the quotient stays.
  ["hessian(log(g + u'*u), u)", "2*(I - 2*u*u' / c) / c"],
])('%s', (text, form) => {
  const p = program(`${DECLARED}${text}`);
  const request = firstRequest(p);
  const made = present(p, request);
  expect('forms' in made ? made.forms[made.best]?.text : made.refused.message).toBe(form);
  const candidate = candidateOf(p, request);
  if (!text.startsWith('(')) expect(candidate && verifyRequest(p, request, candidate).verdict).toBe('verified');
});
