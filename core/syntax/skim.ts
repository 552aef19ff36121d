/**
 * The short way for statements that everybody writes alike: definitions and requests of names, numbers, operators, calls and parentheses.
 * They are read from the packed words to packed expressions (`packed.ts`), without a tree. Whatever could be complained of, or could be
 * read in two ways, is left to the parser (`expression.ts`), so that both give the same; a fuzzer holds them together.
 */
import { beside } from './beside';
import { endOf, type Layout, type Slice, startOf } from './layout';
import { LATER, withLater } from './later-fields';
import { BINARY_STEP, BLOCKS_IN_ROW, BLOCKS_STEP, CALL_STEP, CALLEE_STEP, ELEMENTWISE_POWER_STEP, IMPLICIT_STEP, INVERSE_TRANSPOSE_STEP, MINUS_STEP, NAME_STEP, NUMBER_STEP, OPERATORS, type Packed, PackedText, PAREN_STEP, PLUS_STEP, POWER_STEP, TRANSPOSE_STEP } from './packed';
import { originOf } from './shift';
import type { BinaryOperator, NameExpr, Statement } from './tree';
import { NAME, NUMBER, SUPERSCRIPT, symbolCode } from './word-list';
import { BEGINS } from './foreign-idioms';
import { BUILTIN_FUNCTIONS, STATEMENT_WORDS, TYPE_WORDS } from './words';

const packeds = beside<Statement, readonly Packed[]>();
/** The expressions of a statement that was skimmed, where they were first read: one of a definition or a request, two of a claim. */
export const packedOf = (s: Statement): readonly Packed[] | undefined => packeds.get(originOf(s));

/** What names are outside of definitions. */
interface Declared { readonly functions: ReadonlySet<string>; readonly variables: ReadonlySet<string>; readonly known: ReadonlySet<string> }

const [OPEN, CLOSE, SQUARE, SQUARE_END, COMMA, SEMICOLON, EQUALS, EQUAL, QUOTE, HAT, DOT_HAT, PLUS, MINUS, SLASH] = ['(', ')', '[', ']', ',', ';', '=', '==', "'", '^', '.^', '+', '-', '/'].map(symbolCode) as [number, number, number, number, number, number, number, number, number, number, number, number, number, number];
/** Indices of `OPERATORS`, by the codes of their symbols; 0 for what is none of product strength. */
const PRODUCT = new Uint8Array(256);
/** Products of two families beside each other without parentheses are worth a hint. */
const FAMILIES: Readonly<Partial<Record<BinaryOperator, number>>> = { '*': 1, '.*': 2, './': 2, '⊗': 3, '⊕': 4 };
const FAMILY = OPERATORS.map((op) => FAMILIES[op] ?? 0);
OPERATORS.forEach((op, i) => { if (op !== '+' && op !== '-') PRODUCT[symbolCode(op)] = i + 1; });
const [TIMES, ADD, SUBTRACT] = [OPERATORS.indexOf('*'), OPERATORS.indexOf('+'), OPERATORS.indexOf('-')];

/** Names that mean something in a phrase, in a declaration or in another language. */
const SPEAKING: ReadonlySet<string> = new Set([...BEGINS, ...TYPE_WORDS, ...STATEMENT_WORDS, 'in', 'Σ', 'lambda']);
/** What a name is here. */
const [FUNCTION, OTHER_NAME, DOUBTFUL] = [1, 2, 3];

/** Longer statements and deeper brackets are left to the parser, which counts them. */
const MAX_WORDS = 600;
const MAX_DEPTH = 40;
/** What was read last: a number or name by itself tells how what follows is read. */
const [FAILED, A_NUMBER, A_NAME, OTHER] = [0, 1, 2, 3];

export class Skimmer {
  private readonly kinds: number[] = [];
  private readonly text: PackedText;
  private at = 0;
  private to = 0;
  private depth = 0;
  private parameters: readonly number[] = NONE;

  /** `room`: about how many words will be read. */
  constructor(private readonly layout: Layout, private readonly declared: Declared, room: number) {
    this.text = new PackedText(room);
  }

