// Runs an extension's tests in code-server. Exit codes: 0 passed, 1 failed, 4 the extension host died without its summary.
import process from 'node:process';
import { format } from 'node:util';
import { openBrowser, remoteUri, startServer, workbenchUrl } from './host.mjs';

/** The suite's reporter begins its lines with this; VS Code's own log lines lack it. */
const MARK = '\u2502 ';
/** What VS Code says of itself in a window without network that is soon closed. */
const NOISE = /^(Canceled|Timed out waiting for authentication provider|Aborted onWillSaveTextDocument-event)/;

function outcome(page, timeoutMs) {
  let timer;
  const result = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no result after ${timeoutMs} ms`)), timeoutMs);
    page.on('crash', () => reject(new Error('the page crashed')));
    page.on('console', (message) => { if (/No extension host found/.test(message.text())) reject(new Error(message.text())); });
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
  });
  result.catch(() => undefined);
  return { result, done: () => clearTimeout(timer) };
}

/** Opens the window on the tests and prints what their reporter prints. */
export async function runInHost({ extension, tests, folder, kind, env, extensionsDir, timeoutMs = 180_000, verbose = false, screenshot }) {
  const server = await startServer({ env, extensionsDir, log: verbose ? (text) => process.stderr.write(text) : undefined });
  let browser;
  let waiting;
  let summary = false;
  try {
    browser = await openBrowser();
    const { page } = browser;
    waiting = outcome(page, timeoutMs);
    await page.exposeFunction('codeAutomationLog', (type, args) => {
      const text = format(...args);
      if (NOISE.test(text)) return;
      const own = text.startsWith(MARK);
      if (own && /^[1-9]\d* passed, 0 failed/.test(text.slice(MARK.length))) summary = true;
      if (own || verbose || type === 'error') process.stdout.write(`${own ? text.slice(MARK.length) : text}\n`);
    });
    const payload = [
      ...extension.map((folder) => ['extensionDevelopmentPath', remoteUri(server, folder)]),
      ...(kind ? [['extensionDevelopmentKind', kind]] : []),
      ['extensionTestsPath', remoteUri(server, tests)], ['skipWelcome', 'true'], ['skipReleaseNotes', 'true'],
    ];
    const response = await page.goto(workbenchUrl(server, { folder, payload }));
    if (!response?.ok()) throw new Error(`the window answered ${response?.status()}`);
    const code = await waiting.result;
    // A killed extension host also ends with 0: without the summary nothing was proved.
    return code === 0 && !summary ? 4 : code;
  } catch (error) {
    if (screenshot) await browser?.page.screenshot({ path: screenshot }).catch(() => undefined);
    throw error;
  } finally {
    waiting?.done();
    await browser?.close();
    await server.stop();
  }
}
