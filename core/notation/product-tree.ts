/** A product as a tree: the sign apart, scalars above or below a fraction line, then the matrix factors. */
import type { Node, ScalarPower } from '../algebra/node';
import { addQ, divQ, gcd, HALF, isIntegerQ, isNegativeQ, isOneQ, MINUS_ONE, mulQ, negQ, ONE, rational, isZeroQ, subQ, TWO, type Rational, ZERO } from '../algebra/rational';
import { numberOf } from '../algebra/sign';
import { weightOf } from '../algebra/weight';
import { termsOf } from '../algebra/expand';
import { symbolicPower } from '../simplify/powers';
import type { Expr } from '../syntax/tree';
import { treeSize } from './cost';
import { turnedChanges, turnedFactors } from './upright';
import { factorsTree, standsInName } from './factors-tree';
import { MAX_GROUPS, MAX_SEARCHED_TERMS } from './limits';
import { means, softmaxes } from './named-quotients';
import { partsOf, type Parts, type Power, type ProductNode, type WithName } from './parts';
import { withMultiple } from './multiples';
import { NOWHERE, TOLD, turned, type Place } from './place';
import { isTurned, reluctance } from './turned';
import { showsBothSigns } from './both-signs';
import { divided, scaledInside } from './divided';
import { peel, type Scaled } from './scaled';
import { isCount, isFigure } from './name-index';
import { fractionOf, skewNorm } from './scalars-tree';
import { binary, call, decimalText, indexed, integerTree, named, numberTree, over, powerTree, productOf, raisedTo, transposeOf } from './trees';
import { wordsOf } from './words';
import { shorter, withSign, type Signed, type Writer } from './writer';

export function productTree(w: Writer, a: ProductNode, place: Place): Signed {
  let best = partsTree(w, a, place);
  const offer = (s: Signed): void => { if (shorter(withSign(s), withSign(best))) best = s; };
  if (w.searches) for (const s of mergedRoots(w, a)) offer(partsTree(w, s, place));
  const [only] = w.searches && a.scalars.length === 1 && a.factors.length === 0 ? a.scalars : [];
  const norm = only && skewNorm(w, only);
  if (norm) offer(partsTree(w, { coefficient: negQ(a.coefficient), scalars: [], factors: [] }, place, [{ tree: powerTree(norm, TWO), below: false }]));
  for (const s of mergedScalars(w, a)) offer(partsTree(w, s, place));
  for (const s of means(w, a)) offer(partsTree(w, s.rest, place, [s.name]));
  if (w.searches && a.coefficient.d !== 1n) {
    spreadOver(w, a, place).forEach(offer);
    spreadWithin(w, a, place).filter((s) => treeSize(withSign(s)) < treeSize(withSign(best))).forEach(offer);
  }
  offerNamed(w, a, place, offer);
  if (w.searches) for (const s of softmaxes(w, a)) { offer(partsTree(w, s, place)); offerNamed(w, s, place, offer); }
  if (w.searches) {
    const allows = (x: ProductNode, own: ProductNode): boolean => !own.scalars.some((p) => dividesAnew(w, x, p, 1));
    for (const naming of w.names.multiplesOf(a)) for (const s of withMultiple(w.g, a, naming, allows)) {
      offer(partsTree(w, partsOf(s), place));
      offerNamed(w, partsOf(s), place, offer);
    }
  }
  if (w.searches && a.coefficient.d % 2n === 0n) for (const s of halved(w, a, place)) offer(s);
  return best;
}

