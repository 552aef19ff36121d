/** Exponentials of matrices that are skew3(w) for some w, which are rotations, and their derivatives. */
import { D1, shape } from '../algebra/dim';
import type { Expr, Term } from './expr';
import type { Exprs } from './exprs';
import { signed } from './facts';

/** expm(a), or its derivative along `direction`, where a is skew3(w); undefined for other matrices. */
export function rotation(ex: Exprs, a: Expr, direction?: Expr): Expr | undefined {
  const w = axisOf(ex, a);
  if (!w) return undefined;
  // The other way round is the transpose, so that both are computed once.
  const isTurned = w.kind === 'sum' && w.terms.every((t) => signed(t.coefficient).negative);
  if (isTurned) return ex.transpose(call(ex, ex.scale(ex.number(-1), w), direction && ex.transpose(direction), a));
  return call(ex, w, direction, a);
}
const call = (ex: Exprs, w: Expr, direction: Expr | undefined, like: Expr): Expr =>
  direction ? ex.call('rotationFrechet', [w, direction], like.shape) : ex.call('rotation', [w], like.shape);

/** The w of skew3(w), its transpose, and sums of such; undefined for other matrices. */
function axisOf(ex: Exprs, e: Expr): Expr | undefined {
  if (e.kind === 'call' && e.op === 'skew3') return e.args[0];
  if (e.kind === 'transpose') { const w = axisOf(ex, e.arg); return w && ex.scale(ex.number(-1), w); }
  if (e.kind !== 'sum') return undefined;
  const terms: Term[] = [];
  for (const t of e.terms) {
    const arg = axisOf(ex, t.arg);
    if (!arg) return undefined;
    terms.push({ coefficient: t.coefficient, arg });
  }
  return ex.sum(terms, shape(e.shape.rows, D1));
}
