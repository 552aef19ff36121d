/**
 * `check A == B` at 64 digits, over several points and sizes, with a counterexample of small numbers for a false claim.
 * A symbolic proof comes from the caller, where there is one; agreement at points alone is called `tested`, not proved.
 */
import { dimName, evaluateDim } from '../algebra/dim';
import type { Program, ProgramClaim } from '../algebra/program';
import type { Term } from '../algebra/term';
import { drawPoints, type DrawnPoint, type Sizes, type Style } from '../numeric/points';
import { accepting } from './accept';
import { attempt, type Attempt } from './attempt';
import { meeting } from './meet';
import { needsOf, withAssumptions } from './needs';
import { createOracle, type Matrix } from './oracle';
import { num, tenTo, type Num } from './oracle-decimal';
import { largest, sub } from './oracle-matrix';
import { valuesFile } from './values-file';
import type { ValuesFile } from './verdict';

/** A symbolic proof: the names of the identities that turn one side into the other. */
export type Prove = (left: Term, right: Term) => { readonly identities: readonly string[] } | undefined;

export interface NumericArray { readonly shape: readonly [number, number]; readonly data: readonly number[] }

export interface Counterexample {
  readonly values: ValuesFile;
  readonly left: NumericArray;
  readonly right: NumericArray;
  readonly difference: NumericArray;
}

export interface ClaimResult {
  /** `proved`: symbolically. `holds`: at 64 digits at every point tried. */
  readonly verdict: 'proved' | 'holds' | 'false' | 'undecided';
  readonly line: number;
  readonly seed: number;
  readonly identities?: readonly string[];
  readonly points: number;
  /** The sizes that were tried. */
  readonly sizes: readonly Readonly<Record<string, number>>[];
  /** Digits on which both sides agree at every point, for a claim that holds. */
  readonly digits?: number;
  readonly counterexample?: Counterexample;
  /** Special sizes at which a false claim does hold: `n = 1`, `m = n`. */
  readonly holdsAt?: readonly string[];
  readonly notes: readonly string[];
}

export interface ClaimOptions { readonly seed?: number; readonly prove?: Prove }

const POINTS = 4;
const SPECIAL_POINTS = 6;
const MARGINS = [0.02, 1e-4];
/** Digits short of the arithmetic's that rounding may take from two sides that are equal, and that a difference must show. */
const ROUNDING = 16;
const PLAIN = 62;

interface Compared {
  readonly left: Matrix;
  readonly right: Matrix;
  readonly digits: number;
  readonly reachable: number;
}

function compareAt(program: Program, claim: ProgramClaim, point: DrawnPoint): Attempt<Compared> {
  return attempt(() => {
    const oracle = createOracle(program, point.sizes, point.values);
    const left = oracle.evaluate(claim.left);
    const right = oracle.evaluate(claim.right);
    const reachable = Math.min(oracle.digits(claim.left), oracle.digits(claim.right), PLAIN);
    // Both sides may be rounding about 0: what counts is their size against the numbers that they are made of.
    const natural = [...point.values.keys()].reduce<Num>((m, name) => (largest(oracle.value(name)).gt(m) ? largest(oracle.value(name)) : m), num(1));
    const size = [largest(left), largest(right), natural.times(tenTo(-4))].reduce((a, b) => (a.gt(b) ? a : b));
    const gap = largest(sub(left, right));
    const digits = gap.isZero() ? reachable : Math.min(reachable, Math.max(0, -gap.div(size).log().toNumber()));
    return { left, right, digits, reachable };
  });
}
const equal = (c: Compared): boolean => c.digits >= c.reachable - ROUNDING;

/** What lies this far below the largest entry of both sides is what rounding left of 0. */
const NOISE = -50;
const arrayOf = (A: Matrix, unit: Num): NumericArray => ({ shape: [A.rows, A.cols], data: A.data.map((x) => (x.abs().lt(unit.times(tenTo(NOISE))) ? 0 : x.toNumber())) });
function counterexampleOf(c: Compared, point: DrawnPoint): Counterexample {
  const [a, b] = [largest(c.left), largest(c.right)];
  const unit = a.gt(b) ? a : b;
  return { values: valuesFile(point.sizes, point.values), left: arrayOf(c.left, unit), right: arrayOf(c.right, unit), difference: arrayOf(sub(c.left, c.right), unit) };
}

interface Drawing { readonly count: number; readonly style?: Style; readonly sizes?: readonly Sizes[]; readonly seed: number }

function draw(program: Program, claim: ProgramClaim, d: Drawing): { readonly points: readonly DrawnPoint[]; readonly reason?: string } {
  const terms = [claim.left, claim.right];
  const { names, assumptions } = withAssumptions(program, needsOf(program, terms));
  let best: { readonly points: readonly DrawnPoint[]; readonly reason?: string } = { points: [] };
  for (const margin of MARGINS) {
    const next = drawPoints(program, { seed: d.seed, names, count: d.count, meet: meeting(program, assumptions), accept: accepting(program, terms, assumptions, margin), style: d.style, sizes: d.sizes });
    if (next.points.length > best.points.length || best.points.length === 0) best = next;
    if (best.points.length >= d.count) break;
  }
  return best;
}

