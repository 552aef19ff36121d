import { expect, test } from 'vitest';
import { printSize } from '../../core/syntax/size';

const cases: readonly (readonly [string, number])[] = [
  ["A'", 2], ["2*X'*(X*w - y)", 10], ['X^-T', 3], ['X^-1', 2], ['inv(X)', 2], ['A^(1/2)', 5], ["2x'x", 6], ["X(X'X)^(-1/2)", 11],
  ['sylvester(A, B, C)', 14], ['[A, B; C, D]', 5], ['x .* y', 3], ['A ⊗ B', 3], ['x²', 3], ['Xᵀ', 2], ['1.5e-3*x', 3], ['foo(x)', 2], ['', 0],
];
test.each(cases)('%s has size %d', (text, size) => expect(printSize(text)).toBe(size));
