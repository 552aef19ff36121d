/**
 * What of a document can be read by itself. A unit is one statement whose names are all settled by declarations and by definitions of
 * that kind, or all statements that share names whose sizes are still to be inferred. A unit that is written as before, with names
 * that mean what they meant, has the results it had.
 */
import { isKnownShape } from './dim';
import { beside } from '../syntax/beside';
import { namesOf } from '../syntax/packed';
import { originOf } from '../syntax/shift';
import { packedOf } from '../syntax/skim';
import type { Steps } from '../syntax/steps';
import type { Document, Expr, Statement } from '../syntax/tree';
import { rootsOf } from '../syntax/walk';
import { spelled } from './operators';
import type { DefinitionEntry, Entry, Scope, VariableEntry } from './scope';
import { subexpressions } from './walk';

export interface Unit {
  readonly statements: readonly Statement[];
  /** Every name that its statements speak of, in order. */
  readonly names: readonly (readonly string[])[];
  /** Whether all of its names are settled before it is read. */
  readonly closed: boolean;
  /** Names that its one definition settles by itself, as they were before. */
  readonly alone?: readonly VariableEntry[];
}

const bodies = beside<Statement, readonly string[]>();
const wholes = beside<Statement, readonly string[]>();

/** The names in a statement's expressions, each once in the order of the text, without indices of its own finite sums. */
export function bodyNames(s: Statement): readonly string[] {
  const origin = originOf(s);
  let names = bodies.get(origin);
  if (!names) {
    const packed = packedOf(origin);
    bodies.set(origin, (names = packed ? namesOf(packed) : collected(origin)));
  }
  return names;
}

function collected(s: Statement): readonly string[] {
  const out = new NameList();
  for (const root of rootsOf(s)) collect(root, out, NOTHING);
  return out.names;
}

/** The names that a statement speaks of, those that it defines too. */
export function freeNames(s: Statement): readonly string[] {
  if (s.kind !== 'definition') return bodyNames(s);
  const origin = originOf(s);
  let names = wholes.get(origin);
  if (!names) {
    const out = new NameList(bodyNames(s));
    out.add(s.name.name);
    for (const p of s.parameters ?? []) out.add(p.name);
    wholes.set(origin, (names = out.names));
  }
  return names;
}
const NOTHING: readonly string[] = [];

/** Names in the order in which they were first met; nearly always a few, which need no set. */
class NameList {
  readonly names: string[];
  private many: Set<string> | undefined;
  constructor(start: readonly string[] = NOTHING) { this.names = start.slice(); }
  add(name: string): void {
    const { names } = this;
    if (names.length < FEW) { if (!names.includes(name)) names.push(name); return; }
    const many = (this.many ??= new Set(names));
    if (many.has(name)) return;
    many.add(name);
    names.push(name);
  }
}
const FEW = 24;

/** By recursion, which the height of a tree bounds. */
function collect(e: Expr, out: NameList, bound: readonly string[]): void {
  switch (e.kind) {
    case 'number': case 'missing': return;
    case 'name': if (!bound.includes(e.name)) out.add(e.name); return;
    case 'binary': collect(e.left, out, bound); collect(e.right, out, bound); return;
    case 'unary': case 'transpose': case 'inverseTranspose': case 'paren': collect(e.arg, out, bound); return;
    case 'power': collect(e.base, out, bound); collect(e.exponent, out, bound); return;
    case 'call': case 'nabla': out.add(e.callee.name); for (const a of e.args) collect(a, out, bound); return;
    case 'finiteSum': collect(e.body, out, [...bound, e.index.name]); collect(e.from, out, bound); collect(e.to, out, bound); return;
    case 'index': case 'blocks': case 'leibniz': for (const part of subexpressions(e)) collect(part, out, bound);
  }
}

export const isBuiltIn = (name: string): boolean => name === 'I' || name === 'pi' || name === 'π' || spelled(name) !== undefined;

/** What is done with units as they are found. */
export interface Sink {
  readonly found: (unit: Unit) => void;
  /** Whether a definition settles its open names by itself. */
  readonly settles: (unit: Unit, entry: DefinitionEntry) => boolean;
}

