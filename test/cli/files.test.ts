/** Every command takes one or more files: what several give, and how the results tell them apart. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { cliEnvironment, cliFile } from './bundle';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mcalc-files-'));
  writeFileSync(path.join(folder, 'square.mcalc'), 'x : R^n\nf = x\'*x\ngrad(f, x)\n');
  writeFileSync(path.join(folder, 'cube.mcalc'), 'x : scalar\nf = x^3\ngrad(f, x)\n');
  writeFileSync(path.join(folder, 'broken.mcalc'), 'f = y\n');
  writeFileSync(path.join(folder, 'formula.tex'), '\\alpha x^\\top x');
  writeFileSync(path.join(folder, 'values.json'), '{ "x": 2 }');
});

async function mcalc(...args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly errors: string }> {
  const done = spawnSync(process.execPath, [await cliFile(), ...args], { cwd: folder, env: cliEnvironment, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, errors: done.stderr };
}

test('derive: each file\'s results below its name, each request and message with its file in JSON', async () => {
  const text = await mcalc('derive', 'square.mcalc', 'cube.mcalc', '--form', 'gradient');
  expect(text.out.split('\n').filter((line) => line !== '')).toEqual(['square.mcalc:', '∂f/∂x  (grad, n×1)', '  gradient     2*x', 'cube.mcalc:', '∂f/∂x  (grad, 1×1)', '  gradient     3*x^2']);
  const { code, out } = await mcalc('derive', 'square.mcalc', 'broken.mcalc', 'cube.mcalc', '--json');
  const json = JSON.parse(out) as { requests: { file: string }[]; diagnostics: { file: string; code: string }[] };
  expect(json.requests.map((r) => r.file)).toEqual(['square.mcalc', 'cube.mcalc']);
  expect(json.diagnostics.map((d) => [d.file, d.code])).toEqual([['broken.mcalc', 'MC2001']]);
  expect(code).toBe(1);
});

test('one file\'s JSON names no file', async () => {
  expect((await mcalc('derive', 'square.mcalc', '--json')).out).not.toContain('"file"');
});

test('verify: the verdicts of all files; one with errors fails the run, the others are still verified', async () => {
  const { code, out } = await mcalc('verify', 'square.mcalc', 'broken.mcalc', 'cube.mcalc');
  expect(out.split('\n').filter((line) => line !== '').map((line) => /^(.*?): verified/.exec(line)?.[1])).toEqual(['square.mcalc:3', 'cube.mcalc:3']);
  expect(code).toBe(1);
});

test('generate: a module a file; two that would make the same file are told apart before anything is written', async () => {
  expect((await mcalc('generate', 'square.mcalc', 'cube.mcalc', '--out', 'made')).code).toBe(0);
  expect(readdirSync(path.join(folder, 'made')).sort()).toEqual(['cube.mcalc.ts', 'square.mcalc.ts']);
  const twice = await mcalc('generate', 'square.mcalc', './square.mcalc', '--out', 'again');
  expect(twice.code).toBe(2);
  expect(twice.errors).toContain('two of the files make');
  expect(readdirSync(folder)).not.toContain('again');
});

test('eval: an array of the files\' values', async () => {
  writeFileSync(path.join(folder, 'double.mcalc'), 'x : scalar\nf = 2*x\n');
  const { out } = await mcalc('eval', 'cube.mcalc', 'double.mcalc', '--values', 'values.json', '--of', 'f', '--json');
  expect((JSON.parse(out) as { file: string; value: { data: number[] } }[]).map((r) => [r.file, r.value.data[0]])).toEqual([['cube.mcalc', 8], ['double.mcalc', 4]]);
});

test('convert: the statements of all files', async () => {
  expect((await mcalc('convert', 'formula.tex', 'formula.tex', '--from', 'latex')).out).toBe('alpha*x\'*x\nalpha*x\'*x\n');
});

test('--form chooses among the other forms too', async () => {
  writeFileSync(path.join(folder, 'gram.mcalc'), 'A : R^(n×n)\nX : R^(n×m)\nM = A*X*X\'*A\'\njacobian(M, X)\n');
  const { out } = await mcalc('derive', 'gram.mcalc', '--form', 'vec');
  expect(out).toContain('(vec, term by term)');
  expect(out).not.toContain('(directional, term by term)');
});

test('a reader that goes away ends the command without a message', async () => {
  const done = spawnSync('bash', ['-c', `"${process.execPath}" "$0" derive ${'square.mcalc '.repeat(80)} --json | head -c 1`, await cliFile()], { cwd: folder, env: cliEnvironment, encoding: 'utf8' });
  expect([done.stdout, done.stderr]).toEqual(['{', '']);
});

test('a false claim shows the point, both sides and their difference', async () => {
  writeFileSync(path.join(folder, 'claim.mcalc'), 'x, y : scalar\ncheck x*y == y*x + 1e-12\ncheck diag([1, 2]) == [1, 0; 0, 3]\n');
  const { code, errors } = await mcalc('check', 'claim.mcalc');
  expect(code).toBe(1);
  expect(errors).toMatch(/^claim\.mcalc:2:1: error: the claim is false: at \{"x":\S+\} the left side is (\S+), the right side \1, their difference -1e-12 \[MC6001\]$/m);
  expect(errors).toContain('the left side is [1, 0; 0, 2], the right side [1, 0; 0, 3], their difference [0, 0; 0, -1]');
});

test('check and verify in JSON: what is wrong with a file stands beside the verdicts, and of several files each entry names its own', async () => {
  const { out } = await mcalc('check', 'broken.mcalc', 'cube.mcalc', '--json');
  const [wrong, right] = JSON.parse(out) as Record<string, unknown>[];
  expect(wrong).toMatchObject({ file: 'broken.mcalc', line: 1, column: 5, severity: 'error', code: 'MC2001' });
  expect(right).toMatchObject({ file: 'cube.mcalc', of: 'f', verdict: 'verified' });
  expect((JSON.parse((await mcalc('check', 'broken.mcalc', '--json')).out) as Record<string, unknown>[])[0]).not.toHaveProperty('file');
});

test.each([
  ['{"x": [1, 2]}', 'cube.mcalc:1:1: error: x is 2×1, declared scalar: it has 2 rows, not 1 [MC6004]'],
  ['{"y": 1}', 'cube.mcalc:1:1: error: x has no value; give it in the values file [MC6004]'],
  ['{"x": NaN}', 'point.json:1:1: error: NaN and Infinity are no values; every entry must be a finite number [MC6004]'],
  ['{"x": 1e200}', 'cube.mcalc:2:1: error: at this point *: an entry is too large for a 64-bit number [MC6004]'],
])('a point that is wrong has a message with its place: %s', async (values, message) => {
  writeFileSync(path.join(folder, 'point.json'), values);
  const { code, errors } = await mcalc('eval', 'cube.mcalc', '--values', 'point.json', '--of', 'f', '--wrt', 'x');
  expect(errors.trim()).toBe(message);
  expect(code).toBe(1);
});

test('format --check writes nothing of standard input either', async () => {
  const run = async (input: string): Promise<unknown> => { const d = spawnSync(process.execPath, [await cliFile(), 'format', '-', '--check'], { env: cliEnvironment, encoding: 'utf8', input }); return [d.status, d.stdout]; };
  expect(await run('F=1')).toEqual([1, '']);
  expect(await run('F = 1\n')).toEqual([0, '']);
});

test('a device that never ends is not read to its end, a pipe is', async () => {
  const endless = await mcalc('check', '/dev/zero');
  expect([endless.code, endless.errors]).toEqual([2, expect.stringMatching(/^\/dev\/zero: cannot be read \(it is no file, and does not end within 64 MB\)/)]);
  const piped = spawnSync('sh', ['-c', 'cat square.mcalc | "$0" "$1" derive /dev/stdin --form gradient', process.execPath, await cliFile()], { cwd: folder, env: cliEnvironment, encoding: 'utf8' });
  expect([piped.status, piped.stdout]).toEqual([0, expect.stringContaining('gradient     2*x')]);
});
