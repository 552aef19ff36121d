// Triangular solves with many right sides, in place, four rows and four columns at a time.

/**
 * Solves L * X = B in place (B becomes X). L is n x n lower triangular (its upper part is not read), B is
 * n x q.
 */
export function solveLower(L: Float64Array, B: Float64Array, n: number, q: number): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const l0 = i * n, l1 = l0 + n, l2 = l1 + n, l3 = l2 + n;
    const b0 = i * q, b1 = b0 + q, b2 = b1 + q, b3 = b2 + q;
    const d0 = L[l0 + i]!;
    const e1 = L[l1 + i]!, d1 = L[l1 + i + 1]!;
    const e2 = L[l2 + i]!, f2 = L[l2 + i + 1]!, d2 = L[l2 + i + 2]!;
    const e3 = L[l3 + i]!, f3 = L[l3 + i + 1]!, g3 = L[l3 + i + 2]!, d3 = L[l3 + i + 3]!;
    let j = 0;
    for (; j + 1 < q; j += 2) {
      let s00 = B[b0 + j]!, s01 = B[b0 + j + 1]!;
      let s10 = B[b1 + j]!, s11 = B[b1 + j + 1]!;
      let s20 = B[b2 + j]!, s21 = B[b2 + j + 1]!;
      let s30 = B[b3 + j]!, s31 = B[b3 + j + 1]!;
      for (let p = 0, b = j; p < i; p++, b += q) {
        const y0 = B[b]!, y1 = B[b + 1]!;
        const x0 = L[l0 + p]!, x1 = L[l1 + p]!, x2 = L[l2 + p]!, x3 = L[l3 + p]!;
        s00 -= x0 * y0; s01 -= x0 * y1;
        s10 -= x1 * y0; s11 -= x1 * y1;
        s20 -= x2 * y0; s21 -= x2 * y1;
        s30 -= x3 * y0; s31 -= x3 * y1;
      }
      s00 /= d0; s01 /= d0;
      s10 = (s10 - e1 * s00) / d1; s11 = (s11 - e1 * s01) / d1;
      s20 = (s20 - e2 * s00 - f2 * s10) / d2; s21 = (s21 - e2 * s01 - f2 * s11) / d2;
      s30 = (s30 - e3 * s00 - f3 * s10 - g3 * s20) / d3;
      s31 = (s31 - e3 * s01 - f3 * s11 - g3 * s21) / d3;
      B[b0 + j] = s00; B[b0 + j + 1] = s01;
      B[b1 + j] = s10; B[b1 + j + 1] = s11;
      B[b2 + j] = s20; B[b2 + j + 1] = s21;
      B[b3 + j] = s30; B[b3 + j + 1] = s31;
    }
    if (j < q) {
      let s0 = B[b0 + j]!, s1 = B[b1 + j]!, s2 = B[b2 + j]!, s3 = B[b3 + j]!;
      for (let p = 0, b = j; p < i; p++, b += q) {
        const y = B[b]!;
        s0 -= L[l0 + p]! * y;
        s1 -= L[l1 + p]! * y;
        s2 -= L[l2 + p]! * y;
        s3 -= L[l3 + p]! * y;
      }
      s0 /= d0;
      s1 = (s1 - e1 * s0) / d1;
      s2 = (s2 - e2 * s0 - f2 * s1) / d2;
      s3 = (s3 - e3 * s0 - f3 * s1 - g3 * s2) / d3;
      B[b0 + j] = s0;
      B[b1 + j] = s1;
      B[b2 + j] = s2;
      B[b3 + j] = s3;
    }
  }
  for (; i < n; i++) {
    for (let j = 0; j < q; j++) {
      let s = B[i * q + j]!;
      for (let p = 0; p < i; p++) s -= L[i * n + p]! * B[p * q + j]!;
      B[i * q + j] = s / L[i * n + i]!;
    }
  }
}

/**
 * Solves L' * X = B in place (B becomes X). L is n x n lower triangular (its upper part is not read), B is
 * n x q.
 */
