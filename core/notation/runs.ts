/** Parts of a formula that stand in several places of it, whatever they are printed as: nodes, and runs of factors, also transposed. */
import { isOne } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { marks } from '../algebra/transpose';
import { childrenOf } from '../algebra/substitute';
import { weightOf } from '../algebra/weight';
import { ONE } from '../algebra/rational';
import { common, without, type HadamardNode } from './entry-names';
import { reachable } from './reachable';

export interface Part { readonly node: Node; readonly count: number; readonly size: number }

/** Longer runs are not looked for. */
const LONGEST = 8;

/** Each node that several others hold. */
export function repeatedNodes(root: Node, isKept: (f: Node) => boolean): readonly Part[] {
  const uses = new Map<Node, number>();
  for (const a of reachable(root)) {
    if (a.kind === 'transpose') continue;
    for (const c of childrenOf(a)) { const x = c.kind === 'transpose' ? c.arg : c; uses.set(x, (uses.get(x) ?? 0) + 1); }
  }
  return [...uses].filter(([a, n]) => n > 1 && isKept(a)).map(([node, count]) => ({ node, count, size: weightOf(node) }));
}

/** Each longest run that occurs at least twice, without directions and basis vectors. */
export function repeatedRuns(g: Graph, root: Node, isKept: (f: Node) => boolean): readonly Part[] {
  const found = new Map<string, { readonly list: readonly Node[]; readonly at: Set<string>; isInner: boolean }>();
  for (const a of reachable(root)) {
    if (a.kind !== 'product' && a.kind !== 'chain') continue;
    for (const [k, list] of pieces(a.factors, isKept).entries()) {
      const flipped = [...list].reverse().map((f) => g.transpose(f));
      for (let i = 0; i < list.length; i++) {
        for (let n = 2; n <= Math.min(LONGEST, list.length - i); n++) {
          const straight = list.slice(i, i + n);
          const turned = flipped.slice(list.length - i - n, list.length - i);
          const old = found.get(keyOf(straight)) ?? found.get(keyOf(turned));
          if (old) old.at.add(`${a.id}:${k}:${i}`);
          else found.set(keyOf(straight), { list: straight, at: new Set([`${a.id}:${k}:${i}`]), isInner: false });
        }
      }
    }
  }
  const repeated = [...found.values()].filter((r) => r.at.size > 1);
  for (const r of repeated) {
    for (const part of [r.list.slice(1), r.list.slice(0, -1)]) {
      const inner = found.get(keyOf(part)) ?? found.get(keyOf([...part].reverse().map((f) => g.transpose(f))));
      if (inner && inner.at.size <= r.at.size) inner.isInner = true;
    }
  }
  return repeated.filter((r) => !r.isInner).map((r) => {
    const node = upright(g, g.mul(...r.list));
    return { node, count: r.at.size, size: weightOf(node) };
  });
}

/** Most products entry by entry that are compared with each other. */
const MAX_COMPARED = 12;

/** What two products entry by entry have in common, two factors at least, and how many hold it. */
export function repeatedEntries(g: Graph, root: Node, isKept: (f: Node) => boolean): readonly Part[] {
  const products = [...reachable(root)].filter((a): a is HadamardNode => a.kind === 'hadamard' && isKept(a)).slice(0, MAX_COMPARED);
  const found = new Map<Node, number>();
  for (const [i, a] of products.entries()) {
    for (const b of products.slice(i + 1)) {
      const shared = common(a.factors, b.factors);
      const node = shared.length > 1 ? g.elementProduct(ONE, [], shared) : undefined;
      if (node?.kind === 'hadamard' && !found.has(node)) found.set(node, products.filter((x) => without(x.factors, node.factors)).length);
    }
  }
  return [...found].map(([node, count]) => ({ node, count, size: weightOf(node) }));
}

const keyOf = (list: readonly Node[]): string => list.map((f) => f.id).join();

/** Factors that may stand in a run, cut where an outer product has its two sides. */
function pieces(factors: readonly Node[], isKept: (f: Node) => boolean): readonly (readonly Node[])[] {
  const made: Node[][] = [[]];
  for (const [i, f] of factors.entries()) {
    if (!isKept(f) || (i > 0 && isOne(f.shape.rows))) made.push([]);
    if (isKept(f)) made.at(-1)?.push(f);
  }
  return made.filter((list) => list.length > 1);
}

/** The node or its transpose: a column, else the one with fewer transposes. */
function upright(g: Graph, a: Node): Node {
  const t = g.transpose(a);
  if (isOne(a.shape.rows) !== isOne(a.shape.cols)) return isOne(a.shape.cols) ? a : t;
  return marks(t) < marks(a) ? t : a;
}
