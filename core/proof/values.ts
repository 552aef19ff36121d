/** What entries of elementwise expressions are: quotients of polynomials in letters, and what can be done with them. */
import type { Rational } from '../algebra/rational';
import type { Laurent } from './commutative';

/** num / Π factor^exponent. */
export interface Value { readonly num: Laurent; readonly den: ReadonlyMap<number, number> }

/** An index of rows or columns that an entry may depend on. */
export type Index = 'i' | 'j';
/** How an entry of an array is reached: its row index and its column index, where it has such. */
export interface At { readonly r: Index | ''; readonly c: Index | '' }

export type Letter =
  | { readonly kind: 'zeta' }
  | { readonly kind: 'entry'; readonly key: string; readonly at: At; readonly isNonnegative: boolean }
  | { readonly kind: 'exp'; readonly of: Value; readonly isImaginary: boolean }
  | { readonly kind: 'log'; readonly of: Value }
  | { readonly kind: 'root'; readonly of: Value }
  | { readonly kind: 'function'; readonly name: string; readonly of: Value }
  | { readonly kind: 'sum'; readonly of: Value; readonly over: readonly (readonly [Index, string])[] };

export interface Functions {
  /** Names of the identities that were used. */
  readonly used: Set<string>;
  number(c: Rational): Value;
  /** The entry of an array that nothing is known about but its sign. */
  entry(key: string, at: At, isNonnegative?: boolean): Value;
  add(...all: readonly Value[]): Value;
  mul(...all: readonly Value[]): Value;
  scale(by: Rational, a: Value): Value;
  inverse(a: Value): Value;
  power(a: Value, exponent: Rational): Value;
  exp(a: Value): Value;
  sin(a: Value): Value;
  cos(a: Value): Value;
  log(a: Value): Value;
  abs(a: Value): Value;
  /** A function of which nothing else is known. */
  call(name: string, a: Value): Value;
  /** The sum over an index that runs over `size`; what does not depend on it stands before. */
  sum(a: Value, index: Index, size: Value, sizeKey: string): Value;
  isZero(a: Value): boolean;
}

/** The key under which pi is an entry. */
export const PI_KEY = 'pi';
