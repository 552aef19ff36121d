/** LaTeX in: formulas as people write them to mcalc statements. What cannot be read, or in two ways, is an error that names it. */
import { diagnose } from '../codes';
import type { Diagnostic } from '../diagnostic';
import { parse } from '../parse';
import { printText } from '../print';
import { BUILTIN_FUNCTIONS } from '../words';
import type { Expr } from '../tree';
import { everyExpr } from '../walk';
import { derivedBy, entryIndices, sign, transposedLetters } from './derivatives';
import { readSum } from './expression';
import { type Formula, formulasOf } from './formulas';
import { type Kind, shapeOf } from './kinds';
import { isEntryOfMatrix, letterAt, sizesOf, subscriptAt } from './letters';
import { expandMacros } from './macros';
import { marksInNames } from './marked-names';
import { type Reader, type Snippet, ambiguous, kindOf, peek, readerOf, spelled, unreadable } from './reader';
import { FUNCTIONS, REFUSED_WORDS, STYLES } from './names';
import { sameSpelling } from './spelling';
import { withSubscripts } from './subscripts';
import { type TexToken, argument, argumentEnd, isChar, isCommand, texTokens } from './tokens';

export interface Converted {
  /** One for each formula, two for an equation with three sides. */
  readonly statements: readonly string[];
  /** What was decided by the kind of a letter. */
  readonly notes: readonly string[];
  /** Ranges are in the LaTeX. */
  readonly errors: readonly Diagnostic[];
}

const MAX_TEX = 200_000;

/** Converts a snippet: formulas with or without dollars and displays, with the macros that it defines. Total. */
export function convertLatex(tex: string, declarations: ReadonlyMap<string, Kind> = new Map()): Converted {
  if (tex.length > MAX_TEX) return { statements: [], notes: [], errors: [diagnose('MC1018', `The text has ${tex.length} characters; at most ${MAX_TEX} are read.`, { start: 0, end: 0 })] };
  const expanded = expandMacros(texTokens(tex));
  const { formulas: read, errors } = formulasOf(sameSpelling(expanded.tokens));
  const formulas = marksInNames(withSubscripts(read));
  const found = [...expanded.errors, ...errors];
  if (found.length > 0) return { statements: [], notes: [], errors: found };
  if (formulas.length === 0) return { statements: [], notes: [], errors: [diagnose('MC1030', 'No formula was found.', { start: 0, end: tex.length })] };
  const seen = new Map<string, Kind>();
  const snippet = (): Snippet => ({ declared: declarations, seen, usesBold: false, functions: definedFunctions(formulas, declarations), definitions: new Set(), dIsName: usesD(formulas), hasDifferentials: formulas.some(opensDifferential), derivedBy: derivedBy(formulas), indices: entryIndices(formulas, declarations), transposed: transposedLetters(formulas), primesTranspose: usesPrimes(formulas), deltaIsIncrement: isIncrement(formulas), sigmaIsName: usesSigma(formulas), notes: new Set() });
  // The first reading shows which letters are bold or transposed, wherever in the snippet that is.
  const first = snippet();
  for (const formula of formulas) statementsOf(first, formula);
  const second: Snippet = { ...snippet(), usesBold: first.usesBold };
  const statements: string[] = [];
  for (const formula of formulas) {
    const read = statementsOf(second, formula);
    if (read.error) found.push(read.error); else statements.push(...read.statements);
  }
  if (found.length === 0) found.push(...misread(statements, tex));
  return { statements: found.length > 0 ? [] : statements, notes: [...second.notes], errors: found };
}

/** What is written must be read again by the parser of mcalc itself. */
function misread(statements: readonly string[], tex: string): readonly Diagnostic[] {
  const wrong = parse(statements.join('\n')).diagnostics.find((d) => d.severity === 'error');
  return wrong ? [diagnose('MC1030', `The formula has no counterpart in mcalc: ${wrong.message}`, { start: 0, end: tex.length })] : [];
}

