// The real Schur form of a general square matrix.
import { transpose } from './transpose';

/**
 * A = U * T * U' with U orthogonal and T upper quasi-triangular: 1 x 1 blocks, and 2 x 2 blocks with complex
 * eigenvalues, all n x n. Returns false where it does not converge (A contains NaN or Infinity).
 * Source: Francis 1961; Martin, Peters and Wilkinson 1970 (hqr).
 */
export function schur(A: Float64Array, T: Float64Array, U: Float64Array, n: number): boolean {
  for (let i = 0; i < n * n; i++) {
    const a = A[i]!;
    if (!(a - a === 0)) return false;
    T[i] = a;
  }
  const Ut = new Float64Array(n * n);
  for (let i = 0; i < n; i++) Ut[i * n + i] = 1;
  hessenberg(T, Ut, n);
  if (!francis(T, Ut, n)) return false;
  transpose(Ut, U, n, n);
  return true;
}

/**
 * A power of 4 of the size of the largest of the entries where that lies beyond 1e±60, else 1: in A / s no square
 * leaves the range of numbers, and what is homogeneous in A is scaled back exactly.
 */
export function sizeBeyond(A: Float64Array, length: number): number {
  let largest = 0;
  for (let i = 0; i < length; i++) largest = Math.max(largest, Math.abs(A[i]!));
  if (!(largest > 0 && largest < Infinity) || (largest > 1e-60 && largest < 1e60)) return 1;
  return Math.pow(2, 2 * Math.floor(Math.log2(largest) / 2));
}

/** A / s; A itself for s = 1. */
export function dividedBy(A: Float64Array, s: number, length: number): Float64Array {
  return s === 1 ? A : A.slice(0, length).map((x) => x / s);
}

/** Multiplies n entries of X by s. */
export function scaleBy(X: Float64Array, s: number, n: number): void {
  if (s !== 1) for (let i = 0; i < n; i++) X[i] = X[i]! * s;
}

/** Reduces H, n x n, to upper Hessenberg form by Householder reflections, applied to the rows of Ut too. */
export function hessenberg(H: Float64Array, Ut: Float64Array, n: number): void {
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) {
    let largest = 0;
    for (let i = k + 2; i < n; i++) largest = Math.max(largest, Math.abs(H[i * n + k]!));
    if (largest === 0) continue;
    largest = Math.max(largest, Math.abs(H[(k + 1) * n + k]!));
    let s = 0;
    for (let i = k + 1; i < n; i++) {
      const x = H[i * n + k]! / largest;
      v[i] = x;
      s += x * x;
    }
    const x0 = v[k + 1]!;
    const d = x0 > 0 ? -Math.sqrt(s) : Math.sqrt(s);
    const h = s - x0 * d;
    v[k + 1] = x0 - d;
    w.fill(0);
    for (let i = k + 1; i < n; i++) for (let j = k; j < n; j++) w[j] = w[j]! + v[i]! * H[i * n + j]!;
    for (let i = k + 1; i < n; i++) {
      const t = v[i]! / h;
      for (let j = k; j < n; j++) H[i * n + j] = H[i * n + j]! - t * w[j]!;
    }
    for (let i = 0; i < n; i++) {
      let t = 0;
      for (let j = k + 1; j < n; j++) t += H[i * n + j]! * v[j]!;
      t /= h;
      for (let j = k + 1; j < n; j++) H[i * n + j] = H[i * n + j]! - t * v[j]!;
    }
    w.fill(0);
    for (let i = k + 1; i < n; i++) for (let j = 0; j < n; j++) w[j] = w[j]! + v[i]! * Ut[i * n + j]!;
    for (let i = k + 1; i < n; i++) {
      const t = v[i]! / h;
      for (let j = 0; j < n; j++) Ut[i * n + j] = Ut[i * n + j]! - t * w[j]!;
    }
    H[(k + 1) * n + k] = d * largest;
    for (let i = k + 2; i < n; i++) H[i * n + k] = 0;
  }
}

/**
 * Turns the Hessenberg matrix H into quasi-triangular form by double QR steps, applied to the rows of Ut
 * too.
 */
