/**
 * A text in which a few statements differ from one that was read as a whole: they and what is built on them are read, all else is
 * what it was, at its new place. Undefined where their reading could tell something of the rest. The result is that of a reading of
 * the whole text.
 */
import type { Diagnostic } from '../syntax/diagnostic';
import { endOf, startOf } from '../syntax/layout';
import { LATER, withLater } from '../syntax/later-fields';
import { readingOf, type Reading } from '../syntax/parse';
import { byPlace, wholesFirst } from '../syntax/range';
import { lazily, moved, movedStatement } from '../syntax/shift';
import type { Steps } from '../syntax/steps';
import type { Definition, Document, Range, Statement } from '../syntax/tree';
import { handOn, type Base } from './base';
import { readAlone } from './alone';
import { isKnownShape, sameShape } from './dim';
import { restsOnShapes } from './glance';
import { LaterMap } from './later-map';
import { MAX_INLINED_NODES, MAX_RESOLVE_DIAGNOSTICS } from './limits';
import { newScope } from './new-scope';
import { placedEntry, PlacedNames, placedResult, placedStatement } from './placed';
import { placedAlike, placesBetween, type Places } from './places';
import type { Program, ProgramDefinition } from './program';
import { type Bodies, readBodies } from './resolve-bodies';
import { collectNames } from './resolve-declarations';
import { isDoubtful, isShapeError } from './resolve-doubt';
import { inOrder } from './resolve-order';
import { claimAt, lines, requestAt } from './resolve-statements';
import { type Anchor, shapesIn } from './reuse';
import type { DefinitionEntry, Entry, Scope, VariableEntry } from './scope';
import { freeNames, isBuiltIn } from './units';

/** Slices that may differ, and slices that may be read again for them. */
const MAX_EDITED = 32;
const MAX_READ = 200;

const NOTHING_KEPT = { isKept: () => false, resultOf: () => undefined };

/** What is read again: slices, and their statements then and now. */
interface Affected { readonly slices: ReadonlySet<number>; /** Some that rest on shapes of what differs are not among them. */ readonly leaves: boolean; /** Those among them that say what arguments are. */ readonly anchors: readonly Anchor[]; /** What follows the heads of those that differ, in the old text. */ readonly changed: readonly Range[]; readonly old: readonly Statement[]; readonly now: readonly Statement[] }

/** The program, and the statements that were read for it. */
export interface Patched { readonly program: Program; readonly read: readonly Statement[] }

/** First without those that rest on nothing but shapes of what differs, which seldom become others. */
export function* patching(base: Base, document: Document): Steps<Patched | undefined> {
  const reading = readingOf(document);
  const few = reading && affectedBy(base, reading, document.text, false);
  const patched = few && (yield* patchingOf(base, document, few));
  if (!few || !few.leaves || (patched && few.now.every((s) => s.kind !== 'definition' || hasShapeOf(base.program, patched.program, s.name.name)))) return patched;
  const all = affectedBy(base, reading, document.text, true);
  return all && (yield* patchingOf(base, document, all));
}

function hasShapeOf(old: Program, now: Program, name: string): boolean {
  const [was, is] = [old.definitions.get(name)?.shape, now.definitions.get(name)?.shape];
  return was !== undefined && is !== undefined && sameShape(was, is);
}

function* patchingOf(base: Base, document: Document, affected: Affected): Steps<Patched | undefined> {
  const reading = readingOf(document);
  if (!reading || !isSelfContained(base, affected) || !comesAfterAnchors(base, affected)) return undefined;
  const places = placesBetween(base.reading, base.document.text, reading, document.text, affected.changed);
  const found: Diagnostic[] = [];
  const kept = base.found.filter((d) => !isWithin(affected, places, d.range));
  const known = kept.map(places.placed).filter((d) => d !== undefined);
  if (known.length < kept.length) return undefined;
  const names = new PlacedNames(base.index().names, (entry) => placedEntry(base, places, entry));
  const scope = scopeOf(base, places, affected, names, document.text, found);
  const [sizes, facts] = [scope.dimensions.size, scope.facts.length];
  const part = { text: document.text, statements: affected.now };
  const reinferred = affected.anchors.flatMap((a) => a.names);
  for (const v of reinferred) names.set(v.name, { ...v, range: placedAlike(places, v.range.start, v.range), shape: scope.solver.unknownShape() });
  const { owners, definitions } = collectNames(scope, part);
  const order = inOrder(scope, definitions);
  if (reinferred.length > 0 && !order.every((entry) => isAnchored(scope, entry)) || !reinferred.every((v) => isAsBefore(base, names.get(v.name)))) return undefined;
  const bodies = yield* readBodies(scope, part, { owners, order }, NOTHING_KEPT);
  const namesSizes = scope.dimensions.size > sizes || sizes < base.scope.dimensions.size;
  const isToldOfOthers = (scope.restsOnOrder && known.length > 0) || (namesSizes && (known.length > 0 || isUnsaidElsewhere(base, affected))) || scope.facts.length > facts || scope.expanded > MAX_INLINED_NODES
    || names.added().some((e) => e.kind === 'variable' && !e.unknown);
  const all = [...known, ...found];
  if (isToldOfOthers || all.length >= MAX_RESOLVE_DIAGNOSTICS) return undefined;
  const wrong = all.filter(isShapeError);
  if (wrong.length > 0) {
    if (base.equal.size > 0 || affected.anchors.length > 0) return undefined;
    const anchors = base.anchors.map(({ statement, names: own }) => ({ statement: placedStatement(places, statement), names: own }));
    if (anchors.length > 0 && isDoubtful(scope, part, anchors, wrong)) return undefined;
  }
  const program = merged(base, document, places, affected, scope, bodies, all);
  handOn(program, base);
  return { program, read: affected.now };
}

