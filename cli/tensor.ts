/** Arrays as the command line's JSON: `{"shape", "data"}`, row-major. */
import type { NumericArray } from '../core/numeric/array';

export interface TensorJson { readonly shape: readonly number[]; readonly data: readonly number[] }
/** -0 is 0 in JSON that people read. */
export const arrayJson = (a: NumericArray): TensorJson => ({ shape: [a.rows, a.cols], data: Array.from(a.data, (x) => x + 0) });
export interface Evaluated { readonly value: TensorJson; readonly derivative?: TensorJson }
