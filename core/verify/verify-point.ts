/** The figures of one request at one point: differences, Taylor rates, the adjoint identity, the generated program. */
import type { Program } from '../algebra/program';
import type { Term } from '../algebra/term';
import { drawDirection, type DrawnPoint, type Random, type Point } from '../numeric/points';
import { attempt } from './attempt';
import { compareWithDifferences, noiseFloor, type Agreement } from './compare';
import { complexStep, complexStepTwice } from './complex';
import { createOracle, fromPoint, OutsideDomain, toPoint, type Matrix, type Oracle } from './oracle';
import { HALF, ONE, ZERO, num, tenTo, type Num } from './oracle-decimal';
import { firstStep, isRough, unitStep } from './oracle-differences';
import { column, inner, largest, scale, sub } from './oracle-matrix';
import type { Candidate, Tensor } from './verdict';

/** What is asked of F: its first derivative by x, or its second by x and y. */
export interface Question {
  readonly of: Term;
  readonly order: 1 | 2;
  readonly x: string;
  /** The variable of the direction: x itself for a first derivative. */
  readonly y: string;
}

export interface PointFigures {
  readonly agreements: readonly Agreement[];
  readonly rates: readonly number[];
  readonly adjoint: readonly number[];
  readonly program: readonly number[];
  /** The complex step against the derivative, in float64; or why there is none. */
  readonly complexStep: readonly number[] | string;
  readonly condition: number;
  readonly exactlyLinear: boolean;
  /** The nearest that F came to where it stops being differentiable. */
  readonly nearness: { readonly margin: number; readonly what: string };
  /** The function holds derivatives itself, and differences with them. */
  readonly rough: boolean;
  /** The gradient has a part outside the variable's structure. */
  readonly unprojected: boolean;
}

/** The candidate's derivative along a direction, by the oracle of its own program at the point. */
export function candidateAlong(oracle: Oracle, candidate: Candidate, question: Question, V: Matrix): Matrix {
  if (candidate.directional) return oracle.evaluate(candidate.directional, candidate.direction === undefined ? undefined : new Map([[candidate.direction, V]]));
  if (candidate.gradient && question.order === 1) return column([inner(oracle.evaluate(candidate.gradient), V)]);
  throw new OutsideDomain('nothing was derived');
}

const relative = (a: Num, b: Num, floor: Num): number => {
  const size = [a.abs(), b.abs(), floor].reduce((m, x) => (x.gt(m) ? x : m), ZERO);
  return size.isZero() ? 0 : a.minus(b).abs().div(size).toNumber();
};

/** Rates log R(ε)/R(ε/10); undefined where the remainder is rounding, as F is linear along V. */
function taylorRates(oracle: Oracle, q: Question, V: Matrix, D: Matrix): readonly number[] | undefined {
  const digits = oracle.digits(q.of);
  const F = oracle.evaluate(q.of);
  const unit = unitStep(oracle.value(q.x), V);
  // Well inside the distance to where F ends, as far as rounding lets the remainder be seen.
  const inside = Math.ceil(-Math.log10(Math.max(oracle.nearness().margin, 1e-30))) + 3;
  const from = Math.max(2, Math.min(Math.max(Math.round(digits / 6) - (q.order === 1 ? 0 : 5), inside), Math.round(digits / 3)));
  // ⟨V, D∇f[V]⟩ is the second-order term; the first-order one comes from differences.
  const first = q.order === 1 ? D : oracle.differentiate(q.of, q.x, V);
  const second = q.order === 1 ? undefined : column([inner(V, D)]);
  const f = largest(F);
  const slope = largest(first).times(unit);
  const noise = (e: number): Num => tenTo(-(digits - 4)).times(f.gt(slope) ? f : slope)
    .plus(q.order === 1 ? ZERO : slope.times(tenTo(4 - e - firstStep(digits).digits)));
  const remainder = (e: number): Num => {
    const t = tenTo(-e).times(unit);
    let R = sub(sub(oracle.shifted(q.of, q.x, V, t), F), scale(first, t));
    if (second) R = sub(R, scale(second, t.times(t).times(HALF)));
    return largest(R);
  };
  const exponents = [from, from + 1, from + 2];
  const sizes = exponents.map(remainder);
  if (sizes.every((r, i) => r.lte(noise(exponents[i] ?? 0)))) return undefined;
  return sizes.slice(1).map((r, i) => {
    const before = sizes[i] ?? ONE;
    return r.isZero() || before.isZero() ? q.order + 1 : before.div(r).log().toNumber();
  });
}

/** Σ T[…, k, l]·V[k, l] over the last variable, in float64, with the size of what was added up. */
function contract(T: Tensor, V: Point): { readonly values: readonly number[]; readonly sizes: readonly number[] } {
  const width = V.data.length;
  const values: number[] = [];
  const sizes: number[] = [];
  for (let start = 0; start + width <= T.data.length; start += width) {
    let s = 0;
    let a = 0;
    for (let k = 0; k < width; k++) {
      const term = (T.data[start + k] ?? NaN) * Number(V.data[k]);
      s += term;
      a += Math.abs(term);
    }
    values.push(s);
    sizes.push(a);
  }
  return { values, sizes };
}

/** The generated derivative against the 64-digit one: largest difference over largest size. */
function programError(T: Tensor, V: Point, D: Matrix): number {
  const { values, sizes } = contract(T, V);
  if (values.length !== D.data.length) return Infinity;
  const own = Math.max(...D.data.map((x) => Math.abs(x.toNumber())));
  // What is 0 to all digits has no scale of its own; points have values about 1.
  const scaleOf = Math.max(...sizes, own < 1e-40 ? 1 : own);
  const worst = Math.max(...values.map((v, i) => (Number.isFinite(v) ? Math.abs(num(v).minus(D.data[i] ?? ZERO).toNumber()) : Infinity)));
  return worst / scaleOf;
}