/** Whether a definition says by itself what arguments are of which nothing is known yet; one that speaks of none is left for later. */
function isAnchored(scope: Scope, entry: DefinitionEntry): boolean {
  const { statement } = entry;
  const open = statement ? freeNames(statement).map((name) => scope.names.get(name)).filter((v) => v?.kind === 'variable' && !isKnownShape(v.shape)) as readonly VariableEntry[] : [];
  return open.length === 0 || (statement !== undefined && !entry.owner.broken && open.every((v) => !v.unknown && !v.outer) && readAlone(scope, entry, statement, open));
}
function isAsBefore(base: Base, v: Entry | undefined): boolean {
  const was = v && base.program.variables.get(v.name)?.shape;
  return v?.kind === 'variable' && was !== undefined && sameShape(v.shape, was);
}

/** The slices that differ and those that speak of what they define. */
function affectedBy({ document: { text: oldText }, reading: old, closed, scope, anchors, index }: Base, now: Reading, text: string, isWhole: boolean): Affected | undefined {
  if (old.slices.length !== now.slices.length) return undefined;
  const edited: number[] = [];
  for (let i = 0; i < now.slices.length; i++) {
    // What was typed and taken back reads as it did.
    if (now.slices[i] === old.slices[i] || sourceOf(now, i, text) === sourceOf(old, i, oldText)) continue;
    edited.push(i);
    if (edited.length > MAX_EDITED) return undefined;
  }
  const { users, statements } = index();
  const nowAt = (i: number): readonly Statement[] => (now.slices[i]?.statements ?? []).map((s) => movedStatement(s, now.shifts[i] ?? 0));
  if (!edited.every((i) => headsAre(statements(i), nowAt(i)))) return undefined;
  const slices = new Set(edited);
  let leaves = false;
  // One that names another definition than before may be what that is built on.
  const namesMore = edited.some((i) => { const before = new Set(statements(i).flatMap(freeNames)); return nowAt(i).flatMap(freeNames).some((n) => scope.names.get(n)?.kind === 'definition' && !before.has(n)); });
  const isLeft = (i: number): boolean => !isWhole && !namesMore && statements(i).every((s) => {
    const entry = s.kind === 'definition' ? scope.names.get(s.name.name) : undefined;
    return entry?.kind === 'definition' && entry.statement === s && restsOnShapes(entry.typed) && !entry.owner.broken && !entry.owner.tied;
  });
  const reached = new Set(edited);
  const again: Anchor[] = [];
  for (const i of reached) {
    const isRead = slices.has(i);
    if (slices.size > MAX_READ) return undefined;
    for (const s of statements(i)) {
      // A size may bear the name of a definition.
      if (!OWN.has(s.kind)) return undefined;
      if (s.kind !== 'definition') continue;
      const entry = scope.names.get(s.name.name);
      // One that is defined twice.
      if (isRead && (entry?.kind !== 'definition' || entry.statement !== s)) return undefined;
      const anchor = isRead ? anchors.find((a) => a.statement === s) : undefined;
      if (anchor) {
        again.push(anchor);
        for (const v of anchor.names) for (const user of users(v.name)) { reached.add(user); slices.add(user); }
      }
      if (isRead && entry?.kind === 'definition' && !closed.has(s.name.name) && !entry.owner.broken && entry.typed) return undefined;
      for (const user of users(s.name.name)) {
        reached.add(user);
        if (slices.has(user)) continue;
        if (isLeft(user)) leaves = true; else slices.add(user);
      }
    }
  }
  const inOrderOfText = [...slices].sort((a, b) => a - b);
  const changed = edited.map((i): Range => {
    const [first] = statements(i);
    const { from, to } = old.layout.slices[i] ?? { from: 0, to: 0 };
    return { start: first?.kind === 'definition' ? (first.parameters?.at(-1) ?? first.name).range.end : startOf(old.layout, from), end: endOf(old.layout, to - 1) };
  });
  return { slices, leaves, anchors: again, changed, old: inOrderOfText.flatMap(statements), now: inOrderOfText.flatMap(nowAt) };
}