export function solveLowerT(L: Float64Array, B: Float64Array, n: number, q: number): void {
  let end = n;
  for (; end % 4 !== 0; end--) {
    const i = end - 1;
    for (let j = 0; j < q; j++) {
      let s = B[i * q + j]!;
      for (let p = i + 1; p < n; p++) s -= L[p * n + i]! * B[p * q + j]!;
      B[i * q + j] = s / L[i * n + i]!;
    }
  }
  for (let i = end - 4; i >= 0; i -= 4) {
    const l0 = i * n + i, l1 = l0 + n, l2 = l1 + n, l3 = l2 + n;
    const b0 = i * q, b1 = b0 + q, b2 = b1 + q, b3 = b2 + q;
    const d0 = L[l0]!;
    const e1 = L[l1]!, d1 = L[l1 + 1]!;
    const e2 = L[l2]!, f2 = L[l2 + 1]!, d2 = L[l2 + 2]!;
    const e3 = L[l3]!, f3 = L[l3 + 1]!, g3 = L[l3 + 2]!, d3 = L[l3 + 3]!;
    let j = 0;
    for (; j + 1 < q; j += 2) {
      let s00 = B[b0 + j]!, s01 = B[b0 + j + 1]!;
      let s10 = B[b1 + j]!, s11 = B[b1 + j + 1]!;
      let s20 = B[b2 + j]!, s21 = B[b2 + j + 1]!;
      let s30 = B[b3 + j]!, s31 = B[b3 + j + 1]!;
      for (let p = i + 4, l = p * n + i, b = p * q + j; p < n; p++, l += n, b += q) {
        const y0 = B[b]!, y1 = B[b + 1]!;
        const x0 = L[l]!, x1 = L[l + 1]!, x2 = L[l + 2]!, x3 = L[l + 3]!;
        s00 -= x0 * y0; s01 -= x0 * y1;
        s10 -= x1 * y0; s11 -= x1 * y1;
        s20 -= x2 * y0; s21 -= x2 * y1;
        s30 -= x3 * y0; s31 -= x3 * y1;
      }
      s30 /= d3; s31 /= d3;
      s20 = (s20 - g3 * s30) / d2; s21 = (s21 - g3 * s31) / d2;
      s10 = (s10 - f2 * s20 - f3 * s30) / d1; s11 = (s11 - f2 * s21 - f3 * s31) / d1;
      s00 = (s00 - e1 * s10 - e2 * s20 - e3 * s30) / d0;
      s01 = (s01 - e1 * s11 - e2 * s21 - e3 * s31) / d0;
      B[b0 + j] = s00; B[b0 + j + 1] = s01;
      B[b1 + j] = s10; B[b1 + j + 1] = s11;
      B[b2 + j] = s20; B[b2 + j + 1] = s21;
      B[b3 + j] = s30; B[b3 + j + 1] = s31;
    }
    if (j < q) {
      let s0 = B[b0 + j]!, s1 = B[b1 + j]!, s2 = B[b2 + j]!, s3 = B[b3 + j]!;
      for (let p = i + 4, l = p * n + i; p < n; p++, l += n) {
        const y = B[p * q + j]!;
        s0 -= L[l]! * y;
        s1 -= L[l + 1]! * y;
        s2 -= L[l + 2]! * y;
        s3 -= L[l + 3]! * y;
      }
      s3 /= d3;
      s2 = (s2 - g3 * s3) / d2;
      s1 = (s1 - f2 * s2 - f3 * s3) / d1;
      s0 = (s0 - e1 * s1 - e2 * s2 - e3 * s3) / d0;
      B[b0 + j] = s0;
      B[b1 + j] = s1;
      B[b2 + j] = s2;
      B[b3 + j] = s3;
    }
  }
}

/**
 * Solves U * X = B in place (B becomes X). U is n x n upper triangular (its lower part is not read), B is
 * n x q.
 */
