// One matrix product for every form: A by row and column strides, B packed into panels of four columns, two and one at its right edge.
// Pointers are bytes, strides are counted in doubles.

import { at, tile1x2, tile1x4, tile4x2, tile5x2, tiles4x4, tiles5x4 } from './tiles';

/** How much of the inner dimension is worked through at a time: a panel of five rows, each entry twice, stays in the first-level cache. */
const DEPTH: i32 = 256;
/** Bytes at the very end of memory that hold such a panel; the callers leave them free. */
const PANEL: usize = 20480;
/** Fewer columns than this do not pay for a panel of A. */
const NARROW: i32 = 32;

/**
 * Packs B (k×n, entry (p, j) at b + p*brs + j*bcs) into panels for `gemm`: for every DEPTH rows the columns four by four, each
 * panel row by row.
 */
export function pack(b: usize, brs: i32, bcs: i32, k: i32, n: i32, to: usize): void {
  for (let p0: i32 = 0; p0 < k; p0 += DEPTH) {
    const p1 = min(p0 + DEPTH, k);
    let j: i32 = 0;
    for (; j + 3 < n; j += 4) {
      let from = at(b, p0 * brs + j * bcs);
      if (bcs == 1) {
        for (let p = p0; p < p1; p++) {
          v128.store(to, v128.load(from));
          v128.store(to, v128.load(from, 16), 16);
          to += 32;
          from = at(from, brs);
        }
      } else {
        const c = <usize>bcs << 3;
        for (let p = p0; p < p1; p++) {
          store<f64>(to, load<f64>(from));
          store<f64>(to, load<f64>(from + c), 8);
          store<f64>(to, load<f64>(from + 2 * c), 16);
          store<f64>(to, load<f64>(from + 3 * c), 24);
          to += 32;
          from = at(from, brs);
        }
      }
    }
    if (n & 2) {
      for (let p = p0; p < p1; p++) {
        const from = at(b, p * brs + j * bcs);
        store<f64>(to, load<f64>(from));
        store<f64>(to, load<f64>(at(from, bcs)), 8);
        to += 16;
      }
      j += 2;
    }
    if (n & 1) {
      for (let p = p0; p < p1; p++) {
        store<f64>(to, load<f64>(at(b, p * brs + j * bcs)));
        if (n >= NARROW) { store<f64>(to, 0, 8); to += 8; }
        to += 8;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function put(c: usize, x: v128, alpha: v128, add: bool): void {
  const y = v128.mul<f64>(alpha, x);
  v128.store(c, add ? v128.add<f64>(y, v128.load(c)) : y);
}

/** Rows i..m of a panel of four columns: four rows at a time, then one. */
function panel4(i: i32, m: i32, k: i32, a: usize, ars: i32, acs: i32, b: usize, c: usize, crs: i32, alpha: v128, add: bool): void {
  const step = <usize>acs << 3;
  b &= -16;
  const end = b + (<usize>k << 5);
  for (; i + 3 < m; i += 4) {
    let a0 = at(a, i * ars);
    let q = b;
    let c00 = f64x2.splat(0), c01 = f64x2.splat(0), c10 = f64x2.splat(0), c11 = f64x2.splat(0);
    let c20 = f64x2.splat(0), c21 = f64x2.splat(0), c30 = f64x2.splat(0), c31 = f64x2.splat(0);
    let a1 = at(a0, ars), a2 = at(a1, ars), a3 = at(a2, ars);
    while (q < end) {
      const b0 = v128.load(q), b1 = v128.load(q, 16);
      q += 32;
      let x = v128.load_splat<f64>(a0);
      c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0));
      c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
      x = v128.load_splat<f64>(a1);
      c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0));
      c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
      x = v128.load_splat<f64>(a2);
      c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0));
      c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
      x = v128.load_splat<f64>(a3);
      c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0));
      c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
      a0 += step; a1 += step; a2 += step; a3 += step;
    }
    let r = at(c, i * crs);
    put(r, c00, alpha, add); put(r + 16, c01, alpha, add);
    r = at(r, crs);
    put(r, c10, alpha, add); put(r + 16, c11, alpha, add);
    r = at(r, crs);
    put(r, c20, alpha, add); put(r + 16, c21, alpha, add);
    r = at(r, crs);
    put(r, c30, alpha, add); put(r + 16, c31, alpha, add);
  }
  for (; i < m; i++) {
    let a0 = at(a, i * ars);
    let c0 = f64x2.splat(0), c1 = f64x2.splat(0);
    for (let q = b; q < end; q += 32) {
      const x = v128.load_splat<f64>(a0);
      c0 = v128.add<f64>(c0, v128.mul<f64>(x, v128.load(q)));
      c1 = v128.add<f64>(c1, v128.mul<f64>(x, v128.load(q, 16)));
      a0 += step;
    }
    const r = at(c, i * crs);
    put(r, c0, alpha, add); put(r + 16, c1, alpha, add);
  }
}

