/** Chains of random edits, each reading compared with a fresh one: `node scripts/fuzz.mjs --edits --from 1 --count 250`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileOf, KINDS } from '../../bench/files';
import { followEdits } from '../algebra/edits';
import { exampleTexts } from './texts';

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1] ?? otherwise;
};
const root = option('root', '.');
const from = Number(option('from', '1'));
const to = from + Number(option('count', '250'));
const STEPS = 40;

const examples = exampleTexts(root).filter((t) => t.length < 1200);
const total = { from, to, edits: 0, faults: 0, slices: 0, keptSlices: 0, statements: 0, keptStatements: 0, patched: 0 };
for (let seed = from; seed < to; seed++) {
  const start = seed % 3 === 0 ? fileOf(KINDS[seed % KINDS.length] ?? 'plain', 20) : `${examples[(seed * 5) % examples.length]}\n${examples[(seed * 11) % examples.length]}`;
  const chain = followEdits(start, seed, STEPS, examples, seed % 2 === 0);
  total.edits += STEPS;
  total.faults += chain.faults.length;
  for (const key of ['slices', 'keptSlices', 'statements', 'keptStatements', 'patched'] as const) total[key] += chain[key];
  if (chain.faults[0] !== undefined && total.faults <= 20) console.log(`FAULT in chain ${seed}: ${chain.faults[0]}`);
}
const record = option('record', '');
if (record !== '') {
  const file = path.resolve(root, record);
  let old: readonly (typeof total)[] = [];
  try { old = JSON.parse(readFileSync(file, 'utf8')) as readonly (typeof total)[]; } catch { /* The first run. */ }
  writeFileSync(file, `[\n${[...old.filter((r) => r.from !== from), total].sort((a, b) => a.from - b.from).map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
}
console.log(`${total.edits} edits, ${total.faults} faults; kept ${total.keptSlices} of ${total.slices} slices, ${total.keptStatements} of ${total.statements} statements, ${total.patched} readings of what differs alone`);
process.exitCode = total.faults === 0 ? 0 : 1;
