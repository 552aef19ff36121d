/**
 * From a tree to a program: names bound, sizes solved, every diagnostic about names and shapes. Total: a statement with an error
 * gives diagnostics and no result, and spoils only what is built on it.
 */
import { beside } from '../syntax/beside';
import type { Diagnostic } from '../syntax/diagnostic';
import { diagnose } from '../syntax/codes';
import { LATER, withLater } from '../syntax/later-fields';
import { finish, type Steps } from '../syntax/steps';
import type { Definition, Document, Statement } from '../syntax/tree';
import { isKnownShape, type Dim } from './dim';
import { glance } from './glance';
import { read } from './infer';
import { MAX_RESOLVE_DIAGNOSTICS } from './limits';
import { Pages } from './pages';
import type { Program, ProgramDefinition, FormalFunction, Variable } from './program';
import { collectNames } from './resolve-declarations';
import { readAlone } from './alone';
import { equalities, readDims } from './resolve-dims';
import { chooseForms, nameSizes } from './resolve-forms';
import { inOrder } from './resolve-order';
import { inheritOuter, readSettings } from './resolve-outer';
import { isDoubtful } from './resolve-doubt';
import { readStatements } from './resolve-statements';
import { shapesIn, startReuse, type Memory } from './reuse';
import { NO_INDICES, type DefinitionEntry, type Place, type Scope } from './scope';
import { infer, record } from './typed';
import { Settled, standingAt } from './settled';
import { createSolver } from './unify';
import { namesIn } from './walk';

export interface ResolveOptions {
  /** What earlier comments of the same file declare: visible here; a name that is declared again hides it and what is built on it. */
  readonly outer?: Program;
  /** What an earlier version of the text gave: statements that read as they did then keep their results. */
  readonly previous?: Program;
  /** Nothing is read at a glance: the same result, slower, for comparison. */
  readonly thorough?: boolean;
}

interface Work { readonly kept: number; readonly read: number; /** How often the whole text was gone through. */ readonly times: number }
/** What a reading leaves for the next, made when that asks for it. */
const memories = beside<Program, () => Memory>();
const works = beside<Program, Work>();
/** How many statements a program took over from an earlier one, and how many were read. */
export const workOf = (program: Program): Work => works.get(program) ?? { kept: 0, read: 0, times: 0 };

/** Diagnostics of the document's syntax are part of the program's. */
export const resolve = (document: Document, options: ResolveOptions = {}): Program => finish(resolving(document, options));

/** `resolve` in steps. */
export function* resolving(document: Document, options: ResolveOptions = {}): Steps<Program> {
  const memory = options.outer || !options.previous ? undefined : memories.get(options.previous)?.();
  const errors = (p: Program): number => p.diagnostics.filter((d) => d.severity === 'error').length;
  let times = 1;
  const fewer = (a: Reading, b: Reading): Reading => {
    const best = errors(b.program) < errors(a.program) ? b : a;
    works.set(best.program, { ...workOf(best.program), times: ++times });
    return best;
  };
  let first = yield* resolveWith(document, options, new Map(), memory, true);
  // Where a definition's own word about its arguments leads to a contradiction, all that is said of them counts.
  if (hasShapeError(first.program) && first.isDoubtful()) first = fewer(first, yield* resolveWith(document, options, new Map(), memory, false));
  if (first.equal.size === 0 || !hasShapeError(first.program)) return first.program;
  // Shapes that differ as written may agree by `dim m = n`.
  return fewer(first, yield* resolveWith(document, options, first.equal, undefined, false)).program;
}

interface Reading { readonly program: Program; readonly equal: ReadonlyMap<string, Dim>; readonly isDoubtful: () => boolean }
const isShapeError = (d: Diagnostic): boolean => d.code.startsWith('MC3') && d.severity === 'error';
const hasShapeError = (p: Program): boolean => p.diagnostics.some(isShapeError);

function newScope(document: Document, glances: boolean, equal: ReadonlyMap<string, Dim>, diagnostics: Diagnostic[]): Scope {
  const seen = new Set<string>();
  let failed = false;
  let listening = false;
  let heard = false;
  return {
    text: document.text, names: new Map(), dimensions: new Map(), facts: [], implied: [], sizes: new Map(), equal, solver: createSolver(), results: new Map(), shapesByKey: new Map(), glanced: new Map(), glances, read,
    defaults: [], choices: [], checks: [], shapes: new Pages(), open: [], fresh: new Set(), expanded: 0,
    listen: () => { listening = true; heard = false; return () => heard; },
    unlisten: () => { listening = false; },
    hasErrors: () => failed,
    isFull: () => diagnostics.length >= MAX_RESOLVE_DIAGNOSTICS,
    report: (code, message, range, extra) => {
      if (listening) { heard = true; return; }
      const key = `${code} ${range.start} ${range.end}`;
      if (seen.has(key) || diagnostics.length >= MAX_RESOLVE_DIAGNOSTICS) return;
      seen.add(key);
      // Sizes that were not found have names of the solver's.
      const d = diagnose(code, message.replace(/(?<!\w)\?\d+/g, '?'), range, extra);
      failed ||= d.severity === 'error';
      diagnostics.push(d);
    },
  };
}

