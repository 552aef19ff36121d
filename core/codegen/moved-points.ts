/**
 * Whether an expression stays what it is when the same row is added to every row of a matrix (to all points, to all entries of a vector):
 * it is multiplied out with X and with X + ones*c', and compared. Differences between points, weighted by what depends on them, are such.
 */
import { D1, isOne, isScalar, shape, type Shape } from '../algebra/dim';
import { isIntegerQ, isOneQ, ONE, toNumber } from '../algebra/rational';
import { DISTANCES } from './calls';
import { childrenOf, type Expr, type Power, type Term } from './expr';
import type { Exprs } from './exprs';
import { onceEach } from './once-each';
import { rebuilt } from './rebuild';

/** Terms that a product may have when it is multiplied out; beyond these nothing is said of it. */
const MOST_TERMS = 120;
class TooLong extends Error {}

/** A power that is multiplied out. */
const isSplit = (p: Power): boolean => isIntegerQ(p.exponent) && toNumber(p.exponent) > 0 && toNumber(p.exponent) < 4;
export const isZero = (e: Expr | undefined): boolean => e !== undefined && (e.kind === 'zeros' || (e.kind === 'number' && e.value.n === 0n));

export interface Moves {
  readonly holds: (e: Expr) => boolean;
  /** What is added to an expression when the points are moved; undefined where nothing is said of it. */
  readonly change: (e: Expr) => Expr | undefined;
}

/** @param points matrices of as many columns, whose rows are moved together */
export function movesOf(ex: Exprs, points: readonly Expr[]): Moves {
  const held = new Set(points);
  const holds: (e: Expr) => boolean = onceEach((e) => held.has(e) || childrenOf(e).some(holds));
  const width = (points[0] as Expr).shape.cols;
  const c = ex.leaf('#c', shape(width, D1), undefined, true);
  const still = multipliedOut(ex, holds, (X) => X, () => false);
  const areDistances = (e: Expr & { kind: 'call' }): boolean => {
    if (e.op === 'centredRows') return e.args.every((a) => held.has(a));
    const [A, B] = DISTANCES.has(e.op) ? e.args.map((a) => downwards(ex, difference(a))) : [];
    return A !== undefined && A === B && e.args.slice(2).every((a) => !holds(a));
  };
  const moved: (e: Expr) => Expr = multipliedOut(ex, holds, (X) => ex.add(X, ex.product([ex.ones(shape(X.shape.rows, D1)), ex.transpose(c)])), areDistances);
  const difference = (e: Expr): Expr => ex.add(moved(e), ex.scale(ex.number(-1), still(e)));
  /** Whether it holds a function of what changes: nothing is said of that. */
  const isHidden: (e: Expr) => boolean = onceEach((e) => {
    if (!holds(e) || (e.kind === 'call' && areDistances(e))) return false;
    const within = e.kind === 'inverse' ? [e.arg] : e.kind === 'map' || e.kind === 'call' ? e.args : e.kind === 'times' ? e.powers.filter((p) => !isSplit(p)).map((p) => p.base) : [];
    return childrenOf(e).some(isHidden) || within.some((a) => !isZero(change(a)));
  });
  const change: (e: Expr) => Expr | undefined = onceEach((e) => {
    if (!holds(e)) return ex.zeros(e.shape);
    try { return isHidden(e) ? undefined : difference(e); } catch (error) { if (error instanceof TooLong) return undefined; throw error; }
  });
  return { holds, change };
}

/** The g of ones*g' and of sums of such, as a key. */
function downwards(ex: Exprs, e: Expr): string | undefined {
  const keys = (e.kind === 'sum' ? e.terms : [{ coefficient: ex.number(1), arg: e }]).map(({ coefficient, arg }) => {
    const [first, ...rest] = arg.kind === 'product' ? arg.factors : [arg];
    return first?.kind === 'ones' ? `${coefficient.id}*${rest.map((f) => f.id).join()}` : undefined;
  });
  return keys.every((k) => k !== undefined) ? keys.sort().join() : undefined;
}

