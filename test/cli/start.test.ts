/** The start from V8's code cache: the same results with it, without it, and with a broken one; and where it is kept. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeFolder } from '../../cli/code-folder';
import { sharedFiles } from '../../scripts/shared-files.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-start-'));
const cache = path.join(folder, 'cache/code');
const mcalc = (...args: readonly string[]): string => {
  const done = spawnSync(process.execPath, [path.join(folder, 'dist/cli.js'), ...args], { cwd: path.join(root, 'examples'), env: { ...process.env, MCALC_CODE_CACHE: cache }, encoding: 'utf8' });
  return `${done.stdout}${done.stderr}exit ${done.status}`;
};
const derive = (): string => mcalc('derive', 'polar-factor.mcalc');
const kept = (): readonly string[] => (existsSync(cache) ? readdirSync(cache) : []).map((name) => name.replace(/@.*/, '')).sort();

// The bundles of scripts/build.mjs, with the engine as a file of its own.
beforeAll(async () => {
  const shared = { absWorkingDir: folder, bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error' } as const;
  const files = sharedFiles(root);
  for (const [from, to] of [['start', 'cli'], ['main', 'commands'], ['warm', 'warm']]) {
    await build({ ...shared, entryPoints: [path.join(root, `cli/${from}.ts`)], outfile: `dist/${to}.js`, plugins: [files.plugin('node')] });
  }
  await files.build({ ...shared, metafile: true });
}, 60_000);
beforeEach(() => rmSync(cache, { recursive: true, force: true }));

test('the first command that needs the engine leaves a cache, and it changes nothing but the time', () => {
  const without = derive();
  expect(without).toContain('exit 0');
  expect(kept()).toEqual(['mcalc-commands.js', 'mcalc-core.js', 'mcalc-warm.js']);
  const bytes = readdirSync(cache).map((name) => path.join(cache, name)).map((file) => [file, readFileSync(file)] as const);
  expect(derive()).toBe(without);
  for (const [file, before] of bytes) expect(readFileSync(file).equals(before)).toBe(true);
  for (const spoil of [(b: Buffer) => b.subarray(0, b.length / 2), () => Buffer.alloc(0), (b: Buffer) => Buffer.concat([b.subarray(0, 40), Buffer.from('x'), b.subarray(41)])]) {
    for (const [file, before] of bytes) writeFileSync(file, spoil(before));
    expect(derive()).toBe(without);
    // And it is mended.
    for (const [file] of bytes) expect(readFileSync(file).length).toBeGreaterThan(1000);
  }
});

test('what needs no engine writes nothing; a command that fails says the same and leaves its cache', () => {
  expect(mcalc('--version')).toContain('exit 0');
  expect(mcalc('nonsense')).toContain('exit 2');
  expect(kept()).toEqual([]);
  const wrong = mcalc('check', path.join(root, 'package.json'));
  expect(wrong).toContain('exit 1');
  expect(kept()).toContain('mcalc-core.js');
  expect(mcalc('check', path.join(root, 'package.json'))).toBe(wrong);
});

describe('the folder', () => {
  test.each([
    ['linux', { HOME: '/home/a' }, '/home/a/.cache/mcalc/code'],
    ['linux', { HOME: '/home/a', XDG_CACHE_HOME: '/c' }, '/c/mcalc/code'],
    ['linux', { HOME: '/home/a', XDG_CACHE_HOME: 'relative' }, '/home/a/.cache/mcalc/code'],
    ['linux', {}, undefined],
    ['darwin', { HOME: '/Users/a' }, '/Users/a/Library/Caches/mcalc/code'],
    ['win32', { LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local' }, 'C:\\Users\\a\\AppData\\Local\\mcalc\\code'],
    ['win32', {}, undefined],
    ['linux', { HOME: '/home/a', MCALC_CODE_CACHE: '/elsewhere' }, '/elsewhere'],
    ['linux', { HOME: '/home/a', MCALC_CODE_CACHE: '' }, undefined],
  ])('%s %j: %s', (platform, env, expected) => expect(codeFolder(env, platform)).toBe(expected));
});
