// Takes the pictures of the README from a real VS Code: hover, lenses and derivation, in a dark, a light and a high-contrast theme.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ensureInstalled, node, root } from './install.mjs';

const out = path.join(root, 'docs/images');
const THEMES = { dark: 'Dark Modern', light: 'Light Modern', 'high-contrast': 'Default High Contrast' };
const WAIT = 30_000;

/** One window a theme, on a copy of the examples. */
async function shoot(name, theme, openWindow) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-shots-'));
  cpSync(path.join(root, 'examples'), folder, { recursive: true });
  const file = path.join(folder, 'ridge.mcalc');
  const window = await openWindow({ extension: root, folder, file, theme, width: 1180, height: 620 });
  const { page, hover, lens, command, goTo, press, webview } = window;
  const save = (what) => page.screenshot({ path: path.join(out, `${what}-${name}.png`) });
  try {
    await command('View: Close Primary Side Bar').catch(() => press('Escape'));
    await lens('Generate').first().waitFor({ timeout: WAIT });
    const line = await requestLine(page);
    await hover(line, 3);
    await page.waitForTimeout(400);
    await save('hover');
    await press('Escape');
    await command('Matrix Calculus: Verify All Formulas of the File');
    await lens('Verify').first().waitFor({ state: 'detached', timeout: 4 * WAIT });
    await page.mouse.move(1100, 500);
    await page.waitForTimeout(500);
    await save('lenses');
    await goTo(line, 3);
    await command('Matrix Calculus: Show the Derivation');
    await webview().getByRole('tab').first().waitFor({ timeout: WAIT });
    const all = webview().getByRole('button', { name: 'All steps' });
    if (await all.isVisible()) await all.click();
    await webview().getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
    await page.waitForTimeout(400);
    await save('derivation');
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The line, from 1, of the first request in the editor. */
async function requestLine(page) {
  const lines = await page.locator('.monaco-editor .view-line').allInnerTexts();
  const found = lines.findIndex((text) => /^(grad|jacobian|hessian)\(/.test(text.replaceAll('\u00a0', ' ')));
  if (found < 0) throw new Error('no request is in sight');
  return found + 1;
}

ensureInstalled();
if (node(['scripts/build.mjs']) !== 0) process.exit(1);
mkdirSync(out, { recursive: true });
const { openWindow } = await import('../test/vscode-host/drive.mjs');
for (const [name, theme] of Object.entries(THEMES)) {
  await shoot(name, theme, openWindow);
  console.log(`docs/images: hover, lenses, derivation (${name})`);
}
