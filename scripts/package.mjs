// Packs the extension into one .vsix, and fails where the parcel is larger than promised.
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ensureInstalled, node, root } from './install.mjs';

const LIMIT = 1.5 * 1024 * 1024;

ensureInstalled();
const file = path.join(root, 'out', 'mcalc.vsix');
mkdirSync(path.dirname(file), { recursive: true });
// vsce runs vscode:prepublish, which builds.
const code = node(['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file]);
if (code !== 0) process.exit(code);
const { size } = statSync(file);
console.log(`${path.relative(root, file)}: ${(size / 1024).toFixed(0)} kB`);
if (size > LIMIT) {
  console.error(`larger than ${LIMIT / 1024} kB`);
  process.exitCode = 1;
}
