/** The private code of the WASM target: kernels of the same names as the plain ones, which hand blocks of rows to the module. */
import { kernelSources } from '../../numeric/kernel-sources';
import type { PrivateSource } from '../preamble';
import { WASM_MODULES, type WasmGroup } from './wasm-modules';

const FORMS = [['', 0], ['TN', 1], ['NT', 2]] as const;

/** `multiplyTNSymAdd` and the eleven others, each one call of `product`. */
const products: Record<string, PrivateSource> = {};
for (const [form, turned] of FORMS) {
  for (const symmetric of [false, true]) {
    for (const add of [false, true]) {
      const name = `multiply${form}${symmetric ? 'Sym' : ''}${add ? 'Add' : ''}`;
      const [a, b] = [turned === 1 ? "A' " : 'A ', turned === 2 ? "B'" : 'B'];
      const formula = `${add ? 'alpha * ' : ''}${a}* ${b}${add ? ' + beta * D' : ''}`;
      products[name] = {
        uses: ['product'],
        text: `/** C = ${formula}${symmetric ? ', known to be symmetric' : ''}. */
function ${name}(
  A: Float64Array, B: Float64Array, C: Float64Array, ${symmetric ? '' : 'm: number, '}${symmetric ? 'n: number, k: number' : 'k: number, n: number'}${add ? ',\n  alpha: number, beta: number, D: Float64Array' : ''},
): void {
  product(A, B, C, ${symmetric ? 'n' : 'm'}, k, n, ${turned}, ${symmetric}, ${add ? 'alpha, beta, D' : '1, 0, C'});
}
`,
      };
    }
  }
}

/** A plain kernel under another name: what single right sides are solved with, where copying would take longer than solving. */
function renamed(name: string): PrivateSource {
  const source = kernelSources[name];
  if (!source) throw new Error(`there is no kernel ${name}`);
  return { uses: source.uses, text: source.text.replace(`function ${name}(`, `function ${name}One(`) };
}
const SOLVES = { solveLower: ['forward', 'n', '1'], solveLowerT: ['backward', '1', 'n'], solveUpper: ['backward', 'n', '1'], solveUpperT: ['forward', '1', 'n'] } as const;
const WORDS = { solveLower: 'L * X = B, L lower', solveLowerT: "L' * X = B, L lower", solveUpper: 'U * X = B, U upper', solveUpperT: "U' * X = B, U upper" } as const;
const solves: Record<string, PrivateSource> = {};
for (const name of ['solveLower', 'solveLowerT', 'solveUpper', 'solveUpperT'] as const) {
  const [way, rows, cols] = SOLVES[name];
  solves[`${name}One`] = renamed(name);
  solves[name] = {
    uses: [`${name}One`, 'wasmSolve'],
    text: `/** Solves ${WORDS[name]} triangular, n x n, in place (B becomes X). B is n x q. */
function ${name}(T: Float64Array, B: Float64Array, n: number, q: number): void {
  if (q === 1) ${name}One(T, B, n, 1);
  else wasmSolve(T, B, n, q, (t, b, work) => wasm.${way}(t, ${rows}, ${cols}, b, n, q, false, work));
}
`,
  };
}

const SWAPS = `  for (let k = 0; k < n; k++) {
    const r = pivots[k]! * q, s = k * q;
    if (r !== s) for (let j = 0; j < q; j++) [B[r + j], B[s + j]] = [B[s + j]!, B[r + j]!];
  }
`;

