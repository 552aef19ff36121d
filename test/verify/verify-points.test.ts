/** Verdicts at points of the user's, near kinks, at small and large scales; generated programs; requests without a direction. */
import { expect, test } from 'vitest';
import type { Term } from '../../core/algebra/term';
import type { Sizes, Values } from '../../core/numeric/points';
import { createOracle } from '../../core/verify/oracle';
import { verifyRequest, type Candidate, type Tensor, type Verification } from '../../core/verify/verify';
import { firstRequest, gradient, lastTerm, program, sizes, values } from './document';

const verify = (text: string, right: string, point?: { readonly sizes: Sizes; readonly values: Values }): Verification => {
  const p = program(text);
  return verifyRequest(p, firstRequest(p), gradient(text, right), { point });
};

const SCALES = ['1e-8', '1e-4', '1', '1e4', '1e8'];
const functions: readonly (readonly [string, string])[] = [
  ["f = sum(log(x))", '1 ./ x'], ["f = sum(sqrt(x))", '1 ./ (2*sqrt(x))'], ['f = norm(x)', 'x / norm(x)'], ["f = x'*x / sum(x)", "2*x / sum(x) - (x'*x / sum(x)^2)*ones(n)"], ['f = sum(abs(x))', 'sign(x)'],
  ['f = sum(tanh(x))', '1 - tanh(x).^2'], ['f = logsumexp(x)', 'softmax(x)'],
];
test.each(functions.flatMap(([f, g]) => SCALES.map((s) => [f, g, s] as const)))('%s at scale %s %s is not refuted', (f, g, scale) => {
  const p = { sizes: sizes({ n: 3 }), values: values({ x: [1.3, 0.7, 2.1].map((v) => v * Number(scale)) }) };
  expect(verify(`x : vector(n)\n${f}\ngrad(f, x)`, g, p).verdict).not.toBe('refuted');
});
test.each([1e-8, 1e-6, 1e-3])('near a kink at distance %s, with entries of size 1 beside', (d) => {
  const p = { sizes: sizes({ n: 3 }), values: values({ x: [1.3, d, -0.7] }) };
  expect(verify('x : vector(n)\nf = sum(abs(x))\ngrad(f, x)', 'sign(x)', p).verdict).toBe('verified');
  expect(verify('x : vector(n)\nf = sum(relu(x))\ngrad(f, x)', 'ones(n)', p).verdict).toBe('refuted');
});
test('at a kink: undecided, and the note says which', () => {
  const v = verify('x : vector(n)\nf = sum(abs(x))\ngrad(f, x)', 'sign(x)', { sizes: sizes({ n: 2 }), values: values({ x: [0, 1] }) });
  expect([v.verdict, v.notes.join()]).toEqual(['undecided', expect.stringMatching(/abs is nearly 0/)]);
});
test('where the two smallest eigenvalues are rounding beside the third: undecided, and the note says so', () => {
  const v = verify("p : vector(n)\nf = eigmin(p*p')\ngrad(f, p)", 'zeros(n)', { sizes: sizes({ n: 3 }), values: values({ p: [1.3, 0.7, 2.1] }) });
  expect([v.verdict, v.notes.join()]).toEqual(['undecided', expect.stringMatching(/the two smallest eigenvalues nearly meet/)]);
});
test('near a singular matrix, cond 1e10', () => {
  const p = { sizes: sizes({ n: 2 }), values: values({ X: [[1, 1], [1, 1.0000000001]] }) };
  expect(verify('X : matrix(n, n)\nf = logdet(X)\ngrad(f, X)', "inv(X)'", p).verdict).toBe('verified');
  expect(verify('X : matrix(n, n)\nf = logdet(X)\ngrad(f, X)', 'inv(X)', p).verdict).toBe('verified');
});
test.each([
  ['S : matrix(n, n) symmetric\nf = tr(S)\ngrad(f, S)', 'I(n)', { n: 2 }, { S: [[1, 2], [3, 4]] }, /symmetric/],
  ['S : matrix(n, n) posdef\nf = logdet(S)\ngrad(f, S)', 'inv(S)', { n: 2 }, { S: [[1, 2], [2, 1]] }, /positive definite/],
  ['x : scalar\nf = log(x)\ngrad(f, x)', '1 / x', {}, { x: -1 }, /log of a number/],
  ["Q : matrix(m, n)\nassume Q'*Q == I\nX : matrix(m, n)\nf = tr(Q'*X)\ngrad(f, X)", 'Q', { m: 2, n: 1 }, { Q: [[1], [1]], X: [[1], [2]] }, /does not hold/],
] as const)('a point outside: %s', (text, right, dims, given, why) => {
  const v = verify(text, right, { sizes: sizes(dims), values: values(given) });
  expect([v.verdict, v.notes.join()]).toEqual(['undecided', expect.stringMatching(why)]);
});

