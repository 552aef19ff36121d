/**
 * Random expressions through every view and both orders, in float64 and quickly: `node scripts/fuzz.mjs --expressions --count N --seed S`.
 * The derivative is compared with five-point differences along two directions, every printed form and line with the derivative,
 * the Hessian with differences of the gradient. Generated code and 64 digits are left to the long run.
 */
import { isScalar } from '../../core/algebra/dim';
import type { Program, ProgramRequest } from '../../core/algebra/program';
import { Refusal } from '../../core/algebra/refusal';
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import { subjectOf } from '../../core/notation/subject';
import { workspaceOf } from '../../core/notation/subject';
import { array, type NumericArray } from '../../core/numeric/array';
import { evaluate, NumericError } from '../../core/numeric/evaluate';
import { parse } from '../../core/syntax/parse';
import { interpreted } from '../../cli/eval';
import { Stop } from '../../cli/exit';
import type { Chosen } from '../../cli/requests';
import { disagreements, type Slopes } from '../printed/lines';
import { along, naive } from './naive';
import { directions, drawPoint, project, type FuzzPoint } from './point';
import { randomFrom } from './random';

export type Quick =
  | { readonly kind: 'right'; readonly forms: number; readonly second: 'right' | 'refused' | 'none'; readonly reason?: string }
  | { readonly kind: 'refused' | 'undecided'; readonly reason: string }
  | { readonly kind: 'wrong'; readonly stage: string; readonly detail: string };

const TOLERANCE = { derivative: 2e-6, second: 1e-5, form: 1e-7, differences: 5e-6 } as const;
const LARGEST = 1e5;
const POINTS = 3;
/** Index forms are evaluated at this many entries. */
const ENTRIES = 5;

class Wrong extends Error {
  constructor(readonly stage: string, detail: string) { super(detail); }
}
class Unfit extends Error {}

const largest = (xs: ArrayLike<number>): number => Array.from(xs).reduce((n, x) => Math.max(n, Math.abs(x)), 0);
const gap = (got: ArrayLike<number>, want: ArrayLike<number>): number => (got.length === want.length ? largest(Array.from(got, (x, i) => x - (want[i] ?? NaN))) : Infinity);
const short = (xs: ArrayLike<number>): string => `[${Array.from(xs).slice(0, 5).map((v) => v.toPrecision(8)).join(', ')}]`;

/** The last request of a text. */
export function quickly(text: string, seed: number): Quick {
  try {
    const document = parse(text);
    const program = resolve(document);
    const error = [...document.diagnostics, ...program.diagnostics].find((d) => d.severity === 'error');
    const request = program.requests.at(-1);
    if (error || !request) return { kind: 'wrong', stage: 'resolve', detail: `${error?.message ?? 'no request'} in\n${text}` };
    const presented = present(program, request);
    if ('refused' in presented) return { kind: 'refused', reason: presented.refused.message };
    let wrong: Wrong | undefined;
    let unfit = '';
    for (let k = 0; k < POINTS; k++) {
      try {
        return atPoint(program, request, presented, drawPoint(program, seed + k, randomFrom(seed * 31 + k)), seed + k);
      } catch (e) {
        if (e instanceof Wrong) wrong = e;
        else if (e instanceof Unfit || e instanceof NumericError) unfit = e.message;
        else throw e;
      }
    }
    // A disagreement near a kink, or from conditioning, is gone at another point.
    return wrong ? { kind: 'wrong', stage: wrong.stage, detail: wrong.message } : { kind: 'undecided', reason: unfit };
  } catch (e) {
    if (!(e instanceof Error)) throw e;
    return { kind: 'wrong', stage: 'crash', detail: `${e.message.slice(0, 300)}\n${(e.stack ?? '').split('\n').slice(1, 6).join('\n')}` };
  }
}

/** What must have a value where the function has one. */
function must<T>(stage: string, run: () => T): T {
  try {
    return run();
  } catch (e) {
    if (e instanceof NumericError || e instanceof Stop) throw new Wrong(stage, `no value: ${e.message}`);
    throw e;
  }
}

