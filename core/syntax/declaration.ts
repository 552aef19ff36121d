/** `X : matrix(m, n) posdef`, `x ∈ R^n`, `g : R^n -> R`: names, a type and structure words. Part of the statement parser. */
import { closeBracket, leaveBracket, openBracket } from './brackets';
import { type Cursor, hereRange, isNext, lastRange, missing, named, nameOf, peek, rangeOf, report, take } from './cursor';
import { expression } from './expression';
import { isOneOf, isSymbol, startsType } from './heads';
import type { Declaration, Expr, NameExpr, Range, Token, TypeExpr, Word } from './tree';
import { STRUCTURE_WORDS, TYPE_WORDS } from './words';

/** After the colon. `names` are what is declared; `meant` is the type that a misspelled first word stands for. */
export function declaration(c: Cursor, names: readonly NameExpr[], meant?: string): Declaration {
  const start = names[0]?.range.start ?? hereRange(c).start;
  const token = peek(c);
  let type: TypeExpr | undefined;
  const before = wordsBeforeType(c);
  if (before.length > 0) {
    type = typeAfterWords(c, before);
  } else if (token?.kind === 'name' && !STRUCTURE_WORDS.has(token.text)) {
    const first = typeExpr(c, meant);
    type = first && functionType(c, first);
  } else if (token?.kind !== 'name') {
    report(c, 'MC1005', `Found ${named(token)} where a type was expected: \`scalar\`, \`vector(n)\`, \`matrix(m, n)\` or \`R^(m×n)\`.`, hereRange(c));
  }
  const words = [...before, ...structureWords(c)];
  const range = { start, end: lastRange(c).end };
  return { kind: 'declaration', names, ...(type && { type }), words, range };
}

/** `symmetric matrix(n, n)` and `posdef(n)`: the structure words that precede a type or its sizes. Takes nothing where neither follows. */
function wordsBeforeType(c: Cursor): readonly Word[] {
  const words: Word[] = [];
  for (let token = peek(c); token?.kind === 'name' && STRUCTURE_WORDS.has(token.text); token = peek(c, words.length)) words.push({ word: token.text, range: rangeOf(token) });
  const next = peek(c, words.length);
  if (words.length === 0 || !(isSymbol(next, '(') || (next?.kind === 'name' && (TYPE_WORDS.has(next.text) || next.text === 'R' || next.text === 'ℝ')))) return [];
  c.at += words.length;
  return words;
}

/** The structure words of vectors too, which are declared with one size. */
const OF_VECTORS: ReadonlySet<string> = new Set(['positive', 'nonnegative']);

function typeAfterWords(c: Cursor, words: readonly Word[]): TypeExpr | undefined {
  const start = words[0]?.range.start ?? hereRange(c).start;
  const from = c.at;
  const open = peek(c);
  const said = words.map((w) => w.word).join(' ');
  let type: TypeExpr | undefined;
  if (isSymbol(open, '(') && open) {
    const [rows, cols = rows] = sizeList(c, open);
    const whole = { start, end: lastRange(c).end };
    const isVector = cols === rows && words.every((w) => OF_VECTORS.has(w.word));
    type = sized(isVector ? 'vector' : 'matrix', isVector ? (rows ? [rows] : []) : rows && cols ? [rows, cols] : [], whole);
  } else type = typeExpr(c);
  const read = c.words.slice(from, c.at).map((token) => token.text).join('').replaceAll(',', ', ');
  const size = /^(?:matrix)?\(([^,()]+)\)$/.exec(read)?.[1];
  const kind = type?.kind ?? 'matrix';
  const text = size !== undefined && kind === 'matrix' ? `matrix(${size}, ${size})` : read === '' || /^\(\)?$/.test(read) ? kind : read.startsWith('(') ? `${kind}${read}` : read;
  // Sizes that are not closed are told of on their own.
  const isWhole = !text.includes('(') || text.endsWith(')');
  const meant = isWhole ? `${text} ${said}` : `matrix(n, n) ${said}`;
  const range = { start, end: lastRange(c).end };
  report(c, 'MC1005', open?.kind === 'name' ? `Structure words come after the type: \`${meant}\`.` : `\`${said}\` is no type: sizes belong to the type, as in \`${meant}\`.`, range, {
    ...(isWhole && { fixes: [{ title: `Write \`${meant}\``, edits: [{ range, text: meant }], safe: true }] }),
  });
  return type;
}

/** What shows that the word before it is no structure word but the beginning of a statement or a call. */
const BEGINS_OTHER: ReadonlySet<string> = new Set(['=', ':=', ':', '∈', '(']);

function structureWords(c: Cursor): readonly Word[] {
  const words: Word[] = [];
  for (;;) {
    const comma = isNext(c, ',') && STRUCTURE_WORDS.has(peek(c, 1)?.text ?? '') ? 1 : 0;
    const token = peek(c, comma);
    const after = peek(c, comma + 1);
    if (token?.kind !== 'name' || isOneOf(after, BEGINS_OTHER)) return words;
    if (isSymbol(after, ',') && !STRUCTURE_WORDS.has(token.text)) return words;
    c.at += comma + 1;
    words.push({ word: token.text, range: rangeOf(token) });
  }
}

