// Stable forms of logistic and softmax-like functions.

/** 1 / (1 + exp(-x)), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** log(1 + exp(x)), without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** max(x, 0). */
export function relu(x: number): number {
  return x > 0 ? x : 0;
}

/** 1 for x > 0, else 0: the derivative of relu. */
export function step(x: number): number {
  return x > 0 ? 1 : 0;
}

/** log Σ exp(x_i) over n entries, without overflow. */
export function logsumexp(x: Float64Array, n: number): number {
  let largest = -Infinity;
  for (let i = 0; i < n; i++) largest = Math.max(largest, x[i]!);
  if (!(Math.abs(largest) < Infinity)) return largest;
  let s = 0;
  for (let i = 0; i < n; i++) s += Math.exp(x[i]! - largest);
  return largest + Math.log(s);
}

/** y_i = exp(x_i) / Σ exp(x_j) over n entries, without overflow. y may be x. */
export function softmax(x: Float64Array, y: Float64Array, n: number): void {
  let largest = -Infinity;
  for (let i = 0; i < n; i++) largest = Math.max(largest, x[i]!);
  let s = 0;
  for (let i = 0; i < n; i++) {
    const e = Math.exp(x[i]! - largest);
    y[i] = e;
    s += e;
  }
  for (let i = 0; i < n; i++) y[i] = y[i]! / s;
}

/** -Σ x_i log x_i over n entries, where 0 log 0 is 0. NaN for a negative entry. */
export function entropy(x: Float64Array, n: number): number {
  let s = 0;
  for (let i = 0; i < n; i++) if (x[i] !== 0) s -= x[i]! * Math.log(x[i]!);
  return s;
}

/** The Euclidean norm of n entries, without overflow or underflow. */
export function norm(x: Float64Array, n: number): number {
  let s = 0;
  for (let i = 0; i < n; i++) s += x[i]! * x[i]!;
  if (s > 1e-280 && s < 1e300) return Math.sqrt(s);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(x[i]!));
  if (!(largest > 0 && largest < Infinity)) return largest;
  s = 0;
  for (let i = 0; i < n; i++) s += (x[i]! / largest) * (x[i]! / largest);
  return largest * Math.sqrt(s);
}

/** The sum of n entries. */
export function sum(x: Float64Array, n: number): number {
  let s = 0;
  for (let i = 0; i < n; i++) s += x[i]!;
  return s;
}
