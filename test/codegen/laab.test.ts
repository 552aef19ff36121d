/**
 * The plans for LAAB's tests of linear-algebra awareness (Sankaran et al. 2022) and for applications of Linnea (Barthels et al. 2021):
 * which kernels, in which order, and how many flops. Not their time.
 */
import { expect, test } from 'vitest';
import { generate } from './harness';

/** Kernels in the order of their calls, `loop` for one outside, and the flops that the comment gives. */
function planOf(text: string): { kernels: string; flops: string } {
  const module = generate(text);
  expect(module.refused).toEqual([]);
  const body = module.text.slice(0, module.text.indexOf('\n}\n'));
  const doc = body.slice(0, body.indexOf('*/')).replace(/\s*\*\s+/g, ' ');
  const code = body.slice(body.indexOf('export function'));
  const calls = [...code.matchAll(/(?:\b([a-zA-Z]+)\((?=[A-Za-z(])|^ {2}(for) \()/gm)].map((m) => (m[2] ? 'loop' : m[1] ?? ''))
    .filter((n) => n === 'loop' || /^(multiply|matVec|solve|cholesky|lu|dot|lowerInverse|transpose|addTranspose|eigSym)/.test(n));
  return { kernels: calls.join(' '), flops: /About (.*?) flops/.exec(doc)?.[1] ?? '0' };
}

const HEAD = 'A, B, C, H : matrix(n, n)\nx, y : vector(n)\nL : matrix(n, n) lower\nT : matrix(n, n) tridiagonal\n';
const LAAB: readonly (readonly [expression: string, kernels: string, flops: string])[] = [
  ["A'*B", 'multiplyTN', '2*n^3'],
  ['L*B', 'multiplyLower', 'n^3'],
  ["A*A'", 'multiplyNTSym', 'n^3'],
  ['T*B', 'loop', '6*n^2'],
  ["A'*B + A'*B", 'multiplyTN loop', '2*n^3 + n^2'],
  ["(A'*B)'*(A'*B)", 'multiplyTN multiplyNTSym', '3*n^3'],
  ["(A'*B)'*A'*B", 'multiplyTN multiplyNTSym', '3*n^3'],
  ["A'*B*A'*B*y", 'matVec matVecT matVec matVecT', '8*n^2'],
  ["H'*H*x", 'matVec matVecT', '4*n^2'],
  ["y'*H'*H", 'matVec matVecT', '4*n^2'],
  ["H'*y*x'*H", 'matVecT matVecT loop', '5*n^2'],
  ['A*B + A*C', 'loop multiply', '2*n^3 + n^2'],
  ["(A - H'*H)*x", 'matVec matVec matVecTAdd', '6*n^2'],
  ["B'*A*A'*B", 'multiplyTN multiplyNTSym', '3*n^3'],
  ['sum((A*B)[i, i]*x[i], i = 1:n)', 'loop dot', 'n^2 + 2*n'],
  ['(A + B)[2, 2]', '', '0'],
  ['(A*B)[2, 2]', 'loop', '2*n'],
];
for (const [expression, kernels, flops] of LAAB) test(`LAAB: ${expression}`, () => expect(planOf(HEAD + expression)).toEqual({ kernels, flops }));

const LINNEA: readonly (readonly [name: string, document: string, kernels: string])[] = [
  ['1', "y : vector(n); X : matrix(n, m)\ninv(X'*X)*X'*y", 'multiplyTNSym cholesky matVecT choleskySolve'],
  ['2', "y : vector(n); M : matrix(n, n) posdef; X : matrix(n, m)\ninv(X'*inv(M)*X)*X'*inv(M)*y", 'cholesky loop solveLower multiplyTNSym cholesky loop solveLower matVecT choleskySolve'],
  ['3', "b : vector(m); c : vector(n); A : matrix(m, n); W : matrix(n, n) posdef diagonal\nW*(A'*inv(A*W*A')*b - c)", 'loop multiplySym cholesky loop choleskySolve matVecTAdd loop'],
  ['9', "H : matrix(m, n); R : matrix(m, m) possemidef; X : matrix(n, n) lower; Xb : matrix(n, N); Y : matrix(m, N)\nX*(H*X)'*inv(R + H*X*(H*X)')*(Y - H*Xb)",
    'multiply multiplyNTSymAdd cholesky multiplyAdd choleskySolve multiplyTN multiplyLower'],
  ['11', "x : vector(n); y : vector(m); H : matrix(m, n)\nH'*inv(H*H')*y + (I(n) - H'*inv(H*H')*H)*x", 'multiplyNTSym cholesky loop choleskySolve matVecTAdd matVec choleskySolve matVecTAdd'],
  ['18', "b : vector(n); A : matrix(n, m); Gamma : matrix(m, m)\ninv(A'*A + Gamma'*Gamma)*A'*b", 'multiplyTNSym multiplyTNSymAdd cholesky matVecT choleskySolve'],
  ['19', "b : vector(n); A : matrix(n, m); alpha_sq : scalar positive\ninv(A'*A + alpha_sq*I(m))*A'*b", 'multiplyTNSym loop cholesky matVecT choleskySolve'],
  ['20', "b : vector(n); x0 : vector(m); A : matrix(n, m); P : matrix(n, n) possemidef; Q : matrix(m, m) possemidef\ninv(Q + A'*P*A)*(A'*P*b + Q*x0)", 'multiply multiplyTNSymAdd cholesky matVecT matVecAdd choleskySolve'],
  ['22', "x : vector(n); y : vector(m); A : matrix(m, n); Cx : matrix(n, n) possemidef; Cz : matrix(m, m) possemidef\nCx*A'*inv(A*Cx*A' + Cz)*(y - A*x) + x", 'multiplyNT multiplySymAdd cholesky matVecAdd choleskySolve matVecAdd'],
  ['25, P_a', "H : matrix(m, n); P_b : matrix(n, n) posdef; R : matrix(m, m) possemidef\n(I(n) - P_b*H'*inv(R + H*P_b*H')*H)*P_b", 'multiplyNT multiplySymAdd cholesky transpose solveLower multiplyTNSymAdd'],
];
for (const [name, document, kernels] of LINNEA) test(`Linnea ${name}`, () => expect(planOf(document).kernels).toBe(kernels));

const GRADIENTS: readonly (readonly [string, string, string])[] = [
  ['ridge: two products, no loop', "X : matrix(m, n); W : matrix(n, k); Y : matrix(m, k); t : scalar positive\nf = normF(X*W - Y)^2 + t*normF(W)^2\ngrad(f, W)", 'multiplyAdd multiplyTNAdd'],
  ['a quadratic form by its matrix', "A : matrix(n, n); x : vector(n)\nf = x'*A*x\nhessian(f, x)", 'addTranspose'],
  ['logistic Hessian: half a product', 'X : matrix(m, n); y : vector(m); w : vector(n)\nf = sum(softplus(-y .* (X*w)))\nhessian(f, w)', 'matVec loop loop multiplyTNSym'],
];
for (const [name, document, kernels] of GRADIENTS) {
  test(name, () => {
    const module = generate(document);
    const f = module.functions.find((x) => x.kind === 'gradient' || x.kind === 'hessian');
    const wanted = document.includes('hessian(') ? module.functions.find((x) => x.kind === 'hessian') : f;
    const code = module.text.slice(module.text.indexOf(`export function ${wanted?.name}(`));
    const body = code.slice(0, code.indexOf('\n}\n'));
    expect([...body.matchAll(/(?:\b(multiply\w*|matVec\w*|addTranspose)\(|^ {2}(for) \()/gm)].map((m) => (m[2] ? 'loop' : m[1])).join(' ')).toBe(kernels);
  });
}
