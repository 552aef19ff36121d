// Kernels as they are written without thought of speed: triple loops over Float64Array, transposes copied, inverses by Gauss and Jordan.
export function multiply(A, B, m, k, n) {
  const C = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) {
    let s = 0;
    for (let p = 0; p < k; p++) s += A[i * k + p] * B[p * n + j];
    C[i * n + j] = s;
  }
  return C;
}
export function transpose(A, m, n) {
  const T = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) T[j * m + i] = A[i * n + j];
  return T;
}
export const plus = (A, B, beta = 1) => A.map((a, i) => a + beta * B[i]);
export const scale = (A, by) => A.map((a) => by * a);
export function identity(n) {
  const I = new Float64Array(n * n);
  for (let i = 0; i < n; i++) I[i * n + i] = 1;
  return I;
}
export const diag = (d) => {
  const n = d.length, D = new Float64Array(n * n);
  for (let i = 0; i < n; i++) D[i * n + i] = d[i];
  return D;
};
export const total = (A) => A.reduce((s, a) => s + a, 0);
/** The inverse, and the determinant as `det`, by elimination with pivots. */
export function inverse(M, n) {
  const A = M.slice(), X = identity(n);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(A[i * n + k]) > Math.abs(A[best * n + k])) best = i;
    for (let j = 0; j < n; j++) {
      [A[k * n + j], A[best * n + j]] = [A[best * n + j], A[k * n + j]];
      [X[k * n + j], X[best * n + j]] = [X[best * n + j], X[k * n + j]];
    }
    const d = A[k * n + k];
    for (let j = 0; j < n; j++) { A[k * n + j] /= d; X[k * n + j] /= d; }
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const f = A[i * n + k];
      for (let j = 0; j < n; j++) { A[i * n + j] -= f * A[k * n + j]; X[i * n + j] -= f * X[k * n + j]; }
    }
  }
  return X;
}
