// Numbers and their roots as people write them: what is beside them decides where they stand.
import { expect, test } from 'vitest';
import { best } from './best';

test.each([
  // The Gaussian error linear unit, in its three ways (Hendrycks and Gimpel 2016).
  ['x : vector(n)\ng(x) = x .* (1 + erf(x/sqrt(2)))/2\njacobian(g, x)', 'diag(1 + erf(x / sqrt(2)) + sqrt(2/pi)*(x .* exp(-x.^2 / 2))) / 2'],
  ['x : vector(n)\njacobian(x .* sigmoid(1.702*x), x)', 'diag((1 + 1.702*(x .* sigmoid(-1.702*x))) .* sigmoid(1.702*x))'],
  ['x : scalar\nf(x) = x*normcdf(x)\ngrad(f, x)', 'normcdf(x) + x*exp(-x^2 / 2) / sqrt(2*pi)'],
  ['s : scalar\ns*sqrt(2)/2', 's / sqrt(2)'],
  ['s : scalar\n3*s*sqrt(2)/4', '3*s*sqrt(2) / 4'],
  ['s : scalar\ns*sqrt(2/pi)', 's*sqrt(2/pi)'],
  ['s : scalar\ns*sqrt(2*pi)', 's*sqrt(2*pi)'],
  ['s : scalar\ns/sqrt(2*pi)', 's / sqrt(2*pi)'],
  // One root of one whole number, however it is written.
  ['s : scalar\ns*sqrt(2/3)', 's*sqrt(2/3)'],
  ['s : scalar\ns*sqrt(6)/3', 's*sqrt(2/3)'],
  ['s : scalar\ns*sqrt(1/6)', 's / sqrt(6)'],
  ['s : scalar\ns*sqrt(2)*sqrt(3)', 's*sqrt(6)'],
  ['s : scalar\ns*sqrt(2)*sqrt(6)', '2*s*sqrt(3)'],
  ['s : scalar\ns*sqrt(8)/sqrt(2)', '2*s'],
  ['s : scalar\ns*sqrt(2/3)*sqrt(3/2)', 's'],
  ['s : scalar\n2^(2/3)*s', 's*2^(2/3)'],
  // The von Mises stress: names of multiples inside powers, and names that hold such a root.
  ['S : matrix(3, 3) symmetric\nD = S - tr(S)/3*I(3)\ns = sqrt(3/2*tr(D*D))\nhessian(s, S)', "(3*V + tr(D*(tr(V)*I - 3*V))*D / tr(D^2) - tr(V)*I) / (2*s)"],
  ['S, Z : matrix(3, 3) symmetric\nD = S - tr(S)/3*I(3)\ns = sqrt(3/2*tr(D*D))\nZ*D^2/s^2', 'Z*D^2 / s^2'],
  ['u, x, a : vector(n)\nu .* (1 + 1.702*(x - a))', 'u .* (1 + 1.702*(x - a))'],
  ['x, a : vector(n)\nf(x) = norm(0.9*x - 0.3*a)^2\ngrad(f, x)', '0.54*(3*x - a)'],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });
