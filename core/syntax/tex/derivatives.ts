/** Derivatives in LaTeX: `\frac{\partial f}{\partial X}`, `\partial f/\partial X`, `\nabla_X f`. */
import { strip } from '../strength';
import type { Expr, NameExpr } from '../tree';
import { everyExpr } from '../walk';
import { shapeOf } from './kinds';
import { type Letter, letterAt, type Subscript, subscriptAt } from './letters';
import { type Form, type Found, type Reader, ambiguous, callExpr, isAt, kindOf, missing, nameExpr, note, numberExpr, parenExpr, peek, transposeExpr, unreadable } from './reader';
import { type TexToken, argument, argumentEnd, bareArgument, isChar, isCommand } from './tokens';

/** Letters that the formulas differentiate by: after `\partial`, below the line of `\frac{d}{dX}`, under `\nabla`. */
export function derivedBy(formulas: readonly (readonly TexToken[])[]): ReadonlySet<string> {
  const out = new Set<string>();
  const add = (tokens: readonly TexToken[], at: number): void => { const letter = letterAt(tokens, at); if (letter) out.add(letter.name); };
  for (const tokens of formulas) {
    tokens.forEach((t, i) => {
      if (isCommand(t, 'partial')) add(tokens, i + 1);
      else if (isCommand(t, 'nabla') && isChar(tokens[i + 1], '_')) add(argument(tokens, i + 2), 0);
      else if (isCommand(t, 'frac', 'dfrac', 'tfrac')) {
        const below = bareArgument(tokens, argumentEnd(tokens, i + 1));
        const length = sign(below, 0);
        if (length > 0) add(below, length);
      }
    });
  }
  return out;
}

/** Capital letters that often name functions, where they bear the mark of a transpose: `\Phi^\top`. */
export function transposedLetters(formulas: readonly (readonly TexToken[])[]): ReadonlySet<string> {
  const out = new Set<string>();
  for (const tokens of formulas) {
    tokens.forEach((t, i) => {
      const name = ['Phi', 'Psi'].find((x) => isCommand(t, x));
      if (name === undefined || !isChar(tokens[i + 1], '^')) return;
      const mark = argument(tokens, i + 2);
      if (mark.length > 0 && mark.every((m) => isCommand(m, 'top', 'intercal') || isChar(m, 'T'))) out.add(name);
    });
  }
  return out;
}

/** `x_i`, `w_{ij}`, `X_{kl}`; the k of `K_k` tells one matrix from others. */
const isEntryOf = (letter: Letter, sub: Subscript): boolean => !sub.counts && sub.parts.length <= 2 && (sub.parts.length === 2 || !/^\p{Lu}/u.test(letter.name)) && sub.parts.every((p) => /^(?:[i-l]|[0-9]+)$/.test(p)) && sub.parts.some((p) => /^[i-l]$/.test(p));

/** Letters that count the entries of what something is differentiated by. */
export function entryIndices(formulas: readonly (readonly TexToken[])[], declared: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const out = new Set<string>();
  for (const tokens of formulas) {
    tokens.forEach((t, i) => {
      const letter = isCommand(t, 'partial') ? letterAt(tokens, i + 1) : undefined;
      const sub = letter && subscriptAt(tokens, letter.end);
      // Above the line, `\\partial f_i`, too: an index below is what counts.
      if (letter && sub && !declared.has(`${letter.name}_${sub.text}`) && isEntryOf(letter, sub)) for (const p of sub.parts) if (/^[i-l]$/.test(p)) out.add(p);
    });
  }
  return out;
}

/** `F(X)` at `at`, where X is what is differentiated by: a function that is not defined here. */
function functionOf(tokens: readonly TexToken[], at: number, by: (name: string) => boolean): { readonly name: string; readonly end: number } | undefined {
  const of = letterAt(tokens, at);
  const sub = of && subscriptAt(tokens, of.end);
  const open = sub?.end ?? of?.end ?? 0;
  if (!of || !isChar(tokens[open], '(')) return undefined;
  const inner = letterAt(tokens, open + 1);
  if (!inner || !isChar(tokens[inner.end], ')') || inner.name === of.name || !by(inner.name)) return undefined;
  return { name: of.name + (sub ? `_${sub.text}` : ''), end: inner.end + 1 };
}

