/** Numbers inside printed factors, moved to the front of their product. */
import { divQ, equalQ, isIntegerQ, isNegativeQ, isOneQ, MINUS_ONE, mulQ, negQ, ONE, parseQ, type Rational } from '../algebra/rational';
import type { BinaryExpr, Expr } from '../syntax/tree';
import { binary, decimalText, integerTree, minus, numberTree, over, times } from './trees';

/** q*tree. */
export interface Scaled { readonly q: Rational; readonly tree: Expr }

/** A leading sign and whole numbers above and below the line, taken off: -2*A / 3 is -2/3 times A. */
export function peel(e: Expr): Scaled {
  if (e.kind === 'unary' && e.op === '-') { const s = peel(e.arg); return { q: mulQ(MINUS_ONE, s.q), tree: s.tree }; }
  if (e.kind !== 'binary') return { q: ONE, tree: e };
  if (e.op === '/') {
    const above = peel(e.left);
    const n = numberOf(e.right);
    if (n) return { q: divQ(above.q, n), tree: above.tree };
    const below = peel(e.right);
    return { q: divQ(above.q, below.q), tree: binary('/', above.tree, below.tree) };
  }
  if (e.op === '+' || e.op === '-') return commonPart(e);
  if (e.op !== '*') return { q: ONE, tree: e };
  const n = numberOf(e.left);
  if (n) return { q: n, tree: e.right };
  const left = peel(e.left);
  return { q: left.q, tree: isOneQ(left.q) ? e : binary('*', left.tree, e.right) };
}

/** A fraction that all terms begin with, up to their signs: 0.1*a - 0.1*b is 0.1 times a - b. */
function commonPart(e: BinaryExpr): Scaled {
  const last = peel(e.right);
  const size = isNegativeQ(last.q) ? negQ(last.q) : last.q;
  if (isIntegerQ(size)) return { q: ONE, tree: e };
  const bare = (x: Expr): Expr | undefined => {
    if (x.kind === 'binary' && (x.op === '+' || x.op === '-')) {
      const [left, right] = [bare(x.left), bare(x.right)];
      return left && right && binary(x.op, left, right);
    }
    const p = peel(x);
    return equalQ(p.q, size) ? p.tree : equalQ(p.q, negQ(size)) ? minus(p.tree) : undefined;
  };
  const tree = bare(e);
  return tree ? { q: size, tree } : { q: ONE, tree: e };
}

const numberOf = (e: Expr): Rational | undefined => {
  if (e.kind !== 'number') return undefined;
  const q = parseQ(e.text);
  return q && q.n !== 0n ? q : undefined;
};

/** q*tree for q > 0, halves below the line. */
export function scaleTree(q: Rational, tree: Expr): Expr {
  if (isOneQ(q)) return tree;
  if (isIntegerQ(q) || decimalText(q) !== undefined) return times(numberTree(q), tree);
  return over(q.n === 1n ? tree : times(integerTree(q.n), tree), integerTree(q.d));
}

export const exprOf = (s: Scaled): Expr => (isNegativeQ(s.q) ? minus(scaleTree(negQ(s.q), s.tree)) : scaleTree(s.q, s.tree));
