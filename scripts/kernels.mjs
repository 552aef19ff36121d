// Writes the product kernels from their template, and core/numeric/kernel-sources.ts from core/numeric/kernels/*.ts.
// `node scripts/kernels.mjs` writes, `node scripts/kernels.mjs --check` fails where something is stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { productFiles } from './products.mjs';

const numeric = join(dirname(fileURLToPath(import.meta.url)), '..', 'core', 'numeric');
const folder = join(numeric, 'kernels');

/** Every exported function of a kernel file: its text (without `export`) and the identifiers it calls. */
function kernelsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found = [];
  /** Memory that a kernel keeps: its declaration goes before the function that uses it. */
  const state = new Map();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const from = statement.moduleSpecifier.text;
      if (!from.startsWith('./')) throw new Error(`${file}: a kernel may import kernels only, not ${from}`);
      continue;
    }
    if (ts.isVariableStatement(statement) && !statement.modifiers && statement.declarationList.declarations.length === 1) {
      state.set(statement.declarationList.declarations[0].name.text, statement.getText());
      continue;
    }
    const exported = statement.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword);
    if (!ts.isFunctionDeclaration(statement) || !exported || !statement.name) {
      throw new Error(`${file}: only imports, exported functions and constants of theirs may stand here: ${statement.getText().slice(0, 60)}`);
    }
    const doc = statement.jsDoc?.at(-1)?.getText();
    if (!doc) throw new Error(`${file}: ${statement.name.text} has no docstring`);
    const calls = new Set();
    /** Names of its own hide kernels of the same name. */
    const own = new Set(statement.parameters.map((p) => p.name.getText()));
    const visit = (node) => {
      if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) own.add(node.name.text);
      if (ts.isIdentifier(node)) calls.add(node.text);
      ts.forEachChild(node, visit);
    };
    if (statement.body) visit(statement.body);
    for (const name of own) calls.delete(name);
    const kept = [...state].filter(([name]) => calls.has(name)).map(([, declaration]) => `${declaration}\n\n`).join('');
    found.push({ name: statement.name.text, calls, text: `${kept}${doc}\n${statement.getText().replace(/^[\s\S]*?export function/, 'function')}\n` });
  }
  return found;
}

/** The text of core/numeric/kernel-sources.ts, from what stands in the kernels folder. */
export function kernelModule() {
  const files = readdirSync(folder).filter((f) => f.endsWith('.ts')).sort();
  const all = files.flatMap((f) => kernelsOf(f, readFileSync(join(folder, f), 'utf8')));
  all.sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = new Set(all.map((k) => k.name));
  if (names.size !== all.length) throw new Error('two kernels have one name');
  const rows = all.map(({ name, calls, text }) => {
    const uses = [...calls].filter((c) => c !== name && names.has(c)).sort();
    const lines = text.split('\n').map((l) => `      ${JSON.stringify(l)},`);
    return `  ${name}: {\n    uses: ${JSON.stringify(uses)},\n    text: [\n${lines.slice(0, -1).join('\n')}\n      '',\n    ].join('\\n'),\n  },`;
  });
  return [
    '// The text of every kernel, for generated code. Written by scripts/kernels.mjs from core/numeric/kernels: edit those.',
    '',
    'export interface KernelSource {',
    '  /** A function declaration with its docstring, in TypeScript. */',
    '  readonly text: string;',
    '  /** The kernels that it calls itself. */',
    '  readonly uses: readonly string[];',
    '}',
    '',
    'export const kernelSources: Readonly<Record<string, KernelSource>> = {',
    ...rows,
    '};',
    '',
  ].join('\n');
}

/** Path to wanted text, for all files that this script writes. The product kernels are compared before the module. */
export function staleFiles(write = false) {
  const stale = [];
  const settle = (path, text) => {
    let old = '';
    try { old = readFileSync(path, 'utf8'); } catch { /* not there yet */ }
    if (old === text) return;
    stale.push(path);
    if (write) writeFileSync(path, text);
  };
  for (const [name, text] of Object.entries(productFiles())) settle(join(folder, name), text);
  settle(join(numeric, 'kernel-sources.ts'), kernelModule());
  return stale;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const check = process.argv.includes('--check');
  const stale = staleFiles(!check);
  for (const path of stale) console.log(`${check ? 'stale' : 'written'}: ${path}`);
  if (check && stale.length > 0) process.exitCode = 1;
}
