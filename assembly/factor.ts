// Cholesky and LU factors by blocks of 16 columns; what is left after each block is a product.
import { gemm, pack } from './gemm';

const BLOCK: i32 = 16;

// @ts-ignore: decorator
@inline
function at(base: usize, index: i32): usize {
  return base + (<usize>index << 3);
}

function dot(x: usize, y: usize, k: i32): f64 {
  let s = f64x2.splat(0);
  let p: i32 = 0;
  for (; p + 1 < k; p += 2) s = v128.add<f64>(s, v128.mul<f64>(v128.load(at(x, p)), v128.load(at(y, p))));
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  if (p < k) sum += load<f64>(at(x, p)) * load<f64>(at(y, p));
  return sum;
}

/**
 * L*L' = A in place, of which the lower half is read; the upper becomes 0. Returns -1, or the column at which A is not positive
 * definite to working precision, or NaN. `work` holds 17*n doubles.
 */
export function cholesky(l: usize, n: i32, work: usize): i32 {
  const diagonal = at(work, 16 * n);
  const noise = <f64>n * 1.2e-16;
  for (let i = 0; i < n; i++) store<f64>(at(diagonal, i), load<f64>(at(l, i * (n + 1))));
  for (let j0: i32 = 0; j0 < n; j0 += BLOCK) {
    const j1 = min(j0 + BLOCK, n);
    if (j0 > 0) {
      pack(at(l, j0 * n), 1, n, j0, j1 - j0, work);
      gemm(n - j0, j1 - j0, j0, at(l, j0 * n), n, 1, work, at(l, j0 * n + j0), n, -1, true, -1);
    }
    for (let j = j0; j < j1; j++) {
      const row = at(l, j * n + j0);
      const s = load<f64>(at(row, j - j0)) - dot(row, row, j - j0);
      if (!(s > noise * load<f64>(at(diagonal, j))) || s == Infinity) return j;
      const d = sqrt(s);
      store<f64>(at(row, j - j0), d);
      for (let i = j + 1; i < n; i++) {
        const below = at(l, i * n + j0);
        store<f64>(at(below, j - j0), (load<f64>(at(below, j - j0)) - dot(below, row, j - j0)) / d);
      }
    }
  }
  for (let i = 0; i < n; i++) memory.fill(at(l, i * n + i + 1), 0, <usize>(n - i - 1) << 3);
  return -1;
}

/**
 * P*A = L*U in place by partial pivoting, L with a unit diagonal that is not stored; pivots[k] is the row exchanged with row k.
 * Returns -1, or the column at which A is singular to working precision, or NaN. `work` holds 18*n doubles.
 */
export function lu(a: usize, n: i32, pivots: usize, work: usize): i32 {
  const rowScale = at(work, 16 * n), colScale = at(rowScale, n);
  memory.fill(rowScale, 0, <usize>n << 4);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const size = abs(load<f64>(at(a, i * n + j)));
      if (size > load<f64>(at(rowScale, i))) store<f64>(at(rowScale, i), size);
      if (size > load<f64>(at(colScale, j))) store<f64>(at(colScale, j), size);
    }
  }
  const noise = <f64>n * 1.2e-16;
  for (let k0: i32 = 0; k0 < n; k0 += BLOCK) {
    const k1 = min(k0 + BLOCK, n);
    for (let k = k0; k < k1; k++) {
      let pivot = k;
      let largest = abs(load<f64>(at(a, k * n + k)));
      for (let i = k + 1; i < n; i++) {
        const size = abs(load<f64>(at(a, i * n + k)));
        if (size > largest) { largest = size; pivot = i; }
      }
      store<i32>(pivots + (<usize>k << 2), pivot);
      const scale = min(load<f64>(at(rowScale, pivot)), load<f64>(at(colScale, k)));
      if (!(largest > noise * scale) || largest == Infinity) return k;
      if (pivot != k) {
        for (let j = 0; j < n; j++) {
          const x = at(a, k * n + j), y = at(a, pivot * n + j);
          const t = load<f64>(x);
          store<f64>(x, load<f64>(y));
          store<f64>(y, t);
        }
        store<f64>(at(rowScale, pivot), load<f64>(at(rowScale, k)));
      }
      const row = at(a, k * n);
      const d = load<f64>(at(row, k));
      for (let i = k + 1; i < n; i++) {
        const r = at(a, i * n);
        const x = load<f64>(at(r, k)) / d;
        store<f64>(at(r, k), x);
        for (let j = k + 1; j < k1; j++) store<f64>(at(r, j), load<f64>(at(r, j)) - x * load<f64>(at(row, j)));
      }
    }
    if (k1 == n) break;
    for (let i = k0 + 1; i < k1; i++) {
      for (let p = k0; p < i; p++) {
        const x = load<f64>(at(a, i * n + p));
        for (let j = k1; j < n; j++) {
          const y = at(a, i * n + j);
          store<f64>(y, load<f64>(y) - x * load<f64>(at(a, p * n + j)));
        }
      }
    }
    pack(at(a, k0 * n + k1), n, 1, k1 - k0, n - k1, work);
    gemm(n - k1, n - k1, k1 - k0, at(a, k1 * n + k0), n, 1, work, at(a, k1 * n + k1), n, -1, true, -1);
  }
  return -1;
}
