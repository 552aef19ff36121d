/** What the derivation panel is sent: tabs with names that fit, and what else there is to say of a form beside its formula. */
import { afterEach, describe, expect, test } from 'vitest';
import { tabLabel } from '../../server/derivation';
import type { DerivationResult } from '../../server/protocol';
import { serve } from './memory';
import type { Peer } from './peer';

const URI = 'file:///work/d.mcalc';
let peer: Peer | undefined;
afterEach(() => peer?.dispose());

describe('tabs', () => {
  test.each([
    [{ label: 'vec, term by term', form: 'vec' }, { label: 'Jacobian, term by term', words: '' }],
    [{ label: 'stable polar form: two parts', form: 'directional' }, { label: 'Stable polar form', words: 'Two parts' }],
    [{ label: "statistics convention (entries above the diagonal only: G + G' - I .* G); not the gradient", form: 'gradient' },
      { label: 'Statistics convention', words: "(entries above the diagonal only: G + G' - I .* G); not the gradient" }],
    [{ label: 'with an inverse of size k instead of n (the push-through identity)', form: 'gradient' },
      { label: 'Gradient, otherwise', words: 'With an inverse of size k instead of n (the push-through identity)' }],
  ] as const)('%j', (alternative, tab) => { expect(tabLabel(alternative)).toEqual(tab); });

  test('none is longer than a tab is wide, and no word is lost', async () => {
    peer = serve();
    await peer.start();
    await peer.open(URI, "dim m >= n\nX : matrix(m, n)\nF = X * (X'*X)^(-1/2)\njacobian(F, X)\n");
    const { tabs } = await peer.request<DerivationResult>('mcalc/derivation', { uri: URI, position: { line: 3, character: 0 } });
    expect(tabs.filter((tab) => tab.label.length > 40)).toEqual([]);
    expect(new Set(tabs.map((tab) => tab.label)).size).toBe(tabs.length);
    expect(tabs.find((tab) => tab.label === 'Stable polar form')?.words).toMatch(/^One part within the span of the columns/);
  });
});
