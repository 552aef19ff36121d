/** Expressions from words: one function for each strength of LANGUAGE's table, loosest first. Total, and linear in the words. */
import { bars, blocks, callOrProduct, symbolSum } from './atoms';
import { closeBracket, leaveBracket, openBracket } from './brackets';
import { rootMeant } from './half-powers';
import { type Cursor, hereRange, isNext, lastRange, missing, named, nested, peek, raise, rangeOf, report, stop, take } from './cursor';
import { appliedDerivative, primed } from './foreign-derivatives';
import { doubleBars, innerProduct, latexCommand } from './foreign';
import { isOneOf, isSymbol, startsType } from './heads';
import { leibnizAhead, nabla, operatorAhead, partial, plainLeibniz, plainOperator, plainQuotient, quotientAhead } from './leibniz';
import { MAX_HEIGHT, MAX_NESTING } from './limits';
import type { Edit, Fix } from './diagnostic';
import type { BinaryOperator, Expr, IndexItem, NameExpr, Range, Token } from './tree';

const PRODUCTS: ReadonlySet<string> = new Set(['*', '.*', './', '/', '\\', '⊗', '⊕']);
/** What can follow an operand as part of it. */
const MARKS: ReadonlySet<string> = new Set(["'", '⊤', '.T', '^', '.^', '[']);
const span = (a: Range, b: Range): Range => ({ start: a.start, end: b.end });

/** A sum. With `colon` false a `:` ends it: bounds of slices and finite sums. */
export function expression(c: Cursor, colon = true): Expr {
  if (c.nesting >= MAX_NESTING) return nested<Expr>(c, hereRange(c), () => missing(lastRange(c)), () => missing(lastRange(c)));
  c.nesting++;
  let left = frobenius(c, colon);
  for (let op = signNext(c); op; op = signNext(c)) {
    c.at++;
    const height = c.height;
    left = joined(c, left, op, height, frobenius(c, colon));
  }
  c.nesting--;
  return left;
}

/** The next word where it is a `+` or `-`. */
function signNext(c: Cursor): Token | undefined {
  const token = peek(c);
  return token?.kind === 'symbol' && (token.text === '+' || token.text === '-') ? token : undefined;
}

function frobenius(c: Cursor, colon: boolean): Expr {
  let left = product(c);
  for (let op = peek(c); colon && op?.kind === 'symbol' && op.text === ':'; op = peek(c)) {
    c.at++;
    const height = c.height;
    left = joined(c, left, op, height, product(c));
  }
  return left;
}

/** Both operands of an operator that was taken; `height` is that of the left one. The operators are those of the caller's list. */
function joined(c: Cursor, left: Expr, op: Token, height: number, right: Expr): Expr {
  raise(c, Math.max(height, c.height), op);
  return { kind: 'binary', op: op.text as BinaryOperator, left, right, opRange: rangeOf(op), implicit: false, range: span(left.range, right.range) };
}

function product(c: Cursor): Expr {
  let left = unary(c);
  for (;;) {
    const op = peek(c);
    if (op?.kind === 'symbol' && PRODUCTS.has(op.text)) {
      c.at++;
      const height = c.height;
      left = joined(c, left, op, height, unary(c));
      continue;
    }
    if (isNext(c, '×', '**')) { left = foreignProduct(c, left); continue; }
    if (!startsFactor(c)) return left;
    if (left.kind === 'transpose' && left.spelling === "'" && left.arg.kind === 'name' && isNext(c, '(') && peek(c)?.start === left.range.end && c.names.isFunction(left.arg.name)) return primed(c, left, left.arg);
    const curried = appliedDerivative(c, left);
    if (curried) { left = curried; continue; }
    const height = c.height;
    const right = postfix(c);
    const at = right.range.start;
    raise(c, Math.max(height, c.height), right.range);
    left = { kind: 'binary', op: '*', left, right, opRange: { start: at, end: at }, implicit: true, range: span(left.range, right.range) };
  }
}

