/** Random edits, each applied here by the plainest means, so that the server's text and answers can be compared with a fresh open. */
import { one, type Dice } from './dice';
import { PIECES } from './texts';

export interface Place { readonly line: number; readonly character: number }
export interface Edit { readonly range: { readonly start: Place; readonly end: Place }; readonly text: string }

/** Lines of a text with their ends: `\n`, `\r\n` or `\r`. */
const linesOf = (text: string): readonly string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];

/** The place of an offset, found by reading the text from its start; inside `\r\n` it is the end of that line. */
export function placeOf(text: string, offset: number): Place {
  let at = 0;
  const lines = linesOf(text);
  for (const [line, whole] of lines.entries()) {
    const content = whole.replace(/[\r\n]+$/, '').length;
    const isLast = line === lines.length - 1 && content === whole.length;
    if (offset < at + whole.length || (isLast && offset <= at + whole.length)) return { line, character: Math.min(offset - at, content) };
    at += whole.length;
  }
  return { line: lines.filter((whole) => /[\r\n]$/.test(whole)).length, character: 0 };
}

/** The offset of a place that exists. */
function offsetOf(text: string, place: Place): number {
  return linesOf(text).slice(0, place.line).reduce((sum, whole) => sum + whole.length, 0) + place.character;
}

/** Some edits, each relative to the text that the one before it left, and the text after all of them. */
export function randomEdits(text: string, roll: Dice, count: number): { readonly edits: readonly Edit[]; readonly text: string } {
  const edits: Edit[] = [];
  let after = text;
  for (let i = 0; i < count; i++) {
    const from = roll(after.length + 1);
    const to = Math.min(after.length, from + (roll(3) === 0 ? roll(12) : 0));
    const range = { start: placeOf(after, from), end: placeOf(after, to) };
    const piece = after.length > 4000 ? '' : one(roll, PIECES);
    edits.push({ range, text: piece });
    after = after.slice(0, offsetOf(after, range.start)) + piece + after.slice(offsetOf(after, range.end));
  }
  return { edits, text: after };
}
