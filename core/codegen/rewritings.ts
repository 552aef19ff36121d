/**
 * Other ways to write an expression: a product multiplied out over a sum among its factors ((A - H'*H)*x), a common part taken
 * out (A*B + A*C), the trace of a matrix and its transpose joined. Each is a pair of a node and what it equals; which pays, the
 * plans tell.
 */
import { D1, isOne, isScalar, shape } from '../algebra/dim';
import { childrenOf, type Expr, type Term } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import { movedRowSums } from './row-sums';
import { complements, smallSides } from './small-side';
import { symmetricSums } from './symmetric-sums';

export type Rewriting = readonly [from: Expr, to: Expr];

/** How large an expression may be to be rewritten. */
const MOST_NODES = 300;

export function rewritings(ex: Exprs, facts: Facts, root: Expr): readonly Rewriting[] {
  const seen = new Set<number>();
  const out: Rewriting[] = [];
  const visit = (e: Expr): void => {
    if (e.kind === 'transpose') return visit(e.arg);
    if (seen.has(e.id) || seen.size > MOST_NODES) return;
    seen.add(e.id);
    seen.add(ex.transpose(e).id);
    for (const c of childrenOf(e)) visit(c);
    out.push(...smallSides(ex, facts, e));
    if (e.kind === 'product') out.push(...distributed(ex, e));
    if (e.kind === 'diagOf') out.push(...splitDiagonal(ex, e.arg).map((to): Rewriting => [e, to]));
    if (e.kind === 'sum') out.push(...factored(ex, e), ...symmetricSums(ex, e), ...complements(ex, e));
    if (e.kind === 'trace' || e.kind === 'total') out.push(...joined(ex, e));
  };
  visit(root);
  return [...out, ...movedRowSums(ex, root)];
}

/**
 * L*(P + Q)*R as L*P*R + L*Q*R, where the sum holds a product or a transpose would be saved; over all neighbours, over those on one
 * side, and over the nearest ones alone, which the sum may then share with other places.
 */
function distributed(ex: Exprs, e: Expr & { kind: 'product' }): readonly Rewriting[] {
  const n = e.factors.length;
  return e.factors.flatMap((f, k) => {
    if (f.kind !== 'sum' || f.terms.length < 2 || !f.terms.some((t) => t.arg.kind === 'product' || t.arg.kind === 'ones')) return [];
    const ranges = new Map<string, readonly [number, number]>();
    for (const [from, to] of [[0, n], [0, k + 1], [k, n], [k - 1, k + 1], [k, k + 2]] as const) {
      if (from >= 0 && to <= n && to - from > 1) ranges.set(`${from},${to}`, [from, to]);
    }
    return [...ranges.values()].map(([from, to]): Rewriting => {
      const terms = f.terms.map((t) => ({ coefficient: t.coefficient, arg: ex.product([...e.factors.slice(from, k), t.arg, ...e.factors.slice(k + 1, to)], e.factors[from]?.shape.rows) }));
      const last = e.factors[to - 1];
      const first = e.factors[from];
      const sum = ex.sum(terms, first && last ? { rows: first.shape.rows, cols: last.shape.cols } : e.shape);
      return [e, ex.product([...e.factors.slice(0, from), sum, ...e.factors.slice(to)], e.shape.rows)];
    });
  });
}

/** diag(P*Q) as rowsum(P .* Q'), cut after each factor: either part may be there already. */
function splitDiagonal(ex: Exprs, arg: Expr): readonly Expr[] {
  if (arg.kind !== 'product' || arg.factors.length < 3) return [];
  return arg.factors.slice(1).flatMap((_, k) => {
    const [P, Q] = [ex.product(arg.factors.slice(0, k + 1)), ex.product(arg.factors.slice(k + 1))];
    return isOne(P.shape.cols) ? [] : [ex.product([ex.multiply(P, ex.transpose(Q)), ex.ones(shape(P.shape.cols, D1))])];
  });
}

