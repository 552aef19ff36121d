/** Declarations, and the names and arguments of definitions: what every statement may refer to, wherever it stands. */
import { closest } from '../syntax/closest';
import type { Declaration, Definition, Document, Expr, NameExpr, Range, Statement, TypeExpr, Word } from '../syntax/tree';
import { STRUCTURE_WORDS } from '../syntax/words';
import { D1, SCALAR, shape, type Dim, type Shape } from './dim';
import type { StructureWord } from './program';
import { NO_INDICES, NO_WORDS, type DefinitionEntry, type Owner, type Place, type Scope, type VariableEntry } from './scope';
import { readSize } from './sizes';
import { namesIn } from './walk';
import { record } from './typed';

const SYNONYMS: Readonly<Record<string, StructureWord>> = { spd: 'posdef', psd: 'possemidef' };
const WORDS: readonly StructureWord[] = [
  'symmetric', 'skew', 'diagonal', 'tridiagonal', 'lower', 'upper', 'posdef', 'possemidef', 'orthogonal', 'invertible', 'positive', 'nonnegative', 'fullrank',
];
/** The structure word that a word means. */
export const structureWord = (word: string): StructureWord | undefined => SYNONYMS[word] ?? WORDS.find((w) => w === word);

const SQUARE: ReadonlySet<StructureWord> = new Set(['symmetric', 'skew', 'diagonal', 'tridiagonal', 'posdef', 'possemidef', 'orthogonal', 'invertible']);
/** Pairs that only degenerate matrices satisfy. */
const EXCLUDE: readonly (readonly [StructureWord, StructureWord])[] = [
  ['skew', 'symmetric'], ['skew', 'posdef'], ['skew', 'possemidef'], ['skew', 'diagonal'], ['skew', 'lower'], ['skew', 'upper'], ['skew', 'positive'], ['skew', 'nonnegative'],
  ['diagonal', 'positive'], ['lower', 'positive'], ['upper', 'positive'], ['tridiagonal', 'positive'],
];

export function collectNames(scope: Scope, document: Pick<Document, 'statements'>): { readonly owners: Map<Statement, Owner>; readonly definitions: readonly DefinitionEntry[] } {
  const owners = new Map<Statement, Owner>();
  const definitions: DefinitionEntry[] = [];
  const first = new Map<string, Range>();
  for (const s of document.statements) if (s.kind === 'declaration' && s.type) introduceDimensions(scope, s.type);
  for (const s of document.statements) {
    const owner: Owner = { broken: false, range: s.range };
    if (s.kind === 'declaration') declare(scope, s, owner, first);
    if (s.kind !== 'definition') continue;
    owners.set(s, owner);
    if (isTaken(scope, s.name, first, owner)) continue;
    const entry: DefinitionEntry = { kind: 'definition', name: s.name.name, parameters: (s.parameters ?? []).map((p) => p.name), statement: s, owner };
    scope.names.set(s.name.name, entry);
    definitions.push(entry);
  }
  for (const s of document.statements) if (s.kind === 'definition') declareParameters(scope, s, owners.get(s));
  return { owners, definitions };
}

/** Reports a second declaration or definition of a name. */
function isTaken(scope: Scope, name: NameExpr, first: Map<string, Range>, owner: Owner): boolean {
  const old = first.get(name.name);
  if (old === undefined) {
    first.set(name.name, name.range);
    return false;
  }
  owner.broken = true;
  if (scope.isFull()) return true;
  const fresh = [1, 2, 3, 4].map((i) => `${name.name}_${i}`).find((n) => !first.has(n)) ?? `${name.name}_`;
  scope.report('MC2002', `\`${name.name}\` is declared or defined already`, name.range, {
    related: [{ range: old, message: `\`${name.name}\` stands here first` }],
    fixes: [{ title: `Name it ${fresh}`, edits: [{ range: name.range, text: fresh }], safe: false }],
  });
  return true;
}

/** Names in declared sizes are dimensions, whatever else bears the name. */
function introduceDimensions(scope: Scope, type: TypeExpr): void {
  const sizes: readonly (Expr | undefined)[] = type.kind === 'vector' ? [type.size] : type.kind === 'matrix' ? [type.rows, type.cols] : [];
  if (type.kind === 'function') [...type.from, type.to].forEach((t) => introduceDimensions(scope, t));
  for (const size of sizes) {
    for (const { name, range } of size ? namesIn(size) : []) if (!scope.dimensions.has(name)) scope.dimensions.set(name, range);
  }
}

function declare(scope: Scope, s: Declaration, owner: Owner, first: Map<string, Range>): void {
  const place: Place = { scope, owner, indices: NO_INDICES };
  const words = readWords(scope, s.words);
  const { type } = s;
  if (type?.kind === 'function') return declareFunction(place, s, type, first);
  const size = (e: Expr | undefined): Dim => (e && readSize(place, e, { introduce: true })) ?? scope.solver.unknown(true);
  let declared: Shape | undefined;
  if (type?.kind === 'scalar') declared = SCALAR;
  else if (type?.kind === 'vector') declared = shape(size(type.size), D1);
  else if (type?.kind === 'matrix' && (type.rows || type.cols)) declared = shape(size(type.rows), size(type.cols));
  for (const name of s.names) {
    if (isTaken(scope, name, first, { broken: false, range: s.range })) continue;
    const isOpen = declared === undefined && type === undefined && ![...words].some((w) => SQUARE.has(w));
    const own = declared ?? scope.solver.unknownShape(!isOpen);
    const entry: VariableEntry = { kind: 'variable', name: name.name, shape: own, words, range: name.range, inferred: false, open: isOpen, unknown: false, outer: false };
    scope.names.set(name.name, entry);
    checkStructure(scope, entry, s.words);
    recordName(scope, name, own);
  }
}

