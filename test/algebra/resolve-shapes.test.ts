/** What expressions are read as: shapes of definitions, inferred arguments, requests. */
import { expect, test } from 'vitest';
import { found, program, requests, shapes } from './resolve-reading';

const DECLARED = 'A : matrix(m, n); B : matrix(n, k); S : matrix(n, n); X : matrix(m, n); x : vector(n); y : vector(m); alpha : scalar\n';

test.each([
  ["A*B", 'm×k'], ['A*x', 'm×1'], ["x'*x", 'scalar'], ["x*x'", 'n×n'], ['alpha*A', 'm×n'], ['A*alpha', 'm×n'], ['A + 1', 'm×n'], ['1 - x', 'n×1'],
  ['A / alpha', 'm×n'], ['A / S', 'm×n'], ['S \\ x', 'n×1'], ['alpha \\ A', 'm×n'], ['A .* X', 'm×n'], ['2 .* x', 'n×1'], ['A ./ X', 'm×n'], ['1 ./ x', 'n×1'],
  ['A ⊗ B', 'm*n×k*n'], ['S ⊕ S', 'n^2×n^2'], ['A : X', 'scalar'], ["A'", 'n×m'], ["A^T", 'n×m'], ['S^-T', 'n×n'], ['S^-1', 'n×n'], ["(X'*X)^(-1/2)", 'n×n'], ['x.^2', 'n×1'], ['alpha^2', 'scalar'],
  ['I + alpha*x*x\'', 'n×n'], ['S - I', 'n×n'], ['inv(S + alpha*I)', 'n×n'], ['I(n)', 'n×n'], ['I*x', 'n×1'], ['alpha*I*x', 'n×1'], ['-I + S', 'n×n'],
  ['[A, y; x\', 1]', '(m + 1)×(n + 1)'], ['[S, 0; 0, S]', '2*n×2*n'], ['[S, I; 0, S]', '2*n×2*n'], ['[x, x]', 'n×2'], ['[x; y]', '(m + n)×1'],
  ['A[1, 2]', 'scalar'], ['A[:, 2]', 'm×1'], ['A[1, :]', '1×n'], ['x[1]', 'scalar'], ['x[2:4]', '3×1'], ['A[1:2, :]', '2×n'], ['(A*B)[2, 2]', 'scalar'], ['(x*x\')[1:k, :]', 'k×n'],
  ['sum(x[i]^2, i = 1:n)', 'scalar'], ['sum(x[i]*A[:, i], i = 1:n)', 'm×1'],
  ['tr(S)', 'scalar'], ['vec(A)', 'm*n×1'], ['unvec(vec(A), n, m)', 'n×m'], ['vech(S)', '((n^2 + n)/2)×1'], ['diag(x)', 'n×n'], ['diag(S)', 'n×1'], ['rowsum(A)', 'm×1'], ['colsum(A)', '1×n'],
  ['commutation(m, n)', 'm*n×m*n'], ['duplication(n)', 'n^2×((n^2 + n)/2)'], ['diagonalisation(n)', 'n^2×n'], ['kron(A, B)', 'm*n×k*n'], ['pinv(A)', 'n×m'], ['polar(A)', 'm×n'], ['eigvals(S)', 'n×1'],
  ['max(x)', 'scalar'], ['max(x, 0)', 'n×1'], ['max(A, X)', 'm×n'], ['polygamma(2, x)', 'n×1'], ['sylvester(S, S, S)', 'n×n'], ['powmFrechet(S, 1/3, S)', 'n×n'], ['expmKron(S)', 'n^2×n^2'],
  ['ones(m)\'*A', '1×n'], ['zeros(m, n) + A', 'm×n'], ['A*e(2)', 'm×1'], ['e(1)\'*x', 'scalar'], ['E(1, 2)*x + y', 'm×1'], ['e(1, n)', 'n×1'], ['E(1, 2, m, n)', 'm×n'], ['delta(1, 2)*alpha', 'scalar'],
  ['norm(x)^2 / n', 'scalar'], ['softmax(x)', 'n×1'], ['pi*x', 'n×1'], ['hadamard(A, X)', 'm×n'], ['dot(x, x)', 'scalar'], ['alpha (x)', 'n×1'], ['2 x', 'n×1'],
  ['grad(norm(x), x)', 'n×1'], ['jacobian(A*x, x)', 'm×n'], ['jacobian(A*B, A)', 'k*m×m*n'], ['hessian(norm(x), x)', 'n×n'], ['hessian(x\'*S*x, S)', 'n^2×n^2'], ['hessian(y\'*A*x, x, y)', 'n×m'],
  ['diff(A*x, x, x)', 'm×1'], ['diff(alpha*A, alpha, 1)', 'm×n'], ['hvp(norm(x), x, x)', 'n×1'], ['vjp(A*x, x, y)', 'n×1'], ['x - hessian(norm(x)^2, x) \\ grad(norm(x)^2, x)', 'n×1'], ['grad(alpha*A, alpha)', 'm×n'],
])('%s is %s', (expression, shape) => {
  const text = `${DECLARED}F = ${expression}`;
  expect(found(text).filter((d) => !d.includes('MC3008') && !d.includes('MC1023'))).toEqual([]);
  expect(shapes(text)).toBe(`F ${shape}`);
});