/** Names that are defined with arguments: `f(x) = …`. */
function definedFunctions(formulas: readonly Formula[], declarations: ReadonlyMap<string, Kind>): Map<string, readonly string[]> {
  const functions = new Map<string, readonly string[]>();
  for (const formula of formulas) {
    const head = headOf(formula);
    if (head?.parameters && !declarations.has(head.name)) functions.set(head.name, head.parameters);
  }
  return functions;
}

/** The letter d with a mark, before an operator or at the end: it is a name then, not a differential's d. */
function usesD(formulas: readonly Formula[]): boolean {
  return formulas.some((formula) => formula.some((t, i) => {
    const next = formula[i + 1];
    return isChar(t, 'd') && !isChar(formula[i - 1], '_') && (next === undefined || next.kind === 'close' || isChar(next, '^', '_', "'", ')', ']', '+', '-', '=', ',', '/')) && !(formula[i - 1]?.kind === 'open' && next?.kind === 'close') && !(isChar(next, '^') && formula[i + 2]?.kind === 'number');
  }));
}

/** `d f =` at its head, or `dX` as one word anywhere. */
const opensDifferential = (formula: Formula): boolean => {
  const isLetter = (t: TexToken | undefined): boolean => t?.kind === 'char' && /^\p{L}$/u.test(t.text);
  const head = isChar(formula[0], 'd') && isLetter(formula[1]) && (isChar(formula[2], '=', '(') || isChar(formula[2], '&'));
  return head || formula.some((t, i) => isChar(t, 'd') && isLetter(formula[i + 1]) && formula[i + 1]?.spaced === false && !(isLetter(formula[i - 1]) && !t.spaced));
};

/** Sigma with a mark, or beside other factors: a number then, not the sigmoid. */
const usesSigma = (formulas: readonly Formula[]): boolean => formulas.some((f) => f.some((t, i) => isCommand(t, 'sigma') && !isChar(f[i + 1], '(', '_') && !(isChar(f[i + 1], "'") && isChar(f[i + 2], '('))));

const isIncrement = (formulas: readonly Formula[]): boolean => formulas.every((f) => f.every((t, i) => !isCommand(t, 'Delta') || (letterAt(f, i + 1) !== undefined && !isCommand(f[i + 1], 'Delta') && !isChar(f[i - 1], "'") && !isTransposeBefore(f, i) && !isBetweenMatrices(f, i))));
const isBetweenMatrices = (f: Formula, at: number): boolean => /^\p{Lu}/u.test(letterAt(f, at + 1)?.name ?? '') && (f[at - 1]?.kind === 'close' || /^\p{L}$/u.test(f[at - 1]?.text ?? ''));
/** `x^\top` ends before `at`. */
const isTransposeBefore = (f: Formula, at: number): boolean => isCommand(f[at - 1], 'top', 'intercal') || (isChar(f[at - 1], 'T') && isChar(f[at - 2], '^')) || (f[at - 1]?.kind === 'close' && (isCommand(f[at - 2], 'top') || isChar(f[at - 2], 'T')));

/** `X'X`, `(y - Xb)'(y - Xb)`: a prime with a letter after it, or on a parenthesis. */
const usesPrimes = (formulas: readonly Formula[]): boolean => formulas.some((f) => f.some((t, i) => isChar(t, "'") && (isChar(f[i - 1], ')') || letterAt(f, i + 1) !== undefined)));

interface Head { readonly name: string; readonly parameters?: readonly string[]; readonly bold: boolean; readonly rest: number }

function nameAt(tokens: readonly TexToken[], at: number): { readonly name: string; readonly end: number; readonly bold: boolean } | undefined {
  const letter = letterAt(tokens, at);
  if (letter === undefined) return undefined;
  const sub = subscriptAt(tokens, letter.end);
  if (sub && isEntryOfMatrix(letter, sub)) return undefined;
  return { name: letter.name + (sub ? `_${sub.text}` : ''), end: sub?.end ?? letter.end, bold: letter.bold };
}

