/**
 * Inverses of sums beside inverses of what they are sums of: inv(A)*inv(inv(A) + inv(B)) = inv(A + B)*B, and inv(A + B)*B*inv(A) = inv(A) - inv(A + B)
 * (parallel sums: Anderson & Duffin 1969, Series and parallel addition of matrices).
 */
import type { Graph, Tail } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { viewOf } from '../algebra/product';
import { equalQ, MINUS_ONE } from '../algebra/rational';
import { coefficientOf } from '../algebra/sign';
import { termsOf } from '../algebra/expand';

/** The matrices of a run that an inverse is looked for across. */
const LONGEST = 6;

/** A where the factor is inv(A). */
function inverted(g: Graph, f: Node): Node | undefined {
  const { base, exponent, flipped } = viewOf(f);
  return equalQ(exponent, MINUS_ONE) ? (flipped ? g.transpose(base) : base) : undefined;
}

/** A term as a scalar times matrices. */
interface Scaled { readonly by: Node; readonly factors: readonly Node[] }
const scaledOf = (g: Graph, t: Node): Scaled => (t.kind === 'product' ? { by: g.product(coefficientOf(t), t.scalars, []), factors: t.factors } : { by: g.number(1), factors: [t] });

/** The two terms of M where the factor is inv(M), those of one factor that is `one` first. */
function pairOf(g: Graph, f: Node, one: Node): readonly [Scaled, Scaled] | undefined {
  const M = f.kind === 'sum' ? undefined : inverted(g, f);
  const terms = M ? termsOf(g, M).map((t) => scaledOf(g, t)) : [];
  const own = terms.find((t) => t.factors.length === 1 && t.factors[0] === one);
  const other = terms.find((t) => t !== own);
  return own && other && terms.length === 2 ? [own, other] : undefined;
}

/** inv(A)*inv(a*inv(A) + b*inv(B)) = inv(a*B + b*A)*B, or with inv(A) behind it. */
function parallel(g: Graph, sum: Node, inverse: Node, isBehind: boolean): Node | undefined {
  const A = inverted(g, inverse);
  const pair = A && pairOf(g, sum, inverse);
  const [only] = pair?.[1].factors ?? [];
  const B = pair?.[1].factors.length === 1 && only ? inverted(g, only) : undefined;
  if (!A || !pair || !B) return undefined;
  const whole = g.inverse(g.add(g.mul(pair[0].by, B), g.mul(pair[1].by, A)));
  return isBehind ? g.mul(B, whole) : g.mul(whole, B);
}

/** inv(a*B + b*A)*B*inv(A) = (inv(A) - b*inv(a*B + b*A))/a, and inv(A)*B*inv(a*B + b*A) likewise; `run` is B. */
function difference(g: Graph, sum: Node, run: readonly Node[], inverse: Node): Node | undefined {
  const A = inverted(g, inverse);
  const pair = A && pairOf(g, sum, A);
  if (!pair) return undefined;
  const [own, other] = pair;
  if (other.factors.length !== run.length || other.factors.some((x, i) => x !== run[i])) return undefined;
  return g.mul(g.power(other.by, MINUS_ONE), g.sub(inverse, g.mul(own.by, sum)));
}

/** What the end of a product's factors becomes with the factor behind it. */
export function resolventTail(g: Graph, stack: readonly Node[], f: Node): Tail | undefined {
  const top = stack.at(-1);
  if (!top || !inverted(g, f)) return undefined;
  const beside = parallel(g, f, top, false) ?? parallel(g, top, f, true);
  if (beside) return { used: 1, node: beside };
  for (let n = 1; n <= LONGEST && n < stack.length; n++) {
    const run = stack.slice(stack.length - n);
    const first = stack[stack.length - 1 - n] as Node;
    if (!inverted(g, first)) continue;
    const made = difference(g, first, run, f) ?? difference(g, f, run, first);
    if (made) return { used: n + 1, node: made };
  }
  return undefined;
}
