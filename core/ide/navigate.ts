/** Definition, references, highlights, rename and linked editing: all of one symbol's places, across the parts of a document. */
import type { Edit } from '../syntax/diagnostic';
import type { Range } from '../syntax/tree';
import { partAt, type Analysis } from './analysis';
import type { NameRole, Occurrence } from './names';
import { fromDocument, rangeToDocument, type Part } from './part';
import { contains } from './walk';

/** One place of a symbol, in document offsets. */
export interface Place {
  readonly range: Range;
  readonly isDeclaration: boolean;
}
export interface Symbol {
  readonly name: string;
  readonly role: NameRole;
  /** Where it is declared, in the document; for an inferred name its first place. */
  readonly declaration: Range;
  /** What stands under the cursor. */
  readonly here: Range;
  readonly places: readonly Place[];
}

/** The name at an offset, and the part it stands in. */
export function nameAt(analysis: Analysis, offset: number): { readonly part: Part; readonly occurrence: Occurrence } | undefined {
  const part = partAt(analysis, offset);
  const local = part && fromDocument(part, offset);
  if (!part || local === undefined) return undefined;
  const inside = analysis.occurrences(part, local).filter((o) => contains(o.range, local));
  const occurrence = inside.find((o) => local < o.range.end) ?? inside[0];
  return occurrence && { part, occurrence };
}

/** The symbol at an offset with all its places; undefined for operators, constants and unknown names. */
export function symbolAt(analysis: Analysis, offset: number): Symbol | undefined {
  const found = nameAt(analysis, offset);
  if (!found?.occurrence.declaration) return undefined;
  const { name, role } = found.occurrence;
  const declaration = rangeToDocument(found.part, found.occurrence.declaration);
  const places: Place[] = [];
  for (const part of analysis.parts) {
    for (const occurrence of analysis.occurrences(part)) {
      if (occurrence.name !== name || !occurrence.declaration) continue;
      if (rangeToDocument(part, occurrence.declaration).start !== declaration.start) continue;
      places.push({ range: rangeToDocument(part, occurrence.range), isDeclaration: occurrence.isDeclaration });
    }
  }
  return { name, role, declaration, here: rangeToDocument(found.part, found.occurrence.range), places };
}

const NAME = /^[\p{L}_][\p{L}\p{M}_0-9₀-₉]*$/u;

/** Why a name cannot take the symbol's place; undefined where it can. */
function refusal(analysis: Analysis, symbol: Symbol, name: string): string | undefined {
  if (!NAME.test(name)) return `\`${name}\` is not a name: letters, digits and \`_\`, not beginning with a digit.`;
  if (analysis.isKeyword(name)) return `\`${name}\` is a word of the language.`;
  for (const part of analysis.parts) {
    const { program } = part.compiled;
    if (!symbol.places.some((p) => contains(part.range, p.range.start))) continue;
    if (program.variables.has(name) || program.definitions.has(name) || program.functions.has(name)) return `\`${name}\` is a name of this document already.`;
    if (program.dimensions.has(name)) return `\`${name}\` is a dimension of this document already.`;
    if (analysis.occurrences(part).some((o) => o.name === name && o.role !== 'index')) return `\`${name}\` is used in this document already.`;
  }
  return undefined;
}

export type Renaming = { readonly edits: readonly Edit[] } | { readonly refused: string };

/** The edits that rename the symbol at an offset everywhere in the document. */
export function rename(analysis: Analysis, offset: number, name: string): Renaming {
  const symbol = symbolAt(analysis, offset);
  if (!symbol) return { refused: 'There is no name here that can be renamed.' };
  if (name === symbol.name) return { edits: [] };
  const refused = refusal(analysis, symbol, name);
  return refused === undefined ? { edits: symbol.places.map((p) => ({ range: p.range, text: name })) } : { refused };
}

/** The places of the dimension at an offset, to be edited together; undefined elsewhere. */
export function linkedDimensions(analysis: Analysis, offset: number): readonly Range[] | undefined {
  const symbol = symbolAt(analysis, offset);
  if (symbol?.role !== 'dimension' || symbol.places.length < 2) return undefined;
  return symbol.places.map((p) => p.range);
}
