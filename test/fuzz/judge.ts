/** One program through every stage: resolve, value, derivative, every printed view, the adjoint, generated code, second order. */
import { isScalar } from '../../core/algebra/dim';
import type { Program, ProgramRequest } from '../../core/algebra/program';
import { Refusal } from '../../core/algebra/refusal';
import { resolve } from '../../core/algebra/resolve';
import type { Term } from '../../core/algebra/term';
import { pullback } from '../../core/calculus/workspace';
import { declarationOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import type { FormName, Presentation } from '../../core/notation/presentation';
import { subjectOf, workspaceOf } from '../../core/notation/subject';
import { array, scalar, type NumericArray } from '../../core/numeric/array';
import { evaluate, NumericError } from '../../core/numeric/evaluate';
import { parse } from '../../core/syntax/parse';
import { Stop } from '../../cli/exit';
import { interpreted } from '../../cli/eval';
import { generatedAt } from '../../cli/generated';
import type { Chosen } from '../../cli/requests';
import { along, naive } from './naive';
import { directions, drawPoint, type FuzzPoint } from './point';
import { randomFrom } from './random';
import { baseText, type FuzzProgram } from './tree';

export type Stage = 'resolve' | 'value' | 'derivative' | 'views' | 'adjoint' | 'program' | 'second' | 'crash';
export type Outcome =
  | { readonly kind: 'right'; readonly stages: readonly Stage[]; readonly longest: number }
  | { readonly kind: 'refused' | 'undecided'; readonly reason: string }
  | { readonly kind: 'wrong'; readonly stage: Stage; readonly detail: string };

const FORMS: readonly FormName[] = ['differential', 'directional', 'gradient', 'components', 'index', 'vec'];
const TOLERANCE = { value: 1e-8, derivative: 2e-6, view: 1e-7, program: 1e-7 } as const;
/** Beyond this the point says nothing in float64. */
const LARGEST = 1e5;
const POINTS = 3;

class Wrong extends Error {
  constructor(readonly stage: Stage, readonly detail: string) { super(detail); }
}
/** The point is no judge: outside the domain, or numbers out of float64's reach. */
class Unfit extends Error {}

const largest = (xs: ArrayLike<number>): number => Array.from(xs).reduce((n, x) => Math.max(n, Math.abs(x)), 0);
/** The largest difference, relative to `scale` where that is larger than the numbers wanted. */
function gap(got: ArrayLike<number>, want: ArrayLike<number>, scale: number): number {
  if (got.length !== want.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < want.length; i++) { const d = Math.abs((got[i] ?? NaN) - (want[i] ?? NaN)); if (!(d <= worst)) worst = d; }
  return worst / Math.max(scale, largest(want), 1e-9);
}

interface Compiled { readonly program: Program; readonly request: ProgramRequest }

function compile(text: string): Program {
  const document = parse(text);
  const program = resolve(document);
  const errors = [...document.diagnostics, ...program.diagnostics].filter((d) => d.severity === 'error');
  if (errors.length > 0) throw new Wrong('resolve', `${errors[0]?.message ?? ''} in\n${text}`);
  return program;
}

export function requestText(p: FuzzProgram): string {
  const scalarF = p.main.shape[0] === '1' && p.main.shape[1] === '1';
  return `${baseText(p)}\n${scalarF ? 'grad' : 'jacobian'}(F, ${p.wrt})`;
}

export const judge = (p: FuzzProgram, seed: number): Outcome => judgeText(requestText(p), seed);

/** The last request of a text through every stage. */
export function judgeText(text: string, seed: number): Outcome {
  try {
    const program = compile(text);
    const request = program.requests.at(-1);
    if (!request) throw new Wrong('resolve', `no request in\n${text}`);
    const presented = present(program, request);
    if ('refused' in presented) return { kind: 'refused', reason: presented.refused.message };
    let unfit = '';
    let wrong: Wrong | undefined;
    let fit = 0;
    let stages: readonly Stage[] = [];
    for (let k = 0; k < POINTS && fit < 1; k++) {
      try {
        stages = atPoint({ program, request }, presented, drawPoint(program, seed + k, randomFrom(seed * 31 + k)));
        fit++;
      } catch (error) {
        if (error instanceof Unfit || error instanceof NumericError) unfit = error.message;
        else if (error instanceof Wrong) wrong = error;
        else throw error;
      }
    }
    // A disagreement near a kink, or from conditioning, is gone at another point.
    if (wrong && fit === 0) return { kind: 'wrong', stage: wrong.stage, detail: wrong.detail };
    if (fit === 0) return { kind: 'undecided', reason: unfit };
    return { kind: 'right', stages, longest: Math.max(...Object.values(presented.forms).map((f) => f.text.length)) };
  } catch (error) {
    if (error instanceof Wrong) return { kind: 'wrong', stage: error.stage, detail: error.detail };
    if (error instanceof Error) return { kind: 'wrong', stage: 'crash', detail: `${error.message.slice(0, 300)}\n${(error.stack ?? '').split('\n').slice(1, 6).join('\n')}` };
    throw error;
  }
}

function atPoint({ program, request }: Compiled, presented: Presentation, at: FuzzPoint): Stage[] {
  const stages: Stage[] = ['resolve'];
  const x = request.wrt[0] as string;
  const F = request.ofTerm;
  const value = naive(program, F, at);
  const size = largest(value.data);
  if (size > LARGEST) throw new Unfit('numbers too large');
  const E = directions(program, x, at);
  const columns = E.map((V) => along((q) => naive(program, F, q), at, x, V));
  const X = at.values.get(x) as NumericArray;
  const [m, n, p, q] = [value.rows, value.cols, X.rows, X.cols];
  // D[r*pq + c]: entry r of F (row by row), entry c of X.
  const D = new Float64Array(m * n * p * q);
  columns.forEach((d, c) => d.data.forEach((v, r) => { D[r * p * q + c] = v; }));
  const slope = largest(D);
  if (!(slope < LARGEST)) throw new Unfit('slopes too large');
  const scale = Math.max(slope, size * 1e-2, 1e-6);
  const chosen = { program, request } as unknown as Chosen;
  const order1 = { ...request, kind: (isScalar(F.shape) ? 'grad' : 'jacobian') } as ProgramRequest;

  const found = symbolic('value', () => interpreted({ ...chosen, request: order1 }, at, 1));
  must('value', gap(found.value.data, value.data, 1e-3), TOLERANCE.value, () => `value ${short(found.value.data)} for ${short(value.data)}`);
  stages.push('value');
  const derivative = found.derivative?.data ?? [];
  must('derivative', gap(derivative, D, scale), TOLERANCE.derivative, () => `derivative ${short(derivative)} for ${short(D)}`);
  stages.push('derivative');
  const exact = Float64Array.from(derivative);
  if (request.kind !== 'hessian') {
    views(program, request, presented, at, { m, n, p, q, D: exact, scale });
    stages.push('views');
    adjoint(program, request, at, { m, n, p, q, D: exact, scale });
    stages.push('adjoint');
  }
  generated(chosen, order1, at, value, exact, scale, 1);
  stages.push('program');
  if (isScalar(F.shape) && !program.variables.get(x)?.words.has('orthogonal')) {
    second(program, request, order1, at, scale, slope);
    stages.push('second');
  }
  return stages;
}

const short = (xs: ArrayLike<number>): string => `[${Array.from(xs).slice(0, 6).map((v) => v.toPrecision(8)).join(', ')}${xs.length > 6 ? ', …' : ''}]`;
function must(stage: Stage, got: number, tolerance: number, detail: () => string): void {
  if (!(got <= tolerance)) throw new Wrong(stage, `${detail()} (off by ${got.toExponential(1)})`);
}
/** Runs what must have a value where the function has one. */
function symbolic<T>(stage: Stage, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof NumericError || error instanceof Stop) throw new Wrong(stage, `no value: ${error.message}`);
    throw error;
  }
}

