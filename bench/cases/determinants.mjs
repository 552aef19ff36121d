// Log-determinants: of A*A' + I, in a Gaussian's log-density, in a Gaussian process's likelihood.
import { posdef } from '../draw.mjs';
import { chol, cholInverse, cholSolve, gemm, gemmTN, syrk, syrkT } from '../anchors/tuned-kernels.mjs';
import { inverse, multiply, plus, scale, total, transpose, identity } from '../anchors/naive-kernels.mjs';

const addDiagonal = (S, n, by) => { for (let i = 0; i < n; i++) S[i * (n + 1)] += by; };

const logdet = {
  id: 'logdet', title: "gradient of logdet(A*A' + I)", of: 'f', kind: 'gradient', wrt: 'A',
  document: "A : matrix(m, n)\nf = logdet(A*A' + I)\ngrad(f, A)\n",
  sizes: [{ m: 20, n: 20 }, { m: 100, n: 100 }, { m: 300, n: 50 }],
  draw: ({ m, n }, r) => ({ A: r.array(m * n) }),
  tuned: ({ A }, { m, n }) => {
    const s = Math.min(m, n), S = new Float64Array(s * s), L = new Float64Array(s * s), out = new Float64Array(m * n), T = new Float64Array(m * n);
    return () => {
      if (m <= n) {
        syrk(A, S, m, n);
        addDiagonal(S, m, 1);
        chol(S, L, m);
        for (let i = 0; i < m * n; i++) out[i] = 2 * A[i];
        cholSolve(L, out, m, n);
        return out;
      }
      // The small side: 2*A*inv(A'*A + I).
      syrkT(A, S, n, m);
      addDiagonal(S, n, 1);
      chol(S, L, n);
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) T[j * m + i] = 2 * A[i * n + j];
      cholSolve(L, T, n, m);
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[i * n + j] = T[j * m + i];
      return out;
    };
  },
  naive: ({ A }, { m, n }) => () => scale(multiply(inverse(plus(multiply(A, transpose(A, m, n), m, n, m), identity(m)), m), A, m, m, n), 2),
  mlMatrix: ({ Matrix, inverse: inv }, { A }, { m, n }) => {
    const a = Matrix.from1DArray(m, n, A);
    return () => inv(a.mmul(a.transpose()).add(Matrix.eye(m))).mmul(a).mul(2);
  },
  mathjs: (math, v, { m, n }) => {
    const A = math.reshape(math.matrix(Array.from(v.A)), [m, n]);
    return () => math.multiply(2, math.multiply(math.inv(math.add(math.multiply(A, math.transpose(A)), math.identity(m))), A));
  },
  python: true,
};

const gauss = {
  id: 'gauss', title: "gradient of logdet(S) + x'*inv(S)*x by S", of: 'f', kind: 'gradient', wrt: 'S',
  document: "S : matrix(n, n) posdef; x : vector(n)\nf = logdet(S) + x'*inv(S)*x\ngrad(f, S)\n",
  sizes: [{ n: 10 }, { n: 50 }, { n: 200 }],
  draw: ({ n }, r) => ({ S: posdef(r, n), x: r.array(n) }),
  tuned: ({ S, x }, { n }) => {
    const L = new Float64Array(n * n), out = new Float64Array(n * n), z = new Float64Array(n);
    return () => {
      chol(S, L, n);
      cholInverse(L, out, n);
      z.set(x);
      cholSolve(L, z, n, 1);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j] -= z[i] * z[j];
      return out;
    };
  },
  naive: ({ S, x }, { n }) => () => {
    const K = inverse(S, n), z = multiply(K, x, n, n, 1);
    return plus(K, multiply(z, z, n, 1, n), -1);
  },
  mlMatrix: ({ Matrix, inverse: inv }, { S, x }, { n }) => {
    const [s, v] = [Matrix.from1DArray(n, n, S), Matrix.columnVector(x)];
    return () => { const K = inv(s), z = K.mmul(v); return K.sub(z.mmul(z.transpose())); };
  },
  mathjs: (math, v, { n }) => {
    const S = math.reshape(math.matrix(Array.from(v.S)), [n, n]), x = math.reshape(math.matrix(Array.from(v.x)), [n, 1]);
    return () => { const K = math.inv(S), z = math.multiply(K, x); return math.subtract(K, math.multiply(z, math.transpose(z))); };
  },
  python: true,
};

const likelihood = {
  id: 'gp', title: 'Gaussian-process likelihood gradient by the length scale', of: 'f', kind: 'gradient', wrt: 'l',
  document: "D : matrix(n, n) symmetric; y : vector(n); l, s, v : scalar positive\nK = s*exp(-D/(2*l^2)) + v*I(n)\nf = y'*inv(K)*y + logdet(K)\ngrad(f, l)\n",
  sizes: [{ n: 20 }, { n: 100 }, { n: 200 }],
  draw: ({ n }, r) => {
    const p = r.array(n * 2), D = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) D[i * n + j] = (p[2 * i] - p[2 * j]) ** 2 + (p[2 * i + 1] - p[2 * j + 1]) ** 2;
    return { D, y: r.array(n), l: 0.5 + r.uniform(), s: 1 + r.uniform(), v: 0.1 + r.uniform() };
  },
  tuned: ({ D, y, l, s, v }, { n }) => {
    const K = new Float64Array(n * n), L = new Float64Array(n * n), X = new Float64Array(n * n), z = new Float64Array(n);
    return () => {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) K[i * n + j] = s * Math.exp((-0.5 * D[i * n + j]) / (l * l));
        K[i * n + i] = s * Math.exp((-0.5 * D[i * n + i]) / (l * l)) + v;
      }
      chol(K, L, n);
      cholInverse(L, X, n);
      z.set(y);
      cholSolve(L, z, n, 1);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) sum += (X[i * n + j] - z[i] * z[j]) * K[i * n + j] * D[i * n + j];
        sum += 0.5 * (X[i * n + i] - z[i] * z[i]) * (K[i * n + i] - v) * D[i * n + i];
      }
      return (2 * sum) / (l * l * l);
    };
  },
  naive: ({ D, y, l, s, v }, { n }) => () => {
    const E = D.map((d) => s * Math.exp(-d / (2 * l * l))), K = inverse(plus(E, identity(n), v), n), z = multiply(K, y, n, n, 1);
    const dK = E.map((e, q) => (e * D[q]) / (l * l * l));
    return total(plus(K, multiply(z, z, n, 1, n), -1).map((a, q) => a * dK[q]));
  },
  python: true,
};

