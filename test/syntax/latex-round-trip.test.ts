/** LaTeX out and in again: every expression of the examples and of the corpus means what it meant, or is refused by name. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { isScalar, isVector, type Shape } from '../../core/algebra/dim';
import { resolve } from '../../core/algebra/resolve';
import { printLatex } from '../../core/syntax/latex';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { convertLatex } from '../../core/syntax/tex/convert';
import type { Kind } from '../../core/syntax/tex/kinds';
import type { Expr } from '../../core/syntax/tree';
import { everyExpr, rootsOf } from '../../core/syntax/walk';
import { exampleTexts } from '../fuzz/texts';

const kindOf = (s: Shape): Kind => (isScalar(s) ? 'scalar' : isVector(s) ? 'vector' : 'matrix');
const rootOf = (text: string): Expr | undefined => { const s = parse(text).statements[0]; return s && rootsOf(s)[0]; };

/** One spelling of requests and inverses: \nabla_x f and ∂f/∂x are one, and so are inv(A) and A^-1, which LaTeX writes alike. */
function canonical(text: string): string {
  const requests = text.replace(/∂²(\w+)\/∂(\w+)²/g, 'DD($1, $2)').replace(/∂(\w+)\/∂(\w+)/g, 'D($1, $2)').replace(/∂(\w+\(.*\))\/∂(\w+)/g, 'D($1, $2)').replace(/∂\((.*)\)\/∂(\w+)/g, 'D($1, $2)').replace(/\bhessian\(/g, 'DD(').replace(/\b(?:grad|jacobian)\(/g, 'D(');
  const root = rootOf(requests);
  return (root ? printLatex(root) : requests).replace(/\\left|\\right|\\,|[ (){}]/g, '');
}

test('expressions come back', () => {
  const changed: string[] = [];
  const refused: string[] = [];
  let same = 0;
  for (const text of exampleTexts(path.resolve(import.meta.dirname, '../..'))) {
    const document = parse(text);
    const program = resolve(document);
    const kinds = new Map<string, Kind>([...program.variables.values()].map((v) => [v.name, kindOf(v.shape)] as const));
    for (const d of program.definitions.values()) kinds.set(d.name, kindOf(d.body.shape));
    for (const s of document.statements) {
      if (s.kind !== 'definition' && s.kind !== 'request' && s.kind !== 'check') continue;
      for (const root of rootsOf(s)) {
        if ([...everyExpr([root])].some((e) => e.kind === 'missing')) continue;
        const tex = printLatex(root);
        const { statements, errors } = convertLatex(tex, kinds);
        const [read] = statements;
        if (read === undefined) { refused.push(`${errors[0]?.code}: ${tex}`); continue; }
        if (canonical(read) === canonical(printText(root))) same++; else changed.push(`${printText(root)} → ${tex} → ${read}`);
      }
    }
  }
  expect(changed).toEqual([]);
  for (const r of refused) expect(r).toMatch(/^MC103[01]: /);
  expect(same).toBeGreaterThan(500);
  expect(refused.length).toBeLessThan(15);
});