  /** The statement of a slice where it is one of those, else undefined. */
  read({ from, to }: Slice): Statement | undefined {
    if (to - from > MAX_WORDS) return undefined;
    const { text } = this;
    const start = text.length;
    this.to = to;
    this.depth = 0;
    this.parameters = NONE;
    this.at = from;
    const kind = this.head(from);
    let middle = start;
    let isRead = kind !== undefined && this.sum() !== FAILED;
    if (isRead && kind === 'check' && this.code(this.at++) === EQUAL) {
      middle = text.length;
      isRead = this.sum() !== FAILED;
    }
    if (!isRead || !kind || this.at !== to || (kind === 'check' && middle === start)) {
      text.length = start;
      return undefined;
    }
    return this.statement(from, kind, start, middle);
  }

  /** What begins there; leaves the cursor at its expression, with a definition's arguments known. Undefined where that is for the parser to say. */
  private head(from: number): 'definition' | 'request' | 'check' | undefined {
    if (this.code(from) !== NAME) return 'request';
    const first = this.word(from);
    const next = this.code(from + 1);
    const name = this.text.words[first] ?? '';
    if (name === 'check' && (next === NAME || next === OPEN || next === NUMBER || next === MINUS) && !(next === NAME && this.layoutText(from + 1) === 'in')) {
      this.at = from + 1;
      return 'check';
    }
    if (this.kindOf(first) === DOUBTFUL) return undefined;
    if (next === EQUALS) { this.at = from + 2; return 'definition'; }
    if (next === OPEN && this.hasParameters(from)) return 'definition';
    // An unknown name may be a word of another language.
    return this.declared.known.has(name) || this.kindOf(first) === FUNCTION ? 'request' : undefined;
  }
  /** `(x, y) =` behind a name. */
  private hasParameters(from: number): boolean {
    const parameters: number[] = [];
    let at = from + 1;
    do {
      if (this.code(at + 1) !== NAME) return false;
      parameters.push(this.word(at + 1));
      at += 2;
    } while (this.code(at) === COMMA);
    if (this.code(at) !== CLOSE || this.code(at + 1) !== EQUALS) return false;
    this.parameters = parameters;
    this.at = at + 2;
    return true;
  }

  private statement(from: number, kind: 'definition' | 'request' | 'check', start: number, middle: number): Statement {
    const { layout, text } = this;
    const range = { start: startOf(layout, from), end: endOf(layout, this.to - 1) };
    const nameAt = (i: number): NameExpr => ({ kind: 'name', name: text.words[this.word(i)] ?? '', range: { start: startOf(layout, i), end: endOf(layout, i) } });
    const parameters = this.parameters.map((_, i) => nameAt(from + 2 + 2 * i));
    const first: Packed = { text, from: start, to: kind === 'check' ? middle : text.length };
    const last: Packed = { text, from: middle, to: text.length };
    const read: Statement = kind === 'definition'
      ? withLater({ kind, name: nameAt(from), ...(parameters.length > 0 && { parameters }), body: LATER, range }, () => ({ body: treeOf(first) }))
      : kind === 'request' ? withLater({ kind, expr: LATER, range }, () => ({ expr: treeOf(first) }))
        : withLater({ kind, left: LATER, right: LATER, range }, () => ({ left: treeOf(first), right: treeOf(last) }));
    packeds.set(read, kind === 'check' ? [first, last] : [first]);
    return read;
  }

  private code(i: number): number { const { tokens, words } = this.layout; return i < this.to ? tokens.code(words[i] ?? -1) : 0xff; }
  private start(i: number): number { return startOf(this.layout, i); }
  private end(i: number): number { return endOf(this.layout, i); }
  private layoutText(i: number): string { const { tokens, words } = this.layout; return tokens.text(words[i] ?? -1); }
  private word(i: number): number { return this.text.indexOf(this.layoutText(i)); }
  private isAdjacent(i: number): boolean { return this.end(i - 1) === this.start(i); }

  private kindOf(word: number): number {
    const known = this.kinds[word];
    if (known !== undefined) return known;
    const name = this.text.words[word] ?? '';
    const { functions, variables, known: all } = this.declared;
    const kind = SPEAKING.has(name) || (name === 'd' && !all.has('d')) ? DOUBTFUL : !variables.has(name) && (functions.has(name) || BUILTIN_FUNCTIONS.has(name)) ? FUNCTION : OTHER_NAME;
    return (this.kinds[word] = kind);
  }

