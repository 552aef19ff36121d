/** Squares of circular functions that stand in one sum: cos(x)^2 + sin(x)^2 = 1, cos(x)^2 - sin(x)^2 = cos(2*x), 1 - sin(x)^2 = cos(x)^2; and of hyperbolic ones. */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { ElementPower, Node } from '../algebra/node';
import { compareQ, isIntegerQ, negQ, TWO } from '../algebra/rational';

/** Longer sums are left as they are: each pair of terms is looked at. */
const MOST_TERMS = 12;

/** `sum`: what f(x)^2 + g(x)^2 is, `difference`: what f(x)^2 - g(x)^2 is; true for 1, a function for that of 2*x. */
interface Pair { readonly f: string; readonly g: string; readonly sum: true | string; readonly difference: true | string }
const PAIRS: readonly Pair[] = [{ f: 'cos', g: 'sin', sum: true, difference: 'cos' }, { f: 'cosh', g: 'sinh', sum: 'cosh', difference: true }];
const NAMES = new Set(PAIRS.flatMap((p) => [p.f, p.g]));

const powersOf = (a: Node): readonly ElementPower[] => {
  if (a.kind === 'hadamard') return a.factors;
  if (a.kind !== 'product') return [];
  const [only] = a.factors;
  return a.factors.length === 0 ? a.scalars : a.factors.length === 1 && only?.kind === 'hadamard' ? only.factors : [];
};

type Call = Node & { readonly kind: 'apply' };
/** The functions among a term's factors that are squared there. */
const squares = (a: Node): readonly Call[] => powersOf(a).flatMap(({ base, exponent }) => (base.kind === 'apply' && NAMES.has(base.op) && isIntegerQ(exponent) && compareQ(exponent, TWO) >= 0 ? [base] : []));

const times = (g: Graph, a: Node, f: Node, isDivided = false): Node => {
  const e = isDivided ? negQ(TWO) : TWO;
  return isScalar(f.shape) ? g.mul(a, g.power(f, e)) : g.hadamard(a, g.elementPower(f, e));
};

/** The sum with two of its terms as one. */
export function circled(g: Graph, terms: readonly Node[]): Node | undefined {
  if (terms.length > MOST_TERMS) return undefined;
  for (const t of terms) {
    for (const call of squares(t)) {
      const rest = times(g, t, call, true);
      const o = terms.find((x) => x !== t && isPartner(g, x, rest, call));
      const made = o && joined(g, rest, o, call);
      if (made) return g.add(made, ...terms.filter((x) => x !== t && x !== o));
    }
  }
  return undefined;
}

const pairOf = ({ op }: Call): Pair => PAIRS.find((p) => p.f === op || p.g === op) as Pair;
const otherOf = (g: Graph, call: Call): Node => g.apply(pairOf(call).f === call.op ? pairOf(call).g : pairOf(call).f, call.args);

/** Whether a term is plus or minus what stands beside the square, by itself or with the other function's square. */
function isPartner(g: Graph, o: Node, rest: Node, call: Call): boolean {
  const other = times(g, rest, otherOf(g, call));
  return [rest, g.neg(rest), other, g.neg(other)].includes(o);
}

/** rest*call^2 + o. */
function joined(g: Graph, rest: Node, o: Node, call: Call): Node | undefined {
  const { f, sum, difference } = pairOf(call);
  const other = otherOf(g, call);
  const isFirst = call.op === f;
  const doubled = (op: string): Node => { const d = g.apply(op, [g.scale(TWO, call.args[0] as Node)]); return isScalar(d.shape) ? g.mul(rest, d) : g.hadamard(rest, d); };
  const of = (value: true | string, isTurned: boolean): Node => { const made = value === true ? rest : doubled(value); return isTurned ? g.neg(made) : made; };
  if (o === times(g, rest, other)) return of(sum, false);
  if (o === g.neg(times(g, rest, other))) return of(difference, !isFirst);
  // With 1: cos^2 - 1 = -sin^2, sin^2 - 1 = -cos^2, cosh^2 - 1 = sinh^2, 1 + sinh^2 = cosh^2.
  if (o === g.neg(rest)) return sum === true ? g.neg(times(g, rest, other)) : isFirst ? times(g, rest, other) : undefined;
  return sum !== true && !isFirst ? times(g, rest, other) : undefined;
}
