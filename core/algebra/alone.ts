/**
 * Definitions that say by themselves what their undeclared arguments are. Where one does, every other statement takes its word, so
 * that statements which share a name of an argument need not be inferred together.
 */
import type { Definition } from '../syntax/tree';
import { D1, isKnownShape, isOne, sameShape, shape, type Shape } from './dim';
import { glance, shapeAtGlance, sizesAtGlance, wholesOf } from './glance';
import { chooseOwnForms } from './resolve-forms';
import { NO_INDICES, type DefinitionEntry, type Owner, type Place, type Scope, type Typed, type VariableEntry } from './scope';
import { Settled, standingAt } from './settled';
import { infer, record } from './typed';

/** Reads a definition with nothing else in view. True where that gives all its shapes without a guess or a complaint; else no trace is left. */
export function readAlone(scope: Scope, entry: DefinitionEntry, statement: Definition, open: readonly VariableEntry[]): boolean {
  // Nearly always small letters are vectors and capitals matrices: with that said first, sizes are found as the body is read.
  const isFormOpen = open.some((v) => v.open);
  return readAtGlance(scope, entry, statement, open) || (isFormOpen && readOnce(scope, entry, statement, open, true)) || readOnce(scope, entry, statement, open, false);
}

/** Small letters of which the body says at once how long they are: it is read as if they had been declared. */
function readAtGlance(scope: Scope, entry: DefinitionEntry, statement: Definition, open: readonly VariableEntry[]): boolean {
  const { solver, names } = scope;
  const [whole] = wholesOf(scope, statement);
  if (!whole || !open.every((v) => v.open && !isCapital(v))) return false;
  const sizes = sizesAtGlance(scope, whole, open.map((v) => v.name));
  if (!sizes) return false;
  const glanced = { found: undefined as Shape | undefined };
  const holds = solver.attempt(() => open.every((v) => solver.unifyShape(v.shape, shape(sizes.get(v.name) ?? D1, D1))) && open.every((v) => {
    settleVariable(scope, v);
    return true;
  }) && (glanced.found = shapeAtGlance(scope, whole)) !== undefined);
  if (!holds) {
    for (const v of open) names.set(v.name, v);
    return false;
  }
  const typed = glance(scope, entry.owner, whole, glanced.found);
  if (!typed) return false;
  entry.typed = typed;
  record(scope, standingAt(typed, statement.name));
  return true;
}

const isCapital = (v: VariableEntry): boolean => /^\p{Lu}/u.test(v.name);

/** The forms that letters stand for, which are also the first that are tried where nothing decides. */
function assumeForms(scope: Scope, open: readonly VariableEntry[]): boolean {
  const { solver } = scope;
  return open.every((v) => {
    if (!v.open) return true;
    if (!isCapital(v) && !solver.unify(v.shape.cols, D1)) return false;
    solver.markArray(v.shape.rows);
    if (isCapital(v)) solver.markArray(v.shape.cols);
    return true;
  });
}

/** Reads a definition's body, and keeps what that says only where `accept` does; else no trace is left. What is given then lets go of all but the sizes that were found. */
function tracelessly(scope: Scope, owner: Owner, statement: Definition, prepare: () => boolean, accept: (body: Typed, isUnsure: () => boolean) => boolean): (() => void) | undefined {
  const { solver, names, dimensions } = scope;
  const lists: readonly unknown[][] = [scope.open, scope.checks, scope.choices, scope.defaults, scope.facts, scope.implied];
  const lengths = lists.map((l) => l.length);
  const shapes = scope.shapes.length;
  const [knownNames, knownDimensions, expanded] = [names.size, dimensions.size, scope.expanded];
  const place: Place = { scope, owner, indices: NO_INDICES };
  const heard = scope.listen();
  const holds = solver.tentatively(() => {
    if (!prepare()) return false;
    const body = infer(place, statement.body);
    const isUnsure = (): boolean => owner.broken || owner.tied === true || heard() || names.size > knownNames || dimensions.size > knownDimensions;
    return body !== undefined && solver.propagate(true) && !isUnsure() && accept(body, isUnsure);
  });
  scope.unlisten();
  const letGo = (): void => {
    lists.forEach((l, i) => { l.length = lengths[i] ?? 0; });
    scope.shapes.cut(shapes);
    scope.expanded = expanded;
  };
  if (holds) return letGo;
  letGo();
  for (const key of [...names.keys()].slice(knownNames)) names.delete(key);
  for (const key of [...dimensions.keys()].slice(knownDimensions)) dimensions.delete(key);
  return undefined;
}

