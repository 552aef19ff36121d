/**
 * Forms that keep their accuracy where the formula as written loses it in floating point: norms without overflow, x/norm(x) before
 * products with it, logarithms of determinants from their factors, a product of all entries but one without a division, 1 - sigmoid(x) as sigmoid(-x), and sums of eigenvalues
 * that are divided by, which are checked. Equal in exact arithmetic, so no rule of calculus depends on them.
 */
import { isOne, isScalar, SCALAR, shape } from '../algebra/dim';
import { addQ, equalQ, isOneQ, isZeroQ, mulQ, ONE, rational, toNumber, type Rational } from '../algebra/rational';
import { blockSums } from './block-sums';
import { createCentred } from './centred';
import { byDifferences } from './distances';
import { childrenOf, type Expr, type Power, type Term } from './expr';
import type { Exprs } from './exprs';
import { isNumberOne, type Facts } from './facts';
import { withoutMeans } from './means';
import { rebuilt } from './rebuild';
import { createShift } from './shift';
import { logTail, millsRatios } from './tails';

const MINUS_ONE = rational(-1);
const TWO = rational(2);

/** @param variables those that a derivative is by */
export function createStable(ex: Exprs, facts: Facts, variables: readonly Expr[] = []): (e: Expr) => Expr {
  const memo = new Map<number, Expr>();
  const minus = ex.number(-1);
  const stable = (e: Expr): Expr => {
    const known = memo.get(e.id);
    if (known) return known;
    const made = better(rebuilt(ex, e, stable));
    memo.set(e.id, made);
    return made;
  };

  /** The array whose square norm this is: v'v, or the sum of the squares of all entries. */
  const squareNorm = (e: Expr): Expr | undefined => {
    if (e.kind === 'product' && e.factors.length === 2) {
      const [a, b] = e.factors;
      return a && b && isOne(b.shape.cols) && ex.transpose(a) === b ? b : undefined;
    }
    const [p] = e.kind === 'total' && e.arg.kind === 'times' ? e.arg.powers : [];
    return e.kind === 'total' && e.arg.kind === 'times' && e.arg.powers.length === 1 && p && equalQ(p.exponent, TWO) ? p.base : undefined;
  };

  const better = (e: Expr): Expr => {
    if (e.kind === 'call') return blockSums(ex, e);
    if (e.kind === 'product' || e.kind === 'trace') {
      const factors = withoutMeans(ex, e.factors);
      return factors === e.factors ? e : e.kind === 'trace' ? ex.trace(ex.product(factors)) : ex.product(factors);
    }
    if (e.kind === 'times') {
      const mills = millsRatios(ex, e);
      if (mills !== e) return mills.kind === 'times' ? better(mills) : mills;
      const t = tangents(e);
      return t.kind !== 'times' ? t : isScalar(e.shape) ? scalarProduct(t) : slopes(sums(t));
    }
    if (e.kind === 'map' && e.fn === 'log') { const d = logTail(ex, e) ?? logDeterminants(ex, e); return d.kind === 'map' && d.fn === 'log' ? logCosh(d) : d; }
    if (e.kind === 'sum') {
      const near = byDifferences(ex, e);
      return near.kind !== 'sum' ? near : sigmoids(isScalar(e.shape) ? e : ex.sum(near.terms.map((t) => quotient(ex, t, squareNorm)), e.shape));
    }
    return e;
  };
  const scalarProduct = (e: Expr & { kind: 'times' }): Expr => {
    const powers = e.powers.map((p): Power => {
      const v = p.exponent.d === 2n ? squareNorm(p.base) : undefined;
      return v ? { base: ex.call('norm', [v], SCALAR), exponent: mulQ(p.exponent, TWO) } : p;
    });
    // prod(p)*sum(V ./ p) is the sum of V times all other entries.
    for (const q of powers) {
      const [t] = q.base.kind === 'total' && isOneQ(q.exponent) ? [quotient(ex, { coefficient: ex.times(powers.filter((x) => x !== q), SCALAR), arg: q.base.arg }, () => undefined)] : [];
      if (t && q.base.kind === 'total' && t.arg !== q.base.arg) return ex.multiply(t.coefficient, ex.total(t.arg));
    }
    const { arrays, coefficient } = unitVectors(ex, powers, undefined, squareNorm);
    return arrays === undefined ? slopes(coefficient) : ex.multiply(coefficient, arrays);
  };
  /** 1/(a_i + b_j) for eigenvalues that may cancel. */
  const sums = (e: Expr & { kind: 'times' }): Expr => {
    const at = e.powers.findIndex((p) => equalQ(p.exponent, MINUS_ONE) && p.base.kind === 'sum' && outerSum(p.base) !== undefined);
    const base = e.powers[at]?.base;
    const pair = base?.kind === 'sum' ? outerSum(base) : undefined;
    if (!pair || pair.every(checked)) return e;
    const table = ex.call('reciprocalSums', pair, shape(pair[0].shape.rows, pair[1].shape.rows));
    return ex.times([...e.powers.filter((_, k) => k !== at), { base: table, exponent: ONE }], e.shape);
  };
  /** The a and b of a*ones' + ones*b', both made of eigenvalues. */
  const outerSum = (e: Expr & { kind: 'sum' }): readonly [Expr, Expr] | undefined => {
    if (e.terms.length !== 2 || !e.terms.every((t) => isNumberOne(t.coefficient) && t.arg.kind === 'product' && t.arg.factors.length === 2)) return undefined;
    const factors = e.terms.map((t) => (t.arg.kind === 'product' ? t.arg.factors : []));
    const down = factors.find(([, b]) => b?.kind === 'ones')?.[0];
    const across = factors.find(([a]) => a?.kind === 'ones')?.[1];
    return down && across && spectral(down) && spectral(ex.transpose(across)) ? [down, ex.transpose(across)] : undefined;
  };
  /** Positive by a check, not by what is declared. */
  const positives = new Map<Expr, boolean>();
  const checked = (e: Expr): boolean => {
    const made = positives.get(e) ?? ((e.kind === 'call' && e.op === 'positiveSpectrum') || (facts.sign(e) === 'positive' && childrenOf(e).some((c) => isOne(c.shape.cols) && !isScalar(c.shape) && checked(c))));
    positives.set(e, made);
    return made;
  };
  const spectra = new Map<Expr, boolean>();
  const spectral = (e: Expr): boolean => {
    const made = spectra.get(e) ?? (isOne(e.shape.cols) && ((e.kind === 'call' && e.op === 'eigSym') || childrenOf(e).some((c) => isOne(c.shape.cols) && spectral(c))));
    spectra.set(e, made);
    return made;
  };

  const isMap = (e: Expr | undefined, fn: string): e is Expr & { kind: 'map' } => e?.kind === 'map' && e.fn === fn;
  /** sinh(x)/cosh(x) as tanh(x): both are infinite beyond 710. */
  const tangents = (e: Expr & { kind: 'times' }): Expr => {
    for (const s of e.powers) {
      const over = isMap(s.base, 'sinh') && isOneQ(s.exponent) ? e.powers.find((c) => isMap(c.base, 'cosh') && equalQ(c.exponent, MINUS_ONE) && s.base.kind === 'map' && c.base.args[0] === s.base.args[0]) : undefined;
      if (!over || s.base.kind !== 'map') continue;
      const made = ex.times([...e.powers.filter((p) => p !== s && p !== over), { base: ex.map('tanh', s.base.args, s.base.shape), exponent: ONE }], e.shape);
      return made.kind === 'times' ? tangents(made) : made;
    }
    return e;
  };
  /** log(cosh(x)) as |x| + softplus(-2*|x|) - log(2). */
  const logCosh = (e: Expr & { kind: 'map' }): Expr => {
    const [c] = e.args;
    const x = isMap(c, 'cosh') ? c.args[0] : undefined;
    if (!x) return e;
    const [one, size] = [ex.number(1), ex.map('abs', [x], x.shape)];
    return ex.sum([
      { coefficient: one, arg: size }, { coefficient: one, arg: ex.map('softplus', [ex.scale(ex.number(-2), size)], x.shape) },
      { coefficient: ex.multiply(minus, ex.map('log', [ex.number(2)], SCALAR)), arg: isScalar(x.shape) ? one : ex.ones(x.shape) },
    ], x.shape);
  };

  /** c - c*sigmoid(x) as c*sigmoid(-x). */
  const sigmoids = (e: Expr): Expr => {
    if (e.kind !== 'sum') return e;
    for (const s of e.terms) {
      if (s.arg.kind !== 'map' || s.arg.fn !== 'sigmoid') continue;
      const against = ex.multiply(minus, s.coefficient);
      const one = e.terms.find((t) => (t.arg.kind === 'ones' || isNumberOne(t.arg)) && t.coefficient === against);
      const [x] = s.arg.args;
      if (!one || !x) continue;
      const rest = e.terms.filter((t) => t !== one && t !== s);
      return sigmoids(ex.sum([...rest, { coefficient: against, arg: ex.map('sigmoid', [ex.scale(minus, x)], e.shape) }], e.shape));
    }
    return e;
  };
  /** sigmoid(x)*sigmoid(-x) is the slope of sigmoid at x and at -x. */
  const slopes = (e: Expr): Expr => {
    if (e.kind !== 'times') return e;
    const single = e.powers.filter((p) => p.base.kind === 'map' && p.base.fn === 'sigmoid' && isOneQ(p.exponent));
    for (const p of single) {
      const [x] = p.base.kind === 'map' ? p.base.args : [];
      const other = x && single.find((q) => q !== p && q.base.kind === 'map' && q.base.args[0] === ex.scale(minus, x));
      if (!x || !other) continue;
      return ex.times([...e.powers.filter((q) => q !== p && q !== other), { base: ex.map('sigmoidSlope', [other.base.id > p.base.id ? x : ex.scale(minus, x)], e.shape), exponent: ONE }], e.shape);
    }
    return e;
  };
  const shift = createShift(ex, facts);
  const centred = createCentred(ex, variables);
  return (e) => centred(stable(shift(e)));
}

