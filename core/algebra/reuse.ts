/** Results of units that an edit did not touch, handed from one reading of a document to the next. */
import { firstFrom } from '../syntax/layout';
import { lazily, moved } from '../syntax/shift';
import type { Steps } from '../syntax/steps';
import type { Definition, Document, Range, Statement } from '../syntax/tree';
import { isKnownShape, type Shape } from './dim';
import { withParts } from './glance';
import type { Assumption, DimFact, Program, ProgramClaim, ProgramDefinition, ProgramRequest, ShapeAt } from './program';
import type { DefinitionEntry, Owner, Scope, Typed, VariableEntry } from './scope';
import type { Term } from './term';
import { settleVariable } from './alone';
import { type Known, meaning, unitsOf, type Unit } from './units';

/** What one statement of a unit gave, where it stood then. */
interface Result {
  readonly start: number;
  readonly definition?: { readonly shape: Shape; readonly body: () => Term };
  readonly request?: ProgramRequest;
  readonly claim?: ProgramClaim;
  readonly assumption?: Assumption;
  readonly facts: readonly DimFact[];
  readonly shapes: () => readonly ShapeAt[];
}
interface UnitResult {
  readonly serial: number;
  readonly results: readonly Result[];
  /** Shapes that were inferred for names of the unit. */
  readonly variables: ReadonlyMap<string, Shape>;
  /** The reading that it comes from, as long as it still holds that reading's scope; undefined once all is made. */
  readonly from?: number;
}
/** What a reading leaves for the next. */
export interface Memory { readonly units: ReadonlyMap<string, UnitResult>; readonly next: number; readonly reading: number; /** How many results are of its own reading. */ readonly own: number }

/** A definition, and the names whose shapes it settled by itself. */
export interface Anchor { readonly statement: Definition; readonly names: readonly VariableEntry[] }

/** Statements that need not be read, with their results. */
export interface Kept {
  readonly isKept: (s: Statement) => boolean;
  readonly resultOf: (s: Statement) => Result | undefined;
}
export interface Reuse extends Kept {
  /** Definitions that settled shapes of names by themselves. */
  readonly anchors: readonly Anchor[];
  /** Definitions that rest on nothing but what was settled before they are read. */
  readonly closed: ReadonlySet<string>;
  readonly work: { readonly kept: number; readonly read: number };
  /** Where the shapes of what was kept stand now. */
  readonly shapes: () => readonly ShapeAt[];
  /** The results of this reading, once it is done. */
  readonly remember: (owners: ReadonlyMap<Statement, Owner>, program: Program) => Memory;
}

/** Finds the units of a document and installs what is known of them: shapes of definitions and of inferred names. */
export function* startReuse(scope: Scope, document: Document, order: readonly DefinitionEntry[], memory: Memory | undefined, readAlone: ((unit: Unit, entry: DefinitionEntry) => boolean) | undefined): Steps<Reuse> {
  const kept = new Map<Statement, Result>();
  const hits = new Map<Unit, UnitResult>();
  const units: Unit[] = [];
  const given = ['T', ...document.statements.flatMap((s) => (s.kind === 'dim' ? [document.text.slice(s.range.start, s.range.end)] : []))].join('\n');
  const global = `${scope.names.get('T')?.kind ?? ''}\n${given}`;
  const declared = lazily(() => declarationsOf(document));
  const serials = new Map<string, number>();
  let next = memory?.next ?? 1;
  /** Also gives the unit's definitions the number under which others speak of them. */
  const keyOf = (unit: Unit, known: Known): string => {
    const own = new Set(unit.statements.filter((s) => isEntry(known, s)).map((s) => s.name.name));
    const words = unit.statements.map((s, i) => `${document.text.slice(s.range.start, s.range.end)}\u0001${(unit.names[i] ?? []).map((n) => (own.has(n) ? '' : meaning(n, unit, known, serials, declared()))).join('\u0002')}`);
    const key = [unit.alone ? 'alone' : '', global, ...words].join('\u0003');
    const serial = memory?.units.get(key)?.serial ?? next++;
    for (const name of own) serials.set(name, serial);
    return key;
  };
  const keys = new Map<Unit, string>();
  let left = MOST_SET_APART;
  /** What the last edit left is, at once; of what a whole reading left, some in each. */
  const isSetApart = ({ from }: UnitResult, { reading, own }: Memory): boolean => from !== undefined && ((from === reading && own <= MOST_SET_APART) || left-- > 0);
  /** Takes over what the unit gave before, where there is something. */
  const recall = (unit: Unit): boolean => {
    if (!memory) return false;
    const key = keyOf(unit, scope);
    keys.set(unit, key);
    const found = memory.units.get(key);
    if (!found || !fits(scope, unit, found)) return false;
    const known = isSetApart(found, memory) ? setApart(found) : found;
    hits.set(unit, known);
    unit.statements.forEach((s, i) => {
      const result = known.results[i];
      if (!result) return;
      kept.set(s, result);
      scope.implied.push(...moved(result.facts, s.range.start - result.start));
    });
    for (const v of unit.alone ?? []) settleVariable(scope, v);
    return true;
  };
  const closed = yield* unitsOf(scope, document, order, {
    found: (unit) => { units.push(unit); recall(unit); },
    settles: (unit, entry) => {
      if (!readAlone || !(recall(unit) || readAlone(unit, entry))) return false;
      units.push(unit);
      return true;
    },
  });
  for (const entry of order) install(entry, kept);
  // Keys are texts as long as the document: without an earlier reading they are made when the next one asks.
  const then: Known = memory ? scope : { names: new Map(scope.names), dimensions: new Map(scope.dimensions) };
  return {
    anchors: units.flatMap((u) => { const [s] = u.statements; return u.alone && s?.kind === 'definition' ? [{ statement: s, names: u.alone }] : []; }),
    closed,
    isKept: (s) => kept.has(s),
    resultOf: (s) => kept.get(s),
    shapes: () => [...kept].flatMap(([s, result]) => moved(result.shapes(), s.range.start - result.start)),
    work: { kept: kept.size, read: units.reduce((n, u) => n + u.statements.length, 0) - kept.size },
    remember: (owners, program) => {
      const impure = impurePlaces(scope, program);
      const implied = [...scope.implied].sort((a, b) => a.range.start - b.range.start);
      const shapes = new Map<Owner, Typed[]>();
      for (const t of scope.shapes) {
        const list = shapes.get(t.owner);
        if (list) list.push(t); else shapes.set(t.owner, [t]);
      }
      const byStart = resultsByStart(program);
      const made = new Map<string, UnitResult>();
      if (!memory) for (const unit of units) keys.set(unit, keyOf(unit, then));
      const reading = (memory?.reading ?? 0) + 1;
      let count = 0;
      for (const unit of units) {
        const key = keys.get(unit) ?? '';
        const hit = hits.get(unit);
        if (hit) { made.set(key, hit); continue; }
        const result = unitResult(scope, unit, owners, impure, implied, shapes, byStart, program, own(scope, unit, serials) ?? next++, reading);
        if (!result) continue;
        made.set(key, result);
        count++;
      }
      return { units: made, next, reading, own: count };
    },
  };
}

