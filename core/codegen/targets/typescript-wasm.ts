/** The TypeScript target with f64x2 kernels: the same functions, whose products, factors and solves run in an embedded module. */
import { markReads } from '../index-reads';
import type { Language } from '../target';
import { openScript } from './script';
import { INSTANTIATE, WASM_KERNELS, wasmState } from './wasm-kernels';

const SIGNS = ['wasm', 'heap', 'Kernels', 'Engine', 'WebAssembly', 'Uint8Array', 'globalThis'];

export const typescriptWasm: Language = {
  name: 'typescript-wasm', says: 'TypeScript with WebAssembly SIMD kernels inside', extension: 'ts', flat: true, tabulates: 'entries',
  open: () => openScript({
    typed: true, finish: markReads, replaced: { ...WASM_KERNELS, instantiate: INSTANTIATE }, reserved: SIGNS,
    // The f64x2 product of twice the flops is faster.
    without: ['multiplyByLower', 'multiplyByLowerT', 'multiplyByUpper', 'multiplyByUpperT'],
    state: (needed) => (needed.includes('instantiate') ? [wasmState(needed)] : []),
  }),
};