/** log|det(A)*…|, and of even powers of det(A) with their signs gone, from the factors: the determinant itself may be no number. Products of entries alike. */
function logDeterminants(ex: Exprs, e: Expr & { readonly kind: 'map' }): Expr {
  const [arg] = e.args;
  if (!arg || !isScalar(e.shape)) return e;
  const inner = arg.kind === 'map' && arg.fn === 'abs' ? arg.args[0] : undefined;
  const powers = powersOf(inner ?? arg);
  const logOf = (p: Power): Expr | undefined => {
    const { base } = p;
    if (base.kind !== 'call' || !(inner || (p.exponent.d === 1n && p.exponent.n % 2n === 0n))) return undefined;
    const [v] = base.args;
    if (base.op === 'prod' && v) return ex.total(ex.map('log', [ex.map('abs', [v])]));
    return base.op === 'luDeterminant' ? ex.call('luLogAbsdet', base.args, SCALAR) : undefined;
  };
  const found = powers.flatMap((p) => { const arg_ = logOf(p); return arg_ ? [{ coefficient: ex.number(p.exponent), arg: arg_ }] : []; });
  if (found.length === 0) return e;
  const rest = ex.times(powers.filter((p) => !logOf(p)), SCALAR);
  return ex.sum([...found, ...(isNumberOne(rest) ? [] : [{ coefficient: ex.number(1), arg: ex.map('log', [inner ? ex.map('abs', [rest]) : rest]) }])], SCALAR);
}

