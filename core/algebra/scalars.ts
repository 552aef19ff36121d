/** The scalar part of a product: a rational coefficient and powers of scalar nodes, merged by base. */
import type { Graph } from './graph';
import type { Node, ScalarPower } from './node';
import { compareNodes } from './order';
import { addQ, compareQ, isIntegerQ, isNegativeQ, isOneQ, isZeroQ, mulQ, ONE, powQ, rational, subQ, type Rational, ZERO } from './rational';
import { numberOf } from './sign';

export interface ScalarBag {
  push(base: Node, exponent: Rational): void;
  scale(by: Rational): void;
  /** Joins what an identity of powers joins; before the coefficient and the powers are asked for. */
  settle(): void;
  isZero(): boolean;
  coefficient(): Rational;
  powers(): ScalarPower[];
}

/** Each join leaves less; more in a row are not expected. */
const MAX_JOINS = 16;

export function scalarPowers(g: Graph, start: Rational): ScalarBag {
  let coefficient = start;
  const powers = new Map<number, ScalarPower>();

  const keep = (base: Node, exponent: Rational): void => {
    const old = powers.get(base.id);
    const total = old ? addQ(old.exponent, exponent) : exponent;
    if (isZeroQ(total)) powers.delete(base.id);
    else powers.set(base.id, { base, exponent: total });
    if (old && numberOf(base)) { powers.delete(base.id); if (!isZeroQ(total)) pushNumber(base, total); }
  };

  const pushNumber = (base: Node, exponent: Rational): void => {
    const value = numberOf(base);
    if (!value) return;
    if (isZeroQ(value)) { if (compareQ(exponent, ZERO) > 0) coefficient = ZERO; else keep(base, exponent); return; }
    const whole = floor(exponent);
    const rest = subQ(exponent, rational(whole));
    const exact = isZeroQ(rest) ? powQ(value, Number(whole)) : rootOf(value, exponent);
    if (exact) { coefficient = mulQ(coefficient, exact); return; }
    const root = rest.n === 1n && rest.d === 2n ? squareRoot(value) : undefined;
    const outer = root && powQ(value, Number(whole));
    if (root && outer) {
      // One root of a number is kept: sqrt(2)*sqrt(3) is sqrt(6).
      const old = [...powers.values()].find((p) => p.exponent.n === 1n && p.exponent.d === 2n && numberOf(p.base));
      if (old) powers.delete(old.base.id);
      coefficient = mulQ(coefficient, mulQ(outer, root.outside));
      const inside = old ? squareRoot(mulQ(rational(root.inside), numberOf(old.base) as Rational)) : undefined;
      if (inside) coefficient = mulQ(coefficient, inside.outside);
      const left = inside?.inside ?? root.inside;
      if (left !== 1n) { const node = g.number(rational(left)); powers.set(node.id, { base: node, exponent: rest }); }
      return;
    }
    const part = powQ(value, Number(whole));
    if (part && !isNegativeQ(value) && whole !== 0n) { coefficient = mulQ(coefficient, part); powers.set(base.id, { base, exponent: rest }); return; }
    powers.set(base.id, { base, exponent });
  };

  const push = (base: Node, exponent: Rational): void => {
    if (isZeroQ(exponent)) return;
    if (numberOf(base)) {
      const old = powers.get(base.id);
      if (old) keep(base, exponent); else pushNumber(base, exponent);
      return;
    }
    if (base.kind !== 'product' || base.factors.length > 0) { keep(base, exponent); return; }
    if (isIntegerQ(exponent)) {
      pushNumber(g.number(base.coefficient), exponent);
      for (const p of base.scalars) push(p.base, mulQ(p.exponent, exponent));
      return;
    }
    // (a*b)^(1/2) splits only along factors that cannot be negative.
    const free = base.scalars.filter((p) => !g.isNonnegative(p.base));
    const positive = compareQ(base.coefficient, ZERO) > 0;
    const evenAlone = free.length === 1 && free[0] !== undefined && isOneQ(free[0].exponent) && positive;
    for (const p of base.scalars) if (g.isNonnegative(p.base)) push(p.base, mulQ(p.exponent, exponent));
    if (positive) pushNumber(g.number(base.coefficient), exponent);
    if (evenAlone && free[0]) { keep(free[0].base, exponent); return; }
    const group = g.product(positive ? ONE : base.coefficient, free, []);
    if (free.length > 0 || !positive) { if (numberOf(group)) pushNumber(group, exponent); else keep(group, exponent); }
  };

  const settle = (): void => {
    for (let round = 0; round < MAX_JOINS && powers.size > 0; round++) {
      const made = g.joined([...powers.values()]);
      if (!made) return;
      powers.clear();
      for (const p of made) push(p.base, p.exponent);
    }
  };

  return {
    push, settle,
    scale: (by) => { coefficient = mulQ(coefficient, by); },
    isZero: () => isZeroQ(coefficient),
    coefficient: () => coefficient,
    powers: () => [...powers.values()].sort((a, b) => compareNodes(a.base, b.base)),
  };
}

/** Squares of larger numbers are not looked for. */
const MOST_SQUARED = 1000n;
/** outside*sqrt(inside) for the root of a positive number, with a whole number inside: sqrt(2/3) is sqrt(6)/3, sqrt(12) is 2*sqrt(3). */
function squareRoot(value: Rational): { readonly outside: Rational; readonly inside: bigint } | undefined {
  if (value.n <= 0n) return undefined;
  let inside = value.n * value.d;
  let outside = 1n;
  for (let k = 2n; k <= MOST_SQUARED && k * k <= inside; k++) while (inside % (k * k) === 0n) { inside /= k * k; outside *= k; }
  return { outside: rational(outside, value.d), inside };
}

const floor = (q: Rational): bigint => {
  const t = q.n / q.d;
  return q.n < 0n && t * q.d !== q.n ? t - 1n : t;
};

/** value^exponent where it is rational: 4^(1/2), (8/27)^(-2/3). */
function rootOf(value: Rational, exponent: Rational): Rational | undefined {
  if (value.n <= 0n || exponent.d > 12n) return undefined;
  const n = integerRoot(value.n, Number(exponent.d));
  const d = integerRoot(value.d, Number(exponent.d));
  return n !== undefined && d !== undefined ? powQ(rational(n, d), Number(exponent.n)) : undefined;
}

function integerRoot(v: bigint, k: number): bigint | undefined {
  const near = BigInt(Math.round(Math.pow(Number(v), 1 / k)));
  for (const c of [near - 1n, near, near + 1n]) if (c > 0n && c ** BigInt(k) === v) return c;
  return undefined;
}
