// The packages that the product's bundles are made of (`compiledIn` in package.json) with all that they need, as folders of the lock
// file. Whoever installs the product fetches none of them.
import { readFileSync } from 'node:fs';
import path from 'node:path';

export function productFolders(root) {
  const json = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  const { packages } = json('package-lock.json');
  const found = new Set();
  /** Where Node finds a package from a folder: in its own node_modules, else in those above. */
  const folderOf = (name, from) => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
      const folder = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
      if (packages[folder]) return folder;
      if (at === '') throw new Error(`the lock file does not name ${name}, which ${from || 'the product'} needs`);
    }
  };
  const waiting = json('package.json').compiledIn.map((name) => folderOf(name, ''));
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.has(folder)) continue;
    found.add(folder);
    for (const name of Object.keys(packages[folder].dependencies ?? {})) waiting.push(folderOf(name, folder));
  }
  return [...found].sort();
}