/** A scalar as the powers that it is a product of. */
const powersOf = (c: Expr): readonly Power[] => {
  const [t] = c.kind === 'sum' ? c.terms : [];
  if (c.kind === 'times') return c.powers;
  return c.kind === 'sum' && c.terms.length === 1 && t ? [...powersOf(t.coefficient), ...powersOf(t.arg)] : [{ base: c, exponent: ONE }];
};

/** A term of a sum of arrays: prod(p) ./ p_i without the division, x*(x'*V)/norm(x)^3 by the unit vector. */
function quotient(ex: Exprs, t: Term, squareNorm: (e: Expr) => Expr | undefined): Term {
  const powers = powersOf(t.coefficient);
  const all = powers.find((p) => p.base.kind === 'call' && p.base.op === 'prod' && isOneQ(p.exponent));
  const [p] = all?.base.kind === 'call' ? all.base.args : [];
  const under = p && t.arg.kind === 'times' ? t.arg.powers.find((q) => q.base === p && equalQ(q.exponent, MINUS_ONE)) : undefined;
  if (all && p && under && t.arg.kind === 'times') {
    const others = ex.call('productOfOthers', [p], p.shape);
    return { coefficient: ex.times(powers.filter((x) => x !== all), SCALAR), arg: ex.times([...t.arg.powers.filter((q) => q !== under), { base: others, exponent: ONE }], t.arg.shape) };
  }
  const { arrays, coefficient } = unitVectors(ex, powers, t.arg, squareNorm);
  return arrays === undefined ? t : { coefficient, arg: arrays };
}

