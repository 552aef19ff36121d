// Eigenvalues and eigenvectors of a symmetric matrix: Householder tridiagonalisation, implicit QL.
import { work } from './work';

/**
 * A = V * diag(w) * V' for a symmetric n x n A (its lower half is read): w ascending, eigenvectors in the
 * columns of V, in each the entry of largest size positive. V may be A. Returns false where it does not
 * converge (A contains NaN or Infinity).
 * Source: Martin, Reinsch and Wilkinson 1968 (tred2); Bowdler, Martin, Reinsch and Wilkinson 1968 (tql2).
 */
export function eigSym(A: Float64Array, w: Float64Array, V: Float64Array, n: number): boolean {
  const T = work(2, n * n);
  const d = work(3, n);
  const e = work(4, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const a = A[i * n + j]!;
      if (!(a - a === 0)) return false;
      T[i * n + j] = a;
    }
  }
  tridiagonalise(T, d, e, n);
  if (!tridiagonalQL(d, e, T, n)) return false;
  sortEigen(d, T, w, V, n);
  return true;
}

/**
 * Reduces the symmetric matrix in the lower half of T, n x n, to tridiagonal form: diagonal in d, subdiagonal
 * in e[0..n-2]. T becomes Q', where A = Q * tridiagonal * Q'.
 */
export function tridiagonalise(T: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  const h = work(5, n);
  const p = work(6, n);
  for (let k = n - 1; k > 0; k--) {
    const row = k * n;
    let scale = 0;
    for (let j = 0; j < k - 1; j++) scale = Math.max(scale, Math.abs(T[row + j]!));
    d[k] = T[row + k]!;
    if (scale === 0) {
      e[k - 1] = T[row + k - 1]!;
      continue;
    }
    scale = Math.max(scale, Math.abs(T[row + k - 1]!));
    let norm = 0;
    for (let j = 0; j < k; j++) {
      const t = T[row + j]! / scale;
      T[row + j] = t;
      norm += t * t;
    }
    const f = T[row + k - 1]!;
    const g = f > 0 ? -Math.sqrt(norm) : Math.sqrt(norm);
    e[k - 1] = scale * g;
    const hk = norm - f * g;
    h[k] = hk;
    T[row + k - 1] = f - g;
    for (let j = 0; j < k; j++) p[j] = 0;
    for (let i = 0; i < k; i++) {
      const ri = i * n;
      const v = T[row + i]!;
      let s = T[ri + i]! * v;
      for (let j = 0; j < i; j++) {
        const t = T[ri + j]!;
        s += t * T[row + j]!;
        p[j] = p[j]! + t * v;
      }
      p[i] = p[i]! + s;
    }
    let vp = 0;
    for (let j = 0; j < k; j++) {
      const t = p[j]! / hk;
      p[j] = t;
      vp += t * T[row + j]!;
    }
    const half = vp / (hk + hk);
    for (let j = 0; j < k; j++) p[j] = p[j]! - half * T[row + j]!;
    for (let i = 0; i < k; i++) {
      const ri = i * n;
      const v = T[row + i]!;
      const q = p[i]!;
      for (let j = 0; j <= i; j++) T[ri + j] = T[ri + j]! - v * p[j]! - q * T[row + j]!;
    }
  }
  if (n > 0) d[0] = T[0]!;
  if (n > 0) e[n - 1] = 0;
  if (n > 0) T[0] = 1;
  for (let k = 1; k < n; k++) {
    const row = k * n;
    const hk = h[k]!;
    if (hk !== 0) {
      for (let j = 0; j < k; j++) {
        const r = j * n;
        let g = 0;
        for (let i = 0; i < k; i++) g += T[r + i]! * T[row + i]!;
        g /= hk;
        for (let i = 0; i < k; i++) T[r + i] = T[r + i]! - g * T[row + i]!;
      }
    }
    for (let j = 0; j < k; j++) {
      T[j * n + k] = 0;
      T[row + j] = 0;
    }
    T[row + k] = 1;
  }
}

/**
 * Diagonalises the symmetric tridiagonal matrix with diagonal d and subdiagonal e by implicit QL steps,
 * applying the rotations to the rows of T, n x n. d becomes the eigenvalues, unsorted. Returns false where it
 * does not converge.
 */
export function tridiagonalQL(d: Float64Array, e: Float64Array, T: Float64Array, n: number): boolean {
  const eps = 2.220446049250313e-16;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(d[i]!) + Math.abs(e[i]!));
  const tiny = largest * 1e-32;
  for (let l = 0; l < n; l++) {
    for (let step = 0; ; step++) {
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(e[m]!);
        if (size <= eps * (Math.abs(d[m]!) + Math.abs(d[m + 1]!)) || size <= tiny) break;
      }
      if (m === l) break;
      if (step === 60) return false;
      let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
      let r = Math.hypot(g, 1);
      g = d[m]! - d[l]! + e[l]! / (g + (g >= 0 ? r : -r));
      let s = 1;
      let c = 1;
      let p = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * e[i]!;
        const b = c * e[i]!;
        r = Math.sqrt(f * f + g * g);
        if (!(r > 1e-150 && r < 1e150)) r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] = d[i + 1]! - p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1]! - p;
        r = (d[i]! - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        const t0 = i * n, t1 = t0 + n;
        for (let k = 0; k < n; k++) {
          const x = T[t0 + k]!, y = T[t1 + k]!;
          T[t1 + k] = s * x + c * y;
          T[t0 + k] = c * x - s * y;
        }
      }
      if (r === 0 && i >= l) continue;
      d[l] = d[l]! - p;
      e[l] = g;
      e[m] = 0;
    }
  }
  return true;
}

/**
 * w = the entries of d ascending, V = the rows of T as columns in the same order, each with its largest
 * entry positive.
 */
export function sortEigen(
  d: Float64Array, T: Float64Array, w: Float64Array, V: Float64Array, n: number,
): void {
  const order = work(7, n);
  for (let i = 0; i < n; i++) {
    let j = i;
    for (; j > 0 && d[order[j - 1]!]! > d[i]!; j--) order[j] = order[j - 1]!;
    order[j] = i;
  }
  for (let j = 0; j < n; j++) {
    const row = order[j]! * n;
    w[j] = d[order[j]!]!;
    const sign = largestSign(T, row, n);
    for (let i = 0; i < n; i++) V[i * n + j] = sign * T[row + i]!;
  }
}

/**
 * The sign (1 or -1) of the entry of largest size among n from `start`; of entries equal within 1e-7, the
 * first.
 */
export function largestSign(x: Float64Array, start: number, n: number): number {
  let largest = 0;
  let sign = 1;
  for (let i = 0; i < n; i++) {
    const size = Math.abs(x[start + i]!);
    if (size > largest * 1.0000001) {
      largest = size;
      sign = x[start + i]! < 0 ? -1 : 1;
    }
  }
  return sign;
}
