/** Names of arrays whose entries, rows or columns are scaled: with P = E ./ R, E is P .* R wherever it stands, and the R beside it cancel. */
import { isOne } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { ElementPower, Node, ScalarPower } from '../algebra/node';
import { divQ, isIntegerQ, isNegativeQ, isOneQ, negQ, ONE, type Rational } from '../algebra/rational';
import { weightOf } from '../algebra/weight';
import { reachable } from './reachable';
import { standFor, wordsOf } from './stand';
import type { Naming } from './writer';

/** number*by*diag(rows)*(the elementwise product of entries)*diag(cols), each a list of powers. */
interface Scaled { readonly number: Rational; readonly by: readonly ScalarPower[]; readonly rows: readonly ElementPower[]; readonly entries: readonly ElementPower[]; readonly cols: readonly ElementPower[] }

/** Whether something is left of the name's array when one of its factors is taken for it. */
export const isScaled = (g: Graph, { node }: Naming): boolean => scaledOf(g, node) !== undefined;

/** The node with the name's largest factor written as the name over the other factors; undefined where that is not there, or where it would divide by what may be 0. */
export function withScaledName(g: Graph, node: Node, naming: Naming): Node | undefined {
  const { name, node: own } = naming;
  const scaled = scaledOf(g, own);
  const part = scaled && largest(g, scaled);
  if (!part) return undefined;
  const array = part.base;
  const there = reachable(node);
  if (!there.has(array) && !there.has(g.transpose(array))) return undefined;
  const { number, by, rows, entries, cols } = scaled;
  // The other factors may hold the array themselves, as in E ./ rowsum(E).
  const shields = new Map<Node, Node>();
  const divided = ({ base, exponent }: ElementPower): ElementPower => {
    const shield = shields.get(base) ?? g.symbol(`${name}/${base.id}`, base.shape, 'name', wordsOf(g, base));
    shields.set(base, shield);
    return { base: shield, exponent: negQ(exponent) };
  };
  const stand = standFor(g, naming);
  const diagonal = (list: readonly ElementPower[]): readonly Node[] => (list.length > 0 ? [g.apply('diag', [g.elementProduct(ONE, [], list.map(divided))])] : []);
  const others = entries.filter((f) => f.base !== array).map(divided);
  const instead = g.scale(divQ(ONE, number), g.mul(g.product(ONE, by.map((p) => ({ base: p.base, exponent: negQ(p.exponent) })), []), ...diagonal(rows), g.elementPower(g.elementProduct(ONE, [], [{ base: stand, exponent: ONE }, ...others]), divQ(ONE, part.exponent)), ...diagonal(cols)));
  const made = g.substitute(g.substitute(node, bothWays(g, shields)), bothWays(g, new Map([[array, instead]])));
  return dividesBy(made, [...rows, ...entries, ...cols].flatMap((f) => (f.base !== array && !isNegativeQ(f.exponent) ? [shields.get(f.base) as Node] : []))) ? undefined
    : g.substitute(made, new Map([...shields].map(([base, shield]) => [shield, base])));
}

/** Whether entries of one of these stand below the line. */
function dividesBy(node: Node, below: readonly Node[]): boolean {
  const isBelow = (a: Node): boolean => below.includes(a) || (a.kind === 'transpose' && below.includes(a.arg));
  return below.length > 0 && [...reachable(node)].some((a) => a.kind === 'hadamard' && a.factors.some((f) => isNegativeQ(f.exponent) && isBelow(f.base)));
}

/** exp(A)' is exp(A'), another node. */
const bothWays = (g: Graph, by: ReadonlyMap<Node, Node>): ReadonlyMap<Node, Node> => new Map([...by].flatMap(([from, to]) => [[g.transpose(from), g.transpose(to)] as const, [from, to] as const]));

function scaledOf(g: Graph, node: Node): Scaled | undefined {
  if (node.kind === 'hadamard') return { number: ONE, by: [], rows: [], entries: node.factors, cols: [] };
  if (node.kind !== 'product' || node.factors.length === 0) return undefined;
  // The vector v of variances is s/m with sums s, of which roots and powers are taken.
  if (node.scalars.length > 0) return node.scalars.every((p) => g.isPositive(p.base)) && isOne(node.shape.cols) ? { number: node.coefficient, by: node.scalars, rows: [], entries: [{ base: g.product(ONE, [], node.factors), exponent: ONE }], cols: [] } : undefined;
  const [rows, cols] = [diagonalOf(node.factors[0] as Node), diagonalOf(node.factors.at(-1) as Node)];
  const inner = node.factors.slice(rows ? 1 : 0, cols ? -1 : undefined);
  const [array] = inner;
  if (!array || inner.length !== 1 || (!rows && !cols && array.kind !== 'hadamard')) return undefined;
  return { number: node.coefficient, by: [], rows: rows ?? [], entries: array.kind === 'hadamard' ? array.factors : [{ base: array, exponent: ONE }], cols: cols ?? [] };
}

/** The factors of a diagonal matrix's entries. */
function diagonalOf(a: Node): readonly ElementPower[] | undefined {
  const x = a.kind === 'apply' && a.op === 'diag' ? a.args[0] : undefined;
  if (!x || !isOne(x.shape.cols)) return undefined;
  return x.kind === 'hadamard' ? x.factors : [{ base: x, exponent: ONE }];
}

/** The heaviest factor; of a power alone its base, where that follows from it: x.^2 does not tell the sign of x. */
function largest(g: Graph, { number, rows, entries, cols }: Scaled): ElementPower | undefined {
  const [only, ...others] = entries;
  if (only && others.length + rows.length + cols.length === 0 && isOneQ(number)) return isIntegerQ(divQ(ONE, only.exponent)) || g.isNonnegative(only.base) ? only : undefined;
  return entries.filter((f) => isOneQ(f.exponent)).reduce<ElementPower | undefined>((x, y) => (x && weightOf(x.base) >= weightOf(y.base) ? x : y), undefined);
}
