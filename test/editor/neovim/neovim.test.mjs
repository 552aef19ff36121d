// The server in Neovim's built-in client: Debian's `neovim`, headless, on the bundled command line.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, before, suite, test } from 'node:test';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const root = path.resolve(here, '../../..');
const TEXT = "X : matrix(m, n)\ny : vector(m)\nf(w) = norm(X*w - y)^2\ngrad(f, w)\n";

suite('Neovim', () => {
  let folder;
  let seen;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mcalc-neovim-'));
    const file = path.join(folder, 'ridge.mcalc');
    const out = path.join(folder, 'seen.json');
    writeFileSync(file, TEXT);
    const done = spawnSync('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${path.join(here, 'session.lua')}`], {
      cwd: folder, encoding: 'utf8', timeout: 240_000,
      env: { ...process.env, MCALC_FILE: file, MCALC_OUT: out, MCALC_NODE: process.execPath, MCALC_CLI: path.join(root, 'dist/cli.js'), XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder, XDG_DATA_HOME: folder },
    });
    assert.equal(done.status, 0, done.stderr);
    seen = JSON.parse(readFileSync(out, 'utf8'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('the session went through', () => {
    assert.equal(seen.failure, undefined);
    assert.deepEqual([seen.initialized, seen.stopped], [true, true]);
  });
  test('hover, symbols and definition', () => {
    assert.match(seen.hover, /2\*X'\*\(X\*w - y\)/);
    assert.ok(!seen.hover.includes('data:image'), 'a picture in a terminal');
    for (const name of ['X', 'y', 'f']) assert.ok(seen.symbols.some((symbol) => symbol.startsWith(name)), seen.symbols.join());
    assert.equal(seen.definition.range.start.line, 2);
  });
  test('an error while typing, and its end', () => {
    assert.equal(seen.diagnostic.line, 4);
    assert.match(seen.diagnostic.code, /^MC3/);
    assert.match(seen.diagnostic.message, /m/);
    assert.equal(seen.mended, true);
  });
  test('rename and formatting are applied', () => {
    assert.match(seen.renamed, /^Data : matrix\(m, n\)[\s\S]*norm\(Data\*w - y\)/);
    assert.match(seen.formatted, /^grad\(f, w\)$/m);
  });
  test('lenses verify and write code', () => {
    assert.equal(seen.verdict, 'verified');
    assert.match(seen.generated, /ridge\.mcalc\.ts$/);
    assert.match(seen.code, /export function gradientFByW\(/);
  });
});
