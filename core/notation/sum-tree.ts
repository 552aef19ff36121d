/** A sum as a tree: what is added first, then what is taken away; multiples of ones as the scalars that they are. */
import type { Node } from '../algebra/node';
import type { Expr } from '../syntax/tree';
import { either, isSpread, or, tells, type Place } from './place';
import { binary, call, dimTree, minus, transposeOf } from './trees';
import { byText, type Signed, type Writer } from './writer';

export type SumNode = Node & { kind: 'sum' };

/** Each term with its sign, in the order in which they are printed. */
export function signedTerms(w: Writer, terms: readonly Node[], place: Place): readonly Signed[] {
  const arrays = terms.filter((t) => !isSpread(t));
  const isScalarLike = arrays.length > 0 && arrays.length < terms.length;
  const told = arrays.map(tells);
  return inOrder(terms.map((t) => {
    if (isScalarLike && isSpread(t)) return w.signed(t.kind === 'product' ? w.g.product(t.coefficient, t.scalars, []) : w.g.number(1), { rows: true, cols: true });
    const others = arrays.filter((x) => x !== t);
    const from = told.length > 1 ? either(others) : { rows: false, cols: false };
    return w.signed(t, or(place, from));
  }));
}

export const inOrder = (terms: readonly Signed[]): readonly Signed[] =>
  [...terms].sort((a, b) => (a.negative === b.negative ? byText(a.tree, b.tree) : a.negative ? 1 : -1));

export function joined(terms: readonly Signed[]): Expr {
  const [first, ...rest] = terms;
  if (!first) return { kind: 'number', text: '0', range: { start: 0, end: 0 } };
  return rest.reduce((sum, t) => binary(t.negative ? '-' : '+', sum, t.tree), first.negative ? minus(first.tree) : first.tree);
}

/** ones(n), ones(n)', ones(m, n). */
export function onesTree(a: Node): Expr {
  const { rows, cols } = a.shape;
  if (cols.key === '1') return call('ones', dimTree(rows));
  return rows.key === '1' ? transposeOf(call('ones', dimTree(cols))) : call('ones', dimTree(rows), dimTree(cols));
}

/** Powers of arrays entry by entry: a .* b ./ c. */
export function hadamardTree(w: Writer, a: Node & { kind: 'hadamard' }, place: Place, power: (base: Node, q: { n: bigint; d: bigint }, place: Place) => Expr): Expr {
  const above: Expr[] = [];
  const below: Expr[] = [];
  for (const f of a.factors) {
    const others = a.factors.filter((x) => x !== f).map((x) => x.base);
    const at = or(place, either(others));
    if (f.exponent.n < 0n) below.push(power(f.base, { n: -f.exponent.n, d: f.exponent.d }, at));
    else above.push(power(f.base, f.exponent, at));
  }
  const sorted = (es: Expr[]): Expr[] => es.sort((x, y) => byKind(x) - byKind(y) || byText(x, y));
  const join = (es: readonly Expr[]): Expr | undefined => (es.length > 0 ? es.reduce((l, r) => binary('.*', l, r)) : undefined);
  const top = join(sorted(above)) ?? { kind: 'number', text: '1', range: { start: 0, end: 0 } };
  const bottom = join(sorted(below));
  return bottom ? binary('./', top, bottom) : top;
}
/** Names stand before functions and sums. */
const byKind = (e: Expr): number => (e.kind === 'name' ? 0 : e.kind === 'power' || e.kind === 'transpose' || e.kind === 'index' ? 1 : 2);