  private sum(): number {
    if (++this.depth > MAX_DEPTH) return FAILED;
    let last = this.product();
    for (let code = this.code(this.at); last !== FAILED && (code === PLUS || code === MINUS); code = this.code(this.at)) {
      const at = this.at++;
      if (this.isSign()) return FAILED;
      last = this.product() === FAILED ? FAILED : OTHER;
      this.text.add(BINARY_STEP, this.start(at), this.end(at), code === PLUS ? ADD : SUBTRACT);
    }
    this.depth--;
    return last;
  }
  private isSign(): boolean { const code = this.code(this.at); return code === PLUS || code === MINUS; }

  private product(): number {
    const { text } = this;
    let last = this.unary();
    /** The family of the product that was read last. */
    let family = 0;
    while (last !== FAILED) {
      const { at } = this;
      const code = this.code(at);
      const op = PRODUCT[code] ?? 0;
      let operator = op - 1;
      let isImplicit = false;
      if (op === 0) {
        // `x(2)` may be an entry, `f'(x)` and `grad(f)(x)` a derivative.
        if (code !== NAME && (code !== OPEN || last === A_NAME || this.isAdjacent(at))) return last;
        // `2e3x` may be a number with an exponent.
        if (last === A_NUMBER && this.isAdjacent(at) && /^[eE]/.test(this.layoutText(at))) return FAILED;
        operator = TIMES;
        isImplicit = true;
      } else this.at++;
      const own = FAMILY[operator] ?? 0;
      if (family !== 0 && own !== 0 && family !== own) return FAILED;
      // A number in front is no doubt to anybody.
      const isCoefficient = operator === TIMES && last === A_NUMBER;
      if ((isImplicit ? this.postfix() : this.unary()) === FAILED) return FAILED;
      text.add(isImplicit ? IMPLICIT_STEP : BINARY_STEP, this.start(at), isImplicit ? this.start(at) : this.end(at), operator);
      family = isCoefficient ? 0 : own;
      last = OTHER;
    }
    return last;
  }

  private unary(): number {
    if (!this.isSign()) return this.postfix();
    const at = this.at++;
    const isMinus = this.code(at) === MINUS;
    if (this.isSign() || this.postfix() === FAILED) return FAILED;
    this.text.add(isMinus ? MINUS_STEP : PLUS_STEP, this.start(at), this.end(at), 0);
    return OTHER;
  }

  private postfix(): number {
    const { text } = this;
    let last = this.atom();
    while (last !== FAILED) {
      const { at } = this;
      const code = this.code(at);
      // `1^T` may be a vector of ones.
      if (last === A_NUMBER && (code === QUOTE || code === SUPERSCRIPT || (code === HAT && this.code(at + 1) === NAME))) return FAILED;
      if (code === QUOTE) {
        this.at++;
        text.add(TRANSPOSE_STEP, this.start(at), this.end(at), 0);
      } else if (code === HAT || code === DOT_HAT) {
        this.at++;
        if (!this.power(code === HAT)) return FAILED;
      } else if (code === SUPERSCRIPT) {
        this.at++;
        if (!this.superscript(at)) return FAILED;
      } else return code === SQUARE ? FAILED : last;
      last = OTHER;
    }
    return last;
  }

