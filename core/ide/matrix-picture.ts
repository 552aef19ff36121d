/** The matrix of a derivative at a sample point, as the panel draws it: entries with their names, blocks, and what its pattern is called. */
import { isScalar, type Shape } from '../algebra/dim';
import type { Program, ProgramRequest } from '../algebra/program';
import { subjectOf, workspaceOf } from '../notation/subject';
import { NumericError, type Environment } from '../numeric/evaluate';
import { drawPoints, sizesToTry, type DrawnPoint, type Sizes } from '../numeric/points';
import { derivativeAt, type DerivativeAt } from './derivative-at';
import type { MatrixPicture } from './picture-data';

/** A larger matrix would be more than an eye can follow. */
const MOST_LINES = 36;
const SEED = 1;
/** Entries this small beside the largest one are rounding. */
const ROUNDING = 1e-12;

/** Larger sizes where vectors stand on both sides, smaller ones where each side is a matrix: the picture has up to MOST_LINES lines. */
const SIZES = { vectors: [8, 6, 10, 7, 5], mixed: [4, 6, 5, 3], matrices: [4, 3, 5, 6] } as const;

const isMatrix = (s: Shape): boolean => !isScalar(s) && s.cols.key !== '1' && s.rows.key !== '1';

export const environmentOf = (point: DrawnPoint): Environment =>
  ({ sizes: point.sizes, values: new Map([...point.values].map(([name, p]) => [name, { rows: p.rows, cols: p.cols, data: Float64Array.from(p.data, Number) }] as const)) });
export const sizesText = (sizes: Sizes): string => [...sizes].map(([name, size]) => `${name} = ${size}`).join(', ');

const entryName = (name: string, [rows, cols]: readonly [number, number], i: number, j: number): string =>
  (rows * cols === 1 ? name : cols === 1 ? `${name}[${i + 1}]` : `${name}[${i + 1}, ${j + 1}]`);

/** Names of the entries in the order in which vec stacks them. */
function stacked(name: string, size: readonly [number, number], byRows: boolean): readonly string[] {
  const [rows, cols] = size;
  return Array.from({ length: rows * cols }, (_, k) => entryName(name, size, byRows ? Math.floor(k / cols) : k % rows, byRows ? k % cols : Math.floor(k / rows)));
}
const placeOf = (k: number, [rows, cols]: readonly [number, number], byRows: boolean): number => (byRows ? k : (k % rows) * cols + Math.floor(k / rows));

/** What the pattern and the values are called, the strongest word first. */
function structureOf(values: readonly number[], rows: number, cols: number, [p, q]: readonly [number, number]): readonly string[] {
  const at = (i: number, j: number): number => values[i * cols + j] ?? 0;
  const every = (test: (i: number, j: number) => boolean): boolean => values.every((_, k) => test(Math.floor(k / cols), k % cols));
  const largest = Math.max(...values.map(Math.abs));
  if (largest === 0) return ['zero'];
  if (rows === 1 || cols === 1) return [];
  const words: string[] = [];
  const blocks = p > 1 && q > 1 && rows > p && cols > q;
  if (rows === cols) {
    if (every((i, j) => i === j || at(i, j) === 0)) words.push('diagonal');
    else if (every((i, j) => Math.abs(i - j) <= 1 || at(i, j) === 0)) words.push('tridiagonal');
    else if (every((i, j) => i >= j || at(i, j) === 0)) words.push('lower triangular');
    else if (every((i, j) => i <= j || at(i, j) === 0)) words.push('upper triangular');
  }
  if (!words.includes('diagonal')) {
    if (blocks && rows / p === cols / q && every((i, j) => Math.floor(i / p) === Math.floor(j / q) || at(i, j) === 0)) words.push('block diagonal');
    if (blocks && every((i, j) => i % p === j % q || at(i, j) === 0)) words.push('diagonal in each block');
  }
  if (rows === cols && every((i, j) => Math.abs(at(i, j) - at(j, i)) <= 1e-10 * largest)) words.push('symmetric');
  if (rows === cols && every((i, j) => Math.abs(at(i, j) + at(j, i)) <= 1e-10 * largest)) words.push('skew-symmetric');
  return words;
}