/** `\text{Attention}(Q, K) =`, `\mathrm{loss} =`: a word that is no function of mcalc's. */
function wordAt(formula: Formula): { readonly name: string; readonly end: number; readonly bold: boolean } | undefined {
  const [first] = formula;
  if (first?.kind !== 'command' || STYLES.get(first.text) !== 'words') return undefined;
  const word = argument(formula, 1).map((t) => t.text).join('');
  const end = argumentEnd(formula, 1);
  if (!/^[A-Za-z][A-Za-z0-9]+$/.test(word) || FUNCTIONS.has(word.toLowerCase()) || REFUSED_WORDS.has(word.toLowerCase()) || BUILTIN_FUNCTIONS.has(word)) return undefined;
  const sub = subscriptAt(formula, end);
  return { name: word + (sub ? `_${sub.text}` : ''), end: sub?.end ?? end, bold: false };
}

/** `f(x, y) =` or `f =` at the beginning. `rest` is after the equals sign. */
function headOf(formula: Formula): Head | undefined {
  const upright = isCommand(formula[0], 'mathrm', 'text', 'operatorname') ? sign(formula, 0) : 0;
  const differential = upright > 0 ? nameAt(formula, upright) : isChar(formula[0], 'd') && formula[1]?.spaced === false ? nameAt(formula, 1) : undefined;
  const isDifferential = differential && afterEquals(formula, differential.end) !== undefined;
  const name = isDifferential ? { ...differential, name: `d${differential.name}` } : nameAt(formula, 0) ?? wordAt(formula);
  if (name === undefined) return undefined;
  let at = name.end;
  let parameters: string[] | undefined;
  if (isChar(formula[at], '(')) {
    parameters = [];
    do {
      const parameter = nameAt(formula, at + 1);
      // `f(w^*) = 0` says something of f at a point.
      if (parameter === undefined || /_star$/.test(parameter.name)) return undefined;
      parameters.push(parameter.name);
      at = parameter.end;
    } while (isChar(formula[at], ',', ';'));
    if (!isChar(formula[at], ')')) return undefined;
    at++;
  }
  const rest = afterEquals(formula, at);
  return rest === undefined ? undefined : { name: name.name, ...(parameters && { parameters }), bold: name.bold, rest };
}

function afterEquals(tokens: readonly TexToken[], at: number): number | undefined {
  if (isChar(tokens[at], '=') || isCommand(tokens[at], 'coloneqq', 'triangleq', 'equiv', 'doteq')) return at + 1;
  return (isChar(tokens[at], ':') || isCommand(tokens[at], 'colon')) && isChar(tokens[at + 1], '=') ? at + 2 : undefined;
}

interface Read { readonly statements: readonly string[]; readonly error?: Diagnostic }

function statementsOf(snippet: Snippet, formula: Formula): Read {
  const r = readerOf(snippet, formula);
  const statements = declarationOf(r) ?? equationOf(r);
  return r.outcome.error ? { statements: [], error: r.outcome.error } : { statements };
}

/** Sides, each read whole; a first side that is a fresh name is defined. */
function equationOf(r: Reader): readonly string[] {
  const head = headOf(r.tokens);
  const sides: Expr[] = [];
  if (head) r.at = head.rest; else sides.push(readSum(r));
  while (!r.outcome.error) {
    if (sides.length > 0 || !head) {
      const next = afterEquals(r.tokens, r.at);
      if (next === undefined) break;
      r.at = next;
    }
    sides.push(readSum(r));
  }
  const left = peek(r);
  if (left) unreadable(r, relationMessage(left), left);
  const stray = strayEntry(sides);
  if (stray !== undefined) ambiguous(r, `\`${stray}\` stands behind a sum over its index: it is not clear how far the sum goes. Put its terms in parentheses.`, r.tokens[0]);
  if (r.outcome.error) return [];
  const [first] = sides;
  if (!head || first === undefined) return sides.length === 1 && first ? [printText(first)] : claims(sides);
  const isFresh = !r.snippet.declared.has(head.name) && !r.snippet.definitions.has(head.name) && !mentions(sides, head.name);
  if (isFresh) {
    r.snippet.definitions.add(head.name);
    const shape = shapeOf(first, { kindOf: (n) => kindOf(r, n) });
    if (shape === 'scalar' || shape === 'vector' || shape === 'matrix') r.snippet.seen.set(head.name, shape);
    return [`${head.name}${head.parameters ? `(${head.parameters.join(', ')})` : ''} = ${printText(first)}`, ...claims(sides)];
  }
  const again = readSum({ ...readerOf(r.snippet, r.tokens.slice(0, sideEnd(r.tokens))), outcome: r.outcome });
  return r.outcome.error ? [] : claims([again, ...sides]);
}

