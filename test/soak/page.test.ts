/** docs/reliability.md says what the figures of the last runs say, and every bar that was missed has its reason. */
import { expect, test } from 'vitest';
import { textOf } from '../architecture/sources';
import { FOUND, REASONS } from './found';
import { INSTRUMENTS } from './instruments';
import { reliabilityPage, type Runs } from './page';

const runs = JSON.parse(textOf('test/soak/figures.json')) as Runs;

test('the page follows from the figures', () => {
  expect(textOf('docs/reliability.md')).toBe(reliabilityPage(runs, FOUND, REASONS, INSTRUMENTS.filter(({ name }) => !runs[name]).map(({ title }) => title)));
});
test('figures are of instruments that there are, in their order', () => {
  expect(Object.keys(runs)).toEqual(INSTRUMENTS.map((one) => one.name).filter((name) => runs[name]));
  expect(Object.keys(runs).length).toBeGreaterThan(0);
});
test('a bar that was missed is explained, and nothing else is', () => {
  const missed = Object.values(runs).flatMap((run) => run.figures).filter((one) => !one.isMet).map((one) => one.what);
  const reasons = Object.keys(REASONS);
  expect(missed.filter((what) => !reasons.some((start) => what.startsWith(start)))).toEqual([]);
  expect(reasons.filter((start) => !missed.some((what) => what.startsWith(start)))).toEqual([]);
});
test('the page shows a missed bar and its reason', () => {
  const run = { title: 'A', date: '2026-01-01', scale: 1, seed: 1, figures: [{ what: 'x', bar: '1', seen: '2', isMet: false }] };
  expect(reliabilityPage({ a: run }, [], { x: 'because' })).toContain('| x | 1 | 2 | **not met**: because |');
});
