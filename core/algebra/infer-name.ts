/** What a name stands for: an index, a variable, a definition, a dimension, or a constant; and what an unknown one was meant to be. */
import { argumentsAt, foreignCall, foreignFunction, placed } from './foreign-calls';
import { closest } from '../syntax/closest';
import type { Fix } from '../syntax/diagnostic';
import type { NameExpr } from '../syntax/tree';
import { GREEK, GREEK_NAMES } from '../syntax/words';
import { dimName, isKnownShape, isOne, isScalar, isVector, SCALAR, shape, type Shape } from './dim';
import { unglued } from './glued-names';
import { operator, operators, spelled } from './operators';
import { NO_WORDS, type Place, type Scope, type Typed, type VariableEntry } from './scope';
import { knownShape, type Maker, Settled } from './settled';
import { typed } from './typed';

const isLetters = (s: string): boolean => /^[\p{L}_]/u.test(s);
/** Everything that can be called, by the name that is written. */
export const FUNCTION_NAMES: readonly string[] = operators.flatMap((o) => o.spellings).filter(isLetters);
const ELSEWHERE: ReadonlyMap<string, string> = new Map(operators.flatMap((o) => { const own = o.spellings.find(isLetters); return own === undefined ? [] : o.elsewhere.map((e) => [e, own] as const); }));

export function inferName(place: Place, expr: NameExpr): Typed | undefined {
  const { scope } = place;
  const { name } = expr;
  if (place.indices.has(name)) return typed(place, expr, SCALAR, () => ({ kind: 'index', name, shape: SCALAR, range: expr.range }));
  const entry = scope.names.get(name);
  if (entry?.kind === 'variable') {
    if (isCalled(scope, expr) && spelled(name)) {
      scope.report('MC2008', `\`${name}\` is a variable here, so this is a product; the function \`${name}\` is hidden`, expr.range, { fixes: [timesFix(expr)] });
    }
    return variable(place, expr, entry);
  }
  if (entry?.kind === 'definition') {
    if (isCalled(scope, expr) && entry.parameters.length === 0 && !/[∇²]$/.test(scope.text.slice(Math.max(0, expr.range.start - 1), expr.range.start))) scope.report('MC2011', `\`${name}\` is defined without arguments, so this is the product of \`${name}\` and the parenthesis`, expr.range, { fixes: [timesFix(expr)] });
    if (entry.typed && isKnownShape(entry.typed.shape)) return new Settled(entry.typed.shape, expr, place.owner, undefined, referenceTerm);
    return entry.typed && typed(place, expr, entry.typed.shape, (s) => ({ kind: 'reference', name, shape: s, range: expr.range }));
  }
  if (entry?.kind === 'function') {
    scope.report('MC2007', `\`${name}\` is a function without a body: write \`${name}(…)\` with its argument`, expr.range);
    return undefined;
  }
  if (scope.dimensions.has(name)) {
    const dim = scope.equal.get(name) ?? dimName(name);
    return typed(place, expr, SCALAR, () => ({ kind: 'dimension', dim, shape: SCALAR, range: expr.range }));
  }
  if (name === 'pi' || name === 'π') return typed(place, expr, SCALAR, () => ({ kind: 'constant', name: 'pi', shape: SCALAR, range: expr.range }));
  if (name === 'I') return identity(place, expr);
  return unknown(place, expr);
}

const isCalled = (scope: Scope, expr: NameExpr): boolean => scope.text[expr.range.end] === '(';
const timesFix = (expr: NameExpr): Fix => ({ title: 'Write *', edits: [{ range: { start: expr.range.end, end: expr.range.end }, text: '*' }], safe: true });

