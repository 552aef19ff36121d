// The Test Explorer as a person sees it: the tree, the gutter, a failure beside what was expected, runs that follow the saved file,
// and a run that is cancelled.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { openWindow } from '../../vscode-host/drive.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../..');
const WAIT = { timeout: 60_000 };
const CLAIMS = `W : matrix(n, k)
f = tr(W * W')
grad(f, W)
check grad(f, W) == 2*W
check grad(f, W) == 3*W
`;
/** Each of these takes seconds. */
const SLOW = `dim n = 6\n${['A', 'B', 'C', 'D'].map((name) => `${name} : matrix(n, n) posdef\njacobian(logm(${name}), ${name})\n`).join('')}`;

suite('Test Explorer', () => {
  let folder;
  let window;
  const file = (name) => path.join(folder, name);
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'mcalc-explorer-'));
    writeFileSync(file('claims.mcalc'), CLAIMS);
    writeFileSync(file('other.mcalc'), "x : vector(n)\ng = x'*x\ngrad(g, x)\n");
    window = await openWindow({
      extension: root, folder, file: file('claims.mcalc'), scale: 1, height: 900,
      extraSettings: { 'testing.automaticallyOpenPeekView': 'never', 'testing.automaticallyOpenTestResults': 'neverOpen', 'testing.followRunningTest': false },
    });
    await window.lens('Generate').first().waitFor(WAIT);
    await window.command('Testing: Focus on Test Explorer View');
  });
  after(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const row = (name, state = '') => window.page.locator(`.test-explorer .monaco-list-row[aria-label^="${name} (${state}"]`).first();
  const icon = (state) => window.page.locator(`.glyph-margin-widgets .codicon-testing-${state}-icon`);
  const expand = async (name) => {
    await row(name).waitFor(WAIT);
    if (await row(name).getAttribute('aria-expanded') === 'true') return;
    await row(name).click();
    await window.press('ArrowRight');
  };

  test('every file of the folder is there, and an item appears as it is typed', async () => {
    await row('other.mcalc').waitFor(WAIT);
    await expand('claims.mcalc');
    for (const name of ['grad(f, W)', 'check grad(f, W) == 2*W', 'check grad(f, W) == 3*W']) await row(name).waitFor(WAIT);
    await window.goTo(6);
    await window.page.keyboard.type('hessian(f, W)');
    await row('hessian(f, W)').waitFor(WAIT);
    for (let i = 0; i < 20 && await row('hessian(f, W)').count() > 0; i += 1) {
      await window.press('Control+z');
      await window.page.waitForTimeout(500);
    }
    assert.equal(await row('hessian(f, W)').count(), 0);
  });

  test('all are run, in files that were never opened too', async () => {
    await window.command('Test: Run All Tests');
    await row('claims.mcalc', 'Failed').waitFor({ timeout: 120_000 });
    await row('other.mcalc', 'Passed').waitFor(WAIT);
    await expand('claims.mcalc');
    await row('grad(f, W)', 'Passed').waitFor(WAIT);
    await row('check grad(f, W) == 2*W', 'Passed').waitFor(WAIT);
    await row('check grad(f, W) == 3*W', 'Failed').waitFor(WAIT);
  });

  test('the gutter shows the verdicts beside their lines, and a click on it runs one', async () => {
    await icon('failed').first().waitFor(WAIT);
    assert.deepEqual([await icon('passed').count(), await icon('failed').count()], [2, 1]);
    // An edit makes them old news.
    await window.goTo(2, 14);
    await window.page.keyboard.type(' + 0');
    await window.page.locator('.test-explorer .monaco-list-row[aria-label^="check grad(f, W) == 3*W"][aria-label*="outdated"]').first().waitFor(WAIT);
    await icon('failed').first().click();
    await window.page.locator('.test-explorer .monaco-list-row[aria-label^="check grad(f, W) == 3*W (Failed"]:not([aria-label*="outdated"])').first().waitFor(WAIT);
    assert.equal(await window.page.locator('.test-explorer .monaco-list-row[aria-label^="grad(f, W)"][aria-label*="outdated"]').count(), 1);
    await window.command('File: Revert File');
  });

  test('a failure is shown as a difference, at its line', async () => {
    await window.goTo(5, 3);
    await window.command('Test: Peek Output');
    const peek = window.page.locator('.zone-widget').first();
    await peek.waitFor(WAIT);
    const sides = peek.locator('.monaco-diff-editor .view-lines');
    await sides.nth(1).waitFor(WAIT);
    const [expected, actual] = await Promise.all([0, 1].map(async (i) => (await sides.nth(i).innerText()).replaceAll('\u00a0', ' ').trim()));
    assert.match(expected, /^\[-?\d/);
    assert.match(actual, /^\[-?\d/);
    assert.notEqual(expected, actual);
    const [box, line] = await Promise.all([peek, window.page.locator('.monaco-editor .view-line', { hasText: '3*W' }).first()].map((one) => one.boundingBox()));
    assert.ok(box && line && Math.abs(box.y - (line.y + line.height)) < 60, `${box?.y} is not below ${line?.y}`);
    await window.press('Escape');
  });

  test('a run that goes on follows each save', async () => {
    await window.command('Test: Start Continuous Run');
    await window.goTo(5, 21);
    await window.press('Shift+End');
    await window.page.keyboard.type('2*W');
    await window.press('Escape');
    await window.press('Control+s');
    await row('claims.mcalc', 'Passed').waitFor({ timeout: 120_000 });
    await window.command('Test: Stop Continuous Run');
  });

  test('the gutter and the lenses tell the same after a file is closed and opened again, changed or not', async () => {
    await window.open('other.mcalc');
    await window.command('Test: Run Tests in Current File');
    await window.lens('✓ verified').first().waitFor(WAIT);
    await icon('passed').first().waitFor(WAIT);
    const closed = async () => {
      await window.command('View: Close All Editors');
      await window.lens('✓ verified').first().waitFor({ state: 'detached', timeout: 60_000 });
    };
    await closed();
    await window.open('other.mcalc');
    await window.lens('✓ verified').first().waitFor(WAIT);
    await icon('passed').first().waitFor(WAIT);
    await closed();
    writeFileSync(file('other.mcalc'), "x : vector(n)\ng = 2*x'*x\ngrad(g, x)\n");
    await window.open('other.mcalc');
    await window.lens('Verify').first().waitFor(WAIT);
    await expand('other.mcalc');
    await window.page.locator('.test-explorer .monaco-list-row[aria-label^="grad(g, x)"][aria-label*="outdated"]').first().waitFor(WAIT);
  });

  test('a run is cancelled at once, and the next one runs', async () => {
    writeFileSync(file('slow.mcalc'), SLOW);
    await row('slow.mcalc').waitFor(WAIT);
    await window.open('slow.mcalc');
    await expand('slow.mcalc');
    await row('jacobian(logm(D), D)').waitFor(WAIT);
    await window.page.locator('.monaco-editor .view-line').first().click();
    await window.command('Test: Run Tests in Current File');
    const running = window.page.locator('.test-explorer .monaco-list-row .codicon-modifier-spin').first();
    await running.waitFor(WAIT);
    await window.command('Test: Cancel Test Run');
    await running.waitFor({ state: 'detached', timeout: 15_000 });
    await icon('skipped').first().waitFor(WAIT);
    await window.open('other.mcalc');
    await window.command('Test: Run Tests in Current File');
    await row('other.mcalc', 'Passed').waitFor(WAIT);
  });
});
