// The group with Cholesky: products, the factor, triangular solves.
export { cholesky } from './factor';
export { gemm, pack } from './gemm';
export { backward, forward } from './triangular';
