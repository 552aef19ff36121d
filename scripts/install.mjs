// Installs the packages of the lock file where they are missing. Runs on plain Node, so that it works on a fresh clone.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');

function manifest(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The packages whose installed version is not the pinned one. */
function missing() {
  const { devDependencies } = manifest(path.join(root, 'package.json'));
  return Object.entries(devDependencies)
    .filter(([name, version]) => manifest(path.join(root, 'node_modules', name, 'package.json'))?.version !== version)
    .map(([name]) => name);
}

/** Makes node_modules what package.json pins; exits with 1 where npm cannot. */
export function ensureInstalled() {
  const absent = missing();
  if (absent.length === 0) return;
  console.log(`installing ${absent.length} packages ...`);
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0) {
    console.error('npm ci failed');
    process.exit(1);
  }
}

/** Runs one of our scripts or a package's command under this Node, and gives its exit code. */
export function node(args, options = {}) {
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', ...options });
  return done.status ?? 1;
}
