/** The parts of a product that its tree is made of. */
import { isScalar } from '../algebra/dim';
import type { Node, ScalarPower } from '../algebra/node';
import { ONE, type Rational } from '../algebra/rational';
import type { Expr } from '../syntax/tree';

export type ProductNode = Node & { kind: 'product' };

/** The parts of a product: any other node is one factor, or one scalar. */
export interface Parts { readonly coefficient: Rational; readonly scalars: readonly ScalarPower[]; readonly factors: readonly Node[] }
export const partsOf = (a: Node): Parts => a.kind === 'product' ? a
  : isScalar(a.shape) ? { coefficient: ONE, scalars: [{ base: a, exponent: ONE }], factors: [] } : { coefficient: ONE, scalars: [], factors: [a] };

export interface Power { readonly tree: Expr; readonly below: boolean }
/** A product in which a name's power stands for some of the scalars. */
export interface WithName { readonly rest: Parts; readonly name: Power; readonly id: string }
