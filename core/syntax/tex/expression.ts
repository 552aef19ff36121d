/** A LaTeX formula to a tree, as people mean it; what has no single reading is an error. Sums, products and marks. */
import { strip } from '../strength';
import type { Expr } from '../tree';
import { sign } from './derivatives';
import { bracketed, prefixForm } from './forms';
import { kindOfLetter, shapeOf } from './kinds';
import { derivativeOf } from './primed';
import { isOfEntries } from './entries';
import { letterAt, loneArgument, mayBeCalled, named, VECTOR_OF_A_SUM } from './letters';
import { FUNCTIONS } from './names';
import { type Form, type Reader, ambiguous, binaryExpr, callExpr, inverseTransposeExpr, isAt, kindOf, minusExpr, missing, nameExpr, note, numberExpr, peek, powerExpr, spelled, transposeExpr, unreadable } from './reader';
import { type TexToken, argument, argumentEnd, isChar, isCommand, numberAt } from './tokens';

const DOTS = ['dots', 'ldots', 'cdots', 'vdots', 'ddots', 'dotsb', 'dotsc', 'dotsm', 'dotsi'];
const KRONECKER: ReadonlyMap<string, '⊗' | '⊕' | '.*' | './'> = new Map([['otimes', '⊗'], ['oplus', '⊕'], ['odot', '.*'], ['circ', '.*'], ['oslash', './']]);
const RELATIONS = ['in', 'to', 'rightarrow', 'mapsto', 'equiv', 'coloneqq', 'triangleq', 'le', 'leq', 'ge', 'geq', 'ne', 'neq', 'approx', 'sim', 'propto', 'succ', 'succeq', 'prec', 'preceq', 'cong', 'simeq', 'll', 'gg', 'subset', 'subseteq', 'forall', 'exists', 'mid', 'ngeq', 'doteq', 'stackrel', 'overset', 'colon'];
const CLOSERS = ['}', 'rbrace', 'rvert', 'rVert', 'rangle', 'end', '\\', 'cr'];

/** A formula up to a relation, a closing bracket or the end. */
export function readSum(r: Reader): Expr {
  if (r.depth > 80) return unreadable(r, 'The formula is nested too deeply.');
  const inner: Reader = { ...r, depth: r.depth + 1 };
  const value = sum(inner);
  r.at = inner.at;
  return value;
}

/** All of the tokens as one expression, in the reader's surroundings. */
export function readAll(r: Reader, tokens: readonly TexToken[], change: Partial<Pick<Reader, 'bold' | 'bound'>> = {}): Expr {
  const inner: Reader = { ...r, ...change, tokens, at: 0, bars: [], depth: r.depth + 1 };
  if (tokens.length === 0) return unreadable(r, 'An argument is empty.');
  const value = readSum(inner);
  if (inner.at < tokens.length && !r.outcome.error) unreadable(inner, `${spelled(tokens[inner.at])} cannot be read here.`, tokens[inner.at]);
  return r.outcome.error ? missing : value;
}

function sum(r: Reader): Expr {
  let height = 0;
  let left = signed(r);
  for (;;) {
    const token = peek(r);
    if (isCommand(token, 'pm', 'mp')) return ambiguous(r, `${spelled(token)} stands for two formulas. Write each.`, token);
    if (!isChar(token, '+', '-', '−')) return left;
    if (++height > 400) return unreadable(r, 'The formula is too long.', token);
    r.at++;
    if (isCommand(peek(r), ...DOTS)) return unreadable(r, 'A series that is ended by dots cannot be read. Write its closed form or a sum with a last index.', peek(r));
    const right = frobenius(r);
    fit(r, left, right);
    left = binaryExpr(token?.text === '+' ? '+' : '-', left, right);
  }
}

/** `X\theta - y`: beside a vector the product of a matrix and a letter is a vector, and so is the letter. */
function fit(r: Reader, left: Expr, right: Expr): void {
  const of = (e: Expr) => shapeOf(e, { kindOf: (n) => kindOf(r, n) });
  const product = of(left) === 'vector' ? right : of(right) === 'vector' ? left : undefined;
  const p = product && (product.kind === 'unary' ? product.arg : product);
  if (p?.kind !== 'binary' || p.op !== '*' || of(p) !== 'matrix' || p.right.kind !== 'name') return;
  const { name } = p.right;
  if (kindOf(r, name) === undefined && kindOfLetter(name) === 'scalar') r.snippet.seen.set(name, 'vector');
}

