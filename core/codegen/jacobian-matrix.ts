/** The Jacobian of a vector by a vector as a matrix expression, so that whole products make it: L*e becomes L. */
import { D1, isOne, isScalar, shape } from '../algebra/dim';
import { isOneQ } from '../algebra/rational';
import { childrenOf, type Expr } from './expr';
import type { Exprs } from './exprs';

/** The matrix J with J*E = e, where e is linear in the column E; undefined where e is not made of products, sums and scalings. */
export function jacobianMatrix(ex: Exprs, e: Expr, E: Expr): Expr | undefined {
  const memo = new Map<number, boolean>();
  const depends = (x: Expr): boolean => {
    const known = memo.get(x.id);
    if (known !== undefined) return known;
    const made = x === E || childrenOf(x).some(depends);
    memo.set(x.id, made);
    return made;
  };
  const n = E.shape.rows;
  /** Rows: the entries of a column x (a row is transposed), columns: those of E. */
  const matrix = (x: Expr): Expr | undefined => {
    if (!depends(x)) return ex.zeros(shape(isOne(x.shape.cols) ? x.shape.rows : x.shape.cols, n));
    if (x === E) return ex.identity(n);
    if (!isScalar(x.shape) && isOne(x.shape.rows)) return matrix(ex.transpose(x));
    if (!isOne(x.shape.cols)) return undefined;
    const rows = shape(x.shape.rows, n);
    switch (x.kind) {
      case 'sum': {
        const parts: Expr[] = [];
        for (const t of x.terms) {
          if (depends(t.arg)) {
            if (depends(t.coefficient)) return undefined;
            const m = matrix(t.arg);
            if (!m) return undefined;
            parts.push(scaled(t.coefficient, m));
          } else if (depends(t.coefficient)) {
            const m = matrix(t.coefficient);
            if (!m) return undefined;
            parts.push(ex.product([t.arg, m], x.shape.rows));
          }
        }
        return ex.sum(parts.map((arg) => ({ coefficient: ex.number(1), arg })), rows);
      }
      case 'product': {
        const at = x.factors.findIndex(depends);
        const f = x.factors[at];
        if (!f || x.factors.slice(at + 1).some(depends)) return undefined;
        const left = x.factors.slice(0, at);
        const right = x.factors.slice(at + 1);
        if (f.kind === 'diag') {
          const m = matrix(f.arg);
          const rest = right.length > 0 ? ex.product(right) : undefined;
          return m && rest && isOne(rest.shape.cols) ? ex.product([...left, ex.diag(rest), m], x.shape.rows) : undefined;
        }
        if (right.length === 0) { const m = matrix(f); return m && ex.product([...left, m], x.shape.rows); }
        // Not as a product turned round: a scalar product and its transpose are one expression.
        if (isScalar(x.shape) && left.length === 0) { const m = matrix(f); return m && ex.product([ex.transpose(ex.product(right)), m], D1); }
        return undefined;
      }
      case 'times': {
        const own = x.powers.filter((p) => depends(p.base));
        const [p] = own;
        if (own.length !== 1 || !p || !isOneQ(p.exponent)) return undefined;
        const m = matrix(p.base);
        const others = ex.times(x.powers.filter((q) => q !== p), x.shape);
        return m && (isScalar(x.shape) ? scaled(others, m) : ex.product([ex.diag(others), m], x.shape.rows));
      }
      case 'total': {
        const m = isOne(x.arg.shape.cols) || isOne(x.arg.shape.rows) ? matrix(x.arg) : undefined;
        return m && ex.product([ex.ones(shape(D1, m.shape.rows)), m], D1);
      }
      default: return undefined;
    }
  };
  const scaled = (c: Expr, m: Expr): Expr => (isScalar(m.shape) ? ex.multiply(c, m) : ex.scale(c, m));
  return matrix(e);
}
