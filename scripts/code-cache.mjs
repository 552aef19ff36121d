// V8's code cache of what the command line loads: one file beside each script, made after a derivation has run, so that the
// functions that it called are in it too. Its bytes suit this Node alone; another compiles the scripts itself. No parcel holds one.
// node scripts/code-cache.mjs [folder of cli.js]
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '..');
const cli = path.resolve(process.argv[2] ?? path.join(root, 'dist'), 'cli.js');
const examples = readdirSync(path.join(root, 'examples')).filter((file) => file.endsWith('.mcalc')).sort();
process.argv = [process.execPath, cli, 'derive', ...examples.map((file) => path.join(root, 'examples', file))];
const { loaded, cacheOf } = createRequire(import.meta.url)(cli);
process.once('exit', () => {
  for (const [file, { script }] of loaded) writeFileSync(cacheOf(file), script.createCachedData());
});
