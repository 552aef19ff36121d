// Functions of eigenvalues as functions of the matrix: the value as it is written, the printed text, a mutated twin, and what must stay.
import { describe, expect, test } from 'vitest';
import { leadingTail, spectralTail } from '../../core/simplify/spectral';
import { best } from '../notation/best';
import { gap, mutated, open } from './tails';

const DECLARED = 'dim m >= n\nA : matrix(n, n)\nT, R : matrix(n, n) symmetric\nS : matrix(n, n) posdef\nX : matrix(m, n) fullrank\nc : scalar\np : scalar positive';
const tails: readonly (readonly [string, string])[] = [
  ["eigvecs(T)*diag(eigvals(T))*eigvecs(T)'", 'T'], ["eigvecs(T)*diag(exp(eigvals(T)))*eigvecs(T)'", 'expm(T)'], ["eigvecs(T)*diag(2*eigvals(T).^3 - c)*eigvecs(T)'", '2*T^3 - c*I'],
  ["eigvecs(T)*diag(eigvals(T) ./ (1 + eigvals(T).^2).^2)*eigvecs(T)'", 'T*(I + T^2)^-2'], ["eigvecs(S)*diag(log(eigvals(S)))*eigvecs(S)'", 'logm(S)'], ["eigvecs(S)*diag(eigvals(S).^(1/2))*eigvecs(S)'", 'S^(1/2)'],
  ["eigvecs(S)*diag(eigvals(S).^c)*eigvecs(S)'", 'S^c'], ["R*eigvecs(T)*diag(eigvals(T))*eigvecs(T)'*R", 'R*T*R'],
["svdu(X)*diag(svdvals(X))*svdv(X)'", 'X'], ["svdu(X)*diag(1 ./ svdvals(X))*svdv(X)'", "pinv(X)'"], ["svdu(X)*diag(svdvals(X).^3)*svdv(X)'", "X*X'*X"], ["svdu(X)*diag(2*svdvals(X) - 2)*svdv(X)'", "2*(X - svdu(X)*svdv(X)')"],
];
describe('beside the leading vectors', () => {
  test.each([
    ["svdu1(X)'*X*svdv1(X)", 'norm2(X)'], ['X*svdv1(X)', 'norm2(X)*svdu1(X)'], ["svdv1(X)'*X'*X", "norm2(X)^2*svdv1(X)'"], ["R*svdv1(X)*svdv1(X)'*svdv1(X)", 'R*svdv1(X)'], ["X'*svdu1(X)", 'norm2(X)*svdv1(X)'],
    ["inv(A)*svdv1(inv(A))", 'norm2(A^-1)*svdu1(A^-1)'], ["svdu1(inv(A))'*inv(A)", "norm2(A^-1)*svdv1(A^-1)'"],
    ['X*svdu1(pinv(X))', 'svdv1(pinv(X)) / norm2(pinv(X))'], ["X'*svdv1(pinv(X))", 'svdu1(pinv(X)) / norm2(pinv(X))'], ['A*svdu1(A^-1)', 'svdv1(A^-1) / norm2(A^-1)'],
    ['(I - X*pinv(X))*svdv1(pinv(X)) + svdv1(pinv(X))', 'svdv1(pinv(X))'],
  ])('%s', (text, shown) => {
    expect(best(`${DECLARED}\n${text}`)).toBe(shown);
    const made = open(DECLARED, text, leadingTail);
    expect(gap(made.values, made.want)).toBeLessThan(1e-9);
    const twin = open(DECLARED, text, mutated(leadingTail));
    expect(gap(twin.values, twin.want)).toBeGreaterThan(1e-3);
  });
});
describe('between their vectors', () => {
  test.each(tails)('%s', (text, shown) => {
    expect(best(`${DECLARED}\n${text}`)).toBe(shown);
    const made = open(DECLARED, text, spectralTail);
    expect(gap(made.values, made.want)).toBeLessThan(1e-9);
    const twin = open(DECLARED, text, mutated(spectralTail));
    expect(gap(twin.values, twin.want)).toBeGreaterThan(1e-3);
  });
  // No operator says them, the matrices differ, or nothing says that T is posdef.
  test.each(["eigvecs(T)*diag(sigmoid(eigvals(T)))*eigvecs(T)'", "eigvecs(T)*diag(exp(eigvals(R)))*eigvecs(T)'", "eigvecs(T)*diag(sqrt(eigvals(T)))*eigvecs(T)'", "eigvecs(T)*diag(log(eigvals(T)))*eigvecs(T)'",
    "eigvecs(T)*diag(eigvals(T))*eigvecs(R)'", "eigvecs(T)*diag(eigvals(T) .* eigvals(R))*eigvecs(T)'", "svdu(X)*diag(svdvals(X).^2)*svdv(X)'", "svdu(X)*diag(exp(svdvals(X)))*svdv(X)'"])('%s stays', (text) => {
    expect(best(`${DECLARED}\n${text}`)).toMatch(/eigvecs|svdu/);
  });
});

test.each([
  ['sum(exp(eigvals(T)))', 'T', 'expm(T)'], ['sum(log(eigvals(S)))', 'S', 'S^-1'], ['sum(eigvals(S) .* log(eigvals(S)))', 'S', 'I + logm(S)'], ['norm(eigvals(T))', 'T', 'T/f'], ['sum(abs(eigvals(T)).^2)', 'T', '2*T'],
  ['sum(eigvals(S).^p)^(1/p)', 'S', 'f^(1 - p)*S^(p - 1)'], ['prod(eigvals(T))', 'T', 'f*T^-1'], ['max(eigvals(T))', 'T', "eigvecs(T)[:, n]*eigvecs(T)[:, n]'"], ['sum(svdvals(X).^2)', 'X', '2*X'], ['norm(svdvals(X))', 'X', 'X/f'],
])('the gradient of %s by %s is %s', (f, by, shown) => {
  expect(best(`${DECLARED}\nf = ${f}\ngrad(f, ${by})`)).toBe(shown);
});
