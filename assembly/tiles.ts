// Tiles of C = A*B or C += A*B: rows of A in a panel whose entries stand twice (a load then does what a splat would take two instructions
// for), two or four columns of B in a panel. Five rows by four columns are what fits into V8's fifteen vector registers (a factor alpha is
// in the panel, for it would be a sixteenth). Panels begin at multiples of 16 bytes; saying so (`& -16`) tells V8 that pointers have no
// upper half, which it would clear at every turn else.
//
// Four steps of k stand behind each other, rows from the last to the first. Between them are branches that are never taken (`end` is an
// address, not 0 to 3): TurboFan (V8 11, Node 20) orders what has no effects by its uses alone, backwards, and would keep the
// operands of all four steps alive, and spill. A merge of sums ends a step for it, the store does so for its loads, and that both sums of
// a row meet in one difference puts a row's two products before its two sums, which keeps a core with four vector units fed (bench/README.md).

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

/** `count` tiles of five rows, beside each other. */
export function tiles5x4(count: i32, k: i32, panel: usize, b: usize, c: usize, crs: i32, add: bool): void {
  panel &= -16; b &= -16;
  for (; count > 0; count--, c += 32) {
    let a = panel;
    const end = b + (<usize>k << 5), fours = b + (<usize>(k & 3) << 5);
    let r = c;
    let c00 = start(r, add), c01 = start(r + 16, add); r = at(r, crs);
    let c10 = start(r, add), c11 = start(r + 16, add); r = at(r, crs);
    let c20 = start(r, add), c21 = start(r + 16, add); r = at(r, crs);
    let c30 = start(r, add), c31 = start(r + 16, add); r = at(r, crs);
    let c40 = start(r, add), c41 = start(r + 16, add);
    let x: v128, b0: v128, b1: v128;
    while (b < fours) {
      b0 = v128.load(b); b1 = v128.load(b, 16);
      x = v128.load(a, 64); c40 = v128.add<f64>(c40, v128.mul<f64>(x, b0)); c41 = v128.add<f64>(c41, v128.mul<f64>(x, b1));
      x = v128.load(a, 48); c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0)); c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
      x = v128.load(a, 32); c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0)); c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
      x = v128.load(a, 16); c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0)); c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
      x = v128.load(a); c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0)); c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
      a += 80;
      b += 32;
    }
    while (b < end) {
      b0 = v128.load(b); b1 = v128.load(b, 16);
      x = v128.load(a, 64); c40 = v128.add<f64>(c40, v128.mul<f64>(x, b0)); c41 = v128.add<f64>(c41, v128.mul<f64>(x, b1));
      x = v128.load(a, 48); c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0)); c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
      x = v128.load(a, 32); c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0)); c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
      x = v128.load(a, 16); c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0)); c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
      x = v128.load(a); c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0)); c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
      if (end == 0) { store<i32>(b, 0); c00 = c01 = v128.sub<f64>(c00, c01); c10 = c11 = v128.sub<f64>(c10, c11); c20 = c21 = v128.sub<f64>(c20, c21); c30 = c31 = v128.sub<f64>(c30, c31); c40 = c41 = v128.sub<f64>(c40, c41); }
      b0 = v128.load(b, 32); b1 = v128.load(b, 48);
      x = v128.load(a, 144); c40 = v128.add<f64>(c40, v128.mul<f64>(x, b0)); c41 = v128.add<f64>(c41, v128.mul<f64>(x, b1));
      x = v128.load(a, 128); c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0)); c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
      x = v128.load(a, 112); c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0)); c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
      x = v128.load(a, 96); c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0)); c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
      x = v128.load(a, 80); c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0)); c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
      if (end == 1) { store<i32>(b, 1); c00 = c01 = v128.sub<f64>(c00, c01); c10 = c11 = v128.sub<f64>(c10, c11); c20 = c21 = v128.sub<f64>(c20, c21); c30 = c31 = v128.sub<f64>(c30, c31); c40 = c41 = v128.sub<f64>(c40, c41); }
      b0 = v128.load(b, 64); b1 = v128.load(b, 80);
      x = v128.load(a, 224); c40 = v128.add<f64>(c40, v128.mul<f64>(x, b0)); c41 = v128.add<f64>(c41, v128.mul<f64>(x, b1));
      x = v128.load(a, 208); c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0)); c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
      x = v128.load(a, 192); c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0)); c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
      x = v128.load(a, 176); c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0)); c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
      x = v128.load(a, 160); c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0)); c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
      if (end == 2) { store<i32>(b, 2); c00 = c01 = v128.sub<f64>(c00, c01); c10 = c11 = v128.sub<f64>(c10, c11); c20 = c21 = v128.sub<f64>(c20, c21); c30 = c31 = v128.sub<f64>(c30, c31); c40 = c41 = v128.sub<f64>(c40, c41); }
      b0 = v128.load(b, 96); b1 = v128.load(b, 112);
      x = v128.load(a, 304); c40 = v128.add<f64>(c40, v128.mul<f64>(x, b0)); c41 = v128.add<f64>(c41, v128.mul<f64>(x, b1));
      x = v128.load(a, 288); c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0)); c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
      x = v128.load(a, 272); c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0)); c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
      x = v128.load(a, 256); c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0)); c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
      x = v128.load(a, 240); c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0)); c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
      a += 320;
      b += 128;
      if (b < end) continue;
      if (end != 3) break;
      store<i32>(b, 3); c00 = c01 = v128.sub<f64>(c00, c01); c10 = c11 = v128.sub<f64>(c10, c11); c20 = c21 = v128.sub<f64>(c20, c21); c30 = c31 = v128.sub<f64>(c30, c31); c40 = c41 = v128.sub<f64>(c40, c41);
    }
    r = c;
    v128.store(r, c00); v128.store(r, c01, 16); r = at(r, crs);
    v128.store(r, c10); v128.store(r, c11, 16); r = at(r, crs);
    v128.store(r, c20); v128.store(r, c21, 16); r = at(r, crs);
    v128.store(r, c30); v128.store(r, c31, 16); r = at(r, crs);
    v128.store(r, c40); v128.store(r, c41, 16);
  }
}

