/** Symbols that stand for named arrays while a formula is written with them: each is printed as its name. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import type { StructureWord } from '../algebra/program';
import type { Naming } from './writer';

/** What is known of a node's symmetry and sign, for a symbol that stands for it. */
export const wordsOf = (g: Graph, a: Node): ReadonlySet<StructureWord> =>
  new Set<StructureWord>([...(g.isSymmetric(a) ? ['symmetric' as const] : []), ...(g.isPositive(a) ? ['positive' as const] : g.isNonnegative(a) ? ['nonnegative' as const] : [])]);

export const standFor = (g: Graph, { name, node }: Naming): Node => g.symbol(name, node.shape, node.linear ? 'opaque' : 'name', wordsOf(g, node));
