/**
 * Two terms of a sum over one inverse that are one term: L*inv(M)*T*R + c*L*R = L*inv(M)*(T + c*M)*R, where M is a sum and T + c*M is no longer
 * than T: I - inv(A + B)*B = inv(A + B)*A, for scalars 1 - b/(a + b) = a/(a + b), and the same entry by entry.
 */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { ElementPower, Node, ScalarPower } from '../algebra/node';
import { compareQ, isIntegerQ, isNegativeQ, MINUS_ONE, negQ, ONE, ZERO, type Rational } from '../algebra/rational';
import { termsOf } from '../algebra/expand';
import { weightOf } from '../algebra/weight';

/** Longer sums are left as they are: each pair of terms is looked at. */
const MOST_TERMS = 12;
const LEAST_TERMS = 2;

interface Term { readonly node: Node; readonly scalars: readonly ScalarPower[]; readonly factors: readonly Node[] }

const termOf = (node: Node): Term => node.kind === 'product' ? { node, scalars: node.scalars, factors: node.factors }
  : isScalar(node.shape) ? { node, scalars: [], factors: [] }
    : { node, scalars: [], factors: node.kind === 'identity' ? [] : [node] };

/** M where the factor is a whole negative power of a sum M. */
const inverted = (a: Node): Node | undefined => (a.kind === 'power' && a.base.kind === 'sum' && isIntegerQ(a.exponent) && isNegativeQ(a.exponent) ? a.base : undefined);
const dividedBy = (p: ScalarPower | ElementPower): boolean => p.base.kind === 'sum' && isNegativeQ(p.exponent);

/** The scalars of a term with its number; a scalar that is no product, a size for one, is its own. */
const scalarOf = (g: Graph, { node, scalars }: Term): Node => (node.kind === 'product' ? g.product(node.coefficient, scalars, []) : isScalar(node.shape) ? node : g.number(1));

/** Fewer terms, or as many that are no longer; numbers do not count. */
function isShorter(g: Graph, a: Node, b: Node): boolean {
  const [x, y] = [a, b].map((n) => (n.kind === 'product' ? g.product(ONE, n.scalars, n.factors) : n)) as [Node, Node];
  const [m, n] = [x, y].map((z) => termsOf(g, z).length) as [number, number];
  return m < n || (m === n && weightOf(x) <= weightOf(y));
}

/** The places of one inverse: the factors with it standing alone, M^-2 being M^-1*M^-1. */
function places(g: Graph, factors: readonly Node[]): readonly { readonly M: Node; readonly at: number; readonly factors: readonly Node[] }[] {
  return factors.flatMap((f, i) => {
    const M = inverted(f);
    if (!M) return [];
    const one = g.inverse(M);
    if (f === one) return [{ M, at: i, factors }];
    const rest = g.mul(f, M);
    return [{ M, at: i + 1, factors: [...factors.slice(0, i), rest, one, ...factors.slice(i + 1)] }, { M, at: i, factors: [...factors.slice(0, i), one, rest, ...factors.slice(i + 1)] }];
  });
}

/** t + o where o lacks the inverse and one run of factors beside it. */
function overMatrix(g: Graph, t: Term, o: Term): Node | undefined {
  for (const { M, at, factors } of places(g, t.factors)) {
    const removed = factors.length - o.factors.length;
    if (removed < 1 || (removed === 1 && o.factors.length === 0)) continue;
    for (const [from, isRight] of [[at, true], [at - removed + 1, false]] as const) {
      const to = from + removed;
      if (from < 0 || to > factors.length || !o.factors.every((f, k) => f === factors[k < from ? k : k + removed])) continue;
      const T = g.mul(scalarOf(g, t), g.identity(M.shape.rows), ...(isRight ? factors.slice(at + 1, to) : factors.slice(from, at)));
      const whole = g.add(T, ...termsOf(g, M).map((x) => g.mul(scalarOf(g, o), x)));
      // inv(M) - c*M^-2 = inv(M)*(M - c*I)*inv(M), where c*I is one of two terms of M.
      if (removed === 1 ? termsOf(g, whole).length > 1 || termsOf(g, M).length !== 2 : !isShorter(g, whole, T)) continue;
      const inverse = g.inverse(M);
      return g.mul(...factors.slice(0, from), ...(isRight ? [inverse, whole] : [whole, inverse]), ...factors.slice(to));
    }
  }
  return undefined;
}

