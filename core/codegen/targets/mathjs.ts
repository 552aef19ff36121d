/** TypeScript over mathjs: its dense `Matrix` of numbers in and out, vectors of one dimension; what it has no reliable function for, by our kernels. */
import type { PrivateSource } from '../preamble';
import type { Language } from '../target';
import { openLibrary, type Library } from './library';

const source = (uses: readonly string[], text: string): PrivateSource => ({ uses, text: `${text}\n` });

const PRIVATES: Readonly<Record<string, PrivateSource>> = {
  rowsOf: source([], 'function rowsOf(A: Matrix): number {\n  return A.size()[0] ?? 0;\n}'),
  colsOf: source([], `/** A vector, which has one dimension, is one column. */
function colsOf(A: Matrix): number {
  return A.size()[1] ?? 1;
}`),
  flat: source([], `/** The entries row by row. */
function flat(A: Matrix): Float64Array {
  return Float64Array.from((A.toArray() as number[][] | number[]).flat() as number[]);
}`),
  fromFlat: source([], `function fromFlat(data: Float64Array, rows: number, cols: number): Matrix {
  return math.matrix(Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols))));
}`),
  vectorFrom: source([], `function vectorFrom(data: Float64Array): Matrix {
  return math.matrix(Array.from(data));
}`),
  like: source(['fromFlat', 'vectorFrom', 'rowsOf', 'colsOf'], `/** A matrix, or a vector, of A's shape. */
function like(A: Matrix, data: Float64Array): Matrix {
  return A.size().length === 1 ? vectorFrom(data) : fromFlat(data, rowsOf(A), colsOf(A));
}`),
  scaled: source([], `function scaled(c: number, A: Matrix): Matrix {
  return math.multiply(c, A) as Matrix;
}`),
  shifted: source([], `/** A with c added to every entry. */
function shifted(A: Matrix, c: number): Matrix {
  return math.add(A, c) as Matrix;
}`),
  outer: source(['flat', 'fromFlat'], `/** The matrix x*y'. */
function outer(x: Matrix, y: Matrix): Matrix {
  const a = flat(x), b = flat(y);
  const data = new Float64Array(a.length * b.length);
  for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) data[i * b.length + j] = a[i]! * b[j]!;
  return fromFlat(data, a.length, b.length);
}`),
  columnOf: source(['flat', 'vectorFrom', 'rowsOf', 'colsOf'], `function columnOf(A: Matrix, j: number): Matrix {
  const data = flat(A), n = colsOf(A);
  return vectorFrom(Float64Array.from({ length: rowsOf(A) }, (_, i) => data[i * n + j]!));
}`),
  rowOf: source(['flat', 'vectorFrom', 'colsOf'], `function rowOf(A: Matrix, i: number): Matrix {
  const n = colsOf(A);
  return vectorFrom(flat(A).slice(i * n, (i + 1) * n));
}`),
  rowsBetween: source(['flat', 'fromFlat', 'vectorFrom', 'colsOf'], `/** Rows from..to, the last one left out. */
function rowsBetween(A: Matrix, from: number, to: number): Matrix {
  const n = colsOf(A);
  const data = flat(A).slice(from * n, to * n);
  return A.size().length === 1 ? vectorFrom(data) : fromFlat(data, to - from, n);
}`),
  columnsBetween: source(['rowsBetween'], `/** Columns from..to, the last one left out. */
function columnsBetween(A: Matrix, from: number, to: number): Matrix {
  return math.transpose(rowsBetween(math.transpose(A), from, to));
}`),
};

export const MATHJS: Library = {
  imports: "import * as math from 'mathjs';\nimport type { Matrix } from 'mathjs';\n", reserved: ['math', 'Matrix'], flatVectors: true, privates: PRIVATES,
  multiply: (a, b) => `math.multiply(${a}, ${b})`, dot: (a, b) => `math.dot(${a}, ${b})`, outer: (a, b) => `outer(${a}, ${b})`,
  add: (a, b) => `math.add(${a}, ${b})`, subtract: (a, b) => `math.subtract(${a}, ${b})`, addNumber: (a, c) => `shifted(${a}, ${c})`,
  scale: (c, a) => `scaled(${c}, ${a})`, hadamard: (a, b) => `(math.dotMultiply(${a}, ${b}) as Matrix)`, divide: (a, b) => `(math.dotDivide(${a}, ${b}) as Matrix)`,
  transpose: (a) => `math.transpose(${a})`, identity: (n) => `(math.identity(${n}) as Matrix)`, ones: (m, n) => (m === '1' || n === '1' ? `(math.ones(${m === '1' ? n : m}) as Matrix)` : `(math.ones(${m}, ${n}) as Matrix)`), total: (a) => `(math.sum(${a}) as number)`,
  diag: (a) => `(math.diag(${a}) as Matrix)`, diagOf: (a) => `(math.diag(${a}) as Matrix)`,
  column: (a, j) => `columnOf(${a}, ${j})`, row: (a, i) => `rowOf(${a}, ${i})`, entry: (a, i, j, vector) => `${a}.get([${vector ? i : `${i}, ${j}`}])`,
  rows: (a, from, to) => `rowsBetween(${a}, ${from}, ${to})`, columns: (a, from, to) => `columnsBetween(${a}, ${from}, ${to})`,
  sides: (a, vector) => (vector ? [`${a}.size()[0] ?? 0`, '1'] : [`${a}.size()[0] ?? 0`, `${a}.size()[1] ?? 0`]),
};

export const mathjs: Language = { name: 'mathjs', says: 'TypeScript over the matrices of mathjs', extension: 'ts', flat: false, tabulates: 'columns', open: () => openLibrary(MATHJS) };