/** Rows i..m of a panel of two columns: four rows at a time, then one. */
function panel2(i: i32, m: i32, k: i32, a: usize, ars: i32, acs: i32, b: usize, c: usize, crs: i32, alpha: v128, add: bool): void {
  const step = <usize>acs << 3;
  for (; i + 3 < m; i += 4) {
    let a0 = at(a, i * ars), a1 = at(a0, ars), a2 = at(a1, ars), a3 = at(a2, ars);
    let c0 = f64x2.splat(0), c1 = f64x2.splat(0), c2 = f64x2.splat(0), c3 = f64x2.splat(0);
    for (let p = 0; p < k; p++) {
      const y = v128.load(b + (<usize>p << 4));
      c0 = v128.add<f64>(c0, v128.mul<f64>(v128.load_splat<f64>(a0), y));
      c1 = v128.add<f64>(c1, v128.mul<f64>(v128.load_splat<f64>(a1), y));
      c2 = v128.add<f64>(c2, v128.mul<f64>(v128.load_splat<f64>(a2), y));
      c3 = v128.add<f64>(c3, v128.mul<f64>(v128.load_splat<f64>(a3), y));
      a0 += step; a1 += step; a2 += step; a3 += step;
    }
    let r = at(c, i * crs);
    put(r, c0, alpha, add);
    r = at(r, crs);
    put(r, c1, alpha, add);
    r = at(r, crs);
    put(r, c2, alpha, add);
    r = at(r, crs);
    put(r, c3, alpha, add);
  }
  for (; i < m; i++) {
    let a0 = at(a, i * ars);
    let c0 = f64x2.splat(0);
    for (let p = 0; p < k; p++) {
      c0 = v128.add<f64>(c0, v128.mul<f64>(v128.load_splat<f64>(a0), v128.load(b + (<usize>p << 4))));
      a0 += step;
    }
    put(at(c, i * crs), c0, alpha, add);
  }
}

/** Rows i..m of one column: four rows at a time, then one. */
function panel1(i: i32, m: i32, k: i32, a: usize, ars: i32, acs: i32, b: usize, c: usize, crs: i32, alpha: f64, add: bool): void {
  const step = <usize>acs << 3;
  for (; i + 3 < m; i += 4) {
    let a0 = at(a, i * ars), a1 = at(a0, ars), a2 = at(a1, ars), a3 = at(a2, ars);
    let s0: f64 = 0, s1: f64 = 0, s2: f64 = 0, s3: f64 = 0;
    for (let p = 0; p < k; p++) {
      const y = load<f64>(at(b, p));
      s0 += load<f64>(a0) * y; s1 += load<f64>(a1) * y; s2 += load<f64>(a2) * y; s3 += load<f64>(a3) * y;
      a0 += step; a1 += step; a2 += step; a3 += step;
    }
    let r = at(c, i * crs);
    store<f64>(r, add ? load<f64>(r) + alpha * s0 : alpha * s0);
    r = at(r, crs);
    store<f64>(r, add ? load<f64>(r) + alpha * s1 : alpha * s1);
    r = at(r, crs);
    store<f64>(r, add ? load<f64>(r) + alpha * s2 : alpha * s2);
    r = at(r, crs);
    store<f64>(r, add ? load<f64>(r) + alpha * s3 : alpha * s3);
  }
  for (; i < m; i++) {
    let a0 = at(a, i * ars);
    let s: f64 = 0;
    for (let p = 0; p < k; p++) { s += load<f64>(a0) * load<f64>(at(b, p)); a0 += step; }
    const r = at(c, i * crs);
    store<f64>(r, add ? load<f64>(r) + alpha * s : alpha * s);
  }
}

