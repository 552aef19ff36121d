/** Where statements begin and end: a line continues inside brackets and after an operator; a bracket that is never closed does not count. */
import { readHead } from './heads';
import type { Token } from './tree';
import { LINE_END, symbolCode, symbolTable, type WordList } from './word-list';

/** Words `from` up to, not including, `to` of those that are no line ends or separators. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}
export interface Layout {
  readonly tokens: WordList;
  /** Indices of the words that are no line ends or separators. */
  readonly words: Uint32Array;
  readonly slices: readonly Slice[];
}
/** Where a word of a layout begins and ends. */
export const startOf = ({ tokens, words }: Layout, i: number): number => tokens.start(words[i] ?? -1);
export const endOf = ({ tokens, words }: Layout, i: number): number => tokens.end(words[i] ?? -1);
/** The words of a slice, for one who reads them and then lets them go. */
export function wordsOf({ tokens, words }: Layout, { from, to }: Slice): readonly Token[] {
  const out = new Array<Token>(to - from);
  for (let i = from; i < to; i++) {
    const token = tokens.at(words[i] ?? -1);
    if (token) out[i - from] = token;
  }
  return out;
}

/** The first index from which on something holds. */
export function firstFrom(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle; else low = middle + 1;
  }
  return low;
}

const CONTINUES = symbolTable([
  '+', '-', '*', '.*', './', '/', '\\', '^', '.^', '⊗', '⊕', ':', '=', ':=', '==', '>=', '<=', '>', '<', '->', '∈', '×', ',', '∂', '∇',
]);
const [OPEN, CLOSE, SQUARE, SQUARE_END, SEPARATOR, COMMA, COLON] = ['(', ')', '[', ']', ';', ',', ':'].map(symbolCode);
const nobody = (): boolean => false;

/** Statements of the words, in linear time, for any words. */
export function layOut(tokens: WordList): Layout {
  const ends = lineEnds(tokens);
  const matched = matchBrackets(tokens, ends);
  const words = new Uint32Array(tokens.length);
  let count = 0;
  const slices: Slice[] = [];
  /** Codes of the brackets that are open. */
  const open: number[] = [];
  let from = 0;
  const split = (): void => {
    if (count > from) slices.push({ from, to: count });
    from = count;
  };
  for (let i = 0; i < tokens.length; i++) {
    const code = tokens.code(i);
    if (code === LINE_END) {
      if (open.length === 0 && !continues(i)) split();
    } else if (code === SEPARATOR && open.at(-1) !== SQUARE && !isBetweenArguments(tokens, i)) {
      split();
    } else {
      words[count++] = i;
      if (matched[i] === 1) { if (code === OPEN || code === SQUARE) open.push(code); else open.pop(); }
    }
  }
  split();
  return { tokens, words: words.subarray(0, count), slices };

  function continues(newline: number): boolean {
    const last = count > from ? tokens.code(words[count - 1] ?? 0) : LINE_END;
    if (CONTINUES[last] !== 1 || newline + 1 >= tokens.length || tokens.code(newline + 1) === LINE_END) return false;
    return readHead(tokens, newline + 1, ends[newline + 1] ?? tokens.length, nobody).kind === 'other';
  }
}

const TWO_ARGUMENTS: ReadonlySet<string> = new Set(['matrix', 'grad', 'jacobian', 'hessian', 'dot', 'kron']);
/** How far before a semicolon the call that it stands in may begin. */
const NEAR = 64;
/** The semicolon of `matrix(m; n)` and of `grad(f; x)`, which the declaration and the call complain of. */
function isBetweenArguments(tokens: WordList, at: number): boolean {
  if (at + 2 >= tokens.length || tokens.code(at + 2) !== CLOSE) return false;
  let depth = 0;
  for (let i = at - 1; i > 0 && i > at - NEAR; i--) {
    const code = tokens.code(i);
    if (code === LINE_END || code === SEPARATOR) return false;
    if (code === CLOSE) depth++;
    else if (code === OPEN && depth-- === 0) return i < at - 1 && TWO_ARGUMENTS.has(tokens.text(i - 1));
  }
  return false;
}

/** Whether a line begins a statement whatever stands before it: no bracket stays open across it, and no line before it goes on. */
export function beginsAnyway(tokens: WordList, at: number): boolean {
  if (at === 0 || at >= tokens.length) return true;
  let end = at;
  while (end < tokens.length && tokens.code(end) !== LINE_END) end++;
  const head = readHead(tokens, at, end, nobody);
  return head.kind !== 'other' && (head.kind !== 'definition' || head.parameters !== undefined || tokens.code(at - 2) !== COMMA);
}

/** For each word, the index of the line end after it. */
function lineEnds(tokens: WordList): Uint32Array {
  const ends = new Uint32Array(tokens.length);
  let end = tokens.length;
  for (let i = tokens.length - 1; i >= 0; i--) {
    if (tokens.code(i) === LINE_END) end = i;
    ends[i] = end;
  }
  return ends;
}

/** 1 at brackets that have a partner. A line that begins like a statement closes the account of those before it. */
function matchBrackets(tokens: WordList, ends: Uint32Array): Uint8Array {
  const matched = new Uint8Array(tokens.length);
  /** Places of open brackets, and how many of them are square. */
  const stack: number[] = [];
  let squares = 0;
  const isTop = (opener: number | undefined): boolean => { const top = stack[stack.length - 1]; return top !== undefined && tokens.code(top) === opener; };
  const close = (i: number, opener: number | undefined): void => {
    if (opener === SQUARE && squares === 0) return;
    while (!isTop(opener)) if (stack.pop() === undefined) return;
    if (opener === SQUARE) squares--;
    matched[stack.pop() ?? i] = 1;
    matched[i] = 1;
  };
  for (let i = 0; i < tokens.length; i++) {
    const code = tokens.code(i);
    if (code === LINE_END) {
      if (stack.length > 0 && beginsStatement(i + 1, i - 1)) { stack.length = 0; squares = 0; }
    } else if (code === OPEN || code === SQUARE) { stack.push(i); if (code === SQUARE) squares++; }
    else if (code === CLOSE) { if (isTop(OPEN)) close(i, OPEN); }
    else if (code === SQUARE_END) close(i, SQUARE);
    else if (code === SEPARATOR && isTop(OPEN) && !isBetweenArguments(tokens, i)) { stack.length = 0; squares = 0; }
  }
  return matched;

  /** `i = 1:n` on a line of its own inside `sum(…,` is an argument, not a definition. */
  function beginsStatement(at: number, before: number): boolean {
    const end = ends[at] ?? tokens.length;
    const head = readHead(tokens, at, end, nobody);
    if (head.kind === 'other') return false;
    if (head.kind !== 'definition' || head.parameters !== undefined || before < 0 || tokens.code(before) !== COMMA) return true;
    for (let k = head.equals + 1; k < end; k++) if (tokens.code(k) === COLON) return false;
    return true;
  }
}
