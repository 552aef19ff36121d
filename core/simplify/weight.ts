/** About how many operators and leaves a node is printed with, without printing it. */
import type { Node } from '../algebra/node';
import { isOneQ, type Rational } from '../algebra/rational';

const known = new WeakMap<Node, number>();
/** Texts of deep compositions are longer than any number; sums of weights stay finite. */
const ENDLESS = 1e9;

export function weightOf(a: Node): number {
  const old = known.get(a);
  if (old !== undefined) return old;
  const weight = Math.min(ENDLESS, weigh(a));
  known.set(a, weight);
  return weight;
}

const sum = (nodes: readonly Node[]): number => nodes.reduce((n, x) => n + weightOf(x), 0);
const powers = (list: readonly { readonly base: Node; readonly exponent: Rational }[]): number => list.reduce((n, p) => n + weightOf(p.base) + (isOneQ(p.exponent) ? 1 : 3), 0);

function weigh(a: Node): number {
  switch (a.kind) {
    case 'symbol': case 'identity': case 'zero': return 1;
    case 'ones': return 2;
    case 'basis': return 1 + weightOf(a.index);
    case 'selector': return 4;
    case 'transpose': return 1 + weightOf(a.arg);
    case 'product': return Math.max(1, (isOneQ(a.coefficient) ? -1 : 1) + powers(a.scalars) + sum(a.factors) + a.factors.length);
    case 'chain': return sum(a.factors) + a.factors.length - 1;
    case 'sum': return sum(a.terms) + a.terms.length - 1;
    case 'power': return 2 + weightOf(a.base);
    case 'hadamard': return powers(a.factors) - 1;
    case 'apply': return 1 + sum(a.args);
  }
}
