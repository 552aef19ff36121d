/** Parts of a LaTeX formula with a form of their own: fractions, roots, functions, sums, norms, brackets, matrices. */
import type { Expr } from '../tree';
import { BUILTIN_FUNCTIONS } from '../words';
import { derivativeFraction, directional, inlinePartial, nabla } from './derivatives';
import { shapeOf } from './kinds';
import { holdsEntries } from './entries';
import { kindNoted, letterAt, loneArgument, sizesOf, VECTOR_OF_A_SUM } from './letters';
import { COMMAND_FUNCTIONS, FUNCTIONS, OF_MATRIX, REFUSED_WORDS, STYLES, WHOLE_PRODUCT } from './names';
import { type Form, type Found, type Reader, ambiguous, binaryExpr, callExpr, isAt, kindOf, missing, nameExpr, note, numberExpr, parenExpr, peek, powerExpr, spelled, unreadable } from './reader';
import { type TexToken, argument, argumentEnd, bareArgument, isChar, isCommand } from './tokens';

const plainly = (expr: Expr): Found => ({ expr, marked: false });
const whole = (expr: Expr): Found => ({ expr, marked: true });
const shape = (r: Reader, e: Expr) => shapeOf(e, { kindOf: (n) => kindOf(r, n) });

/** What a command or a word begins here; undefined where a letter or a bracket stands. */
export function prefixForm(r: Reader, token: TexToken, form: Form): Found | undefined {
  if (isCommand(token, 'frac', 'dfrac', 'tfrac', 'cfrac')) return fraction(r, token, form);
  if (isCommand(token, 'sqrt')) return plainly(root(r, form));
  if (isCommand(token, 'partial')) return whole(inlinePartial(r, form));
  if (isCommand(token, 'nabla')) return whole(nabla(r, form));
  const direction = isCommand(token, 'mathrm', 'operatorname') ? directional(r, form) : undefined;
  if (direction) return whole(direction);
  if (isCommand(token, 'sum')) return whole(sum(r, token, form));
  if (isCommand(token, 'langle')) return plainly(inner(r, token, form));
  if (isCommand(token, 'begin')) return plainly(matrix(r, token, form));
  if (isCommand(token, 'mathbb', 'mathds', 'bbold')) return blackboard(r, token);
  if (isCommand(token, 'underbrace', 'overbrace')) {
    const body = argument(r.tokens, r.at + 1);
    r.at = argumentEnd(r.tokens, r.at + 1);
    if (isAt(r, '_', '^')) r.at = argumentEnd(r.tokens, r.at + 1);
    return plainly(form.readAll(r, body));
  }
  const word = wordAt(r);
  if (word !== undefined) return func(r, word, token, form);
  const style = token.kind === 'command' ? STYLES.get(token.text) : undefined;
  if (style === undefined || letterAt(r.tokens, r.at)) return undefined;
  const arg = argument(r.tokens, r.at + 1);
  r.at = argumentEnd(r.tokens, r.at + 1);
  if (style === 'words') return plainly(unreadable(r, `The word \`${arg.map((t) => (t.spaced ? ' ' : '') + t.text).join('').trim().slice(0, 30)}\` cannot be read in a formula.`, token));
  const [digit] = arg;
  if (arg.length === 1 && digit?.kind === 'number' && (digit.text === '1' || digit.text === '0')) return plainly(ones(r, digit.text === '1' ? 'ones' : 'zeros'));
  const value = form.readAll(r, arg, style === 'bold' ? { bold: true } : {});
  if (isAt(r, '^', "'") && value.kind === 'binary') return plainly(ambiguous(r, 'Braces are not shown: this mark stands on the last factor of the group, or was meant for all of it. Write parentheses.', peek(r)));
  return plainly(parenExpr(value));
}

/** `\mathbf{1}_n`: the size stands below, else it is n. */
function ones(r: Reader, callee: 'ones' | 'zeros'): Expr {
  if (!isAt(r, '_')) {
    note(r, `A bold ${callee === 'ones' ? '1' : '0'} is read as \`${callee}(n)\`.`);
    return callExpr(callee, nameExpr('n'));
  }
  const sizes = sizesOf(argument(r.tokens, r.at + 1));
  if (sizes.length === 0 || sizes.length > 2) return unreadable(r, 'These sizes cannot be read.', peek(r));
  r.at = argumentEnd(r.tokens, r.at + 1);
  return callExpr(callee, ...sizes);
}

