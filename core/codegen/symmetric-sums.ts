/**
 * A symmetric sum whose terms end in one product K: P*K + K'*P' + R*K is Q*K + (Q*K)' with Q = P + R/2, where R*K is symmetric by
 * itself. One product is left of all of them (a rank-2k update: half the work of the products one by one).
 */
import { isOne, isScalar } from '../algebra/dim';
import { rational } from '../algebra/rational';
import type { Expr, Term } from './expr';
import { isSquare, type Exprs } from './exprs';
import type { Rewriting } from './rewritings';

/** Terms of a sum that is looked at: longer ones were multiplied out. */
const LONGEST = 12;

export function symmetricSums(ex: Exprs, e: Expr & { kind: 'sum' }): readonly Rewriting[] {
  if (!isSquare(e.shape) || isScalar(e.shape) || e.terms.length > LONGEST || ex.transpose(e) !== e) return [];
  const products = e.terms.filter((t) => t.arg.kind === 'product');
  const isOwn = (t: Term): boolean => ex.transpose(t.arg) === t.arg;
  const pairs = products.filter((t) => !isOwn(t));
  const made = new Map<number, Expr>();
  for (const { arg } of pairs) {
    if (arg.kind !== 'product') continue;
    for (let from = arg.factors.length - 1; from > 0; from--) {
      const to = around(ex, e, products, arg.factors.slice(from), isOwn);
      if (to) made.set(to.id, to);
    }
  }
  return [...made.values()].map((to): Rewriting => [e, to]);
}

/** The sum with every product that ends in K in one of them; undefined where that is a single pair. */
function around(ex: Exprs, e: Expr & { kind: 'sum' }, products: readonly Term[], K: readonly Expr[], isOwn: (t: Term) => boolean): Expr | undefined {
  const [first] = K;
  if (!first || isOne(first.shape.rows)) return undefined;
  const taken = new Set<Term>();
  const inner: Term[] = [];
  let groups = 0;
  for (const t of products) {
    if (taken.has(t) || t.arg.kind !== 'product') continue;
    const rest = before(t.arg.factors, K);
    if (!rest) continue;
    const other = isOwn(t) ? t : e.terms.find((x) => x.arg === ex.transpose(t.arg) && x.coefficient === t.coefficient);
    if (!other || taken.has(other)) continue;
    taken.add(t).add(other);
    groups++;
    inner.push({ coefficient: isOwn(t) ? ex.multiply(ex.number(rational(1, 2)), t.coefficient) : t.coefficient, arg: ex.product(rest, e.shape.rows) });
  }
  if (groups < 2) return undefined;
  const half = ex.product([ex.sum(inner, { rows: e.shape.rows, cols: first.shape.rows }), ...K]);
  const one = ex.number(1);
  return ex.sum([...e.terms.filter((t) => !taken.has(t)), { coefficient: one, arg: half }, { coefficient: one, arg: ex.transpose(half) }], e.shape);
}
/** What stands before K in a product that ends in it. */
function before(factors: readonly Expr[], K: readonly Expr[]): readonly Expr[] | undefined {
  const cut = factors.length - K.length;
  return cut > 0 && K.every((k, i) => factors[cut + i] === k) ? factors.slice(0, cut) : undefined;
}
