// Full Jacobians, rows vec(F) and columns vec(X) with columns stacked, and products with them.
import { gemm, gemmNT, gemmTN, syrkT } from '../anchors/tuned-kernels.mjs';
import { eigenJacobi } from '../anchors/eigen.mjs';

/** J by differences of the naive value: what is left to somebody who derives nothing. */
const differences = (value, X, rows, h = 1e-6) => {
  const J = new Float64Array(rows * X.length);
  return { J, fill: (order) => order.forEach((q, col) => {
    const x = X[q];
    X[q] = x + h;
    const up = value().slice();
    X[q] = x - h;
    const down = value();
    X[q] = x;
    for (let r = 0; r < rows; r++) J[r * X.length + col] = (up[r] - down[r]) / (2 * h);
  }) };
};
/** Places of a row-major p×q array in the order of its stacked columns. */
const stacked = (p, q) => Array.from({ length: p * q }, (_, k) => (k % p) * q + Math.floor(k / p));
const byColumns = (F, p, q) => stacked(p, q).map((k) => F[k]);
const differenceJacobian = (value, X, p, q, m, n) => {
  const d = differences(() => Float64Array.from(byColumns(value(), p, q)), X, p * q);
  const order = stacked(m, n);
  return () => { d.fill(order); return d.J; };
};

const polarDocument = "dim m >= n\nX : matrix(m, n)\nF = polar(X)\njacobian(F, X)\n";
function polarParts({ X }, { m, n }) {
  const S = new Float64Array(n * n), Q = new Float64Array(n * n), h = new Float64Array(n), G = new Float64Array(m * n);
  /** X'X = Q*diag(h^2)*Q', G = X*Q*inv(diag(h)). */
  const decompose = () => {
    syrkT(X, S, n, m);
    eigenJacobi(S, Q, h, n);
    for (let a = 0; a < n; a++) h[a] = Math.sqrt(h[a]);
    gemm(X, Q, G, m, n, n);
    for (let i = 0; i < m; i++) for (let a = 0; a < n; a++) G[i * n + a] /= h[a];
  };
  return { Q, h, G, decompose };
}
function polarValue(values, sizes) {
  const { m, n } = sizes, { Q, G, decompose } = polarParts(values, sizes), out = new Float64Array(m * n);
  return () => { decompose(); gemmNT(G, Q, out, m, n, n); return out; };
}
const polar = {
  id: 'polar-jacobian', title: 'Jacobian of the polar factor', of: 'F', kind: 'jacobian', wrt: 'X', document: polarDocument,
  sizes: [{ m: 5, n: 3 }, { m: 20, n: 5 }], draw: ({ m, n }, r) => ({ X: r.array(m * n) }),
  tuned: (values, sizes) => {
    const { m, n } = sizes, { Q, h, G, decompose } = polarParts(values, sizes);
    const M = new Float64Array(n * n), T = new Float64Array(m * n), J = new Float64Array(m * n * m * n), width = m * n;
    return () => {
      decompose();
      for (let j = 0; j < n; j++) {
        for (let l = 0; l < n; l++) {
          // Block (j, l) is z*I + G*M*G'.
          let z = 0;
          for (let a = 0; a < n; a++) z += (Q[l * n + a] * Q[j * n + a]) / h[a];
          for (let a = 0; a < n; a++) {
            let d = -z;
            for (let b = 0; b < n; b++) {
              const f = 1 / (h[a] + h[b]);
              d += Q[l * n + b] * Q[j * n + b] * f;
              M[a * n + b] = -Q[l * n + a] * Q[j * n + b] * f;
            }
            M[a * n + a] += d;
          }
          gemm(G, M, T, m, n, n);
          for (let i = 0; i < m; i++) {
            const at = (j * m + i) * width + l * m;
            let k = 0;
            for (; k + 3 < m; k += 4) {
              let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
              for (let a = 0; a < n; a++) {
                const t = T[i * n + a], g = k * n + a;
                s0 += t * G[g]; s1 += t * G[g + n]; s2 += t * G[g + 2 * n]; s3 += t * G[g + 3 * n];
              }
              J[at + k] = s0; J[at + k + 1] = s1; J[at + k + 2] = s2; J[at + k + 3] = s3;
            }
            for (; k < m; k++) { let s = 0; for (let a = 0; a < n; a++) s += T[i * n + a] * G[k * n + a]; J[at + k] = s; }
            J[at + i] += z;
          }
        }
      }
      return J;
    };
  },
  naive: (values, sizes) => differenceJacobian(polarValue(values, sizes), values.X, sizes.m, sizes.n, sizes.m, sizes.n),
  loose: ['naive'],
  python: true,
};
const polarAlong = (id, title, kind) => ({
  id, title, of: 'F', kind, wrt: 'X', document: polarDocument, sizes: [{ m: 20, n: 5 }],
  draw: ({ m, n }, r) => ({ X: r.array(m * n), direction: r.array(m * n) }),
  // The map is its own adjoint.
  tuned: (values, sizes) => {
    const { m, n } = sizes, { Q, h, G, decompose } = polarParts(values, sizes), V = values.direction;
    const E = new Float64Array(m * n), K = new Float64Array(n * n), W = new Float64Array(n * n), out = new Float64Array(m * n), T = new Float64Array(m * n);
    return () => {
      decompose();
      gemm(V, Q, E, m, n, n);
      gemmTN(G, E, K, n, m, n);
      for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) W[a * n + b] = (K[a * n + b] - K[b * n + a]) / (h[a] + h[b]) - K[a * n + b] / h[b];
      gemm(G, W, T, m, n, n);
      for (let i = 0; i < m; i++) for (let b = 0; b < n; b++) T[i * n + b] += E[i * n + b] / h[b];
      gemmNT(T, Q, out, m, n, n);
      return out;
    };
  },
  python: true,
});
const polarFactor = {
  id: 'polar', title: 'the polar factor', of: 'F', kind: 'value', document: polarDocument, sizes: [{ m: 20, n: 5 }],
  draw: ({ m, n }, r) => ({ X: r.array(m * n) }), tuned: polarValue, python: true,
};