function* resolveWith(document: Document, options: ResolveOptions, equal: ReadonlyMap<string, Dim>, memory: Memory | undefined, alone: boolean): Steps<Reading> {
  const diagnostics: Diagnostic[] = [];
  const scope = newScope(document, options.thorough !== true, equal, diagnostics);
  const inherited = inheritOuter(scope, document, options.outer);
  readDims(scope, document);
  const { owners, definitions } = collectNames(scope, document);
  const order = inOrder(scope, definitions);
  const reuse = yield* startReuse(scope, document, order, memory, alone ? (unit, entry) => entry.statement !== undefined && readAlone(scope, entry, entry.statement, unit.alone ?? []) : undefined);
  for (const entry of order) {
    if (entry.typed || (entry.statement && reuse.isKept(entry.statement))) continue;
    readDefinition(scope, entry);
    yield;
  }
  for (const [statement, owner] of owners) {
    const entry = statement.kind === 'definition' ? scope.names.get(statement.name.name) : undefined;
    if (statement.kind !== 'definition') continue;
    if (entry?.kind !== 'definition' || entry.statement !== statement) infer({ scope, owner, indices: NO_INDICES }, statement.body);
  }
  const later = yield* readStatements(scope, document, reuse, owners);
  const settings = readSettings(scope, document, options.outer);
  yield* solve(scope, document.statements.filter((s) => !reuse.isKept(s)));
  for (const check of scope.checks) {
    check();
    yield;
  }
  requireKnown(scope);
  for (const [name, range] of scope.dimensions) {
    const entry = scope.names.get(name);
    if (entry?.kind === 'variable' && !entry.unknown && !entry.outer) scope.report('MC2010', `\`${name}\` is a variable and a dimension; in expressions it is the variable`, entry.range, { related: [{ range, message: `the dimension \`${name}\`` }] });
  }
  const settled = new Map(inherited.definitions);
  for (const entry of order) {
    const definition = entry.statement && reuse.isKept(entry.statement) ? keep(entry, entry.statement) : settle(scope, entry);
    if (definition) settled.set(entry.name, definition);
    yield;
  }
  const results = later();
  const variables = new Map<string, Variable>();
  const functions = new Map<string, FormalFunction>();
  for (const entry of scope.names.values()) {
    if (entry.kind === 'function') functions.set(entry.name, entry.formal);
    else if (entry.kind === 'variable' && !entry.unknown) {
      const shape = scope.solver.resolveShape(entry.shape);
      if (isKnownShape(shape)) variables.set(entry.name, { name: entry.name, shape, words: entry.words, range: entry.range, inferred: entry.inferred });
    }
  }
  const program: Program = withLater({
    text: document.text, variables, functions, definitions: settled, ...results, assumptions: [...inherited.assumptions, ...results.assumptions],
    dimFacts: scope.implied.length === 0 ? scope.facts : [...scope.facts, ...[...scope.implied].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)], dimensions: scope.dimensions, sizes: scope.sizes, settings,
    // Only the editor asks for them.
    shapes: LATER,
    diagnostics: [...document.diagnostics, ...diagnostics].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end),
  }, () => ({ shapes: [...shapesIn(scope, [...scope.shapes]), ...reuse.shapes()].sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end) }));
  // Other readings of one text are not handed on: what an outer text or an equality of sizes says is no part of a unit.
  if (!options.outer && equal.size === 0 && !scope.isFull()) memories.set(program, once(() => reuse.remember(owners, program)));
  works.set(program, { ...reuse.work, times: 1 });
  return { program, equal: equalities(scope), isDoubtful: () => reuse.anchors.length > 0 && isDoubtful(scope, document, reuse.anchors, program.diagnostics.filter(isShapeError)) };
}

/** Runs once, and lets go of what it needed. */
function once<T>(make: () => T): () => T {
  let maker: (() => T) | undefined = make;
  let made: T | undefined;
  return () => {
    if (maker) made = maker();
    maker = undefined;
    return made as T;
  };
}

function readDefinition(scope: Scope, entry: DefinitionEntry): void {
  const { statement, owner } = entry;
  if (!statement) return;
  const place: Place = { scope, owner, indices: NO_INDICES };
  if (owner.broken) return;
  const glanced = glance(scope, owner, statement.body);
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
