/** Identities of the functions that act on every entry. */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { otherWay } from '../algebra/transpose';
import { HALF, isNegativeQ, isZeroQ, ONE } from '../algebra/rational';
import { coefficientOf, numberOf } from '../algebra/sign';
import { identity, under, type Identity } from './rewrite';

export const ELEMENTWISE = ['exp', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'abs', 'sign', 'relu', 'sigmoid', 'softplus', 'erf',
  'normcdf', 'gamma', 'lgamma', 'digamma', 'trigamma', 'step'] as const;
const ODD = ['sin', 'tan', 'asin', 'atan', 'sinh', 'tanh', 'erf', 'sign'];
const EVEN = ['cos', 'cosh', 'abs'];
/** f(0) where it is a whole number. */
const AT_ZERO: Readonly<Record<string, 0 | 1>> = { exp: 1, sin: 0, cos: 1, tan: 0, asin: 0, atan: 0, sinh: 0, cosh: 1, tanh: 0, abs: 0, sign: 0, relu: 0, erf: 0 };

/** 1 in the shape of a node. */
const onesLike = (g: Graph, a: Node): Node => g.ones(a.shape);
const isNegated = (a: Node): boolean => isNegativeQ(coefficientOf(a));
const first = (args: readonly Node[]): Node => args[0] as Node;

const general: Identity[] = ELEMENTWISE.flatMap((op) => [
  identity(op, `${op}(A') = ${op}(A)'`, (g, args) => {
    const a = first(args);
    const other = isScalar(a.shape) ? undefined : otherWay(g, a);
    return other && g.transpose(g.apply(op, [other]));
  }),
  identity(op, `${op}(0)`, (g, args) => {
    const a = first(args);
    const value = AT_ZERO[op];
    return a.kind === 'zero' && value !== undefined ? (value === 0 ? a : onesLike(g, a)) : undefined;
  }),
  identity(op, `${op}(c*ones(m, n)) = ${op}(c)*ones(m, n)`, (g, args) => {
    const a = first(args);
    if (a.kind === 'ones') return g.mul(g.apply(op, [g.number(1)]), a);
    if (a.kind !== 'product' || a.factors.length !== 1 || a.factors[0]?.kind !== 'ones') return undefined;
    return g.mul(g.apply(op, [g.product(a.coefficient, a.scalars, [])]), a.factors[0]);
  }),
]);

const parity: Identity[] = [
  ...ODD.map((op) => identity(op, `${op}(-x) = -${op}(x)`, (g, args) => (isNegated(first(args)) ? g.neg(g.apply(op, [g.neg(first(args))])) : undefined))),
  ...EVEN.map((op) => identity(op, `${op}(-x) = ${op}(x)`, (g, args) => (isNegated(first(args)) ? g.apply(op, [g.neg(first(args))]) : undefined))),
];

/** u where the node is 1 + exp(u). */
export function onePlusExp(a: Node): Node | undefined {
  if (a.kind !== 'sum' || a.terms.length !== 2) return undefined;
  const unit = a.terms.find((t) => t.kind === 'ones' || (isScalar(t.shape) && numberOf(t)?.n === 1n && numberOf(t)?.d === 1n));
  const e = a.terms.find((t) => t !== unit);
  return unit && e?.kind === 'apply' && e.op === 'exp' ? e.args[0] : undefined;
}
/** u where the node is 1 - sigmoid(u). */
export function oneMinusSigmoid(g: Graph, a: Node): Node | undefined {
  if (a.kind !== 'sum' || a.terms.length !== 2) return undefined;
  const unit = a.terms.find((t) => t === onesLike(g, a));
  const s = a.terms.find((t) => t !== unit);
  if (!unit || s?.kind !== 'product' || s.coefficient.n !== -1n || s.coefficient.d !== 1n) return undefined;
  const [x] = s.factors.length === 1 && s.scalars.length === 0 ? s.factors : s.factors.length === 0 && s.scalars.length === 1 ? s.scalars.map((p) => p.base) : [];
  return x?.kind === 'apply' && x.op === 'sigmoid' ? x.args[0] : undefined;
}