/** Length of a `\partial`, `d` or `\mathrm{d}` at `at`, or 0. */
export function sign(tokens: readonly TexToken[], at: number): number {
  if (isCommand(tokens[at], 'partial')) return 1;
  if (isChar(tokens[at], 'd')) return 1;
  if (!isCommand(tokens[at], 'mathrm', 'text', 'mathbf', 'operatorname', 'rm')) return 0;
  const arg = argument(tokens, at + 1);
  return arg.length === 1 && isChar(arg[0], 'd') ? argumentEnd(tokens, at + 1) - at : 0;
}

interface Below {
  readonly wrt: readonly NameExpr[];
  readonly transposed: boolean;
  readonly isVec: boolean;
  /** The indices of the entry of the variable that stands below. */
  readonly entry?: readonly string[];
}

/** `\frac{\partial …}{\partial …}`; undefined for an ordinary fraction. */
export function derivativeFraction(r: Reader, above: readonly TexToken[], below: readonly TexToken[], token: TexToken, form: Form): Found | undefined {
  const [top, bottom] = [sign(above, 0), sign(below, 0)];
  if (top === 0 || bottom === 0 || below.length <= bottom) return undefined;
  if (isChar(above[0], 'd') || isChar(below[0], 'd')) {
    const isPower = above.length > 1 && isChar(above[1], '^', '_') && !(above[2]?.kind === 'number');
    if (isPower) return undefined;
    if (r.snippet.declared.has('d')) return { expr: ambiguous(r, '`d` is declared, so this can be a quotient or a derivative.', token), marked: true };
  }
  let at = top;
  let order = 1;
  if (isChar(above[at], '^')) {
    const exponent = argument(above, at + 1);
    order = exponent.length === 1 && exponent[0]?.kind === 'number' ? Number(exponent[0].text) : 0;
    at = argumentEnd(above, at + 1);
  }
  if (order < 1 || order > 2) return { expr: unreadable(r, 'Only first and second derivatives can be read.', token), marked: true };
  const under = variables(r, below, order, token);
  if (under === undefined) return { expr: missing, marked: true };
  const ofTokens = above.slice(at);
  const unknown = functionOf(ofTokens, 0, (n) => n === under.wrt[0]?.name);
  if (unknown?.end === ofTokens.length && !r.snippet.functions.has(unknown.name)) return { expr: derivative(r, nameExpr(unknown.name), under, token), marked: false };
  const of = ofTokens.length > 0 ? form.readAll(r, ofTokens) : form.readProduct(r);
  return { expr: derivative(r, of, under, token), marked: ofTokens.length === 0 };
}

/** What stands below: one variable for each differentiation. */
function variables(r: Reader, tokens: readonly TexToken[], order: number, token: TexToken): Below | undefined {
  const wrt: NameExpr[] = [];
  let transposed = false;
  let isVec = false;
  let entry: readonly string[] | undefined;
  for (let at = 0; at < tokens.length;) {
    const length = sign(tokens, at);
    if (length === 0) { unreadable(r, 'What stands below the line of this derivative cannot be read.', tokens[at]); return undefined; }
    at += length;
    const isWord = isCommand(tokens[at], 'operatorname', 'text', 'mathrm', 'mbox', 'textrm', 'textnormal') && /^vec$/i.test(argument(tokens, at + 1).map((t) => t.text).join(''));
    if (isWord) { isVec = true; at = argumentEnd(tokens, at + 1); }
    const isParen = isChar(tokens[at], '(');
    if (isParen) at++;
    const letter = letterAt(tokens, at);
    if (letter === undefined) { unreadable(r, 'A derivative is by a variable.', tokens[at] ?? token); return undefined; }
    const sub = subscriptAt(tokens, letter.end);
    const name = letter.name + (sub ? `_${sub.text}` : '');
    const isEntry = sub !== undefined && !r.snippet.declared.has(name) && isEntryOf(letter, sub);
    if (isEntry && (isVec || (order > 1 && (sub.parts.length > 1 || entry?.length === 2)))) { unreadable(r, 'A second derivative by entries cannot be read. Write the derivative by the whole array.', token); return undefined; }
    if (isEntry) entry = [...entry ?? [], ...sub.parts];
    at = sub?.end ?? letter.end;
    if (isParen) {
      if (!isChar(tokens[at], ')')) { unreadable(r, 'A derivative is by a variable.', tokens[at] ?? token); return undefined; }
      at++;
    }
    let times = 1;
    if (isChar(tokens[at], '^')) {
      const mark = argument(tokens, at + 1);
      const isT = mark.some((t) => isCommand(t, 'top', 'intercal') || isChar(t, 'T', 't'));
      if (isT) transposed = true;
      else if (mark.length === 1 && mark[0]?.kind === 'number') times = Number(mark[0].text);
      else { unreadable(r, 'A derivative is taken by a name; this mark on it cannot be read.', tokens[at]); return undefined; }
      at = argumentEnd(tokens, at + 1);
    } else if (isChar(tokens[at], "'")) { transposed = true; at++; }
    if (isEntry && times === 2 && entry) entry = [...entry, ...sub.parts];
    for (let k = 0; k < Math.min(times, 3); k++) wrt.push(nameExpr(isEntry ? letter.name : name));
  }
  if (entry && order > 1 && entry.length !== order) { unreadable(r, 'A second derivative by an entry and by an array cannot be read. Write the derivative by the whole array.', token); return undefined; }
  if (wrt.length !== order) { unreadable(r, `The order above is ${order}, below it is ${wrt.length}.`, token); return undefined; }
  return { wrt, transposed, isVec, ...(entry && { entry }) };
}

