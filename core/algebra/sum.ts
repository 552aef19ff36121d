/** Sums: flattened, like terms merged, the common rational factor and sign taken out, so that x - y and y - x share a node. */
import { isScalar } from './dim';
import type { Constructors, Graph } from './graph';
import type { Node } from './node';
import { addQ, isNegativeQ, isOneQ, isZeroQ, keyQ, mulQ, negQ, ONE, rational, type Rational, divQ } from './rational';
import { split } from './sign';

export function sumConstructors(g: Graph): Pick<Constructors, 'add' | 'sub' | 'neg'> {
  const add = (...terms: readonly Node[]): Node => {
    const [first] = terms;
    if (!first) throw new Error('a sum of no terms');
    const like = new Map<number, { coefficient: Rational; rest: Node }>();
    const put = (a: Node, by: Rational, flipped: boolean): void => {
      if (a.kind === 'zero') return;
      if (a.kind === 'sum') { for (const t of a.terms) put(t, by, flipped); return; }
      if (a.kind === 'transpose' && a.arg.kind === 'sum') { put(a.arg, by, !flipped); return; }
      const scaled = scaledSum(a);
      if (scaled) { put(scaled.sum, mulQ(by, scaled.coefficient), flipped); return; }
      const { coefficient, rest } = split(g, flipped ? g.transpose(a) : a);
      if (rest.kind === 'zero') return;
      const old = like.get(rest.id);
      const total = old ? addQ(old.coefficient, mulQ(by, coefficient)) : mulQ(by, coefficient);
      if (isZeroQ(total)) like.delete(rest.id);
      else like.set(rest.id, { coefficient: total, rest });
    };
    for (const t of terms) put(t, ONE, false);
    const list = [...like.values()].sort((a, b) => a.rest.id - b.rest.id);
    const [one] = list;
    if (!one) return g.zero(first.shape);
    if (list.length === 1) return g.scale(one.coefficient, one.rest);
    const shorter = g.collapse(list.map((t) => g.scale(t.coefficient, t.rest)));
    if (shorter) return shorter;
    const content = contentOf(list.map((t) => t.coefficient));
    const made = list.map((t) => g.scale(divQ(t.coefficient, content), t.rest)).sort((a, b) => a.id - b.id);
    const sum = g.intern(`+:${made.map((t) => t.id).join()}`, (id, linear) => ({ kind: 'sum', id, terms: made, shape: first.shape, linear }), made);
    return isOneQ(content) ? sum : scaleSum(g, content, sum);
  };
  return { add, neg: (a) => g.scale(negQ(ONE), a), sub: (a, b) => add(a, g.scale(negQ(ONE), b)) };
}

/** content * sum without another round of distribution. */
function scaleSum(g: Graph, content: Rational, sum: Node): Node {
  const scalars = isScalar(sum.shape) ? [{ base: sum, exponent: ONE }] : [];
  const factors = isScalar(sum.shape) ? [] : [sum];
  return g.intern(`p:${keyQ(content)}:${scalars.map((p) => `${p.base.id}^1`).join()}:${factors.map((f) => f.id).join()}`,
    (id, linear) => ({ kind: 'product', id, coefficient: content, scalars, factors, shape: sum.shape, linear }), [sum]);
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

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
const abs = (a: bigint): bigint => (a < 0n ? -a : a);

function contentOf(coefficients: readonly Rational[]): Rational {
  let n = 0n;
  let d = 1n;
  for (const c of coefficients) {
    n = gcd(abs(c.n), n);
    d = (d / gcd(d, c.d)) * c.d;
  }
  const content = rational(n, d);
  return coefficients[0] && isNegativeQ(coefficients[0]) ? negQ(content) : content;
}
