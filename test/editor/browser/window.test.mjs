// The window itself, driven by mouse and keyboard in code-server: what a test inside the extension host cannot see.
// The first suite is VS Code on the desktop's extension host, the second VS Code for the Web with the server in a worker, the third
// a workspace of two folders that nobody has trusted.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { openWindow } from '../../vscode-host/drive.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../..');
const TEXT = `X : matrix(m, n)
y : vector(m)
lambda : scalar positive
f(w) = norm(X*w - y)^2 + lambda * w'w
grad(f, w)
`;
const WAIT = { timeout: 60_000 };

for (const kind of [undefined, 'web']) {
  suite(kind === 'web' ? 'VS Code for the Web' : 'window', () => {
    let folder;
    let window;
    before(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'mcalc-window-'));
      const file = path.join(folder, 'ridge.mcalc');
      writeFileSync(file, TEXT);
      window = await openWindow({ extension: root, folder, file, kind, scale: 1 });
      await window.lens('Generate').first().waitFor(WAIT);
    });
    after(async () => {
      await window?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const clearLine = async (line) => {
      await window.goTo(line, 99);
      await window.press('Shift+Home');
      await window.press('Delete');
    };

    test('the hover holds a picture that is drawn, with its words', async () => {
      const shown = await window.hover(5, 2);
      const picture = shown.locator('img[src^="data:image/svg+xml"]').first();
      await picture.waitFor(WAIT);
      const { width, height, natural, alt } = await picture.evaluate((image) =>
        ({ width: image.clientWidth, height: image.clientHeight, natural: image.naturalWidth, alt: image.alt }));
      assert.ok(natural > 20 && width > 20 && height > 10, `${natural} ${width}x${height}`);
      assert.ok(alt.length > 5, alt);
      await window.press('Escape');
    });

    test('an error is underlined as it is typed', async () => {
      await window.goTo(6);
      await window.page.keyboard.type('h = X * y');
      await window.page.locator('.squiggly-error').first().waitFor(WAIT);
      await window.press('Control+z');
      for (let i = 0; i < 20 && await window.page.locator('.squiggly-error').count() > 0; i += 1) {
        await window.press('Control+z');
        await window.page.waitForTimeout(200);
      }
    });

    test('the lens verifies', async () => {
      await window.lens('Verify').first().click();
      await window.lens('✓ verified').first().waitFor({ timeout: 120_000 });
    });

    test('the status item counts the formulas of the file that is shown, and their verdicts', async () => {
      const says = (words) => window.page.locator(`[id="status.languageStatus"][aria-label*="${words}"]`).waitFor(WAIT);
      await says('1 formula, 1 verified');
      writeFileSync(path.join(folder, 'bare.mcalc'), 'X : matrix(m, n)\n');
      await window.open('bare.mcalc');
      await says('no requests or checks');
      await window.open('ridge.mcalc');
      await says('1 formula, 1 verified');
      await window.page.locator('[id="status.languageStatus"]').click();
      await window.page.locator('.hover-language-status', { hasText: 'Verify all' }).waitFor(WAIT);
      await window.press('Escape');
    });

    test('the derivation panel is drawn, and goes by keyboard', async () => {
      await window.goTo(5, 2);
      await window.command('Matrix Calculus: Show the Derivation');
      const page = window.webview();
      const tabs = page.getByRole('tab');
      await tabs.first().waitFor(WAIT);
      const count = await tabs.count();
      assert.ok(count >= 4, `${count} tabs`);
      await page.locator('[role=tabpanel] svg').first().waitFor(WAIT);
      await tabs.first().focus();
      await window.press('ArrowRight');
      assert.equal(await tabs.nth(1).getAttribute('aria-selected'), 'true');
      await window.press('End');
      assert.equal(await tabs.nth(count - 1).getAttribute('aria-selected'), 'true');
      const before = await page.locator('ol > li').count();
      assert.ok(before > 0, 'no steps');
      const all = page.getByRole('button', { name: 'All steps' });
      if (await all.isVisible()) {
        await all.click();
        assert.ok(await page.locator('ol > li').count() > before);
      }
    });

    test('the pictures are drawn, told in words, and held in tables', async () => {
      const page = window.webview();
      const figures = page.locator('figure');
      await figures.nth(2).waitFor(WAIT);
      for (const svg of await page.locator('figure svg').all()) {
        const { width, words } = await svg.evaluate((element) => ({ width: element.getBoundingClientRect().width, words: element.getAttribute('aria-label') }));
        assert.ok(width > 100 && words?.length > 40, `${width} ${words}`);
      }
      // Colours come from the style sheet: a custom property that it lacks would leave a curve black.
      const stroke = await page.locator('figure path').first().evaluate((path) => getComputedStyle(path).stroke);
      assert.match(stroke, /^rgb\((?!0, 0, 0\))/);
      const numbers = figures.first().locator('summary');
      await numbers.focus();
      await window.press('Enter');
      await figures.first().locator('table').waitFor(WAIT);
      assert.ok(await page.getByRole('table', { name: /^Steps of gradientFByW/ }).locator('tbody tr').count() >= 2);
    });

    test('who clicks beside the formula, or edits another line, keeps the place in the panel, the open steps and the pictures', async () => {
      const page = window.webview();
      // What the tests above have left below the formula would be one, and the cursor passes over it.
      await clearLine(6);
      await window.goTo(5, 1);
      await page.getByRole('heading', { level: 1, name: 'grad(f, w)' }).waitFor(WAIT);
      await page.locator('figure').nth(2).waitFor(WAIT);
      if (await page.getByRole('button', { name: 'All steps' }).isVisible()) await page.getByRole('button', { name: 'All steps' }).click();
      const steps = await page.locator('ol > li').count();
      await page.locator('figure').nth(1).evaluate((figure) => figure.scrollIntoView());
      const place = () => page.locator('body').evaluate(() => [Math.round(window.scrollY), document.querySelectorAll('ol > li').length, document.querySelectorAll('figure').length]);
      const before = await place();
      assert.ok(before[0] > 100 && before[1] === steps && before[2] > 1, before.join());
      // Nothing is drawn anew for a click, on the formula or on a line that has none, nor for an edit that does not bear on it.
      await page.locator('figure').first().evaluate((figure) => { figure.dataset.kept = 'yes'; });
      for (const line of [5, 1]) {
        await window.goTo(line, 1);
        await window.page.waitForTimeout(1500);
        assert.equal(await page.locator('figure[data-kept]').count(), 1);
      }
      await window.goTo(6);
      await window.page.keyboard.type('# one more line');
      await window.page.waitForTimeout(1500);
      assert.equal(await page.locator('figure[data-kept]').count(), 1);
      assert.deepEqual(await place(), before);
      await clearLine(6);
      // One that does, from a line that holds no formula.
      await window.goTo(2, 99);
      await window.page.keyboard.type(' nonnegative');
      await page.locator('figure[data-kept]').waitFor({ state: 'detached', timeout: 60_000 });
      assert.deepEqual(await place(), before);
      for (let i = 0; i < ' nonnegative'.length; i += 1) await window.press('Backspace');
    });

    test('what was copied is said in the panel', async () => {
      await window.webview().getByRole('button', { name: 'Copy as LaTeX' }).first().click();
      await window.webview().getByRole('status').filter({ hasText: 'Copied as LaTeX' }).waitFor(WAIT);
    });

    test('no script, style, picture or connection but ours gets into the panel', async () => {
      // The page's own violations are told apart from those that VS Code itself may have.
      const tried = await window.webview().locator('body').evaluate(async (body) => {
        const blocked = new Set();
        document.addEventListener('securitypolicyviolation', (event) => blocked.add(event.effectiveDirective));
        const put = (name, set) => body.append(Object.assign(document.createElement(name), set));
        put('script', { textContent: 'globalThis.ran = true' });
        put('script', { src: 'https://example.com/x.js' });
        put('style', { textContent: 'body { background: rgb(1, 2, 3) }' });
        put('img', { src: 'https://example.com/x.png' });
        put('iframe', { src: 'https://example.com/' });
        put('div', { innerHTML: '<svg onload="globalThis.ran = true"></svg><button onclick="globalThis.ran = true" id="handler"></button>' });
        document.getElementById('handler').click();
        const connected = await fetch('https://example.com/').then(() => true, () => false);
        await new Promise((resolve) => setTimeout(resolve, 500));
        for (const one of [...body.children].slice(-6)) one.remove();
        return { blocked: [...blocked].sort(), ran: globalThis.ran === true, connected, background: getComputedStyle(body).backgroundColor };
      });
      assert.equal(tried.ran, false);
      assert.equal(tried.connected, false);
      assert.notEqual(tried.background, 'rgb(1, 2, 3)');
      for (const directive of ['connect-src', 'frame-src', 'img-src', 'script-src-attr', 'script-src-elem', 'style-src-elem']) assert.ok(tried.blocked.includes(directive), `${directive} was not blocked: ${tried.blocked}`);
      window.errors.length = 0;
    });

    test('names and a file that mean harm are shown as what they are', async () => {
      const name = '"><img src=x onerror=globalThis.ran=true>.mcalc';
      writeFileSync(path.join(folder, name), "__proto__ : matrix(n, n)\nconstructor(x) = x'*__proto__*x\ngrad(constructor, x)\n");
      // Files open in the group that has the focus: not in the panel's.
      await window.goTo(1);
      await window.open('onerror');
      await window.page.locator('.view-line', { hasText: 'constructor' }).first().waitFor(WAIT);
      await window.goTo(3, 2);
      await window.command('Matrix Calculus: Show the Derivation');
      const page = window.webview();
      await page.getByRole('heading', { level: 1, name: 'grad(constructor, x)' }).waitFor(WAIT);
      const found = await page.locator('body').evaluate((body) => ({ text: body.textContent, pictures: body.querySelectorAll('img, script:not([src]), iframe').length, ran: globalThis.ran === true }));
      assert.match(found.text, /__proto__/);
      assert.deepEqual([found.pictures, found.ran], [0, false]);
      assert.equal(await window.page.evaluate(() => globalThis.ran === true), false);
    });

    test('nothing in the page complains', () => {
      assert.deepEqual(window.errors.filter((message) => /mcalc|Content Security Policy/.test(message)), []);
    });
  });
}

