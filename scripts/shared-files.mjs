// Files that several bundles share, each built once: the engine (core/), mathjs and MathJax. A bundle's import of one becomes a
// reference to the file beside it; for the two packages an object of getters, so that nothing is read before it is used.
import { build } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Package name, and the file in dist/ that holds what is used of it. */
const packages = { mathjs: 'mathjs.js', 'mathjax-full': 'mathjax.js' };
const packageFilter = /^(mathjs|mathjax-full)(\/|$)/;
const CORE = 'core.js';

/** How a bundle gets at a shared file. A worker has no require: its main sets mcalcRequire first. */
function load(file, place) {
  const required = `require(${JSON.stringify(`./${file}`)})`;
  const imported = `globalThis.mcalcRequire(${JSON.stringify(file)})`;
  switch (place) {
    case 'node': return required;
    case 'browser': return imported;
    default: return `(typeof require === 'function' ? ${required} : ${imported})`;
  }
}

/** Collects what the bundles use of the shared files, and builds those. */
export function sharedFiles(root) {
  const require = createRequire(path.join(root, 'package.json'));
  const used = new Map([...Object.values(packages), CORE].map((file) => [file, new Set()]));
  const use = (file, id) => { used.get(file).add(id); };

  const lazyPackage = (id, place) => {
    const file = packages[id.split('/')[0]];
    use(file, id);
    const names = Object.keys(require(id)).filter((name) => name !== '__esModule' && name !== 'default');
    return `let loaded; const from = () => loaded ??= ${load(file, place)}[${JSON.stringify(id)}];
for (const name of ${JSON.stringify(names)}) Object.defineProperty(exports, name, { enumerable: true, get: () => from()[name] });`;
  };
  const coreModule = (id, place) => {
    use(CORE, id);
    return `module.exports = ${load(CORE, place)}[${JSON.stringify(id)}];`;
  };

  /** The esbuild plugin of a bundle. `place` is node, browser, or either. */
  const plugin = (place) => ({
    name: 'shared-files',
    setup(bundler) {
      bundler.onResolve({ filter: packageFilter }, (args) => ({ path: args.path, namespace: 'package' }));
      bundler.onLoad({ filter: /.*/, namespace: 'package' }, (args) => ({ contents: lazyPackage(args.path, place), loader: 'js' }));
      bundler.onLoad({ filter: /.*/, namespace: 'core' }, (args) => ({ contents: coreModule(args.path, place), loader: 'js' }));
      bundler.onResolve({ filter: /^\.\.?\// }, (args) => {
        if (args.namespace === 'package' || args.namespace === 'core') return { path: args.path, external: true };
        if (place === 'either') return undefined;
        const id = path.relative(root, path.resolve(args.resolveDir, args.path)).split(path.sep).join('/');
        const isOutside = !path.relative(root, args.importer).startsWith('core');
        return isOutside && id.startsWith('core/') ? { path: id, namespace: 'core' } : undefined;
      });
    },
  });

  /** The shared files are wrapped in a function: a worker loads them into one global scope. */
  const wrapped = (options) => ({ ...options, platform: 'browser', format: 'cjs', banner: { js: '(function () {' }, footer: { js: '})();' } });
  return {
    plugin,
    async build(options) {
      const ids = [...used.get(CORE)].sort();
      const engine = ids.length === 0 ? [] : [await build({
        ...wrapped(options),
        stdin: { contents: `module.exports = {\n${ids.map((id) => `get ${JSON.stringify(id)}() { return require(${JSON.stringify(`./${id}`)}); },`).join('\n')}\n};`, resolveDir: root, loader: 'js' },
        mainFields: ['module', 'main'],
        outfile: `dist/${CORE}`,
        plugins: [plugin('either')],
      })];
      const rest = [...used].filter(([file, names]) => file !== CORE && names.size > 0).map(([file, names]) => build({
        ...wrapped({ ...options, minify: true, sourcemap: false }),
        stdin: { contents: packageEntry(root, [...names].sort()), resolveDir: root, loader: 'js' },
        mainFields: ['module', 'main'],
        outfile: `dist/${file}`,
      }));
      return [...engine, ...await Promise.all(rest)];
    },
  };
}

/** mathjs is tree-shaken to the names that our sources import; MathJax's modules are taken whole. */
function packageEntry(root, ids) {
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