/** `R^n × R^m -> R`, where an arrow or another type follows the first. */
function functionType(c: Cursor, first: TypeExpr): TypeExpr {
  const from = [first];
  while (isNext(c, '×', ',') && (startsType(peek(c, 1), () => false) && !STRUCTURE_WORDS.has(peek(c, 1)?.text ?? ''))) {
    c.at++;
    const next = typeExpr(c);
    if (next) from.push(next);
  }
  if (!take(c, '->')) {
    if (from.length > 1) report(c, 'MC1005', 'Several types make the arguments of a function: `g : R^n × R^m -> R`.', from[1]?.range ?? first.range);
    return first;
  }
  if (!startsType(peek(c), () => false)) {
    report(c, 'MC1005', `Found ${named(peek(c))} where the type of the result was expected: \`g : R^n -> R\`.`, hereRange(c));
    return first;
  }
  const to = typeExpr(c);
  return to ? { kind: 'function', from, to, range: { start: first.range.start, end: to.range.end } } : first;
}

function typeExpr(c: Cursor, meant?: string): TypeExpr | undefined {
  const found = peek(c);
  if (found === undefined) return undefined;
  const token = meant === undefined ? found : { ...found, text: meant };
  const range = rangeOf(token);
  if (token.text === 'R' || token.text === 'ℝ') { c.at++; return reals(c, range); }
  if (!TYPE_WORDS.has(token.text)) {
    c.at++;
    report(c, 'MC1005', `${named(token)} is not a type. Types are \`scalar\`, \`vector(n)\`, \`matrix(m, n)\` and \`R^(m×n)\`.`, range);
    return undefined;
  }
  c.at++;
  const open = peek(c);
  const loose = token.text === 'scalar' || !open ? undefined : looseSizes(c, token, open);
  if (loose) return sized(token.text, loose, { start: range.start, end: lastRange(c).end });
  const sizes = isSymbol(open, '(') && open ? sizeList(c, open) : [];
  const end = lastRange(c).end;
  const whole = { start: range.start, end };
  const expected = token.text === 'scalar' ? 0 : token.text === 'vector' ? 1 : 2;
  if (sizes.length > 0 && sizes.length !== expected) {
    const what = expected === 0 ? 'A scalar has no size' : expected === 1 ? 'A vector has one size, `vector(n)`' : 'A matrix has two sizes, `matrix(m, n)`';
    report(c, 'MC1005', `${what}; ${sizes.length} ${sizes.length === 1 ? 'is' : 'are'} given.`, whole);
  }
  return sized(token.text, sizes, whole);
}

/** Sizes as others write them: `vector n`, `vector[n]`, `matrix m x n`, `matrix(m x n)`, `matrix(m; n)`. Undefined for `(m, n)` and where no sizes stand. */
function looseSizes(c: Cursor, type: Token, open: Token): readonly Expr[] | undefined {
  const closer = isSymbol(open, '(') ? ')' : isSymbol(open, '[') ? ']' : undefined;
  const isSize = (t: Token | undefined): t is Token => t !== undefined && (t.kind === 'number' || (t.kind === 'name' && (closer !== undefined || /^\p{L}[0-9]?$/u.test(t.text)) && !STRUCTURE_WORDS.has(t.text)));
  const wanted = type.text === 'vector' ? 1 : 2;
  const sizes: Token[] = [];
  let isOdd = closer !== ')';
  let at = c.at + (closer === undefined ? 0 : 1);
  for (; sizes.length < wanted && at < c.to && isSize(c.words[at]); at++) {
    const size = c.words[at];
    if (size) sizes.push(size);
    if (sizes.length === wanted) { at++; break; }
    const next = c.words[at + 1];
    const isSign = at + 1 < c.to && (isSymbol(next, ';', '×', '*') || (next?.kind === 'name' && (next.text === 'x' || next.text === 'by') && isSize(c.words[at + 2])));
    if (isSign) { isOdd = true; at++; } else if (isSymbol(next, ',')) at++;
  }
  if (sizes.length !== wanted || !isOdd || (closer !== undefined && !(at < c.to && isSymbol(c.words[at], closer)))) return undefined;
  if (closer === undefined && at < c.to && isOneOf(c.words[at], BEGINS_OTHER)) return undefined;
  if (closer !== undefined) at++;
  const text = `${type.text}(${sizes.map((t) => t.text).join(', ')})`;
  c.at = at;
  const range = { start: type.start, end: lastRange(c).end };
  report(c, 'MC1005', `Sizes stand in parentheses, with a comma between them: \`${text}\`.`, range, { fixes: [{ title: `Write \`${text}\``, edits: [{ range, text }], safe: true }] });
  return sizes.map((t) => (t.kind === 'number' ? { kind: 'number', text: t.text, range: rangeOf(t) } : nameOf(t)));
}

