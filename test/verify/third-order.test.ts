/** Third derivatives: derived, printed, read again and verified at 64 digits to at least 30 of them, and by complex steps; one that is nearly right is refuted. */
import { expect, test } from 'vitest';
import type { ProgramRequest } from '../../core/algebra/program';
import { candidateOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import { verifyRequest } from '../../core/verify/verify';
import { gradient, program } from './document';

const MATRIX = 'dim n = 2\nX : matrix(n, n) posdef\nB, C, D : matrix(n, n) symmetric';
/** The derivative by X of D²f(X)[B, D]. */
const byMatrix = (f: string): string => `${MATRIX}\nf = ${f}\nk = hvp(f, X, B)\nh = tr(D*k)\ngrad(h, X)`;
const byScalar = (f: string): string => `dim n = 3\nX : matrix(n, n) posdef\nC : matrix(n, n) symmetric\nt : scalar positive\nf = ${f}\nh = hessian(f, t)\ngrad(h, t)`;

test.each([
  byMatrix('logdet(X)'), byMatrix('tr(inv(X)*C)'), byMatrix('tr(sqrtm(X)*C)'), byMatrix('tr(chol(X)*C)'), byMatrix('tr(expm(X)*C)'), byMatrix('eigmax(X)'),
  byMatrix("normF(X)"), byScalar('tr(expm(t*C)*X)'), byScalar('logdet(X + t*t*X*X)'), byScalar('tr(sqrtm(X + t*I)*C)'), byScalar('eigmin(X + t*C*C)'),
])('%s', (text) => {
  const p = program(text);
  const request = p.requests.at(-1) as ProgramRequest;
  const candidate = candidateOf(p, request);
  if (!candidate) throw new Error('refused');
  const found = verifyRequest(p, request, candidate);
  expect([found.verdict, ...found.notes.filter((n) => /differ/.test(n))]).toEqual(['verified']);
  expect(found.exact?.digits).toBeGreaterThanOrEqual(30);
  // The second oracle: complex steps through real differences of order eight.
  expect(found.complexStep?.maxRelativeError, found.notes.join()).toBeLessThan(1e-7);
});

test('a third derivative that is 0.1 % too large is refuted', () => {
  const text = byMatrix('logdet(X)');
  const p = program(text);
  const request = p.requests.at(-1) as ProgramRequest;
  const presented = present(p, request);
  if ('refused' in presented) throw new Error('refused');
  const wrong = gradient([text, ...presented.where.map((w) => w.text)].join('\n'), `1.001*(${presented.forms.gradient?.text ?? ''})`);
  expect(verifyRequest(p, request, wrong).verdict).toBe('refuted');
});
