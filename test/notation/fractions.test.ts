// Fractions before a sum are multiplied into its terms where that is shorter; roots of numbers stand under one root.
import { expect, test } from 'vitest';
import { verifyRequest } from '../../core/verify/verify';
import { candidateOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import { firstRequest, program } from '../verify/document';

const DECLARED = 'A : matrix(n, n)\nx, b : vector(n)\ns, t : scalar\nw, p : vector(3)\n';

test.each([
  ["grad(x'*A*x/2 - b'*x, x)", 'sym(A)*x - b'], ["grad(x'*A*x/2, x)", 'sym(A)*x'], ["grad(x'*A*x/2 + b'*x/3, x)", 'b/3 + sym(A)*x'], ["hessian(x'*A*x/2, x)", 'sym(A)'],
  ["grad((x'*x + b'*x)/2, x)", 'b/2 + x'], ['grad((s^2 + t*s)/4, s)', 's/2 + t/4'],
  ['grad(sum(normcdf(x)), x)', 'exp(-x.^2 / 2) / sqrt(2*pi)'], ['grad(normcdf(t)/2, t)', 'exp(-t^2 / 2) / (2*sqrt(2*pi))'], ['t*sqrt(2)*sqrt(pi)', 't*sqrt(2*pi)'],
  ['2*norm(cross(w, p))^2', '2*norm(cross(w, p))^2'], ['grad(norm(cross(w, p)), w)', 'cross(p, cross(w, p)) / norm(cross(w, p))'],
  ['t*sqrt(2)/sqrt(pi)', 't*sqrt(2/pi)'], ['grad(sum(x .* normcdf(x)), x)', '(x .* exp(-x.^2 / 2)) / sqrt(2*pi) + normcdf(x)'],
])('%s: %s', (text, form) => {
  const p = program(`${DECLARED}${text}`);
  const request = firstRequest(p);
  const made = present(p, request);
  expect('forms' in made ? made.forms[made.best]?.text : made.refused.message).toBe(form);
  const candidate = candidateOf(p, request);
  expect(candidate && verifyRequest(p, request, candidate).verdict).toBe('verified');
});