function sized(word: string, sizes: readonly Expr[], range: Range): TypeExpr {
  const [first, second] = sizes;
  if (word === 'scalar') return { kind: 'scalar', range };
  if (word === 'vector') return { kind: 'vector', ...(first && { size: first }), range };
  return { kind: 'matrix', ...(first && { rows: first }), ...(second && { cols: second }), range };
}

function sizeList(c: Cursor, open: Token): readonly Expr[] {
  c.at++;
  const sizes: Expr[] = [];
  const outside = openBracket(c, '(');
  if (isNext(c, ')')) {
    report(c, 'MC1012', 'No size stands between the parentheses. Leave them out, and the size is inferred.', { start: open.start, end: hereRange(c).end });
  } else do {
    sizes.push(isNext(c, ',', ')') ? emptySize(c) : expression(c));
  } while (take(c, ','));
  closeBracket(c, open, ')', '`,` or `)`');
  leaveBracket(c, outside);
  return sizes;
}
function emptySize(c: Cursor): Expr {
  report(c, 'MC1002', `Found ${named(peek(c))} where a size was expected.`, hereRange(c));
  return missing({ start: hereRange(c).start, end: hereRange(c).start });
}

/** After `R`: nothing, `^n`, `^(m×n)`, `^m×n`, `ⁿ`, `ᵐˣⁿ`. */
function reals(c: Cursor, start: Range): TypeExpr {
  const whole = (): Range => ({ start: start.start, end: lastRange(c).end });
  const superscripts: Expr[] = [];
  for (let token = peek(c); token?.kind === 'superscript'; token = peek(c)) {
    c.at++;
    if (token.text !== 'x') superscripts.push(/^[0-9]+$/.test(token.text) ? { kind: 'number', text: token.text, range: rangeOf(token) } : nameOf(token));
  }
  if (superscripts.length > 0) return sized(superscripts.length === 1 ? 'vector' : 'matrix', superscripts, whole());
  if (!take(c, '^')) return { kind: 'scalar', range: start };
  const open = peek(c);
  const sizes: Expr[] = [];
  if (open && isSymbol(open, '(', '{')) {
    c.at++;
    const closer = open.text === '(' ? ')' : '}';
    const outside = openBracket(c, open.text);
    do sizes.push(sizeFactor(c, true)); while (takeTimes(c));
    closeBracket(c, open, closer, `\`×\` or \`${closer}\``);
    leaveBracket(c, outside);
  } else {
    const glued = /^(\p{L}|[0-9]+)x(\p{L}|[0-9]+)$/u.exec(open?.kind === 'name' ? open.text : '');
    if (open && glued) {
      const meant = `(${glued[1] ?? 'm'}×${glued[2] ?? 'n'})`;
      report(c, 'MC1005', `The sizes of a matrix stand in parentheses: \`R^${meant}\`.`, rangeOf(open), { fixes: [{ title: `Write \`R^${meant}\``, edits: [{ range: rangeOf(open), text: meant }], safe: true }] });
    }
    sizes.push(sizeFactor(c, false));
    if (isNext(c, '×') && !startsType(peek(c, 1), () => false)) { c.at++; sizes.push(sizeFactor(c, false)); }
  }
  if (sizes.length > 2) report(c, 'MC1005', 'An array has at most two sizes: `R^(m×n)`.', whole());
  return sized(sizes.length === 1 ? 'vector' : 'matrix', sizes, whole());
}

/** `×`, a comma, or the letter x between two sizes. */
function takeTimes(c: Cursor): boolean {
  if (take(c, '×', ',')) return true;
  const token = peek(c);
  if (token?.kind !== 'name' || token.text !== 'x') return false;
  c.at++;
  return true;
}

/** A size inside `R^(…)`; the letter x between names separates, so a name there takes no factor without `*`. */
function sizeFactor(c: Cursor, inside: boolean): Expr {
  const token = peek(c);
  const next = peek(c, 1);
  const ends = next === undefined || isSymbol(next, '×', ',', ')', '}') || (next.kind === 'name' && next.text === 'x');
  if (token && (token.kind === 'name' || token.kind === 'number') && (ends || !inside)) {
    c.at++;
    return token.kind === 'name' ? nameOf(token) : { kind: 'number', text: token.text, range: rangeOf(token) };
  }
  if (!inside && !isSymbol(token, '(')) {
    report(c, 'MC1005', `Found ${named(token)} where a size was expected: \`R^n\`, \`R^(m×n)\`.`, hereRange(c));
    return missing(hereRange(c));
  }
  return sizeSum(c);
}

/** Reads a size up to `×`, which is no operator of expressions. */
function sizeSum(c: Cursor): Expr {
  let depth = 0;
  let to = c.at;
  for (; to < c.to; to++) {
    const token = c.words[to];
    if (isSymbol(token, '(', '[')) depth++;
    else if (isSymbol(token, ')', ']', '}')) { if (depth === 0) break; depth--; }
    else if (depth === 0 && isSymbol(token, '×', ',')) break;
  }
  const part: Cursor = { ...c, to, brackets: [...c.brackets] };
  const size = expression(part);
  c.at = Math.max(part.at, c.at);
  c.stopped ||= part.stopped;
  return size;
}
