// Starts code-server on loopback and a Chromium window on it. Everything it starts ends with it, also on a signal.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';
import { setUpHost } from './setup.mjs';

/** A quiet window: no welcome, no network, no prompts. */
const settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
};

const cleanups = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, async () => {
    await Promise.allSettled([...cleanups].map((cleanup) => cleanup()));
    process.exit(130);
  });
}

function writeProfile(folder, extra) {
  mkdirSync(path.join(folder, 'User'), { recursive: true });
  writeFileSync(path.join(folder, 'User', 'settings.json'), JSON.stringify({ ...settings, ...extra }));
  const config = path.join(folder, 'config.yaml');
  writeFileSync(config, 'auth: none\n');
  return config;
}

function serverEnv(extra) {
  const dropped = /^(VSCODE_|ELECTRON_|PORT$|PASSWORD$|NODE_OPTIONS$)/;
  const kept = Object.entries({ ...process.env, ...extra }).filter(([key]) => !dropped.test(key));
  // An empty gallery: the window never asks the marketplace.
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}' };
}

/** Stops a process group: the server, its extension host, and the language servers under it. */
function stopper(child, folder) {
  let gone = false;
  const exited = new Promise((resolve) => child.once('exit', () => { gone = true; resolve(); }));
  const kill = (signal) => { try { process.kill(-child.pid, signal); } catch { /* it has ended already */ } };
  return async () => {
    kill('SIGTERM');
    const hard = setTimeout(() => kill('SIGKILL'), 1000);
    if (!gone) await exited;
    clearTimeout(hard);
    kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
}

function listening(child, log) {
  return new Promise((resolve, reject) => {
    let output = '';
    const late = setTimeout(() => reject(new Error(`code-server did not start\n${output}`)), 60_000);
    const read = (bytes) => {
      output += bytes;
      log(String(bytes));
      const url = /listening on (http:\/\/127\.0\.0\.1:\d+)/i.exec(output)?.[1];
      if (url) { clearTimeout(late); resolve(url); }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => { clearTimeout(late); reject(new Error(`code-server ended with ${code}\n${output}`)); });
  });
}

/** Folders are opened untrusted, without being asked about. */
const RESTRICTED = {
  'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never', 'security.workspace.trust.untrustedFiles': 'open',
};

/** Starts the server in a fresh profile on a free loopback port. `forTests` lets the window run an extension's tests; `restricted` trusts no folder. */
export async function startServer({ extensionsDir, extraSettings = {}, env = {}, forTests = true, restricted = false, port = 0, log = () => undefined } = {}) {
  const host = setUpHost();
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-vscode-'));
  const config = writeProfile(folder, { ...(restricted ? RESTRICTED : {}), ...extraSettings });
  const extensions = extensionsDir ?? path.join(folder, 'extensions');
  mkdirSync(extensions, { recursive: true });
  const args = [host.entry, '--config', config, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry',
    '--disable-update-check', ...(restricted ? [] : ['--disable-workspace-trust']), '--disable-getting-started-override', '--ignore-last-opened',
    ...(forTests ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    '--user-data-dir', folder, '--extensions-dir', extensions];
  const child = spawn(host.node, args, { env: serverEnv(env), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const end = stopper(child, folder);
  const stop = async () => { cleanups.delete(stop); await end(); };
  cleanups.add(stop);
  try {
    const url = await listening(child, log);
    return { url, authority: new URL(url).host, profile: folder, process: child, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A headless Chromium that can reach loopback and nothing else. */
export async function openBrowser({ width = 1280, height = 800, scale = 1 } = {}) {
  const browser = await chromium.launch({
    executablePath: setUpHost().browser,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
  });
  const close = async () => { cleanups.delete(close); await browser.close(); };
  cleanups.add(close);
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, permissions: ['clipboard-read', 'clipboard-write'] });
  return { page: await context.newPage(), close };
}

/** The window's address of a folder or a workspace file, with the development keys that VS Code reads from `payload`. */
export function workbenchUrl(server, { folder, workspace, payload = [] } = {}) {
  const query = new URLSearchParams(workspace ? { workspace: path.resolve(workspace) } : folder ? { folder: path.resolve(folder) } : { ew: 'true' });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${server.url}/?${query}`;
}

/** How the window names a file of this machine; the authority must be the page's own. */
export const remoteUri = (server, file) => `vscode-remote://${server.authority}${path.resolve(file)}`;