const QUADRATIC = "A : matrix(n, n)\nx : vector(n)\nf = x'*A*x\ngrad(f, x)";
const float = (ps: Values, name: string): readonly number[] => (ps.get(name)?.data ?? []).map(Number);
/** A hand-written program for the gradient, with an error that is added to each entry. */
const generated = (error: number): Candidate => ({
  ...gradient(QUADRATIC, "(A + A')*x"),
  run: (_, ps) => {
    const [A, x] = [float(ps, 'A'), float(ps, 'x')];
    const n = x.length;
    const g = x.map((_, i) => x.reduce((s, v, j) => s + ((A[i * n + j] ?? 0) + (A[j * n + i] ?? 0)) * v, 0) + error);
    const value: Tensor = { shape: [1, 1], data: [g.reduce((s, v, i) => s + ((v - error) * (x[i] ?? 0)) / 2, 0)] };
    return { value, derivative: { shape: [1, 1, n, 1], data: Float64Array.from(g) } };
  },
});
test.each([[0, 'verified'], [1e-7, 'undecided'], [0.01, 'refuted'], [NaN, 'refuted']] as const)('a program with an error of %s is %s', (error, verdict) => {
  const p = program(QUADRATIC);
  const v = verifyRequest(p, firstRequest(p), generated(error));
  expect(v.verdict).toBe(verdict);
  if (error === 0) expect(v.program?.ulps).toBeLessThan(16);
});

test('where the plain formula loses as much in doubles, an inexact program is undecided and not refuted; a wrong one still is', () => {
  const text = 'S : matrix(n, n) posdef\nf = eigmin(expm(12*S))\ngrad(f, S)';
  const right = gradient(text, "12*f*eigvecs(S)[:, 1]*eigvecs(S)[:, 1]'");
  const off = (by: number): Candidate => ({
    ...right,
    run: (s, ps) => {
      const exact = createOracle(right.program, s, ps).evaluate(right.gradient as Term);
      return { derivative: { shape: [1, 1, exact.rows, exact.cols], data: Float64Array.from(exact.data, (v) => v.toNumber() * (1 + by)) } };
    },
  });
  const p = program(text);
  const point = { sizes: sizes({ n: 2 }), values: values({ S: [[3, 0.3], [0.3, 0.2]] }) };
  expect(verifyRequest(p, firstRequest(p), off(1e-3), { point })).toMatchObject({ verdict: 'undecided', notes: expect.arrayContaining([expect.stringMatching(/more digits than doubles have/)]) });
  expect(verifyRequest(p, firstRequest(p), off(0.5), { point }).verdict).toBe('refuted');
});

const results: readonly (readonly [string, string, string])[] = [
  ["A : matrix(n, n)\nx, v : vector(n)\nf = x'*A*x\ndiff(f, x, v)", "v'*(A + A')*x", "v'*A*x"],
  ["A : matrix(n, n)\nx, v : vector(n)\nf = exp(x'*A*x)\nhvp(f, x, v)", "f*(A + A')*v + f*(A + A')*x*(x'*(A + A')*v)", "f*(A + A')*v"],
  ['A : matrix(m, n)\nX, Y : matrix(n, k)\nYbar : matrix(m, k)\nF = A*X\nvjp(F, X, Ybar)', "A'*Ybar", "2*A'*Ybar"],
  ["H : matrix(n, n) posdef\nb, x : vector(n)\nf = x'*H*x / 2 - b'*x\nx - hessian(f, x) \\ grad(f, x)", 'inv(H)*b', 'x - inv(H)*b'],
];
test.each(results)('a request that is a value: %s', (text, right, wrong) => {
  const verdict = (expression: string): Verification => {
    const p = program(text);
    const q = program(`${text}\n${expression}`);
    return verifyRequest(p, firstRequest(p), { program: q, result: lastTerm(q) });
  };
  const good = verdict(right);
  expect(good.verdict).toBe('verified');
  expect(good.exact?.digits).toBeGreaterThan(20);
  expect(verdict(wrong).verdict).toBe('refuted');
});

