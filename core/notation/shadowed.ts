/**
 * Answers in a file that has taken a function's name for its own: with a variable `tr`, `tr(A)` is a product. What can be written
 * without the function is; a form that cannot is left out, for its text would mean something else.
 */
import type { Expr } from '../syntax/tree';
import { BUILTIN_FUNCTIONS } from '../syntax/words';
import { mapTree } from './map-tree';
import { binary, call, minus, raisedTo, transposeOf, whole } from './trees';
import { somePart } from './words';

/** The same without the function; `free` says which functions still have their names. */
const OTHERWISE: Readonly<Record<string, (args: readonly Expr[], free: (name: string) => boolean) => Expr | undefined>> = {
  tr: ([A], free) => (A && free('sum') && free('diag') ? call('sum', call('diag', A)) : undefined),
  sym: ([A]) => A && binary('/', binary('+', A, transposeOf(A)), whole(2)),
  inv: ([A]) => A && raisedTo(A, minus(whole(1))),
};

/** The names of functions that the file has taken. */
export const shadowedBy = (taken: Iterable<string>, own: ReadonlyMap<string, unknown>): ReadonlySet<string> => new Set([...taken].filter((name) => BUILTIN_FUNCTIONS.has(name) && !own.has(name)));

/** The tree without calls of these functions; undefined where it cannot be written so. */
export function unshadowed(tree: Expr, shadowed: ReadonlySet<string>): Expr | undefined {
  if (shadowed.size === 0) return tree;
  const made = mapTree(tree, (e) => {
    const other = e.kind === 'call' && shadowed.has(e.callee.name) ? OTHERWISE[e.callee.name]?.(e.args, (name) => !shadowed.has(name)) : undefined;
    return other && unshadowed(other, shadowed);
  });
  return somePart(made, (e) => e.kind === 'call' && shadowed.has(e.callee.name)) ? undefined : made;
}
