// Names of sums, solved for their heaviest term: results are written with them.
import { expect, test } from 'vitest';
import { best } from './best';

const REML = 'X : matrix(n, k); V : matrix(n, n) posdef; y : vector(n)\nP = inv(V) - inv(V)*X*inv(X\'*inv(V)*X)*X\'*inv(V)\n';
const COMPONENTS = 'X : matrix(n, k); Z : matrix(n, q); s, t : scalar positive; y : vector(n)\nV = s*I + t*Z*Z\'\nP = inv(V) - inv(V)*X*inv(X\'*inv(V)*X)*X\'*inv(V)\n'
  + "f = 1/2*logdet(V) + 1/2*logdet(X'*inv(V)*X) + 1/2*y'*P*y\n";
const HAT = "X : matrix(n, k); y : vector(n)\nM = I - X*inv(X'*X)*X'\n";

test.each([
  // Searle, Casella and McCulloch, Variance Components (1992), section 6.6.
  [`${REML}f(V) = 1/2*logdet(V) + 1/2*logdet(X'*inv(V)*X) + 1/2*y'*P*y\ngrad(f, V)`, "(P - P*y*y'*P) / 2"],
  [`${REML}h(V) = y'*P*y\ngrad(h, V)`, "-P*y*y'*P"],
  [`${COMPONENTS}grad(f, t)`, "(tr(Z'*P*Z) - y'*P*Z*Z'*P*y) / 2"],
  [`${COMPONENTS}grad(f, s)`, "(tr(P) - y'*P^2*y) / 2"],
  [`${HAT}f = y'*M*y\ngrad(f, X)`, "-2*M*y*y'*X*inv(X'*X)"],
  // The heaviest term does not stand in the result.
  [`${HAT}f = tr(X'*X)\ngrad(f, X)`, '2*X'],
  [`X : matrix(n, k); y : vector(n)\nM = I - X*inv(X'*X)*X'\nf = y'*X*inv(X'*X)*X'*y\ngrad(f, X)`, "2*M*y*y'*X*inv(X'*X)"],
])('%s', (text, shown) => { expect(best(text)).toBe(shown); });
