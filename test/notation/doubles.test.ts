// Products of two sums are found again in their terms.
import { expect, test } from 'vitest';
import { best } from './best';

test.each([
  ['A, B : matrix(m, n)\nC, D : matrix(n, p)\nA*C + A*D + B*C + B*D', '(A + B)*(C + D)'],
  ['A, B : matrix(m, n)\nC, D : matrix(n, p)\nA*C - A*D - B*C + B*D', '(A - B)*(C - D)'],
  ["A : matrix(n, n)\nI - A - A' + A*A'", "(I - A)*(I - A)'"],
  ['A, B : matrix(n, n)\n2*I - 2*A - 2*B + 2*A*B', '2*(I - A)*(I - B)'],
  ["A, B : matrix(n, n)\nA' ⊗ A' - A' ⊗ B' - B' ⊗ A' + B' ⊗ B'", "(A - B)' ⊗ (A - B)'"],
  ["P : matrix(n, n) posdef\nH : matrix(m, n)\nR : matrix(m, m) posdef\nf = tr((I - P*H'*inv(H*P*H' + R)*H)*P)\ngrad(f, P)", '(I - S*P)*(I - P*S)'],
  ["P, Q : matrix(n, n) posdef\nA : matrix(n, n)\nB : matrix(n, p)\nR : matrix(p, p) posdef\nF = A'*P*A - A'*P*B*inv(R + B'*P*B)*B'*P*A + Q\njacobian(F, P)", "(M' ⊗ M')*(I + commutation(n, n)) / 2"],
  // Among transposes of each other too.
  ["P : matrix(n, n) posdef\nA : matrix(n, n)\nH : matrix(m, n)\nR : matrix(m, m) posdef\nf = tr(A*P*A' - A*P*H'*inv(H*P*H' + R)*H*P*A')\ngrad(f, P)", "M'*M"],
])('%s', (text, short) => { expect(best(text)).toBe(short); });

test.each([
  'A, B : matrix(m, n)\nC, D : matrix(n, p)\nA*C + A*D + B*C - B*D',
  'A, B : matrix(n, n)\nI - A - B + 2*A*B',
])('not where a term is another: %s', (text) => { expect(best(text)).not.toMatch(/\)\*\(/); });
