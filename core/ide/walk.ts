/** Ranges, and the way down a tree to an offset. */
import type { Expr, Range, Statement, TypeExpr } from '../syntax/tree';
import { partsOf, rootsOf, typesOf } from '../syntax/walk';

/** The expressions that give a type its sizes. */
export const sizesOf = (type: TypeExpr): readonly Expr[] =>
  typesOf(type).flatMap((t) => (t.kind === 'vector' ? [t.size] : t.kind === 'matrix' ? [t.rows, t.cols] : [])).filter((e) => e !== undefined);

/** The expressions of a statement that are not sizes or dimensions. */
export const expressionsOf = (statement: Statement): readonly Expr[] =>
  (statement.kind === 'declaration' || statement.kind === 'dim' ? [] : rootsOf(statement));

export const contains = (range: Range, offset: number): boolean => range.start <= offset && offset <= range.end;
export const within = (inner: Range, outer: Range): boolean => outer.start <= inner.start && inner.end <= outer.end;
export const overlaps = (a: Range, b: Range): boolean => a.start <= b.end && b.start <= a.end;

/** The expressions around an offset, outermost first. An offset between two of them belongs to the one that starts there. */
export function pathTo(roots: readonly Expr[], offset: number): readonly Expr[] {
  const path: Expr[] = [];
  let among = roots;
  for (;;) {
    const inside = among.filter((e) => contains(e.range, offset));
    const next = inside.find((e) => offset < e.range.end) ?? inside[inside.length - 1];
    if (!next) return path;
    path.push(next);
    among = partsOf(next);
  }
}