function foreignProduct(c: Cursor, left: Expr): Expr {
  const op = peek(c);
  c.at++;
  if (op === undefined) return left;
  const range = rangeOf(op);
  const replace = (text: string) => ({ title: `Write \`${text}\``, edits: [{ range, text }], safe: false });
  if (op.text !== '×') report(c, 'MC1002', '`**` is not an operator: a power is `A^k`, a product `A * B`.', range, { fixes: [replace('^'), replace('*')] });
  const height = c.height;
  const right = unary(c);
  if (op.text === '×') {
    const edits = [{ range: { start: left.range.start, end: left.range.start }, text: 'cross(' }, { range: { start: left.range.end, end: right.range.start }, text: ', ' }, { range: { start: right.range.end, end: right.range.end }, text: ')' }];
    const cross = right.kind === 'missing' ? [] : [{ title: 'Write `cross(…)`', edits, safe: false }];
    report(c, 'MC1002', '`×` stands between sizes, as in `R^(m×n)`. A product is `A * B`, the cross product of vectors `cross(a, b)`.', range, { fixes: [replace('*'), ...cross] });
  }
  return joined(c, left, { ...op, text: '*' }, height, right);
}

/** Whether the next word can be the right factor of a product that is written without `*`. */
function startsFactor(c: Cursor): boolean {
  const token = peek(c);
  if (token === undefined) return false;
  if (token.kind === 'bad') return true;
  if (token.kind === 'symbol') return token.text === '(' || token.text === '{' || token.text === '∂' || token.text === '∇' || token.text === 'Σ' || token.text === '√' || (token.text === '‖' && c.bars === 0);
  if (token.kind !== 'name') return false;
  const next = peek(c, 1);
  const beginsStatement = isSymbol(next, '=', ':=') || (isSymbol(next, ':', '∈') && startsType(peek(c, 2), c.names.isVariable));
  return !(beginsStatement && c.brackets.length === 0) && !isSymbol(next, '=', ':=');
}

/** Signs bind tighter than products: `-A*B` is `(-A)*B`. */
function unary(c: Cursor): Expr {
  if (!signNext(c)) return postfix(c);
  const signs: Token[] = [];
  for (let sign = take(c, '-', '+'); sign; sign = take(c, '-', '+')) signs.push(sign);
  if (signs.length > MAX_HEIGHT && signs[0]) {
    stop(c, rangeOf(signs[0]));
    return missing(rangeOf(signs[0]));
  }
  let arg = postfix(c);
  for (const sign of signs.reverse()) {
    raise(c, c.height, rangeOf(sign));
    if (c.stopped) break;
    arg = { kind: 'unary', op: sign.text === '-' ? '-' : '+', arg, range: span(rangeOf(sign), arg.range) };
  }
  return arg;
}

/** Marks after an operand, from left to right: `X^3'` is `(X^3)'`. */
export function postfix(c: Cursor): Expr {
  let arg = atom(c);
  for (;;) {
    const token = peek(c);
    if (token === undefined || c.stopped) return arg;
    if (token.kind !== 'superscript' && !isOneOf(token, MARKS)) return arg;
    const height = c.height;
    if (arg.kind === 'leibniz' && isTransposeMark(c, token)) {
      c.at += isSymbol(token, '^') ? 2 : 1;
      // `∂²f/∂x∂x'` is how econometricians write a Hessian, which is its own transpose.
      if (arg.wrt.length === 2 && arg.wrt[0]?.name === arg.wrt[1]?.name) arg = { ...arg, range: span(arg.range, lastRange(c)) };
      else arg = markedDerivative(c, arg, token);
    } else if (token.kind === 'superscript') {
      c.at++;
      arg = superscript(arg, token, span(arg.range, token));
    } else if (isSymbol(token, "'", '⊤', '.T')) {
      c.at++;
      arg = { kind: 'transpose', arg, range: span(arg.range, token), spelling: token.text === "'" ? "'" : token.text === '.T' ? '.T' : 'ᵀ' };
    } else if (isSymbol(token, '^', '.^')) {
      c.at++;
      arg = power(c, arg, token);
      raise(c, Math.max(height, c.height), token);
      continue;
    } else if (isSymbol(token, '[') && arg.kind !== 'number') {
      arg = entries(c, arg, token);
      raise(c, Math.max(height, c.height), token);
      continue;
    } else return arg;
    raise(c, height, token);
  }
}

/** A transpose in any spelling. */
function isTransposeMark(c: Cursor, token: Token): boolean {
  return isSymbol(token, "'", '⊤', '.T') || (token.kind === 'superscript' && token.text === 'T') || (isSymbol(token, '^') && peek(c, 1)?.kind === 'name' && peek(c, 1)?.text === 'T');
}

