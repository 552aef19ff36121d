// Stable forms of logistic and softmax-like functions.

/** 1 / (1 + exp(-x)), without overflow. */
export function sigmoid(x: number): number {
  return x > -700 ? 1 / (1 + Math.exp(-x)) : Math.exp(x);
}

/** The derivative of sigmoid, sigmoid(x) * sigmoid(-x), with all its digits at either end. */
export function sigmoidSlope(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return e / ((1 + e) * (1 + e));
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

/**
 * Whether the norm of n entries lies between 1e-102 and 1e102, or is 0: then products of three such arrays are
 * numbers.
 */
export function isModerate(x: Float64Array, n: number): boolean {
  const size = norm(x, n);
  return size === 0 || (size > 1e-102 && size < 1e102);
}

/** The product of n entries; what lies between leaves the range of numbers only where the result does. */
export function productOfEntries(x: Float64Array, n: number): number {
  // p * 2^power; scaling by powers of two is exact.
  let p = 1, power = 0;
  for (let i = 0; i < n; i++) {
    let f = x[i]!;
    for (let k = 0; k < 2; k++) {
      const size = Math.abs(k === 0 ? f : p * f);
      const by = size > 1e150 && size < Infinity ? -600 : size < 1e-150 && size > 0 ? 600 : 0;
      if (by === 0) continue;
      f *= 2 ** by;
      power -= by;
    }
    p *= f;
  }
  for (; power > 0; power -= 600) p *= 2 ** 600;
  for (; power < 0; power += 600) p *= 2 ** -600;
  return p;
}

/** y_i = the product of all n entries of x but the i-th, without a division. y is not x. */
export function productOfOthers(x: Float64Array, y: Float64Array, n: number): void {
  let before = 1, after = 1, least = 1, most = 1;
  for (let i = 0; i < n; i++) {
    y[i] = before;
    before *= x[i]!;
    if (x[i] !== 0) least = Math.min(least, Math.abs(before));
    most = Math.max(most, Math.abs(before));
  }
  for (let i = n - 1; i >= 0; i--) {
    y[i] = y[i]! * after;
    after *= x[i]!;
    if (x[i] !== 0) least = Math.min(least, Math.abs(after));
    most = Math.max(most, Math.abs(after));
  }
  if (least > 1e-290 && most < 1e290) return;
  const z = x.slice(0, n);
  for (let i = 0; i < n; i++) {
    z[i] = 1;
    y[i] = productOfEntries(z, n);
    z[i] = x[i]!;
  }
}

/** 0, or NaN where one of n entries is NaN or infinite. */
export function zeroOrNaN(x: Float64Array, n: number): number {
  let s = 0;
  for (let i = 0; i < n; i++) s += 0 * x[i]!;
  return s;
}

/** The sum of n entries. */
export function sum(x: Float64Array, n: number): number {
  let s = 0;
  for (let i = 0; i < n; i++) s += x[i]!;
  return s;
}
