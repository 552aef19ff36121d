/**
 * Seventy-five problems of matrix calculus with answers from the literature, and ten harder ones: what the engine is measured by.
 * `answer` is what the source says, in mcalc's notation, independently of what the engine prints; `V` is the direction.
 * MCB: Petersen & Pedersen, The Matrix Cookbook (2012); MN: Magnus & Neudecker, Matrix Differential Calculus (2019).
 */
export interface Problem {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** Declarations and definitions; the function is `F`. */
  readonly text: string;
  readonly by: string;
  /** `hessian`: the answer is that of the second derivative. */
  readonly order?: 2;
  readonly form: 'gradient' | 'directional' | 'vec';
  readonly answer: string;
  readonly source: string;
  /** The second derivative does not exist, or is zero almost everywhere: not asked for. */
  readonly firstOnly?: true;
}

const problem = (id: string, name: string, source: string, text: string, by: string, form: Problem['form'], answer: string, extra: Partial<Problem> = {}): Problem =>
  ({ id, name, source, text: text.replace(/; /g, '\n'), by, form, answer, ...extra });
const G = 'gradient';
const D = 'directional';
const J = 'vec';

export const problems: readonly Problem[] = [
  problem('01', 'bilinear form', 'MCB (70)', "X : matrix(m, n); a : vector(m); b : vector(n); F = a'*X*b", 'X', G, "a*b'"),
  problem('02', 'quadratic form', 'MCB (81)', "A : matrix(n, n); x : vector(n); F = x'*A*x", 'x', G, "(A + A')*x"),
  problem('02s', 'quadratic form of a symmetric matrix', 'MCB (81)', "A : matrix(n, n) symmetric; x : vector(n); F = x'*A*x", 'x', G, '2*A*x'),
  problem('03', 'linear map', 'MN, table 9.5', 'A : matrix(m, n); x : vector(n); F = A*x', 'x', J, 'A'),
  problem('04', 'trace of a product', 'MCB (101)', 'A : matrix(k, m); X : matrix(m, n); B : matrix(n, k); F = tr(A*X*B)', 'X', G, "A'*B'"),
  problem('05', 'quadratic trace', 'MCB (117)', "A : matrix(n, n); B : matrix(m, m); X : matrix(n, m); F = tr(X'*A*X*B)", 'X', G, "A*X*B + A'*X*B'"),
  problem('06', 'trace of a cube', 'MCB (121)', 'X : matrix(n, n); F = tr(X^3)', 'X', G, "3*(X^2)'"),
  problem('07', 'least squares of matrices', 'normal equations', 'A : matrix(m, n); X : matrix(n, k); T : matrix(m, k); F = normF(A*X - T)^2', 'X', G, "2*A'*(A*X - T)"),
  problem('08', 'bilinear form of the inverse', 'MCB (61)', "X : matrix(n, n) invertible; a, b : vector(n); F = a'*X^-1*b", 'X', G, "-X^-T*a*b'*X^-T"),
  problem('09', 'trace of the inverse', 'MCB (63), (124)', 'X : matrix(n, n) invertible; A : matrix(m, n); B : matrix(n, m); F = tr(A*X^-1*B)', 'X', G, "-(X^-1*B*A*X^-1)'"),
  problem('10', 'determinant', 'MCB (49)', 'X : matrix(n, n) invertible; F = det(X)', 'X', G, 'det(X)*X^-T'),
  problem('11', 'log-determinant', 'MCB (57)', 'X : matrix(n, n) invertible; F = log(det(X))', 'X', G, 'X^-T'),
  problem('12', 'log-determinant of a Gram matrix', 'MCB (55)', "X : matrix(m, n) fullrank; dim m >= n; F = log(det(X'*X))", 'X', G, "2*X*inv(X'*X)"),
  problem('13', 'determinant of a congruence', 'MCB (54)', "A : matrix(m, m) invertible; X : matrix(m, n) fullrank; dim m >= n; F = det(X'*A*X)", 'X', G, "det(X'*A*X)*(A*X*inv(X'*A*X) + A'*X*inv(X'*A'*X))"),
  problem('14', 'inverse', 'MCB (59), (60)', 'X : matrix(n, n) invertible; F = X^-1', 'X', J, '-(X^-T ⊗ X^-1)'),
  problem('15', 'congruence of a Gram matrix', 'MN, section 9.14', "A : matrix(n, m); X : matrix(m, k); F = A*X*X'*A'", 'X', J, '(I + commutation(n, n))*((A*X) ⊗ A)'),
  problem('16', 'Gram matrix', 'MN, section 9.14', "W : matrix(n, k); F = W*W'", 'W', D, "V*W' + W*V'"),
  problem('17', 'square', 'product rule', 'X : matrix(n, n); F = X^2', 'X', D, 'V*X + X*V'),
  problem('18', 'trace of a fifth power', 'MCB (121)', 'X : matrix(n, n); F = tr(X^5)', 'X', G, "5*(X^4)'"),
  problem('19', 'bilinear form of a Gram matrix', 'MCB (77)', "X : matrix(m, n); b, c : vector(m); F = b'*X*X'*c", 'X', G, "(b*c' + c*b')*X"),
  problem('20', 'product of affine maps', 'MCB (78)', "B : matrix(m, n); D : matrix(k, n); C : matrix(m, k); b : vector(m); d : vector(k); x : vector(n); F = (B*x + b)'*C*(D*x + d)", 'x', G, "B'*C*(D*x + d) + D'*C'*(B*x + b)"),
  problem('21', 'Frobenius norm', 'calculus', 'X : matrix(m, n); F = normF(X)', 'X', G, 'X/normF(X)'),
  problem('22', 'distance', 'MCB (129)', 'x, a : vector(n); F = norm(x - a)', 'x', G, '(x - a)/norm(x - a)'),
  problem('23', 'unit vector', 'MCB (130)', 'x, a : vector(n); F = (x - a)/norm(x - a)', 'x', J, "(I - F*F')/norm(x - a)"),
  problem('24', 'Rayleigh quotient', 'MN, section 9.4', "S : matrix(n, n) symmetric; x : vector(n); F = x'*S*x/(x'*x)", 'x', G, "2/(x'*x)*(S*x - F*x)"),
  problem('25', 'logistic loss', 'calculus', 'A : matrix(m, n); y : vector(m); w : vector(n); F = sum(log(1 + exp(-y .* (A*w))))', 'w', G, "-A'*(y .* sigmoid(-y .* (A*w)))"),
  problem('26', 'Hessian of the logistic loss', 'Laue et al. 2018', 'A : matrix(m, n); y : vector(m); w : vector(n); F = sum(log(1 + exp(-y .* (A*w))))', 'w', J,
    "A'*diag(y.^2 .* sigmoid(y .* (A*w)) .* (1 - sigmoid(y .* (A*w))))*A", { order: 2 }),
  problem('27', 'log-sum-exp', 'calculus', 'x : vector(n); F = log(sum(exp(x)))', 'x', G, 'exp(x)/sum(exp(x))'),
  problem('28', 'softmax', 'calculus', 'x : vector(n); F = softmax(x)', 'x', J, "diag(F) - F*F'"),
  problem('29', 'ridge regression', 'calculus', 'A : matrix(m, n); y : vector(m); lambda : scalar positive; w : vector(n); F = norm(A*w - y)^2 + lambda*norm(w)^2', 'w', G, "2*A'*(A*w - y) + 2*lambda*w"),
  problem('30', 'matrix factorisation', 'calculus', "U : matrix(m, k); W : matrix(n, k); T : matrix(m, n); F = normF(U*W' - T)^2", 'U', G, "2*(U*W' - T)*W"),
  problem('31', 'Gaussian likelihood', 'MN, section 15.3', 'S : matrix(n, n) invertible; Q : matrix(n, n); F = log(det(S)) + tr(S^-1*Q)', 'S', G, "S^-T - (S^-1*Q*S^-1)'"),
  problem('32', 'Mahalanobis distance', 'MCB (61)', "S : matrix(n, n) invertible; x : vector(n); F = x'*S^-1*x", 'S', G, "-S^-T*x*x'*S^-T"),
  problem('33', 'cube of a vector', 'product rule', "x : vector(n); F = x*(x'*x)", 'x', J, "(x'*x)*I + 2*x*x'"),
  problem('34', 'scaled rows', 'calculus', 'A : matrix(n, m); b : vector(m); x : vector(n); F = diag(x)*A*b', 'x', J, 'diag(A*b)'),
  problem('35', 'trace of a Kronecker square', 'MCB (120)', 'X : matrix(n, n); F = tr(X ⊗ X)', 'X', G, '2*tr(X)*I(n)'),
  problem('36', 'trace of a Kronecker product', 'MCB (105)', 'A : matrix(m, m); X : matrix(n, n); F = tr(A ⊗ X)', 'X', G, 'tr(A)*I(n)'),
  problem('37', 'Hadamard square in a bilinear form', 'calculus', "A, X : matrix(m, n); a : vector(m); b : vector(n); F = a'*(X .* X .* A)*b", 'X', G, "2*(a*b') .* X .* A"),
  problem('38', 'nested elementwise functions', 'calculus', "A : matrix(k, m); X : matrix(m, n); B : matrix(n, k); a, b : vector(k); F = a'*exp(A*sin(X)*B)*b", 'X', G, "cos(X) .* (A'*((a*b') .* exp(A*sin(X)*B))*B')"),
  problem('39', 'a layer of a network', 'calculus', "C : matrix(k, m); W : matrix(m, n); x : vector(n); F = ones(k)'*C*tanh(W*x)", 'W', G, "((C'*ones(k)) .* (1 - tanh(W*x).^2))*x'"),
  problem('40', 'adjugate', 'MN, theorem 8.3', 'X : matrix(n, n) invertible; F = det(X)*X^-1', 'X', D, 'det(X)*(tr(X^-1*V)*X^-1 - X^-1*V*X^-1)'),
  problem('41', 'Hessian of the log-determinant', 'MN, section 10.6', 'X : matrix(n, n) invertible; F = log(det(X))', 'X', D, "-(X^-1*V*X^-1)'", { order: 2 }),
  problem('42', 'linear discriminant analysis', 'MCB (126)', "S, Q : matrix(m, m) posdef; X : matrix(m, n) fullrank; dim m >= n; F = tr(inv(X'*S*X)*X'*Q*X)", 'X', G, "-2*S*X*inv(X'*S*X)*X'*Q*X*inv(X'*S*X) + 2*Q*X*inv(X'*S*X)"),
  problem('43', 'projector', 'Golub & Pereyra 1973', "X : matrix(m, n) fullrank; dim m >= n; F = X*inv(X'*X)*X'", 'X', D, "(I - F)*V*inv(X'*X)*X' + X*inv(X'*X)*V'*(I - F)"),
  problem('44', 'pseudo-inverse', 'Golub & Pereyra 1973, eq. (4.12)', 'X : matrix(m, n) fullrank; dim m >= n; F = pinv(X)', 'X', D, "-F*V*F + F*F'*V'*(I - X*F) + (I - F*X)*V'*F'*F"),
  problem('45', 'square root', 'Higham 2008, chapter 6', 'S : matrix(n, n) posdef; F = S^(1/2)', 'S', D, 'sylvester(S^(1/2), S^(1/2), V)'),
  problem('46', 'inverse square root', 'Higham 2008, chapter 6', 'S : matrix(n, n) posdef; F = S^(-1/2)', 'S', D, '-S^(-1/2)*sylvester(S^(1/2), S^(1/2), V)*S^(-1/2)'),
  problem('47', 'polar factor', 'Higham 2008, chapter 8', "X : matrix(m, n) fullrank; dim m >= n; F = X*(X'*X)^(-1/2)", 'X', D,
    "F*sylvester((X'*X)^(1/2), (X'*X)^(1/2), F'*V - V'*F) + (I - F*F')*V*inv((X'*X)^(1/2))"),
  problem('48', 'root of a rank-one update', 'calculus', "x : vector(n); alpha : scalar positive; F = (I + alpha*x*x')^(1/2)", 'x', D,
    "(sqrt(1 + alpha*x'*x) - 1)/(x'*x)*(V*x' + x*V') + (alpha/(2*sqrt(1 + alpha*x'*x)*(x'*x)) - (sqrt(1 + alpha*x'*x) - 1)/(x'*x)^2)*(2*x'*V)*x*x'"),
  problem('49', 'exponential', 'Al-Mohy & Higham 2009', 'X : matrix(n, n); F = expm(X)', 'X', D, 'expm([X, V; zeros(n, n), X])[1:n, n+1:2*n]'),
  problem('50', 'logarithm', 'Daleckii & Krein 1965', 'S : matrix(n, n) posdef; F = logm(S)', 'S', D, 'logm([S, V; zeros(n, n), S])[1:n, n+1:2*n]'),
  problem('51', 'trace of the exponential', 'Lewis 1996', 'X : matrix(n, n); F = tr(expm(X))', 'X', G, "expm(X)'"),
  problem('52', 'trace of the logarithm', 'Lewis 1996', 'S : matrix(n, n) posdef; F = tr(logm(S))', 'S', G, 'S^-1'),
  problem('53', 'von Neumann entropy', 'Lewis 1996', 'S : matrix(n, n) posdef; F = tr(S*logm(S))', 'S', G, 'logm(S) + I'),
  problem('54', 'Cholesky factor', 'Murray 2016, eq. (8)', 'S : matrix(n, n) posdef; F = chol(S)', 'S', D, "F*phi(inv(F)*V*inv(F)')"),
  problem('55', 'log-determinant through Cholesky', 'MN, theorem 8.2', 'S : matrix(n, n) posdef; F = 2*sum(log(diag(chol(S))))', 'S', G, 'S^-1'),
  problem('56', 'largest eigenvalue', 'Magnus 1985', 'S : matrix(n, n) symmetric; F = eigmax(S)', 'S', G, "eigvecs(S)[:, n]*eigvecs(S)[:, n]'"),
  problem('57', 'eigenprojector', 'Kato 1995, section II.2', "S : matrix(n, n) symmetric; P = eigvecs(S)[:, n]*eigvecs(S)[:, n]'; F = P", 'S', D, 'pinv(eigmax(S)*I - S)*V*P + P*V*pinv(eigmax(S)*I - S)'),
  problem('58', 'spectral norm', 'Watson 1992', 'X : matrix(m, n) fullrank; dim m >= n; F = norm2(X)', 'X', G, "svdu(X)[:, 1]*svdv(X)[:, 1]'"),
  problem('59', 'nuclear norm', 'Watson 1992', 'X : matrix(m, n) fullrank; dim m >= n; F = normNuc(X)', 'X', G, "svdu(X)*svdv(X)'"),
  problem('60', 'Hessian of the nuclear norm', 'the polar factor', 'X : matrix(m, n) fullrank; dim m >= n; F = normNuc(X)', 'X', D,
    "polar(X)*sylvester((X'*X)^(1/2), (X'*X)^(1/2), polar(X)'*V - V'*polar(X)) + (I - polar(X)*polar(X)')*V*inv((X'*X)^(1/2))", { order: 2 }),
  problem('61', 'factor analysis, by the loadings', 'push-through identity', "U : matrix(m, n); F = logdet(I + U*U')", 'U', G, "2*U*inv(I + U'*U)"),
  problem('62', 'factor analysis, by the noise', 'calculus', "U : matrix(m, n); v : vector(m) positive; F = logdet(diag(v.^2) + U*U')", 'v', G, "2*v .* diag(inv(diag(v.^2) + U*U'))"),
  problem('63', 'Lyapunov equation', 'Giles 2008', "A : matrix(n, n) posdef; Q : matrix(n, n) symmetric; B : matrix(n, n) invertible; F = sylvester(B, B', Q)", 'B', D, "sylvester(B, B', -(V*F + F*V'))"),
  problem('64', 'solution of a linear system', 'adjoint method', 'X : matrix(n, n) invertible; b : vector(n); F = X^-1*b', 'X', D, '-X^-1*V*X^-1*b'),
  problem('65', 'weighted least squares by the weights', 'envelope theorem', "A : matrix(m, n) fullrank; dim m >= n; b : vector(m); w : vector(m) positive; W = diag(w.^2); r = A*inv(A'*W*A)*A'*W*b - b; F = norm(w .* r)^2", 'w', G, '2*w .* r.^2'),
  problem('66', 'neo-Hookean energy', 'Bonet & Wood 2008, section 6.4', "J : matrix(n, n) invertible; F = (tr(J'*J) - n)/2 - log(det(J)) + log(det(J))^2/2", 'J', G, 'J - J^-T + log(det(J))*J^-T'),
  problem('67', 'Bures distance', 'Bhatia, Jain & Lim 2019', 'S, Q : matrix(n, n) posdef; F = tr(S) + tr(Q) - 2*tr((Q^(1/2)*S*Q^(1/2))^(1/2))', 'S', G, 'I - Q^(1/2)*(Q^(1/2)*S*Q^(1/2))^(-1/2)*Q^(1/2)'),
  problem('68', 'affine-invariant distance', 'Moakher 2005', 'S, Q : matrix(n, n) posdef; F = tr(logm(Q^(-1/2)*S*Q^(-1/2))^2)', 'S', G, '2*S^-1*Q^(1/2)*logm(Q^(-1/2)*S*Q^(-1/2))*Q^(-1/2)'),
  problem('69', 'weighted rectified layer', 'calculus', 'a : vector(m); W : matrix(m, n); x : vector(n); F = sum(a .* relu(W*x))', 'W', G, "(a .* step(W*x))*x'"),
  problem('70', 'cross-entropy of a batch', 'calculus', "W : matrix(n, m); A : matrix(n, k); y : vector(k); F = logsumexp(W'*A[:, 1])*y[1] - (W'*A)[1, 1]*y[1] + logsumexp(W'*A[:, 2])*y[2] - (W'*A)[1, 2]*y[2]", 'W', G,
    "A[:, 1]*y[1]*(softmax(W'*A[:, 1]) - e(1))' + A[:, 2]*y[2]*(softmax(W'*A[:, 2]) - e(1))'"),
  problem('71', 'sum of absolute residuals', 'calculus', 'A : matrix(m, n); b : vector(m); x : vector(n); F = norm1(A*x - b)', 'x', G, "A'*sign(A*x - b)"),
  problem('72', 'triangular factor of QR', 'Walter & Lehmann 2012', "X : matrix(m, n) fullrank; dim m >= n; F = chol(X'*X)'", 'X', D, "(F'*phi(inv(F)'*(V'*X + X'*V)*inv(F)))'"),
  problem('73', 'Hessian of the log-determinant on symmetric matrices', 'Boyd & Vandenberghe 2004, A.4.3', 'S : matrix(n, n) posdef; F = logdet(S)', 'S', D, '-S^-1*V*S^-1', { order: 2 }),
  problem('74', 'whitening', 'problem 46', 'S : matrix(n, n) posdef; a : vector(n); F = S^(-1/2)*a', 'S', D, '-S^(-1/2)*sylvester(S^(1/2), S^(1/2), V)*S^(-1/2)*a'),
  problem('75', 'Cayley transform', 'product rule', 'W : matrix(n, n); F = inv(I - W)*(I + W)', 'W', D, 'inv(I - W)*V*(I + F)'),
  problem('76', 'matrix sign function', 'Higham 2008, chapter 5', 'S : matrix(n, n) posdef; W : matrix(n, n) invertible; A = W*S*W^-1; F = tr(A*(A^2)^(-1/2)*S)', 'S', G, 'I(n)'),
  problem('77', 'geometric mean', 'Bhatia 2007, chapter 4', 'S, Q : matrix(n, n) posdef; F = S^(1/2)*(S^(-1/2)*Q*S^(-1/2))^(1/2)*S^(1/2)', 'Q', D, 'S^(1/2)*sylvester((S^(-1/2)*Q*S^(-1/2))^(1/2), (S^(-1/2)*Q*S^(-1/2))^(1/2), S^(-1/2)*V*S^(-1/2))*S^(1/2)'),
  problem('78', 'H2 norm of a stable system', 'Wilson 1970', "A : matrix(n, n) posdef; B : matrix(n, k); C : matrix(m, n); F = tr(C*sylvester(A, A', B*B')*C')", 'B', G, "2*sylvester(A', A, C'*C)*B"),
  problem('79', 'spectral norm of a wide matrix', 'Watson 1992', 'X : matrix(n, m) fullrank; dim m >= n; F = norm2(X)', 'X', G, "svdu(X)[:, 1]*svdv(X)[:, 1]'"),
  problem('80', 'Hessian of the largest eigenvalue', 'Magnus 1985, theorem 2', 'S : matrix(n, n) symmetric; F = eigmax(S)', 'S', D,
    "2*sym(pinv(eigmax(S)*I - S)*V*eigvecs(S)[:, n]*eigvecs(S)[:, n]')", { order: 2 }),
];
