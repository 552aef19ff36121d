/**
 * Definitions that say by themselves what their undeclared arguments are. Where one does, every other statement takes its word, so
 * that statements which share a name of an argument need not be inferred together.
 */
import type { Definition } from '../syntax/tree';
import { D1, isOne } from './dim';
import { chooseOwnForms } from './resolve-forms';
import type { DefinitionEntry, Place, Scope, VariableEntry } from './scope';
import { infer, isKnownShape, record } from './typed';

/** Reads a definition with nothing else in view. True where that gives all its shapes without a guess or a complaint; else no trace is left. */
export function readAlone(scope: Scope, entry: DefinitionEntry, statement: Definition, open: readonly VariableEntry[]): boolean {
  // Nearly always small letters are vectors and capitals matrices: with that said first, sizes are found as the body is read.
  const isFormOpen = open.some((v) => v.open);
  return (isFormOpen && readOnce(scope, entry, statement, open, true)) || readOnce(scope, entry, statement, open, false);
}

/** The forms that letters stand for, which are also the first that are tried where nothing decides. */
function assumeForms(scope: Scope, open: readonly VariableEntry[]): boolean {
  const { solver } = scope;
  return open.every((v) => {
    if (!v.open) return true;
    const isCapital = /^\p{Lu}/u.test(v.name);
    if (!isCapital && !solver.unify(v.shape.cols, D1)) return false;
    solver.markArray(v.shape.rows);
    if (isCapital) solver.markArray(v.shape.cols);
    return true;
  });
}

function readOnce(scope: Scope, entry: DefinitionEntry, statement: Definition, open: readonly VariableEntry[], assumes: boolean): boolean {
  const { solver, names, dimensions } = scope;
  const { owner } = entry;
  const lists: readonly unknown[][] = [scope.shapes, scope.open, scope.checks, scope.choices, scope.defaults, scope.facts, scope.implied];
  const lengths = lists.map((l) => l.length);
  const [knownNames, knownDimensions, expanded] = [names.size, dimensions.size, scope.expanded];
  const place: Place = { scope, owner, indices: new Map() };
  const heard = scope.listen();
  const holds = solver.tentatively(() => {
    if (assumes && !assumeForms(scope, open)) return false;
    const body = infer(place, statement.body);
    const isUnsure = (): boolean => owner.broken || owner.tied === true || heard() || names.size > knownNames || dimensions.size > knownDimensions;
    if (!body || !solver.propagate(true) || isUnsure()) return false;
    // A letter that the body makes a number is no vector: the others may be what they look like only without that reading.
    if (assumes && open.some((v) => v.open && isOne(solver.resolve(v.shape.rows)) && isOne(solver.resolve(v.shape.cols)))) return false;
    if ((!assumes && !chooseOwnForms(scope, open.filter((v) => v.open), statement)) || !solver.propagate(true) || isUnsure()) return false;
    const shape = solver.resolveShape(body.shape);
    if (!isKnownShape(shape) || !open.every((v) => isKnownShape(solver.resolveShape(v.shape)))) return false;
    entry.typed = { ...body, shape, settle: () => body.settle() };
    record(scope, { ...entry.typed, expr: statement.name });
    return true;
  });
  scope.unlisten();
  if (holds) {
    for (const v of open) settleVariable(scope, v);
    return true;
  }
  delete entry.typed;
  delete owner.tied;
  owner.broken = false;
  lists.forEach((l, i) => { l.length = lengths[i] ?? 0; });
  scope.expanded = expanded;
  for (const key of [...names.keys()].slice(knownNames)) names.delete(key);
  for (const key of [...dimensions.keys()].slice(knownDimensions)) dimensions.delete(key);
  return false;
}

/** From here on the variable is one whose shape is known. */
export function settleVariable(scope: Scope, v: VariableEntry): void {
  scope.names.set(v.name, { ...v, shape: scope.solver.resolveShape(v.shape) });
}
