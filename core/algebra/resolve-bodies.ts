/** Reads what statements say once their names are known: definitions in their order, then requests, claims and assumptions; solves what is left open. */
import { LATER, withLater } from '../syntax/later-fields';
import type { Steps } from '../syntax/steps';
import type { Definition, Document, Statement } from '../syntax/tree';
import { isKnownShape } from './dim';
import { glance, wholesOf } from './glance';
import type { ProgramDefinition } from './program';
import { chooseForms, nameSizes } from './resolve-forms';
import { readStatements, type Results } from './resolve-statements';
import type { Kept } from './reuse';
import { NO_INDICES, type DefinitionEntry, type Owner, type Place, type Scope } from './scope';
import { Settled, standingAt } from './settled';
import { infer, record } from './typed';
import { namesIn } from './walk';

/** Definitions, each after those that it names, and all statements that have an owner. */
export interface Named { readonly owners: Map<Statement, Owner>; readonly order: readonly DefinitionEntry[] }
export interface Bodies { readonly definitions: ReadonlyMap<string, ProgramDefinition>; readonly results: Results }

export function* readBodies(scope: Scope, document: Pick<Document, 'text' | 'statements'>, { owners, order }: Named, kept: Kept): Steps<Bodies> {
  for (const entry of order) {
    if (entry.typed || (entry.statement && kept.isKept(entry.statement))) continue;
    readDefinition(scope, entry);
    yield;
  }
  for (const [statement, owner] of owners) {
    const entry = statement.kind === 'definition' ? scope.names.get(statement.name.name) : undefined;
    if (statement.kind !== 'definition') continue;
    if (entry?.kind !== 'definition' || entry.statement !== statement) infer({ scope, owner, indices: NO_INDICES }, statement.body);
  }
  const later = yield* readStatements(scope, document, kept, owners);
  yield* solve(scope, document.statements.filter((s) => !kept.isKept(s)));
  for (const check of scope.checks) {
    check();
    yield;
  }
  requireKnown(scope);
  const definitions = new Map<string, ProgramDefinition>();
  for (const entry of order) {
    const definition = entry.statement && kept.isKept(entry.statement) ? keep(entry, entry.statement) : settle(scope, entry);
    if (definition) definitions.set(entry.name, definition);
    yield;
  }
  return { definitions, results: later() };
}

function readDefinition(scope: Scope, entry: DefinitionEntry): void {
  const { statement, owner } = entry;
  if (!statement) return;
  const place: Place = { scope, owner, indices: NO_INDICES };
  if (owner.broken) return;
  const glanced = glance(scope, owner, wholesOf(scope, statement)[0]);
  const body = glanced ?? infer(place, statement.body);
  if (!glanced) scope.solver.propagate(false);
  if (body) entry.typed = body;
  if (body) record(scope, standingAt(body, statement.name));
}

/** Chooses what is left open, in a fixed order: forms of arguments, readings of operators, default sizes, names for sizes. */
function* solve(scope: Scope, statements: readonly Statement[]): Steps<void> {
  const { solver } = scope;
  solver.propagate(false);
  yield;
  chooseForms(scope, statements);
  yield;
  for (const choice of scope.choices) {
    choice();
    yield;
  }
  for (const fallback of scope.defaults) {
    fallback();
    solver.propagate(false);
    yield;
  }
  nameSizes(scope);
  solver.propagate(false);
}

/** No unknown leaves this room: a statement whose sizes are still open is refused. */
function requireKnown(scope: Scope): void {
  for (const { shape, owner, expr } of scope.open) {
    if (owner.broken || isKnownShape(scope.solver.resolveShape(shape))) continue;
    owner.broken = true;
    scope.report('MC3007', 'nothing here says the size of this', expr.range);
  }
}

/** A definition that was read before; its body moves when it is asked for. */
function keep(entry: DefinitionEntry, statement: Definition): ProgramDefinition | undefined {
  const { typed } = entry;
  if (!typed) return undefined;
  entry.term = () => typed.settle();
  return withLater({ name: entry.name, parameters: entry.parameters, body: LATER, shape: typed.shape, range: statement.range, nameRange: statement.name.range }, () => ({ body: typed.settle() }));
}

function settle(scope: Scope, entry: DefinitionEntry): ProgramDefinition | undefined {
  const { statement, owner, typed } = entry;
  if (!statement || !typed || isSpoiled(scope, statement, owner)) return undefined;
  if (typed instanceof Settled) {
    entry.term = () => typed.settle();
    return withLater({ name: entry.name, parameters: entry.parameters, body: LATER, shape: typed.shape, range: statement.range, nameRange: statement.name.range }, () => ({ body: typed.settle() }));
  }
  const body = typed.settle();
  if (owner.broken) return undefined;
  entry.term = () => body;
  return { name: entry.name, parameters: entry.parameters, body, shape: body.shape, range: statement.range, nameRange: statement.name.range };
}

/** Errors found late, in a definition that this one names. */
function isSpoiled(scope: Scope, statement: Definition, owner: { broken: boolean }): boolean {
  if (!scope.hasErrors()) return owner.broken;
  owner.broken ||= namesIn(statement.body).some(({ name }) => {
    const needed = scope.names.get(name);
    return needed?.kind === 'definition' && needed.owner.broken;
  });
  return owner.broken;
}