/** Statements that have results of their own, by units, closed ones in an order in which each comes after those that it names. Gives the names of closed definitions. */
export function* unitsOf(scope: Scope, document: Document, order: readonly DefinitionEntry[], sink: Sink): Steps<ReadonlySet<string>> {
  const closed = new Set<string>();
  /** A name that ties statements together: what it is shows only when they are read. */
  const ties = (name: string): boolean => {
    const entry = scope.names.get(name);
    if (entry?.kind === 'variable') return !isKnownShape(entry.shape);
    if (entry?.kind === 'definition') return entry.statement !== undefined && !closed.has(name);
    if (entry || scope.dimensions.has(name)) return false;
    return !isBuiltIn(name);
  };
  const open: Statement[] = [];
  const single = (s: Statement): void => { sink.found({ statements: [s], names: [freeNames(s)], closed: true }); };
  /** Variables without a size, where nothing else ties a definition to others. */
  const openNames = (tied: readonly string[]): readonly VariableEntry[] | undefined => {
    const out: VariableEntry[] = [];
    for (const name of tied) {
      const v = scope.names.get(name);
      if (v?.kind !== 'variable' || v.unknown || v.outer) return undefined;
      out.push(v);
    }
    return out;
  };
  const placed = new Set<Statement>();
  for (const entry of order) {
    const { name, statement, owner } = entry;
    if (!statement) continue;
    placed.add(statement);
    yield;
    if (owner.broken || namesItself(statement)) { open.push(statement); continue; }
    const tied = freeNames(statement).filter((n) => n !== name && ties(n));
    const alone = tied.length > 0 ? openNames(tied) : undefined;
    if (tied.length === 0) single(statement);
    else {
      const unit: Unit | undefined = alone && { statements: [statement], names: [freeNames(statement)], closed: true, alone };
      if (!unit || !sink.settles(unit, entry)) { open.push(statement); continue; }
    }
    closed.add(name);
  }
  for (const s of document.statements) {
    if (placed.has(s) || (s.kind !== 'definition' && s.kind !== 'request' && s.kind !== 'check' && s.kind !== 'assume')) continue;
    if (s.kind === 'definition' || freeNames(s).some(ties)) open.push(s);
    else single(s);
    yield;
  }
  for (const unit of joined(open, ties, document)) sink.found(unit);
  return closed;
}

const namesItself = (s: Statement): boolean => s.kind === 'definition' && (s.parameters ?? []).some((p) => p.name === s.name.name);

/** Statements that share a name, together, in the order of the text. */
function joined(open: readonly Statement[], ties: (name: string) => boolean, document: Document): readonly Unit[] {
  const parent = new Map<string, string>();
  const find = (name: string): string => {
    let root = name;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    for (let at = name; at !== root; ) { const up = parent.get(at) ?? root; parent.set(at, root); at = up; }
    return root;
  };
  const shared = (s: Statement): readonly string[] => freeNames(s).filter(ties);
  const together = document.statements.flatMap((s) => (s.kind === 'declaration' ? [s.names.map((n) => n.name).filter(ties)] : []));
  for (const names of [...together, ...open.map(shared)]) {
    const [first, ...rest] = names;
    if (first === undefined) continue;
    for (const name of rest) parent.set(find(name), find(first));
  }
  const groups = new Map<string, Statement[]>();
  const alone: Statement[] = [];
  for (const s of open) {
    const [first] = shared(s);
    if (first === undefined) { alone.push(s); continue; }
    const root = find(first);
    const group = groups.get(root);
    if (group) group.push(s); else groups.set(root, [s]);
  }
  const unit = (statements: readonly Statement[]): Unit => {
    const ordered = [...statements].sort((a, b) => a.range.start - b.range.start);
    return { statements: ordered, names: ordered.map(freeNames), closed: false };
  };
  return [...[...groups.values()].map(unit), ...alone.map((s) => unit([s]))];
}

/** The names of a text as they stood when its units were found. */
export interface Known { readonly names: ReadonlyMap<string, Entry>; readonly dimensions: ReadonlyMap<string, unknown> }

/** What a name means to a unit that it is not defined in; `serials` tells readings of definitions apart. */
export function meaning(name: string, unit: Unit, known: Known, serials: ReadonlyMap<string, number>, declared: ReadonlyMap<string, string>): string {
  const entry = unit.alone?.find((v) => v.name === name) ?? known.names.get(name);
  switch (entry?.kind) {
    case undefined: return known.dimensions.has(name) ? 'd' : '-';
    case 'variable': return isKnownShape(entry.shape) ? `v${entry.shape.rows.key},${entry.shape.cols.key} ${[...entry.words].join(' ')}` : `o${declared.get(name) ?? ''}`;
    case 'function': return `g${entry.formal.from.map((f) => `${f.rows.key},${f.cols.key}`).join(';')}>${entry.formal.to.rows.key},${entry.formal.to.cols.key}`;
    case 'definition': return `f${serials.get(name) ?? '?'}`;
  }
}
