/** Statements of other languages, by the word that they begin with: imports, returns, conditions, loops, minimisations, functions without a name. Each is one complaint at that word, and the rest is not read. */
import { type Cursor, nameOf, peek, rangeOf, report } from './cursor';
import type { Fix } from './diagnostic';
import { isSymbol } from './heads';
import type { NameExpr, Range, Statement, Token } from './tree';

interface Complaint { readonly message: string; readonly at: Token; readonly to?: Token; readonly fixes?: readonly Fix[] }

const IMPORTS: ReadonlySet<string> = new Set(['import', 'from', 'using', 'include', 'library', 'require', 'addpath']);
const LOOPS: ReadonlySet<string> = new Set(['if', 'for', 'while', 'else', 'elif', 'elseif', 'switch', 'repeat', 'try']);
const SHOWS: ReadonlySet<string> = new Set(['return', 'print', 'disp', 'display', 'println', 'show', 'echo']);
const OPTIMISES = /^(?:(?:arg)?(?:min|max)(?:_\p{L}\w*)|argmin|argmax|minimi[sz]e|maximi[sz]e)$/u;
const DEFINES: ReadonlySet<string> = new Set(['def', 'function', 'fun', 'func', 'fn']);
const CLAIMS: ReadonlySet<string> = new Set(['assert', 'prove', 'claim', 'show']);
const SYMBOLS: ReadonlySet<string> = new Set(['syms', 'declare', 'symbols', 'variable', 'variables', 'param', 'parameter', 'parameters']);

const between = (from: Token, to: Token | undefined): Range => ({ start: from.start, end: (to ?? from).end });
const remove = (title: string, ...ranges: readonly Range[]): Fix => ({ title, edits: ranges.map((range) => ({ range, text: '' })), safe: false });

/** Reports such a statement and passes over it; false where the cursor stands at something else. */
export function foreignHead(c: Cursor): boolean {
  const complaint = byWord(c) ?? comment(c);
  if (complaint === undefined) return false;
  report(c, 'MC1024', complaint.message, between(complaint.at, complaint.to), complaint.fixes && { fixes: complaint.fixes });
  c.at = c.to;
  return true;
}

function byWord(c: Cursor): Complaint | undefined {
  const word = peek(c);
  const next = peek(c, 1);
  const last = c.words[c.to - 1];
  if (word?.kind === 'name' && word === last && word.text === 'end' && !c.names.isKnown('end')) return { message: 'A statement ends with its line, without an `end`.', at: word, fixes: [remove('Remove `end`', rangeOf(word))] };
  if (word?.kind !== 'name' || !next || !last || c.names.isKnown(word.text) || c.names.isFunction(word.text)) return undefined;
  const { text } = word;
  const isApart = next.kind === 'name' || next.kind === 'number' || isSymbol(next, '(', '[', '‖', '-');
  if (!isApart) return undefined;
  if (IMPORTS.has(text) && next.kind === 'name' || text === 'library' || text === 'require') return { message: 'Nothing is imported: all functions of the language are there by themselves.', at: word, fixes: [remove('Remove the statement', between(word, last))] };
  if (CLAIMS.has(text) && c.words.slice(c.at, c.to).some((t) => isSymbol(t, '=='))) return { message: `An identity is claimed by \`check A == B\`, not by \`${text}\`.`, at: word, fixes: [{ title: 'Write `check`', edits: [{ range: rangeOf(word), text: 'check' }], safe: false }] };
  if (STAN.has(text)) return declaredFirst(c, word, last) ?? typeFirst(c, word, next, last);
  if (SHOWS.has(text)) return shown(word, next, last);
  if (OPTIMISES.test(text)) return optimised(c, word, next, last);
  if (text === 'subject' && next.text === 'to') return { message: 'There are no constraints to a minimum. What holds of a variable is declared (`x : vector(n) positive`) or assumed (`assume A*x == b`).', at: word, to: next };
  if (LOOPS.has(text)) return { message: `There are no conditions and no loops (\`${text}\`). A finite sum is \`sum(x[i], i = 1:n)\`; \`max\`, \`abs\`, \`relu\` and \`step\` choose by sign.`, at: word };
  if (DEFINES.has(text) && isSymbol(peek(c, 2), '(')) return defined(c, word);
  if (SYMBOLS.has(text)) return symbols(c, word, last);
  return undefined;
}

