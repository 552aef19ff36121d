// Writes test/data/anchors.json: the tensors of the anchor problems, by 64-digit differences. Takes two minutes; only for new problems.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { node } from './install.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-anchors-'));
const outfile = path.join(folder, 'anchors.cjs');
await build({ entryPoints: ['test/anchors/main.ts'], bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile, logLevel: 'warning' });
process.exitCode = node([outfile]);
rmSync(folder, { recursive: true, force: true });
