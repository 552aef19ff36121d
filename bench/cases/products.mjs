// Chains, solves, quadratic forms and attention.
import { posdef, regular } from '../draw.mjs';
import { chol, cholSolve, gemm, gemmNT, gemv, luFactor, luSolve } from '../anchors/tuned-kernels.mjs';
import { inverse, multiply, plus, scale, transpose } from '../anchors/naive-kernels.mjs';

const chain = {
  id: 'chain', title: 'A*B*C*x', of: 'y', kind: 'value', document: 'A, B, C : matrix(n, n); x : vector(n)\ny = A*B*C*x\ny\n',
  sizes: [{ n: 20 }, { n: 100 }, { n: 500 }],
  draw: ({ n }, r) => ({ A: r.array(n * n), B: r.array(n * n), C: r.array(n * n), x: r.array(n) }),
  tuned: ({ A, B, C, x }, { n }) => {
    const u = new Float64Array(n), v = new Float64Array(n), out = new Float64Array(n);
    return () => { gemv(C, x, u, n, n); gemv(B, u, v, n, n); gemv(A, v, out, n, n); return out; };
  },
  naive: ({ A, B, C, x }, { n }) => () => multiply(A, multiply(B, multiply(C, x, n, n, 1), n, n, 1), n, n, 1),
  mlMatrix: ({ Matrix }, v, { n }) => {
    const [A, B, C, x] = [Matrix.from1DArray(n, n, v.A), Matrix.from1DArray(n, n, v.B), Matrix.from1DArray(n, n, v.C), Matrix.columnVector(v.x)];
    return () => A.mmul(B.mmul(C.mmul(x)));
  },
  python: true,
};

const solve = {
  id: 'solve', title: 'inv(S)*B, S posdef', of: 'X', kind: 'value', document: 'S : matrix(n, n) posdef; B : matrix(n, q)\nX = inv(S)*B\nX\n',
  sizes: [{ n: 10, q: 3 }, { n: 60, q: 10 }, { n: 200, q: 50 }],
  draw: ({ n, q }, r) => ({ S: posdef(r, n), B: r.array(n * q) }),
  tuned: ({ S, B }, { n, q }) => {
    const L = new Float64Array(n * n), out = new Float64Array(n * q);
    return () => { chol(S, L, n); out.set(B); cholSolve(L, out, n, q); return out; };
  },
  naive: ({ S, B }, { n, q }) => () => multiply(inverse(S, n), B, n, n, q),
  mlMatrix: ({ Matrix, CholeskyDecomposition }, { S, B }, { n, q }) => {
    const [s, b] = [Matrix.from1DArray(n, n, S), Matrix.from1DArray(n, q, B)];
    return () => new CholeskyDecomposition(s).solve(b);
  },
  mathjs: (math, v, { n, q }) => {
    const [S, B] = [[v.S, n, n], [v.B, n, q]].map(([a, p, c]) => math.reshape(math.matrix(Array.from(a)), [p, c]));
    return () => math.lusolve(S, B);
  },
  python: true,
};

const bilinear = {
  id: 'bilinear', title: "gradient of x'*inv(A)*y by A", of: 'f', kind: 'gradient', wrt: 'A', document: "A : matrix(n, n); x, y : vector(n)\nf = x'*inv(A)*y\ngrad(f, A)\n",
  sizes: [{ n: 10 }, { n: 60 }, { n: 200 }],
  draw: ({ n }, r) => ({ A: regular(r, n), x: r.array(n), y: r.array(n) }),
  tuned: ({ A, x, y }, { n }) => {
    const LU = new Float64Array(n * n), pivots = new Int32Array(n), u = new Float64Array(n), v = new Float64Array(n), out = new Float64Array(n * n);
    return () => {
      LU.set(A);
      luFactor(LU, pivots, n);
      u.set(x);
      luSolve(LU, pivots, u, n, true);
      v.set(y);
      luSolve(LU, pivots, v, n);
      for (let i = 0; i < n; i++) { const f = -u[i]; for (let j = 0; j < n; j++) out[i * n + j] = f * v[j]; }
      return out;
    };
  },
  naive: ({ A, x, y }, { n }) => () => {
    const K = inverse(A, n), T = transpose(K, n, n);
    return scale(multiply(multiply(multiply(T, x, n, n, 1), y, n, 1, n), T, n, n, n), -1);
  },
  mlMatrix: ({ Matrix, inverse: inv }, v, { n }) => {
    const [A, x, y] = [Matrix.from1DArray(n, n, v.A), Matrix.columnVector(v.x), Matrix.columnVector(v.y)];
    return () => { const K = inv(A); return K.transpose().mmul(x).mmul(K.mmul(y).transpose()).mul(-1); };
  },
  mathjs: (math, v, { n }) => {
    const A = math.reshape(math.matrix(Array.from(v.A)), [n, n]), x = math.reshape(math.matrix(Array.from(v.x)), [n, 1]), y = math.reshape(math.matrix(Array.from(v.y)), [n, 1]);
    return () => { const K = math.inv(A); return math.multiply(-1, math.multiply(math.multiply(math.transpose(K), x), math.transpose(math.multiply(K, y)))); };
  },
  python: true,
};