const sideEnd = (tokens: readonly TexToken[]): number => tokens.findIndex((_, i) => afterEquals(tokens, i) !== undefined);
const claims = (sides: readonly Expr[]): readonly string[] => sides.slice(1).map((side, i) => `check ${printText(sides[i] ?? side)} == ${printText(side)}`);

/** `y_i` outside of the sum that counts the entries of y by i. */
function strayEntry(sides: readonly Expr[]): string | undefined {
  const counted = new Set<string>();
  const names = new Set<string>();
  for (const e of everyExpr(sides)) {
    if (e.kind === 'name') names.add(e.name);
    if (e.kind !== 'finiteSum') continue;
    for (const inner of everyExpr([e.body])) {
      if (inner.kind !== 'index' || inner.arg.kind !== 'name' || !inner.items.some((i) => i.kind === 'at' && i.expr.kind === 'name' && i.expr.name === e.index.name)) continue;
      counted.add(`${inner.arg.name}_${e.index.name}`);
    }
  }
  return [...counted].find((n) => names.has(n));
}

function mentions(sides: readonly Expr[], name: string): boolean {
  for (const e of everyExpr(sides)) if (e.kind === 'name' && e.name === name) return true;
  return false;
}

const RELATION = /^(?:le|leq|ge|geq|ne|neq|approx|sim|propto|succ|succeq|prec|preceq|cong|simeq|ll|gg|subset|subseteq|forall|exists|mapsto|to|rightarrow|in)$/;
function relationMessage(token: TexToken): string {
  if ((token.kind === 'command' && RELATION.test(token.text)) || isChar(token, '<', '>')) return `The relation ${spelled(token)} cannot be read here.`;
  if (isChar(token, ')', ']') || isCommand(token, '}', 'rbrace', 'rvert', 'rVert')) return `${spelled(token)} closes nothing.`;
  return `${spelled(token)} cannot be read here.`;
}

/** `x, y \in \mathbb{R}^n`, `A \succ 0`, `f : \mathbb{R}^n \to \mathbb{R}`; undefined for anything else. */
function declarationOf(r: Reader): readonly string[] | undefined {
  const names: string[] = [];
  let at = 0;
  for (;;) {
    const name = nameAt(r.tokens, at);
    if (name === undefined) return undefined;
    names.push(name.name);
    at = name.end;
    if (!isChar(r.tokens[at], ',')) break;
    at++;
  }
  const sign = r.tokens[at];
  if (isCommand(sign, 'succ', 'succeq') && r.tokens[at + 1]?.text === '0' && at + 2 === r.tokens.length) {
    for (const name of names) r.snippet.seen.set(name, 'matrix');
    return [`${names.join(', ')} : ${sign?.text === 'succ' ? 'posdef' : 'possemidef'}`];
  }
  const isFunction = (isChar(sign, ':') || isCommand(sign, 'colon')) && setAt(r.tokens, at + 1) !== undefined;
  if (!isCommand(sign, 'in') && !isFunction) return undefined;
  const set = setAt(r.tokens, at + 1);
  if (set === undefined) { unreadable(r, 'This set cannot be read. Sets are `\\mathbb{R}^n` and `\\mathbb{R}^{m \\times n}`.', r.tokens[at + 1]); return []; }
  if (isFunction) {
    const to = isCommand(r.tokens[set.end], 'to', 'rightarrow', 'longrightarrow') ? setAt(r.tokens, set.end + 1) : undefined;
    if (to === undefined || to.end !== r.tokens.length) { unreadable(r, 'The type of this function cannot be read.', r.tokens[set.end]); return []; }
    return names.map((name) => `${name} : ${reals(set)} -> ${reals(to)}`);
  }
  if (set.end !== r.tokens.length) { unreadable(r, `${spelled(r.tokens[set.end])} cannot be read after a declaration.`, r.tokens[set.end]); return []; }
  const kind: Kind = set.sizes.length === 0 ? 'scalar' : set.sizes.length === 1 ? 'vector' : 'matrix';
  for (const name of names) r.snippet.seen.set(name, kind);
  const type = set.sizes.length === 0 ? 'scalar' : `${kind}(${set.sizes.map(printText).join(', ')})`;
  return [`${names.join(', ')} : ${[type, ...set.words].join(' ')}`];
}

