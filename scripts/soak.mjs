// The long runs against the built server: `npm run soak -- --only sessions --scale 0.1`. See docs/reliability.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { ensureInstalled, node, root } from './install.mjs';

ensureInstalled();
if (node(['scripts/build.mjs']) !== 0) process.exit(1);
const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-soak-'));
const outfile = path.join(folder, 'soak.cjs');
await build({ absWorkingDir: root, entryPoints: ['test/soak/main.ts'], bundle: true, platform: 'node', format: 'cjs', target: 'node20', packages: 'external', outfile, logLevel: 'warning', define: { 'import.meta.dirname': JSON.stringify(path.join(root, 'test/soak')) } });
process.exitCode = node([outfile, ...process.argv.slice(2)], { env: { ...process.env, NODE_PATH: path.join(root, 'node_modules') } });
rmSync(folder, { recursive: true, force: true });
