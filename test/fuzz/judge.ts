/** One program through every stage: resolve, value, derivative, every printed text, the adjoint, generated code, second order, 64 digits. */
import { isScalar } from '../../core/algebra/dim';
import type { Program, ProgramRequest } from '../../core/algebra/program';
import type { Term } from '../../core/algebra/term';
import { Refusal } from '../../core/algebra/refusal';
import { pullback } from '../../core/calculus/workspace';
import { present } from '../../core/notation/present';
import type { Presentation } from '../../core/notation/presentation';
import { subjectOf, workspaceOf } from '../../core/notation/subject';
import { array, type NumericArray } from '../../core/numeric/array';
import { evaluate, NumericError } from '../../core/numeric/evaluate';
import type { Num } from '../../core/verify/oracle';
import { interpreted } from '../../cli/eval';
import { evaluated, load } from '../../cli/generated';
import { asGenerated, type Loaded } from '../../core/ide/run';
import type { Chosen } from '../../cli/requests';
import { compile } from './compile';
import { atKink, exactDerivative, exactValue } from './exact';
import { checkExactly, checkForms, writtenOf, type Jacobian, type Written } from './forms';
import { along, extent, naive } from './naive';
import { gap, judged, largest, must, short, symbolic, TOLERANCE, Unfit, Wrong, type Outcome, type Stage } from './outcome';
import { directions, drawPoint, project, SPECIAL, type FuzzPoint } from './point';
import { randomFrom } from './random';
import { baseText, countNodes, type FuzzProgram } from './tree';

export type { Outcome, Stage } from './outcome';

/** Beyond this the point says nothing in float64. */
const LARGEST = 1e5;
const POINTS = 3;

export interface Depth {
  /** The texts of second derivatives too. */
  readonly secondViews: boolean;
  /** Every text at 64 digits. */
  readonly exact: boolean;
  /** Sizes with ones and equal ones. */
  readonly special: boolean;
  /** The variable of a mixed second derivative. */
  readonly also?: string;
}
export const EVERYTHING: Depth = { secondViews: true, exact: true, special: true };

export function requestText(p: FuzzProgram): string {
  const scalarF = p.main.shape[0] === '1' && p.main.shape[1] === '1';
  return `${baseText(p)}\n${scalarF ? 'grad' : 'jacobian'}(F, ${p.wrt})`;
}

/** Programs up to this size get every check; larger ones take turns. */
const SMALL = 7;
export function depthOf(p: FuzzProgram, seed: number): Depth {
  const size = p.definitions.reduce((n, d) => n + countNodes(d), countNodes(p.main));
  return { secondViews: size <= SMALL || seed % 16 === 0, exact: seed % 8 === 1, special: seed % 4 === 2, ...(p.also !== undefined && { also: p.also }) };
}

export const judge = (p: FuzzProgram, seed: number, depth = depthOf(p, seed)): Outcome => judgeText(requestText(p), seed, depth);

/** The last request of a text through every stage. */
export function judgeText(text: string, seed: number, depth: Depth = EVERYTHING): Outcome {
  try {
    const program = compile(text);
    const request = program.requests.at(-1);
    if (!request) throw new Wrong('resolve', `no request in\n${text}`);
    const presented = present(program, request);
    if ('refused' in presented) return { kind: 'refused', reason: presented.refused.message };
    const subject: Judged = { program, request, presented, written: writtenOf('views', program, request, presented), depth, code: loading(program) };
    const usual = fitting(POINTS, (k) => withinDoubles(subject, drawPoint(program, seed + k, randomFrom(seed * 31 + k))));
    if ('wrong' in usual) return { kind: 'wrong', stage: usual.wrong.stage, detail: usual.wrong.detail };
    if (!usual.result) return { kind: 'undecided', reason: usual.unfit };
    const stages = [...usual.result];
    if (depth.special) {
      const sizes = SPECIAL[(seed >>> 2) % SPECIAL.length] ?? new Map<string, number>();
      const special = fitting(2, (k) => withinDoubles({ ...subject, depth: { ...depth, exact: false, secondViews: false } }, drawPoint(program, sizes, randomFrom(seed * 37 + k))));
      if ('wrong' in special) return { kind: 'wrong', stage: 'special sizes', detail: `${special.wrong.stage} at ${[...sizes].map(([n, v]) => `${n} = ${v}`).join(', ')}: ${special.wrong.detail}` };
      if (special.result) stages.push('special sizes');
    }
    return { kind: 'right', stages, longest: Math.max(...Object.values(presented.forms).map((f) => f.text.length)) };
  } catch (error) {
    if (error instanceof Wrong) return { kind: 'wrong', stage: error.stage, detail: error.detail };
    // F by itself may be refused where its derivative, in which fewer names count, is not.
    if (error instanceof Refusal) return { kind: 'refused', reason: `read again: ${error.reason}` };
    if (error instanceof Error) return { kind: 'wrong', stage: 'crash', detail: `${error.message.slice(0, 300)}\n${(error.stack ?? '').split('\n').slice(1, 6).join('\n')}` };
    throw error;
  }
}

