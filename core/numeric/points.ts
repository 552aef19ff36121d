/**
 * Points: sizes and values to test a formula at, drawn within declared structure and recognised assumptions, reproducible
 * from a seed. What makes a point acceptable (the function exists there, well away from its singular set) the caller says.
 */
import { evaluateDim, type Dim } from '../algebra/dim';
import type { Program, StructureWord, Variable } from '../algebra/program';
import type { Making } from '../algebra/assumed';
import { makings } from './points-assumptions';
import { exact, pointOf, columnsOf, type Point } from './points-decimal';
import { drawIndex, indicesOf } from './points-indices';
import { randomFrom, type Random } from './points-random';
import { furthestFirst, sizesToTry, type Sizes } from './points-sizes';
import { drawValue, orthonormal, projector, STYLES, type Style } from './points-values';

export type { Point } from './points-decimal';
export { drawDirection, violation } from './points-values';
export { randomFrom, type Random } from './points-random';
export { sizesToTry, type Sizes } from './points-sizes';
export type { Style } from './points-values';

export type Values = ReadonlyMap<string, Point>;

export interface DrawnPoint {
  readonly sizes: Sizes;
  readonly values: Values;
}
/** Undefined where the point will do, else why not. */
export type Acceptance = (point: DrawnPoint) => { readonly reason: string } | undefined;

export interface DrawRequest {
  readonly seed: number;
  /** The variables that need a value. */
  readonly names: readonly string[];
  readonly count: number;
  readonly accept: Acceptance;
  /** Moves a drawn point to where assumed equations hold; undefined where it finds no way. */
  readonly meet?: (point: DrawnPoint) => DrawnPoint | undefined;
  /** Sizes to draw at, where the relations of the program are not to choose. */
  readonly sizes?: readonly Sizes[];
  /** What to try first. */
  readonly style?: Style;
}
export interface Draw {
  /** As many as could be found, at most `count`; sizes differ where the relations allow it. */
  readonly points: readonly DrawnPoint[];
  /** Why there are fewer: the last reasons for turning a point down. */
  readonly reason?: string;
}

/** Attempts with one choice of sizes; the style changes on the way from general numbers to special ranges. */
const ATTEMPTS = 18;
/** Sizes are left early when every attempt fails in the same words: X'X stays singular for a wide X. */
const SAME_FAILURES = 8;
const SIZES_TRIED = 8;

function styleOf(attempt: number, random: Random): Style {
  if (attempt < 3) return 'general';
  return attempt - 2 < STYLES.length ? STYLES[attempt - 2] ?? 'general' : random.pick(STYLES);
}

const STRUCTURE: ReadonlySet<string> = new Set<StructureWord>([
  'symmetric', 'skew', 'diagonal', 'tridiagonal', 'lower', 'upper', 'posdef', 'possemidef', 'orthogonal', 'invertible', 'positive', 'nonnegative', 'fullrank',
]);
const isWord = (m: Making): m is StructureWord => STRUCTURE.has(m);

function valueOf(v: Variable, how: ReadonlySet<Making>, counted: readonly Dim[] | undefined, sizes: Sizes, style: Style, random: Random): Point {
  if (counted) return pointOf(exact(1, 1, 0, () => drawIndex(counted, sizes, random)));
  const rows = evaluateDim(v.shape.rows, sizes);
  const cols = evaluateDim(v.shape.cols, sizes);
  if (how.has('orthonormalColumns') || how.has('orthonormalRows')) return pointOf(orthonormal(rows, cols, random));
  if (how.has('projector') && rows === cols) return pointOf(projector(rows, random));
  if (how.has('unitVector') && cols === 1) return pointOf(columnsOf(orthonormal(rows, rows, random), 1));
  if (how.has('simplex')) {
    const weights = Array.from({ length: rows * cols }, () => random.whole(2, 9));
    const total = weights.reduce((a, b) => a + b, 0);
    const shares = weights.map((w) => Math.max(1, Math.floor((100 * w) / total)));
    const rest = 100 - shares.reduce((a, b) => a + b, 0);
    return pointOf(exact(rows, cols, 2, (i, j) => (shares[i * cols + j] ?? 0) + (i + j === 0 ? rest : 0)));
  }
  return drawValue(rows, cols, new Set([...v.words, ...[...how].filter(isWord)]), style, random);
}

/** More numbers are not drawn: each is worked with in 64 digits, and their number is a product that a document chooses. */
const MAX_ENTRIES = 250_000;
const entriesOf = (v: Variable | undefined, sizes: Sizes): number => (v ? evaluateDim(v.shape.rows, sizes) * evaluateDim(v.shape.cols, sizes) : 0);

function drawAt(program: Program, request: DrawRequest, sizes: Sizes, stream: number): { readonly point?: DrawnPoint; readonly reason: string } {
  const entries = request.names.reduce((sum, name) => sum + entriesOf(program.variables.get(name), sizes), 0);
  if (entries > MAX_ENTRIES) return { reason: `a point would have ${entries} entries, at most ${MAX_ENTRIES} are drawn: give smaller sizes, \`dim n = 3\`` };
  const how = makings(program);
  const indices = indicesOf(program);
  let reason = 'no point was drawn';
  let same = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const values = new Map<string, Point>();
    for (const name of request.names) {
      const variable = program.variables.get(name);
      if (!variable) return { reason: `${name} is not declared` };
      const random = randomFrom(request.seed, name, stream, attempt);
      values.set(name, valueOf(variable, how.get(name) ?? new Set(), indices.get(name), sizes, attempt < 6 && request.style ? request.style : styleOf(attempt, random), random));
    }
    const drawn = { sizes, values };
    const point = request.meet?.(drawn) ?? drawn;
    const refused = request.accept(point);
    if (!refused) return { point, reason: '' };
    same = refused.reason === reason ? same + 1 : 1;
    reason = refused.reason;
    if (same >= SAME_FAILURES) break;
  }
  return { reason };
}

/** Draws points. The same seed and program give the same points. */
export function drawPoints(program: Program, request: DrawRequest): Draw {
  let open = request.sizes ?? sizesToTry(program, request.seed);
  if (open.length === 0) return { points: [], reason: 'no sizes up to 12 satisfy the relations between dimensions' };
  const points: DrawnPoint[] = [];
  const good: Sizes[] = [];
  let reason = '';
  for (let tried = 0; points.length < request.count && tried < SIZES_TRIED; tried++) {
    const [sizes, ...rest] = open;
    if (!sizes) break;
    const drawn = drawAt(program, request, sizes, tried);
    if (drawn.point) {
      points.push(drawn.point);
      good.push(sizes);
      open = furthestFirst(rest, sizes);
    } else {
      reason = drawn.reason;
      open = rest;
    }
  }
  // Sizes that are fixed or exhausted serve again with other values.
  for (let k = 0; points.length < request.count && k < request.count && good.length > 0; k++) {
    const sizes = good[k % good.length];
    const again = sizes && drawAt(program, request, sizes, SIZES_TRIED + k);
    if (again?.point) points.push(again.point);
  }
  return { points, ...(points.length < request.count && { reason }) };
}
