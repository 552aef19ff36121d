/** Terms that are the products of two sums, multiplied out: A*C + A*D + B*C + B*D = (A + B)*(C + D), with I for A or B too, and the same of Kronecker products. */
import { isScalar, sameDim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { divQ, equalQ, isIntegerQ, MINUS_ONE, ONE, type Rational } from '../algebra/rational';
import { split } from '../algebra/sign';
import { termsOf } from '../algebra/expand';
import { weightOf } from '../algebra/weight';

/** Fewer terms are no such product, more are not searched. */
const LEAST_TERMS = 4;
const MOST_TERMS = 10;
/** Whole powers up to this are looked into: A^2*B begins with A. */
const MOST_REPEATS = 4n;

export interface Double { readonly members: readonly Node[]; readonly node: Node }

type Side = 'left' | 'right' | 'kron-left' | 'kron-right';
/** A term as `outer` and `inner` together. */
interface Part { readonly term: Node; readonly inner: Node }
interface Family { readonly side: Side; readonly outer: Node; readonly parts: readonly Part[] }

/** A product's matrices, whole powers as repeated factors. */
export function factorsOf(g: Graph, a: Node): readonly Node[] {
  const list = a.kind === 'product' || a.kind === 'chain' ? a.factors : [a];
  return list.flatMap((f) => {
    const inner = f.kind === 'transpose' ? f.arg : f;
    if (inner.kind !== 'power' || !isIntegerQ(inner.exponent)) return [f];
    const times = inner.exponent.n < 0n ? -inner.exponent.n : inner.exponent.n;
    if (times < 2n || times > MOST_REPEATS) return [f];
    const once = g.power(inner.base, inner.exponent.n < 0n ? MINUS_ONE : ONE);
    return Array<Node>(Number(times)).fill(f.kind === 'transpose' ? g.transpose(once) : once);
  });
}

function families(g: Graph, terms: readonly Node[]): readonly Family[] {
  const found = new Map<string, { side: Side; outer: Node; parts: Part[] }>();
  const put = (side: Side, outer: Node, term: Node, inner: Node): void => {
    const key = `${side}:${outer.id}`;
    const old = found.get(key);
    if (old) { if (!old.parts.some((p) => p.term === term)) old.parts.push({ term, inner }); } else found.set(key, { side, outer, parts: [{ term, inner }] });
  };
  for (const term of terms) {
    const factors = factorsOf(g, term);
    const scalars = term.kind === 'product' ? g.product(term.coefficient, term.scalars, []) : g.number(1);
    for (let n = 0; n <= factors.length; n++) {
      const [head, tail] = [factors.slice(0, n), factors.slice(n)];
      const left = head.length > 0 ? g.mul(...head) : g.identity(term.shape.rows);
      const right = tail.length > 0 ? g.mul(...tail) : g.identity(term.shape.cols);
      put('left', left, term, g.mul(scalars, right));
      put('right', right, term, g.mul(scalars, left));
    }
    const [k] = term.kind === 'product' ? term.factors : [term];
    if (factors.length === 1 && k?.kind === 'apply' && k.op === 'kron') {
      const [A, B] = k.args as readonly [Node, Node];
      put('kron-left', A, term, g.mul(scalars, B));
      put('kron-right', B, term, g.mul(scalars, A));
    }
  }
  return [...found.values()];
}

/** The parts of a family that together are a multiple of a sum's terms, and the number by which they are multiplied. */
function matching(g: Graph, family: Family, sum: readonly Node[], taken: ReadonlySet<Node>): { readonly by: Rational; readonly parts: readonly Part[] } | undefined {
  const parts: Part[] = [];
  let by: Rational | undefined;
  for (const t of sum) {
    const want = split(g, t);
    const part = family.parts.find((p) => !taken.has(p.term) && split(g, p.inner).rest === want.rest);
    if (!part) return undefined;
    const ratio = divQ(split(g, part.inner).coefficient, want.coefficient);
    if (by && !equalQ(by, ratio)) return undefined;
    by = ratio;
    parts.push(part);
  }
  return by && { by, parts };
}

/** The products of two sums among the terms, the largest first. */
export function doublesOf(g: Graph, terms: readonly Node[]): readonly Double[] {
  const [first] = terms;
  if (!first || isScalar(first.shape) || terms.length < LEAST_TERMS || terms.length > MOST_TERMS) return [];
  const all = families(g, terms).filter((f) => f.parts.length > 1);
  const made = new Map<string, Double>();
  for (const base of all) {
    if (base.outer.kind === 'identity' || 2 * base.parts.length > terms.length) continue;
    const inner = split(g, g.add(...base.parts.map((p) => p.inner))).rest;
    const sum = termsOf(g, inner);
    if (sum.length < 2 || sum.length !== base.parts.length) continue;
    const taken = new Set<Node>();
    const outers: Node[] = [];
    for (const family of [base, ...all.filter((f) => f !== base && f.side === base.side)]) {
      if (!sameDim(family.outer.shape.rows, base.outer.shape.rows) || !sameDim(family.outer.shape.cols, base.outer.shape.cols)) continue;
      const found = matching(g, family, sum, taken);
      if (!found) continue;
      for (const p of found.parts) taken.add(p.term);
      outers.push(g.scale(found.by, family.outer));
    }
    if (outers.length < 2) continue;
    const outer = g.add(...outers);
    const node = base.side === 'left' ? g.mul(outer, inner) : base.side === 'right' ? g.mul(inner, outer) : g.apply('kron', base.side === 'kron-left' ? [outer, inner] : [inner, outer]);
    const members = terms.filter((t) => taken.has(t));
    const key = `${members.map((m) => m.id).join()}:${node.id}`;
    if (node.kind !== 'sum') made.set(key, { members, node });
  }
  const saved = (d: Double): number => d.members.reduce((n, m) => n + weightOf(m) + 1, 0) - weightOf(d.node);
  return [...made.values()].filter((d) => saved(d) > 0).sort((a, b) => saved(b) - saved(a));
}