function atPoint(program: Program, request: ProgramRequest, presented: Exclude<ReturnType<typeof present>, { refused: unknown }>, at: FuzzPoint, seed: number): Quick {
  const x = request.wrt[0] as string;
  const F = request.ofTerm;
  const value = naive(program, F, at);
  if (!(largest(value.data) < LARGEST)) throw new Unfit('numbers too large');
  const X = at.values.get(x) as NumericArray;
  const { rows: p, cols: q } = X;
  const E = directions(program, x, at);
  const r = randomFrom(seed * 7 + 5);
  const mix = (): { V: NumericArray; weights: number[] } => {
    const weights = E.map(() => 2 * r.next() - 1);
    return { V: array(p, q, Float64Array.from({ length: p * q }, (_, e) => E.reduce((s, B, c) => s + (weights[c] ?? 0) * (B.data[e] ?? 0), 0))), weights };
  };
  const chosen = { program, request } as unknown as Chosen;
  const order1 = { ...request, kind: (isScalar(F.shape) ? 'grad' : 'jacobian') } as ProgramRequest;
  const directional = [mix(), mix()].map(({ V, weights }) => ({ V, weights, want: along((t) => naive(program, F, t), at, x, V).data }));
  if (!directional.every((d) => largest(d.want) < LARGEST)) throw new Unfit('slopes too large');
  const found = must('derivative', () => interpreted({ ...chosen, request: order1 }, at, 1));
  const D = found.derivative?.data ?? [];
  const scale = Math.max(largest(D), largest(value.data) * 1e-2, 1e-4);
  if (!(gap(found.value.data, value.data) <= 1e-8 * Math.max(1e-3, largest(value.data)))) throw new Wrong('value', `${short(found.value.data)} for ${short(value.data)}`);
  for (const { weights, want } of directional) {
    const got = Array.from({ length: value.data.length }, (_, f) => weights.reduce((s, w, c) => s + w * (D[f * p * q + c] ?? NaN), 0));
    if (!(gap(got, want) <= TOLERANCE.derivative * scale)) throw new Wrong('derivative', `${short(got)} for ${short(want)}`);
  }
  const forms = check('views', program, x, presented, at, { m: value.rows, n: value.cols, p, q, D }, scale);
  if (!isScalar(F.shape)) return { kind: 'right', forms, second: 'none' };

  const asHessian = { ...order1, kind: 'hessian' } as ProgramRequest;
  const h = present(program, asHessian);
  if ('refused' in h) return { kind: 'right', forms, second: 'refused', reason: h.refused.message };
  const subject = subjectOf(workspaceOf(program), asHessian);
  if (!subject) return { kind: 'right', forms, second: 'none' };
  let second;
  try {
    second = must('second', () => interpreted({ ...chosen, request: asHessian }, at, 2));
  } catch (e) {
    if (e instanceof Refusal) return { kind: 'right', forms, second: 'refused', reason: e.reason };
    throw e;
  }
  const H = second.derivative?.data ?? [];
  const { V, weights } = mix();
  const change = along((t) => evaluate(subject.of, t), at, x, V);
  const want = (subject.outer ? project(program.variables.get(x)?.words ?? new Set(), at.values.get(x) as NumericArray, change) : change).data;
  const s = Math.max(largest(H), scale * 1e-2);
  if (!(s < LARGEST)) return { kind: 'right', forms, second: 'none' };
  const got = Array.from({ length: p * q }, (_, f) => weights.reduce((sum, w, c) => sum + w * (H[f * p * q + c] ?? NaN), 0));
  if (!(gap(got, want) <= TOLERANCE.second * s)) throw new Wrong('second', `${short(got)} for ${short(want)}`);
  return { kind: 'right', forms: forms + check('second views', program, x, h, at, { m: p, n: q, p, q, D: H }, s), second: 'right' };
}

function check(stage: string, program: Program, x: string, presented: Parameters<typeof disagreements>[2], at: FuzzPoint, slopes: Slopes, scale: number): number {
  const wrong = disagreements(program, x, presented, at, slopes, { tolerance: TOLERANCE.form, loose: TOLERANCE.differences, scale, entries: ENTRIES });
  const [first] = wrong;
  if (first) throw new Wrong(stage, `${first.line.name}: ${first.line.text} ${first.reason}${first.line.where.length > 0 ? `\n  where ${first.line.where.join('; ')}` : ''}`);
  return Object.keys(presented.forms).length + presented.alternatives.length + presented.steps.length;
}
