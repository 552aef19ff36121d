import { everyExpr } from '../../core/syntax/walk';
import { describe, expect, test } from 'vitest';
import { CODES } from '../../core/syntax/codes';
import { parse, parseExpression } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import type { Document, Statement } from '../../core/syntax/tree';

const place = (text: string, offset: number): string => {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
};
const errors = (d: Document): readonly string[] => d.diagnostics.filter((x) => x.severity === 'error').map((x) => `${x.code} ${place(d.text, x.range.start)}`);
const told = (s: Statement): string => {
  switch (s.kind) {
    case 'declaration': return `declare ${s.names.map((n) => n.name).join(' ')} ${s.type?.kind ?? 'none'}${s.type?.kind === 'vector' && s.type.size ? ` ${printText(s.type.size)}` : ''}${s.type?.kind === 'matrix' && s.type.rows && s.type.cols ? ` ${printText(s.type.rows)} ${printText(s.type.cols)}` : ''}${s.words.map((w) => ` ${w.word}`).join('')}`;
    case 'dim': return `dim ${s.relations.map((r) => `${printText(r.left)} ${r.op} ${printText(r.right)}`).join(', ')}`;
    case 'definition': return `define ${s.name.name}${s.parameters ? `(${s.parameters.map((p) => p.name).join(' ')})` : ''} ${printText(s.body)}`;
    case 'request': return `request ${printText(s.expr)}`;
    case 'check': return `check ${printText(s.left)} == ${printText(s.right)}`;
    case 'assume': return `assume ${printText(s.left)}${s.right ? ` == ${printText(s.right)}` : ''}`;
    case 'set': return `set ${s.key.name} ${s.value.name}`;
    case 'broken': return 'broken';
  }
};

describe('statements', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['X : matrix(m, n) posdef', ['declare X matrix m n posdef']],
    ['a, b : vector(n)', ['declare a b vector n']],
    ['alpha : scalar positive', ['declare alpha scalar positive']],
    ['S : symmetric', ['declare S none symmetric']],
    ['X : matrix', ['declare X matrix']],
    ['x : vector(2*n + 1)', ['declare x vector 2*n + 1']],
    ['X ∈ R^(m×n) invertible', ['declare X matrix m n invertible']],
    ['X ∈ R^(m x n)', ['declare X matrix m n']],
    ['X ∈ ℝᵐˣⁿ', ['declare X matrix m n']],
    ['x, y in R^n', ['declare x y vector n']],
    ['x ∈ ℝⁿ', ['declare x vector n']],
    ['α ∈ R', ['declare α scalar']],
    ['x : R^n', ['declare x vector n']],
    ['x ∈ R^(m*n)', ['declare x vector m*n']],
    ['g : R^n -> R', ['declare g function']],
    ['G : R^(m×n) -> R^(p×q)', ['declare G function']],
    ['h : R^n × R^m → R', ['declare h function']],
    ['dim m >= n', ['dim m >= n']],
    ['dim m ≥ n, k = 3', ['dim m >= n, k = 3']],
    ['F = A B', ['define F A*B']],
    ["f(w, X) = w'X", ["define f(w X) w'*X"]],
    ['set vec = column', ['set vec column']],
    ["assume invertible(X'X)", ["assume invertible(X'*X)"]],
    ["assume Q'Q == I", ["assume Q'*Q == I"]],
    ['check A == B', ['check A == B']],
    ['x : scalar; y : scalar', ['declare x scalar', 'declare y scalar']],
    ['A : B', ['request A : B']],
    ['R : matrix(m, n)\nA : R', ['declare R matrix m n', 'request A : R']],
    ['check = 2', ['define check 2']],
    ['f = a +\n  b', ['define f a + b']],
    ['f = tr(A\n  B)', ['define f tr(A*B)']],
    ['s = sum(x[i],\n  i = 1:n)', ['define s sum(x[i], i = 1:n)']],
    ['f = x # + y\n// z\ng = 1', ['define f x', 'define g 1']],
    ['\ufefff = x\r\ng = y', ['define f x', 'define g y']],
    ['f = [A, B\n; C, D]', ['define f [A, B; C, D]']],
  ];
  test.each(cases)('%j', (text, wanted) => {
    const document = parse(text);
    expect(errors(document)).toEqual([]);
    expect(document.statements.map(told)).toEqual(wanted);
  });
});

