// What a person reads: textbook forms of printed nodes, and that the plain printer writes every kind of node.
import { describe, expect, test } from 'vitest';
import { plain, short } from './program';

const DECLARED = `
A, B : matrix(n, n)
S : matrix(n, n) symmetric
P : matrix(n, n) posdef
X : matrix(m, n) fullrank
dim m >= n
x, y : vector(n)
b : vector(m)
W : matrix(1, n)
c, t : scalar positive
k, l : scalar
`;

describe('one node at a time', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['inv(A)', 'A^-1'], ["inv(A)'", 'A^-T'], ['inv(A + t*I)', 'inv(A + t*I)'], ['A^3', 'A^3'], ['inv(A)^2', 'A^-2'], ['sqrtm(P)', 'P^(1/2)'], ['invsqrtm(P)', 'P^(-1/2)'],
    ['sqrt(c)', 'sqrt(c)'], ['norm(x)', 'norm(x)'], ["x'*x", "x'*x"], ['norm(x)^3', 'norm(x)^3'], ["1/(x'*x)", "1 / (x'*x)"], ['normF(A)', 'normF(A)'], ["tr(A'*A)", 'normF(A)^2'],
    ['x / norm(x)', 'x / norm(x)'], ['A / 2', 'A/2'], ['3*A / 2', '3*A / 2'], ['0.001*A', '0.001*A'], ['A / 3', 'A/3'], ['-A', '-A'], ['c*A / t', 'c*A / t'],
    ['A + 1', 'A + ones(n, n)'], ['A + c', 'A + c*ones(n, n)'], ['x + 1', '1 + x'], ['exp(A) + 1', '1 + exp(A)'], ['I + A', 'A + I'], ['2*I(n)', '2*I(n)'], ['ones(n)', 'ones(n)'], ["ones(n)'", "ones(n)'"], ['ones(m, n)', 'ones(m, n)'],
    ['A*ones(n)', 'rowsum(A)'], ["ones(n)'*A", 'colsum(A)'], ['cumsum(x)', 'cumsum(x)'], ['sum(x)', 'sum(x)'], ['sum(x .* y)', "x'*y"],
    ['A[1, 2]', 'A[1, 2]'], ['(A*B)[1, 2]', '(A*B)[1, 2]'], ["A'[1, 2]", 'A[2, 1]'], ['x[3]', 'x[3]'], ['A[2, :]', 'A[2, :]'], ['A[:, 2]', 'A[:, 2]'], ['A[1:2, :]', 'A[1:2, :]'], ['x[1:2]', 'x[1:2]'],
    ['A*e(2)', 'A[:, 2]'], ['e(k, n)', 'e(k, n)'], ['x + e(k)', 'e(k) + x'], ['E(k, l, m, n)', 'E(k, l, m, n)'], ['X*A + E(k, l)', 'E(k, l) + X*A'], ['A*E(k, l)*B', 'A*E(k, l)*B'], ['delta(k, l)', 'delta(k, l)'],
    ['A ⊗ B', 'A ⊗ B'], ['A ⊗ I(n)', 'A ⊗ I(n)'], ['vec(A)', 'vec(A)'], ['unvec(vec(A)*2, n, n)', '2*A'], ['commutation(m, n)', 'commutation(m, n)'], ['[A, x; y\', c]', "[A, x; y', c]"],
    ['A .* B', 'A .* B'], ['A ./ B', 'A ./ B'], ['1 ./ x', '1 ./ x'], ['x.^2', 'x.^2'], ['sqrt(x.^2 + 1)', 'sqrt(1 + x.^2)'], ['2*(x .* y)', '2*(x .* y)'], ['x .^ c', 'x.^c'], ['P^c', 'P^c'],
    ['max(x)', 'max(x)'], ['max(x, y)', 'max(x, y)'], ['relu(x)', 'relu(x)'], ['diag(x)', 'diag(x)'], ['diag(A)', 'diag(A)'], ['chol(P)', 'chol(P)'], ['polar(X)', "X*(X'*X)^(-1/2)"],
    ['tril(A)', 'tril(A)'], ['sylvester(P, P, A)', 'sylvester(P, P, A)'], ['expmFrechet(A, B)', 'expmFrechet(A, B)'], ['powmFrechet(P, c, A)', 'powmFrechet(P, c, A)'], ['A - A', 'zeros(n, n)'], ['x - x', 'zeros(n)'],
    ['n*x', 'n*x'], ['x / (n + 1)', 'x / (1 + n)'], ['2*pi*c', '2*c*pi'], ['duplication(n)', 'duplication(n)'], ['W', 'W'],
  ];
  test.each(rows)('%s', (text, expected) => {
    expect(plain(`${DECLARED}\n${text}`)).toBe(expected);
  });
});

