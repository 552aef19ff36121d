/** Habits of Python, MATLAB, R, LaTeX and blackboards: one mistake, one diagnostic, at its place, and a fix that mends it. */
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { format } from '../../core/syntax/format';
import { parse } from '../../core/syntax/parse';
import { PHRASES, type Habit } from './phrases';

const DECLARED = 'A : matrix(m, n)\nB : matrix(n, k)\nS : matrix(n, n) symmetric\nx, z : vector(n)\ny : vector(m)\n';
const errorsOf = (text: string) => resolve(parse(text)).diagnostics.filter((d) => d.severity === 'error');

/** The statement; what is complained of, with its code; what the fix makes of it (undefined: there is none). */
const HABITS: readonly Habit[] = [
  ...PHRASES,
  ['f = np.linalg.inv(S)', 'MC1001', 'np.linalg.', 'f = inv(S)'], ["f = np.dot(x, z)", 'MC1001', 'np.', 'f = dot(x, z)'], ['f = torch.exp(A)', 'MC1001', 'torch.', 'f = exp(A)'],
  ['np.exp(A)', 'MC1001', 'np.', 'exp(A)'], ['f = A @ x', 'MC1001', '@', 'f = A * x'], ['f = S**2', 'MC1002', '**', 'f = S^2'],
  ['f = A.shape', 'MC1001', '.shape'], ['f = x.dot(z)', 'MC1001', '.dot', 'f = dot(x, z)'], ['f = S.inv()', 'MC1001', '.inv()', 'f = inv(S)'], ['f = (x + z).sum()', 'MC1001', '.sum()'],
  ["f = norm(A, 'fro')", 'MC1001', "'fro'", 'f = normF(A)'], ['f = norm(A, "nuc")', 'MC1001', '"nuc"', 'f = normNuc(A)'], ['f = norm(A*B, "fro")', 'MC1001', '"fro"', 'f = normF(A*B)'],
  ['f = norm(x, 1)', 'MC2005', 'norm(x, 1)', 'f = norm1(x)'], ['f = norm(x, inf)', 'MC2005', 'norm(x, inf)', 'f = normInf(x)'], ['f = norm(A, 2)', 'MC2005', 'norm(A, 2)', 'f = norm2(A)'],
  ['f = sum(A, axis=0)', 'MC1015', 'axis=0', 'f = colsum(A)'], ['f = sum(A, axis=1)', 'MC1015', 'axis=1', 'f = rowsum(A)'], ['f = sum(A, 2)', 'MC2005', 'sum(A, 2)', 'f = rowsum(A)'], ['f = mean(A, 0)', 'MC2005', 'mean(A, 0)'],
  ['f = A %*% x', 'MC1001', '%*%', 'f = A * x'], ['f = t(A)*y', 'MC2004', 't', "f = A'*y"], ['f = transpose(x + z)*x', 'MC2004', 'transpose', "f = (x + z)'*x"], ["f <- x'*x", 'MC1004', '<-', "f = x'*x"],
  ['f = S % the metric', 'MC1001', '%', 'f = S # the metric'], ['f = A[:, 1:end]', 'MC3013', '1:end', 'f = A[:, :]'], ['f = x[2:end]', 'MC3013', 'end', 'f = x[2:m]'],
  ["diff(x'*S*x, x)", 'MC2005', "diff(x'*S*x, x)", "grad(x'*S*x, x)"], ['diff(A*x, x)', 'MC2005', 'diff(A*x, x)', 'jacobian(A*x, x)'], ["grad(x'*S*x)", 'MC2005', "grad(x'*S*x)", "grad(x'*S*x, S)"],
  ['f = A^H*y', 'MC2001', 'H', "f = A'*y"], ['f = x^t*S*x', 'MC2001', 't', "f = x'*S*x"], ['f = x^(t)*z', 'MC2001', 't', "f = x'*z"],
  ['f = sum_i x_i', 'MC2001', 'sum_i', 'f = sum(x[i], i = 1:n)'], ['f = ⟨x, z⟩', 'MC1002', '⟨x, z⟩', 'f = dot(x, z)'], ['f = <A*x, y>', 'MC1002', '<A*x, y>', 'f = dot(A*x, y)'], ['f = 2 + ⟨A, A⟩', 'MC1002', '⟨A, A⟩', 'f = 2 + dot(A, A)'],
  ['f = ||A*x - y||^2', 'MC1002', '||A*x - y||', 'f = norm(A*x - y)^2'], ['f = ||A||_F^2 + 1', 'MC1002', '||A||_F', 'f = normF(A)^2 + 1'], ['f = ||x||_1', 'MC1002', '||x||_1', 'f = norm1(x)'],
  ["f = ½*x'*x", 'MC1001', '½', "f = (1/2)*x'*x"], ['f = S^½', 'MC1001', '½', 'f = S^(1/2)'], ['f = $x^T S x$', 'MC1001', '$', 'f = x^T S x'],
  ['f = \\frac{1}{2} x^T x', 'MC1002', '\\frac'], ['f = x^\\top S x', 'MC1002', '\\top'], ['f = \\mathbf{A} x', 'MC1002', '\\mathbf'],
  ["q(x) = x'*S*x; q'(x)", 'MC1016', "q'(x)", "q(x) = x'*S*x; grad(q, x)"], ['T : real', 'MC1005', 'real', 'T : scalar'], ['T : array(m, n)', 'MC1005', 'array', 'T : matrix(m, n)'],
  ['P : matrix(n, n) positive definite', 'MC2012', 'positive definite', 'P : matrix(n, n) posdef'], ['P : matrix(n, n) positive semidefinite', 'MC2012', 'positive semidefinite', 'P : matrix(n, n) possemidef'],
  ['import numpy as np', 'MC1024', 'import', ''], ['from jax import grad', 'MC1024', 'from', ''], ['using LinearAlgebra', 'MC1024', 'using', ''], ['library(Matrix)', 'MC1024', 'library', ''],
  ["return x'*S*x", 'MC1024', 'return', "x'*S*x"], ["print(x'*S*x)", 'MC1024', 'print', "x'*S*x"], ['disp(S)', 'MC1024', 'disp', 'S'],
  ["minimize x'*S*x", 'MC1024', 'minimize', "x'*S*x"], ['min_x norm(A*x - y)', 'MC1024', 'min_x', 'norm(A*x - y)'], ["argmin(x'*S*x, x)", 'MC1024', 'argmin', "grad(x'*S*x, x)"], ['f = argmin(x)', 'MC2004', 'argmin'], ['subject to x >= 0', 'MC1024', 'subject to'],
  ["def f(x): return x'*S*x", 'MC1024', 'def', "f(x) = x'*S*x"], ["function f(x) = x'*S*x", 'MC1024', 'function', "f(x) = x'*S*x"], ["f = lambda x: x'*S*x", 'MC1024', 'lambda x:', "f(x) = x'*S*x"], ["f = x -> x'*S*x", 'MC1024', 'x ->', "f(x) = x'*S*x"], ["f = (x, z) -> x'*S*z", 'MC1024', '(x, z) ->', "f(x, z) = x'*S*z"],
  ['if x > 0', 'MC1024', 'if'], ['for i = 1:n', 'MC1024', 'for'], ["assert S == S'", 'MC1024', 'assert', "check S == S'"], ['syms u w', 'MC1024', 'syms', 'u, w : scalar'],
  ['/* why */', 'MC1024', '/*', '# why '], ['(* why *)', 'MC1024', '(*', '# why '], ['-- why', 'MC1024', '--', '# why'],
  ['v : vector n', 'MC1005', 'vector n', 'v : vector(n)'], ['v : vector[n]', 'MC1005', 'vector[n]', 'v : vector(n)'], ['v : vector 3', 'MC1005', 'vector 3', 'v : vector(3)'], ['T : matrix(m; n)', 'MC1005', 'matrix(m; n)', 'T : matrix(m, n)'], ['T : matrix m n', 'MC1005', 'matrix m n', 'T : matrix(m, n)'],
  ['T : matrix m x n', 'MC1005', 'matrix m x n', 'T : matrix(m, n)'], ['T : matrix 3 by 2', 'MC1005', 'matrix 3 by 2', 'T : matrix(3, 2)'], ['T : matrix(m×n)', 'MC1005', 'matrix(m×n)', 'T : matrix(m, n)'], ['T : matrix[m, n]', 'MC1005', 'matrix[m, n]', 'T : matrix(m, n)'], ['T : R^mxn', 'MC1005', 'mxn', 'T : R^(m×n)'],
  ['v = vector(n)', 'MC1005', '=', 'v : vector(n)'], ['T = matrix(m, n)', 'MC1005', '=', 'T : matrix(m, n)'], ['x >= 0', 'MC1004', 'x >= 0'], ['S > 0', 'MC1004', 'S > 0'],
  ["f = D[x'*S*x, x]", 'MC2004', 'D', "f = ∂(x'*S*x)/∂x"], ['f = Tr[S]', 'MC2004', 'Tr', 'f = tr(S)'], ['f = Inverse[S]*x', 'MC2004', 'Inverse', 'f = inv(S)*x'], ['f = Transpose[A]*y', 'MC2004', 'Transpose', "f = (A')*y"], ['f = det[S]', 'MC2004', 'det', 'f = det(S)'], ['f = Exp[x]', 'MC2004', 'Exp', 'f = exp(x)'], ['f = A . x', 'MC1001', '.', 'f = A * x'],
  ['f = solve(S, x)', 'MC2004', 'solve', 'f = S \\ x'], ["f = z'*linsolve(S + S, x)", 'MC2004', 'linsolve', "f = z'*((S + S) \\ x)"], ['f = lstsq(A, y)', 'MC2004', 'lstsq', 'f = pinv(A)*y'], ['f = eye(n)', 'MC2004', 'eye', 'f = I(n)'], ['f = identity(n)', 'MC2004', 'identity', 'f = I(n)'],
  ['f = pow(x, 2)', 'MC2004', 'pow', 'f = x.^2'], ['f = square(x + z)', 'MC2004', 'square', 'f = (x + z).^2'], ['f = matmul(A, x)', 'MC2004', 'matmul', 'f = A*x'], ['f = 2*outer(x, z)', 'MC2004', 'outer', "f = 2*(x*z')"], ['f = crossprod(A)', 'MC2004', 'crossprod', "f = A'*A"], ['f = multiply(x, z)', 'MC2004', 'multiply', 'f = x .* z'], ['f = quad_form(x, S)', 'MC2004', 'quad_form', "f = x'*S*x"],
  ["derivative(x'*S*x, x)", 'MC2004', 'derivative', "grad(x'*S*x, x)"], ['f = slogdet(S)', 'MC2004', 'slogdet', 'f = logdet(S)'], ['f = determinant(S)', 'MC2004', 'determinant', 'f = det(S)'], ['f = eigvalsh(S)', 'MC2004', 'eigvalsh', 'f = eigvals(S)'], ['f = svd(A)', 'MC2004', 'svd', 'f = svdvals(A)'],
  ['f = randn(m, n)', 'MC2004', 'randn'], ['f = qr(A)', 'MC2004', 'qr'], ['f = reshape(A, n, m)', 'MC2004', 'reshape'], ['f = vstack(A, A)', 'MC2004', 'vstack'], ['f = size(A, 1)', 'MC2004', 'size'], ['f = x(2)', 'MC1013', 'x(2)', 'f = x[2]'], ['f = S(2)', 'MC1013', 'S(2)'],
  ["f(x) -> x'*x", 'MC1004', '->', "f(x) = x'*x"], ['f = [1, 2; 3]', 'MC1014', '3'],
];