function blackboard(r: Reader, token: TexToken): Found {
  const text = argument(r.tokens, r.at + 1).map((t) => t.text).join('');
  r.at = argumentEnd(r.tokens, r.at + 1);
  if (text === '1') return plainly(ones(r, 'ones'));
  if (text === 'I') {
    if (!isAt(r, '_')) return plainly(nameExpr('I'));
    const [size] = sizesOf(argument(r.tokens, r.at + 1));
    r.at = argumentEnd(r.tokens, r.at + 1);
    return plainly(size ? callExpr('I', size) : unreadable(r, 'The size of this identity matrix cannot be read.', token));
  }
  return plainly(unreadable(r, `\`\\mathbb{${text.slice(0, 12)}}\` cannot be read in a formula.`, token));
}

function fraction(r: Reader, token: TexToken, form: Form): Found {
  const above = bareArgument(r.tokens, r.at + 1);
  const second = argumentEnd(r.tokens, r.at + 1);
  const below = bareArgument(r.tokens, second);
  if (second >= r.tokens.length) return plainly(unreadable(r, '`\\frac` needs two arguments.', token));
  r.at = argumentEnd(r.tokens, second);
  const derivative = derivativeFraction(r, above, below, token, form);
  if (derivative) return derivative;
  return plainly(parenExpr(form.divided(r, form.readAll(r, above), form.readAll(r, below), token)));
}

function root(r: Reader, form: Form): Expr {
  const token = peek(r);
  r.at++;
  let degree: Expr | undefined;
  if (isAt(r, '[')) {
    const close = r.tokens.findIndex((t, i) => i > r.at && isChar(t, ']'));
    if (close < 0) return unreadable(r, 'The degree of this root is never closed.');
    degree = form.readAll(r, r.tokens.slice(r.at + 1, close));
    r.at = close + 1;
  }
  const arg = form.readAll(r, argument(r.tokens, r.at));
  r.at = argumentEnd(r.tokens, r.at);
  if (degree && !(degree.kind === 'number' && degree.text === '2')) return powerExpr(parenExpr(arg), binaryExpr('/', numberExpr('1'), degree));
  return applied(r, 'sqrt', [arg], token);
}

/** A function's name: a command, or a word in upright letters, or plain letters run together before a parenthesis. */
function wordAt(r: Reader): { readonly word: string; readonly end: number; readonly isUpright: boolean } | undefined {
  const token = peek(r);
  if (token?.kind === 'command' && COMMAND_FUNCTIONS.has(token.text)) return { word: token.text, end: r.at + 1, isUpright: true };
  if (token?.kind === 'command' && ['lim', 'sup', 'inf', 'argmin', 'argmax', 'prod', 'int', 'iint', 'oint', 'Pr', 'ker', 'dim', 'arg', 'deg', 'gcd', 'coprod', 'bigcup', 'bigcap', 'bigoplus', 'bigotimes', 'cot', 'sec', 'csc', 'coth'].includes(token.text)) return { word: token.text, end: r.at + 1, isUpright: true };
  if (token?.kind === 'command' && STYLES.get(token.text) === 'words') {
    const arg = argument(r.tokens, r.at + 1);
    const text = arg.filter((t) => !isCommand(t, 'rm')).map((t) => t.text).join('');
    if (arg.every((t) => t.kind === 'char' || t.kind === 'number') && /^[A-Za-z][A-Za-z0-9]+$/.test(text)) return { word: text, end: argumentEnd(r.tokens, r.at + 1), isUpright: true };
    return undefined;
  }
  let text = '';
  let at = r.at;
  for (let t = r.tokens[at]; t?.kind === 'char' && /^[A-Za-z]$/.test(t.text) && (text === '' || !t.spaced); t = r.tokens[++at]) text += t.text;
  const isCall = isChar(r.tokens[at], '(', '[') || isCommand(r.tokens[at], '{', 'lbrace');
  return text.length >= 2 && isCall && FUNCTIONS.has(text.toLowerCase()) ? { word: text, end: at, isUpright: false } : undefined;
}