/** Roots of numbers under one root, sqrt(2)/(2*sqrt(pi)) as 1/sqrt(2*pi) and sqrt(2)/sqrt(pi) as sqrt(2/pi), and below the line where they cancel: sqrt(2)/2 is 1/sqrt(2), sqrt(6)/3 is sqrt(2/3). */
function mergedRoots({ g }: Writer, { coefficient, scalars, factors }: Parts): readonly Parts[] {
  const isHalf = (p: ScalarPower): boolean => p.exponent.d === 2n && (p.exponent.n === 1n || p.exponent.n === -1n);
  const number = scalars.find((p) => isHalf(p) && p.base.kind === 'product' && p.base.scalars.length + p.base.factors.length === 0 && isIntegerQ(p.base.coefficient));
  if (number?.base.kind !== 'product') return [];
  const pi = scalars.find((p) => isHalf(p) && p.base === g.pi());
  const others = scalars.filter((p) => p !== number && p !== pi);
  const isAbove = !isNegativeQ(number.exponent);
  const isTurned = isAbove && coefficient.d % number.base.coefficient.n === 0n;
  const below = (of: Node): Parts => ({ coefficient: mulQ(coefficient, (number.base as ProductNode).coefficient), scalars: [...others, { base: of, exponent: negQ(HALF) }], factors });
  if (!pi) {
    const shared = isAbove ? gcd(coefficient.d, number.base.coefficient.n) : 1n;
    const apart = (m: bigint): Parts => ({ coefficient: mulQ(coefficient, rational(shared)), scalars: [...others, { base: g.number(rational(m / shared, shared)), exponent: HALF }], factors });
    return isTurned ? [below(number.base)] : shared > 1n ? [apart(number.base.coefficient.n)] : [];
  }
  if (isAbove !== isNegativeQ(pi.exponent)) return [{ coefficient, scalars: [...others, { base: g.mul(number.base, pi.base), exponent: pi.exponent }], factors }];
  if (!isAbove) return [];
  return [isTurned ? below(g.mul(number.base, pi.base)) : { coefficient, scalars: [...others, { base: g.product(ONE, [{ base: number.base, exponent: ONE }, { base: pi.base, exponent: MINUS_ONE }], []), exponent: HALF }], factors }];
}

/** A scalar multiplied into a sum that is divided by it: 1/(nu*(1 + q/nu)) is 1/(nu + q). */
function mergedScalars(w: Writer, a: ProductNode): readonly Parts[] {
  if (!w.searches) return [];
  return a.scalars.flatMap((s): readonly Parts[] => {
    const { base: sum, exponent: e } = s;
    if (sum.kind !== 'sum' || !isIntegerQ(e)) return [];
    return a.scalars.filter((p) => p !== s && p.base.kind !== 'sum' && isIntegerQ(p.exponent) && isNegativeQ(p.exponent) === isNegativeQ(e)
      && sum.terms.some((t) => t.kind === 'product' && t.scalars.some((x) => x.base === p.base && isNegativeQ(x.exponent)))).map((p) => {
      const merged = w.g.add(...sum.terms.map((t) => w.g.mul(p.base, t)));
      return partsOf(w.g.product(a.coefficient, [...a.scalars.filter((x) => x !== s && x !== p), { base: p.base, exponent: addQ(p.exponent, negQ(e)) }, { base: merged, exponent: e }], a.factors));
    });
  });
}

/** A fraction before a sum, multiplied into its terms: (A*x + A'*x - 2*b)/2 is sym(A)*x - b. */
function spreadOver(w: Writer, { coefficient, scalars, factors }: Parts, place: Place): readonly Signed[] {
  const [only] = factors.length === 1 && scalars.length === 0 ? factors : factors.length === 0 && scalars.length === 1 && isOneQ(scalars[0]?.exponent ?? TWO) ? [scalars[0]?.base] : [];
  if (only?.kind !== 'sum' || only.terms.length > MAX_SEARCHED_TERMS) return [];
  return [w.deeper((depth) => (depth > MAX_GROUPS.length ? undefined : w.together(only.terms.map((t) => w.g.scale(coefficient, t)), place)))].filter((s) => s !== undefined);
}

/** The sums that a factor is a multiple of, each entry at least. */
const sumsIn = (f: Node): readonly Node[] => (f.kind === 'sum' ? [f] : f.kind === 'hadamard' ? f.factors.flatMap((p) => (isOneQ(p.exponent) ? sumsIn(p.base) : []))
  : f.kind === 'transpose' ? sumsIn(f.arg) : f.kind === 'apply' && f.op === 'diag' && f.args[0] ? sumsIn(f.args[0]) : []);

