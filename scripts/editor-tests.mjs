// The editor tests in a real VS Code: the desktop one where it can be had, else code-server in a headless browser.
import { spawn, spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root } from './install.mjs';

const out = path.join(root, 'out/test/editor');
/** The folder that is open in the tests: a copy, since they write into it. */
const workspace = path.join(root, 'out/test/workspace');

async function bundleTests() {
  rmSync(out, { recursive: true, force: true });
  const folder = path.join(root, 'test/editor');
  const entries = readdirSync(folder).filter((file) => file === 'index.ts' || file.endsWith('.test.ts'));
  await build({
    entryPoints: entries.map((file) => path.join(folder, file)),
    outdir: out, bundle: true, platform: 'node', format: 'cjs', target: 'node20', sourcemap: 'inline', logLevel: 'warning', external: ['vscode', 'mocha', 'typescript'],
  });
}

function onPath(command) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, command)));
}

/** A desktop VS Code, downloaded or cached; undefined where there is none, or no screen to open it on. */
async function desktopCode() {
  if (process.env.MCALC_VSCODE === 'host') return undefined;
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY && !onPath('xvfb-run')) return undefined;
  try {
    const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
    return await downloadAndUnzipVSCode({ version: 'stable', timeout: 15_000, extensionDevelopmentPath: root });
  } catch (error) {
    console.log(`desktop VS Code is out of reach (${error instanceof Error ? error.message : String(error)}); using the one in the browser`);
    return undefined;
  }
}

async function hostCode() {
  const { setUpHost } = await import('../test/vscode-host/setup.mjs');
  setUpHost();
  return path.join(root, 'test/vscode-host/code.mjs');
}

function hostCanBeSetUp() {
  return process.platform === 'linux' && process.arch === 'x64' && (process.getuid?.() === 0 || ['chromium', 'chromium-browser', 'google-chrome'].some(onPath));
}

/** Runs this file again as a child, so that its output can be read and a screen can be put under it. */
function runSuite(executable, needsScreen) {
  const command = needsScreen ? ['xvfb-run', '-a', process.execPath] : [process.execPath];
  const child = spawn(command[0], [...command.slice(1), import.meta.filename ?? new URL(import.meta.url).pathname, executable], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (bytes) => { text += bytes; process.stdout.write(bytes); });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? 1, text })));
}

/** The tests that drive a window, Neovim and Emacs from outside: they run wherever the host can be set up. */
function windowTests() {
  const files = ['test/editor/browser/window.test.mjs', 'test/editor/browser/explorer.test.mjs', 'test/editor/browser/first-minutes.test.mjs', ...EDITORS.filter(install).map((editor) => editor.test)];
  const done = spawnSync(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=tap', ...files], { cwd: root, encoding: 'utf8', env: withoutTestContext() });
  process.stdout.write(done.stdout.split('\n').filter((line) => !/^\s*(---|\.\.\.|duration_ms|type:)/.test(line)).join('\n'));
  process.stderr.write(done.stderr);
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(done.stdout)?.[1] ?? 0);
  const failures = done.stdout.split('\n').filter((line) => /^\s*not ok /.test(line)).map((line) => line.trim());
  const counts = { passed: count('pass'), failed: count('fail') + count('cancelled'), failures };
  return counts.passed === 0 && counts.failed === 0 || done.status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Other editors are Debian's where they can be installed; elsewhere they are tested where they are there. */
const EDITORS = [
  { name: 'Neovim', command: 'nvim', packages: ['neovim'], test: 'test/editor/neovim/neovim.test.mjs' },
  { name: 'Emacs with eglot', command: 'emacs', packages: ['emacs-nox', 'elpa-eglot'], test: 'test/editor/emacs/emacs.test.mjs' },
];

/** eglot is part of Emacs 29, and a package of its own before. */
const isThere = ({ command }) => onPath(command)
  && (command !== 'emacs' || spawnSync('emacs', ['--batch', '-q', '--eval', "(progn (package-initialize) (require 'eglot))"], { stdio: 'ignore' }).status === 0);

function install(editor) {
  if (!isThere(editor) && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...editor.packages], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
  const there = isThere(editor);
  if (!there) console.log(`${editor.name} is not installed: its session is not tested here.`);
  return there;
}

/** A test runner under a test runner would report to its parent. */
function withoutTestContext() {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => key !== 'NODE_TEST_CONTEXT'));
}

/** Bundles and runs the suite, and gives its counts. */
export async function editorTests() {
  await bundleTests();
  rmSync(workspace, { recursive: true, force: true });
  mkdirSync(workspace, { recursive: true });
  if (existsSync(path.join(root, 'examples'))) cpSync(path.join(root, 'examples'), path.join(workspace, 'examples'), { recursive: true });
  let executable;
  let desktop;
  try {
    desktop = await desktopCode();
    executable = desktop ?? await hostCode();
  } catch (error) {
    console.error(`no VS Code to test in: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1, failures: [] };
  }
  const needsScreen = Boolean(desktop) && process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  const { code, text } = await runSuite(executable, needsScreen);
  const last = [...text.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1);
  const counts = { passed: Number(last?.[1] ?? 0), failed: Number(last?.[2] ?? 1) };
  // mocha numbers its failures: `  1) suite`, below its list of passes.
  const failures = text.split('\n').filter((line) => /^\s+\d+\) /.test(line)).map((line) => line.trim());
  const suite = code !== 0 && counts.failed === 0 ? { ...counts, failed: 1, failures } : { ...counts, failures };
  if (process.env.MCALC_EDITOR_TESTS !== undefined) return suite;
  const hostReady = desktop === undefined || hostCanBeSetUp();
  if (!hostReady) {
    console.log('The tests that drive the window in a browser need Linux x64 and Chromium; the suite above ran in the desktop VS Code.');
    return suite;
  }
  const window = windowTests();
  return { passed: suite.passed + window.passed, failed: suite.failed + window.failed, failures: [...suite.failures, ...window.failures] };
}

/** As a program: `editor-tests.mjs EXECUTABLE` runs the bundled suite in it. */
if (process.argv[1] && path.basename(process.argv[1]) === 'editor-tests.mjs') {
  const { runTests } = await import('@vscode/test-electron');
  try {
    await runTests({
      vscodeExecutablePath: process.argv[2],
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(out, 'index.js'),
      launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
      extensionTestsEnv: { MCALC_EDITOR_TESTS: process.env.MCALC_EDITOR_TESTS },
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
