// Matrices for the tests of this room, drawn from a fixed sequence.

export interface Draw {
  /** Uniform in (-1, 1). */
  next(): number;
  matrix(m: number, n: number): Float64Array;
  /** M*M' + I. */
  posdef(n: number): Float64Array;
  symmetric(n: number): Float64Array;
}

export function draw(seed: number): Draw {
  let s = (seed * 2654435761 + 12345) >>> 0;
  const next = (): number => {
    s ^= s << 13; s >>>= 0;
    s ^= s >>> 17;
    s ^= s << 5; s >>>= 0;
    return (s / 4294967296) * 2 - 1;
  };
  for (let i = 0; i < 10; i++) next();
  const matrix = (m: number, n: number): Float64Array => Float64Array.from({ length: m * n }, next);
  return {
    next, matrix,
    posdef: (n) => {
      const M = matrix(n, n);
      const A = naive(M, turned(M, n, n), n, n, n);
      for (let i = 0; i < n; i++) A[i * n + i]! += 1;
      return A;
    },
    symmetric: (n) => {
      const M = matrix(n, n);
      return M.map((x, at) => x + M[(at % n) * n + Math.floor(at / n)]!);
    },
  };
}

/** A*B by the definition: A is m×k, B is k×n. */
export function naive(A: Float64Array, B: Float64Array, m: number, k: number, n: number): Float64Array {
  const C = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) for (let p = 0; p < k; p++) C[i * n + j]! += A[i * k + p]! * B[p * n + j]!;
  return C;
}

export const turned = (A: Float64Array, m: number, n: number): Float64Array =>
  Float64Array.from({ length: m * n }, (_, at) => A[(at % m) * n + Math.floor(at / m)]!);

export const size = (A: ArrayLike<number>): number => Array.from(A).reduce((s, x) => Math.max(s, Math.abs(x)), 0);

/** The largest difference over the larger of the largest entries. */
export function distance(A: ArrayLike<number>, B: ArrayLike<number>): number {
  if (A.length !== B.length) return Infinity;
  const scale = Math.max(size(A), size(B));
  const d = Array.from(A).map((a, i) => Math.abs(a - B[i]!));
  return d.some((x) => Number.isNaN(x)) ? NaN : d.length === 0 || scale === 0 ? 0 : Math.max(...d) / scale;
}
