/**
 * A text that was changed, read again: lines that an edit did not touch keep their words, statements their trees. The result is what
 * `parse` gives, part for part.
 */
import { endOf, type Layout, type Slice, startOf } from './layout';
import { lex, type Lexed } from './lexer';
import { MAX_LINES } from './limits';
import { parsing, type ReadSlice, readDocument, type Reading, readingOf, type Scope } from './parse';
import { movedDiagnostic, movedStatement } from './shift';
import { finish, type Steps } from './steps';
import type { Comment, Document, Range } from './tree';
import { LINE_END, WordList } from './word-list';

/** The lines that differ: `start` to `oldEnd` of the old text became `start` to `newEnd` of the new one. */
interface Change { readonly start: number; readonly oldEnd: number; readonly newEnd: number; readonly delta: number }

export const reparse = (previous: Document, text: string): Document => finish(reparsing(previous, text));

/** `reparse` in steps. */
export function reparsing(previous: Document, text: string): Steps<Document> {
  const reading = readingOf(previous);
  if (!reading) return parsing(text);
  const change = changeOf(previous.text, text);
  const lexed = lexAgain(reading.lexed, text, change);
  if (lexed.isCut || hasTooManyLines(lexed.tokens)) return parsing(text);
  return readDocument(text, lexed, {}, (layout, scope) => keeper(reading, change, layout, scope));
}

/** From the line of the first difference to that of the last, both ends at line feeds that both texts have. */
export function changeOf(old: string, text: string): Change {
  const least = Math.min(old.length, text.length);
  let start = 0;
  while (start < least && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  const common = start;
  start = start === 0 ? 0 : old.lastIndexOf('\n', start - 1) + 1;
  let tail = 0;
  while (tail < least - common && old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)) tail++;
  const feed = tail === 0 ? -1 : old.indexOf('\n', old.length - tail);
  const oldEnd = feed < 0 ? old.length : feed + 1;
  const delta = text.length - old.length;
  return { start, oldEnd, newEnd: oldEnd + delta, delta };
}

/** The first item at or after an offset. */
function indexAt<T>(items: readonly T[], offset: number, startOf: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && startOf(item) < offset) low = middle + 1; else high = middle;
  }
  return low;
}

const rangeStart = (c: { readonly range: Range }): number => c.range.start;

function lexAgain(old: Lexed, text: string, { start, oldEnd, newEnd, delta }: Change): Lexed {
  const fresh = lex(text, start, newEnd);
  const around = <T>(items: readonly T[], own: readonly T[], startOf: (item: T) => number, move: (item: T) => T): readonly T[] => {
    const out = items.slice(0, indexAt(items, start, startOf));
    for (const item of own) out.push(item);
    for (let i = indexAt(items, oldEnd, startOf); i < items.length; i++) {
      const item = items[i];
      if (item !== undefined) out.push(delta === 0 ? item : move(item));
    }
    return out;
  };
  const { length } = old.tokens;
  const tokens = new WordList(text, length + fresh.tokens.length);
  tokens.append(old.tokens, 0, old.tokens.indexAt(start), 0);
  tokens.append(fresh.tokens, 0, fresh.tokens.length, 0);
  tokens.append(old.tokens, old.tokens.indexAt(oldEnd), length, delta);
  return {
    tokens, isCut: fresh.isCut,
    comments: around(old.comments, fresh.comments, rangeStart, (c): Comment => ({ text: c.text, range: { start: c.range.start + delta, end: c.range.end + delta } })),
    diagnostics: around(old.diagnostics, fresh.diagnostics, rangeStart, (d) => movedDiagnostic(d, delta)),
  };
}

/** A few lines more may be too many for the whole. */
function hasTooManyLines(tokens: WordList): boolean {
  if (tokens.length < 2 * MAX_LINES) return false;
  let lines = 0;
  for (let i = 1; i < tokens.length; i++) if (tokens.code(i) === LINE_END && tokens.code(i - 1) !== LINE_END) lines++;
  return lines >= MAX_LINES;
}

/** For a slice of the new words, what it was read as, where its words and the kinds of its names are those of before. */
function keeper(old: Reading, change: Change, layout: Layout, scope: Scope): (slice: Slice) => ReadSlice | undefined {
  const before = new Map<number, number>();
  old.layout.slices.forEach((slice, i) => { before.set(startOf(old.layout, slice.from), i); });
  const altered = alteredNames(old.scope, scope);
  return (slice) => {
    const [start, end] = [startOf(layout, slice.from), endOf(layout, slice.to - 1)];
    const isAfter = start >= change.newEnd;
    if (!isAfter && end > change.start) return undefined;
    const delta = isAfter ? change.delta : 0;
    const at = before.get(start - delta);
    const was = at === undefined ? undefined : old.layout.slices[at];
    if (at === undefined || !was || was.to - was.from !== slice.to - slice.from || endOf(old.layout, was.to - 1) !== end - delta) return undefined;
    if (altered.size > 0) for (let i = slice.from; i < slice.to; i++) if (speaksOf(layout, i, altered)) return undefined;
    const read = old.slices[at];
    if (!read || delta === 0) return read;
    return { statements: read.statements.map((s) => movedStatement(s, delta)), found: read.found.map((d) => movedDiagnostic(d, delta)), ...(read.isAll && { isAll: true }) };
  };
}

/** Names that the heads of one text declare otherwise than those of the other. */
function alteredNames(a: Scope, b: Scope): ReadonlySet<string> {
  const out = new Set<string>();
  for (const [one, other] of [[a.functions, b.functions], [a.variables, b.variables], [a.known, b.known]] as const) {
    for (const name of one) if (!other.has(name)) out.add(name);
    for (const name of other) if (!one.has(name)) out.add(name);
  }
  return out;
}

/** `dF` and `_x` may speak of F and x. */
function speaksOf({ tokens, words }: Layout, i: number, names: ReadonlySet<string>): boolean {
  const at = words[i] ?? -1;
  if (!tokens.isName(at)) return false;
  const text = tokens.text(at);
  return names.has(text) || (/^[d_]/.test(text) && names.has(text.slice(1)));
}
