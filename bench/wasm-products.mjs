// Products of `typescript-wasm` beside the f64x2 peak of the same core at the same moment: each sample stands between two of the peak, and
// counts only where both were within 5 % of the best (a neighbour on the machine slows all of them, and not alike).
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { random } from './draw.mjs';
import { vectorPeak, VECTOR_FLOPS } from './peak.mjs';

const small = process.argv.includes('--small');
const SIZES = small ? [16] : [16, 50, 64, 100, 128, 256];
const SECONDS = small ? 0.05 : 6;
const TURNS = 12_000;

/** The module as it stands in generated files. */
function kernels() {
  const table = readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), '../core/codegen/targets/wasm-modules.ts'), 'utf8');
  const base64 = [.../products: \[\n([\s\S]*?)\n {2}\]/.exec(table)[1].matchAll(/'([^']*)'/g)].map((m) => m[1]).join('');
  return new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(base64, 'base64'))).exports;
}

const peak = vectorPeak();
const clock = (work) => { const from = process.hrtime.bigint(); work(); return Number(process.hrtime.bigint() - from); };
const peakNow = () => (VECTOR_FLOPS * TURNS) / clock(() => peak(TURNS));

/** The times of one size: GFLOP/s, and the lower of the peaks around it. */
function samples(n) {
  const wasm = kernels();
  const A = 16 * Math.ceil((n * n + n) / 2), B = A + 8 * n * n + 64, C = B + 8 * n * n + 64;
  wasm.memory.grow(Math.ceil((C + 8 * n * n + 65_536) / 65_536));
  // Pages that were never written are all one page, which the caches do not like.
  const r = random(n);
  new Float64Array(wasm.memory.buffer).set(r.array(wasm.memory.buffer.byteLength / 8));
  const product = () => { wasm.pack(B, n, 1, n, n, 0); wasm.gemm(n, n, n, A, n, 1, 0, C, n, 1, false, -1); };
  const flops = 2 * n ** 3, count = Math.max(1, Math.round(6e6 / flops));
  const repeat = () => { for (let i = 0; i < count; i++) product(); };
  for (let i = 0; i < (small ? 2 : 200); i++) repeat();
  const list = [];
  for (const end = Date.now() + 1000 * SECONDS; Date.now() < end;) {
    const before = peakNow(), time = clock(repeat), after = peakNow();
    list.push([(flops * count) / time, Math.min(before, after), Math.max(before, after)]);
  }
  return list;
}

peakNow();
for (const n of SIZES) {
  const list = samples(n), best = Math.max(...list.map((s) => s[2]));
  const kept = list.filter((s) => s[1] > 0.95 * best).map((s) => s[0]).sort((a, b) => a - b);
  const at = (q) => kept.length ? `${((100 * kept[Math.floor(q * (kept.length - 1))]) / best).toFixed(1)} %` : 'no quiet sample';
  console.log(`product, n = ${n}: ${at(0.5)} of ${best.toFixed(1)} GFLOP/s (quartiles ${at(0.25)}, ${at(0.75)}; ${kept.length} of ${list.length} samples)`);
}
