/** Programs that random search found wrong, shrunk, each with what was wrong. They stay right. */
export interface Regression {
  readonly text: string;
  readonly was: string;
  /** The fault shows at once; the texts of the second derivatives, and sizes of one, would take most of a minute. */
  readonly isShallow?: boolean;
}

const program = (was: string, ...lines: readonly string[]): Regression => ({ was, text: lines.join('\n') });

export const regressions: readonly Regression[] = [
  program('the rule for vectors was used on matrices', 'W : matrix(n, k)', 'F = logsumexp(W)', 'grad(F, W)'),
  program('the rule for columns was used on rows', 'x : vector(n)', "F = logsumexp(x')", 'grad(F, x)'),
  program('the rule for columns was used on rows', 'x : vector(n)', "F = softmax(x')", 'jacobian(F, x)'),
  program('the name F was printed in terms of itself without end', 'X : matrix(m, n)', 's : scalar', 'F = norm2(s*X)*s', 'grad(F, s)'),
  program('a definition was printed in terms of itself without end', 'Y : matrix(m, n)', 'x : vector(n)', "D1 = x'*(Y'*Y + I)*x + 1", 'F = (D1 + D1.^2) ./ D1', 'grad(F, x)'),
  program("M*u'*u*N stood for M*(u'*u)*N", 'v : vector(3)', 'u : vector(3)', "F = atan(v*(u'*v)*(u'*u))", 'jacobian(F, v)'),
  program("dp'*s*log(p)'*p*q stood for dp'*(s*(log(p)'*p)*q)", 'p : vector(n) positive', 'F = normcdf(entropy(p)^2 + 1)', 'grad(F, p)'),
  program('a minus that a factor takes at one place and not at another', 'Y : matrix(m, n)', 'P : matrix(m, m)', 'z : vector(m)', 'w : vector(n)', "F = (z*w') ./ (((-(z*w') .* Y) .* (P*(z*w'))).^2 + 1)", 'jacobian(F, z)'),
  program('names that hold the direction stood beside every form', 'X : matrix(m, n) fullrank', 'S : matrix(n, n) posdef', 'P : matrix(m, m) posdef', 'dim m >= n', 'F = normNuc(sylvester(P, S, X))', 'grad(F, P)'),
  program('the projection on tridiagonal matrices had no code, and was printed with cumsum and step', 'Z : matrix(n, n) tridiagonal', 'F = Z*Z', 'jacobian(F, Z)'),
  program('band(V) was printed as a mask without V', 'A : matrix(n, n)', 'B : matrix(n, n)', 'F = band(A)*B', 'jacobian(F, A)'),
  program('max(x, x) had the derivative 0', 'x : vector(n)', 'y : vector(n)', "F = max(x*y', x*y')", 'jacobian(F, x)'),
  program('the running sums of a tall triangle of ones were printed as a square', 'z : vector(m)', 'w : vector(k)', 's : scalar', "F = tril(z*w' + log(exp(s^2)))", 'jacobian(F, s)'),
  program('code took the diagonal of a triangle for the triangle of a diagonal', 'U : matrix(n, n) upper', 'F = phi(U)', 'jacobian(F, U)'),
  program('a Hessian in code read beyond the end of an array, outside a range', 'dim m >= n', 'X : matrix(m, n)', 'z : vector(m)', "F = z[1:n]'*exp(X'*z)", 'grad(F, z)'),
  program('the sum of a column had no code', 'Y : matrix(m, n)', 'F = (Y\'*ones(m))[2]', 'grad(F, Y)'),
  program('a sum over an entry of a product had no code', 'X : matrix(m, n) fullrank', 'p : vector(n) positive', 'F = norm2(X + sum(p))', 'grad(F, p)'),
  program('two names of one function in code were the same', 'X : matrix(m, n)', "D1 = X'*X + 2*I", 'F = normcdf(tr(D1)) - D1[1, 2].^3', 'grad(F, X)'),
  program('the stable polar form of the alternatives forgot the factor before it', 'X : matrix(m, n) fullrank', 'dim m >= n', 's : scalar', 'F = s - normNuc(X)', 'grad(F, X)'),
  program('code added the diagonal of a matrix to an identity that stood in an array', 'G : matrix(n, n) diagonal', "D1 = exp(G)*exp(G)' + I", 'F = unvec(vec(I - D1^(1/3)) .* vec(D1), n, n)', 'jacobian(F, G)'),
  { ...program('a block with a double eigenvalue, left over by rounding, had no logarithm', 'C : matrix(m, m)', 'P : matrix(m, m) posdef', "F = logdet(logmFrechet(P, sym(C))'*logmFrechet(P, sym(C)) + 2*I)", 'grad(F, P)'), isShallow: true },
  program('of two equal parts both changes were dropped', 'w : vector(k)', "F = min(triu(w*w'), w*w')", 'jacobian(F, w)'),
  program('the norm of a matrix of unknown proportions was printed with singular vectors of one proportion', 'A : matrix(k, n)', 'F = norm2(A)', 'grad(F, A)'),
  program('the entries of a row that is taken away were written as -( / 2)', 'S : matrix(n, n) posdef', 'r : matrix(1, n)', 'F = r - S[1, :]', 'jacobian(F, S)'),
  program('code took max(D) - D for the largest entry of a sum D, which rounding makes other than 0', 'A : matrix(n, n)', 'B : matrix(n, n)', 'Y : matrix(m, n)', "F = max(A + Y'*Y*B)", 'grad(F, A)'),
  program('code took the product with a matrix of ones for the sums of columns', 'y : vector(n)', 'v : vector(3)', 'u : vector(3)', "F = exp(v*u' - v*u')*(((v*y').^2 + 1)[:, 2])", 'jacobian(F, y)'),
  program('a size beside a fraction was taken for 1', 'S : matrix(n, n) posdef', 'y : vector(n)', 't : scalar positive', "F = logdet(t*S + y*y')", 'grad(F, t)'),
  program('running sums of an n×k matrix ran along its row where n was 1', 'W : matrix(n, k)', 'dim n = 1', 'F = cumsum(W)', 'jacobian(F, W)'),
  program('the largest of two singular values that always meet has no second derivative, and no fault', 'R : matrix(n, n) positive', 'F = cond(I + skewpart(R))', 'grad(F, R)'),
  program('a simple extreme eigenvalue beside repeated ones had no second derivative', 'x : vector(n)', "F = eigmax(x*x' + I)", 'grad(F, x)'),
  program('even and odd functions of a skew sum turned it over without end', 'Z : matrix(n, n) tridiagonal', 'F = cosh(skewpart(Z))', 'jacobian(F, Z)'),
  program('the largest entry of a row was planned as a column, and that as a row, without end', 'r : matrix(1, n)', 'F = min(r)', 'grad(F, r)'),
  program('the code of a largest entry and of its place had one name', 'A : matrix(n, n)', 'C : matrix(m, m)', 'X : matrix(m, n)', 'F = (I + skewpart(triu(C + max(A)))) \\ X', 'jacobian(F, A)'),
  program('the search for a largest entry in code added numbers and arrays without end', 't : scalar positive', 'x : vector(n)', 'F = sign(logsumexp(x / t) + t)*t', 'grad(F, t)'),
  program('the code of an array that is all one number turned without end', 't : scalar positive', 'F = sign(logsumexp(ones(n) / t))*t', 'grad(F, t)'),
  program('code took a basis vector inside a function for a factor, and lost exp(0) = 1', 'X : matrix(m, n)', "F = exp(e(1, m))'*X", 'jacobian(F, X)'),
  program('and below a line', 'X : matrix(m, n)', "F = (1 ./ (1 + e(1, m)))'*X + cos(e(2, m))'*X", 'jacobian(F, X)'),
  program('a power of a cut-off was printed as a quotient by it, which is 0/0 where it is cut off', 'X : matrix(m, n)', 's : scalar', 't : scalar positive', "D1 = relu((X : X) - s)", 'F = (D1 / t) .^ 3', 'grad(F, s)'),
  program('a slice of a product with a symmetric part held the sign of a stand-in', 'P : matrix(m, m) posdef', 'z : vector(m)', 'dim m >= n', 'F = ((P*z)[1:n])\'', 'jacobian(F, P)'),
  program('entries that are each a formula', 'u : vector(3)', 's : scalar', 'F = [u[1] + s*cos(u[3]); u[2]*sin(u[3]); exp(s*u[3])]', 'jacobian(F, u)'),
  program('a matrix of such entries', 'A : matrix(2, 2)', 'F = [A[1, 1]*A[2, 2], A[1, 2]^2; sin(A[2, 1]), 3]', 'jacobian(F, A)'),
  program('functions of one symmetric matrix', 'P : matrix(n, n) posdef', 'F = tr(logm(P)*inv(P)*logm(P))', 'grad(F, P)'),
  program('a slice that has a name', 'T : matrix(n, n) symmetric', "F = eigmax(T)*eigvecs(T)[:, n]", 'jacobian(F, T)'),
  program('moduli, signs and logistic functions', 'z : vector(m)', 's : scalar', 'F = sum(abs(z).^3 ./ (1 + exp(-z))) + log(abs(s))*s/(1 + s^2/(1 + s^2))', 'grad(F, z)'),
  program('fractions within fractions', 's : scalar', 't : scalar positive', 'F = atan(s/t)/(1 + s^2/t^2)', 'grad(F, t)'),
  program('in numerator layout the row of the vec form was read off the transposed gradient', 'set layout = numerator', 'S : matrix(n, n) posdef', 'N : matrix(n, n) invertible', "F = logdet(N*S*N')", 'grad(F, N)'),
  program('and so were entries', 'set layout = numerator', 'A : matrix(n, n)', 'B : matrix(n, n)', 'F = tr(inv(B)*A)', 'grad(F, B)'),
  program('code added what a pass over rows had taken in', 'y : vector(n)', 'F = sinh(y + cumsum(y))', 'jacobian(F, y)'),
  program('code checked the part of a formula that is an index, before that was there', 'dim m >= n', 'X : matrix(m, n)', 'q : vector(n)', 'h : scalar', 'F = X[h, 1] - q[h]', 'grad(F, q)'),
  program('an entry of a unit matrix was printed with the unit, whose size nothing said', 'X : matrix(m, n)', 'Y : matrix(m, n)', 'h : scalar', 'F = cos(sigmoid(Y - X))[h, 1]', 'grad(F, X)'),
  program('entries of an identity that its place gives a size were I[k, l]', 'N : matrix(n, n)', 'F = tr(asin(tanh(normcdf(sym(N)))/2))', 'grad(F, N)'),
  { ...program('in numerator layout the gradient with the other inverse was not turned over', 'set layout = numerator', 'Y : matrix(m, n)', 'x : vector(n)', "F = svdu1(Y)'*Y*x", 'grad(F, Y)'), isShallow: true },
];
