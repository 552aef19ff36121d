/** Where each identity shows: expressions on which its row rewrites something. Most are the left side of the row's own text. */
export const DECLARED = `
dim m >= n
A, B, C, E : matrix(n, n) invertible
S, P : matrix(n, n) posdef
T : matrix(n, n) symmetric
L : matrix(n, n) lower invertible
U : matrix(n, n) upper
D : matrix(n, n) diagonal
K : matrix(n, n) skew
X : matrix(m, n) fullrank
Y : matrix(m, n)
Z : matrix(n, m)
x, y, u, w : vector(n)
p : vector(n) positive
a, b : vector(3)
v : vector(m*n)
r : matrix(1, n)
c : scalar positive
s, t : scalar`;

/** By the row's text; a row that is not here is tried on the left side of its text, letters bound as above. */
export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  'log(det(A)) = logdet(A)': ['log(det(S))'], 'log(sum(exp(u))) = logsumexp(u)': ['log(sum(exp(Y)))', 'log(sum(exp(u)))'],
  'log(a*b) = log(a) + log(b) for scalars of known sign': ['log(c*det(S))', 'log(2*c)'], 'exp(log(x)) = x': ['exp(log(p))'], 'log(1) = 0': ['log(x ./ x)', 'log(ones(n))'],
  'abs(x) = x where x >= 0': ['abs(exp(x))'], 'relu(x) = x where x >= 0': ['relu(exp(Y))'], 'sign(x) = 1 where x > 0': ['sign(exp(x))'], 'step(x) = 1 where x > 0': ['step(exp(x))'],
  'sqrt(x) = x.^(1/2)': ['sqrt(p)'], 'x .^ p for a number p': ['x .^ (t/t + 1)'], 'A^p for a number p': ['S^(t/t + 1/2)'], 'ones .^ p = ones': ['ones(n) .^ t'], '1^p = 1': ['(c/c)^t'], 'polygamma(0, x) = digamma(x)': ['polygamma(0, p)'],
  'tr of a scalar': ["tr(x'*y)"], 'sum of a scalar': ["sum(x'*y)"], 'det of a scalar': ["det(x'*y)"], 'tr(I) = n': ['tr(I(n))'], 'tr(A ⊗ B) = tr(A)*tr(B)': ['tr(A ⊗ B)'],
  'tr(sylvester(A, A, C)) = tr(inv(A)*C)/2': ['tr(sylvester(S, S, C))'], 'tr(logmFrechet(A, E)) = tr(inv(A)*E)': ['tr(logmFrechet(S, E))'],
  'tr(powmFrechet(A, p, E)) = p*tr(A^(p - 1)*E)': ['tr(powmFrechet(S, 1/3, E))'], 'traces are cyclic': ['tr(B*A*C)', "tr(x*y'*A)", "tr(X'*(Y .* X))", "tr(A'*B')"],
  'sum(A*ones(n)) = sum(A)': ['sum(tanh(Y)*ones(n))', "sum(2*ones(1, n)*tanh(Z))"],
  "sum(A .* B) = tr(A'*B), x'*y for vectors": ['sum(X .* Y)', 'sum(x .* y)', 'sum(x.^2)', 'sum(r .* r)'], 'sum(log(diag(chol(A)))) = logdet(A)/2': ['sum(log(diag(chol(S))))'],
  'logdet(A\') = logdet(A)': ["logdet((9*I(n) + B)')", "logdet(S*P*S*P + S)"], 'det(I) = 1': ['det(I(n))'], 'logdet(I) = 0': ['logdet(I(n))'], 'logdet of a positive scalar is its log': ["logdet(x'*S*x)"],
  'det(A*B) = det(A)*det(B)': ['det(A*B)', 'det(t*A)'], 'logdet(A*B) = logdet(A) + logdet(B)': ['logdet(S*P)', 'logdet(c*S)'], 'det(A^k) = det(A)^k': ['det(A^3)', 'det(S^(1/2))'],
  'logdet(A^p) = p*logdet(A)': ['logdet(S^(1/2))', 'logdet(S^-1)'], 'logdet(diag(x)) = sum(log(x))': ['logdet(diag(p))'], 'logdet(chol(A)) = logdet(A)/2': ['logdet(chol(S))'],
  'det(chol(A)) = det(A)^(1/2)': ['det(chol(S))'], 'logdet(A ⊗ B) = q*logdet(A) + p*logdet(B)': ["logdet(S ⊗ (P + S))", "logdet(S ⊗ (X*X' + I))"],
  'logdet([A, B; C, D]) = logdet(D) + logdet(A - B*inv(D)*C)': ["logdet([S, x; x', 3 + x'*inv(S)*x])"], 'prod of a scalar': ["prod(x'*y)"],
  'normInf(c*x) = abs(c)*normInf(x)': ['normInf(-2*x)'], 'norm2 of a vector is its norm': ['norm2(x)', 'norm2(r)'], "normNuc(A) = tr((A'*A)^(1/2))": ['normNuc(X)', 'normNuc(x)'], "norm2(A') = norm2(A)": ["norm2(Y')"],
  'logsumexp of a scalar': ["logsumexp(x'*y)"], 'entropy(p) = -sum(p .* log(p))': ['entropy(p)'], 'dot(x, y) = x\'*y': ['dot(x, y)', 'dot(X, Y)'], "A : B = tr(A'*B)": ['A : B', 'x : y', 'r : r'],
  'logsumexp(c*ones(m, n)) = c + log(m*n)': ['logsumexp(t*ones(n))', 'logsumexp(t*ones(m, n))'], 'maximum(c*ones(m, n)) = c': ['max(t*ones(n))'], 'minimum(c*ones(m, n)) = c': ['min(t*ones(n))'],
  "maximum(A') = maximum(A)": ["max(Y')"], "minimum(A') = minimum(A)": ["min(Y')"],
  'delta(i, i) = 1': ['delta(2, 2)', 'delta(1, 2)'], 'sqrtm(A) = A^(1/2)': ['sqrtm(S)'], 'invsqrtm(A) = A^(-1/2)': ['invsqrtm(S)'], 'cross(a, b) = skew3(a)*b': ['cross(a, b)'],
  'cond(A) = norm2(A)*norm2(pinv(A))': ['cond(A)', 'cond(X)'], "logm(A') = logm(A)'": ["logm((9*I(n) + B)')", "logm(S*P)"], "adj(A') = adj(A)'": ["adj(A')"], "pinv(A') = pinv(A)'": ["pinv(Y')"],
  'expm of a scalar is exp': ["expm(x'*y)"], 'logm of a scalar is log': ["logm(x'*S*x)"], 'chol of a scalar is its root': ["chol(x'*S*x)"], 'eigmax of a scalar': ["eigmax(x'*y)"], 'eigmin of a scalar': ["eigmin(x'*y)"],
  'eigmin(A) = -eigmax(-A)': ['eigmin(-2*T)'], 'expm(0) = I': ['expm(A - A)'], 'logm(I) = 0': ['logm(I(n))'], 'logm(expm(A)) = A': ['logm(expm(T))'], 'expm(logm(A)) = A': ['expm(logm(S))'],
  'logm(diag(x)) = diag(log(x))': ['logm(diag(p))'], 'logm(A^p) = p*logm(A)': ['logm(S^(1/2))'], 'chol(diag(x)) = diag(sqrt(x))': ['chol(diag(p))'], 'pinv(c*A) = pinv(A)/c': ['pinv(2*Y)'], "softmax(x') = softmax(x)'": ['softmax(r)'],
  'adj of a scalar is 1': ["adj(x'*y)"], 'eigvecs(c*A) for c > 0': ['eigvecs(2*T)'], 'svdu(c*A) for c > 0': ['svdu(2*Y)'], 'svdv(c*A) for c > 0': ['svdv(c*Y)'],
  'sylvester(…, c*C) = c*sylvester(…, C)': ['sylvester(S, P, 2*C)'], 'sylvester(…, 0) = 0': ['sylvester(S, P, C - C)'], 'expmFrechet(…, c*C) = c*expmFrechet(…, C)': ['expmFrechet(A, t*C)'], 'expmFrechet(…, 0) = 0': ['expmFrechet(A, C - C)'],
  'logmFrechet(…, c*C) = c*logmFrechet(…, C)': ['logmFrechet(S, 3*C)'], 'logmFrechet(…, 0) = 0': ['logmFrechet(S, C - C)'], 'powmFrechet(…, c*C) = c*powmFrechet(…, C)': ['powmFrechet(S, 1/3, 2*C)'], 'powmFrechet(…, 0) = 0': ['powmFrechet(S, 1/3, C - C)'],
  'sylvester(a*I, B, C) = inv(a*I + B)*C': ["sylvester(c, S, r)", "sylvester(S, c, x)", 'sylvester(c, 2, t)'], 'sylvester(A, B, A*E + E*B) = E': ['sylvester(S, P, S*E + E*P)'], 'sylvester(A, B, G*inv(B) + inv(A)*G) = inv(A)*G*inv(B)': ['sylvester(S^(1/2), S^(1/2), (S^(1/2)*P*S^(1/2))^(-1/2)*S^(1/2)*P + P*S^(1/2)*(S^(1/2)*P*S^(1/2))^(-1/2))'], 'sylvester(A, A, C) = inv(A)*C/2': ['sylvester(S, S, S^3)'],
  'logmFrechet(A, E) = inv(A)*E': ['logmFrechet(S, S^2)'], 'expmFrechet of scalars': ['expmFrechet(t, s)'], 'logmFrechet of scalars': ['logmFrechet(c, s)'], 'powmFrechet(A, p, E) = p*A^(p - 1)*E': ['powmFrechet(S, 1/3, S^2)'],
  'c*A ⊗ B = c*(A ⊗ B)': ['(2*A) ⊗ B', 'A ⊗ (t*B)', '(A - A) ⊗ B', 'I(m) ⊗ I(n)', 'x ⊗ r', 'r ⊗ x', 'ones(n) ⊗ ones(m, 2)', 't ⊗ A'], 'commutation(1, n) = I': ['commutation(1, n)', 'commutation(n, 1)'],
  'vec(x) = x for a column': ['vec(x)', 'vec(r)', 'vec(ones(m, n))'], 'vec(unvec(v)) = v': ['vec(unvec(v, m, n))'], 'unvec(c*A) = c*unvec(A)': ['unvec(2*v, m, n)'], 'unvec(0) = 0': ['unvec(v - v, m, n)'],
  'unvec of a column into a column': ['unvec(x, n, 1)', 'unvec(x, 1, n)'], 'unvec(vec(X)) = X': ['unvec(vec(X), m, n)'], 'unvec(vec(X) + v) = X + unvec(v)': ['unvec(vec(X) + v, m, n)'], 'unvec(ones) = ones': ['unvec(ones(m*n), m, n)'], "diag(x') = diag(x)": ['diag(r)', 'diag(colsum(Y))', 'X*diag(colsum(exp(Y)))'], 'diag of a scalar': ["diag(x'*y)"], 'skew3(c*A) = c*skew3(A)': ['skew3(2*a)'], 'skew3(0) = 0': ['skew3(a - a)'],
  'diag(A + B) = diag(A) + diag(B) of matrices': ['diag(A + B)'], 'diag(ones(n)) = I, diag(I) = ones(n)': ['diag(ones(n))', 'diag(I(n))', 'diag(ones(n, n))'], "diag(x*y') = x .* y": ["diag(x*y')"], 'diag(A^k) = diag(A).^k for triangular A': ['diag(L^-1)', 'diag(U^3)'],
  "diag(e(i)) = e(i)*e(i)'": ['diag(e(2, n))*x'], "diag(I[1:k, :]'*x) = I[1:k, :]'*diag(x)*I[1:k, :]": ["diag(I(n)[1:2, :]'*x[1:2])", "diag(I(n)[2:n, :]'*ones(n - 1))"],
  'diag(diag(D)) = D for diagonal D': ['diag(diag(D))'], 'tril(A) = A where A is so': ['tril(L)'], 'tril of a triangle of the other kind is its diagonal': ['tril(U)'], 'tril(A + L) = tril(A) + L': ['tril(A + L)'],
  'triu(A) = A where A is so': ['triu(U)'], 'triu of a triangle of the other kind is its diagonal': ['triu(L)'], 'triu(A + L) = triu(A) + L': ['triu(A + U)'], 'phi(L) for lower L': ['phi(L)', 'phi(U)'], 'polar(X) = X*(X\'*X)^(-1/2)': ['polar(X)'],
  'log(1 - sigmoid(u)) = -softplus(u)': ['log(1 - sigmoid(t))', 'log(1 - sigmoid(-u))'], "expm(A') = expm(A)'": ["expm(A')"],
  'relu(c*ones(m, n)) = relu(c)*ones(m, n)': ['relu(-t*ones(m, n))'], 'step(c*ones(m, n)) = step(c)*ones(m, n)': ['step(-t*ones(m, n))'],
  'tr(K) = 0, tr(K*S) = 0 for skew K, symmetric S': ['tr(K)', 'tr(K*S)', 'tr(T*K)'],
  'det(I + U*R) = det(I + R*U) on the smaller side': ["det(I + X*Z)", "det(I + 2*x*y')"], 'logdet(I + U*R) = logdet(I + R*U) on the smaller side': ["logdet(I + X*X')", "logdet(I + x*x')"],
  'sum(exp(eigvals(S))) = tr(expm(S)), and other functions': ['sum(exp(2*eigvals(T)))', 'sum(1 ./ (1 + eigvals(T).^2))', 'sum(sqrt(eigvals(S)))', 'sum(log(2 + eigvals(S)))', 'sum(eigvals(S).^s)', 'sum(3*eigvals(T))'],
  'prod(1 + eigvals(S).^2) = det(I + S^2), and other functions': ['prod(1 + eigvals(T).^2)', 'prod(eigvals(T))'], 'max(eigvals(S)) = eigmax(S)': ['max(eigvals(T))'], 'min(eigvals(S)) = eigmin(S)': ['min(eigvals(T))'], 'max(svdvals(A)) = norm2(A)': ['max(svdvals(Y))'],
  'max(x, x) = x': ['max(x, x)'], 'min(x, x) = x': ['min(Y, Y)'], 'tr(ones(n, n)) = n': ['tr(ones(n, n))'],
};

