/** The data of a derivation's pictures: the matrix at a sample point, errors over steps, Taylor remainders, and the plan. Brings the oracle: load it lazily. */
import { isScalar } from '../algebra/dim';
import type { Program, ProgramRequest } from '../algebra/program';
import { Refusal } from '../algebra/refusal';
import { alongField, directionFor, onTangent } from '../calculus/workspace';
import { flopsText } from '../codegen/cost';
import { generateModule } from '../codegen/generate';
import { subjectOf, workspaceOf } from '../notation/subject';
import { evaluate, NumericError } from '../numeric/evaluate';
import { drawPoints, randomFrom, type DrawnPoint } from '../numeric/points';
import { accepting } from '../verify/accept';
import { meeting } from '../verify/meet';
import { attempt } from '../verify/attempt';
import { curveDirection, curvesAt, type Curves, type InFloats } from '../verify/curves';
import { needsOf, withAssumptions } from '../verify/needs';
import type { Question } from '../verify/verify-point';
import { candidateOf } from './candidate';
import { isRefusal, type Presented } from './engine';
import { generationInput } from './generation';
import { lettersOf } from './lead';
import { environmentOf, matrixPicture, sizesText } from './matrix-picture';
import type { Curve, PicturesResult, PlanPicture } from './picture-data';

const SEED = 1;
/** Where the variable stands while it moves. */
const FOOT = 'foot of the tangent space';
const MARGINS = [0.02, 1e-4];

const isOfPoint = (kind: ProgramRequest['kind']): boolean => kind === 'diff' || kind === 'hvp' || kind === 'vjp' || kind === 'value';

function plans(program: Program, request: ProgramRequest): { readonly plans: readonly PlanPicture[]; readonly notes: readonly string[] } {
  const input = generationInput(program, request);
  if ('refused' in input) return { plans: [], notes: [`no program: ${input.refused.message}`] };
  const module = generateModule([input]);
  return {
    plans: module.plans.map((p) => ({
      name: p.name, kind: p.kind, flops: flopsText(p.flops),
      steps: p.steps.map((s) => ({ name: s.name, operation: s.operation, formula: s.formula, flops: flopsText(s.flops) })),
    })),
    notes: module.refused.map((r) => `no program for ${r.kind}: ${r.reason}`),
  };
}

function samplePoint(program: Program, request: ProgramRequest): { readonly point?: DrawnPoint; readonly reason?: string } {
  const { names, assumptions } = withAssumptions(program, needsOf(program, [request.ofTerm, request.term], request.wrt));
  let reason: string | undefined;
  for (const margin of MARGINS) {
    const draw = drawPoints(program, { seed: SEED, names, count: 1, meet: meeting(program, assumptions), accept: accepting(program, [request.ofTerm], assumptions, margin) });
    if (draw.points[0]) return { point: draw.points[0] };
    reason = draw.reason;
  }
  return { ...(reason !== undefined && { reason }) };
}

/** What is differentiated, and its derivative along V, by the engine's graph in float64. */
function inFloats(program: Program, request: ProgramRequest, point: DrawnPoint, V: { readonly data: readonly string[] }): InFloats | undefined {
  const w = workspaceOf(program, request);
  const subject = subjectOf(w, request);
  if (!subject || subject.symbol.kind !== 'symbol') return undefined;
  const name = subject.symbol.name;
  const env = environmentOf(point);
  const X = env.values.get(name);
  if (!X) return undefined;
  const v = Float64Array.from(V.data, Number);
  const at = { ...env, values: new Map([...env.values, [FOOT, X]]) };
  const shifted = (t: number): typeof env => ({ ...at, values: new Map([...at.values, [name, { ...X, data: X.data.map((x, i) => x + t * (v[i] ?? 0)) }]]) });
  const direction = directionFor(w.g, subject.symbol, 'direction of the curves');
  const d = alongField(w.g, subject, subject.symbol, direction);
  // The tangent space is the point's own, also beside it.
  const foot = subject.outer?.kind === 'symbol' ? w.g.symbol(FOOT, subject.outer.shape, 'constant', subject.outer.words) : undefined;
  const field = onTangent(w.g, foot, subject.of);
  const derivative = evaluate(d, { ...env, values: new Map([...env.values, ['direction of the curves', { ...X, data: v }]]) }).data;
  return {
    derivative,
    along(t) {
      try {
        return evaluate(field, t === 0 ? at : shifted(t)).data;
      } catch (error) {
        if (error instanceof NumericError) return [];
        throw error;
      }
    },
  };
}