/** The first of some points that is a judge. A disagreement near a kink, or from conditioning, is gone at another point. */
function fitting<T>(count: number, run: (k: number) => T): { readonly wrong: Wrong } | { readonly result: T | undefined; readonly unfit: string } {
  let unfit = '';
  let wrong: Wrong | undefined;
  for (let k = 0; k < count; k++) {
    try {
      return { result: run(k), unfit };
    } catch (error) {
      if (error instanceof Unfit || error instanceof NumericError) unfit = error.message;
      else if (error instanceof Wrong) wrong = error;
      else throw error;
    }
  }
  return wrong ? { wrong } : { result: undefined, unfit };
}

interface Judged {
  readonly program: Program;
  readonly request: ProgramRequest;
  readonly presented: Presentation;
  readonly written: readonly Written[];
  readonly depth: Depth;
  /** The generated program of a request of its, written once for all points. */
  readonly code: (request: ProgramRequest, order: 1 | 2) => Loaded;
}

function loading(program: Program): Judged['code'] {
  const made = new Map<string, Loaded>();
  return (request, order) => {
    const key = `${request.kind} ${request.wrt.join()} ${order}`;
    const loaded = made.get(key) ?? symbolic('program', () => load(program, asGenerated(request, order)));
    made.set(key, loaded);
    return loaded;
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The stages at a point, or why the point is no judge. */
function withinDoubles(subject: Judged, at: FuzzPoint): Stage[] {
  try {
    return atPoint(subject, at);
  } catch (error) {
    throw error instanceof Wrong ? judged(error, extent(subject.program, subject.request.ofTerm, at)) : error;
  }
}

function atPoint({ program, request, presented, written, depth, code }: Judged, at: FuzzPoint): Stage[] {
  const stages: Stage[] = ['resolve'];
  const x = request.wrt[0] as string;
  const F = request.ofTerm;
  const value = naive(program, F, at);
  const size = largest(value.data);
  if (!(size <= LARGEST)) throw new Unfit('numbers too large');
  const X = at.values.get(x) as NumericArray;
  const [m, n, p, q] = [value.rows, value.cols, X.rows, X.cols];
  const D = columns(directions(program, x, at).map((V) => along((pt) => naive(program, F, pt), at, x, V)), m * n);
  const slope = largest(D);
  if (!(slope < LARGEST)) throw new Unfit('slopes too large');
  const scale = Math.max(slope, size * 1e-2, 1e-6);
  const chosen = { program, request } as unknown as Chosen;
  const order1 = { ...request, kind: (isScalar(F.shape) ? 'grad' : 'jacobian') } as ProgramRequest;
  const exact = lazily(() => exactDerivative(program, order1, at));

  const found = symbolic('value', () => interpreted({ ...chosen, request: order1 }, at, 1), () => atKink(program, F, at));
  agreeOnValue(program, F, at, found.value.data, value.data);
  stages.push('value');
  const derivative = Float64Array.from(found.derivative?.data ?? []);
  agree('derivative', derivative, D, scale, exact, () => isNoise(program, F, at, value.data));
  stages.push('derivative');
  const j: Jacobian = { m, n, p, q, D: derivative, scale, exact };
  checkForms('views', program, request, presented, written, at, j);
  stages.push('views');
  adjoint(program, request, at, j);
  stages.push('adjoint');
  generated(chosen, order1, code, at, value, derivative, scale, exact);
  stages.push('program');
  if (depth.exact && checkExactly(program, request, presented, written, at, j)) stages.push('64 digits');
  if (isScalar(F.shape)) {
    stages.push(...second(program, order1, code, [x, x], at, value, { scale, slope }, depth));
    const { also } = depth;
    if (also !== undefined && at.values.has(also)) stages.push(...second(program, order1, code, [x, also], at, value, { scale, slope }, depth));
  }
  return stages;
}

/** One column a direction, as the rows of entries of a derivative. */
function columns(list: readonly NumericArray[], entries: number): Float64Array {
  const D = new Float64Array(entries * list.length);
  list.forEach((d, c) => d.data.forEach((v, r) => { D[r * list.length + c] = v; }));
  return D;
}

/** Against the plain interpreter; where this disagrees, since it takes differences or F is ill-conditioned, against 64 digits. */
function agreeOnValue(program: Program, F: Term, at: FuzzPoint, got: ArrayLike<number>, want: ArrayLike<number>, stage: Stage = 'value', tolerance: number = TOLERANCE.value): void {
  if (gap(got, want, 1e-3) <= tolerance) return;
  const right = exactValue(program, F, at);
  if (!right) throw new Unfit('float64 disagrees, and there is no 64-digit value');
  const least = Math.max(tolerance, 10 * gap(want, right, 1e-3));
  must(stage, gap(got, right, 1e-3), least, () => `value ${short(got)} for ${short(right)}`);
}

/** Whether rounding has left nothing of a value, as of the cosine of 1e18: then nothing is left of its slope either. */
function isNoise(program: Program, F: Term, at: FuzzPoint, value: ArrayLike<number>): boolean {
  const right = exactValue(program, F, at);
  return right !== undefined && gap(value, right, 1e-300) > 1e-2;
}

/** Against differences; where these disagree, against 64 digits. */
function agree(stage: Stage, got: ArrayLike<number>, D: Float64Array, scale: number, exact: () => readonly Num[] | undefined, isNoise: () => boolean, tolerance: number = TOLERANCE.derivative): void {
  const off = gap(got, D, scale);
  if (off <= tolerance) return;
  const right = exact();
  if (right && gap(got, right.map(Number), scale) <= tolerance) return;
  if (!right) throw new Unfit('float64 disagrees, and there is no 64-digit derivative');
  if (isNoise()) throw new Unfit('float64 has no digit of the value');
  throw new Wrong(stage, `derivative ${short(got)} for ${short(right.map(Number))} (off by ${off.toExponential(1)})`);
}

function adjoint(program: Program, request: ProgramRequest, at: FuzzPoint, { m, n, p, q, D, scale }: Jacobian): void {
  const w = workspaceOf(program);
  const subject = subjectOf(w, { ...request, kind: 'jacobian' });
  if (!subject) return;
  const Y = array(m, n, Float64Array.from({ length: m * n }, (_, r) => ((r * 5 + 2) % 7) / 3 - 1));
  let got: NumericArray;
  try {
    const node = pullback(w.g, subject.of, subject.symbol, w.g.symbol('the cotangent', subject.of.shape));
    got = symbolic('adjoint', () => evaluate(node, { sizes: at.sizes, values: new Map([...at.values, ['the cotangent', Y]]) }));
  } catch (error) {
    if (error instanceof Refusal) return;
    throw error;
  }
  const want = Float64Array.from({ length: p * q }, (_, c) => Y.data.reduce((s, y, r) => s + y * (D[r * p * q + c] ?? 0), 0));
  must('adjoint', gap(got.data, want, scale), TOLERANCE.view, () => `vjp ${short(got.data)} for ${short(want)}`);
}

function generated(chosen: Chosen, request: ProgramRequest, code: Judged['code'], at: FuzzPoint, value: NumericArray, D: Float64Array, scale: number, exact: () => readonly Num[] | undefined): void {
  const hessian = request.kind === 'hessian';
  const { program } = chosen;
  const order = hessian ? 2 : 1;
  const loaded = code(request, order);
  const ran = symbolic('program', () => evaluated({ program, request }, loaded, at, order), () => atKink(program, request.ofTerm, at));
  agreeOnValue(program, request.ofTerm, at, ran.value.data, value.data, 'program', TOLERANCE.program);
  const d = ran.derivative?.data ?? [];
  const off = gap(d, D, scale);
  if (off <= TOLERANCE.program) {
    products(loaded, program, request, at, value, D, scale);
    return;
  }
  // The interpreter's own error, where 64 digits tell it, is what conditioning costs.
  const right = exact()?.map(Number);
  if (right && gap(d, right, scale) <= Math.max(TOLERANCE.program, 100 * gap(D, right, scale))) return;
  if (!right && atKink(program, request.ofTerm, at)) throw new Unfit('float64 disagrees where the derivative stops existing');
  throw new Wrong('program', `generated ${hessian ? 'Hessian' : 'derivative'} ${short(d)} for ${short(D)} (off by ${off.toExponential(1)})`);
}

/** The generated products with the derivative: jvp and vjp, or hvp, against the derivative itself. */
function products(loaded: Loaded, program: Program, request: ProgramRequest, at: FuzzPoint, value: NumericArray, D: Float64Array, scale: number): void {
  const [x = '', y = x] = request.wrt;
  const X = at.values.get(y);
  const E = directions(program, y, at);
  if (!X) return;
  const pq = E.length;
  const check = (kind: 'jvp' | 'vjp' | 'hvp', along: NumericArray, want: Float64Array): void => {
    const name = loaded.direction(kind);
    if (name === undefined) return;
    const got = symbolic('program', () => loaded.call(kind, { sizes: at.sizes, values: new Map([...at.values, [name, along]]) }), () => atKink(program, request.ofTerm, at));
    if (!got) return;
    must('program', gap(got.data, want, scale), TOLERANCE.program, () => `generated ${kind} ${short(got.data)} for ${short(want)}`);
  };
  const weights = E.map((_, c) => ((c * 5 + 1) % 9) / 4 - 1);
  const V = array(X.rows, X.cols, Float64Array.from({ length: pq }, (_, e) => E.reduce((s, B, c) => s + (weights[c] ?? 0) * (B.data[e] ?? 0), 0)));
  const alongV = Float64Array.from({ length: D.length / pq }, (_, r) => weights.reduce((s, w, c) => s + w * (D[r * pq + c] ?? 0), 0));
  if (request.kind === 'hessian') { check('hvp', V, alongV); return; }
  check('jvp', V, alongV);
  const W = array(value.rows, value.cols, value.data.map((_, r) => ((r * 5 + 2) % 7) / 3 - 1));
  check('vjp', W, Float64Array.from({ length: pq }, (_, c) => W.data.reduce((s, w, r) => s + w * (D[r * pq + c] ?? 0), 0)));
}

/** The second derivative, against differences of the gradient that has just been found right. */
function second(
  program: Program, order1: ProgramRequest, code: Judged['code'], wrt: readonly [string, string], at: FuzzPoint, value: NumericArray, sizes: { readonly scale: number; readonly slope: number }, depth: Depth,
): Stage[] {
  const [x, y] = wrt;
  const request: ProgramRequest = { ...order1, kind: 'hessian', wrt: x === y ? [x] : [x, y] };
  const presented = lazily(() => present(program, request));
  const chosen = { program, request } as unknown as Chosen;
  const w = workspaceOf(program);
  let subject;
  let found;
  try {
    subject = subjectOf(w, request);
    found = interpreted(chosen, at, 2);
  } catch (error) {
    if (error instanceof Refusal) return [];
    // Singular values that always meet, for one: F may be smooth where its formula is not.
    if (error instanceof NumericError && atKink(program, request.ofTerm, at)) return [];
    if (error instanceof NumericError) throw new Wrong('second', `no value: ${error.message}`);
    throw error;
  }
  if (!subject) return [];
  const { of } = subject;
  const [X, Y] = [at.values.get(x) as NumericArray, at.values.get(y) as NumericArray];
  const outer = (E: NumericArray): NumericArray => (subject.outer ? project(program.variables.get(x)?.words ?? new Set(), X, E) : E);
  const H = columns(directions(program, y, at).map((V) => outer(along((pt) => evaluate(of, pt), at, y, V))), X.rows * X.cols);
  const most = largest(H);
  if (!(most < LARGEST)) return [];
  const got = Float64Array.from(found.derivative?.data ?? []);
  const scale = Math.max(most, sizes.slope, sizes.scale * 1e-2, 1e-6);
  const exact = lazily(() => exactDerivative(program, request, at));
  const stage: Stage = x === y ? 'second' : 'mixed';
  agree(stage, got, H, scale, exact, () => isNoise(program, request.ofTerm, at, value.data), TOLERANCE.derivative * 5);
  generated(chosen, request, code, at, value, got, scale, exact);
  if (!depth.secondViews) return [stage];
  const shown = presented();
  if ('refused' in shown) return [stage];
  checkForms(stage, program, request, shown, writtenOf(stage, program, request, shown), at, { m: X.rows, n: X.cols, p: Y.rows, q: Y.cols, D: got, scale, exact });
  return [stage, 'second views'];
}
