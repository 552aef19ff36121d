// Kernels as an expert writes them by hand for the closed forms: 4x4 register tiles over Float64Array, unrolled reductions. They are the anchors' own and share nothing with the product.

/** C = alpha*op(A)*op(B) + beta*C through strides: (m×k)*(k×n). */
function tiles(A, ai, ap, B, bp, bj, C, m, k, n, alpha, beta, lowerOnly) {
  for (let i = 0; i < m; i += 4) {
    const rows = Math.min(4, m - i);
    for (let j = 0; j < n; j += 4) {
      if (lowerOnly && j > i + 3) break;
      const cols = Math.min(4, n - j);
      if (rows === 4 && cols === 4) {
        let c00 = 0, c01 = 0, c02 = 0, c03 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0;
        let c20 = 0, c21 = 0, c22 = 0, c23 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0;
        let a = i * ai, b = j * bj;
        const a1 = ai, a2 = 2 * ai, a3 = 3 * ai, b1 = bj, b2 = 2 * bj, b3 = 3 * bj;
        for (let p = 0; p < k; p++, a += ap, b += bp) {
          const x0 = A[a], x1 = A[a + a1], x2 = A[a + a2], x3 = A[a + a3];
          const y0 = B[b], y1 = B[b + b1], y2 = B[b + b2], y3 = B[b + b3];
          c00 += x0 * y0; c01 += x0 * y1; c02 += x0 * y2; c03 += x0 * y3;
          c10 += x1 * y0; c11 += x1 * y1; c12 += x1 * y2; c13 += x1 * y3;
          c20 += x2 * y0; c21 += x2 * y1; c22 += x2 * y2; c23 += x2 * y3;
          c30 += x3 * y0; c31 += x3 * y1; c32 += x3 * y2; c33 += x3 * y3;
        }
        if (beta === 0) {
          let c = i * n + j;
          C[c] = alpha * c00; C[c + 1] = alpha * c01; C[c + 2] = alpha * c02; C[c + 3] = alpha * c03;
          c += n;
          C[c] = alpha * c10; C[c + 1] = alpha * c11; C[c + 2] = alpha * c12; C[c + 3] = alpha * c13;
          c += n;
          C[c] = alpha * c20; C[c + 1] = alpha * c21; C[c + 2] = alpha * c22; C[c + 3] = alpha * c23;
          c += n;
          C[c] = alpha * c30; C[c + 1] = alpha * c31; C[c + 2] = alpha * c32; C[c + 3] = alpha * c33;
        } else {
          let c = i * n + j;
          C[c] = alpha * c00 + beta * C[c]; C[c + 1] = alpha * c01 + beta * C[c + 1]; C[c + 2] = alpha * c02 + beta * C[c + 2]; C[c + 3] = alpha * c03 + beta * C[c + 3];
          c += n;
          C[c] = alpha * c10 + beta * C[c]; C[c + 1] = alpha * c11 + beta * C[c + 1]; C[c + 2] = alpha * c12 + beta * C[c + 2]; C[c + 3] = alpha * c13 + beta * C[c + 3];
          c += n;
          C[c] = alpha * c20 + beta * C[c]; C[c + 1] = alpha * c21 + beta * C[c + 1]; C[c + 2] = alpha * c22 + beta * C[c + 2]; C[c + 3] = alpha * c23 + beta * C[c + 3];
          c += n;
          C[c] = alpha * c30 + beta * C[c]; C[c + 1] = alpha * c31 + beta * C[c + 1]; C[c + 2] = alpha * c32 + beta * C[c + 2]; C[c + 3] = alpha * c33 + beta * C[c + 3];
        }
      } else {
        for (let s = j; s < j + cols; s++) {
          let r = i;
          if (rows === 4) {
            let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            for (let p = 0, a = i * ai, b = s * bj; p < k; p++, a += ap, b += bp) { const y = B[b]; s0 += A[a] * y; s1 += A[a + ai] * y; s2 += A[a + 2 * ai] * y; s3 += A[a + 3 * ai] * y; }
            const c = i * n + s;
            if (beta === 0) { C[c] = alpha * s0; C[c + n] = alpha * s1; C[c + 2 * n] = alpha * s2; C[c + 3 * n] = alpha * s3; }
            else { C[c] = alpha * s0 + beta * C[c]; C[c + n] = alpha * s1 + beta * C[c + n]; C[c + 2 * n] = alpha * s2 + beta * C[c + 2 * n]; C[c + 3 * n] = alpha * s3 + beta * C[c + 3 * n]; }
            r = i + 4;
          }
          for (; r < i + rows; r++) {
            let sum = 0;
            for (let p = 0, a = r * ai, b = s * bj; p < k; p++, a += ap, b += bp) sum += A[a] * B[b];
            C[r * n + s] = alpha * sum + (beta === 0 ? 0 : beta * C[r * n + s]);
          }
        }
      }
    }
  }
}
const mirror = (C, n) => {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) C[j * n + i] = C[i * n + j];
};
export const gemm = (A, B, C, m, k, n, alpha = 1, beta = 0) => tiles(A, k, 1, B, n, 1, C, m, k, n, alpha, beta, false);
/** A is k×m. */
export const gemmTN = (A, B, C, m, k, n, alpha = 1, beta = 0) => tiles(A, 1, m, B, n, 1, C, m, k, n, alpha, beta, false);
/** B is n×k. */
export const gemmNT = (A, B, C, m, k, n, alpha = 1, beta = 0) => tiles(A, k, 1, B, 1, k, C, m, k, n, alpha, beta, false);
/** A*A' (n×k). */
export function syrk(A, C, n, k, alpha = 1) {
  tiles(A, k, 1, A, 1, k, C, n, k, n, alpha, 0, true);
  mirror(C, n);
}
/** A'*A (k×n). */
export function syrkT(A, C, n, k, alpha = 1) {
  tiles(A, 1, n, A, n, 1, C, n, k, n, alpha, 0, true);
  mirror(C, n);
}

