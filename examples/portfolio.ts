/** Mean-variance utility of a portfolio: a formula beside the code that uses it. */

// @mcalc Sigma : matrix(n, n) posdef; mu, w : vector(n); gamma : scalar positive; u = mu' * w - gamma / 2 * w' * Sigma * w; grad(u, w)
// #region mcalc 0rvbk0a.73705764 generated from the comment above
/**
 * u = mu' * w - gamma / 2 * w' * Sigma * w.
 * Sigma n x n; mu, w of length n; gamma a number; row-major. About 2*n^2 + 4*n flops.
 */
export function u(Sigma: Float64Array, mu: Float64Array, w: Float64Array, gamma2: number): number {
  const n = mu.length;
  expectShape('Sigma', Sigma, n, n, 'n x n');
  expectShape('mu', mu, n, 1, 'n');
  expectShape('w', w, n, 1, 'n');
  expectNumber('gamma', gamma2);

  const wtmu = dot(w, mu, n); // w'*mu
  const v = scratch(0, n);
  matVec(Sigma, w, v, n, n); // v = Sigma*w
  const s = dot(w, v, n); // w'*v
  return wtmu - gamma2 * s / 2;
}

/**
 * Gradient of u = mu' * w - gamma / 2 * w' * Sigma * w by w: mu - gamma*Sigma*w.
 * Sigma n x n; mu, w of length n; gamma a number; row-major. About 2*n^2 flops.
 * Fills and returns `out` (of length n) where it is given; it must not be an input.
 */
export function gradientUByW(
  Sigma: Float64Array, mu: Float64Array, w: Float64Array, gamma2: number, out?: Float64Array,
): Float64Array {
  const n = mu.length;
  expectShape('Sigma', Sigma, n, n, 'n x n');
  expectShape('mu', mu, n, 1, 'n');
  expectShape('w', w, n, 1, 'n');
  expectNumber('gamma', gamma2);
  out = result(out, n, [Sigma, mu, w]);

  matVecAdd(Sigma, w, out, n, n, -gamma2, 1, mu); // out = -gamma*Sigma*w + mu
  return out;
}

/**
 * Directional derivative of u = mu' * w - gamma / 2 * w' * Sigma * w by w along V: (mu - gamma*Sigma*w)'*V.
 * Sigma n x n; mu, w of length n; gamma a number; V of length n; row-major. About 2*n^2 + 4*n flops.
 */
export function jvpUByW(
  Sigma: Float64Array, mu: Float64Array, w: Float64Array, gamma2: number, V: Float64Array,
): number {
  const n = mu.length;
  expectShape('Sigma', Sigma, n, n, 'n x n');
  expectShape('mu', mu, n, 1, 'n');
  expectShape('w', w, n, 1, 'n');
  expectShape('V', V, n, 1, 'n');
  expectNumber('gamma', gamma2);

  const mutV = dot(mu, V, n); // mu'*V
  const v = scratch(0, n);
  matVec(Sigma, V, v, n, n); // v = Sigma*V
  const s = dot(w, v, n); // w'*v
  return mutV - gamma2 * s;
}

/**
 * Adjoint of the derivative of u = mu' * w - gamma / 2 * w' * Sigma * w by w, applied to Ybar: Ybar*(mu -
 * gamma*Sigma*w).
 * Sigma n x n; mu, w of length n; gamma, Ybar numbers; row-major. About 2*n^2 flops.
 * Fills and returns `out` (of length n) where it is given; it must not be an input.
 */
export function vjpUByW(
  Sigma: Float64Array, mu: Float64Array, w: Float64Array, gamma2: number, Ybar: number, out?: Float64Array,
): Float64Array {
  const n = mu.length;
  expectShape('Sigma', Sigma, n, n, 'n x n');
  expectShape('mu', mu, n, 1, 'n');
  expectShape('w', w, n, 1, 'n');
  expectNumber('gamma', gamma2);
  expectNumber('Ybar', Ybar);
  out = result(out, n, [Sigma, mu, w]);

  matVecAdd(Sigma, w, out, n, n, -gamma2 * Ybar, Ybar, mu); // out = -gamma*Ybar*Sigma*w + Ybar*mu
  return out;
}

/**
 * Value and gradient of u = mu' * w - gamma / 2 * w' * Sigma * w by w at once, which share work.
 * Sigma n x n; mu, w of length n; gamma a number; row-major. About 2*n^2 + 6*n flops.
 * Arrays in `out` (gradient of length n) are filled and returned where they are given; they must not be inputs.
 * One by one they take about 4*n^2 + 4*n flops.
 */
export function valueAndGradientUByW(
  Sigma: Float64Array, mu: Float64Array, w: Float64Array, gamma2: number, out?: { gradient?: Float64Array },
): { value: number; gradient: Float64Array } {
  const n = mu.length;
  expectShape('Sigma', Sigma, n, n, 'n x n');
  expectShape('mu', mu, n, 1, 'n');
  expectShape('w', w, n, 1, 'n');
  expectNumber('gamma', gamma2);
  const gradient = result(out?.gradient, n, [mu], Sigma, w);

  const wtmu = dot(w, mu, n); // w'*mu
  const v = scratch(0, n);
  matVec(Sigma, w, v, n, n); // v = Sigma*w
  const s = dot(w, v, n); // w'*v
  for (let i = 0; i < n; i++) gradient[i] = mu[i]! - gamma2 * v[i]!; // gradient = mu - gamma*v
  return { value: wtmu - gamma2 * s / 2, gradient };
}
// #endregion mcalc

