/** Mean-variance utility of a portfolio: a formula beside the code that uses it. */

// @mcalc Sigma : matrix(n, n) posdef; mu, w : vector(n); gamma : scalar positive; u = mu' * w - gamma / 2 * w' * Sigma * w; grad(u, w)

export function rebalance(w: Float64Array, gradient: Float64Array, step: number): Float64Array {
  return w.map((x, i) => x + step * (gradient[i] ?? 0));
}
