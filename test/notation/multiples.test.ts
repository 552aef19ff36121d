// Names of arrays that hold scalars, and of runs that powers or commuting factors hide: derivatives of quotients, of ridge solutions, of flows.
import { expect, test } from 'vitest';
import type { ProgramRequest } from '../../core/algebra/program';
import { present } from '../../core/notation/present';
import { program } from '../verify/document';
import { best } from './best';

test.each([
  ["A : matrix(m, n)\nx, c : vector(n)\nb : vector(m)\nd : scalar\nf = (A*x + b)/(c'*x + d)\njacobian(f, x)", "(A - f*c') / (c'*x + d)"],
  ['x : vector(n)\nF = exp(x)/sum(exp(x))\njacobian(F, x)', "diag(F) - F*F'"],
  ['x : vector(n)\nF = x/sum(x)\njacobian(F, x)', "(I - F*ones(n)') / sum(x)"],
  ['x : vector(n)\nF = x/norm(x)\njacobian(F, x)', "(I - F*F') / norm(x)"],
  ['X, V : matrix(n, n)\nF = X/tr(X)\ndiff(F, X, V)', '(V - tr(V)*F) / tr(X)'],
  ['X, V : matrix(m, n)\nF = X/normF(X)\ndiff(F, X, V)', "(V - tr(F'*V)*F) / normF(X)"],
  ["A : matrix(n, n)\nx : vector(n)\nF = A*x/(x'*A*x)\njacobian(F, x)", "(A - F*x'*(A + A')) / (x'*A*x)"],
  ['X, V : matrix(n, n)\nF = det(X)*inv(X)\ndiff(F, X, V)', 'tr(V*X^-1)*F - F*V*X^-1'],
  ["F : matrix(n, n)\nm : scalar\nE = (F'*F - I)/2\nf = m*normF(E)^2\ngrad(f, F)", '2*m*F*E'],
  // Layer normalisation, also with the mean and the deviation as its names.
  ["x, g : vector(n)\nmu = mean(x)\ns = norm(x - mu)/sqrt(n)\ny = (x - mu)/s\nf = g'*y\ngrad(f, x)", '(g - f*y / n - mean(g)) / s'],
  ["x, c : vector(n)\nf = exp(c'*x)/sum(exp(x))\ngrad(f, x)", 'f*(c - softmax(x))'],
  ["w, a : vector(n)\nR : matrix(n, n) posdef\nf = (a'*w)^2/(w'*R*w)\ngrad(f, w)", "2*(a'*w*a - f*R*w) / (w'*R*w)"],
  // The transpose of cross(x, y) is -y'*skew3(x).
  ['x, y : vector(3)\nN = cross(x, y)/norm(cross(x, y))\njacobian(N, x)', "(N*N'*skew3(y) - skew3(y)) / norm(cross(x, y))"],
  // A name is not taken out where that divides by what may be 0.
  ['A : matrix(n, n)\ns : scalar\nF = s*A\nA*A', 'A^2'],
  ['X, B : matrix(n, n)\ns : scalar\nF = s*X*B\ngrad(tr(F), s)', 'tr(B*X)'],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });

test('a basis vector in a transposed elementwise power has its size', () => {
  const p = program('dim m >= n\nX : matrix(m, n)\nW : matrix(n, k)\njacobian((e(1, m)*ones(1, m)).^3*(X*W), W)');
  const shown = present(p, p.requests[0] as ProgramRequest);
  expect('forms' in shown ? shown.forms.index?.text : '').toBe("delta(j, l)*((e(1, m)*ones(m)').^3*X)[i, p]");
});

test.each([
  ["X : matrix(n, p)\ny : vector(n)\nl : scalar\nb = inv(X'*X + l*I)*X'*y\ngrad(b, l)", "-inv(X'*X + l*I)*b"],
  ["X : matrix(n, p)\ny : vector(n)\nl : scalar\nb = inv(X'*X + l*I)*X'*y\ng = b'*b\n∂g/∂l", "-2*b'*inv(X'*X + l*I)*b"],
  ['t : scalar\nA, B : matrix(n, n)\nF = expm(t*A)*B*expm(-t*A)\ndiff(F, t, 1)', 'A*F - F*A'],
  ['t : scalar\nA, B : matrix(n, n)\nF = B*expm(t*A)*B\nB*expm(t*A)*A*B', 'B*expm(t*A)*A*B'],
  ['A : matrix(n, n)\nx : vector(n)\nb = A*x\nA^3*x', 'A^3*x'],
  // B and A, which do not commute, would pass each other.
  ['A, B : matrix(n, n)\nF = expm(A)*expm(B)\nexpm(A)*B*A*expm(B)', 'expm(A)*B*A*expm(B)'],
  ['A, B : matrix(n, n)\nF = expm(A)*expm(B)\nexpm(A)*A*B*expm(B)', 'A*F*B'],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });

test.each([
  ['x : vector(n)\nf = prod(x)\ngrad(f, x)', 'f ./ x'], ['x : vector(n)\nf = prod(x)^2\ngrad(f, x)', '2*(f ./ x)'],
  ['X : matrix(n, n)\nf = det(X)^(1/n)\ngrad(f, X)', 'f*X^-T / n'],
  ['K, L, a, A : scalar positive\nY = A*K^a*L^(1 - a)\n∂Y/∂K', 'Y*a / K'],
  ['x, a : scalar positive\nf = x^a\n∂f/∂x', 'a*x^(a - 1)'],
  ['x : vector(n)\np : scalar positive\nf = sum(abs(x).^p)^(1/p)\ngrad(f, x)', 'f^(1 - p)*(abs(x).^(p - 1) .* sign(x))'],
  ["a, b, c : vector(3)\nf = a'*cross(b, c)\ngrad(f, b)", 'cross(c, a)'],
  ["dim m >= n\nX : matrix(m, n)\nW : matrix(n, k)\njacobian((e(1, m)*ones(1, m)).^3*(X*W), W)", "I(k) ⊗ ((e(1, m)*ones(m)').^3*X)"],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });

test.each([
  ['x : vector(n)\nexp(x)/sum(exp(x))', 'softmax(x)'],
  ['x : vector(n)\nexp(x)/sum(exp(x))^2', 'softmax(x) / sum(exp(x))'],
  ["x : vector(n)\nW : matrix(n, p)\nW'*exp(x)/sum(exp(x))", "W'*softmax(x)"],
  ['x, c : vector(n)\nc .* exp(x)/sum(exp(x))', 'c .* softmax(x)'],
  ['x : vector(n)\ndiag(exp(x))/sum(exp(x))', 'diag(softmax(x))'],
  ['x, y : vector(n)\nexp(x)/sum(exp(y))', 'exp(x) / sum(exp(y))'],
  ['X : matrix(m, n)\nexp(X)/sum(exp(X))', 'exp(X) / sum(exp(X))'],
  ['X : matrix(m, n) fullrank\ndim m >= n\ngrad(normNuc(X)^2/2, X)', "normNuc(X)*X*(X'*X)^(-1/2)"],
])('quotients and norms by their names: %s', (text, shown) => { expect(best(text)).toBe(shown); });