const curve = (name: string, steps: readonly number[], values: readonly (number | undefined)[]): Curve =>
  ({ name, points: steps.flatMap((x, i) => (values[i] === undefined ? [] : [[x, values[i]] as const])) });

/** The least slope between neighbouring steps, as long as the remainder is seen. */
function leastSlope({ points }: Curve): number {
  const slopes = points.slice(1).map(([x, y], i) => {
    const [x0, y0] = points[i] ?? [x, y];
    return y > 0 && y0 > 0 ? Math.log(y0 / y) / Math.log(x0 / x) : NaN;
  });
  // The first steps may lie outside of where the expansion has begun to hold.
  const settled = slopes.slice(Math.min(2, slopes.length - 1)).filter((s) => !Number.isNaN(s));
  return settled.length === 0 ? NaN : Math.min(...settled);
}

function curvePictures(program: Program, request: ProgramRequest, presented: Presented): Pick<PicturesResult, 'differences' | 'taylor'> & { readonly note?: string } {
  const { point, reason } = samplePoint(program, request);
  if (!point) return { note: `no curves: no point was found${reason === undefined ? '' : `, ${reason}`}` };
  if (isRefusal(presented)) return { note: 'no curves: nothing was derived' };
  const candidate = candidateOf(program, request, presented);
  const [x, y = x] = request.wrt;
  if (!candidate || x === undefined || y === undefined) return { note: 'no curves: nothing was derived' };
  const order = request.kind === 'hessian' ? 2 : 1;
  const q: Question = { of: request.ofTerm, order, x, y: order === 1 ? x : y };
  const V = curveDirection(program, q.y, point, randomFrom(SEED, 'curves'));
  const floats = inFloats(program, request, point, V);
  if (!floats) return { note: 'no curves: the program cannot be evaluated' };
  const tried = attempt((): Curves => curvesAt(program, candidate, q, point, V, floats));
  if (!tried.ok) return { note: `no curves: ${tried.problem}` };
  const { differences, taylor } = tried.value;
  const remainder = taylor && curve('remainder', taylor.steps, taylor.remainder);
  return {
    ...(differences && {
      differences: {
        forward: curve('forward difference', differences.steps, differences.forward), central: curve('central difference', differences.steps, differences.central),
        derivative: differences.derivative, sizes: sizesText(point.sizes),
      },
    }),
    ...(taylor && remainder && { taylor: { letters: lettersOf(presented), first: curve('change of the function', taylor.steps, taylor.first), remainder, rate: taylor.rate, seen: leastSlope(remainder) } }),
    ...(!differences ? { note: 'no curves: the derivative is zero along the direction' }
      : !taylor && q.x === q.y ? { note: `no Taylor remainder: the function is exactly ${order === 1 ? 'linear' : 'quadratic'} along the direction` } : {}),
  };
}

/** Total: what cannot be drawn is left out, with a note. */
export function picturesOf(program: Program, request: ProgramRequest, presented: Presented): PicturesResult {
  try {
    const plan = plans(program, request);
    if (isOfPoint(request.kind) || isRefusal(presented)) return { plans: plan.plans, notes: plan.notes };
    const formal = [...needsOf(program, [request.ofTerm]).formal];
    if (formal.length > 0) return { plans: plan.plans, notes: [...plan.notes, `${formal.join(', ')} has no body, so there is nothing to evaluate`] };
    const { names } = withAssumptions(program, needsOf(program, [request.ofTerm, request.term], request.wrt));
    const matrix = isScalar(request.term.shape) ? { missing: '' } : matrixPicture(program, request, names);
    const { note, ...curves } = attemptCurves(program, request, presented);
    const notes = [...plan.notes, ...('missing' in matrix && matrix.missing !== '' ? [`no matrix: ${matrix.missing}`] : []), ...(note === undefined ? [] : [note])];
    return { ...('missing' in matrix ? {} : { matrix }), ...curves, plans: plan.plans, notes };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { plans: [], notes: [error.reason] };
  }
}

function attemptCurves(program: Program, request: ProgramRequest, presented: Presented): ReturnType<typeof curvePictures> {
  try {
    return curvePictures(program, request, presented);
  } catch (error) {
    if (error instanceof NumericError || error instanceof RangeError) return { note: `no curves: ${error.message}` };
    throw error;
  }
}
