import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printLatex } from '../../core/syntax/latex';
import { parseExpression } from '../../core/syntax/parse';
import { printUnicode } from '../../core/syntax/unicode';
import { trees } from './trees';
import { PATIENCE, runs } from './seed';

const cases: readonly (readonly [text: string, unicode: string, latex: string])[] = [
  ["2*X'*(X*w - y)", '2Xᵀ(Xw − y)', '2 X^{\\top} (X w - y)'],
  ["-X^-T*a*b'*X^-T", '−X⁻ᵀabᵀX⁻ᵀ', '-X^{-\\top} a b^{\\top} X^{-\\top}'],
  ["X*(X'*X)^(-1/2)", 'X(XᵀX)^(−1/2)', 'X (X^{\\top} X)^{-1/2}'],
  ["x*(x'*x)^(-1/2)", 'x·(xᵀx)^(−1/2)', 'x \\cdot (x^{\\top} x)^{-1/2}'],
  ['inv(B)', 'B⁻¹', 'B^{-1}'],
  ["inv(B)'", 'B⁻ᵀ', 'B^{-\\top}'],
  ["inv(A + B)*C", '(A + B)⁻¹C', '(A + B)^{-1} C'],
  ['A \\ b', 'A⁻¹b', 'A^{-1} b'],
  ["x*x' / (2*sqrt(1 + alpha*x'*x))", 'xxᵀ / (2√(1 + αxᵀx))', '\\frac{x x^{\\top}}{2 \\sqrt{1 + \\alpha x^{\\top} x}}'],
  ["1/2*x'*A*x", '½xᵀAx', '\\frac{1}{2} x^{\\top} A x'],
  ['N/2*(S - inv(Theta))', '(N/2)(S − Θ⁻¹)', '\\frac{N}{2} (S - \\Theta^{-1})'],
  ["A'*E(i, j)*X' + X*E(j, i)", 'AᵀE_ij Xᵀ + X E_ji', 'A^{\\top} E_{ij} X^{\\top} + X E_{ji}'],
  ['delta(i, k)*W[j, l] + W[i, l]*delta(j, k)', 'δ_ik W_jl + W_il δ_jk', '\\delta_{ik} W_{jl} + W_{il} \\delta_{jk}'],
  ['(inv(B) ⊗ I(m)) - (inv(B) ⊗ F)*inv(B ⊕ B)*((X\' ⊗ I(n))*commutation(m, n))', 'B⁻¹ ⊗ I_m − (B⁻¹ ⊗ F)(B ⊕ B)⁻¹((Xᵀ ⊗ I_n) K_(m,n))', 'B^{-1} \\otimes I_{m} - (B^{-1} \\otimes F) (B \\oplus B)^{-1} ((X^{\\top} \\otimes I_{n}) K^{(m,n)})'],
  ['norm(A*x - b)^2', '‖Ax − b‖²', '\\lVert A x - b \\rVert^{2}'],
  ['X / normF(X)', 'X / ‖X‖_F', '\\frac{X}{\\lVert X \\rVert_F}'],
  ['norm(x)*norm(y)', '‖x‖·‖y‖', '\\lVert x \\rVert \\lVert y \\rVert'],
  ['lambda*dX', 'λ dX', '\\lambda \\, \\mathrm{d}X'],
  ['Sigma_xx*x_hat + W_1', 'Σ_xx x̂ + W₁', '\\Sigma_{xx} \\hat{x} + W_{1}'],
  ['loss*rate', 'loss rate', '\\mathrm{loss} \\, \\mathrm{rate}'],
  ['2*3', '2·3', '2 \\cdot 3'],
  ['x*2', 'x·2', 'x \\cdot 2'],
  ['2*x^2*y', '2x²y', '2 x^{2} y'],
  ['x^p*y', 'x^p·y', 'x^{p} y'],
  ['x .* y', 'x ⊙ y', 'x \\odot y'],
  ['x.^2 ./ y', 'x.^2 ⊘ y', 'x^{\\circ 2} \\oslash y'],
  ['tr(A*B)', 'tr(AB)', '\\operatorname{tr}(A B)'],
  ['2*tr(A)', '2 tr(A)', '2 \\, \\operatorname{tr}(A)'],
  ['det(A)*(B + C)', 'det(A)·(B + C)', '\\det(A) \\cdot (B + C)'],
  ['sum(x[p]*y[p], p = 1:n)', 'Σ_{p=1..n} x_p y_p', '\\sum_{p=1}^{n} x_{p} y_{p}'],
  ['X[1, 2] + X[i + 1, :]', 'X[1, 2] + X[i + 1, :]', 'X_{1,2} + X_{i + 1,:}'],
  ['(A*B)[k, l]', '(AB)_kl', '(A B)_{kl}'],
  ['∂²f/∂x∂y', '∂²f/∂x∂y', '\\frac{\\partial^{2} f}{\\partial x \\partial y}'],
  ['∇g(A*x)', '∇g(Ax)', '\\nabla g(A x)'],
  ["[A, B; B', C]", '[A, B; Bᵀ, C]', '\\begin{bmatrix} A & B \\\\ B^{\\top} & C \\end{bmatrix}'],
  ['e(k)', 'e_k', 'e_{k}'],
  ['ones(n)', '𝟏_n', '\\mathbf{1}_{n}'],
  ['(X^3)\'', '(X³)ᵀ', '(X^{3})^{\\top}'],
  ['sqrt(x)^2', '(√x)²', '\\sqrt{x}^{2}'],
  ['grad(f, x)', 'grad(f, x)', '\\nabla_{x} f'],
  ['A - (-B)', 'A − (−B)', 'A - (-B)'],
];

describe('readable text', () => {
  test.each(cases)('%s', (text, unicode, latex) => {
    const { expr, diagnostics } = parseExpression(text, { variables: new Set(['X', 'x', 'A', 'B']) });
    expect(diagnostics).toEqual([]);
    expect({ unicode: printUnicode(expr), latex: printLatex(expr) }).toEqual({ unicode, latex });
  });

  test('the differential of a product has the upright d of `dX`', () => {
    const range = { start: 0, end: 0 };
    const latex = (text: string): string => printLatex(parseExpression(text, { variables: new Set(['A', 'X', 'dX']) }).expr);
    expect(latex('dX')).toBe('\\mathrm{d}X');
    expect(printLatex({ kind: 'call', callee: { kind: 'name', name: 'd', range }, args: [parseExpression('A*X', { variables: new Set(['A', 'X']) }).expr], range })).toBe('\\mathrm{d}(A X)');
  });
});

test('the braces of LaTeX balance, and nothing is lost on the way', () => {
  fc.assert(fc.property(trees, (tree) => {
    let depth = 0;
    for (const c of printLatex(tree)) {
      if (c === '{') depth++;
      if (c === '}') expect(--depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    expect(printUnicode(tree)).not.toMatch(/undefined|\[object/);
  }), runs(500));
}, PATIENCE);
