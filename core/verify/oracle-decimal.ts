/** The oracle's numbers: 64 significant digits. The only file of core that imports mathjs; load it lazily (verify, workers). */
import { create, bignumberDependencies, type BigNumber } from 'mathjs';

export type Num = BigNumber;

export const DIGITS = 64;

const math = create(bignumberDependencies ?? {}, { number: 'BigNumber', precision: DIGITS });

/** A number from its decimal text, exactly as written (texts of more digits are kept; results are rounded to 64). */
export const num = (value: string | number): Num => math.bignumber(String(value));

export const ZERO = num(0);
export const ONE = num(1);
export const TWO = num(2);
export const HALF = num('0.5');
export const PI = num(-1).acos();

/** 10^k. */
export const tenTo = (k: number): Num => num(`1e${k}`);

/** p/q rounded once. */
export const ratio = (p: bigint, q: bigint): Num => (q === 1n ? num(`${p}`) : num(`${p}`).div(num(`${q}`)));

export const sumOf = (xs: readonly Num[]): Num => xs.reduce((s, x) => s.plus(x), ZERO);

export const maxAbs = (xs: readonly Num[]): Num => xs.reduce((m, x) => (x.abs().gt(m) ? x.abs() : m), ZERO);
