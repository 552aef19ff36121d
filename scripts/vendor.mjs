// Keeps large packages out of the bundles: each import of them becomes an object of getters that load one shared file on first use.
import { build } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Package name, and the file in dist/ that holds what is used of it. */
const packages = { mathjs: 'mathjs.js', 'mathjax-full': 'mathjax.js' };
const filter = /^(mathjs|mathjax-full)(\/|$)/;

/** Collects which modules of each package the bundles import, and builds one file a package out of them. */
export function vendorFiles(root) {
  const require = createRequire(path.join(root, 'package.json'));
  const used = new Map(Object.values(packages).map((file) => [file, new Set()]));
  return {
    /** The text of a module whose exports are getters: nothing is loaded until one is read. */
    lazyModule(id, platform) {
      const file = packages[id.split('/')[0]];
      used.get(file).add(id);
      // The browser's worker has no require: its main sets mcalcRequire before any getter is touched.
      const load = platform === 'browser' ? `globalThis.mcalcRequire(${JSON.stringify(file)})` : `require(${JSON.stringify(`./${file}`)})`;
      const names = Object.keys(require(id)).filter((name) => name !== '__esModule' && name !== 'default');
      return `let loaded; const from = () => loaded ??= ${load}[${JSON.stringify(id)}];
for (const name of ${JSON.stringify(names)}) Object.defineProperty(exports, name, { enumerable: true, get: () => from()[name] });`;
    },
    async build(options) {
      await Promise.all([...used].filter(([, ids]) => ids.size > 0).map(([file, ids]) => build({
        ...options,
        stdin: { contents: vendorEntry(root, [...ids].sort()), resolveDir: root, loader: 'js' },
        mainFields: ['module', 'main'],
        outfile: `dist/${file}`,
      })));
    },
  };
}

/** mathjs is tree-shaken to the names that our sources import; MathJax's modules are taken whole. */
function vendorEntry(root, ids) {
  const lines = ids.map((id, i) => {
    const names = id === 'mathjs' ? importedNames(root, id) : [];
    return names.length > 0 ? `import { ${names.join(', ')} } from ${JSON.stringify(id)}; const m${i} = { ${names.join(', ')} };`
      : `import * as m${i} from ${JSON.stringify(id)};`;
  });
  return `${lines.join('\n')}\nmodule.exports = { ${ids.map((id, i) => `${JSON.stringify(id)}: m${i}`).join(', ')} };`;
}

/** The value names of every `import { … } from id` in our rooms. */
function importedNames(root, id) {
  const names = new Set();
  for (const room of ['core', 'server', 'cli']) {
    for (const file of readdirSync(path.join(root, room), { recursive: true })) {
      if (!file.endsWith('.ts')) continue;
      const text = readFileSync(path.join(root, room, file), 'utf8');
      for (const [, list] of text.matchAll(new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*['"]${id}['"]`, 'g'))) {
        for (const part of list.split(',')) {
          const name = part.trim().split(/\s+as\s+/)[0];
          if (name && !name.startsWith('type ')) names.add(name);
        }
      }
    }
  }
  return [...names].sort();
}

/** The esbuild plugin that sends imports of the large packages to `vendor`. */
export function lazyVendor(vendor, platform) {
  return {
    name: 'lazy-vendor',
    setup(bundler) {
      bundler.onResolve({ filter }, (args) => ({ path: args.path, namespace: 'vendor' }));
      bundler.onLoad({ filter: /.*/, namespace: 'vendor' }, (args) => ({ contents: vendor.lazyModule(args.path, platform), loader: 'js' }));
      bundler.onResolve({ filter: /^\.\/(mathjs|mathjax)\.js$/, namespace: 'vendor' }, (args) => ({ path: args.path, external: true }));
    },
  };
}

/** The esbuild plugin that leaves some imports to files beside the bundle. */
export function keepApart(files) {
  return {
    name: 'keep-apart',
    setup(bundler) {
      for (const [id, file] of Object.entries(files)) {
        bundler.onResolve({ filter: new RegExp(`^${id}$`) }, () => ({ path: file, external: true }));
      }
    },
  };
}
