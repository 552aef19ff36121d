// Measures what docs/verification.md says of the verifier (minutes): `node scripts/proof.mjs`, then `node scripts/docs.mjs`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { node } from './install.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-proof-'));
const outfile = path.join(folder, 'proof.cjs');
// The corpus is read from where its tests are.
await build({ entryPoints: ['test/proof/main.ts'], bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile, logLevel: 'warning', define: { 'import.meta.dirname': JSON.stringify(path.resolve('test/corpus')) } });
process.exitCode = node([outfile, ...process.argv.slice(2)]);
rmSync(folder, { recursive: true, force: true });
