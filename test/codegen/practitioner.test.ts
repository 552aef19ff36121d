/** What practitioners write, and the kernels and flops that are spent on it: one row a kind of thing that was once done worse. The texts were taken from the generator and then read. */
import { expect, test } from 'vitest';
import { generate, load } from './harness';
import { seen } from './plan-of';

const PROGRAMS: readonly (readonly [kind: string, document: string, name: string, kernels: string, flops: string])[] = [
  ['generalised least squares: one factor, half a product', 'X : matrix(m, n); y : vector(m); S : matrix(m, m) posdef; w : vector(n); t : scalar positive\nf = (X*w - y)\'*inv(S)*(X*w - y) + t*w\'*w\nhessian(f, w)', 'hessianFByW', 'cholesky loop solveLower multiplyTNSym loop loop', 'm^3/3 + m^2*n + m*n^2 + n^2 + 3*n'],
  ['Poisson regression: half a product', 'X : matrix(m, n); y : vector(m); w : vector(n)\nf = sum(exp(X*w)) - y\'*X*w\nhessian(f, w)', 'hessianFByW', 'matVec loop multiplyTNSym', 'm*n^2 + 3*m*n + 10*m'],
  ['softmax regression: two products', 'X : matrix(m, n); Y : matrix(m, k); W : matrix(n, k)\nZ = X*W\nf = sum(log(rowsum(exp(Z)))) - sum(Y .* Z)\ngrad(f, W)', 'gradientFByW', 'multiply loop loop loop multiplyTN', '4*k*m*n + 15*k*m + m'],
  ['Gaussian likelihood by its mean: a factor, no inverse', 'X : matrix(m, n); mu : vector(n); S : matrix(n, n) posdef\nf = m/2*logdet(S) + 1/2*sum((X[i, :]\' - mu)\'*inv(S)*(X[i, :]\' - mu), i = 1:m)\ngrad(f, mu)', 'gradientFByMu', 'cholesky loop loop choleskySolve', 'n^3/3 + m*n + 2*n^2 + 2*n'],
  ['Gaussian likelihood by its covariance: residuals lie as the data do', 'X : matrix(m, n); mu : vector(n); S : matrix(n, n) posdef\nf = m/2*logdet(S) + 1/2*sum((X[i, :]\' - mu)\'*inv(S)*(X[i, :]\' - mu), i = 1:m)\ngrad(f, S)', 'gradientFByS', 'n <= m ? cholesky loop multiplyTNSym choleskySolve loop loop choleskySolve : cholesky choleskyInverse loop choleskySolve multiplyNTSymAdd', 'm*n^2 + 13*n^3/3 + m*n + n^2 + n : 3*m*n^2 + n^3 + m*n'],
  ['Kalman gain: P*H\' is formed once, and half of H*P*H\' + R', 'P : matrix(n, n) posdef; H : matrix(m, n); R : matrix(m, m) posdef; K : matrix(n, m)\nf = tr((I - K*H)*P*(I - K*H)\' + K*R*K\')\ngrad(f, K)', 'gradientFByK', 'multiplyNT multiplySymAdd multiplyAdd', '3*m^2*n + 2*m*n^2'],
  ['linear-quadratic cost, value and gradient: nothing is transposed', 'A : matrix(n, n); B : matrix(n, m); Q : matrix(n, n) posdef; R : matrix(m, m) posdef; K : matrix(m, n); V : matrix(n, n) posdef; S : matrix(n, n) posdef\nf = tr((Q + K\'*R*K)*S) + tr((A - B*K)\'*V*(A - B*K)*S)\ngrad(f, K)', 'valueAndGradientFByK', 'multiply multiplyTNSymAdd dot multiplyAdd multiply multiplyTNSym dot multiplyTNAdd multiply', '2*m^2*n + 7*m*n^2 + 3*n^3 + 4*n^2'],
  ['reconstruction by principal components: nothing of n by n', 'X : matrix(m, n); W : matrix(n, k)\nf = normF(X - X*W*W\')^2\ngrad(f, W)', 'gradientFByW', 'multiply multiplyTN multiplyTNSym multiplyAdd multiplyTNSym multiplyAdd', '6*k^2*n + 4*k*m*n'],
  ['attention by its keys: three products', 'Q, K, V, G : matrix(n, d)\nE = exp(Q*K\'/sqrt(d))\nP = E ./ (rowsum(E)*ones(1, n))\nf = G : (P*V)\ngrad(f, K)', 'gradientFByK', 'multiplyNT loop multiplyNT loop loop loop loop loop multiply', '6*d*n^2 + 22*n^2 + 3*n'],
  ['two layers: four products', 'X : matrix(m, n); Y : matrix(m, k); W1 : matrix(n, h); W2 : matrix(h, k)\nf = normF(tanh(X*W1)*W2 - Y)^2\ngrad(f, W1)', 'gradientFByW1', 'multiply loop multiplyAdd multiplyNT loop multiplyTN', '4*h*k*m + 4*h*m*n + 14*h*m'],
  ['a recurrent step: no product of matrices', 'W : matrix(n, n); U : matrix(n, d); h : vector(n); x : vector(d); b : vector(n); g : vector(n)\nf = g\'*tanh(W*h + U*x + b)\ngrad(f, h)', 'gradientFByH', 'matVecAdd rowPass', '2*d*n + 4*n^2 + 13*n'],
  ['a smoothing spline: two half products', 'B : matrix(m, n); y : vector(m); D : matrix(k, n); c : vector(n); l : scalar positive\nf = norm(B*c - y)^2 + l*norm(D*c)^2\nhessian(f, c)', 'hessianFByC', 'multiplyTNSym multiplyTNSymAdd', 'k*n^2 + m*n^2'],
  ['Sharpe ratio: one product with the covariance', 'S : matrix(n, n) posdef; mu, w : vector(n); r : scalar\nf = (w\'*mu - r)/sqrt(w\'*S*w)\nhessian(f, w)', 'hessianFByW', 'matVec dot dot loop', '10*n^2 + 5*n'],
  ['Black-Litterman: the small side', 'S : matrix(n, n) posdef; P : matrix(k, n); O : matrix(k, k) posdef; p : vector(n); q : vector(k); t : scalar positive\nm1 = inv(inv(t*S) + P\'*inv(O)*P)*(inv(t*S)*p + P\'*inv(O)*q)\njacobian(m1, q)', 'jacobianM1ByQ', 'multiplyNT multiplySymAdd cholesky loop choleskySolve transpose', 'k^3/3 + 3*k^2*n + 2*k*n^2'],
  ['a graph Laplacian: one product', 'W : matrix(n, n) symmetric; X : matrix(n, d)\nL = diag(rowsum(W)) - W\nf = tr(X\'*L*X)\ngrad(f, X)', 'gradientFByX', 'loop loop loop multiply', '2*d*n^2 + 2*n^2 + n'],
  ['factor analysis: all on the small side', 'L : matrix(n, k); p : vector(n) positive; S : matrix(n, n) posdef\nC = L*L\' + diag(p)\nf = logdet(C) + tr(inv(C)*S)\ngrad(f, L)', 'gradientFByL', '13 * k * k * k + 24 * k * k * n <= 3 * k * n * n + 13 * n * n * n ? loop multiplyTNSym loop loop cholesky transpose choleskySolve multiply choleskySolve multiply loop multiplyTNSym choleskySolve transpose multiplyNTAdd : multiplyNTSym loop cholesky loop choleskySolve transpose loop choleskySolve multiply loop', '13*k^3/3 + 8*k^2*n + 2*k*n^2 + 8*k*n + k + 2*n : 3*k*n^2 + 13*n^3/3 + k*n + 2*n'],
  ['its value: all on the small side', 'L : matrix(n, k); p : vector(n) positive; S : matrix(n, n) posdef\nC = L*L\' + diag(p)\nf = logdet(C)\nf', 'f', 'k <= n ? loop multiplyTNSym loop cholesky choleskyLogdet loop : multiplyNTSym loop cholesky choleskyLogdet', 'k^3/3 + k^2*n + k*n + k + 12*n + 1 : k*n^2 + n^3/3 + n + 1'],
  ['Procrustes: products on the side of A', 'A, B : matrix(m, n); R : matrix(n, n); s : scalar\nf = normF(s*A*R - B)^2\ngrad(f, R)', 'gradientFByR', 'n <= m ? multiplyTN multiplyTNSym multiplyAdd : multiplyAdd multiplyTN', '3*m*n^2 + 2*n^3 : 4*m*n^2'],
  ['matrix factorisation by the right factor: the residual lies as the data do', 'M : matrix(m, n); O : matrix(m, n); U : matrix(m, k); V : matrix(n, k); l : scalar positive\nf = normF(O .* (U*V\' - M))^2 + l*(normF(U)^2 + normF(V)^2)\ngrad(f, V)', 'gradientFByV', 'multiplyNTAdd loop multiplyTNAdd', '4*k*m*n + 2*m*n'],
  ['independent components: one inverse, two products', 'X : matrix(m, n); W : matrix(n, n) invertible\nf = sum(log(cosh(X*W\')))/m - logdet(W)\ngrad(f, W)', 'gradientFByW', 'lu luInverse loop multiplyNT loop multiplyAdd', '4*m*n^2 + 2*n^3 + 10*m*n'],
  ['contrastive loss: two products', 'A, B : matrix(n, d); t : scalar positive\nS = A*B\'/t\nf = sum(log(rowsum(exp(S)))) - tr(S)\ngrad(f, A)', 'gradientFByA', 'multiplyNT loop loop loop multiplyAdd', '4*d*n^2 + 15*n^2 + 2*n'],
  ["Riccati's step: through the factor, nothing of n³ but P*A and A'*P*A", "A : matrix(n, n); B : matrix(n, m); Q, P : matrix(n, n) posdef; R : matrix(m, m) posdef\nF = Q + A'*P*A - A'*P*B*inv(R + B'*P*B)*B'*P*A\nF", 'F', 'multiply multiplyTNSymAdd cholesky multiply multiplyTNSymAdd transpose solveLower multiply multiplyTNSymAdd', 'm^3/3 + 2*m^2*n + 5*m*n^2 + 3*n^3'],
  ["Cox regression's Hessian: with fewer columns than rows, nothing of m³", "X : matrix(m, p); b : vector(p); R : matrix(m, m); d : vector(m)\nf = d'*(X*b - log(R*exp(X*b)))\nhessian(f, b)", 'hessianFByB', 'm <= p ? matVec loop matVec loop matVecT loop loop multiplySym loop loop multiply multiplyTNSym : matVec loop loop multiplyNT matVec loop multiplySym loop matVecT loop multiplyTNSymAdd', 'm^3 + 2*m^2*p + m*p^2 + 7*m^2 + 2*m*p + 14*m : 2*m^2*p + 2*m*p^2 + 4*m^2 + 5*m*p + 14*m'],
  ['probit Hessian: half a product', 'X : matrix(m, n); y : vector(m); w : vector(n)\nf = sum(log(normcdf(y .* (X*w))))\nhessian(f, w)', 'hessianFByW', 'matVec loop loop multiplyTNSym', 'm*n^2 + 3*m*n + 23*m'],
  ['batch normalisation: roots and quotients of columns are taken once', 'X, G : matrix(m, n); eps : scalar positive; g : vector(n)\nC = X - ones(m)*colsum(X)/m\nY = C*diag(g ./ sqrt((colsum(C .* C)/m)\' + eps))\nf = sum(G .* Y)\ngrad(f, X)', 'gradientFByX', 'loop loop loop loop loop loop loop loop loop', '18*m*n + 10*n'],
  ['cross entropy along a direction: X*H serves both terms', "X : matrix(m, d); W : matrix(d, k); Y : matrix(m, k)\nf = sum(log(rowsum(exp(X*W)))) - tr(Y'*X*W)\ngrad(f, W)", 'jvpFByW', 'multiply loop loop multiply loop loop dot', '4*d*k*m + 17*k*m + 2*m'],
  ["a Kronecker product's adjoint: one pass over its argument, and no copy", 'A : matrix(m, n); B : matrix(p, q)\nF = A ⊗ B\njacobian(F, A)', 'vjpFByA', 'blockInner', '2*m*n*p*q'],
  ["a Kronecker product's gradient by what stands right in it: the blocks of one array", 'A : matrix(m, n); B : matrix(p, q); Y : matrix(m*p, n*q)\nf = normF(A ⊗ B - Y)^2\ngrad(f, B)', 'gradientFByB', 'loop loop blockSum loop', '4*m*n*p*q + p*q'],
  ['factorisation by divergence: two products', 'V : matrix(m, n) positive; W : matrix(m, k) positive; H : matrix(k, n) positive\nf = sum(V .* log(V ./ (W*H)) - V + W*H)\ngrad(f, H)', 'gradientFByH', 'multiply loop multiplyTN', '4*k*m*n + 2*m*n'],
];
for (const [kind, document, name, kernels, flops] of PROGRAMS) {
  test(kind, () => {
    const module = generate(document);
    expect(module.refused).toEqual([]);
    expect(seen(module.text, name)).toEqual({ kernels, flops });
  });
}

