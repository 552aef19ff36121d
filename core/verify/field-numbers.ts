/**
 * Arithmetic modulo the prime 2^31 - 1, exact in float64. -1 is no square here, so each square has one root that is a square itself:
 * that root stands for the positive one, and identities of roots and absolute values hold as they do for real numbers.
 */
import type { Rational } from '../algebra/rational';
import { OutsideDomain } from './oracle-matrix';

export const PRIME = 2147483647;

export const addF = (a: number, b: number): number => (a + b) % PRIME;
export const negF = (a: number): number => (a === 0 ? 0 : PRIME - a);
/** a*b by halves of b, so that no intermediate number leaves 53 bits. */
export const mulF = (a: number, b: number): number => (((a * (b >>> 16)) % PRIME) * 65536 + a * (b & 65535)) % PRIME;

export function powF(a: number, exponent: number): number {
  let result = 1;
  let square = a;
  for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = mulF(result, square);
    square = mulF(square, square);
  }
  return result;
}

/** @throws OutsideDomain for 0. */
export function invF(a: number): number {
  if (a === 0) throw new OutsideDomain('a division by zero in the field');
  return powF(a, PRIME - 2);
}

/** 1 for a square, -1 for another number, 0 for 0: the sign of the field. */
export const signF = (a: number): 1 | -1 | 0 => (a === 0 ? 0 : powF(a, (PRIME - 1) / 2) === 1 ? 1 : -1);

/** The root that is a square. @throws OutsideDomain where there is none. */
export function rootF(a: number): number {
  if (signF(a) < 0) throw new OutsideDomain('no square in the field');
  return powF(a, (PRIME + 1) / 4);
}

const reduce = (n: bigint): number => Number(((n % BigInt(PRIME)) + BigInt(PRIME)) % BigInt(PRIME));
export const fromInteger = (n: number): number => ((n % PRIME) + PRIME) % PRIME;
export const fromRationalF = (q: Rational): number => mulF(reduce(q.n), invF(reduce(q.d)));