function markedDerivative(c: Cursor, arg: Expr, mark: Token): Expr {
  const range = { start: mark.start, end: lastRange(c).end };
  report(c, 'MC1016', 'A transpose after a derivative can be read in two ways. Write `(∂f/∂x)\'` for the transposed derivative.', range, {
    fixes: [{ title: 'Put the derivative in parentheses', edits: [{ range: { start: arg.range.start, end: arg.range.start }, text: '(' }, { range: { start: arg.range.end, end: arg.range.end }, text: ')' }], safe: false }],
  });
  return { kind: 'transpose', arg, range: span(arg.range, range), spelling: "'" };
}

function superscript(arg: Expr, token: Token, range: Range): Expr {
  const whole = rangeOf(token);
  if (token.text === 'T') return { kind: 'transpose', arg, range, spelling: 'ᵀ' };
  if (token.text === '-T') return { kind: 'inverseTranspose', arg, range, spelling: '⁻ᵀ' };
  const negative = token.text.startsWith('-');
  const text = negative ? token.text.slice(1) : token.text;
  const inner: Range = negative ? { start: whole.start + 1, end: whole.end } : whole;
  const plain: Expr = /^[0-9]/.test(text) ? { kind: 'number', text, range: inner } : { kind: 'name', name: text, range: inner };
  const exponent: Expr = negative ? { kind: 'unary', op: '-', arg: plain, range: whole } : plain;
  return { kind: 'power', base: arg, exponent, elementwise: false, range };
}

/** After `^`: a sign and one number, name, call or parenthesis; `T` and `-T` transpose. */
function power(c: Cursor, base: Expr, op: Token): Expr {
  const isTranspose = (token: Token | undefined): boolean => (token?.kind === 'name' && token.text === 'T') || isSymbol(token, '⊤');
  const first = peek(c);
  const second = peek(c, 1);
  if (op.text === '^' && first && isTranspose(first)) {
    c.at++;
    return { kind: 'transpose', arg: base, range: span(base.range, rangeOf(first)), spelling: '^T' };
  }
  if (op.text === '^' && isSymbol(first, '-') && second && isTranspose(second)) {
    c.at += 2;
    return { kind: 'inverseTranspose', arg: base, range: span(base.range, rangeOf(second)), spelling: '^-T' };
  }
  // `A^(-T)`, where T is no name of the program.
  const end = peek(c, 3);
  if (op.text === '^' && isSymbol(first, '(') && isSymbol(second, '-') && isTranspose(peek(c, 2)) && end && isSymbol(end, ')') && !c.names.isKnown('T')) {
    c.at += 4;
    return { kind: 'inverseTranspose', arg: base, range: span(base.range, rangeOf(end)), spelling: '^-T' };
  }
  const exponent = exponentOf(c, op);
  const range = span(base.range, exponent.range);
  rootMeant(c, exponent, range);
  return { kind: 'power', base, exponent, elementwise: op.text === '.^', range };
}

function exponentOf(c: Cursor, op: Token): Expr {
  const signs: Token[] = [];
  for (let sign = take(c, '-', '+'); sign; sign = take(c, '-', '+')) signs.push(sign);
  const token = peek(c);
  const command = token && isSymbol(token, '\\') ? latexCommand(c, token) : undefined;
  if (command) return command;
  const isAtom = token !== undefined && (token.kind === 'number' || token.kind === 'name' || token.kind === 'bad' || isSymbol(token, '(', '{'));
  if (signs.length > MAX_HEIGHT && signs[0]) {
    stop(c, rangeOf(signs[0]));
    return missing(rangeOf(signs[0]));
  }
  let exponent: Expr;
  if (isAtom) exponent = atom(c, true);
  else {
    const range = token ? rangeOf(token) : rangeOf(signs.at(-1) ?? op);
    const transposed = isSymbol(token, "'", '*');
    report(c, 'MC1002', transposed ? `A transpose is written \`A'\`, without \`${op.text}\`.` : `Found ${named(token)} where the exponent of \`${op.text}\` was expected.`, range, {
      fixes: transposed ? [{ title: "Write `'`", edits: [{ range: { start: op.start, end: range.end }, text: "'" }], safe: true }] : isSymbol(token, '^') ? [{ title: 'Write one `^`', edits: [{ range, text: '' }], safe: true }] : [],
    });
    if (transposed) c.at++;
    exponent = missing(range);
    c.height = 1;
  }
  for (const sign of signs.reverse()) {
    raise(c, c.height, rangeOf(sign));
    if (c.stopped) break;
    exponent = { kind: 'unary', op: sign.text === '-' ? '-' : '+', arg: exponent, range: span(rangeOf(sign), exponent.range) };
  }
  return exponent;
}

