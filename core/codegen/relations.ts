/** What an expression says of its dimensions: inv(X'*X) exists only where X has full column rank, so that m >= n. */
import { isOne, sameDim } from '../algebra/dim';
import type { Relation } from './cost';
import { childrenOf, type Expr } from './expr';

export function impliedRelations(root: Expr): readonly Relation[] {
  const found = new Map<string, Relation>();
  const seen = new Set<number>();
  const regular = (e: Expr): void => {
    if (e.kind !== 'product') return;
    const n = e.shape.rows;
    // The rank of a product is at most its narrowest bond.
    for (const f of e.factors.slice(0, -1)) {
      const bond = f.shape.cols;
      if (!isOne(bond) && !sameDim(bond, n)) found.set(`${bond.key}>=${n.key}`, { left: bond, op: '>=', right: n });
    }
  };
  const visit = (e: Expr): void => {
    if (seen.has(e.id)) return;
    seen.add(e.id);
    if (e.kind === 'inverse') regular(e.arg);
    if (e.kind === 'call' && (e.op === 'chol' || e.op === 'lu') && e.args[0]) regular(e.args[0]);
    for (const c of childrenOf(e)) visit(c);
  };
  visit(root);
  return [...found.values()];
}
