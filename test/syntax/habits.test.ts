/** Habits of Python, MATLAB, R, LaTeX and blackboards: one mistake, one diagnostic, at its place, and a fix that mends it. */
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { format } from '../../core/syntax/format';
import { parse } from '../../core/syntax/parse';

const DECLARED = 'A : matrix(m, n)\nB : matrix(n, k)\nS : matrix(n, n) symmetric\nx, z : vector(n)\ny : vector(m)\n';
const errorsOf = (text: string) => resolve(parse(text)).diagnostics.filter((d) => d.severity === 'error');

/** The statement; what is complained of, with its code; what the fix makes of it (undefined: there is none). */
const HABITS: readonly (readonly [string, string, string, string?])[] = [
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