/** The derivative by an entry: an entry of the gradient, or the derivative along a basis matrix. */
function byEntry(r: Reader, value: Expr, variable: NameExpr, entry: readonly string[]): Expr {
  const places = entry.map((p) => (/^[0-9]+$/.test(p) ? numberExpr(p) : nameExpr(p)));
  const range = { start: 0, end: 0 };
  if (entry.some((p) => !/^[0-9]/.test(p))) note(r, `\`${entry.filter((p) => !/^[0-9]/.test(p)).join('`, `')}\` ${entry.length > 1 ? 'are whole numbers' : 'is a whole number'}: declare ${entry.length > 1 ? 'them' : 'it'} \`: scalar\`.`);
  if (shapeOf(value, { kindOf: (n) => kindOf(r, n) }) === 'scalar' && value.kind !== 'name') return { kind: 'index', arg: callExpr('grad', value, variable), items: places.map((expr) => ({ kind: 'at', expr, range })), range };
  return callExpr('diff', value, variable, callExpr(entry.length > 1 ? 'E' : 'e', ...places));
}

/** `\partial^2 f/\partial x_i\partial x_j`: entry (i, j) of the Hessian. */
function entryOfHessian(r: Reader, value: Expr, below: Below, entry: readonly string[]): Expr {
  const range = { start: 0, end: 0 };
  note(r, `\`${entry.join('`, `')}\` are whole numbers: declare them \`: scalar\`.`);
  return { kind: 'index', arg: parenExpr({ kind: 'leibniz', of: value, wrt: below.wrt, range }), items: entry.map((p) => ({ kind: 'at', expr: /^[0-9]+$/.test(p) ? numberExpr(p) : nameExpr(p), range })), range };
}

function derivative(r: Reader, of: Expr, below: Below, token: TexToken | undefined): Expr {
  const value = strip(of);
  const [first, second] = below.wrt;
  if (first === undefined || r.outcome.error) return missing;
  if (below.entry && second) return entryOfHessian(r, value, below, below.entry);
  if (below.entry) return byEntry(r, value, first, below.entry);
  const shape = shapeOf(value, { kindOf: (n) => kindOf(r, n) });
  const leibniz: Expr = { kind: 'leibniz', of: value, wrt: below.wrt, range: { start: 0, end: 0 } };
  if (below.isVec || (value.kind === 'call' && value.callee.name === 'vec' && below.transposed)) {
    const inner = value.kind === 'call' && value.callee.name === 'vec' ? value.args[0] : undefined;
    if (!below.transposed || inner === undefined || second) return ambiguous(r, 'Which way this derivative of a vec lies is not said. Write `\\partial\\operatorname{vec}(X)^\\top` below.', token);
    return callExpr('jacobian', inner, first);
  }
  const isFunction = value.kind === 'call' && r.snippet.functions.has(value.callee.name);
  if (value.kind === 'name' || isFunction) return below.transposed && !second && shape === 'scalar' && value.kind !== 'name' ? transposeExpr(parenExpr(leibniz)) : leibniz;
  if (second) return shape === 'scalar' && second.name === first.name ? callExpr('hessian', value, first) : leibniz;
  if (shape === 'scalar') return below.transposed ? transposeExpr(callExpr('grad', value, first)) : callExpr('grad', value, first);
  // The kinds of letters are guesses: what its shapes decide is left to the language.
  return leibniz;
}

