// The group of products: what `multiply` and its kin of the WASM target call.
export { gemm, pack } from './gemm';
