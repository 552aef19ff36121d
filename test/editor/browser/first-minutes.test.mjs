// The first quarter of an hour: the walkthrough whose steps are ticked by doing what they say, then parts of the tutorial, in the window.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { openWindow } from '../../vscode-host/drive.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../..');
const WAIT = { timeout: 60_000 };

/** A window on a new folder with one small file. */
async function openFirst() {
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-first-'));
  writeFileSync(path.join(folder, 'first.mcalc'), "x : vector(n)\nf = x'*x\ngrad(f, x)\n");
  const window = await openWindow({ extension: root, folder, file: path.join(folder, 'first.mcalc'), scale: 1, height: 900, width: 1400 });
  // The palette holds the commands of the extension from then on.
  await window.lens('Generate').first().waitFor(WAIT);
  return { folder, window };
}

suite('first minutes', () => {
  let folder;
  let window;
  before(async () => { ({ folder, window } = await openFirst()); });
  after(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const step = (id) => window.page.locator(`[data-done-step-id$="#${id}"]`).first();
  const showWalkthrough = async () => {
    await window.command('Matrix Calculus: Get Started');
    await step('open').waitFor(WAIT);
  };
  const isTicked = async (id) => {
    await showWalkthrough();
    await window.page.locator(`[data-done-step-id$="#${id}"][aria-checked="true"]`).first().waitFor(WAIT);
  };
  const toExample = async () => {
    await window.open('Untitled-1');
    await window.lens('Generate').first().waitFor(WAIT);
  };

  test('the steps of the walkthrough are ticked by doing what they say', async () => {
    await showWalkthrough();
    for (const id of ['open', 'derive', 'generate', 'verify']) assert.equal(await step(id).getAttribute('aria-checked'), 'false', id);
    await window.page.locator('.getting-started-step', { hasText: 'Open an example' }).getByText('Try an Example').click();
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'ridge.mcalc' }).first().click();
    await window.lens('Generate').first().waitFor(WAIT);
    await isTicked('open');
    assert.equal(await step('verify').getAttribute('aria-checked'), 'false');

    await toExample();
    await window.lens('Verify').first().click();
    await window.lens('✓ verified').first().waitFor({ timeout: 120_000 });
    await isTicked('verify');

    await toExample();
    await window.lens('∂ Derivation').first().click(WAIT);
    await window.webview().getByRole('tab').first().waitFor(WAIT);
    await isTicked('derive');
    assert.equal(await step('generate').getAttribute('aria-checked'), 'false');

    await toExample();
    await window.lens('Generate').first().click();
    await isTicked('generate');
  });
});