/** What two neighbouring factors become: each of these has one. */
export const PAIRS: readonly string[] = [
  'diag(x)*diag(y)', '(A ⊗ B)*(C ⊗ E)', 'commutation(m, n)*commutation(n, m)', 'diag(x)*y', 'r*diag(x)', "chol(S)*chol(S)'", "inv(chol(S))'*inv(chol(S))", 'pinv(X)*X', "X'*pinv(X)'",
  '(A ⊗ B)*vec(C)', '(A ⊗ X)*vec(B)', 'commutation(m, n)*vec(Y)', "vec(C)'*(A ⊗ B)", '(r ⊗ A)*commutation(n, n)', '(Y ⊗ r)*commutation(n, n)', 'commutation(m, n)*(x ⊗ Y)', 'commutation(n, m)*(Y ⊗ x)', "eigvals(T)'*exp(eigvals(T))", "svdvals(Y)'*svdvals(Y)",
  'A*(r ⊗ B)', 'Y*(B ⊗ r)', '(x ⊗ A)*B', '(A ⊗ x)*B', '(A ⊗ B)*(x ⊗ y)',
];

/** Domains that the elementwise functions of generic rows need. */
const within = (op: string, text: string): string => (['log', 'lgamma', 'gamma', 'digamma', 'trigamma'].includes(op) ? `exp(${text})` : text);

