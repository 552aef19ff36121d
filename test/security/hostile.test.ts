/** Names and texts that try to become something else: code, markup, paths. */
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test, vi } from 'vitest';
import { generate } from '../../cli/generate';
import { analyse } from '../../core/ide/analysis';
import { moduleFile } from '../../core/ide/module-file';
import { serve } from '../server/memory';
import { engine } from '../../server/engine';

// Two hundred lines about files that were written.
vi.mock(import('../../cli/output'), async (original) => ({ ...await original(), say: () => undefined }));

const PAYLOADS = [
  '*/ alert(1) /*', '${alert(1)}', '`; alert(1); `', "'; alert(1); '", '"); alert(1); ("', '</script><script>alert(1)</script>', '<img src=x onerror=alert(1)>', '[x](command:workbench.action.quit)',
  '![x](https://example.com/pixel.png)', '\u202ealert(1)\u202c', '\u2028alert(1)\u2029', '<!-- x -->', '*/}alert(1)//', '\\u0061lert(1)', '__proto__', 'constructor', '$(alert 1)', '<svg/onload=alert(1)>', '&lt;script&gt;', ']]>', '\0alert(1)', '//\nalert(1)',
];
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'alert', 'process', 'require', 'globalThis', 'eval', 'Function', 'arguments', 'await', 'yield', 'static', 'import', 'this', 'null', 'undefined', 'NaN', 'Infinity', 'default', 'enum', 'λ', 'x̂', 'ﬁ', 'ℝ'];

/** Documents that hold each payload where a document can hold text, and each name where it can hold a name. */
const DOCUMENTS: readonly (readonly [string, string])[] = [
  ...PAYLOADS.map((p) => [`comment ${JSON.stringify(p)}`, `# ${p}\nX : matrix(m, n) # ${p}\nf = tr(X'*X) # ${p}\ngrad(f, X) # ${p}\n`] as const),
  ...PAYLOADS.map((p) => [`text ${JSON.stringify(p)}`, `x : vector(n)\nf = x'*x + ${p}\ngrad(f, x)\ng = x'*x\ngrad(g, x)\n`] as const),
  ...NAMES.map((name) => [`name ${name}`, `${name} : matrix(m, n)\nf${name} = tr(${name}'*${name})\ngrad(f${name}, ${name})\n`] as const),
  ...NAMES.map((name) => [`size ${name}`, `x : vector(${name})\nf = x'*x\ngrad(f, x)\n`] as const),
];

/** What a generated module may consist of: declarations, and no word that reaches out of it. */
function trespasses(text: string): readonly string[] {
  const found: string[] = [];
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
  for (const statement of source.statements) {
    if (!ts.isFunctionDeclaration(statement) && !ts.isVariableStatement(statement) && !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement)) found.push(`a ${ts.SyntaxKind[statement.kind]}: ${statement.getText().slice(0, 60)}`);
  }
  const declared = new Set<string>();
  const visit = (node: ts.Node, see: (id: ts.Identifier) => void): void => { if (ts.isIdentifier(node)) see(node); ts.forEachChild(node, (child) => visit(child, see)); };
  visit(source, (id) => { if ((ts.isParameter(id.parent) || ts.isVariableDeclaration(id.parent) || ts.isFunctionDeclaration(id.parent)) && id.parent.name === id) declared.add(id.text); });
  visit(source, (id) => {
    if (!['alert', 'eval', 'Function', 'process', 'require', 'globalThis', 'document', 'window', 'fetch', 'constructor', '__proto__'].includes(id.text) || declared.has(id.text)) return;
    if (ts.isPropertyAccessExpression(id.parent) && id.parent.name === id && id.text !== 'constructor' && id.text !== '__proto__') return;
    found.push(`the word ${id.text}: ${id.parent.getText().slice(0, 60)}`);
  });
  const { parseDiagnostics } = source as unknown as { readonly parseDiagnostics: readonly unknown[] };
  if (parseDiagnostics.length > 0) found.push('a syntax error');
  return found;
}

