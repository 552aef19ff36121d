/** Documents whose generated code is run: the questions people bring, and one for every operator and kind of node. */
const HEAD = `dim m >= n
A, B : matrix(n, n)
C : matrix(m, m)
S, P : matrix(n, n) posdef
T : matrix(n, n) symmetric
X, Y, H : matrix(m, n)
W, G : matrix(n, k)
Lo : matrix(n, n) lower
Up : matrix(n, n) upper
Di : matrix(n, n) diagonal
Sk : matrix(n, n) skew
x, y : vector(n)
z, b : vector(m)
p : vector(n) positive
a3, b3 : vector(3)
t : scalar positive
s : scalar
`;
const CASES: readonly (readonly [string, string])[] = [
  ["X*(X'*X)^(-1/2)", 'X'], ["(t*x*x' + I)^(1/2)", 'x'], ["(t*x*x' + I)^(1/2)", 't'], ["A*W*W'*A'", 'W'], ["x'*inv(A)*y", 'A'], ["W*W'", 'W'],
  ["normF(X*W - X*G)^2 + t*normF(W)^2", 'W'], ['sum(softplus(-z .* (X*x)))', 'x'], ["logdet(S) + x'*inv(S)*x", 'S'], ["logdet(X'*X + I)", 'X'], ["logdet(C*C' + I)", 'C'],
  ['inv(A)*B', 'A'], ['inv(A)*x', 'A'], ["inv(S)*W", 'S'], ["B*inv(A)", 'A'], ['A^3', 'A'], ["(A*A')^2", 'A'], ['S^(1/2)', 'S'], ['S^(-1/2)', 'S'], ['S^(3/2)', 'S'], ['S^(1/3)', 'S'],
  ['expm(A)', 'A'], ['expm(T)', 'T'], ['logm(S)', 'S'], ['chol(S)', 'S'], ['logdet(S)', 'S'], ['det(A)', 'A'], ['det(Lo)', 'Lo'], ['logdet(T*T + I)', 'T'],
  ["tr(A'*B*A*A)", 'A'], ['sum(exp(A) .* B)', 'A'], ['tanh(A*x + y)', 'x'], ['tanh(A*x + y)', 'A'], ['logsumexp(A*x)', 'x'], ['softmax(A*x)', 'x'], ['A .* B', 'A'], ['diag(x)*A', 'x'],
  ['diag(A*B)', 'A'], ['A ⊗ B', 'A'], ['A ⊗ B', 'B'], ['X ⊗ W', 'X'], ['X ⊗ W', 'W'], ["commutation(n, k)*(vec(W)*x')", 'W'], ["(x*vec(W)')*(commutation(k, n) - W ⊗ W' + commutation(k, n))", 'x'], ['A ⊕ B', 'A'], ['vec(A*B)', 'A'], ['unvec(vec(A)*t, n, n)*B', 'A'], ['normF(A)', 'A'], ['norm(A*x)', 'x'], ['x/norm(x)', 'x'], ["x'*A*x/(x'*x)", 'x'],
  ['norm2(H)', 'H'], ['eigmax(T)', 'T'], ['eigmin(T)', 'T'], ['normNuc(X)', 'X'], ['pinv(X)', 'X'], ['adj(A)', 'A'], ['polar(X)', 'X'], ['sylvester(S, P, A)', 'A'], ['sylvester(S, S, A)', 'S'], ['sylvester(A, B, T)', 'A'],
  ['tril(A)*B', 'A'], ['triu(A)*B', 'A'], ['phi(A)', 'A'], ['sym(A)*B', 'A'], ['sym(B)[:, 2]', 'B'], ['(T*S)[:, 2]', 'T'], ['T[:, 2]', 'T'], ["x*y' + s - exp(x*y')", 'x'], ['skewpart(A)', 'A'], ['A[1, 2]*A[2, :]', 'A'], ['(A*B)[2, 2]', 'A'], ['X[1:n, :]*A', 'X'], ['sum(p .^ t)', 't'], ['p .^ t', 'p'], ['x .^ 3', 'x'],
  ['sqrt(p)', 'p'], ['A ./ (B .* B + 1)', 'B'], ['log(det(S))*S', 'S'], ['tr(S*logm(S))', 'S'], ['tr(expm(A))', 'A'], ['tr(A^5)', 'A'], ["A*sym(B)*A'", 'B'], ['eigvals(T)', 'T'], ['svdvals(H)', 'H'], ['cumsum(A)', 'A'], ['prod(p)', 'p'],
  ['(A ⊗ B)*vec(A)', 'A'], ['max(x, y)', 'x'], ['min(x, 0)', 'x'], ['max(x)', 'x'], ['max(x .* x + softmax(y) + inv(Lo)*softmax(x))', 'x'], ['sum((B + B\')[:, 2])', 'B'], ['tanh(X[1, :] .* X[2, :]) - X[2, :]/t', 'X'], ["-(e(1, n)' .* (G'*H'*H)[1, :])", 'G'], ['(t*T)[3, :]', 'T'], ['normInf(A*x)', 'x'], ['entropy(p)', 'p'], ['mean(A)', 'A'], ['cond(A)', 'A'], ['gamma(p)', 'p'], ['lgamma(p)', 'p'], ['digamma(p)', 'p'], ['erf(x)', 'x'], ['normcdf(x)', 'x'], ["x'*A", 'x'],
  ["logdet(I + W'*W)", 'W'], ["X*inv(X'*X)*X'", 'X'], ['exp(-norm(x - y)^2/2)', 'x'], ['cross(a3, b3)', 'a3'], ['skew3(a3)*b3', 'a3'], ['rowsum(X .* Y)', 'X'], ['colsum(X .* Y)', 'X'], ['[A, W; W\', I(k)]', 'W'], ['logdet([S, W; W\', W\'*W + I(k)])', 'W'],
  ["a3'*diag(b3)*a3", 'a3'], ['Lo*B', 'Lo'], ["inv(Lo)*B", 'Lo'], ["Up*B*x", 'Up'], ["inv(Up)*x", 'Up'], ['tr(A*Di*A\'*Di)', 'Di'], ['inv(Di)*x', 'Di'], ['inv(I + Sk)*(I - Sk)', 'Sk'], ['vech(T)', 'T'], ['abs(x) + sign(x) .* relu(y)', 'x'],
  ['sin(x) .* cos(x) + tan(x/3) + atan(x) + asin(x/2) + acos(x/2)', 'x'], ['sinh(x) + cosh(x)', 'x'], ['norm1(x) + normInf(x)', 'x'], ['sum(x[i]*p[i]^2, i = 1:n)', 'p'], ['commutation(n, k)*vec(W)', 'W'], ['duplication(n)*vech(T)', 'T'], ['s^2 + 1/t', 's'],
  ['expmFrechet(A, B)', 'B'], ['X', 'X'], ["X'", 'X'], ['zeros(m, n) + X', 'X'], ['2*ones(m)*x\'', 'x'], ['A', 'x'], ["x*x'*x", 'x'], ["W*G'*x", 'W'], ['I(n)*t', 't'], ["expm(t*A)", 't'], ['pi*x', 'x'], ['n*x/k', 'x'], ['sigmoid(X*x)', 'x'],
  ['polygamma(2, p)', 'p'], ["inv(A')*x", 'A'], ["x'*inv(A)", 'A'], ['W*(G\'*W)^2', 'W'], ["exp(W*G')*x", 'W'], ["A^(-2)*x", 'A'], ['logm(A)', 'A'], ['sqrtm(A)', 'A'], ['A^(1/3)', 'A'], ['powmFrechet(S, 1/3, T)', 'T'], ['eigvecs(T)*x', 'T'], ['dot(X, Y)', 'X'], ['X : Y', 'X'],
  ['exp(X) ./ (rowsum(exp(X))*ones(1, n))', 'X'], ["log(colsum(exp(X))')", 'X'], ['log(rowsum(exp(X)))', 'X'], ["exp(X)*y ./ rowsum(exp(X))", 'X'],
  ['X*diag(colsum(exp(X)))', 'X'], ['exp(X)*diag(1 ./ colsum(exp(X)))', 'X'], ["diag(z')*X", 'X'], ['diag(colsum(X .* Y))*y', 'X'],
  ['diag(x)', 'x'], ['diag(x)*A*diag(x)', 'x'], ['A + diag(x.^2)', 'x'], ['diag(diag(A)) + t*A', 'A'],
];
const HESSIANS: readonly (readonly [string, string])[] = [
  ["x'*A*x", 'x'], ['logsumexp(x)', 'x'], ['sum(softplus(-z .* (X*x)))', 'x'], ['norm(X*x - z)', 'x'], ['-logdet(S)', 'S'], ["normF(W*W' - A)^2", 'W'], ["tr(A*T*B*T)", 'T'], ["sum(x .^ 4)", 'x'], ["exp(x'*y)", 'x'], ["log(s^2 + t)", 's'],
];
/** Values alone: some of Linnea's applications, whose plans solve where the formula inverts. */
const VALUES: readonly string[] = [
  "y : vector(m); X : matrix(m, n)\ninv(X'*X)*X'*y", "y : vector(m); M : matrix(m, m) posdef; X : matrix(m, n)\ninv(X'*inv(M)*X)*X'*inv(M)*y",
  "b : vector(n); c : vector(m); A : matrix(n, m); W : matrix(m, m) posdef diagonal\nW*(A'*inv(A*W*A')*b - c)",
  "y : vector(n); A, B : matrix(n, n); L : matrix(m, m) diagonal; R : matrix(m, n)\ninv(inv(A')*B'*B*inv(A) + R'*L*R)*inv(A')*B'*B*inv(A)*y",
  "L0 : matrix(n, n) lower; L1 : matrix(m, n)\nL1*inv(L0)", "B : matrix(n, n) possemidef; H : matrix(m, n); R : matrix(m, m) possemidef; Y : matrix(m, k)\ninv(inv(B) + H'*inv(R)*H)*H'*inv(R)*Y",
  "H : matrix(m, n); R : matrix(m, m) possemidef; X : matrix(n, n) lower; Y : matrix(m, k)\nX*(H*X)'*inv(R + H*X*(H*X)')*Y",
  "A : matrix(n, n); S : matrix(n, k); W : matrix(n, n) posdef; Xin : matrix(n, n)\nXin + W*A'*S*inv(S'*A*W*A'*S)*S'*(I(n) - A*Xin)",
  "A : matrix(n, n) symmetric; S : matrix(n, k); W : matrix(n, n) posdef; Xin : matrix(n, n) symmetric\nXin - (Xin*A - I(n))*S*inv(S'*A*W*A*S)*S'*A*W - ((Xin*A - I(n))*S*inv(S'*A*W*A*S)*S'*A*W)'",
  "A : matrix(n, n) posdef; S : matrix(n, k); Xin : matrix(n, n) symmetric\nS*inv(S'*A*S)*S' + (I(n) - S*inv(S'*A*S)*S'*A)*Xin*(I(n) - A*S*inv(S'*A*S)*S')",
  "A : matrix(m, n); Bin : matrix(n, n) posdef; Wk : matrix(m, k); s : scalar positive\ns*inv(s + 1)*Bin*(I(n) - A'*Wk*inv((s + 1)*I(k) + Wk'*A*Bin*A'*Wk)*Wk'*A*Bin)",
  "x : vector(n); y : vector(m); A : matrix(m, n); Cx : matrix(n, n) possemidef; Cz : matrix(m, m) possemidef\nCx*A'*inv(A*Cx*A' + Cz)*(y - A*x) + x",
  "A : matrix(m, n); Cin : matrix(n, n) possemidef; Cz : matrix(m, m) possemidef\n(I(n) - Cin*A'*inv(Cz + A*Cin*A')*A)*Cin",
  "T : matrix(n, n) tridiagonal; B : matrix(n, k); C : matrix(k, n); x : vector(n)\nT*B*C*T + T'*B*C", "T : matrix(n, n) tridiagonal; x : vector(n)\nT*x + T'*x + (x'*T)'",
  "x : vector(n); y : vector(m)\nnormNuc((y - 1)*x')",
  "A : matrix(n, n); X : matrix(n, m)\n(A*X)[1:2, :] + (exp(A)*X)[2:3, :]",
  "X : matrix(m, n); s : scalar positive\nf = sum(i = 1:m, sum(j = 1:m, exp(-norm(X[i, :] - X[j, :])^2 / s)))\nhessian(f, X)",
  "X : matrix(m, n); Y : matrix(k, n); w : vector(n) positive\nf = sum(i = 1:m, sum(j = 1:k, 1/(1 + (X[i, :] - Y[j, :])*diag(w)*(X[i, :] - Y[j, :])')))\ngrad(f, X)",
  "x, y : vector(n)\nf = sum(i = 1:n, sum(j = 1:n, exp(-(x[i] - y[j])^2)))\nhessian(f, x)", "X : matrix(m, n)\nf = logdet(X'*(I(m) - ones(m, m)/m)*X)\nhessian(f, X)",
  "X : matrix(m, n); W : matrix(n, k); Y : matrix(m, k)\nf = sum(log(rowsum(exp(X*W)))) - tr(Y'*X*W)\nhessian(f, W)", "X : matrix(n, m); W : matrix(k, n); t : scalar\nf = sum(log(colsum(exp(W*X)))) + t*normF(W)^2\nhessian(f, W)",
  "X : matrix(m, n); W : matrix(n, k); Y : matrix(m, k); c : scalar\nf = normF(tanh(X*W) - Y)^2 + c*normF(W)^2\nhessian(f, W)", "X : matrix(m, n); W : matrix(n, k); B : matrix(n, m); C : matrix(k, k)\nF = B*tanh(X*W*C)\njacobian(F, W)",
];

export interface Case { readonly title: string; readonly text: string }
const document = (body: string, request: string): string => `${HEAD}Result = ${body}\n${request}\n`;
const isScalarRequest = (by: string): boolean => by === 't' || by === 's';
export const programs: readonly Case[] = [
  ...CASES.map(([body, by]) => ({ title: `${body} by ${by}`, text: document(body, `${isScalarRequest(by) ? 'grad' : 'jacobian'}(Result, ${by})`) })),
  ...HESSIANS.map(([body, by]) => ({ title: `Hessian of ${body} by ${by}`, text: document(body, `hessian(Result, ${by})`) })),
  ...VALUES.map((text) => ({ title: text.split('\n')[1] ?? text, text })),
];
export const SIZES: ReadonlyMap<string, number> = new Map([['m', 4], ['n', 3], ['k', 2]]);
