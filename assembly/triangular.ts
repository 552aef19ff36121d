// Triangular solves with many right sides, in place, by blocks: small solves row by row, the rest products.
import { gemm, pack } from './gemm';

const BLOCK: i32 = 32;

// @ts-ignore: decorator
@inline
function at(base: usize, index: i32): usize {
  return base + (<usize>index << 3);
}

/** y -= x * r for rows of q doubles. */
function subtract(y: usize, r: usize, x: f64, q: i32): void {
  const xs = f64x2.splat(x);
  let j: i32 = 0;
  for (; j + 1 < q; j += 2) {
    v128.store(at(y, j), v128.sub<f64>(v128.load(at(y, j)), v128.mul<f64>(xs, v128.load(at(r, j)))));
  }
  if (j < q) store<f64>(at(y, j), load<f64>(at(y, j)) - x * load<f64>(at(r, j)));
}

function divide(y: usize, d: f64, q: i32): void {
  for (let j = 0; j < q; j++) store<f64>(at(y, j), load<f64>(at(y, j)) / d);
}

/**
 * Solves T*X = B in place: T n×n lower triangular by its strides (the diagonal taken as ones with `unit`), B n×q; `work` holds
 * 32*(q + 1) doubles.
 */
export function forward(t: usize, trs: i32, tcs: i32, b: usize, n: i32, q: i32, unit: bool, work: usize): void {
  for (let i0: i32 = 0; i0 < n; i0 += BLOCK) {
    const i1 = min(i0 + BLOCK, n);
    for (let i = i0; i < i1; i++) {
      const row = at(b, i * q);
      for (let p = i0; p < i; p++) subtract(row, at(b, p * q), load<f64>(at(t, i * trs + p * tcs)), q);
      if (!unit) divide(row, load<f64>(at(t, i * (trs + tcs))), q);
    }
    if (i1 < n) {
      pack(at(b, i0 * q), q, 1, i1 - i0, q, work);
      gemm(n - i1, q, i1 - i0, at(t, i1 * trs + i0 * tcs), trs, tcs, work, at(b, i1 * q), q, -1, true, -1);
    }
  }
}

/** The same for an upper triangular T, from the last row up. */
export function backward(t: usize, trs: i32, tcs: i32, b: usize, n: i32, q: i32, unit: bool, work: usize): void {
  for (let i1 = n; i1 > 0; i1 -= BLOCK) {
    const i0 = max(i1 - BLOCK, 0);
    for (let i = i1 - 1; i >= i0; i--) {
      const row = at(b, i * q);
      for (let p = i + 1; p < i1; p++) subtract(row, at(b, p * q), load<f64>(at(t, i * trs + p * tcs)), q);
      if (!unit) divide(row, load<f64>(at(t, i * (trs + tcs))), q);
    }
    if (i0 > 0) {
      pack(at(b, i0 * q), q, 1, i1 - i0, q, work);
      gemm(i0, q, i1 - i0, at(t, i0 * tcs), trs, tcs, work, b, q, -1, true, -1);
    }
  }
}
