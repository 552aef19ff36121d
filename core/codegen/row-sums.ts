/**
 * rowsum(A .* (P*Q)) as rowsum(P .* (A*Q')): both are sums of A_ij P_ik Q_kj over j and k. Where A*Q' is computed anyway, as in the
 * gradient of attention, the product P*Q falls away. What only repeats along the rows of A is taken out of both.
 */
import { D1, isOne, shape } from '../algebra/dim';
import { isOneQ } from '../algebra/rational';
import { childrenOf, type Expr, type Power } from './expr';
import type { Exprs } from './exprs';
import { rebuilt, substitute } from './rebuild';
import type { Rewriting } from './rewritings';

/** The whole expression with the sums over one A and Q moved, and its products A*Q' written so that they meet the new ones. */
export function movedRowSums(ex: Exprs, root: Expr): readonly Rewriting[] {
  const groups = new Map<string, { readonly weights: Expr; readonly across: Expr; readonly list: Rewriting[] }>();
  const seen = new Set<number>();
  const visit = (e: Expr): void => {
    if (seen.has(e.id)) return;
    seen.add(e.id);
    for (const c of childrenOf(e)) visit(c);
    for (const side of e === ex.transpose(e) ? [e] : [e, ex.transpose(e)]) {
      for (const { to, weights, across } of moved(ex, side)) {
        const key = `${weights.id},${across.id}`;
        const group = groups.get(key) ?? { weights, across, list: [] };
        group.list.push([side, to]);
        groups.set(key, group);
      }
    }
  };
  visit(root);
  return [...groups.values()].flatMap(({ weights, across, list }): readonly Rewriting[] => {
    const changed = withoutRows(ex, list.reduce((e, [from, to]) => substitute(ex, e, from, to), root), weights, across);
    return changed === root ? [] : [[root, changed]];
  });
}

interface Moved { readonly to: Expr; readonly weights: Expr; readonly across: Expr }
/** (A .* (P*Q) .* (u*ones'))*ones, a column or a matrix of equal columns, or the sum of all entries; with P and Q at every bond. */
function moved(ex: Exprs, e: Expr): readonly Moved[] {
  const [all, ones] = e.kind === 'product' && e.factors.length === 2 ? e.factors : e.kind === 'total' ? [e.arg] : [];
  if (all?.kind !== 'times' || isOne(all.shape.cols) || (ones ? ones.kind !== 'ones' : e.kind !== 'total')) return [];
  return all.powers.flatMap((p): readonly Moved[] => {
    if (!isOneQ(p.exponent) || p.base.kind !== 'product' || rowFactor(ex, p.base)) return [];
    const { factors } = p.base;
    const { rows, weights } = apart(ex, all.powers.filter((q) => q !== p), all);
    if (!weights) return [];
    return factors.slice(1).flatMap((_, k): readonly Moved[] => {
      const [P, Q] = [ex.product(factors.slice(0, k + 1)), ex.product(factors.slice(k + 1))];
      const bond = P.shape.cols;
      if (isOne(bond) || isOne(P.shape.rows) || isOne(Q.shape.cols)) return [];
      const across = ex.transpose(Q);
      const sums = ex.product([ex.multiply(P, ex.product([weights, across])), ex.ones(shape(bond, D1))]);
      const column = rows ? ex.multiply(rows, sums) : sums;
      return [{ to: !ones ? ex.total(column) : isOne(ones.shape.cols) ? column : ex.product([column, ex.ones(shape(D1, ones.shape.cols))]), weights, across }];
    });
  });
}

/** The u of u*ones', which P*ones is too. */
function rowFactor(ex: Exprs, e: Expr): Expr | undefined {
  const last = e.kind === 'product' ? e.factors[e.factors.length - 1] : undefined;
  if (e.kind !== 'product' || last?.kind !== 'ones' || isOne(e.shape.rows)) return undefined;
  const before = e.factors.slice(0, -1);
  return isOne(last.shape.rows) ? ex.product(before) : ex.product([...before, ex.ones(shape(last.shape.rows, D1))]);
}
/** Elementwise factors: those that repeat along the rows as one column, and the rest. */
function apart(ex: Exprs, powers: readonly Power[], like: Expr): { readonly rows: Expr | undefined; readonly weights: Expr | undefined } {
  const rows = powers.filter((p) => rowFactor(ex, p.base));
  const rest = powers.filter((p) => !rows.includes(p));
  return {
    rows: rows.length > 0 ? ex.times(rows.map((p) => ({ base: rowFactor(ex, p.base) as Expr, exponent: p.exponent })), shape(like.shape.rows, D1)) : undefined,
    weights: rest.length > 0 ? ex.times(rest, like.shape) : undefined,
  };
}

/** (A .* (u*ones'))*Q' as diag(u)*(A*Q') wherever it stands. */
function withoutRows(ex: Exprs, root: Expr, weights: Expr, across: Expr): Expr {
  const right = across.kind === 'product' ? across.factors : [across];
  const memo = new Map<number, Expr>();
  const written = (e: Expr): Expr => {
    if (e.kind !== 'product') return e;
    const at = e.factors.findIndex((f, k) => f.kind === 'times' && right.every((r, i) => e.factors[k + 1 + i] === r));
    const f = e.factors[at];
    const parts = f?.kind === 'times' ? apart(ex, f.powers, f) : undefined;
    if (!parts?.rows || parts.weights !== weights) return e;
    return ex.product([...e.factors.slice(0, at), ex.diag(parts.rows), weights, ...e.factors.slice(at + 1)], e.shape.rows);
  };
  const go = (e: Expr): Expr => {
    const known = memo.get(e.id);
    if (known) return known;
    const made = rebuilt(ex, e, go);
    const [straight, across_] = [written(made), ex.transpose(written(ex.transpose(made)))];
    const result = straight !== made ? straight : across_;
    memo.set(e.id, result);
    return result;
  };
  return go(root);
}
