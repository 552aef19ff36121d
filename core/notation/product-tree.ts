/** A product as a tree: the sign apart, scalars above or below a fraction line, then the matrix factors. */
import type { Node, ScalarPower } from '../algebra/node';
import { isIntegerQ, isNegativeQ, isOneQ, negQ, ONE, rational, type Rational } from '../algebra/rational';
import type { Expr } from '../syntax/tree';
import { factorsTree } from './factors-tree';
import { TOLD, type Place } from './place';
import { fractionOf } from './scalars-tree';
import { binary, decimalText, numberTree, powerTree, productOf, transposeOf } from './trees';
import { shorter, type Signed, type Writer } from './writer';

export type ProductNode = Node & { kind: 'product' };

/** The parts of a product: any other node is one factor, or one scalar. */
export interface Parts { readonly coefficient: Rational; readonly scalars: readonly ScalarPower[]; readonly factors: readonly Node[] }

export function productTree(w: Writer, a: ProductNode, place: Place): Signed {
  let best: Signed | undefined;
  const offer = (s: Signed | undefined): void => {
    if (s && (!best || shorter(withSign(s), withSign(best)))) best = s;
  };
  offer(partsTree(w, a, place));
  if (w.names.length > 0) for (const s of namedScalars(w, a)) offer(partsTree(w, s.rest, place, s.name));
  return best ?? partsTree(w, a, place);
}

const withSign = (s: Signed): Expr => (s.negative ? { kind: 'unary', op: '-', arg: s.tree, range: { start: 0, end: 0 } } : s.tree);

/** `extra` is a name's power among the scalars. */
function partsTree(w: Writer, { coefficient, scalars, factors }: Parts, place: Place, extra?: { readonly tree: Expr; readonly below: boolean }): Signed {
  const absorbed = isNegativeQ(coefficient) ? absorb(w, scalars, factors, place) : undefined;
  const q = isNegativeQ(coefficient) ? negQ(coefficient) : coefficient;
  const negative = isNegativeQ(coefficient) && !absorbed;
  const fraction = fractionOf(w, absorbed?.scalars ?? scalars);
  const decimal = decimalText(q);
  const above: Expr[] = [
    ...(decimal !== undefined ? [numberTree(q)] : isOneQ({ n: q.n, d: 1n }) ? [] : [numberTree(rational(q.n))]),
    ...(extra && !extra.below ? [extra.tree] : []), ...(absorbed?.scalar ? [absorbed.scalar] : []), ...fraction.above,
  ];
  const below: Expr[] = [...(decimal !== undefined || q.d === 1n ? [] : [numberTree(rational(q.d))]), ...(extra?.below ? [extra.tree] : []), ...fraction.below];
  const matrix = absorbed?.matrix ?? (factors.length > 0 ? matrixTree(w, factors, place) : undefined);
  const top = productOf([...above, ...(matrix ? [matrix] : [])]) ?? numberTree(ONE);
  const bottom = productOf(below);
  return { negative, tree: bottom ? binary('/', top, bottom) : top };
}

/** The factors as they stand, or the transpose of the transposed product where that is shorter. */
function matrixTree(w: Writer, factors: readonly Node[], place: Place): Expr {
  const straight = factorsTree(w, factors, place);
  if (!w.searches || factors.length < 2) return straight;
  const flipped = [...factors].reverse().map((f) => w.g.transpose(f));
  if (flipped.every((f, i) => f === factors[i])) return straight;
  const turned = transposeOf(factorsTree(w, flipped, { rows: place.cols, cols: place.rows }));
  return shorter(turned, straight) ? turned : straight;
}

interface Absorbed { readonly scalars?: readonly ScalarPower[]; readonly scalar?: Expr; readonly matrix?: Expr }

/** A sum that takes the minus in: -(x - y)*M is (y - x)*M. */
function absorb(w: Writer, scalars: readonly ScalarPower[], factors: readonly Node[], place: Place): Absorbed | undefined {
  for (const p of scalars) {
    if (!isIntegerQ(p.exponent) || p.exponent.n % 2n === 0n || p.exponent.n < 0n) continue;
    const tree = w.negated(p.base, TOLD);
    if (tree) return { scalars: scalars.filter((x) => x !== p), scalar: powerTree(tree, p.exponent) };
  }
  for (let i = 0; i < factors.length; i++) {
    const f = factors[i] as Node;
    if (!w.negated(f, { rows: false, cols: false })) continue;
    const stand = w.g.symbol(`-${f.id}`, f.shape);
    return { matrix: matrixTree({ ...w, tree: (a, p) => (a === stand ? (w.negated(f, p) as Expr) : w.tree(a, p)) }, factors.map((x, k) => (k === i ? stand : x)), place) };
  }
  return undefined;
}

/** The product with a power of a named scalar taken out, for each name that takes out a base. */
function namedScalars(w: Writer, a: ProductNode): readonly { readonly rest: Parts; readonly name: { readonly tree: Expr; readonly below: boolean } }[] {
  const found: { rest: Parts; name: { tree: Expr; below: boolean } }[] = [];
  for (const { name, node } of w.names) {
    if (node.shape.rows.key !== '1' || node.shape.cols.key !== '1' || node.kind === 'symbol' || node.kind === 'zero') continue;
    const own: Parts = node.kind === 'product' ? node : { coefficient: ONE, scalars: [{ base: node, exponent: ONE }], factors: [] };
    for (const k of powersOf(own, a)) {
      const rest = w.g.product(a.coefficient, [...a.scalars, ...own.scalars.map((p) => ({ base: p.base, exponent: rational(-p.exponent.n * BigInt(k), p.exponent.d) })),
        ...(isOneQ(own.coefficient) ? [] : [{ base: w.g.number(own.coefficient), exponent: rational(-k) }])], a.factors);
      const parts: Parts = rest.kind === 'product' ? rest : rest.shape.rows.key === '1' && rest.shape.cols.key === '1'
        ? { coefficient: ONE, scalars: [{ base: rest, exponent: ONE }], factors: [] } : { coefficient: ONE, scalars: [], factors: [rest] };
      found.push({ rest: parts, name: { tree: powerTree({ kind: 'name', name, range: { start: 0, end: 0 } }, rational(Math.abs(k))), below: k < 0 } });
    }
  }
  return found;
}

/** The whole k for which own^k takes one of the scalars of `a` away. */
function powersOf(own: Parts, a: Parts): readonly number[] {
  const ks = new Set<number>();
  for (const p of own.scalars) {
    const q = a.scalars.find((x) => x.base === p.base);
    if (!q) continue;
    const k = rational(q.exponent.n * p.exponent.d, q.exponent.d * p.exponent.n);
    if (isIntegerQ(k) && k.n !== 0n && k.n < 20n && k.n > -20n) ks.add(Number(k.n));
  }
  return [...ks];
}
