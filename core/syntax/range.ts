/** A stretch of a text. Imports nothing. */

/** Offsets into the text, in UTF-16 units, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface Ranged { readonly range: Range }
/** In the order of the text; of those that begin together, the shorter first. */
export const byPlace = (a: Ranged, b: Ranged): number => a.range.start - b.range.start || a.range.end - b.range.end;
/** In the order of the text; a whole before its parts. */
export const wholesFirst = (a: Ranged, b: Ranged): number => a.range.start - b.range.start || b.range.end - a.range.end;
