/** A set for trials behaves as a set, whatever comes and goes. */
import { expect, test } from 'vitest';
import { trialSet } from '../../core/algebra/trial-set';

test('holds what a Set holds', () => {
  const tried = trialSet<number>();
  const plain = new Set<number>();
  let state = 1;
  for (let i = 0; i < 2000; i++) {
    state = Math.imul(state, 1664525) + 1013904223 | 0;
    const item = (state >>> 8) % 7;
    if ((state >>> 4) % 2 === 0) { tried.add(item); plain.add(item); } else { tried.delete(item); plain.delete(item); }
    for (let k = 0; k < 7; k++) expect(tried.has(k)).toBe(plain.has(k));
  }
});
