/** Private functions of the targets that work with a JavaScript library's matrices: what the library lacks, over flat copies and our kernels. */
import type { PrivateSource } from '../preamble';

const source = (uses: readonly string[], text: string): PrivateSource => ({ uses, text: `${text}\n` });

/** For every library; `flat`, `fromFlat`, `vectorFrom`, `like`, `rowsOf` and `colsOf` are its own. */
export const LIBRARY: Readonly<Record<string, PrivateSource>> = {
  filled: source([], `/** An array that a kernel writes. */
function filled(length: number, write: (out: Float64Array) => void): Float64Array {
  const out = new Float64Array(length);
  write(out);
  return out;
}`),
  filledOrNot: source([], `/** An array that a kernel writes, or the reason why it has none. */
function filledOrNot(length: number, write: (out: Float64Array) => boolean, reason: string): Float64Array {
  const out = new Float64Array(length);
  if (!write(out)) throw new Error(reason);
  return out;
}`),
  expectSides: source(['rowsOf', 'colsOf'], `function expectSides(name: string, A: Matrix, rows: number, cols: number, words: string): void {
  if (rowsOf(A) === rows && colsOf(A) === cols && rows >= 1 && cols >= 1) return;
  throw new RangeError(\`\${name} is \${rowsOf(A)} x \${colsOf(A)}, expected \${words} = \${rows} x \${cols}\`);
}`),
  expectSize: source([], `function expectSize(name: string, size: number): void {
  if (!(Number.isInteger(size) && size >= 1)) throw new RangeError(\`dims.\${name} is \${size}, expected a whole number of at least 1\`);
}`),
  expectIndex: source([], `function expectIndex(name: string, index: number, size: number): void {
  if (!(Number.isInteger(index) && index >= 1 && index <= size)) throw new RangeError(\`\${name} is \${index}, expected a whole number from 1 to \${size}\`);
}`),
  entries: source(['flat', 'like'], `/** f of the entries of arrays of one shape; numbers stand for arrays that are that number everywhere. */
function entries(f: (...x: number[]) => number, ...args: (Matrix | number)[]): Matrix {
  const first = args.find((a): a is Matrix => typeof a !== 'number')!;
  const all = args.map((a) => (typeof a === 'number' ? a : flat(a)));
  return like(first, flat(first).map((_, i) => f(...all.map((a) => (typeof a === 'number' ? a : a[i]!)))));
}`),
  largestOf: source([], `/** 1 where the largest entry stands, shared where several do. */
function largestOf(a: Float64Array): Float64Array {
  const largest = a.reduce((p, x) => Math.max(p, x), -Infinity);
  const share = 1 / a.filter((x) => x === largest).length;
  return a.map((x) => (x === largest ? share : 0));
}`),
  unit: source(['vectorFrom', 'filled'], `/** Column k of the identity. */
function unit(k: number, n: number): Matrix {
  return vectorFrom(filled(n, (e) => { e[k] = 1; }));
}`),
  masked: source(['flat', 'like', 'colsOf'], `/** A with each entry times the weight of its place. */
function masked(A: Matrix, weight: (i: number, j: number) => number): Matrix {
  const n = colsOf(A);
  return like(A, flat(A).map((x, at) => { const w = weight(Math.floor(at / n), at % n); return w === 0 ? 0 : w * x; }));
}`),
  factorCholesky: source(['flat', 'fromFlat', 'rowsOf', 'filled', 'cholesky'], `/** The lower factor L with L*L' = A. */
function factorCholesky(A: Matrix, words: string): Matrix {
  const n = rowsOf(A);
  return fromFlat(filled(n * n, (L) => {
    const column = cholesky(flat(A), L, n);
    if (column !== -1) throw new Error(\`\${words} is not positive definite, or contains NaN (column \${column + 1})\`);
  }), n, n);
}`),
  factorLu: source(['flat', 'rowsOf', 'lu'], `/** The LU factors of A; column is where it turned out to be singular, or -1. Without words singular matrices are taken. */
function factorLu(A: Matrix, words: string): { LU: Float64Array; pivots: Int32Array; n: number; column: number } {
  const n = rowsOf(A);
  const LU = new Float64Array(n * n), pivots = new Int32Array(n);
  const column = lu(flat(A), LU, pivots, n);
  if (column !== -1 && words !== '') throw new Error(\`\${words} is singular, or contains NaN (column \${column + 1})\`);
  return { LU, pivots, n, column };
}`),
  solvedLu: source(['flat', 'like', 'colsOf', 'luSolve', 'factorLu'], `/** inv(A)*B with A's factors. */
function solvedLu({ LU, pivots, n }: ReturnType<typeof factorLu>, B: Matrix): Matrix {
  const X = flat(B);
  luSolve(LU, pivots, X, n, X.length / n);
  return like(B, X);
}`),
  solvedLuT: source(['flat', 'like', 'luSolveT', 'factorLu'], `/** inv(A')*B with A's factors. */
function solvedLuT({ LU, pivots, n }: ReturnType<typeof factorLu>, B: Matrix): Matrix {
  const X = flat(B);
  luSolveT(LU, pivots, X, n, X.length / n);
  return like(B, X);
}`),
  solvedBy: source(['flat', 'like', 'rowsOf'], `/** A solve of a triangular T with right sides B. */
function solvedBy(solve: (T: Float64Array, X: Float64Array, n: number, q: number) => void, T: Matrix, B: Matrix): Matrix {
  const X = flat(B), n = rowsOf(T);
  solve(flat(T), X, n, X.length / n);
  return like(B, X);
}`),
  eigen: source(['flat', 'fromFlat', 'vectorFrom', 'rowsOf', 'eigSym'], `/** Eigenvectors and ascending eigenvalues of a symmetric matrix. */
function eigen(A: Matrix, words: string): [Matrix, Matrix] {
  const n = rowsOf(A);
  const Q = new Float64Array(n * n), values = new Float64Array(n);
  if (!eigSym(flat(A), values, Q, n)) throw new Error(\`no eigenvalues: \${words} contains NaN or Infinity\`);
  return [fromFlat(Q, n, n), vectorFrom(values)];
}`),
  singular: source(['flat', 'fromFlat', 'vectorFrom', 'rowsOf', 'colsOf', 'svd'], `/** U, s, V with A = U*diag(s)*V'. */
function singular(A: Matrix, words: string): [Matrix, Matrix, Matrix] {
  const m = rowsOf(A), n = colsOf(A), r = Math.min(m, n);
  const U = new Float64Array(m * r), s = new Float64Array(r), V = new Float64Array(n * r);
  if (!svd(flat(A), U, s, V, m, n)) throw new Error(\`no singular values: \${words} contains NaN or Infinity\`);
  return [fromFlat(U, m, r), vectorFrom(s), fromFlat(V, n, r)];
}`),
  logdetOf: source(['luLogdet', 'luSign', 'factorLu'], `function logdetOf({ LU, pivots, n }: ReturnType<typeof factorLu>): number {
  if (luSign(LU, pivots, n) < 0) throw new Error('the determinant is negative: its logarithm does not exist');
  return luLogdet(LU, n);
}`),
  place: source(['flat', 'rowsOf', 'colsOf'], `/** A column of J, which is width wide: the entries of F, its columns stacked or its rows. */
function place(J: Float64Array, column: number, width: number, F: Matrix | number, columns: boolean): void {
  if (typeof F === 'number') { J[column] = F; return; }
  const data = flat(F), m = rowsOf(F), n = colsOf(F);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) J[(columns ? j * m + i : i * n + j) * width + column] = data[i * n + j]!;
}`),
  joined: source(['flat', 'rowsOf', 'colsOf'], `/** A block matrix, row by row. */
function joined(blocks: (Matrix | number)[][], rows: number, cols: number): Float64Array {
  const out = new Float64Array(rows * cols);
  let top = 0;
  for (const line of blocks) {
    let left = 0, height = 1;
    for (const block of line) {
      const [data, m, n] = typeof block === 'number' ? [Float64Array.of(block), 1, 1] : [flat(block), rowsOf(block), colsOf(block)];
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[(top + i) * cols + left + j] = data[i * n + j]!;
      left += n;
      height = m;
    }
    top += height;
  }
  return out;
}`),
};