function func(r: Reader, { word, end, isUpright }: { readonly word: string; readonly end: number; readonly isUpright: boolean }, token: TexToken, form: Form): Found {
  const callee = FUNCTIONS.get(word) ?? FUNCTIONS.get(word.toLowerCase()) ?? (isUpright && BUILTIN_FUNCTIONS.has(word) && isChar(r.tokens[end], '(') ? word : undefined);
  r.at = end;
  if (r.snippet.functions.has(word) && isAt(r, '(')) return plainly(callExpr(word, ...form.argumentsOf(r)));
  const opens = isAt(r, '(', '[') || isCommand(peek(r), '{', 'lbrace');
  if (callee === undefined || (!isUpright && REFUSED_WORDS.has(word.toLowerCase()))) {
    const isFunction = opens || REFUSED_WORDS.has(word.toLowerCase()) || token.kind === 'command' && !STYLES.has(token.text);
    if (isFunction || token.text.startsWith('text')) return whole(unreadable(r, NO_COUNTERPART.get(word.toLowerCase()) ?? `\`${word}\` is not a function that mcalc knows.`, token));
    return plainly(nameExpr(word));
  }
  if (callee === 'log' && isDet(r)) {
    const next = wordAt(r);
    if (next) r.at = next.end;
    return applyTo(r, 'logdet', token, form, undefined);
  }
  const power = isAt(r, '^') ? argument(r.tokens, r.at + 1) : undefined;
  if (power) {
    r.at = argumentEnd(r.tokens, r.at + 1);
    if (power.length !== 1 || power[0]?.kind !== 'number') return whole(ambiguous(r, `A power on the name of a function has several meanings.`, token));
  }
  if (isAt(r, '_') && (callee === 'max' || callee === 'min')) return whole(unreadable(r, `\`\\${word}\` over a variable or an index has no counterpart: write the function itself, or \`${callee}(x)\` for the ${callee === 'max' ? 'largest' : 'smallest'} entry of \`x\`.`, token));
  if (isAt(r, '_')) return whole(unreadable(r, `A subscript on \`${word}\` cannot be read.`, token));
  return applyTo(r, callee, token, form, power?.[0]?.text);
}
/** `[a]_\times` comes next: a matrix beside `\sin\theta`, not part of its argument. */
function isSkew(r: Reader): boolean {
  if (!isAt(r, '[')) return false;
  const close = r.tokens.findIndex((t, i) => i > r.at && isChar(t, ']'));
  return close > 0 && isChar(r.tokens[close + 1], '_') && isCommand(argument(r.tokens, close + 2)[0], 'times');
}

/** What to write instead of words that stand for no function. */
const NO_COUNTERPART: ReadonlyMap<string, string> = new Map([
  ['prod', 'A product over an index has no counterpart. The product of the entries of `x` is `prod(x)` in mcalc.'],
  ...['arg', 'argmin', 'argmax'].map((w) => [w, 'Where a function is least or largest has no counterpart. Write the function itself.'] as const),
  ...['int', 'iint', 'oint'].map((w) => [w, 'An integral has no counterpart.'] as const),
]);

function isDet(r: Reader): boolean {
  const next = wordAt(r);
  return next !== undefined && next.word.toLowerCase() === 'det';
}