function readOnce(scope: Scope, entry: DefinitionEntry, statement: Definition, open: readonly VariableEntry[], assumes: boolean): boolean {
  const { solver } = scope;
  const { owner } = entry;
  const letGo = tracelessly(scope, owner, statement, () => !assumes || assumeForms(scope, open), (body, isUnsure) => {
    // A letter that the body makes a number is no vector: the others may be what they look like only without that reading.
    if (assumes && open.some((v) => v.open && isOne(solver.resolve(v.shape.rows)) && isOne(solver.resolve(v.shape.cols)))) return false;
    if ((!assumes && !chooseOwnForms(scope, open.filter((v) => v.open), statement)) || !solver.propagate(true) || isUnsure()) return false;
    const shape = solver.resolveShape(body.shape);
    if (!isKnownShape(shape) || !open.every((v) => isKnownShape(solver.resolveShape(v.shape)))) return false;
    entry.typed = body instanceof Settled ? body : { ...body, shape, settle: () => body.settle() };
    record(scope, standingAt(entry.typed, statement.name));
    return true;
  });
  if (letGo) {
    for (const v of open) settleVariable(scope, v);
    readShorter(scope, entry, statement, letGo);
    return true;
  }
  delete entry.typed;
  delete owner.tied;
  owner.broken = false;
  return false;
}

/** With the sizes known that the body told of its arguments, it is often read at a glance, and what the first reading made can go. */
function readShorter(scope: Scope, entry: DefinitionEntry, statement: Definition, letGo: () => void): void {
  const [whole] = wholesOf(scope, statement);
  const found = shapeAtGlance(scope, whole);
  if (!found || !entry.typed || !sameShape(found, entry.typed.shape)) return;
  letGo();
  entry.typed = glance(scope, entry.owner, whole, found) ?? entry.typed;
  record(scope, standingAt(entry.typed, statement.name));
}

/** A number, an array with rows, a row: every shape is one of these. */
const FORMS: readonly ((solver: Scope['solver'], s: Shape) => boolean)[] = [
  (solver, s) => solver.unify(s.rows, D1) && solver.unify(s.cols, D1),
  (solver, s) => { solver.markArray(s.rows); return true; },
  (solver, s) => { solver.markArray(s.cols); return solver.unify(s.rows, D1); },
];

/** Whether a definition that settled its arguments by itself could be read with another shape of one of them. Leaves no trace. */
export function couldDiffer(scope: Scope, statement: Definition, settled: readonly VariableEntry[]): boolean {
  const { solver, names } = scope;
  const kept = settled.map((v) => names.get(v.name));
  const fresh = settled.map((v) => ({ ...v, shape: solver.unknownShape() }));
  for (const v of fresh) names.set(v.name, v);
  const differs = settled.some((v, i) => FORMS.some((form) => {
    const shape = fresh[i]?.shape ?? v.shape;
    let found = false;
    tracelessly(scope, { range: statement.range, broken: false }, statement, () => form(solver, shape), () => {
      const now = solver.resolveShape(shape);
      const was = kept[i]?.kind === 'variable' ? kept[i].shape : undefined;
      found = !was || now.rows.key !== was.rows.key || now.cols.key !== was.cols.key;
      return false;
    });
    return found;
  }));
  settled.forEach((v, i) => { const old = kept[i]; if (old) names.set(v.name, old); });
  return differs;
}

/** From here on the variable is one whose shape is known. */
export function settleVariable(scope: Scope, v: VariableEntry): void {
  scope.names.set(v.name, { ...v, shape: scope.solver.resolveShape(v.shape) });
}
