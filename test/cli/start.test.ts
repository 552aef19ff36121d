/** The start from V8's code cache: the same results with it, without it, and with one that V8 refuses. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { cliEnvironment } from './bundle';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-start-'));
const file = (name: string): string => path.join(folder, name);
const node = (...args: readonly string[]): string => {
  const done = spawnSync(process.execPath, args, { cwd: path.join(root, 'examples'), env: cliEnvironment, encoding: 'utf8' });
  return `${done.stdout}${done.stderr}exit ${done.status}`;
};
const derive = (): string => node(file('cli.js'), 'derive', 'polar-factor.mcalc');

beforeAll(async () => {
  const shared = { bundle: true, platform: 'node', format: 'cjs', target: 'node20', packages: 'external', logLevel: 'error' } as const;
  await build({ ...shared, entryPoints: [path.join(root, 'cli/start.ts')], outfile: file('cli.js') });
  await build({ ...shared, entryPoints: [path.join(root, 'cli/main.ts')], outfile: file('commands.js') });
});

test('a cache changes nothing but the time', () => {
  const without = derive();
  expect(without).toContain('exit 0');
  node(path.join(root, 'scripts/code-cache.mjs'), folder);
  const cache = file('commands.js.v8');
  expect(existsSync(cache)).toBe(true);
  expect(derive()).toBe(without);
  // Taken from the cache: V8 says for each script whether it refused.
  const refused = `const { loaded } = (process.argv.splice(1, 1, 'x', 'help'), require(${JSON.stringify(file('cli.js'))})); process.on('exit', () => console.error([...loaded.values()].map((one) => one.script.cachedDataRejected)));`;
  expect(node('-e', refused, 'x')).toContain('[ false ]');
  const bytes = readFileSync(cache);
  writeFileSync(cache, bytes.subarray(0, bytes.length / 2));
  expect(derive()).toBe(without);
  writeFileSync(cache, '');
  expect(derive()).toBe(without);
});
