/**
 * The words of a text, packed: three numbers for each, outside the heap. A text of 1000 dense lines has 60 000 words, and as objects
 * they were a third of what reading it left to the collector. Whoever reads words one by one gets an object for each (`at`).
 */
import { wordAt } from './plain-words';
import type { Token } from './tree';

export const NAME = 0;
export const NUMBER = 1;
export const SUPERSCRIPT = 2;
export const LINE_END = 3;
export const BAD = 4;
const OTHER_SYMBOL = 5;
const FIRST_SYMBOL = 6;
const KINDS: readonly Token['kind'][] = ['name', 'number', 'superscript', 'newline', 'bad', 'symbol'];

/** Canonical spellings of the symbols. */
const SYMBOLS: readonly string[] = [
  '...', '.*', './', '.^', '.\\', '**', '==', ':=', '>=', '<=', '!=', '=>', '=<', '->', '+', '-', '*', '/', '\\', '^', "'", '(', ')', '[', ']', '{', '}', ',', ';', ':', '=', '>', '<', '|',
  '⊗', '⊕', '×', '∈', '∂', '∇', 'Σ', '‖', '√', '∞', '≡', '⊤', '⟨', '⟩', '.T',
];
const codes: ReadonlyMap<string, number> = new Map(SYMBOLS.map((s, i) => [s, FIRST_SYMBOL + i]));
/** What `code` gives for a symbol. */
export const symbolCode = (symbol: string): number => codes.get(symbol) ?? OTHER_SYMBOL;
/** For each code whether it is one of some symbols. */
export function symbolTable(symbols: Iterable<string>): Uint8Array {
  const table = new Uint8Array(FIRST_SYMBOL + SYMBOLS.length);
  for (const s of symbols) table[symbolCode(s)] = 1;
  return table;
}

export class WordList {
  length = 0;
  private codes: Uint8Array;
  private starts: Int32Array;
  private ends: Int32Array;
  /** Canonical spellings of words that are written otherwise. */
  private readonly spelled = new Map<number, string>();

  constructor(readonly source: string, room = 64) {
    this.codes = new Uint8Array(room);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
  }

  /** A name or a number as it stands in the text, or a symbol by its code. */
  add(code: number, start: number, end: number): void {
    const i = this.length++;
    if (i === this.codes.length) this.grow(2 * i);
    this.codes[i] = code;
    this.starts[i] = start;
    this.ends[i] = end;
  }
  push(kind: Token['kind'], text: string, start: number, end: number): void {
    const code = kind === 'symbol' ? symbolCode(text) : KINDS.indexOf(kind);
    if (code === OTHER_SYMBOL || code === SUPERSCRIPT || code === BAD || ((code === NAME || code === NUMBER) && this.source.slice(start, end) !== text)) this.spelled.set(this.length, text);
    this.add(code, start, end);
  }
  pop(): void {
    this.spelled.delete(--this.length);
  }

  code(i: number): number { return this.codes[i] ?? BAD; }
  start(i: number): number { return this.starts[i] ?? 0; }
  end(i: number): number { return this.ends[i] ?? 0; }
  isName(i: number): boolean { return this.codes[i] === NAME; }
  text(i: number): string {
    const own = this.spelled.size > 0 ? this.spelled.get(i) : undefined;
    if (own !== undefined) return own;
    const code = this.code(i);
    return code >= FIRST_SYMBOL ? SYMBOLS[code - FIRST_SYMBOL] ?? '' : code === LINE_END ? '\n' : wordAt(this.source, this.start(i), this.end(i));
  }
  at(i: number): Token | undefined {
    if (i < 0 || i >= this.length) return undefined;
    return { kind: KINDS[Math.min(this.code(i), OTHER_SYMBOL)] ?? 'bad', text: this.text(i), start: this.start(i), end: this.end(i) };
  }
  /** All of them as objects. */
  list(): readonly Token[] {
    const out: Token[] = [];
    for (let i = 0; i < this.length; i++) {
      const token = this.at(i);
      if (token) out.push(token);
    }
    return out;
  }

  /** Lines with words, of those that end. */
  lines(): number {
    const { codes, length } = this;
    let lines = 0;
    let last = LINE_END;
    for (let i = 0; i < length; i++) {
      const code = codes[i] ?? LINE_END;
      if (code === LINE_END && last !== LINE_END) lines++;
      last = code;
    }
    return lines;
  }

  /** The first word at or after an offset. */
  indexAt(offset: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start(middle) < offset) low = middle + 1; else high = middle;
    }
    return low;
  }
  /** Words `from` up to, not including, `to` of another list, whose text stands `delta` further on here. */
  append(other: WordList, from: number, to: number, delta: number): void {
    const count = to - from;
    if (count <= 0) return;
    const begin = this.length;
    if (begin + count > this.codes.length) this.grow(begin + count);
    this.codes.set(other.codes.subarray(from, to), begin);
    this.starts.set(other.starts.subarray(from, to), begin);
    this.ends.set(other.ends.subarray(from, to), begin);
    this.length += count;
    if (delta !== 0) for (let i = begin; i < this.length; i++) { this.starts[i] = this.start(i) + delta; this.ends[i] = this.end(i) + delta; }
    for (const [i, text] of other.spelled) if (i >= from && i < to) this.spelled.set(begin + i - from, text);
  }

  private grow(room: number): void {
    const wider = <A extends Uint8Array | Int32Array>(old: A, made: A): A => { made.set(old); return made; };
    this.codes = wider(this.codes, new Uint8Array(room));
    this.starts = wider(this.starts, new Int32Array(room));
    this.ends = wider(this.ends, new Int32Array(room));
  }
}
