/** What the product is made of: few packages, pinned by hash, without install scripts, and each named in the bill of materials. */
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { productFolders } from '../../scripts/product.mjs';
import { bill, bundledPackages, notices } from '../../scripts/sbom.mjs';
import { root, textOf } from './sources';

interface Locked { readonly version?: string; readonly integrity?: string; readonly dev?: boolean; readonly hasInstallScript?: boolean; readonly link?: boolean }
const { packages } = JSON.parse(textOf('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
const manifest = JSON.parse(textOf('package.json')) as Readonly<Record<string, unknown>> & { readonly compiledIn: readonly string[]; readonly devDependencies: Readonly<Record<string, string>> };
const product = new Set(productFolders(root));
const installed = Object.entries(packages).filter(([folder]) => folder !== '');

describe('packages', () => {
  test('compiled into the product are at most five, beside what they need themselves, each pinned', () => {
    expect(manifest.compiledIn.length).toBeLessThanOrEqual(5);
    expect(manifest.compiledIn.filter((name) => manifest.devDependencies[name] === undefined)).toEqual([]);
  });
  test('are fetched by nobody who installs the product', () => {
    expect(['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies', 'bundledDependencies'].filter((key) => key in manifest)).toEqual([]);
  });
  test('compiled into the product have no install scripts', () => {
    expect(installed.filter(([folder, entry]) => product.has(folder) && entry.hasInstallScript === true).map(([folder]) => folder)).toEqual([]);
  });
  test('are pinned by their hash, every one', () => {
    expect(installed.filter(([, entry]) => entry.link !== true && !/^sha512-/.test(entry.integrity ?? '')).map(([folder]) => folder)).toEqual([]);
  });
});

describe('the bill of materials', async () => {
  const { metafile } = await build({
    entryPoints: ['cli/main.ts', 'server/node.ts'], absWorkingDir: root, bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'],
    outdir: 'out', write: false, metafile: true, logLevel: 'silent',
  });
  const folders = bundledPackages([metafile]);
  const { components } = bill(root, folders);

  test('holds only what the manifest says is compiled in, with what that needs', () => {
    expect(folders.filter((folder) => !product.has(folder))).toEqual([]);
  });
  test('names what is bundled and nothing else', () => {
    const names = components.map((one) => one.name);
    expect(names).toEqual(expect.arrayContaining(['mathjs', 'mathjax-full', 'vscode-languageserver', 'decimal.js']));
    expect(names).not.toContain('typescript');
    expect(new Set(names.map((name, i) => `${name}@${components[i]?.version}`)).size).toBe(names.length);
  });
  test.each(components.map((one) => [one.name, one] as const))('%s has its version, its hash, and a licence that allows to ship it', (_, one) => {
    expect(one.version).toBe(packages[folders[components.indexOf(one)] ?? '']?.version);
    expect(one.hashes[0]?.alg).toBe('SHA-512');
    expect(one.hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/);
    expect(['MIT', 'ISC', 'Apache-2.0', 'BSD-3-Clause', 'BSD-2-Clause', '0BSD', 'BlueOak-1.0.0']).toContain(one.licenses[0]?.license.id);
  });
  test('comes with the text of every licence', () => {
    const text = notices(root, folders);
    for (const one of components) expect(text).toContain(`${one.name} ${one.version}`);
    expect(text).toContain('Apache License');
  });
  test('is the same each time', () => {
    expect(JSON.stringify(bill(root, folders))).toBe(JSON.stringify(bill(root, [...folders])));
    expect(JSON.stringify(bill(root, folders))).not.toMatch(/timestamp|serialNumber/);
  });
});

describe('the npm package', () => {
  const listed = new Set(textOf('.npmignore').split('\n').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : [])));
  const rows = [...textOf('scripts/build.mjs').matchAll(/\{ from: '(?:cli|server)\/[^']+', to: '([^']+)', platform: 'node'/g)].map((found) => found[1] ?? '');
  const shared = [...textOf('scripts/shared-files.mjs').matchAll(/'([\w-]+\.js)'/g)].map((found) => `dist/${found[1] ?? ''}`);
  test('holds every script of the command line and its server, and no other', () => {
    expect(rows.length).toBeGreaterThan(4);
    expect([...listed].filter((file) => file.endsWith('.js')).sort()).toEqual([...new Set([...rows, ...shared])].sort());
  });
  test('says what it is made of, with the licences', () => {
    expect([...listed]).toEqual(expect.arrayContaining(['dist/sbom.json', 'dist/NOTICES.txt']));
  });
});