// docs/tutorial.md, its texts typed as a person would.
suite('the tutorial', () => {
  let folder;
  let window;
  before(async () => { ({ folder, window } = await openFirst()); });
  after(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const tutorial = readFileSync(path.join(root, 'docs/tutorial.md'), 'utf8');
  const blocks = (language) => [...tutorial.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((match) => match[1]);
  const [ridge, mistake, asked, polar] = blocks('mcalc');
  const [comment] = blocks('ts');
  const newFile = async (name, text) => {
    writeFileSync(path.join(folder, name), '');
    await window.press('Escape');
    await window.press('Control+s');
    await window.command('View: Close All Editors');
    await window.open(name);
    await window.page.locator('.monaco-editor .view-lines').first().click();
    // What the editor closes and indents by itself comes of typing: no text is pasted.
    await window.page.keyboard.type(text, { delay: 5 });
  };

  test('1: an abbreviation becomes its sign', async () => {
    await newFile('signs.mcalc', 'A : matrix(n, n)\nB = A \\otim');
    await window.page.locator('.suggest-widget .monaco-list-row', { hasText: 'otimes' }).first().waitFor(WAIT);
    await window.press('Tab');
    await window.page.locator('.view-line', { hasText: 'B = A ⊗' }).first().waitFor(WAIT);
  });

  const line = (text) => window.page.locator('.view-line', { hasText: text }).first();
  // What is drawn anew between pointing and clicking is missed: then it is done again, as a person would.
  const doneBy = async (shown, act) => {
    for (let left = 3; left > 0; left--) {
      await act();
      if (await shown.waitFor({ timeout: 15_000 }).then(() => true, () => false)) return;
      await window.press('Escape');
    }
    await shown.waitFor({ timeout: 1 });
  };

  test('1: a double click writes the shape of w down', async () => {
    await newFile('ridge.mcalc', ridge.trimEnd());
    await window.press('Escape');
    await doneBy(line(/^w\s:\svector\(n\)$/), () => window.page.locator('.view-line span', { hasText: /^:\s*n×1$/ }).first().dblclick(WAIT));
  });

  test('1: the light bulb mends a product whose shapes clash', async () => {
    await newFile('mistake.mcalc', mistake.trimEnd());
    await window.press('Escape');
    await window.page.locator('.squiggly-error').first().waitFor(WAIT);
    await doneBy(line("F = X'*y"), async () => {
      await window.goTo(3, 6);
      await window.press('Control+.');
      await window.page.locator('.action-widget .monaco-list-row', { hasText: 'Transpose X' }).first().click(WAIT);
    });
    await window.page.locator('.squiggly-error').first().waitFor({ state: 'hidden', ...WAIT });
  });

  test('2 and 3: requests are typed, hovered over and verified', async () => {
    await newFile('asked.mcalc', asked);
    await window.lens('Verify').nth(1).waitFor(WAIT);
    const shown = await window.hover(4, 2);
    await shown.locator('img[src^="data:image/svg+xml"]').first().waitFor(WAIT);
    await window.press('Escape');
    await window.lens('Verify').first().click();
    await window.lens('✓ verified').first().waitFor({ timeout: 120_000 });
  });

  test('2: the tabs of the polar factor', async () => {
    await newFile('polar.mcalc', polar);
    await window.lens('∂ Derivation').first().click(WAIT);
    await window.webview().getByRole('heading', { level: 1, name: 'jacobian(F, X)' }).waitFor(WAIT);
    const tabs = await window.webview().getByRole('tab').allInnerTexts();
    for (const name of ['Jacobian', 'Differential', 'Directional', 'Components', 'Index', 'Tensor']) assert.ok(tabs.includes(name), tabs.join());
  });

  test('4: code is generated below the comment, marked when the formula changes, and brought up to date by the light bulb', async () => {
    const file = path.join(folder, 'energy.ts');
    writeFileSync(file, comment);
    await window.command('View: Close All Editors');
    await window.open('energy.ts');
    await doneBy(window.lens('Regenerate').first(), () => window.lens('Generate').first().click(WAIT));
    const shows = async (wanted) => {
      for (let left = 60; left > 0 && !wanted.test(readFileSync(file, 'utf8')); left--) {
        await window.press('Control+s');
        await window.page.waitForTimeout(500);
      }
      assert.match(readFileSync(file, 'utf8'), wanted);
    };
    await shows(/export function gradientFByX/);
    assert.equal(await window.page.locator('.squiggly-warning').count(), 0);
    await window.goTo(4, 99);
    await window.page.keyboard.type(" + 5*x'x");
    const stale = window.page.locator('.squiggly-warning').first();
    await stale.waitFor(WAIT);
    await doneBy(line(/10\*x|\+ 5\*x'x\./), async () => {
      await window.goTo(1);
      await window.press('F8');
      await window.press('Control+.');
      await window.page.locator('.action-widget .monaco-list-row', { hasText: 'Generate the code again' }).first().click(WAIT);
    });
    await stale.waitFor({ state: 'hidden', ...WAIT });
    await shows(/matVecAdd\(A, x, out, n, n, 2, 10, x\)/);
  });
});
