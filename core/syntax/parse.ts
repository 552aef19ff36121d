/** Text to tree: words, statements, and for each its tree. Total and linear in the text. */
import { beside } from './beside';
import { diagnose } from './codes';
import { type Cursor, type Names, cursorAt, moveTo } from './cursor';
import type { Diagnostic } from './diagnostic';
import { expression, postfix } from './expression';
import { definedByBlanks, definedWithTypes } from './foreign-heads';
import { BEGINS, idiomIn } from './foreign-idioms';
import { type Head, isSymbol, readHead } from './heads';
import { endOf, type Layout, type Slice, layOut, startOf, wordsOf } from './layout';
import { LATER, withLater } from './later-fields';
import { lex, type Lexed } from './lexer';
import { MAX_DIAGNOSTICS, MAX_OF_TOO_MANY, MAX_STATEMENTS, MAX_STATEMENT_TOKENS } from './limits';
import { mixedHints } from './mixed';
import { byPlace } from './range';
import { lazily, movedDiagnostic, movedStatement } from './shift';
import { Skimmer } from './skim';
import { statement } from './statement';
import { finish, type Steps } from './steps';
import type { Document, Expr, Statement, Token } from './tree';
import { symbolCode, symbolTable } from './word-list';
import { BUILTIN_FUNCTIONS, STRUCTURE_WORDS } from './words';

/** Names that text before this one defines: functions are called, variables are not. */
export interface ParseContext {
  readonly functions?: ReadonlySet<string>;
  readonly variables?: ReadonlySet<string>;
  /** Every statement is read to its tree at once: the same result, slower, for comparison. */
  readonly thorough?: boolean;
}

const GRAMMAR = { expression, postfix };

/** Every text yields a tree and diagnostics with exact ranges; nothing throws. A broken statement spoils no other. */
export function parse(text: string, context: ParseContext = {}): Document {
  return finish(parsing(text, context));
}

/** `parse` in steps. */
export function parsing(text: string, context: ParseContext = {}): Steps<Document> {
  const lexed = lex(text);
  return readDocument(text, lexed, laidOut(lexed, context), context.thorough);
}

/** What one slice of words was read as. */
export interface ReadSlice {
  readonly statements: readonly Statement[];
  readonly found: readonly Diagnostic[];
  /** What was found speaks for the words too: what the lexer said of them is left out. */
  readonly isAll?: boolean;
}
/** How a document was read, for whoever reads a later version of its text. */
export interface Reading {
  readonly lexed: Lexed;
  readonly layout: Layout;
  readonly scope: Scope;
  /** One for each slice of the layout, with the places that it had where it was first read. */
  readonly slices: readonly ReadSlice[];
  /** How far from there each stands now. */
  readonly shifts: Int32Array;
  /** Slices that were taken over from an earlier reading. */
  readonly kept: number;
}
const readings = beside<Document, Reading>();
/** Absent where a limit was passed, since then what is read of one statement depends on the others. */
export const readingOf = (document: Document): Reading | undefined => readings.get(document);

/** What a slice was read as before, and how far from there it stands. */
export interface KeptSlice { readonly read: ReadSlice; readonly shift: number }

const statementsOf = (slices: readonly ReadSlice[], shifts: Int32Array): readonly Statement[] =>
  slices.flatMap((read, i) => { const shift = shifts[i] ?? 0; return shift === 0 ? read.statements : read.statements.map((s) => movedStatement(s, shift)); });

/** The document of slices that are all read; those that moved are copied when somebody asks for statements. */
export function documentOf(text: string, reading: Reading, found: readonly Diagnostic[]): Document {
  const { lexed: { tokens, comments }, slices, shifts } = reading;
  const [statements, words] = [lazily(() => statementsOf(slices, shifts)), lazily(() => tokens.list())];
  const document: Document = withLater({ text, statements: LATER, comments, tokens: LATER, diagnostics: inOrder(found) }, () => ({ get statements() { return statements(); }, get tokens() { return words(); } }));
  readings.set(document, reading);
  return document;
}

/** About as many as an edit changes. */
const FEW_WORDS = 256;

/** Statements between two places where the reading may pause. */
const PAUSE = 16;

/** Where statements begin and end, what their heads declare, and what slices were read as before where nothing that matters to them has changed. */
export interface LaidOut {
  readonly layout: Layout;
  readonly scope: Scope;
  readonly kept?: (slice: Slice, index: number) => KeptSlice | undefined;
}

