/** Names of a LaTeX formula: letters with styles, accents and subscripts; and the constants that look like names. */
import { kindOfLetter } from './kinds';
import { ACCENTS, LETTERS, STYLES } from './names';
import { type Reader, ambiguous, callExpr, kindOf, nameExpr, note, numberExpr, peek, unreadable } from './reader';
import { type TexToken, argument, argumentEnd, isChar, isCommand, numberAt } from './tokens';
import type { Expr, IndexItem } from '../tree';

export interface Letter {
  readonly name: string;
  readonly bold: boolean;
  readonly end: number;
  /** Set in a calligraphic style: often a function. */
  readonly script: boolean;
}

/** One letter at `at`, with its styles and accents, without subscripts; undefined where something else stands there. */
export function letterAt(tokens: readonly TexToken[], at: number, depth = 0): Letter | undefined {
  const token = tokens[at];
  if (token === undefined || depth > 8) return undefined;
  if (token.kind === 'char' && /^\p{L}$/u.test(token.text)) return { name: token.text, bold: false, end: at + 1, script: false };
  if (token.kind !== 'command') return undefined;
  const letter = LETTERS.get(token.text);
  if (letter !== undefined) return { name: letter, bold: false, end: at + 1, script: false };
  const style = STYLES.get(token.text);
  const accent = ACCENTS.get(token.text);
  if (style === undefined && accent === undefined) return undefined;
  const inner = argument(tokens, at + 1);
  const end = argumentEnd(tokens, at + 1);
  const found = letterAt(inner, 0, depth + 1);
  if (found === undefined) return undefined;
  if (accent !== undefined) {
    const sub = subscriptAt(inner, found.end);
    if (sub !== undefined && sub.end !== inner.length) return undefined;
    if (sub === undefined && found.end !== inner.length) return undefined;
    return { ...found, name: `${found.name}${sub ? `_${sub.text}` : ''}_${accent}`, end };
  }
  if (found.end !== inner.length) return undefined;
  return { ...found, bold: found.bold || style === 'bold', end, script: found.script || token.text === 'mathcal' || token.text === 'mathscr' };
}

export interface Subscript {
  readonly text: string;
  readonly parts: readonly string[];
  /** It holds more than letters, numbers and commas: `k-1`, `k|k`, `*`. */
  readonly counts: boolean;
  readonly end: number;
}

/** `_{xx}`, `_1`, `_{\mathrm{Ridge}}` as the end of a name. */
export function subscriptAt(tokens: readonly TexToken[], at: number): Subscript | undefined {
  if (!isChar(tokens[at], '_')) return undefined;
  const parts: string[] = [];
  const signs: string[] = [];
  const arg = argument(tokens, at + 1);
  let text = '';
  for (let i = 0; i < arg.length;) {
    const token = arg[i];
    if (token === undefined) break;
    if (token.kind === 'number') { const digits = numberAt(arg, i); parts.push(digits.text); text += digits.text; i = digits.end; continue; }
    const sign = SIGN_NAMES.get(token.text);
    if (sign !== undefined) { text += sign; signs.push(token.text); i++; continue; }
    if (isCommand(token, 'max', 'min')) { parts.push(token.text); text += token.text; i++; continue; }
    if (token.kind === 'command' && STYLES.get(token.text) === 'words') {
      const word = argument(arg, i + 1);
      if (!word.every((t) => t.kind === 'number' || (t.kind === 'char' && /^[\p{L}-]$/u.test(t.text)))) return undefined;
      const spelledOut = word.filter((t) => t.text !== '-').map((t) => t.text).join('');
      parts.push(spelledOut);
      text += spelledOut;
      i = argumentEnd(arg, i + 1);
      continue;
    }
    const letter = letterAt(arg, i);
    if (letter === undefined) return undefined;
    const nested = subscriptAt(arg, letter.end);
    parts.push(letter.name);
    text += letter.name + (nested ? `_${nested.text}` : '');
    i = nested?.end ?? letter.end;
  }
  return text === '' || /_$/.test(text) ? undefined : { text, parts, counts: signs.some((s) => s !== ','), end: argumentEnd(tokens, at + 1) };
}
/** Signs of a subscript as parts of a name: `x_{k-1}` is `x_km1`, `P_{k|k-1}` is `P_k_km1`, `K_*` is `K_star`. */
const SIGN_NAMES: ReadonlyMap<string, string> = new Map([[',', '_'], ['|', '_'], ['mid', '_'], ['vert', '_'], ['+', 'p'], ['-', 'm'], ['−', 'm'], ['*', 'star'], ['ast', 'star'], ['star', 'star']]);

