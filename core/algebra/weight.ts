/** About how many operators and leaves a node is printed with, without printing it: counted once, when the node is made. */
import type { NewNode, Node } from './node';
import { isOneQ, type Rational } from './rational';

/** Texts of deep compositions are longer than any number; sums of weights stay finite. */
const ENDLESS = 1e9;

export const weightOf = (a: Node): number => a.weight;

/** @param a a node of which the parts have their weights */
export const weigh = (a: NewNode): number => Math.min(ENDLESS, weightFrom(a));

function sum(nodes: readonly Node[]): number {
  let n = 0;
  for (const x of nodes) n += x.weight;
  return n;
}
function powers(list: readonly { readonly base: Node; readonly exponent: Rational }[]): number {
  let n = 0;
  for (const p of list) n += p.base.weight + (isOneQ(p.exponent) ? 1 : 3);
  return n;
}

function weightFrom(a: NewNode): number {
  switch (a.kind) {
    case 'symbol': case 'identity': case 'zero': return 1;
    case 'ones': return 2;
    case 'basis': return 1 + a.index.weight;
    case 'selector': return 4;
    case 'transpose': return 1 + a.arg.weight;
    case 'product': return Math.max(1, (isOneQ(a.coefficient) ? -1 : 1) + powers(a.scalars) + sum(a.factors) + a.factors.length);
    case 'chain': return sum(a.factors) + a.factors.length - 1;
    case 'sum': return sum(a.terms) + a.terms.length - 1;
    case 'power': return 2 + a.base.weight;
    case 'hadamard': return powers(a.factors) - 1;
    case 'apply': return 1 + sum(a.args);
  }
}
