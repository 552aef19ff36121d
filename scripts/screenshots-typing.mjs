// Pictures of what appears while one types: completion, signature help, a diagnostic with its fixes; of the Test Explorer with a claim that
// fails; and of the walkthrough.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './install.mjs';

const WAIT = { timeout: 60_000 };
const WIDTH = 1180;
const FILES = {
  'typing.mcalc': "X : matrix(m, n)\ny : vector(m)\nS : matrix(n, n) posdef\nf(w) = norm(X*w - y)^2 + \n",
  'wrong.mcalc': "X : matrix(m, n)\ny : vector(m)\nw : vector(n)\nr = X*w - y\nF = X*r\ngrad(norm(r)^2, w)\n",
  'claims.mcalc': "# By hand, and once wrong\nW : matrix(n, k)\nf = tr(W * W')\n\ngrad(f, W)\ncheck grad(f, W) == 2*W\ncheck grad(f, W) == 3*W\n",
};

export async function shootTyping(name, theme, openWindow, out) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-shots-'));
  for (const [file, text] of Object.entries(FILES)) writeFileSync(path.join(folder, file), text);
  const window = await openWindow({
    extension: root, folder, file: path.join(folder, 'typing.mcalc'), theme, width: WIDTH, height: 620,
    extraSettings: { 'testing.automaticallyOpenPeekView': 'never', 'testing.automaticallyOpenTestResults': 'neverOpen', 'files.autoSave': 'off' },
  });
  const { page, command, goTo, open, press } = window;
  const save = (what, height) => page.screenshot({ path: path.join(out, `${what}-${name}.png`), clip: { x: 0, y: 0, width: WIDTH, height } });
  const type = (text) => page.keyboard.type(text, { delay: 40 });
  try {
    await command('View: Close Primary Side Bar').catch(() => press('Escape'));
    await page.locator('.monaco-editor .view-line', { hasText: 'm×1' }).or(page.locator('.monaco-editor [class*="dyn-rule"]')).first().waitFor(WAIT);
    await goTo(4, 50);
    await press('End');
    await type('log');
    // The list is there by itself; once more for the words beside it.
    await page.locator('.suggest-widget .monaco-list-row').first().waitFor(WAIT);
    await press('Control+Space');
    await page.waitForTimeout(1500);
    await save('completion', 400);
    await press('Escape');
    for (let i = 0; i < 3; i++) await press('Backspace');
    await type('kron(');
    await page.locator('.parameter-hints-widget.visible').waitFor(WAIT);
    await page.waitForTimeout(600);
    await save('signature', 330);
    await press('Escape');
    await command('File: Revert File');
    await open('wrong.mcalc');
    await page.locator('.squiggly-error').first().waitFor(WAIT);
    await window.hover(5, 6);
    await page.waitForTimeout(600);
    await save('error', 400);
    await press('Escape');
    await goTo(5, 6);
    await command('Quick Fix...');
    await page.locator('.action-widget').first().waitFor(WAIT);
    await page.waitForTimeout(800);
    await save('fix', 400);
    await press('Escape');
    await open('claims.mcalc');
    await window.lens('Verify').first().waitFor(WAIT);
    await command('Testing: Focus on Test Explorer View');
    await command('Test: Run All Tests');
    const failed = page.locator('.glyph-margin-widgets .codicon-testing-failed-icon').first();
    await failed.waitFor(WAIT);
    await goTo(7, 1);
    await command('Test: Peek Output');
    await page.waitForTimeout(3000);
    await save('explorer', 620);
    await press('Escape');
    await command('View: Close Primary Side Bar').catch(() => press('Escape'));
    await command('Matrix Calculus: Get Started');
    await page.getByText('Get Started with Matrix Calculus').first().waitFor(WAIT);
    await page.waitForTimeout(2500);
    await save('walkthrough', 620);
  } catch (error) {
    await page.screenshot({ path: path.join(tmpdir(), `mcalc-shot-${name}.png`) }).catch(() => undefined);
    throw error;
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