export function laidOut({ tokens }: Lexed, context: ParseContext = {}): LaidOut {
  const layout = layOut(tokens);
  return { layout, scope: scan(layout, context) };
}

/** The slices that are read. */
const readOf = ({ slices }: Layout): readonly Slice[] => (slices.length > MAX_STATEMENTS ? slices.slice(0, MAX_OF_TOO_MANY) : slices);

/** Statements of the words. */
export function* readDocument(text: string, lexed: Lexed, { layout, scope, kept }: LaidOut, thorough = false): Steps<Document> {
  const { tokens, comments, diagnostics } = lexed;
  const found: Diagnostic[] = [];
  const read = readOf(layout);
  const count = read.length;
  const rest = layout.slices[count];
  const slices: ReadSlice[] = [];
  const shifts = new Int32Array(count);
  let taken = 0;
  const reader = readerOf(scope);
  const skimmer = new Skimmer(layout, scope, kept ? FEW_WORDS : layout.words.length);
  const lexical = new Lexical(diagnostics);
  for (const slice of read) {
    const old = kept?.(slice, slices.length);
    if (old) { taken++; shifts[slices.length] = old.shift; }
    const [start, end] = [startOf(layout, slice.from), endOf(layout, slice.to - 1)];
    const isStrange = !old && lexical.within(start, end);
    const skimmed = old || isStrange || thorough ? undefined : skimmer.read(slice);
    const made = old?.read ?? (skimmed ? { statements: [skimmed], found: NOTHING } : readSlice(text, reader, layout, slice, MAX_DIAGNOSTICS - found.length, isStrange));
    lexical.take(end, made.isAll ? start : Infinity, found);
    slices.push(made);
    for (const d of made.found) found.push(old ? movedDiagnostic(d, old.shift) : d);
    if (slices.length % PAUSE === 0) yield;
  }
  lexical.take(Infinity, Infinity, found);
  const reading: Reading = { lexed, layout, scope, slices, shifts, kept: taken };
  if (!rest && !lexed.isCut && found.length <= MAX_DIAGNOSTICS) return documentOf(text, reading, found);
  const statements = [...statementsOf(slices, shifts)];
  if (rest) {
    const start = startOf(layout, rest.from);
    for (let i = found.length - 1; i >= 0; i--) if ((found[i]?.range.start ?? 0) > start) found.splice(i, 1);
    found.push(diagnose('MC1018', `The text has more than ${MAX_STATEMENTS} statements; those from here on, after the first ${MAX_OF_TOO_MANY}, are not read.`, { start, end: endOf(layout, rest.from) }));
    statements.push({ kind: 'broken', range: { start, end: endOf(layout, layout.words.length - 1) } });
  }
  return withLater({ text, statements, comments, tokens: LATER, diagnostics: inOrder(found) }, () => ({ tokens: tokens.list() }));
}

/** One expression, for rules and tests. A second statement, or words after the expression, are reported. */
export function parseExpression(text: string, context: ParseContext = {}): { readonly expr: Expr; readonly diagnostics: readonly Diagnostic[] } {
  const { tokens, diagnostics } = lex(text);
  const words = tokens.list().filter((token) => token.kind !== 'newline');
  const c = readerOf(scan({ tokens, words: new Uint32Array(0), slices: [] }, context));
  c.words = words;
  moveTo(c, 0, words.length);
  const expr = expression(c);
  const rest = words[c.at];
  const after = rest && !c.stopped ? [diagnose('MC1004', 'Words follow the end of the expression.', { start: rest.start, end: words.at(-1)?.end ?? rest.end })] : [];
  return { expr, diagnostics: inOrder([...diagnostics, ...c.found, ...after]) };
}

/** What the heads of a text's statements declare. */
export interface Scope {
  readonly functions: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  /** Those that are declared as vectors. */
  readonly vectors: ReadonlySet<string>;
  readonly known: ReadonlySet<string>;
}

const ARROW = symbolCode('->');
/** What the heads of all statements declare, before any is read. */
function scan(layout: Layout, context: ParseContext): Scope {
  const sets = { variable: new Set(context.variables), function: new Set(context.functions), parameter: new Set<string>(), vector: new Set<string>() };
  eachDeclared(layout, readOf(layout), (as, name) => { sets[as].add(name); });
  return { variables: sets.variable, functions: sets.function, vectors: sets.vector, known: new Set([...sets.variable, ...sets.function, ...sets.parameter]) };
}

