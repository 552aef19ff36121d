/** Sums of what is centred vanish: gradients of variances and covariances come out as one writes them. */
import { expect, test } from 'vitest';
import { best } from './best';

test.each([
  ["X : matrix(m, n)\nones(m)'*(X - ones(m)*ones(m)'*X/m)", 'zeros(1, n)'],
  ["X : matrix(m, n)\n(X - X*ones(n)*ones(n)'/n)*ones(n)", 'zeros(m)'],
  ["X : matrix(m, n)\nones(m)'*(X - 2*ones(m)*ones(m)'*X/m)", '-colsum(X)'],
  ["X : matrix(m, n)\nones(m)'*(X - ones(m)*ones(m)'*X/n)", '(1 - m/n)*colsum(X)'],
  ["X : matrix(m, n)\nf = normF(X - ones(m)*ones(m)'*X/m)^2\ngrad(f, X)", '2*(X - ones(m)*colsum(X) / m)'],
  ["X : matrix(m, n)\nmu = X'*ones(m)/m\nf = tr((X - ones(m)*mu')'*(X - ones(m)*mu')/(m - 1))\ngrad(f, X)", "2*(X - ones(m)*mu') / (m - 1)"],
  ['x : vector(n)\nf = norm(x - mean(x))^2\ngrad(f, x)', '2*(x - mean(x))'],
  ['x : vector(n)\nf = mean(x.^2) - mean(x)^2\ngrad(f, x)', '2*(x - mean(x)) / n'],
  ['X : matrix(m, n)\nf = mean(X)^2\ngrad(f, X)', '2*mean(X)*ones(m, n) / (m*n)'],
  ['x : vector(3)\nx*sum(x)/3', 'mean(x)*x'],
  ['x : vector(n)\nmean : scalar\nsum(x)/n*x', 'sum(x)*x / n'],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });
