// Drives a VS Code window as a person does: opens files, moves the cursor, runs commands, reads what is shown.
import { openBrowser, remoteUri, startServer, workbenchUrl } from './host.mjs';

const EDITOR = '.monaco-editor .view-lines';

/** Opens `file` of `folder`, or of a `workspace` file, in a window of the given theme, with the extension of `extension` loaded. */
export async function openWindow({ extension, folder, file, theme = 'Dark Modern', width = 1280, height = 800, scale = 2, kind, workspace, restricted = false, extraSettings = {} }) {
  const server = await startServer({
    restricted,
    extraSettings: {
      'workbench.colorTheme': theme, 'editor.fontSize': 14, 'editor.minimap.enabled': false, 'workbench.activityBar.location': 'hidden', 'editor.hover.delay': 100,
      'workbench.editor.showTabs': 'single', 'breadcrumbs.enabled': false, 'window.commandCenter': false, 'workbench.layoutControl.enabled': false,
      'editor.renderLineHighlight': 'none', 'editor.occurrencesHighlight': 'off', 'editor.cursorBlinking': 'solid', ...extraSettings,
    },
  });
  const browser = await openBrowser({ width, height, scale });
  const { page } = browser;
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const payload = [['extensionDevelopmentPath', remoteUri(server, extension)], ...(kind ? [['extensionDevelopmentKind', kind]] : []),
    ...(file ? [['openFile', remoteUri(server, file)]] : []), ['skipWelcome', 'true'], ['skipReleaseNotes', 'true']];
  const response = await page.goto(workbenchUrl(server, { folder, workspace, payload }));
  if (!response?.ok()) throw new Error(`the window answered ${response?.status()}`);
  await page.waitForSelector(file ? EDITOR : '.monaco-workbench', { timeout: 60_000 });

  const press = (keys) => page.keyboard.press(keys);
  /** Runs a command of the palette by its title. */
  const command = async (title) => {
    await press('F1');
    const input = page.locator('.quick-input-widget input.input');
    await input.waitFor();
    await input.fill(`>${title}`);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor({ timeout: 15_000 });
    await press('Enter');
  };
  /** Opens a file by a part of its name. */
  const open = async (name) => {
    const input = page.locator('.quick-input-widget input.input');
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
    // What is typed while the list of files is still being made can get lost: then it is asked for again.
    for (let left = 5; ; left--) {
      await press('Control+p');
      await input.waitFor();
      await input.fill(name);
      // Enter might come between two lists of results.
      if (await row.click({ timeout: 15_000 }).then(() => true, (error) => { if (left === 0) throw error; return false; })) break;
      await press('Escape');
    }
    await page.locator('.tab, .title-label', { hasText: name }).first().waitFor({ timeout: 60_000 });
  };
  /** Puts the cursor at a line and column, from 1. */
  const goTo = async (line, column = 1) => {
    await page.locator(EDITOR).first().click();
    await press('Control+g');
    const input = page.locator('.quick-input-widget input.input');
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  };
  /** Shows the hover at a place, and waits for its contents. */
  const hover = async (line, column) => {
    await goTo(line, column);
    await command('Show or Focus Hover');
    const shown = page.locator('.monaco-hover:visible .hover-contents').first();
    await shown.waitFor({ timeout: 20_000 });
    return shown;
  };
  const lens = (text) => page.locator('.codelens-decoration a', { hasText: text });
  /** The frame of the webview that is open. */
  const webview = () => page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  return { page, errors, command, open, goTo, hover, lens, press, webview, close };
}
