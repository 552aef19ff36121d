// Eigenvalues of a small symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan 2013, algorithm 8.5.3): at 5×5 quicker than tridiagonalisation.
export function eigenJacobi(S, Q, values, n) {
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) Q[i * n + j] = i === j ? 1 : 0;
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0, on = 0;
    for (let i = 0; i < n; i++) {
      on += S[i * n + i] * S[i * n + i];
      for (let j = 0; j < i; j++) off += S[i * n + j] * S[i * n + j];
    }
    if (off <= 1e-32 * on) break;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const b = S[p * n + q];
        if (b === 0) continue;
        const tau = (S[q * n + q] - S[p * n + p]) / (2 * b), t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        const c = 1 / Math.sqrt(1 + t * t), s = t * c;
        for (let k = 0; k < n; k++) { const x = S[k * n + p], y = S[k * n + q]; S[k * n + p] = c * x - s * y; S[k * n + q] = s * x + c * y; }
        for (let k = 0; k < n; k++) { const x = S[p * n + k], y = S[q * n + k]; S[p * n + k] = c * x - s * y; S[q * n + k] = s * x + c * y; }
        for (let k = 0; k < n; k++) { const x = Q[k * n + p], y = Q[k * n + q]; Q[k * n + p] = c * x - s * y; Q[k * n + q] = s * x + c * y; }
      }
    }
  }
  for (let i = 0; i < n; i++) values[i] = S[i * n + i];
}