/** The same with four rows. */
export function tiles4x4(count: i32, k: i32, panel: usize, b: usize, c: usize, crs: i32, add: bool): void {
  panel &= -16; b &= -16;
  for (; count > 0; count--, c += 32) {
    let a = panel;
    const end = b + (<usize>k << 5), fours = b + (<usize>(k & 3) << 5);
    let r = c;
    let c00 = start(r, add), c01 = start(r + 16, add); r = at(r, crs);
    let c10 = start(r, add), c11 = start(r + 16, add); r = at(r, crs);
    let c20 = start(r, add), c21 = start(r + 16, add); r = at(r, crs);
    let c30 = start(r, add), c31 = start(r + 16, add);
    let x: v128, b0: v128, b1: v128;
    while (b < fours) {
      b0 = v128.load(b); b1 = v128.load(b, 16);
      x = v128.load(a, 48); c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0)); c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
      x = v128.load(a, 32); c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0)); c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
      x = v128.load(a, 16); c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0)); c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
      x = v128.load(a); c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0)); c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
      a += 64;
      b += 32;
    }
    while (b < end) {
      b0 = v128.load(b); b1 = v128.load(b, 16);
      x = v128.load(a, 48); c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0)); c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
      x = v128.load(a, 32); c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0)); c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
      x = v128.load(a, 16); c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0)); c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
      x = v128.load(a); c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0)); c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
      if (end == 0) { store<i32>(b, 0); c00 = c01 = v128.sub<f64>(c00, c01); c10 = c11 = v128.sub<f64>(c10, c11); c20 = c21 = v128.sub<f64>(c20, c21); c30 = c31 = v128.sub<f64>(c30, c31); }
      b0 = v128.load(b, 32); b1 = v128.load(b, 48);
      x = v128.load(a, 112); c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0)); c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
      x = v128.load(a, 96); c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0)); c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
      x = v128.load(a, 80); c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0)); c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
      x = v128.load(a, 64); c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0)); c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
      if (end == 1) { store<i32>(b, 1); c00 = c01 = v128.sub<f64>(c00, c01); c10 = c11 = v128.sub<f64>(c10, c11); c20 = c21 = v128.sub<f64>(c20, c21); c30 = c31 = v128.sub<f64>(c30, c31); }
      b0 = v128.load(b, 64); b1 = v128.load(b, 80);
      x = v128.load(a, 176); c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0)); c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
      x = v128.load(a, 160); c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0)); c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
      x = v128.load(a, 144); c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0)); c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
      x = v128.load(a, 128); c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0)); c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
      if (end == 2) { store<i32>(b, 2); c00 = c01 = v128.sub<f64>(c00, c01); c10 = c11 = v128.sub<f64>(c10, c11); c20 = c21 = v128.sub<f64>(c20, c21); c30 = c31 = v128.sub<f64>(c30, c31); }
      b0 = v128.load(b, 96); b1 = v128.load(b, 112);
      x = v128.load(a, 240); c30 = v128.add<f64>(c30, v128.mul<f64>(x, b0)); c31 = v128.add<f64>(c31, v128.mul<f64>(x, b1));
      x = v128.load(a, 224); c20 = v128.add<f64>(c20, v128.mul<f64>(x, b0)); c21 = v128.add<f64>(c21, v128.mul<f64>(x, b1));
      x = v128.load(a, 208); c10 = v128.add<f64>(c10, v128.mul<f64>(x, b0)); c11 = v128.add<f64>(c11, v128.mul<f64>(x, b1));
      x = v128.load(a, 192); c00 = v128.add<f64>(c00, v128.mul<f64>(x, b0)); c01 = v128.add<f64>(c01, v128.mul<f64>(x, b1));
      a += 256;
      b += 128;
      if (b < end) continue;
      if (end != 3) break;
      store<i32>(b, 3); c00 = c01 = v128.sub<f64>(c00, c01); c10 = c11 = v128.sub<f64>(c10, c11); c20 = c21 = v128.sub<f64>(c20, c21); c30 = c31 = v128.sub<f64>(c30, c31);
    }
    r = c;
    v128.store(r, c00); v128.store(r, c01, 16); r = at(r, crs);
    v128.store(r, c10); v128.store(r, c11, 16); r = at(r, crs);
    v128.store(r, c20); v128.store(r, c21, 16); r = at(r, crs);
    v128.store(r, c30); v128.store(r, c31, 16);
  }
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
