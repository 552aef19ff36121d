/**
 * Elementwise products with a dyad of a unit vector: only one column (or row) of (u*e_l') .* R is not 0, and it is u .* (R*e_l).
 * So a column of a Jacobian through an elementwise function reads one column of its slopes, and no product meets the zeros.
 */
import { isOne, isScalar } from '../algebra/dim';
import { isOneQ, ONE } from '../algebra/rational';
import type { Expr, Power } from './expr';
import type { Exprs } from './exprs';
import { onceEach } from './once-each';
import { rebuilt } from './rebuild';

/** The same expression with each such product as that column times the unit vector; only unit vectors with the indices of the caller's loops are meant. */
export function oneColumnEach(ex: Exprs, root: Expr): Expr {
  const isUnit = (e: Expr | undefined): e is Expr & { kind: 'unit' } => e?.kind === 'unit' && e.index.kind === 'literal';
  /** Whether e is something times a unit vector's transpose, or a unit vector times something. */
  const sides = (e: Expr): { readonly left?: Expr; readonly right?: Expr } | undefined => {
    const factors = e.kind === 'product' ? e.factors : [e];
    const [first, last] = [factors[0], factors[factors.length - 1]];
    // The dyad of two has one entry: its places are found as they are.
    if (factors.length === 2 && isUnit(first) && last?.kind === 'transpose' && isUnit(last.arg)) return undefined;
    if (!isOne(e.shape.rows) && isUnit(first)) return { left: first };
    if (!isOne(e.shape.cols) && last?.kind === 'transpose' && isUnit(last.arg)) return { right: last };
    return undefined;
  };
  const apart = (base: Expr, others: Expr): Expr => {
    const side = sides(base);
    const factors = base.kind === 'product' ? base.factors : [base];
    if (!side) return ex.multiply(base, others);
    const [left, right] = [side.left, side.right];
    if (left) {
      const picked = ex.product([ex.transpose(left), others]);
      const rest = factors.slice(1);
      return ex.product([left, rest.length === 0 ? picked : times(ex.product(rest), picked)]);
    }
    if (!right) return ex.multiply(base, others);
    const picked = ex.product([others, ex.transpose(right)]);
    const rest = factors.slice(0, -1);
    return ex.product([rest.length === 0 ? picked : times(ex.product(rest), picked), right]);
  };
  const times = (a: Expr, b: Expr): Expr => (isScalar(a.shape) || isScalar(b.shape) ? ex.multiply(a, b) : elementwise([{ base: a, exponent: ONE }, { base: b, exponent: ONE }], a.shape));
  const elementwise = (powers: readonly Power[], shape: Expr['shape']): Expr => {
    const holds = (base: Expr): boolean => (base.kind === 'sum' ? base.terms.some((t) => sides(t.arg)) : sides(base) !== undefined);
    const at = isScalar(shape) ? -1 : powers.findIndex((p) => isOneQ(p.exponent) && holds(p.base));
    const found = powers[at];
    if (!found) return ex.times(powers, shape);
    const others = elementwise(powers.filter((_, k) => k !== at), shape);
    if (found.base.kind !== 'sum') return apart(found.base, others);
    const { terms } = found.base;
    const rest = terms.filter((t) => !sides(t.arg));
    return ex.sum([
      ...terms.filter((t) => sides(t.arg)).map((t) => ({ coefficient: t.coefficient, arg: apart(t.arg, others) })),
      ...(rest.length > 0 ? [{ coefficient: ex.number(1), arg: ex.multiply(ex.sum(rest, shape), others) }] : []),
    ], shape);
  };
  const entryOf = (e: Expr): Expr | undefined => {
    if (e.kind !== 'times') return undefined;
    const dyad = e.powers.find((p) => isOneQ(p.exponent) && p.base.kind === 'product' && p.base.factors.length === 2 && isUnit(p.base.factors[0]) && isOne(p.base.factors[0].shape.cols));
    const [left, right] = dyad?.base.kind === 'product' ? dyad.base.factors : [];
    if (!isUnit(left) || right?.kind !== 'transpose' || !isUnit(right.arg)) return undefined;
    return ex.product([left, ex.transpose(left), ex.times(e.powers.filter((p) => p !== dyad), e.shape), right.arg, right]);
  };
  /** Terms with unit vectors one by one: each product with them is a column or a row that is there. */
  const multipliedOut = (factors: readonly Expr[], shape: Expr['shape']): Expr => {
    const at = factors.findIndex((f) => f.kind === 'sum' && f.terms.length > 1 && f.terms.some((t) => sides(t.arg) ?? entryOf(t.arg)));
    const f = factors[at];
    if (f?.kind !== 'sum') return ex.product(factors, shape.rows);
    const by = (x: Expr): Expr => multipliedOut([...factors.slice(0, at), entryOf(x) ?? x, ...factors.slice(at + 1)], shape);
    const rest = f.terms.filter((t) => !(sides(t.arg) ?? entryOf(t.arg)));
    return ex.sum([...f.terms.filter((t) => !rest.includes(t)).map((t) => ({ coefficient: t.coefficient, arg: by(t.arg) })), ...(rest.length > 0 ? [{ coefficient: ex.number(1), arg: by(ex.sum(rest, f.shape)) }] : [])], shape);
  };
  const go: (e: Expr) => Expr = onceEach((e) => {
    const made = rebuilt(ex, e, go);
    if (made.kind === 'diag' && isUnit(made.arg)) return ex.product([made.arg, ex.transpose(made.arg)]);
    // Between other factors its one entry is a number that scales what they do to the unit vectors.
    if (made.kind === 'product') return multipliedOut(made.factors.map((f) => entryOf(f) ?? f), made.shape);
    return made.kind === 'times' ? elementwise(made.powers, made.shape) : made;
  });
  return go(root);
}
