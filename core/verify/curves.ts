/**
 * Curves that show how true a derivative is: the error of difference quotients in float64 over their steps (the V of truncation
 * and rounding), beside the error of the derivative itself, and Taylor remainders at 64 digits. Brings the oracle: load it lazily.
 */
import type { Program } from '../algebra/program';
import { drawDirection, type DrawnPoint, type Point, type Random } from '../numeric/points';
import { attempt } from './attempt';
import { createOracle, fromPoint, OutsideDomain } from './oracle';
import { HALF, num, tenTo, ZERO, type Num } from './oracle-decimal';
import { unitStep } from './oracle-differences';
import { column, inner, largest, scale, sub, type Matrix } from './oracle-matrix';
import type { Candidate } from './verdict';
import { candidateAlong, type Question } from './verify-point';

/** One value a step; undefined where F ends on the way. */
export type Curve = readonly (number | undefined)[];

export interface DifferenceCurves {
  /** Relative to the size of the variable, falling. */
  readonly steps: readonly number[];
  /** Relative errors of (F(X+hV) − F(X))/h and (F(X+hV) − F(X−hV))/2h. */
  readonly forward: Curve;
  readonly central: Curve;
  /** Of the derivative that was derived, evaluated in float64; it has no step. */
  readonly derivative: number;
}
export interface TaylorCurves {
  readonly steps: readonly number[];
  /** ‖F(X+hV) − F(X)‖, which falls like h, and the remainder after the derivative's term, which falls like h^rate. */
  readonly first: Curve;
  readonly remainder: Curve;
  /** 2 for a first derivative, 3 for a second: what the remainder's slope should be. */
  readonly rate: 2 | 3;
}
export interface Curves {
  readonly differences?: DifferenceCurves;
  /** Absent where F is exactly linear along V, so that nothing remains. */
  readonly taylor?: TaylorCurves;
}

/** The program in float64, at the point and along V. */
export interface InFloats {
  /** What is differentiated, at X + t·V: F, or for a second derivative its gradient. */
  readonly along: (t: number) => ArrayLike<number>;
  readonly derivative: ArrayLike<number>;
}

const LAST_STEP = 15;
const LAST_TAYLOR_STEP = 12;

/** ‖found − right‖∞ / ‖right‖∞. */
function relativeError(found: ArrayLike<number>, right: Matrix): number {
  const size = largest(right);
  let worst = ZERO;
  for (let i = 0; i < right.data.length; i++) {
    const x = found[i];
    if (x === undefined || !Number.isFinite(x)) return NaN;
    const gap = num(x).minus(right.data[i] ?? ZERO).abs();
    if (gap.gt(worst)) worst = gap;
  }
  return (size.isZero() ? worst : worst.div(size)).toNumber();
}

const half = (from: number, to: number): readonly number[] => Array.from({ length: 2 * (to - from) + 1 }, (_, i) => -(from + i / 2));

function differences(floats: InFloats, unit: number, right: Matrix): DifferenceCurves {
  const F = floats.along(0);
  const quotient = (a: ArrayLike<number>, b: ArrayLike<number>, over: number): number[] => Array.from(a, (x, i) => (x - (b[i] ?? NaN)) / over);
  const steps = half(1, LAST_STEP).map((e) => 10 ** e);
  const errorOf = (make: () => ArrayLike<number>): number | undefined => {
    const made = attempt(make);
    const error = made.ok ? relativeError(made.value, right) : NaN;
    return Number.isFinite(error) ? error : undefined;
  };
  return {
    steps,
    forward: steps.map((s) => errorOf(() => quotient(floats.along(s * unit), F, s * unit))),
    central: steps.map((s) => errorOf(() => quotient(floats.along(s * unit), floats.along(-s * unit), 2 * s * unit))),
    derivative: relativeError(floats.derivative, right),
  };
}

function taylor(program: Program, candidate: Candidate, q: Question, point: DrawnPoint, V: Matrix, unit: Num): TaylorCurves | undefined {
  const oracle = createOracle(program, point.sizes, point.values);
  const F = oracle.evaluate(q.of);
  const D = candidateAlong(createOracle(candidate.program, point.sizes, point.values), candidate, q, V);
  const first = q.order === 1 ? D : oracle.differentiate(q.of, q.x, V);
  const second = q.order === 1 ? undefined : column([inner(V, D)]);
  const noise = largest(F).plus(largest(first).times(unit)).times(tenTo(q.order === 1 ? -56 : -38));
  const steps = Array.from({ length: LAST_TAYLOR_STEP }, (_, i) => i + 1);
  const sizes = steps.map((e) => {
    const t = tenTo(-e).times(unit);
    const moved = attempt(() => sub(oracle.shifted(q.of, q.x, V, t), F));
    if (!moved.ok) return undefined;
    const rest = sub(moved.value, scale(first, t));
    return { change: largest(moved.value), rest: largest(second ? sub(rest, scale(second, t.times(t).times(HALF))) : rest) };
  });
  const seen = sizes.map((s) => (s && s.rest.gt(noise) ? s : undefined));
  if (seen.filter((s) => s !== undefined).length < 3) return undefined;
  return {
    steps: steps.map((e) => 10 ** -e), rate: q.order === 1 ? 2 : 3,
    first: sizes.map((s) => s?.change.toNumber()), remainder: seen.map((s) => s?.rest.toNumber()),
  };
}

/** The direction along which the curves are drawn: in the variable's linear space. */
export function curveDirection(program: Program, name: string, point: DrawnPoint, random: Random): Point {
  return drawDirection(point.values.get(name) ?? { rows: 1, cols: 1, data: ['0'] }, program.variables.get(name)?.words ?? new Set(), random);
}

/**
 * The curves of a request at a point along V. The right value is a difference at 64 digits for a first derivative, and the derived
 * formula at 64 digits for a second.
 * @param floats the program in float64
 * @throws OutsideDomain where F or its derivative has no value at the point
 */
export function curvesAt(program: Program, candidate: Candidate, q: Question, point: DrawnPoint, V: Point, floats: InFloats): Curves {
  const oracle = createOracle(program, point.sizes, point.values);
  const v = fromPoint(V);
  const unit = unitStep(oracle.value(q.y), v);
  const right = q.order === 1 ? oracle.differentiate(q.of, q.x, v) : candidateAlong(createOracle(candidate.program, point.sizes, point.values), candidate, q, v);
  if (right.data.length !== floats.derivative.length) throw new OutsideDomain('the derivative has another shape than its program');
  const rest = q.x === q.y ? taylor(program, candidate, q, point, v, unit) : undefined;
  return { ...(largest(right).isZero() ? {} : { differences: differences(floats, unit.toNumber(), right) }), ...(rest && { taylor: rest }) };
}
