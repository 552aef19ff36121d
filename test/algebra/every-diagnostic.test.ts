/** Every code of the first three layers, provoked in at least two ways: one mistake, one diagnostic, at its place; fixes that mend. */
import { describe, expect, test } from 'vitest';
import { CODES } from '../../core/syntax/codes';
import { apply, program } from './resolve-reading';

const D = 'A, B : matrix(m, n); S : matrix(n, n); x, z : vector(n); y : vector(m); t : scalar\n';
/** A text and the words that the diagnostic points at. */
type Case = readonly [text: string, at: string];
const LONG = `f = ${'x'.repeat(300)}`;

const WAYS: Readonly<Record<string, readonly Case[]>> = {
  MC1001: [[`${D}F = A' @ B`, '@'], [`${D}F = t ÷ 2`, '÷'], [`${D}f = t!`, '!'], [`${D}f = $t`, '$']],
  MC1002: [[`${D}f = t * / 2`, '/'], [`${D}f = t +`, '+'], [`${D}f = t^^2`, '^'], [`${D}f = t**2`, '**'], [`${D}f = |t|`, '|'], [`${D}f = √t`, '√'], [`${D}f = S^*`, '*']],
  MC1003: [[`${D}f = tr(S*(S + S)`, '('], [`${D}f = t)`, ')'], [`${D}f = [S, S`, '['], [`${D}f = {t}`, '{']],
  MC1004: [['x : scalar y : scalar', 'y'], [`${D}let f = t`, 'let'], [`${D}f = t 2`, '2'], ['x : scalar, y : scalar', ',']],
  MC1005: [['A matrix(m, n)', 'matrix'], ['A : matrx(m, n)', 'matrx'], ['x :', ':'], ['x : vector(m, n)', 'vector(m, n)'], ['A : posdef(n)', 'posdef(n)'], ['A : symmetric(2*n, 2*n)', 'symmetric(2*n, 2*n)'], ['x : positive(n)', 'positive(n)'], ['A : upper invertible matrix(n, n)', 'upper invertible matrix(n, n)'], ['A ∈ symmetric R^(n×n)', 'symmetric R^(n×n)']],
  MC1006: [['dim m >>> n', '>'], ['dim m', 'm'], ['dim m => n', '=>']],
  MC1007: [['set vec column', 'column'], ['set', 'set']],
  MC1008: [[`${D}f = t == t`, '=='], [`${D}t == t`, '==']],
  MC1009: [[`${D}f = t = t`, '='], [`${D}f = tr(S, i = 2)`, '=']],
  MC1010: [[`${D}check t`, 't'], [`${D}check t = t`, '=']],
  MC1011: [[`${D}2*t = t`, '2*t'], [`${D}A' = B`, "A'"]],
  MC1012: [['f = ()', '()'], [`${D}f = tr()`, 'tr()'], ['f = []', '[]']],
  MC1013: [[`${D}f = x[]`, '[]'], [`${D}f = A[1, , 2]`, ','], [`${D}f = S(1, 2)`, 'S(1, 2)']],
  MC1014: [[`${D}[A, B; A]`, 'A'], [`${D}[A; A, B]`, 'A, B']],
  MC1015: [[`${D}f = sum(x[1], i = 3)`, '3'], [`${D}f = sum(x[1], i = 1:2, t)`, 't']],
  MC1016: [[`${D}f = t^3; ∂²f/∂t`, '∂t'], [`${D}f = t; ∂f`, 'f']],
  MC1017: [[`f = ${'('.repeat(200)}`, '('], [`f = ${'2^('.repeat(300)}`, '2']],
  MC1018: [[LONG, LONG.slice(4)], [`f = ${'1 + '.repeat(30_000)}1`, `f = ${'1 + '.repeat(30_000)}1`]],
  MC1019: [['f = 1.2.3', '1.2.3'], ['f = 0.1.5 + 1', '0.1.5']],
  MC1020: [['assume', 'assume'], [`${D}assume S symmetric`, 'S symmetric'], [`${D}assume invertible S`, 'invertible S'], [`${D}assume S = S`, '=']],
  MC1021: [[`${D}f = t\u200b`, '\u200b'], [`${D}f = \uff54`, '\uff54'], [`${D}F = A’`, '’']],
  MC1022: [['f = \ufffd', '\ufffd'], ['f = 2*\ufffd\ufffd', '\ufffd\ufffd']],
  MC1023: [[`${D}F = S*S ⊗ S`, '⊗'], [`${D}F = S .* S*S`, '*']],
  MC1024: [['import numpy as np', 'import'], [`${D}return t`, 'return'], [`${D}f = lambda u: u*t`, 'lambda u:'], ['/* why */', '/*']],
  MC1025: [[`${D}F = S^-1/2`, 'S^-1/2'], [`${D}f = t^1/2`, 't^1/2']],
  MC2001: [[`${D}f = q + 1`, 'q'], [`${D}f = t; grad(f, q)`, 'q']],
  MC2002: [['x : scalar; x = 2', 'x'], ['x, x : scalar', 'x']],
  MC2003: [['f = f + 1', 'f'], ['f = g + 1; g = 2*f', 'f']],
  MC2004: [[`${D}f = trace(S)`, 'trace'], [`${D}F = transpose(A)`, 'transpose'], [`${D}f = foo(t)`, 'foo']],
  MC2005: [[`${D}f = inv(S, S)`, 'inv(S, S)'], ['f(a, b) = a*b; g = f(1)', 'f(1)']],
  MC2006: [[`${D}f = t; grad(f, 2*t)`, '2*t'], [`${D}f = t; g = f; grad(g, f)`, 'f']],
  MC2007: [[`${D}f = exp t`, 'exp'], [`${D}f = 2*tanh`, 'tanh'], ['g : R^n -> R; f = 2*g', 'g']],
  MC2008: [['gamma : scalar; f = gamma(2)', 'gamma'], ['e, t : scalar; f = e(t)', 'e']],
  MC2009: [["T : scalar; A : matrix(n, n); F = A^T", 'A^T'], ['T : scalar; A : matrix(n, n); F = A^-T', 'A^-T']],
  MC2010: [['n : scalar; x : vector(n)', 'n'], ['m : scalar; X : matrix(m, 2)', 'm']],
  MC2011: [[`${D}f = t; g = f(2)`, 'f'], [`${D}f = t; g = 3*f(t)`, 'f']],
  MC2012: [['A : matrix(n, n) symetric', 'symetric'], ['A : matrix(n, n) posdeff', 'posdeff']],
  MC2013: [['set vec = wide', 'wide'], ['set width = row', 'width']],
  MC2014: [['x : scalar; f = x^4; ∇³f', '∇³f'], ["x : vector(n)\nf(w) = grad(w'*w, w)\ng = f(2*x)", 'f(2*x)']],
  MC3001: [[`${D}F = A*A`, 'A*A'], [`${D}F = x*x`, 'x*x'], [`${D}F = A' x`, "A' x"]],
  MC3002: [[`${D}F = A + A'`, "A + A'"], [`${D}F = x + y`, 'x + y'], [`${D}F = I + x`, 'I + x']],
  MC3003: [[`${D}F = inv(A)`, 'inv(A)'], [`${D}F = A / A`, 'A / A']],
  MC3004: [[`${D}F = softmax(A)`, 'softmax(A)'], [`${D}F = cross(x, x)`, 'cross(x, x)']],
  MC3005: [[`${D}f = norm(A)`, 'norm(A)'], [`${D}f = ‖A‖`, '‖A‖']],
  MC3006: [['f = tr(I)', 'I'], [`${D}F = I ⊗ A`, 'I']],
  MC3007: [['f = sum(e(1))', 'e(1)'], ['f = sum(E(1, 2))', 'E(1, 2)'], ['X : matrix(m, n); J : matrix(k, m*n); f = J*vec(E(1, 2))', 'E(1, 2)']],
  MC3008: [[`${D}F = S + 1`, '+'], [`${D}F = t - S`, '-']],
  MC3009: [['x : vector(0)', '0'], ['dim n = 0', '0']],
  MC3010: [['x : vector(sin(n))', 'sin(n)'], ['x : vector(n^k)', 'n^k']],
  MC3011: [['dim n = 3; dim n = 4', 'n = 4'], ['dim m > n; dim n > m', 'n > m']],
  MC3012: [['A : matrix(m, n) posdef', 'posdef'], ['A : matrix(n, n) skew symmetric', 'symmetric']],
  MC3013: [['x : vector(3); f = x[4]', '4'], [`${D}f = S[1]`, 'S[1]']],
  MC3014: [[`${D}F = [A, x]`, 'x'], [`${D}F = [A; y]`, 'y']],
  MC3015: [[`${D}grad(A*x, x)`, 'grad(A*x, x)'], [`${D}hessian(A*x, x)`, 'hessian(A*x, x)']],
  MC3016: [[`${D}f = x'*x\ndiff(f, x, A)`, 'A'], [`${D}vjp(A*x, x, x)`, 'x']],
  MC3017: [[`${D}f = x^2`, 'x^2'], [`${D}f = 2^x`, 'x']],
  MC3018: [[`${D}check A*x == x`, 'A*x == x'], [`${D}assume A == A'`, "A == A'"]],
  MC3019: [['X : matrix(m, n); s = svdvals(X)', 'svdvals(X)'], ['X : matrix(p, q); U = svdu(X)', 'svdu(X)']],
  MC3022: [['x : scalar; f = x/(1 - 1)', '(1 - 1)'], ['S : matrix(n, n); F = S*0^-2', '0']],
  MC3021: [['A, B : matrix(n, n); M = [A B; B A]', '[A B; B A]'], ["x : vector(n); A : matrix(n, k); M = [(x*x') A]", "[(x*x') A]"]],
  MC3020: [
    [`x : scalar\n${Array.from({ length: 40 }, (_, i) => (i === 0 ? 'h0(v) = v + v' : `h${i}(v) = h${i - 1}(2*v) + h${i - 1}(3*v)`)).join('\n')}`, ''],
    [`x : scalar\n${Array.from({ length: 40 }, (_, i) => (i === 0 ? 'k0(v) = v*v' : `k${i}(v) = k${i - 1}(v + 1)*k${i - 1}(v - 1)`)).join('\n')}`, ''],
  ],
};
/** The examples of these need two statements of the same fault, or are about what others are about too. */
const codes = CODES.map((c) => c.code).filter((c) => /^MC[123]/.test(c) && c !== 'MC1030' && c !== 'MC1031');

test('each code has two ways', () => {
  for (const code of codes) expect([code, WAYS[code]?.length ?? 0], code).toEqual([code, Math.max(2, WAYS[code]?.length ?? 0)]);
});

describe.each(Object.entries(WAYS))('%s', (code, ways) => {
  test.each(ways.map(([text, at]) => [text.length > 80 ? `${text.slice(0, 80)}…` : text, text, at] as const))('%s', (_, text, at) => {
    const { diagnostics } = program(text);
    expect(diagnostics.map((d) => d.code)).toEqual([code]);
    const [d] = diagnostics;
    if (!d) return;
    if (at !== '') expect(text.slice(d.range.start, d.range.end)).toBe(at);
    expect(d.message).not.toMatch(/\?×\?|undefined/);
    for (const fix of d.fixes ?? []) {
      const changed = apply(text, fix);
      expect(changed).not.toBe(text);
      expect(program(changed).diagnostics.filter((e) => e.code === code).map((e) => e.message), `${fix.title}: ${changed}`).toEqual([]);
    }
    for (const r of d.related ?? []) expect(r.range.end <= text.length && r.range.start < r.range.end).toBe(true);
  });
});
