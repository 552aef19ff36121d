/**
 * From a tree to a program: names bound, sizes solved, every diagnostic about names and shapes. Total: a statement with an error
 * gives diagnostics and no result, and spoils only what is built on it.
 */
import { beside } from '../syntax/beside';
import type { Diagnostic } from '../syntax/diagnostic';
import { LATER, withLater } from '../syntax/later-fields';
import { byPlace, wholesFirst } from '../syntax/range';
import { finish, type Steps } from '../syntax/steps';
import type { Document } from '../syntax/tree';
import { baseOf, leaveBase } from './base';
import { isKnownShape, type Dim } from './dim';
import { newScope } from './new-scope';
import { patching } from './patch';
import type { Program, FormalFunction, Variable } from './program';
import { readBodies } from './resolve-bodies';
import { collectNames } from './resolve-declarations';
import { readAlone } from './alone';
import { equalities, readDims } from './resolve-dims';
import { inOrder } from './resolve-order';
import { inheritOuter, readSettings } from './resolve-outer';
import { isDoubtful, isShapeError } from './resolve-doubt';
import { shapesIn, startReuse, type Memory } from './reuse';

export interface ResolveOptions {
  /** What earlier comments of the same file declare: visible here; a name that is declared again hides it and what is built on it. */
  readonly outer?: Program;
  /** What an earlier version of the text gave: statements that read as they did then keep their results. */
  readonly previous?: Program;
  /** Nothing is read at a glance: the same result, slower, for comparison. */
  readonly thorough?: boolean;
}

interface Work { readonly kept: number; readonly read: number; /** How often the whole text was gone through; 0 where only what differs was. */ readonly times: number }
/** What a reading leaves for the next, made when that asks for it. */
const memories = beside<Program, () => Memory>();
const works = beside<Program, Work>();
/** How many statements a program took over from an earlier one, and how many were read. */
export const workOf = (program: Program): Work => works.get(program) ?? { kept: 0, read: 0, times: 0 };

/** Diagnostics of the document's syntax are part of the program's. */
export const resolve = (document: Document, options: ResolveOptions = {}): Program => finish(resolving(document, options));

/** `resolve` in steps. */
export function* resolving(document: Document, options: ResolveOptions = {}): Steps<Program> {
  const base = options.outer || options.thorough || !options.previous ? undefined : baseOf(options.previous);
  const patched = base && (yield* patching(base, document));
  if (base && patched) {
    const { kept, read } = workOf(base.program);
    const again = patched.read.filter((s) => s.kind !== 'broken').length;
    works.set(patched.program, { kept: kept + read - again, read: again, times: 0 });
    const memory = memories.get(base.program);
    if (memory) memories.set(patched.program, memory);
    return patched.program;
  }
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
  if (first.equal.size === 0 || !hasShapeError(first.program)) {
    if (times === 1 && memories.get(first.program)) first.leave();
    return first.program;
  }
  // Shapes that differ as written may agree by `dim m = n`.
  return fewer(first, yield* resolveWith(document, options, first.equal, undefined, false)).program;
}

interface Reading { readonly program: Program; readonly equal: ReadonlyMap<string, Dim>; readonly isDoubtful: () => boolean; /** Leaves it for texts in which little differs. */ readonly leave: () => void }
const hasShapeError = (p: Program): boolean => p.diagnostics.some(isShapeError);

function* resolveWith(document: Document, options: ResolveOptions, equal: ReadonlyMap<string, Dim>, memory: Memory | undefined, alone: boolean): Steps<Reading> {
  const diagnostics: Diagnostic[] = [];
  const scope = newScope({ text: document.text, glances: options.thorough !== true, equal }, diagnostics);
  const inherited = inheritOuter(scope, document, options.outer);
  readDims(scope, document);
  const { owners, definitions } = collectNames(scope, document);
  const order = inOrder(scope, definitions);
  const reuse = yield* startReuse(scope, document, order, memory, alone ? (unit, entry) => entry.statement !== undefined && readAlone(scope, entry, entry.statement, unit.alone ?? []) : undefined);
  const { definitions: own, results } = yield* readBodies(scope, document, { owners, order }, reuse);
  const settings = readSettings(scope, document, options.outer);
  for (const [name, range] of scope.dimensions) {
    const entry = scope.names.get(name);
    if (entry?.kind === 'variable' && !entry.unknown && !entry.outer) scope.report('MC2010', `\`${name}\` is a variable and a dimension; in expressions it is the variable`, entry.range, { related: [{ range, message: `the dimension \`${name}\`` }] });
  }
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
    text: document.text, variables, functions, definitions: inherited.definitions.size === 0 ? own : new Map([...inherited.definitions, ...own]), ...results, assumptions: [...inherited.assumptions, ...results.assumptions],
    dimFacts: scope.implied.length === 0 ? scope.facts : [...scope.facts, ...[...scope.implied].sort(byPlace)], dimensions: scope.dimensions, sizes: scope.sizes, settings,
    // Only the editor asks for them.
    shapes: LATER,
    diagnostics: [...document.diagnostics, ...diagnostics].sort(byPlace),
  }, () => ({ shapes: [...shapesIn(scope, [...scope.shapes]), ...reuse.shapes()].sort(wholesFirst) }));
  // Other readings of one text are not handed on: what an outer text or an equality of sizes says is no part of a unit.
  if (!options.outer && equal.size === 0 && !scope.isFull()) memories.set(program, once(() => reuse.remember(owners, program)));
  works.set(program, { ...reuse.work, times: 1 });
  const equals = equalities(scope);
  return { program, equal: equals, leave: () => { if (!scope.restsOnOrder) leaveBase(document, program, { scope, owners, found: diagnostics, closed: reuse.closed, anchors: reuse.anchors, equal: equals }); }, isDoubtful: () => reuse.anchors.length > 0 && isDoubtful(scope, document, reuse.anchors, program.diagnostics.filter(isShapeError)) };
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
