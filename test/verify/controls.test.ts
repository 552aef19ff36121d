/** A share of the negative controls on every run, each operator in turn; all of them are `node scripts/proof.mjs`. */
import { expect, test } from 'vitest';
import { load, FILES, type Case } from '../corpus/cases';
import figures from '../proof/figures.json';
import { controlsOf } from '../proof/controls';
import { subjects } from './operators';
import { verifyRequest } from '../../core/verify/verify';
import { firstRequest, gradient, program } from './document';

const SHARE = 8;
test.each(subjects.filter((_, k) => k % 3 === 0).map((s, k) => [s.op, s, k] as const))('mistakes around %s are refuted', (_, s, k) => {
  const { right, controls } = controlsOf(s, k, SHARE);
  expect(right.verdict).toBe('verified');
  expect(controls.filter((c) => c.verdict === 'verified' || c.verdict === 'undecided')).toEqual([]);
});
test.each([
  ['A, B : matrix(n, n)\nX : matrix(n, n)\nf = tr(A*X*B*X)\ngrad(f, X)', "A'*(X'*B' + A'^-1*B'*X'*A')", "(X'*B' + A'^-1*B'*X'*A')*A'"],
])('the wrong side of a product is recognised', (text, right, wrong) => {
  const p = program(text);
  expect(verifyRequest(p, firstRequest(p), gradient(text, right)).verdict).toBe('verified');
  expect(verifyRequest(p, firstRequest(p), gradient(text, wrong)).refutation?.slip).toBe("A' stands on the wrong side of the product");
});
test('the figures of the documentation are of these cases and operators, and let nothing through', () => {
  expect(figures.corpus.map((c) => c.id)).toEqual(FILES.flatMap((f) => load<Case>(f).map((c) => c.id)));
  expect(figures.controls.operators).toEqual(subjects.map((s) => s.op));
  expect(figures.controls.let_through).toEqual([]);
  expect(figures.corpus.filter((c) => c.verdict === 'refuted')).toEqual([]);
  expect(figures.corpus.filter((c) => c.verdict === 'verified' && (c.digits ?? 0) < 30)).toEqual([]);
});
