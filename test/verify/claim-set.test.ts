/** The project's own claims: every true one is proved or holds, every false one gets a counterexample. */
import { expect, test } from 'vitest';
import { prove } from '../../core/proof/prove';
import { decideClaim } from '../../core/verify/claims';
import { claimSet } from './claim-set';
import { program } from './document';

test('there are at least 190, half of them false', () => {
  expect(claimSet.length).toBeGreaterThanOrEqual(190);
  expect(claimSet.filter((c) => c.holds)).toHaveLength(claimSet.length / 2);
});
test.each(claimSet.map((c) => [`${c.holds ? 'true' : 'false'}: ${c.left} == ${c.right}`, c] as const))('%s', (_, c) => {
  const p = program(`${c.given.replaceAll('; ', '\n')}\ncheck ${c.left} == ${c.right}`);
  const [claim] = p.claims;
  if (!claim) throw new Error('no claim');
  const r = decideClaim(p, claim, { prove: (left, right) => prove(p, left, right) });
  expect(c.holds ? ['proved', 'holds'] : ['false'], `${r.verdict}: ${r.notes.join('; ')}`).toContain(r.verdict);
  if (!c.holds) expect(r.counterexample?.difference.data.some((x) => x !== 0)).toBe(true);
});
