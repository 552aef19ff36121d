// Random programs through every stage: `node scripts/fuzz.mjs --count 1000 --seed 1`. With `--parser`, texts of every kind through the
// parser, the checker and the formatter: `node scripts/fuzz.mjs --parser --from 0 --count 100000`. With `--edits`, chains of random edits: `node scripts/fuzz.mjs --edits --from 1 --count 250`. The last line is the counts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { node } from './install.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-fuzz-'));
const outfile = path.join(folder, 'fuzz.cjs');
await build({ entryPoints: [process.argv.includes('--parser') ? 'test/fuzz/text-main.ts' : process.argv.includes('--edits') ? 'test/fuzz/edits-main.ts' : process.argv.includes('--expressions') ? 'test/fuzz/main-expressions.ts' : 'test/fuzz/main.ts'], bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile, logLevel: 'warning' });
process.exitCode = node([outfile, ...process.argv.slice(2)]);
rmSync(folder, { recursive: true, force: true });
