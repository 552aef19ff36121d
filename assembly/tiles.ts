// Tiles of C = A*B or C += A*B: rows of A in a panel whose entries stand twice (a load then does what a splat would take two instructions
// for), two or four columns of B in a panel. Five rows by four columns are what fits into V8's fifteen vector registers (a factor alpha is in the panel, for it would be a sixteenth). Panels begin at
// multiples of 16 bytes; saying so (`& -16`) tells V8 that pointers have no upper half, which it would clear at every turn else.

// @ts-ignore: decorator
@inline
export function at(base: usize, index: i32): usize {
  return base + (<usize>index << 3);
}

// @ts-ignore: decorator
@inline
function start(c: usize, add: bool): v128 {
  return add ? v128.load(c) : f64x2.splat(0);
}

/** Of a panel of two columns, of which the second may be no more than padding. */
// @ts-ignore: decorator
@inline
function storePair(c: usize, x: v128, add: bool, one: bool): void {
  if (one) {
    const y = f64x2.extract_lane(x, 0);
    store<f64>(c, add ? y + load<f64>(c) : y);
  } else v128.store(c, x);
}

export function tile5x4(k: i32, a: usize, b: usize, c: usize, crs: i32, add: bool): void {
  a &= -16; b &= -16;
  const end = b + (<usize>k << 5);
  const r0 = c, r1 = at(r0, crs), r2 = at(r1, crs), r3 = at(r2, crs), r4 = at(r3, crs);
  let c00 = start(r0, add), c01 = start(r0 + 16, add);
  let c10 = start(r1, add), c11 = start(r1 + 16, add);
  let c20 = start(r2, add), c21 = start(r2 + 16, add);
  let c30 = start(r3, add), c31 = start(r3 + 16, add);
  let c40 = start(r4, add), c41 = start(r4 + 16, add);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load(a);
    c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0));
    c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
    x = v128.load(a, 16);
    c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0));
    c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
    x = v128.load(a, 32);
    c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0));
    c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
    x = v128.load(a, 48);
    c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0));
    c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
    x = v128.load(a, 64);
    c40 = v128.add<f64>(c40, v128.mul<f64>(x, b0));
    c41 = v128.add<f64>(c41, v128.mul<f64>(x, b1));
    a += 80;
    b += 32;
  }
  v128.store(r0, c00); v128.store(r0, c01, 16);
  v128.store(r1, c10); v128.store(r1, c11, 16);
  v128.store(r2, c20); v128.store(r2, c21, 16);
  v128.store(r3, c30); v128.store(r3, c31, 16);
  v128.store(r4, c40); v128.store(r4, c41, 16);
}

export function tile4x4(k: i32, a: usize, b: usize, c: usize, crs: i32, add: bool): void {
  a &= -16; b &= -16;
  const end = b + (<usize>k << 5);
  const r0 = c, r1 = at(r0, crs), r2 = at(r1, crs), r3 = at(r2, crs);
  let c00 = start(r0, add), c01 = start(r0 + 16, add);
  let c10 = start(r1, add), c11 = start(r1 + 16, add);
  let c20 = start(r2, add), c21 = start(r2 + 16, add);
  let c30 = start(r3, add), c31 = start(r3 + 16, add);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load(a);
    c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0));
    c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
    x = v128.load(a, 16);
    c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0));
    c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
    x = v128.load(a, 32);
    c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0));
    c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
    x = v128.load(a, 48);
    c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0));
    c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
    a += 64;
    b += 32;
  }
  v128.store(r0, c00); v128.store(r0, c01, 16);
  v128.store(r1, c10); v128.store(r1, c11, 16);
  v128.store(r2, c20); v128.store(r2, c21, 16);
  v128.store(r3, c30); v128.store(r3, c31, 16);
}

export function tile1x4(k: i32, a: usize, b: usize, c: usize, crs: i32, add: bool): void {
  a &= -16; b &= -16;
  const end = b + (<usize>k << 5);
  const r0 = c;
  let c00 = start(r0, add), c01 = start(r0 + 16, add);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const x = v128.load(a);
    c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0));
    c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
    a += 16;
    b += 32;
  }
  v128.store(r0, c00); v128.store(r0, c01, 16);
}

export function tile5x2(k: i32, a: usize, b: usize, c: usize, crs: i32, add: bool, one: bool): void {
  a &= -16; b &= -16;
  const end = b + (<usize>k << 4);
  const r0 = c, r1 = at(r0, crs), r2 = at(r1, crs), r3 = at(r2, crs), r4 = at(r3, crs);
  let c0 = start(r0, add && !one);
  let c1 = start(r1, add && !one);
  let c2 = start(r2, add && !one);
  let c3 = start(r3, add && !one);
  let c4 = start(r4, add && !one);
  while (b < end) {
    const b0 = v128.load(b);
    let x = v128.load(a);
    c0 = v128.add<f64>(c0, v128.mul<f64>(x, b0));
    x = v128.load(a, 16);
    c1 = v128.add<f64>(c1, v128.mul<f64>(x, b0));
    x = v128.load(a, 32);
    c2 = v128.add<f64>(c2, v128.mul<f64>(x, b0));
    x = v128.load(a, 48);
    c3 = v128.add<f64>(c3, v128.mul<f64>(x, b0));
    x = v128.load(a, 64);
    c4 = v128.add<f64>(c4, v128.mul<f64>(x, b0));
    a += 80;
    b += 16;
  }
  storePair(r0, c0, add, one);
  storePair(r1, c1, add, one);
  storePair(r2, c2, add, one);
  storePair(r3, c3, add, one);
  storePair(r4, c4, add, one);
}

export function tile4x2(k: i32, a: usize, b: usize, c: usize, crs: i32, add: bool, one: bool): void {
  a &= -16; b &= -16;
  const end = b + (<usize>k << 4);
  const r0 = c, r1 = at(r0, crs), r2 = at(r1, crs), r3 = at(r2, crs);
  let c0 = start(r0, add && !one);
  let c1 = start(r1, add && !one);
  let c2 = start(r2, add && !one);
  let c3 = start(r3, add && !one);
  while (b < end) {
    const b0 = v128.load(b);
    let x = v128.load(a);
    c0 = v128.add<f64>(c0, v128.mul<f64>(x, b0));
    x = v128.load(a, 16);
    c1 = v128.add<f64>(c1, v128.mul<f64>(x, b0));
    x = v128.load(a, 32);
    c2 = v128.add<f64>(c2, v128.mul<f64>(x, b0));
    x = v128.load(a, 48);
    c3 = v128.add<f64>(c3, v128.mul<f64>(x, b0));
    a += 64;
    b += 16;
  }
  storePair(r0, c0, add, one);
  storePair(r1, c1, add, one);
  storePair(r2, c2, add, one);
  storePair(r3, c3, add, one);
}

export function tile1x2(k: i32, a: usize, b: usize, c: usize, crs: i32, add: bool, one: bool): void {
  a &= -16; b &= -16;
  const end = b + (<usize>k << 4);
  const r0 = c;
  let c0 = start(r0, add && !one);
  while (b < end) {
    const b0 = v128.load(b);
    const x = v128.load(a);
    c0 = v128.add<f64>(c0, v128.mul<f64>(x, b0));
    a += 16;
    b += 16;
  }
  storePair(r0, c0, add, one);
}
