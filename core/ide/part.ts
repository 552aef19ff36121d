/**
 * A part of a document: one `.mcalc` file, one `@mcalc` comment or one Markdown fence, parsed and resolved together with the
 * declarations that it inherits from the parts above. Offsets inside are those of `Compiled.text`; `toDocument` maps them.
 */
import type { Program } from '../algebra/program';
import { toVirtual, type Region } from '../syntax/regions';
import type { Document, Range, Statement } from '../syntax/tree';
import { within } from './walk';

/** What a text alone determines: kept as long as the text stands, wherever it moves. */
export interface Compiled extends Document {
  /** Where the part's own text begins in `text`; before it stand the inherited declarations. */
  readonly own: number;
  readonly program: Program;
  /** As the parser made it, from which a later version of the text is read. */
  readonly document: Document;
}

/** A stretch of the compiled text and the document offset of each of its characters. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly toDocument: (offset: number) => number;
}

export interface Part {
  readonly compiled: Compiled;
  readonly region: Region;
  /** In document offsets, the marks of its comment or fence included. */
  readonly range: Range;
  readonly segments: readonly Segment[];
}

/** The document offset of an offset in a part's text. */
export function toDocument(part: Part, offset: number): number {
  let last: Segment | undefined;
  for (const segment of part.segments) {
    if (offset < segment.start) break;
    last = segment;
  }
  return last ? last.toDocument(Math.min(offset, last.end) - last.start) : part.range.start;
}

/** The document range of a range in a part's text. An empty one stays empty. */
export function rangeToDocument(part: Part, range: Range): Range {
  const start = toDocument(part, range.start);
  if (range.end <= range.start) return { start, end: start };
  return { start, end: Math.max(start, toDocument(part, range.end - 1) + 1) };
}

/** The offset in a part's own text that stands at a document offset; undefined outside the part and in its marks. */
export function fromDocument(part: Part, offset: number): number | undefined {
  const own = toVirtual(part.region, offset);
  return own === undefined ? undefined : part.compiled.own + own;
}

/** The statements that are written in the part itself, not inherited. */
export const ownStatements = (compiled: Compiled): readonly Statement[] => compiled.statements.filter((s) => s.range.start >= compiled.own);

export const isOwn = (compiled: Compiled, range: Range): boolean => range.start >= compiled.own;

export const textOf = (compiled: Compiled, range: Range): string => compiled.text.slice(range.start, range.end);

/** The own statement that a range lies in. */
export const statementOf = (compiled: Compiled, range: Range): Statement | undefined => ownStatements(compiled).find((s) => within(range, s.range));
