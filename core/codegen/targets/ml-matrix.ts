/** TypeScript over ml-matrix: `Matrix` in and out, vectors as columns; factors, solves and matrix functions, which it lacks or has without care, by our kernels. */
import type { PrivateSource } from '../preamble';
import type { Language } from '../target';
import { openLibrary, type Library } from './library';

const source = (uses: readonly string[], text: string): PrivateSource => ({ uses, text: `${text}\n` });
const bare = (t: string): string => (t.endsWith('.transpose()') ? t.slice(0, -'.transpose()'.length) : t);

const PRIVATES: Readonly<Record<string, PrivateSource>> = {
  rowsOf: source([], 'function rowsOf(A: Matrix): number {\n  return A.rows;\n}'),
  colsOf: source([], 'function colsOf(A: Matrix): number {\n  return A.columns;\n}'),
  flat: source([], `/** The entries row by row. */
function flat(A: Matrix): Float64Array {
  return Float64Array.from(A.to1DArray());
}`),
  fromFlat: source([], `function fromFlat(data: Float64Array, rows: number, cols: number): Matrix {
  return Matrix.from1DArray(rows, cols, data);
}`),
  vectorFrom: source([], `function vectorFrom(data: Float64Array): Matrix {
  return Matrix.columnVector(data);
}`),
  like: source([], `/** A matrix of A's shape. */
function like(A: Matrix, data: Float64Array): Matrix {
  return Matrix.from1DArray(A.rows, A.columns, data);
}`),
};

export const ML_MATRIX: Library = {
  imports: "import { Matrix } from 'ml-matrix';\n", reserved: ['Matrix'], flatVectors: false, privates: PRIVATES,
  multiply: (a, b) => `${a}.mmul(${b})`, dot: (a, b) => `${bare(a)}.dot(${bare(b)})`, outer: (a, b) => `${a}.mmul(${b})`,
  add: (a, b) => `Matrix.add(${a}, ${b})`, subtract: (a, b) => `Matrix.sub(${a}, ${b})`, addNumber: (a, c) => `Matrix.add(${a}, ${c})`,
  scale: (c, a) => `Matrix.mul(${a}, ${c})`, hadamard: (a, b) => `Matrix.mul(${a}, ${b})`, divide: (a, b) => `Matrix.div(${a}, ${b})`,
  transpose: (a) => (a.endsWith('.transpose()') ? bare(a) : `${a}.transpose()`), identity: (n) => `Matrix.eye(${n})`, ones: (m, n) => `Matrix.ones(${m}, ${n})`, total: (a) => `${a}.sum()`,
  diag: (a) => `Matrix.diag(${bare(a)}.to1DArray())`, diagOf: (a) => `Matrix.columnVector(${a}.diagonal())`,
  column: (a, j) => `${a}.getColumnVector(${j})`, row: (a, i) => `${a}.getRowVector(${i})`, entry: (a, i, j) => `${a}.get(${i}, ${j})`,
  rows: (a, from, to) => `${a}.subMatrix(${from}, ${to} - 1, 0, ${a}.columns - 1)`, columns: (a, from, to) => `${a}.subMatrix(0, ${a}.rows - 1, ${from}, ${to} - 1)`,
  sides: (a) => [`${a}.rows`, `${a}.columns`],
};

export const mlMatrix: Language = { name: 'ml-matrix', says: 'TypeScript over the Matrix of ml-matrix', extension: 'ts', flat: false, tabulates: 'columns', open: () => openLibrary(ML_MATRIX) };