describe('expressions', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['1/2 x', '1/2*x'], ['-A*B', '-A*B'], ['-x^2', '-x^2'], ['2^-1', '2^-1'], ['A^-1*B', 'A^-1*B'], ["X^3'", "(X^3)'"], ['a - b - c', 'a - b - c'],
    ['A + B : C', 'A + B : C'], ['A : B * C', 'A : B*C'], ["2x'x", "2*x'*x"], ["X(X'X)^(-1/2)", "X*(X'*X)^(-1/2)"], ["A X X' A'", "A*X*X'*A'"],
    ['A.T', "A'"], ['Aᵀ', "A'"], ['A^T', "A'"], ['A⊤', "A'"], ['A⁻ᵀ', 'A^-T'], ['A^-T', 'A^-T'], ['A⁻¹²', 'A^-12'], ['x²ᵀ', "(x^2)'"],
    ['A · B', 'A*B'], ['A ⊙ B', 'A .* B'], ['A ∘ B', 'A .* B'], ['a − b', 'a - b'], ['2.*x', '2 .* x'], ['2e(1)', '2*e(1)'], ['2e3', '2e3'],
    ['tr(A) B', 'tr(A)*B'], ['g(x)', 'g(x)'], ['x(y)', 'x*y'], ['(A*B)[2, 2]', '(A*B)[2, 2]'], ['(M)[1:n, :]', 'M[1:n, :]'], ['x[1:n+1]', 'x[1:(n + 1)]'],
    ['∂F/∂X', '∂F/∂X'], ['∂²f/∂x²', '∂²f/∂x²'], ['∂^2 f/∂x∂y', '∂²f/∂x∂y'], ['∂²f/(∂x∂y)', '∂²f/∂x∂y'], ['∂f/(∂x) + 1', '∂f/∂x + 1'], ['∇_x² F', '∂²F/∂x²'], ['∇_x^2 F', '∂²F/∂x²'], ['dF/dX', '∂F/∂X'], ['d²F/dX²', '∂²F/∂X²'], ["d(A*X)/dX", '∂(A*X)/∂X'], ["d²(F*F)/dX²", '∂²(F*F)/∂X²'], ["d(d(X)/dX)/dX", '∂(∂X/∂X)/∂X'], ['d(x)/dq', 'd*x / dq'], ["∂²F/∂x∂x'", '∂²F/∂x²'], ['∂²F/∂x∂xᵀ + 1', '∂²F/∂x² + 1'], ['dx/dy', 'dx/dy'], ['∂tr(A)/∂A', '∂tr(A)/∂A'], ["∂/∂A (A*A')", "∂(A*A')/∂A"], ['d/dX tr(A*X)', '∂tr(A*X)/∂X'], ['∂²/∂x² F', '∂²F/∂x²'], ['∂^2/∂x∂y F', '∂²F/∂x∂y'], ['∂/∂x ‖x‖²', '∂(norm(x)^2)/∂x'], ['∂/∂x F + x', '∂F/∂x + x'], ['2*dF/dX', '2*(∂F/∂X)'],
    ['∇g(A*x)', '∇g(A*x)'], ['∇²g', '∇²g'], ['∇_x F', '∂F/∂x'], ['∑(x[i], i = 1:n)', 'sum(x[i], i = 1:n)'], ['Σ(x)', 'sum(x)'], ['‖x‖²', 'norm(x)^2'],
    ['A \\ b', 'A \\ b'], ['hessian(F, x) \\ grad(F, x)', 'hessian(F, x) \\ grad(F, x)'], ['unknown(x, y)', 'unknown(x, y)'],
  ];
  const context = { functions: new Set(['g']), variables: new Set(['A', 'B', 'X', 'x', 'y', 'F', 'M', 'a', 'b', 'dx']) };
  test.each(cases)('%s', (text, wanted) => {
    const { expr, diagnostics } = parseExpression(text, context);
    expect(diagnostics).toEqual([]);
    expect(printText(expr)).toBe(wanted);
  });

  test('a declared name is no function, a function of the file is one, whatever the order', () => {
    expect(parse('gamma : scalar\nf = gamma(x)').statements.map(told)[1]).toBe('define f gamma*x');
    expect(parse('h(x) = f(x) + F(x)\nf(y) = y\nF = 2').statements.map(told)[0]).toBe('define h(x) f(x) + F*x');
    expect(parse('h(f) = f(x)\nf(y) = y').statements.map(told)[0]).toBe('define h(f) f*x');
    expect(parse('f = Σ(x)\nΣ : scalar').statements.map(told)[0]).toBe('define f Σ*x');
  });
});

