/** What random programs once found. */
import { expect, test } from 'vitest';
import { judgeText } from './judge';
import { regressions } from './regressions';

for (const [k, { text, was }] of regressions.entries()) {
  test(`${k + 1}: ${was}`, () => {
    const outcome = judgeText(text, k);
    expect(outcome.kind === 'wrong' ? `${outcome.stage}: ${outcome.detail}` : outcome.kind, text).toBe('right');
  });
}