export function gemv(A, x, y, m, n) {
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const a = i * n, b = a + n, c = b + n, d = c + n;
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (let j = 0; j < n; j++) {
      const v = x[j];
      s0 += A[a + j] * v; s1 += A[b + j] * v; s2 += A[c + j] * v; s3 += A[d + j] * v;
    }
    y[i] = s0; y[i + 1] = s1; y[i + 2] = s2; y[i + 3] = s3;
  }
  for (; i < m; i++) {
    let s = 0;
    for (let j = 0; j < n; j++) s += A[i * n + j] * x[j];
    y[i] = s;
  }
}
export function gemvT(A, x, y, m, n) {
  y.fill(0, 0, n);
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const a = i * n, b = a + n, c = b + n, d = c + n;
    const x0 = x[i], x1 = x[i + 1], x2 = x[i + 2], x3 = x[i + 3];
    for (let j = 0; j < n; j++) y[j] += A[a + j] * x0 + A[b + j] * x1 + A[c + j] * x2 + A[d + j] * x3;
  }
  for (; i < m; i++) for (let j = 0; j < n; j++) y[j] += A[i * n + j] * x[i];
}
export function dot(a, b, n) {
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0, i = 0;
  for (; i + 3 < n; i += 4) { s0 += a[i] * b[i]; s1 += a[i + 1] * b[i + 1]; s2 += a[i + 2] * b[i + 2]; s3 += a[i + 3] * b[i + 3]; }
  for (; i < n; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}

/** L*L' = A, four columns of the update at a time; upper half of L is left alone. */
export function chol(A, L, n) {
  for (let i = 0; i < n; i++) {
    const r = i * n;
    let j = 0;
    for (; j + 3 < i; j += 4) {
      const a = j * n, b = a + n, c = b + n, d = c + n;
      let s0 = A[r + j], s1 = A[r + j + 1], s2 = A[r + j + 2], s3 = A[r + j + 3];
      for (let p = 0; p < j; p++) {
        const x = L[r + p];
        s0 -= x * L[a + p]; s1 -= x * L[b + p]; s2 -= x * L[c + p]; s3 -= x * L[d + p];
      }
      s0 /= L[a + j];
      s1 = (s1 - s0 * L[b + j]) / L[b + j + 1];
      s2 = (s2 - s0 * L[c + j] - s1 * L[c + j + 1]) / L[c + j + 2];
      s3 = (s3 - s0 * L[d + j] - s1 * L[d + j + 1] - s2 * L[d + j + 2]) / L[d + j + 3];
      L[r + j] = s0; L[r + j + 1] = s1; L[r + j + 2] = s2; L[r + j + 3] = s3;
    }
    for (; j <= i; j++) {
      let s = A[r + j];
      for (let p = 0; p < j; p++) s -= L[r + p] * L[j * n + p];
      if (j < i) L[r + j] = s / L[j * n + j];
      else {
        if (!(s > 0)) throw new Error('not positive definite');
        L[r + i] = Math.sqrt(s);
      }
    }
  }
}
/** X = inv(L*L')*X for q columns. */
export function cholSolve(L, X, n, q) {
  for (let i = 0; i < n; i++) {
    const r = i * n;
    let p = 0;
    for (; p + 3 < i; p += 4) {
      const l0 = L[r + p], l1 = L[r + p + 1], l2 = L[r + p + 2], l3 = L[r + p + 3];
      for (let j = 0, x = p * q, y = i * q; j < q; j++, x++, y++) X[y] -= l0 * X[x] + l1 * X[x + q] + l2 * X[x + 2 * q] + l3 * X[x + 3 * q];
    }
    for (; p < i; p++) for (let j = 0; j < q; j++) X[i * q + j] -= L[r + p] * X[p * q + j];
    const d = 1 / L[r + i];
    for (let j = 0; j < q; j++) X[i * q + j] *= d;
  }
  for (let i = n - 1; i >= 0; i--) {
    let p = i + 1;
    for (; p + 3 < n; p += 4) {
      const l0 = L[p * n + i], l1 = L[(p + 1) * n + i], l2 = L[(p + 2) * n + i], l3 = L[(p + 3) * n + i];
      for (let j = 0, x = p * q, y = i * q; j < q; j++, x++, y++) X[y] -= l0 * X[x] + l1 * X[x + q] + l2 * X[x + 2 * q] + l3 * X[x + 3 * q];
    }
    for (; p < n; p++) for (let j = 0; j < q; j++) X[i * q + j] -= L[p * n + i] * X[p * q + j];
    const d = 1 / L[i * n + i];
    for (let j = 0; j < q; j++) X[i * q + j] *= d;
  }
}
/** inv(L*L') in full. */
export function cholInverse(L, X, n) {
  const Y = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    Y[j * n + j] = 1 / L[j * n + j];
    for (let i = j + 1; i < n; i++) {
      let s = 0;
      for (let p = j; p < i; p++) s -= L[i * n + p] * Y[j * n + p];
      Y[j * n + i] = s / L[i * n + i];
    }
  }
  // Y holds inv(L)' by rows: X = Y*Y', where row i begins at its diagonal.
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let s0 = 0, s1 = 0, p = i;
      for (; p + 1 < n; p += 2) { s0 += Y[i * n + p] * Y[j * n + p]; s1 += Y[i * n + p + 1] * Y[j * n + p + 1]; }
      if (p < n) s0 += Y[i * n + p] * Y[j * n + p];
      X[i * n + j] = s0 + s1;
      X[j * n + i] = s0 + s1;
    }
  }
}