/** The same into the one sum among the factors: F*(4*m*E + 2*l*tr(E)*I)/2 is F*(2*m*E + l*tr(E)*I), (500 + 851*x) .* s/500 is (1 + 1.702*x) .* s. */
function spreadWithin(w: Writer, { coefficient, scalars, factors }: Parts, place: Place): readonly Signed[] {
  const [sum, ...others] = factors.flatMap(sumsIn);
  if (sum?.kind !== 'sum' || others.length > 0 || (factors[0] === sum && factors.length + scalars.length < 2) || sum.terms.length > MAX_SEARCHED_TERMS) return [];
  const inner = w.deeper((depth) => (depth > MAX_GROUPS.length ? undefined : w.together(sum.terms.map((t) => w.g.scale(coefficient, t)), NOWHERE)));
  if (!inner) return [];
  const stand = w.g.symbol(`?${sum.id}`, sum.shape);
  const other: Writer = { ...w, searches: false, tree: (x, p) => (x === stand ? withSign(inner) : w.tree(x, p)), signed: (x, p) => (x === stand ? inner : w.signed(x, p)) };
  const made = partsTree(other, { coefficient: ONE, scalars, factors: factors.map((f) => w.g.substitute(f, new Map([[sum, stand]]))) }, place);
  // Where it was turned over or sliced, the symbol itself has been printed.
  return [...wordsOf(made.tree), ...(made.outside ? wordsOf(made.outside) : [])].includes(`?${sum.id}`) ? [] : [made];
}

/** As many names of scalars stand in one product: f*y/(n*s). */
const MAX_NAMED = 2;

/** The product with names of some of its scalars, one or two, and with a mean beside them. */
function offerNamed(w: Writer, a: Parts, place: Place, offer: (s: Signed) => void, names: readonly Power[] = [], used: readonly string[] = []): void {
  for (const s of namedScalars(w, a)) {
    if (used.includes(s.id)) continue;
    const all = [...names, s.name];
    offer(partsTree(w, s.rest, place, all));
    if (!w.searches) continue;
    const within = countsWithin(w, s.rest);
    if (within) offer(partsTree(w, within, place, all));
    for (const m of means(w, s.rest)) offer(partsTree(w, m.rest, place, [...all, m.name]));
    if (all.length < MAX_NAMED) offerNamed(w, s.rest, place, offer, all, [...used, s.id]);
  }
}

/** Roots of counts that a name has left before a sum, multiplied into its terms. */
function countsWithin({ g }: Writer, { coefficient, scalars, factors }: Parts): Parts | undefined {
  const counts = scalars.filter((p) => isCount(p.base) && !isIntegerQ(p.exponent));
  const [sum] = factors;
  if (counts.length === 0 || factors.length !== 1 || sum?.kind !== 'sum' || sum.terms.length > MAX_SEARCHED_TERMS) return undefined;
  return { coefficient, scalars: scalars.filter((p) => !counts.includes(p)), factors: [g.add(...sum.terms.map((t) => g.product(ONE, counts, [t])))] };
}

/** A decimal before a sum of whole numbers of something, from which it was taken: 0.002*(500 + 851*x) is 1 + 1.702*x. */
function within(factors: Expr[], q: Rational): boolean {
  return factors.some((f, i) => { const made = i > 0 ? scaledInside(f, q, true) : undefined; if (made) factors[i] = made; return made !== undefined; });
}

/** Names may have brought numbers of their own: with E = (F'*F - I)/2 what was F'*F - I is 2*E, and half of it is E. */
function clear(factors: Expr[], d: bigint): boolean {
  return factors.some((f, i) => { const whole = divided(f, d); if (whole) factors[i] = whole; return whole !== undefined; });
}

