/** D'*(A ⊗ B)*D = A .* B and its kin: as they are printed, against values by plain loops, and a mutated twin. */
import { describe, expect, test } from 'vitest';
import { diagonalisedTail } from '../../core/simplify/diagonalisation';
import { present } from '../../core/notation/present';
import { firstRequest, program } from '../verify/document';
import { gap, mutated, open } from './tails';

const DECLARED = 'A, B, C : matrix(n, n)\nS : matrix(n, n) posdef\nM, N : matrix(m, n)\ns : scalar\nx : vector(n)';
const rows: readonly (readonly [string, string])[] = [
  ["diagonalisation(n)'*(A ⊗ B)*diagonalisation(n)", 'A .* B'], ["diagonalisation(m)'*(M ⊗ N)*diagonalisation(n)", 'M .* N'],
  ["diagonalisation(n)'*(A ⊗ B + s*(C ⊗ A))*diagonalisation(n)", 'A .* (B + s*C)'], ["A*diagonalisation(n)'*(2*(B ⊗ B))*diagonalisation(n)", '2*A*B.^2'],
  ["diag(vec(M))*(I(n) ⊗ N)*diagonalisation(n)", '(I(n) ⊗ (M .* N))*diagonalisation(n)'], ["diagonalisation(n)'*(I(n) ⊗ N')*diag(vec(M))", "((I(n) ⊗ (M .* N))*diagonalisation(n))'"],
  ["(I(n) ⊗ x')*(s*diag(vec(A))*(I(n) ⊗ B) + I(n) ⊗ C)*diagonalisation(n)", "diag((C + s*(A .* B))'*x)"], ["diagonalisation(n)'*(I(n) ⊗ C + s*(I(n) ⊗ B)*diag(vec(A)))*(I(n) ⊗ x)", "diag((C + s*(B .* A'))*x)"],
  ["(I(n) ⊗ x')*((I(n) ⊗ A)*diagonalisation(n) + (I(n) ⊗ B)*diagonalisation(n)*C)", "diag(A'*x) + diag(B'*x)*C"],
  ["(M ⊗ x')*diagonalisation(n)", 'M*diag(x)'], ["diagonalisation(n)'*(M' ⊗ x)", "diag(x)*M'"],
  ["diagonalisation(n)'*diagonalisation(n)", 'I(n)'], ['commutation(n, n)*diagonalisation(n)', 'diagonalisation(n)'], ["diagonalisation(n)'*commutation(n, n)", "diagonalisation(n)'"],
];
const shown = (text: string): string | undefined => {
  const p = program(text);
  const made = present(p, firstRequest(p));
  return 'forms' in made ? made.forms[made.best]?.text : made.refused.message;
};

test.each(rows)('%s', (text, expected) => {
  expect(shown(`${DECLARED}\n${text}`)).toBe(expected);
  const made = open(DECLARED, text, diagonalisedTail);
  expect(gap(made.values, made.want)).toBeLessThan(1e-12);
});
test.each(rows.slice(0, 4))('a mutated twin of %s is seen', (text) => {
  const made = open(DECLARED, text, mutated(diagonalisedTail));
  expect(gap(made.values, made.want)).toBeGreaterThan(1e-3);
});
describe('a Hessian through a diagonal matrix', () => {
  test('is an entrywise product', () => {
    expect(shown('L : matrix(n, n) posdef\nx : vector(n)\nhessian(logdet(L + diag(x)), x)')).toBe('-inv(L + diag(x)).^2');
  });
});