/** `\partial f/\partial X`, `\partial_X f`. */
export function inlinePartial(r: Reader, form: Form): Expr {
  const token = peek(r);
  r.at++;
  if (isAt(r, '_')) {
    const letter = letterAt(argument(r.tokens, r.at + 1), 0);
    r.at = argumentEnd(r.tokens, r.at + 1);
    if (!letter) return unreadable(r, 'The variable of this derivative cannot be read.', token);
    return derivative(r, form.readProduct(r), { wrt: [nameExpr(letter.name)], transposed: false, isVec: false }, token);
  }
  let order = 1;
  if (isAt(r, '^')) {
    const exponent = argument(r.tokens, r.at + 1);
    order = exponent.length === 1 && exponent[0]?.kind === 'number' ? Number(exponent[0].text) : 0;
    r.at = argumentEnd(r.tokens, r.at + 1);
  }
  const unknown = functionOf(r.tokens, r.at, (n) => r.snippet.derivedBy.has(n));
  const isUnknown = unknown !== undefined && isChar(r.tokens[unknown.end], '/') && !r.snippet.functions.has(unknown.name);
  if (isUnknown) r.at = unknown.end;
  const of = isUnknown ? nameExpr(unknown.name) : form.factor(r);
  if (!isAt(r, '/') || order < 1 || order > 2) return unreadable(r, '`\\partial` needs a quotient: `\\partial f/\\partial X`.', token);
  const from = r.at + 1;
  let end = from;
  for (let n = 0; n < order && isCommand(r.tokens[end], 'partial'); n++) {
    const letter = letterAt(r.tokens, end + 1);
    if (!letter) break;
    end = subscriptAt(r.tokens, letter.end)?.end ?? letter.end;
    if (isChar(r.tokens[end], '^')) {
      if (argument(r.tokens, end + 1)[0]?.kind === 'number') n++;
      end = argumentEnd(r.tokens, end + 1);
    }
  }
  const under = token ? variables(r, r.tokens.slice(from, end), order, token) : undefined;
  if (under === undefined) return missing;
  r.at = end;
  return derivative(r, of, under, token);
}

/** `\mathrm{D}_X F[V]`: the derivative in a direction; undefined where no upright D with a variable stands. */
export function directional(r: Reader, form: Form): Expr | undefined {
  const token = peek(r);
  const sign = argument(r.tokens, r.at + 1);
  const at = argumentEnd(r.tokens, r.at + 1);
  if (sign.length !== 1 || !isChar(sign[0], 'D') || !isChar(r.tokens[at], '_')) return undefined;
  const by = argument(r.tokens, at + 1);
  const variable = letterAt(by, 0);
  const sub = variable && subscriptAt(by, variable.end);
  if (!variable || (sub?.end ?? variable.end) !== by.length) return unreadable(r, 'The variable of this derivative cannot be read.', token);
  r.at = argumentEnd(r.tokens, at + 1);
  const of = strip(form.factor(r));
  if (!isAt(r, '[')) return unreadable(r, 'A derivative in a direction is `\\mathrm{D}_X F[V]`.', token);
  r.at++;
  const direction = form.readSum(r);
  if (!isAt(r, ']')) return unreadable(r, '`[` is never closed.', token);
  r.at++;
  return callExpr('diff', of, nameExpr(variable.name + (sub ? `_${sub.text}` : '')), direction);
}

