/** Two inverses that are one: inv(A)*inv(c*I + B*inv(A)) = inv(c*A + B), and inv(c*I + inv(A)*B)*inv(A) = inv(c*A + B). */
import { sameDim } from '../algebra/dim';
import type { Graph, Tail } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { viewOf } from '../algebra/product';
import { equalQ, MINUS_ONE } from '../algebra/rational';

/** A where the factor is inv(A), not of a sum that could be multiplied out. */
function inverted(g: Graph, f: Node): Node | undefined {
  const { base, exponent, flipped } = viewOf(f);
  return equalQ(exponent, MINUS_ONE) ? (flipped ? g.transpose(base) : base) : undefined;
}

const isMultipleOfI = (a: Node): boolean => a.kind === 'identity' || (a.kind === 'product' && a.factors.length === 1 && a.factors[0]?.kind === 'identity');
const factorsOf = (a: Node): readonly Node[] => (a.kind === 'product' ? a.factors : [a]);

/** M*A (or A*M) where each term of M is a multiple of I or has inv(A) at that end. */
function cleared(g: Graph, M: Node, inverse: Node, A: Node, atEnd: boolean): Node | undefined {
  const turned = M.kind === 'transpose' && M.arg.kind === 'sum';
  const terms = M.kind === 'sum' ? M.terms : turned && M.arg.kind === 'sum' ? M.arg.terms.map((t) => g.transpose(t)) : [];
  const isOver = (t: Node): boolean => { const f = factorsOf(t); return f.length > 1 && (atEnd ? f.at(-1) : f[0]) === inverse; };
  if (terms.length < 2 || !terms.every((t) => isMultipleOfI(t) || isOver(t)) || !terms.some(isOver) || !terms.some(isMultipleOfI)) return undefined;
  return g.add(...terms.map((t) => (atEnd ? g.mul(t, A) : g.mul(A, t))));
}

export function mergedTail(g: Graph, stack: readonly Node[], f: Node): Tail | undefined {
  const top = stack.at(-1);
  if (!top || !sameDim(top.shape.rows, f.shape.cols)) return undefined;
  const [left, right] = [inverted(g, top), inverted(g, f)];
  if (!left || !right) return undefined;
  const M = cleared(g, right, top, left, true) ?? cleared(g, left, f, right, false);
  return M && { used: 1, node: g.inverse(M) };
}
