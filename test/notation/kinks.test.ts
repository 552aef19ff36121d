// What is said where there is no derivative: the place in the formula's own words, and the subgradients, which obey their inequality.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import { parse } from '../../core/syntax/parse';

function notes(text: string): readonly string[] {
  const program = resolve(parse(`x, y : vector(n)\nA : matrix(m, n)\nS : matrix(n, n) symmetric\n${text}`));
  const request = program.requests.at(-1);
  const p = request && present(program, request);
  if (!p || 'refused' in p) throw new Error(`refused: ${text}`);
  return p.notes;
}

describe('kinks', () => {
  test.each([
    ['grad(sum(abs(A*x)), x)', 'Not differentiable where an entry of A*x is 0; there each number in [-1, 1] is a subgradient of abs.'],
    ['grad(sum(relu(x)), x)', 'Not differentiable where an entry of x is 0; there each number in [0, 1] is a subgradient of relu.'],
    ["grad(relu(1 + (x - y)'*S*(x - y)), S)", "Not differentiable where (x - y)'*S*(x - y) + 1 is 0; there each number in [0, 1] is a subgradient of relu."],
    ['grad(norm(x - y), x)', 'Not differentiable where x - y = 0; there the subgradients of norm are the u with norm(u) <= 1.'],
    ['grad(normF(A), A)', 'Not differentiable where A = 0; there the subgradients of normF are the U with normF(U) <= 1.'],
    ['grad(max(x), x)', 'Not differentiable where the largest entry of x is not unique; there the subgradients of max are the convex combinations of the basis vectors of its places.'],
    ['grad(norm2(A), A)', "Not differentiable where the largest singular value of A is not simple; there the subgradients of norm2 are the convex combinations of u*v' over its pairs of singular vectors."],
    ['grad(eigmax(S), S)', "Not differentiable where the largest eigenvalue of S is not simple; there the subgradients of eigmax are the convex combinations of v*v' over its unit eigenvectors."],
  ])('%s', (text, said) => {
    expect(notes(text)).toContain(said);
    // Once, and in no second wording.
    expect(notes(text).filter((n) => /^(?:Not differentiable|Holds where)/.test(n))).toHaveLength(1);
  });
  const SHIFTED = 't : vector(m)\n';
  test.each(['grad(sum(tanh(eigvals(S)).^3), S)', 'grad(prod(2 + sin(eigvals(S))), S)', `${SHIFTED}grad(sum(tr(inv(S + t[i]*I)), i = 1:m), S)`, `${SHIFTED}grad(x'*sum(t[i]*inv(S + t[i]*I)^2, i = 1:m)*y, S)`, `${SHIFTED}grad(sum(tr(A'*A*inv(S + t[i]*I)), i = 1:m), S)`])('%s exists where eigenvalues meet', (text) => {
    expect(notes(text).filter((n) => /eigenvalues/.test(n) && !/negative of one/.test(n))).toEqual([]);
  });
  test.each(["grad(x'*eigvals(S), S)", 'grad(sum(eigvals(S)[1:2].^3), S)', "grad(sum((eigvecs(S)'*x).^4), S)", "grad(sum(cumsum(eigvals(S)).^2), S)"])('%s does not', (text) => expect(notes(text).some((n) => /eigenvalues/.test(n))).toBe(true));
  test('log(abs(x)) has no subgradients at 0', () => {
    expect(notes('grad(sum(log(abs(A*x))), x)').filter((n) => /^(?:Not|Holds)/.test(n))).toEqual(['Holds where no entry of A*x is 0 (derivative of log).']);
    expect(notes('grad(sum(log(abs(x)) + abs(x)), x)').some((n) => n.includes('subgradient of abs'))).toBe(true);
  });
  test('the nuclear norm where the rank falls', () => expect(notes('grad(normNuc(A), A)').some((n) => /where the rank of A falls; there the subgradients of normNuc are U\*V' \+ W/.test(n))).toBe(true));
  test.each(['grad(norm(x)^2, x)', 'grad(tr(A\'*A), A)', 'grad(sum(exp(x)), x)'])('%s has none', (text) => expect(notes(text).filter((n) => n.startsWith('Not differentiable'))).toEqual([]));
});

test('a condition is said once', () => {
  expect(notes('B : matrix(n, n) invertible\ngrad(y\'*inv(B + x*y\')*x, x)').filter((n) => n.includes('invertible'))).toEqual(["Assumes that B + x*y' is invertible."]);
});
test('the determinant of an invertible matrix is not 0', () => {
  expect(notes('B : matrix(n, n) invertible\ngrad(log(abs(det(B))), B)').filter((n) => /^(?:Not|Holds)/.test(n))).toEqual([]);
  expect(notes('B : matrix(n, n)\ngrad(log(abs(det(B))), B)').filter((n) => /^(?:Not|Holds)/.test(n)).length).toBeGreaterThan(0);
});

describe('the subgradient inequality f(b) >= f(a) + <s, b - a> at the kink', () => {
  const grid = Array.from({ length: 21 }, (_, i) => (i - 10) / 5);
  test.each([['abs', Math.abs, [-1, -0.4, 0, 1], [-1.1, 1.3]], ['relu', (t: number) => Math.max(t, 0), [0, 0.3, 1], [-0.2, 1.2]]] as const)('%s', (_name, f, inside, outside) => {
    const holds = (s: number): boolean => grid.every((b) => f(b) >= s * b - 1e-12);
    for (const s of inside) expect(holds(s)).toBe(true);
    for (const s of outside) expect(holds(s)).toBe(false);
  });
});
