// Numeric arrays: row-major, two sizes, one Float64Array. Scalars are 1×1, vectors n×1.

export interface NumericArray {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** An array of zeros, or over `data` where it is given. */
export const array = (rows: number, cols: number, data: Float64Array = new Float64Array(rows * cols)): NumericArray => ({ rows, cols, data });
export const scalar = (value: number): NumericArray => ({ rows: 1, cols: 1, data: Float64Array.of(value) });
export const isScalar = (a: NumericArray): boolean => a.rows === 1 && a.cols === 1;
/** The only entry of a 1×1 array. */
export const value = (a: NumericArray): number => a.data[0] ?? NaN;

/** An array from rows of numbers, for tests and values files. @throws RangeError where the rows differ in length. */
export function fromRows(rows: readonly (readonly number[])[]): NumericArray {
  const cols = rows[0]?.length ?? 0;
  if (rows.some((r) => r.length !== cols)) throw new RangeError('the rows differ in length');
  return array(rows.length, cols, Float64Array.from(rows.flat()));
}

export const toRows = (a: NumericArray): number[][] =>
  Array.from({ length: a.rows }, (_, i) => Array.from(a.data.subarray(i * a.cols, (i + 1) * a.cols)));

export function identity(n: number): NumericArray {
  const I = array(n, n);
  for (let i = 0; i < n; i++) I.data[i * n + i] = 1;
  return I;
}

export function maxAbs(a: NumericArray): number {
  let largest = 0;
  for (const x of a.data) if (!(Math.abs(x) <= largest)) largest = Math.abs(x);
  return largest;
}

/** Symmetric to rounding: |a_ij - a_ji| within 1e-12 of the largest entry. */
export function isSymmetric(a: NumericArray): boolean {
  if (a.rows !== a.cols) return false;
  const tolerance = 1e-12 * maxAbs(a);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < i; j++) {
      if (!(Math.abs((a.data[i * a.cols + j] ?? 0) - (a.data[j * a.cols + i] ?? 0)) <= tolerance)) return false;
    }
  }
  return true;
}
