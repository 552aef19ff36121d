/** The counterexample of a refuted derivative: every entry of both, the worst of them, and the mistake it looks like. */
import type { Program } from '../algebra/program';
import type { DrawnPoint } from '../numeric/points';
import { createOracle, type Matrix } from './oracle';
import { ZERO, type Num } from './oracle-decimal';
import { column, matrix, unit, vec } from './oracle-matrix';
import { slipOf, type Known } from './slip';
import { entryAt, entryIndices, entryName, positions, type Derivative } from './tensor';
import { valuesFile } from './values-file';
import type { Candidate, Refutation } from './verdict';
import { candidateAlong, type Question } from './verify-point';

const unitDirections = (X: Matrix): readonly Matrix[] =>
  Array.from({ length: X.rows * X.cols }, (_, k) => unit(X.rows, X.cols, k % X.rows, Math.floor(k / X.rows)));

export type Suspect = 'directional' | 'gradient' | 'program';

/** @throws OutsideDomain where either side has no value along a basis direction */
export function refutation(program: Program, candidate: Candidate, q: Question, of: string, point: DrawnPoint, suspect: Suspect): Refutation {
  const oracle = createOracle(program, point.sizes, point.values);
  const Y = oracle.value(q.y);
  const directions = unitDirections(Y).map((E) => oracle.project(q.y, E));
  const shape = { p: Y.rows, q: Y.cols };
  const X = oracle.value(q.x);
  const rightAlong = (V: Matrix): Matrix => {
    if (q.order === 1) return oracle.differentiate(q.of, q.x, V);
    const entries = unitDirections(X).map((E) => oracle.differentiateTwice(q.of, [q.x, q.y], [oracle.project(q.x, E), V]).data[0] ?? ZERO);
    return matrix(X.rows, X.cols, (i, j) => entries[j * X.rows + i] ?? ZERO);
  };
  const rightColumns = directions.map(rightAlong);
  const F = rightColumns[0] ?? X;
  const right: Derivative = { rows: F.rows, cols: F.cols, ...shape, columns: rightColumns };
  const found: Derivative = { ...right, columns: foundColumns(candidate, q, point, suspect, directions, F) };
  let worst = { position: [0, 0, 0, 0] as const as readonly [number, number, number, number], gap: ZERO as Num };
  for (const p of positions(right)) {
    const gap = (entryAt(found, ...p) ?? ZERO).minus(entryAt(right, ...p) ?? ZERO).abs();
    if (gap.gt(worst.gap)) worst = { position: p, gap };
  }
  const known: readonly Known[] = [...point.values.keys()].map((name) => ({ name, value: oracle.value(name) }));
  const slip = slipOf(found, right, known, projectedColumns(found, oracle.project.bind(oracle, q.y)));
  return {
    entry: entryIndices(right, worst.position),
    name: entryName(right, worst.position, q.order === 1 ? of : `(d${of}/d${q.x})`, q.y),
    expected: (entryAt(right, ...worst.position) ?? ZERO).toNumber(),
    found: (entryAt(found, ...worst.position) ?? ZERO).toNumber(),
    values: valuesFile(point.sizes, point.values),
    ...(slip !== undefined && { slip }),
  };
}

function foundColumns(candidate: Candidate, q: Question, point: DrawnPoint, suspect: Suspect, directions: readonly Matrix[], F: Matrix): readonly Matrix[] {
  if (suspect === 'gradient' && candidate.gradient) {
    const G = createOracle(candidate.program, point.sizes, point.values).evaluate(candidate.gradient);
    return vec(G).data.map((x) => column([x]));
  }
  if (suspect === 'program') {
    const T = candidate.run?.(point.sizes, point.values).derivative;
    const width = directions.length;
    const like = (k: number): Matrix => {
      const first = directions[k] ?? F;
      // The program's tensor is row-major in X, the directions run down its columns.
      const position = (k % first.rows) * first.cols + Math.floor(k / first.rows);
      return matrix(F.rows, F.cols, (i, j) => numberIn(T?.data[(i * F.cols + j) * width + position]));
    };
    return directions.map((_, k) => like(k));
  }
  const oracle = createOracle(candidate.program, point.sizes, point.values);
  return directions.map((V) => candidateAlong(oracle, candidate, q, V));
}
const numberIn = (x: number | undefined): Num => (x === undefined || !Number.isFinite(x) ? ZERO : ZERO.plus(x));

/** The gradient of each entry of F, projected: what the found derivative would be within the structure. */
function projectedColumns(D: Derivative, project: (E: Matrix) => Matrix): Derivative {
  const grids = Array.from({ length: D.rows * D.cols }, (_, f) =>
    project(matrix(D.p, D.q, (k, l) => entryAt(D, Math.floor(f / D.cols), f % D.cols, k, l) ?? ZERO)));
  const columns = D.columns.map((_, c) => matrix(D.rows, D.cols, (i, j) => grids[i * D.cols + j]?.data[(c % D.p) * D.q + Math.floor(c / D.p)] ?? ZERO));
  return { ...D, columns };
}