/** A variable where it stands; also one whose sizes were found by what was read before it. */
export function variable(place: Place, expr: NameExpr, entry: VariableEntry): Typed {
  const { scope, owner } = place;
  // What was told where it stands first withholds the result here, too.
  if (entry.unknown) owner.broken = true;
  const s = scope.solver.resolveShape(entry.shape);
  if (isKnownShape(s)) return new Settled(knownShape(scope, s), expr, owner, entry.name, variableTerm);
  return typed(place, expr, entry.shape, (known) => ({ kind: 'variable', name: entry.name, shape: known, range: expr.range }), { wrt: entry.name, parts: [] });
}

const variableTerm: Maker = (t) => ({ kind: 'variable', name: t.wrt ?? '', shape: t.shape, range: t.expr.range });
const referenceTerm: Maker = (t) => ({ kind: 'reference', name: t.expr.kind === 'name' ? t.expr.name : '', shape: t.shape, range: t.expr.range });

/** The identity, sized by its place. */
function identity(place: Place, expr: NameExpr): Typed {
  const { scope } = place;
  const n = scope.solver.unknown(true);
  scope.checks.push(() => {
    if (scope.solver.isKnown(n) || place.owner.broken) return;
    place.owner.broken = true;
    scope.report('MC3006', 'nothing here says the size of `I`: write `I(n)`', expr.range, {
      fixes: [...scope.dimensions.keys()].slice(0, 3).map((d) => ({ title: `Write I(${d})`, edits: [{ range: expr.range, text: `I(${d})` }], safe: false })),
    });
  });
  return typed(place, expr, shape(n, n), (s) => (isScalar(s)
    ? { kind: 'number', value: { n: 1n, d: 1n }, shape: SCALAR, range: expr.range }
    : { kind: 'apply', op: 'identity', args: [], dims: [s.rows], shape: s, range: expr.range }), { parts: [] });
}

/** `d f / d X` as `df/dX`. */
function leibnizAt(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  const found = /^d[ \t]+([\p{L}_][\p{L}\p{M}_0-9]*)[ \t]*\/[ \t]*d[ \t]*([\p{L}_][\p{L}\p{M}_0-9]*)/u.exec(text.slice(start, start + 200));
  return found ? { text: `d${found[1]}/d${found[2]}`, end: start + found[0].length } : undefined;
}