export const WASM_KERNELS: Readonly<Record<string, PrivateSource>> = {
  ...products, ...solves,
  reserve: {
    uses: ['instantiate'],
    state: 'let heap = new Float64Array(wasm.memory.buffer);',
    text: `/** The module's memory as doubles, at least so many before its last 20 KB, which are its own. Growing it detaches older views. */
function reserve(doubles: number): Float64Array {
  const bytes = 8 * doubles + 20480;
  if (bytes > 4294967296) throw new RangeError(\`\${doubles} numbers do not fit into WebAssembly memory of 4 GiB; use the target typescript\`);
  if (heap.byteLength < bytes) wasm.memory.grow(Math.ceil((bytes - heap.byteLength) / 65536));
  if (heap.buffer !== wasm.memory.buffer) heap = new Float64Array(wasm.memory.buffer);
  return heap;
}
`,
  },
  copyIn: {
    uses: [],
    text: `/** A[from .. from + length) to heap[to ..). */
function copyIn(A: Float64Array, from: number, length: number, heap: Float64Array, to: number): void {
  if (length < 64) for (let i = 0; i < length; i++) heap[to + i] = A[from + i]!;
  else heap.set(from === 0 && length === A.length ? A : A.subarray(from, from + length), to);
}
`,
  },
  copyOut: {
    uses: [],
    text: `/** heap[from .. from + length) to A[to ..). */
function copyOut(heap: Float64Array, from: number, length: number, A: Float64Array, to: number): void {
  if (length < 64) for (let i = 0; i < length; i++) A[to + i] = heap[from + i]!;
  else A.set(heap.subarray(from, from + length), to);
}
`,
  },
  product: {
    uses: ['reserve', 'copyIn', 'copyOut', 'mirrorLower'],
    text: `/**
 * C = alpha * op(A) * op(B) + beta * D, m x n with k terms an entry; turned is 0 for A * B, 1 for A' * B, 2 for A * B'. D may be C and
 * is not read where beta is 0; a symmetric C is computed in half and mirrored. Blocks of 128 KB of A are copied at a time.
 */
function product(
  A: Float64Array, B: Float64Array, C: Float64Array, m: number, k: number, n: number, turned: 0 | 1 | 2, symmetric: boolean,
  alpha: number, beta: number, D: Float64Array,
): void {
  const even = (at: number): number => at + (at & 1);
  if (turned === 1) {
    // A and B by blocks of rows; C stays in the module's memory and grows.
    const rows = Math.min(k, Math.max(64, Math.floor(16384 / (m + n))));
    const b = even(rows * m), packed = even(b + rows * n), c = packed + rows * even(n);
    const heap = reserve(c + m * n);
    if (beta !== 0) copyIn(D, 0, m * n, heap, c);
    if (beta !== 0 && beta !== 1) for (let i = c; i < c + m * n; i++) heap[i] = beta * heap[i]!;
    for (let p = 0; p < k; p += rows) {
      const count = Math.min(rows, k - p);
      copyIn(A, p * m, count * m, heap, 0);
      if (B !== A) copyIn(B, p * n, count * n, heap, b);
      wasm.pack(B === A ? 0 : 8 * b, n, 1, count, n, 8 * packed);
      wasm.gemm(m, n, count, 0, 1, m, 8 * packed, 8 * c, n, alpha, beta !== 0 || p > 0, symmetric ? 0 : -1);
    }
    copyOut(heap, c, m * n, C, 0);
  } else {
    // B is packed once; A, and with it C and D, go by blocks of rows.
    const rows = Math.min(m, Math.max(4, Math.floor(16384 / k) & ~3));
    const a = k * even(n), c = even(a + Math.max(rows * k, k * n));
    const heap = reserve(c + rows * n);
    copyIn(B, 0, k * n, heap, a);
    wasm.pack(8 * a, turned === 2 ? 1 : n, turned === 2 ? k : 1, k, n, 0);
    for (let i = 0; i < m; i += rows) {
      const count = Math.min(rows, m - i);
      copyIn(A, i * k, count * k, heap, a);
      if (beta !== 0) copyIn(D, i * n, count * n, heap, c);
      if (beta !== 0 && beta !== 1) for (let p = c; p < c + count * n; p++) heap[p] = beta * heap[p]!;
      wasm.gemm(count, n, k, 8 * a, k, 1, 0, 8 * c, n, alpha, beta !== 0, symmetric ? i : -1);
      copyOut(heap, c, count * n, C, i * n);
    }
  }
  if (symmetric) mirrorLower(C, n);
}
`,
  },
  multiplyTriangle: {
    uses: ['reserve', 'copyIn', 'copyOut'],
    text: `/**
 * C = T * B, where T is n x n and triangular: its entry (i, p) is T[i * down + p * across], and the other part
 * is not read. B is n x q, C is neither of them. 64 rows of T at a time, with zeros beside the diagonal.
 */
function multiplyTriangle(
  T: Float64Array, B: Float64Array, C: Float64Array, n: number, q: number,
  down: number, across: number, isLower: boolean,
): void {
  const b = n * (q + (q & 1)), a = b + n * q, c = a + Math.min(n, 64) * n;
  const heap = reserve(c + Math.min(n, 64) * q);
  copyIn(B, 0, n * q, heap, b);
  for (let first = 0; first < n; first += 64) {
    const end = Math.min(n, first + 64);
    const from = isLower ? 0 : first, to = isLower ? end : n;
    wasm.pack(8 * (b + from * q), q, 1, to - from, q, 0);
    for (let i = first, at = a; i < end; i++) {
      for (let p = from; p < to; p++) heap[at++] = (isLower ? p <= i : p >= i) ? T[i * down + p * across]! : 0;
    }
    wasm.gemm(end - first, q, to - from, 8 * a, to - from, 1, 0, 8 * c, q, 1, false, -1);
    copyOut(heap, c, (end - first) * q, C, first * q);
  }
}
`,
  },
  cholesky: {
    uses: ['reserve', 'copyIn', 'copyOut'],
    text: `/**
 * L * L' = A: the lower Cholesky factor of the n x n matrix A, of which the lower half is read. L may be A. Returns -1, or the column
 * (from 0) at which A turns out not to be positive definite to working precision, or NaN.
 */
function cholesky(A: Float64Array, L: Float64Array, n: number): number {
  const work = n * n + (n & 1);
  const heap = reserve(work + 17 * n);
  copyIn(A, 0, n * n, heap, 0);
  const column = wasm.cholesky(0, n, 8 * work);
  copyOut(heap, 0, n * n, L, 0);
  return column;
}
`,
  },
  choleskySolve: {
    uses: ['solveLowerOne', 'solveLowerTOne', 'wasmSolve'],
    text: `/** Solves L * L' * X = B in place (B becomes X), where L is a Cholesky factor, n x n, and B is n x q. */
function choleskySolve(L: Float64Array, B: Float64Array, n: number, q: number): void {
  if (q === 1) {
    solveLowerOne(L, B, n, 1);
    solveLowerTOne(L, B, n, 1);
    return;
  }
  wasmSolve(L, B, n, q, (t, b, work) => {
    wasm.forward(t, n, 1, b, n, q, false, work);
    wasm.backward(t, 1, n, b, n, q, false, work);
  });
}
`,
  },
  wasmSolve: {
    uses: ['reserve', 'copyIn', 'copyOut'],
    text: `/** Copies a triangular T and the right sides B in, lets the module solve, and copies B out. */
function wasmSolve(
  T: Float64Array, B: Float64Array, n: number, q: number, solve: (t: number, b: number, work: number) => void,
): void {
  const b = n * n + (n & 1), work = b + n * q + (n * q & 1);
  const heap = reserve(work + 32 * (q + 1));
  copyIn(T, 0, n * n, heap, 0);
  copyIn(B, 0, n * q, heap, b);
  solve(0, 8 * b, 8 * work);
  copyOut(heap, b, n * q, B, 0);
}
`,
  },
  lu: {
    uses: ['reserve', 'copyIn', 'copyOut'],
    text: `/**
 * P * A = L * U by partial pivoting, both factors in LU (L has a unit diagonal, not stored), n x n. pivots[k] is the row that was
 * exchanged with row k. Returns -1, or the column (from 0) at which A turns out to be singular to working precision, or NaN.
 */
function lu(A: Float64Array, LU: Float64Array, pivots: Int32Array, n: number): number {
  const at = n * n + (n & 1), work = at + n + (n & 1);
  const heap = reserve(work + 18 * n);
  copyIn(A, 0, n * n, heap, 0);
  const column = wasm.lu(0, n, 8 * at, 8 * work);
  copyOut(heap, 0, n * n, LU, 0);
  pivots.set(new Int32Array(heap.buffer, 8 * at, n));
  return column;
}
`,
  },
  solveUnitLowerOne: renamed('solveUnitLower'),
  luSolve: {
    uses: ['solveUnitLowerOne', 'solveUpperOne', 'wasmSolve'],
    text: `/** Solves A * X = B in place (B becomes X) with the factors that \`lu\` made of A, n x n; B is n x q. */
function luSolve(LU: Float64Array, pivots: Int32Array, B: Float64Array, n: number, q: number): void {
${SWAPS}  if (q === 1) {
    solveUnitLowerOne(LU, B, n, 1);
    solveUpperOne(LU, B, n, 1);
    return;
  }
  wasmSolve(LU, B, n, q, (t, b, work) => {
    wasm.forward(t, n, 1, b, n, q, true, work);
    wasm.backward(t, n, 1, b, n, q, false, work);
  });
}
`,
  },
  solveUnitLowerTOne: renamed('solveUnitLowerT'),
  luSolveT: {
    uses: ['solveUpperTOne', 'solveUnitLowerTOne', 'wasmSolve'],
    text: `/** Solves A' * X = B in place (B becomes X) with the factors that \`lu\` made of A, n x n; B is n x q. */
function luSolveT(LU: Float64Array, pivots: Int32Array, B: Float64Array, n: number, q: number): void {
  if (q === 1) {
    solveUpperTOne(LU, B, n, 1);
    solveUnitLowerTOne(LU, B, n, 1);
  } else {
    wasmSolve(LU, B, n, q, (t, b, work) => {
      wasm.forward(t, 1, n, b, n, q, false, work);
      wasm.backward(t, 1, n, b, n, q, true, work);
    });
  }
${SWAPS.replace('let k = 0; k < n; k++', 'let k = n - 1; k >= 0; k--')}}
`,
  },
};

