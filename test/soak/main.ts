/** `npm run soak -- [--only NAME] [--scale 0.1] [--seed 1] [--write]`: the long runs; with --write their figures go into the documentation. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { FOUND, REASONS } from './found';
import { INSTRUMENTS } from './instruments';
import { reliabilityPage, type Runs } from './page';

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1] ?? otherwise;
};

const figuresFile = path.resolve('test/soak/figures.json');

async function main(): Promise<void> {
  const only = option('only', '');
  const [scale, seed] = [Number(option('scale', '1')), Number(option('seed', '1'))];
  let missed = 0;
  let runs: Runs = existsSync(figuresFile) ? JSON.parse(readFileSync(figuresFile, 'utf8')) as Runs : {};
  for (const instrument of INSTRUMENTS.filter((one) => only === '' || only.split(',').includes(one.name))) {
    const figures = await instrument.run(scale, seed);
    console.log(`\n${instrument.title}`);
    for (const one of figures) console.log(`  ${one.isMet ? 'met    ' : 'NOT MET'} ${one.what}: ${one.seen} (${one.bar})`);
    missed += figures.filter((one) => !one.isMet).length;
    runs = { ...runs, [instrument.name]: { title: instrument.title, date: new Date().toISOString().slice(0, 10), scale, seed, machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}, load average ${(loadavg()[0] ?? NaN).toFixed(1)}`, figures } };
  }
  if (process.argv.includes('--write')) {
    const ordered = Object.fromEntries(INSTRUMENTS.flatMap(({ name }) => runs[name] ? [[name, runs[name]]] : []));
    writeFileSync(figuresFile, `${JSON.stringify(ordered, undefined, 2)}\n`);
    writeFileSync(path.resolve('docs/reliability.md'), reliabilityPage(ordered, FOUND, REASONS, INSTRUMENTS.filter(({ name }) => !runs[name]).map(({ title }) => title)));
  }
  console.log(`\n${missed} figures miss their bar`);
  // Threads of killed servers and answers that never come must not keep this process.
  process.exit(missed > 0 ? 1 : 0);
}

void main();