  /** Behind the sign of a power. */
  private power(isMatrix: boolean): boolean {
    const { text } = this;
    const sign = this.at;
    const isNegative = this.code(sign) === MINUS;
    if (isNegative) this.at++;
    const { at } = this;
    const code = this.code(at);
    if (code === NAME && this.layoutText(at) === 'T') {
      this.at++;
      if (!isMatrix) return false;
      text.add(isNegative ? INVERSE_TRANSPOSE_STEP : TRANSPOSE_STEP, this.start(at), this.end(at), isNegative ? 0 : 1);
      return true;
    }
    // `A^(-T)`, and a name before a parenthesis, which may be a call.
    if (code === OPEN && this.code(at + 1) === MINUS && this.code(at + 2) === NAME && this.layoutText(at + 2) === 'T') return false;
    if (code !== NUMBER && code !== NAME && code !== OPEN) return false;
    // A call, and `x^TSx`.
    if (code === NAME && (this.code(at + 1) === OPEN || this.layoutText(at).startsWith('T'))) return false;
    if (this.atom() === FAILED) return false;
    if (isNegative) text.add(MINUS_STEP, this.start(sign), this.end(sign), 0);
    text.add(isMatrix ? POWER_STEP : ELEMENTWISE_POWER_STEP, 0, 0, 0);
    // `A^-1/2` may be meant as a root.
    return !(this.code(this.at) === SLASH && this.code(this.at + 1) === NUMBER && this.isAdjacent(this.at) && this.isAdjacent(this.at + 1));
  }

  private superscript(at: number): boolean {
    const { text } = this;
    const spelled = this.layoutText(at);
    const [start, end] = [this.start(at), this.end(at)];
    if (spelled === 'T' || spelled === '-T') {
      text.add(spelled === 'T' ? TRANSPOSE_STEP : INVERSE_TRANSPOSE_STEP, start, end, spelled === 'T' ? 2 : 1);
      return true;
    }
    const isNegative = spelled.startsWith('-');
    const digits = isNegative ? spelled.slice(1) : spelled;
    if (!/^[0-9]+$/.test(digits) || end - start !== spelled.length) return false;
    text.add(NUMBER_STEP, isNegative ? start + 1 : start, end, text.indexOf(digits));
    if (isNegative) text.add(MINUS_STEP, start, end, 0);
    text.add(POWER_STEP, 0, 0, 0);
    return true;
  }

  private atom(): number {
    const { at, text } = this;
    switch (this.code(at)) {
      case NUMBER:
        this.at++;
        text.add(NUMBER_STEP, this.start(at), this.end(at), this.word(at));
        return A_NUMBER;
      case NAME: return this.name();
      case OPEN:
        this.at++;
        if (this.sum() === FAILED || this.code(this.at) !== CLOSE) return FAILED;
        text.add(PAREN_STEP, this.start(at), this.end(this.at++), 0);
        return OTHER;
      case SQUARE: return this.blocks();
      default: return FAILED;
    }
  }

  private name(): number {
    const { at, text } = this;
    const word = this.word(at);
    const kind = this.kindOf(word);
    if (kind === DOUBTFUL) return FAILED;
    this.at++;
    const next = this.code(this.at);
    // `dF/dX` may be a derivative.
    if (next === SLASH && (text.words[word] ?? '').startsWith('d') && this.code(this.at + 1) === NAME && this.layoutText(this.at + 1).startsWith('d')) return FAILED;
    if (next !== OPEN) {
      text.add(NAME_STEP, this.start(at), this.end(at), word);
      return A_NAME;
    }
    if (kind !== FUNCTION || this.parameters.includes(word)) return FAILED;
    text.add(CALLEE_STEP, this.start(at), this.end(at), word);
    const count = this.several();
    if (count === 0 || this.code(this.at) !== CLOSE) return FAILED;
    text.add(CALL_STEP, this.start(at), this.end(this.at++), count);
    return OTHER;
  }

  /** How many expressions stand between commas, from the word before the first; 0 where one cannot be read. */
  private several(): number {
    let count = 0;
    do {
      this.at++;
      if (this.sum() === FAILED) return 0;
      count++;
    } while (this.code(this.at) === COMMA);
    return count;
  }

  private blocks(): number {
    const { at, text } = this;
    let [rows, columns] = [0, 0];
    do {
      const count = this.several();
      if (count === 0 || (rows > 0 && count !== columns)) return FAILED;
      columns = count;
      rows++;
    } while (this.code(this.at) === SEMICOLON);
    if (this.code(this.at) !== SQUARE_END || columns >= BLOCKS_IN_ROW) return FAILED;
    text.add(BLOCKS_STEP, this.start(at), this.end(this.at++), rows * BLOCKS_IN_ROW + columns);
    return OTHER;
  }
}
const NONE: readonly number[] = [];
const treeOf = ({ text, from, to }: Packed) => text.tree(from, to);