export function rebalance(w: Float64Array, gradient: Float64Array, step: number): Float64Array {
  return w.map((x, i) => x + step * (gradient[i] ?? 0));
}

// #region mcalc kernels.97764482 shared by the generated functions above
const slots: Float64Array[] = [];

/** Of another realm (a frame, a test's sandbox) it is no `instanceof`, which is the faster question. */
function expectShape(name: string, a: Float64Array, rows: number, cols: number, shape: string): void {
  if (!(a instanceof Float64Array) && (a as Float64Array).BYTES_PER_ELEMENT !== 8) throw new TypeError(`${name} must be a Float64Array`);
  if (a.length === rows * cols && rows >= 1 && cols >= 1) return;
  const sizes = cols === 1 ? rows : rows + ' x ' + cols;
  throw new RangeError(`${name} has ${a.length} entries, expected ${shape}${String(sizes) === shape ? '' : ' = ' + sizes}`);
}

function expectNumber(name: string, value: number): void {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number`);
}

/** x'y of two arrays of n entries; for matrices this is the Frobenius product. */
function dot(x: Float64Array, y: Float64Array, n: number): number {
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += x[i]! * y[i]!;
    s1 += x[i + 1]! * y[i + 1]!;
    s2 += x[i + 2]! * y[i + 2]!;
    s3 += x[i + 3]! * y[i + 3]!;
  }
  for (; i < n; i++) s0 += x[i]! * y[i]!;
  return s0 + s1 + (s2 + s3);
}

/** Memory that is kept from call to call and only grows. */
function scratch(slot: number, length: number): Float64Array {
  let a = slots[slot]!;
  if (a === undefined || a.length < length) slots[slot] = a = new Float64Array(length);
  return a;
}

/** y = A * x, where A is m x n, row-major. */
function matVec(A: Float64Array, x: Float64Array, y: Float64Array, m: number, n: number): void {
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const a0 = i * n, a1 = a0 + n, a2 = a1 + n, a3 = a2 + n;
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (let j = 0; j < n; j++) {
      const xj = x[j]!;
      s0 += A[a0 + j]! * xj;
      s1 += A[a1 + j]! * xj;
      s2 += A[a2 + j]! * xj;
      s3 += A[a3 + j]! * xj;
    }
    y[i] = s0;
    y[i + 1] = s1;
    y[i + 2] = s2;
    y[i + 3] = s3;
  }
  for (; i < m; i++) {
    let s = 0;
    for (let j = 0; j < n; j++) s += A[i * n + j]! * x[j]!;
    y[i] = s;
  }
}

/** `out` if it was given and fits, else a new array. It shares no memory with `read`, and is none of the others. */
function result(out: Float64Array | undefined, length: number, read: Float64Array[], ...others: Float64Array[]): Float64Array {
  if (out === undefined) return new Float64Array(length);
  if (!(out instanceof Float64Array) && (out as Float64Array).BYTES_PER_ELEMENT !== 8) throw new TypeError('out must be a Float64Array');
  if (out.length !== length) throw new RangeError(`out has ${out.length} entries, expected ${length}`);
  for (const a of others) if (a === out) throw new Error('out must not be an input, nor share memory with one');
  if (read.length === 0) return out;
  const memory = out.buffer;
  for (const a of read) {
    if (a.buffer !== memory) continue;
    const apart = out.byteOffset + out.byteLength <= a.byteOffset || a.byteOffset + a.byteLength <= out.byteOffset;
    if (!apart) throw new Error('out must not be an input, nor share memory with one');
  }
  return out;
}

/** y = alpha * A * x + beta * d, where A is m x n, row-major. d may be y. */
function matVecAdd(
  A: Float64Array, x: Float64Array, y: Float64Array, m: number, n: number,
  alpha: number, beta: number, d: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const a0 = i * n, a1 = a0 + n, a2 = a1 + n, a3 = a2 + n;
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (let j = 0; j < n; j++) {
      const xj = x[j]!;
      s0 += A[a0 + j]! * xj;
      s1 += A[a1 + j]! * xj;
      s2 += A[a2 + j]! * xj;
      s3 += A[a3 + j]! * xj;
    }
    y[i] = alpha * s0 + beta * d[i]!;
    y[i + 1] = alpha * s1 + beta * d[i + 1]!;
    y[i + 2] = alpha * s2 + beta * d[i + 2]!;
    y[i + 3] = alpha * s3 + beta * d[i + 3]!;
  }
  for (; i < m; i++) {
    let s = 0;
    for (let j = 0; j < n; j++) s += A[i * n + j]! * x[j]!;
    y[i] = alpha * s + beta * d[i]!;
  }
}
// #endregion mcalc
