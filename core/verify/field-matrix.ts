/** Matrices over the field with nilpotents: what is rational of linear algebra, exactly. Entries stand row by row. */
import { addJ, base, invJ, isZeroJet, jet, mulJ, negJ, ONE_JET, subJ, ZERO_JET, type Jet } from './field-jet';
import { OutsideDomain } from './oracle-matrix';

export interface FieldMatrix { readonly rows: number; readonly cols: number; readonly data: readonly Jet[] }

export const tabulateF = (rows: number, cols: number, f: (i: number, j: number) => Jet): FieldMatrix =>
  ({ rows, cols, data: Array.from({ length: rows * cols }, (_, k) => f(Math.floor(k / cols), k % cols)) });
export const entryF = (A: FieldMatrix, i: number, j: number): Jet => {
  const x = i >= 0 && j >= 0 && i < A.rows && j < A.cols ? A.data[i * A.cols + j] : undefined;
  if (!x) throw new OutsideDomain(`entry (${i + 1}, ${j + 1}) of ${A.rows}×${A.cols}`);
  return x;
};
export const scalarF = (x: Jet): FieldMatrix => ({ rows: 1, cols: 1, data: [x] });
export const identityF = (n: number): FieldMatrix => tabulateF(n, n, (i, j) => (i === j ? ONE_JET : ZERO_JET));
export const transposeF = (A: FieldMatrix): FieldMatrix => tabulateF(A.cols, A.rows, (i, j) => entryF(A, j, i));
export const mapF = (A: FieldMatrix, f: (x: Jet) => Jet): FieldMatrix => ({ ...A, data: A.data.map(f) });
const isOne = (A: FieldMatrix): boolean => A.rows === 1 && A.cols === 1;

/** Entry by entry; a scalar goes with every entry. */
export function zipF(A: FieldMatrix, B: FieldMatrix, f: (x: Jet, y: Jet) => Jet): FieldMatrix {
  if (isOne(A) && !isOne(B)) return mapF(B, (y) => f(A.data[0] ?? ZERO_JET, y));
  if (isOne(B) && !isOne(A)) return mapF(A, (x) => f(x, B.data[0] ?? ZERO_JET));
  if (A.rows !== B.rows || A.cols !== B.cols) throw new OutsideDomain(`${A.rows}×${A.cols} with ${B.rows}×${B.cols}`);
  return { ...A, data: A.data.map((x, k) => f(x, B.data[k] ?? ZERO_JET)) };
}
export const plusF = (A: FieldMatrix, B: FieldMatrix): FieldMatrix => zipF(A, B, addJ);
export const minusF = (A: FieldMatrix, B: FieldMatrix): FieldMatrix => zipF(A, B, subJ);
export const scaleF = (c: Jet, A: FieldMatrix): FieldMatrix => mapF(A, (x) => mulJ(c, x));
export const totalF = (xs: readonly Jet[]): Jet => xs.reduce(addJ, ZERO_JET);

export function timesF(A: FieldMatrix, B: FieldMatrix): FieldMatrix {
  if (isOne(A) || isOne(B)) return zipF(A, B, mulJ);
  if (A.cols !== B.rows) throw new OutsideDomain(`${A.rows}×${A.cols} times ${B.rows}×${B.cols}`);
  return tabulateF(A.rows, B.cols, (i, j) => {
    let s: Jet = ZERO_JET;
    for (let k = 0; k < A.cols; k++) s = addJ(s, mulJ(entryF(A, i, k), entryF(B, k, j)));
    return s;
  });
}

/** A⁻¹B by elimination, and det A. @throws OutsideDomain for a singular A. */
export function solveF(A: FieldMatrix, B: FieldMatrix): { readonly X: FieldMatrix; readonly det: Jet } {
  const n = A.rows;
  if (A.cols !== n || B.rows !== n) throw new OutsideDomain(`a solve with ${A.rows}×${A.cols} and ${B.rows}×${B.cols}`);
  const rows = Array.from({ length: n }, (_, i) => [...A.data.slice(i * n, (i + 1) * n), ...B.data.slice(i * B.cols, (i + 1) * B.cols)]);
  let det: Jet = ONE_JET;
  for (let k = 0; k < n; k++) {
    const pivot = rows.findIndex((row, i) => i >= k && base(row[k] ?? ZERO_JET) !== 0);
    if (pivot < 0) throw new OutsideDomain('a singular matrix in the field');
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot] ?? [], rows[k] ?? []];
      det = negJ(det);
    }
    const row = rows[k] ?? [];
    det = mulJ(det, row[k] ?? ZERO_JET);
    const inverse = invJ(row[k] ?? ZERO_JET);
    rows[k] = row.map((x) => mulJ(inverse, x));
    for (let i = 0; i < n; i++) {
      const factor = rows[i]?.[k] ?? ZERO_JET;
      if (i !== k && !isZeroJet(factor)) rows[i] = (rows[i] ?? []).map((x, j) => subJ(x, mulJ(factor, rows[k]?.[j] ?? ZERO_JET)));
    }
  }
  return { X: tabulateF(n, B.cols, (i, j) => rows[i]?.[n + j] ?? ZERO_JET), det };
}
export const inverseF = (A: FieldMatrix): FieldMatrix => solveF(A, identityF(A.rows)).X;
export const detF = (A: FieldMatrix): Jet => solveF(A, identityF(A.rows)).det;

export const kronF = (A: FieldMatrix, B: FieldMatrix): FieldMatrix =>
  tabulateF(A.rows * B.rows, A.cols * B.cols, (i, j) => mulJ(entryF(A, Math.floor(i / B.rows), Math.floor(j / B.cols)), entryF(B, i % B.rows, j % B.cols)));
export const vecF = (A: FieldMatrix): FieldMatrix => ({ rows: A.rows * A.cols, cols: 1, data: transposeF(A).data });
export const unvecF = (v: FieldMatrix, m: number, n: number): FieldMatrix => tabulateF(m, n, (i, j) => entryF(v, j * m + i, 0));
export const traceF = (A: FieldMatrix): Jet => totalF(Array.from({ length: A.rows }, (_, i) => entryF(A, i, i)));
export const sumF = (A: FieldMatrix): Jet => totalF(A.data);
export const columnF = (xs: readonly Jet[]): FieldMatrix => ({ rows: xs.length, cols: 1, data: xs });
export const numberF = (x: number): FieldMatrix => scalarF(jet(x));
export const maskF = (A: FieldMatrix, keep: (i: number, j: number) => boolean): FieldMatrix => tabulateF(A.rows, A.cols, (i, j) => (keep(i, j) ? entryF(A, i, j) : ZERO_JET));