/** t + o where t is o times a scalar over a sum. */
function overScalar(g: Graph, t: Term, o: Term): Node | undefined {
  if (t.factors.length !== o.factors.length || t.factors.some((f, i) => f !== o.factors[i])) return undefined;
  for (const { base: s } of t.scalars.filter(dividedBy)) {
    const ratio = g.mul(scalarOf(g, t), s, g.power(scalarOf(g, o), MINUS_ONE));
    if (ratio.kind === 'product' && ratio.scalars.some((p) => p.base === s)) continue;
    const whole = g.add(ratio, s);
    if (isShorter(g, whole, ratio)) return g.mul(whole, g.power(s, MINUS_ONE), o.node);
  }
  return undefined;
}

/** The entries of a term that is one array, as powers. */
function entriesOf({ factors }: Term): readonly ElementPower[] {
  const [f] = factors;
  return !f || factors.length > 1 || f.kind === 'ones' ? [] : f.kind === 'hadamard' ? f.factors : [{ base: f, exponent: ONE }];
}

/** t + o where t is o times an array over a sum, entry by entry: 1 - b ./ (a + b) = a ./ (a + b). */
function overEntries(g: Graph, t: Term, o: Term): Node | undefined {
  const own = entriesOf(t);
  for (const { base: s } of own.filter(dividedBy)) {
    const others = entriesOf(o);
    if (others.length === 0 && o.factors[0]?.kind !== 'ones') continue;
    // Each power of o is one of t's, so that nothing is divided by which was not.
    const isPart = others.every((p) => own.some((x) => x.base === p.base && isNegativeQ(x.exponent) === isNegativeQ(p.exponent) && compareQ(size(p.exponent), size(x.exponent)) <= 0));
    if (!isPart) continue;
    const away = others.map((p) => ({ base: p.base, exponent: negQ(p.exponent) }));
    const ratio = g.elementProduct(ONE, [{ base: scalarOf(g, t), exponent: ONE }, { base: scalarOf(g, o), exponent: MINUS_ONE }], [...own, { base: s, exponent: ONE }, ...away]);
    if (entriesOf(termOf(ratio)).some((p) => p.base === s)) continue;
    const whole = g.add(ratio, s);
    if (termsOf(g, whole).length === 1 ? entrywise(g, whole) <= entrywise(g, ratio) + ALONE : isShorter(g, whole, ratio)) {
      const { shared, rest } = sharedOut(g, whole);
      return g.mul(shared, g.hadamard(rest, g.elementPower(s, MINUS_ONE), o.node));
    }
  }
  return undefined;
}
const factorsOf = (a: Node): readonly Node[] => (a.kind === 'product' ? a.factors : [a]);
/** The scalars of a term, itself where it is no product. */
const powersOf = (t: Term): readonly ScalarPower[] => (t.scalars.length > 0 ? t.scalars : [{ base: t.node, exponent: ONE }]);
const without = (g: Graph, { node, scalars }: Term, p: ScalarPower): Node => (node.kind === 'product' ? g.product(node.coefficient, scalars.filter((x) => x !== p), []) : g.number(1));
/** What a power is the trace of. */
const tracedBy = ({ base, exponent }: ScalarPower): Node | undefined => (base.kind === 'apply' && base.op === 'tr' && compareQ(exponent, ONE) === 0 ? base.args[0] : undefined);