/** `\nabla_X f`, `\nabla^2 f`; without a variable, by the only one there is. */
export function nabla(r: Reader, form: Form): Expr {
  const token = peek(r);
  r.at++;
  let order = 1;
  let variable: NameExpr | undefined;
  while (isAt(r, '_', '^')) {
    const arg = argument(r.tokens, r.at + 1);
    if (isAt(r, '^')) {
      if (arg.length !== 1 || arg[0]?.kind !== 'number' || arg[0].text !== '2') return unreadable(r, 'This mark on `\\nabla` cannot be read.', token);
      order = 2;
    } else {
      const letter = letterAt(arg, 0);
      const sub = letter ? subscriptAt(arg, letter.end) : undefined;
      if (!letter || (sub?.end ?? letter.end) !== arg.length) return unreadable(r, 'The variable of `\\nabla` cannot be read.', token);
      variable = nameExpr(letter.name + (sub ? `_${sub.text}` : ''));
    }
    r.at = argumentEnd(r.tokens, r.at + 1);
  }
  if (isCommand(peek(r), 'cdot', 'times')) return unreadable(r, 'Divergence and curl cannot be read.', token);
  const letter = letterAt(r.tokens, r.at);
  const isCalled = letter && isChar(r.tokens[letter.end], '(');
  if (letter && isCalled && !r.snippet.functions.has(letter.name) && !r.snippet.declared.has(letter.name)) return ofUnknown(r, letter.name, letter.end, variable, order);
  const of = strip(form.readProduct(r));
  if (r.outcome.error) return missing;
  const by = variable ?? onlyVariable(r, of);
  if (by === undefined) return ambiguous(r, '`\\nabla` does not say by which variable. Write `\\nabla_X`.', token);
  const wrt = order === 2 ? [by, by] : [by];
  if (of.kind === 'name') return { kind: 'leibniz', of, wrt, range: { start: 0, end: 0 } };
  if (of.kind === 'call' && r.snippet.functions.has(of.callee.name)) {
    const isPlain = of.args.length === 1 && strip(of.args[0] ?? missing).kind === 'name';
    return isPlain ? { kind: 'leibniz', of: of.callee, wrt, range: { start: 0, end: 0 } } : { kind: 'nabla', order, callee: of.callee, args: of.args, range: { start: 0, end: 0 } };
  }
  const shape = shapeOf(of, { kindOf: (n) => kindOf(r, n) });
  if (shape !== 'scalar' && shape !== 'unknown') return ambiguous(r, '`\\nabla` of an array can be its Jacobian or the transpose of it.', token);
  return callExpr(order === 2 ? 'hessian' : 'grad', of, by);
}

/** `\nabla f(x)` of a function that is not defined here: its gradient at x. */
function ofUnknown(r: Reader, name: string, end: number, variable: NameExpr | undefined, order: number): Expr {
  const token = r.tokens[r.at];
  const args: NameExpr[] = [];
  let close = end;
  do {
    const inside = letterAt(r.tokens, close + 1);
    if (!inside) return unreadable(r, `\`${name}\` is not defined here.`, token);
    const sub = subscriptAt(r.tokens, inside.end);
    close = sub?.end ?? inside.end;
    args.push(nameExpr(inside.name + (sub ? `_${sub.text}` : '')));
  } while (isChar(r.tokens[close], ',') || isChar(r.tokens[close], ';'));
  if (!isChar(r.tokens[close], ')')) return unreadable(r, `\`${name}\` is not defined here.`, token);
  r.at = close + 1;
  const [only] = args;
  // At another point than the variable itself, `\nabla f(x_n)`, it is the gradient's value there.
  const isElsewhere = args.length === 1 && only !== undefined && (variable ? variable.name !== only.name : only.name.includes('_'));
  if (isElsewhere && only) return { kind: 'nabla', order, callee: nameExpr(name), args: [only], range: { start: 0, end: 0 } };
  const by = variable ?? (args.length === 1 ? only : undefined);
  if (by === undefined) return ambiguous(r, '`\\nabla` does not say by which variable. Write `\\nabla_X`.', token);
  if (variable && !args.some((a) => a.name === variable.name)) return unreadable(r, `\`${name}\` is not defined here, and \`${variable.name}\` is none of its arguments.`, token);
  return { kind: 'leibniz', of: nameExpr(name), wrt: order === 2 ? [by, by] : [by], range: { start: 0, end: 0 } };
}

function onlyVariable(r: Reader, of: Expr): NameExpr | undefined {
  const defined = of.kind === 'name' ? r.snippet.functions.get(of.name) : of.kind === 'call' ? r.snippet.functions.get(of.callee.name) : undefined;
  if (defined) return defined.length === 1 && defined[0] !== undefined ? nameExpr(defined[0]) : undefined;
  // `\nabla f` of a letter alone: it is what is differentiated, not what by.
  if (of.kind === 'name') return undefined;
  const callees = new Set<Expr>();
  const names = new Set<string>();
  for (const e of everyExpr([of])) {
    if (e.kind === 'call') callees.add(e.callee);
    if (e.kind === 'name' && !callees.has(e) && e.name !== 'I' && e.name !== 'pi') names.add(e.name);
  }
  const [only] = names;
  return names.size === 1 && only !== undefined ? nameExpr(only) : undefined;
}
