/**
 * Complex float64 numbers, and the analytic continuation of each scalar function of the language. Real and imaginary parts never
 * meet in a sum: a step of 1e-30 along the imaginary axis keeps all its digits (Squire & Trapp 1998; Martins, Sturdza & Alonso 2003).
 */
import { OutsideDomain } from './oracle-matrix';

export interface Complex { readonly re: number; readonly im: number }

export const complex = (re: number, im = 0): Complex => ({ re, im });
export const C0 = complex(0);
export const C1 = complex(1);
export const plusC = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
export const minusC = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });
export const timesC = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });
export const scaleC = (a: Complex, by: number): Complex => ({ re: a.re * by, im: a.im * by });
export const negC = (a: Complex): Complex => scaleC(a, -1);
export const sizeC = (a: Complex): number => Math.hypot(a.re, a.im);

export function overC(a: Complex, b: Complex): Complex {
  if (b.re === 0 && b.im === 0) throw new OutsideDomain('division by zero');
  if (b.im === 0) return { re: a.re / b.re, im: a.im / b.re };
  const d = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / d, im: (a.im * b.re - a.re * b.im) / d };
}

export function expC(z: Complex): Complex {
  const e = Math.exp(z.re);
  return { re: e * Math.cos(z.im), im: e * Math.sin(z.im) };
}
/** @throws OutsideDomain left of 0, where the principal branch ends. */
export function logC(z: Complex): Complex {
  if (z.re <= 0) throw new OutsideDomain('log of a number that is not positive');
  return { re: Math.log(sizeC(z)), im: Math.atan2(z.im, z.re) };
}
/** @throws OutsideDomain left of 0, where the principal branch ends. */
export function sqrtC(z: Complex): Complex {
  if (z.re < 0 || (z.re === 0 && z.im !== 0)) throw new OutsideDomain('the square root of a number that is not positive');
  const re = Math.sqrt((sizeC(z) + z.re) / 2);
  return { re, im: re === 0 ? 0 : z.im / (2 * re) };
}
export const sinC = (z: Complex): Complex => ({ re: Math.sin(z.re) * Math.cosh(z.im), im: Math.cos(z.re) * Math.sinh(z.im) });
export const cosC = (z: Complex): Complex => ({ re: Math.cos(z.re) * Math.cosh(z.im), im: -Math.sin(z.re) * Math.sinh(z.im) });
export const tanC = (z: Complex): Complex => overC(sinC(z), cosC(z));
export const sinhC = (z: Complex): Complex => ({ re: Math.sinh(z.re) * Math.cos(z.im), im: Math.cosh(z.re) * Math.sin(z.im) });
export const coshC = (z: Complex): Complex => ({ re: Math.cosh(z.re) * Math.cos(z.im), im: Math.sinh(z.re) * Math.sin(z.im) });

/** z, or -z where its real part is negative: |x| off the kink. */
export const absC = (z: Complex): Complex => (z.re < 0 ? negC(z) : z);

export function tanhC(z: Complex): Complex {
  const e = expC(scaleC(absC(z), -2));
  const t = overC(minusC(C1, e), plusC(C1, e));
  return z.re < 0 ? negC(t) : t;
}
export const sigmoidC = (z: Complex): Complex => {
  const e = expC(negC(absC(z)));
  return z.re < 0 ? overC(e, plusC(C1, e)) : overC(C1, plusC(C1, e));
};
export const softplusC = (z: Complex): Complex => plusC(logC(plusC(C1, expC(negC(absC(z))))), z.re < 0 ? C0 : z);

/** w with f(w) = z by Newton's method from the real solution; one step carries the imaginary part, a second repairs it. */
function solved(z: Complex, start: number, f: (w: Complex) => Complex, slope: (w: Complex) => Complex): Complex {
  let w = complex(start);
  for (let k = 0; k < 3; k++) w = minusC(w, overC(minusC(f(w), z), slope(w)));
  return w;
}
function inside(z: Complex, what: string): Complex {
  if (Math.abs(z.re) >= 1) throw new OutsideDomain(`${what} of a number outside (-1, 1)`);
  return z;
}
export const asinC = (z: Complex): Complex => solved(inside(z, 'asin'), Math.asin(z.re), sinC, cosC);
export const acosC = (z: Complex): Complex => solved(inside(z, 'acos'), Math.acos(z.re), cosC, (w) => negC(sinC(w)));
export const atanC = (z: Complex): Complex => solved(z, Math.atan(z.re), tanC, (w) => overC(C1, timesC(cosC(w), cosC(w))));

