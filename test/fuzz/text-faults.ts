/** What does not hold of a text, though it should of any: the parser, the checker and the formatter are total. */
import { resolve } from '../../core/algebra/resolve';
import { format } from '../../core/syntax/format';
import { MAX_DIAGNOSTICS, MAX_HEIGHT, MAX_NESTING, MAX_STATEMENTS } from '../../core/syntax/limits';
import { parse } from '../../core/syntax/parse';
import type { Document, Expr } from '../../core/syntax/tree';
import { everyExpr, partsOf, rootsOf } from '../../core/syntax/walk';

/** Of the tree: ranges inside and in order, bounded reports, a bounded height. */
export function treeFaults(text: string, document: Document = parse(text)): readonly string[] {
  const found: string[] = [];
  const holds = (fact: boolean, what: string): void => { if (!fact) found.push(what); };
  for (const d of document.diagnostics) {
    holds(0 <= d.range.start && d.range.start <= d.range.end && d.range.end <= text.length, 'a diagnostic outside');
    holds(d.message.length < 400, 'a long message');
    for (const fix of d.fixes ?? []) for (const e of fix.edits) holds(e.range.start <= e.range.end && e.range.end <= text.length, 'an edit outside');
  }
  holds(document.diagnostics.length <= MAX_DIAGNOSTICS + 1, 'many diagnostics');
  holds(document.statements.length <= MAX_STATEMENTS + 60, 'many statements');
  let end = 0;
  for (const s of document.statements) {
    holds(s.range.start >= end, 'statements out of order');
    end = s.range.end;
    for (const e of everyExpr(rootsOf(s))) holds(e.range.start <= e.range.end && e.range.end <= text.length, `a ${e.kind} outside`);
    for (const e of rootsOf(s)) holds(height(e) <= MAX_HEIGHT + MAX_NESTING, 'a tree too high');
  }
  let word = 0;
  for (const t of document.tokens) { holds(t.start >= word && t.end >= t.start, 'words out of order'); word = t.end; }
  return found;
}

/** Levels of an expression's tree. */
export function height(root: Expr): number {
  let most = 0;
  const waiting: (readonly [Expr, number])[] = [[root, 1]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    most = Math.max(most, next[1]);
    for (const part of partsOf(next[0])) waiting.push([part, next[1] + 1]);
  }
  return most;
}

const withBigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);

/** Of all that is made of a text without deriving; a throw is a fault. */
export function textFaults(text: string): readonly string[] {
  try {
    const document = parse(text);
    const found = [...treeFaults(text, document)];
    const program = resolve(document);
    for (const d of program.diagnostics) {
      if (!(d.range.start >= 0 && d.range.start <= d.range.end && d.range.end <= text.length)) found.push(`${d.code} outside`);
      if (/\?\d/.test(d.message) && !/\?\d/.test(text)) found.push(`an unknown size in ${d.code}`);
    }
    const results = [[...program.variables.values()], program.shapes.map((s) => s.shape), program.requests.map((r) => r.term.shape)];
    if (/\?\d/.test(JSON.stringify(results, withBigints)) && !/\?\d/.test(text)) found.push('an unknown size in a result');
    const once = format(document);
    if (format(parse(once)) !== once) found.push('formatting twice changes the text');
    if (plain(once) !== plain(text)) found.push('formatting changes a word');
    return found;
  } catch (error) {
    return [`throws ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error)}`];
  }
}

/** A text without what the formatter may change: blanks, parentheses of mixed products, invisible characters. */
const plain = (text: string): string => text.replace(/[\s()\p{Cc}\p{Cf}\u0085\ufe00-\ufe0f]/gu, '');
