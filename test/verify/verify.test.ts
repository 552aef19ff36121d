/** Right derivatives are verified to 30 digits; every mistake of the negative controls is refuted, on the same formulas. */
import { expect, test } from 'vitest';
import { verifyRequest, type Candidate, type Verification } from '../../core/verify/verify';
import { directional, firstRequest, gradient, program } from './document';

interface Case { readonly text: string; readonly right: string; readonly V?: string }
const scalarCase = (text: string, right: string): Case => ({ text, right });
const arrayCase = (text: string, V: string, right: string): Case => ({ text, right, V });
const each = (f: string, right: string, words = ''): Case => scalarCase(`x, c : vector(n) ${words}\nf = c'*${f}\ngrad(f, x)`, right);

const cases: readonly Case[] = [
  // every entry
  each('exp(x)', 'c .* exp(x)'), each('log(x)', 'c ./ x', 'positive'), each('sqrt(x)', 'c ./ (2*sqrt(x))', 'positive'), each('sin(x)', 'c .* cos(x)'),
  each('cos(x)', '-c .* sin(x)'), each('tan(x)', 'c ./ cos(x).^2'), each('asin(x)', 'c ./ sqrt(1 - x.^2)'), each('acos(x)', '-c ./ sqrt(1 - x.^2)'),
  each('atan(x)', 'c ./ (1 + x.^2)'), each('sinh(x)', 'c .* cosh(x)'), each('cosh(x)', 'c .* sinh(x)'), each('tanh(x)', 'c .* (1 - tanh(x).^2)'),
  each('abs(x)', 'c .* sign(x)'), each('relu(x)', 'c .* step(x)'), each('sigmoid(x)', 'c .* sigmoid(x) .* (1 - sigmoid(x))'), each('softplus(x)', 'c .* sigmoid(x)'),
  each('erf(x)', 'c .* exp(-x.^2) * 2 / sqrt(pi)'), each('normcdf(x)', 'c .* exp(-x.^2 / 2) / sqrt(2*pi)'), each('gamma(x)', 'c .* gamma(x) .* digamma(x)'),
  each('lgamma(x)', 'c .* digamma(x)', 'positive'), each('digamma(x)', 'c .* trigamma(x)'), each('(x .^ 2.5)', '2.5 * c .* x .^ 1.5'), each('max(x, 0.3*c)', 'c .* step(x - 0.3*c)'),
  // to a number
  scalarCase("A : matrix(n, n)\nx : vector(n)\nf = x'*A*x\ngrad(f, x)", "(A + A')*x"), scalarCase('A, X : matrix(n, n)\nf = tr(A*inv(X))\ngrad(f, X)', "-(inv(X)*A*inv(X))'"),
  scalarCase('X : matrix(n, n)\nf = det(X)\ngrad(f, X)', "det(X)*inv(X)'"), scalarCase('X : matrix(n, n)\nf = logdet(X)\ngrad(f, X)', "inv(X)'"),
  scalarCase('X : matrix(m, n)\nf = normF(X)\ngrad(f, X)', 'X / normF(X)'), scalarCase('X : matrix(m, n)\ndim m >= n\nf = normNuc(X)\ngrad(f, X)', 'polar(X)'),
  scalarCase('X : matrix(m, n)\nf = norm2(X)\ngrad(f, X)', "svdu(X)[:, 1]*svdv(X)[:, 1]'"), scalarCase('x : vector(n)\nf = logsumexp(x)\ngrad(f, x)', 'softmax(x)'),
  scalarCase('x : vector(n)\nf = prod(x)\ngrad(f, x)', 'prod(x) ./ x'), scalarCase('p : vector(n) positive\nf = entropy(p)\ngrad(f, p)', '-log(p) - 1'),
  scalarCase('A : matrix(n, n)\nf = tr(A^3)\ngrad(f, A)', "3*(A^2)'"), scalarCase('A : matrix(n, n) posdef\nB : matrix(n, n)\nf = tr(B*A^(1/2))\ngrad(f, A)', 'sym(sylvester(sqrtm(A), sqrtm(A), B))'),
  scalarCase('S : matrix(n, n) symmetric\nf = eigmax(S)\ngrad(f, S)', "eigvecs(S)[:, n]*eigvecs(S)[:, n]'"),
  scalarCase("w : vector(n)\nX : matrix(m, n)\ny : vector(m)\nlambda : scalar positive\nf = norm(X*w - y)^2 + lambda*w'*w\ngrad(f, w)", "2*X'*(X*w - y) + 2*lambda*w"),
  scalarCase("S : matrix(n, n) symmetric\na, b : vector(n)\nf = a'*S*b\ngrad(f, S)", "sym(a*b')"), scalarCase("L : matrix(n, n) lower\nA : matrix(n, n)\nf = tr(A*L*L')\ngrad(f, L)", "tril((A + A')*L)"),
  scalarCase("K : matrix(n, n) skew\nA : matrix(n, n)\nf = tr(A*K)\ngrad(f, K)", "skewpart(A')"), scalarCase("D : matrix(n, n) diagonal\nA : matrix(n, n)\nf = tr(A*D*A*D)\ngrad(f, D)", "2*diag(diag(A*D*A))"),
  scalarCase("Q : matrix(n, n) orthogonal\nA, B : matrix(n, n)\nf = tr(A*Q*B)\ngrad(f, Q)", "Q*skewpart(Q'*A'*B')"),
  // to an array
  arrayCase("A : matrix(m, m)\nX : matrix(m, n)\nF = A*X*X'*A'\njacobian(F, X)", 'matrix(m, n)', "A*(V*X' + X*V')*A'"),
  arrayCase("X : matrix(m, n)\nF = X*(X'*X)^(-1/2)\njacobian(F, X)", 'matrix(m, n)', "(V - F*sylvester((X'*X)^(1/2), (X'*X)^(1/2), V'*X + X'*V))*(X'*X)^(-1/2)"),
  arrayCase('A : matrix(n, n) posdef\nF = chol(A)\njacobian(F, A)', 'matrix(n, n) symmetric', "F*phi(inv(F)*V*inv(F)')"),
  arrayCase('A : matrix(n, n)\nF = expm(A)\njacobian(F, A)', 'matrix(n, n)', 'expmFrechet(A, V)'), arrayCase('A : matrix(n, n) posdef\nF = logm(A)\njacobian(F, A)', 'matrix(n, n) symmetric', 'logmFrechet(A, V)'),
  arrayCase('A : matrix(n, n) posdef\nF = A^(1/3)\njacobian(F, A)', 'matrix(n, n) symmetric', 'powmFrechet(A, 1/3, V)'),
  arrayCase('X : matrix(m, n)\ndim m >= n\nF = pinv(X)\njacobian(F, X)', 'matrix(m, n)', "-F*V*F + inv(X'*X)*V'*(I - X*F)"),
  arrayCase('A : matrix(n, n)\nF = adj(A)\njacobian(F, A)', 'matrix(n, n)', 'tr(F*V)*inv(A) - F*V*inv(A)'),
  arrayCase('S : matrix(n, n) symmetric\nF = eigvals(S)\njacobian(F, S)', 'matrix(n, n) symmetric', "diag(eigvecs(S)'*V*eigvecs(S))"),
  arrayCase('X : matrix(m, n)\nF = svdvals(X)\njacobian(F, X)', 'matrix(m, n)', "diag(svdu(X)'*V*svdv(X))"),
  arrayCase('A : matrix(m, m)\nB : matrix(n, n)\nX : matrix(m, n)\nF = sylvester(A, B, X)\njacobian(F, X)', 'matrix(m, n)', 'sylvester(A, B, V)'),
  arrayCase('A : matrix(p, q)\nX : matrix(m, n)\nF = A ⊗ X\njacobian(F, X)', 'matrix(m, n)', 'A ⊗ V'), arrayCase('x : vector(n)\nF = softmax(x)\njacobian(F, x)', 'vector(n)', "F .* V - F*(F'*V)"),
  arrayCase('x : vector(n)\nF = cumsum(x .* x)\njacobian(F, x)', 'vector(n)', '2*cumsum(x .* V)'), arrayCase('A : matrix(n, n)\nt : scalar\nF = expm(t*A)\ngrad(F, t)', 'scalar', 'V*A*expm(t*A)'),
  arrayCase('x : vector(3)\na : vector(3)\nF = cross(a, x .^ 2)\njacobian(F, x)', 'vector(3)', '2*cross(a, x .* V)'),
  arrayCase("A : matrix(m, n)\nx : vector(n)\ny : vector(m)\nf = sum(log(1 + exp(A*x))) - y'*A*x\nhessian(f, x)", 'vector(n)', "A'*((sigmoid(A*x) .* (1 - sigmoid(A*x))) .* (A*V))"),
  arrayCase('X : matrix(n, n) posdef\nf = logdet(X)\nhessian(f, X)', 'matrix(n, n) symmetric', '-inv(X)*V*inv(X)'),
  arrayCase("x : vector(n)\ny : vector(m)\nA : matrix(n, m)\nf = exp(x'*A*y)\nhessian(f, x, y)", 'vector(m)', "f*A*V + f*(A*y)*(x'*A*V)"),
];
const name = (c: Case): string => c.text.split('\n').slice(-2).join(' ; ');
const candidate = (c: Case, expression = c.right): Candidate => (c.V === undefined ? gradient(c.text, expression) : directional(c.text, c.V, expression));
function verdictOf(c: Case, expression?: string): Verification {
  const p = program(c.text);
  return verifyRequest(p, firstRequest(p), candidate(c, expression));
}