/** zᵖ for a real p, the principal one; whole powers of every number. */
export function powC(z: Complex, p: number): Complex {
  if (!Number.isInteger(p)) return expC(scaleC(logC(z), p));
  let result = C1;
  let square = z;
  for (let k = Math.abs(p); k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) result = timesC(result, square);
    square = timesC(square, square);
  }
  return p < 0 ? overC(C1, result) : result;
}

const ROUNDING = 2 ** -54;

/** The series of Abramowitz and Stegun, 7.1.6, whose terms have one sign on the real axis. */
export function erfC(z: Complex): Complex {
  if (Math.abs(z.re) > 6) return complex(Math.sign(z.re));
  const square = timesC(z, z);
  let term = z;
  let sum = z;
  for (let n = 1; n < 500 && sizeC(term) > ROUNDING * sizeC(sum); n++) {
    term = scaleC(timesC(term, square), 2 / (2 * n + 1));
    sum = plusC(sum, term);
  }
  return scaleC(timesC(sum, expC(negC(square))), 2 / Math.sqrt(Math.PI));
}

/** B₂, B₄, …, B₂₀ */
const BERNOULLI: readonly number[] = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330];
/** From here on the ten terms of Stirling's series suffice. */
const FAR = 16;
const noPole = (z: Complex, what: string): void => {
  if (z.re <= 0 && Number.isInteger(z.re)) throw new OutsideDomain(`${what} of ${z.re}`);
};

/** log Γ(z) for a positive real part: Abramowitz and Stegun, 6.1.15 and 6.1.40. */
function logGammaRight(z: Complex): Complex {
  let shift = C0;
  let w = z;
  for (; w.re < FAR; w = plusC(w, C1)) shift = plusC(shift, logC(w));
  let sum = plusC(minusC(timesC(minusC(w, complex(0.5)), logC(w)), w), complex(Math.log(2 * Math.PI) / 2));
  BERNOULLI.forEach((b, k) => { sum = plusC(sum, scaleC(powC(w, -(2 * k + 1)), b / ((2 * k + 2) * (2 * k + 1)))); });
  return minusC(sum, shift);
}
/** Γ(z); left of 0 by reflection (Abramowitz and Stegun, 6.1.17). */
export function gammaC(z: Complex): Complex {
  noPole(z, 'gamma');
  if (z.re > 0) return expC(logGammaRight(z));
  return overC(complex(Math.PI), timesC(sinC(scaleC(z, Math.PI)), gammaC(minusC(C1, z))));
}
/** log |Γ(z)| */
export function logGammaC(z: Complex): Complex {
  noPole(z, 'lgamma');
  return z.re > 0 ? logGammaRight(z) : logC(absC(gammaC(z)));
}
/** ψ⁽ᵐ⁾(z): recurrence and asymptotic series (Abramowitz and Stegun, 6.3.5, 6.3.18, 6.4.6 and 6.4.11). */
export function polygammaC(m: number, z: Complex): Complex {
  noPole(z, 'polygamma');
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  // Each order that is asked for makes the series start later.
  const far = FAR + 2 * m;
  const sign = m % 2 === 0 ? -1 : 1;
  let shift = C0;
  let w = z;
  for (; w.re < far; w = plusC(w, C1)) shift = plusC(shift, scaleC(powC(w, -(m + 1)), sign * factorial(m)));
  let sum = m === 0 ? minusC(logC(w), scaleC(powC(w, -1), 0.5))
    : scaleC(plusC(scaleC(powC(w, -m), factorial(m - 1)), scaleC(powC(w, -(m + 1)), factorial(m) / 2)), sign);
  BERNOULLI.forEach((b, k) => {
    const n = 2 * k + 2;
    sum = plusC(sum, scaleC(powC(w, -(n + m)), m === 0 ? -b / n : (sign * b * factorial(n + m - 1)) / factorial(n)));
  });
  return plusC(sum, shift);
}
