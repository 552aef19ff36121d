/** Arrays of written sizes whose entries are each a formula, [2*x[1], 0; x[2], x[1]], where sums of unit vectors would stand. */
import { constantDim, dimNumber, isOne, isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { wholeNumber } from '../algebra/sign';
import { weightOf } from '../algebra/weight';
import { entry, spreadsBeyond } from '../calculus/entries';
import { MAX_ENTRY_TERMS } from './limits';

/** As many entries as a reader takes in at once: the Jacobian of a state of six numbers. */
const MAX_ENTRIES = 36;
/** Small arrays are read at a glance, however long their entries are. */
const FEW_ENTRIES = 9;
/** One array is easier to read than a product with one, up to this. */
const ONE_ARRAY = 1.5;

/** The node, or arrays among its factors, as arrays of their entries, where they are made of numbered unit vectors and that says it better. */
export function spelledOut(g: Graph, a: Node): Node {
  if (isScalar(a.shape)) return spelledScalar(g, a);
  if (!holdsUnits(a)) return a;
  const entries = entriesOf(g, a);
  const parts = withSpelledParts(g, a);
  if (!entries) return parts;
  if (hasUnits(a)) return (entries.args.length <= FEW_ENTRIES && isBuilt(a)) || weightOf(entries) <= 2 * weightOf(a) ? entries : a;
  return weightOf(entries) <= ONE_ARRAY * weightOf(parts) && parts !== a ? entries : parts;
}

/** A*(a*e(1) + b*e(2)) as A*[a; b], inv(a*E(1, 1) + b*E(2, 2)) as inv([a, 0; 0, b]). */
function withSpelledParts(g: Graph, a: Node): Node {
  switch (a.kind) {
    case 'transpose': return g.transpose(withSpelledParts(g, a.arg));
    case 'sum': return g.add(...a.terms.map((t) => withSpelledParts(g, t)));
    case 'product': return g.product(a.coefficient, a.scalars, a.factors.map((f) => (isPart(f) ? spelledOut(g, f) : f)));
    case 'power': return g.power(spelledOut(g, a.base), a.exponent);
    default: return a;
  }
}
const isPart = (f: Node): boolean => f.kind === 'sum' || f.kind === 'power' || (f.kind === 'transpose' && isPart(f.arg));

function entriesOf(g: Graph, a: Node): (Node & { readonly kind: 'apply' }) | undefined {
  const [rows, cols] = [constantDim(a.shape.rows), constantDim(a.shape.cols)];
  if (rows === undefined || cols === undefined || rows * cols > MAX_ENTRIES || spreadsBeyond(a, MAX_ENTRY_TERMS)) return undefined;
  const entries = Array.from({ length: rows * cols }, (_, k) => spelledScalar(g, entry(g, a, g.number(Math.floor(k / cols) + 1), g.number((k % cols) + 1))));
  if (entries.some(holdsArrayOfUnits)) return undefined;
  const made = g.apply('blocks', entries, [dimNumber(rows), dimNumber(cols)]);
  return made.kind === 'apply' ? made : undefined;
}

/** What is worked out for each node once: expressions share their parts. */
function remembered<T>(make: (a: Node) => T): (a: Node) => T {
  const known = new WeakMap<Node, { readonly made: T }>();
  return (a) => {
    const old = known.get(a) ?? { made: make(a) };
    known.set(a, old);
    return old.made;
  };
}

/** (a*e(1) + b*e(2))'*V as a*V[1] + b*V[2]. */
function spelledScalar(g: Graph, a: Node): Node {
  if (!holdsUnitSum(a)) return a;
  if (a.kind === 'sum') return g.add(...a.terms.map((t) => spelledScalar(g, t)));
  if (a.kind === 'product' && a.factors.length === 0) return g.product(a.coefficient, a.scalars.map((p) => ({ base: spelledScalar(g, p.base), exponent: p.exponent })), []);
  const at = a.kind === 'chain' ? a.factors.findIndex(hasUnitSum) : -1;
  const f = a.kind === 'chain' ? a.factors[at] : undefined;
  if (a.kind !== 'chain' || !f) return a;
  return g.add(...unitTerms(g, f).map((t) => spelledScalar(g, g.mul(...a.factors.slice(0, at), t, ...a.factors.slice(at + 1)))));
}

const unit = (a: Node): boolean => a.kind === 'basis' && wholeNumber(a.index) !== undefined;
/** The terms of a sum of unit vectors, of a multiple of one, or of its transpose. */
function unitTerms(g: Graph, a: Node): readonly Node[] {
  if (a.kind === 'transpose') return unitTerms(g, a.arg).map((t) => g.transpose(t));
  if (a.kind === 'sum') return a.terms;
  if (a.kind !== 'product') return [a];
  const at = a.factors.findIndex(hasUnitSum);
  return unitTerms(g, a.factors[at] as Node).map((t) => g.product(a.coefficient, a.scalars, [...a.factors.slice(0, at), t, ...a.factors.slice(at + 1)]));
}
const hasUnitSum: (a: Node) => boolean = remembered((a) => (a.kind === 'sum' && hasUnits(a)) || (a.kind === 'transpose' && hasUnitSum(a.arg)) || (a.kind === 'product' && a.factors.some(hasUnitSum)));

/** Whether a scalar's chains, among its terms and factors, hold a sum of unit vectors. */
const holdsUnitSum: (a: Node) => boolean = remembered((a) => a.kind === 'chain' ? a.factors.some(hasUnitSum)
  : a.kind === 'sum' ? a.terms.some(holdsUnitSum) : a.kind === 'product' && a.factors.length === 0 && a.scalars.some((p) => holdsUnitSum(p.base)));

/** Whether nothing else is added to what is built of unit vectors but multiples of I: A + 2*x[1]*E(2, 1) is not made of entries of A. */
const isBuilt: (a: Node) => boolean = remembered((a) => a.kind === 'identity' || (a.kind === 'sum' ? a.terms.every(isBuilt) : a.kind === 'product' && a.factors.length === 1 ? isBuilt(a.factors[0] as Node) : hasUnits(a)));

/** Whether there is anything to look for among the parts. */
const holdsUnits: (a: Node) => boolean = remembered((a) => hasUnits(a) || (a.kind === 'sum' ? a.terms.some(holdsUnits) : a.kind === 'product' ? a.factors.some(holdsUnits) : a.kind === 'transpose' ? holdsUnits(a.arg) : a.kind === 'power' && holdsUnits(a.base)));

/** Whether an array is built of numbered unit vectors: e(1)*x', but not A*e(1)*x', nor the slice e(1)'*A, nor an entry x[1] among its scalars. */
const hasUnits: (a: Node) => boolean = remembered((a) => {
  switch (a.kind) {
    case 'basis': return unit(a);
    case 'transpose': return hasUnits(a.arg);
    case 'sum': return a.terms.some(hasUnits);
    case 'product': {
      const [first, last] = [a.factors[0], a.factors[a.factors.length - 1]];
      if (!first || !last || first === last) return first !== undefined && hasUnits(first);
      return (isOne(first.shape.cols) && hasUnits(first)) || (isOne(last.shape.rows) && hasUnits(last));
    }
    case 'apply': return (a.op === 'kron' || a.op === 'vec' || a.op === 'diag') && a.args.some(hasUnits);
    default: return false;
  }
});

/** Whether a scalar holds an array built of unit vectors, besides the ends of what it is an entry of. */
const holdsArrayOfUnits: (a: Node) => boolean = remembered((a) => {
  switch (a.kind) {
    case 'chain': return a.factors.some((f, i) => (i > 0 && i < a.factors.length - 1) || !(unit(f) || (f.kind === 'transpose' && unit(f.arg))) ? hasUnits(f) : false);
    case 'sum': return a.terms.some(holdsArrayOfUnits);
    case 'product': return a.scalars.some((p) => holdsArrayOfUnits(p.base));
    case 'apply': return a.args.some((x) => (isScalar(x.shape) ? holdsArrayOfUnits(x) : hasUnits(x)));
    default: return false;
  }
});
