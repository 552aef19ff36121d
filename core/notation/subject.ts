/** What a request differentiates, as graph nodes; the graph of a program is made once. */
import type { Node } from '../algebra/node';
import type { Program, ProgramRequest } from '../algebra/program';
import { gradient, openWorkspace, type Workspace } from '../calculus/workspace';
import { newGraph } from '../simplify';

const workspaces = new WeakMap<Program, Workspace>();

export function workspaceOf(program: Program): Workspace {
  const old = workspaces.get(program);
  if (old) return old;
  const made = openWorkspace(program, newGraph);
  workspaces.set(program, made);
  return made;
}

/** What is differentiated and by what: for a second derivative the gradient, by the second variable. */
export interface Subject {
  readonly of: Node;
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
  return { of: gradient(w.g, F, symbol), value: F, symbol: y === undefined ? symbol : w.variable(y), order: 2 };
}