/** Stan's and C's declarations, the type first: `vector[n] v`, `real alpha`. */
const STAN: ReadonlyMap<string, string> = new Map([['vector', 'vector'], ['row_vector', 'matrix'], ['matrix', 'matrix'], ['cov_matrix', 'matrix'], ['corr_matrix', 'matrix'], ['real', 'scalar'], ['int', ''], ['float', 'scalar'], ['double', 'scalar'], ['scalar', 'scalar']]);
const DECLARED = 'A declaration begins with the name: `x : vector(n)`, `A : matrix(m, n)`, `t : scalar`.';
function declaredFirst(c: Cursor, word: Token, last: Token): Complaint | undefined {
  const type = STAN.get(word.text) ?? '';
  const open = c.words.findIndex((t, i) => i > c.at && i < c.to && isSymbol(t, '['));
  const close = c.words.findIndex((t, i) => i > c.at && i < c.to && isSymbol(t, ']'));
  if (last.kind !== 'name' || (open >= 0 ? close !== c.to - 2 : c.to - c.at !== 2 || type === 'vector' || type === 'matrix')) return undefined;
  const sizes = c.words.slice(open + 1, close).map((t) => t.text);
  if (type === '') return { message: 'Whole numbers are dimensions, which are not declared: `dim n = 3` gives one a size.', at: word, to: last };
  const isPlain = type === 'scalar' ? open < 0 : open === c.at + 1 && sizes.every((s) => /^[\p{L}0-9_,]+$/u.test(s)) && (type === 'vector' ? sizes.length === 1 : sizes.length === 3) && word.text === type;
  const meant = `${last.text} : ${type}${type === 'scalar' ? '' : `(${sizes.join('').replaceAll(',', ', ')})`}`;
  return { message: DECLARED, at: word, to: last, fixes: isPlain ? [{ title: `Write \`${meant}\``, edits: [{ range: between(word, last), text: meant }], safe: false }] : [] };
}

/** `matrix A(m, n) symmetric`, `vector x`. */
function typeFirst(c: Cursor, word: Token, name: Token, last: Token): Complaint | undefined {
  const type = STAN.get(word.text);
  const close = c.words.findIndex((t, i) => i > c.at && i < c.to && isSymbol(t, ')'));
  const isSized = isSymbol(peek(c, 2), '(') && close > 0 && c.words.slice(close + 1, c.to).every((t) => t.kind === 'name');
  if (type === undefined || type === '' || name.kind !== 'name' || !(isSized ? type !== 'scalar' : name === last)) return undefined;
  const meant = `${name.text} : ${type}${isSized ? c.words.slice(c.at + 2, c.to).map((t, i) => (t.text === ',' ? ', ' : c.at + 2 + i > close ? ` ${t.text}` : t.text)).join('') : ''}`;
  return { message: DECLARED, at: word, to: last, fixes: [{ title: `Write \`${meant}\``, edits: [{ range: between(word, last), text: meant }], safe: false }] };
}

/** `return E`, `print(E)`: the expression alone. */
function shown(word: Token, next: Token, last: Token): Complaint {
  const isCall = isSymbol(next, '(') && isSymbol(last, ')');
  const drop = remove(`Remove \`${word.text}\``, { start: word.start, end: isCall ? next.end : next.start }, ...(isCall ? [rangeOf(last)] : []));
  return { message: 'A value is asked for by its expression alone.', at: word, fixes: [drop] };
}

function optimised(c: Cursor, word: Token, next: Token, last: Token): Complaint {
  const message = `Nothing is minimised here (\`${word.text}\`): write the function, and ask for its derivative with \`grad(f, x)\`.`;
  if (!isSymbol(next, '(')) return { message, at: word, fixes: [remove(`Remove \`${word.text}\``, { start: word.start, end: next.start })] };
  const comma = c.words.slice(c.at, c.to).filter((t) => isSymbol(t, ','));
  const isPair = comma.length === 1 && isSymbol(last, ')') && c.words[c.to - 2]?.kind === 'name' && c.words[c.to - 3] === comma[0];
  return { message, at: word, fixes: isPair ? [{ title: 'Ask for the gradient', edits: [{ range: rangeOf(word), text: 'grad' }], safe: false }] : [] };
}

/** `def f(x): return E` and `function f(x) = E` as `f(x) = E`. */
function defined(c: Cursor, word: Token): Complaint {
  const words = c.words.slice(c.at, c.to);
  const close = words.findIndex((t) => isSymbol(t, ')'));
  const after = words[close + 1];
  const hasHead = words[1]?.kind === 'name' && isSymbol(words[2], '(') && close > 2;
  const first = isSymbol(after, ':') ? words[words[close + 2]?.text === 'return' ? close + 3 : close + 2] : isSymbol(after, '=') ? words[close + 2] : undefined;
  const name = words[1];
  const closing = words[close];
  const fixes = hasHead && first && name && closing ? [{ title: 'Write it as a definition', edits: [{ range: { start: word.start, end: name.start }, text: '' }, { range: { start: closing.end, end: first.start }, text: ' = ' }], safe: false }] : [];
  return { message: 'A function is defined by its name and its arguments: `f(x) = …`.', at: word, fixes };
}

