/** One directional derivative against central differences: digits of agreement, and whether the differences themselves can be trusted. */
import { num, tenTo, type Num } from './oracle-decimal';
import { largest, sub, type Matrix } from './oracle-matrix';
import { firstStep, secondStep } from './oracle-differences';

export interface Agreement {
  /** Digits on which they agree, at the best step. */
  readonly digits: number;
  /** Digits on which the differences agree with each other over their steps. */
  readonly trusted: number;
  readonly outcome: 'agrees' | 'differs' | 'unclear';
  /** The difference at the best step. */
  readonly expected: Matrix;
}

const ALL_DIGITS = 64;
const digitsOf = (gap: Num, size: Num): number => {
  if (gap.isZero()) return ALL_DIGITS;
  if (size.isZero()) return 0;
  return Math.min(ALL_DIGITS, Math.max(0, -gap.div(size).log().toNumber()));
};
/** Digits on which two arrays agree; below `floor` nothing is told apart. */
export const agreement = (A: Matrix, B: Matrix, floor: Num): number => {
  const a = largest(A);
  const b = largest(B);
  const size = a.gt(b) ? a : b;
  return digitsOf(largest(sub(A, B)), size.gt(floor) ? size : floor);
};

/** Digits short of what the differences can reach that still count as agreement. */
const SLACK = 14;
/** A derivative is refuted where it differs from the differences this many digits earlier than they do among themselves. */
const CLEARLY = 6;

/**
 * @param found the derivative that is tested
 * @param difference the central difference at a relative step
 * @param digits that F can be trusted to
 * @param floor below it, entries are rounding
 */
export function compareWithDifferences(found: Matrix, difference: (step: Num) => Matrix, digits: number, order: 1 | 2, floor: Num): Agreement {
  const usual = order === 1 ? firstStep(digits) : secondStep(digits);
  const enough = Math.max(8, usual.digits - SLACK);
  const first = difference(usual.step);
  const reached = agreement(found, first, floor);
  if (reached >= enough) return { digits: reached, trusted: usual.digits, outcome: 'agrees', expected: first };
  const k = -usual.step.log().toNumber();
  const [next = k, ...more] = (order === 1 ? [k - 4, k + 4, k + 9, k - 8] : [k - 2, k + 2, k + 4, k - 4]).filter((e) => e > 1);
  const at = (e: number): Matrix => difference(tenTo(-Math.round(e)));
  const second = at(next);
  const doubtless = agreement(first, second, floor);
  // Two steps that agree far beyond the derivative need no third.
  if (doubtless > 2 * CLEARLY + Math.max(reached, agreement(found, second, floor))) return { digits: reached, trusted: doubtless, outcome: 'differs', expected: first };
  const others = [second, ...more.map(at)];
  const all = [first, ...others];
  let best = { digits: reached, expected: first };
  for (const D of others) {
    const d = agreement(found, D, floor);
    if (d > best.digits) best = { digits: d, expected: D };
  }
  let trusted = 0;
  let anchor = first;
  all.forEach((A, i) => all.slice(i + 1).forEach((B) => {
    const d = agreement(A, B, floor);
    if (d > trusted) [trusted, anchor] = [d, A];
  }));
  const outcome = best.digits >= enough ? 'agrees' : best.digits < trusted - CLEARLY ? 'differs' : 'unclear';
  return { digits: best.digits, trusted, outcome, expected: outcome === 'agrees' ? best.expected : anchor };
}

/** Where F is of size f and X of size x, a derivative below this is not told from 0. */
export const noiseFloor = (f: Num, unit: Num): Num => (f.isZero() ? num('1e-30') : f).div(unit).times(num('1e-12'));