/** `extra` are powers of names among the scalars, `given` the matrix factors where they are printed already. */
function partsTree(w: Writer, { coefficient, scalars, factors }: Parts, place: Place, extra: readonly Power[] = [], given?: Scaled): Signed {
  const absorbing = !given && isNegativeQ(coefficient) && !isTurnedBySigns(w, scalars, factors) ? absorb(w, scalars, factors, place) : undefined;
  const absorbed = absorbing && !showsBothSigns([absorbing.scalar, absorbing.matrix?.tree, ...(absorbing.matrix ? [] : factors.map((f) => w.tree(f, NOWHERE)))]) ? absorbing : undefined;
  const outside = absorbed && !absorbed.isPreferred ? partsTree({ ...w, negated: () => undefined }, { coefficient, scalars, factors }, place, extra) : undefined;
  const matrix = given ?? absorbed?.matrix ?? (factors.length > 0 ? matrixTree(w, factors, place) : undefined);
  const total = mulQ(coefficient, mulQ(matrix?.q ?? ONE, absorbed ? rational(-1) : ONE));
  const fraction = fractionOf(w, absorbed?.scalars ?? scalars, absorbed?.scalar && { tree: absorbed.scalar, isChange: absorbed.isChange === true });
  const peeled = fraction.above.map(peel);
  const lower = fraction.below.map(peel);
  const signed = lower.reduce((x, p) => divQ(x, p.q), peeled.reduce((x, p) => mulQ(x, p.q), total));
  const q = isNegativeQ(signed) ? negQ(signed) : signed;
  const decimal = decimalText(q);
  const above: Expr[] = [
    ...(decimal !== undefined ? [numberTree(q)] : q.n === 1n ? [] : [numberTree(rational(q.n))]),
    ...extra.filter((p) => !p.below).map((p) => p.tree), ...peeled.map((p) => p.tree),
  ];
  if (matrix) above.push(reciprocal(matrix.tree, above) ?? matrix.tree);
  const isCleared = decimal === undefined && q.d !== 1n && clear(above, q.d);
  if (decimal !== undefined && within(above, q)) above.shift();
  const below: Expr[] = [...(decimal !== undefined || q.d === 1n || isCleared ? [] : [integerTree(q.d)]), ...extra.filter((p) => p.below).map((p) => p.tree), ...lower.map((p) => p.tree)];
  const top = productOf(above) ?? numberTree(ONE);
  const bottom = productOf(below);
  const at = isNegativeQ(signed) ? above.findIndex((e) => otherCross(e) !== undefined) : -1;
  if (at >= 0) {
    const other = productOf(above.map((e, i) => (i === at ? otherCross(e) ?? e : e))) ?? top;
    return { negative: false, tree: bottom ? over(other, bottom) : other, outside: bottom ? over(top, bottom) : top };
  }
  return { negative: isNegativeQ(signed), tree: bottom ? over(top, bottom) : top, ...(outside?.negative ? { outside: outside.tree } : {}) };
}

/** cross(b, a) for cross(a, b), of which it is minus; entries likewise. */
function otherCross(e: Expr): Expr | undefined {
  if (e.kind === 'index') { const inner = otherCross(e.arg); return inner && indexed(inner, e.items); }
  const [a, b] = e.kind === 'call' && e.callee.name === 'cross' ? e.args : [];
  return a && b && call('cross', b, a);
}

/** 1 ./ x with scalars before it is c ./ x; they are taken from the list, but for a number. */
function reciprocal(tree: Expr, scalars: Expr[]): Expr | undefined {
  if (tree.kind !== 'binary' || tree.op !== './' || tree.left.kind !== 'number' || tree.left.text !== '1') return undefined;
  const top = productOf(scalars.splice(scalars[0]?.kind === 'number' ? 1 : 0));
  return top && binary('./', top, tree.right);
}

/** A', or a function of a symbol that is not longer than it. */
const isPlain = (f: Node): boolean => f.kind === 'symbol' || (f.kind === 'transpose' && f.arg.kind !== 'apply' && !(f.arg.kind === 'power' && f.arg.base.kind !== 'symbol'));

/** The factors as they stand, or the transpose of the transposed product where that is shorter: people keep A'*B' and A^-T*x*y'*A^-T. */
function matrixTree(w: Writer, factors: readonly Node[], place: Place): Scaled {
  const straight = factorsTree(w, factors, place);
  if (!w.searches || factors.length < 2) return straight;
  const flipped = [...factors].reverse().map((f) => w.g.transpose(f));
  if (flipped.every((f, i) => f === factors[i]) || factors.some(isExchange)) return straight;
  const turned = factorsTree(w, flipped, { rows: place.cols, cols: place.rows });
  const tree = transposeOf(turned.tree);
  const least = factors.length === 2 && !factors.every(isPlain) ? 0 : 1;
  return treeSize(tree) + least < treeSize(straight.tree) && turnedFactors(w.g, flipped) <= turnedFactors(w.g, factors) ? { q: turned.q, tree } : straight;
}

/** Whether a part is printed with a minus of its own, which joins the one before the product. */
function isTurnedBySigns(w: Writer, scalars: readonly ScalarPower[], factors: readonly Node[]): boolean {
  const isOdd = (p: ScalarPower): boolean => isIntegerQ(p.exponent) && p.exponent.n % 2n !== 0n;
  const signs = [...scalars.filter(isOdd).map((p) => w.signed(p.base, TOLD)), ...factors.map((f) => w.signed(f, NOWHERE))];
  return signs.filter((s) => s.negative).length % 2 === 1;
}

/** I + commutation(n, n), which stands where it does. */
const isExchange = (f: Node): boolean => f.kind === 'sum' && f.terms.some((t) => t.kind === 'apply' && t.op === 'commutation');

