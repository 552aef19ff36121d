/**
 * The order of terms, scalars and elementwise factors: by content alone, so that a canonical form does not depend on how its parts were
 * written. What is simple comes before what is composed, and what changes (directions) last. Equal parts are one object, so that a
 * comparison goes down one path.
 */
import type { Dim } from './dim';
import type { Node, NodeKind } from './node';
import { compareQ, type Rational } from './rational';

const RANK: Readonly<Record<NodeKind, number>> = {
  zero: 0, identity: 1, ones: 2, symbol: 3, basis: 4, selector: 5, power: 6, hadamard: 7, product: 8, chain: 9, apply: 10, sum: 11, transpose: 12,
};
const ROLES = ['dimension', 'constant', 'variable', 'opaque', 'direction'];

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Letters before words: x - mu, A - Sigma. */
const byName = (a: string, b: string): number => a.length - b.length || byText(a, b);
const byDim = (a: Dim, b: Dim): number => byText(a.key, b.key);

/** By the first that differ, then the shorter list. */
export function byLists<T>(a: readonly T[], b: readonly T[], compare: (x: T, y: T) => number): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const d = compare(a[i] as T, b[i] as T);
    if (d !== 0) return d;
  }
  return a.length - b.length;
}
interface Power { readonly base: Node; readonly exponent: Rational }
const byPowers = (a: readonly Power[], b: readonly Power[]): number =>
  byLists(a, b, (x, y) => compareNodes(x.base, y.base) || compareQ(x.exponent, y.exponent));

/** Negative where `a` comes first; 0 for the same node alone. A transpose stands beside what it is of, behind it. */
export function compareNodes(a: Node, b: Node): number {
  if (a === b) return 0;
  if (a.linear !== b.linear) return a.linear ? 1 : -1;
  const x = a.kind === 'transpose' ? a.arg : a;
  const y = b.kind === 'transpose' ? b.arg : b;
  if (x === y) return a === x ? -1 : 1;
  return x.height - y.height || RANK[x.kind] - RANK[y.kind] || byContent(x, y) || RANK[a.kind] - RANK[b.kind];
}

/** Of two nodes of one kind. */
function byContent(a: Node, b: Node): number {
  const shapes = (): number => byDim(a.shape.rows, b.shape.rows) || byDim(a.shape.cols, b.shape.cols);
  if (a.kind === 'symbol' && b.kind === 'symbol') return ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || byName(a.name, b.name) || shapes() || byLists([...a.words].sort(), [...b.words].sort(), byText);
  if (a.kind === 'basis' && b.kind === 'basis') return compareNodes(a.index, b.index) || shapes();
  if (a.kind === 'selector' && b.kind === 'selector') return byDim(a.from, b.from) || byDim(a.to, b.to) || shapes();
  if (a.kind === 'product' && b.kind === 'product') return byLists(a.factors, b.factors, compareNodes) || byPowers(a.scalars, b.scalars) || compareQ(a.coefficient, b.coefficient);
  if (a.kind === 'chain' && b.kind === 'chain') return byLists(a.factors, b.factors, compareNodes);
  if (a.kind === 'sum' && b.kind === 'sum') return byLists(a.terms, b.terms, compareNodes);
  if (a.kind === 'power' && b.kind === 'power') return compareNodes(a.base, b.base) || compareQ(b.exponent, a.exponent);
  if (a.kind === 'hadamard' && b.kind === 'hadamard') return byPowers(a.factors, b.factors);
  if (a.kind === 'apply' && b.kind === 'apply') return byText(a.op, b.op) || byLists(a.args, b.args, compareNodes) || byLists(a.dims, b.dims, byDim);
  return shapes();
}