export const elementwiseIdentities: readonly Identity[] = [
  ...general,
  ...parity,
  identity('sqrt', 'sqrt(x) = x.^(1/2)', (g, args) => g.elementPower(first(args), HALF), 'x >= 0'),
  under('exp', 'log', 'exp(log(x)) = x', (_g, [x]) => x, 'x > 0'),
  under('log', 'exp', 'log(exp(x)) = x', (_g, [x]) => x),
  identity('log', 'log(1) = 0', (g, args) => {
    const a = first(args);
    if (a.kind === 'ones') return g.zero(a.shape);
    const q = numberOf(a);
    return q && q.n === 1n && q.d === 1n ? g.zero(a.shape) : undefined;
  }),
  under('log', 'det', 'log(det(A)) = logdet(A)', (g, [a]) => (a ? g.apply('logdet', [a]) : undefined), 'det(A) > 0'),
  identity('log', 'log(1 + exp(u)) = softplus(u)', (g, args) => {
    const u = onePlusExp(first(args));
    return u ? g.apply('softplus', [u]) : undefined;
  }),
  under('log', 'sigmoid', 'log(sigmoid(u)) = -softplus(-u)', (g, [u]) => (u ? g.neg(g.apply('softplus', [g.neg(u)])) : undefined)),
  identity('log', 'log(1 - sigmoid(u)) = -softplus(u)', (g, args) => {
    const u = oneMinusSigmoid(g, first(args));
    return u ? g.neg(g.apply('softplus', [u])) : undefined;
  }),
  identity('log', 'log(sum(exp(u))) = logsumexp(u)', (g, args) => {
    const a = first(args);
    if (a.kind !== 'apply' || a.op !== 'sum') return undefined;
    const e = a.args[0];
    return e?.kind === 'apply' && e.op === 'exp' && e.args[0] ? g.apply('logsumexp', [e.args[0]]) : undefined;
  }),
  identity('log', 'log(a*b) = log(a) + log(b) for scalars of known sign', (g, args) => {
    const a = first(args);
    if (!isScalar(a.shape) || a.kind !== 'product' || a.scalars.length === 0) return undefined;
    if (isNegativeQ(a.coefficient) || !a.scalars.every((p) => g.isPositive(p.base))) return undefined;
    const logs = a.scalars.map((p) => g.scale(p.exponent, g.apply('log', [p.base])));
    if (a.coefficient.n === 1n && a.coefficient.d === 1n && a.scalars.length === 1 && logs[0] && a.scalars[0]?.exponent.n === 1n && a.scalars[0].exponent.d === 1n) return undefined;
    return g.add(g.apply('log', [g.number(a.coefficient)]), ...logs);
  }, 'a, b > 0'),
  identity('sigmoid', 'sigmoid(-u) = 1 - sigmoid(u)', (g, args) => {
    const a = first(args);
    return isNegated(a) ? g.sub(onesLike(g, a), g.apply('sigmoid', [g.neg(a)])) : undefined;
  }),
  identity('normcdf', 'normcdf(-u) = 1 - normcdf(u)', (g, args) => {
    const a = first(args);
    return isNegated(a) ? g.sub(onesLike(g, a), g.apply('normcdf', [g.neg(a)])) : undefined;
  }),
  identity('abs', 'abs(x) = x where x >= 0', (g, args) => (g.isNonnegative(first(args)) ? first(args) : undefined)),
  identity('relu', 'relu(x) = x where x >= 0', (g, args) => (g.isNonnegative(first(args)) ? first(args) : undefined)),
  identity('sign', 'sign(x) = 1 where x > 0', (g, args) => (g.isPositive(first(args)) ? onesLike(g, first(args)) : undefined)),
  identity('step', 'step(x) = 1 where x > 0', (g, args) => (g.isPositive(first(args)) ? onesLike(g, first(args)) : undefined)),
  ...['max', 'min'].map((op) => identity(op, `${op}(x, x) = x`, (_g, [x, y]) => (x && x === y ? x : undefined))),
  identity('polygamma', 'polygamma(0, x) = digamma(x)', (g, [k, x]) => {
    const order = k && numberOf(k);
    if (!order || !x || order.d !== 1n) return undefined;
    return isZeroQ(order) ? g.apply('digamma', [x]) : order.n === 1n ? g.apply('trigamma', [x]) : undefined;
  }),
  identity('elementPower', 'x .^ p for a number p', (g, [x, p]) => {
    const q = p && numberOf(p);
    return q && x ? g.elementPower(x, q) : undefined;
  }),
  identity('power', 'A^p for a number p', (g, [x, p]) => {
    const q = p && numberOf(p);
    return q && x ? g.power(x, q) : undefined;
  }),
  identity('elementPower', 'ones .^ p = ones', (_g, [x]) => (x?.kind === 'ones' ? x : undefined)),
  identity('power', '1^p = 1', (g, [x]) => (x && (x.kind === 'identity' || numberOf(x) === ONE || x === g.number(1)) ? x : undefined)),
];
