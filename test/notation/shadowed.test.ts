/** Answers in files whose declarations take the names that answers are written with: read again they mean the same, or they are not given. */
import { describe, expect, test } from 'vitest';
import { candidateOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import type { Presentation } from '../../core/notation/presentation';
import { verifyRequest } from '../../core/verify/verify';
import { program } from '../verify/document';

const BODIES: readonly (readonly [string, (name: string) => string])[] = [
  ['a matrix', (x) => `${x} : matrix(n, n)\nA : matrix(n, n)\nf = tr(inv(A)*${x}*A')\ngrad(f, A)\nF = inv(A)*${x}\njacobian(F, A)\njacobian(F, ${x})`],
  ['a vector', (x) => `${x} : vector(n)\nA : matrix(n, n) symmetric\nf = ${x}'*expm(A)*${x}\ngrad(f, A)\ngrad(f, ${x})\nF = ${x}*${x}'\njacobian(F, ${x})`],
  ['a scalar', (x) => `${x} : scalar positive\nA : matrix(n, n) posdef\nx : vector(n)\nf = ${x}*logdet(A + ${x}*x*x')\ngrad(f, A)\ngrad(f, ${x})\nhessian(f, x)`],
];
const NAMES = ['T', 'I', 'E', 'e', 'K', 'k', 'V', 'dA', 'delta', 'commutation', 'ones', 'diag', 'sum', 'sym', 'inv', 'tr', 'M', 'vec'];

describe.each(BODIES)('%s named', (_, text) => {
  test.each(NAMES)('%s', (name) => {
    // With a matrix `tr`, `tr(…)` of the body itself is a product.
    const p = program(text(name === 'tr' ? 'tr' : name).replace(/tr\(inv\(A\)\*tr\*A'\)/, "sum(inv(A) .* (tr*A')')"));
    for (const request of p.requests) {
      const candidate = candidateOf(p, request);
      expect(candidate).toBeDefined();
      expect(candidate && [request.of, request.wrt.join(), verifyRequest(p, request, candidate).verdict]).toEqual([request.of, request.wrt.join(), 'verified']);
    }
  }, 60_000);
});

test('a form that needs a function whose name is taken is left out, and said', () => {
  const p = program('cos : scalar\nx : vector(n)\nf = cos*sum(sin(x))\ngrad(f, x)');
  const shown = present(p, p.requests[0] as (typeof p.requests)[number]) as Presentation;
  expect(Object.values(shown.forms).filter((form) => form !== undefined)).toEqual([]);
  expect(shown.notes.join(' ')).toMatch(/No gradient form: .*\(cos\)/);
});
