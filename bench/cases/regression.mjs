// Ridge regression by matrices, logistic and softmax regression: gradients and Hessians.
import { gemm, gemmTN, syrkT } from '../anchors/tuned-kernels.mjs';
import { multiply, plus, scale, transpose } from '../anchors/naive-kernels.mjs';

const ridge = {
  id: 'ridge', title: 'ridge gradient', of: 'f', kind: 'gradient', wrt: 'W',
  document: 'X : matrix(m, n); W : matrix(n, k); Y : matrix(m, k); t : scalar positive\nf = normF(X*W - Y)^2 + t*normF(W)^2\ngrad(f, W)\n',
  sizes: [{ m: 20, n: 5, k: 3 }, { m: 200, n: 50, k: 10 }, { m: 1000, n: 200, k: 20 }],
  small: 0,
  draw: ({ m, n, k }, r) => ({ X: r.array(m * n), W: r.array(n * k), Y: r.array(m * k), t: 0.3 + r.uniform() }),
  tuned: ({ X, W, Y, t }, { m, n, k }) => {
    const R = new Float64Array(m * k), out = new Float64Array(n * k);
    return () => {
      R.set(Y);
      gemm(X, W, R, m, n, k, 1, -1);
      out.set(W);
      gemmTN(X, R, out, n, m, k, 2, 2 * t);
      return out;
    };
  },
  naive: ({ X, W, Y, t }, { m, n, k }) => () => plus(scale(multiply(transpose(X, m, n), plus(multiply(X, W, m, n, k), Y, -1), n, m, k), 2), W, 2 * t),
  mlMatrix: ({ Matrix }, { X, W, Y, t }, { m, n, k }) => {
    const [x, w, y] = [Matrix.from1DArray(m, n, X), Matrix.from1DArray(n, k, W), Matrix.from1DArray(m, k, Y)];
    return () => x.transpose().mmul(x.mmul(w).sub(y)).mul(2).add(Matrix.mul(w, 2 * t));
  },
  mathjs: (math, { t, ...v }, { m, n, k }) => {
    const [X, W, Y] = [[v.X, m, n], [v.W, n, k], [v.Y, m, k]].map(([a, p, q]) => math.reshape(math.matrix(Array.from(a)), [p, q]));
    return () => math.add(math.multiply(2, math.multiply(math.transpose(X), math.subtract(math.multiply(X, W), Y))), math.multiply(2 * t, W));
  },
  tfjs: (tf, { X, W, Y, t }, { m, n, k }) => {
    const [x, w, y] = [tf.tensor2d(Float32Array.from(X), [m, n]), tf.tensor2d(Float32Array.from(W), [n, k]), tf.tensor2d(Float32Array.from(Y), [m, k])];
    const g = tf.grad((z) => tf.add(tf.sum(tf.square(tf.sub(tf.matMul(x, z), y))), tf.mul(t, tf.sum(tf.square(z)))));
    return () => tf.tidy(() => g(w).dataSync());
  },
  jax: ({ grad, jit, array, np }, { X, W, Y, t }, { m, n, k }) => {
    const [x, w, y] = [array(X, [m, n]), array(W, [n, k]), array(Y, [m, k])];
    const g = jit(grad((z) => np.sum(np.square(np.matmul(x.ref, z.ref).sub(y.ref))).add(np.sum(np.square(z)).mul(t))));
    return () => g(w.ref).dataSync();
  },
  python: true,
};

const logisticDraw = ({ m, n }, r) => ({ X: r.array(m * n), y: r.signs(m), w: r.array(n).map((x) => x / Math.sqrt(n)) });
const logisticDocument = (request) => `X : matrix(m, n); y : vector(m); w : vector(n)\nf = sum(softplus(-y .* (X*w)))\n${request}(f, w)\n`;

