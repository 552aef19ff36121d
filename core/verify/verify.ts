/**
 * The verdict on a request: the engine's derivative against 64-digit differences of the function at drawn points, Taylor rates,
 * the adjoint identity and the generated program. Load it lazily: it brings the oracle.
 */
import type { Program, ProgramRequest } from '../algebra/program';
import type { Term } from '../algebra/term';
import { drawPoints, randomFrom, type Draw, type DrawnPoint } from '../numeric/points';
import { accepting, declaredProblem } from './accept';
import { attempt } from './attempt';
import { agreement } from './compare';
import { needsOf, withAssumptions } from './needs';
import { meeting, MET_DIGITS, structured } from './meet';
import { createOracle } from './oracle';
import { num } from './oracle-decimal';
import { refutation, type Suspect } from './refute';
import { valuesFile } from './values-file';
import type { Candidate, Verification, VerifyOptions } from './verdict';
import { candidateAlong, figuresAt, valueError, type PointFigures, type Question } from './verify-point';

export type { Candidate, Refutation, Tensor, ValuesFile, Verdict, Verification, VerifyOptions } from './verdict';

export const DEFAULT_SEED = 1;
const POINTS = 2;
const DIRECTIONS = 3;
/** How far from singular sets points are drawn; nearer only where none are found. */
const MARGINS = [0.02, 1e-4];
/** Nearer than this the differences of each order may straddle a kink; those of a function that holds differences take longer steps. */
const AT_A_KINK = { 1: 1e-17, 2: 1e-8 } as const;
const AT_A_KINK_ROUGHLY = { 1: 1e-5, 2: 1e-4 } as const;
const kinkOf = (figures: PointFigures, order: 1 | 2): number => (figures.rough ? AT_A_KINK_ROUGHLY : AT_A_KINK)[order];
/** Larger arrays take 64-digit arithmetic from seconds to minutes. */
const LARGEST_SIZE = 24;
const LEAST_RATE = { 1: 1.9, 2: 2.9 } as const;
const ADJOINT = 1e-12;
/** The program may lose this much to conditioning; beyond REFUTED it computes something else. */
const PROGRAM = { enough: 1e-9, refuted: 1e-5 } as const;
/** Two ways of rounding differ by about this factor. */
const AS_FAR_OFF = 10;
const ULP = 2 ** -52;

/** Beyond this the complex step computes something else than the formula. */
const COMPLEX_STEP = 1e-5;

type Also = (point: DrawnPoint) => string | undefined;

/** Points for some terms of a program, at which all of them have values and the assumptions hold. */
function pointsFor(program: Program, terms: readonly Term[], wrt: readonly string[], seed: number, count: number, also: Also): Draw {
  const { names, assumptions } = withAssumptions(program, needsOf(program, terms, wrt));
  let draw: Draw = { points: [] };
  for (const margin of MARGINS) {
    const next = drawPoints(program, { seed, names, count, meet: meeting(program, assumptions), accept: accepting(program, terms, assumptions, margin, also) });
    if (next.points.length > draw.points.length || draw.points.length === 0) draw = next;
    if (draw.points.length >= count) break;
  }
  return draw;
}

function choosePoints(program: Program, terms: readonly Term[], wrt: readonly string[], options: VerifyOptions, seed: number, also: Also): Draw {
  if (!options.point) return pointsFor(program, terms, wrt, seed, POINTS, also);
  const { assumptions } = withAssumptions(program, needsOf(program, terms));
  const problem = declaredProblem(program, options.point, assumptions);
  if (problem) return { points: [], reason: problem };
  // Numbers of 16 digits meet an equation to 16 digits; the nearest point that meets it to all, and has its structure to all, is what they mean.
  const point = meeting(program, assumptions)(structured(program, options.point));
  return point ? { points: [point] } : { points: [], reason: 'an assumed equation holds there only roughly' };
}

function questionOf(request: ProgramRequest): Question | undefined {
  const [x, y = x] = request.wrt;
  if (x === undefined || y === undefined || request.kind === 'value') return undefined;
  const order = request.kind === 'hessian' || request.kind === 'hvp' ? 2 : 1;
  return { of: request.ofTerm, order, x, y: order === 1 ? x : y };
}

