/** Sums of what is centred vanish: gradients of variances and covariances come out as one writes them. */
import { expect, test } from 'vitest';
import { best } from './best';

test.each([
  ["X : matrix(m, n)\nones(m)'*(X - ones(m)*ones(m)'*X/m)", 'zeros(1, n)'],
  ["X : matrix(m, n)\n(X - X*ones(n)*ones(n)'/n)*ones(n)", 'zeros(m)'],
  ["X : matrix(m, n)\nones(m)'*(X - 2*ones(m)*ones(m)'*X/m)", '-colsum(X)'],
  ["X : matrix(m, n)\nones(m)'*(X - ones(m)*ones(m)'*X/n)", '(1 - m/n)*colsum(X)'],
  ["X : matrix(m, n)\nf = normF(X - ones(m)*ones(m)'*X/m)^2\ngrad(f, X)", '2*(I - ones(m, m) / m)*X'],
  ["X : matrix(m, n)\nmu = X'*ones(m)/m\nf = tr((X - ones(m)*mu')'*(X - ones(m)*mu')/(m - 1))\ngrad(f, X)", "2*(X - ones(m)*mu') / (m - 1)"],
  ['x : vector(n)\nf = norm(x - mean(x))^2\ngrad(f, x)', '2*(x - mean(x))'],
  ['x : vector(n)\nf = mean(x.^2) - mean(x)^2\ngrad(f, x)', '2*(x - mean(x)) / n'],
  ['X : matrix(m, n)\nf = mean(X)^2\ngrad(f, X)', '2*mean(X)*ones(m, n) / (m*n)'],
  ['x : vector(3)\nx*sum(x)/3', 'mean(x)*x'],
  ['x : vector(n)\nmean : scalar\nsum(x)/n*x', 'sum(x)*x / n'],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });

test.each([
  ['x : vector(n)\nones(n, n)*x', 'sum(x)*ones(n)'],
  ["x, y : vector(n)\nx'*ones(n, n)*y", 'sum(x)*sum(y)'],
  ['A, B : matrix(n, n)\nA*ones(n, n)*B', 'rowsum(A)*colsum(B)'],
  ["A : matrix(n, n)\nones(n, n) - ones(n)*ones(n)' + A .* ones(n, n)", 'A'],
  ['A : matrix(m, n)\nones(n, m)*A*ones(n, n)', 'sum(A)*ones(n, n)'],
  ['A : matrix(n, n)\nones(n, n)^3*A', 'n^2*ones(n)*colsum(A)'],
  ['A : matrix(n, n)\nones(n, n)^(1/2) + A', 'A + ones(n, n) / sqrt(n)'],
  ['A : matrix(n, n)\nlogdet(I + ones(n, n)) + tr(A)', 'log(1 + n) + tr(A)'],
  ["A : matrix(n, n)\n(I + ones(n, n))^(1/2)*A", "(I - (1 - sqrt(1 + n))*ones(n, n) / n)*A"],
  ['A : matrix(n, n)\nH = I - ones(n, n)/n\nA*H^3', 'A*H'],
  ['A : matrix(n, n)\nH = I + ones(n, n)/n\nA*H^2', 'A*H^2'],
  ['A : matrix(n, n)\nH = I - ones(n, n)/n\nH*ones(n) + A*ones(n)', 'rowsum(A)'],
  ["X : matrix(m, n)\nH = I - ones(n, n)/n\nf = normF(X*H)^2\ngrad(f, X)", '2*X*H'],
  ["x : vector(n)\nc : vector(p)\nc*(x - mean(x))'*(I - ones(n, n)/n)", "c*(x - mean(x))'"],
  ["x : vector(n)\nc : vector(p)\n(I - ones(n, n)/n)*(x - mean(x))*c'", "(x - mean(x))*c'"],
  // Centred along the other side only.
  ["X : matrix(n, n)\n(X - ones(n)*ones(n)'*X/n)*(I - ones(n, n)/n)", 'S*X*S'],
])('ones and the centring matrix: %s', (text, shown) => { expect(best(text)).toBe(shown); });
