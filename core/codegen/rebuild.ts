/** An expression over other parts: one part replaced wherever it stands, or every part by what a function makes of it. */
import type { Expr } from './expr';
import type { Exprs } from './exprs';

/** The same expression with `to` for `from`, and their transposes. */
export function substitute(ex: Exprs, root: Expr, from: Expr, to: Expr): Expr {
  const memo = new Map<number, Expr>([[ex.transpose(from).id, ex.transpose(to)], [from.id, to]]);
  const go = (e: Expr): Expr => {
    const known = memo.get(e.id);
    if (known) return known;
    const made = rebuilt(ex, e, go);
    memo.set(e.id, made);
    return made;
  };
  return go(root);
}
/** The same node over what `go` makes of its parts. */
export function rebuilt(ex: Exprs, e: Expr, go: (part: Expr) => Expr): Expr {
  switch (e.kind) {
    case 'leaf': case 'number': case 'literal': case 'size': case 'identity': case 'ones': case 'zeros': case 'range': return e;
    case 'unit': return ex.unit(go(e.index), e.shape.rows);
    case 'transpose': return ex.transpose(go(e.arg));
    case 'product': return ex.product(e.factors.map(go), e.shape.rows);
    case 'sum': return ex.sum(e.terms.map((t) => ({ coefficient: go(t.coefficient), arg: go(t.arg) })), e.shape);
    case 'times': return ex.times(e.powers.map((p) => ({ base: go(p.base), exponent: p.exponent })), e.shape);
    case 'map': return ex.map(e.fn, e.args.map(go), e.shape);
    case 'inverse': return ex.inverse(go(e.arg));
    case 'diag': return ex.diag(go(e.arg));
    case 'diagOf': return ex.diagOf(go(e.arg));
    case 'total': return ex.total(go(e.arg));
    case 'trace': return ex.trace(ex.product(e.factors.map(go)));
    case 'call': return ex.call(e.op, e.args.map(go), e.shape, e.dims, e.part);
  }
}
