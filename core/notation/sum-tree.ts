/** A sum as a tree: what is added first, then what is taken away; multiples of ones as the scalars that they are. */
import type { ElementPower, Node } from '../algebra/node';
import { divQ, equalQ, isIntegerQ, isNegativeQ, isOneQ, mulQ, negQ, ONE, powQ, type Rational } from '../algebra/rational';
import type { Expr } from '../syntax/tree';
import { broadcasts, either, isSpread, NOWHERE, or, tells, type Place } from './place';
import { exprOf, peel, scaleTree } from './scaled';
import { binary, call, dimTree, minus, numberTree, powerTree, transposeOf, whole } from './trees';
import { byText, type Signed, type Writer } from './writer';

export type SumNode = Node & { kind: 'sum' };

/** Each term with its sign, in the order in which they are printed. */
export function signedTerms(w: Writer, terms: readonly Node[], place: Place): readonly Signed[] {
  const others = terms.filter((t) => !isSpread(t));
  const arrays = broadcasts(others) ? others : terms;
  const isScalarLike = arrays.length > 0 && arrays.length < terms.length;
  const told = arrays.map(tells);
  const rows = told.filter((p) => p.rows).length;
  const cols = told.filter((p) => p.cols).length;
  return inOrder(terms.map((t) => {
    if (isScalarLike && isSpread(t)) return w.signed(t.kind === 'product' ? w.g.product(t.coefficient, t.scalars, []) : w.g.number(1), { rows: true, cols: true });
    // Beside a number a bare I could be the number 1.
    if (isScalarLike) return w.signed(t, NOWHERE);
    const own = tells(t);
    const from = told.length > 1 ? { rows: rows > (own.rows ? 1 : 0), cols: cols > (own.cols ? 1 : 0) } : NOWHERE;
    return w.signed(t, or(place, from));
  }));
}

/** What is added first. Beside something that is added, a minus stands outside its factors. */
export const inOrder = (terms: readonly Signed[]): readonly Signed[] =>
  [...(terms.some((t) => !t.negative && !t.outside) ? terms.map((t) => (t.outside ? { negative: true, tree: t.outside } : t)) : terms)].sort((a, b) => (a.negative === b.negative ? byText(a.tree, b.tree) : a.negative ? 1 : -1));

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

/** Powers of arrays entry by entry, a .* b ./ c, with the numbers that the parts were printed with in front. */
export function hadamardTree(w: Writer, a: Node & { kind: 'hadamard' }, place: Place, power: (base: Node, q: Rational, place: Place) => Expr): Signed {
  const above: Expr[] = [];
  const below: Expr[] = [];
  let total = ONE;
  const put = (tree: Expr, isBelow: boolean, q: Rational): void => {
    total = isBelow ? divQ(total, q) : mulQ(total, q);
    if (isBelow) below.push(tree); else above.push(...factorsIn(tree));
  };
  const sorted = (es: Expr[]): Expr[] => es.sort((x, y) => byKind(x) - byKind(y) || byText(x, y));
  const join = (es: readonly Expr[]): Expr | undefined => (es.length > 0 ? es.reduce((l, r) => binary('.*', l, r)) : undefined);
  const done = new Set<ElementPower>();
  for (const f of a.factors) {
    if (done.has(f)) continue;
    const alike = a.factors.filter((x) => equalQ(x.exponent, f.exponent));
    const at = (x: ElementPower): Place => or(place, either(a.factors.filter((y) => y !== x).map((y) => y.base)));
    const isBelow = isNegativeQ(f.exponent);
    const size = isBelow ? negQ(f.exponent) : f.exponent;
    // (a .* b).^2, not a.^2 .* b.^2.
    if (alike.length > 1 && isIntegerQ(size) && !isOneQ(size)) {
      const bases = alike.map((x) => peel(power(x.base, ONE, at(x))));
      const base = join(sorted(bases.flatMap((p) => factorsIn(p.tree))));
      if (base) put(powerTree(base, size, true), isBelow, powQ(bases.reduce((q, p) => mulQ(q, p.q), ONE), Number(size.n)) ?? ONE);
      for (const x of alike) done.add(x);
      continue;
    }
    const p = peel(power(f.base, size, at(f)));
    put(p.tree, isBelow, p.q);
  }
  const top = join(sorted(above));
  const bottom = join(sorted(below));
  const size = isNegativeQ(total) ? negQ(total) : total;
  const negative = isNegativeQ(total);
  if (!top && bottom) return { negative, tree: binary('./', size.d === 1n ? numberTree(size) : exprOf({ q: size, tree: whole(1) }), bottom) };
  const made = top && bottom ? binary('./', top, bottom) : (top as Expr);
  return { negative, tree: scaleTree(size, made) };
}
/** The entrywise product has no inner order: a sum that is printed as a product joins the others. */
const factorsIn = (e: Expr): readonly Expr[] => (e.kind === 'binary' && e.op === '.*' ? [...factorsIn(e.left), ...factorsIn(e.right)] : [e]);
/** Names stand before functions and sums. */
const byKind = (e: Expr): number => (e.kind === 'name' ? 0 : e.kind === 'power' || e.kind === 'transpose' || e.kind === 'index' ? 1 : 2);
