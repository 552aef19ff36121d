/** A request for every operator that has a derivative: what the negative controls and the false alarms are run over. */

export interface Subject { readonly op: string; readonly text: string }
const subject = (op: string, ...lines: readonly string[]): Subject => ({ op, text: lines.join('\n') });
/** An elementwise function under a weighted sum, so that no entry hides. */
const each = (op: string, f = `${op}(x)`, words = ''): Subject => subject(op, `x : vector(n) ${words}`.trim(), 'c : vector(n)', `f = c'*${f}`, 'grad(f, x)');
const SQUARE = 'A, B : matrix(n, n)';
const POSDEF = ['A : matrix(n, n) posdef', 'B : matrix(n, n)'] as const;
const SYMMETRIC = ['A : matrix(n, n) symmetric', 'B : matrix(n, n)', 'b : vector(n)'] as const;
const WIDE = ['X : matrix(m, n)', 'B : matrix(m, n)'] as const;

export const subjects: readonly Subject[] = [
  subject('add', ...WIDE, "f = tr(B'*(X + X*X'*X))", 'grad(f, X)'), subject('sub', ...WIDE, "f = tr(B'*(X - X*X'*X))", 'grad(f, X)'), subject('neg', ...WIDE, "f = exp(-tr(B'*X))", 'grad(f, X)'),
  subject('mul', SQUARE, 'F = A*B*A', 'jacobian(F, A)'), subject('transpose', SQUARE, "F = A'*B*A", 'jacobian(F, A)'), subject('hadamard', SQUARE, "f = sum(A .* (A*B) .* A')", 'grad(f, A)'),
  subject('elementDivide', 'x : vector(n)', 'c : vector(n) positive', 'f = sum((c .* c) ./ (x .* x + c))', 'grad(f, x)'), subject('rightDivide', SQUARE, 'F = B / A', 'jacobian(F, A)'),
  subject('leftDivide', SQUARE, 'F = A \\ B', 'jacobian(F, A)'), subject('kron', 'A : matrix(m, n)', 'B : matrix(p, q)', 'F = A ⊗ B', 'jacobian(F, A)'), subject('kronsum', SQUARE, 'f = tr((A ⊕ B)^3)', 'grad(f, A)'),
  subject('frobenius', SQUARE, 'f = (A*B) : (A*A)', 'grad(f, A)'), subject('dot', 'x, c : vector(n)', 'A : matrix(n, n)', 'f = dot(A*x, x .* c)', 'grad(f, x)'), subject('power', SQUARE, 'f = tr(B*A^3)', 'grad(f, A)'),
  each('exp'), each('log', 'log(x)', 'positive'), each('sqrt', 'sqrt(x)', 'positive'), each('sin'), each('cos'), each('tan'), each('asin'), each('acos'), each('atan'), each('sinh'), each('cosh'), each('tanh'),
  each('abs'), each('relu'), each('sigmoid'), each('softplus'), each('erf'), each('normcdf'), each('gamma', 'gamma(x)', 'positive'), each('lgamma', 'lgamma(x)', 'positive'), each('digamma', 'digamma(x)', 'positive'),
  each('trigamma', 'trigamma(x)', 'positive'), each('polygamma', 'polygamma(2, x)', 'positive'), each('max', 'max(x .* x, c)'), each('min', 'min(x .* x, c)'),
  subject('inv', SQUARE, 'f = tr(B*inv(A))', 'grad(f, A)'), subject('pinv', ...WIDE, "f = tr(B*pinv(X))", 'dim m >= n', 'grad(f, X)'), subject('polar', ...WIDE, 'dim m >= n', "f = tr(B'*polar(X))", 'grad(f, X)'),
  subject('sqrtm', ...POSDEF, 'f = tr(B*sqrtm(A))', 'grad(f, A)'), subject('invsqrtm', ...POSDEF, 'f = tr(B*invsqrtm(A))', 'grad(f, A)'), subject('expm', SQUARE, 'f = tr(B*expm(A))', 'grad(f, A)'),
  subject('logm', ...POSDEF, 'f = tr(B*logm(A))', 'grad(f, A)'), subject('chol', ...POSDEF, 'f = tr(B*chol(A))', 'grad(f, A)'), subject('adj', SQUARE, 'f = tr(B*adj(A))', 'grad(f, A)'),
  subject('sym', SQUARE, 'f = tr(sym(A)*B*sym(A))', 'grad(f, A)'), subject('skewpart', SQUARE, 'f = tr(skewpart(A)*B*A)', 'grad(f, A)'), subject('tril', SQUARE, 'f = tr(tril(A)*B*A)', 'grad(f, A)'),
  subject('triu', SQUARE, 'f = tr(triu(A)*B*A)', 'grad(f, A)'), subject('band', SQUARE, 'f = tr(band(A)*B*A)', 'grad(f, A)'), subject('phi', SQUARE, 'f = tr(phi(A)*B*A)', 'grad(f, A)'),
  subject('diag', SQUARE, 'f = tr(diag(diag(A))*B*A)', 'grad(f, A)'), subject('vec', SQUARE, "f = vec(A)'*vec(A*B)", 'grad(f, A)'), subject('unvec', 'x : vector(m*n)', 'B : matrix(n, m)', 'f = tr(unvec(x, m, n)*B*unvec(x, m, n)*B)', 'grad(f, x)'),
  subject('vech', SQUARE, "f = vech(A)'*vech(A*B)", 'grad(f, A)'), subject('rowsum', SQUARE, "f = rowsum(A)'*B*rowsum(A)", 'grad(f, A)'), subject('colsum', SQUARE, "f = colsum(A)*B*colsum(A)'", 'grad(f, A)'),
  subject('cumsum', 'x : vector(n)', 'B : matrix(n, n)', "f = cumsum(x)'*B*x", 'grad(f, x)'), subject('softmax', 'x, c : vector(n)', "f = c'*softmax(x)", 'grad(f, x)'), subject('cross', 'x, c : vector(3)', "f = c'*cross(x, x .* c)", 'grad(f, x)'),
  subject('skew3', 'x, c : vector(3)', "B : matrix(3, 3)", 'f = tr(B*skew3(x)*B*skew3(x))', 'grad(f, x)'), subject('eigvals', ...SYMMETRIC, "f = b'*eigvals(A)", 'grad(f, A)'), subject('eigvecs', ...SYMMETRIC, "f = b'*eigvecs(A)[:, 1]", 'grad(f, A)'),
  subject('svdvals', ...WIDE, 'b : vector(n)', 'dim m >= n', "f = b'*svdvals(X)", 'grad(f, X)'), subject('sylvester', 'A : matrix(m, m) posdef', 'B : matrix(n, n) posdef', 'X, C : matrix(m, n)', "f = tr(C'*sylvester(A, B, X))", 'grad(f, A)'),
  subject('expmFrechet', SQUARE, 'C : matrix(n, n)', 'f = tr(C*expmFrechet(B, A))', 'grad(f, A)'), subject('logmFrechet', ...POSDEF, 'C : matrix(n, n)', 'f = tr(C*logmFrechet(A, B))', 'grad(f, B)'),
  subject('powmFrechet', ...POSDEF, 'C : matrix(n, n)', 'f = tr(C*powmFrechet(A, 1/3, B))', 'grad(f, B)'),
  subject('tr', SQUARE, 'f = tr(A*B*A)', 'grad(f, A)'), subject('det', SQUARE, 'f = det(A)', 'grad(f, A)'), subject('logdet', SQUARE, "f = logdet(A'*A + B*B')", 'grad(f, A)'), subject('sum', SQUARE, 'f = sum(A*B*A)', 'grad(f, A)'),
  subject('mean', SQUARE, 'f = mean(A*B*A)', 'grad(f, A)'), subject('prod', 'x, c : vector(n)', 'f = prod(x .* x + c)', 'grad(f, x)'), subject('norm', 'x, c : vector(n)', 'A : matrix(m, n)', 'f = norm(A*(x - c))', 'grad(f, x)'),
  subject('normF', SQUARE, 'f = normF(A*B - A)', 'grad(f, A)'), subject('norm1', 'x : vector(n)', 'A : matrix(m, n)', 'f = norm1(A*x)', 'grad(f, x)'), subject('normInf', 'x : vector(n)', 'A : matrix(m, n)', 'f = normInf(A*x)', 'grad(f, x)'),
  subject('norm2', SQUARE, 'f = norm2(A*B)', 'grad(f, A)'), subject('normNuc', SQUARE, 'f = normNuc(A*B)', 'grad(f, A)'), subject('logsumexp', 'x : vector(n)', 'A : matrix(m, n)', 'f = logsumexp(A*x)', 'grad(f, x)'),
  subject('entropy', 'p : vector(n) positive', 'A : matrix(n, n) positive', 'f = entropy(A*p)', 'grad(f, p)'), subject('eigmax', ...SYMMETRIC, 'f = eigmax(A)', 'grad(f, A)'), subject('eigmin', ...SYMMETRIC, 'f = eigmin(A)', 'grad(f, A)'), subject('cond', SQUARE, 'f = cond(A)', 'grad(f, A)'),
];
