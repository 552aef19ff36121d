// Rows, columns and entries that are scaled: diag(u) in front, sums of rows, and names of such arrays found in their derivatives.
import { expect, test } from 'vitest';
import { best } from './best';

const ATTENTION = "Q, K, V, G : matrix(n, d)\nE = exp(Q*K'/sqrt(d))\nP = E ./ (rowsum(E)*ones(1, n))\nf = G : (P*V)\n";
const ROWS = "Z, Y : matrix(n, k)\nE = exp(Z)\nP = E ./ (rowsum(E)*ones(k)')\n";
const SCORE = 'y, mu, s : vector(n) positive\nz = (y - mu) ./ s\nf = z\'*z/2 + sum(log(s))\n';

test.each([
  [`${ATTENTION}grad(f, Q)`, "(P .* (G*V') - diag(diag(P*V*G'))*P)*K / sqrt(d)"],
  [`${ATTENTION}grad(f, K)`, "(P .* (G*V') - diag(diag(P*V*G'))*P)'*Q / sqrt(d)"],
  [`${ROWS}f = -sum(Y .* log(P))\ngrad(f, Z)`, 'diag(rowsum(Y))*P - Y'],
  [`${ROWS}f = -sum(P .* log(P))\ngrad(f, Z)`, 'diag(rowsum(P .* log(P)))*P - P .* log(P)'],
  ["X : matrix(n, d); W : matrix(d, k); Y : matrix(n, k)\nE = exp(X*W)\nP = diag(1 ./ rowsum(E))*E\nf = sum(log(rowsum(E))) - sum(Y .* (X*W))\ngrad(f, W)", "X'*(P - Y)"],
  ["Z : matrix(n, n)\nA = exp(Z)\nP = A ./ (rowsum(A)*ones(n)')\nR = A ./ (ones(n)*colsum(A))\nf = -(tr(log(P)) + tr(log(R)))/(2*n)\ngrad(f, Z)", '(P + R - 2*I) / (2*n)'],
  ["C : matrix(n, n); a, b : vector(n); e : scalar positive\nK = exp(-C/e)\nP = diag(exp(a/e))*K*diag(exp(b/e))\nf = sum(P)\ngrad(f, C)", '-P/e'],
  ["V, W, H : matrix(n, n) positive\nR = V ./ (W*H)\nf = sum(R - log(R) - 1)\ngrad(f, W)", "((1 - R) ./ (W*H))*H'"],
  [`${SCORE}grad(f, mu)`, '-z ./ s'],
  [`${SCORE}grad(f, s)`, '(1 - z.^2) ./ s'],
  ['A : matrix(m, n); x : vector(n); w : vector(m)\nu = w .* (A*x)\nf = u\'*u\ngrad(f, x)', "2*A'*(u .* w)"],
  ["X, G : matrix(n, d)\nr = sqrt(rowsum(X.^2))\nN = diag(1 ./ r)*X\nf = G : N\ngrad(f, X)", 'diag(1 ./ r)*G - diag(rowsum(G .* N) ./ r)*N'],
  // Sums over a count: the variance of each column.
  ["X : matrix(m, n)\nmu = X'*ones(m)/m\nD = X - ones(m)*mu'\nv = colsum(D.^2)'/m\nf = sum(1 ./ v.^2)\ngrad(f, X)", '-4*D*diag(1 ./ v.^3) / m'],
  // Not where that would divide by what may be 0.
  ['A, B : matrix(n, n)\nu : vector(n)\nP = diag(u)*(A .* B)\nf = sum((A .* B).^2)\ngrad(f, A)', '2*(A .* B.^2)'],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });

test.each([
  ["(u*ones(k)') .* A", 'diag(u)*A'], ["(ones(n)*v') .* A", 'A*diag(v)'], ["A ./ (u*ones(k)')", 'diag(1 ./ u)*A'],
  ['(diag(u)*A) .* B', 'diag(u)*(A .* B)'], ["(diag(u)*A) .* (u*v')", "A .* (u.^2*v')"], ['(diag(u)*A).^2', 'diag(u.^2)*A.^2'],
  ["diag(diag(u)*A*B')", 'u .* rowsum(A .* B)'], ["diag(A*A')", 'rowsum(A.^2)'], ["diag((A - B)'*(A - B))", "colsum((A - B).^2)'"],
  ["diag(A*B')", 'rowsum(A .* B)'], ["diag(A'*C*A)", "diag(A'*C*A)"],
  // Of a row, which scaling turns into itself, nothing is taken out.
  ["(v'*diag(v)) .* exp(v')", "(v.^2 .* exp(v))'"],
])('%s', (text, shown) => { expect(best(`A, B : matrix(n, k); C : matrix(n, n); u : vector(n); v : vector(k)\n${text}`)).toBe(shown); });
