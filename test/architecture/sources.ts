/** The project's own TypeScript files and what each imports. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const root = path.resolve(import.meta.dirname, '../..');

export interface Import {
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** The file of the project that is meant, undefined for a package. */
  readonly to: string | undefined;
  /** `import type`, erased by the compiler. */
  readonly isType: boolean;
}

const SKIPPED = new Set(['node_modules', 'dist', 'out', '.git', 'coverage']);

export function filesBelow(folder: string): readonly string[] {
  const full = path.join(root, folder);
  if (!statSync(full, { throwIfNoEntry: false })) return [];
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    const relative = path.posix.join(folder, entry.name);
    if (SKIPPED.has(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(relative) : [relative];
  });
}

export const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const isTypeScript = (file: string): boolean => file.endsWith('.ts') && !file.endsWith('.d.ts');

/** Sources of the product: no tests, no scripts. */
export const productFiles: readonly string[] = ['core', 'server', 'client', 'cli'].flatMap(filesBelow).filter(isTypeScript);

function resolve(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const base = path.posix.join(path.posix.dirname(from), specifier);
  const candidates = [base, `${base}.ts`, `${base}/index.ts`, base.replace(/\.js$/, '.ts')];
  return candidates.find((file) => statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile()) ?? base;
}

/** True where nothing of the import is left in the compiled code. */
function isErased(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return !clause.name && !!named && ts.isNamedImports(named) && named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

/** Every import, export-from, `import()` and `import type` of a text. */
export function importsOf(file: string, text = textOf(file)): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node, isType: boolean): void => {
    if (ts.isStringLiteralLike(specifier)) found.push({ from: file, specifier: specifier.text, to: resolve(file, specifier.text), isType });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isErased(node.importClause));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0]) add(node.arguments[0], false);
    else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require' && node.arguments[0]) add(node.arguments[0], false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** Names that a text calls or reads as `object.property`. */
export function propertyReads(file: string, text = textOf(file)): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) found.add(`${node.expression.text}.${node.name.text}`);
    else if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) found.add(`new ${node.expression.text}`);
    else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) found.add(`${node.expression.text}()`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}
