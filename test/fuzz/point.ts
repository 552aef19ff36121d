/** Random points within the declared structure, and the directions in which a variable may move. */
import { evaluateDim } from '../../core/algebra/dim';
import type { Program, StructureWord, Variable } from '../../core/algebra/program';
import { array, scalar, type NumericArray } from '../../core/numeric/array';
import { indicesOf } from '../../core/numeric/points-indices';
import { tabulate } from '../../core/numeric/operators/arrangements';
import type { Random } from './random';

export interface FuzzPoint {
  readonly sizes: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, NumericArray>;
}

const SIZES = [{ m: 4, n: 3, k: 2 }, { m: 3, n: 2, k: 4 }, { m: 5, n: 3, k: 4 }] as const;
const sizesOf = (which: number): ReadonlyMap<string, number> => new Map(Object.entries(SIZES[which % SIZES.length] ?? SIZES[0]));
/** Sizes of 1 and equal sizes, at which shapes meet that are apart elsewhere. */
export const SPECIAL: readonly ReadonlyMap<string, number>[] =
  [{ m: 1, n: 1, k: 1 }, { m: 3, n: 1, k: 2 }, { m: 2, n: 2, k: 1 }, { m: 3, n: 3, k: 3 }, { m: 2, n: 2, k: 2 }].map((s) => new Map(Object.entries(s)));

/** Where nothing says what an index counts. */
const ANY_SIZE = 3;

const at = (a: NumericArray, i: number, j: number): number => a.data[i * a.cols + j] ?? NaN;
const times = (a: NumericArray, b: NumericArray): NumericArray => tabulate(a.rows, b.cols, (i, j) => {
  let s = 0;
  for (let q = 0; q < a.cols; q++) s += at(a, i, q) * at(b, q, j);
  return s;
});
const flip = (a: NumericArray): NumericArray => tabulate(a.cols, a.rows, (i, j) => at(a, j, i));

function draw(v: Variable, sizes: ReadonlyMap<string, number>, r: Random): NumericArray {
  const rows = evaluateDim(v.shape.rows, sizes);
  const cols = evaluateDim(v.shape.cols, sizes);
  const has = (w: StructureWord): boolean => v.words.has(w);
  const raw = tabulate(rows, cols, () => 2 * r.next() - 1);
  if (has('orthogonal')) return orthonormal(raw);
  if (has('posdef') || has('possemidef')) return tabulate(rows, cols, (i, j) => at(times(raw, flip(raw)), i, j) * 0.7 + (i === j ? 0.8 : 0));
  if (has('positive') || has('nonnegative')) return tabulate(rows, cols, (i, j) => 0.4 + 1.2 * Math.abs(at(raw, i, j)));
  const solid = has('invertible') ? tabulate(rows, cols, (i, j) => at(raw, i, j) * 0.7 + (i === j ? 1.4 : 0)) : raw;
  return project(v.words, solid, solid);
}

function orthonormal(a: NumericArray): NumericArray {
  const q = array(a.rows, a.cols, a.data.slice());
  for (let j = 0; j < q.cols; j++) {
    for (let p = 0; p < j; p++) {
      let s = 0;
      for (let i = 0; i < q.rows; i++) s += at(q, i, p) * at(q, i, j);
      for (let i = 0; i < q.rows; i++) q.data[i * q.cols + j] = at(q, i, j) - s * at(q, i, p);
    }
    let s = 0;
    for (let i = 0; i < q.rows; i++) s += at(q, i, j) ** 2;
    for (let i = 0; i < q.rows; i++) q.data[i * q.cols + j] = at(q, i, j) / Math.sqrt(s);
  }
  return q;
}

/** The projection of E on the space of a variable with these words, at X. */
export function project(words: ReadonlySet<StructureWord>, X: NumericArray, E: NumericArray): NumericArray {
  const has = (w: StructureWord): boolean => words.has(w);
  if (has('orthogonal')) {
    const T = times(flip(X), E);
    return times(X, tabulate(T.rows, T.cols, (i, j) => (at(T, i, j) - at(T, j, i)) / 2));
  }
  const keep = (f: (i: number, j: number) => boolean): NumericArray => tabulate(E.rows, E.cols, (i, j) => (f(i, j) ? at(E, i, j) : 0));
  if (has('diagonal')) return keep((i, j) => i === j);
  if (has('tridiagonal')) return keep((i, j) => Math.abs(i - j) <= 1);
  if (has('lower')) return keep((i, j) => i >= j);
  if (has('upper')) return keep((i, j) => i <= j);
  if (has('symmetric') || has('posdef') || has('possemidef')) return tabulate(E.rows, E.cols, (i, j) => (at(E, i, j) + at(E, j, i)) / 2);
  return has('skew') ? tabulate(E.rows, E.cols, (i, j) => (at(E, i, j) - at(E, j, i)) / 2) : E;
}

export function drawPoint(program: Program, which: number | ReadonlyMap<string, number>, r: Random): FuzzPoint {
  const sizes = typeof which === 'number' ? sizesOf(which) : which;
  const indices = indicesOf(program);
  const valueOf = (v: Variable): NumericArray => {
    const counted = indices.get(v.name);
    return counted ? scalar(1 + r.below(Math.min(...counted.map((d) => evaluateDim(d, sizes)), ANY_SIZE))) : draw(v, sizes, r);
  };
  return { sizes, values: new Map([...program.variables.values()].map((v) => [v.name, valueOf(v)])) };
}

/** The basis matrices of the variable's shape, row by row, projected on its structure. */
export function directions(program: Program, name: string, p: FuzzPoint): NumericArray[] {
  const X = p.values.get(name) as NumericArray;
  const words = program.variables.get(name)?.words ?? new Set<StructureWord>();
  return Array.from({ length: X.rows * X.cols }, (_, k) => project(words, X, tabulate(X.rows, X.cols, (i, j) => (i * X.cols + j === k ? 1 : 0))));
}

export const moved = (p: FuzzPoint, name: string, V: NumericArray, by: number): FuzzPoint => {
  const X = p.values.get(name) as NumericArray;
  return { sizes: p.sizes, values: new Map([...p.values, [name, array(X.rows, X.cols, X.data.map((x, i) => x + by * (V.data[i] ?? NaN)))]]) };
};