function signed(r: Reader): Expr {
  const token = peek(r);
  if (!isChar(token, '+', '-', '−')) return frobenius(r);
  r.at++;
  const value = frobenius(r);
  return token?.text === '+' ? value : minusExpr(value);
}

function frobenius(r: Reader): Expr {
  let left = readProduct(r);
  while ((isAt(r, ':') && !isChar(peek(r, 1), '=')) || isCommand(peek(r), 'colon')) {
    r.at++;
    left = binaryExpr(':', left, readProduct(r));
  }
  return left;
}

/** Products side by side bind before `\otimes` and `\odot`, which do not mix. */
export function readProduct(r: Reader): Expr {
  let left = chain(r);
  let first: string | undefined;
  for (let token = peek(r); token?.kind === 'command' && KRONECKER.has(token.text); token = peek(r)) {
    const op = KRONECKER.get(token.text) ?? '⊗';
    if (first !== undefined && first !== op) return ambiguous(r, `${spelled(token)} is mixed with another product without parentheses.`, token);
    first = op;
    r.at++;
    left = binaryExpr(op, left, chain(r));
  }
  return left;
}

/** Factors side by side. */
function chain(r: Reader): Expr {
  let left = factor(r);
  for (let count = 0; ; count++) {
    const token = peek(r);
    if (token === undefined) return left;
    if (count > 400) return unreadable(r, 'The formula is too long.', token);
    if (isCommand(token, 'bullet')) return ambiguous(r, '`\\bullet` can be the Frobenius product or a product of matrices. Write `\\langle A, X \\rangle`, or `\\cdot`.', token);
    if (isChar(token, '*', '⋅', '·') || isCommand(token, 'cdot', 'ast')) {
      r.at++;
      if (isCommand(peek(r), ...DOTS)) return unreadable(r, 'A product that is ended by dots cannot be read.', peek(r));
      const right = factor(r);
      left = isVectorName(r, left) && isVectorName(r, right) ? binaryExpr('*', transposeExpr(left), right) : binaryExpr('*', left, right);
    } else if (isCommand(token, 'times')) {
      r.at++;
      const right = factor(r);
      if (isVectorName(r, left) && isVectorName(r, right)) { left = callExpr('cross', left, right); continue; }
      const shapes = [left, right].map((e) => shapeOf(e, { kindOf: (n) => kindOf(r, n) }));
      if (!shapes.includes('scalar')) return ambiguous(r, '`\\times` between arrays can be a cross product or a product. Write `\\cdot`, or `cross(a, b)`.', token);
      left = binaryExpr('*', left, right);
    } else if (isCommand(token, 'backslash', 'setminus')) {
      r.at++;
      left = binaryExpr('\\', left, factor(r));
    } else if (isChar(token, '/') || isCommand(token, 'div')) {
      r.at++;
      left = quotient(r, left, factor(r), token);
    } else if (startsFactor(r, token)) {
      const right = besideOnes(r, left, factor(r));
      if (isNumberOne(left) && isOnes(right)) left = right.kind === 'transpose' ? right.arg : left;
      if (isOfEntries(r, right) && shapeOf(left, { kindOf: (n) => kindOf(r, n) }) === 'row') return ambiguous(r, VECTOR_OF_A_SUM, token);
      left = binaryExpr('*', left, right);
    } else return left;
  }
}

const isNumberOne = (e: Expr): boolean => e.kind === 'number' && e.text === '1';
const isOnes = (e: Expr): boolean => e.kind === 'transpose' && e.arg.kind === 'call' && e.arg.callee.name === 'ones';
/** Nobody writes 1 beside a factor for the number: `X^\top 1` and `1 1^\top` hold a vector of ones. */
function besideOnes(r: Reader, left: Expr, right: Expr): Expr {
  if (!isNumberOne(right) || left.kind === 'number') return right;
  note(r, 'A factor 1 is read as `ones(n)`.');
  return callExpr('ones', nameExpr('n'));
}

