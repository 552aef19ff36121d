// Opens VS Code with the extension and the examples: an installed one, else the one in the browser that the tests use, on loopback.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ensureInstalled, node, root } from './install.mjs';

const examples = path.join(root, 'examples');

/** Commands under which VS Code and its kin are installed. */
function installedCode() {
  if (process.env.MCALC_VSCODE === 'host') return undefined;
  return ['code', 'code-insiders', 'codium'].find((command) => spawnSync(command, ['--version'], { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0);
}

/** The files of the packaged extension in a folder that code-server reads. */
function installInto(folder) {
  const target = path.join(folder, 'mcalc.mcalc-0.1.0');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of ['package.json', 'dist', 'media', 'syntaxes', 'examples', 'README.md', 'CHANGELOG.md', 'LICENSE']) {
    if (existsSync(path.join(root, name))) cpSync(path.join(root, name), path.join(target, name), { recursive: true });
  }
}

ensureInstalled();
if (node(['scripts/build.mjs']) !== 0) process.exit(1);
const code = installedCode();
if (code) {
  console.log(`opening ${code} ...`);
  spawn(code, [`--extensionDevelopmentPath=${root}`, examples], { stdio: 'ignore', detached: true, shell: process.platform === 'win32' }).unref();
} else {
  const { startServer, workbenchUrl } = await import('../test/vscode-host/host.mjs');
  const folder = path.join(root, 'out/editor-extensions');
  installInto(folder);
  const server = await startServer({ extensionsDir: folder, forTests: false, port: Number(process.env.PORT ?? 0) });
  console.log(`VS Code with mcalc: ${workbenchUrl(server, { folder: examples })}\nOpen it in a browser on this machine; Ctrl+C ends it.`);
  server.process.once('exit', () => process.exit(0));
}