/** Results that are made in one reading though nobody asks for them: more than an edit leaves open, few enough to take no time. */
const MOST_SET_APART = 50;

/**
 * Results that are kept hold the scope of their reading until they are made, and that scope the results that it took over: without an
 * end, every reading of a session would be held by the next.
 */
const setApart = (u: UnitResult): UnitResult => ({ serial: u.serial, variables: u.variables, results: u.results.map(made) });
function made(r: Result): Result {
  for (const whole of [r.request, r.claim, r.assumption]) if (whole) Object.values(whole);
  return { ...r, ...(r.definition && { definition: { shape: r.definition.shape, body: constantly(r.definition.body()) } }), shapes: constantly(r.shapes()) };
}
/** A closure that holds its value alone. */
const constantly = <T>(value: T): (() => T) => () => value;

/** What declares each name first, for those whose sizes it leaves open. */
function declarationsOf(document: Document): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const s of document.statements) if (s.kind === 'declaration') for (const n of s.names) if (!out.has(n.name)) out.set(n.name, document.text.slice(s.range.start, s.range.end));
  return out;
}

/** Whether a statement is what its name stands for, not a second definition. */
function isEntry({ names }: Pick<Known, 'names'>, s: Statement): s is Definition {
  const entry = s.kind === 'definition' ? names.get(s.name.name) : undefined;
  return entry?.kind === 'definition' && entry.statement === s;
}

/** The serial under which other units have spoken of this one. */
function own(scope: Scope, unit: Unit, serials: ReadonlyMap<string, number>): number | undefined {
  const definition = unit.statements.find((s) => isEntry(scope, s));
  return definition && serials.get(definition.name.name);
}

/** Takes over the shapes that were inferred for a unit's names. */
function fits(scope: Scope, unit: Unit, known: UnitResult): boolean {
  if (known.results.length !== unit.statements.length) return false;
  return scope.solver.attempt(() => [...known.variables].every(([name, shape]) => {
    const entry = scope.names.get(name);
    return entry?.kind === 'variable' && scope.solver.unifyShape(entry.shape, shape);
  }));
}

function install(entry: DefinitionEntry, kept: ReadonlyMap<Statement, Result>): void {
  const { statement } = entry;
  const result = statement && kept.get(statement);
  if (!statement || !result?.definition) return;
  const { shape, body } = result.definition;
  const settle = lazily(() => moved(body(), statement.range.start - result.start));
  entry.typed = { shape, expr: statement.name, owner: entry.owner, settle };
}