/** A letter that something says to be a vector: an arrow, bold type, a declaration. */
const isVectorName = (r: Reader, e: Expr): boolean => e.kind === 'name' && (kindOf(r, e.name) === 'vector' || /_vec$/.test(e.name));

/** A product or a sum that no parentheses show. */
export const isBareProduct = (e: Expr): boolean => e.kind === 'binary' && (e.op === '*' || e.op === '+' || e.op === '-');

/** `a/b`; with a letter after it, `1/2x` is half of x and `a/bc` is in doubt. */
function quotient(r: Reader, left: Expr, right: Expr, slash: TexToken): Expr {
  const next = peek(r);
  const isNumeric = right.kind === 'number';
  if (next && startsFactor(r, next) && !isNumeric && letterAt(r.tokens, r.at)) return ambiguous(r, 'A product after `/` can belong below the line or beside it. Write `\\frac{…}{…}`.', slash);
  const after = next && isNumeric && strip(left).kind !== 'number' ? letterAt(r.tokens, r.at) : undefined;
  if (after && (r.snippet.declared.get(after.name) ?? kindOf(r, after.name) ?? kindOfLetter(after.name)) === 'scalar' && !isChar(r.tokens[after.end], '(')) return ambiguous(r, 'A product after `/` can belong below the line or beside it. Write `\\frac{…}{…}`.', slash);
  return divided(r, left, right, slash);
}
export function divided(r: Reader, above: Expr, under: Expr, token: TexToken | undefined): Expr {
  const shape = shapeOf(under, { kindOf: (n) => kindOf(r, n) });
  if (shape === 'matrix' || shape === 'vector' || shape === 'row') {
    const names = shape === 'vector' ? namesIn(under) : [];
    const byLetter = names.length > 0 && names.every((n) => kindOf(r, n) === undefined && kindOfLetter(n) !== 'matrix');
    if (!byLetter) return ambiguous(r, `Division by a ${shape === 'matrix' ? 'matrix' : 'vector'} can be read in several ways. Write the inverse, or \`\\oslash\`.`, token);
    for (const n of names) note(r, `\`${n}\` is taken for a scalar, since it is divided by.`);
  }
  return binaryExpr('/', above, under);
}

/** Names of a root, a power or a multiple of one letter. */
function namesIn(e: Expr): readonly string[] {
  const inner = strip(e);
  if (inner.kind === 'name') return [inner.name];
  if (inner.kind === 'call' && inner.args.length === 1 && inner.args[0]) return namesIn(inner.args[0]);
  if (inner.kind === 'power') return namesIn(inner.base);
  if (inner.kind === 'binary' && inner.left.kind === 'number' && inner.op === '*') return namesIn(inner.right);
  return [];
}

function startsFactor(r: Reader, token: TexToken): boolean {
  switch (token.kind) {
    case 'number': case 'open': case 'parameter': return true;
    case 'close': return false;
    case 'char': return token.text === '|' ? !r.bars.includes('|') : !/^[+\-−*/⋅·=<>,;:&)\]_^'.!?]$/.test(token.text);
    case 'command': return token.text === '|' || token.text === 'Vert' || token.text === 'vert' ? !r.bars.includes(token.text) : !(RELATIONS.includes(token.text) || CLOSERS.includes(token.text) || KRONECKER.has(token.text) || ['pm', 'mp', 'backslash', 'setminus', 'cdot', 'ast', 'times', 'div', 'bullet', ...DOTS].includes(token.text));
  }
}

const FORM: Form = { readSum, readAll, readProduct, factor, divided, argumentsOf, startsFactor };

/** One factor with its marks. */
function factor(r: Reader): Expr {
  if (++r.outcome.depth > 200) unreadable(r, 'The formula is nested too deeply.');
  const value = factorWithin(r);
  r.outcome.depth--;
  return value;
}

