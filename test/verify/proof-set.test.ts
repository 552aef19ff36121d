/** What algebra proves: each claim of the set by name of its identities, and no near variant of any. */
import { expect, test } from 'vitest';
import { prove } from '../../core/proof/prove';
import { decideClaim } from '../../core/verify/claims';
import { program } from './document';
import { provedSet } from './proof-set';

const claimOf = (given: string, left: string, right: string) => {
  const p = program(`${given.replaceAll('; ', '\n')}\ncheck ${left} == ${right}`);
  const [claim] = p.claims;
  if (!claim) throw new Error('no claim');
  return { p, claim };
};

test('there are at least 180 of them, of 20 kinds', () => {
  expect(provedSet.length).toBeGreaterThanOrEqual(180);
  expect(new Set(provedSet.map((c) => c.kind)).size).toBeGreaterThanOrEqual(20);
});

test.each([...new Set(provedSet.map((c) => c.kind))])('proved, and near variants are not: %s', (kind) => {
  for (const { given, left, right, wrong } of provedSet.filter((c) => c.kind === kind)) {
    const { p, claim } = claimOf(given, left, right);
    expect(prove(p, claim.left, claim.right)?.identities.length, `${left} == ${right}`).toBeGreaterThan(0);
    const other = claimOf(given, left, wrong);
    expect(prove(other.p, other.claim.left, other.claim.right), `${left} == ${wrong}`).toBeUndefined();
  }
});

test('the verdicts at 64 digits agree: the first of each kind holds, its variant is refuted', () => {
  for (const kind of new Set(provedSet.map((c) => c.kind))) {
    const c = provedSet.find((x) => x.kind === kind);
    if (!c) continue;
    const [yes, no] = [claimOf(c.given, c.left, c.right), claimOf(c.given, c.left, c.wrong)];
    const verdict = ({ p, claim }: typeof yes): string => decideClaim(p, claim, { prove: (l, r) => prove(p, l, r) }).verdict;
    expect([verdict(yes), verdict(no)], c.left).toEqual(['proved', 'false']);
  }
});

const said = (text: string): string => {
  const p = program(text);
  const [claim] = p.claims;
  return (claim && prove(p, claim.left, claim.right)?.identities.join('; ')) ?? '';
};

test('a proof says by which identities', () => {
  expect(said("A : matrix(n, n) invertible\nU : matrix(n, k)\nV : matrix(k, n)\ncheck inv(A + U*V) == inv(A) - inv(A)*U*inv(I + V*inv(A)*U)*V*inv(A)"))
    .toMatch(/products written out; both sides multiplied by M from the left, M = A \+ U\*V; .*inv\(A\)\*A = I.*inv\(M\)\*M = I for M = I \+ V\*A\^-1\*U/);
  expect(said('A : matrix(m, n)\nB : matrix(n, m)\ncheck det(I(m) + A*B) == det(I(n) + B*A)')).toContain('det(I + A*B) = det(I + B*A)');
  expect(said('A : matrix(m, n)\ncheck A*pinv(A)*A == A')).toContain('the Penrose equations');
  expect(said("P : matrix(n, n)\nassume P*P == P\ncheck (I - 2*P)*(I - 2*P) == I")).toContain('P^2 = P is assumed');
});

test('a claim that is too large for a proof ends without one', () => {
  const names = Array.from({ length: 9 }, (_, i) => `A_${i + 1}`);
  const factors = names.map((a) => `(inv(${a} + B) + ${a} + B)`);
  expect(said(`${names.join(', ')}, B : matrix(n, n)\ncheck ${factors.join('*')} == ${factors.toReversed().join('*')}`)).toBe('');
});

test('a matrix that is a number times I commutes with every one', () => {
  expect(said('A : matrix(n, n)\ns : scalar positive\ncheck inv(s*I - I)*A == A*inv(s*I - I)')).not.toBe('');
});
