// The group with LU too.
export { cholesky, lu } from './factor';
export { gemm, pack } from './gemm';
export { backward, forward } from './triangular';
