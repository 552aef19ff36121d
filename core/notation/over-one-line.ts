/** Fractions of one sum put over one line, where something cancels: 1/s - 2*x^2/s^2 with s = g + x^2 is (g - x^2)/s^2. */
import { expand, scaledTerms } from '../algebra/expand';
import type { Graph } from '../algebra/graph';
import type { ElementPower, Node } from '../algebra/node';
import { compareQ, isIntegerQ, isNegativeQ, negQ, ONE, subQ, type Rational, ZERO } from '../algebra/rational';
import { weightOf } from '../algebra/weight';
import { candidate, type Candidate, type Term } from './group-terms';
import { MAX_EXPANDED_TERMS } from './limits';
import { elementsOf } from './shared-entries';

/** Higher powers are not multiplied out. */
const MAX_POWER = 4;

/** A product with a power of a number, or entry by entry. */
type Times = (a: Node, power: ElementPower) => Node;

/** All terms together, each sum below the line tried in turn. */
export function overOneLine(g: Graph, list: readonly Term[]): readonly Candidate[] {
  if (list.length < 2) return [];
  const scaled: Times = (a, power) => g.product(ONE, [power], [a]);
  const entrywise: Times = (a, { base, exponent }) => g.hadamard(a, g.elementPower(base, exponent));
  return [...fractions(list, (t) => t.powers, scaled), ...fractions(list, elementsOf, entrywise)].map((f) => joined(g, list, f));
}

interface Fraction extends ElementPower { readonly exponents: readonly Rational[]; readonly times: Times }

/** Sums below the line, in powers that are not all alike, the largest of which is the line's. */
function fractions(list: readonly Term[], powersOf: (t: Term) => readonly ElementPower[], times: Times): readonly Fraction[] {
  const bases = new Set(list.flatMap((t) => powersOf(t).filter((p) => p.base.kind === 'sum' && isNegativeQ(p.exponent)).map((p) => p.base)));
  return [...bases].flatMap((base) => {
    const exponents = list.map((t): Rational => powersOf(t).find((p) => p.base === base)?.exponent ?? ZERO);
    const exponent = exponents.reduce((a, b) => (compareQ(b, a) < 0 ? b : a));
    const areLess = exponents.every((e) => isIntegerQ(e) && compareQ(e, ZERO) <= 0) && exponents.some((e) => compareQ(e, exponent) > 0);
    return areLess && -exponent.n <= MAX_POWER ? [{ base, exponent, exponents, times }] : [];
  });
}

function joined(g: Graph, list: readonly Term[], { base, exponent, exponents, times }: Fraction): Candidate {
  const members = list.map((t) => t.node);
  const weight = (nodes: readonly Node[]): number => nodes.reduce((n, a) => n + weightOf(a), 0);
  return {
    ...candidate(members, 0, () => {
      const above = g.add(...list.map((t, i) => {
        const own = exponents[i] ?? ZERO;
        let made = times(t.node, { base, exponent: negQ(own) });
        for (let left = Number(subQ(own, exponent).n); left > 0; left--) {
          const next = times(made, { base, exponent: ONE });
          made = expand(g, next, MAX_EXPANDED_TERMS) ?? next;
        }
        return made;
      }));
      // Where nothing cancels the quotients are read more easily as they were.
      if (scaledTerms(g, above).length > list.length || weightOf(above) + weightOf(base) >= weight(members)) return undefined;
      return { kind: 'node', members, node: times(above, { base, exponent }) };
    }),
    isFraction: true,
  };
}