function factorWithin(r: Reader): Expr {
  const token = peek(r);
  if (token === undefined) return r.outcome.error ? missing : unreadable(r, 'The formula ends where an expression is expected.');
  if (isCommand(token, ...DOTS)) return unreadable(r, 'Dots cannot be read. Write all terms, or a sum with a last index.', token);
  if (isChar(token, '-', '−')) { r.at++; return minusExpr(factor(r)); }
  if (token.kind === 'number') {
    const digits = numberAt(r.tokens, r.at);
    r.at = digits.end;
    return marks(r, r.bold && digits.text === '1' ? callExpr('ones', nameExpr('n')) : numberExpr(digits.text), undefined, token);
  }
  if (token.kind === 'open') {
    const inner = argument(r.tokens, r.at);
    r.at = argumentEnd(r.tokens, r.at);
    if (inner.length === 0) return peek(r) && startsFactor(r, peek(r) ?? token) ? factor(r) : unreadable(r, 'Nothing stands between the braces.', token);
    const value = readAll(r, inner);
    if (isAt(r, '^') && isBareProduct(value)) return ambiguous(r, 'Braces are not shown: this mark stands on the last factor of the group, or was meant for all of it. Write parentheses.', peek(r));
    return marks(r, value, undefined, token);
  }
  const upright = isCommand(token, 'mathrm', 'text', 'operatorname') ? differentialAt(r, token) : undefined;
  if (upright !== undefined) return marks(r, upright, undefined, token);
  const form = prefixForm(r, token, FORM);
  if (form !== undefined) return form.marked ? form.expr : marks(r, form.expr, undefined, token);
  const group = bracketed(r, token, FORM);
  if (group !== undefined) return marks(r, group, undefined, token);
  const differential = differentialAt(r, token);
  if (differential !== undefined) return marks(r, differential, undefined, token);
  const word = lettersOfFunction(r, token);
  if (word !== undefined) return ambiguous(r, `\`${word}\` can be a function or a product of letters. Write \`\\${FUNCTION_COMMANDS.has(word) ? word : `operatorname{${word}}`}\`.`, token);
  const spoken = plainWord(r, token);
  if (spoken !== undefined) return ambiguous(r, `\`${spoken}\` can be one name or a product of letters. Write \`\\text{${spoken}}\`, or put blanks between the letters.`, token);
  const letter = letterAt(r.tokens, r.at);
  if (letter !== undefined) {
    const start = token;
    if (/^[oO]$/.test(letter.name) && isChar(r.tokens[letter.end], '(') && !r.snippet.declared.has(letter.name) && !r.snippet.functions.has(letter.name)) return unreadable(r, `\`${letter.name}(…)\` is a remainder, not an expression. Leave it out.`, token);
    const derivative = derivativeOf(r, letter, argumentsOf);
    if (derivative) return marks(r, derivative, undefined, token);
    const { expr, name } = named(r, letter, start);
    const of = name !== undefined && isAt(r, '(') ? loneArgument(r.tokens, r.at) : undefined;
    const isOperator = name !== undefined && (/^sigma(?:_|$)/.test(name) || (/^(?:lambda|rho|kappa)(?:_|$)/.test(name) && ofMatrix(r)) || r.snippet.functions.has(name) || r.snippet.declared.has(name));
    if (of !== undefined && !isOperator) return ambiguous(r, `\`${name}(${of})\` can be a function of \`${of}\` or a product, and nothing here defines \`${name}\`.`, token);
    if (name !== undefined && isAt(r, '(')) {
      const known = r.snippet.functions.get(name);
      if (known) return marks(r, callExpr(name, ...argumentsOf(r)), undefined, token);
      if (name === 'sigma' && !r.snippet.sigmaIsName && mayBeCalled(r, letter)) {
        note(r, '`\\sigma(…)` is read as the sigmoid, entry by entry.');
        return marks(r, callExpr('sigmoid', ...argumentsOf(r)), undefined, token);
      }
      if (name === letter.name && mayBeCalled(r, letter)) return ambiguous(r, `\`${name}(…)\` can be a function or a product, and nothing here defines \`${name}\`.`, start);
      const spectral = new Map([['lambda_max', 'eigmax'], ['lambda_min', 'eigmin'], ['sigma_max', 'norm2'], ['sigma_1', 'norm2'], ['kappa', 'cond']]).get(name);
      if (spectral !== undefined && /_1$|kappa/.test(name) && !ofMatrix(r)) return marks(r, expr, name, token);
      if (/^(?:lambda|sigma|rho|kappa)(?:_\w+)?$/.test(name) && spectral === undefined && !r.snippet.declared.has(name) && ofMatrix(r)) return ambiguous(r, `\`${name}(…)\` of a matrix can be a function or a product, and nothing here defines \`${name}\`.`, start);
      if (spectral) return marks(r, callExpr(spectral, ...argumentsOf(r)), undefined, token);
    }
    return marks(r, expr, name, token);
  }
  if (isCommand(token, 'leftarrow')) return unreadable(r, 'An assignment, `\\leftarrow`, has no counterpart: give the new value a name of its own, `W_{\\text{new}} = …`.', token);
  if (isCommand(token, 'left or \\right with a dot')) return unreadable(r, 'A value at a point, `\\left. … \\right|_{x = a}`, has no counterpart. Define a function and write its value.', token);
  if (isCommand(token, 'underset', 'overset', 'stackrel', 'substack')) return unreadable(r, `What stands over or under a sign (${spelled(token)}) has no counterpart: minimising, limits, labels.`, token);
  return unreadable(r, `${spelled(token)} cannot be read.${token.kind === 'command' ? ' If it is a macro, copy its definition too.' : ''}`, token);
}

