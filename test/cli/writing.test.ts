/** Files that the command line writes: whole or not at all, and none that are not its own. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { writeWhole } from '../../cli/write';
import { cliEnvironment, cliFile } from './bundle';

let folder = '';
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'mcalc-writing-')); });

async function mcalc(args: readonly string[], blocks?: number): Promise<{ readonly code: number | null; readonly errors: string }> {
  const file = await cliFile();
  // A limit on the size of files is the nearest to a full disk that needs no rights.
  const done = blocks === undefined ? spawnSync(process.execPath, [file, ...args], { cwd: folder, env: cliEnvironment, encoding: 'utf8' })
    : spawnSync('bash', ['-c', `ulimit -f ${blocks}; exec "$@"`, 'bash', process.execPath, file, ...args], { cwd: folder, env: cliEnvironment, encoding: 'utf8' });
  return { code: done.status, errors: done.stderr };
}
const put = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
const LONG = `X : matrix(m, n)\n${Array.from({ length: 2000 }, (_, i) => `F${i}=X*X'*${i}`).join('\n')}\n`;

describe('format', () => {
  test('lays out .mcalc files, and leaves other languages\' files as they are', async () => {
    const own = put('a.mcalc', "X:matrix(m,n)\r\nF=X*X'\r\n");
    const code = 'const  a = 1;\n  // @mcalc x:vector(n); f=x\'x; grad(f,x)\nfunction f( ) { }\n';
    const other = put('b.ts', code);
    expect((await mcalc(['format', 'a.mcalc', 'b.ts'])).code).toBe(0);
    expect(readFileSync(own, 'utf8')).toBe("X : matrix(m, n)\r\nF = X*X'\r\n");
    expect(readFileSync(other, 'utf8')).toBe(code);
  });
  test('keeps permissions and symbolic links', async () => {
    const own = put('a.mcalc', 'X:matrix(m,n)\n');
    chmodSync(own, 0o640);
    const link = path.join(folder, 'link.mcalc');
    symlinkSync(own, link);
    expect((await mcalc(['format', 'link.mcalc'])).code).toBe(0);
    expect(readFileSync(own, 'utf8')).toBe('X : matrix(m, n)\n');
    expect(statSync(own).mode & 0o777).toBe(0o640);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });
});

describe('generate', () => {
  test('writes to standard output for --out -, and makes no folder of that name', async () => {
    put('a.mcalc', "x : vector(n)\nf = x'*x\ngrad(f, x)\n");
    const done = spawnSync(process.execPath, [await cliFile(), 'generate', 'a.mcalc', '--out', '-'], { cwd: folder, env: cliEnvironment, encoding: 'utf8' });
    expect(done.status).toBe(0);
    expect(done.stdout).toContain('export function');
    expect(readdirSync(folder)).toEqual(['a.mcalc']);
    expect(await mcalc(['generate', 'a.mcalc', '--out', '-', '--check'])).toMatchObject({ code: 2, errors: expect.stringContaining('--check compares with files') as string });
  });
});

describe('a read-only file', () => {
  test.each([
    ['format', ['format', 'a.mcalc'], 'a.mcalc', 'x:vector(n)\n'],
    ['check --fix', ['check', '--fix', 'a.mcalc'], 'a.mcalc', 'x : vector(n) positve\n'],
    ['generate', ['generate', 'a.mcalc', '--out', '.'], 'a.mcalc.ts', "x : vector(n)\nf = 2*x'*x\ngrad(f, x)\n"],
  ])('%s leaves it as it is, and says so', async (_, args, name, text) => {
    const file = path.join(folder, name);
    put('a.mcalc', "x : vector(n)\nf = x'*x\ngrad(f, x)\n");
    expect((await mcalc(['generate', 'a.mcalc', '--out', '.'])).code).toBe(0);
    put('a.mcalc', text);
    const before = readFileSync(file, 'utf8');
    chmodSync(file, 0o444);
    expect(await mcalc(args)).toMatchObject({ code: 2, errors: expect.stringContaining(`${name}: is read-only, and is left as it is`) as string });
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readdirSync(folder).sort()).toEqual(['a.mcalc', 'a.mcalc.ts']);
    chmodSync(file, 0o644);
    await mcalc(args);
    expect(readFileSync(file, 'utf8')).not.toBe(before);
  });
});

describe('others at work in the same folder', () => {
  test('a file that another program has changed meanwhile is left as that wrote it', () => {
    const file = put('a.mcalc', 'old');
    writeFileSync(file, 'theirs');
    expect(() => { writeWhole(file, 'mine', { text: 'old' }); }).toThrow(/changed by another program meanwhile/);
    expect(() => { writeWhole(path.join(folder, 'gone.ts'), 'mine', { text: 'old' }); }).toThrow(/changed by another program meanwhile/);
    expect(readFileSync(file, 'utf8')).toBe('theirs');
    expect(readdirSync(folder)).toEqual(['a.mcalc']);
    writeWhole(file, 'mine', { text: 'theirs' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
  test('what a killed process left beside the file is cleared away; what may still be written, and what only looks like it, stays', async () => {
    const own = put('a.mcalc', 'x:scalar\n');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const long = new Date(Date.now() - 3_600_000);
    for (const name of [`a.mcalc.${dead}.tmp`, `a.mcalc.${process.pid}.tmp`, `b.mcalc.${dead}.tmp`, 'a.mcalc.old.tmp']) utimesSync(put(name, 'half'), long, long);
    put(`a.mcalc.0${dead}.tmp`, 'half');
    expect((await mcalc(['format', 'a.mcalc'])).code).toBe(0);
    expect(readFileSync(own, 'utf8')).toBe('x : scalar\n');
    expect(readdirSync(folder).sort()).toEqual(['a.mcalc', `a.mcalc.0${dead}.tmp`, `a.mcalc.${process.pid}.tmp`, 'a.mcalc.old.tmp', `b.mcalc.${dead}.tmp`].sort());
    // One of this minute may be of a process in another container.
    put(`a.mcalc.${dead}.tmp`, 'half');
    put('a.mcalc', 'x:scalar\n');
    expect((await mcalc(['format', 'a.mcalc'])).code).toBe(0);
    expect(readdirSync(folder)).toContain(`a.mcalc.${dead}.tmp`);
  });
  test('generate goes through links to folders and files, also out of the folder, and the links stay', async () => {
    put('a.mcalc', "x : vector(n)\nf = x'*x\ngrad(f, x)\n");
    const outside = mkdtempSync(path.join(tmpdir(), 'mcalc-outside-'));
    symlinkSync(outside, path.join(folder, 'gen'));
    expect((await mcalc(['generate', 'a.mcalc', '--out', 'gen'])).code).toBe(0);
    expect(readdirSync(outside)).toEqual(['a.mcalc.ts']);
    const code = readFileSync(path.join(outside, 'a.mcalc.ts'), 'utf8');
    mkdirSync(path.join(folder, 'own'));
    writeFileSync(path.join(outside, 'real.ts'), code.replace('2*x', '3*x'));
    symlinkSync(path.join(outside, 'real.ts'), path.join(folder, 'own/a.mcalc.ts'));
    expect((await mcalc(['generate', 'a.mcalc', '--out', 'own'])).code).not.toBe(0);
    expect((await mcalc(['generate', 'a.mcalc', '--out', 'own', '--force'])).code).toBe(0);
    expect(lstatSync(path.join(folder, 'own/a.mcalc.ts')).isSymbolicLink()).toBe(true);
    expect(readFileSync(path.join(outside, 'real.ts'), 'utf8')).toBe(code);
    symlinkSync('nowhere', path.join(folder, 'lost'));
    const lost = await mcalc(['generate', 'a.mcalc', '--out', 'lost']);
    expect([lost.code, lost.errors]).toEqual([2, expect.stringMatching(/lost/) as string]);
    expect(readdirSync(folder).sort()).toEqual(['a.mcalc', 'gen', 'lost', 'own']);
  });

  test('two that write the same file leave one whole text, and nothing beside it', async () => {
    const cli = await cliFile();
    put('a.mcalc', "x : vector(n)\nf = x'*x\ngrad(f, x)\n");
    mkdirSync(path.join(folder, 'other'));
    writeFileSync(path.join(folder, 'other', 'a.mcalc'), "x, y : vector(n)\nf = x'*x + y'*x\ngrad(f, x)\n");
    const run = (source: string, out: string): Promise<number | null> => new Promise((resolve) => {
      spawn(process.execPath, [cli, 'generate', source, '--out', out], { cwd: folder, env: cliEnvironment }).on('exit', resolve);
    });
    expect(await run('a.mcalc', 'first')).toBe(0);
    expect(await run('other/a.mcalc', 'second')).toBe(0);
    const wholes = ['first', 'second'].map((out) => readFileSync(path.join(folder, out, 'a.mcalc.ts'), 'utf8'));
    expect(await Promise.all([run('a.mcalc', 'both'), run('other/a.mcalc', 'both')])).toEqual([0, 0]);
    expect(wholes).toContain(readFileSync(path.join(folder, 'both', 'a.mcalc.ts'), 'utf8'));
    expect(readdirSync(path.join(folder, 'both'))).toEqual(['a.mcalc.ts']);
  });
});

describe('a full disk', () => {
  test.each([['format', ['format', 'a.mcalc']], ['check --fix', ['check', '--fix', 'a.mcalc']]])('%s leaves the old file intact', async (_, args) => {
    const text = args[0] === 'check' ? `F : matrix(n, n) positve\n${'# a remark\n'.repeat(3000)}` : LONG;
    const own = put('a.mcalc', text);
    const { code, errors } = await mcalc(args, 8);
    expect(readFileSync(own, 'utf8')).toBe(text);
    expect(code).toBe(2);
    expect(errors).toContain('cannot be written: the file would be too large (EFBIG); it is as it was');
    expect(readdirSync(folder)).toEqual(['a.mcalc']);
  });
  test('generate leaves the code that stood there', async () => {
    put('a.mcalc', 'A : matrix(n, n) posdef\nf = logdet(A)\ngrad(f, A)\n');
    expect((await mcalc(['generate', 'a.mcalc', '--out', '.'])).code).toBe(0);
    const standing = readFileSync(path.join(folder, 'a.mcalc.ts'), 'utf8');
    writeFileSync(path.join(folder, 'a.mcalc'), 'A : matrix(n, n) posdef\nB : matrix(n, n)\nf = logdet(A) + tr(B*A)\ngrad(f, A)\n');
    const { code, errors } = await mcalc(['generate', 'a.mcalc', '--out', '.'], 1);
    expect(code).toBe(2);
    expect(errors).toContain('cannot be written');
    expect(readFileSync(path.join(folder, 'a.mcalc.ts'), 'utf8')).toBe(standing);
    expect(readdirSync(folder).sort()).toEqual(['a.mcalc', 'a.mcalc.ts']);
  });
});
