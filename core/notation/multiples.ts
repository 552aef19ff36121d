/** Names of arrays that hold scalars: with F = A/s, A*c'/s is F*c' and diag(A)/s is diag(F). */
import { isOne } from '../algebra/dim';
import { turnedRun } from '../algebra/chain';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { divQ, isOneQ, negQ, ONE } from '../algebra/rational';
import { linearSlot } from './groups';
import type { ProductNode } from './parts';
import { standFor } from './stand';
import type { Naming } from './writer';

/** A name may stand as often as in F*F'. */
const MAX_OCCURRENCES = 2;

/** A product with scalars, or a number, before its arrays. */
export const isMultiple = (a: Node): a is ProductNode => a.kind === 'product' && a.factors.length > 0 && (a.scalars.length > 0 || !isOneQ(a.coefficient));

/** The product with the name's array taken out once, twice, …, each divided by the scalars of the name. `allows` says whether one may be divided by. */
export function withMultiple(g: Graph, a: ProductNode, naming: Naming, allows: (a: ProductNode, own: ProductNode) => boolean): readonly Node[] {
  const { node } = naming;
  if (!isMultiple(node)) return [];
  const stand = standFor(g, naming);
  const found: Node[] = [];
  for (let at: Node = a; at.kind === 'product' && found.length < MAX_OCCURRENCES && allows(at, node);) {
    const swapped = swap(g, at, node.factors, stand);
    if (!swapped) break;
    at = g.product(divQ(ONE, node.coefficient), node.scalars.map((p) => ({ base: p.base, exponent: negQ(p.exponent) })), [swapped]);
    found.push(at);
  }
  return found;
}

/** One occurrence of a run of factors in what is linear in it, replaced. */
function swap(g: Graph, a: Node, run: readonly Node[], by: Node): Node | undefined {
  const [only] = run;
  if (run.length === 1 && a === only) return by;
  switch (a.kind) {
    case 'product': {
      const factors = swapRun(g, a.factors, run, by) ?? swapOne(a.factors, (f) => swap(g, f, run, by));
      if (factors) return g.product(a.coefficient, a.scalars, factors);
      const outer = run.some((f, k) => k > 0 && isOne(f.shape.rows)) ? swapAcross(g, a, run, by) : undefined;
      if (outer) return outer;
      const scalars = swapOne(a.scalars, (p) => { const base = isOneQ(p.exponent) ? swap(g, p.base, run, by) : undefined; return base && { base, exponent: ONE }; });
      return scalars && g.product(a.coefficient, scalars, a.factors);
    }
    case 'chain': { const factors = swapRun(g, a.factors, run, by); return factors && g.mul(...factors); }
    case 'transpose': { const inner = swap(g, a.arg, run, by); return inner && g.transpose(inner); }
    case 'hadamard': {
      const factors = swapOne(a.factors, (f) => (isOneQ(f.exponent) && run.length === 1 && f.base === only ? { base: by, exponent: ONE } : undefined));
      return factors && g.elementProduct(ONE, [], factors);
    }
    case 'apply': {
      const slot = linearSlot(a.op);
      const slots = a.op === 'kron' ? [0, 1] : slot === undefined ? [] : [slot];
      for (const at of slots) {
        const inner = swap(g, a.args[at] as Node, run, by);
        if (inner) return g.apply(a.op, a.args.map((x, i) => (i === at ? inner : x)), a.dims);
      }
      return undefined;
    }
    default: return undefined;
  }
}

/** x*(x'*v) is x*x'*v: the run may end in a scalar that stands beside a column. */
function swapAcross(g: Graph, a: ProductNode, run: readonly Node[], by: Node): Node | undefined {
  for (const p of a.scalars) {
    if (p.base.kind !== 'chain' || !isOneQ(p.exponent)) continue;
    const chain = p.base.factors;
    for (const factors of [chain, [...chain].reverse().map((f) => g.transpose(f))]) {
      const swapped = swapRun(g, [...a.factors, ...factors], run, by);
      if (swapped && isOne((a.factors.at(-1) as Node).shape.cols)) return g.product(a.coefficient, a.scalars.filter((x) => x !== p), swapped);
    }
  }
  return undefined;
}

function swapOne<T>(list: readonly T[], by: (item: T) => T | undefined): readonly T[] | undefined {
  for (const [i, item] of list.entries()) {
    const other = by(item);
    if (other !== undefined) return list.map((x, k) => (k === i ? other : x));
  }
  return undefined;
}

/** The run, or its transpose, among factors. */
function swapRun(g: Graph, factors: readonly Node[], run: readonly Node[], by: Node): readonly Node[] | undefined {
  const { sign, factors: turned } = turnedRun(g, run);
  for (let i = 0; i + run.length <= factors.length; i++) {
    const found = run.every((f, k) => f === factors[i + k]) ? by : turned.every((f, k) => f === factors[i + k]) ? g.scale(sign, g.transpose(by)) : undefined;
    if (found) return [...factors.slice(0, i), found, ...factors.slice(i + run.length)];
  }
  return undefined;
}