/** One matrix in parentheses comes next: `(A)`. */
function ofMatrix(r: Reader): boolean {
  const inner = letterAt(r.tokens, r.at + 1);
  return inner !== undefined && isChar(r.tokens[inner.end], ')') && (kindOf(r, inner.name) ?? kindOfLetter(inner.name)) === 'matrix';
}

/** `(a, b)` after a function's name. */
export function argumentsOf(r: Reader): readonly Expr[] {
  const open = peek(r);
  r.at++;
  const args: Expr[] = [];
  do { if (isAt(r, ',')) r.at++; args.push(readSum(r)); } while (isAt(r, ','));
  if (isAt(r, ')', ']') || isCommand(peek(r), '}', 'rbrace')) r.at++;
  else unreadable(r, `${spelled(open)} is never closed.`, open);
  return args;
}

/** `ln x`, `tr A` without a backslash: letters that together are the name of a function. */
function lettersOfFunction(r: Reader, token: TexToken): string | undefined {
  const isLetter = (t: TexToken | undefined): boolean => t?.kind === 'char' && /^[A-Za-z]$/.test(t.text);
  if (!isLetter(token) || (!token.spaced && isLetter(r.tokens[r.at - 1]))) return undefined;
  let text = token.text;
  for (let at = r.at + 1; isLetter(r.tokens[at]) && r.tokens[at]?.spaced === false; at++) text += r.tokens[at]?.text ?? '';
  return text.length >= 2 && FUNCTIONS.has(text.toLowerCase()) && !r.snippet.declared.has(text) && ![...text].every((c) => r.snippet.declared.has(c)) ? text : undefined;
}
/** `Variance`, `loss`: four letters and more run together, at least three of them small and one a vowel between others, read like a word. */
function plainWord(r: Reader, token: TexToken): string | undefined {
  const isLetter = (t: TexToken | undefined): boolean => t?.kind === 'char' && /^[A-Za-z]$/.test(t.text);
  if (!isLetter(token) || (!token.spaced && isLetter(r.tokens[r.at - 1]))) return undefined;
  let text = token.text;
  let at = r.at + 1;
  for (; isLetter(r.tokens[at]) && r.tokens[at]?.spaced === false; at++) text += r.tokens[at]?.text ?? '';
  return text.length >= 4 && /^[A-Za-z]?[a-z]+$/.test(text) && /[^aeiou][aeiou]/.test(text) && ![...text].every((c) => r.snippet.declared.has(c)) ? text : undefined;
}
const FUNCTION_COMMANDS: ReadonlySet<string> = new Set(['exp', 'log', 'ln', 'sin', 'cos', 'tan', 'det', 'max', 'min', 'tanh', 'sinh', 'cosh']);

