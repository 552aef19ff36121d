/** What assumptions let the simplifier do, each result verified at 64 digits at points where the assumption holds. */
import { describe, expect, test } from 'vitest';
import { candidateOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import { verifyRequest } from '../../core/verify/verify';
import { firstRequest, program } from '../verify/document';

const M = 'A, B, X : matrix(n, n)';
/** Declarations, assumptions, a request and its form. */
const rows: readonly (readonly [string, string, string, string, string])[] = [
  ['symmetry as an equation', M, "assume A == A'", "A'*B*A'", 'A*B*A'],
  ['symmetry as a word', M, 'assume symmetric(A)', "grad(tr(A'*X), X)", 'A'],
  ['skewness as an equation', M, "assume A' == -A", 'tr(A)', '0'],
  ['skewness the other way round', `${M}\nx : vector(n)`, "assume -A == A'", "x'*A*x", '0'],
  ['a positive definite matrix', M, 'assume posdef(A)', "(A^(1/2))'", 'A^(1/2)'],
  ['an orthogonal matrix as a word', M, 'assume orthogonal(A)', 'inv(A)*B*A', "A'*B*A"],
  ['orthonormal columns of a square matrix', M, "assume A'*A == I", "A*A'", 'I(n)'],
  ['orthonormal rows of a square matrix', M, "assume A*A' == I", 'grad(normF(A*X)^2, X)', '2*X'],
  ['orthonormal columns of a tall matrix', 'dim m >= n\nQ : matrix(m, n)\nX : matrix(n, n)', "assume Q'*Q == I", "grad(normF(Q*X)^2, X)", '2*X'],
  ['an inverse by its product', M, 'assume A*B == I', 'inv(A) + inv(B)', 'A + B'],
  ['the product of inverses the other way round', M, 'assume A*B == I', 'B*X*B*A', 'B*X'],
  ['a projector', M, 'assume A^2 == A', '(I - A)*A^3', 'zeros(n, n)'],
  ['an involution', M, 'assume A*A == I', 'inv(A)*B*A^5', 'A*B*A'],
  ['a cubic', M, 'assume A^3 == A', 'A^4', 'A^2'],
  ['two powers of one matrix', M, 'assume A^2 == A^3', 'A^5', 'A^2'],
  ['a quadratic', M, 'assume A^2 == A + I', 'A^2*B', 'A*B + B'],
  ['matrices that commute', M, 'assume A*B == B*A', 'A*B - B*A', 'zeros(n, n)'],
  ['a unit vector', 'x : vector(n)', 'assume norm(x) == 1', "x*x'*x", 'x'],
  ['a unit vector by its square', 'x : vector(n)', "assume x'*x == 1", 'norm(x)', '1'],
  ['weights', 'x : vector(n)', 'assume sum(x) == 1', "ones(n)'*x", '1'],
  ['a determinant', M, 'assume det(A) == 1', 'det(A)*B', 'B'],
  ['a trace', M, 'assume tr(A) == 0', "tr(A')", '0'],
  ['an eigenvector', 'A : matrix(n, n) symmetric\nx : vector(n)\nlambda : scalar', 'assume A*x == lambda*x', 'A*A*x', 'lambda^2*x'],
  ['a positive number', 'a : scalar', 'assume positive(a)', 'abs(a)', 'a'],
  ['a power before an eigenvector', 'A : matrix(n, n) symmetric invertible\nx : vector(n)\nlambda : scalar', 'assume A*x == lambda*x', "x'*inv(A)", "x' / lambda"],
  ['an expression that is symmetric', M, 'assume symmetric(A*B)', "B'*A'*X - A*B*X", 'zeros(n, n)'],
  ['an expression that is skew', M, 'assume skew(A*B)', "tr(A*B)", '0'],
];

const textOf = (text: string): string | undefined => {
  const p = program(text);
  const shown = present(p, firstRequest(p));
  return 'forms' in shown ? shown.forms[shown.best]?.text : shown.refused.message;
};

describe('what an assumption lets one write', () => {
  test.each(rows)('%s', (_, declared, assumed, request, expected) => {
    const text = `${declared}\n${assumed}\n${request}`;
    expect(textOf(text)).toBe(expected);
    const p = program(text);
    const candidate = candidateOf(p, firstRequest(p));
    expect(candidate && verifyRequest(p, firstRequest(p), candidate).verdict).toBe('verified');
  }, 30_000);
});

describe('what a derivative leaves behind', () => {
  test.each([
    ['symmetric', 'tr(A*A)', "2*A'"], ['orthogonal', "tr(B*inv(A))", "-(A^-1*B*A^-1)'"],
  ])('%s(A) is not used where A moves, and a note says so', (word, f, expected) => {
    const p = program(`${M}\nassume ${word}(A)\ngrad(${f}, A)`);
    const shown = present(p, firstRequest(p));
    expect('forms' in shown && shown.forms.gradient?.text).toBe(expected);
    expect('notes' in shown && shown.notes.join(' ')).toContain(`\`assume ${word}(A)\` is not used: A moves`);
  });
  test('what holds around a point too is used', () => {
    expect(textOf('x : vector(n)\nassume positive(x)\ngrad(sum(abs(x)), x)')).toBe('ones(n)');
  });
});

test('equations that would go on for ever are left alone', () => {
  for (const equation of ['A == A*B', 'A == A', 'B*A*B == A*B*A*B', 'A^2 == A^2*A', 'A + B == B + A']) expect(textOf(`${M}\nassume ${equation}\nA^4*B`)).toMatch(/A|B/);
});