interface Absorbed { readonly isPreferred: boolean; readonly scalars?: readonly ScalarPower[]; readonly scalar?: Expr; readonly isChange?: boolean; readonly matrix?: Scaled }

/** A sum that takes the minus in: -(x - y)*M is (y - x)*M; what is written as I - F only where nothing else does. */
function absorb(w: Writer, scalars: readonly ScalarPower[], factors: readonly Node[], place: Place): Absorbed | undefined {
  const isOdd = (p: ScalarPower): boolean => isIntegerQ(p.exponent) && p.exponent.n % 2n !== 0n && p.exponent.n > 0n;
  const isAlone = (f: Node): boolean => factors.filter((x) => x === f || x === w.g.transpose(f)).length === 1;
  const isFree = (f: Node, i: number): boolean => isAlone(f) && !standsInName(w, factors, i);
  const able = [...scalars.filter(isOdd).map((p) => p.base), ...factors.filter(isFree)].filter((a) => w.negated(a, NOWHERE) !== undefined);
  const least = Math.min(...able.map(reluctance));
  for (const p of scalars) {
    if (!isOdd(p) || reluctance(p.base) > least) continue;
    const tree = w.negated(p.base, TOLD);
    if (tree) return { isPreferred: isTurned(p.base), scalars: scalars.filter((x) => x !== p), scalar: powerTree(tree, p.exponent), isChange: p.base.linear };
  }
  for (let i = 0; i < factors.length; i++) {
    const f = factors[i] as Node;
    if (reluctance(f) > least || !isFree(f, i)) continue;
    if (w.negated(f, NOWHERE)) return { isPreferred: isTurned(f), matrix: replaced(w, factors, i, (p) => (w.negated(f, p) ?? w.negated(f, NOWHERE)) as Expr, place) };
  }
  return undefined;
}

/** The factors with one of them printed in another way. */
function replaced(w: Writer, factors: readonly Node[], at: number, tree: (place: Place) => Expr, place: Place): Scaled {
  const f = factors[at] as Node;
  const stand = w.g.symbol(`?${f.id}`, f.shape);
  // A slice may be written of the transposes of its factors.
  const given = (a: Node, p: Place): Expr | undefined => (a === stand ? tree(p) : a.kind === 'transpose' && a.arg === stand ? transposeOf(tree(turned(p))) : undefined);
  const signed = (a: Node, p: Place): Signed => { const own = given(a, p); return own ? { negative: false, tree: own } : w.signed(a, p); };
  const other: Writer = { ...w, signed, tree: (a, p) => given(a, p) ?? w.tree(a, p), searches: false };
  return matrixTree(other, factors.map((x, k) => (k === at ? stand : x)), place);
}

/** (M + M')/2 = sym(M), also among other factors. */
function halved(w: Writer, a: ProductNode, place: Place): readonly Signed[] {
  return a.factors.flatMap((f, i): readonly Signed[] => {
    const half = w.half(f);
    if (!half) return [];
    const { q, tree } = symmetricPart(w, half.op, half.node);
    const matrix = replaced(w, a.factors, i, () => tree, place);
    return [partsTree(w, { coefficient: mulQ(mulQ(a.coefficient, TWO), q), scalars: a.scalars, factors: [] }, place, undefined, matrix)];
  });
}

/** sym(M) or skewpart(M), written of M or of M', whichever has its changes upright and is shorter. */
export function symmetricPart(w: Writer, op: 'sym' | 'skewpart', half: Node): Scaled {
  const other = w.g.transpose(half);
  const turned = turnedChanges(w.g, half) - turnedChanges(w.g, other);
  const straight = { ...w, searches: false };
  const found = [...(turned <= 0 ? [half] : []), ...(turned >= 0 ? [other] : [])].map((M): Scaled => {
    const p = peel(withSign(M.kind === 'product' ? partsTree(straight, M, NOWHERE) : w.signed(M, NOWHERE)));
    const isOther = (M === other) !== (p.tree.kind === 'transpose');
    return { q: isOther && op === 'skewpart' ? negQ(p.q) : p.q, tree: call(op, p.tree.kind === 'transpose' ? p.tree.arg : p.tree) };
  });
  return found.reduce((a, b) => (shorter(b.tree, a.tree) ? b : a));
}

