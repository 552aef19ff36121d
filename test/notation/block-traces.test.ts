// Gradients through Kronecker products as partial traces, dyads apart; scalars outside entrywise products and vectors of entries.
import { expect, test } from 'vitest';
import { candidateOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import { verifyRequest } from '../../core/verify/verify';
import { firstRequest, program } from '../verify/document';

const KRON = 'A : matrix(a, b)\nB : matrix(c, d)\nC : matrix(b*d, a*c)\nu : vector(a*c)\nv : vector(b*d)\n';
test.each([
  [`${KRON}grad(tr(C*kron(A, B)), A)`, "(I(a) ⊗ vec(B')')*(C' ⊗ I(d))*(I(b) ⊗ vec(I(d)))"],
  [`${KRON}grad(tr(C*kron(A, B)), B)`, "(vec(A)' ⊗ I(c))*(I(b) ⊗ C')*(vec(I(b)) ⊗ I(d))"],
  [`${KRON}grad(exp(u'*kron(A, B)*v) + tr(C*kron(A, B)), B)`, "(vec(A)' ⊗ I(c))*(I(b) ⊗ C')*(vec(I(b)) ⊗ I(d)) + exp(v'*vec(B'*unvec(u, c, a)*A))*unvec(u, c, a)*A*unvec(v, d, b)'"],
  ['A, B, K : matrix(n, n)\ns : scalar positive\ngrad(sum((A*K) .* (B/s - K/s)), A)', "(B - K)*K' / s"],
  ["w, p, q : vector(3)\ngrad(norm(expm(skew3(w))*p - q)^2, w)", "2*[(M - M')[2, 3]; (M' - M)[1, 3]; (M - M')[1, 2]]"],
])('%s', (text, expected) => {
  const p = program(text);
  const made = present(p, firstRequest(p));
  expect('forms' in made ? made.forms.gradient?.text : made.refused.message).toBe(expected);
  const candidate = candidateOf(p, firstRequest(p));
  expect(candidate && verifyRequest(p, firstRequest(p), candidate).verdict).toBe('verified');
});