/** LU with partial pivoting in place, two columns a step. */
export function luFactor(A, pivots, n) {
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(A[i * n + k]) > Math.abs(A[best * n + k])) best = i;
    pivots[k] = best;
    if (best !== k) for (let j = 0; j < n; j++) { const t = A[k * n + j]; A[k * n + j] = A[best * n + j]; A[best * n + j] = t; }
    const d = 1 / A[k * n + k];
    let i = k + 1;
    for (; i + 1 < n; i += 2) {
      const f = (A[i * n + k] *= d), g = (A[(i + 1) * n + k] *= d);
      for (let j = k + 1, a = i * n + j, b = a + n, c = k * n + j; j < n; j++, a++, b++, c++) { const v = A[c]; A[a] -= f * v; A[b] -= g * v; }
    }
    for (; i < n; i++) {
      const f = (A[i * n + k] *= d);
      for (let j = k + 1; j < n; j++) A[i * n + j] -= f * A[k * n + j];
    }
  }
}
/** x = inv(A)*x; `transposed`: inv(A')*x. */
export function luSolve(A, pivots, x, n, transposed = false) {
  if (!transposed) {
    for (let i = 0; i < n; i++) { const p = pivots[i]; const t = x[i]; x[i] = x[p]; x[p] = t; }
    for (let i = 0; i < n; i++) { let s = x[i]; for (let j = 0; j < i; j++) s -= A[i * n + j] * x[j]; x[i] = s; }
    for (let i = n - 1; i >= 0; i--) { let s = x[i]; for (let j = i + 1; j < n; j++) s -= A[i * n + j] * x[j]; x[i] = s / A[i * n + i]; }
    return;
  }
  for (let i = 0; i < n; i++) { const v = (x[i] /= A[i * n + i]); for (let j = i + 1; j < n; j++) x[j] -= A[i * n + j] * v; }
  for (let i = n - 1; i >= 0; i--) { const v = x[i]; for (let j = 0; j < i; j++) x[j] -= A[i * n + j] * v; }
  for (let i = n - 1; i >= 0; i--) { const p = pivots[i]; const t = x[i]; x[i] = x[p]; x[p] = t; }
}