const head = 'A : matrix(m, n)\nB : matrix(n, k)\nx : vector(n)\n';
describe('errors are where they are', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [`${head}F = A * / B\n`, ['MC1002 4:9']],
    [`${head}f = ()\n`, ['MC1012 4:5']],
    [`${head}f =\n`, ['MC1002 4:3']],
    [`${head}f = $x\n`, ['MC1001 4:5']],
    [`${head}f = 'x\n`, ['MC1002 4:5']],
    ["A matrix(m, n)\nf = tr(A'*A)\n", ['MC1005 1:3']],
    ['dim m >>> n\n', ['MC1006 1:8']],
    ["x : vector(n)\nf = x'*😀\n", ['MC1001 2:8']],
    ['f = tr(A*(B + C)\nh = 2', ['MC1003 1:7']],
    ['f = A)', ['MC1003 1:6']],
    ['f = (A]', ['MC1003 1:7']],
    ['f = [A, B; C]', ['MC1014 1:12']],
    ['f = X[1, , 2]', ['MC1013 1:10']],
    ['x : scalar y : scalar', ['MC1004 1:12']],
    ['f = x g = 2', ['MC1004 1:7']],
    ['f = g = x', ['MC1009 1:7']],
    ['2*x = y', ['MC1011 1:1']],
    ['f = A == B', ['MC1008 1:7']],
    ['A == B', ['MC1008 1:3']],
    ['check A = B', ['MC1010 1:9']],
    ['check A', ['MC1010 1:7']],
    ['check A == B == C', ['MC1010 1:14']],
    ['assume x > 0', ['MC1020 1:10']],
    ['set vec column', ['MC1007 1:9']],
    ['dim', ['MC1006 1:1']],
    ['f = 1.2.3', ['MC1019 1:5']],
    ['f = x\u200b + y', ['MC1021 1:6']],
    ['f = ｘ', ['MC1021 1:5']],
    ['f = x\u0000', ['MC1021 1:6']],
    ['f = x\u202e', ['MC1021 1:6']],
    ['f = \ud800', ['MC1021 1:5']],
    ['f = \ufffd\ufffd', ['MC1022 1:5']],
    ['f = x ** 2', ['MC1002 1:7']],
    ['f = |x|', ['MC1002 1:5']],
    ['f = A^{-1}', ['MC1003 1:7']],
    ['f = x × y', ['MC1002 1:7']],
    ['f = x 2', ['MC1004 1:7']],
    ['∂f/∂x²', ['MC1016 1:4']],
    ['∂/∂x f*f', ['MC1016 1:7']],
    ['∂/∂x f x', ['MC1016 1:8']],
    ['∂/∂x (f)^2', ['MC1016 1:10']],
    ['∂/∂x', ['MC1016 1:1']],
    ['x : scalar\nd²/dx x', ['MC1016 2:1']],
    ["∂f/∂x'", ['MC1016 1:6']],
    ['∂f/∂xᵀ', ['MC1016 1:6']],
    ['∂f/∂x^T', ['MC1016 1:6']],
    ['∂²f/∂x∂yᵀ', ['MC1016 1:9']],
    ['∂²f/(∂x∂y', ['MC1016 1:9']],
    ['x : scalar\nd(x)/dx²', ['MC1016 2:1']],
    ['X : matrx(m, n)', ['MC1005 1:5']],
    ['X : matrix(m)', ['MC1005 1:5']],
    ['X : matrix(m, n)\nf = X(1, 2)', ['MC1013 2:5']],
    ['f = sum(x[i], i = 3)', ['MC1015 1:19']],
    ['f = tr()', ['MC1012 1:5']],
    ['f = tr(A, )', ['MC1002 1:11']],
    ['f = √x', ['MC1002 1:5']],
    ['f = a +\ng = 2', ['MC1002 1:7']],
    ['* B', ['MC1002 1:1']],
  ];
  test.each(cases)('%j', (text, wanted) => expect(errors(parse(text))).toEqual(wanted));

  test.each([
    ['A : posdef(n)', 'A : matrix(n, n) posdef'],
    ['A, B : symmetric lower(2*n)', 'A, B : matrix(2*n, 2*n) symmetric lower'],
    ['x : positive(n)', 'x : vector(n) positive'],
    ['A : spd matrix', 'A : matrix spd'],
    ['A : symmetric R^(n×n) invertible', 'A : R^(n×n) symmetric invertible'],
  ])('%s declares what %s does, and its fix writes that', (text, meant) => {
    const parsed = parse(text);
    const edit = parsed.diagnostics[0]?.fixes?.[0]?.edits[0];
    expect(edit && text.slice(0, edit.range.start) + edit.text + text.slice(edit.range.end)).toBe(meant);
    expect(parse(meant).diagnostics).toEqual([]);
    const declared = (t: string): unknown => JSON.stringify(parse(t).statements, (key, value: unknown) => (key === 'range' || key === 'opRange' ? undefined : value));
    expect(declared(text)).toBe(declared(meant));
  });

  test('sizes that are not closed are not written into a fix', () => {
    const [first] = parse('A : symmetric(n').diagnostics;
    expect(first?.code).toBe('MC1005');
    expect(first?.message).toContain('`matrix(n, n) symmetric`');
    expect(first?.fixes ?? []).toEqual([]);
  });

  test('a broken line spoils no other', () => {
    const document = parse('x : vector(n)\nf = tr(x*(\ng = 2*x +\nh = x\ndim m >= n\ncheck f == g');
    expect(document.statements.map((s) => s.kind)).toEqual(['declaration', 'definition', 'definition', 'definition', 'dim', 'check']);
  });

  test('invisible direction marks in a comment are a warning', () => {
    expect(parse('f = x # \u202e y').diagnostics.map((d) => [d.code, d.severity, d.range.start])).toEqual([['MC1021', 'warning', 8]]);
  });
});