function drawn(d: DerivativeAt, request: ProgramRequest, byRows: boolean, order: 1 | 2): Omit<MatrixPicture, 'sizes'> {
  const [x, y] = [request.wrt[0] ?? 'X', request.wrt.at(-1) ?? 'X'];
  const named = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(request.of) ? request.of : 'F';
  const count = ([rows, cols]: readonly [number, number]): number => rows * cols;
  const width = count(d.by);
  const largest = d.data.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  const clean = (v: number): number => (Math.abs(v) <= ROUNDING * largest ? 0 : v);
  const finish = (picture: Omit<MatrixPicture, 'sizes' | 'nonzeros' | 'structure'>): Omit<MatrixPicture, 'sizes'> => ({
    ...picture, nonzeros: picture.values.filter((v) => v !== 0).length,
    structure: structureOf(picture.values, picture.rowNames.length, picture.columnNames.length, picture.block),
  });
  if (order === 1 && (count(d.of) === 1 || width === 1)) {
    // A gradient is shown in the shape of its variable, a derivative by a scalar in the shape of the function.
    const size = count(d.of) === 1 ? d.by : d.of;
    const letter = count(d.of) === 1 ? x : named;
    return finish({
      rowLabel: count(d.of) === 1 ? `∇${named}, in the shape of ${x}` : `∂${named}/∂${x}`, columnLabel: '',
      rowNames: Array.from({ length: size[0] }, (_, i) => (size[1] === 1 ? entryName(letter, size, i, 0) : `row ${i + 1}`)),
      columnNames: Array.from({ length: size[1] }, (_, j) => (size[1] === 1 ? '' : `column ${j + 1}`)),
      block: size, values: Array.from(d.data, clean),
    });
  }
  const above = order === 2 ? `∂${named}/∂${x}` : named;
  const rows = count(d.of);
  const values = Array.from({ length: rows * width }, (_, k) => clean(d.data[placeOf(Math.floor(k / width), d.of, byRows) * width + placeOf(k % width, d.by, byRows)] ?? 0));
  const vec = (letter: string, size: readonly [number, number]): string => (size[1] === 1 ? letter : `vec(${letter})`);
  return finish({
    rowLabel: order === 2 ? vec(x, d.of) : vec(above, d.of), columnLabel: `${vec(y, d.by)}ᵀ`,
    rowNames: stacked(order === 2 ? x : named, d.of, byRows), columnNames: stacked(y, d.by, byRows),
    block: byRows ? [d.of[1], d.by[1]] : [d.of[0], d.by[0]], values,
  });
}

/** Undefined with a reason where there is none. @throws Refusal */
export function matrixPicture(program: Program, request: ProgramRequest, names: readonly string[]): MatrixPicture | { readonly missing: string } {
  const w = workspaceOf(program, request);
  const subject = subjectOf(w, request);
  if (!subject || request.kind === 'diff' || request.kind === 'hvp' || request.kind === 'vjp') return { missing: 'the request is a value along a direction: it has no matrix' };
  const matrices = [subject.of.shape, subject.symbol.shape].filter(isMatrix).length;
  const pool = matrices === 2 ? SIZES.matrices : matrices === 1 && !isScalar(subject.of.shape) ? SIZES.mixed : SIZES.vectors;
  const lines = (d: DerivativeAt): number => Math.max(d.of[0] * d.of[1], d.by[0] * d.by[1]);
  let reason = 'no sizes were found at which it can be drawn';
  for (const sizes of [sizesToTry(program, SEED, pool)[0], sizesToTry(program, SEED)[0]]) {
    if (!sizes) continue;
    const found: DerivativeAt[] = [];
    const draw = drawPoints(program, {
      seed: SEED, names, count: 1, sizes: [sizes],
      accept: (point) => {
        try {
          found[0] = derivativeAt(w, subject, environmentOf(point));
          return undefined;
        } catch (error) {
          if (error instanceof NumericError || error instanceof RangeError) return { reason: error.message };
          throw error;
        }
      },
    });
    const [d] = found;
    if (!d || draw.points.length === 0) reason = draw.reason ?? reason;
    else if (lines(d) > MOST_LINES && subject.order + matrices > 1) reason = `at ${sizesText(sizes)} it has ${lines(d)} lines, more than can be drawn`;
    else return { ...drawn(d, request, program.settings.vec === 'row', subject.order), sizes: sizesText(sizes) };
  }
  return { missing: reason };
}