describe('one complaint, at its place', () => {
  test.each(HABITS)('%s', (statement, code, at, mended) => {
    const text = `${DECLARED}${statement}\n`;
    const errors = errorsOf(text);
    expect(errors.map((d) => `${d.code} ${text.slice(d.range.start, d.range.end)}`)).toEqual([`${code} ${at}`]);
    const [fix] = errors[0]?.fixes ?? [];
    expect(fix === undefined).toBe(mended === undefined);
    if (!fix || mended === undefined) return;
    const edits = [...fix.edits].sort((a, b) => b.range.start - a.range.start);
    const after = edits.reduce((t, e) => t.slice(0, e.range.start) + e.text + t.slice(e.range.end), text);
    expect(after).toBe(`${DECLARED}${mended}\n`);
    expect(errorsOf(after)).toEqual([]);
  });
  test.each(HABITS.map(([statement]) => statement))('%s stays as it is when formatted', (statement) => {
    const text = `${DECLARED}${statement}\n`;
    const once = format(parse(text));
    expect(once.replace(/\s/g, '')).toContain(statement.replace(/\s/g, ''));
    expect(format(parse(once))).toBe(once);
  });
});

test('a power that ends before a quotient is no root, and says so', () => {
  for (const [text, at, mended] of [['f = S^-1/2', 'S^-1/2', 'f = S^(-1/2)'], ['f = S^1/2', 'S^1/2', 'f = S^(1/2)']] as const) {
    const [hint] = resolve(parse(`${DECLARED}${text}\n`)).diagnostics;
    const whole = `${DECLARED}${text}\n`;
    expect([hint?.code, hint?.severity, whole.slice(hint?.range.start, hint?.range.end)]).toEqual(['MC1025', 'hint', at]);
    const [edit] = hint?.fixes?.[0]?.edits ?? [];
    expect(edit && whole.slice(DECLARED.length, edit.range.start) + edit.text + whole.slice(edit.range.end).trim()).toBe(mended);
  }
  expect(resolve(parse(`${DECLARED}f = norm(x)^2/2 + S[1, 1]^-1 / 2\n`)).diagnostics).toEqual([]);
});

