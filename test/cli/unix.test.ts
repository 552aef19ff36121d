/** The command line among other tools: pipes that close, texts in other encodings, folders that are none, signals. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { cliEnvironment, cliFile } from './bundle';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mcalc-unix-'));
  put('square.mcalc', "x : R^n\nf = x'*x\ngrad(f, x)\n");
  put('false.mcalc', 'x, y : scalar\ncheck x*y == x\n');
});
const put = (name: string, text: string | Buffer): void => { writeFileSync(path.join(folder, name), text); };

interface Done { readonly code: number | null; readonly out: string; readonly errors: string }

async function mcalc(...args: readonly string[]): Promise<Done> {
  const done = spawnSync(process.execPath, [await cliFile(), ...args], { cwd: folder, env: cliEnvironment, encoding: 'utf8', timeout: 20_000 });
  return { code: done.status, out: done.stdout, errors: done.stderr };
}
/** @param script with `mcalc` for the command */
async function shell(script: string): Promise<Done> {
  const done = spawnSync('bash', ['-c', `set -o pipefail; mcalc() { "$NODE" "$CLI" "$@"; }; ${script}`], { cwd: folder, env: { ...cliEnvironment, NODE: process.execPath, CLI: await cliFile() }, encoding: 'utf8', timeout: 20_000 });
  return { code: done.status, out: done.stdout, errors: done.stderr };
}

describe('what reads the results', () => {
  test('may go away: nothing is said, and the exit code still tells what was found', async () => {
    expect(await shell('mcalc verify square.mcalc --json | true')).toEqual({ code: 0, out: '', errors: '' });
    const failed = await shell('mcalc check false.mcalc --json | true');
    expect([failed.code, failed.errors]).toEqual([1, expect.stringMatching(/^false\.mcalc:2:1: error: the claim is false/)]);
  });
  test('what reads the messages may go away too', async () => {
    expect((await shell('mcalc generate square.mcalc --out made 2>&1 >/dev/null | true; echo "${PIPESTATUS[0]}"')).out).toBe('0\n');
  });
  test('may be a full disk, which is said', async () => {
    expect(await shell('mcalc derive square.mcalc > /dev/full')).toEqual({ code: 2, out: '', errors: 'mcalc: standard output cannot be written: no space is left (ENOSPC)\n' });
  });
});

describe('standard input', () => {
  test.each([['closed', 'mcalc derive - <&-'], ['empty', 'mcalc derive - < /dev/null']])('%s', async (_, script) => {
    expect(await shell(script)).toMatchObject({ code: 0, out: '', errors: expect.stringMatching(/^-: nothing is asked for/) as string });
  });
  test('can be read once only', async () => {
    expect(await shell('mcalc derive - - < square.mcalc')).toEqual({ code: 2, out: '', errors: 'mcalc: standard input can be read once only; give `-` once\n' });
  });
  test('a folder', async () => {
    expect(await shell('mcalc derive - < .')).toEqual({ code: 2, out: '', errors: '-: cannot be read: it is a folder (EISDIR)\n' });
  });
  test('a pipe that another program made non-blocking, and that is empty for a while', async () => {
    const hand = 'import os; os.set_blocking(0, False); os.execvp(os.environ["NODE"], ["node", os.environ["CLI"], "derive", "-", "--form", "gradient"])';
    const done = await shell(`(sleep 1; cat square.mcalc) | python3 -c '${hand}'`);
    expect([done.code, done.errors, done.out]).toEqual([0, '', expect.stringContaining('gradient     2*x')]);
  });
  // script(1) runs a command on a terminal of its own, where the machine has terminals to give.
  const hasTerminals = spawnSync('script', ['-qec', 'true', '/dev/null'], { input: '' }).status === 0;
  test.runIf(hasTerminals)('a terminal: what is waited for is said', async () => {
    const done = spawnSync('script', ['-qec', `"${process.execPath}" "${await cliFile()}" derive - --form gradient`, '/dev/null'], { cwd: folder, env: cliEnvironment, encoding: 'utf8', input: 'x : scalar\ngrad(x^2, x)\n\u0004', timeout: 20_000 });
    expect(done.stdout).toContain('mcalc: reading from the terminal; Ctrl-D on a line of its own ends the text');
    expect(done.stdout).toContain('gradient     2*x');
  });
});

