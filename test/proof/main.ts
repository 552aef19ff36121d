/** `node scripts/proof.mjs`: the figures of docs/verification.md, measured. Written to test/proof/figures.json. */
import { writeFileSync } from 'node:fs';
import { subjects } from '../verify/operators';
import { nearKinks, scaled, SCALES, type Alarm } from './alarms';
import { controlsOf } from './controls';
import { corpusFigures } from './corpus';

const count = <T extends string>(words: readonly T[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const w of words) counts[w] = (counts[w] ?? 0) + 1;
  return counts;
};

const corpus = corpusFigures();
const controls = subjects.map((s) => ({ op: s.op, ...controlsOf(s) }));
const alarms = (list: readonly (Alarm | undefined)[]): Record<string, number> => count(list.flatMap((a) => (a ? [a.verdict] : [])));
const made = controls.flatMap((c) => c.controls);
const figures = {
  date: new Date().toISOString().slice(0, 10),
  corpus,
  controls: {
    operators: controls.map((c) => c.op),
    right: count(controls.map((c) => c.right.verdict)),
    kinds: Object.fromEntries([...new Set(made.map((m) => m.kind))].map((kind) => [kind, count(made.filter((m) => m.kind === kind).map((m) => m.verdict))])),
    let_through: made.filter((m) => m.verdict === 'verified' || m.verdict === 'undecided'),
  },
  alarms: { scales: Object.fromEntries(SCALES.map((scale) => [scale, alarms(subjects.map((s) => scaled(s, scale)))])), kinks: alarms(nearKinks()) },
};
writeFileSync('test/proof/figures.json', `${JSON.stringify(figures, null, 1)}\n`);
console.log(JSON.stringify({ ...figures, corpus: count(corpus.map((c) => c.verdict)) }, null, 1));
