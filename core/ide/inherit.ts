/** What a later part of a document sees of the parts above it: their declarations, definitions and facts, but no requests or claims. */
import { parse } from '../syntax/parse';
import type { Statement } from '../syntax/tree';
import { everyExpr } from '../syntax/walk';
import { ownStatements, textOf, toDocument, type Part, type Segment } from './part';
import { expressionsOf } from './walk';

/** The names that a statement binds. */
export function boundBy(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'declaration':
      return statement.names.map((n) => n.name);
    case 'definition':
      return [statement.name.name];
    case 'dim': case 'request': case 'check': case 'assume': case 'set': case 'broken':
      return [];
  }
}

/** The names that a statement's expressions use. */
export function usedBy(statement: Statement): ReadonlySet<string> {
  const used = new Set<string>();
  for (const expr of everyExpr(expressionsOf(statement))) if (expr.kind === 'name') used.add(expr.name);
  return used;
}

const isHandedOn = (statement: Statement): boolean => statement.kind !== 'request' && statement.kind !== 'check' && statement.kind !== 'broken';

/**
 * The text that goes before a part's own. A name that a nearer part binds hides the one above, and with it the definitions and
 * facts that were made of it.
 */
export function inherited(above: readonly Part[], own: string): { readonly text: string; readonly segments: readonly Segment[] } {
  if (above.length === 0) return { text: '', segments: [] };
  /** Per part, the names that parts below it bind. */
  const rebound: ReadonlySet<string>[] = [];
  let below: ReadonlySet<string> = new Set(parse(own).statements.flatMap(boundBy));
  for (const part of [...above].reverse()) {
    rebound.unshift(below);
    below = new Set([...below, ...ownStatements(part.compiled).flatMap(boundBy)]);
  }
  const gone = new Set<string>();
  let text = '';
  const segments: Segment[] = [];
  above.forEach((part, i) => {
    const hidden = rebound[i] ?? new Set<string>();
    for (const statement of ownStatements(part.compiled).filter(isHandedOn)) {
      const bound = boundBy(statement);
      if (bound.some((name) => hidden.has(name)) || [...usedBy(statement)].some((name) => hidden.has(name) || gone.has(name))) {
        for (const name of bound) gone.add(name);
        continue;
      }
      for (const name of bound) gone.delete(name);
      const start = text.length;
      const from = statement.range.start;
      text += `${textOf(part.compiled, statement.range)}\n`;
      segments.push({ start, end: text.length - 1, toDocument: (offset) => toDocument(part, from + offset) });
    }
  });
  return { text, segments };
}
