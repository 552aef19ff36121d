// Numbers and their roots as people write them: what is beside them decides where they stand.
import { expect, test } from 'vitest';
import { best } from './best';

test.each([
  // The Gaussian error linear unit, in its three ways (Hendrycks and Gimpel 2016).
  ['x : vector(n)\ng(x) = x .* (1 + erf(x/sqrt(2)))/2\njacobian(g, x)', 'diag(1 + erf(x / sqrt(2)) + sqrt(2/pi)*(x .* exp(-x.^2 / 2))) / 2'],
  ['x : vector(n)\ng(x) = x .* sigmoid(1.702*x)\njacobian(g, x)', 'diag((1 + 1.702*(x .* sigmoid(-1.702*x))) .* sigmoid(1.702*x))'],
  ['x : scalar\nf(x) = x*normcdf(x)\ngrad(f, x)', 'normcdf(x) + x*exp(-x^2 / 2) / sqrt(2*pi)'],
  ['s : scalar\ns*sqrt(2)/2', 's / sqrt(2)'],
  ['s : scalar\n3*s*sqrt(2)/4', '3*s*sqrt(2) / 4'],
  ['s : scalar\ns*sqrt(2/pi)', 's*sqrt(2/pi)'],
  ['s : scalar\ns*sqrt(2*pi)', 's*sqrt(2*pi)'],
  ['s : scalar\ns/sqrt(2*pi)', 's / sqrt(2*pi)'],
  ['u, x, a : vector(n)\nu .* (1 + 1.702*(x - a))', 'u .* (1 + 1.702*(x - a))'],
  ['x, a : vector(n)\nf(x) = norm(0.9*x - 0.3*a)^2\ngrad(f, x)', '0.54*(3*x - a)'],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });
