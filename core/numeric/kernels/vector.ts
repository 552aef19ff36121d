// Products with vectors: dot, matrix times vector (four rows at a time), outer.

/** x'y of two arrays of n entries; for matrices this is the Frobenius product. */
export function dot(x: Float64Array, y: Float64Array, n: number): number {
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += x[i]! * y[i]!;
    s1 += x[i + 1]! * y[i + 1]!;
    s2 += x[i + 2]! * y[i + 2]!;
    s3 += x[i + 3]! * y[i + 3]!;
  }
  for (; i < n; i++) s0 += x[i]! * y[i]!;
  return s0 + s1 + (s2 + s3);
}

/** y = A * x, where A is m x n, row-major. */
export function matVec(A: Float64Array, x: Float64Array, y: Float64Array, m: number, n: number): void {
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const a0 = i * n, a1 = a0 + n, a2 = a1 + n, a3 = a2 + n;
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    let j = 0;
    for (; j + 1 < n; j += 2) {
      const x0 = x[j]!, x1 = x[j + 1]!;
      s0 += A[a0 + j]! * x0 + A[a0 + j + 1]! * x1;
      s1 += A[a1 + j]! * x0 + A[a1 + j + 1]! * x1;
      s2 += A[a2 + j]! * x0 + A[a2 + j + 1]! * x1;
      s3 += A[a3 + j]! * x0 + A[a3 + j + 1]! * x1;
    }
    if (j < n) {
      const xj = x[j]!;
      s0 += A[a0 + j]! * xj;
      s1 += A[a1 + j]! * xj;
      s2 += A[a2 + j]! * xj;
      s3 += A[a3 + j]! * xj;
    }
    y[i] = s0;
    y[i + 1] = s1;
    y[i + 2] = s2;
    y[i + 3] = s3;
  }
  for (; i < m; i++) {
    let s = 0;
    for (let j = 0; j < n; j++) s += A[i * n + j]! * x[j]!;
    y[i] = s;
  }
}

/** y = alpha * A * x + beta * d, where A is m x n, row-major. d may be y. */
export function matVecAdd(
  A: Float64Array, x: Float64Array, y: Float64Array, m: number, n: number,
  alpha: number, beta: number, d: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const a0 = i * n, a1 = a0 + n, a2 = a1 + n, a3 = a2 + n;
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    let j = 0;
    for (; j + 1 < n; j += 2) {
      const x0 = x[j]!, x1 = x[j + 1]!;
      s0 += A[a0 + j]! * x0 + A[a0 + j + 1]! * x1;
      s1 += A[a1 + j]! * x0 + A[a1 + j + 1]! * x1;
      s2 += A[a2 + j]! * x0 + A[a2 + j + 1]! * x1;
      s3 += A[a3 + j]! * x0 + A[a3 + j + 1]! * x1;
    }
    if (j < n) {
      const xj = x[j]!;
      s0 += A[a0 + j]! * xj;
      s1 += A[a1 + j]! * xj;
      s2 += A[a2 + j]! * xj;
      s3 += A[a3 + j]! * xj;
    }
    y[i] = alpha * s0 + beta * d[i]!;
    y[i + 1] = alpha * s1 + beta * d[i + 1]!;
    y[i + 2] = alpha * s2 + beta * d[i + 2]!;
    y[i + 3] = alpha * s3 + beta * d[i + 3]!;
  }
  for (; i < m; i++) {
    let s = 0;
    for (let j = 0; j < n; j++) s += A[i * n + j]! * x[j]!;
    y[i] = alpha * s + beta * d[i]!;
  }
}

/** y = y + alpha * A' * x, where A is m x n, row-major; x has m entries, y has n. */
export function matVecTAccumulate(
  A: Float64Array, x: Float64Array, y: Float64Array, m: number, n: number, alpha: number,
): void {
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const a0 = i * n, a1 = a0 + n, a2 = a1 + n, a3 = a2 + n;
    const x0 = alpha * x[i]!, x1 = alpha * x[i + 1]!;
    const x2 = alpha * x[i + 2]!, x3 = alpha * x[i + 3]!;
    for (let j = 0; j < n; j++) {
      y[j] = y[j]! + (A[a0 + j]! * x0 + A[a1 + j]! * x1 + (A[a2 + j]! * x2 + A[a3 + j]! * x3));
    }
  }
  for (; i < m; i++) {
    const xi = alpha * x[i]!;
    for (let j = 0; j < n; j++) y[j] = y[j]! + A[i * n + j]! * xi;
  }
}

/** y = A' * x, where A is m x n, row-major; x has m entries, y has n. */
export function matVecT(A: Float64Array, x: Float64Array, y: Float64Array, m: number, n: number): void {
  for (let j = 0; j < n; j++) y[j] = 0;
  matVecTAccumulate(A, x, y, m, n, 1);
}

/** y = alpha * A' * x + beta * d, where A is m x n, row-major. d may be y. */
export function matVecTAdd(
  A: Float64Array, x: Float64Array, y: Float64Array, m: number, n: number,
  alpha: number, beta: number, d: Float64Array,
): void {
  for (let j = 0; j < n; j++) y[j] = beta * d[j]!;
  matVecTAccumulate(A, x, y, m, n, alpha);
}

/** C = alpha * x * y', m x n. */
export function outer(
  x: Float64Array, y: Float64Array, C: Float64Array, m: number, n: number, alpha: number,
): void {
  for (let i = 0; i < m; i++) {
    const xi = alpha * x[i]!;
    const c = i * n;
    for (let j = 0; j < n; j++) C[c + j] = xi * y[j]!;
  }
}

/** C = alpha * x * y' + beta * D, m x n. D may be C. */
export function outerAdd(
  x: Float64Array, y: Float64Array, C: Float64Array, m: number, n: number,
  alpha: number, beta: number, D: Float64Array,
): void {
  for (let i = 0; i < m; i++) {
    const xi = alpha * x[i]!;
    const c = i * n;
    for (let j = 0; j < n; j++) C[c + j] = xi * y[j]! + beta * D[c + j]!;
  }
}

/**
 * y += X' * f(X * w), X m x n, four rows at a time: f takes the dot product of a row with w and the number of the
 * row.
 */
export function rowPass(
  X: Float64Array, w: Float64Array, y: Float64Array, m: number, n: number, f: (t: number, i: number) => number,
): void {
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const a = i * n, b = a + n, c = b + n, d = c + n;
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (let j = 0; j < n; j++) {
      const x = w[j]!;
      s0 += X[a + j]! * x;
      s1 += X[b + j]! * x;
      s2 += X[c + j]! * x;
      s3 += X[d + j]! * x;
    }
    s0 = f(s0, i);
    s1 = f(s1, i + 1);
    s2 = f(s2, i + 2);
    s3 = f(s3, i + 3);
    for (let j = 0; j < n; j++) y[j] = y[j]! + s0 * X[a + j]! + s1 * X[b + j]! + s2 * X[c + j]! + s3 * X[d + j]!;
  }
  for (; i < m; i++) {
    const a = i * n;
    let s = 0;
    for (let j = 0; j < n; j++) s += X[a + j]! * w[j]!;
    s = f(s, i);
    for (let j = 0; j < n; j++) y[j] = y[j]! + s * X[a + j]!;
  }
}