/** The names that heads of slices declare, in the order of the text. */
export function eachDeclared({ tokens, words }: Layout, slices: readonly Slice[], found: (as: 'variable' | 'function' | 'parameter' | 'vector', name: string) => void): void {
  const atHead = { at: (i: number) => tokens.at(words[i] ?? -1) };
  const textAt = (i: number): string => tokens.text(words[i] ?? -1);
  for (const { from, to } of slices) {
    const head = readHead(atHead, from, to, nobody);
    if (head.kind === 'declaration') {
      let isFunction = false;
      for (let i = head.colon; i < to; i++) if (tokens.code(words[i] ?? -1) === ARROW) isFunction = true;
      const isVector = !isFunction && textAt(head.colon + 1) === 'vector';
      for (const name of head.names) {
        found(isFunction ? 'function' : 'variable', textAt(name));
        if (isVector) found('vector', textAt(name));
      }
    } else if (head.kind === 'definition') {
      found(head.parameters ? 'function' : 'variable', textAt(head.name));
      for (const name of head.parameters ?? []) found('parameter', textAt(name));
    }
  }
}
const nobody = (): boolean => false;

/** A cursor that goes from statement to statement, and what names mean in the one where it stands. */
interface Reader extends Cursor { readonly names: LocalNames }

/** A definition's parameters are variables within it; a fact's structure words are functions. */
class LocalNames implements Names {
  private local: readonly string[] = NO_NAMES;
  private assumes = false;
  constructor(private readonly scope: Scope) {}
  enter(head: Head, words: readonly Token[]): void {
    this.local = head.kind === 'definition' && head.parameters ? head.parameters.map((i) => words[i]?.text ?? '') : NO_NAMES;
    this.assumes = head.kind === 'word' && head.word === 'assume';
  }
  readonly isDeclared = (name: string): boolean => this.scope.variables.has(name);
  readonly isVector = (name: string): boolean => this.scope.vectors.has(name);
  readonly isVariable = (name: string): boolean => this.scope.variables.has(name) || this.local.includes(name);
  readonly isKnown = (name: string): boolean => this.scope.known.has(name);
  readonly isFunction = (name: string): boolean =>
    !this.isVariable(name) && (this.scope.functions.has(name) || BUILTIN_FUNCTIONS.has(name) || (this.assumes && STRUCTURE_WORDS.has(name)));
}
const NO_NAMES: readonly string[] = [];
const NOTHING: readonly Diagnostic[] = [];

const readerOf = (scope: Scope): Reader => cursorAt([], 0, 0, new LocalNames(scope), GRAMMAR) as Reader;

/** What the lexer complained of, handed on statement by statement. */
class Lexical {
  private next = 0;
  constructor(private readonly all: readonly Diagnostic[]) {}
  private start(): number { return this.all[this.next]?.range.start ?? Infinity; }
  within(from: number, to: number): boolean {
    for (let i = this.next; i < this.all.length; i++) {
      const start = this.all[i]?.range.start ?? Infinity;
      if (start >= to) return false;
      if (start >= from) return true;
    }
    return false;
  }
  /** Those before `to` go to `found`, but for those from `except` on. */
  take(to: number, except: number, found: Diagnostic[]): void {
    for (; this.start() < to; this.next++) {
      const one = this.all[this.next];
      if (one && one.range.start < except) found.push(one);
    }
  }
}

/** Expectations, with square brackets; `E(k, l)` is a basis matrix. */
const EXPECTS: ReadonlySet<string> = new Set(['E', 'Var', 'Cov', 'Pr', 'Prob']);
/** `Log[Det[S]]`. */
const CAPITALISED = /^\p{Lu}\p{Ll}/u;
/** In a declaration they are its type. */
const SHAPES: ReadonlySet<string> = new Set(['vector', 'matrix']);
/** `2e3x`: after a number, and with no name `e3x` of the program. */
const isExponent = (t: Token, before: Token | undefined): boolean => before?.kind === 'number' && before.end === t.start && /^[eE](?:[0-9]|$)/.test(t.text);
/** `1^T`: nobody transposes a number. */
const isOnes = ({ text }: Token, mark: Token | undefined, of: Token | undefined): boolean => text === '1' && mark !== undefined && ((mark.kind === 'superscript' && mark.text === 'T') || isSymbol(mark, "'", '⊤') || (isSymbol(mark, '^') && of?.kind === 'name' && of.text === 'T'));
/** `x^TSx` */
const isGluedTranspose = (t: Token, before: Token | undefined): boolean => t.text.length > 1 && t.text.startsWith('T') && isSymbol(before, '^');
const isTwoDashes = (t: Token, next: Token | undefined): boolean => t.text === '-' && next?.text === '-' && next.start === t.end;
const isOfModule = ({ kind, text }: Token): boolean => kind === 'bad' && text.length > 1 && (text.startsWith('.') || text.endsWith('.'));

