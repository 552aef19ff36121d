/**
 * Generated code with its arithmetic counted as it runs. Operands that are whole numbers are indices and sizes: the data must hold
 * none. A function of every entry (exp, log, sin, …) counts as much as the comments say, a root as one operation.
 */
import ts from 'typescript';
import type { Program } from './harness';

const ARITHMETIC: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.PlusToken]: '+', [ts.SyntaxKind.MinusToken]: '-', [ts.SyntaxKind.AsteriskToken]: '*', [ts.SyntaxKind.SlashToken]: '/',
  [ts.SyntaxKind.PlusEqualsToken]: '+', [ts.SyntaxKind.MinusEqualsToken]: '-', [ts.SyntaxKind.AsteriskEqualsToken]: '*', [ts.SyntaxKind.SlashEqualsToken]: '/',
};
const ASSIGNS = new Set([ts.SyntaxKind.PlusEqualsToken, ts.SyntaxKind.MinusEqualsToken, ts.SyntaxKind.AsteriskEqualsToken, ts.SyntaxKind.SlashEqualsToken]);
const MAP = 10;
const MAPS = new Set(['exp', 'log', 'log1p', 'expm1', 'sin', 'cos', 'tan', 'tanh', 'atan', 'pow', 'sinh', 'cosh']);

export interface Counted { readonly code: Program; readonly count: () => number }

export function countedProgram(text: string): Counted {
  const js = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText;
  const f = ts.factory;
  const call = (name: string, ...args: ts.Expression[]): ts.Expression => f.createCallExpression(f.createIdentifier(name), undefined, args);
  const transformer: ts.TransformerFactory<ts.SourceFile> = (context) => {
    const visit = (node: ts.Node): ts.Node => {
      const n = ts.visitEachChild(node, visit, context);
      if (ts.isBinaryExpression(n)) {
        const sign = ARITHMETIC[n.operatorToken.kind];
        if (sign === undefined) return n;
        const made = call('count__', f.createStringLiteral(sign), n.left, n.right);
        return ASSIGNS.has(n.operatorToken.kind) ? f.createAssignment(n.left, made) : made;
      }
      if (ts.isCallExpression(n) && ts.isPropertyAccessExpression(n.expression) && n.expression.expression.getText?.() === 'Math') {
        const name = n.expression.name.text;
        if (MAPS.has(name)) return call('counted__', f.createNumericLiteral(MAP), n);
        if (name === 'sqrt') return call('counted__', f.createNumericLiteral(1), n);
      }
      return n;
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
  const file = ts.createSourceFile('a.js', js, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const made = ts.createPrinter().printFile(ts.transform(file, [transformer]).transformed[0] as ts.SourceFile);
  const names = [...made.matchAll(/^export function ([\p{ID_Continue}$]+)/gmu)].map((m) => m[1] ?? '');
  const state = { count: 0 };
  const count = (sign: string, a: number, b: number): unknown => {
    if (typeof a === 'number' && typeof b === 'number' && !(Number.isInteger(a) && Number.isInteger(b))) state.count++;
    return sign === '+' ? a + b : sign === '-' ? a - b : sign === '*' ? a * b : a / b;
  };
  const counted = (by: number, value: number): number => { if (!Number.isInteger(value)) state.count += by; return value; };
  const code = new Function('count__', 'counted__', `"use strict";\n${made.replace(/^export /gm, '')}\nreturn { ${names.map((x) => `${JSON.stringify(x)}: ${x}`).join(', ')} };`)(count, counted) as Program;
  return { code, count: () => { const { count: c } = state; state.count = 0; return c; } };
}
