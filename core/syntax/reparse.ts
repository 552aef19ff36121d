/**
 * A text that was changed, read again: lines that an edit did not touch keep their words, statements their trees. The result is what
 * `parse` gives, part for part.
 */
import { beginsAnyway, endOf, firstFrom, layOut, type Layout, type Slice, startOf } from './layout';
import { lex, type Lexed } from './lexer';
import { MAX_LINES, MAX_STATEMENTS } from './limits';
import { eachDeclared, type KeptSlice, type LaidOut, laidOut, parsing, readDocument, type Reading, readingOf, type Scope } from './parse';
import { movedDiagnostic } from './shift';
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
  return readDocument(text, lexed, laidOutNear(reading, previous.text, change, lexed) ?? laidOutAgain(reading, change, lexed));
}

/** Characters that are compared at once. */
const BLOCK = 2048;

/** From the line of the first difference to that of the last, both ends at line feeds that both texts have. */
export function changeOf(old: string, text: string): Change {
  const least = Math.min(old.length, text.length);
  let start = 0;
  while (start + BLOCK < least && old.slice(start, start + BLOCK) === text.slice(start, start + BLOCK)) start += BLOCK;
  while (start < least && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  const common = start;
  start = start === 0 ? 0 : old.lastIndexOf('\n', start - 1) + 1;
  let tail = 0;
  while (tail + BLOCK < least - common && old.slice(old.length - tail - BLOCK, old.length - tail) === text.slice(text.length - tail - BLOCK, text.length - tail)) tail += BLOCK;
  while (tail < least - common && old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)) tail++;
  const feed = tail === 0 ? -1 : old.indexOf('\n', old.length - tail);
  const oldEnd = feed < 0 ? old.length : feed + 1;
  const delta = text.length - old.length;
  return { start, oldEnd, newEnd: oldEnd + delta, delta };
}

