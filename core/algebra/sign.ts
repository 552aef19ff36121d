/** Coefficients: a node as a rational number times a coefficient-free node. */
import type { Graph } from './graph';
import type { Node } from './node';
import { unscaled } from './rescale';
import { isOneQ, mulQ, negQ, ONE, type Rational, ZERO } from './rational';

export interface Split { readonly coefficient: Rational; readonly rest: Node }

/** coefficient * rest, where rest has coefficient 1 (a number's rest is 1). */
export function split(g: Graph, a: Node): Split {
  if (a.kind === 'zero') return { coefficient: ZERO, rest: a };
  if (a.kind !== 'product' || isOneQ(a.coefficient)) return { coefficient: ONE, rest: a };
  return { coefficient: a.coefficient, rest: unscaled(g, a) };
}

export const neg = (g: Graph, a: Node): Node => {
  if (a.kind === 'product') return g.product(negQ(a.coefficient), a.scalars, a.factors);
  return g.scale(negQ(ONE), a);
};
export const scaleBy = (g: Graph, q: Rational, a: Node): Node =>
  a.kind === 'product' ? g.product(mulQ(q, a.coefficient), a.scalars, a.factors) : g.product(q, [], [a]);
export const coefficientOf = (a: Node): Rational => (a.kind === 'product' ? a.coefficient : a.kind === 'zero' ? ZERO : ONE);
/** A pure number's value, else undefined. */
export const numberOf = (a: Node): Rational | undefined =>
  a.kind === 'zero' && a.shape.rows.key === '1' && a.shape.cols.key === '1' ? ZERO
    : a.kind === 'product' && a.scalars.length === 0 && a.factors.length === 0 ? a.coefficient : undefined;

/** The whole number that a node is, as an index. */
export function wholeNumber(a: Node): number | undefined {
  const q = numberOf(a);
  return q?.d === 1n ? Number(q.n) : undefined;
}