describe('fixes, applied', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['A matrix(m, n)', 'A : matrix(m, n)'],
    ['X : matrx(m, n)', 'X : matrix(m, n)'],
    ['check A = B', 'check A == B'],
    ['A == B', 'check A == B'],
    ['dim m => n', 'dim m >= n'],
    ['f = x g = 2', 'f = x; g = 2'],
    ['f = tr(A', 'f = tr(A)'],
    ['f = A)', 'f = A'],
    ['f = A^{-1}', 'f = A^(-1)'],
    ['f = ｘ＋y', 'f = x+y'],
    ['f = x\u200b', 'f = x'],
    ['X : matrix(m, n)\nf = X(1, 2)', 'X : matrix(m, n)\nf = X[1, 2]'],
    ["∂f/∂x'", "(∂f/∂x)'"],
    ['F = A*B ⊗ C', 'F = (A*B) ⊗ C'],
  ];
  test.each(cases)('%j', (text, wanted) => {
    let fixed = text;
    for (let round = 0; round < 4; round++) {
      const fix = parse(fixed).diagnostics.find((d) => d.fixes && d.fixes.length > 0)?.fixes?.[0];
      if (!fix) break;
      for (const edit of [...fix.edits].sort((a, b) => b.range.start - a.range.start)) fixed = fixed.slice(0, edit.range.start) + edit.text + fixed.slice(edit.range.end);
    }
    expect(fixed).toBe(wanted);
    expect(errors(parse(fixed))).toEqual([]);
  });
});

test('every code has its own row, in order', () => {
  const codes = CODES.map((row) => row.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const row of CODES) expect([row.code, row.title, row.meaning, row.example, row.fix].every((t) => t.length > 0)).toBe(true);
});

const OF_LATEX = new Set(['MC1030', 'MC1031']);
const LONG = new Map([['MC1017', `f = ${'('.repeat(200)}`], ['MC1018', `f = ${'x'.repeat(300)}`]]);
test.each(CODES.filter((row) => row.code < 'MC2' && !OF_LATEX.has(row.code)).map((row) => [row.code, LONG.get(row.code) ?? row.example] as const))('the example of %s gives it', (code, example) => {
  expect(parse(example).diagnostics.map((d) => d.code)).toContain(code);
});

test('letters with marks are one name however the marks were typed', () => {
  const { statements } = parse('y\u0302 : vector(n)\n\u0177\'*y\u0302');
  expect(statements.flatMap((s) => (s.kind === 'declaration' ? s.names : s.kind === 'request' ? [...everyExpr([s.expr])].filter((e) => e.kind === 'name') : [])).map((n) => n.name)).toEqual(['\u0177', '\u0177', '\u0177']);
});
