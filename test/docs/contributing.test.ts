/** Follows "An operator in ten minutes" of CONTRIBUTING.md on a copy of the tree: the new operator is derived, verified and generated. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fencesOf, root } from './fences';

interface Insertion { readonly file: string; readonly anchor: string; readonly text: string }

const fences = fencesOf('CONTRIBUTING.md');
const insertions: readonly Insertion[] = fences.filter((f) => f.language === 'ts').flatMap((f) => {
  const head = /^\/\/ (\S+), before: (.*)\n/.exec(f.text);
  const body = f.text.slice(head?.[0].length ?? 0);
  const wholeLines = /^( {2}|\/\*\*)/.test(body);
  return head ? [{ file: head[1] ?? '', anchor: head[2] ?? '', text: wholeLines ? body : `${body.trim()} ` }] : [];
});
const example = fences.find((f) => f.language === 'mcalc-new')?.text ?? '';

const copy = mkdtempSync(path.join(tmpdir(), 'mcalc-contributing-'));
const cli = path.join(copy, 'dist/cli.js');
const file = path.join(copy, 'swish.mcalc');
const run = (...args: readonly string[]) => spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });

beforeAll(() => {
  for (const name of ['core', 'cli', 'server', 'scripts', 'package.json', 'tsconfig.json']) cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'dir');
  writeFileSync(file, example);
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('every step finds its place, once', () => {
  expect(insertions.length).toBe(8);
  const places = insertions.map(({ file: name, anchor }) => [name, readFileSync(path.join(root, name), 'utf8').split(anchor).length - 1] as const);
  expect(places.filter(([, count]) => count !== 1)).toEqual([]);
});

test('before, the operator is unknown; afterwards it is verified and generated', () => {
  const bundle = () => run('-e', `require('esbuild').buildSync({ entryPoints: ['cli/main.ts'], bundle: true, platform: 'node', format: 'cjs', outfile: ${JSON.stringify(cli)}, logLevel: 'error' })`);
  expect(bundle().stderr).toBe('');
  expect(run(cli, 'check', file).stderr).toContain('[MC2004]');
  for (const { file: name, anchor, text } of insertions) {
    const full = path.join(copy, name);
    writeFileSync(full, readFileSync(full, 'utf8').replace(anchor, () => text + anchor));
  }
  expect(run('scripts/kernels.mjs').stderr).toBe('');
  expect(bundle().stderr).toBe('');
  const checked = run(cli, 'check', file);
  expect([checked.status, checked.stdout.match(/: verified: /g)?.length, checked.stderr]).toEqual([0, 3, '']);
  expect(run(cli, 'generate', file).stdout).toContain('function swish(x: number): number');
}, 240_000);