/** t + o where t is a trace over the inverse and o a multiple of its size: n - tr(inv(A + B)*B) = tr(inv(A + B)*A). */
function overTrace(g: Graph, t: Term, o: Term): Node | undefined {
  if (t.factors.length > 0 || o.factors.length > 0) return undefined;
  for (const p of powersOf(t)) {
    const arg = tracedBy(p);
    if (!arg) continue;
    const by = without(g, t, p);
    for (const q of powersOf(o)) {
      const inner = tracedBy(q);
      const both = inner && inner.shape.rows.key === arg.shape.rows.key && overMatrix(g, termOf(g.mul(by, arg)), termOf(g.mul(without(g, o, q), inner)));
      if (both) return g.apply('tr', [both]);
    }
    for (const { M, at, factors } of places(g, factorsOf(arg))) {
      const n = g.dimension(M.shape.rows);
      const ofO = o.node === n ? g.number(1) : o.scalars.some((x) => x.base === n && compareQ(x.exponent, ONE) === 0) ? g.mul(o.node, g.power(n, MINUS_ONE)) : undefined;
      if (!ofO) continue;
      const T = g.mul(by, ...factors.slice(at + 1), ...factors.slice(0, at));
      const whole = g.add(T, ...termsOf(g, M).map((x) => g.mul(ofO, x)));
      if (isShorter(g, whole, T)) return g.apply('tr', [g.mul(g.inverse(M), whole)]);
    }
  }
  return undefined;
}

/** r*a - r*b as r times a - b. */
function sharedOut(g: Graph, a: Node): { readonly shared: Node; readonly rest: Node } {
  const [first, ...others] = termsOf(g, a).map(termOf);
  const shared = others.length === 0 ? [] : (first?.scalars ?? []).filter((p) => others.every((t) => t.scalars.some((x) => x.base === p.base && compareQ(x.exponent, p.exponent) === 0)));
  const away = shared.map((p) => ({ base: p.base, exponent: negQ(p.exponent) }));
  return { shared: g.product(ONE, shared, []), rest: shared.length === 0 ? a : g.add(...termsOf(g, a).map((t) => g.product(ONE, away, [t]))) };
}

/** What "1 -" before a quotient costs. */
const ALONE = 2;
/** A multiple of ones is as long as its scalar. */
const entrywise = (g: Graph, a: Node): number => weightOf(a.kind === 'product' ? g.product(ONE, a.scalars, a.factors.filter((f) => f.kind !== 'ones')) : a);
const size = (q: Rational): Rational => (compareQ(q, ZERO) < 0 ? negQ(q) : q);

const isTrace = (a: Node): boolean => a.kind === 'apply' && a.op === 'tr' && factorsOf(a.args[0] as Node).some((f) => inverted(f) !== undefined);
const holdsInverse = (t: Term): boolean => isTrace(t.node) || t.scalars.some((p) => isTrace(p.base)) || t.scalars.some(dividedBy) || t.factors.some((f) => inverted(f) !== undefined || (f.kind === 'hadamard' && f.factors.some(dividedBy)));

/** The sum with two of its terms as one, where that is shorter. */
export function collapsed(g: Graph, terms: readonly Node[]): Node | undefined {
  if (terms.length < LEAST_TERMS || terms.length > MOST_TERMS) return undefined;
  const list = terms.map(termOf);
  if (!list.some(holdsInverse)) return undefined;
  // A sum of nested fractions asks for the same sums again at every level.
  const key = terms.map((t) => t.id).join();
  const known = found.get(g) ?? new Map<string, Node | undefined>();
  found.set(g, known);
  if (!known.has(key)) known.set(key, joined(g, list));
  return known.get(key);
}

const found = new WeakMap<Graph, Map<string, Node | undefined>>();

function joined(g: Graph, list: readonly Term[]): Node | undefined {
  for (const t of list) {
    if (!holdsInverse(t)) continue;
    for (const o of list) {
      const node = o === t ? undefined : overMatrix(g, t, o) ?? overScalar(g, t, o) ?? overEntries(g, t, o) ?? overTrace(g, t, o);
      if (node) return g.add(node, ...list.filter((x) => x !== t && x !== o).map((x) => x.node));
    }
  }
  return undefined;
}
