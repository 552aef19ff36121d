// Copies between an entry and its mirror image, in blocks so that both sides stay in the cache.

/** B = A', where A is m x n, row-major. B is not A. */
export function transpose(A: Float64Array, B: Float64Array, m: number, n: number): void {
  for (let i0 = 0; i0 < m; i0 += 16) {
    const i1 = Math.min(i0 + 16, m);
    for (let j0 = 0; j0 < n; j0 += 16) {
      const j1 = Math.min(j0 + 16, n);
      for (let i = i0; i < i1; i++) {
        for (let j = j0; j < j1; j++) B[j * m + i] = A[i * n + j]!;
      }
    }
  }
}

/** Copies the lower triangle of the n x n matrix C onto its upper triangle. */
export function mirrorLower(C: Float64Array, n: number): void {
  for (let i0 = 0; i0 < n; i0 += 16) {
    const i1 = Math.min(i0 + 16, n);
    for (let j0 = 0; j0 <= i0; j0 += 16) {
      for (let i = i0; i < i1; i++) {
        const j1 = Math.min(j0 + 16, i);
        for (let j = j0; j < j1; j++) C[j * n + i] = C[i * n + j]!;
      }
    }
  }
}

/** B = alpha * (A + A'), n x n. B may be A. */
export function addTranspose(A: Float64Array, B: Float64Array, n: number, alpha: number): void {
  for (let i0 = 0; i0 < n; i0 += 16) {
    const i1 = Math.min(i0 + 16, n);
    for (let j0 = 0; j0 <= i0; j0 += 16) {
      for (let i = i0; i < i1; i++) {
        const j1 = Math.min(j0 + 15, i);
        for (let j = j0; j <= j1; j++) {
          const s = alpha * (A[i * n + j]! + A[j * n + i]!);
          B[i * n + j] = s;
          B[j * n + i] = s;
        }
      }
    }
  }
}
