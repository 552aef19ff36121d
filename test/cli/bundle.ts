/** The command line as one file, made once for the tests that need a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
let made: Promise<string> | undefined;

async function bundle(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-cli-'));
  process.once('exit', () => { rmSync(folder, { recursive: true, force: true }); });
  const outfile = path.join(folder, 'cli.cjs');
  await build({ entryPoints: [path.join(root, 'cli/main.ts')], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', packages: 'external', logLevel: 'error' });
  return outfile;
}

/** The file, and the environment in which it finds its packages. */
export const cliFile = async (): Promise<string> => (made ??= bundle());
export const cliEnvironment = { ...process.env, NODE_PATH: path.join(root, 'node_modules') };
