/** Progress of a verification: one line that is written over on a terminal, and taken away at the end; nothing where standard error is a pipe. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cliEnvironment, cliFile } from './bundle';

const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-progress-'));
const terminal = path.join(folder, 'terminal.cjs');
writeFileSync(terminal, 'process.stderr.isTTY = true;');
writeFileSync(path.join(folder, 'f.mcalc'), "x : vector(n)\nA : matrix(n, n)\nf = x'*A*x\ngrad(f, x)\n");
const said = async (...options: readonly string[]): Promise<string> => {
  const done = spawnSync(process.execPath, [...options, await cliFile(), 'verify', 'f.mcalc'], { cwd: folder, env: cliEnvironment, encoding: 'utf8' });
  expect(done.stdout).toContain('verified: ∂f/∂x');
  return done.stderr;
};

test('on a terminal', async () => {
  const lines = (await said('--require', terminal)).split('\r\u001b[K');
  expect(lines[1]).toMatch(/^verifying ∂f\/∂x: \d+ of \d+$/);
  const counts = lines.slice(1, -1).map((l) => Number(/(\d+) of/.exec(l)?.[1]));
  expect(counts.length).toBeGreaterThan(3);
  expect([...counts].sort((a, b) => a - b)).toEqual(counts);
  expect(lines.at(-1)).toBe('');
});

test('not in a pipe', async () => expect(await said()).toBe(''));