function sourceOf({ layout }: Reading, i: number, text: string): string {
  const { from, to } = layout.slices[i] ?? { from: 0, to: 0 };
  return text.slice(startOf(layout, from), endOf(layout, to - 1));
}

const OWN: ReadonlySet<Statement['kind']> = new Set(['definition', 'request', 'check', 'assume', 'broken']);
/** Whether two lists of statements say nothing but results of their own, and define the same names with the same arguments at the same places. */
function headsAre(old: readonly Statement[], now: readonly Statement[]): boolean {
  if (![...old, ...now].every((s) => OWN.has(s.kind))) return false;
  const heads = (all: readonly Statement[]): string => {
    const [first] = all;
    return all.filter((s): s is Definition => s.kind === 'definition').map((s) => [s.name, ...(s.parameters ?? [])].map((n) => `${n.name} ${n.range.start - (first?.range.start ?? 0)}`).join(s.parameters ? ',' : ';')).join('\n');
  };
  return heads(old) === heads(now);
}

/** Whether all names that the statements speak of, then and now, are settled without them, or are theirs alone. */
function isSelfContained(base: Base, affected: Affected): boolean {
  const { scope, closed, index } = base;
  const { slices, old, now } = affected;
  const { names, late, loose, users } = index();
  const isElsewhere = isUnsaidElsewhere(base, affected);
  const own = new Set(now.flatMap((s) => (s.kind === 'definition' ? [s.name.name] : [])));
  const isTheirs = (name: string): boolean => users(name).every((i) => slices.has(i));
  const isSettled = (name: string): boolean => {
    if (own.has(name)) return true;
    const entry = names.get(name);
    switch (entry?.kind) {
      case 'variable': return !late.has(name) && (entry.open || !entry.inferred);
      case 'definition': return closed.has(name) && entry.typed !== undefined && !entry.owner.broken && entry.statement !== undefined;
      case 'function': return true;
      // A size that the reading named may bear a name that is typed now.
      case undefined: return isBuiltIn(name) || (!isElsewhere && (scope.dimensions.has(name) || isTheirs(name)));
    }
  };
  for (const [name, at] of loose) if (slices.has(at) && !isTheirs(name)) return false;
  return [...old, ...now].every((s) => freeNames(s).every(isSettled));
}

/**
 * Whether definitions that say what others' arguments are stay the ones that say it: they are the first to speak of them, in the order in
 * which definitions are read.
 */
function comesAfterAnchors({ anchors: all, scope }: Base, { old, now, anchors: own }: Affected): boolean {
  // All that speak of the names of its own are read with them.
  const anchors = own.length === 0 ? all : all.filter((a) => !own.includes(a));
  if (anchors.length === 0) return true;
  const first = old[0]?.range.start ?? Infinity;
  const anchored = new Map(anchors.flatMap(({ statement, names }) => names.map((v) => [v.name, statement.range.start] as const)));
  const isBehind = (name: string): boolean => (anchored.get(name) ?? -1) < first;
  /** Definitions further on that must be read before this one. */
  const ahead = (s: Statement): string => freeNames(s).filter((name) => { const entry = scope.names.get(name); return entry?.kind === 'definition' && (entry.statement?.range.start ?? -1) > first; }).sort().join(' ');
  return now.every((s) => s.kind !== 'definition' || freeNames(s).every(isBehind)) && old.length === now.length && old.every((s, i) => { const other = now[i]; return other !== undefined && ahead(s) === ahead(other); });
}

const isWithin = ({ slices }: Affected, { sliceAt }: Places, range: Range): boolean => { const i = sliceAt(range.start); return i !== undefined && slices.has(i); };

/** Whether the rest has sizes that the reading named: those that are named here would be others without them. */
function isUnsaidElsewhere({ index }: Base, { slices }: Affected): boolean {
  const { unsaid, namesSizes, loose, users } = index();
  return namesSizes || unsaid.some((name) => !users(name).every((i) => slices.has(i))) || [...loose.values()].some((i) => !slices.has(i));
}

