/** Where statements begin and end: a line continues inside brackets and after an operator; a bracket that is never closed does not count. */
import { isSymbol, readHead } from './heads';
import type { Token } from './tree';

/** Words `from` up to, not including, `to` of `words`. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}
export interface Layout {
  /** The words without line ends and separators. */
  readonly words: readonly Token[];
  readonly slices: readonly Slice[];
}

const CONTINUES: ReadonlySet<string> = new Set([
  '+', '-', '*', '.*', './', '/', '\\', '^', '.^', '⊗', '⊕', ':', '=', ':=', '==', '>=', '<=', '>', '<', '->', '∈', '×', ',', '∂', '∇',
]);
const nobody = (): boolean => false;

/** Statements of the words, in linear time, for any words. */
export function layOut(tokens: readonly Token[]): Layout {
  const ends = lineEnds(tokens);
  const matched = matchBrackets(tokens, ends);
  // As long as it can be, and cut in the end: a list that grows leaves several times as much behind.
  const words = new Array<Token>(tokens.length);
  let count = 0;
  const slices: Slice[] = [];
  const open: string[] = [];
  let from = 0;
  const split = (): void => {
    if (count > from) slices.push({ from, to: count });
    from = count;
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (token.kind === 'newline') {
      if (open.length === 0 && !continues(i)) split();
    } else if (token.kind === 'symbol' && token.text === ';' && open.at(-1) !== '[' && !isBetweenSizes(tokens, i)) {
      split();
    } else {
      words[count++] = token;
      if (matched[i] === 1) { if (isSymbol(token, '(', '[')) open.push(token.text); else open.pop(); }
    }
  }
  split();
  words.length = count;
  return { words, slices };

  function continues(newline: number): boolean {
    const last = count > from ? words[count - 1] : undefined;
    if (last?.kind !== 'symbol' || !CONTINUES.has(last.text)) return false;
    const next = tokens[newline + 1];
    if (next === undefined || next.kind === 'newline') return false;
    return readHead(tokens, newline + 1, ends[newline + 1] ?? tokens.length, nobody).kind === 'other';
  }
}

/** The semicolon of `matrix(m; n)`, which the declaration complains of. */
const isBetweenSizes = (tokens: readonly Token[], at: number): boolean => tokens[at - 3]?.text === 'matrix' && isSymbol(tokens[at - 2], '(') && isSymbol(tokens[at + 2], ')');

/** For each word, the index of the line end after it. */
function lineEnds(tokens: readonly Token[]): Uint32Array {
  const ends = new Uint32Array(tokens.length);
  let end = tokens.length;
  for (let i = tokens.length - 1; i >= 0; i--) {
    if (tokens[i]?.kind === 'newline') end = i;
    ends[i] = end;
  }
  return ends;
}

/** 1 at brackets that have a partner. A line that begins like a statement closes the account of those before it. */
function matchBrackets(tokens: readonly Token[], ends: Uint32Array): Uint8Array {
  const matched = new Uint8Array(tokens.length);
  /** Places of open brackets, and how many of them are square. */
  const stack: number[] = [];
  let squares = 0;
  const isTop = (opener: string): boolean => { const top = stack[stack.length - 1]; return top !== undefined && tokens[top]?.text === opener; };
  const close = (i: number, opener: string): void => {
    if (opener === '[' && squares === 0) return;
    while (!isTop(opener)) if (stack.pop() === undefined) return;
    if (opener === '[') squares--;
    matched[stack.pop() ?? i] = 1;
    matched[i] = 1;
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (token.kind === 'newline') {
      if (stack.length > 0 && beginsStatement(i + 1, tokens[i - 1])) { stack.length = 0; squares = 0; }
    } else if (token.kind === 'symbol') {
      if (token.text === '(' || token.text === '[') { stack.push(i); if (token.text === '[') squares++; }
      else if (token.text === ')') { if (isTop('(')) close(i, '('); }
      else if (token.text === ']') close(i, '[');
      else if (token.text === ';' && isTop('(') && !isBetweenSizes(tokens, i)) { stack.length = 0; squares = 0; }
    }
  }
  return matched;

  /** `i = 1:n` on a line of its own inside `sum(…,` is an argument, not a definition. */
  function beginsStatement(at: number, before: Token | undefined): boolean {
    const end = ends[at] ?? tokens.length;
    const head = readHead(tokens, at, end, nobody);
    if (head.kind === 'other') return false;
    if (head.kind !== 'definition' || head.parameters !== undefined || !isSymbol(before, ',')) return true;
    for (let k = head.equals + 1; k < end; k++) if (isSymbol(tokens[k], ':')) return false;
    return true;
  }
}