/** Expressions for a row: those above, a generic one, or the left side of its text. */
export function examplesOf(op: string, text: string): readonly string[] {
  const own = EXAMPLES[text];
  if (own) return own;
  const zero = new RegExp(`^${op}\\(0\\)$`).test(text) || text === `${op}(0) = 0`;
  const of = op === 'diag' || op === 'sum' || op === 'vec' ? 'Y' : 'A';
  if (zero) return op === 'log' || /gamma/.test(op) ? [] : [`${op}(${of === 'Y' && op !== 'diag' ? 'Y - Y' : 'A - A'})`];
  if (text === `${op}(A') = ${op}(A)'`) return [`${op}(${['log', 'lgamma', 'gamma', 'digamma', 'trigamma'].includes(op) ? "exp(Y)'" : "Y'"})`];
  if (text === `${op}(c*ones(m, n)) = ${op}(c)*ones(m, n)`) return [`${op}(${within(op, 't')}*ones(m, n))`.replace(/^(asin|acos)\(t/, '$1(tanh(t)')];
  if (text === `${op}(c*A) = c*${op}(A)`) return [`${op}(2*${of === 'Y' && op !== 'diag' ? 'Y' : 'A'})`, `${op}(t*${of === 'Y' && op !== 'diag' ? 'Y' : 'A'})`];
  return [text.split(' = ')[0] ?? ''];
}
