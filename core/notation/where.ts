/** Parts of a printed expression that are worth a name: long ones that occur more than once. */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { compareNodes } from '../algebra/order';
import { HALF, isIntegerQ, isOneQ, mulQ, TWO } from '../algebra/rational';
import { scaledSum } from '../algebra/sum';
import { childrenOf } from '../algebra/substitute';
import { holdsOpenBasis } from '../calculus/entries';
import type { Expr } from '../syntax/tree';
import { treeSize } from './cost';
import { MAX_CANDIDATES, MIN_FORCED_SIZE } from './limits';
import { repeatedEntries, repeatedNodes, repeatedRuns, type Part } from './runs';
import { partsOf } from './words';
import type { Naming } from './writer';

/** What a name must save, in operators and leaves. */
const LEAST_GAIN = 2;
/** Shorter parts are read faster than looked up. */
const LEAST_SIZE = 4;

/** The most promising nodes to name, by how often their trees occur. `nodeOf` says which node a tree was printed from. */
export function candidates(g: Graph, root: Node, tree: Expr, nodeOf: (e: Expr) => Node | undefined, named: readonly Naming[]): readonly Node[] {
  const found = new Map<number, Part>();
  const add = (node: Node, count: number, size: number): void => {
    const old = found.get(node.id);
    found.set(node.id, { node, count: (old?.count ?? 0) + count, size: Math.max(old?.size ?? 0, size) });
  };
  for (const [e, count] of occurrences(tree)) {
    const node = nodeOf(e);
    if (!node || node.linear || node.kind === 'symbol' || node.kind === 'transpose' || node.kind === 'selector' || holdsOpenBasis(node)) continue;
    add(node, count, treeSize(e));
    if (node.kind === 'power' && isIntegerQ(mulQ(node.exponent, TWO)) && !isIntegerQ(node.exponent)) {
      const root = g.power(node.base, HALF);
      if (root !== node) add(root, count, treeSize(e));
    }
  }
  const isKept = (f: Node): boolean => !f.linear && !holdsOpenBasis(f);
  const isPart = (f: Node): boolean => isKept(f) && f.kind !== 'symbol' && f.kind !== 'transpose' && f.kind !== 'selector';
  const inText = new Map(found);
  for (const part of [...repeatedNodes(root, isPart), ...repeatedRuns(g, root, isKept), ...repeatedEntries(g, root, isKept)]) if ((found.get(part.node.id)?.count ?? 0) < part.count) found.set(part.node.id, part);
  const isNamed = (a: Node): boolean => a.kind === 'symbol' || named.some((n) => n.node === a);
  const ranked = (parts: Iterable<Part>): readonly Node[] => [...parts].filter((c) => !isEntry(c.node, isNamed))
    .map((c) => ({ node: c.node, gain: c.count * c.size - (c.count + 2 + c.size), size: c.size }))
    .filter((c) => c.gain >= LEAST_GAIN && c.size >= LEAST_SIZE)
    .sort((a, b) => b.gain - a.gain || b.size - a.size || compareNodes(a.node, b.node)).map((c) => c.node);
  // What several terms of the graph hold may stand in the text once, before the sum of these terms: the best of what the text repeats is tried too.
  return [...new Set([...ranked(found.values()).slice(0, MAX_CANDIDATES), ...ranked(inText.values()).slice(0, 1)])];
}

/** x[1], or a number times it: as short as any name for it. */
function isEntry(a: Node, isNamed: (a: Node) => boolean): boolean {
  const [only] = a.kind === 'product' && a.factors.length === 0 && a.scalars.length === 1 ? a.scalars : [];
  const chain = only && isOneQ(only.exponent) ? only.base : a;
  const bare = (f: Node): Node => (f.kind === 'transpose' ? f.arg : f);
  return chain.kind === 'chain' && chain.factors.every((f) => bare(f).kind === 'basis' || isNamed(bare(f)));
}

/** The longest sum among the factors of a formula. */
export function longPart(tree: Expr, nodeOf: (e: Expr) => Node | undefined, names: readonly Naming[]): Node | undefined {
  let best: { readonly node: Node; readonly size: number } | undefined;
  for (const [e] of occurrences(tree)) {
    const node = e === tree ? undefined : nodeOf(e);
    if (!node || (node.kind !== 'sum' && scaledSum(node) === undefined) || isScalar(node.shape) || node.linear || holdsOpenBasis(node) || names.some((n) => n.node === node)) continue;
    if (!best || treeSize(e) > best.size) best = { node, size: treeSize(e) };
  }
  return best?.node;
}

/** Each part and how often it stands in the text; parts that are shared objects are looked at once. */
function occurrences(root: Expr): ReadonlyMap<Expr, number> {
  const order: Expr[] = [];
  const seen = new Set<Expr>();
  const visit = (e: Expr): void => {
    if (seen.has(e)) return;
    seen.add(e);
    for (const c of partsOf(e)) visit(c);
    order.push(e);
  };
  visit(root);
  const counts = new Map<Expr, number>([[root, 1]]);
  for (const e of order.reverse()) for (const c of partsOf(e)) counts.set(c, (counts.get(c) ?? 0) + (counts.get(e) ?? 0));
  return counts;
}


/** An estimate of nodes' printed sizes, parts with a name counting 1; each part is measured once. Grows with the text, not with the graph. */
export function createEstimate(named: ReadonlySet<Node>): (root: Node) => number {
  const known = new Map<Node, number>();
  return (root) => {
    for (const a of below(root, known)) {
      const size = childrenOf(a).reduce((n, c) => n + (named.has(c) ? 1 : known.get(c) ?? 1) + 1, 0);
      known.set(a, Math.min(1e12, Math.max(1, size)));
    }
    return known.get(root) ?? 1;
  };
}

/** The nodes under a root, children before parents, without what is known and what is below that. */
function below(root: Node, known?: ReadonlyMap<Node, unknown>): readonly Node[] {
  if (known?.has(root)) return [];
  const seen = new Set<Node>([root]);
  for (const a of seen) for (const c of childrenOf(a)) if (!known?.has(c)) seen.add(c);
  return [...seen].sort((a, b) => a.id - b.id);
}

/** Repeated parts of an expression that would be too long to print: with names for them its text is linear in its graph. */
export function forced(root: Node, already: ReadonlySet<Node>): readonly Node[] {
  const named = new Set(already);
  const made: Node[] = [];
  const nodes = below(root);
  const uses = new Map<Node, number>();
  for (const a of nodes) for (const c of childrenOf(a)) uses.set(c, (uses.get(c) ?? 0) + 1);
  const size = new Map<Node, number>();
  for (const a of nodes) {
    const n = childrenOf(a).reduce((sum, c) => sum + (size.get(c) ?? 1) + 1, 0);
    const isNamed = named.has(a);
    if (!isNamed && a !== root && a.kind !== 'transpose' && n >= MIN_FORCED_SIZE && (uses.get(a) ?? 0) > 1) {
      named.add(a);
      made.push(a);
    }
    size.set(a, named.has(a) ? 1 : Math.min(1e12, Math.max(1, n)));
  }
  return made;
}
