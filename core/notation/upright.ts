/** Which of a term and its transpose people write: the one with its changes upright. */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { compareNodes } from '../algebra/order';
import { equalQ, ONE } from '../algebra/rational';

/** How many directions and unit matrices among the factors are transposed: people write V*X' and E(k, l), not V' and E(l, k). */
export function turnedChanges(g: Graph, t: Node): number {
  const old = turnedIn.get(t);
  if (old !== undefined) return old;
  const found = t.kind === 'sum' ? t.terms.reduce((n, x) => n + turnedChanges(g, x), 0)
    : t.kind === 'transpose' && t.arg.kind === 'sum' ? t.arg.terms.reduce((n, x) => n + turnedChanges(g, g.transpose(x)), 0)
      : turnedFactors(g, factorsOf(t));
  turnedIn.set(t, found);
  return found;
}
/** The matrix factors of a term; a scalar that is one chain counts as its factors. */
function factorsOf(t: Node): readonly Node[] {
  if (t.kind === 'chain') return t.factors;
  if (t.kind !== 'product') return isScalar(t.shape) ? [] : [t];
  const chains = t.factors.length === 0 ? t.scalars.filter((p) => p.base.kind === 'chain' && equalQ(p.exponent, ONE)) : [];
  const [chain] = chains.map((p) => p.base);
  return chains.length === 1 && chain?.kind === 'chain' ? chain.factors : t.factors;
}

/** Sums inside sums are shared: each is looked at once. */
const turnedIn = new WeakMap<Node, number>();

export function turnedFactors(g: Graph, factors: readonly Node[]): number {
  return factors.reduce((n, f, i) => {
    const inner = f.kind === 'transpose' ? f.arg : f;
    if (inner.kind === 'sum') return n + turnedChanges(g, f);
    if (f.kind !== 'transpose') return n;
    if (inner.kind !== 'basis') return n + (f.linear ? 1 : 0);
    const before = factors[i - 1];
    return before?.kind !== 'basis' || compareNodes(before.index, inner.index) > 0 ? n + 1 : n;
  }, 0);
}