/** R rows of alpha*A, k deep, for the tiles: entry (i, p) twice at to + 16*(p*R + i). */
function panelOfA(r: i32, k: i32, a: usize, ars: i32, acs: i32, alpha: v128, to: usize): void {
  const step = <usize>acs << 3, row = <usize>ars << 3;
  to &= -16;
  const end = to + <usize>(k * r << 4);
  if (r == 1) {
    for (; to < end; to += 16) {
      v128.store(to, v128.mul<f64>(alpha, v128.load_splat<f64>(a)));
      a += step;
    }
    return;
  }
  let a1 = a + row, a2 = a1 + row, a3 = a2 + row;
  if (r == 4) {
    for (; to < end; to += 64) {
      v128.store(to, v128.mul<f64>(alpha, v128.load_splat<f64>(a)));
      v128.store(to, v128.mul<f64>(alpha, v128.load_splat<f64>(a1)), 16);
      v128.store(to, v128.mul<f64>(alpha, v128.load_splat<f64>(a2)), 32);
      v128.store(to, v128.mul<f64>(alpha, v128.load_splat<f64>(a3)), 48);
      a += step; a1 += step; a2 += step; a3 += step;
    }
    return;
  }
  let a4 = a3 + row;
  for (; to < end; to += 80) {
    v128.store(to, v128.mul<f64>(alpha, v128.load_splat<f64>(a)));
    v128.store(to, v128.mul<f64>(alpha, v128.load_splat<f64>(a1)), 16);
    v128.store(to, v128.mul<f64>(alpha, v128.load_splat<f64>(a2)), 32);
    v128.store(to, v128.mul<f64>(alpha, v128.load_splat<f64>(a3)), 48);
    v128.store(to, v128.mul<f64>(alpha, v128.load_splat<f64>(a4)), 64);
    a += step; a1 += step; a2 += step; a3 += step; a4 += step;
  }
}

/** Rows i.. of C, r of them (5, 4 or 1), from their panel and all panels of B up to `last` columns. */
function rows(r: i32, k: i32, panel: usize, n: i32, last: i32, b: usize, c: usize, crs: i32, add: bool): void {
  const count = min(n, last + 3) >> 2;
  let j = count << 2;
  if (r == 5) tiles5x4(count, k, panel, b, c, crs, add);
  else if (r == 4) tiles4x4(count, k, panel, b, c, crs, add);
  else for (let q: i32 = 0; q < count; q++) tile1x4(k, panel, b + (<usize>(q * k) << 5), at(c, q << 2), crs, add);
  b += <usize>(count * k) << 5;
  for (; j < n && j < last; j += 2) {
    const one = j + 1 == n;
    if (r == 5) tile5x2(k, panel, b, at(c, j), crs, add, one);
    else if (r == 4) tile4x2(k, panel, b, at(c, j), crs, add, one);
    else tile1x2(k, panel, b, at(c, j), crs, add, one);
    b += <usize>k << 4;
  }
}

/**
 * C = alpha*A*B, or C += alpha*A*B with `add`: A m×k by its strides, B k×n as `pack` left it, C with rows crs apart. Columns
 * beyond row + first of the tile's last row are left out where first >= 0 (`first` is row 0's place in a symmetric result).
 */
export function gemm(m: i32, n: i32, k: i32, a: usize, ars: i32, acs: i32, b: usize, c: usize, crs: i32, alpha: f64, add: bool, first: i32): void {
  const alphas = f64x2.splat(alpha);
  for (let p0: i32 = 0; p0 < k; p0 += DEPTH) {
    const depth = min(DEPTH, k - p0);
    const ap = at(a, p0 * acs);
    const more = add || p0 > 0;
    if (n < NARROW) {
      narrow(m, n, depth, ap, ars, acs, b, c, crs, alpha, more, first);
      b += <usize>(n * depth) << 3;
      continue;
    }
    const panel = (<usize>memory.size() << 16) - PANEL;
    // Fives, and as many fours as it takes to come out even; what is left of less than twelve rows goes one by one.
    let fours = (5 - m % 5) % 5;
    if (fours * 4 > m) fours = m % 5 == 4 ? 1 : 0;
    let i: i32 = 0;
    while (i < m) {
      const left = m - i;
      const r = fours > 0 && left == fours * 4 ? 4 : left >= 5 ? 5 : 1;
      if (r == 4) fours--;
      panelOfA(r, depth, at(ap, i * ars), ars, acs, alphas, panel);
      rows(r, depth, panel, n, first < 0 ? n : i + first + r, b, at(c, i * crs), crs, more);
      i += r;
    }
    b += <usize>((n + (n & 1)) * depth) << 3;
  }
}

/** The same for few columns, straight from A. */
function narrow(m: i32, n: i32, depth: i32, ap: usize, ars: i32, acs: i32, b: usize, c: usize, crs: i32, alpha: f64, more: bool, first: i32): void {
  const alphas = f64x2.splat(alpha);
  let j: i32 = 0;
  for (; j + 3 < n; j += 4) {
    panel4(firstRow(j, first), m, depth, ap, ars, acs, b, at(c, j), crs, alphas, more);
    b += <usize>depth << 5;
  }
  if (n & 2) {
    panel2(firstRow(j, first), m, depth, ap, ars, acs, b, at(c, j), crs, alphas, more);
    b += <usize>depth << 4;
    j += 2;
  }
  if (n & 1) panel1(firstRow(j, first), m, depth, ap, ars, acs, b, at(c, j), crs, alpha, more);
}

/** The first row of a column's panel that a symmetric result needs. */
function firstRow(j: i32, first: i32): i32 {
  return first < 0 ? 0 : max(0, j - first) & ~3;
}
