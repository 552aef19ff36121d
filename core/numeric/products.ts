// Products of several arrays in the cheapest order, where an inverse is a solve.
import { array, isScalar, isSymmetric, value, type NumericArray } from './array';
import { NumericError } from './error';
import { cholesky, choleskyInverse, choleskySolve } from './kernels/cholesky';
import { lu, luInverse, luSolve } from './kernels/lu';
import { multiply } from './kernels/multiply';
import { addTranspose } from './kernels/transpose';
import { map } from './operators/elementwise';
import { transpose } from './operators/arrangements';

export function matrixProduct(a: NumericArray, b: NumericArray): NumericArray {
  if (isScalar(a)) return map(b, (x) => value(a) * x);
  if (isScalar(b)) return map(a, (x) => x * value(b));
  if (a.cols !== b.rows) throw new NumericError('*', `${a.rows}×${a.cols} and ${b.rows}×${b.cols} do not fit`);
  const out = array(a.rows, b.cols);
  multiply(a.data, b.data, out.data, a.rows, a.cols, b.cols);
  return out;
}

/** A factored square matrix: solves with it, and its inverse. */
interface Factored { readonly solve: (B: NumericArray) => NumericArray; readonly inverse: () => NumericArray }

/** Cholesky for a symmetric positive definite matrix, else LU. @throws NumericError for a singular one. */
export function factor(a: NumericArray, name: string): Factored {
  const n = a.rows;
  if (a.cols !== n) throw new NumericError(name, `a ${a.rows}×${a.cols} matrix is not square`);
  const symmetric = isSymmetric(a);
  if (symmetric) {
    const L = new Float64Array(n * n);
    if (cholesky(a.data, L, n) < 0) {
      return {
        solve: (B) => solved(B, n, name, (X, q) => choleskySolve(L, X, n, q)),
        inverse: () => {
          const X = array(n, n);
          choleskyInverse(L, X.data, n);
          return X;
        },
      };
    }
  }
  const LU = new Float64Array(n * n);
  const pivots = new Int32Array(n);
  const failed = lu(a.data, LU, pivots, n);
  if (failed >= 0) throw new NumericError(name, `the matrix is singular, or nearly so (pivot ${failed + 1})`);
  return {
    solve: (B) => solved(B, n, name, (X, q) => luSolve(LU, pivots, X, n, q)),
    inverse: () => {
      const X = array(n, n);
      luInverse(LU, pivots, X.data, n);
      if (symmetric) addTranspose(X.data, X.data, n, 0.5);
      return X;
    },
  };
}

function solved(B: NumericArray, n: number, name: string, solve: (X: Float64Array, q: number) => void): NumericArray {
  if (B.rows !== n) throw new NumericError(name, `a ${n}×${n} matrix and ${B.rows}×${B.cols} do not fit`);
  const X = array(B.rows, B.cols, B.data.slice());
  solve(X.data, B.cols);
  return X;
}

export const inverse = (a: NumericArray, name = 'inv'): NumericArray => factor(a, name).inverse();
/** inv(A) * B. */
export const leftSolve = (a: NumericArray, b: NumericArray): NumericArray => factor(a, 'inv').solve(b);
/** A * inv(B). */
export const rightSolve = (a: NumericArray, b: NumericArray): NumericArray => transpose(factor(transpose(b), 'inv').solve(transpose(a)));

/** A factor of a chain: an array, or the inverse of one. */
export interface ChainFactor { readonly array: NumericArray; readonly inverted: boolean }

const plain = (f: ChainFactor): NumericArray => (f.inverted ? inverse(f.array) : f.array);

function join(a: ChainFactor, b: ChainFactor): ChainFactor {
  if (a.inverted) return { array: leftSolve(a.array, plain(b)), inverted: false };
  if (b.inverted) return { array: rightSolve(a.array, b.array), inverted: false };
  return { array: matrixProduct(a.array, b.array), inverted: false };
}

/** Beyond this many factors the order is from left to right. */
const ORDERED_FACTORS = 24;

/** The product of the factors, in the order of fewest operations. */
export function chainProduct(factors: readonly ChainFactor[]): NumericArray {
  const k = factors.length;
  const first = factors[0];
  if (!first) throw new RangeError('a product of no arrays');
  if (k > ORDERED_FACTORS) return plain(factors.reduce(join));
  const size = [first.array.rows, ...factors.map((f) => f.array.cols)];
  const cost: number[][] = factors.map(() => factors.map(() => 0));
  const cut: number[][] = factors.map(() => factors.map(() => 0));
  for (let length = 2; length <= k; length++) {
    for (let i = 0; i + length <= k; i++) {
      const j = i + length - 1;
      let best = Infinity;
      for (let c = i; c < j; c++) {
        const total = cost[i]![c]! + cost[c + 1]![j]! + size[i]! * size[c + 1]! * size[j + 1]!;
        if (total < best) {
          best = total;
          cut[i]![j] = c;
        }
      }
      cost[i]![j] = best;
    }
  }
  const build = (i: number, j: number): ChainFactor =>
    i === j ? factors[i]! : join(build(i, cut[i]![j]!), build(cut[i]![j]! + 1, j));
  return plain(build(0, k - 1));
}