/** Where something was said, introduced or chosen that concerns more than the statement there. */
function impurePlaces(scope: Scope, program: Program): readonly number[] {
  const places = program.diagnostics.map((d) => d.range.start);
  for (const range of scope.dimensions.values()) places.push(range.start);
  for (const entry of scope.names.values()) if (entry.kind === 'variable' && !entry.open && entry.inferred && !entry.outer) places.push(entry.range.start);
  for (const entry of scope.names.values()) if (entry.kind === 'variable' && entry.unknown) places.push(entry.range.start);
  return places.sort((a, b) => a - b);
}
const holds = (places: readonly number[], s: Statement): boolean => (places[firstFrom(places.length, (k) => (places[k] ?? Infinity) >= s.range.start)] ?? Infinity) <= s.range.end;

interface ByStart { readonly requests: ReadonlyMap<number, ProgramRequest>; readonly claims: ReadonlyMap<number, ProgramClaim>; readonly assumptions: ReadonlyMap<number, Assumption> }
const resultsByStart = (p: Program): ByStart => ({
  requests: new Map(p.requests.map((r) => [r.range.start, r])), claims: new Map(p.claims.map((c) => [c.range.start, c])), assumptions: new Map(p.assumptions.map((a) => [a.range.start, a])),
});

function unitResult(
  scope: Scope, unit: Unit, owners: ReadonlyMap<Statement, Owner>, impure: readonly number[], implied: readonly DimFact[], shapes: ReadonlyMap<Owner, readonly Typed[]>, byStart: ByStart,
  program: Program, serial: number, from: number,
): UnitResult | undefined {
  const results: Result[] = [];
  for (const s of unit.statements) {
    const owner = owners.get(s);
    if (!owner || owner.broken || owner.tied || holds(impure, s)) return undefined;
    const { start } = s.range;
    const body = s.kind === 'definition' ? definitionOf(scope, program, s) : undefined;
    if (s.kind === 'definition' && (!body || hasFreshSize(scope, body.shape))) return undefined;
    const [request, claim, assumption] = [byStart.requests.get(start), byStart.claims.get(start), byStart.assumptions.get(start)];
    if ((s.kind === 'request' && !request) || (s.kind === 'check' && !claim) || (s.kind === 'assume' && !assumption)) return undefined;
    const typed = shapes.get(owner) ?? [];
    results.push({
      start, facts: factsIn(implied, s.range), ...(body && { definition: { shape: body.shape, body: () => body.body } }), ...(request && { request }), ...(claim && { claim }), ...(assumption && { assumption }),
      shapes: lazily(() => shapesIn(scope, typed)),
    });
  }
  const inferred = new Map<string, Shape>();
  for (const name of new Set(unit.names.flat())) {
    const entry = unit.alone?.find((v) => v.name === name) ?? scope.names.get(name);
    const definition = entry?.kind === 'definition' ? program.definitions.get(name) : undefined;
    if (definition && hasFreshSize(scope, definition.shape)) return undefined;
    if (entry?.kind !== 'variable' || isKnownShape(entry.shape)) continue;
    const shape = program.variables.get(name)?.shape;
    if (!shape || scope.fresh.has(name)) return undefined;
    inferred.set(name, shape);
  }
  return { serial, results, variables: inferred, from };
}

/** Whether it has a size that the reading named, which another reading names otherwise. */
const hasFreshSize = ({ freshSizes }: Scope, { rows, cols }: Shape): boolean => freshSizes.size > 0 && [rows, cols].some((d) => d.terms.some((t) => t.names.some((n) => freshSizes.has(n))));

/** What a statement implies of sizes, from all facts in the order of the text. */
function factsIn(implied: readonly DimFact[], { start, end }: Range): readonly DimFact[] {
  const out: DimFact[] = [];
  for (let i = firstFrom(implied.length, (k) => (implied[k]?.range.start ?? Infinity) >= start); (implied[i]?.range.start ?? Infinity) < end; i++) {
    const fact = implied[i];
    if (fact) out.push(fact);
  }
  return out;
}

function definitionOf(scope: Scope, program: Program, s: Definition): ProgramDefinition | undefined {
  const entry = scope.names.get(s.name.name);
  return entry?.kind === 'definition' && entry.statement === s ? program.definitions.get(s.name.name) : undefined;
}

/** In the order of the text, a whole before its parts; the last reading of a place counts. */
export function shapesIn(scope: Scope, all: readonly Typed[]): readonly ShapeAt[] {
  const sorted = all.flatMap(withParts).sort((a, b) => a.expr.range.start - b.expr.range.start || b.expr.range.end - a.expr.range.end);
  return sorted.flatMap((typed, i) => {
    const { range } = typed.expr;
    const following = sorted[i + 1]?.expr.range;
    const shape = scope.solver.resolveShape(typed.shape);
    if ((following && following.start === range.start && following.end === range.end) || !isKnownShape(shape)) return [];
    return [{ range, shape, ...(!typed.owner.broken && { term: typed.settle() }) }];
  });
}
