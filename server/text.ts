/**
 * The text of an open document: positions to offsets and back, and incremental edits. Lines end at `\n`, `\r\n` or `\r`, and are
 * found anew in the whole text after each edit, so that an edit that parts or joins a `\r` and a `\n` cannot miscount.
 */
import type { Position, Range } from 'vscode-languageserver';

/** An edit as a client reports it; without a range, the whole text. */
export type ContentChange = { readonly range: Range; readonly text: string } | { readonly text: string };

export interface TextDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  /** Offset of each line's first character, the first being 0. */
  readonly lineStarts: readonly number[];
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The offsets at which the lines of a text start. */
export function findLines(text: string): readonly number[] {
  const starts = [0];
  // Nearly no text has a carriage return, and a search for one letter is far quicker than a look at each.
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === CARRIAGE_RETURN && text.charCodeAt(i + 1) === LINE_FEED) i++;
    if (c === LINE_FEED || c === CARRIAGE_RETURN) starts.push(i + 1);
  }
  return starts;
}

export const textDocument = (uri: string, languageId: string, version: number, text: string): TextDocument =>
  ({ uri, languageId, version, text, lineStarts: findLines(text) });

/** The end of a line's content, before its line break. */
function lineEnd(document: TextDocument, line: number): number {
  const next = document.lineStarts[line + 1];
  if (next === undefined) return document.text.length;
  const broken = document.text.charCodeAt(next - 1) === LINE_FEED && document.text.charCodeAt(next - 2) === CARRIAGE_RETURN ? 2 : 1;
  return Math.max(next - broken, document.lineStarts[line] ?? 0);
}

const whole = (n: unknown): number => (typeof n === 'number' && n > 0 ? Math.floor(n) : 0);

/** The offset of a position; one that lies outside its line or the text is moved to the nearest that exists. */
export function offsetAt(document: TextDocument, position: Position): number {
  const line = whole(position.line);
  const start = document.lineStarts[line];
  if (start === undefined) return document.text.length;
  return Math.min(start + whole(position.character), lineEnd(document, line));
}

/** The position of an offset; one inside a line break is moved to the end of its line. */
export function positionAt(document: TextDocument, offset: number): Position {
  const at = Math.min(whole(offset), document.text.length);
  let low = 0;
  let high = document.lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((document.lineStarts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return { line: low, character: Math.min(at, lineEnd(document, low)) - (document.lineStarts[low] ?? 0) };
}

export const rangeAt = (document: TextDocument, range: { readonly start: number; readonly end: number }): Range =>
  ({ start: positionAt(document, range.start), end: positionAt(document, range.end) });

/** The document after edits that a client reports, each relative to the text that the one before it left. */
export function applyChanges(document: TextDocument, changes: readonly ContentChange[], version: number): TextDocument {
  let current = document;
  for (const change of changes) {
    if (!('range' in change)) {
      current = textDocument(document.uri, document.languageId, version, change.text);
      continue;
    }
    const from = offsetAt(current, change.range.start);
    const to = offsetAt(current, change.range.end);
    const [start, end] = from <= to ? [from, to] : [to, from];
    current = textDocument(document.uri, document.languageId, version, current.text.slice(0, start) + change.text + current.text.slice(end));
  }
  return current === document ? { ...document, version } : current;
}

/** The file's name in an address, on one line. */
export function nameOf(uri: string): string {
  const last = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last).replace(/[\r\n]/g, ' ');
  } catch {
    return last.replace(/[\r\n]/g, ' ');
  }
}