test('a dot that is no method, a quotation mark that is a transpose', () => {
  expect(errorsOf(`${DECLARED}f = (x'.*x' + 1)*z\ng = dot(x, z')\n`).map((d) => d.code)).toEqual(['MC3004']);
  expect(errorsOf(`${DECLARED}f = [x', z']\n`)).toEqual([]);
});

test('norms of the blackboard', () => {
  const p = resolve(parse(`${DECLARED}f = ‖A x − y‖²₂\ng = ‖A‖₂ + ‖x‖₁\n`));
  expect(p.diagnostics).toEqual([]);
  expect([...p.definitions.values()].map((d) => d.shape.rows.key + d.shape.cols.key)).toEqual(['11', '11']);
  expect(format(parse('f = ‖x‖²₂+‖x‖₁\n'))).toBe('f = ‖x‖²₂ + ‖x‖₁\n');
});

test('`g == x` where nothing is called g can be a definition', () => {
  expect(errorsOf(`${DECLARED}g == x'*x\n`)[0]?.fixes?.map((f) => f.title)).toEqual(['Claim it with `check`', 'Define it with `=`']);
});

test('∇f(x) is no product, and says nothing of one', () => {
  expect(resolve(parse("x : vector(n)\nf(x) = x'x\ng = x'*x\n∇f(x)\n∇g(x)\n∇²f(x)\n")).diagnostics).toEqual([]);
});
