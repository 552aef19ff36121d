/** Inlay hints: the shapes that were inferred, at the first place of each name; those of variables can be inserted as declarations. */
import { isScalar, isVector, shapeText, type Shape } from '../algebra/dim';
import type { Edit } from '../syntax/diagnostic';
import type { Range } from '../syntax/tree';
import type { Analysis } from './analysis';
import { separatorAt } from './lines';
import { isOwn, ownStatements, rangeToDocument, statementOf, toDocument } from './part';
import { overlaps } from './walk';

export interface Hint {
  /** Offset in the document, just behind the name. */
  readonly at: number;
  readonly label: string;
  readonly tooltip: string;
  /** Writes the hint into the text. */
  readonly insert?: Edit;
}

/** The declared type of a shape: `scalar`, `vector(n)`, `matrix(m, n)`. */
export const typeText = (shape: Shape): string =>
  isScalar(shape) ? 'scalar' : isVector(shape) ? `vector(${shape.rows.key})` : `matrix(${shape.rows.key}, ${shape.cols.key})`;

/** The hints of the document inside a range. */
export function hints(analysis: Analysis, among: Range): readonly Hint[] {
  const found: Hint[] = [];
  for (const part of analysis.parts) {
    if (!overlaps(part.range, among)) continue;
    const { compiled } = part;
    const { program } = compiled;
    for (const variable of program.variables.values()) {
      if (!variable.inferred || !isOwn(compiled, variable.range)) continue;
      const statement = statementOf(compiled, variable.range);
      const at = rangeToDocument(part, variable.range).end;
      const type = typeText(variable.shape);
      const start = statement && toDocument(part, statement.range.start);
      found.push({
        at, label: `: ${isScalar(variable.shape) ? 'scalar' : shapeText(variable.shape)}`,
        tooltip: `\`${variable.name} : ${type}\`, inferred from how it is used.`,
        ...(start !== undefined && { insert: { range: { start, end: start }, text: `${variable.name} : ${type}${separatorAt(analysis.text, start)}` } }),
      });
    }
    for (const statement of ownStatements(compiled)) {
      if (statement.kind !== 'definition') continue;
      const definition = program.definitions.get(statement.name.name);
      if (!definition || definition.nameRange.start !== statement.name.range.start) continue;
      const last = statement.parameters?.[statement.parameters.length - 1];
      const head = last ? compiled.text.indexOf(')', last.range.end) + 1 : statement.name.range.end;
      const at = toDocument(part, Math.max(head, statement.name.range.end) - 1) + 1;
      found.push({ at, label: `: ${shapeText(definition.shape)}`, tooltip: `The shape of \`${statement.name.name}\`.` });
    }
  }
  return found.filter((h) => among.start <= h.at && h.at <= among.end).sort((a, b) => a.at - b.at);
}