test.each([
  ['X : matrix(m, n); y : vector(m)\nf(w, lambda) = norm(X*w - y)^2 + lambda * w\'w', 'w n×1, lambda scalar, f scalar'],
  ['X : matrix(m, n); y : vector(m)\nf(lambda, w) = norm(X*w - y)^2 + lambda * w\'w', 'lambda scalar, w n×1, f scalar'],
  ['X : matrix(m, n); Y : matrix(m, k)\nf(W) = normF(X*W - Y)^2', 'W n×k, f scalar'],
  ['X : matrix(m, n); Y : matrix(m, k)\nf(w) = normF(X*w - Y)^2', 'w n×k, f scalar'],
  ['x : vector(n)\nf(alpha) = (I + alpha*x*x\')^(1/2)', 'alpha scalar, f n×n'],
  ['A : matrix(n, n)\nf(t) = expm(t*A)', 't scalar, f n×n'],
  ['A : matrix(n, n)\nf(t) = logdet(A + t*I)', 't scalar, f scalar'],
  ["f(alpha, x) = I + alpha*x*x'", 'alpha scalar, x n×1, f n×n'], ["f(x, alpha) = (I + alpha*x*x')^(1/2)", 'x n×1, alpha scalar, f n×n'],
  ['f(x) = x\'*x', 'x n×1, f scalar'],
  ['f(x) = sum(exp(x))', 'x n×1, f scalar'],
  ['f(W, x) = tanh(W*x)', 'W n×m, x m×1, f n×1'],
  ['f(W, V, b, x) = V*tanh(W*x + b)', 'W n×m, V k×n, b n×1, x m×1, f k×1'],
  ['S : matrix(n, n)\nf(N) = N/2*tr(S)', 'N scalar, f scalar'],
  ['a : vector(n)\nf(x) = sum(a[i]*x[i]^3, i = 1:n)', 'x n×1, f scalar'],
  ['A : matrix(m, n); B : matrix(k, l)\nf(X) = A*X*B', 'X n×k, f m×l'],
  ['A : matrix(m, n)\nf(r) = norm(r\'*A)', 'r m×1, f scalar'],
  ['A : matrix(m, n)\nf(x) = A*x\ng(x) = norm(f(x))^2\nh = g(2*x)', 'x n×1, f m×1, g scalar, h scalar'],
  ['X : matrix; y : vector(m)\nf(w) = norm(X*w - y)^2', 'w n×1, f scalar'],
  ['S : symmetric; x : vector(n)\nf = x\'*S*x', 'f scalar'],
])('%s gives %s', (text, expected) => {
  expect(found(text)).toEqual([]);
  expect(shapes(text)).toBe(expected);
});

test.each([
  ['f = x\'*S*x; ∂f/∂x', 'grad f x: n×1'], ['F = A*x; ∂F/∂x', 'jacobian F x: m×n'], ['f = x\'*x; ∂²f/∂x²', 'hessian f x: n×n'], ['f = y\'*A*x; ∂²f/∂x∂y', 'hessian f x y: n×m'],
  ['F = alpha*A; dF/dalpha', 'jacobian F alpha: m×n'], ['F = alpha*A; grad(F, alpha)', 'jacobian F alpha: m×n'], ['grad(x\'*x, x)', "grad x'*x x: n×1"], ['f(x) = x\'*x; grad(f)', 'grad f x: n×1'],
  ['f(x) = x\'*x; grad(f(x), x)', 'grad f x: n×1'], ['f(x) = x\'*x; ∇f', 'grad f x: n×1'], ['A*x', 'value A*x: m×1'], ['f = norm(x); hvp(f, x, v)', 'hvp f x: n×1'], ['F = A*x; vjp(F, x, U)', 'vjp F x: n×1'],
  ['g : R^m -> R; ∇g(A*x)', 'value ∇g(A*x): m×1'], ['g : R^m -> R^k; ∇g(A*x)', 'value ∇g(A*x): m×k'], ['g : R^m -> R; grad(g(A*x), x)', 'grad g(A*x) x: n×1'],
])('%s asks for %s', (text, expected) => {
  expect(found(DECLARED + text)).toEqual([]);
  expect(requests(DECLARED + text)).toBe(expected);
});