/** `dX` written as one word, or `\mathrm{d} X`, is a differential where the letter d has no other use. */
function differentialAt(r: Reader, token: TexToken): Expr | undefined {
  const isPlain = isChar(token, 'd') && !r.snippet.dIsName && !r.snippet.declared.has('d');
  const length = isPlain ? 1 : isCommand(token, 'mathrm', 'text', 'operatorname') ? sign(r.tokens, r.at) : 0;
  if (length === 0) return undefined;
  const from = r.at + length;
  const next = r.tokens[from];
  const found = next && letterAt(r.tokens, from);
  const isApart = isPlain && next?.spaced === true && !r.snippet.hasDifferentials;
  if (found && isApart) return ambiguous(r, `\`d ${found.name}\` can be the differential of \`${found.name}\` or a product with \`d\`. Write \`d${found.name}\`, or \`d \\cdot ${found.name}\`.`, token);
  const letter = found;
  if (letter === undefined) {
    const opens = isChar(next, '(', '[') || isCommand(next, 'operatorname', 'mathrm', 'text', 'log', 'ln', 'det', 'exp', 'tr', 'Tr', '{', 'frac', '|', 'lVert', 'lvert');
    if (!isPlain) return unreadable(r, 'The differential of an expression has no counterpart. Write `diff(F, X, dX)`, or name the expression.', token);
    return opens ? ambiguous(r, '`d` before an expression can be its differential or a factor. Write `diff(F, X, dX)`, or name the expression.', token) : undefined;
  }
  const name = `d${letter.name}`;
  const kind = kindOf(r, letter.name);
  if (kind) r.snippet.seen.set(name, kind);
  r.at = letter.end;
  const mark = isAt(r, '^') ? plain(argument(r.tokens, r.at + 1)) : 'T';
  if (!/^(?:T|t|\\prime)$/.test(mark)) return ambiguous(r, `\`d${letter.name}^{${mark.slice(0, 8)}}\` can be the differential of a power or the power of a differential.`, token);
  note(r, `\`${name}\` is read as a differential, one name.`);
  return { kind: 'name', name, range: { start: 0, end: 0 } };
}

/** `f'(x)`: where primes transpose elsewhere, `X'(y - Xb)` of a capital letter is a product. */
const mayBeDerivative = (r: Reader, base: Expr, name: string | undefined): boolean => name !== undefined && base.kind !== 'paren' && !(r.snippet.primesTranspose && /^\p{Lu}/u.test(name));

/** Superscripts and primes, from left to right. */
function marks(r: Reader, start: Expr, name: string | undefined, first: TexToken | undefined = r.tokens[r.at - 1]): Expr {
  let base = start;
  for (let count = 0; ; count++) {
    const token = peek(r);
    if (count > 40) return unreadable(r, 'Too many marks stand on one expression.', token);
    if (isChar(token, "'", '′')) {
      r.at++;
      const shape = shapeOf(base, { kindOf: (n) => kindOf(r, n) });
      if (isAt(r, "'") || (isAt(r, '(') && mayBeDerivative(r, base, name)) || (shape === 'scalar' && name !== undefined && kindOf(r, name) !== undefined)) return ambiguous(r, 'A prime can be a transpose or a derivative.', token);
      base = transposed(r, base, name, first);
    } else if (isChar(token, '^')) {
      const arg = argument(r.tokens, r.at + 1);
      r.at = argumentEnd(r.tokens, r.at + 1);
      base = raised(r, base, arg, name, token, first);
    } else if (isChar(token, '_')) {
      const arg = argument(r.tokens, r.at + 1);
      if (base.kind === 'paren' && arg.length === 1 && isChar(arg[0], '+')) {
        if (!['scalar', 'vector', 'row'].includes(shapeOf(base, { kindOf: (n) => kindOf(r, n) }))) return ambiguous(r, 'The positive part of an array can be that of its entries or of its eigenvalues.', token);
        note(r, '`(…)_+` is read as the positive part of every entry.');
        r.at = argumentEnd(r.tokens, r.at + 1);
        base = callExpr('relu', base.arg);
        continue;
      }
      const items = arg.flatMap((t) => (isChar(t, ',') ? [] : [t]));
      const isEntry = base.kind === 'paren' && items.length >= 1 && items.length <= 2 && items.every((t) => t.kind === 'number' || (t.kind === 'char' && /^[i-l]$/.test(t.text)));
      if (!isEntry) return unreadable(r, 'This subscript cannot be read here.', token);
      r.at = argumentEnd(r.tokens, r.at + 1);
      base = { kind: 'index', arg: base, items: items.map((t) => ({ kind: 'at', expr: t.kind === 'number' ? numberExpr(t.text) : { kind: 'name', name: t.text, range: { start: 0, end: 0 } }, range: { start: 0, end: 0 } })), range: { start: 0, end: 0 } };
    } else if (isChar(token, '!')) return unreadable(r, 'A factorial cannot be read. Write `gamma(n + 1)` in mcalc.', token);
    else return base;
  }
}