/** A definition stays one, so that others may name it; nothing more is said of what stands there. */
function unread(statements: readonly Statement[], start: number, end: number, words: readonly Token[]): readonly Statement[] {
  const range = { start, end };
  const declares = statements.length === 1 ? statements.find((s) => s.kind === 'declaration') : undefined;
  const defines = statements.find((s) => s.kind === 'definition');
  return [(declares && { ...declares, words: [] }) ?? definedByBlanks(words, range) ?? (defines ? { ...defines, body: { kind: 'missing', range: defines.body.range }, range } : definedWithTypes(words, range) ?? { kind: 'broken', range })];
}

/** Nearly always one statement without a complaint. */
function readSlice(text: string, c: Reader, layout: Layout, slice: Slice, budget: number, isStrange: boolean): ReadSlice {
  const count = slice.to - slice.from;
  const end = endOf(layout, slice.to - 1);
  if (count > MAX_STATEMENT_TOKENS) {
    const start = startOf(layout, slice.from);
    const found = [diagnose('MC1018', `The statement has ${count} words; at most ${MAX_STATEMENT_TOKENS} are read.`, { start, end: endOf(layout, slice.from) })];
    return { statements: [{ kind: 'broken', range: { start, end } }], found };
  }
  const words = (c.words = wordsOf(layout, slice));
  let statements: Statement[] | undefined;
  let found: Diagnostic[] | undefined;
  let at = 0;
  while (at < count) {
    const head = readHead(words, at, count, c.names.isDeclared);
    c.names.enter(head, words);
    moveTo(c, at, count);
    const read = statement(c, head);
    if (statements) statements.push(read); else statements = [read];
    if (c.found.length > 0) found = found ? [...found, ...c.found] : c.found;
    at = Math.max(c.at, at + 1);
    if (found && found.length > budget) {
      if (at < count) statements.push({ kind: 'broken', range: { start: words[at]?.start ?? end, end } });
      return { statements, found };
    }
  }
  const isProse = statements?.[0]?.kind === 'request';
  if (statements && budget > 0 && (found || isStrange || words.some((t, i) => (t.kind === 'number' ? isOnes(t, words[i + 1], words[i + 2]) : t.kind === 'name' ? (BEGINS.has(t.text) || isExponent(t, words[i - 1]) || isGluedTranspose(t, words[i - 1]) || (isProse && SHAPES.has(t.text)) || (words[i + 1]?.text === '[' && (EXPECTS.has(t.text) || CAPITALISED.test(t.text)))) && !c.names.isKnown(t.text) : isTwoDashes(t, words[i + 1]))))) {
    const start = startOf(layout, slice.from);
    const idiom = idiomIn(text.slice(start, end), start, c.names.isDeclared, c.names.isVector);
    if (idiom) return { statements: unread(statements, start, end, words), found: [idiom], isAll: true };
    // A module's or a method's name is told first; the rest is read when it is mended.
    if (isStrange && words.some(isOfModule)) return { statements: unread(statements, start, end, words), found: NOTHING };
  }
  if (statements && hasSpecialProduct(layout, slice)) {
    const hints = mixedHints(statements, text);
    if (hints.length > 0) found = found ? [...found, ...hints] : [...hints];
  }
  return { statements: statements ?? [], found: found ?? NOTHING };
}

const SPECIAL = symbolTable(['.*', './', '⊗', '⊕']);
function hasSpecialProduct({ tokens, words }: Layout, { from, to }: Slice): boolean {
  for (let i = from; i < to; i++) if (SPECIAL[tokens.code(words[i] ?? -1)] === 1) return true;
  return false;
}

/** By place, and no more than a person would read. */
function inOrder(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...found].sort(byPlace);
  const next = sorted[MAX_DIAGNOSTICS];
  if (next === undefined) return sorted;
  return [...sorted.slice(0, MAX_DIAGNOSTICS), diagnose('MC1018', 'There are more errors from here on; they are not listed.', next.range)];
}