/** `syms x y` as a declaration of numbers. */
function symbols(c: Cursor, word: Token, last: Token): Complaint {
  const names = c.words.slice(c.at + 1, c.to).filter((t) => !isSymbol(t, ','));
  const isList = names.every((t) => t.kind === 'name');
  const text = `${names.map((t) => t.text).join(', ')} : scalar`;
  return { message: 'A variable is declared with its shape: `x : vector(n)`, `X : matrix(m, n)`, `t : scalar`.', at: word, fixes: isList ? [{ title: `Write \`${text.slice(0, 40)}\``, edits: [{ range: between(word, last), text }], safe: false }] : [] };
}

/** Comments of C, of Mathematica and of SQL: block comments and two dashes. */
function comment(c: Cursor): Complaint | undefined {
  const [first, second, third] = [peek(c), peek(c, 1), peek(c, 2)];
  const last = c.words[c.to - 1];
  if (!first || !second || !last || first.end !== second.start) return undefined;
  const isBlock = isSymbol(first, '/', '(') && isSymbol(second, '*', '**');
  const isDashes = isSymbol(first, '-') && isSymbol(second, '-') && third !== undefined && third.start > second.end;
  if (!isBlock && !isDashes) return undefined;
  const closes = c.words[c.to - 2];
  const isClosed = isBlock && closes !== undefined && isSymbol(closes, '*', '**') && isSymbol(last, '/', ')') && closes.end === last.start && closes !== second;
  const open = between(first, second);
  return { message: 'A comment begins with `#` and ends with the line.', at: first, to: second, fixes: [{ title: 'Write `#`', edits: [{ range: open, text: '#' }, ...(isClosed && closes ? [{ range: { start: closes.start, end: last.end }, text: '' }] : [])], safe: false }] };
}

const ARROWS: ReadonlySet<string> = new Set(['->', '=>', '↦', '|->']);

/** `f = x -> E`, `f = lambda x: E`, after the equals sign: a function without a name. `name` is what is defined. */
export function namelessFunction(c: Cursor, name: Token | undefined, equals: Token | undefined): boolean {
  if (!name || !equals || c.at >= c.to) return false;
  const isLambda = peek(c)?.text === 'lambda' && peek(c, 1)?.kind === 'name' && !c.names.isKnown('lambda');
  let at = c.at + (isLambda ? 1 : 0);
  const isParen = !isLambda && isSymbol(c.words[at], '(');
  if (isParen) at++;
  const parameters: string[] = [];
  for (;;) {
    const token = c.words[at];
    if (at >= c.to || token?.kind !== 'name') return false;
    parameters.push(token.text);
    at++;
    if (!isSymbol(c.words[at], ',')) break;
    at++;
  }
  if (isParen) { if (!isSymbol(c.words[at], ')')) return false; at++; }
  const sign = c.words[at];
  const first = c.words[at + 1];
  const begin = c.words[c.at];
  if (at + 1 >= c.to || !sign || !first || !begin || !(isLambda ? isSymbol(sign, ':') : sign.kind === 'symbol' && ARROWS.has(sign.text))) return false;
  const head = `${name.text}(${parameters.join(', ')}) = `;
  report(c, 'MC1024', `A function is defined by its name and its arguments: \`${head}…\`.`, between(begin, sign), { fixes: [{ title: `Write \`${head}…\``, edits: [{ range: { start: name.start, end: first.start }, text: head }], safe: false }] });
  c.at = c.to;
  return true;
}

const LEADS: ReadonlySet<string> = new Set(['let', 'var', 'const', 'val', 'def', 'fun', 'fn', 'function', 'local', 'auto']);
/** `f x y = …` as the definition of f by x and y. */
export function definedByBlanks(words: readonly Token[], range: Range): Statement | undefined {
  const equals = words.findIndex((t) => t.text === '=');
  const [name, ...parameters] = words.slice(0, Math.max(equals, 0));
  if (!name || parameters.length === 0 || LEADS.has(name.text) || ![name, ...parameters].every((t) => t.kind === 'name')) return undefined;
  return { kind: 'definition', name: nameOf(name), parameters: parameters.map((t) => nameOf(t)), body: { kind: 'missing', range }, range };
}

/** `f(x : vector(n), t : scalar) = …` as the definition of f by x and t. */
export function definedWithTypes(words: readonly Token[], range: Range): Statement | undefined {
  const [name, open] = words;
  if (name?.kind !== 'name' || open?.text !== '(') return undefined;
  const parameters: NameExpr[] = [];
  let depth = 0;
  for (const [i, token] of words.entries()) {
    if (token.text === '(' || token.text === '[') depth++;
    else if (token.text === ')' || token.text === ']') depth--;
    if (i > 0 && depth === 0) return parameters.length > 0 && words[i + 1]?.text === '=' ? { kind: 'definition', name: nameOf(name), parameters, body: { kind: 'missing', range }, range } : undefined;
    if (depth === 1 && token.kind === 'name' && (words[i - 1] === open || words[i - 1]?.text === ',')) parameters.push(nameOf(token));
  }
  return undefined;
}
