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

/** (F(h) − F(−h)) / 2h, with error O(h²) and rounding 10^-digits / h. */
export function firstDifference(F: Along, h: Num): Matrix {
  return scale(sub(F(h), F(h.neg())), ONE.div(h.times(TWO)));
}
/** The second derivative along one direction from five points, with error O(h⁴) and rounding 10^-digits / h². */
export function secondDifference(F: Along, h: Num, middle: Matrix = F(num(0))): Matrix {
  const near = add(F(h), F(h.neg()));
  const far = add(F(h.times(TWO)), F(h.times(TWO).neg()));
  const sum = sub(sub(scale(near, num(16)), far), scale(middle, num(30)));
  return scale(sum, ONE.div(h.times(h).times(12)));
}

/** The power of ten that balances truncation and rounding where F has this many digits, and the digits that are left. */
export const firstStep = (digits: number): { readonly step: Num; readonly digits: number } =>
  ({ step: tenTo(-Math.round(digits / 3)), digits: Math.floor((2 * digits) / 3) });
export const secondStep = (digits: number): { readonly step: Num; readonly digits: number } =>
  ({ step: tenTo(-Math.round(digits / 6)), digits: Math.floor((2 * digits) / 3) });
