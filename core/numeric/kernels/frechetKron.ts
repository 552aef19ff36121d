// The Kronecker matrices of Fréchet derivatives: vec(L(A, E)) = K * vec(E).
import { expmFrechet } from './expm';
import { logmFrechet, powmFrechet } from './powm';

/** Copies the derivative L in the direction of entry (k, l) to its column of K, n² x n². */
export function frechetColumn(L: Float64Array, K: Float64Array, k: number, l: number, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) K[(j * n + i) * n * n + l * n + k] = L[i * n + j]!;
}

/** K, n² x n², with vec(expmFrechet(A, E)) = K * vec(E). Throws as expm does. */
export function expmKron(A: Float64Array, K: Float64Array, n: number): void {
  const E = new Float64Array(n * n), L = new Float64Array(n * n);
  for (let at = 0; at < n * n; at++) {
    E[at] = 1;
    expmFrechet(A, E, L, n);
    E[at] = 0;
    frechetColumn(L, K, Math.floor(at / n), at % n, n);
  }
}

/** K, n² x n², with vec(logmFrechet(A, E)) = K * vec(E). Throws as logm does. */
export function logmKron(A: Float64Array, K: Float64Array, n: number): void {
  const E = new Float64Array(n * n), L = new Float64Array(n * n);
  for (let at = 0; at < n * n; at++) {
    E[at] = 1;
    logmFrechet(A, E, L, n);
    E[at] = 0;
    frechetColumn(L, K, Math.floor(at / n), at % n, n);
  }
}

/** K, n² x n², with vec(powmFrechet(A, p, E)) = K * vec(E). Throws as powmFrechet does. */
export function powmKron(A: Float64Array, p: number, K: Float64Array, n: number): void {
  const E = new Float64Array(n * n), L = new Float64Array(n * n);
  for (let at = 0; at < n * n; at++) {
    E[at] = 1;
    powmFrechet(A, p, E, L, n);
    E[at] = 0;
    frechetColumn(L, K, Math.floor(at / n), at % n, n);
  }
}