/** The first item at or after an offset. */
function indexAt<T>(items: readonly T[], offset: number, startOf: (item: T) => number): number {
  return firstFrom(items.length, (i) => { const item = items[i]; return item === undefined || startOf(item) >= offset; });
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
const hasTooManyLines = (tokens: WordList): boolean => tokens.length >= 2 * MAX_LINES && tokens.lines() >= MAX_LINES;

function laidOutAgain(reading: Reading, change: Change, lexed: Lexed): LaidOut {
  const { layout, scope } = laidOut(lexed);
  return { layout, scope, kept: keeper(reading, change, layout, alteredNames(reading.scope, scope), 0, reading.slices.length) };
}

/** For a slice of the new words, what it was read as, where its words and the kinds of its names are those of before. It is looked for among slices `from` to `to`. */
function keeper(old: Reading, change: Change, layout: Layout, altered: ReadonlySet<string>, from: number, to: number): (slice: Slice) => KeptSlice | undefined {
  // Both are in the order of the text, so that one finger on the old ones is enough.
  let at = from;
  return (slice) => {
    const [start, end] = [startOf(layout, slice.from), endOf(layout, slice.to - 1)];
    const isAfter = start >= change.newEnd;
    if (!isAfter && end > change.start) return undefined;
    const delta = isAfter ? change.delta : 0;
    let was = old.layout.slices[at];
    while (was && at < to && startOf(old.layout, was.from) < start - delta) was = old.layout.slices[++at];
    if (!was || at >= to || startOf(old.layout, was.from) !== start - delta || was.to - was.from !== slice.to - slice.from || endOf(old.layout, was.to - 1) !== end - delta) return undefined;
    if (altered.size > 0) for (let i = slice.from; i < slice.to; i++) if (speaksOf(layout, i, altered)) return undefined;
    const read = old.slices[at];
    return read && { read, shift: (old.shifts[at] ?? 0) + delta };
  };
}

/** Lines that are looked at around an edit for statements that begin whatever stands before them. */
const NEAR = 30;
const NOTHING: ReadonlySet<string> = new Set();

/** Where an edit lies between two such statements and changes no name that a head declares: only what lies between them is laid out. */
function laidOutNear(reading: Reading, oldText: string, change: Change, lexed: Lexed): LaidOut | undefined {
  const { layout: old, scope } = reading;
  const { tokens } = lexed;
  const from = boundaryBefore(tokens, old.tokens, tokens.indexAt(change.start));
  const [end, oldEnd] = [tokens.indexAt(change.newEnd), old.tokens.indexAt(change.oldEnd)];
  const ahead = linesToBoundary(tokens, old.tokens, end, oldEnd);
  if (from === undefined || ahead === undefined) return undefined;
  const [to, oldTo] = [end + ahead, oldEnd + ahead];
  const [w, oldW] = [wordAt(old, from), wordAt(old, oldTo)];
  const [s, oldS] = [sliceAt(old, w), sliceAt(old, oldW)];
  if ((old.slices[s - 1]?.to ?? 0) > w || (old.slices[oldS - 1]?.to ?? 0) > oldW) return undefined;
  const own = new WordList(tokens.source, to - from);
  own.append(tokens, from, to, 0);
  const near = layOut(own);
  if (old.slices.length - (oldS - s) + near.slices.length > MAX_STATEMENTS) return undefined;
  if (declared(near, near.slices) !== declared(old, old.slices.slice(s, oldS))) return undefined;
  const words = new Uint32Array(w + near.words.length + old.words.length - oldW);
  words.set(old.words.subarray(0, w));
  for (let i = 0; i < near.words.length; i++) words[w + i] = (near.words[i] ?? 0) + from;
  const [rest, moved] = [w + near.words.length, to - oldTo];
  for (let i = oldW; i < old.words.length; i++) words[rest + i - oldW] = (old.words[i] ?? 0) + moved;
  const after = old.slices.slice(oldS);
  const by = rest - oldW;
  const slices = [...old.slices.slice(0, s), ...near.slices.map((one) => slid(one, w)), ...(by === 0 ? after : after.map((one) => slid(one, by)))];
  const layout: Layout = { tokens, words, slices };
  const last = s + near.slices.length;
  const isSameCount = near.slices.length === oldS - s;
  const unchanged = keeper(reading, change, layout, NOTHING, s, oldS);
  /** Also one that reads as before, where only what stands between statements has changed. */
  const within = (slice: Slice, i: number): KeptSlice | undefined => {
    const kept = unchanged(slice);
    const [was, read] = [old.slices[i], reading.slices[i]];
    if (kept || !isSameCount || !was || !read) return kept;
    const [start, oldStart] = [startOf(layout, slice.from), startOf(old, was.from)];
    const isSame = tokens.source.slice(start, endOf(layout, slice.to - 1)) === oldText.slice(oldStart, endOf(old, was.to - 1));
    return isSame ? { read, shift: (reading.shifts[i] ?? 0) + start - oldStart } : undefined;
  };
  return {
    layout, scope,
    kept(slice, i) {
      if (i >= s && i < last) return within(slice, i);
      const [at, delta] = i < s ? [i, 0] : [i - last + oldS, change.delta];
      const read = reading.slices[at];
      return read && { read, shift: (reading.shifts[at] ?? 0) + delta };
    },
  };
}

const slid = ({ from, to }: Slice, by: number): Slice => ({ from: from + by, to: to + by });

/** The first word of the nearest line at or before a word's that begins a statement in both texts, which are the same before it. */
function boundaryBefore(tokens: WordList, old: WordList, word: number): number | undefined {
  let at = word;
  for (let lines = 0; lines < NEAR; lines++) {
    while (at > 0 && tokens.code(at - 1) !== LINE_END) at--;
    if (at === 0 || (at < tokens.length && at < old.length && beginsAnyway(tokens, at) && beginsAnyway(old, at))) return at;
    at--;
  }
  return undefined;
}

/** How many words further on the next line begins a statement in both texts, which are the same from there on. */
function linesToBoundary(tokens: WordList, old: WordList, at: number, oldAt: number): number | undefined {
  let ahead = 0;
  for (let lines = 0; lines < NEAR; lines++) {
    if (beginsAnyway(tokens, at + ahead) && beginsAnyway(old, oldAt + ahead) && at + ahead > 0) return ahead;
    while (at + ahead < tokens.length && tokens.code(at + ahead) !== LINE_END) ahead++;
    ahead++;
    if (at + ahead >= tokens.length) return tokens.length - at;
  }
  return undefined;
}

const wordAt = ({ words }: Layout, token: number): number => firstFrom(words.length, (i) => (words[i] ?? Infinity) >= token);
const sliceAt = ({ slices }: Layout, word: number): number => firstFrom(slices.length, (i) => (slices[i]?.from ?? Infinity) >= word);

function declared(layout: Layout, slices: readonly Slice[]): string {
  const out: string[] = [];
  eachDeclared(layout, slices, (as, name) => { out.push(as, name); });
  return out.join(' ');
}

/** Names that the heads of one text declare otherwise than those of the other. */
function alteredNames(a: Scope, b: Scope): ReadonlySet<string> {
  const out = new Set<string>();
  for (const [one, other] of [[a.functions, b.functions], [a.variables, b.variables], [a.vectors, b.vectors], [a.known, b.known]] as const) {
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
