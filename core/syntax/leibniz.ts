/** Derivatives as textbooks write them: `∂F/∂X`, `dF/dX`, `∇f`. Part of the expression parser. */
import { call } from './atoms';
import { type Cursor, hereRange, isNext, lastRange, missing, named, nameOf, nested, peek, raise, rangeOf, report, take } from './cursor';
import { isSymbol } from './heads';
import type { Expr, NameExpr, Token } from './tree';
import { BUILTIN_FUNCTIONS } from './words';

/** The order after `∂`, `d` or `∇`: a superscript, or `^2`. */
function order(c: Cursor): number {
  const token = peek(c);
  if (token?.kind === 'superscript' && /^[0-9]+$/.test(token.text)) { c.at++; return Math.min(Number(token.text), 99); }
  const digits = peek(c, 1);
  if (isSymbol(token, '^') && digits?.kind === 'number' && /^[0-9]+$/.test(digits.text)) { c.at += 2; return Math.min(Number(digits.text), 99); }
  return 1;
}

/** `∂F/∂X`, `∂²f/∂x²`, `∂²f/∂x∂y`, `∂tr(A*X)/∂X`, `∂(x'x)/∂x`; the operator before its operand, `∂/∂X (X*X')`. */
export function partial(c: Cursor): Expr {
  const start = peek(c);
  c.at++;
  if (start === undefined) return missing(lastRange(c));
  const above = order(c);
  const token = peek(c);
  if (isSymbol(token, '/')) {
    c.at++;
    return operand(c, start, below(c, above));
  }
  if (token === undefined) {
    report(c, 'MC1016', NOTHING_ABOVE, rangeOf(start));
    return missing({ start: start.start, end: lastRange(c).end });
  }
  const of = nested<Expr>(c, rangeOf(start), () => missing(rangeOf(start)), () => postfixOfPartial(c));
  const height = c.height;
  const slash = take(c, '/');
  if (!slash) {
    report(c, 'MC1016', `Found ${named(peek(c))} where \`/∂\` was expected: a derivative is \`∂f/∂x\`.`, hereRange(c));
    return missing({ start: start.start, end: lastRange(c).end });
  }
  const wrt = below(c, above);
  c.height = height;
  raise(c, height, rangeOf(start));
  return wrt.length === 0 ? missing({ start: start.start, end: lastRange(c).end }) : { kind: 'leibniz', of, wrt, range: { start: start.start, end: lastRange(c).end } };
}

const NOTHING_ABOVE = 'Write what is differentiated: `∂f/∂x`, `∂(x\'*A*x)/∂x` or `∂/∂x (x\'*A*x)`.';

/** What stands after `∂/∂x` or `d/dx`: one operand, since it could not be told how many factors a longer one takes in. */
function operand(c: Cursor, start: Token, wrt: readonly NameExpr[]): Expr {
  const token = peek(c);
  if (token === undefined || token.kind === 'newline' || !startsOperand(token)) {
    if (wrt.length > 0) report(c, 'MC1016', NOTHING_ABOVE, { start: start.start, end: lastRange(c).end });
    return missing({ start: start.start, end: lastRange(c).end });
  }
  const of = nested<Expr>(c, rangeOf(start), () => missing(rangeOf(start)), () => c.grammar.postfix(c));
  raise(c, c.height, rangeOf(start));
  const marked = (of.kind === 'power' || of.kind === 'transpose' || of.kind === 'inverseTranspose') && !isSymbol(token, '‖');
  const next = marked ? c.words[c.at - 1] : peek(c);
  if (next && (marked || startsOperand(next) || (next.kind === 'symbol' && FACTORS.has(next.text)))) {
    report(c, 'MC1016', `${named(next)} after the operand of \`∂/∂x\` can be read in two ways. Put in parentheses what is differentiated: \`∂/∂x (f*g)\`, \`∂/∂x (f^2)\`.`, rangeOf(next));
  }
  return wrt.length === 0 ? missing({ start: start.start, end: lastRange(c).end }) : { kind: 'leibniz', of, wrt, range: { start: start.start, end: of.range.end } };
}

const FACTORS: ReadonlySet<string> = new Set(['*', '.*', '/', './', '\\', '⊗', '⊕', '·', '⊙']);
const startsOperand = (token: Token): boolean => token.kind === 'name' || token.kind === 'number' || (token.kind === 'symbol' && ['(', '{', '[', '‖', 'Σ', '√'].includes(token.text));

/** The function above the line: one operand, whose own marks would leave the order in doubt. */
function postfixOfPartial(c: Cursor): Expr {
  const token = peek(c);
  if (token?.kind === 'name' && !isSymbol(peek(c, 1), '(')) {
    c.at++;
    c.height = 1;
    return nameOf(token);
  }
  return c.grammar.postfix(c);
}