function applyTo(r: Reader, callee: string, token: TexToken, form: Form, power: string | undefined): Found {
  const finish = (expr: Expr, marked: boolean): Found => ({ expr: power === undefined ? expr : powerExpr(expr, numberExpr(power)), marked });
  const open = peek(r);
  const opens = open && (isChar(open, '(', '[') || isCommand(open, '{', 'lbrace'));
  if (opens) {
    const before = r.at;
    const args = listIn(r);
    // `\operatorname{tr}(A - B)^\top(A - B)`: the mark shows that the parenthesis is only the first factor.
    const mark = isAt(r, '^') ? argument(r.tokens, r.at + 1) : undefined;
    const isTransposed = mark !== undefined && mark.length <= 2 && mark.some((t) => isCommand(t, 'top', 'intercal') || isChar(t, 'T'));
    const after = mark ? r.tokens[argumentEnd(r.tokens, r.at + 1)] : undefined;
    if ((callee === 'log' || callee === 'logdet') && mark && power === undefined) return whole(ambiguous(r, 'A power after the argument of a logarithm can belong inside or outside of it.', open));
    if (callee === 'tr' && mark && !isTransposed && !(mark.length === 1 && mark[0]?.kind === 'number')) return whole(ambiguous(r, 'A power after a trace can belong inside or outside of it.', open));
    if (isAt(r, '(') && WHOLE_PRODUCT.has(callee) && loneArgument(r.tokens, r.at) !== undefined) return whole(ambiguous(r, 'A second pair of parentheses can be a direction or a factor. Write `\\mathrm{D}_X f[V]` for the derivative in a direction.', peek(r)));
    if (!(WHOLE_PRODUCT.has(callee) && isTransposed && after && form.startsFactor(r, after))) return finish(applied(r, callee, args, token), false);
    r.at = before;
  }
  if (WHOLE_PRODUCT.has(callee)) return finish(applied(r, callee, [productBeforeWord(r, form)], token), true);
  const first = form.factor(r);
  const next = peek(r);
  if (next && !r.outcome.error && form.startsFactor(r, next) && !isSkew(r)) {
    if (first.kind === 'number') {
      const second = form.factor(r);
      const third = peek(r);
      if (!(third && form.startsFactor(r, third))) return finish(applied(r, callee, [binaryExpr('*', first, second)], token), true);
    }
    return whole(ambiguous(r, `It is not clear how much of what follows \`${callee}\` is its argument. Put it in parentheses.`, token));
  }
  return finish(applied(r, callee, [first], token), true);

  function listIn(reader: Reader): readonly Expr[] {
    const args: Expr[] = [];
    do { reader.at++; args.push(form.readSum(reader)); } while (isAt(reader, ','));
    if (isAt(reader, ')', ']') || isCommand(peek(reader), '}', 'rbrace')) reader.at++;
    else unreadable(reader, `${spelled(open)} is never closed.`, open);
    return args;
  }
}

/** What `\operatorname{tr}` and `\det` stand before: the product up to the next of their kind, `\det A \det B`. */
function productBeforeWord(r: Reader, form: Form): Expr {
  let depth = 0;
  for (let at = r.at; at < r.tokens.length; at++) {
    const t = r.tokens[at];
    if (!t) break;
    if (t.kind === 'open' || isChar(t, '(', '[') || isCommand(t, '{', 'begin')) depth++;
    if (t.kind === 'close' || isChar(t, ')', ']') || isCommand(t, '}', 'end')) depth--;
    if (depth < 0 || (depth === 0 && isChar(t, '+', '-', '−', '=', ','))) break;
    const word = depth === 0 && at > r.at ? wordAt({ ...r, at })?.word.toLowerCase() : undefined;
    if (word === undefined || !WHOLE_PRODUCT.has(FUNCTIONS.get(word) ?? word)) continue;
    const isOfLog = isCommand(r.tokens[at - 1], 'log', 'ln');
    const end = isOfLog ? at - 1 : at;
    if (end === r.at) break;
    const inside: Reader = { ...r, tokens: r.tokens.slice(0, end) };
    const body = form.readProduct(inside);
    r.at = inside.at;
    return body;
  }
  return form.readProduct(r);
}

/** A function of its arguments; of a matrix, `exp`, `log` and `sqrt` are those of matrices. */
export function applied(r: Reader, callee: string, args: readonly Expr[], token?: TexToken): Expr {
  const [arg] = args;
  if (r.outcome.error || arg === undefined) return missing;
  const ofMatrix = OF_MATRIX.get(callee);
  if (callee === 'log' && arg.kind === 'call' && arg.callee.name === 'det') return callExpr('logdet', ...arg.args);
  if (ofMatrix && shape(r, arg) === 'matrix') {
    if (arg.kind === 'name') kindNoted(r, arg.name);
    return callExpr(ofMatrix, ...args);
  }
  if (ofMatrix && shape(r, arg) === 'unknown') return ambiguous(r, `Whether \`${callee}\` is that of a matrix or of every entry depends on shapes that cannot be told.`, token);
  return callExpr(callee, ...args);
}

