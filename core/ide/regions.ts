/** The regions of a document that hold mcalc: all of an `.mcalc` file, `@mcalc` comments, and fences of Markdown. */
import type { Range } from '../syntax/tree';

export interface Region {
  readonly text: string;
  /** In the document. */
  readonly range: Range;
  /** The document offset of an offset in `text`; rises with it. */
  readonly toDocument: (offset: number) => number;
}

/** The regions in the order of the document. */
export function regionsOf(text: string, languageId: string): readonly Region[] {
  if (languageId === 'mcalc') return [{ text, range: { start: 0, end: text.length }, toDocument: (offset) => offset }];
  return [];
}
