// Packs the extension into one .vsix, and fails where the parcel is larger than promised.
// With --twice it is packed again from a fresh build, and both must be the same bytes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ensureInstalled, node, root } from './install.mjs';

const LIMIT = 1.5 * 1024 * 1024;

/** The time that the parcel's files bear: of the commit, where there is one; never of the day. */
function epoch() {
  try {
    return execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '946684800';
  }
}

function pack(file) {
  // vsce runs vscode:prepublish, which builds. Zip files hold local time, hence the time zone.
  const env = { ...process.env, SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH ?? epoch(), TZ: 'UTC' };
  const code = node(['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file], { env });
  if (code !== 0) process.exit(code);
}

const digest = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

ensureInstalled();
const file = path.join(root, 'out', 'mcalc.vsix');
mkdirSync(path.dirname(file), { recursive: true });
pack(file);
const { size } = statSync(file);
console.log(`${path.relative(root, file)}: ${(size / 1024).toFixed(0)} kB, sha256 ${digest(file)}`);
if (size > LIMIT) {
  console.error(`larger than ${LIMIT / 1024} kB`);
  process.exitCode = 1;
}
if (process.argv.includes('--twice')) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-parcel-'));
  const again = path.join(folder, 'again.vsix');
  pack(again);
  if (digest(again) === digest(file)) console.log('packed twice: the same bytes');
  else {
    console.error('packed twice: the bytes differ');
    process.exitCode = 1;
  }
  rmSync(folder, { recursive: true, force: true });
}
