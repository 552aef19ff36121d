/** Selection ranges: from the smallest expression at an offset outwards to its statement, its part and the document. */
import type { Range } from '../syntax/tree';
import type { Analysis } from './analysis';
import { partAt } from './analysis';
import { fromDocument, ownStatements, rangeToDocument } from './part';
import { contains, expressionsOf, pathTo, sizesOf, within } from './walk';

/** The ranges around an offset, innermost first, each strictly inside the next. Never empty. */
export function selections(analysis: Analysis, offset: number): readonly Range[] {
  const whole: Range = { start: 0, end: analysis.text.length };
  const ranges: Range[] = [whole];
  const part = partAt(analysis, offset);
  const local = part && fromDocument(part, offset);
  if (part && local !== undefined) {
    ranges.push(part.range);
    const statement = ownStatements(part.compiled).find((s) => contains(s.range, local));
    if (statement) {
      const roots = statement.kind === 'declaration' ? [...statement.names, ...(statement.type ? sizesOf(statement.type) : [])]
        : statement.kind === 'definition' ? [statement.name, ...(statement.parameters ?? []), ...expressionsOf(statement)]
          : statement.kind === 'dim' ? statement.relations.flatMap((r) => [r.left, r.right])
            : expressionsOf(statement);
      ranges.push(rangeToDocument(part, statement.range), ...pathTo(roots, local).map((e) => rangeToDocument(part, e.range)));
    }
  }
  const nested: Range[] = [];
  for (const range of ranges) {
    const outer = nested[nested.length - 1];
    if (!outer || (within(range, outer) && (range.start !== outer.start || range.end !== outer.end))) nested.push(range);
  }
  return nested.reverse();
}
