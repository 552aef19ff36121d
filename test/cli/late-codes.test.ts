/** The codes of calculus, generation and verification, each provoked in two ways through the command line: where, what is said, and the fix applied. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CODES } from '../../core/syntax/codes';
import { cliEnvironment, cliFile } from './bundle';

const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-codes-'));
let cli = '';
beforeAll(async () => { cli = await cliFile(); }, 60_000);

interface Ran { readonly status: number | null; readonly err: string; readonly out: string }
function run(args: readonly string[], files: Readonly<Record<string, string>> = {}): Ran {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const { status, stderr, stdout } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, env: cliEnvironment, encoding: 'utf8' });
  return { status, err: stderr, out: stdout };
}
const check = (text: string): Ran => run(['check', 'a.mcalc'], { 'a.mcalc': text });

const MIRRORED = 'x, y : vector(n)\nf = sum(x[n + 1 - i]*y[i], i = 1:n)\n';
const ODD = 'x, y : vector(n)\nf = sum(delta(i, 2)*x[i], i = 1:n)\n';

describe('MC4001, no derivative: the request is pointed at, the expression that has none is named, and writing it otherwise mends it', () => {
  test.each([
    [`${MIRRORED}grad(f, x)`, 'a.mcalc:3:1: error: a finite sum whose terms use the index in this way; write it with vectors [MC4001]', `${MIRRORED.replace(/f = .*/, "f = x'*y")}grad(f, x)`],
    [`${ODD}  grad(f, x)`, 'a.mcalc:3:3: error: a finite sum over delta(…) of an index that may lie outside the range; write it with vectors [MC4001]', `${ODD.replace(/f = .*/, 'f = x[2]')}  grad(f, x)`],
  ])('%s', (text, message, mended) => {
    const { status, err } = check(text);
    expect([status, err.trim()]).toEqual([1, message]);
    expect(check(mended)).toMatchObject({ status: 0, err: '' });
  }, 60_000);
});

describe('MC5001, stale code', () => {
  test('a missing and a changed file are told; generating again mends both', () => {
    const text = "x : vector(n)\nf = x'*x\ngrad(f, x)\n";
    const missing = run(['generate', 'g.mcalc', '--out', '.', '--check'], { 'g.mcalc': text });
    expect([missing.status, missing.err.trim()]).toEqual([1, expect.stringMatching(/^\S+:1:1: error: is missing; run mcalc generate \[MC5001\]$/)]);
    expect(run(['generate', 'g.mcalc', '--out', '.']).status).toBe(0);
    expect(run(['generate', 'g.mcalc', '--out', '.', '--check'])).toMatchObject({ status: 0, err: '' });
    const stale = run(['generate', 'g.mcalc', '--out', '.', '--check'], { 'g.mcalc': text.replace("x'*x", "3*x'*x") });
    expect([stale.status, stale.err.trim()]).toEqual([1, expect.stringMatching(/^\S+:1:1: error: is stale; run mcalc generate \[MC5001\]$/)]);
    expect(run(['generate', 'g.mcalc', '--out', '.']).status).toBe(0);
    expect(run(['generate', 'g.mcalc', '--out', '.', '--check'])).toMatchObject({ status: 0, err: '' });
  }, 60_000);
});

describe('MC6001, a false claim: the statement is pointed at, with a point of small numbers and both sides; the right claim holds', () => {
  test.each([
    ["x : vector(n)\nf = x'*x\ncheck grad(f, x) == x", /^a\.mcalc:3:1: error: the claim is false: at \{"x":\[.*\],"dims":\{"n":\d\}\} .*\[MC6001\]$/, "x : vector(n)\nf = x'*x\ncheck grad(f, x) == 2*x"],
    ['A, B : matrix(n, n); check A*B == B*A', /^a\.mcalc:1:22: error: the claim is false: at \{"A":\[.*"B":\[.*\[MC6001\]$/, "A, B : matrix(n, n); check A*B == (B'*A')'"],
  ])('%s', (text, message, mended) => {
    const { status, err } = check(text);
    expect(status).toBe(1);
    expect(err.trim()).toMatch(message);
    expect(check(mended)).toMatchObject({ status: 0, err: '' });
  }, 60_000);
});

describe('MC6003, undecided: the reason is said, the file does not fail for it, and a body or a domain decides it', () => {
  test.each([
    ['g : R^n -> R\nx : vector(n)\ncheck g(x) == g(2*x)', 'g has no body', "g(x) = norm(x)/norm(x)\nx : vector(n)\ncheck g(x) == g(2*x)"],
    ['g : R^n -> R\nx : vector(n)\nB : matrix(n, n)\ngrad(g(B*x), x)', 'g has no body', "g(x) = x'*x\nx : vector(n)\nB : matrix(n, n)\ngrad(g(B*x), x)"],
  ])('%s', (text, reason, mended) => {
    const { status, out } = run(['check', 'a.mcalc', '--report', 'sarif'], { 'a.mcalc': text });
    const results = (JSON.parse(out) as { runs: { results: { ruleId: string; level: string; message: { text: string } }[] }[] }).runs[0]?.results ?? [];
    expect([status, results.map((r) => [r.ruleId, r.level])]).toEqual([0, [['MC6003', 'warning']]]);
    expect(results[0]?.message.text).toContain(reason);
    expect(run(['check', 'a.mcalc', '--report', 'sarif'], { 'a.mcalc': mended }).out).not.toContain('"MC6003","level"');
  }, 60_000);
});

describe('MC6004, no value at a point', () => {
  test.each([
    ['x : scalar\nf = log(x)', '{"x": -1}', 'log', '{"x": 2}'],
    ['A : matrix(n, n)\nf = tr(inv(A))', '{"A": [[1, 2], [2, 4]]}', 'A is singular', '{"A": [[1, 2], [2, 5]]}'],
  ])('%s at %s', (text, point, named, mended) => {
    const { status, err } = run(['eval', 'e.mcalc', '--values', 'v.json', '--of', 'f'], { 'e.mcalc': text, 'v.json': point });
    expect(status).toBe(1);
    expect(err).toContain(named);
    expect(err).toContain('[MC6004]');
    expect(run(['eval', 'e.mcalc', '--values', 'v.json', '--of', 'f'], { 'v.json': mended })).toMatchObject({ status: 0, err: '' });
  }, 60_000);
});

test('every code that the command line prints is a row of the table', () => {
  const codes = new Set<string>(CODES.map((c) => c.code));
  for (const file of ['check', 'eval', 'generate', 'reports', 'verify']) {
    for (const [code] of readFileSync(path.resolve(import.meta.dirname, `../../cli/${file}.ts`), 'utf8').matchAll(/MC\d{4}/g)) expect(codes).toContain(code);
  }
});