export function solveUpper(U: Float64Array, B: Float64Array, n: number, q: number): void {
  let end = n;
  for (; end % 4 !== 0; end--) {
    const i = end - 1;
    for (let j = 0; j < q; j++) {
      let s = B[i * q + j]!;
      for (let p = i + 1; p < n; p++) s -= U[i * n + p]! * B[p * q + j]!;
      B[i * q + j] = s / U[i * n + i]!;
    }
  }
  for (let i = end - 4; i >= 0; i -= 4) {
    const u0 = i * n, u1 = u0 + n, u2 = u1 + n, u3 = u2 + n;
    const b0 = i * q, b1 = b0 + q, b2 = b1 + q, b3 = b2 + q;
    const d0 = U[u0 + i]!, e1 = U[u0 + i + 1]!, e2 = U[u0 + i + 2]!, e3 = U[u0 + i + 3]!;
    const d1 = U[u1 + i + 1]!, f2 = U[u1 + i + 2]!, f3 = U[u1 + i + 3]!;
    const d2 = U[u2 + i + 2]!, g3 = U[u2 + i + 3]!, d3 = U[u3 + i + 3]!;
    let j = 0;
    for (; j + 1 < q; j += 2) {
      let s00 = B[b0 + j]!, s01 = B[b0 + j + 1]!;
      let s10 = B[b1 + j]!, s11 = B[b1 + j + 1]!;
      let s20 = B[b2 + j]!, s21 = B[b2 + j + 1]!;
      let s30 = B[b3 + j]!, s31 = B[b3 + j + 1]!;
      for (let p = i + 4, b = p * q + j; p < n; p++, b += q) {
        const y0 = B[b]!, y1 = B[b + 1]!;
        const x0 = U[u0 + p]!, x1 = U[u1 + p]!, x2 = U[u2 + p]!, x3 = U[u3 + p]!;
        s00 -= x0 * y0; s01 -= x0 * y1;
        s10 -= x1 * y0; s11 -= x1 * y1;
        s20 -= x2 * y0; s21 -= x2 * y1;
        s30 -= x3 * y0; s31 -= x3 * y1;
      }
      s30 /= d3; s31 /= d3;
      s20 = (s20 - g3 * s30) / d2; s21 = (s21 - g3 * s31) / d2;
      s10 = (s10 - f2 * s20 - f3 * s30) / d1; s11 = (s11 - f2 * s21 - f3 * s31) / d1;
      s00 = (s00 - e1 * s10 - e2 * s20 - e3 * s30) / d0;
      s01 = (s01 - e1 * s11 - e2 * s21 - e3 * s31) / d0;
      B[b0 + j] = s00; B[b0 + j + 1] = s01;
      B[b1 + j] = s10; B[b1 + j + 1] = s11;
      B[b2 + j] = s20; B[b2 + j + 1] = s21;
      B[b3 + j] = s30; B[b3 + j + 1] = s31;
    }
    if (j < q) {
      let s0 = B[b0 + j]!, s1 = B[b1 + j]!, s2 = B[b2 + j]!, s3 = B[b3 + j]!;
      for (let p = i + 4; p < n; p++) {
        const y = B[p * q + j]!;
        s0 -= U[u0 + p]! * y;
        s1 -= U[u1 + p]! * y;
        s2 -= U[u2 + p]! * y;
        s3 -= U[u3 + p]! * y;
      }
      s3 /= d3;
      s2 = (s2 - g3 * s3) / d2;
      s1 = (s1 - f2 * s2 - f3 * s3) / d1;
      s0 = (s0 - e1 * s1 - e2 * s2 - e3 * s3) / d0;
      B[b0 + j] = s0;
      B[b1 + j] = s1;
      B[b2 + j] = s2;
      B[b3 + j] = s3;
    }
  }
}

/**
 * Solves U' * X = B in place (B becomes X). U is n x n upper triangular (its lower part is not read), B is
 * n x q.
 */
export function solveUpperT(U: Float64Array, B: Float64Array, n: number, q: number): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const u0 = i * n + i, u1 = u0 + n, u2 = u1 + n, u3 = u2 + n;
    const b0 = i * q, b1 = b0 + q, b2 = b1 + q, b3 = b2 + q;
    const d0 = U[u0]!, e1 = U[u0 + 1]!, e2 = U[u0 + 2]!, e3 = U[u0 + 3]!;
    const d1 = U[u1 + 1]!, f2 = U[u1 + 2]!, f3 = U[u1 + 3]!;
    const d2 = U[u2 + 2]!, g3 = U[u2 + 3]!, d3 = U[u3 + 3]!;
    for (let j = 0; j < q; j++) {
      let s0 = B[b0 + j]!, s1 = B[b1 + j]!, s2 = B[b2 + j]!, s3 = B[b3 + j]!;
      for (let p = 0, u = i, b = j; p < i; p++, u += n, b += q) {
        const y = B[b]!;
        s0 -= U[u]! * y;
        s1 -= U[u + 1]! * y;
        s2 -= U[u + 2]! * y;
        s3 -= U[u + 3]! * y;
      }
      s0 /= d0;
      s1 = (s1 - e1 * s0) / d1;
      s2 = (s2 - e2 * s0 - f2 * s1) / d2;
      s3 = (s3 - e3 * s0 - f3 * s1 - g3 * s2) / d3;
      B[b0 + j] = s0;
      B[b1 + j] = s1;
      B[b2 + j] = s2;
      B[b3 + j] = s3;
    }
  }
  for (; i < n; i++) {
    for (let j = 0; j < q; j++) {
      let s = B[i * q + j]!;
      for (let p = 0; p < i; p++) s -= U[p * n + i]! * B[p * q + j]!;
      B[i * q + j] = s / U[i * n + i]!;
    }
  }
}