test.each(cases.map((c) => [name(c), c] as const))('verified: %s', (_, c) => {
  const v = verdictOf(c);
  expect([v.verdict, v.points, v.refutation]).toEqual(['verified', 2, undefined]);
  expect(v.exact?.digits).toBeGreaterThanOrEqual(30);
});

type Slip = (right: string) => string;
const always: readonly Slip[] = [(e) => `-(${e})`, (e) => `1.000000000000001*(${e})`];
const inTurn: readonly Slip[] = [(e) => `2*(${e})`, (e) => `(${e}) / 2`, (e) => `1.01*(${e})`, (e) => `0*(${e})`];
test.each(cases.map((c, k) => [name(c), c, k] as const))('mistakes refuted: %s', (_, c, k) => {
  for (const slip of [...always, ...inTurn.slice(k % inTurn.length, (k % inTurn.length) + 1)]) {
    const v = verdictOf(c, slip(c.right));
    expect([slip(c.right), v.verdict]).toEqual([slip(c.right), 'refuted']);
    expect(v.refutation?.expected).not.toBe(v.refutation?.found);
  }
}, 60_000);

/** A mistake of its own for each formula: a transpose dropped, an order exchanged, a term left out. */
const own: readonly (readonly [string, string, RegExp | undefined])[] = [
  ["x'*A*x", '2*A*x', undefined], ["x'*A*x", 'A*x', undefined], ['tr(A*inv(X))', '-inv(X)*A*inv(X)', /transpose/], ['det(X)', 'det(X)*inv(X)', /transpose/],
  ['logdet(X)\ngrad', "-inv(X)'", /sign/], ['det(X)', "inv(X)'", /times/], ['tr(A^3)', '3*A^2', /transpose/], ['lambda*w', "2*X'*(X*w - y)", /proportional to w: 2\*lambda/],
  ['lambda*w', "2*X'*(X*w - y) + lambda*w", /proportional to w: lambda/], ["f = a'*S*b", "a*b'", /project|sym/], ["f = a'*S*b", "2*sym(a*b') - diag(diag(a*b'))", /off the diagonal/],
  ["tr(A*L*L')", "(A + A')*L", /project/], ['tr(A*K)', "A'", /project/], ['entropy(p)', '-log(p)', /ones: -1/], ["F = A*X*X'*A'", "A*V*X'*A'", undefined],
  ["F = A*X*X'*A'", "A*(X*V' + V*X')*A", undefined], ['F = chol(A)', "F*tril(inv(F)*V*inv(F)')", undefined], ['expm(A)', 'expm(A)*V', undefined],
  ['F = pinv(X)', '-F*V*F', undefined], ['F = adj(A)', 'tr(F*V)*inv(A)', undefined], ['softmax(x)', 'F .* V', undefined], ['svdvals', "diag(svdv(X)'*V'*svdu(X)) * 1.001", /1001\/1000|1\.001/],
  ["X*(X'*X)^(-1/2)", "(I - F*F')*V*(X'*X)^(-1/2)", undefined], ['hessian(f, X)', 'inv(X)*V*inv(X)', /sign/], ['expm(t*A)', 'A*expm(A)*V', undefined],
];
test.each(own)('%s: %s is refuted', (part, wrong, slip) => {
  const c = cases.find((k) => k.text.includes(part));
  if (!c) throw new Error(part);
  const v = verdictOf(c, wrong);
  expect(v.verdict).toBe('refuted');
  expect(v.refutation?.values['dims']).toBeDefined();
  if (slip) expect(v.refutation?.slip).toMatch(slip);
});
