// What is printed is what a person would write: each row a kind of blemish that readers found.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import type { FormName } from '../../core/notation/presentation';
import { parse } from '../../core/syntax/parse';

function shown(text: string, form: FormName): string {
  const program = resolve(parse(text));
  expect(program.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  const request = program.requests.at(-1);
  const p = request && present(program, request);
  if (!p || 'refused' in p) throw new Error('no forms');
  return p.forms[form]?.text ?? '';
}

const POLAR = "X : matrix(m, n) fullrank\nB = (X'*X)^(1/2)\nF = X*inv(B)\njacobian(F, X)";
const BILINEAR = "a, b : vector(n)\nS : matrix(n, n) symmetric\nf = a'*S*b\ngrad(f, S)";
const PARTS = "B : matrix(m, n)\nC : matrix(m, m)\nD : matrix(m, n)\nb, d : vector(m)\nx : vector(n)\nf = (B*x + b)'*C*(D*x + d)\ngrad(f, x)";
const ROWS: readonly (readonly [string, string, FormName, string])[] = [
  ['no fraction that a number in front takes back', "x, c : vector(n)\ns = sqrt(x'*x + 1/10)\ngrad(c'*x / s, x)", 'gradient', "c/s - c'*x*x / s^3"],
  ['entrywise factors of a sum beside those before it', "x, c, s : vector(n)\nA, B : matrix(n, n)\nz = sigmoid(A*x)\nh = tanh(B*x)\ngrad(c'*((1 - z) .* s + z .* h), x)", 'gradient', "B'*(c .* z .* (1 - h.^2)) - A'*(c .* z .* (1 - z) .* (s - h))"],
  ['a quotient of squares', "X : matrix(m, n)\ny : vector(m)\nw : vector(n)\nc : scalar positive\nr = y - X*w\nf = sum(r.^2 ./ (c^2 + r.^2))\ngrad(f, w)", 'gradient', "-2*c^2*X'*(r ./ (c^2 + r.^2).^2)"],
  ['the area of a triangle by a corner', 'p, q, t : vector(3)\nL = norm(cross(p - t, q - t))/2\ngrad(L, t)', 'gradient', 'cross(p - q, cross(p - t, q - t)) / (4*L)'],
  ['a factor that ends inside a power', "A, B : matrix(n, n)\nx, y : vector(n)\ngrad(x'*(A^2*y + B*A*y), x)", 'gradient', '(A + B)*A*y'],
  ['no name of a derivative that comes later', "X : matrix(m, n)\ny : vector(m)\nb : vector(n)\ns : scalar positive\nl = -norm(y - X*b)^2/(2*s)\ngrad(l, b)\nM = ∂²l/∂b∂s", 'gradient', "X'*(y - X*b) / s"],
  ['one that came before', "X : matrix(m, n)\ny : vector(m)\nb : vector(n)\ns : scalar positive\nl = -norm(y - X*b)^2/(2*s)\nM = ∂l/∂b\ngrad(l, b)", 'gradient', 'M'],
  ['0, whatever was defined to be it', 'X : matrix(m, n)\nS = X - X\njacobian(S, X)', 'differential', 'zeros(m, n)'],
  ['and its curvature', "x : vector(n)\nD : matrix(m, n)\ns : scalar\nf = sum(sqrt((D*x).^2 + s^2))\nhessian(f, x)", 'vec', "s^2*D'*diag(1 ./ ((D*x).^2 + s^2).^(3/2))*D"],
  ['the distance from a rotation', 'F : matrix(3, 3) invertible\nf = normF(F - polar(F))^2\ngrad(f, F)', 'gradient', "2*(F - F*(F'*F)^(-1/2))"],
  ['and its row', 'F : matrix(3, 3) invertible\nf = normF(F - polar(F))^2\ngrad(f, F)', 'vec', "2*vec(F - F*(F'*F)^(-1/2))'"],
  ['a scalar before others that are sums', 'F : matrix(3, 3) invertible\na, b : scalar\nf = b/2*(det(F) - a)^2\ngrad(f, F)', 'gradient', 'b*det(F)*(det(F) - a)*F^-T'],
  ['scalars before a trace', 'F : matrix(3, 3) invertible\nm : scalar\nf = m/2*(det(F)^(-2/3)*tr(F\'*F) - 3)\ngrad(f, F)', 'directional', "m*tr((F' - normF(F)^2*F^-1 / 3)*V) / det(F)^(2/3)"],
  ['a number inside a sum behind a trace too', "F : matrix(3, 3)\nm, l : scalar\nE = (F'*F - I)/2\nf = m*tr(E'*E) + l/2*tr(E)^2\ngrad(f, F)", 'directional', "tr((2*m*E + l*tr(E)*I)*F'*V)"],
  ['and in an entry', "F : matrix(3, 3)\nm, l : scalar\nE = (F'*F - I)/2\nf = m*tr(E'*E) + l/2*tr(E)^2\ngrad(f, F)", 'components', '(F*(2*m*E + l*tr(E)*I))[k, p]'],
  ['a half of terms that a name has made whole', "F : matrix(3, 3)\nm, l : scalar\nE = (F'*F - I)/2\nf = m*tr(E'*E) + l/2*tr(E)^2\nhessian(f, F)", 'directional', "l*(tr(E)*V + tr(F'*V)*F) + m*(2*F*sym(F'*V) + 2*V*E)"],
  ['an outer product of gradients in a tensor', "F : matrix(3, 3) invertible\nl : scalar\nf = l/2*log(det(F))^2\nhessian(f, F)", 'tensor', "l ((F^-T) ∘ (F^-T)) - (l*logdet(F)) ((F^-T) ⊠ (F^-1)) : 𝕋"],
  ['one entry of a diagonal second derivative', 'x, a, s : vector(n)\nf = sum(log(s)) + sum(((x - a) ./ s).^2)/2\nhessian(f, s)', 'components', '(3*(a - x)[k]^2 / s[k]^2 - 1)*e(k, n) / s[k]^2'],
  ['what is divided by the same', "n : vector(3)\np, q : vector(3)\nf = (n'*(p - q))^2/(n'*n)\ngrad(f, n)", 'gradient', "2*((p - q)'*n*(p - q) - f*n) / (n'*n)"],
  ['a differential with the root of the gradient', 'x : vector(n)\nf = sum(x .* normcdf(x))\ngrad(f, x)', 'directional', "((x .* exp(-x.^2 / 2)) / sqrt(2*pi) + normcdf(x))'*V"],
  ['one power of a product entry by entry', 'x, y, a : vector(n)\nx.^2 .* y.^2 .* a', 'value', 'a .* (x .* y).^2'],
  ['the Hessian of squared differences', 'M : matrix(m, n)\nx, y : vector(n)\nf = norm(M*x - M*y)^2\nhessian(f, x)', 'vec', "2*M'*M"],
  ['and its mixed derivative', 'M : matrix(m, n)\nx, y : vector(n)\nf = norm(M*(x - y))^2\nhessian(f, x, y)', 'vec', "-2*M'*M"],
  ['ones beside a product, which a number would make I', "Q : matrix(n, n)\nf = sum(Q) + tr(Q'*Q*Q'*Q)\ngrad(f, Q)", 'gradient', "4*Q*Q'*Q + ones(n, n)"],
  ['a number beside what acts entry by entry', 'X : matrix(m, n)\nf = sum(tanh(X))\ngrad(f, X)', 'gradient', '1 - tanh(X).^2'],
  ['a number beside a vector', 'p : vector(n) positive\nf = entropy(p)\ngrad(f, p)', 'gradient', '-(1 + log(p))'],
  ['a factor that begins with a scalar product keeps together when it is turned over', "A : matrix(n, n)\nK : matrix(n, n) possemidef\nx, p : vector(n)\ns : scalar\n(2*s*(diag(A)'*x)*(I + K^2)*(p + x))'", 'value', "2*s*diag(A)'*x*(p + x)'*(I + K^2)"],
  ['halves and twos of symmetric parts', BILINEAR, 'directional', "tr(sym(a*b')*V)"],
  ['under a transpose', BILINEAR, 'vec', "vec(sym(a*b'))'"],
  ['inside a solve', 'S : matrix(n, n) posdef\nF = sqrtm(S)\njacobian(F, S)', 'components', 'sylvester(F, F, sym(E(k, l, n, n)))'],
  ['numbers out of solves, directions upright', POLAR, 'directional', "(V - 2*F*sylvester(B, B, sym(X'*V)))*B^-1"],
  ['a scalar before the transpose', 'X : matrix(n, n)\nb : vector(n)\nr = b\'*X*b\nf = exp(r)\ngrad(f, X)', 'vec', "f*vec(b*b')'"],
  ['unit eigenvectors as columns', 'S : matrix(n, n) symmetric\nf = eigmax(S)\ngrad(f, S)', 'gradient', "eigvecs(S)[:, n]*eigvecs(S)[:, n]'"],
  ['entries of sums of products', "X : matrix(m, n)\nB : matrix(m, m)\nf = tr(X'*B*X)\ngrad(f, X)", 'components', "((B + B')*X)[k, l]"],
  ['sums of rows are transposed sums of columns', PARTS, 'components', "(B'*C*(D*x + d) + D'*C'*(B*x + b))[k]"],
  ['no minus under an even power', "A : matrix(m, n)\nb, w : vector(m)\nx = inv(A'*diag(w.^2)*A)*A'*diag(w.^2)*b\nr = b - A*x\nf = norm(w .* r)^2\ngrad(f, w)", 'gradient', '2*(w .* r.^2)'],
  ['diag(x)*u', 'A : matrix(n, n)\nb, x : vector(n)\nF = diag(x)*A*b\njacobian(F, x)', 'vec', 'diag(A*b)'],
  ['x - a where x moves', 'x, a : vector(n)\nf = norm(x - a)^2\ngrad(f, x)', 'differential', "2*(x - a)'*dx"],
  ['the sign of the gradient in the differential', 'v : vector(n)\nf = -1/2*sum(1 + v - exp(v))\ngrad(f, v)', 'differential', "(exp(v) - 1)'*dv / 2"],
  ['and under a trace', 'S, T : matrix(n, n) posdef\nf = 1/2*(tr(inv(T)*S) - logdet(S))\ngrad(f, S)', 'differential', "tr((T^-1 - S^-1)*dS) / 2"],
  ['and where a product would take it', "C : matrix(n, n)\na, b : vector(n)\nf = a'*b - a'*C*a*log(norm(b))\ngrad(f, b)", 'differential', "(a - a'*C*a*b / (b'*b))'*db"],
  ['the change behind what it is multiplied by', 'm : vector(n)\nf = norm(m)^2\ngrad(f, m)', 'differential', "2*m'*dm"],
  ['and behind symmetric factors', "S : matrix(n, n) posdef\nx, y : vector(n)\nf = norm(y - S*x)^2 + 3*x'*S*x\ngrad(f, x)", 'differential', "2*(3*x + S*x - y)'*S*dx"],
  ['and behind scalars', 'a, s : scalar\nf = a*s^2\ngrad(f, s)', 'differential', '2*a*s*ds'],
  ['entry by entry without two transposes', "Q : matrix(m, d)\nK : matrix(n, d)\nG : matrix(m, n)\nP = exp(Q*K')\nf = tr(G'*(P - P .* P))\ngrad(f, Q)", 'gradient', "(P .* (G - 2*(G .* P)))*K"],
  ['the place of the largest entry', 'x : vector(n)\nD : matrix(m, n)\nf = max(D*x)\ngrad(f, x)', 'gradient', "D'*argmax(D*x)"],
  ['the gradient behind a trace', 'W : matrix(n, k)\nS, B : matrix(n, n) posdef\nf = tr(inv(W\'*S*W)*W\'*B*W)\ngrad(f, W)', 'differential', "2*tr(((I - S*M*W')*B*M)'*dW)"],
  ['and where it stands in the middle', 'X, A, B : matrix(n, n)\nf = tr(A*inv(X)*B)\ngrad(f, X)', 'differential', '-tr(X^-1*B*A*X^-1*dX)'],
  ['reciprocals that take a minus in', 'A : matrix(m, n)\nb : vector(m)\nx : vector(n)\nf = -sum(log(b - A*x))\ngrad(f, x)', 'gradient', "A'*(1 ./ (b - A*x))"],
  ['1 - s, not twice the other way round', 'W : matrix(n, n)\nh, x, b : vector(n)\ny = sigmoid(W*h + b) .* tanh(x) + (1 - sigmoid(W*h + b)) .* h\njacobian(y, h)', 'components', '(1 - c) .* (e(k) - c .* W[:, k] .* (h - tanh(x)))'],
  ['a difference as the file writes it', 'A : matrix(m, n)\nb : vector(m)\nx : vector(n)\nf = -sum(log(b - A*x))\nhessian(f, x)', 'vec', "A'*diag(1 ./ (b - A*x).^2)*A"],
  ['and in a barrier', 'x : vector(n)\nt : scalar\nf = -log(t^2 - x\'*x)\ngrad(f, x)', 'gradient', "2*x / (t^2 - x'*x)"],
  ['one sign of a difference in a formula', 'A : matrix(d, p)\nx, y : vector(p)\nf = exp(-norm(A*x - A*y)^2)\ngrad(f, A)', 'gradient', "-2*f*A*(x - y)*(x - y)'"],
  ['a direction between the two sides of an outer product', 'A : matrix(d, p)\nx, y : vector(p)\nf = exp(-norm(A*x - A*y)^2)\ngrad(f, A)', 'directional', "-2*f*(A*(x - y))'*V*(x - y)"],
  ['the names of a gradient in its entries', 'W : matrix(m, n)\nb : vector(m)\nx : vector(n)\ny : vector(m)\nf = norm(tanh(W*x + b) - y)^2/2\ngrad(f, W)', 'index', '(1 - c[k]^2)*(c[k] - y[k])*x[l]'],
  ['an entry of a product with its index outside', "X : matrix(n, p) fullrank\nA : matrix(n, n) symmetric\nf = tr(inv(X'*X)*X'*A*X)\ngrad(f, X)", 'index', "2*((I - M*X')*A*M)[k, l]"],
  ['a common diagonal factor', 'x, g, b : vector(n)\ny = g .* (x - mean(x))/sqrt(mean((x - mean(x)).^2)) + b\njacobian(y, x)', 'vec', "sqrt(n)*diag(g)*(I - ones(n, n) / n - r*r' / (r'*r)) / norm(r)"],
  ['a solve with the direction inside', "A : matrix(n, n)\nx, y : vector(n)\nt : scalar\nf = y'*expm(t*A)*x\ngrad(f, A)", 'directional', "t*y'*expmFrechet(t*A, V)*x"],
  ['a congruence in the direction', "P, Q : matrix(n, n) posdef\nA : matrix(n, n)\nB : matrix(n, m)\nR : matrix(m, m) posdef\nF = A'*P*A - A'*P*B*inv(R + B'*P*B)*B'*P*A + Q\njacobian(F, P)", 'directional', "M'*V*M"],
  ['unit matrices upright', "P : matrix(n, n) posdef\nH : matrix(m, n)\nR : matrix(m, m) posdef\nK = P*H'*inv(H*P*H' + R)\njacobian(K, P)", 'components', "(I - K*H)*(E(k, l) + E(l, k))*H'*inv(H*P*H' + R) / 2"],
  ['no number added to every entry before all are added', 's : scalar\nX, Y : matrix(d, n)\nt : vector(d)\nf = normF(s*X + t*ones(n)\' - Y)^2\ngrad(f, t)', 'directional', "2*(n*t + s*rowsum(X) - rowsum(Y))'*V"],
  ['entries of sums of rows', 'X : matrix(n, d)\nW : matrix(n, n) symmetric\nf = tr(X\'*(diag(rowsum(W)) - W)*X)\ngrad(f, W)', 'index', "(sum((X.^2)[k, :]) + sum((X.^2)[l, :])) / 2 - (X*X')[k, l]"],
  ['a scalar multiplied into what it divides', "x, mu : vector(n)\nS : matrix(n, n) posdef\nnu : scalar positive\nf = log(1 + (x - mu)'*inv(S)*(x - mu)/nu)\ngrad(f, mu)", 'gradient', "-2*c / (c'*(x - mu) + nu)"],
  ['a transposed product in the order of its parts', "A : matrix(m, n) fullrank\nb : vector(m)\nw : vector(m) positive\ndim m >= n\nx = inv(A'*diag(w)*A)*A'*diag(w)*b\njacobian(x, w)", 'vec', "inv(A'*diag(w)*A)*A'*diag(b - A*x)"],
  ['a transposed fraction', 'a, b : vector(n)\nf = a\'*b / norm(a)\ngrad(f, a)', 'differential', "(b - f*a / norm(a))'*da / norm(a)"],
  ['a small number beside a sum', 'x : vector(n)\nf = sqrt(norm(x)^2 + 1e-5)\ngrad(f, x)', 'gradient', 'x/f'],
  ['and under a fraction line', 'x, g : vector(n)\ny = g .* x / sqrt(norm(x)^2 + 1e-5)\njacobian(y, g)', 'vec', "diag(x) / sqrt(0.00001 + x'*x)"],
  ['entries of a Hessian alike in both indices', "A : matrix(n, n) symmetric\nx : vector(n)\nf = x'*A*x / (x'*x)\nhessian(f, x)", 'index', "2*(A[i, k] + f*(4*x[i]*x[k] / (x'*x) - delta(i, k)) - 2*(x[i]*(A*x)[k] + x[k]*(A*x)[i]) / (x'*x)) / (x'*x)"],
  ['a symmetric term inside a symmetric part', "A : matrix(n, n) symmetric\nx : vector(n)\nf = x'*A*x / (x'*x)\nhessian(f, x)", 'vec', "2*(4*sym((f*I - A)*x*x' / (x'*x)) + A - f*I) / (x'*x)"],
  ['entries of outer products alike in both indices', "x : vector(n)\nF = x*x' / (x'*x)\njacobian(F, x)", 'index', "(delta(i, k)*x[j] + delta(j, k)*x[i] - 2*x[i]*x[j]*x[k] / (x'*x)) / (x'*x)"],
  ['an entry times a basis vector', 'x : vector(n)\ng = prod(x)\nhessian(g, x)', 'index', '(g / x[i] - g*delta(i, k) / x[k]) / x[k]'],
  ['an entry times a unit matrix, functions of entries', 'A : matrix(m, n)\nF = A .* exp(A)\njacobian(F, A)', 'components', 'exp(A[k, l])*(1 + A[k, l])*E(k, l, m, n)'],
  ['a diagonal unit matrix', 'A : matrix(m, n)\nx : vector(n)\nF = A*diag(sin(x))\njacobian(F, x)', 'components', 'cos(x[k])*A*E(k, k, n, n)'],
  ['a formula that is a multiple of a long sum without a name for the sum', "A : matrix(n, n) symmetric\nx : vector(n)\nf = log(1 + x'*A*x)*x'*x\nhessian(f, x)", 'vec', "2*(log(c)*I - (2*sym((x'*x*A / c - 2*I)*x*x'*A) - x'*x*A) / c)"],
  ['rows and columns of factors, not of the identity', 'Y : matrix(n, n) symmetric\nf = sum(eigvals(Y)[1:k])\ngrad(f, Y)', 'gradient', "eigvecs(Y)[:, 1:k]*eigvecs(Y)[:, 1:k]'"],
  ['and of those between others', "X : matrix(m, n)\na : vector(n)\nf = norm(X[1:k, :]*a)^2\ngrad(f, X)", 'gradient', "2*I(m)[:, 1:k]*X[1:k, :]*a*a'"],
  ['and of both at once', 'S : matrix(n, n) posdef\na, b : vector(n)\nf = a[1:k]\'*S[1:k, 1:k]*b[1:k]\ngrad(f, a)', 'gradient', "I(n)[:, 1:k]*S[1:k, 1:k]*b[1:k]"],
  ['and a - x where a does', 'x, a : vector(n)\nf = norm(x - a)^2\ngrad(f, a)', 'gradient', '2*(a - x)'],
];

describe('as a person would write it', () => {
  test.each(ROWS)('%s', (_name, text, form, expected) => expect(shown(text, form)).toBe(expected));
  test('the inverse of a transposed name is A^-T', () => {
    const text = shown("X : matrix(m, n) fullrank\nR = chol(X'*X)'\nF = X*inv(R)\njacobian(F, X)", 'vec');
    expect(text).not.toMatch(/inv\(R'\)/);
  });
});
