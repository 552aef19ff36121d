/** Products multiplied out over the sums among their factors: a candidate for printing, never done for good. */
import type { Graph } from './graph';
import type { Node, ScalarPower } from './node';
import { weightOf } from './weight';

/** The terms that a node is the sum of; the node itself where it is no sum, or a transposed one. */
export function termsOf(g: Graph, a: Node): readonly Node[] {
  if (a.kind === 'sum') return a.terms;
  if (a.kind === 'transpose' && a.arg.kind === 'sum') return a.arg.terms.map((t) => g.transpose(t));
  return [a];
}

/** x where the node is -x for a 1×1 product x of arrays: which of the two is a node of its own is a matter of signs. */
function negatedChain(a: Node): Node | undefined {
  const [p] = a.kind === 'product' && a.factors.length === 0 && a.scalars.length === 1 && a.coefficient.n === -1n && a.coefficient.d === 1n ? a.scalars : [];
  return p?.base.kind === 'chain' && p.exponent.n === 1n && p.exponent.d === 1n ? p.base : undefined;
}

/** How many terms multiplying out would give, products of sums inside sums included. */
export function expandedCount(a: Node, limit: number): number {
  const known = new Map<number, number>();
  const go = (x: Node): number => {
    const old = known.get(x.id);
    if (old !== undefined) return old;
    const made = count(x);
    known.set(x.id, made);
    return made;
  };
  const count = (x: Node): number => {
    const chain = negatedChain(x);
    if (chain) return go(chain);
    switch (x.kind) {
      case 'sum': return Math.min(limit + 1, x.terms.reduce((n, t) => n + go(t), 0));
      case 'transpose': return isExpanded(x.arg) ? go(x.arg) : 1;
      case 'product': {
        const sums = x.scalars.filter((p) => isPlainSum(p)).reduce((n, p) => n * go(p.base), 1);
        return Math.min(limit + 1, x.factors.reduce((n, f) => Math.min(limit + 1, n * go(f)), sums));
      }
      case 'chain': return x.factors.reduce((n, f) => Math.min(limit + 1, n * go(f)), 1);
      case 'hadamard': return x.factors.reduce((n, f) => (f.exponent.n === 1n && f.exponent.d === 1n ? Math.min(limit + 1, n * go(f.base)) : n), 1);
      default: return 1;
    }
  };
  return go(a);
}

/** What stands below a transpose and may be multiplied out. */
const isExpanded = (a: Node): boolean => a.kind === 'sum' || a.kind === 'hadamard';

const isPlainSum = (p: ScalarPower): boolean => p.base.kind === 'sum' && p.exponent.n === 1n && p.exponent.d === 1n;

/** The node multiplied out; undefined where that gives more terms than `limit`, or the node itself. */
export function expand(g: Graph, a: Node, limit: number): Node | undefined {
  if (expandedCount(a, limit) > limit) return undefined;
  const made = go(g, a);
  return made === a ? undefined : made;
}

function go(g: Graph, a: Node): Node {
  const chain = negatedChain(a);
  if (chain) return g.neg(go(g, chain));
  switch (a.kind) {
    case 'sum': return g.add(...a.terms.map((t) => go(g, t)));
    case 'transpose': {
      const inner = isExpanded(a.arg) ? go(g, a.arg) : a.arg;
      return inner === a.arg && inner.kind !== 'sum' ? a : g.add(...scaledTerms(g, inner).map((t) => g.transpose(t)));
    }
    case 'product': {
      const sums = a.scalars.filter(isPlainSum);
      let made: readonly Node[] = [g.product(a.coefficient, a.scalars.filter((p) => !isPlainSum(p)), [])];
      for (const p of sums) made = cross(made, parts(g, p.base), (x, y) => g.mul(x, y));
      for (const f of a.factors) made = cross(made, parts(g, f), (x, y) => g.mul(x, y));
      return made.length === 1 && sums.length === 0 && a.factors.every((f) => parts(g, f).length === 1) ? (made[0] as Node) : g.add(...made);
    }
    case 'chain': {
      let made: readonly Node[] = [g.number(1)];
      for (const f of a.factors) made = cross(made, parts(g, f), (x, y) => g.mul(x, y));
      return g.add(...made);
    }
    case 'hadamard': {
      let made: readonly Node[] = [g.ones(a.shape)];
      for (const f of a.factors) {
        const list = f.exponent.n === 1n && f.exponent.d === 1n ? parts(g, f.base) : [g.elementPower(f.base, f.exponent)];
        made = cross(made, list, (x, y) => g.hadamard(x, y));
      }
      return g.add(...made);
    }
    default: return a;
  }
}

/**
 * How many terms multiplying out gives, and what they weigh together, where nothing cancels: each factor stands once for each choice of the others' terms.
 * With this many and this heavy, the product is only longer than it was.
 */
interface Bulk { readonly terms: number; readonly weight: number }

export function naiveBulk(a: Node): Bulk {
  const known = new Map<number, Bulk>();
  const go = (x: Node): Bulk => {
    const old = known.get(x.id);
    if (old) return old;
    const made = measure(x);
    known.set(x.id, made);
    return made;
  };
  const one = (x: Node): Bulk => ({ terms: 1, weight: weightOf(x) });
  const times = (parts: readonly Bulk[], more: number): Bulk => {
    const terms = parts.reduce((n, p) => n * p.terms, 1);
    return { terms, weight: parts.reduce((n, p) => n + (p.weight * terms) / p.terms, 0) + terms * more };
  };
  const measure = (x: Node): Bulk => {
    const chain = negatedChain(x);
    if (chain) return go(chain);
    switch (x.kind) {
      case 'sum': return x.terms.map(go).reduce((n, t) => ({ terms: n.terms + t.terms, weight: n.weight + t.weight }), { terms: 0, weight: 0 });
      case 'transpose': { if (!isExpanded(x.arg)) return one(x); const b = go(x.arg); return { terms: b.terms, weight: b.weight + b.terms }; }
      case 'product': return times([...x.scalars.map((p) => (isPlainSum(p) ? go(p.base) : one(p.base))), ...x.factors.map(go)], 0);
      case 'chain': return times(x.factors.map(go), 0);
      case 'hadamard': return times(x.factors.map((f) => (f.exponent.n === 1n && f.exponent.d === 1n ? go(f.base) : one(f.base))), 0);
      default: return one(x);
    }
  };
  return go(a);
}

/** The terms of a factor, multiplied out. */
const parts = (g: Graph, f: Node): readonly Node[] => scaledTerms(g, go(g, f));

/** The terms of a sum, or of a number times one. */
export function scaledTerms(g: Graph, made: Node): readonly Node[] {
  if (made.kind === 'product' && made.factors.length === 1 && made.scalars.length === 0 && made.factors[0]?.kind === 'sum') {
    return made.factors[0].terms.map((t) => g.scale(made.coefficient, t));
  }
  if (made.kind === 'product' && made.factors.length === 0 && made.scalars.length === 1 && made.scalars[0]?.base.kind === 'sum' && made.scalars[0].exponent.n === 1n && made.scalars[0].exponent.d === 1n) {
    return made.scalars[0].base.terms.map((t) => g.scale(made.coefficient, t));
  }
  return termsOf(g, made);
}

const cross = (left: readonly Node[], right: readonly Node[], join: (x: Node, y: Node) => Node): readonly Node[] => left.flatMap((x) => right.map((y) => join(x, y)));