const congruence = {
  id: 'axxa', title: "Jacobian of A*X*X'*A'", of: 'F', kind: 'jacobian', wrt: 'X', document: "A : matrix(n, n); X : matrix(n, k)\nF = A*X*X'*A'\njacobian(F, X)\n",
  sizes: [{ n: 6, k: 3 }, { n: 20, k: 5 }], draw: ({ n, k }, r) => ({ A: r.array(n * n), X: r.array(n * k) }),
  tuned: ({ A, X }, { n, k }) => {
    const B = new Float64Array(n * k), J = new Float64Array(n * n * n * k), width = n * k;
    return () => {
      gemm(A, X, B, n, n, k);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          const p = (j * n + i) * width, q = (i * n + j) * width;
          for (let l = 0; l < k; l++) {
            const u = B[j * k + l], v = B[i * k + l];
            for (let r = 0; r < n; r++) { const s = u * A[i * n + r] + v * A[j * n + r]; J[p + l * n + r] = s; J[q + l * n + r] = s; }
          }
        }
      }
      return J;
    };
  },
  naive: (values, { n, k }) => {
    const { A, X } = values, B = new Float64Array(n * k), F = new Float64Array(n * n);
    return differenceJacobian(() => { gemm(A, X, B, n, n, k); gemmNT(B, B, F, n, k, n); return F; }, X, n, n, n, k);
  },
  loose: ['naive'],
  python: true,
};

const gram = {
  id: 'wwt', title: "Jacobian of W*W'", of: 'F', kind: 'jacobian', wrt: 'W', document: "W : matrix(n, k)\nF = W*W'\njacobian(F, W)\n",
  sizes: [{ n: 6, k: 3 }, { n: 20, k: 5 }], draw: ({ n, k }, r) => ({ W: r.array(n * k) }),
  tuned: ({ W }, { n, k }) => {
    const J = new Float64Array(n * n * n * k), width = n * k;
    return () => {
      J.fill(0);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const p = (j * n + i) * width;
          for (let l = 0; l < k; l++) { J[p + l * n + i] += W[j * k + l]; J[p + l * n + j] += W[i * k + l]; }
        }
      }
      return J;
    };
  },
  naive: ({ W }, { n, k }) => {
    const F = new Float64Array(n * n);
    return differenceJacobian(() => { gemmNT(W, W, F, n, k, n); return F; }, W, n, n, n, k);
  },
  filled: true,
  loose: ['naive'],
  python: true,
};

const rankOne = {
  id: 'rank-one-root', title: "Jacobian of (t*x*x' + I)^(1/2) by x", of: 'F', kind: 'jacobian', wrt: 'x', document: "t : scalar positive; x : vector(n)\nF = (t*x*x' + I)^(1/2)\njacobian(F, x)\n",
  sizes: [{ n: 5 }, { n: 20 }], draw: ({ n }, r) => ({ t: 0.5 + r.uniform(), x: r.array(n) }),
  tuned: ({ t, x }, { n }) => {
    const J = new Float64Array(n * n * n);
    return () => {
      // I + c*x*x' with c = (s - 1)/x'x = t/(s + 1), s = sqrt(1 + t*x'x); dc = -t/(s + 1)^2 * t/s * x'dx.
      let r = 0;
      for (let i = 0; i < n; i++) r += x[i] * x[i];
      const s = Math.sqrt(1 + t * r), c = t / (s + 1), d = (-c * c) / s;
      for (let j = 0; j < n; j++) {
        for (let i = 0; i < n; i++) {
          const row = (j * n + i) * n, f = d * x[i] * x[j];
          for (let k = 0; k < n; k++) J[row + k] = f * x[k];
          J[row + i] += c * x[j];
          J[row + j] += c * x[i];
        }
      }
      return J;
    };
  },
  python: true,
};

export const cases = [polarFactor, polarAlong('polar-jvp', 'polar factor, jvp', 'jvp'), polarAlong('polar-vjp', 'polar factor, vjp', 'vjp'), polar, congruence, gram, rankOne];
