/** Central differences at 64 digits: how derivatives inside an expression are evaluated, and what derivatives are compared with. */
import { ONE, TWO, num, tenTo, type Num } from './oracle-decimal';
import { add, largest, scale, sub, type Matrix } from './oracle-matrix';

/** A function of how far the point is moved: F(X + tV). */
export type Along = (t: Num) => Matrix;

/** The step is relative to the variable: of the size of X's largest entry over V's. */
export function unitStep(X: Matrix, V: Matrix): Num {
  const x = largest(X);
  const v = largest(V);
  return (x.isZero() ? ONE : x).div(v.isZero() ? ONE : v);
}

/**
 * F holds differences itself: it has too few digits for differences of low order, which lose a third of them.
 * Those of high order take longer steps and keep 30 of 41 digits and more (Fornberg 1988, Generation of finite difference formulas, tables 1 and 2).
 */
export const isRough = (digits: number): boolean => digits < 55;

/** (F(h) − F(−h)) / 2h, with error O(h²) and rounding 10^-digits / h; of a rough F with error O(h⁶). */
export function firstDifference(F: Along, h: Num, rough = false): Matrix {
  const odd = (k: number): Matrix => sub(F(h.times(k)), F(h.times(-k)));
  if (!rough) return scale(odd(1), ONE.div(h.times(TWO)));
  const sum = add(sub(scale(odd(1), num(45)), scale(odd(2), num(9))), odd(3));
  return scale(sum, ONE.div(h.times(60)));
}
/** The second derivative along one direction from five points, with error O(h⁴) and rounding 10^-digits / h²; of a rough F from nine, with error O(h⁸). */
export function secondDifference(F: Along, h: Num, middle: Matrix = F(num(0)), rough = false): Matrix {
  const even = (k: number): Matrix => add(F(h.times(k)), F(h.times(-k)));
  if (!rough) return scale(sub(sub(scale(even(1), num(16)), even(2)), scale(middle, num(30))), ONE.div(h.times(h).times(12)));
  const near = sub(scale(even(1), num(8064)), scale(even(2), num(1008)));
  const far = sub(scale(even(3), num(128)), scale(even(4), num(9)));
  return scale(sub(add(near, far), scale(middle, num(14350))), ONE.div(h.times(h).times(5040)));
}

/** The power of ten that balances truncation and rounding where F has this many digits, and the digits that are left. */
export const firstStep = (digits: number): { readonly step: Num; readonly digits: number } => {
  if (!isRough(digits)) return { step: tenTo(-Math.round(digits / 3)), digits: Math.floor((2 * digits) / 3) };
  const k = Math.round(digits / 7) + 1;
  return { step: tenTo(-k), digits: digits - k };
};
export const secondStep = (digits: number): { readonly step: Num; readonly digits: number } => {
  if (!isRough(digits)) return { step: tenTo(-Math.round(digits / 6)), digits: Math.floor((2 * digits) / 3) };
  const k = Math.round(digits / 10) + 1;
  return { step: tenTo(-k), digits: digits - 2 * k };
};
