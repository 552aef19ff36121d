// The server in Emacs with eglot: Debian's `emacs-nox` and `elpa-eglot`, in a batch session, with the set-up that docs/editors.md gives.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, before, suite, test } from 'node:test';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const root = path.resolve(here, '../../..');
const TEXT = "X : matrix(m, n)\ny : vector(m)\nf(w) = norm(X*w - y)^2\ngrad(f, w)\n";

suite('Emacs', () => {
  let folder;
  let seen;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mcalc-emacs-'));
    const file = path.join(folder, 'ridge.mcalc');
    const out = path.join(folder, 'seen.json');
    writeFileSync(file, TEXT);
    // The set-up says `mcalc`, which is on the path where it is installed.
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'mcalc'), `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, 'dist/cli.js')}' "$@"\n`);
    chmodSync(path.join(bin, 'mcalc'), 0o755);
    const done = spawnSync('emacs', ['--batch', '-q', '-l', path.join(here, 'session.el')], {
      cwd: folder, encoding: 'utf8', timeout: 240_000,
      env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`, HOME: folder, MCALC_DOCS: path.join(root, 'docs/editors.md'), MCALC_FILE: file, MCALC_OUT: out },
    });
    assert.equal(done.status, 0, done.stderr);
    seen = JSON.parse(readFileSync(out, 'utf8'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('the documented set-up starts the server for a .mcalc file', () => {
    assert.equal(seen.failure, undefined);
    assert.deepEqual([seen.mode, seen.running, seen.stopped], ['mcalc-mode', true, true]);
  });
  test('hover and completion', () => {
    assert.match(seen.hover, /2\*X'\*\(X\*w - y\)/);
    assert.ok(!seen.hover.includes('data:image'), 'a picture in a terminal');
    assert.deepEqual(seen.completions, ['logdet']);
  });
  test('an error while typing, its fix, and its end', () => {
    assert.match(seen.diagnostic, /MC3001.*“X” is m×n/);
    assert.deepEqual(seen.fixes, ['Transpose X']);
    assert.equal(seen.mended, true);
  });
  test('rename and formatting are applied', () => {
    assert.match(seen.renamed, /^Data : matrix\(m, n\)[\s\S]*norm\(Data\*w - y\)/);
    assert.match(seen.formatted, /\ngrad\(f, w\)\ngrad\(f, w\)\n$/);
  });
  test('what lenses do elsewhere is offered as code actions, and verifies', () => {
    for (const title of ['Verify', 'Generate code']) assert.ok(seen.actions.includes(title), seen.actions.join());
    assert.equal(seen.verdict, 'verified');
  });
});