/** `bare`: an exponent, of which a following parenthesis is part only where it is a call. */
function atom(c: Cursor, bare = false): Expr {
  const token = peek(c);
  c.height = 1;
  if (token === undefined) {
    const range = lastRange(c);
    const before = wordBefore(c);
    report(c, 'MC1002', `An expression is expected after ${named(before)}; the statement ends here.`, range);
    return missing(range);
  }
  const range = rangeOf(token);
  switch (token.kind) {
    case 'number':
      c.at++;
      return { kind: 'number', text: token.text, range };
    case 'bad':
      c.at++;
      return missing(range);
    case 'name': {
      if (!bare && token.text.startsWith('d')) {
        const leibniz = leibnizAhead(c);
        if (leibniz) return plainLeibniz(c, leibniz);
        if (operatorAhead(c)) return plainOperator(c);
        if (quotientAhead(c)) return plainQuotient(c);
      }
      c.at++;
      const name: NameExpr = { kind: 'name', name: token.text, range };
      return isNext(c, '(') ? callOrProduct(c, name) : name;
    }
    case 'symbol':
      return symbolAtom(c, token);
    case 'superscript':
    case 'newline':
      return unexpected(c, token);
  }
}

function symbolAtom(c: Cursor, token: Token): Expr {
  switch (token.text) {
    case '(': return parenthesised(c, token, ')');
    case '{': return parenthesised(c, token, '}');
    case '[': return blocks(c);
    case '∂': return partial(c);
    case '∇': return nabla(c);
    case '‖': return bars(c);
    case 'Σ': return symbolSum(c);
    case '⟨': case '<': return innerProduct(c, token) ?? unexpected(c, token);
    case '|': return doubleBars(c, token) ?? unexpected(c, token);
    case '\\': return latexCommand(c, token) ?? unexpected(c, token);
    default: return unexpected(c, token);
  }
}

function parenthesised(c: Cursor, open: Token, closer: string): Expr {
  c.at++;
  const end = take(c, closer);
  if (end) {
    const range = span(rangeOf(open), rangeOf(end));
    report(c, 'MC1012', 'Nothing stands between the parentheses. An expression is expected.', range);
    return missing(range);
  }
  const outside = openBracket(c, open.text);
  const arg = expression(c);
  const close = closeBracket(c, open, closer, closer === ')' ? '`)`' : '`}`');
  leaveBracket(c, outside);
  if (closer === '}') {
    const edits = [{ range: rangeOf(open), text: '(' }, { range: { start: close - 1, end: close }, text: ')' }];
    report(c, 'MC1003', 'Braces do not group. Write parentheses: `A^(-1/2)`.', rangeOf(open), { fixes: [{ title: 'Write parentheses', edits, safe: false }] });
  }
  raise(c, c.height, open);
  return { kind: 'paren', arg, range: { start: open.start, end: close } };
}

/** `X[i, :]`, after the opening bracket has been seen. */
function entries(c: Cursor, arg: Expr, open: Token): Expr {
  c.at++;
  const items: IndexItem[] = [];
  let height = 0;
  const outside = openBracket(c, '[');
  if (isNext(c, ']')) report(c, 'MC1013', 'Nothing stands between the brackets. Entries are `x[i]` or `X[i, j]`.', span(open, hereRange(c)));
  else do {
    items.push(item(c));
    height = Math.max(height, c.height);
  } while (take(c, ','));
  const end = closeBracket(c, open, ']', '`,` or `]`');
  leaveBracket(c, outside);
  c.height = height;
  if (items.length > 2 && items.every((i) => i.kind !== 'at' || i.expr.kind !== 'missing')) report(c, 'MC1013', `An array has at most two indices; ${items.length} are given.`, { start: open.start, end });
  return { kind: 'index', arg, items, range: { start: arg.range.start, end } };
}