describe('generated code', () => {
  test('the check sees what it is for', () => {
    expect(trespasses('alert(1);')).toHaveLength(2);
    expect(trespasses('export function f(): number { return (0).constructor("x"); }')).toHaveLength(1);
    expect(trespasses('export function f(alert: number): number { return alert; }')).toEqual([]);
  });
  test.each(DOCUMENTS)('%s does not escape into it', (_, text) => {
    for (const target of ['typescript', 'javascript'] as const) expect(trespasses(moduleFile(analyse(text, 'mcalc', engine), 'a.mcalc', target).text)).toEqual([]);
  });
  test.each(PAYLOADS)('a file called %j does not escape into it', (name) => {
    expect(trespasses(moduleFile(analyse("x : vector(n)\nf = x'*x\ngrad(f, x)\n", 'mcalc', engine), `${name}.mcalc`, 'typescript').text)).toEqual([]);
  });
});

/** Links and markup that a reader of Markdown would act on: none but our one command, and pictures that are data. */
function markup(markdown: string): readonly string[] {
  const outside = markdown.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  return [
    ...[...outside.matchAll(/\]\(([^)\s]*)/g)].map((found) => found[1] ?? '').filter((target) => !/^(?:data:image\/svg\+xml;base64,|command:mcalc\.showDerivation\?)/.test(target)),
    ...[...outside.matchAll(/<(?!br>|sub>|\/sub>|sup>|\/sup>)[a-z!/][^>]*>/gi)].map((found) => found[0]),
  ];
}

describe('hovers', () => {
  test('the check sees what it is for', () => {
    expect(markup('[x](command:other) <script>')).toEqual(['command:other', '<script>']);
  });
  test('hold no markup of the document', async () => {
    const peer = serve();
    await peer.start({}, { colorTheme: 'dark', typesetHover: false });
    for (const [i, [name, text]] of DOCUMENTS.entries()) {
      const uri = `file:///w/${i}.mcalc`;
      await peer.open(uri, text);
      for (const line of [0, 1, 2, 3]) {
        for (const character of [0, 5]) {
          const hover = await peer.request<{ contents: { value: string } } | null>('textDocument/hover', { textDocument: { uri }, position: { line, character } });
          expect(markup(hover?.contents.value ?? ''), name).toEqual([]);
        }
      }
    }
    peer.dispose();
  });
});

describe('paths', () => {
  test('two hundred hostile file names write nothing outside the folder that was asked for', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-paths-'));
    const sources = path.join(folder, 'in');
    mkdirSync(sources);
    const pieces = ['..', '...', '%2e%2e', '..\\..\\', '~', '$HOME', '$(id)', '`id`', ';id', '|id', '&', '*', '?', '\'', '"', '<x>', 'con', 'a b', '-rf', '--out', '\u202e', '\u2028', '\u00a0', 'x\ny', 'é', '😀', '.hidden', 'a.test', 'node_modules', '__proto__'];
    const names = [...new Set(Array.from({ length: 210 }, (_, i) => `${pieces[i % pieces.length]}${pieces[(i * 7 + Math.floor(i / 30)) % pieces.length]}${i}.mcalc`))].slice(0, 200);
    for (const name of names) writeFileSync(path.join(sources, name), "x : vector(n)\nf = x'*x\ngrad(f, x)\n");
    expect(names).toHaveLength(200);
    const codes = names.map((name) => generate([path.join(sources, name)], { out: path.join(folder, 'out') }));
    expect(codes.filter((code) => code !== 0)).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['in', 'out']);
    expect(readdirSync(sources)).toHaveLength(names.length);
    const made = readdirSync(path.join(folder, 'out'), { withFileTypes: true });
    expect(made.every((one) => one.isFile() && one.name.endsWith('.mcalc.ts'))).toBe(true);
    expect(made).toHaveLength(names.length);
  });
});