describe('sums', () => {
  const rows: readonly (readonly [string, string])[] = [
    ["A'*x + A*x", "(A + A')*x"], ['2*A*x - 2*y', '2*(A*x - y)'], ['-(x - y)', 'y - x'], ['A*x*c - A*y*c', 'c*A*(x - y)'], ["(x*y' + y*x')/2", "sym(x*y')"], ["A + A'", "A + A'"],
    ["(A - A') / 2", 'skewpart(A)'], ["A*B*A' + A*B'*A'", "2*sym(A*B*A')"], ["A*B*A' + A*y*x'", "A*(B*A' + y*x')"], ["A ⊗ I(n) + I(n) ⊗ B", 'A ⊕ B'], ['x .* y - x .* sin(x)', 'x .* (y - sin(x))'], ['x .* y - x', 'x .* y - x'], ['1 - sigmoid(x)', 'sigmoid(-x)'],
    ['x / c - y / c', '(x - y) / c'], ["X'*(b .* (X*x - 1)) - X'*((X*x) .* (b - 1))", "X'*(X*x - b)"], ['diag(A*x) + diag(A*y)', 'diag(A*(x + y))'], ['tr(A) + tr(B)', 'tr(A + B)'],
    ["-(A^-1*B*A*A*B^-1)'", "-(A^-1*B*A^2*B^-1)'"], ['x*c + x*t', '(c + t)*x'], ["I - x*x'", "I - x*x'"], ["x*x'*A - A", "x*x'*A - A"], ["-I(n) - x*x'", "-(I + x*x')"],
    ['(A ⊗ B)*commutation(n, n) + B ⊗ A', '(I + commutation(n, n))*(B ⊗ A)'], ["unvec(A*x*y'*x, n, 1)*2 + y", "2*x'*y*A*x + y"],
  ];
  test.each(rows)('%s', (text, expected) => {
    expect(short(`${DECLARED}\n${text}`)).toBe(expected);
  });
});

describe('names of the file', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['a whole node', "F = A*B + I", "2*F"], ['a transpose', 'F = A*x + y', "F'"], ['a run of factors', "F = X*inv(X'*X)*X'", '2*F*b'], ['a run, transposed', 'F = A*B', "y'*F'"],
    ['a part of a scalar', "r = x'*A*x / (x'*x)", 'r*x'], ['a power', 'f = norm(x - y)', '(x - y) / f^3'], ['the inverse of a root', "R = (X'*X)^(1/2)", 'R^-1'], ['minus', 'd = x - y', '-d'],
  ];
  test.each(rows)('%s', (_what, definition, expected) => {
    expect(short(`${DECLARED}\n${definition}\n${expected}`)).toBe(expected);
  });
});

describe('products that repeat themselves', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['A*B*A*B', 'A*B*A*B'], ['A*B*A*B*A*B', '(A*B)^3'], ["A*B*S*A*B*S*A*B*S*A*x", '(A*B*S)^3*A*x'], ['A*B*B*A*B*B*A*B*B', '(A*B^2)^3'], ["A'*B'*A'*B'*A'*B'*y", "(A'*B')^3*y"],
  ];
  test.each(rows)('%s', (text, expected) => {
    expect(plain(`${DECLARED}\n${text}`)).toBe(expected);
  });
  test('a name that stands behind itself is its power', () => {
    expect(short(`${DECLARED}\nF = A*B\n(F + S)*A*B*A*B`)).toBe('(F + S)*F^2');
  });
});

describe('variables on orthogonal matrices', () => {
  const declared = 'Q : matrix(n, n) orthogonal\nA, B : matrix(n, n)\n';
  test.each([
    ["tr(Q*A*Q'*B)", "-Q*skewpart((B'*Q*A' + B*Q*A)'*Q)"],
    ['tr(((Q + A)*(Q - B))^2)', '-2*Q*skewpart(((A + Q)*(Q - B)*(A + Q) + (Q - B)*(A + Q)*(Q - B))*Q)'],
    // Multiplied out these have hundreds of terms.
    ['tr(((Q + A)*(Q - B))^5)', '-5*Q*skewpart((((A + Q)*(Q - B))^4*(A + Q) + ((Q - B)*(A + Q))^4*(Q - B))*Q)'],
    ['tr(((Q + A)*(Q - B))^9)', '-9*Q*skewpart((((A + Q)*(Q - B))^8*(A + Q) + ((Q - B)*(A + Q))^8*(Q - B))*Q)'],
  ])('%s is not multiplied out', (f, expected) => {
    expect(short(`${declared}grad(${f}, Q)`)).toBe(expected);
  });
});

describe('entries of columns', () => {
  test('an entry of a column of a sum is an entry of the sum', () => {
    expect(short(`${DECLARED}\ne(1)'*A*e(2) - e(1)'*B*e(2)`)).toBe('(A - B)[1, 2]');
  });
});

describe('names of the language that the file uses itself', () => {
  test('I', () => expect(short('I : matrix(n, n)\nA : matrix(n, n)\nA + A^0')).toBe('A + diag(ones(n))'));
  test('E', () => expect(short('E : matrix(n, n)\nE*e(1)*e(2)\'*E')).toBe('E[:, 1]*E[2, :]'));
  test('e', () => expect(short('e : vector(n)\ne + diag(ones(n))[:, 2]')).toBe('I(n)[:, 2] + e'));
});