/** A float64 array against the 64-digit one: largest difference over largest size. */
export const valueError = (found: Tensor, right: Matrix): number => programError(found, { rows: 1, cols: 1, data: ['1'] }, right);

/** Largest difference over the derivative's size, or over what rounding of F leaves of it where F is flat along the direction. */
function stepError(found: readonly number[], D: Matrix, flat: number): number {
  const size = Math.max(largest(D).toNumber(), flat);
  const worst = Math.max(...found.map((x, i) => Math.abs(num(x).minus(D.data[i] ?? ZERO).toNumber())));
  return size === 0 ? worst : worst / size;
}

const OUTSIDE_SPACE = num('1e-20');
const DIRECTIONS = 3;
/** How far the points of a second complex step lie apart: δ⁴ and the rounding 1e-16/δ are both below 1e-11 there. */
const REACH = 5e-4;

/**
 * @throws OutsideDomain where F or the candidate has no value at the point
 * @param step is called after each direction; false stops
 */
export function figuresAt(program: Program, candidate: Candidate, q: Question, point: DrawnPoint, random: Random, step: () => boolean): PointFigures | undefined {
  const oracle = createOracle(program, point.sizes, point.values);
  const F = oracle.evaluate(q.of);
  const digits = oracle.digits(q.of);
  const wordsOf = (name: string) => program.variables.get(name)?.words ?? new Set<never>();
  const valueAt = (name: string): Point => point.values.get(name) ?? { rows: 1, cols: 1, data: ['0'] };
  const direction = (name: string): Point => drawDirection(valueAt(name), wordsOf(name), random);
  const at0 = createOracle(candidate.program, point.sizes, point.values);
  const gradient = candidate.gradient && q.order === 1 ? at0.evaluate(candidate.gradient) : undefined;
  const ran = candidate.run?.(point.sizes, point.values);
  const agreements: Agreement[] = [];
  const adjoint: number[] = [];
  const programErrors: number[] = [];
  let stepped: number[] | string = [];
  let rates: readonly number[] = [];
  let exactlyLinear = false;
  let condition = 0;
  for (let k = 0; k < DIRECTIONS; k++) {
    const V = direction(q.y);
    const v = fromPoint(V);
    const unit = unitStep(oracle.value(q.y), v);
    const D = candidateAlong(at0, candidate, q, v);
    const f = largest(F);
    if (q.order === 1) {
      const floor = noiseFloor(f, unit);
      agreements.push(compareWithDifferences(D, (h) => oracle.differentiate(q.of, q.x, v, h), digits, 1, floor));
      if (typeof stepped !== 'string') {
        const tried = attempt(() => complexStep(program, q.of, q.x, point.sizes, point.values, V));
        if (tried.ok) stepped.push(stepError(tried.value, D, f.div(unit).toNumber()));
        else stepped = tried.problem;
      }
      if (!f.isZero()) condition = Math.max(condition, largest(D).times(unit).div(f).toNumber());
      if (gradient && candidate.directional) adjoint.push(relative(inner(gradient, v), D.data[0] ?? ZERO, floor));
      if (candidate.vjp) {
        const W = drawDirection(toPoint(F), new Set(), random);
        const w = fromPoint(W);
        const pulled = at0.evaluate(candidate.vjp.term, new Map([[candidate.vjp.cotangent, w]]));
        adjoint.push(relative(inner(w, D), inner(pulled, v), floor));
      }
    } else {
      const ws = [direction(q.x), direction(q.x)].map(fromPoint);
      const floor = noiseFloor(f, unit.times(unitStep(oracle.value(q.x), ws[0] ?? v)));
      const found = column(ws.map((w) => inner(w, D)));
      agreements.push(compareWithDifferences(found, (h) => column(ws.map((w) => oracle.differentiateTwice(q.of, [q.x, q.y], [w, v], h).data[0] ?? ZERO)), digits, 2, floor));
      const [w] = ws;
      if (typeof stepped !== 'string' && w) {
        const widest = unitStep(oracle.value(q.x), w);
        const reach = widest.toNumber() * Math.min(REACH, oracle.nearness().margin / 100);
        const tried = attempt(() => complexStepTwice(program, q.of, { name: q.x, along: toPoint(w) }, { name: q.y, along: V }, point.sizes, point.values, reach));
        if (tried.ok) stepped.push(stepError(tried.value, column([inner(w, D)]), f.div(unit).div(widest).toNumber()));
        else stepped = tried.problem;
      }
      if (q.x === q.y && w) adjoint.push(relative(inner(w, D), inner(v, candidateAlong(at0, candidate, q, w)), floor));
    }
    if (agreements.some((a) => a.outcome === 'differs')) break;
    if (ran?.derivative) programErrors.push(programError(ran.derivative, V, D));
    if (k === 0 && q.x === q.y) {
      const found = taylorRates(oracle, q, v, D);
      exactlyLinear = !found;
      rates = found ?? [];
    }
    if (!step()) return undefined;
  }
  if (ran?.value) programErrors.push(valueError(ran.value, F));
  const outside = gradient && sub(gradient, oracle.project(q.x, gradient));
  return {
    agreements, rates, adjoint, program: programErrors, complexStep: stepped, condition, exactlyLinear, nearness: oracle.nearness(), rough: isRough(digits),
    unprojected: outside !== undefined && largest(outside).gt(largest(gradient ?? outside).times(OUTSIDE_SPACE)),
  };
}
