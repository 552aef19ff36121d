/** The place in one LaTeX formula, what its names are, and what has gone wrong. The first error ends the formula. */
import type { Code } from '../codes';
import { diagnose } from '../codes';
import type { Diagnostic } from '../diagnostic';
import type { BinaryOperator, Expr, NameExpr } from '../tree';
import type { Kind } from './kinds';
import { type TexToken, isChar } from './tokens';

/** What all formulas of a snippet share. */
export interface Snippet {
  readonly declared: ReadonlyMap<string, Kind>;
  /** Kinds that the snippet shows: its own declarations, bold letters, transposed letters. */
  readonly seen: Map<string, Kind>;
  usesBold: boolean;
  /** Names that it defines with arguments. */
  readonly functions: Map<string, readonly string[]>;
  readonly definitions: Set<string>;
  /** The letter d stands for itself somewhere, so that `dX` is a product. */
  readonly dIsName: boolean;
  /** It speaks of differentials somewhere: `df`, `d f =`. */
  readonly hasDifferentials: boolean;
  /** Letters that something is differentiated by. */
  readonly derivedBy: ReadonlySet<string>;
  /** Indices of entries that something is differentiated by: `\partial X_{ij}`. */
  readonly indices: ReadonlySet<string>;
  /** Letters that are transposed somewhere, `\Phi^\top`: arrays, not functions. */
  readonly transposed: ReadonlySet<string>;
  /** Every Delta stands before a letter, `\Delta x`, and after no transposed one: it is an increment then, not a matrix. */
  readonly deltaIsIncrement: boolean;
  /** A prime stands before another factor somewhere, `X'X`, so that primes are transposes. */
  readonly primesTranspose: boolean;
  /** The letter sigma stands somewhere without an argument in parentheses. */
  readonly sigmaIsName: boolean;
  readonly notes: Set<string>;
}

export interface Reader {
  readonly snippet: Snippet;
  readonly tokens: readonly TexToken[];
  at: number;
  /** Bars that are open. */
  readonly bars: string[];
  /** Indices of the sums that are open. */
  readonly bound: readonly string[];
  /** Letters are bold here. */
  readonly bold: boolean;
  readonly depth: number;
  /** Shared by all readers of one formula; `depth` counts factors inside each other. */
  readonly outcome: { error?: Diagnostic; depth: number };
}

/** The reader of expressions, so that its parts need not import each other. */
export interface Form {
  readonly readSum: (r: Reader) => Expr;
  readonly readAll: (r: Reader, tokens: readonly TexToken[], change?: Partial<Pick<Reader, 'bold' | 'bound'>>) => Expr;
  readonly readProduct: (r: Reader) => Expr;
  readonly factor: (r: Reader) => Expr;
  readonly divided: (r: Reader, above: Expr, under: Expr, token: TexToken | undefined) => Expr;
  readonly argumentsOf: (r: Reader) => readonly Expr[];
  readonly startsFactor: (r: Reader, token: TexToken) => boolean;
}
/** `marked`: superscripts after it are none of its own. */
export interface Found { readonly expr: Expr; readonly marked: boolean }

export function readerOf(snippet: Snippet, tokens: readonly TexToken[]): Reader {
  return { snippet, tokens, at: 0, bars: [], bound: [], bold: false, depth: 0, outcome: { depth: 0 } };
}
export const peek = (r: Reader, ahead = 0): TexToken | undefined => (r.outcome.error ? undefined : r.tokens[r.at + ahead]);
export const isAt = (r: Reader, ...chars: readonly string[]): boolean => isChar(peek(r), ...chars);

const nowhere = { start: 0, end: 0 };
export const missing: Expr = { kind: 'missing', range: nowhere };
export const nameExpr = (name: string): NameExpr => ({ kind: 'name', name, range: nowhere });
export const numberExpr = (text: string): Expr => ({ kind: 'number', text, range: nowhere });
export const callExpr = (callee: string, ...args: readonly Expr[]): Expr => ({ kind: 'call', callee: nameExpr(callee), args, range: nowhere });
export const binaryExpr = (op: BinaryOperator, left: Expr, right: Expr): Expr => ({ kind: 'binary', op, left, right, opRange: nowhere, implicit: false, range: nowhere });
export const minusExpr = (arg: Expr): Expr => ({ kind: 'unary', op: '-', arg, range: nowhere });
export const powerExpr = (base: Expr, exponent: Expr, elementwise = false): Expr => ({ kind: 'power', base, exponent, elementwise, range: nowhere });
export const transposeExpr = (arg: Expr): Expr => ({ kind: 'transpose', arg, range: nowhere });
export const inverseTransposeExpr = (arg: Expr): Expr => ({ kind: 'inverseTranspose', arg, range: nowhere });
export const parenExpr = (arg: Expr): Expr => ({ kind: 'paren', arg, range: nowhere });

/** As it is written, for a message. */
export const spelled = (token: TexToken | undefined): string => (token === undefined ? 'the end of the formula' : `\`${token.kind === 'command' ? '\\' : ''}${token.text.slice(0, 24)}\``);

export function fail(r: Reader, code: Extract<Code, 'MC1030' | 'MC1031'>, message: string, token: TexToken | undefined = r.tokens[r.at] ?? r.tokens.at(-1)): Expr {
  r.outcome.error ??= diagnose(code, message, { start: token?.start ?? 0, end: token?.end ?? 0 });
  r.at = r.tokens.length;
  return missing;
}
export const unreadable = (r: Reader, message: string, token?: TexToken): Expr => fail(r, 'MC1030', message, token);
export const ambiguous = (r: Reader, message: string, token?: TexToken): Expr => fail(r, 'MC1031', message, token);

/** A name's kind as far as something other than its letter says it. */
export function kindOf(r: Reader, name: string): Kind | undefined {
  return r.snippet.declared.get(name) ?? r.snippet.seen.get(name) ?? (r.snippet.usesBold && /^\p{Ll}/u.test(name) ? 'scalar' : undefined);
}
export const note = (r: Reader, text: string): void => { r.snippet.notes.add(text); };