/** Decodes and starts the module; its state is the first of the private state. */
export const INSTANTIATE: PrivateSource = {
  uses: [],
  text: `/** Starts the module whose base64 this is. Throws where WebAssembly has no SIMD (browsers before 2021 to 2023, Node before 16.4). */
function instantiate(base64: string): Kernels {
  const host = (globalThis as unknown as { WebAssembly?: Engine }).WebAssembly;
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const bytes = new Uint8Array(Math.floor(base64.replace(/=+$/, '').length * 3 / 4));
  for (let i = 0, at = 0, word = 0; at < bytes.length; i++) {
    word = (word << 6) | digits.indexOf(base64.charAt(i));
    if (i % 4 > 0) bytes[at++] = word >> (6 - 2 * (i % 4));
  }
  if (!host?.validate(bytes)) throw new Error('this module needs WebAssembly with SIMD, which is missing here; generate it for the target typescript');
  return new host.Instance(new host.Module(bytes)).exports;
}
`,
};

const NEEDS: Readonly<Record<string, WasmGroup | undefined>> = { product: 'products', wasmSolve: 'cholesky', cholesky: 'cholesky', lu: 'lu' };

/** The module's declaration, for the private functions that are needed. */
export function wasmState(needed: readonly string[]): string {
  const groups: readonly WasmGroup[] = ['products', 'cholesky', 'lu'];
  const group = groups[Math.max(0, ...needed.map((n) => groups.indexOf(NEEDS[n] ?? 'products')))] ?? 'lu';
  const has = (g: WasmGroup): boolean => groups.indexOf(group) >= groups.indexOf(g);
  const solve = '(t: number, rows: number, columns: number, b: number, n: number, q: number, unit: boolean, work: number) => void';
  return `/** What the module below exports; pointers are bytes, strides doubles. */
interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly pack: (b: number, rows: number, columns: number, k: number, n: number, to: number) => void;
  readonly gemm: (
    m: number, n: number, k: number, a: number, rows: number, columns: number, b: number, c: number, width: number,
    alpha: number, add: boolean, first: number,
  ) => void;
${has('cholesky') ? `  readonly cholesky: (l: number, n: number, work: number) => number;\n  readonly forward: ${solve};\n  readonly backward: ${solve};\n` : ''}${has('lu') ? '  readonly lu: (a: number, n: number, pivots: number, work: number) => number;\n' : ''}}
interface Engine {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Kernels };
}
/** The kernels with f64x2 arithmetic (${group}), compiled from mcalc's own sources. */
const wasm = instantiate(
${WASM_MODULES[group].map((l) => `  '${l}'`).join(' +\n')},
);`;
}
