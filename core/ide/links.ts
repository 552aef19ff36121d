/** Document links: addresses in the comments of formulas. */
import type { Range } from '../syntax/tree';
import type { Analysis } from './analysis';
import { isOwn, rangeToDocument } from './part';

export interface Link {
  /** In the document. */
  readonly range: Range;
  readonly target: string;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]]/g;
const DOI = /\bdoi:(10\.\d{4,9}\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]])/gi;

/** Web addresses, and `doi:10.…` references to papers. */
export function links(analysis: Analysis): readonly Link[] {
  const found: Link[] = [];
  for (const part of analysis.parts) {
    for (const comment of part.compiled.comments) {
      if (!isOwn(part.compiled, comment.range)) continue;
      const at = (match: RegExpMatchArray): Range => {
        const start = comment.range.start + (match.index ?? 0);
        return rangeToDocument(part, { start, end: start + match[0].length });
      };
      for (const match of comment.text.matchAll(ADDRESS)) found.push({ range: at(match), target: match[0] });
      for (const match of comment.text.matchAll(DOI)) found.push({ range: at(match), target: `https://doi.org/${match[1]}` });
    }
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}