interface RealSet { readonly sizes: readonly Expr[]; readonly words: readonly string[]; readonly end: number }
const reals = (set: RealSet): string => (set.sizes.length === 0 ? 'R' : set.sizes.length === 1 && /^\w+$/.test(printText(set.sizes[0] as Expr)) ? `R^${printText(set.sizes[0] as Expr)}` : `R^(${set.sizes.map(printText).join('×')})`);

/** `\mathbb{R}^{m\times n}`, `\mathbb{R}_{+}`, `\mathbb{S}^n_{++}`. */
function setAt(tokens: readonly TexToken[], from: number): RealSet | undefined {
  const token = tokens[from];
  const isStyled = isCommand(token, 'mathbb', 'mathbf', 'mathds', 'mathcal', 'Bbb', 'bf', 'mathrm');
  const grouped = token?.kind === 'open' ? argument(tokens, from) : undefined;
  const inGroup = grouped ? setAt(grouped, 0) : undefined;
  const letter = isStyled ? argument(tokens, from + 1).map((t) => t.text).join('') : inGroup && grouped && inGroup.end === grouped.length && inGroup.sizes.length === 0 ? 'R' : isCommand(token, 'R', 'Re', 'RR', 'reals', 'Reals') ? 'R' : token?.text ?? '';
  let at = isStyled ? argumentEnd(tokens, from + 1) : grouped ? argumentEnd(tokens, from) : from + 1;
  // `\mathbb{R^{n \times n}}`: the exponent stands within the style.
  const styled = isStyled ? argument(tokens, from + 1) : [];
  if (styled.length > 1 && isChar(styled[0], 'R', 'S') && isChar(styled[1], '^', '_')) {
    const inside = setAt(styled, 0);
    return inside?.end === styled.length ? { ...inside, end: at } : undefined;
  }
  if (letter !== 'R' && letter !== 'S') return undefined;
  let sizes: readonly Expr[] = [];
  let sign = '';
  while (isChar(tokens[at], '^', '_')) {
    const arg = argument(tokens, at + 1);
    if (isChar(tokens[at], '^')) {
      sizes = sizesOf(isChar(arg[0], '(') && isChar(arg.at(-1), ')') ? arg.slice(1, -1) : arg);
      if (sizes.length === 0 || sizes.length > 2) return undefined;
    } else sign = arg.map((t) => t.text).join('');
    at = argumentEnd(tokens, at + 1);
  }
  if (!['', '+', '++', '>0', 'geq0', 'ge0'].includes(sign)) return undefined;
  if (letter === 'S') {
    const [size] = sizes;
    if (sizes.length !== 1 || size === undefined) return undefined;
    return { sizes: [size, size], words: [sign === '++' ? 'posdef' : sign === '' ? 'symmetric' : 'possemidef'], end: at };
  }
  return { sizes, words: sign === '' ? [] : [sign === '++' || sign === '>0' ? 'positive' : 'nonnegative'], end: at };
}
