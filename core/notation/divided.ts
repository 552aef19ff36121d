/** Printed expressions over whole numbers that all of their terms hold: (2*a + b*(4*c - 2*d)) / 2 is a + b*(2*c - d). */
import { parseQ } from '../algebra/rational';
import type { Expr } from '../syntax/tree';
import { inOrder, joined } from './sum-tree';
import { binary, integerTree, minus, over, transposeOf } from './trees';
import type { Signed } from './writer';

/** e / d without a line below; undefined where a term does not hold d as a number of its own. */
export function divided(e: Expr, d: bigint): Expr | undefined {
  switch (e.kind) {
    case 'number': { const q = parseQ(e.text); return q?.d === 1n && q.n % d === 0n ? integerTree(q.n / d) : undefined; }
    case 'paren': return divided(e.arg, d);
    case 'unary': { const inner = e.op === '-' ? divided(e.arg, d) : undefined; return inner && minus(inner); }
    case 'transpose': { const inner = divided(e.arg, d); return inner && transposeOf(inner); }
    case 'binary': break;
    default: return undefined;
  }
  const { op, left, right } = e;
  if (op === '+' || op === '-') {
    const terms = signed(e, false).map((t) => ({ negative: t.negative, tree: divided(t.tree, d) }));
    return terms.every((t): t is Signed => t.tree !== undefined) ? joined(inOrder(terms)) : undefined;
  }
  if (op === '/') { const above = divided(left, d); return above && over(above, right); }
  if (op !== '*' && op !== '⊗' && op !== '.*') return undefined;
  const before = divided(left, d);
  if (before) return isOne(before) ? right : binary(op, before, right);
  const behind = divided(right, d);
  return behind && (isOne(behind) ? left : binary(op, left, behind));
}

const signed = (e: Expr, negative: boolean): readonly Signed[] =>
  e.kind === 'unary' && e.op === '-' ? signed(e.arg, !negative)
    : e.kind === 'binary' && (e.op === '+' || e.op === '-') ? [...signed(e.left, negative), ...signed(e.right, negative !== (e.op === '-'))] : [{ negative, tree: e }];

const isOne = (e: Expr): boolean => e.kind === 'number' && e.text === '1';
