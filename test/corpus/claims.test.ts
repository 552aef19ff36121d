/** The corpus' claims: true ones hold or are proved, false ones get a counterexample. */
import { expect, test } from 'vitest';
import { prove } from '../../core/proof/prove';
import { decideClaim } from '../../core/verify/claims';
import { load, sourceFrom } from './cases';

for (const c of load<{ readonly id: string; readonly mcalc: string; readonly holds: boolean }>('claims')) {
  test(`${c.id} is ${c.holds}`, () => {
    const program = sourceFrom(c).analysis.parts[0]?.compiled.program;
    const claim = program?.claims[0];
    if (!program || !claim) throw new Error('no claim');
    const r = decideClaim(program, claim, { prove: (left, right) => prove(program, left, right) });
    expect(r.verdict).toMatch(c.holds ? /^(?:proved|holds)$/ : /^false$/);
    if (!c.holds) expect(r.counterexample?.difference.data.some((d) => Math.abs(d) > 1e-3)).toBe(true);
  });
}
