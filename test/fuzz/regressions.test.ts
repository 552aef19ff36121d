/** What random programs once found. */
import { expect, test } from 'vitest';
import { EVERYTHING, judgeText } from './judge';
import { regressions } from './regressions';

for (const [k, { text, was, isShallow }] of regressions.entries()) {
  test(`${k + 1}: ${was}`, () => {
    const outcome = judgeText(text, k, isShallow === true ? { secondViews: false, exact: false, special: false } : EVERYTHING);
    expect(outcome.kind === 'wrong' ? `${outcome.stage}: ${outcome.detail}` : outcome.kind, text).toBe('right');
  });
}