/** @returns the verdict with every figure; never throws for what a user writes. */
export function verifyRequest(program: Program, request: ProgramRequest, candidate: Candidate, options: VerifyOptions = {}): Verification {
  const seed = options.seed ?? DEFAULT_SEED;
  const head = { of: request.of, wrt: request.wrt, line: request.line, seed };
  const undecided = (...notes: readonly string[]): Verification => ({ ...head, verdict: 'undecided', points: 0, notes });
  const terms = [request.ofTerm, ...(candidate.result ? [request.term] : [])];
  const formal = [...needsOf(program, terms).formal];
  if (formal.length > 0) return undecided(`${formal.join(', ')} has no body, so there is nothing to evaluate`);
  const question = questionOf(request);
  const missing = new Set<string>();
  // A derivative may exist at fewer points than the function (det at a singular matrix): drawn points are those of both.
  const candidateExists: Also = (point) => {
    const tried = attempt(() => {
      const oracle = createOracle(candidate.program, point.sizes, point.values);
      return question ? candidateAlong(oracle, candidate, question, oracle.value(question.y)) : undefined;
    });
    if (tried.ok || candidate.result) return undefined;
    missing.add(tried.problem);
    return `the derivative has no value there (${tried.problem})`;
  };
  const drawn = attempt(() => choosePoints(program, terms, request.wrt, options, seed, candidateExists));
  if (!drawn.ok) return undecided(drawn.problem);
  const { points, reason } = drawn.value;
  if (points.length === 0) return undecided(`no point was found: ${reason ?? 'every draw was turned down'}`);
  const large = points.flatMap((p) => [...p.values]).find(([, v]) => Math.max(v.rows, v.cols) > LARGEST_SIZE);
  if (large) return undecided(`${large[0]} is ${large[1].rows}×${large[1].cols}: 64-digit verification takes sizes up to ${LARGEST_SIZE}`);
  const turnedDown = [...missing].map((m) => `points were turned down at which the function has a value and the derivative has none: ${m}`);
  const notes = reason && points.length < POINTS && !options.point ? [`only ${points.length} point: ${reason}`, ...turnedDown] : turnedDown;
  if (candidate.directional || (candidate.gradient && question?.order === 1))
    return question ? judgeDerivative(program, request, candidate, question, points, options, { ...head, notes }) : undecided('nothing to differentiate by');
  if (candidate.result) return judgeResult(program, request, candidate.result, candidate, points, { ...head, notes });
  return undecided('nothing was derived');
}

interface Head { readonly of: string; readonly wrt: readonly string[]; readonly line: number; readonly seed: number; readonly notes: readonly string[] }

const worstOf = (xs: readonly number[]): number => xs.reduce((m, x) => (x > m || Number.isNaN(x) ? x : m), 0);
const round = (x: number): number => Number(x.toPrecision(3));

