/** Printed expressions over whole numbers that all of their terms hold: (2*a + b*(4*c - 2*d)) / 2 is a + b*(2*c - d). */
import { isIntegerQ, mulQ, parseQ, type Rational } from '../algebra/rational';
import type { BinaryOperator, Expr } from '../syntax/tree';
import { inOrder, joined } from './sum-tree';
import { binary, decimalText, minus, numberTree, over, transposeOf } from './trees';
import type { Signed } from './writer';

/** e / d without a line below; undefined where a term does not hold d as a number of its own. */
export const divided = (root: Expr, d: bigint): Expr | undefined => scaledInside(root, { n: 1n, d }, false);

/** q*e with q inside, where that leaves whole numbers or decimals; undefined where a term holds no number of its own. Parts that stand in several places are looked at once. */
export function scaledInside(root: Expr, by: Rational, decimals: boolean): Expr | undefined {
  const known = new Map<Expr, Expr | undefined>();
  const go = (e: Expr): Expr | undefined => {
    if (known.has(e)) return known.get(e);
    const made = within(e);
    known.set(e, made);
    return made;
  };
  const within = (e: Expr): Expr | undefined => {
    switch (e.kind) {
      case 'number': { const own = parseQ(e.text); const q = own && mulQ(own, by); return q && (isIntegerQ(q) || (decimals && decimalText(q) !== undefined)) ? numberTree(q) : undefined; }
      case 'paren': return go(e.arg);
      case 'unary': { const inner = e.op === '-' ? go(e.arg) : undefined; return inner && minus(inner); }
      case 'transpose': { const inner = go(e.arg); return inner && transposeOf(inner); }
      case 'binary': return ofBinary(e.op, e.left, e.right, e);
      default: return undefined;
    }
  };
  const ofBinary = (op: BinaryOperator, left: Expr, right: Expr, e: Expr): Expr | undefined => {
    if (op === '+' || op === '-') {
      const terms: Signed[] = [];
      for (const t of signed(e, false)) {
        const tree = go(t.tree);
        if (!tree) return undefined;
        terms.push({ negative: t.negative, tree });
      }
      return joined(inOrder(terms));
    }
    if (op === '/') { const above = go(left); return above && over(above, right); }
    if (op !== '*' && op !== '⊗' && op !== '.*') return undefined;
    const before = go(left);
    if (before) return isOne(before) ? right : binary(op, before, right);
    const behind = go(right);
    return behind && (isOne(behind) ? left : binary(op, left, behind));
  };
  return go(root);
}

const signed = (e: Expr, negative: boolean): readonly Signed[] =>
  e.kind === 'unary' && e.op === '-' ? signed(e.arg, !negative)
    : e.kind === 'binary' && (e.op === '+' || e.op === '-') ? [...signed(e.left, negative), ...signed(e.right, negative !== (e.op === '-'))] : [{ negative, tree: e }];

const isOne = (e: Expr): boolean => e.kind === 'number' && e.text === '1';