function item(c: Cursor): IndexItem {
  const colon = take(c, ':');
  if (colon) { c.height = 1; return { kind: 'all', range: rangeOf(colon) }; }
  if (isNext(c, ',', ']')) {
    report(c, 'MC1013', `Found ${named(peek(c))} where an index was expected: a number, a name, \`:\` or \`1:k\`.`, hereRange(c));
    c.height = 1;
    return { kind: 'at', expr: missing(hereRange(c)), range: hereRange(c) };
  }
  const from = expression(c, false);
  if (!take(c, ':')) return { kind: 'at', expr: from, range: from.range };
  const height = c.height;
  const to = expression(c, false);
  c.height = Math.max(height, c.height);
  if (isNext(c, ':')) report(c, 'MC1013', 'A slice is `from:to`; steps are not part of the notation.', hereRange(c));
  return { kind: 'range', from, to, range: span(from.range, to.range) };
}

const CLOSERS: ReadonlySet<string> = new Set([')', ']', '}', ',', ';']);
const LEFT_BEHIND: ReadonlySet<string> = new Set([...PRODUCTS, ':', '=', ':=', '==', '>=', '<=', '>', '<']);

/** Nothing can begin with this word. It is left where an enclosing construct waits for it, else skipped. */
function unexpected(c: Cursor, token: Token): Expr {
  const range = rangeOf(token);
  const before = wordBefore(c);
  report(c, 'MC1002', explain(token, before), range, { fixes: meantCalls(c, token) });
  const isCloser = isOneOf(token, CLOSERS);
  const isOperator = isOneOf(token, LEFT_BEHIND);
  if (isSymbol(token, '|')) {
    c.stopped = true;
    c.at = c.to;
  } else if (!isCloser && !isOperator) {
    while (isNext(c, '√')) c.at++;
    if (isSymbol(token, '√')) return atom(c);
    c.at++;
  }
  return missing(isCloser || isOperator ? { start: range.start, end: range.start } : range);
}

/** `|x|` and `√x` as calls of the functions that may be meant. */
function meantCalls(c: Cursor, token: Token): readonly Fix[] {
  const call = (name: string, edits: readonly Edit[]): Fix => ({ title: `Write \`${name}(…)\``, edits, safe: false });
  const range = rangeOf(token);
  if (isSymbol(token, '|')) {
    const close = c.words.slice(c.at + 1, c.to).find((t) => isSymbol(t, '|'));
    return close ? ['abs', 'norm', 'det'].map((name) => call(name, [{ range, text: `${name}(` }, { range: rangeOf(close), text: ')' }])) : [];
  }
  const next = peek(c, 1);
  if (!isSymbol(token, '√') || !next) return [];
  const isAtom = next.kind === 'name' || next.kind === 'number';
  return isAtom || isSymbol(next, '(') ? ['sqrt', 'sqrtm'].map((name) => call(name, [{ range: { start: range.start, end: next.start }, text: isAtom ? `${name}(` : name }, ...(isAtom ? [{ range: { start: next.end, end: next.end }, text: ')' }] : [])])) : [];
}

/** The word before the cursor, within the statement. */
const wordBefore = (c: Cursor): Token | undefined => (c.at > c.from ? c.words[c.at - 1] : undefined);

function explain(token: Token, before: Token | undefined): string {
  if (token.kind === 'superscript' || (token.text !== '[' && isOneOf(token, MARKS))) return `${named(token)} must follow an expression, as in \`A'\` or \`A^2\`.`;
  if (isSymbol(token, '|')) return 'Bars can be read in three ways. Write `abs(x)`, `norm(x)` or `det(A)`.';
  if (isSymbol(token, '√')) return 'A root sign can be read in two ways. Write `sqrt(x)` (every entry) or `sqrtm(A)` (of a matrix).';
  if (isSymbol(token, '\\') && before === undefined) return '`\\` needs a matrix to its left. LaTeX is not read here: convert it first (`mcalc convert --from latex`).';
  if (before === undefined && (isSymbol(token, ':') || (isOneOf(token, PRODUCTS) && token.text !== '\\'))) return `${named(token)} has no left operand. A statement continues on the next line only after an operator.`;
  return before ? `Found ${named(token)} where an expression was expected after ${named(before)}.` : `Found ${named(token)} where an expression was expected.`;
}