interface Jacobian { readonly m: number; readonly n: number; readonly p: number; readonly q: number; readonly D: Float64Array; readonly scale: number }

function views(program: Program, request: ProgramRequest, presented: Presentation, at: FuzzPoint, j: Jacobian): void {
  const { m, n, p, q, D, scale } = j;
  const x = program.variables.get(request.wrt[0] as string);
  if (!x) return;
  const base = program.text.split('\n').filter((l) => !/^\s*(?:grad|jacobian|hessian)\s*\(/.test(l)).join('\n');
  const E = directions(program, x.name, at);
  const pq = p * q;
  const weights = E.map((_, c) => ((c * 7 + 3) % 11) / 5 - 1);
  const V = array(p, q, Float64Array.from({ length: pq }, (_, e) => E.reduce((s, B, c) => s + (weights[c] ?? 0) * (B.data[e] ?? 0), 0)));
  const alongV = Float64Array.from({ length: m * n }, (_, r) => weights.reduce((s, w, c) => s + w * (D[r * pq + c] ?? 0), 0));
  const shared = presented.where.map((w) => w.text);
  const written = [
    ...FORMS.flatMap((name) => { const form = presented.forms[name]; return form ? [{ name, text: form.text, indices: form.indices, where: form.where ?? shared, exact: true }] : []; }),
    ...presented.alternatives.filter((a) => !OTHER_CONVENTION.test(a.label)).map((a) => ({ name: a.form, text: a.text, indices: presented.forms[a.form]?.indices, where: shared, exact: true })),
    // Each line of the derivation is dF; d(A) within it is the change of A.
    ...presented.steps.flatMap((s) => { const text = asDifferential(s.text, x.name); return text.includes(`d${x.name}`) ? [{ name: 'differential' as const, text, indices: undefined, where: shared, exact: text === s.text }] : []; }),
  ];
  for (const form of written) {
    const { name, exact } = form;
    const where = form.where.join('\n');
    const extra = name === 'differential' ? `d${x.name} : ${declarationOf(x.shape, x.words)}`
      : name === 'directional' ? `${presented.direction} : ${declarationOf(x.shape, x.words)}`
        : (form.indices ?? []).length > 0 ? `${form.indices?.join(', ')} : scalar` : '';
    const text = [base, extra, where, form.text].join('\n');
    let view: Program;
    try { view = compile(text); } catch (error) { if (error instanceof Wrong) throw new Wrong('views', `${name} cannot be read again: ${error.detail}`); throw error; }
    const term = view.requests.at(-1)?.term as Term;
    const node = workspaceOf(view).node(term);
    const check = (values: ReadonlyMap<string, NumericArray>, want: ArrayLike<number>, what: string): void => {
      const env = { sizes: at.sizes, values: new Map([...at.values, ...values]) };
      const tolerance = exact ? TOLERANCE.view : TOLERANCE.derivative;
      const got = symbolic('views', () => evaluate(node, env));
      must('views', gap(got.data, want, scale), TOLERANCE.view, () => `${name} ${what} ${form.text} = ${short(got.data)} for ${short(want)}${where ? `\n  where ${where.replace(/\n/g, '; ')}` : ''}`);
      // As it is written, without the engine's identities: what a reader would compute.
      const plain = symbolic('views', () => naive(view, term, env));
      must('views', gap(plain.data, want, scale), tolerance, () => `${name} ${what} ${form.text} as written = ${short(plain.data)} for ${short(want)}`);
    };
    switch (name) {
      case 'differential': check(new Map([[`d${x.name}`, V]]), alongV, ''); break;
      case 'directional': check(new Map([[presented.direction, V]]), alongV, ''); break;
      case 'gradient': check(new Map(), D, ''); break;
      case 'vec': check(new Map(), Float64Array.from({ length: m * n * pq }, (_, e) => {
        const [r, c] = [Math.floor(e / pq), e % pq];
        return D[((r % m) * n + Math.floor(r / m)) * pq + (c % p) * q + Math.floor(c / p)] ?? NaN;
      }), ''); break;
      default: {
        const names = form.indices ?? [];
        const xCount = p * q === 1 && isScalar(x.shape) ? 0 : x.shape.cols.key === '1' ? 1 : 2;
        for (let e = 0; e < pq * (name === 'index' ? m * n : 1); e++) {
          const c = e % pq;
          const r = Math.floor(e / pq);
          const places = [...axes(names.length - (name === 'components' ? names.length : xCount), n, r), ...axes(name === 'components' ? names.length : xCount, q, c)];
          check(new Map(names.map((s, k) => [s, scalar(places[k] ?? 1)])), name === 'index' ? [D[r * pq + c] ?? NaN] : Float64Array.from({ length: m * n }, (_, f) => D[f * pq + c] ?? NaN), `at ${places.join()}`);
        }
      }
    }
  }
}
/** Alternatives that are another thing than the derivative in the variable's space, and say so. */
const OTHER_CONVENTION = /statistic|vech|half|free entries|independent/i;

/** d(A) in a line of a derivation, as the language says it: diff(A, X, dX). */
function asDifferential(text: string, x: string): string {
  const at = /(?<![\p{L}\p{N}_])d\(/u.exec(text);
  if (!at) return text;
  let depth = 0;
  for (let i = at.index + 1; i < text.length; i++) {
    depth += text[i] === '(' ? 1 : text[i] === ')' ? -1 : 0;
    if (depth === 0) return `${text.slice(0, at.index)}diff(${text.slice(at.index + 2, i)}, ${x}, d${x})${asDifferential(text.slice(i + 1), x)}`;
  }
  return text;
}
const axes = (count: number, cols: number, at: number): number[] => (count === 0 ? [] : count === 1 ? [at + 1] : [Math.floor(at / cols) + 1, (at % cols) + 1]);

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

function generated(chosen: Chosen, request: ProgramRequest, at: FuzzPoint, value: NumericArray, D: Float64Array, scale: number, order: 1 | 2): void {
  const ran = symbolic('program', () => generatedAt({ ...chosen, request }, at, order));
  must('program', gap(ran.value.data, value.data, 1e-3), TOLERANCE.program, () => `generated value ${short(ran.value.data)} for ${short(value.data)}`);
  const d = ran.derivative?.data ?? [];
  must('program', gap(d, D, scale), TOLERANCE.program, () => `generated ${order === 2 ? 'Hessian' : 'derivative'} ${short(d)} for ${short(D)}`);
}

/** The Hessian, against differences of the gradient that has just been found right. */
function second(program: Program, request: ProgramRequest, order1: ProgramRequest, at: FuzzPoint, scale: number, slope: number): void {
  const x = request.wrt[0] as string;
  const chosen = { program, request: { ...order1, kind: 'hessian' } } as unknown as Chosen;
  let found;
  try {
    found = interpreted(chosen, at, 2);
  } catch (error) {
    if (error instanceof Refusal) return;
    if (error instanceof NumericError) throw new Wrong('second', `no value: ${error.message}`);
    throw error;
  }
  const w = workspaceOf(program);
  const subject = subjectOf(w, { ...order1, kind: 'hessian' });
  if (!subject) return;
  const X = at.values.get(x) as NumericArray;
  const E = directions(program, x, at);
  const pq = X.rows * X.cols;
  const H = new Float64Array(pq * pq);
  E.forEach((V, c) => along((pt) => evaluate(subject.of, pt), at, x, V).data.forEach((v, r) => { H[r * pq + c] = v; }));
  const most = largest(H);
  if (!(most < LARGEST)) return;
  const found2 = found.derivative?.data ?? [];
  const s = Math.max(most, slope, scale * 1e-2);
  must('second', gap(found2, H, s), TOLERANCE.derivative * 5, () => `Hessian ${short(found2)} for ${short(H)}`);
  const h2 = present(program, { ...order1, kind: 'hessian' });
  if (!('refused' in h2)) {
    views(program, { ...order1, kind: 'hessian' }, h2, at, { m: X.rows, n: X.cols, p: X.rows, q: X.cols, D: Float64Array.from(found2), scale: s });
  }
  const value = naive(program, request.ofTerm, at);
  generated(chosen, { ...order1, kind: 'hessian' } as ProgramRequest, at, value, Float64Array.from(found2), s, 2);
}