/** `∂x²`, `∂x∂y`, `(∂x∂y)`: a name for each differentiation, `total` of them. */
function below(c: Cursor, total: number): readonly NameExpr[] {
  const wrt: NameExpr[] = [];
  const start = hereRange(c);
  // `∂²f/(∂x∂y)`, as it is often set on one line.
  const inBrackets = isNext(c, '(') && isSymbol(peek(c, 1), '∂');
  if (inBrackets) c.at++;
  while (isNext(c, '∂') && wrt.length < total) {
    c.at++;
    const token = peek(c);
    if (token?.kind !== 'name') {
      report(c, 'MC1016', `Found ${named(token)} where the name of a variable was expected after \`∂\`.`, hereRange(c));
      return [];
    }
    c.at++;
    const times = order(c);
    for (let k = 0; k < times; k++) wrt.push(nameOf(token));
  }
  if (inBrackets && !take(c, ')')) report(c, 'MC1016', `Found ${named(peek(c))} where \`)\` was expected.`, hereRange(c));
  if (wrt.length === 0) report(c, 'MC1016', `Found ${named(peek(c))} where \`∂\` and a variable were expected: a derivative is \`∂f/∂x\`.`, hereRange(c));
  else if (wrt.length !== total) report(c, 'MC1016', `The order above is ${total}, below it is ${wrt.length}.`, { start: start.start, end: lastRange(c).end });
  return wrt;
}

/** `d/dX` and `d²/dx²` before an operand, where neither d nor dX has a meaning of its own and X is known. */
export function operatorAhead(c: Cursor): boolean {
  const first = peek(c);
  if (first?.kind !== 'name' || first.text !== 'd' || c.names.isKnown('d')) return false;
  const at = peek(c, 1)?.kind === 'superscript' ? 2 : isSymbol(peek(c, 1), '^') ? 3 : 1;
  const by = peek(c, at + 1);
  const after = peek(c, at + 2);
  return isSymbol(peek(c, at), '/') && isDifferential(c, by) && after !== undefined
    && (startsOperand(after) || after.kind === 'superscript' || isSymbol(after, '^'));
}

/** `dX` of a known X, where dX itself is no name of the program. */
function isDifferential(c: Cursor, token: Token | undefined): token is Token {
  return token?.kind === 'name' && token.text.length > 1 && token.text.startsWith('d') && !c.names.isKnown(token.text)
    && !BUILTIN_FUNCTIONS.has(token.text) && c.names.isKnown(token.text.slice(1));
}

/** `d/dX tr(A*X)`, `d²/dx² f`, after operatorAhead. */
export function plainOperator(c: Cursor): Expr {
  const start = peek(c) as Token;
  c.at++;
  const above = order(c);
  c.at++;
  return operand(c, start, wrtOf(c, start, above));
}

/** The most words that `d(…)/dx` is looked for: a differential further off is not one that a person sees. */
const MOST_WORDS = 2000;

/** `d(x'*A*x)/dx` and `d²(…)/dx²`, where neither d nor dx has a meaning of its own and x is known. */
export function quotientAhead(c: Cursor): boolean {
  const first = peek(c);
  if (first?.kind !== 'name' || first.text !== 'd' || c.names.isKnown('d')) return false;
  const from = peek(c, 1)?.kind === 'superscript' ? 2 : isSymbol(peek(c, 1), '^') ? 3 : 1;
  if (!isSymbol(peek(c, from), '(')) return false;
  let depth = 0;
  for (let k = from; k < from + MOST_WORDS; k++) {
    const token = peek(c, k);
    if (token === undefined) return false;
    if (isSymbol(token, '(')) depth++;
    else if (isSymbol(token, ')') && --depth === 0) return isSymbol(peek(c, k + 1), '/') && isDifferential(c, peek(c, k + 2));
  }
  return false;
}

/** After quotientAhead. */
export function plainQuotient(c: Cursor): Expr {
  const start = peek(c) as Token;
  c.at++;
  const above = order(c);
  const of = nested<Expr>(c, rangeOf(start), () => missing(rangeOf(start)), () => c.grammar.postfix(c));
  raise(c, c.height, rangeOf(start));
  if (!take(c, '/')) return of;
  return { kind: 'leibniz', of, wrt: wrtOf(c, start, above), range: { start: start.start, end: lastRange(c).end } };
}

/** `dx²` below the line. */
function wrtOf(c: Cursor, start: Token, above: number): readonly NameExpr[] {
  const by = peek(c) as Token;
  c.at++;
  const times = order(c);
  if (times !== above) report(c, 'MC1016', `The order above is ${above}, below it is ${times}.`, { start: start.start, end: lastRange(c).end });
  const variable: NameExpr = { kind: 'name', name: by.text.slice(1), range: { start: by.start + 1, end: by.end } };
  return Array.from({ length: times }, () => variable);
}

