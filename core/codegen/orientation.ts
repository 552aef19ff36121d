/** How values lie in memory: products the other way round, which way entries are read, and what of an elementwise product is there. */
import { isOne, isScalar } from '../algebra/dim';
import { equalQ } from '../algebra/rational';
import { childrenOf, type Expr, type Leaf, type Power } from './expr';
import type { Exprs } from './exprs';
import { MASKS } from './maps';
import { onceEach } from './once-each';

/** Of an elementwise product: some factors that are one array already, and the others. */
export function partOf(ex: Exprs, stored: ReadonlyMap<number, Leaf>, x: Expr & { kind: 'times' }): { readonly array: Expr; readonly rest: readonly Power[] } | undefined {
  if (x.powers.length < 3 || isScalar(x.shape)) return undefined;
  for (const [id, array] of stored) {
    const e = ex.all[id];
    if (e?.kind !== 'times' || e.powers.length < 2 || isScalar(e.shape)) continue;
    const rest = x.powers.filter((p) => !e.powers.some((q) => q.base === p.base && equalQ(q.exponent, p.exponent)));
    if (rest.length === x.powers.length - e.powers.length) return { array, rest };
  }
  return undefined;
}

/** How many more matrices an expression reads down their columns than along their rows. */
export const readsAcross: (e: Expr) => number = onceEach((e) => {
  const isMatrix = !isOne(e.shape.rows) && !isOne(e.shape.cols);
  if (e.kind === 'leaf') return isMatrix ? -1 : 0;
  if (e.kind === 'transpose') return e.arg.kind === 'leaf' && isMatrix ? 1 : 0;
  if (e.kind === 'diag' || e.kind === 'call' || (e.kind === 'map' && MASKS.has(e.fn))) return 0;
  return childrenOf(e).reduce((n, c) => n + readsAcross(c), 0);
});

/** The transpose of a sum whose arrays lie that way for the most part; a product of two transposes is a product the other way round. */
export function sumAcross(ex: Exprs, e: Expr & { kind: 'sum' }, stored: (x: Expr) => Expr | undefined): (Expr & { kind: 'sum' }) | undefined {
  // What a long chain leaves is not known yet.
  if (e.terms.some(({ arg }) => arg.kind === 'product' && arg.factors.length > 2 && !stored(arg))) return undefined;
  const across = e.terms.reduce((n, { arg }) => {
    const there = stored(arg);
    if (there) return n + readsAcross(there);
    if (arg.kind !== 'product' || repeats(arg)) return n + readsAcross(arg);
    const [first, last] = [arg.factors[0], arg.factors[arg.factors.length - 1]].map((f) => (f ? Math.sign(readsAcross(f)) : 0));
    return first === last ? n + (first ?? 0) : n;
  }, 0);
  const turned = ex.transpose(e);
  return across > 0 && turned.kind === 'sum' ? turned : undefined;
}

/** What only repeats along rows or columns: a bias, a number for every entry. */
export const repeats = (e: Expr): boolean => e.kind === 'ones' || (e.kind === 'product' && e.factors.length === 2 && e.factors.some((f) => f.kind === 'ones'));
