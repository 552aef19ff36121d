/** Two terms of a scalar sum whose exponentials differ by powers alone are one: S*exp(-d^2/2) and K*exp(-r*T)*exp(-(d - s*sqrt(T))^2/2) in the option formula of Black & Scholes (1973). */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node, ScalarPower } from '../algebra/node';
import { compareNodes } from '../algebra/order';
import { isIntegerQ, ONE, type Rational } from '../algebra/rational';
import { numberOf } from '../algebra/sign';
import { weightOf } from '../algebra/weight';
import { scaledTerms } from '../algebra/expand';

const MOST_TERMS = 8;
const MOST_POWERS = 2n;
const MOST_EXPANDED = 60;
const MOST_WEIGHT = 160;

const argOf = (a: Node, op: string): Node | undefined => (a.kind === 'apply' && a.op === op ? a.args[0] : undefined);

interface Term { readonly node: Node; readonly exponent: Node; readonly exponentials: readonly ScalarPower[]; readonly rest: Node }

/** A term with exponentials, among them one of a square of a sum; others have nothing to gain. */
function termOf(g: Graph, node: Node): Term | undefined {
  const scalars = node.kind === 'product' ? node.scalars : [{ base: node, exponent: ONE }];
  const exponentials = scalars.filter((p) => argOf(p.base, 'exp') !== undefined);
  if (!exponentials.some((p) => holdsSquare(g, argOf(p.base, 'exp') as Node))) return undefined;
  const exponent = g.add(...exponentials.map((p) => g.scale(p.exponent, argOf(p.base, 'exp') as Node)));
  const rest = node.kind === 'product' ? g.product(node.coefficient, scalars.filter((p) => !exponentials.includes(p)), []) : g.number(1);
  return weightOf(exponent) > MOST_WEIGHT ? undefined : { node, exponent, exponentials, rest };
}

const isSquare = (p: ScalarPower): boolean => p.base.kind === 'sum' && isIntegerQ(p.exponent) && p.exponent.n === MOST_POWERS;
const holdsSquare = (g: Graph, a: Node): boolean => scaledTerms(g, a).some((t) => t.kind === 'product' && t.scalars.some(isSquare));

/** The terms of a scalar, multiplied out with small powers of sums; undefined where there are too many. */
function multipliedOut(g: Graph, a: Node): readonly Node[] | undefined {
  if (a.kind === 'sum') return joined(a.terms.map((t) => multipliedOut(g, t)));
  if (a.kind !== 'product' || a.factors.length > 0) return [a];
  const isSum = (p: ScalarPower): boolean => p.base.kind === 'sum' && isIntegerQ(p.exponent) && p.exponent.n > 0n && p.exponent.n <= MOST_POWERS;
  let made: readonly Node[] = [g.product(a.coefficient, a.scalars.filter((p) => !isSum(p)), [])];
  for (const p of a.scalars.filter(isSum)) {
    const terms = multipliedOut(g, p.base);
    for (let k = 0n; k < p.exponent.n; k++) {
      if (!terms || made.length * terms.length > MOST_EXPANDED) return undefined;
      made = made.flatMap((x) => terms.map((t) => g.mul(x, t)));
    }
  }
  return made;
}
function joined(lists: readonly (readonly Node[] | undefined)[]): readonly Node[] | undefined {
  const all: Node[] = [];
  for (const list of lists) {
    if (!list || all.length + list.length > MOST_EXPANDED) return undefined;
    all.push(...list);
  }
  return all;
}

/** The powers whose product is exp(a), where a is a sum of multiples of logarithms. */
function powersOf(g: Graph, a: Node): readonly ScalarPower[] | undefined {
  const terms = multipliedOut(g, a);
  const sum = terms && g.add(...terms);
  if (!sum) return undefined;
  const found: ScalarPower[] = [];
  for (const t of scaledTerms(g, sum)) {
    const power = logarithm(t);
    if (t.kind === 'zero') continue;
    if (!power || !g.isPositive(power.base)) return undefined;
    found.push(power);
  }
  return found;
}

/** x^q where the node is q*log(x). */
function logarithm(t: Node): ScalarPower | undefined {
  const [only, ...others] = t.kind === 'product' ? t.scalars : [{ base: t, exponent: ONE }];
  const base = only && others.length === 0 && only.exponent.n === 1n && only.exponent.d === 1n ? argOf(only.base, 'log') : undefined;
  const exponent: Rational = t.kind === 'product' ? t.coefficient : ONE;
  return base && !numberOf(base) ? { base, exponent } : undefined;
}

const known = new WeakMap<Graph, Map<string, Node | undefined>>();

/** The sum with two of its terms as one, where their exponentials differ by powers alone and the sum gets no longer by it. */
export function mergedExponentials(g: Graph, terms: readonly Node[]): Node | undefined {
  const [first] = terms;
  if (!first || terms.length < 2 || terms.length > MOST_TERMS || !isScalar(first.shape)) return undefined;
  const list = terms.flatMap((t) => termOf(g, t) ?? []);
  if (list.length < 2) return undefined;
  const key = terms.map((t) => t.id).join();
  const mine = known.get(g) ?? new Map<string, Node | undefined>();
  known.set(g, mine);
  if (!mine.has(key)) mine.set(key, merged(g, terms, list));
  return mine.get(key);
}

function merged(g: Graph, terms: readonly Node[], list: readonly Term[]): Node | undefined {
  const before = terms.reduce((n, t) => n + weightOf(t), 0);
  let best: Node | undefined;
  for (const [i, t] of list.entries()) {
    for (const o of list.slice(i + 1)) {
      if (t.exponent === o.exponent) continue;
      const powers = powersOf(g, g.sub(t.exponent, o.exponent));
      if (!powers) continue;
      for (const [keep, rest] of [
        [o, g.add(g.mul(t.rest, g.product(ONE, powers, [])), o.rest)],
        [t, g.add(t.rest, g.mul(o.rest, g.product(ONE, powers.map((p) => ({ base: p.base, exponent: { n: -p.exponent.n, d: p.exponent.d } })), [])))],
      ] as const) {
        const made = g.add(g.product(ONE, keep.exponentials, [rest]), ...terms.filter((x) => x !== t.node && x !== o.node));
        if (weightOf(made) > before) continue;
        if (!best || weightOf(made) < weightOf(best) || (weightOf(made) === weightOf(best) && compareNodes(made, best) < 0)) best = made;
      }
    }
  }
  return best;
}