export function francis(H: Float64Array, Ut: Float64Array, n: number): boolean {
  const eps = 2.220446049250313e-16;
  let norm = 0;
  for (let i = 0; i < n * n; i++) norm = Math.max(norm, Math.abs(H[i]!));
  let steps = 0;
  for (let hi = n - 1; hi > 0; ) {
    let lo = hi;
    for (; lo > 0; lo--) {
      let s = Math.abs(H[(lo - 1) * n + lo - 1]!) + Math.abs(H[lo * n + lo]!);
      if (s === 0) s = norm;
      if (Math.abs(H[lo * n + lo - 1]!) <= eps * s) {
        H[lo * n + lo - 1] = 0;
        break;
      }
    }
    if (lo === hi) {
      hi--;
      steps = 0;
      continue;
    }
    if (lo === hi - 1) {
      splitPair(H, Ut, lo, n);
      hi -= 2;
      steps = 0;
      continue;
    }
    if (steps++ === 100) return false;
    let x = H[hi * n + hi]!;
    let y = H[(hi - 1) * n + hi - 1]!;
    let w = H[hi * n + hi - 1]! * H[(hi - 1) * n + hi]!;
    if (steps % 10 === 0) {
      const s = Math.abs(H[hi * n + hi - 1]!) + Math.abs(H[(hi - 1) * n + hi - 2]!);
      x = H[hi * n + hi]! + 0.75 * s;
      y = x;
      w = -0.4375 * s * s;
    }
    let p = 0, q = 0, r = 0;
    let m = hi - 2;
    for (; ; m--) {
      const z = H[m * n + m]!;
      r = x - z;
      const s = y - z;
      p = (r * s - w) / H[(m + 1) * n + m]! + H[m * n + m + 1]!;
      q = H[(m + 1) * n + m + 1]! - z - r - s;
      r = H[(m + 2) * n + m + 1]!;
      const t = Math.abs(p) + Math.abs(q) + Math.abs(r);
      p /= t;
      q /= t;
      r /= t;
      if (m === lo) break;
      const left = Math.abs(H[m * n + m - 1]!) * (Math.abs(q) + Math.abs(r));
      const right = Math.abs(H[(m - 1) * n + m - 1]!) + Math.abs(z) + Math.abs(H[(m + 1) * n + m + 1]!);
      if (left <= eps * Math.abs(p) * right) break;
    }
    for (let i = m + 2; i <= hi; i++) {
      H[i * n + i - 2] = 0;
      if (i > m + 2) H[i * n + i - 3] = 0;
    }
    for (let k = m; k < hi; k++) {
      const three = k < hi - 1;
      let scale = 1;
      if (k > m) {
        p = H[k * n + k - 1]!;
        q = H[(k + 1) * n + k - 1]!;
        r = three ? H[(k + 2) * n + k - 1]! : 0;
        scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
        if (scale === 0) continue;
        p /= scale;
        q /= scale;
        r /= scale;
      }
      const size = Math.sqrt(p * p + q * q + r * r);
      const d = p < 0 ? -size : size;
      if (d === 0) continue;
      if (k > m) H[k * n + k - 1] = -d * scale;
      else if (lo !== m) H[k * n + k - 1] = -H[k * n + k - 1]!;
      if (k > m) {
        H[(k + 1) * n + k - 1] = 0;
        if (three) H[(k + 2) * n + k - 1] = 0;
      }
      p += d;
      const a = p / d, b = q / d, c = r / d;
      q /= p;
      r /= p;
      const r0 = k * n, r1 = r0 + n, r2 = three ? r1 + n : r1;
      const far = three ? 1 : 0;
      for (let j = k; j < n; j++) {
        const t = H[r0 + j]! + q * H[r1 + j]! + far * r * H[r2 + j]!;
        H[r0 + j] = H[r0 + j]! - t * a;
        H[r1 + j] = H[r1 + j]! - t * b;
        if (three) H[r2 + j] = H[r2 + j]! - t * c;
      }
      const last = Math.min(hi, k + 3);
      for (let i = 0; i <= last; i++) {
        const at = i * n + k;
        const t = a * H[at]! + b * H[at + 1]! + (three ? c * H[at + 2]! : 0);
        H[at] = H[at]! - t;
        H[at + 1] = H[at + 1]! - t * q;
        if (three) H[at + 2] = H[at + 2]! - t * r;
      }
      for (let j = 0; j < n; j++) {
        const t = a * Ut[r0 + j]! + b * Ut[r1 + j]! + far * c * Ut[r2 + j]!;
        Ut[r0 + j] = Ut[r0 + j]! - t;
        Ut[r1 + j] = Ut[r1 + j]! - t * q;
        if (three) Ut[r2 + j] = Ut[r2 + j]! - t * r;
      }
    }
  }
  return true;
}

/** Rotates the 2 x 2 diagonal block at i into triangular form where its eigenvalues are real. */
export function splitPair(H: Float64Array, Ut: Float64Array, i: number, n: number): void {
  const r0 = i * n, r1 = r0 + n;
  const a = H[r0 + i]!, b = H[r0 + i + 1]!, c = H[r1 + i]!, d = H[r1 + i + 1]!;
  const p = (a - d) / 2;
  const disc = p * p + b * c;
  if (c === 0 || disc < 0) return;
  const root = Math.sqrt(disc);
  const z = p >= 0 ? p + root : p - root;
  const size = Math.hypot(c, z);
  const s = c / size, t = z / size;
  for (let j = i; j < n; j++) {
    const x = H[r0 + j]!, y = H[r1 + j]!;
    H[r0 + j] = t * x + s * y;
    H[r1 + j] = t * y - s * x;
  }
  for (let k = 0; k <= i + 1; k++) {
    const at = k * n + i;
    const x = H[at]!, y = H[at + 1]!;
    H[at] = t * x + s * y;
    H[at + 1] = t * y - s * x;
  }
  for (let j = 0; j < n; j++) {
    const x = Ut[r0 + j]!, y = Ut[r1 + j]!;
    Ut[r0 + j] = t * x + s * y;
    Ut[r1 + j] = t * y - s * x;
  }
  H[r1 + i] = 0;
}
