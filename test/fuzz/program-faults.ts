/** What does not hold of a well-formed program: printing and parsing are inverse, the formatter keeps trees and comments. */
import { format } from '../../core/syntax/format';
import { parse } from '../../core/syntax/parse';
import type { Document, Expr, Statement } from '../../core/syntax/tree';
import { essence } from '../syntax/essence';
import type { RandomProgram } from './programs';
import { textFaults } from './text-faults';

/** The expressions of the statements after the header. */
function expressions(s: Statement): readonly Expr[] {
  switch (s.kind) {
    case 'definition': return [s.body];
    case 'request': return [s.expr];
    case 'check': return [s.left, s.right];
    case 'assume': return s.right ? [s.left, s.right] : [s.left];
    case 'declaration': case 'dim': case 'set': case 'broken': return [];
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(essence(a)) === JSON.stringify(essence(b));

/** The trees that a statement was printed from; how many it took. */
function matches(found: Expr, wanted: readonly Expr[], at: number): number {
  const [first, second] = [wanted[at], wanted[at + 1]];
  if (first && same(found, first)) return 1;
  if (first && found.kind === 'call' && found.callee.name === 'tr' && found.args.length === 1 && same(found.args[0], first)) return 1;
  if (first && second && found.kind === 'blocks' && same(found.rows, [[first, second]])) return 2;
  return 0;
}

function lost(document: Document, wanted: readonly Expr[]): string | undefined {
  let at = 0;
  for (const found of document.statements.flatMap(expressions)) {
    const taken = matches(found, wanted, at);
    if (taken === 0) return `expression ${at + 1} is read as another one`;
    at += taken;
  }
  return at === wanted.length ? undefined : `${wanted.length - at} expressions are not read`;
}

export function programFaults(program: RandomProgram): readonly string[] {
  const found = [...textFaults(program.text)];
  const document = parse(program.text);
  const errors = document.diagnostics.filter((d) => d.severity === 'error');
  if (errors.length > 0) found.push(`a well-formed program has ${errors[0]?.code} ${errors[0]?.message}`);
  const read = lost(document, program.trees);
  if (read !== undefined) found.push(read);
  const formatted = format(document);
  const again = parse(formatted);
  const kept = lost(again, program.trees);
  if (kept !== undefined) found.push(`after formatting, ${kept}`);
  if (again.comments.map((c) => c.text).join('\n') !== program.comments.join('\n')) found.push('formatting changes a comment');
  const blank = (text: string): number => (text.match(/\n\s*(?=\n)/g) ?? []).length;
  if (blank(formatted.trimEnd()) !== blank(program.text.trimEnd())) found.push('formatting changes a blank line');
  return found;
}
