/** Claims about functions of every entry: proved with the identities named, and no proof of a near miss, which gets a counterexample. */
import { expect, test } from 'vitest';
import { prove } from '../../core/proof/prove';
import { decideClaim } from '../../core/verify/claims';
import type { ProgramClaim, Program } from '../../core/algebra/program';
import { program } from './document';
import { elementwisePairs } from './elementwise-claims';

const claimOf = (text: string): readonly [Program, ProgramClaim] => {
  const p = program(text);
  const [claim] = p.claims;
  if (!claim) throw new Error(text);
  return [p, claim];
};

test('there are at least 60', () => { expect(elementwisePairs.length).toBeGreaterThanOrEqual(60); });

test.each(elementwisePairs.map((e) => [`${e.left} == ${e.right}`, e] as const))('proved: %s', (_, e) => {
  const [p, claim] = claimOf(`${e.given}\ncheck ${e.left} == ${e.right}`);
  const proof = prove(p, claim.left, claim.right);
  expect(proof).toBeDefined();
  expect(proof?.identities.length).toBeGreaterThan(0);
  expect(decideClaim(p, claim, { prove: () => proof }).verdict).toBe('proved');
});

test.each(elementwisePairs.map((e) => [`${e.left} == ${e.wrong}`, e] as const))('not proved: %s', (_, e) => {
  const [p, claim] = claimOf(`${e.given}\ncheck ${e.left} == ${e.wrong}`);
  expect(prove(p, claim.left, claim.right)).toBeUndefined();
  const result = decideClaim(p, claim);
  expect(result.verdict).toBe('false');
  expect(result.counterexample?.difference.data.some((x) => x !== 0)).toBe(true);
});

// What holds for positive numbers alone is not proved without that word, and what needs a sign is not without it.
test.each([
  ['x : scalar', 'sqrt(x^2)', 'x'], ['x : vector(n)', 'sqrt(x.^4)', '-x.^2'], ['x, y : vector(n)', 'sqrt(x.^2 .* y.^2)', 'x .* y'], ['x : vector(n)', 'abs(x)', 'x'], ['x : vector(n)', 'exp(log(x.^2) / 2)', 'x'],
  ['x : vector(n)', 'sign(x).^2', 'ones(n)'], ['x : vector(n)', 'max(x, -x)', 'x'], ['x : vector(n)', 'abs(sin(x))', 'sin(x)'], ['x : vector(n)', 'sqrt(1 - sin(x).^2)', 'cos(x)'], ['A : matrix(n, n) posdef', 'abs(A)', 'A'], ['A : matrix(n, n)', "exp(A')", 'exp(A)'],
  ['x : vector(n)\nA : matrix(n, n)', "sum(A*x)", 'sum(A)*sum(x)'], ['A : matrix(m, n)', 'rowsum(exp(A))', 'exp(rowsum(A))'], ['x : vector(n)', 'sum(x)^2', 'sum(x.^2)'],
  // At no point do both sides have values.
  ['x : vector(n)', 'log(-x)', 'log(x)'], ['x : vector(n) positive', 'log(-x) + log(x)', '2*log(x)'], ['x : vector(n)', 'sqrt(-x)', 'sqrt(x)'],
])('%s: not proved that %s == %s', (given, left, right) => {
  const [p, claim] = claimOf(`${given}\ncheck ${left} == ${right}`);
  expect(prove(p, claim.left, claim.right)).toBeUndefined();
});

test.each([
  ['x : scalar positive', 'sqrt(x^2)', 'x'], ['x : vector(n)', 'sqrt(x.^2)', 'abs(x)'], ['x : vector(n)', 'sqrt(x).^2', 'x'], ['A : matrix(n, n) symmetric', "exp(A')", 'exp(A)'], ['A : matrix(m, n)', "softmax(vec(A) + 3)", 'softmax(vec(A))'],
  ['A : matrix(m, n)\nx, y : vector(n)', 'sigmoid(A*(x + y))', '1 - sigmoid(-A*x - A*y)'], ['X : matrix(m, n)\nw : vector(n)\ny : vector(m)', "sum(softplus(X*w) - y .* (X*w))", "-y'*log(sigmoid(X*w)) - (1 - y)'*log(1 - sigmoid(X*w))"],
  ['A : matrix(m, n)', 'exp(A) ./ (exp(A)*ones(n, n))', 'exp(A + 2) ./ (exp(A + 2)*ones(n, n))'], ['x : vector(n)', 'grad(logsumexp(x), x)', 'exp(x - logsumexp(x))'], ['x : vector(n)', 'grad(sum(softplus(x)), x)', '1 - 1 ./ (1 + exp(x))'], ['x : vector(n)', 'diff(tanh(x), x, ones(n))', '1 ./ cosh(x).^2'],
])('%s: proved that %s == %s', (given, left, right) => {
  const [p, claim] = claimOf(`${given}\ncheck ${left} == ${right}`);
  expect(prove(p, claim.left, claim.right)?.identities.length).toBeGreaterThan(0);
});