const logisticGradient = {
  id: 'logistic', title: 'logistic gradient', of: 'f', kind: 'gradient', wrt: 'w', document: logisticDocument('grad'),
  sizes: [{ m: 20, n: 5 }, { m: 1000, n: 200 }, { m: 1000, n: 500 }], small: 0, draw: logisticDraw,
  tuned: ({ X, y, w }, { m, n }) => {
    const out = new Float64Array(n);
    return () => {
      // One pass over the rows, four at a time.
      out.fill(0);
      let i = 0;
      for (; i + 3 < m; i += 4) {
        const a = i * n, b = a + n, c = b + n, d = c + n;
        let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        for (let j = 0; j < n; j++) {
          const v = w[j];
          s0 += X[a + j] * v; s1 += X[b + j] * v; s2 += X[c + j] * v; s3 += X[d + j] * v;
        }
        const g0 = -y[i] / (1 + Math.exp(y[i] * s0)), g1 = -y[i + 1] / (1 + Math.exp(y[i + 1] * s1));
        const g2 = -y[i + 2] / (1 + Math.exp(y[i + 2] * s2)), g3 = -y[i + 3] / (1 + Math.exp(y[i + 3] * s3));
        for (let j = 0; j < n; j++) out[j] += g0 * X[a + j] + g1 * X[b + j] + g2 * X[c + j] + g3 * X[d + j];
      }
      for (; i < m; i++) {
        let s = 0;
        for (let j = 0; j < n; j++) s += X[i * n + j] * w[j];
        const g = -y[i] / (1 + Math.exp(y[i] * s));
        for (let j = 0; j < n; j++) out[j] += g * X[i * n + j];
      }
      return out;
    };
  },
  naive: ({ X, y, w }, { m, n }) => () => {
    const z = multiply(X, w, m, n, 1);
    return multiply(transpose(X, m, n), z.map((s, i) => -y[i] / (1 + Math.exp(y[i] * s))), n, m, 1);
  },
  mlMatrix: ({ Matrix }, { X, y, w }, { m, n }) => {
    const [x, v] = [Matrix.from1DArray(m, n, X), Matrix.columnVector(w)];
    return () => {
      const z = x.mmul(v);
      return x.transpose().mmul(Matrix.columnVector(z.to1DArray().map((s, i) => -y[i] / (1 + Math.exp(y[i] * s)))));
    };
  },
  mathjs: (math, v, { m, n }) => {
    const X = math.reshape(math.matrix(Array.from(v.X)), [m, n]), y = math.matrix(Array.from(v.y)), w = math.matrix(Array.from(v.w));
    return () => math.multiply(math.transpose(X), math.map(math.dotMultiply(y, math.multiply(X, w)), (s, [i]) => -v.y[i] / (1 + Math.exp(s))));
  },
  tfjs: (tf, { X, y, w }, { m, n }) => {
    const [x, s, v] = [tf.tensor2d(Float32Array.from(X), [m, n]), tf.tensor2d(Float32Array.from(y), [m, 1]), tf.tensor2d(Float32Array.from(w), [n, 1])];
    const g = tf.grad((z) => tf.sum(tf.softplus(tf.neg(tf.mul(s, tf.matMul(x, z))))));
    return () => tf.tidy(() => g(v).dataSync());
  },
  jax: ({ grad, jit, array, np, nn }, { X, y, w }, { m, n }) => {
    const [x, s, v] = [array(X, [m, n]), array(y, [m]), array(w, [n])];
    const g = jit(grad((z) => np.sum(nn.softplus(np.matmul(x.ref, z).mul(s.ref).mul(-1)))));
    return () => g(v.ref).dataSync();
  },
  // Its softplus is in single precision.
  loose: ['jax-js'],
  python: true,
};