function scopeOf(base: Base, places: Places, { slices }: Affected, names: PlacedNames, text: string, found: Diagnostic[]): Scope {
  const { dimensions, facts, sizes, expanded, glances, equal } = base.scope;
  const { loose } = base.index();
  return {
    ...newScope({ text, glances, equal }, found), names, unsettled: () => names.lookedUp(), expanded, facts: [...facts], sizes,
    dimensions: new Map([...dimensions].filter(([name]) => { const at = loose.get(name); return at === undefined || !slices.has(at); }).map(([name, range]) => [name, placedAlike(places, range.start, range)])),
  };
}

function merged(base: Base, document: Document, places: Places, affected: Affected, scope: Scope, { definitions, results }: Bodies, found: readonly Diagnostic[]): Program {
  const old = base.program;
  const lineOf = lines(document.text);
  const others = <T extends { readonly range: Range }>(all: readonly T[]): readonly T[] => all.filter((one) => !isWithin(affected, places, one.range));
  const alike = <T extends { readonly range: Range }>(one: T): T => placedAlike(places, one.range.start, one);
  const together = <T extends { readonly range: Range }>(kept: readonly T[], own: readonly T[]): readonly T[] => (own.length === 0 ? kept : [...kept, ...own].sort(byPlace));
  const at = (range: Range): readonly [Range, number, <T>(terms: T) => T] => {
    const now = placedAlike(places, range.start, range);
    return [now, lineOf(now.start), (terms) => placedResult(base, places, range.start, terms)];
  };
  const later = {
    variables: lazily(() => new Map([...old.variables].map(([name, v]) => [name, { ...v, range: placedAlike(places, v.range.start, v.range) }]))),
    functions: lazily(() => new Map([...old.functions].map(([name, f]) => [name, { ...f, range: placedAlike(places, f.range.start, f.range) }]))),
    dimFacts: lazily(() => [...base.scope.facts.map(alike), ...together(others(base.scope.implied).map(alike), scope.implied).toSorted(byPlace)]),
    shapes: lazily(() => [...others(old.shapes).map((s) => placedResult(base, places, s.range.start, s)), ...shapesIn(scope, [...scope.shapes])].sort(wholesFirst)),
  };
  return withLater({
    text: document.text, variables: LATER, functions: LATER, definitions: definitionsOf(base, document, places, affected, definitions), dimFacts: LATER, shapes: LATER,
    requests: together(others(old.requests).map((r) => requestAt(r, ...at(r.range))), results.requests), claims: together(others(old.claims).map((c) => claimAt(c, ...at(c.range))), results.claims),
    assumptions: together(others(old.assumptions).map((a) => placedResult(base, places, a.range.start, a)), results.assumptions),
    dimensions: scope.dimensions, sizes: old.sizes, settings: old.settings,
    diagnostics: [...document.diagnostics, ...found].sort(byPlace),
  }, () => ({
    get variables() { return later.variables(); }, get functions() { return later.functions(); },
    get dimFacts() { return later.dimFacts(); }, get shapes() { return later.shapes(); },
  }));
}

/** In the order in which a reading of the whole text has them. */
function definitionsOf(base: Base, document: Document, places: Places, { now }: Affected, read: ReadonlyMap<string, ProgramDefinition>): ReadonlyMap<string, ProgramDefinition> {
  const own = new Set(now.flatMap((s) => (s.kind === 'definition' ? [s.name.name] : [])));
  const one = (name: string): ProgramDefinition | undefined => (own.has(name) ? read.get(name) : placedDefinition(base, places, base.program.definitions.get(name)));
  return LaterMap.of(one, () => {
    const out = new Map<string, ProgramDefinition>();
    for (const name of namesInOrder(base, document)) {
      const definition = one(name);
      if (definition) out.set(name, definition);
    }
    return out;
  });
}

/** Names of definitions, each after those that it names. */
function namesInOrder(base: Base, document: Document): readonly string[] {
  const entries = new Map<string, DefinitionEntry>();
  for (const s of document.statements) {
    if (s.kind !== 'definition' || base.scope.names.get(s.name.name)?.kind !== 'definition' || entries.has(s.name.name)) continue;
    entries.set(s.name.name, { kind: 'definition', name: s.name.name, parameters: (s.parameters ?? []).map((p) => p.name), statement: s, owner: { broken: false, range: s.range } });
  }
  return inOrder({ names: entries, report: () => undefined }, [...entries.values()]).map((entry) => entry.name);
}

function placedDefinition(base: Base, places: Places, definition: ProgramDefinition | undefined): ProgramDefinition | undefined {
  if (!definition) return undefined;
  const by = places.shift(definition.range.start);
  if (by === 0 && !base.index().tied.has(places.sliceAt(definition.range.start) ?? -1)) return definition;
  const { name, parameters, shape, range, nameRange } = definition;
  return withLater({ name, parameters, body: LATER, shape, range: moved(range, by), nameRange: moved(nameRange, by) }, () => ({ body: placedResult(base, places, range.start, definition.body) }));
}