test('dimensions, sizes, facts, settings, assumptions and claims', () => {
  const p = program("dim m >= n, n = 3; dim k < m; set vec = row; set layout = numerator\nX : matrix(m, n); Q : matrix(k, k)\nassume invertible(X'X); assume Q'Q == I\ncheck Q'*Q - I == 0\ncheck tr(X'*X) == sum(X.^2)");
  expect(p.diagnostics).toEqual([]);
  expect([...p.dimensions.keys()]).toEqual(['m', 'n', 'k']);
  expect([...p.sizes]).toEqual([['n', 3]]);
  expect(p.dimFacts.map((f) => `${f.left.key} ${f.op} ${f.right.key}`)).toEqual(['m >= n', 'm >= k + 1']);
  expect(p.settings).toEqual({ vec: 'row', layout: 'numerator' });
  expect(p.assumptions.map((a) => [a.word, a.right?.kind])).toEqual([['invertible', undefined], [undefined, 'apply']]);
  expect(p.claims.map((c) => [c.line, c.right.shape.rows.key, c.right.kind])).toEqual([[4, 'k', 'apply'], [5, '1', 'apply']]);
});

test('an entry at a fixed place and a symbolic bound imply facts about sizes, in the order of the text', () => {
  const p = program('X : matrix(m, n); f = X[1, 3] + sum(X[1:k, 1])');
  expect(p.dimFacts.map((f) => `${f.left.key} ${f.op} ${f.right.key}`)).toEqual(['n >= 3', 'm >= k']);
});

test('sizes that agree by a dim statement fit', () => {
  expect(found('dim n = 3\nx : vector(n); A : matrix(3, 3)\nf = A*x')).toEqual([]);
  expect(found('dim m = 2*n\nx : vector(m); A : matrix(k, 2*n)\nf = A*x')).toEqual([]);
});

test('the smaller of two sizes: by facts, else rows are taken to be at least as many', () => {
  expect(shapes('dim n >= m; X : matrix(m, n); s = svdvals(X)')).toBe('s m×1');
  expect(found('X : matrix(m, n); s = svdvals(X)')).toEqual(['1:23 MC3019 svdvals(X)']);
  expect(shapes('X : matrix(m, n); s = svdvals(X)')).toBe('s n×1');
});

test('later comments see earlier declarations, and may hide them', () => {
  const outer = program('A : matrix(m, n); x : vector(n); y = A*x; z = 2*x');
  const inner = program('f = norm(y)^2; grad(f, x)', { outer });
  expect(inner.diagnostics).toEqual([]);
  expect([...inner.definitions.keys()].sort()).toEqual(['f', 'y', 'z']);
  const hidden = program('A : matrix(k, n)\nf = z\ng = y', { outer });
  expect(hidden.diagnostics.map((d) => d.code)).toEqual(hidden.definitions.has('y') ? [] : ['MC2001']);
});

test('shapes at places, for hovers: a whole before its parts', () => {
  const text = 'A : matrix(m, n)\nx : vector(n)\nf = A*x';
  const shown = program(text).shapes.map((s) => `${text.slice(s.range.start, s.range.end)} ${s.shape.rows.key}×${s.shape.cols.key}`);
  expect(shown).toEqual(['A m×n', 'x n×1', 'f m×1', 'A*x m×1', 'A m×n', 'x n×1']);
});

test('terms: infix operators, division by a scalar, calls with other arguments', () => {
  const p = program("A : matrix(n, n); x : vector(n)\nf(x) = x'*A*x\na = A / 2\nb = A / A\nc = f(2*x)\nd = f(x)\ne1 = 2 .* x");
  const body = (name: string) => p.definitions.get(name)?.body;
  expect(p.diagnostics).toEqual([]);
  expect(body('a')).toMatchObject({ kind: 'apply', op: 'elementDivide' });
  expect(body('b')).toMatchObject({ kind: 'apply', op: 'rightDivide' });
  expect(body('c')).toMatchObject({ kind: 'apply', op: 'mul', args: [{ op: 'mul', args: [{ op: 'transpose', args: [{ op: 'mul' }] }, { kind: 'variable', name: 'A' }] }, { op: 'mul' }] });
  expect(body('d')).toMatchObject({ kind: 'reference', name: 'f' });
  expect(body('e1')).toMatchObject({ kind: 'apply', op: 'mul' });
});
