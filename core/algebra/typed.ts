/** Reading parts of an expression, and what is made of them. */
import type { Expr } from '../syntax/tree';
import { isKnownShape, type Shape } from './dim';
import type { Place, Scope, Typed } from './scope';
import { Settled } from './settled';
import type { Term } from './term';

/** Undefined where a part of it is wrong (and reported). */
export function infer(place: Place, expr: Expr): Typed | undefined {
  const typed = place.scope.read(place, expr);
  if (!typed) {
    place.owner.broken = true;
    return undefined;
  }
  if (expr.kind !== 'paren') { if (typed instanceof Settled) place.scope.shapes.push(typed); else record(place.scope, typed); }
  return typed;
}

/** Keeps what an expression is, for hovers and for the check that every size was found. */
export function record(scope: Scope, typed: Typed): void {
  scope.shapes.push(typed);
  if (!isKnownShape(typed.shape)) scope.open.push(typed);
}

/** Several at once, so that the errors of all are told; undefined where one is wrong. */
export function inferAll(place: Place, exprs: readonly Expr[]): readonly Typed[] | undefined {
  const good: Typed[] = [];
  for (const e of exprs) {
    const one = infer(place, e);
    if (one) good.push(one);
  }
  return good.length === exprs.length ? good : undefined;
}

/** A typed expression that makes its term once. */
export function typed(place: Place, expr: Expr, unsolved: Shape, make: (shape: Shape) => Term, more?: Partial<Typed>): Typed {
  let term: Term | undefined;
  const settle = (): Term => (term ??= make(place.scope.solver.resolveShape(unsolved)));
  return more ? { shape: unsolved, expr, owner: place.owner, settle, ...more } : { shape: unsolved, expr, owner: place.owner, settle };
}
