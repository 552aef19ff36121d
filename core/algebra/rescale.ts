/** Products whose parts are in order already, made as they are: another coefficient needs no second round of merging. */
import type { Shape } from './dim';
import type { Graph } from './graph';
import type { Node, ProductNode, ScalarPower } from './node';
import { isOneQ, keyQ, ONE, type Rational } from './rational';

/** Whether another coefficient changes nothing else: a root of a number would join it. */
export const mayRescale = (a: ProductNode): boolean => a.scalars.every((p) => p.base.kind !== 'product' || p.base.scalars.length > 0);

/** The product with another coefficient; its parts are in order already. */
export const rescaled = (g: Graph, a: ProductNode, coefficient: Rational): Node => finish(g, coefficient, a.scalars, a.factors, a.shape);

/** The product without its coefficient. */
export const unscaled = (g: Graph, a: ProductNode): Node => (mayRescale(a) ? rescaled(g, a, ONE) : g.product(ONE, a.scalars, a.factors));

export function productKey(coefficient: Rational, scalars: readonly ScalarPower[], factors: readonly Node[]): string {
  let key = `p:${keyQ(coefficient)}:`;
  for (const p of scalars) key += `${p.base.id}^${keyQ(p.exponent)},`;
  key += ':';
  for (const f of factors) key += `${f.id},`;
  return key;
}

/** The product of parts that are in order: scalars merged and sorted, factors with nothing left to join. */
export function finish(g: Graph, coefficient: Rational, scalars: readonly ScalarPower[], factors: readonly Node[], s: Shape): Node {
  const [only] = factors;
  if (factors.length === 1 && only && scalars.length === 0 && isOneQ(coefficient)) return only;
  if (factors.length === 0 && scalars.length === 1 && isOneQ(coefficient)) {
    const p = scalars[0];
    if (p && isOneQ(p.exponent)) return p.base;
  }
  if (factors.length === 0 && scalars.length === 0) return g.number(coefficient);
  return g.intern(productKey(coefficient, scalars, factors), (id, linear) => ({ kind: 'product', id, coefficient, scalars, factors, shape: s, linear }), [...scalars.map((p) => p.base), ...factors]);
}
