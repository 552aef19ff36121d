// Bundles everything into dist/: the command line, the language server, the VS Code client, and the panel's script.
// The engine, mathjs and MathJax are files of their own, shared by what runs in Node and in a worker.
import { build } from 'esbuild';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { bill, bundledPackages, notices } from './sbom.mjs';
import { keepApart, sharedFiles } from './shared-files.mjs';

const root = path.resolve(import.meta.dirname, '..');
const production = process.argv.includes('--production');
const at = (file) => path.join(root, file);

/** Source, bundle, where it runs, and the imports that stay files of their own: read when first needed. A row whose source is not there is left out. */
const bundles = [
  { from: 'cli/start.ts', to: 'dist/cli.js', platform: 'node', banner: '#!/usr/bin/env node' },
  { from: 'cli/main.ts', to: 'dist/commands.js', platform: 'node' },
  { from: 'cli/warm.ts', to: 'dist/warm.js', platform: 'node' },
  { from: 'server/boot.ts', to: 'dist/server.js', platform: 'node' },
  { from: 'server/node.ts', to: 'dist/language-server.js', platform: 'node' },
  { from: 'server/browser.ts', to: 'dist/browser/server.js', platform: 'browser', format: 'iife' },
  { from: 'client/node.ts', to: 'dist/client.js', platform: 'node', external: ['vscode'], apart: { 'vscode-languageclient/node': './languageclient.js' } },
  { from: 'node_modules/vscode-languageclient/lib/node/main.js', to: 'dist/languageclient.js', platform: 'node', external: ['vscode'] },
  { from: 'client/browser.ts', to: 'dist/browser/client.js', platform: 'browser', external: ['vscode'] },
  { from: 'client/webview/main.ts', to: 'dist/webview.js', platform: 'browser', format: 'iife' },
];

const shared = {
  absWorkingDir: root,
  bundle: true,
  target: 'es2022',
  minify: production,
  keepNames: false,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

const started = performance.now();
if (production) rmSync(at('dist'), { recursive: true, force: true });
mkdirSync(at('dist'), { recursive: true });

const files = sharedFiles(root);
const rows = bundles.filter((row) => existsSync(at(row.from)));
// One room's error must not keep the others' bundles from being built.
const settled = await Promise.allSettled(rows.map((row) => build({
  ...shared,
  entryPoints: [row.from],
  outfile: row.to,
  platform: row.platform,
  format: row.format ?? 'cjs',
  mainFields: row.platform === 'browser' ? ['browser', 'module', 'main'] : ['module', 'main'],
  external: row.external ?? [],
  ...(row.banner ? { banner: { js: row.banner } } : {}),
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [keepApart(row.apart ?? {}), files.plugin(row.platform)],
})));
const built = settled.flatMap((one) => one.status === 'fulfilled' ? [one.value] : []);
if (built.length < rows.length) process.exitCode = 1;
const results = [...built, ...await files.build(shared)];

if (existsSync(at('dist/cli.js'))) chmodSync(at('dist/cli.js'), 0o755);
if (process.argv.includes('--meta')) {
  for (const { metafile } of results) writeFileSync(at(`${Object.keys(metafile.outputs).find((file) => file.endsWith('.js'))}.meta.json`), JSON.stringify(metafile));
}
if (production) {
  const folders = bundledPackages(results.map((result) => result.metafile));
  writeFileSync(at('dist/sbom.json'), `${JSON.stringify(bill(root, folders), undefined, 2)}\n`);
  writeFileSync(at('dist/NOTICES.txt'), notices(root, folders));
}
const size = results.flatMap((result) => Object.entries(result.metafile.outputs)).filter(([file]) => file.endsWith('.js'));
for (const [file, output] of size) console.log(`${file} ${(output.bytes / 1024).toFixed(0)} kB`);
console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