suite('restricted mode, with two folders', () => {
  let folder;
  let window;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'mcalc-roots-'));
    const roots = ['one', 'two'].map((name) => path.join(folder, name));
    for (const root of roots) {
      mkdirSync(path.join(root, '.vscode'), { recursive: true });
      writeFileSync(path.join(root, `${path.basename(root)}.mcalc`), TEXT);
    }
    writeFileSync(path.join(roots[1], '.vscode/settings.json'), '{ "mcalc.codeLens.enabled": false }');
    const workspace = path.join(folder, 'both.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: roots.map((root) => ({ path: root })) }));
    window = await openWindow({ extension: root, workspace, file: path.join(roots[0], 'one.mcalc'), restricted: true, scale: 1 });
  });
  after(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the folders are not trusted, and formulas are verified all the same', async () => {
    await window.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).first().waitFor(WAIT);
    await window.lens('Verify').first().click();
    await window.lens('✓ verified').first().waitFor({ timeout: 120_000 });
  });

  test('each folder has its own settings', async () => {
    await window.open('two.mcalc');
    // Hints come of the same server: once they are there, lenses would be too.
    await window.page.locator('.view-line', { hasText: 'n×1' }).first().waitFor(WAIT);
    assert.equal(await window.lens('Verify').count() + await window.lens('✓ verified').count(), 0);
  });
});