const INDEX = /^[i-l]$/;
const isIndex = (r: Reader, part: string): boolean => INDEX.test(part) || r.bound.includes(part) || /^[0-9]+$/.test(part);
const atom = (part: string): Expr => (/^[0-9]+$/.test(part) ? numberExpr(part) : nameExpr(part));

/** A letter with its subscript: a name, an entry in a sum, a basis vector, an identity. The cursor is after both. */
export function named(r: Reader, letter: Letter, start: TexToken | undefined): { readonly expr: Expr; readonly name: string | undefined } {
  r.at = letter.end;
  const bold = letter.bold || r.bold;
  const isKnown = (name: string): boolean => r.snippet.declared.has(name) || r.snippet.definitions.has(name);
  const hasSubscript = isChar(peek(r), '_');
  const special = specialAt(r, letter, isKnown);
  if (special) return { expr: special, name: undefined };
  const increment = letter.name === 'Delta' && !isKnown('Delta') && r.snippet.deltaIsIncrement ? letterAt(r.tokens, r.at) : undefined;
  if (increment) {
    const sub = subscriptAt(r.tokens, increment.end);
    r.at = sub?.end ?? increment.end;
    const name = `Delta_${increment.name}${sub ? `_${sub.text}` : ''}`;
    note(r, `\`${name}\` is read as an increment, one name.`);
    const kind = kindOf(r, increment.name) ?? kindOfLetter(increment.name);
    r.snippet.seen.set(name, increment.bold && kind === 'scalar' ? 'vector' : kind);
    return { expr: nameExpr(name), name };
  }
  if (!hasSubscript) {
    see(r, letter.name, bold);
    return { expr: nameExpr(letter.name), name: letter.name };
  }
  const sub = subscriptAt(r.tokens, r.at);
  if (sub === undefined) {
    const items = slicesOf(argument(r.tokens, r.at + 1));
    if (!items) return { expr: unreadable(r, 'This subscript cannot be part of a name.', peek(r)), name: undefined };
    r.at = argumentEnd(r.tokens, r.at + 1);
    return { expr: { kind: 'index', arg: nameExpr(letter.name), items, range: { start: 0, end: 0 } }, name: undefined };
  }
  r.at = sub.end;
  const full = `${letter.name}_${sub.text}`;
  if (sub.counts && !isKnown(full)) {
    if (sub.parts.some((p) => r.bound.includes(p))) return { expr: unreadable(r, 'The index of a sum with something added to it, as in `x_{i-1}`, has no counterpart.', start), name: undefined };
    note(r, `The subscript of \`${full}\` is part of its name.`);
    see(r, full, bold);
    return { expr: nameExpr(full), name: full };
  }
  if (!isKnown(full) && isEntryOfMatrix(letter, sub)) {
    note(r, `\`${letter.name}_{${sub.parts.join('')}}\` is read as an entry: declare its indices \`: scalar\`.`);
    return { expr: entryOf(letter.name, sub.parts), name: undefined };
  }
  if (!isKnown(full) && sub.parts.some((p) => r.bound.includes(p) || (r.snippet.indices.has(p) && sub.parts.every((q) => INDEX.test(q))))) {
    const row = sub.parts.length === 1 ? rowOf(r, letter, sub.parts[0] ?? '') : undefined;
    if (row) return { expr: row, name: undefined };
    const isColumn = sub.parts.length === 1 && /^\p{Lu}/u.test(letter.name) && r.snippet.declared.get(letter.name) !== 'vector';
    if (bold || isColumn || sub.parts.length > 2) return { expr: isColumn && !sub.parts.some((p) => r.bound.includes(p)) ? nameExpr(full) : ambiguous(r, VECTOR_OF_A_SUM, start), name: isColumn ? full : undefined };
    return { expr: entryOf(letter.name, sub.parts), name: undefined };
  }
  // `A_{1,2}` of a declared array is an entry of it.
  const kind = r.snippet.declared.get(letter.name);
  if (!isKnown(full) && sub.parts.length === (kind === 'matrix' ? 2 : kind === 'vector' ? 1 : 0) && sub.parts.every((p) => /^[0-9]+$/.test(p) || r.snippet.declared.get(p) === 'scalar')) {
    return { expr: entryOf(letter.name, sub.parts), name: undefined };
  }
  see(r, full, bold);
  return { expr: nameExpr(full), name: full };
}