/** `e^(-x'*x)` and `exp^t` as calls. */
function exponential({ text }: Scope, { name, range }: NameExpr): { readonly text: string; readonly end: number } | undefined {
  if (name !== 'e' && name !== 'exp') return undefined;
  const sign = /^[ \t]*\^[ \t]*/.exec(text.slice(range.end, range.end + 20));
  const at = range.end + (sign?.[0].length ?? 0);
  const group = sign ? argumentsAt(text, at, '(') : undefined;
  if (group?.args.length === 1) return { text: `exp(${group.args[0] ?? ''})`, end: group.end };
  const word = sign ? /^-?[ \t]*(?:[\p{L}_][\p{L}\p{M}_0-9]*|[0-9.]+)(?![\p{L}_0-9([{])/u.exec(text.slice(at, at + 60)) : undefined;
  return word ? { text: `exp(${word[0]})`, end: at + word[0].length } : undefined;
}

/** `exp x` as `exp(x)`, where one word follows. */
function callFix(scope: Scope, expr: NameExpr, least: number): readonly Fix[] {
  const rest = scope.text.slice(expr.range.end, expr.range.end + 100);
  // `log det A`: functions of functions, to the first word that is none.
  const functions: string[] = [expr.name];
  let at = 0;
  for (;;) {
    const after = /^[ \t]+((?:[\p{L}_][\p{L}\p{M}_0-9]*|[0-9]+)'?)(?![\p{L}_0-9([.^])/u.exec(rest.slice(at));
    const word = after?.[1];
    if (!after || word === undefined || least > 1) return [];
    at += after[0].length;
    const inner = scope.names.has(word) ? undefined : spelled(word);
    if (inner && inner.arity.min > 1) return [];
    if (inner) { functions.push(word); continue; }
    const called = (names: readonly string[]): Fix => ({ title: `Write ${names.join('(')}(${word}${')'.repeat(names.length)}`, edits: [{ range: { start: expr.range.start, end: expr.range.end + at }, text: `${names.join('(')}(${word}${')'.repeat(names.length)}` }], safe: false });
    return functions.length === 2 && functions[0] === 'log' && functions[1] === 'det' ? [called(['logdet']), called(functions)] : [called(functions)];
  }
}

/** Reports a name that nothing declares, and reads on as if it were a variable. */
function unknown(place: Place, expr: NameExpr): Typed | undefined {
  const { scope, owner } = place;
  owner.broken = true;
  if (scope.isFull()) return undefined;
  const called = isCalled(scope, expr);
  if (spelled(expr.name) && !called) {
    const row = spelled(expr.name);
    // `log det A` was told at its first word.
    const before = /([\p{L}_][\p{L}\p{M}_0-9]*)[ \t]+$/u.exec(scope.text.slice(Math.max(0, expr.range.start - 30), expr.range.start))?.[1];
    if (before !== undefined && spelled(before) && !scope.names.has(before)) return undefined;
    const power = exponential(scope, expr);
    if (power) {
      scope.report('MC2007', `a power of the number e is written \`${power.text}\``, expr.range, { fixes: [{ title: `Write ${power.text}`, edits: [{ range: { start: expr.range.start, end: power.end }, text: power.text }], safe: false }] });
      return undefined;
    }
    if (expr.name === 'Σ') {
      scope.report('MC2007', '`Σ` is the finite sum `Σ(x[i], i = 1:n)` where nothing declares it. A matrix of that name is declared: `Σ : matrix(n, n)`', expr.range);
      return undefined;
    }
    scope.report('MC2007', `\`${expr.name}\` is a function: write \`${expr.name}(${row?.parameters.join(', ') ?? ''})\``, expr.range, { fixes: callFix(scope, expr, row?.arity.min ?? 0) });
    return undefined;
  }
  const entry: VariableEntry = {
    kind: 'variable', name: expr.name, shape: scope.solver.unknownShape(), words: NO_WORDS, range: expr.range, inferred: true, open: true, unknown: true, outer: false,
  };
  scope.names.set(expr.name, entry);
  const near = nearest(scope, expr.name, called);
  scope.checks.push(() => {
    const text = declarationText(expr.name, scope.solver.resolveShape(entry.shape));
    const suggestions: Fix[] = near.map((n) => ({ title: `Write ${n}`, edits: [{ range: expr.range, text: n }], safe: false }));
    const at = lineStart(scope.text, owner.range.start);
    const declare: Fix[] = called || scope.clashing.has(expr.name) ? [] : [{ title: `Declare ${text}`, edits: [{ range: { start: at, end: at }, text: `${text}\n` }], safe: false, declares: true }];
    const leibniz = expr.name === 'd' || expr.name === '∂' ? leibnizAt(scope.text, expr.range.start) : undefined;
    if (leibniz) {
      const range = { start: expr.range.start, end: leibniz.end };
      scope.report('MC2001', `\`${expr.name}\` is neither declared nor defined; a derivative is written without spaces: \`${leibniz.text}\``, expr.range, { fixes: [{ title: `Write ${leibniz.text}`, edits: [{ range, text: leibniz.text }], safe: false }, ...declare] });
      return;
    }
    const foreign = foreignName(scope, place, expr, called);
    if (foreign) {
      scope.report(called ? 'MC2004' : 'MC2001', foreign.message, expr.range, { fixes: [...foreign.fixes, ...(called || foreign.isNoName ? [] : declare)] });
      return;
    }
    // `sum_i x_i` is told once.
    const index = /_(\p{L})$/u.exec(expr.name)?.[1];
    if (index !== undefined && new RegExp(`(?:sum|Σ|Sigma)_${index}[ \\t]+$`, 'u').test(scope.text.slice(Math.max(0, expr.range.start - 20), expr.range.start))) return;
    const asEntry = called ? undefined : subscripted(scope, place, expr.name);
    if (asEntry !== undefined) {
      scope.report('MC2001', `\`${expr.name}\` is neither declared nor defined; an entry is written \`${asEntry}\``, expr.range, { fixes: [{ title: `Write ${asEntry}`, edits: [{ range: expr.range, text: asEntry }], safe: false }, ...suggestions, ...declare] });
      return;
    }
    const entries = called ? undefined : entriesGlued(scope, place, expr.name);
    if (entries !== undefined) {
      scope.report('MC2001', `\`${expr.name}\` is neither declared nor defined; entries are written \`${entries}\`, with an index that a \`sum(…, i = 1:n)\` or a \`dim\` names`, expr.range, { fixes: declare });
      return;
    }
    const product = unglued(scope, expr.name);
    if (product !== undefined && !near.some((n) => n.length === expr.name.length)) {
      const written = /[/^]\s*$/.test(scope.text.slice(Math.max(0, expr.range.start - 4), expr.range.start)) ? `(${product})` : product;
      scope.report(called ? 'MC2004' : 'MC2001', `\`${expr.name}\` is neither declared nor defined; names side by side have spaces between them: \`${written}\``, expr.range, { fixes: [{ title: `Write ${written}`, edits: [{ range: expr.range, text: written }], safe: false }, ...suggestions, ...declare] });
      return;
    }
    const meant = near[0] ? `; did you mean \`${near[0]}\`?` : '';
    const what = called ? 'is no function of the language and is not defined' : 'is neither declared nor defined';
    scope.report(called ? 'MC2004' : 'MC2001', `\`${expr.name}\` ${what}${meant}`, expr.range, { fixes: [...suggestions, ...declare] });
  });
  return called ? undefined : variable(place, expr, entry);
}

const LOGIC: ReadonlySet<string> = new Set(['and', 'or', 'not', 'xor']);
const VALUES: ReadonlySet<string> = new Set(['true', 'false', 'True', 'False', 'TRUE', 'FALSE', 'null', 'None', 'nil', 'undefined', 'NULL', 'NaN', 'nan', 'NA']);

/** Habits of other languages in names: `t(A)`, `transpose(A)`, `A^H`, `A^t`, `sum_i x_i`. */
function foreignName(scope: Scope, place: Place, expr: NameExpr, called: boolean): { readonly message: string; readonly fixes: readonly Fix[]; /** Nobody would declare it. */ readonly isNoName?: boolean } | undefined {
  const { text } = scope;
  const { name, range } = expr;
  const before = /([\p{L}\p{M}_0-9)\]'])\^[({]?$/u.exec(text.slice(Math.max(0, range.start - 4), range.start));
  if (before && (name === 'H' || name === 't')) {
    const caret = text.lastIndexOf('^', range.start);
    const closes = /^[)}]/.test(text.slice(range.end)) && /[({]/.test(text.charAt(range.start - 1));
    const edit = { range: { start: caret, end: range.end + (closes ? 1 : 0) }, text: "'" };
    return { message: name === 'H' ? 'arrays are real here, so `^H` is the transpose `\'`' : '`t` is neither declared nor defined; a transpose is written `\'` or `^T`', fixes: [{ title: "Write '", edits: [edit], safe: false }] };
  }
  if (called && /^(?:transpose|transp|trans|t)$/i.test(name)) {
    const inner = /^\(([^()]*)\)/.exec(text.slice(range.end, range.end + 200));
    if (!inner) return { message: `\`${name}\` is no function of the language; a transpose is written \`A'\``, fixes: [] };
    const written = /^[\p{L}_][\p{L}\p{M}_0-9]*$/u.test(inner[1] ?? '') ? `${inner[1] ?? ''}'` : `(${inner[1] ?? ''})'`;
    return { message: `\`${name}\` is no function of the language; a transpose is written \`${written}\``, fixes: [{ title: `Write ${written}`, edits: [{ range: { start: range.start, end: range.end + inner[0].length }, text: written }], safe: true }] };
  }
  if (!called && LOGIC.has(name)) return { message: `\`${name}\` is no part of the notation: there is no logic; \`max\`, \`abs\`, \`relu\` and \`step\` choose by sign`, fixes: [], isNoName: true };
  if (!called && VALUES.has(name)) return { message: `\`${name}\` is no part of the notation: values are numbers and arrays of them`, fixes: [], isNoName: true };
  const unit = called ? undefined : /^(?:Id|eye|I_?([\p{L}0-9]+))$/u.exec(name);
  const size = unit?.[1];
  if (unit && (size === undefined || /^[1-9][0-9]*$/.test(size) || scope.dimensions.has(size))) {
    const meant = size === undefined ? 'I' : `I(${size})`;
    return { message: `\`${name}\` is neither declared nor defined; the identity is \`${meant}\``, fixes: [{ title: `Write ${meant}`, edits: [{ range, text: meant }], safe: false }] };
  }
  const elsewhere = called ? foreignFunction(text, name, range) : undefined;
  if (elsewhere) return elsewhere;
  const sum = called ? undefined : /^(?:sum|Σ|Sigma)_([\p{L}])$/u.exec(name);
  if (!sum) return undefined;
  const index = sum[1] ?? 'i';
  const entry = new RegExp(`^[ \\t]+([\\p{L}][\\p{L}0-9]*)_${index}(?![\\p{L}\\p{M}_0-9\\[^'])`, 'u').exec(text.slice(range.end, range.end + 100));
  const array = entry && scope.names.get(entry[1] ?? '');
  const s = array?.kind === 'variable' && !array.unknown ? scope.solver.resolveShape(array.shape) : undefined;
  const meant = entry && s && isVector(s) && isKnownShape(s) ? `sum(${entry[1] ?? ''}[${index}], ${index} = 1:${s.rows.key})` : undefined;
  return {
    message: `\`${name}\` is neither declared nor defined; a finite sum is written \`${meant ?? `sum(…, ${index} = 1:n)`}\``,
    fixes: entry && meant !== undefined ? [{ title: `Write ${meant}`, edits: [{ range: { start: range.start, end: range.end + entry[0].length }, text: meant }], safe: false }] : [],
  };
}

/** `Tr[S]`, `D[f, x]`, `det[A]`: a function with square brackets, as Mathematica has them. */
export function bracketedCall(place: Place, expr: NameExpr): boolean {
  const { scope } = place;
  const { name, range } = expr;
  if (scope.text[range.end] !== '[' || scope.names.has(name) || scope.dimensions.has(name) || place.indices.has(name)) return false;
  const own = spelled(name) ? name : undefined;
  const found = argumentsAt(scope.text, range.end, '[');
  const elsewhere = foreignCall(scope.text, name, range.end, '[');
  if (!found || (own === undefined && elsewhere === undefined)) return false;
  const meant = elsewhere ? elsewhere.meant : `${own ?? name}(${found.args.join(', ')})`;
  place.owner.broken = true;
  scope.report('MC2004', `\`${name}[…]\`: arguments stand in parentheses, and ${elsewhere ? elsewhere.said : `it is written \`${(meant ?? '').slice(0, 60)}\``}`, range, { fixes: meant === undefined ? [] : [{ title: `Write ${meant}`, edits: [{ range: { start: range.start, end: found.end }, text: placed(scope.text, range.start, found.end, meant) }], safe: false }] });
  return true;
}

/** Subscripts as letters of their own: `x₁`, `xᵢ`, `Aᵢⱼ`. */
const PLAIN: ReadonlyMap<string, string> = new Map([...'₀₁₂₃₄₅₆₇₈₉'].map((c, i) => [c, String(i)] as const).concat([['ᵢ', 'i'], ['ⱼ', 'j'], ['ₖ', 'k'], ['ₗ', 'l'], ['ₘ', 'm'], ['ₙ', 'n'], ['ₚ', 'p'], ['ₓ', 'x']]));
const SMALL = /[₀-₉ᵢⱼₖₗₘₙₚₓ]+$/u;

/** `x_i` and `X_ij` as the entries `x[i]` and `X[i, j]`, where x and X are arrays and the marks are indices or numbers. */
export function subscripted(scope: Scope, place: Place, name: string, isOpen = false): string | undefined {
  const found = /^(.+)_([\p{L}0-9]+)$/u.exec(name.replace(SMALL, (small) => `_${[...small].map((c) => PLAIN.get(c) ?? c).join('')}`));
  const array = found && scope.names.get(found[1] ?? '');
  if (!found || !array || array.kind === 'function' || (array.kind === 'variable' && array.unknown)) return undefined;
  const marks = found[2] ?? '';
  const isIndex = (m: string): boolean => isOpen || /^[0-9]+$/.test(m) || place.indices.has(m) || scope.names.has(m);
  const s = array.kind === 'variable' ? scope.solver.resolveShape(array.shape) : array.typed && scope.solver.resolveShape(array.typed.shape);
  if (!s || isScalar(s)) return undefined;
  const isLine = isOne(s.cols) || isOne(s.rows);
  const parts = isLine ? [marks] : [...marks];
  return parts.length === (isLine ? 1 : 2) && parts.every(isIndex) ? `${found[1]}[${parts.join(', ')}]` : undefined;
}

/** `xᵢzᵢ`, `Sᵢⱼ`: names with small indices, of which nothing says what they run over. */
function entriesGlued(scope: Scope, place: Place, name: string): string | undefined {
  const parts = name.match(/[^₀-₉ᵢⱼₖₗₘₙₚₓ]+[₀-₉ᵢⱼₖₗₘₙₚₓ]+/gu);
  if (!parts || parts.join('') !== name) return undefined;
  const entries = parts.map((part) => subscripted(scope, place, part, true));
  return entries.every((e) => e !== undefined) ? entries.join('*') : undefined;
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function declarationText(name: string, s: Shape): string {
  const known = isKnownShape(s);
  if (!known || isScalar(s)) return `${name} : scalar`;
  return isVector(s) ? `${name} : vector(${s.rows.key})` : `${name} : matrix(${s.rows.key}, ${s.cols.key})`;
}

/** Names that an unknown one may be a misspelling of, the likeliest first. */
export function nearest(scope: Scope, name: string, called: boolean): readonly string[] {
  if (scope.isFull()) return [];
  const own = [...scope.names.values()].filter((e) => !(e.kind === 'variable' && e.unknown)).map((e) => e.name);
  const known = new Set([...own, ...scope.dimensions.keys()]);
  // Mathematical letters, 𝐀𝐱, as the plain ones of the same look.
  const plain = /[\u{1d400}-\u{1d7ff}]/u.test(name) ? [...name].map((c) => c.normalize('NFKC')) : [];
  if (!called && plain.length > 0 && plain.every((c) => known.has(c))) return [plain.join('*')];
  const greek = [GREEK.get(name), GREEK_NAMES.get(name)].filter((g) => g !== undefined && known.has(g));
  const elsewhere = ELSEWHERE.get(name);
  const near = closest(name, called ? [...own, ...FUNCTION_NAMES] : [...known]);
  // One letter is not a misspelling of another, but for its case.
  const isNear = near !== undefined && (name.length > 2 || near.toLowerCase() === name.toLowerCase());
  const all = [...greek, called ? elsewhere : undefined, isNear ? near : undefined, called ? undefined : elsewhere];
  return [...new Set(all.filter((n) => n !== undefined && n !== name && (called || known.has(n) || operator(n) !== undefined)))].filter((n) => n !== undefined).slice(0, 3);
}