/** a*L*P + b*L*Q + … as L*(a*P + b*Q) + …, with L as long as it is common to all; and the same on the right. */
function factored(ex: Exprs, e: Expr & { kind: 'sum' }): readonly Rewriting[] {
  const out: Rewriting[] = [];
  for (const side of ['left', 'right'] as const) {
    const factorsOf = (t: Term): readonly Expr[] => {
      const list = t.arg.kind === 'product' ? t.arg.factors : [t.arg];
      return side === 'left' ? list : [...list].reverse();
    };
    const groups = new Map<number, Term[]>();
    for (const t of e.terms) {
      const [key] = factorsOf(t);
      if (!key || isScalar(key.shape) || key.kind === 'identity') continue;
      groups.set(key.id, [...(groups.get(key.id) ?? []), t]);
    }
    for (const group of groups.values()) {
      if (group.length < 2) continue;
      const lists = group.map(factorsOf);
      const shortest = Math.min(...lists.map((l) => l.length));
      let length = 1;
      while (length < shortest && lists.every((l) => l[length] === lists[0]?.[length])) length++;
      const ordered = (list: readonly Expr[]): readonly Expr[] => (side === 'left' ? list : [...list].reverse());
      const common = ordered((lists[0] ?? []).slice(0, length));
      // What is left of X in X - X*Y is the identity.
      const bond = side === 'left' ? common[common.length - 1]?.shape.cols : common[0]?.shape.rows;
      if (!bond || isOne(bond)) continue;
      const rests = group.map((t, k) => ({ coefficient: t.coefficient, arg: ex.product(ordered((lists[k] ?? []).slice(length)), bond) }));
      const [rest] = rests;
      if (!rest) continue;
      const inner = ex.sum(rests, rest.arg.shape);
      const product = ex.product(side === 'left' ? [...common, inner] : [inner, ...common], e.shape.rows);
      const others = e.terms.filter((t) => !group.includes(t));
      out.push([e, ex.sum([...others, { coefficient: ex.number(1), arg: product }], e.shape)]);
    }
  }
  return out;
}

/** tr((P + P')*S) as 2*tr(P*S) and <S, P + P'> as 2*<S, P>, S symmetric. */
function joined(ex: Exprs, e: Expr & { kind: 'trace' | 'total' }): readonly Rewriting[] {
  const inner = e.kind === 'trace' ? e.factors : e.arg.kind === 'times' && e.arg.powers.every((p) => p.exponent.n === 1n && p.exponent.d === 1n) ? e.arg.powers.map((p) => p.base) : [];
  const symmetric = (x: Expr): boolean => ex.transpose(x) === x && !isScalar(x.shape);
  return inner.flatMap((f, k): readonly Rewriting[] => {
    const half = f.kind === 'sum' && symmetric(f) ? halfOf(ex, f) : undefined;
    const others = [...inner.slice(k + 1), ...inner.slice(0, k)];
    const rest = e.kind === 'trace' ? ex.product(others) : others.length > 0 ? ex.multiply(...others) : undefined;
    if (!half || !rest || !symmetric(rest)) return [];
    const to = e.kind === 'trace' ? ex.trace(ex.product([half, rest])) : ex.total(ex.multiply(half, rest));
    return [[e, ex.multiply(ex.number(2), to)]];
  });
}

/** H with e = H + H', where every term of the sum has its transpose beside it. */
function halfOf(ex: Exprs, e: Expr & { kind: 'sum' }): Expr | undefined {
  const left = new Set(e.terms);
  const half: Term[] = [];
  let pairs = 0;
  for (const t of e.terms) {
    if (!left.delete(t)) continue;
    if (ex.transpose(t.arg) === t.arg) { half.push({ coefficient: ex.multiply(ex.number({ n: 1n, d: 2n }), t.coefficient), arg: t.arg }); continue; }
    const turned = ex.transpose(t.arg);
    const other = [...left].find((x) => x.arg === turned && x.coefficient === t.coefficient);
    if (!other) return undefined;
    left.delete(other);
    half.push(t);
    pairs++;
  }
  return pairs > 0 ? ex.sum(half, e.shape) : undefined;
}