function recordName(scope: Scope, name: NameExpr, own: Shape): void {
  const { range } = name;
  record(scope, { shape: own, expr: name, owner: { broken: false, range }, settle: () => ({ kind: 'variable', name: name.name, shape: scope.solver.resolveShape(own), range }) });
}

function declareFunction(place: Place, s: Declaration, type: TypeExpr & { readonly kind: 'function' }, first: Map<string, Range>): void {
  const { scope } = place;
  const shapeOf = (t: TypeExpr): Shape | undefined => {
    const size = (e: Expr | undefined): Dim | undefined => e && readSize(place, e, { introduce: true });
    if (t.kind === 'scalar') return SCALAR;
    const [rows, cols] = t.kind === 'vector' ? [size(t.size), D1] : t.kind === 'matrix' ? [size(t.rows), size(t.cols)] : [undefined, undefined];
    return rows && cols && shape(rows, cols);
  };
  const from = type.from.map(shapeOf).filter((f) => f !== undefined);
  const to = shapeOf(type.to);
  for (const name of s.names) {
    if (isTaken(scope, name, first, place.owner)) continue;
    if (to && from.length === type.from.length) {
      scope.names.set(name.name, { kind: 'function', name: name.name, formal: { name: name.name, from, to, range: name.range } });
    } else if (!place.owner.broken) scope.report('MC3007', `a function without a body needs its sizes: \`${name.name} : R^n -> R\``, type.range);
  }
}

function readWords(scope: Scope, words: readonly Word[]): ReadonlySet<StructureWord> {
  const out = new Set<StructureWord>();
  for (const w of words) {
    const known = structureWord(w.word);
    if (known) {
      out.add(known);
      continue;
    }
    const spoken = /^(?:semi)?-?definite$/.test(w.word) ? words[words.indexOf(w) - 1] : undefined;
    if (spoken?.word === 'positive') {
      const meant = w.word === 'definite' ? 'posdef' : 'possemidef';
      out.delete('positive');
      out.add(meant);
      const range = { start: spoken.range.start, end: w.range.end };
      scope.report('MC2012', `\`positive ${w.word}\` is one word here: \`${meant}\``, range, { fixes: [{ title: `Write ${meant}`, edits: [{ range, text: meant }], safe: true }] });
      continue;
    }
    const near = closest(w.word, [...STRUCTURE_WORDS]);
    scope.report('MC2012', `\`${w.word}\` is no structure word${near ? `; did you mean \`${near}\`?` : ''}`, w.range, {
      fixes: near ? [{ title: `Write ${near}`, edits: [{ range: w.range, text: near }], safe: true }] : [],
    });
  }
  return out;
}

function checkStructure(scope: Scope, entry: VariableEntry, words: readonly Word[]): void {
  const at = (word: StructureWord): Range => words.find((w) => structureWord(w.word) === word)?.range ?? entry.range;
  const remove = (range: Range) => [{ title: 'Remove the word', edits: [{ range: { start: range.start - 1, end: range.end }, text: '' }], safe: false }];
  const square = [...entry.words].find((w) => SQUARE.has(w));
  if (square && !scope.solver.unify(entry.shape.rows, entry.shape.cols)) {
    const range = at(square);
    scope.report('MC3012', `\`${entry.name}\` is ${entry.shape.rows.key}×${entry.shape.cols.key}; only a square matrix can be ${square}`, range, { related: [{ range: entry.range, message: `\`${entry.name}\` is declared here` }], fixes: remove(range) });
  }
  for (const [a, b] of EXCLUDE) {
    if (!entry.words.has(a) || !entry.words.has(b)) continue;
    const range = at(b).start > at(a).start ? at(b) : at(a);
    scope.report('MC3012', `a matrix cannot be both ${a} and ${b}${b === 'positive' ? '' : ', but for zero'}`, range, { fixes: remove(range) });
  }
}

function declareParameters(scope: Scope, s: Definition, owner: Owner | undefined): void {
  if (!s.parameters) return;
  const seen = new Set<string>();
  for (const p of s.parameters) {
    const entry = scope.names.get(p.name);
    if (seen.has(p.name) || entry?.kind === 'definition' || entry?.kind === 'function') {
      if (owner) owner.broken = true;
      scope.report('MC2002', seen.has(p.name) ? `\`${p.name}\` is an argument twice` : `\`${p.name}\` is defined, so it cannot be an argument`, p.range);
      continue;
    }
    seen.add(p.name);
    if (entry === undefined) {
      scope.names.set(p.name, { kind: 'variable', name: p.name, shape: scope.solver.unknownShape(), words: NO_WORDS, range: p.range, inferred: true, open: true, unknown: false, outer: false });
    }
    const variable = scope.names.get(p.name);
    if (variable?.kind !== 'variable') continue;
    recordName(scope, p, variable.shape);
  }
}