/** The expression as a sum of products, as far as it holds the points; `stays` tells of distances between them. */
function multipliedOut(ex: Exprs, holds: (e: Expr) => boolean, leaf: (X: Expr) => Expr, stays: (e: Expr & { kind: 'call' }) => boolean): (e: Expr) => Expr {
  const one = ex.number(1);
  const termsOf = (e: Expr): readonly Term[] => (e.kind === 'sum' ? e.terms : [{ coefficient: one, arg: e }]);
  /** One of the terms of each, in every combination. */
  const combined = (factors: readonly (readonly Term[])[], s: Shape, join: (args: readonly Expr[]) => Expr): Expr => {
    if (factors.reduce((n, f) => n * f.length, 1) > MOST_TERMS) throw new TooLong();
    const all = factors.reduce<readonly (readonly Term[])[]>((lists, f) => lists.flatMap((l) => f.map((t) => [...l, t])), [[]]);
    return ex.sum(all.map((l) => ({ coefficient: ex.multiply(one, ...l.map((t) => t.coefficient)), arg: join(l.map((t) => t.arg)) })), s);
  };
  const made: (e: Expr) => Expr = onceEach((e) => (holds(e) ? of(e) : e));
  const of = (e: Expr): Expr => {
    switch (e.kind) {
      case 'leaf': return leaf(e);
      case 'product': return combined(e.factors.map((f) => (holds(f) ? (f.kind === 'diag' ? termsOf(made(f.arg)).map((t) => ({ coefficient: t.coefficient, arg: ex.diag(t.arg) })) : termsOf(made(f))) : [{ coefficient: one, arg: f }])), e.shape, (list) => plain(ex, ex.product(list, e.shape.rows)));
      case 'times': {
        const rest = ex.times(e.powers.filter((p) => !holds(p.base) || !isSplit(p)).map((p) => ({ base: made(p.base), exponent: p.exponent })), e.shape);
        const split = e.powers.filter((p) => holds(p.base) && isSplit(p)).flatMap((p) => Array.from({ length: toNumber(p.exponent) }, () => termsOf(made(p.base))));
        return combined([[{ coefficient: one, arg: rest }], ...split], e.shape, (list) => entrywise(ex, list, e.shape));
      }
      case 'total': return ex.sum(termsOf(made(e.arg)).map((t) => ({ coefficient: t.coefficient, arg: plain(ex, ex.total(t.arg)) })), e.shape);
      case 'trace': return ex.sum(termsOf(made(ex.product(e.factors))).map((t) => ({ coefficient: t.coefficient, arg: plain(ex, ex.trace(t.arg)) })), e.shape);
      case 'call': return stays(e) ? e : rebuilt(ex, e, made);
      default: return rebuilt(ex, e, made);
    }
  };
  return made;
}

/** A product in one of several ways to write it: what scales a column is multiplied entry by entry, and what is an outer product is one. */
function plain(ex: Exprs, e: Expr): Expr {
  if (e.kind === 'sum') return ex.sum(e.terms.map((t) => ({ coefficient: t.coefficient, arg: plain(ex, t.arg) })), e.shape);
  if (e.kind !== 'product') return e;
  const outer = halves(ex, e);
  if (outer) return ex.product([plain(ex, outer.column), ex.transpose(plain(ex, ex.transpose(outer.row)))]);
  const [first, ...rest] = e.factors;
  if (!first || rest.length === 0) return e;
  if (isScalar(e.shape)) return dotted(ex, ex.transpose(first), plain(ex, ex.product(rest)));
  if (isOne(e.shape.rows)) return ex.transpose(plain(ex, ex.transpose(e)));
  if (!isOne(e.shape.cols)) return e;
  const after = plain(ex, ex.product(rest));
  return first.kind === 'diag' ? ex.multiply(first.arg, after) : ex.product([first, after]);
}
/** u and v' of a product u*v', where it has such a place; a matrix of ones has one inside. */
function halves(ex: Exprs, e: Expr): { readonly column: Expr; readonly row: Expr } | undefined {
  const factors = e.kind === 'product' ? e.factors : [];
  for (const [k, f] of factors.entries()) {
    const [before, after] = [factors.slice(0, k), factors.slice(k + 1)];
    if (k > 0 && isOne(f.shape.rows)) return { column: ex.product(before), row: ex.product([f, ...after]) };
    if (f.kind === 'ones' && !isOne(f.shape.rows) && !isOne(f.shape.cols)) return { column: ex.product([...before, ex.ones(shape(f.shape.rows, D1))]), row: ex.product([ex.ones(shape(D1, f.shape.cols)), ...after]) };
  }
  return undefined;
}
/** u'*v, the sum of the entries of u .* v. */
function dotted(ex: Exprs, u: Expr, v: Expr): Expr {
  const all = ex.multiply(u, v);
  const [a, b, more] = all.kind === 'times' ? all.powers.flatMap((p) => (isIntegerQ(p.exponent) && toNumber(p.exponent) === 2 ? [p.base, p.base] : isOneQ(p.exponent) ? [p.base] : [p.base, p.base, p.base])) : [];
  return a && b && !more ? ex.product([ex.transpose(a), b]) : ex.total(all);
}

/** A .* (u*w') as diag(u)*A*diag(w). */
function entrywise(ex: Exprs, list: readonly Expr[], s: Shape): Expr {
  if (isOne(s.rows) || isOne(s.cols)) return ex.times(list.map((base) => ({ base, exponent: ONE })), s);
  const flat = list.flatMap((e): readonly Expr[] => (e.kind === 'times' ? e.powers.map((p) => ex.power(p.base, p.exponent)) : [e]));
  const at = flat.findIndex((e) => halves(ex, e) !== undefined);
  const found = flat[at] && halves(ex, flat[at]);
  if (!found) return ex.times(flat.map((base) => ({ base, exponent: ONE })), s);
  const [u, w] = [plain(ex, found.column), plain(ex, ex.transpose(found.row))];
  const rest = entrywise(ex, [ex.ones(s), ...flat.filter((_, k) => k !== at)], s);
  const sum = rest.kind === 'sum' ? rest.terms : [{ coefficient: ex.number(1), arg: rest }];
  return ex.sum(sum.map((t) => ({ coefficient: t.coefficient, arg: t.arg.kind === 'ones' ? ex.product([u, ex.transpose(w)]) : plain(ex, ex.product([ex.diag(u), t.arg, ex.diag(w)])) })), s);
}