const quadratic = {
  id: 'quadratic', title: "Hessian of x'*A*x", of: 'f', kind: 'hessian', wrt: 'x', document: "A : matrix(n, n); x : vector(n)\nf = x'*A*x\nhessian(f, x)\n",
  sizes: [{ n: 10 }, { n: 100 }, { n: 300 }],
  draw: ({ n }, r) => ({ A: r.array(n * n), x: r.array(n) }),
  tuned: ({ A }, { n }) => {
    const out = new Float64Array(n * n);
    return () => {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) { const s = A[i * n + j] + A[j * n + i]; out[i * n + j] = s; out[j * n + i] = s; }
      }
      return out;
    };
  },
  naive: ({ A }, { n }) => () => plus(A, transpose(A, n, n)),
  mlMatrix: ({ Matrix }, v, { n }) => { const A = Matrix.from1DArray(n, n, v.A); return () => Matrix.add(A, A.transpose()); },
  mathjs: (math, v, { n }) => { const A = math.reshape(math.matrix(Array.from(v.A)), [n, n]); return () => math.add(A, math.transpose(A)); },
  jax: ({ hessian, array, np }, { A, x }, { n }) => {
    const [a, v] = [array(A, [n, n]), array(x, [n])];
    const h = hessian((z) => np.dot(z.ref, np.matmul(a.ref, z)));
    return () => h(v.ref).dataSync();
  },
  python: true,
};

const attention = {
  id: 'attention', title: 'attention: gradient of <G, softmax(Q*K\'/sqrt(d))*V> by Q', of: 'f', kind: 'gradient', wrt: 'Q',
  document: "Q, K, V, G : matrix(n, d)\nP = exp(Q*K'/sqrt(d))\nO = P*V ./ (rowsum(P)*ones(1, d))\nf = sum(G .* O)\ngrad(f, Q)\n",
  sizes: [{ n: 8, d: 4 }, { n: 64, d: 16 }, { n: 256, d: 64 }],
  draw: ({ n, d }, r) => ({ Q: r.array(n * d), K: r.array(n * d), V: r.array(n * d), G: r.array(n * d) }),
  tuned: ({ Q, K, V, G }, { n, d }) => {
    const P = new Float64Array(n * n), D = new Float64Array(n * n), out = new Float64Array(n * d), c = 1 / Math.sqrt(d);
    return () => {
      gemmNT(Q, K, P, n, d, n, c);
      gemmNT(G, V, D, n, d, n);
      for (let i = 0; i < n; i++) {
        // Scores beyond 709 overflow in exp: a softmax is measured by each row's largest entry.
        let z = 0, s = 0, top = -Infinity;
        for (let q = i * n; q < i * n + n; q++) if (P[q] > top) top = P[q];
        for (let q = i * n; q < i * n + n; q++) { const e = Math.exp(P[q] - top); P[q] = e; z += e; s += e * D[q]; }
        const r = 1 / z, mean = s * r, f = c * r;
        for (let q = i * n; q < i * n + n; q++) D[q] = f * P[q] * (D[q] - mean);
      }
      gemm(D, K, out, n, n, d);
      return out;
    };
  },
  naive: ({ Q, K, V, G }, { n, d }) => () => {
    const S = scale(multiply(Q, transpose(K, n, d), n, d, n), 1 / Math.sqrt(d)).map(Math.exp);
    const z = new Float64Array(n);
    for (let q = 0; q < n * n; q++) z[Math.floor(q / n)] += S[q];
    const P = S.map((s, q) => s / z[Math.floor(q / n)]), D = multiply(G, transpose(V, n, d), n, d, n);
    const mean = new Float64Array(n);
    for (let q = 0; q < n * n; q++) mean[Math.floor(q / n)] += P[q] * D[q];
    return scale(multiply(P.map((p, q) => p * (D[q] - mean[Math.floor(q / n)])), K, n, n, d), 1 / Math.sqrt(d));
  },
  tfjs: (tf, v, { n, d }) => {
    const [Q, K, V, G] = [v.Q, v.K, v.V, v.G].map((a) => tf.tensor2d(Float32Array.from(a), [n, d]));
    const g = tf.grad((q) => tf.sum(tf.mul(G, tf.matMul(tf.softmax(tf.mul(1 / Math.sqrt(d), tf.matMul(q, K, false, true))), V))));
    return () => tf.tidy(() => g(Q).dataSync());
  },
  jax: ({ grad, jit, array, np, nn }, v, { n, d }) => {
    const [Q, K, V, G] = [v.Q, v.K, v.V, v.G].map((a) => array(a, [n, d]));
    const g = jit(grad((q) => np.sum(np.matmul(nn.softmax(np.matmul(q, np.transpose(K.ref)).mul(1 / Math.sqrt(d)), -1), V.ref).mul(G.ref))));
    return () => g(Q.ref).dataSync();
  },
  // Its exponential is in single precision.
  loose: ['jax-js'],
  python: true,
};

export const cases = [chain, solve, bilinear, quadratic, attention];
