/** The entry (i, j) of a node, with the indices pushed to where they mean something: X[i, l], δ_ik, a[i]*b[j]. */
import { constantDim, isOne, isScalar, type Dim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { BasisNode, Node } from '../algebra/node';
import { wholeNumber } from '../algebra/sign';
import { childrenOf } from '../algebra/substitute';
import { ELEMENTWISE_MAPS } from './elementwise-maps';

/** What is known of a node's entries, by the indices: a node that many share is walked once, not once from each. */
const known = new WeakMap<Node, Map<string, Node>>();

/** `i` and `j` are whole-number scalar nodes; the one of a dimension of size 1 is not used. */
export function entry(g: Graph, a: Node, i: Node, j: Node): Node {
  if (isScalar(a.shape)) return inside(g, a);
  const mine = known.get(a) ?? new Map<string, Node>();
  known.set(a, mine);
  const key = `${i.id},${j.id}`;
  const made = mine.get(key) ?? entryOf(g, a, i, j);
  mine.set(key, made);
  return made;
}

function entryOf(g: Graph, a: Node, i: Node, j: Node): Node {
  switch (a.kind) {
    case 'zero': return g.number(0);
    case 'ones': return g.number(1);
    case 'identity': return g.apply('delta', [i, j]);
    case 'basis': return g.apply('delta', [i, a.index]);
    case 'sum': return g.add(...a.terms.map((t) => entry(g, t, i, j)));
    case 'transpose': return entry(g, a.arg, j, i);
    case 'hadamard': return g.mul(...a.factors.map((f) => g.power(entry(g, f.base, i, j), f.exponent)));
    case 'product': {
      const spread = distributed(g, a);
      if (spread) return g.add(...spread.map((t) => entry(g, t, i, j)));
      return g.mul(g.product(a.coefficient, a.scalars.map((p) => ({ base: inside(g, p.base), exponent: p.exponent })), []), ofFactors(g, a.factors, i, j));
    }
    case 'apply': {
      const [x] = a.args;
      if (x && ELEMENTWISE_MAPS.has(a.op)) return g.apply(a.op, a.args.map((y) => entry(g, y, i, j)), a.dims);
      if (x && a.op === 'elementPower') return g.apply('power', [entry(g, x, i, j), ...a.args.slice(1)]);
      if (x && a.op === 'kron') return entryOfKron(g, a.args as readonly [Node, Node], i, j) ?? bare(g, [a], i, j);
      if (x && a.op === 'diag') return isOne(x.shape.cols) ? g.mul(g.apply('delta', [i, j]), entry(g, x, i, j)) : entry(g, x, i, i);
      break;
    }
    default: break;
  }
  return bare(g, [a], i, j);
}

/** (A ⊗ B)[i, j] for numbers i and j and a B of a written size (undefined else): an entry of A times one of B. */
function entryOfKron(g: Graph, [A, B]: readonly [Node, Node], i: Node, j: Node): Node | undefined {
  const split = (index: Node, size: Dim): readonly [Node, Node] | undefined => {
    const [k, n] = [wholeNumber(index), constantDim(size)];
    return k === undefined || n === undefined ? undefined : [g.number(Math.ceil(k / n)), g.number(((k - 1) % n) + 1)];
  };
  const [rows, cols] = [split(i, B.shape.rows), split(j, B.shape.cols)];
  return rows && cols && g.mul(entry(g, A, rows[0], cols[0]), entry(g, B, rows[1], cols[1]));
}

/** A product with the one sum that holds basis vectors multiplied out: L*(E*B + C*E')*R has no entry of its own, its terms have. */
function distributed(g: Graph, a: Node & { kind: 'product' }): readonly Node[] | undefined {
  const at = a.factors.findIndex((f) => holdsBasis(f) && (f.kind === 'sum' || (f.kind === 'transpose' && f.arg.kind === 'sum')));
  const f = a.factors[at];
  if (!f) return undefined;
  return termsOf(g, f).map((t) => g.product(a.coefficient, a.scalars, [...a.factors.slice(0, at), t, ...a.factors.slice(at + 1)]));
}

/** Whether a product below a node, with the sums that hold basis vectors multiplied out as `distributed` does, has more than `most` terms. */
export function spreadsBeyond(root: Node, most: number): boolean {
  const counts = new Map<Node, number>();
  const count = (a: Node): number => {
    if (!holdsBasis(a)) return 1;
    const old = counts.get(a);
    if (old !== undefined) return old;
    const inner = a.kind === 'transpose' ? a.arg : a;
    const made = inner.kind === 'sum' ? inner.terms.reduce((n, t) => n + count(t), 0)
      : inner.kind === 'product' || inner.kind === 'chain' ? Math.max(1, ...inner.factors.map(count)) : 1;
    counts.set(a, Math.min(MANY, made));
    return Math.min(MANY, made);
  };
  const seen = new Set<Node>([root]);
  for (const a of seen) {
    if (!holdsBasis(a)) continue;
    if ((a.kind === 'product' || a.kind === 'chain') && count(a) > most) return true;
    for (const c of childrenOf(a)) seen.add(c);
  }
  return false;
}
const MANY = 1e9;

/** The terms of a sum or of a transposed one. */
const termsOf = (g: Graph, f: Node): readonly Node[] => (f.kind === 'sum' ? f.terms : f.kind === 'transpose' && f.arg.kind === 'sum' ? f.arg.terms.map((t) => g.transpose(t)) : [f]);

/** Whether a basis vector's index is an index indeed: a number or a size says all that it is. */
export const isOpenBasis = ({ index }: BasisNode): boolean => wholeNumber(index) === undefined && !(index.kind === 'symbol' && index.role === 'dimension');

const withOpenBasis = new WeakMap<Node, boolean>();
export function holdsOpenBasis(a: Node): boolean {
  const old = withOpenBasis.get(a);
  if (old !== undefined) return old;
  const found = (a.kind === 'basis' && isOpenBasis(a)) || childrenOf(a).some(holdsOpenBasis);
  withOpenBasis.set(a, found);
  return found;
}

const withBasis = new WeakMap<Node, boolean>();
export function holdsBasis(a: Node): boolean {
  const old = withBasis.get(a);
  if (old !== undefined) return old;
  const found = a.kind === 'basis' || childrenOf(a).some(holdsBasis);
  withBasis.set(a, found);
  return found;
}

/** e(i)'*factors*e(j), where there is nothing to push. */
function bare(g: Graph, factors: readonly Node[], i: Node, j: Node): Node {
  const first = factors[0] as Node;
  const last = factors[factors.length - 1] as Node;
  return g.mul(g.transpose(g.basis(i, first.shape.rows)), ...factors, g.basis(j, last.shape.cols));
}

function ofFactors(g: Graph, factors: readonly Node[], i: Node, j: Node): Node {
  if (factors.length === 0) return g.number(1);
  const cut = factors.findIndex((f, k) => k > 0 && isOne(f.shape.rows));
  if (cut > 0) return g.mul(ofFactors(g, factors.slice(0, cut), i, j), ofFactors(g, factors.slice(cut), i, j));
  const [only] = factors;
  if (factors.length === 1 && only) return entry(g, only, i, j);
  const first = factors[0] as Node;
  const last = factors[factors.length - 1] as Node;
  if (last.kind === 'basis') return ofFactors(g, factors.slice(0, -1), i, last.index);
  if (first.kind === 'transpose' && first.arg.kind === 'basis') return ofFactors(g, factors.slice(1), first.arg.index, j);
  if (first.kind === 'apply' && first.op === 'diag' && isOne((first.args[0] as Node).shape.cols)) return g.mul(entry(g, first.args[0] as Node, i, i), ofFactors(g, factors.slice(1), i, j));
  if (last.kind === 'apply' && last.op === 'diag' && isOne((last.args[0] as Node).shape.cols)) return g.mul(entry(g, last.args[0] as Node, j, j), ofFactors(g, factors.slice(0, -1), i, j));
  return bare(g, factors, i, j);
}

const insides = new WeakMap<Node, Node>();

/** A scalar whose chains may end in basis vectors: those become entries too. Each node is walked once. */
function inside(g: Graph, a: Node): Node {
  if (!holdsBasis(a)) return a;
  const old = insides.get(a);
  if (old) return old;
  const made = insideOf(g, a);
  insides.set(a, made);
  return made;
}

function insideOf(g: Graph, a: Node): Node {
  switch (a.kind) {
    case 'chain': {
      const at = a.factors.findIndex((f) => (f.kind === 'sum' || (f.kind === 'transpose' && f.arg.kind === 'sum')) && holdsBasis(f));
      const f = a.factors[at];
      if (f) return g.add(...termsOf(g, f).map((t) => inside(g, g.mul(...a.factors.slice(0, at), t, ...a.factors.slice(at + 1)))));
      const first = a.factors[0] as Node;
      const last = a.factors[a.factors.length - 1] as Node;
      const left = first.kind === 'transpose' && first.arg.kind === 'basis' ? first.arg.index : undefined;
      const right = last.kind === 'basis' ? last.index : undefined;
      if (!left && !right) return a;
      const middle = a.factors.slice(left ? 1 : 0, right ? -1 : undefined);
      if (middle.length !== 1) return a;
      const [m] = middle as [Node];
      const one = g.number(1);
      if (left && right) return entry(g, m, left, right);
      if (left) return isOne(m.shape.cols) ? entry(g, m, left, one) : a;
      return right && isOne(m.shape.rows) ? entry(g, m, one, right) : a;
    }
    case 'sum': return g.add(...a.terms.map((t) => inside(g, t)));
    case 'product': return a.factors.length > 0 ? a : g.product(a.coefficient, a.scalars.map((p) => ({ base: inside(g, p.base), exponent: p.exponent })), []);
    default: return a;
  }
}

/** u .* e(k) as u[k]*e(k), of sums too, where each term of a node is such a multiple. */
export function unitsApart(g: Graph, a: Node): Node {
  switch (a.kind) {
    case 'sum': {
      const terms = a.terms.map((t) => unitsApart(g, t));
      return terms.every((t) => t.kind === 'basis' || (t.kind === 'product' && t.factors.length === 1 && t.factors[0]?.kind === 'basis')) ? g.add(...terms) : a;
    }
    case 'product': return a.factors.length === 1 ? g.product(a.coefficient, a.scalars, [unitsApart(g, a.factors[0] as Node)]) : a;
    case 'hadamard': {
      const unit = a.factors.find((f) => f.base.kind === 'basis' && f.exponent.n === 1n && f.exponent.d === 1n);
      if (unit?.base.kind !== 'basis') return a;
      const { index } = unit.base;
      return g.mul(...a.factors.filter((f) => f !== unit).map((f) => g.power(entry(g, f.base, index, g.number(1)), f.exponent)), unit.base);
    }
    default: return a;
  }
}
