/** What the search for groups is made of: groups, candidates for them, and a sum's terms in parts. */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node, ScalarPower } from '../algebra/node';
import { equalQ, ONE, type Rational } from '../algebra/rational';

/** `members` together are `node`, or, where the graph would take it apart again, `op` of the sum `inner`. */
export type Group =
  | { readonly kind: 'node'; readonly members: readonly Node[]; readonly node: Node }
  | { readonly kind: 'applied'; readonly members: readonly Node[]; readonly op: string; readonly inner: Node; readonly like: Node & { readonly kind: 'apply' } }
  | { readonly kind: 'scaled'; readonly members: readonly Node[]; readonly by: Rational; readonly inner: Node }
  | { readonly kind: 'kronsum'; readonly members: readonly Node[]; readonly by: Node; readonly left: Node; readonly right: Node }
  | { readonly kind: 'sym'; readonly members: readonly Node[]; readonly half: Node; readonly op: 'sym' | 'skewpart' }
  | { readonly kind: 'mirror'; readonly members: readonly Node[]; readonly op: string; readonly arg: Node; readonly negative: boolean };

/** Terms that can be written together, and about how many operators and leaves that saves; how is worked out when it is asked for. */
export interface Candidate {
  readonly members: readonly Node[];
  readonly saving: number;
  /** Of terms that are each other's transposes. */
  readonly isPair?: boolean;
  /** Takes out several powers together: one of them alone may leave more that has a name. */
  readonly isJoint?: boolean;
  /** Puts fractions over one line: tried whatever else the terms have in common, and only where something cancels. */
  readonly isFraction?: boolean;
  /** A product of two sums. */
  readonly isProduct?: boolean;
  readonly group: () => Group | undefined;
}

/** Each is worked out once. */
export const candidate = (members: readonly Node[], saving: number, make: () => Group | undefined): Candidate => {
  let made: { readonly group: Group | undefined } | undefined;
  return { members, saving, group: () => (made ??= { group: make() }).group };
};

export interface Term {
  readonly node: Node;
  readonly coefficient: Rational;
  readonly scalars: readonly ScalarPower[];
  readonly factors: readonly Node[];
  /** All scalars, a chain among them too. */
  readonly powers: readonly ScalarPower[];
}

/** A term's parts; a scalar that is one chain counts as its factors. */
export function termOf(g: Graph, node: Node): Term {
  const powers: readonly ScalarPower[] = node.kind === 'product' ? node.scalars : isScalar(node.shape) ? [{ base: node, exponent: ONE }] : [];
  const parts = partsOf(node);
  return { ...parts, factors: isScalar(node.shape) ? rowFirst(g, parts.factors) : parts.factors, powers };
}

/** A chain with its basis vector first, as in e(k)'*A*x for the entry (A*x)[k], so that entries have their ends in common. */
function rowFirst(g: Graph, factors: readonly Node[]): readonly Node[] {
  const last = factors[factors.length - 1];
  return last?.kind === 'basis' && !isBasis(factors[0] as Node) ? [...factors].reverse().map((f) => g.transpose(f)) : factors;
}

export function partsOf(node: Node): Omit<Term, 'powers'> {
  if (node.kind === 'chain') return { node, coefficient: ONE, scalars: [], factors: node.factors };
  if (node.kind !== 'product') return isScalar(node.shape) ? { node, coefficient: ONE, scalars: [{ base: node, exponent: ONE }], factors: [] } : { node, coefficient: ONE, scalars: [], factors: [node] };
  const chains = node.factors.length === 0 ? node.scalars.filter((p) => p.base.kind === 'chain' && equalQ(p.exponent, ONE)) : [];
  const chain = chains.length === 1 ? chains[0] : undefined;
  return { node, coefficient: node.coefficient, scalars: node.scalars.filter((p) => p !== chain), factors: chain?.base.kind === 'chain' ? chain.base.factors : node.factors };
}

export const isBasis = (f: Node): boolean => f.kind === 'basis' || (f.kind === 'transpose' && f.arg.kind === 'basis');

/** Into the list at a key. */
export function put<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const old = lists.get(key);
  if (old) old.push(item);
  else lists.set(key, [item]);
}
