/** Exact rational numbers, in lowest terms with a positive denominator. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const gcd = (a: bigint, b: bigint): bigint => {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** @throws RangeError for a zero denominator. */
export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  let p = BigInt(n);
  let q = BigInt(d);
  if (q === 0n) throw new RangeError('a rational number with denominator 0');
  if (q < 0n) [p, q] = [-p, -q];
  const g = gcd(p, q);
  return g === 1n ? { n: p, d: q } : { n: p / g, d: q / g };
}

export const ZERO = rational(0);
export const ONE = rational(1);
export const MINUS_ONE = rational(-1);
export const HALF = rational(1, 2);
export const TWO = rational(2);

const isWhole = (a: Rational, b: Rational): boolean => a.d === 1n && b.d === 1n;
export const addQ = (a: Rational, b: Rational): Rational => (isWhole(a, b) ? { n: a.n + b.n, d: 1n } : rational(a.n * b.d + b.n * a.d, a.d * b.d));
export const subQ = (a: Rational, b: Rational): Rational => (isWhole(a, b) ? { n: a.n - b.n, d: 1n } : rational(a.n * b.d - b.n * a.d, a.d * b.d));
export const mulQ = (a: Rational, b: Rational): Rational => (isOneQ(a) ? b : isOneQ(b) ? a : isWhole(a, b) ? { n: a.n * b.n, d: 1n } : rational(a.n * b.n, a.d * b.d));
export const divQ = (a: Rational, b: Rational): Rational => (isOneQ(b) ? a : rational(a.n * b.d, a.d * b.n));
export const negQ = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const equalQ = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
export const isZeroQ = (a: Rational): boolean => a.n === 0n;
export const isOneQ = (a: Rational): boolean => a.n === 1n && a.d === 1n;
export const isIntegerQ = (a: Rational): boolean => a.d === 1n;
export const isNegativeQ = (a: Rational): boolean => a.n < 0n;
export const compareQ = (a: Rational, b: Rational): number => {
  const s = a.n * b.d - b.n * a.d;
  return s < 0n ? -1 : s > 0n ? 1 : 0;
};
/** The nearest double, but for rounding; a quotient of numbers beyond 1e308 too. */
export function toNumber(a: Rational): number {
  const [n, d] = [Number(a.n), Number(a.d)];
  if (Number.isFinite(d) && Number.isFinite(n)) return n / d;
  const beyond = BigInt(Math.max(0, Math.min(a.n.toString(2).length, a.d.toString(2).length) - 1000));
  return Number(a.n >> beyond) / Number(a.d >> beyond);
}
export const keyQ = (a: Rational): string => (a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`);

/** a^k for a whole k; undefined for 0 to a negative power or where the result would pass 4096 bits. */
export function powQ(a: Rational, k: number): Rational | undefined {
  if (k < 0 && a.n === 0n) return undefined;
  if (isOneQ(a) || k === 1) return a;
  const bits = Math.max(a.n.toString(2).length, a.d.toString(2).length) * Math.abs(k);
  if (bits > 4096) return undefined;
  const e = BigInt(Math.abs(k));
  return k >= 0 ? { n: a.n ** e, d: a.d ** e } : rational(a.d ** e, a.n ** e);
}

/** Reads `12`, `0.5`, `1e-3`, `.5` exactly. Undefined where the exponent passes ±400 or the text is no number. */
export function parseQ(text: string): Rational | undefined {
  if (/^\d{1,15}$/.test(text)) return { n: BigInt(text), d: 1n };
  const m = /^(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!m || (!m[1] && !m[2])) return undefined;
  const fraction = m[2] ?? '';
  const exponent = Number(m[3] ?? '0') - fraction.length;
  if (Math.abs(exponent) > 400) return undefined;
  const digits = BigInt((m[1] ?? '') + fraction || '0');
  return exponent >= 0 ? rational(digits * 10n ** BigInt(exponent)) : rational(digits, 10n ** BigInt(-exponent));
}
