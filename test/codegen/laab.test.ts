/**
 * The plans for LAAB's tests of linear-algebra awareness (Sankaran et al. 2022) and for gradients: which kernels, in which order,
 * and how many flops. Not their time.
 */
import { expect, test } from 'vitest';
import { generate } from './harness';
import { planOf } from './plan-of';

const HEAD = 'A, B, C, H : matrix(n, n)\nx, y : vector(n)\nL : matrix(n, n) lower\nU : matrix(n, n) upper\nT : matrix(n, n) tridiagonal\n';
const LAAB: readonly (readonly [expression: string, kernels: string, flops: string])[] = [
  ["A'*B", 'multiplyTN', '2*n^3'],
  ['L*B', 'multiplyLower', 'n^3'],
  ["L'*B", 'multiplyLowerT', 'n^3'],
  ['U*B', 'multiplyUpper', 'n^3'],
  ["U'*B", 'multiplyUpperT', 'n^3'],
  ["U'*U", 'multiplyTNSym', 'n^3'],
  ['U*A*B', 'multiply multiplyUpper', '3*n^3'],
  ['B*L', 'multiplyByLower', 'n^3'],
  ["B*L'", 'multiplyByLowerT', 'n^3'],
  ['B*U', 'multiplyByUpper', 'n^3'],
  ["B*U'", 'multiplyByUpperT', 'n^3'],
  ['A*B*L', 'multiplyByLower multiply', '3*n^3'],
  ["L*L'", 'multiplyNTSym', 'n^3'],
  ["A*A'", 'multiplyNTSym', 'n^3'],
  ['T*B', 'loop', '6*n^2'],
  ["A'*B + A'*B", 'multiplyTN loop', '2*n^3 + n^2'],
  ["(A'*B)'*(A'*B)", 'multiplyTN multiplyNTSym', '3*n^3'],
  ["(A'*B)'*A'*B", 'multiplyTN multiplyNTSym', '3*n^3'],
  ["A'*B*A'*B*y", 'matVec matVecT matVec matVecT', '8*n^2'],
  ["H'*H*x", 'rowPass', '4*n^2'],
  ["y'*H'*H", 'matVec matVecT', '4*n^2'],
  ["H'*y*x'*H", 'matVecT matVecT loop', '5*n^2'],
  ['A*B + A*C', 'loop multiply', '2*n^3 + n^2'],
  ["(A - H'*H)*x", 'matVec loop rowPass', '6*n^2'],
  ["B'*A*A'*B", 'multiplyTN multiplyNTSym', '3*n^3'],
  ['sum((A*B)[i, i]*x[i], i = 1:n)', 'loop dot', '2*n^2 + 2*n'],
  ["sum(A*B + C[:, i]*C[:, i]', i = 1:n)", 'multiplyNTSym multiplyAdd', '3*n^3'],
  ['sum(A*B*C[:, i]*x[i], i = 1:n)', 'matVec matVec matVec', '6*n^2'],
  ['(A + B)[2, 2]', '', '0'],
  ['(A*B)[2, 2]', 'loop', '2*n'],
];
for (const [expression, kernels, flops] of LAAB) test(`LAAB: ${expression}`, () => expect(planOf(HEAD + expression)).toEqual({ kernels, flops }));

const GRADIENTS: readonly (readonly [string, string, string])[] = [
  ['ridge: two products, no loop', "X : matrix(m, n); W : matrix(n, k); Y : matrix(m, k); t : scalar positive\nf = normF(X*W - Y)^2 + t*normF(W)^2\ngrad(f, W)", 'multiplyAdd multiplyTNAdd'],
  ['a quadratic form by its matrix', "A : matrix(n, n); x : vector(n)\nf = x'*A*x\nhessian(f, x)", 'addTranspose'],
  ['logistic Hessian: half a product', 'X : matrix(m, n); y : vector(m); w : vector(n)\nf = sum(softplus(-y .* (X*w)))\nhessian(f, w)', 'matVec loop multiplyTNSym'],
  ['a scaled product in a map: no pass for the scale', "Q, K : matrix(n, d)\nf = sum(exp(Q*K'/sqrt(d)))\ngrad(f, Q)", 'multiplyNT loop multiply'],
  ['attention: G*V\' serves the row sums of G .* (P*V) too, so that P*V is not computed', "Q, K, V, G : matrix(n, d)\nP = exp(Q*K'/sqrt(d))\nO = P*V ./ (rowsum(P)*ones(1, d))\nf = sum(G .* O)\ngrad(f, Q)", 'multiplyNT loop multiplyNT loop loop loop multiply'],
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
test('the gradient of a determinant: one factorisation', () => {
  const text = generate('A : matrix(n, n)\nf = det(A)\ngrad(f, A)').texts.get('gradientFByA') ?? '';
  expect(text.match(/\blu\(\w+, LU/g)).toHaveLength(1);
  expect(text).not.toContain('transpose(');
});
