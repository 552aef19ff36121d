// Parsing and shape-checking, measured: `node bench/language.mjs`. Run it on a quiet machine; the ratios hold on a busy one too.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { node } from '../scripts/install.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-bench-'));
const outfile = path.join(folder, 'language.cjs');
await build({ entryPoints: ['bench/language.ts'], bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile, logLevel: 'error' });
process.exitCode = node([outfile, ...process.argv.slice(2)]);
rmSync(folder, { recursive: true, force: true });
