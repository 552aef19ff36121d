/** The differential of a scalar by a matrix as it is read off the gradient: tr(G'*dX), where no other way to write it is shorter. */
import { isOne, isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { mulQ, ONE } from '../algebra/rational';
import type { Expr } from '../syntax/tree';
import { treeSize } from './cost';
import { mapTree } from './map-tree';
import { partsOf } from './parts';
import { peel } from './scaled';
import { call, named, times } from './trees';

const STAND = '?trace';

/** `free` is <G, V> as it is printed by itself; `print` gives undefined for what is too long. */
export function pairedTree(g: Graph, G: Node, V: Node, free: Expr, print: (node: Node) => Expr | undefined): Expr {
  if (V.kind !== 'symbol' || isOne(V.shape.rows) || isOne(V.shape.cols) || isScalar(G.shape) || G.kind === 'zero' || free.kind === 'name') return free;
  const { coefficient, scalars, factors } = partsOf(G);
  const turned = factors.length > 0 ? print(g.transpose(g.product(ONE, [], factors))) : undefined;
  if (!turned) return free;
  const p = peel(turned);
  const stand = g.symbol(STAND, g.number(1).shape, 'direction');
  const scale = print(g.product(mulQ(coefficient, p.q), [...scalars, { base: stand, exponent: ONE }], []));
  if (!scale) return free;
  const made = mapTree(scale, (e) => (e.kind === 'name' && e.name === STAND ? call('tr', times(p.tree, named(V.name))) : undefined));
  return treeSize(made) <= treeSize(free) ? made : free;
}
