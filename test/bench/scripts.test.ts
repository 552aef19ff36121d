// The benchmarks run: a change of an interface that they call shows here and not on the day when somebody measures. No time is looked at.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
/** What the script prints; it fails where the script does. */
function run(script: string, args: readonly string[]): string {
  const done = spawnSync(process.execPath, [path.join(root, 'bench', script), ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, MCALC_BENCH_SAMPLE_MS: '0', MCALC_BENCH_PYTHON: path.join(root, 'no-python') } });
  expect(done.status, done.stderr).toBe(0);
  return done.stdout;
}

describe('benchmarks on next to nothing', () => {
  test('of derivation: every stage of three cases, a sum and a nest', () => {
    const text = run('derive.mjs', ['--rounds', '1', '--small']);
    for (const stage of ['parse', 'shapes', 'graph', 'differential and views', 'graph, views and best form', 'other forms', 'steps', 'all forms from the text', 'a sum of terms', 'a nest of']) expect(text).toContain(stage);
    expect(text).not.toMatch(/NaN|undefined/);
  });
  test('of the language: every kind of file, afresh and after an edit', () => {
    const text = run('language.mjs', ['--small']);
    for (const kind of ['plain', 'dense', 'inferred', 'arguments', 'chained', 'claims', 'commented', '10 000 nested parentheses']) expect(text).toContain(kind);
    expect(text).not.toMatch(/NaN|undefined/);
  });
  test('of generated code: a case against its anchor, and that both compute the same', () => {
    const text = run('run.mjs', ['quadratic', '--rounds', '1', '--no-libraries', '--small']);
    expect(text).toContain("Hessian of x'*A*x, n = 10\n  generated ");
    for (const candidate of ['hand-tuned', 'naive']) expect(text).toMatch(new RegExp(`^  ${candidate} +[0-9.]+ µs`, 'm'));
    expect(text).not.toMatch(/NaN|undefined|off by/);
  });
  test('of products in WebAssembly, beside the peak', () => {
    expect(run('wasm-products.mjs', ['--small'])).toMatch(/^product, n = 16: [0-9n]/);
  });
  test('of the editor: a session with the server', async () => {
    const outdir = mkdtempSync(path.join(tmpdir(), 'mcalc-bench-server-'));
    const entryPoints = { 'server': path.join(root, 'server/boot.ts'), 'language-server': path.join(root, 'server/node.ts') };
    await build({ entryPoints, outdir, bundle: true, platform: 'node', format: 'cjs', target: 'node20', packages: 'external', logLevel: 'error' });
    const before = process.env['NODE_PATH'];
    process.env['NODE_PATH'] = path.join(root, 'node_modules');
    const text = run('editor.mjs', ['--try', path.join(outdir, 'server.js')]);
    if (before === undefined) delete process.env['NODE_PATH']; else process.env['NODE_PATH'] = before;
    rmSync(outdir, { recursive: true });
    expect(text).toMatch(/answers: 4\d\d, diagnostics: 21, resident true/);
  }, 60_000);
});

test('each script is one that a test above runs, or is a part of one', () => {
  const scripts = readdirSync(path.join(root, 'bench')).filter((f) => f.endsWith('.mjs'));
  const started = ['derive.mjs', 'language.mjs', 'run.mjs', 'editor.mjs', 'wasm-products.mjs'];
  const parts = scripts.filter((f) => !started.includes(f));
  const imported = readFileSync(path.join(root, 'bench/run.mjs'), 'utf8') + readFileSync(path.join(root, 'bench/kernels.mjs'), 'utf8');
  for (const f of parts) expect(imported).toContain(`./${f}`);
});