function transposed(r: Reader, base: Expr, name: string | undefined, start: TexToken | undefined): Expr {
  if (name !== undefined && !r.snippet.declared.has(name)) r.snippet.seen.set(name, /^\p{Lu}/u.test(name) ? r.snippet.seen.get(name) ?? 'matrix' : 'vector');
  // A row of a matrix that stands as a column is that row again.
  if (base.kind === 'transpose' && base.arg.kind === 'index') return base.arg;
  if (isOfEntries(r, base)) return ambiguous(r, VECTOR_OF_A_SUM, start);
  if (base.kind === 'number') {
    if (base.text !== '1') return ambiguous(r, `The number ${base.text} has no transpose. A vector of ones is \`\\mathbf{1}\`.`, start);
    note(r, 'A transposed 1 is read as `ones(n)`.');
    return transposeExpr(callExpr('ones', nameExpr('n')));
  }
  return transposeExpr(base);
}

/** Words of an exponent without styles: `\mathsf{T}` is T. */
function plain(tokens: readonly TexToken[]): string {
  return tokens.filter((t) => !(t.kind === 'command' && /^(?:mathsf|mathrm|text|textsf|intercal|top|mathbf|rm|operatorname|mathtt)$/.test(t.text)) && t.kind !== 'open' && t.kind !== 'close').map((t) => (t.kind === 'command' ? `\\${t.text}` : t.text === '−' ? '-' : t.text)).join('')
    + (tokens.some((t) => isCommand(t, 'top', 'intercal')) ? 'T' : '');
}

function raised(r: Reader, base: Expr, arg: readonly TexToken[], name: string | undefined, mark: TexToken | undefined, first: TexToken | undefined): Expr {
  const word = plain(arg);
  const shape = shapeOf(base, { kindOf: (n) => kindOf(r, n) });
  const isArray = shape !== 'scalar' || base.kind !== 'name' || name === undefined || kindOf(r, name) === undefined;
  const smallT = (word === 't' || word === '-t') && isArray && shapeOf(base, { kindOf: (n) => kindOf(r, n) }) !== 'scalar';
  if (smallT && r.snippet.declared.has('t')) return ambiguous(r, '`^t` can be a transpose or a power, since `t` is declared.', mark);
  if (word === 'T' || word === '\\prime' || (word === 't' && smallT)) return transposed(r, base, name, first);
  if (word === '-T' || (word === '-t' && smallT)) return inverseTransposeExpr(base);
  if (word === '+') return callExpr('pinv', base);
  if (word === '\\dagger') { note(r, '`^\\dagger` is read as the pseudo-inverse.'); return callExpr('pinv', base); }
  if (/^(?:\*|\\ast|H|\\star|\\perp|-|\\circ|c|C)$/.test(word)) return ambiguous(r, `The superscript \`${word}\` has several meanings.`, mark);
  if (isChar(arg[0], '(') && isChar(arg.at(-1), ')') && !arg.some((t) => isChar(t, '/', '+', '-') || isCommand(t, 'frac')) && arg.length <= 3) return ambiguous(r, 'A superscript in parentheses counts, it is no power. Write it as a subscript.', mark);
  if (isCommand(arg[0], 'circ', 'odot') && arg.length > 1) {
    return powerExpr(base, readAll(r, arg.slice(1)), true);
  }
  if (/^(?:-?[0-9]+T|T[-+]?[0-9]+)$/.test(word)) return ambiguous(r, `The superscript \`${word.slice(0, 20)}\` has several readings.`, mark);
  const exponent = readAll(r, arg);
  const isE = base.kind === 'name' && base.name === 'e' && !r.snippet.declared.has('e');
  if (isE) {
    const isMatrix = shapeOf(exponent, { kindOf: (n) => kindOf(r, n) }) === 'matrix';
    return callExpr(isMatrix ? 'expm' : 'exp', exponent);
  }
  if (name === undefined && base.kind === 'call' && base.callee.name === 'tr' && shapeOf(exponent, { kindOf: () => 'scalar' }) !== 'scalar') return ambiguous(r, 'A power after a trace can belong inside or outside.', mark);
  return powerExpr(base, exponent);
}