/** The product with a power of a named scalar taken out, for each name that takes out a base. */
function namedScalars(w: Writer, a: Parts): readonly WithName[] {
  const found: WithName[] = [];
  for (const { name, node } of w.names.scalarsOf(a.scalars.map((p) => p.base))) {
    const own = partsOf(node);
    const root = raisedName(w, a, own, name);
    if (root) found.push(root);
    // A base that is not there already would be printed by this name again, and so on for ever.
    if (!own.scalars.every((p) => (isFigure(p.base) && own.scalars.some((x) => !isFigure(x.base))) || a.scalars.some((x) => x.base === p.base || (own.scalars.length > 1 && isAlike(x.base, p.base))))) continue;
    for (const k of powersOf(own, a)) {
      if (own.scalars.some((p) => dividesAnew(w, a, p, k))) continue;
      // f^2/exp(x) says less than what it stands for.
      if (Math.abs(k) > 1 && own.scalars.some((p) => turnsOver(a, p, k))) continue;
      const rest = w.g.product(a.coefficient, [...a.scalars, ...own.scalars.map((p) => ({ base: p.base, exponent: rational(-p.exponent.n * BigInt(k), p.exponent.d) })),
        ...(isOneQ(own.coefficient) ? [] : [{ base: w.g.number(own.coefficient), exponent: rational(-k) }])], a.factors);
      found.push({ id: name, rest: partsOf(rest), name: { tree: powerTree(named(name), rational(Math.abs(k))), below: k < 0 } });
    }
  }
  return found;
}

/** Powers of one base, of which one at least has an exponent that is no number: K^a and K^(a - 1). */
const isAlike = (a: Node, b: Node): boolean => { const [x, y] = [symbolicPower(a), symbolicPower(b)]; return x !== undefined && x.x === y?.x; };

/** c^(1/p - 1) as f^(1 - p) for f = c^(1/p), where c is not negative and the exponent gets shorter. */
function raisedName({ g, tree }: Writer, a: Parts, own: Parts, name: string): WithName | undefined {
  const [only] = own.scalars;
  const mine = only && own.scalars.length === 1 && isOneQ(own.coefficient) && isOneQ(only.exponent) ? symbolicPower(only.base) : undefined;
  if (!mine || !g.isNonnegative(mine.x)) return undefined;
  for (const s of a.scalars) {
    const other = isOneQ(s.exponent) && s.base !== only?.base ? symbolicPower(s.base) : undefined;
    if (other?.x !== mine.x) continue;
    const ratio = g.add(...termsOf(g, other.p).map((t) => g.mul(t, g.power(mine.p, MINUS_ONE))));
    if (ratio.kind === 'zero' || weightOf(ratio) > weightOf(other.p)) continue;
    return { id: name, rest: { coefficient: a.coefficient, scalars: a.scalars.filter((x) => x !== s), factors: a.factors }, name: { tree: raisedTo(named(name), tree(ratio, TOLD)), below: false } };
  }
  return undefined;
}

/** Whether taking out the k-th power of a name would divide by what may be 0 and is not divided by: relu(x)^2 is not F/relu(x) for F = relu(x)^3. */
function dividesAnew(w: Writer, a: Parts, p: ScalarPower, k: number): boolean {
  const before = a.scalars.find((x) => x.base === p.base)?.exponent ?? ZERO;
  const after = subQ(before, mulQ(p.exponent, rational(k)));
  return isNegativeQ(after) && !isNegativeQ(before) && !w.g.isPositive(p.base);
}

/** Whether taking out the k-th power leaves a base on the other side of the fraction line. */
function turnsOver(a: Parts, p: ScalarPower, k: number): boolean {
  const before = a.scalars.find((x) => x.base === p.base)?.exponent ?? ZERO;
  const after = subQ(before, mulQ(p.exponent, rational(k)));
  return numberOf(p.base) === undefined && !isZeroQ(after) && isNegativeQ(after) !== isNegativeQ(before);
}

/** The whole k for which own^k takes one of the scalars of `a` away. */
function powersOf(own: Parts, a: Parts): readonly number[] {
  const ks = new Set<number>();
  for (const p of own.scalars) {
    const q = numberOf(p.base) === undefined ? a.scalars.find((x) => x.base === p.base) : undefined;
    if (!q) continue;
    const k = rational(q.exponent.n * p.exponent.d, q.exponent.d * p.exponent.n);
    if (isIntegerQ(k) && k.n !== 0n && k.n < 20n && k.n > -20n) ks.add(Number(k.n));
  }
  return [...ks];
}
