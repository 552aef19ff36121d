/** Sums: flattened, like terms merged, the common rational factor and sign taken out, so that x - y and y - x share a node, and S and S' another. */
import { isOne, isScalar } from './dim';
import { inCommutingOrder } from './commuting';
import type { Constructors, Graph } from './graph';
import type { Node } from './node';
import { compareNodes } from './order';
import { addQ, compareQ, gcd, isNegativeQ, isOneQ, isZeroQ, mulQ, negQ, ONE, rational, type Rational, divQ } from './rational';
import { productKey } from './rescale';
import { numberOf, split } from './sign';
import { marks } from './transpose';

interface Like { readonly coefficient: Rational; readonly rest: Node }

export function sumConstructors(g: Graph): Pick<Constructors, 'add' | 'sub' | 'neg' | 'written'> {
  /** The sign that the first term of a sum has, by the terms and their signs beside it: that of the sum which was made first. */
  const signs = new Map<string, boolean>();
  const sum = (terms: readonly Node[], isWritten: boolean): Node => {
    const [first] = terms;
    if (!first) throw new Error('a sum of no terms');
    const like = new Map<number, Like>();
    const put = (a: Node, by: Rational, flipped: boolean): void => {
      if (a.kind === 'zero') return;
      if (a.kind === 'sum') { for (const t of a.terms) put(t, by, flipped); return; }
      if (a.kind === 'transpose' && a.arg.kind === 'sum') { put(a.arg, by, !flipped); return; }
      const scaled = scaledSum(a);
      if (scaled) { put(scaled.sum, mulQ(by, scaled.coefficient), flipped); return; }
      const { coefficient, rest } = split(g, inCommutingOrder(g, flipped ? g.transpose(a) : a));
      if (rest.kind === 'zero') return;
      const old = like.get(rest.id);
      const total = old ? addQ(old.coefficient, mulQ(by, coefficient)) : mulQ(by, coefficient);
      if (isZeroQ(total)) like.delete(rest.id);
      else like.set(rest.id, { coefficient: total, rest });
    };
    for (const t of terms) put(t, ONE, false);
    const list = [...like.values()].sort((a, b) => compareNodes(a.rest, b.rest));
    const [one] = list;
    if (!one) return g.zero(first.shape);
    if (list.length === 1) return g.scale(one.coefficient, one.rest);
    const shorter = g.collapse(list.map((t) => g.scale(t.coefficient, t.rest)));
    if (shorter) return shorter;
    const turned = turnedTerms(g, list);
    if (turned) return g.transpose(sum(turned, isWritten));
    const size = contentOf(list);
    const isFirstNegative = isNegativeQ(one.coefficient);
    const key = list.map((t) => (isNegativeQ(t.coefficient) === isFirstNegative ? `${t.rest.id}` : `-${t.rest.id}`)).join();
    const asWritten = isWritten && !isUnit(one.rest) && !one.rest.linear;
    const keptSign = signs.get(key) ?? (asWritten ? isFirstNegative : isFirstNegative !== isNegativeQ(leader(list).coefficient));
    signs.set(key, keptSign);
    const content = keptSign === isFirstNegative ? size : negQ(size);
    const made = list.map((t) => g.scale(divQ(t.coefficient, content), t.rest));
    const node = g.intern(`+:${made.map((t) => t.id).join()}`, (id, linear) => ({ kind: 'sum', id, terms: made, shape: first.shape, linear }), made);
    return isOneQ(content) ? node : scaleSum(g, content, node);
  };
  const add = (...terms: readonly Node[]): Node => sum(terms, false);
  return { add, written: (...terms) => sum(terms, true), neg: (a) => g.scale(negQ(ONE), a), sub: (a, b) => add(a, g.scale(negQ(ONE), b)) };
}

/** content * sum without another round of distribution. */
function scaleSum(g: Graph, content: Rational, sum: Node): Node {
  const scalars = isScalar(sum.shape) ? [{ base: sum, exponent: ONE }] : [];
  const factors = isScalar(sum.shape) ? [] : [sum];
  return g.intern(productKey(content, scalars, factors), (id, linear) => ({ kind: 'product', id, coefficient: content, scalars, factors, shape: sum.shape, linear }), [sum]);
}

/** A rational number times a sum, and nothing else. */
export function scaledSum(a: Node): { coefficient: Rational; sum: Node & { kind: 'sum' } } | undefined {
  if (a.kind !== 'product') return undefined;
  const [s] = a.scalars;
  const [f] = a.factors;
  if (a.factors.length === 1 && a.scalars.length === 0 && f?.kind === 'sum') return { coefficient: a.coefficient, sum: f };
  if (a.factors.length === 0 && a.scalars.length === 1 && s && isOneQ(s.exponent) && s.base.kind === 'sum') return { coefficient: a.coefficient, sum: s.base };
  return undefined;
}

/** Whole multiples beyond this are written as fractions of the largest coefficient. */
const LARGEST_MULTIPLE = 1000n;
const abs = (a: bigint): bigint => (a < 0n ? -a : a);

/** What all coefficients have in common. */
function contentOf(list: readonly Like[]): Rational {
  let n = 0n;
  let d = 1n;
  for (const { coefficient: c } of list) {
    n = gcd(abs(c.n), n);
    d = (d / gcd(d, c.d)) * c.d;
  }
  const primitive = rational(n, d);
  // 0.00001 + s, and not 0.00001*(1 + 100000*s).
  const sizes = list.map((t) => (isNegativeQ(t.coefficient) ? negQ(t.coefficient) : t.coefficient));
  const content = d > 1n && sizes.some((q) => q.n * d > LARGEST_MULTIPLE * n * q.d) ? sizes.reduce((a, b) => (compareQ(b, a) > 0 ? b : a)) : primitive;
  return content;
}

const isUnit = (a: Node): boolean => a.kind === 'identity' || a.kind === 'ones' || numberOf(a) !== undefined;

/** Whose sign a sum has that nobody wrote: I - F, 1 - s; A*x - b, x - a where x moves; else the first in order, x - y, b - A*x. */
function leader(list: readonly Like[]): Like {
  const [first] = list as readonly [Like];
  if (first.rest.linear || isUnit(first.rest)) return first;
  const moving = list.filter((t) => t.rest.moves);
  return moving.length === 0 ? first : moving.reduce((a, b) => (b.rest.height > a.rest.height ? b : a));
}

/** The terms of the transpose where they have fewer transposes among them, or are columns with as many: that is how the sum is kept then, but for changes. */
function turnedTerms(g: Graph, list: readonly Like[]): readonly Node[] | undefined {
  const { rest } = list[0] as Like;
  const own = rest.linear || isScalar(rest.shape) ? 0 : list.reduce((n, t) => n + marks(t.rest), 0);
  if (own === 0) return undefined;
  const turned = list.map((t) => g.transpose(t.rest));
  const others = turned.reduce((n, t) => n + marks(t), 0);
  return others < own || (others === own && isOne(rest.shape.rows)) ? list.map((t, i) => g.scale(t.coefficient, turned[i] as Node)) : undefined;
}
