/** Vectors that a sum runs over, `x_i`, where nothing declares the matrix whose rows they are: read as entries they would be numbers. */
import { strip } from '../strength';
import type { Expr } from '../tree';
import { everyExpr } from '../walk';
import { shapeOf } from './kinds';
import { type Reader, kindOf } from './reader';

/** A number by its shape that holds entries: what is transposed, or stands after a row, was meant to be a vector. */
export function isOfEntries(r: Reader, e: Expr): boolean {
  if (shapeOf(e, { kindOf: (n) => kindOf(r, n) }) !== 'scalar') return false;
  const base = strip(e);
  if (base.kind === 'index') return base.items.length === 1 && base.items[0]?.kind === 'at' && base.arg.kind === 'name' && r.snippet.declared.get(base.arg.name) !== 'vector';
  return base.kind === 'binary' && (base.op === '+' || base.op === '-') && (isOfEntries(r, base.left) || isOfEntries(r, base.right));
}

/** Whether letters with the index of a sum stand somewhere in it. */
export const holdsEntries = (r: Reader, e: Expr): boolean => [...everyExpr([e])].some((x) => x.kind === 'index' && isOfEntries(r, x) && x.items.some((i) => i.kind === 'at' && i.expr.kind === 'name' && r.bound.includes(i.expr.name)));