export const VECTOR_OF_A_SUM = 'A vector with the index of a sum. Declare the matrix whose rows these vectors are (`X : matrix(n, p)`), and `x_i` is read as its row; or write products: `\\|y - X\\beta\\|^2`.';

const entryOf = (name: string, parts: readonly string[]): Expr => ({ kind: 'index', arg: nameExpr(name), items: parts.map((p) => ({ kind: 'at', expr: atom(p), range: { start: 0, end: 0 } })), range: { start: 0, end: 0 } });
/** `A_{ij}`: a capital letter with two of the letters that count. */
export const isEntryOfMatrix = (letter: Letter, sub: Subscript): boolean => /^\p{Lu}/u.test(letter.name) && !sub.counts && sub.parts.length === 2 && sub.parts.every((p) => INDEX.test(p)) && sub.text.replace('_', '') === sub.parts.join('');

/** `x_i` under a sum over i, where a matrix `X` is declared and no `x`: row i of X, which stands as a column. */
function rowOf(r: Reader, letter: Letter, index: string): Expr | undefined {
  const large = letter.name.charAt(0).toUpperCase() + letter.name.slice(1);
  if (large === letter.name || r.snippet.declared.has(letter.name) || r.snippet.declared.get(large) !== 'matrix') return undefined;
  note(r, `\`${letter.name}_${index}\` is read as row ${index} of \`${large}\`, which stands as a column.`);
  const range = { start: 0, end: 0 };
  return { kind: 'transpose', arg: { kind: 'index', arg: nameExpr(large), items: [{ kind: 'at', expr: atom(index), range }, { kind: 'all', range }], range }, range } as Expr;
}

function see(r: Reader, name: string, bold: boolean): void {
  if (!bold) return;
  const isLower = /^\p{Ll}/u.test(name);
  if (isLower) r.snippet.usesBold = true;
  r.snippet.seen.set(name, isLower ? 'vector' : 'matrix');
}

/** `I_n`, `e_i`, `E_{ij}`, `\delta_{ij}`, `K^{(m,n)}` where nobody declared the letter. */
function specialAt(r: Reader, letter: Letter, isKnown: (name: string) => boolean): Expr | undefined {
  if (isKnown(letter.name)) return undefined;
  const mark = peek(r);
  const arg = mark ? argument(r.tokens, r.at + 1) : [];
  const end = argumentEnd(r.tokens, r.at + 1);
  const sub = isChar(mark, '_') ? subscriptAt(r.tokens, r.at) : undefined;
  if (sub && isKnown(`${letter.name}_${sub.text}`)) return undefined;
  if (letter.name === 'I' && isChar(mark, '_')) {
    const sizes = sizesOf(arg);
    if (sizes.length === 0) return unreadable(r, 'The size of this identity matrix cannot be read.', mark);
    r.at = end;
    return callExpr('I', sizes[0] ?? nameExpr('n'));
  }
  if (letter.name === 'K' && mark && isChar(mark, '^', '_')) {
    const bare = isChar(arg[0], '(') ? arg.slice(1, -1) : arg;
    const [first, second] = [letterAt(bare, 0), letterAt(bare, 2)];
    if (bare.length === 3 && isChar(bare[1], ',') && first && second) {
      r.at = end;
      note(r, '`K` with two sizes is read as the commutation matrix.');
      return callExpr('commutation', nameExpr(first.name), nameExpr(second.name));
    }
  }
  if (sub === undefined || sub.counts || sub.parts.length > 2) return undefined;
  const wanted = letter.name === 'delta' || letter.name === 'E' ? 2 : letter.name === 'e' ? 1 : 0;
  if (wanted === 0 || sub.parts.length !== wanted || !sub.parts.every((p) => isIndex(r, p))) return undefined;
  r.at = sub.end;
  note(r, `\`${letter.name}_${sub.text}\` is read as ${letter.name === 'delta' ? 'a Kronecker delta' : letter.name === 'E' ? 'a basis matrix' : 'a basis vector'}.`);
  return callExpr(letter.name, ...sub.parts.map(atom));
}