function judgeDerivative(
  program: Program, request: ProgramRequest, candidate: Candidate, q: Question, points: readonly DrawnPoint[], options: VerifyOptions, head: Head,
): Verification {
  const notes = [...head.notes];
  const all: { readonly point: DrawnPoint; readonly figures: PointFigures }[] = [];
  const totalSteps = points.length * DIRECTIONS;
  let done = 0;
  const step = (): boolean => options.onStep?.(++done, totalSteps) ?? true;
  let problem: string | undefined;
  for (const [k, point] of points.entries()) {
    const figures = attempt(() => figuresAt(program, candidate, q, point, randomFrom(head.seed, 'directions', k), step));
    if (!figures.ok) {
      problem = `the derivative has no value at a point where the function has one: ${figures.problem}`;
      break;
    }
    if (!figures.value) {
      problem = 'stopped';
      break;
    }
    all.push({ point, figures: figures.value });
    if (findGuilty(all, q.order)) break;
  }
  const figures = all.map((a) => a.figures);
  const agreements = figures.flatMap((f) => f.agreements);
  const rates = figures.flatMap((f) => f.rates);
  const adjoint = figures.flatMap((f) => f.adjoint);
  const ran = figures.flatMap((f) => f.program);
  const digits = agreements.reduce((m, a) => Math.min(m, a.digits), Infinity);
  if (figures.length > 0 && figures.every((f) => f.exactlyLinear)) notes.push(q.order === 1 ? 'Taylor: the remainder is rounding, the function is exactly linear along the directions' : 'Taylor: the remainder is rounding, the function is exactly quadratic along the directions');
  else if (rates.length === 0 && q.x !== q.y) notes.push('Taylor: not run for a mixed second derivative');
  const stepped = figures.flatMap((f) => (typeof f.complexStep === 'string' ? [] : f.complexStep));
  const unstepped = figures.map((f) => f.complexStep).find((why) => typeof why === 'string');
  if (unstepped !== undefined) notes.push(`complex step: not run, ${unstepped}`);
  if (adjoint.length === 0) notes.push('adjoint: not run, there is no gradient or adjoint to compare with');
  const base = {
    of: head.of, wrt: head.wrt, line: head.line, seed: head.seed, points: all.length,
    ...(agreements.length > 0 && { finiteDifference: { maxRelativeError: round(10 ** -digits) }, exact: { digits: Math.floor(digits) } }),
    ...(rates.length > 0 && { taylor: { order: round(Math.min(...rates)) } }),
    ...(adjoint.length > 0 && { adjoint: { maxRelativeError: round(worstOf(adjoint)) } }),
    ...(stepped.length > 0 && unstepped === undefined && { complexStep: { maxRelativeError: round(worstOf(stepped)) } }),
    ...(ran.length > 0 && { program: { maxRelativeError: round(worstOf(ran)), ulps: round(worstOf(ran) / ULP) } }),
    ...(figures.length > 0 && q.order === 1 && { condition: round(worstOf(figures.map((f) => f.condition))) }),
  };
  const guilty = findGuilty(all, q.order);
  if (guilty) {
    const shown = attempt(() => refutation(program, candidate, q, request.of, guilty.point, guilty.suspect));
    return { ...base, verdict: 'refuted', notes: shown.ok ? notes : [...notes, shown.problem], ...(shown.ok && { refutation: shown.value }) };
  }
  if (problem) notes.push(problem);
  const unclear = problem !== undefined ? undefined : whyUnclear(figures, rates, ran, unstepped === undefined ? stepped : [], q.order);
  if (unclear) notes.push(unclear);
  return { ...base, verdict: problem !== undefined || unclear ? 'undecided' : 'verified', notes };
}

/** The first point that refutes the candidate, and which of its parts. */
function findGuilty(all: readonly { readonly point: DrawnPoint; readonly figures: PointFigures }[], order: 1 | 2): { readonly point: DrawnPoint; readonly suspect: Suspect } | undefined {
  for (const { point, figures } of all) {
    const atKink = figures.nearness.margin < kinkOf(figures, order);
    if (!atKink && figures.agreements.some((a) => a.outcome === 'differs')) return { point, suspect: 'directional' };
    const formulaStands = figures.agreements.every((a) => a.outcome === 'agrees');
    if (formulaStands && (figures.adjoint.some((e) => !(e <= ADJOINT)) || figures.unprojected)) return { point, suspect: 'gradient' };
    if (formulaStands && figures.program.some((e) => !(e <= PROGRAM.refuted) && !isBeyondDoubles(figures, e))) return { point, suspect: 'program' };
  }
  return undefined;
}

/** The complex step runs the formula of F itself in doubles, without the program: where it is as far off, the point asks for more digits than doubles have. */
const isBeyondDoubles = (figures: PointFigures, error: number): boolean =>
  Number.isFinite(error) && typeof figures.complexStep !== 'string' && AS_FAR_OFF * worstOf(figures.complexStep) >= error;

