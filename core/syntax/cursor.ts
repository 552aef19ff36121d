/** The parser's place in one statement, with its account of depth and of what has been reported. */
import type { Code } from './codes';
import { diagnose } from './codes';
import type { Diagnostic, Fix, Related } from './diagnostic';
import { isSymbol } from './heads';
import { short } from './lexer';
import { MAX_HEIGHT, MAX_NESTING, MAX_STATEMENT_DIAGNOSTICS } from './limits';
import type { Expr, NameExpr, Range, Token } from './tree';

export interface Names {
  readonly isFunction: (name: string) => boolean;
  readonly isVariable: (name: string) => boolean;
  /** Declared, defined, or a parameter: something that can be differentiated. */
  readonly isKnown: (name: string) => boolean;
}

/** The two entries of the expression parser, so that its parts need not import each other. */
export interface Grammar {
  readonly expression: (c: Cursor, colon?: boolean) => Expr;
  readonly postfix: (c: Cursor) => Expr;
}

export interface Cursor {
  readonly grammar: Grammar;
  /** Those of the statements that are being read. */
  words: readonly Token[];
  at: number;
  /** Where the statement begins, and the end of the words that it may read. */
  from: number;
  to: number;
  readonly names: Names;
  found: Diagnostic[];
  /** Height of the tree that was read last. */
  height: number;
  nesting: number;
  /** Open `‖` of the innermost bracket, and open brackets. */
  bars: number;
  brackets: string[];
  /** A limit was passed: nothing more is read or reported. */
  stopped: boolean;
}

export function cursorAt(words: readonly Token[], from: number, to: number, names: Names, grammar: Grammar): Cursor {
  return { grammar, words, at: from, from, to, names, found: [], height: 0, nesting: 0, bars: 0, brackets: [], stopped: false };
}

/** The same cursor at another statement of the words; what was found goes with the one before. */
export function moveTo(c: Cursor, from: number, to: number): void {
  c.at = c.from = from;
  c.to = to;
  if (c.found.length > 0) c.found = [];
  c.height = c.nesting = c.bars = 0;
  if (c.brackets.length > 0) c.brackets = [];
  c.stopped = false;
}

export const peek = (c: Cursor, ahead = 0): Token | undefined => (c.at + ahead < c.to ? c.words[c.at + ahead] : undefined);
export const isNext = (c: Cursor, a: string, b?: string, d?: string, e?: string): boolean => isSymbol(peek(c), a, b, d, e);
export function take(c: Cursor, a: string, b?: string, d?: string): Token | undefined {
  const token = peek(c);
  if (!isSymbol(token, a, b, d)) return undefined;
  c.at++;
  return token;
}
export const rangeOf = (token: Token): Range => ({ start: token.start, end: token.end });
export const nameOf = (token: Token, text = token.text): NameExpr => ({ kind: 'name', name: text, range: rangeOf(token) });
export const missing = (range: Range): Expr => ({ kind: 'missing', range });
/** The word before the cursor: what lacks its right neighbour where a statement ends too early. */
export function lastRange(c: Cursor): Range {
  const token = c.words[Math.min(c.at, c.to) - 1];
  return token ? rangeOf(token) : { start: 0, end: 0 };
}
export const hereRange = (c: Cursor): Range => {
  const token = peek(c);
  return token ? rangeOf(token) : lastRange(c);
};

export function report(c: Cursor, code: Code, message: string, range: Range, extra?: { readonly related?: readonly Related[]; readonly fixes?: readonly Fix[] }): void {
  if (c.stopped || c.found.length >= MAX_STATEMENT_DIAGNOSTICS) return;
  if (c.found.some((d) => d.range.start === range.start && d.range.end === range.end)) return;
  c.found.push(diagnose(code, message, range, extra));
}

/** Says that the expression is too deep, and skips the rest of the statement. */
export function stop(c: Cursor, range: Range): void {
  report(c, 'MC1017', `The expression is nested more than ${c.nesting > MAX_NESTING ? MAX_NESTING : MAX_HEIGHT} levels deep. Give parts of it names of their own.`, range);
  c.stopped = true;
  c.at = c.to;
}
/** One level higher than the highest of the parts. */
export function raise(c: Cursor, parts: number, { start, end }: Range): void {
  c.height = parts + 1;
  if (c.height > MAX_HEIGHT && !c.stopped) stop(c, { start, end });
}
/** One level deeper, which the caller takes back; false, and nothing to take back, where that is too deep. */
export function goDeeper(c: Cursor, { start, end }: Range): boolean {
  c.nesting++;
  if (c.nesting <= MAX_NESTING) return true;
  if (!c.stopped) stop(c, { start, end });
  c.nesting--;
  return false;
}
/** Runs `read` one level deeper, or gives `otherwise` where that is too deep. */
export function nested<T>(c: Cursor, range: Range, otherwise: () => T, read: () => T): T {
  if (!goDeeper(c, range)) return otherwise();
  const value = read();
  c.nesting--;
  return value;
}

/** A word as a message names it. */
export function named(token: Token | undefined): string {
  if (token === undefined) return 'the end of the statement';
  const text = token.kind === 'superscript' ? `^${token.text}` : token.text;
  return `\`${short(text)}\``;
}
