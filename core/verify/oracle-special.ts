/** Special functions to about 60 digits: a series for erf; the recurrence and Stirling's series for gamma and its relatives. */
import { HALF, ONE, PI, TWO, ZERO, ratio, tenTo, type Num } from './oracle-decimal';
import { OutsideDomain, type Watch } from './oracle-matrix';

/** Bernoulli numbers B₂, B₄, … by the defining recurrence, exact until the last division. */
const bernoulli: readonly Num[] = (() => {
  const COUNT = 36;
  const tops: bigint[] = [];
  const bottoms: bigint[] = [];
  const out: Num[] = [];
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
  for (let m = 0; m <= 2 * COUNT; m++) {
    let p = 0n;
    let q = 1n;
    let binomial = 1n;
    for (let k = 0; k < m; k++) {
      const a = tops[k] ?? 0n;
      const b = bottoms[k] ?? 1n;
      p = p * b + binomial * a * q;
      q *= b;
      const g = gcd(p, q);
      p /= g;
      q /= g;
      binomial = (binomial * BigInt(m + 1 - k)) / BigInt(k + 1);
    }
    tops.push(m === 0 ? 1n : -p);
    bottoms.push(m === 0 ? 1n : q * BigInt(m + 1));
    if (m >= 2 && m % 2 === 0) out.push(ratio(tops[m] ?? 0n, bottoms[m] ?? 1n));
  }
  return out;
})();

/** From here on 36 terms of Stirling's series are below 1e-66. */
const FAR = 60;
const MOST_STEPS = 100_000;
const ENOUGH = tenTo(-70);

function requireNoPole(x: Num, what: string, watch?: Watch): void {
  if (!x.isPositive() || x.isZero()) {
    if (x.isInteger()) throw new OutsideDomain(`${what} of ${x.toString()}`);
    watch?.near(x.minus(x.round()).abs().toNumber(), `${what} is near a pole`);
    if (x.lt(-MOST_STEPS)) throw new OutsideDomain(`${what} of a number below ${-MOST_STEPS}`);
  } else watch?.near(x.toNumber(), `${what} is near a pole`);
}

/** erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!! (Abramowitz and Stegun, 7.1.6): all terms have one sign. */
export function erf(x: Num): Num {
  if (x.abs().gt(13)) return x.isNegative() ? ONE.neg() : ONE;
  const square = x.times(x);
  let term = x;
  let sum = x;
  for (let n = 1; !term.isZero() && term.abs().gt(sum.abs().times(ENOUGH)); n++) {
    term = term.times(square).times(TWO).div(2 * n + 1);
    sum = sum.plus(term);
  }
  return sum.times(TWO).div(PI.sqrt()).times(square.neg().exp());
}
export const normalCdf = (x: Num): Num => ONE.plus(erf(x.div(TWO.sqrt()))).times(HALF);

/** log Γ(x) for x > 0 (Abramowitz and Stegun, 6.1.15 and 6.1.40). */
export function logGamma(x: Num, watch?: Watch): Num {
  if (x.isNegative() || x.isZero()) throw new OutsideDomain('lgamma of a number that is not positive');
  requireNoPole(x, 'the gamma function', watch);
  let shift = ONE;
  let z = x;
  while (z.lt(FAR)) {
    shift = shift.times(z);
    z = z.plus(1);
  }
  return stirling(z).minus(shift.ln());
}
function stirling(z: Num): Num {
  constants ??= { halfLogTwoPi: PI.times(TWO).ln().times(HALF), stirling: bernoulli.map((b, i) => b.div((2 * i + 2) * (2 * i + 1))) };
  return z.minus(HALF).times(z.ln()).minus(z).plus(constants.halfLogTwoPi).plus(inverseSquares(constants.stirling, z).div(z));
}
/** What Stirling's series takes anew for no argument. */
let constants: { readonly halfLogTwoPi: Num; readonly stirling: readonly Num[] } | undefined;

/** Σ c_i z^(−2i), from the smallest term on. */
function inverseSquares(coefficients: readonly Num[], z: Num): Num {
  const w = ONE.div(z.times(z));
  return coefficients.reduceRight((s, c) => s.times(w).plus(c), ZERO);
}
export function gamma(x: Num, watch?: Watch): Num {
  requireNoPole(x, 'the gamma function', watch);
  let shift = ONE;
  let z = x;
  while (z.lt(FAR)) {
    shift = shift.times(z);
    z = z.plus(1);
  }
  return stirling(z).exp().div(shift);
}

/** ψ⁽ᵐ⁾(x), the digamma function for m = 0 (Abramowitz and Stegun, 6.3.18, 6.4.6, 6.4.11). */
export function polygamma(m: number, x: Num, watch?: Watch): Num {
  requireNoPole(x, 'the polygamma function', watch);
  if (!Number.isInteger(m) || m < 0 || m > 20) throw new OutsideDomain('polygamma of an order that is not a whole number from 0 to 20');
  const factorial = (n: number): Num => {
    let f = ONE;
    for (let i = 2; i <= n; i++) f = f.times(i);
    return f;
  };
  let sum = ZERO;
  let z = x;
  while (z.lt(FAR)) {
    sum = sum.plus(ONE.div(m === 0 ? z : z.pow(m + 1)));
    z = z.plus(1);
  }
  const head = m === 0 ? z.ln().neg() : factorial(m - 1).div(z.pow(m));
  const next = z.pow(m + 1);
  let tail = tails.get(m);
  if (!tail) {
    tail = bernoulli.map((b, i) => {
      const k = 2 * (i + 1);
      let c = m === 0 ? b.div(k) : b;
      for (let j = k + 1; j <= k + m - 1; j++) c = c.times(j);
      return c;
    });
    tails.set(m, tail);
  }
  const series = head.plus(factorial(m).div(next.times(TWO))).plus(inverseSquares(tail, z).div(next.times(z)));
  return series.plus(sum.times(factorial(m))).times(m % 2 === 0 ? ONE.neg() : ONE);
}
/** The coefficients of ψ⁽ᵐ⁾'s series, order by order. */
const tails = new Map<number, readonly Num[]>();
