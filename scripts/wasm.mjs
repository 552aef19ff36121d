// Compiles the kernels in assembly/ and writes core/codegen/targets/wasm-modules.ts: each group's module as base64.
// `node scripts/wasm.mjs` writes, `node scripts/wasm.mjs --check` fails where the table is not what the sources compile to.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { node } from './install.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'assembly');
export const TABLE = path.join(root, 'core', 'codegen', 'targets', 'wasm-modules.ts');
/** Each holds what the one before it does, and more. */
const GROUPS = ['products', 'cholesky', 'lu'];

/** A fingerprint of the sources and the compiler's version, so that a stale table is seen without compiling. */
export function sourcesHash() {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).filter((f) => f.endsWith('.ts')).sort()) hash.update(`${file}\n${readFileSync(path.join(folder, file), 'utf8').replace(/\r\n/g, '\n')}\n`);
  hash.update(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies.assemblyscript);
  return hash.digest('hex').slice(0, 16);
}

function compiled(group) {
  const made = mkdtempSync(path.join(tmpdir(), 'mcalc-wasm-'));
  try {
    const out = path.join(made, 'out.wasm');
    const code = node(['node_modules/assemblyscript/bin/asc.js', `assembly/${group}.ts`, '--runtime', 'stub', '--noAssert', '-O3', '--enable', 'simd', '-o', out]);
    if (code !== 0) throw new Error(`asc failed on ${group}`);
    return readFileSync(out).toString('base64');
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

export function wasmTable() {
  const rows = GROUPS.map((group) => {
    const lines = compiled(group).match(/.{1,120}/g) ?? [];
    return `  ${group}: [\n${lines.map((l) => `    '${l}',`).join('\n')}\n  ],`;
  });
  return [
    '// The f64x2 kernels as WebAssembly modules in base64, by group. Written by scripts/wasm.mjs from assembly/: edit those.',
    '',
    `/** Of the sources and the compiler that these were made with. */`,
    `export const WASM_SOURCES = '${sourcesHash()}';`,
    '',
    `export type WasmGroup = ${GROUPS.map((g) => `'${g}'`).join(' | ')};`,
    '/** In order: each holds what the one before it does. Lines of at most 120 characters. */',
    'export const WASM_MODULES: Readonly<Record<WasmGroup, readonly string[]>> = {',
    ...rows,
    '};',
    '',
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = wasmTable();
  let standing = '';
  try { standing = readFileSync(TABLE, 'utf8'); } catch { /* not there yet */ }
  const check = process.argv.includes('--check');
  if (standing !== text) {
    console.log(`${check ? 'stale' : 'written'}: ${path.relative(root, TABLE)}`);
    if (check) process.exitCode = 1;
    else writeFileSync(TABLE, text);
  }
}