/** Sizes at which claims are often true by accident: one name at 1, two names equal. */
function specialSizes(program: Program): readonly { readonly name: string; readonly sizes: Sizes }[] {
  const names = [...program.dimensions.keys()].filter((n) => !program.sizes.has(n));
  const usual = new Map([...names.map((n, k) => [n, k + 2] as const), ...program.sizes]);
  const at = (changes: readonly (readonly [string, number])[]): Sizes => new Map([...usual, ...changes]);
  const fits = (sizes: Sizes): boolean => program.dimFacts.every((f) => {
    const [a, b] = [evaluateDim(f.left, sizes), evaluateDim(f.right, sizes)];
    return f.op === '=' ? a === b : a >= b;
  });
  const single = names.map((n) => ({ name: `${dimName(n).key} = 1`, sizes: at([[n, 1]]) }));
  const pairs = names.flatMap((m, i) => names.slice(i + 1).map((n) => ({ name: `${m} = ${n}`, sizes: at([[m, 3], [n, 3]]) })));
  return [...single, ...pairs].filter((s) => fits(s.sizes));
}

function holdingSizes(program: Program, claim: ProgramClaim, seed: number): readonly string[] {
  return specialSizes(program).filter(({ sizes }) => {
    const drawn = attempt(() => draw(program, claim, { count: SPECIAL_POINTS, seed, sizes: [sizes] }));
    return drawn.ok && drawn.value.points.length > 0 && drawn.value.points.every((p) => {
      const c = compareAt(program, claim, p);
      return c.ok && equal(c.value);
    });
  }).map((s) => s.name);
}

/** The counterexample that is easiest to read: whole numbers at the smallest sizes, where they still show the difference. */
function readable(program: Program, claim: ProgramClaim, seed: number, fallback: { readonly point: DrawnPoint; readonly compared: Compared }): Counterexample {
  const drawn = attempt(() => draw(program, claim, { count: 2, seed, style: 'whole' }));
  for (const point of drawn.ok ? drawn.value.points : []) {
    const c = compareAt(program, claim, point);
    if (c.ok && c.value.digits < c.value.reachable / 2) return counterexampleOf(c.value, point);
  }
  return counterexampleOf(fallback.compared, fallback.point);
}

/** Where claims that hold near 0 are tried too: atan(tan(x)) is x up to pi/2, sqrt(cos(x).^2) is cos(x). */
const FAR: readonly Style[] = ['whole', 'wide'];
const FAR_POINTS = 2;

/** A point at some distance from 0 at which the sides differ beyond doubt. */
function farDifference(program: Program, claim: ProgramClaim, seed: number): { readonly point: DrawnPoint; readonly compared: Compared } | undefined {
  for (const style of FAR) {
    const drawn = attempt(() => draw(program, claim, { count: FAR_POINTS, seed, style }));
    for (const point of drawn.ok ? drawn.value.points : []) {
      const c = compareAt(program, claim, point);
      if (c.ok && c.value.digits < c.value.reachable / 2) return { point, compared: c.value };
    }
  }
  return undefined;
}

/** Decides one claim. Never throws for what a user writes. */
export function decideClaim(program: Program, claim: ProgramClaim, options: ClaimOptions = {}): ClaimResult {
  const seed = options.seed ?? 1;
  const head = { line: claim.line, seed };
  const formal = [...needsOf(program, [claim.left, claim.right]).formal];
  const drawn: Attempt<{ readonly points: readonly DrawnPoint[]; readonly reason?: string }> = formal.length > 0
    ? { ok: false, problem: `${formal.join(', ')} has no body, so there is nothing to evaluate` }
    : attempt(() => draw(program, claim, { count: POINTS, seed }));
  const points = drawn.ok ? drawn.value.points : [];
  const sizes = points.map((p) => Object.fromEntries(p.sizes));
  const notes: string[] = [];
  let digits = Infinity;
  let used = 0;
  let unclear = false;
  const refuted = (by: { readonly point: DrawnPoint; readonly compared: Compared }, holdsAt: readonly string[]): ClaimResult =>
    ({ ...head, verdict: 'false', points: used, sizes, notes, ...(holdsAt.length > 0 && { holdsAt }), counterexample: readable(program, claim, seed, by) });
  for (const point of points) {
    const c = compareAt(program, claim, point);
    if (!c.ok) {
      notes.push(c.problem);
      continue;
    }
    used++;
    digits = Math.min(digits, c.value.digits);
    if (equal(c.value)) continue;
    // Two sides that differ only in their last digits are told apart by nothing that was computed.
    if (c.value.digits > c.value.reachable - ROUNDING - 6) {
      unclear = true;
      continue;
    }
    return refuted({ point, compared: c.value }, holdingSizes(program, claim, seed));
  }
  const proof = options.prove?.(claim.left, claim.right);
  if (proof) return { ...head, verdict: 'proved', identities: proof.identities, points: used, sizes, ...(used > 0 && !unclear && { digits: Math.floor(digits) }), notes };
  const far = used > 0 ? farDifference(program, claim, seed) : undefined;
  // Near 0 it holds at all sizes, which says nothing of special ones.
  if (far) return refuted(far, []);
  if (!drawn.ok) return { ...head, verdict: 'undecided', points: 0, sizes, notes: [...notes, drawn.problem] };
  if (used === 0) return { ...head, verdict: 'undecided', points: 0, sizes, notes: [...notes, `no point was found: ${drawn.value.reason ?? 'every draw was turned down'}`] };
  if (unclear) return { ...head, verdict: 'undecided', points: used, sizes, notes: [...notes, `the sides agree on ${Math.floor(digits)} digits only, too few to call them equal and too many to call them different`] };
  if (used < 2 && needsOf(program, [claim.left, claim.right]).variables.size > 0)
    return { ...head, verdict: 'undecided', points: used, sizes, notes: [...notes, `only one point was found: ${drawn.value.reason ?? ''}`] };
  return { ...head, verdict: 'holds', points: used, sizes, digits: Math.floor(digits), notes };
}
