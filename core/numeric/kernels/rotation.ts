// Exponentials of skew-symmetric 3x3 matrices, by Rodrigues' formula.
import { multiply } from './multiply';

/**
 * R = expm(K) for K = skew3(w), by the angle t = |w|: I + sin(t)*U + (1 - cos(t))*U*U with U = K/t.
 * R is 3 x 3, row-major.
 */
export function rotation(w: Float64Array, R: Float64Array): void {
  const t = Math.hypot(w[0]!, w[1]!, w[2]!);
  const over = t > 0 ? t : 1;
  const x = w[0]! / over, y = w[1]! / over, z = w[2]! / over;
  const s = Math.sin(t), h = Math.sin(t / 2);
  const v = 2 * h * h;
  R[0] = 1 - v * (y * y + z * z); R[1] = v * x * y - s * z; R[2] = v * x * z + s * y;
  R[3] = v * x * y + s * z; R[4] = 1 - v * (x * x + z * z); R[5] = v * y * z - s * x;
  R[6] = v * x * z - s * y; R[7] = v * y * z + s * x; R[8] = 1 - v * (x * x + y * y);
}

/**
 * L = the derivative of expm at K = skew3(w) along any 3 x 3 matrix E, the integral of
 * expm((1 - a)*K)*E*expm(a*K) over a from 0 to 1:
 * E + c*(K*E + E*K) + d*(K*K*E + E*K*K) + p*K*E*K + q*K*(K*E + E*K)*K + r*K*K*E*K*K.
 * Below the angle 1 the coefficients are series. L and E are row-major.
 */
export function rotationFrechet(w: Float64Array, E: Float64Array, L: Float64Array): void {
  const t = Math.hypot(w[0]!, w[1]!, w[2]!);
  const isSmall = t < 1;
  // A large angle is taken out of K, so that its powers do not leave the range of numbers.
  const over = isSmall ? 1 : t;
  const h = Math.sin(t / 2);
  let c = 0.5, d = 0, p = 0, q = 0, r = 0;
  if (isSmall) {
    if (t > 0) c = 2 * (h / t) * (h / t);
    let term = 1 / 6;
    for (let k = 0; k < 9; k++) {
      d += term;
      p += (k + 1) * term;
      q += (k + 1) * term / (2 * k + 4);
      r += (k + 1) * term / ((2 * k + 4) * (2 * k + 5));
      term *= -t * t / ((2 * k + 4) * (2 * k + 5));
    }
  } else {
    const s = Math.sin(t) / t, g = Math.cos(t);
    c = 2 * h * (h / t);
    d = 1 - s;
    p = (s - g) / 2;
    q = c - Math.sin(t) / 2;
    r = 1 + g / 2 - 1.5 * s;
  }
  const x = w[0]! / over, y = w[1]! / over, z = w[2]! / over;
  const K = Float64Array.of(0, -z, y, z, 0, -x, -y, x, 0);
  const A = new Float64Array(9), B = new Float64Array(9), G = new Float64Array(9);
  const M = new Float64Array(9), N = new Float64Array(9);
  multiply(K, E, A, 3, 3, 3);
  multiply(E, K, B, 3, 3, 3);
  multiply(A, K, G, 3, 3, 3);
  // K*(d*A + q*G + c*E) + (d*B + q*G + c*E)*K + E + p*G + r*K*G*K
  for (let i = 0; i < 9; i++) N[i] = d * A[i]! + q * G[i]! + c * E[i]!;
  multiply(K, N, M, 3, 3, 3);
  for (let i = 0; i < 9; i++) N[i] = d * B[i]! + q * G[i]! + c * E[i]!;
  multiply(N, K, A, 3, 3, 3);
  multiply(K, G, B, 3, 3, 3);
  multiply(B, K, N, 3, 3, 3);
  for (let i = 0; i < 9; i++) L[i] = E[i]! + M[i]! + A[i]! + p * G[i]! + r * N[i]!;
}
