/** The derivative as an array with an entry for each entry of F and each of X, to find the worst of them and what went wrong. */
import type { Num } from './oracle-decimal';
import { at, type Matrix } from './oracle-matrix';

/** F is rows×cols, X is p×q; columns[l·p + k] is DF along the projected unit direction at (k, l). */
export interface Derivative {
  readonly rows: number;
  readonly cols: number;
  readonly p: number;
  readonly q: number;
  readonly columns: readonly Matrix[];
}

export const entryAt = (D: Derivative, i: number, j: number, k: number, l: number): Num | undefined => {
  const column = D.columns[l * D.p + k];
  return column && at(column, i, j);
};
export type Position = readonly [number, number, number, number];
export function* positions(D: Derivative): Generator<Position> {
  for (let i = 0; i < D.rows; i++) for (let j = 0; j < D.cols; j++)
    for (let k = 0; k < D.p; k++) for (let l = 0; l < D.q; l++) yield [i, j, k, l];
}

/** Positions from 1, without those of scalars and the second of vectors. */
export function entryIndices(D: Derivative, [i, j, k, l]: Position): readonly number[] {
  const side = (m: number, n: number, a: number, b: number): readonly number[] => (m === 1 && n === 1 ? [] : n === 1 ? [a + 1] : [a + 1, b + 1]);
  return [...side(D.rows, D.cols, i, j), ...side(D.p, D.q, k, l)];
}
/** `d f / d X[2, 1]`. */
export function entryName(D: Derivative, position: Position, of: string, wrt: string): string {
  const [i, j, k, l] = position;
  const side = (name: string, m: number, n: number, a: number, b: number): string =>
    m === 1 && n === 1 ? name : n === 1 ? `${name}[${a + 1}]` : `${name}[${a + 1}, ${b + 1}]`;
  const plain = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(of) ? of : `(${of})`;
  return `d${side(plain, D.rows, D.cols, i, j)}/d${side(wrt, D.p, D.q, k, l)}`;
}
