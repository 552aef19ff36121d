/** The normal distribution far below 0, where normcdf(x) is no number: its logarithm, and exp(-x^2/2)/normcdf(x), the inverse Mills ratio of probit models. */
import { addQ, isIntegerQ, rational, toNumber } from '../algebra/rational';
import type { Expr, Power } from './expr';
import type { Exprs } from './exprs';

/** log(normcdf(a)) by a function of its own. */
export function logTail(ex: Exprs, e: Expr & { kind: 'map' }): Expr | undefined {
  const [x] = e.args;
  return e.fn === 'log' && x?.kind === 'map' && x.fn === 'normcdf' ? ex.map('logNormcdf', x.args, e.shape) : undefined;
}

/** exp(-a^2/2)^j ./ normcdf(a)^k with as many quotients of both as there are. */
export function millsRatios(ex: Exprs, e: Expr & { kind: 'times' }): Expr {
  for (const under of e.powers) {
    const [a] = under.base.kind === 'map' && under.base.fn === 'normcdf' && toNumber(under.exponent) < 0 && isIntegerQ(under.exponent) ? under.base.args : [];
    if (!a) continue;
    const density = ex.map('exp', [ex.scale(ex.number(rational(-1, 2)), ex.power(a, 2))], under.base.shape);
    const over = e.powers.find((p) => p.base === density && toNumber(p.exponent) > 0 && isIntegerQ(p.exponent));
    if (!over) continue;
    const count = rational(Math.min(toNumber(over.exponent), -toNumber(under.exponent)));
    const rest: readonly Power[] = e.powers.map((p) => (p === over ? { ...p, exponent: addQ(p.exponent, rational(-toNumber(count))) } : p === under ? { ...p, exponent: addQ(p.exponent, count) } : p));
    return ex.times([...rest, { base: ex.map('inverseMills', [a], under.base.shape), exponent: count }], e.shape);
  }
  return e;
}
