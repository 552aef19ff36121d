/** What a request differentiates, as graph nodes; the graph of a program is made once. */
import type { Node } from '../algebra/node';
import type { Program, ProgramRequest } from '../algebra/program';
import { differentiatedBy, fieldOf, openWorkspace, type Field, type Workspace } from '../calculus/workspace';
import { newGraph } from '../simplify';

const workspaces = new WeakMap<Program, Map<string, Workspace>>();

/** For numbers and code. Made once for all requests that differentiate by the same variables; without a request, for any of the program. */
export function workspaceOf(program: Program, request?: ProgramRequest): Workspace {
  const mine = workspaces.get(program) ?? new Map<string, Workspace>();
  workspaces.set(program, mine);
  // Where nothing is assumed, what is known of a value does not depend on what moves, and all requests share one graph.
  const isFree = program.assumptions.length === 0;
  const moving = isFree && !request ? new Set<string>() : differentiatedBy(program, request);
  const key = isFree ? (request ? '' : 'known') : [...moving].sort().join();
  const old = mine.get(key);
  if (old) return old;
  const made = openWorkspace(program, newGraph, moving, true);
  mine.set(key, made);
  return made;
}

/** What is differentiated and by what: for a second derivative the gradient, by the second variable. */
export interface Subject extends Field {
  readonly symbol: Node;
  /** The function itself; `of` where the order is 1. */
  readonly value: Node;
  /** 2 where `of` is a gradient already. */
  readonly order: 1 | 2;
}

/** Undefined where nothing is differentiated. @throws Refusal */
export function subjectOf(w: Workspace, request: ProgramRequest): Subject | undefined {
  const [x, y] = request.wrt;
  if (x === undefined || request.kind === 'value') return undefined;
  const F = w.node(request.ofTerm);
  const symbol = w.variable(x);
  if (request.kind !== 'hessian' && request.kind !== 'hvp') return { of: F, value: F, symbol, order: 1 };
  const by = y === undefined ? symbol : w.variable(y);
  return { ...fieldOf(w.g, F, symbol, by), value: F, symbol: by, order: 2 };
}
