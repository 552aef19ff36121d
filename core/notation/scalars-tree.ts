/** Powers of scalars: norms where a chain is a vector with itself, roots, and what stands above and below a fraction line. */
import type { Node, ScalarPower } from '../algebra/node';
import { isIntegerQ, isNegativeQ, mulQ, negQ, TWO, type Rational } from '../algebra/rational';
import type { Expr } from '../syntax/tree';
import { TOLD } from './place';
import { call, powerTree } from './trees';
import { bySizeThenText, shortest, type Writer } from './writer';

/** base^q for q > 0. */
export function scalarPower(w: Writer, base: Node, q: Rational): Expr {
  const plain = w.tree(base, TOLD);
  const isHalf = q.n === 1n && q.d === 2n;
  const half = isHalf ? call('sqrt', plain) : !isIntegerQ(q) && q.d === 2n ? powerTree(call('sqrt', plain), { n: q.n, d: 1n }) : undefined;
  const norm = normOf(w, base);
  const asNorm = norm && isIntegerQ(mulQ(q, TWO)) ? powerTree(norm, mulQ(q, TWO)) : undefined;
  return shortest([isHalf ? undefined : powerTree(plain, q), isHalf || !asNorm ? half : undefined, asNorm]) ?? powerTree(plain, q);
}

/** norm(v)^2 where the node is v'*v, normF(A)^2 where it is tr(A'*A), normNuc(A) where it is tr((A'*A)^(1/2)). */
export function normTree(w: Writer, a: Node): Expr | undefined {
  const norm = normOf(w, a);
  return norm ? powerTree(norm, TWO) : nuclearNorm(w, a);
}

function nuclearNorm(w: Writer, a: Node): Expr | undefined {
  const root = a.kind === 'apply' && a.op === 'tr' ? a.args[0] : undefined;
  if (root?.kind !== 'power' || root.exponent.n !== 1n || root.exponent.d !== 2n) return undefined;
  return half('normNuc', w, root.base);
}

/** The call of a norm on A where the node is A'*A. */
function half(norm: 'normF' | 'normNuc', w: Writer, gram: Node): Expr | undefined {
  if (gram.kind !== 'product' || gram.scalars.length > 0 || gram.coefficient.n !== 1n || gram.coefficient.d !== 1n) return undefined;
  const A = halfOf(w, gram.factors);
  if (!A) return undefined;
  const M = w.g.mul(...A);
  const place = { rows: false, cols: false };
  const tree = shortest([w.tree(M, place), w.tree(w.g.transpose(M), place)]);
  return tree && call(norm, tree);
}

/** norm(v) where the node is v'*v, normF(A) where it is tr(A'*A). */
function normOf(w: Writer, a: Node): Expr | undefined {
  if (a.kind === 'chain') {
    const v = halfOf(w, a.factors);
    return v && call('norm', w.tree(w.g.mul(...v), { rows: false, cols: true }));
  }
  if (a.kind === 'product' && a.coefficient.n === -1n && a.coefficient.d === 1n && a.factors.length === 0) {
    const [only, ...others] = a.scalars;
    return only && others.length === 0 ? skewNorm(w, only) : undefined;
  }
  return a.kind === 'apply' && a.op === 'tr' && a.args[0] ? half('normF', w, a.args[0]) : undefined;
}

/** norm(K*v) where the scalar is v'*K^2*v with a skew K, which is minus its square. */
export function skewNorm(w: Writer, { base, exponent }: ScalarPower): Expr | undefined {
  const v = base.kind === 'chain' && exponent.n === 1n && exponent.d === 1n ? halfOfSquare(w, base.factors) : undefined;
  return v && call('norm', w.tree(w.g.mul(...v), { rows: false, cols: true }));
}

/** K*v where the factors are v'*K^2*v with a skew K: minus their product is norm(K*v)^2. */
function halfOfSquare(w: Writer, factors: readonly Node[]): readonly Node[] | undefined {
  const at = (factors.length - 1) / 2;
  const middle = factors[at];
  if (middle?.kind !== 'power' || middle.exponent.n !== 2n || middle.exponent.d !== 1n || !w.g.isSkew(middle.base)) return undefined;
  for (let i = 0; i < at; i++) if (factors[i] !== w.g.transpose(factors[factors.length - 1 - i] as Node)) return undefined;
  return [middle.base, ...factors.slice(at + 1)];
}

/** The second half of factors of which the first half is its transpose. */
function halfOf(w: Writer, factors: readonly Node[]): readonly Node[] | undefined {
  const n = factors.length;
  if (n % 2 !== 0) return undefined;
  for (let i = 0; i < n / 2; i++) if (factors[i] !== w.g.transpose(factors[n - 1 - i] as Node)) return undefined;
  return factors.slice(n / 2);
}

export interface Fraction { readonly above: readonly Expr[]; readonly below: readonly Expr[] }

/** Each power above or below the line, short ones first; a change stands behind the numbers that it is multiplied by. `taken` is a sum that took a minus in. */
export function fractionOf(w: Writer, powers: readonly ScalarPower[], taken?: { readonly tree: Expr; readonly isChange: boolean }): Fraction {
  const above: Expr[] = taken && !taken.isChange ? [taken.tree] : [];
  const changes: Expr[] = taken?.isChange ? [taken.tree] : [];
  const below: Expr[] = [];
  for (const p of powers) {
    if (isNegativeQ(p.exponent)) below.push(scalarPower(w, p.base, negQ(p.exponent)));
    else (p.base.linear ? changes : above).push(scalarPower(w, p.base, p.exponent));
  }
  return { above: [...above.sort(bySizeThenText), ...changes.sort(bySizeThenText)], below: below.sort(bySizeThenText) };
}