function whyUnclear(figures: readonly PointFigures[], rates: readonly number[], ran: readonly number[], stepped: readonly number[], order: 1 | 2): string | undefined {
  const least = LEAST_RATE[order];
  const kink = figures.find((f) => f.nearness.margin < kinkOf(f, order));
  if (kink) return `the point lies where the derivative stops existing: ${kink.nearness.what}`;
  const poor = figures.flatMap((f) => f.agreements).find((a) => a.outcome === 'unclear');
  if (poor) return `the differences agree with each other on ${Math.floor(poor.trusted)} digits only, with the derivative on ${Math.floor(poor.digits)}: the point is ill-conditioned`;
  if (rates.some((r) => r < least)) return `the Taylor remainder falls at rate ${round(Math.min(...rates))}, not ${least}`;
  const beyond = figures.find((f) => f.program.some((e) => e > PROGRAM.enough && isBeyondDoubles(f, e)));
  if (beyond) return `the point asks for more digits than doubles have: the generated program differs by ${round(worstOf(beyond.program))} from the 64-digit value, and the complex step, which does not use it, by ${round(worstOf(beyond.complexStep as readonly number[]))}`;
  if (stepped.some((e) => !(e <= COMPLEX_STEP))) return `the complex step differs by ${round(worstOf(stepped))}, which neither the differences nor conditioning explain`;
  if (ran.some((e) => e > PROGRAM.enough)) return `the generated program differs by ${round(worstOf(ran))}, more than conditioning explains`;
  return undefined;
}

/** A request without a free direction: its value by differences against the value of what was derived. */
function judgeResult(program: Program, request: ProgramRequest, result: Term, candidate: Candidate, points: readonly DrawnPoint[], head: Head): Verification {
  let worst = Infinity;
  const programErrors: number[] = [];
  const most = program.assumptions.length > 0 ? MET_DIGITS : Infinity;
  const base = { of: head.of, wrt: head.wrt, line: head.line, seed: head.seed };
  const finish = (): Pick<Verification, 'points' | 'finiteDifference' | 'exact'> =>
    ({ points: points.length, ...(Number.isFinite(worst) && { finiteDifference: { maxRelativeError: round(10 ** -worst) }, exact: { digits: Math.floor(worst) } }) });
  const notes = [...head.notes, 'Taylor, adjoint and complex step: not run, the request is a value and has no direction'];
  for (const point of points) {
    const compared = attempt(() => {
      const oracle = createOracle(program, point.sizes, point.values);
      const right = oracle.evaluate(request.term);
      const found = createOracle(candidate.program, point.sizes, point.values).evaluate(result);
      return { right, found, digits: oracle.digits(request.term), agree: agreement(found, right, num('1e-12')) };
    });
    if (!compared.ok) return { ...base, ...finish(), verdict: 'undecided', notes: [...notes, compared.problem] };
    const { right, found, digits, agree } = compared.value;
    worst = Math.min(worst, agree);
    const ran = candidate.run?.(point.sizes, point.values).value;
    if (ran) programErrors.push(valueError(ran, right));
    if (agree >= Math.max(8, Math.min(digits, most) - 14)) continue;
    let at = 0;
    found.data.forEach((x, i) => {
      const gap = (k: number) => (found.data[k] ?? x).minus(right.data[k] ?? x).abs();
      if (gap(i).gt(gap(at))) at = i;
    });
    const entry = right.data.length === 1 ? [] : right.cols === 1 ? [at + 1] : [Math.floor(at / right.cols) + 1, (at % right.cols) + 1];
    return {
      ...base, ...finish(), verdict: 'refuted', notes,
      refutation: { entry, name: entry.length ? `[${entry.join(', ')}]` : head.of, expected: right.data[at]?.toNumber() ?? NaN, found: found.data[at]?.toNumber() ?? NaN, values: valuesFile(point.sizes, point.values) },
    };
  }
  const ran = worstOf(programErrors);
  const unclear = ran > PROGRAM.enough ? [`the generated program differs by ${round(ran)}, more than conditioning explains`] : [];
  return {
    ...base, ...finish(), verdict: unclear.length > 0 ? 'undecided' : 'verified', notes: [...notes, ...unclear],
    ...(programErrors.length > 0 && { program: { maxRelativeError: round(ran), ulps: round(ran / ULP) } }),
  };
}