const functionOf = (document: string, name: string): string => {
  const { text } = generate(document);
  const start = text.indexOf(`export function ${name}(`);
  return text.slice(start, text.indexOf('\n}\n', start));
};
test('sums down the columns of what lies in rows walk along the rows', () => {
  const code = functionOf('X : matrix(m, n); mu : vector(n)\nf = sum((X[i, :]\' - mu)\'*(X[i, :]\' - mu), i = 1:m)\ngrad(f, mu)', 'gradientFByMu');
  expect(code).toContain('for (let i = 0; i < n; i++) u[i]! += X[j * n + i]!;');
});
test('a quotient of sinh and cosh is tanh, and the logarithm of cosh stays a number', () => {
  const document = 'x : vector(n)\nf = sum(log(cosh(x)))\ngrad(f, x)';
  expect(functionOf(document, 'gradientFByX')).toContain('Math.tanh(x[i]!)');
  expect(functionOf(document, 'f')).toContain('s2 += t + softplus(-2 * t) + s;');
});

test('reprojection by the rotation: each turn has one derivative of the rotation', () => {
  const code = functionOf('w, t, X : vector(3); K : matrix(2, 3)\nY = expm(skew3(w))*X + t\nr = K*Y/Y[3]\njacobian(r, w)', 'jacobianRByW');
  expect(code.match(/rotationFrechet\(/g)).toHaveLength(1);
});

test('two joints: a rotation serves as its own inverse, transposed', () => {
  const code = functionOf('a, b, c, g : vector(3); th : vector(2)\nf = normF(expm(th[1]*skew3(a))*(b + expm(th[2]*skew3(a))*c) - g)^2\ngrad(f, th)', 'gradientFByTh');
  expect(code.match(/rotation\(/g)).toHaveLength(2);
});

test('probit far from its data: the logarithm and its derivatives are numbers', () => {
  const { text } = generate('X : matrix(m, n); y : vector(m); w : vector(n)\nf = sum(log(normcdf(y .* (X*w))))\nhessian(f, w)\ngrad(f, w)');
  const code = load(text);
  const [X, y, w] = [Float64Array.of(-400), Float64Array.of(1), Float64Array.of(1)];
  // log(normcdf(x)) = -x^2/2 - log(-x*sqrt(2*pi)) - 1/x^2 + ..., and its slope -x - 1/x + 2/x^3 - ...
  expect(code['f']!(X, y, w)).toBeCloseTo(-80000 - Math.log(400 * Math.sqrt(2 * Math.PI)) - 1 / 160000, 8);
  expect((code['gradientFByW']!(X, y, w) as Float64Array)[0]!).toBeCloseTo(-400 * (400 + 1 / 400 - 2 / 400 ** 3), 6);
  expect((code['hessianFByW']!(X, y, w) as Float64Array)[0]! / 160000).toBeCloseTo(-1 + 1 / 160000, 8);
});