/** `:,j` and `1:k` as slices; undefined where no colon stands. */
function slicesOf(tokens: readonly TexToken[]): readonly IndexItem[] | undefined {
  if (!tokens.some((t) => isChar(t, ':'))) return undefined;
  const range = { start: 0, end: 0 };
  const parts = (list: readonly TexToken[], mark: string): readonly (readonly TexToken[])[] => {
    const out: TexToken[][] = [[]];
    for (const t of list) { if (isChar(t, mark)) out.push([]); else out.at(-1)?.push(t); }
    return out;
  };
  const items = parts(tokens, ',').map((part): IndexItem | undefined => {
    const ends = parts(part, ':');
    const [from, to] = ends.map(sizeOf);
    if (ends.length === 1) return from && { kind: 'at', expr: from, range };
    if (part.length === 1) return { kind: 'all', range };
    return ends.length === 2 && from && to ? { kind: 'range', from, to, range } : undefined;
  });
  return items.length <= 2 && items.every((i) => i !== undefined) ? items.filter((i) => i !== undefined) : undefined;
}

/** `n`, `m\times n`, `mn`, `n+1` as sizes. */
export function sizesOf(tokens: readonly TexToken[]): readonly Expr[] {
  const parts: TexToken[][] = [[]];
  for (const t of tokens) { if (isCommand(t, 'times') || isChar(t, ',')) parts.push([]); else parts.at(-1)?.push(t); }
  const sizes = parts.map(sizeOf);
  return sizes.every((s) => s !== undefined) ? sizes.filter((s) => s !== undefined) : [];
}
function sizeOf(tokens: readonly TexToken[]): Expr | undefined {
  let sum: Expr | undefined;
  let product: Expr | undefined;
  let sign: '+' | '-' = '+';
  const flush = (): void => {
    if (product) sum = sum ? { kind: 'binary', op: sign, left: sum, right: product, opRange: { start: 0, end: 0 }, implicit: false, range: { start: 0, end: 0 } } : product;
    product = undefined;
  };
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i];
    if (isChar(token, '+', '-')) { flush(); if (!sum) return undefined; sign = token?.text === '-' ? '-' : '+'; i++; continue; }
    if (isCommand(token, 'cdot') || isChar(token, '*')) { i++; continue; }
    const letter = letterAt(tokens, i);
    const sub = letter ? subscriptAt(tokens, letter.end) : undefined;
    const digits = token?.kind === 'number' ? numberAt(tokens, i) : undefined;
    const factor = digits ? numberExpr(digits.text) : letter ? nameExpr(letter.name + (sub ? `_${sub.text}` : '')) : undefined;
    if (factor === undefined) return undefined;
    product = product ? { kind: 'binary', op: '*', left: product, right: factor, opRange: { start: 0, end: 0 }, implicit: false, range: { start: 0, end: 0 } } : factor;
    i = digits ? digits.end : sub?.end ?? letter?.end ?? i + 1;
  }
  flush();
  return sum;
}

/** What a function of a letter could be: `f(x)` in a formula that does not define f. */
export function mayBeCalled(r: Reader, letter: Letter): boolean {
  if (r.snippet.declared.has(letter.name) || r.snippet.definitions.has(letter.name)) return false;
  if (/^(?:Phi|Psi)$/.test(letter.name) && r.snippet.transposed.has(letter.name)) return false;
  return letter.script || (/^(?:[fgh]|phi|psi|sigma|Phi|Psi)$/.test(letter.name) && kindOf(r, letter.name) !== 'vector');
}
export const kindNoted = (r: Reader, name: string): void => {
  if (kindOf(r, name) === undefined) note(r, `\`${name}\` is taken for a ${kindOfLetter(name)} by its letter.`);
};
/** `(x)`, `(x_n)`, `(x, y)`: letters alone between parentheses, as nobody writes a factor. */
export function loneArgument(tokens: readonly TexToken[], open: number): string | undefined {
  const names: string[] = [];
  let at = open;
  do {
    const letter = letterAt(tokens, at + 1);
    if (!letter) return undefined;
    const sub = subscriptAt(tokens, letter.end);
    names.push(letter.name + (sub ? `_${sub.text}` : ''));
    at = sub?.end ?? letter.end;
  } while (isChar(tokens[at], ',', ';'));
  return isChar(tokens[at], ')') ? names.join(', ') : undefined;
}
