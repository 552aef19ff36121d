import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { essence } from './essence';
import { trees } from './trees';
import { PATIENCE, runs } from './seed';

const context = { functions: new Set(['g']), variables: new Set(['A', 'B', 'X', 'x', 'y', 'w', 'Sigma', 'lambda', 'n', 'T', 'dX', 'x_hat', 'α', 'W_1']) };

test('what is printed is read back as the same tree', () => {
  fc.assert(fc.property(trees, (tree) => {
    const text = printText(tree);
    const { expr, diagnostics } = parseExpression(text, context);
    expect([text, diagnostics.filter((d) => d.severity === 'error')]).toEqual([text, []]);
    expect([text, essence(expr)]).toEqual([text, essence(tree)]);
  }), runs(1500));
}, PATIENCE);

test('printing is idempotent', () => {
  fc.assert(fc.property(trees, (tree) => {
    const text = printText(tree);
    expect(printText(parseExpression(text, context).expr)).toBe(text);
  }), runs(1000));
}, PATIENCE);

describe('canonical text', () => {
  const cases: readonly (readonly [string, string])[] = [
    ["2 X' (X w - y)", "2*X'*(X*w - y)"],
    ['X⁻¹', 'X^-1'],
    ['X^(-1)', 'X^-1'],
    ['X^-T', 'X^-T'],
    ['A^((1/2))', 'A^(1/2)'],
    ['x.*y', 'x .* y'],
    ['x ⊙ y', 'x .* y'],
    ['A⊗B', 'A ⊗ B'],
    ['1/2 x', '1/2*x'],
    ["x' A x / 2", "x'*A*x / 2"],
    ["x x' / (2 sqrt(1 + alpha x'x))", "x*x' / (2*sqrt(1 + alpha*x'*x))"],
    ['N/2*(S - inv(Theta))', 'N/2*(S - inv(Theta))'],
    ["-X^-T a b' X^-T", "-X^-T*a*b'*X^-T"],
    ['-(A*B)', '-A*B'],
    ['-(A ⊕ B)', '-(A ⊕ B)'],
    ['A*(-B)', 'A*(-B)'],
    ['A - (-B)', 'A - (-B)'],
    ['(A + B) + C', 'A + B + C'],
    ['A + (B + C)', 'A + (B + C)'],
    ['A - (B - C)', 'A - (B - C)'],
    ['A * B ⊗ C', '(A*B) ⊗ C'],
    ['A .* B * C', '(A .* B)*C'],
    ['2 A ⊗ B', '(2*A) ⊗ B'],
    ['A / c * B', 'A/c*B'],
    ['A B / c * D', '(A*B / c)*D'],
    ['A \\ B C', '(A \\ B)*C'],
    ["X^3'", "(X^3)'"],
    ["(X')^2", "(X')^2"],
    ['2^-x', '2^-x'],
    ['x^(n+1)', 'x^(n + 1)'],
    ['tanh(A*x + b).^2', 'tanh(A*x + b).^2'],
    ['A : (X .* X)', 'A : X .* X'],
    ['X[ i , : ]', 'X[i, :]'],
    ['x[1:n - 1]', 'x[1:(n - 1)]'],
    ['Σ(a[i] x[i]^3, i = 1:n)', 'sum(a[i]*x[i]^3, i = 1:n)'],
    ['sum(A[i,j], i = 1:m, j = 1:n)', 'sum(sum(A[i, j], j = 1:n), i = 1:m)'],
    ['∂f/∂X', '∂f/∂X'],
    ['∂²f/∂x∂y', '∂²f/∂x∂y'],
    ['∂²f/∂x²', '∂²f/∂x²'],
    ['∂(x\'x)/∂x', "∂(x'*x)/∂x"],
    ['2 ∂f/∂x', '2*(∂f/∂x)'],
    ['∇g(A x)', '∇g(A*x)'],
    ["[A,B;B',X]", "[A, B; B', X]"],
    ['‖A x - b‖^2 + ‖W‖_F', 'norm(A*x - b)^2 + normF(W)'],
  ];
  test.each(cases)('%s', (source, printed) => {
    const { expr, diagnostics } = parseExpression(source, context);
    expect(diagnostics).toEqual([]);
    expect(printText(expr)).toBe(printed);
  });
});