const gram = {
  id: 'ols', title: "inv(X'*X)*X'*y (Linnea 1)", of: 'b', kind: 'value',
  document: "y : vector(m); X : matrix(m, n)\nb = inv(X'*X)*X'*y\nb\n",
  sizes: [{ m: 100, n: 10 }, { m: 500, n: 100 }],
  draw: ({ m, n }, r) => ({ X: r.array(m * n), y: r.array(m) }),
  tuned: ({ X, y }, { m, n }) => {
    const S = new Float64Array(n * n), L = new Float64Array(n * n), out = new Float64Array(n);
    return () => {
      syrkT(X, S, n, m);
      chol(S, L, n);
      gemmTN(X, y, out, n, m, 1);
      cholSolve(L, out, n, 1);
      return out;
    };
  },
  naive: ({ X, y }, { m, n }) => () => {
    const T = transpose(X, m, n);
    return multiply(inverse(multiply(T, X, n, m, n), n), multiply(T, y, n, m, 1), n, n, 1);
  },
  mlMatrix: ({ Matrix, inverse: inv }, { X, y }, { m, n }) => {
    const [x, v] = [Matrix.from1DArray(m, n, X), Matrix.columnVector(y)];
    return () => inv(x.transpose().mmul(x)).mmul(x.transpose().mmul(v));
  },
  mathjs: (math, v, { m, n }) => {
    const X = math.reshape(math.matrix(Array.from(v.X)), [m, n]), y = math.matrix(Array.from(v.y));
    return () => { const T = math.transpose(X); return math.multiply(math.inv(math.multiply(T, X)), math.multiply(T, y)); };
  },
  python: true,
};

const kalman = {
  id: 'kalman', title: 'Kalman update, the covariance (Linnea 25)', of: 'Pa', kind: 'value',
  document: "H : matrix(m, n); P : matrix(n, n) posdef; R : matrix(m, m) posdef\nPa = (I(n) - P*H'*inv(R + H*P*H')*H)*P\nPa\n",
  sizes: [{ n: 6, m: 2 }, { n: 60, m: 20 }, { n: 200, m: 50 }],
  draw: ({ n, m }, r) => ({ H: r.array(m * n), P: posdef(r, n), R: posdef(r, m) }),
  tuned: ({ H, P, R }, { n, m }) => {
    const HP = new Float64Array(m * n), S = new Float64Array(m * m), L = new Float64Array(m * m), out = new Float64Array(n * n);
    return () => {
      gemm(H, P, HP, m, n, n);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j <= i; j++) {
          let s = R[i * m + j];
          for (let p = 0; p < n; p++) s += HP[i * n + p] * H[j * n + p];
          S[i * m + j] = s;
        }
      }
      chol(S, L, m);
      // V = inv(L)*H*P, Pa = P - V'*V.
      for (let i = 0; i < m; i++) {
        for (let p = 0; p < i; p++) { const f = L[i * m + p]; for (let j = 0; j < n; j++) HP[i * n + j] -= f * HP[p * n + j]; }
        const d = 1 / L[i * m + i];
        for (let j = 0; j < n; j++) HP[i * n + j] *= d;
      }
      syrkT(HP, out, n, m);
      for (let i = 0; i < n * n; i++) out[i] = P[i] - out[i];
      return out;
    };
  },
  naive: ({ H, P, R }, { n, m }) => () => {
    const Ht = transpose(H, m, n), S = plus(multiply(multiply(H, P, m, n, n), Ht, m, n, m), R);
    const K = multiply(multiply(P, Ht, n, n, m), inverse(S, m), n, m, m);
    return multiply(plus(identity(n), multiply(K, H, n, m, n), -1), P, n, n, n);
  },
  mlMatrix: ({ Matrix, inverse: inv }, v, { n, m }) => {
    const [H, P, R] = [Matrix.from1DArray(m, n, v.H), Matrix.from1DArray(n, n, v.P), Matrix.from1DArray(m, m, v.R)];
    return () => { const K = P.mmul(H.transpose()).mmul(inv(H.mmul(P).mmul(H.transpose()).add(R))); return Matrix.eye(n).sub(K.mmul(H)).mmul(P); };
  },
  mathjs: (math, v, { n, m }) => {
    const [H, P, R] = [[v.H, m, n], [v.P, n, n], [v.R, m, m]].map(([a, p, q]) => math.reshape(math.matrix(Array.from(a)), [p, q]));
    return () => {
      const T = math.transpose(H), K = math.multiply(math.multiply(P, T), math.inv(math.add(math.multiply(math.multiply(H, P), T), R)));
      return math.multiply(math.subtract(math.identity(n), math.multiply(K, H)), P);
    };
  },
  python: true,
};

export const cases = [logdet, gauss, likelihood, gram, kalman];