test('the adjoint identity catches a vjp that is not the transpose', () => {
  const text = "A : matrix(m, n)\nX : matrix(n, k)\nF = A*X*X'\njacobian(F, X)";
  const q = (adjoint: string): Candidate => {
    const p = program(`${text}\nV : matrix(n, k)\nYbar : matrix(m, n)\nA*V*X' + A*X*V'\n${adjoint}`);
    const [, d, g] = p.requests;
    if (!d || !g) throw new Error('two expressions');
    return { program: p, directional: d.term, direction: 'V', vjp: { term: g.term, cotangent: 'Ybar' } };
  };
  const p = program(text);
  const good = verifyRequest(p, firstRequest(p), q("A'*Ybar*X + Ybar'*A*X"));
  expect(good.verdict).toBe('verified');
  expect(good.adjoint?.maxRelativeError).toBeLessThan(1e-50);
  expect(verifyRequest(p, firstRequest(p), q("A'*Ybar*X")).verdict).toBe('refuted');
});

test('the same seed gives the same figures, and work can be stopped', () => {
  const p = program(QUADRATIC);
  const c = gradient(QUADRATIC, "(A + A')*x");
  expect(verifyRequest(p, firstRequest(p), c, { seed: 5 })).toEqual(verifyRequest(p, firstRequest(p), c, { seed: 5 }));
  const steps: number[] = [];
  const stopped = verifyRequest(p, firstRequest(p), c, { onStep: (done) => steps.push(done) < 2 });
  expect([stopped.verdict, steps.length]).toEqual(['undecided', 2]);
});
test('a function without a body', () => {
  const text = 'g : R^n -> R\nx : vector(n)\nf = g(x)\ngrad(f, x)';
  const p = program(text);
  const v = verifyRequest(p, firstRequest(p), { program: p });
  expect([v.verdict, v.notes.join()]).toEqual(['undecided', expect.stringMatching(/no body/)]);
});
test.each([
  ['x : scalar\nf = sin(x)\ngrad(f, x)', 'cos(x)', 1e300], ['x : scalar\nf = exp(x)\ngrad(f, x)', 'exp(x)', 1e300], ['x : scalar\nf = tanh(x)\ngrad(f, x)', '1 - tanh(x)^2', 1e300],
  ['x : scalar\nf = gamma(x)\ngrad(f, x)', 'gamma(x)*digamma(x)', 1e300], ['x : scalar\nf = x^1000\ngrad(f, x)', '1000*x^999', 1e300], ['x : scalar\nf = erf(x)\ngrad(f, x)', '2*exp(-x^2) / sqrt(pi)', 1e300],
] as const)('a huge argument ends in a verdict, not in an endless series: %s', (text, right, x) => {
  expect(verify(text, right, { sizes: sizes({}), values: values({ x }) }).verdict).not.toBe('refuted');
});
test('sizes beyond 64-digit arithmetic are said, not waited for', () => {
  const v = verify('dim n = 60\nX : matrix(n, n)\nf = tr(X)\ngrad(f, X)', 'I(n)');
  expect([v.verdict, v.notes.join()]).toEqual(['undecided', expect.stringMatching(/sizes up to 24/)]);
});
test('and so are arrays of small ones', () => {
  const v = verify('dim n = 9\nA : matrix(n, n)\nf = sum(A ⊗ A ⊗ A ⊗ A ⊗ A)\ngrad(f, A)', '5*sum(A)^4*ones(n, n)');
  expect([v.verdict, v.notes.join()]).toEqual(['undecided', expect.stringMatching(/729×729 is too large for 64-digit arithmetic/)]);
});