/** `\sum_{i=1}^{n}` and the product after it. */
function sum(r: Reader, token: TexToken, form: Form): Expr {
  r.at++;
  let below: readonly TexToken[] | undefined;
  let above: readonly TexToken[] | undefined;
  while (isAt(r, '_', '^')) {
    if (isAt(r, '_')) below = argument(r.tokens, r.at + 1); else above = argument(r.tokens, r.at + 1);
    r.at = argumentEnd(r.tokens, r.at + 1);
  }
  const index = below ? letterAt(below, 0) : undefined;
  if (!below || !above || !index || !isChar(below[index.end], '=')) return unreadable(r, 'A sum needs its index and both bounds: `\\sum_{i=1}^{n}`.', token);
  const from = form.readAll(r, below.slice(index.end + 1));
  const to = form.readAll(r, above);
  const inside: Reader = { ...r, bound: [...r.bound, index.name] };
  const body = form.readProduct(inside);
  r.at = inside.at;
  return parenExpr({ kind: 'finiteSum', body, index: nameExpr(index.name), from, to, range: { start: 0, end: 0 } });
}

function inner(r: Reader, token: TexToken, form: Form): Expr {
  r.at++;
  const left = form.readSum(r);
  if (!isAt(r, ',') && !isCommand(peek(r), 'mid')) return unreadable(r, '`\\langle` needs two arguments.', token);
  r.at++;
  const right = form.readSum(r);
  if (!isCommand(peek(r), 'rangle')) return unreadable(r, '`\\langle` is never closed.', token);
  r.at++;
  if (isAt(r, '_') && argument(r.tokens, r.at + 1).filter((t) => t.kind === 'char').map((t) => t.text).join('') === 'F') r.at = argumentEnd(r.tokens, r.at + 1);
  return parenExpr(binaryExpr(':', left, right));
}

function matrix(r: Reader, token: TexToken, form: Form): Expr {
  const kind = argument(r.tokens, r.at + 1).map((t) => t.text).join('');
  const from = argumentEnd(r.tokens, r.at + 1);
  let depth = 1;
  let end = from;
  for (; end < r.tokens.length; end++) {
    if (isCommand(r.tokens[end], 'begin')) depth++;
    if (isCommand(r.tokens[end], 'end') && --depth === 0) break;
  }
  if (!/^(?:[bpBvV]?matrix|smallmatrix|array)$/.test(kind) || end >= r.tokens.length || kind === 'Vmatrix') return unreadable(r, `\`\\begin{${kind.slice(0, 20)}}\` cannot be read.`, token);
  const body = r.tokens.slice(kind === 'array' ? argumentEnd(r.tokens, from) : from, end);
  r.at = argumentEnd(r.tokens, end + 1);
  const rows: TexToken[][][] = [[[]]];
  let inside = 0;
  for (const t of body) {
    if (t.kind === 'open' || isCommand(t, 'begin')) inside++;
    if (t.kind === 'close' || isCommand(t, 'end')) inside--;
    if (inside === 0 && isCommand(t, '\\', 'cr')) rows.push([[]]);
    else if (inside === 0 && isChar(t, '&')) rows.at(-1)?.push([]);
    else rows.at(-1)?.at(-1)?.push(t);
  }
  const filled = rows.filter((row) => row.some((cell) => cell.length > 0));
  const cells = filled.map((row) => row.map((cell) => form.readAll(r, cell)));
  if (cells.some((row) => row.length !== cells[0]?.length)) return unreadable(r, 'The rows of this matrix differ in length.', token);
  const blocks: Expr = { kind: 'blocks', rows: cells, range: { start: 0, end: 0 } };
  return kind === 'vmatrix' ? callExpr('det', blocks) : blocks;
}

const BRACKETS: ReadonlyMap<string, string> = new Map([['(', ')'], ['[', ']']]);