const logisticHessian = {
  id: 'logistic-hessian', title: 'logistic Hessian', of: 'f', kind: 'hessian', wrt: 'w', document: logisticDocument('hessian'),
  sizes: [{ m: 200, n: 20 }, { m: 1000, n: 200 }], draw: logisticDraw,
  tuned: ({ X, y, w }, { m, n }) => {
    const S = new Float64Array(m * n), out = new Float64Array(n * n);
    return () => {
      for (let i = 0; i < m; i++) {
        let s = 0;
        for (let j = 0; j < n; j++) s += X[i * n + j] * w[j];
        const p = 1 / (1 + Math.exp(y[i] * s)), d = Math.sqrt(p * (1 - p)) * Math.abs(y[i]);
        for (let j = 0; j < n; j++) S[i * n + j] = d * X[i * n + j];
      }
      syrkT(S, out, n, m);
      return out;
    };
  },
  naive: ({ X, y, w }, { m, n }) => () => {
    const d = multiply(X, w, m, n, 1).map((s, i) => { const p = 1 / (1 + Math.exp(y[i] * s)); return p * (1 - p) * y[i] * y[i]; });
    return multiply(transpose(X, m, n), X.map((x, q) => d[Math.floor(q / n)] * x), n, m, n);
  },
  mlMatrix: ({ Matrix }, { X, y, w }, { m, n }) => {
    const [x, v] = [Matrix.from1DArray(m, n, X), Matrix.columnVector(w)];
    return () => {
      const d = x.mmul(v).to1DArray().map((s, i) => { const p = 1 / (1 + Math.exp(y[i] * s)); return p * (1 - p) * y[i] * y[i]; });
      return x.transpose().mmul(x.clone().mulColumnVector(d));
    };
  },
  python: true,
};

const probabilities = (Z, m, k) => {
  for (let i = 0; i < m; i++) {
    let top = -Infinity, s = 0;
    for (let j = 0; j < k; j++) top = Math.max(top, Z[i * k + j]);
    for (let j = 0; j < k; j++) s += Z[i * k + j] = Math.exp(Z[i * k + j] - top);
    for (let j = 0; j < k; j++) Z[i * k + j] /= s;
  }
  return Z;
};
/** Block (l, j) of the Hessian, in stacked columns, and its mirror. */
const place = (out, B, l, j, n, k) => {
  for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) out[(j * n + a) * n * k + l * n + b] = out[(l * n + a) * n * k + j * n + b] = B[a * n + b];
};
const softmaxHessian = {
  id: 'softmax-hessian', title: 'softmax regression Hessian', of: 'f', kind: 'hessian', wrt: 'W',
  document: "X : matrix(m, n); W : matrix(n, k); Y : matrix(m, k)\nf = sum(log(rowsum(exp(X*W)))) - tr(Y'*X*W)\nhessian(f, W)\n",
  sizes: [{ m: 200, n: 10, k: 4 }, { m: 1000, n: 50, k: 8 }],
  draw: ({ m, n, k }, r) => ({ X: r.array(m * n), W: r.array(n * k).map((x) => x / Math.sqrt(n)), Y: r.array(m * k) }),
  tuned: ({ X, W }, { m, n, k }) => {
    const P = new Float64Array(m * k), S = new Float64Array(m * n), B = new Float64Array(n * n), out = new Float64Array(n * n * k * k);
    return () => {
      gemm(X, W, P, m, n, k);
      probabilities(P, m, k);
      for (let l = 0; l < k; l++) {
        for (let j = 0; j <= l; j++) {
          for (let i = 0; i < m; i++) {
            const root = Math.sqrt(P[i * k + l] * (l === j ? 1 - P[i * k + l] : P[i * k + j]));
            for (let a = 0; a < n; a++) S[i * n + a] = root * X[i * n + a];
          }
          syrkT(S, B, n, m, l === j ? 1 : -1);
          place(out, B, l, j, n, k);
        }
      }
      return out;
    };
  },
  naive: ({ X, W }, { m, n, k }) => () => {
    const P = probabilities(multiply(X, W, m, n, k), m, k), out = new Float64Array(n * n * k * k);
    for (let l = 0; l < k; l++) {
      for (let j = 0; j <= l; j++) {
        const scaled = X.map((x, q) => { const p = Math.floor(q / n) * k; return P[p + l] * ((l === j ? 1 : 0) - P[p + j]) * x; });
        place(out, multiply(transpose(X, m, n), scaled, n, m, n), l, j, n, k);
      }
    }
    return out;
  },
};

export const cases = [ridge, logisticGradient, logisticHessian, softmaxHessian];