describe('encodings', () => {
  const text = "x : vector(n)\nf = x'*x\ngrad(f, x)\n";
  test.each([['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'in UTF-16'], ['UTF-16 without it', Buffer.from(text, 'utf16le'), 'in UTF-16, or no text']])('%s is refused once, by its name', async (_, bytes, what) => {
    put('other.mcalc', bytes);
    for (const command of ['derive', 'check', 'format']) expect(await mcalc(command, 'other.mcalc')).toEqual({ code: 2, out: '', errors: `other.mcalc: cannot be read: it is ${what}; save it as UTF-8\n` });
    expect(readFileSync(path.join(folder, 'other.mcalc'))).toEqual(bytes);
  });
  test('a file with bytes that are no UTF-8 is never written over, since they would be lost', async () => {
    const bytes = Buffer.from("x:vector(n) positve\n# caf\u00e9\nf = x'*x\ngrad(f, x)\n", 'latin1');
    put('latin.mcalc', bytes);
    put('latin.ts', Buffer.from("// caf\u00e9\n// @mcalc x:vector(n); f = x'*x; grad(f, x)\n", 'latin1'));
    const refused = /^latin\.(mcalc|ts): holds bytes that are no UTF-8, and is left as it is; save it as UTF-8 first$/m;
    expect(await mcalc('format', 'latin.mcalc')).toMatchObject({ code: 2, errors: expect.stringMatching(refused) as string });
    expect(await mcalc('check', '--fix', 'latin.mcalc')).toMatchObject({ code: 2, errors: expect.stringMatching(refused) as string });
    expect(await mcalc('generate', 'latin.ts')).toMatchObject({ code: 2, errors: expect.stringMatching(refused) as string });
    expect(readFileSync(path.join(folder, 'latin.mcalc'))).toEqual(bytes);
    expect(readdirSync(folder).sort()).toEqual(['false.mcalc', 'latin.mcalc', 'latin.ts', 'square.mcalc']);
  });
});

describe('files and folders that are none', () => {
  test.each([
    ['nofile.mcalc', 'nofile.mcalc: cannot be read: there is no such file or folder (ENOENT)'],
    ['.', '.: cannot be read: it is a folder (EISDIR)'],
    ['square.mcalc/x', 'square.mcalc/x: cannot be read: a part of its path is no folder (ENOTDIR)'],
    ['', '"": cannot be read: there is no such file or folder (ENOENT)'],
    ['a\nb\u001b[31m', '"a\\nb\\u001b[31m": cannot be read: there is no such file or folder (ENOENT)'],
    ['x'.repeat(50_000), `${'x'.repeat(200)}…: cannot be read: the name is too long (ENAMETOOLONG)`],
  ])('%j', async (file, message) => {
    expect(await mcalc('derive', file)).toEqual({ code: 2, out: '', errors: `${message}\n` });
  });
  test('links that lead in a circle, or nowhere, are told and kept', async () => {
    symlinkSync('circle', path.join(folder, 'circle'));
    expect(await mcalc('check', 'circle')).toEqual({ code: 2, out: '', errors: 'circle: cannot be read: its symbolic links lead in a circle (ELOOP)\n' });
    symlinkSync('nowhere', path.join(folder, 'square.mcalc.ts'));
    expect(await mcalc('generate', 'square.mcalc', '--out', '.')).toEqual({ code: 2, out: '', errors: 'square.mcalc.ts: is a symbolic link that leads nowhere, and is left as it is\n' });
    expect(readlinkSync(path.join(folder, 'square.mcalc.ts'))).toBe('nowhere');
  });
  test.each([
    ['square.mcalc', 'a file of that name stands in the way (EEXIST)'],
    ['square.mcalc/a/b', 'a part of its path is no folder (ENOTDIR)'],
    // Where Node's own recursion never ends; what the kernel says of it differs.
    ['/proc/mcalc/a', ''],
  ])('--out %s', async (out, why) => {
    const { code, errors } = await mcalc('generate', 'square.mcalc', '--out', out);
    expect([code, errors]).toEqual([2, expect.stringContaining(`cannot be written: ${why}`)]);
  });
  test('a folder that is not there yet is made, with those above it', async () => {
    expect((await mcalc('generate', 'square.mcalc', '--out', 'a/b/c')).code).toBe(0);
    expect(readdirSync(path.join(folder, 'a/b/c'))).toEqual(['square.mcalc.ts']);
  });
});

describe('others at work', () => {
  test('several processes that make one module all end well, and a whole one stands there', async () => {
    const cli = await cliFile();
    const run = (): Promise<number | null> => new Promise((resolve) => { spawn(process.execPath, [cli, 'generate', 'square.mcalc', '--out', 'made'], { cwd: folder, env: cliEnvironment }).on('exit', resolve); });
    expect(await run()).toBe(0);
    const whole = readFileSync(path.join(folder, 'made/square.mcalc.ts'), 'utf8');
    put('square.mcalc', "x : R^n\nf = x'*x\ngrad(f, x)\n\n");
    expect(await Promise.all([run(), run(), run(), run()])).toEqual([0, 0, 0, 0]);
    expect(readFileSync(path.join(folder, 'made/square.mcalc.ts'), 'utf8')).toBe(whole);
    expect(readdirSync(path.join(folder, 'made'))).toEqual(['square.mcalc.ts']);
  });
  test('a script of that name elsewhere is not written over', async () => {
    put('a.ts', "// @mcalc x:vector(n); f = x'*x; grad(f, x)\n");
    expect((await mcalc('generate', 'a.ts', '--out', 'made')).code).toBe(0);
    writeFileSync(path.join(folder, 'made/a.ts'), 'mine');
    expect(await mcalc('generate', 'a.ts', '--out', 'made')).toEqual({ code: 1, out: '', errors: 'made/a.ts: stands there already and is left as it is; --force overwrites it\n' });
    expect((await mcalc('generate', 'a.ts', '--out', 'made', '--force')).code).toBe(0);
    expect(readFileSync(path.join(folder, 'made/a.ts'), 'utf8')).toContain('export function');
  });
});

describe('a signal in a long verification', () => {
  // A shell reports an end by a signal as 128 and its number: 130 for Ctrl-C.
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends it: nothing is printed, nothing left', async (signal) => {
    put('long.mcalc', 'A : matrix(n, n) posdef\ndim n = 9\nF = logm(logm(A)*logm(A) + I)\njacobian(F, A)\n');
    put('terminal.cjs', 'process.stderr.isTTY = true;');
    const child = spawn(process.execPath, ['--require', './terminal.cjs', await cliFile(), 'verify', 'square.mcalc', 'long.mcalc', '--json'], { cwd: folder, env: { ...cliEnvironment, NODE_OPTIONS: '' } });
    let out = '';
    child.stdout.on('data', (data: Buffer) => { out += data.toString(); });
    const ended = new Promise((resolve) => { child.on('exit', (code, by) => { resolve([code, by]); }); });
    await new Promise((resolve) => { child.stderr.once('data', resolve); });
    child.kill(signal);
    expect(await ended).toEqual([null, signal]);
    expect(out).toBe('');
    expect(readdirSync(folder).sort()).toEqual(['false.mcalc', 'long.mcalc', 'square.mcalc', 'terminal.cjs']);
  });
});
