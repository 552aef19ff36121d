/** Names of products entry by entry, found among the factors of longer ones: with p = s .* (1 - s), b.^2 .* s .* (1 - s) is p .* b.^2. */
import type { Graph } from '../algebra/graph';
import type { ElementPower, Node } from '../algebra/node';
import { compareQ, isIntegerQ, isNegativeQ, isZeroQ, negQ, ONE, subQ, type Rational } from '../algebra/rational';
import { reachable } from './reachable';
import { standFor } from './stand';
import type { Naming } from './writer';

export type HadamardNode = Node & { readonly kind: 'hadamard' };

/** Names that are taken out of one product. */
const MAX_TAKEN = 2;

/** What is left of powers when others are taken out of them, each nearer to 0 than before, so that nothing is divided by; undefined where they are not among them. */
export function without(factors: readonly ElementPower[], others: readonly ElementPower[]): readonly ElementPower[] | undefined {
  const rest: ElementPower[] = [];
  let met = 0;
  for (const f of factors) {
    const other = others.find((o) => o.base === f.base);
    if (!other) { rest.push(f); continue; }
    met++;
    const exponent = subQ(f.exponent, other.exponent);
    if (isNegativeQ(other.exponent) !== isNegativeQ(f.exponent) || compareQ(size(other.exponent), size(f.exponent)) > 0) return undefined;
    // sqrt(x) in x would ask for x >= 0.
    if (!isIntegerQ(other.exponent) && isIntegerQ(f.exponent)) return undefined;
    if (!isZeroQ(exponent)) rest.push({ base: f.base, exponent });
  }
  return met === others.length ? rest : undefined;
}

/** The powers that two products share. */
export function common(factors: readonly ElementPower[], others: readonly ElementPower[]): readonly ElementPower[] {
  return factors.flatMap((f) => {
    const other = others.find((o) => o.base === f.base && isNegativeQ(o.exponent) === isNegativeQ(f.exponent) && isIntegerQ(o.exponent) === isIntegerQ(f.exponent));
    return other ? [{ base: f.base, exponent: compareQ(size(other.exponent), size(f.exponent)) < 0 ? other.exponent : f.exponent }] : [];
  });
}

const size = (q: Rational): Rational => (isNegativeQ(q) ? negQ(q) : q);

/** The product with one of the names in it, or two, in the place of its factors. `namesOf` are the names that hold one of these factors. */
export function withEntryNames(g: Graph, a: HadamardNode, namesOf: (a: HadamardNode) => readonly Naming[]): readonly HadamardNode[] {
  const found: HadamardNode[] = [];
  let open: readonly HadamardNode[] = [a];
  for (let taken = 0; taken < MAX_TAKEN && open.length > 0; taken++) {
    open = open.flatMap((at) => namesOf(at).flatMap((naming): readonly HadamardNode[] => {
      const rest = naming.node.kind === 'hadamard' && naming.node !== at ? without(at.factors, naming.node.factors) : undefined;
      const made = rest && rest.length > 0 ? g.elementProduct(ONE, [], [{ base: standFor(g, naming), exponent: ONE }, ...rest]) : undefined;
      return made?.kind === 'hadamard' ? [made] : [];
    }));
    found.push(...open);
  }
  return found;
}

export const isEntryProduct = ({ node }: Naming): boolean => node.kind === 'hadamard' && node.factors.length > 1;

/** The node with the name in every product that holds its factors: what is left of the terms can then be joined. Undefined where none does. */
export function withEntryNameThroughout(g: Graph, node: Node, naming: Naming): Node | undefined {
  const held = [...reachable(node)].flatMap((a) => (a.kind === 'hadamard' && a !== naming.node ? withEntryNames(g, a, () => [naming]).slice(0, 1).map((made) => [a, made] as const) : []));
  return held.length > 1 ? g.substitute(node, new Map([...held, [naming.node, standFor(g, naming)] as const])) : undefined;
}