/** `(…)`, `[…]`, `\{…\}`, `|…|`, `\|…\|`. */
export function bracketed(r: Reader, token: TexToken, form: Form): Expr | undefined {
  const closer = token.kind === 'char' ? BRACKETS.get(token.text) : undefined;
  const isBrace = isCommand(token, '{', 'lbrace');
  if (closer !== undefined || isBrace) {
    r.at++;
    const value = form.readSum(r);
    const end = peek(r);
    if (isBrace ? isCommand(end, '}', 'rbrace') : isChar(end, ')', ']')) r.at++;
    else unreadable(r, end && isChar(end, ',') ? 'A list in brackets cannot be read here.' : `${spelled(token)} is never closed.`, end && isChar(end, ',') ? end : token);
    // `[\omega]_\times`: the matrix of the cross product with ω.
    if (closer === ']' && isAt(r, '_') && isCommand(argument(r.tokens, r.at + 1)[0], 'times')) {
      r.at = argumentEnd(r.tokens, r.at + 1);
      return callExpr('skew3', value);
    }
    return parenExpr(value);
  }
  const bar = isChar(token, '|') || isCommand(token, 'lvert', 'vert') ? 'single' : isCommand(token, '|', 'lVert', 'Vert') || isChar(token, '‖') ? 'double' : undefined;
  if (bar === undefined) return undefined;
  const closing = token.text === 'lvert' ? 'rvert' : token.text === 'lVert' ? 'rVert' : token.text;
  r.at++;
  if (bar === 'single' && isAt(r, '_')) return unreadable(r, 'A value at a point, `|_{x = a}`, has no counterpart. Define a function, and write its derivative and its value.', token);
  r.bars.push(closing);
  const value = form.readSum(r);
  r.bars.pop();
  const end = peek(r);
  if (end?.text !== closing) return unreadable(r, 'These bars are never closed.', token);
  r.at++;
  return bar === 'single' ? absolute(r, value, token) : norm(r, value, token);
}

function absolute(r: Reader, value: Expr, token: TexToken): Expr {
  if (value.kind === 'name') kindNoted(r, value.name);
  switch (shape(r, value)) {
    case 'scalar': return callExpr('abs', value);
    case 'vector': case 'row': return callExpr('norm', value);
    case 'matrix': return callExpr('det', value);
    case 'unknown': return ambiguous(r, '`|…|` can be an absolute value, a norm or a determinant.', token);
  }
}

function norm(r: Reader, value: Expr, token: TexToken): Expr {
  const kind = shape(r, value);
  let which = '';
  let squared: readonly TexToken[] | undefined;
  const before = r.at;
  if (isAt(r, '^')) { squared = argument(r.tokens, r.at + 1); r.at = argumentEnd(r.tokens, r.at + 1); }
  if (isAt(r, '_')) {
    which = argument(r.tokens, r.at + 1).filter((t) => !(t.kind === 'command' && STYLES.has(t.text)) && t.kind !== 'open' && t.kind !== 'close').map((t) => t.text).join('');
    r.at = argumentEnd(r.tokens, r.at + 1);
  } else if (squared) { r.at = before; squared = undefined; }
  const named = normOf(which, kind);
  if ((kind === 'scalar' || named === undefined) && holdsEntries(r, value)) return ambiguous(r, VECTOR_OF_A_SUM, token);
  if (named === undefined) return ambiguous(r, which === '' ? (kind === 'matrix' ? 'The norm of a matrix needs a name: `\\|A\\|_F` or `\\|A\\|_2`.' : 'The norm of an expression whose shape cannot be told needs a name.') : `The norm \`\\|·\\|_{${which.slice(0, 12)}}\` of a ${kind} cannot be read.`, token);
  if (value.kind === 'name' && which !== 'F') kindNoted(r, value.name);
  const result = callExpr(named, value);
  return squared ? powerExpr(result, form2(squared)) : result;

  function form2(tokens: readonly TexToken[]): Expr {
    const [only] = tokens;
    return tokens.length === 1 && only?.kind === 'number' ? numberExpr(only.text) : unreadable(r, 'This power of a norm cannot be read.', token);
  }
}

function normOf(which: string, kind: ReturnType<typeof shape>): string | undefined {
  const isVector = kind === 'vector' || kind === 'row';
  switch (which) {
    case 'F': case 'Fro': case 'fro': case 'f': return 'normF';
    case '*': case 'ast': case 'nuc': case 'tr': return kind === 'matrix' ? 'normNuc' : undefined;
    case '2': return kind === 'matrix' ? 'norm2' : isVector ? 'norm' : kind === 'scalar' ? 'abs' : undefined;
    case 'op': case 'infty2': return kind === 'matrix' ? 'norm2' : undefined;
    case '1': return isVector ? 'norm1' : undefined;
    case 'infty': return isVector ? 'normInf' : undefined;
    case '': return isVector ? 'norm' : kind === 'scalar' ? 'abs' : undefined;
    default: return undefined;
  }
}