/**
 * Where norm(v)^-k stands beside products with v: each v takes one of the powers and is a unit vector. Neither the norm's powers nor
 * the products with v leave the range of numbers then. `arrays` is undefined where nothing changes.
 */
function unitVectors(ex: Exprs, powers: readonly Power[], arg: Expr | undefined, squareNorm: (e: Expr) => Expr | undefined): { readonly arrays: Expr | undefined; readonly coefficient: Expr } {
  const scalar = ex.times(powers, SCALAR);
  const under = powers.find((p) => toNumber(p.exponent) < 0 && normOf(p, squareNorm) !== undefined && toNumber(normOf(p, squareNorm)?.exponent ?? ONE) <= -1);
  const norm = under && normOf(under, squareNorm);
  if (!under || !norm) return { arrays: undefined, coefficient: scalar };
  const v = norm.base;
  const u = ex.call('unitVector', [v], v.shape);
  let left = Math.floor(-toNumber(norm.exponent));
  const budget = left;
  const inFactors = (factors: readonly Expr[]): readonly Expr[] => factors.map((f) => {
    const turned = f === ex.transpose(v);
    if (left === 0 || !(f === v || turned)) return f;
    left--;
    return turned && f !== v ? ex.transpose(u) : u;
  });
  const inside = (e: Expr): Expr => (e.kind === 'product' ? ex.product(inFactors(e.factors)) : inFactors([e])[0] ?? e);
  const alone = arg === v || arg === ex.transpose(v);
  const arrays = arg && !isScalar(arg.shape) && !(alone && budget === 1) ? inside(arg) : arg;
  const scalars = powers.filter((p) => p !== under).map((p) => (isOneQ(p.exponent) && p.base.kind === 'product' ? { ...p, base: inside(p.base) } : p));
  if (left === budget) return { arrays: undefined, coefficient: scalar };
  const rest: Rational = addQ(norm.exponent, rational(budget - left));
  const coefficient = ex.times([...scalars, ...(isZeroQ(rest) ? [] : [{ base: ex.call('norm', [v], SCALAR), exponent: rest }])], SCALAR);
  return { arrays: arrays ?? ex.number(1), coefficient };
}
/** The column whose norm is raised to what power here. */
function normOf(p: Power, squareNorm: (e: Expr) => Expr | undefined): Power | undefined {
  const v = p.base.kind === 'call' && p.base.op === 'norm' ? p.base.args[0] : squareNorm(p.base);
  if (!v || !isOne(v.shape.cols) || isScalar(v.shape)) return undefined;
  return { base: v, exponent: p.base.kind === 'call' ? p.exponent : mulQ(p.exponent, TWO) };
}
