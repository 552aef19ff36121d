// What one core can do at all: chains of multiplications and additions that nothing else slows down, in scalar JavaScript and in WebAssembly's f64x2.

/** Flops a call of the scalar loop: six chains of multiplications beside six of additions. */
export function scalarPeak(turns) {
  let a0 = 1, a1 = 2, a2 = 3, a3 = 4, a4 = 5, a5 = 6, b0 = 1, b1 = 2, b2 = 3, b3 = 4, b4 = 5, b5 = 6;
  const c = 0.9999999999, d = 1e-9;
  for (let i = 0; i < turns; i++) {
    a0 *= c; a1 *= c; a2 *= c; a3 *= c; a4 *= c; a5 *= c;
    b0 += d; b1 += d; b2 += d; b3 += d; b4 += d; b5 += d;
  }
  return a0 + a1 + a2 + a3 + a4 + a5 + b0 + b1 + b2 + b3 + b4 + b5;
}
export const SCALAR_FLOPS = 12;

/** A module of one function (turns: i32) -> f64, six chains of f64x2.mul beside six of f64x2.add; written out, for it is forty instructions. */
export function vectorPeak() {
  const leb = (n) => { const out = []; do { let b = n & 127; n >>>= 7; if (n) b |= 128; out.push(b); } while (n); return out; };
  const section = (id, body) => [id, ...leb(body.length), ...body];
  const f64 = (x) => [...new Uint8Array(new Float64Array([x]).buffer)];
  const constant = (x) => [0xfd, 12, ...f64(x), ...f64(x)];
  const get = (k) => [0x20, k], set = (k) => [0x21, k];
  const simd = (op) => [0xfd, ...leb(op)];
  const ADD = 0xf0, MUL = 0xf2, EXTRACT = 0x21;
  // Locals 1–6 are multiplied by 13, 7–12 grow by 14.
  const body = [
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].flatMap((k) => [...constant(k), ...set(k)]),
    ...constant(0.9999999999), ...set(13), ...constant(1e-9), ...set(14),
    0x03, 0x40,
    ...[1, 2, 3, 4, 5, 6].flatMap((k) => [...get(k), ...get(13), ...simd(MUL), ...set(k), ...get(k + 6), ...get(14), ...simd(ADD), ...set(k + 6)]),
    0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b,
    ...get(1),
    ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].flatMap((k) => [...get(k), ...simd(ADD)]),
    ...simd(EXTRACT), 0, 0x0b,
  ];
  const code = [1, 14, 0x7b, ...body];
  const bytes = new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [1, 0x60, 1, 0x7f, 1, 0x7c]), ...section(3, [1, 0]), ...section(7, [1, 1, 0x70, 0, 0]),
    ...section(10, [1, ...leb(code.length), ...code]),
  ]);
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.p;
}
export const VECTOR_FLOPS = 24;