interface Plain { readonly of: NameExpr; readonly wrt: readonly NameExpr[]; readonly words: number }

/** `dF/dX` and `d²f/dx²` at the cursor, where neither dF nor dX is declared and F or X is known. */
export function leibnizAhead(c: Cursor): Plain | undefined {
  const first = peek(c);
  if (first?.kind !== 'name' || !first.text.startsWith('d')) return undefined;
  let above = 1;
  let at = 1;
  let of: Token | undefined = first;
  if (first.text === 'd' && !c.names.isKnown('d')) {
    const mark = peek(c, 1);
    if (mark?.kind === 'superscript' && /^[0-9]$/.test(mark.text)) { above = Number(mark.text); of = peek(c, 2); at = 3; }
    else if (isSymbol(mark, '^') && /^[0-9]$/.test(peek(c, 2)?.text ?? '')) { above = Number(peek(c, 2)?.text); of = peek(c, 3); at = 4; }
    else return undefined;
  }
  const by = peek(c, at + 1);
  if (of?.kind !== 'name' || !isSymbol(peek(c, at), '/') || by?.kind !== 'name' || !by.text.startsWith('d') || by.text.length < 2) return undefined;
  const isShort = of === first;
  if (isShort && (first.text.length < 2 || c.names.isKnown(first.text) || BUILTIN_FUNCTIONS.has(first.text))) return undefined;
  if (c.names.isKnown(by.text) || BUILTIN_FUNCTIONS.has(by.text)) return undefined;
  const ofName = isShort ? first.text.slice(1) : of.text;
  const byName = by.text.slice(1);
  if (!c.names.isKnown(ofName) && !c.names.isKnown(byName)) return undefined;
  let words = at + 2;
  let times = 1;
  const mark = peek(c, words);
  if (above > 1 && mark?.kind === 'superscript' && /^[0-9]$/.test(mark.text)) { times = Number(mark.text); words += 1; }
  else if (above > 1 && isSymbol(mark, '^') && /^[0-9]$/.test(peek(c, words + 1)?.text ?? '')) { times = Number(peek(c, words + 1)?.text); words += 2; }
  const variable: NameExpr = { kind: 'name', name: byName, range: { start: by.start + 1, end: by.end } };
  if (times !== above) report(c, 'MC1016', `The order above is ${above}, below it is ${times}.`, { start: first.start, end: by.end });
  return { of: { kind: 'name', name: ofName, range: { start: isShort ? of.start + 1 : of.start, end: of.end } }, wrt: Array.from({ length: times }, () => variable), words };
}

export function plainLeibniz(c: Cursor, plain: Plain): Expr {
  const start = hereRange(c).start;
  c.at += plain.words;
  c.height = 2;
  return { kind: 'leibniz', of: plain.of, wrt: plain.wrt, range: { start, end: lastRange(c).end } };
}

/** `∇f`, `∇g(A*x)`, `∇²f(x)`; `∇_x f`, `∇_x² f` name the variable. */
export function nabla(c: Cursor): Expr {
  const start = peek(c);
  c.at++;
  if (start === undefined) return missing(lastRange(c));
  const times = order(c);
  const token = peek(c);
  if (token?.kind === 'name' && /^_./.test(token.text)) return subscripted(c, start, token, times);
  if (token?.kind !== 'name') {
    report(c, 'MC1016', `Found ${named(token)} where the name of a function was expected after \`∇\`. The gradient of an expression is \`grad(expression, x)\`.`, hereRange(c));
    return missing(rangeOf(start));
  }
  c.at++;
  const callee = nameOf(token);
  c.height = 1;
  if (!isNext(c, '(')) return { kind: 'nabla', order: times, callee, args: [], range: { start: start.start, end: callee.range.end } };
  const applied = call(c, callee);
  return { kind: 'nabla', order: times, callee, args: applied.kind === 'call' ? applied.args : [], range: { start: start.start, end: applied.range.end } };
}

function subscripted(c: Cursor, start: Token, token: Token, before: number): Expr {
  c.at++;
  const times = before > 1 ? before : order(c);
  const variable: NameExpr = { kind: 'name', name: token.text.slice(1), range: { start: token.start + 1, end: token.end } };
  const of = nested<Expr>(c, rangeOf(start), () => missing(rangeOf(start)), () => postfixOfPartial(c));
  raise(c, c.height, rangeOf(start));
  return { kind: 'leibniz', of, wrt: Array.from({ length: times }, () => variable), range: { start: start.start, end: of.range.end } };
}
